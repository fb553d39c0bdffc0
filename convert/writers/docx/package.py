"""The package: parts, relationships and a zip whose bytes depend on nothing but them (ECMA-376 part 2).

python-docx holds parts and relationships; content types and the zip are ours, since its own bytes differ
from run to run.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from convert.images import ImageAsset
from convert.records import dataclass, field
from convert.writers.docx.base import Base
from convert.writers.docx.fonts import FontFile
from convert.writers.docx.story import Relations
from convert.writers.docx.surroundings import Picture
from convert.writers.docx.xml import DECLARATION

__all__ = ["Parts", "pack"]

_ODTTF = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_EFFORT = 5
"""Of zlib, from 1 to 9: a third quicker than the usual 6, and a twentieth larger."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Parts:
    """The text of every part, and the relationships of those stories that have some."""

    document: bytes
    """The main part, already encoded: the only one that can be large."""
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
    base: Base | None
    headers: Mapping[str, str]
    footers: Mapping[str, str]
    document_relations: Relations
    note_relations: Relations
    images: Mapping[str, ImageAsset] = field(default_factory=dict)
    pictures: Mapping[str, Mapping[str, Picture]] = field(default_factory=dict)
    """Pictures of headers and footers, by the relationship ids of the part and of the picture."""
    embedded: tuple[FontFile, ...] = ()


def pack(parts: Parts) -> bytes:
    """The file.  Everything in it is dated 1980 and stands in a fixed order."""
    package = OpcPackage()
    document = _part("/word/document.xml", CT.WML_DOCUMENT_MAIN, parts.document)
    package.relate_to(document, RT.OFFICE_DOCUMENT)
    for name, kind, relation, text in (
        ("core", CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, parts.core),
        ("app", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, parts.app),
        ("custom", CT.OFC_CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, parts.custom),
    ):
        if text:
            package.relate_to(_part(f"/docProps/{name}.xml", kind, text), relation)
    notes = _notes(parts)
    for ident, target, relation in (
        ("rIdStyles", _part("/word/styles.xml", CT.WML_STYLES, parts.styles), RT.STYLES),
        ("rIdSettings", _part("/word/settings.xml", CT.WML_SETTINGS, parts.settings), RT.SETTINGS),
        ("rIdNumbering", _part("/word/numbering.xml", CT.WML_NUMBERING, parts.numbering), RT.NUMBERING),
        ("rIdFonts", _font_table(parts), RT.FONT_TABLE),
        ("rIdTheme", _part("/word/theme/theme1.xml", CT.OFC_THEME, parts.theme), RT.THEME),
        *((f"rId{name.capitalize()}", part, _NOTES[name][1]) for name, part in notes.items()),
    ):
        document.rels.add_relationship(relation, target, ident)
    for kind, relation, stories, name in (
        (CT.WML_HEADER, RT.HEADER, parts.headers, "header"),
        (CT.WML_FOOTER, RT.FOOTER, parts.footers, "footer"),
    ):
        for number, (ident, text) in enumerate(stories.items(), 1):
            target = _part(f"/word/{name}{number}.xml", kind, text)
            document.rels.add_relationship(relation, target, ident)
            for picture, drawn in parts.pictures.get(ident, {}).items():
                media_name = f"/word/media/{name}{number}-{picture}{drawn.suffix}"
                image = Part(PackURI(media_name), drawn.media_type, drawn.data)
                target.rels.add_relationship(RT.IMAGE, image, picture)
    if parts.base is not None:
        item = _part("/customXml/item1.xml", CT.XML, parts.base.item_xml)
        properties = "/customXml/itemProps1.xml", CT.OFC_CUSTOM_XML_PROPERTIES, parts.base.properties_xml
        item.rels.add_relationship(RT.CUSTOM_XML_PROPS, _part(*properties), "rId1")
        document.rels.add_relationship(RT.CUSTOM_XML, item, "rIdBase")
    media = _media(parts)
    _relate(document, parts.document_relations, media)
    for part in notes.values():
        _relate(part, parts.note_relations, media)
    return _zip(package)


def _font_table(parts: Parts) -> Part:
    """The font table, and the fonts that go along with it."""
    table = _part("/word/fontTable.xml", CT.WML_FONT_TABLE, parts.fonts)
    for at, font in enumerate(parts.embedded, 1):
        target = Part(PackURI(f"/word/fonts/font{at}.odttf"), _ODTTF, font.data)
        table.rels.add_relationship(RT.FONT, target, f"rIdFont{at}")
    return table


_NOTES = {
    "footnotes": (CT.WML_FOOTNOTES, RT.FOOTNOTES),
    "endnotes": (CT.WML_ENDNOTES, RT.ENDNOTES),
}


def _notes(parts: Parts) -> dict[str, Part]:
    return {name: _part(f"/word/{name}.xml", _NOTES[name][0], text) for name, text in parts.notes.items()}


def _relate(story: Part, relations: Relations, media: Mapping[str, Part]) -> None:
    """The pictures and addresses that a story calls for."""
    for key, ident in relations.images.items():
        story.rels.add_relationship(RT.IMAGE, media[key], ident)
    for url, ident in relations.links.items():
        story.rels.add_relationship(RT.HYPERLINK, url, ident, True)


def _part(name: str, kind: str, text: str | bytes) -> Part:
    return Part(PackURI(name), kind, _bytes(text))


def _media(parts: Parts) -> dict[str, Part]:
    """The pictures in use, numbered in the order of their first use."""
    used = dict.fromkeys([*parts.document_relations.images, *parts.note_relations.images])
    media = {}
    for number, key in enumerate(used, 1):
        asset = parts.images[key]
        suffix = ".png" if asset.media_type == "image/png" else ".jpeg"
        media[key] = Part(PackURI(f"/word/media/image{number}{suffix}"), asset.media_type, asset.data)
    return media


def _content_types(parts: Iterable[Part]) -> str:
    """``[Content_Types].xml``: defaults for what the suffix tells, an override for every other part."""
    known = {
        "gif": "image/gif",
        "jpeg": "image/jpeg",
        "odttf": _ODTTF,
        "png": "image/png",
        "rels": CT.OPC_RELATIONSHIPS,
        "xml": CT.XML,
    }
    defaults = "".join(f'<Default Extension="{ext}" ContentType="{kind}"/>' for ext, kind in known.items())
    overrides = "".join(
        f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>'
        for part in parts
        if part.partname.ext == "xml" and part.content_type != known["xml"]
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{defaults}{overrides}</Types>"
    )


def _zip(package: OpcPackage) -> bytes:
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    members: list[tuple[str, bytes]] = [
        ("[Content_Types].xml", _content_types(parts).encode("utf-8")),
        ("_rels/.rels", _bytes(package.rels.xml)),
    ]
    for part in parts:
        members.append((part.partname.membername, part.blob))
        if len(part.rels):
            members.append((part.partname.rels_uri.membername, _bytes(part.rels.xml)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            packed = name.endswith((".png", ".jpeg", ".gif"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=_EFFORT)
    return buffer.getvalue()


def _bytes(xml: str | bytes) -> bytes:
    return xml if isinstance(xml, bytes) else xml.encode("utf-8")
