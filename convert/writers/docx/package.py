"""The package: parts, relationships and a zip whose bytes depend on nothing but them (ECMA-376 part 2).

Parts and relationships are written as text: loading python-docx for them costs more time than making
a whole booklet.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from convert.images import ImageAsset
from convert.writers.docx.story import Relations
from convert.writers.docx.xml import DECLARATION, escape

__all__ = ["Part", "Parts", "pack"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/"
_DOCUMENT = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its name in the package, its content type and content, and how the main story (or, with
    *of_package*, the package) is related to it."""

    name: str
    kind: str
    content: str | bytes
    relation: str = ""
    ident: str = ""
    of_package: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The text of every part, and the relationships of those stories that have some."""

    document: str
    styles: str
    settings: str
    numbering: str
    fonts: str
    theme: str
    notes: Mapping[str, str]
    """Footnotes or endnotes, by the name of their part."""
    core: str
    app: str
    custom: str
    headers: Mapping[str, str]
    footers: Mapping[str, str]
    document_relations: Relations
    note_relations: Relations
    images: Mapping[str, ImageAsset] = field(default_factory=dict)


def pack(parts: Parts) -> bytes:
    """The file.  Everything in it is dated 1980 and stands in a fixed order."""
    made = [*_fixed_parts(parts), *_furniture(parts)]
    media = _media(parts)
    relations = {"": [], _DOCUMENT: []}  # type: dict[str, list[tuple[str, str, str, bool]]]
    for part in made:
        if part.relation:
            owner = "" if part.of_package else _DOCUMENT
            target = part.name if part.of_package else part.name.removeprefix("word/")
            ident = part.ident or f"rId{len(relations[owner]) + 1}"
            relations[owner].append((ident, part.relation, target, False))
    for name, story in ((_DOCUMENT, parts.document_relations), ("word/footnotes.xml", parts.note_relations)):
        out = relations.setdefault(name, [])
        out += [
            (ident, _OFFICE + "image", media[key].name.removeprefix("word/"), False)
            for key, ident in story.images.items()
        ]
        out += [(ident, _OFFICE + "hyperlink", url, True) for url, ident in story.links.items()]
    return _zip([*made, *media.values()], relations)


def _fixed_parts(parts: Parts) -> Iterable[Part]:
    """The parts that every file has, in the order of their relationships."""
    office = "application/vnd.openxmlformats-officedocument."
    core_kind = "application/vnd.openxmlformats-package.core-properties+xml"
    yield Part(
        _DOCUMENT, _WORD + "document.main+xml", parts.document, _OFFICE + "officeDocument", of_package=True
    )
    yield Part(
        "docProps/core.xml", core_kind, parts.core, _PACKAGE + "metadata/core-properties", of_package=True
    )
    for name, text in (("extended", parts.app), ("custom", parts.custom)):
        if text:
            file = "docProps/app.xml" if name == "extended" else "docProps/custom.xml"
            kind = f"{office}{name}-properties+xml"
            yield Part(file, kind, text, f"{_OFFICE}{name}-properties", of_package=True)
    for name, ident, text in (
        ("styles", "rIdStyles", parts.styles),
        ("settings", "rIdSettings", parts.settings),
        ("numbering", "rIdNumbering", parts.numbering),
        ("fontTable", "rIdFonts", parts.fonts),
        *((name, f"rId{name.capitalize()}", text) for name, text in parts.notes.items()),
    ):
        yield Part(f"word/{name}.xml", f"{_WORD}{name}+xml", text, _OFFICE + name, ident)
    yield Part("word/theme/theme1.xml", office + "theme+xml", parts.theme, _OFFICE + "theme", "rIdTheme")


def _furniture(parts: Parts) -> Iterable[Part]:
    for kind, stories in (("header", parts.headers), ("footer", parts.footers)):
        for number, (ident, text) in enumerate(stories.items(), 1):
            yield Part(f"word/{kind}{number}.xml", f"{_WORD}{kind}+xml", text, _OFFICE + kind, ident)


def _media(parts: Parts) -> dict[str, Part]:
    """The pictures in use, numbered in the order of their first use."""
    used = dict.fromkeys([*parts.document_relations.images, *parts.note_relations.images])
    media = {}
    for number, key in enumerate(used, 1):
        asset = parts.images[key]
        suffix = ".png" if asset.media_type == "image/png" else ".jpeg"
        media[key] = Part(f"word/media/image{number}{suffix}", asset.media_type, asset.data)
    return media


def _content_types(parts: Iterable[Part]) -> str:
    """``[Content_Types].xml``: defaults for what the suffix tells, an override for every other part."""
    known = {
        "jpeg": "image/jpeg",
        "png": "image/png",
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    defaults = "".join(f'<Default Extension="{ext}" ContentType="{kind}"/>' for ext, kind in known.items())
    overrides = "".join(
        f'<Override PartName="/{part.name}" ContentType="{part.kind}"/>'
        for part in parts
        if part.name.endswith(".xml") and part.kind != known["xml"]
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{defaults}{overrides}</Types>"
    )


def _relationships(relations: Iterable[tuple[str, str, str, bool]]) -> str:
    items = "".join(
        f'<Relationship Id="{ident}" Type="{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for ident, kind, target, outside in relations
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARATION}<Relationships xmlns="{space}">{items}</Relationships>'


def _zip(parts: Iterable[Part], relations: Mapping[str, list[tuple[str, str, str, bool]]]) -> bytes:
    ordered = sorted(parts, key=lambda part: part.name)
    members: list[tuple[str, str | bytes]] = [
        ("[Content_Types].xml", _content_types(ordered)),
        ("_rels/.rels", _relationships(relations[""])),
    ]
    for part in ordered:
        members.append((part.name, part.content))
        if relations.get(part.name):
            folder, _, name = part.name.rpartition("/")
            members.append((f"{folder}/_rels/{name}.rels", _relationships(relations[part.name])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            packed = name.endswith((".png", ".jpeg"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()
