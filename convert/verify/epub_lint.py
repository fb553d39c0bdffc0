"""What is wrong in an EPUB that validators pass over, or that readers and stores refuse.

Each rule is a generator over the opened file.  The rules of `RULES` hold for every EPUB; those of
`HOUSE_RULES` for our own: that navigation, NCX and headings are one outline, and that nothing lacks.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from convert.regex import regex
from convert.verify.epub_content import CONTENT_RULES
from convert.verify.epub_fonts import fonts
from convert.verify.epub_navigation import NAVIGATION_RULES, landmarks, outline
from convert.verify.epub_notes import notes
from convert.verify.epub_parts import XHTML_TYPE, EpubFile, local, open_epub
from convert.verify.fault import Fault

__all__ = ["HOUSE_RULES", "RULES", "lint_epub"]

_LANGUAGE = regex(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_INSTANT = regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MATHML, _SVG = "{http://www.w3.org/1998/Math/MathML}math", "{http://www.w3.org/2000/svg}svg"

Rule = Callable[[EpubFile], Iterator[Fault]]


def lint_epub(path: Path) -> tuple[Fault, ...]:
    """Every fault of the EPUB at *path*, in the order of the rules.

    Raises VerifyError when it is no EPUB or a part of it is not well-formed.
    """
    opened = open_epub(path)
    rules = RULES + (HOUSE_RULES if opened.named("generator") == ["quire"] else ())
    return tuple(dict.fromkeys(fault for rule in rules for fault in rule(opened)))


def container(book: EpubFile) -> Iterator[Fault]:
    """The first member is ``mimetype``, stored, and says what the file is (EPUB 3.3, 4.2.6)."""
    first = book.members[0]
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or first.extra:
        yield Fault("mimetype", first.filename, "the first member is no plain, stored mimetype")
    elif book.data["mimetype"] != b"application/epub+zip":
        yield Fault("mimetype", "mimetype", "it does not say application/epub+zip")


def manifest(book: EpubFile) -> Iterator[Fault]:
    """Manifest and archive name the same files, each once, by ASCII names (EPUB 3.3, 5.6.1)."""
    named = Counter(item.name for item in book.items.values())
    for name, count in named.items():
        if name not in book.data:
            yield Fault("manifest", book.package_name, f"{name} is not in the archive")
        if count > 1:
            yield Fault("manifest", book.package_name, f"{name} is named twice")
    for name in book.data:
        if name in named or name in ("mimetype", book.package_name) or name.startswith("META-INF/"):
            continue
        yield Fault("manifest", name, "the manifest does not name this file")
    for name in book.data:
        if not name.isascii():
            yield Fault("file-name", name, "some reading systems open only files with ASCII names")
    for reference in book.package.iter("{*}itemref"):
        if reference.get("idref", "") not in book.items:
            yield Fault(
                "spine", book.package_name, f"the spine names {reference.get('idref')}, which is not there"
            )


def properties(book: EpubFile) -> Iterator[Fault]:
    """What the manifest says of a content document is what stands in it (EPUB 3.3, D.6)."""
    for item in book.items.values():
        if item.media_type != XHTML_TYPE or item.name not in book.data:
            continue
        root = book.root(item.name)
        has = {
            "mathml": next(root.iter(_MATHML), None) is not None,
            "svg": next(root.iter(_SVG), None) is not None,
            "scripted": any(local(element) in ("script", "form") for element in root.iter()),
        }
        for name, there in has.items():
            if there != (name in item.properties):
                verb = "has" if there else "has no"
                yield Fault(
                    "properties", item.name, f"the document {verb} what the property {name} stands for"
                )


def identity(book: EpubFile) -> Iterator[Fault]:
    """Title, language, identifier and date are there and agree (EPUB 3.3, 5.5; OPF 2.0.1, 2.4.1)."""
    for name in ("title", "language", "identifier"):
        if not any((element.text or "").strip() for element in book.package.iter(f"{_DC}{name}")):
            yield Fault("identity", book.package_name, f"there is no dc:{name}")
    for element in book.package.iter(f"{_DC}language"):
        if not _LANGUAGE.fullmatch((element.text or "").strip()):
            yield Fault("identity", book.package_name, f"{element.text!r} is no language tag")
    if not [stamp for stamp in book.metas("dcterms:modified") if _INSTANT.fullmatch(stamp)]:
        yield Fault("identity", book.package_name, "dcterms:modified is no instant in UTC")
    if not book.package.get(_XML_LANG):
        yield Fault("identity", book.package_name, "the package names no language of its own")
    key = book.package.get("unique-identifier", "")
    own = [e.text or "" for e in book.package.iter(f"{_DC}identifier") if e.get("id") == key]
    for uid in _ncx_heads(book, "dtb:uid"):
        if own != [uid]:
            yield Fault(
                "identity", book.ncx.name if book.ncx else "", f"dtb:uid {uid} is not the book's identifier"
            )


def _ncx_heads(book: EpubFile, name: str) -> list[str]:
    if book.ncx is None or book.ncx.name not in book.data:
        return []
    heads = book.root(book.ncx.name).iter("{*}meta")
    return [meta.get("content", "") for meta in heads if meta.get("name") == name]


def cover(book: EpubFile) -> Iterator[Fault]:
    """One image is the cover, named in both ways, and large enough for shops."""
    items = [item for item in book.items.values() if "cover-image" in item.properties]
    if len(items) != 1:
        yield Fault("cover", book.package_name, f"{len(items)} items are the cover image")
        return
    if book.named("cover") != [items[0].id]:
        yield Fault("cover", book.package_name, "the meta element called cover does not name the cover image")


def claims(book: EpubFile) -> Iterator[Fault]:
    """Accessibility metadata says what is there, and nothing else (EPUB Accessibility 1.1, 2.2)."""
    modes, features = set(book.metas("schema:accessMode")), set(book.metas("schema:accessibilityFeature"))
    has = _inventory(book)
    truths = {
        "MathML": has["math"],
        "rubyAnnotations": has["ruby"],
        "pageBreakMarkers": has["pagebreak"],
        "pageNavigation": has["page-list"],
    }
    for name, there in truths.items():
        if there != (name in features):
            verb = "is not claimed, though the book has it" if there else "is claimed, but the book has none"
            yield Fault("claims", book.package_name, f"the feature {name} {verb}")
    if has["image"] != ("visual" in modes):
        verb = (
            "has pictures but is not said to be visual"
            if has["image"]
            else "is said to be visual without pictures"
        )
        yield Fault("claims", book.package_name, f"the text {verb}")
    if has["undescribed"]:
        if "alternativeText" in features:
            yield Fault(
                "claims", book.package_name, "alternativeText is claimed, but a picture has no description"
            )
        if "textual" in book.metas("schema:accessModeSufficient"):
            yield Fault(
                "claims", book.package_name, "text is said to suffice, but a picture has no description"
            )
    if has["pagebreak"] != bool(book.metas("pageBreakSource")):
        yield Fault(
            "claims", book.package_name, "pageBreakSource must be told where pages are marked, and only there"
        )


def told(book: EpubFile) -> Iterator[Fault]:
    """Accessibility metadata is complete (EPUB Accessibility 1.1, 2.2)."""
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        if not any(book.metas(f"schema:{name}")):
            yield Fault("claims", book.package_name, f"schema:{name} is missing")
    if not any(book.metas("schema:accessibilitySummary")):
        yield Fault("claims", book.package_name, "there is no summary of how accessible the book is")


def _inventory(book: EpubFile) -> dict[str, bool]:
    found = dict.fromkeys(("math", "ruby", "pagebreak", "page-list", "image", "undescribed"), False)
    for _, root in book.documents():
        for element in root.iter("{*}*"):
            name, kinds = local(element), element.get("{http://www.idpf.org/2007/ops}type", "")
            found["math"] |= element.tag == _MATHML
            found["ruby"] |= name == "ruby"
            found["pagebreak"] |= kinds == "pagebreak"
            found["page-list"] |= kinds == "page-list"
            if name == "img" and not _is_sign(element):
                found["image"] = True
                found["undescribed"] |= not element.get("alt")
    return found


def _is_sign(image: etree._Element) -> bool:
    """True for the cover, whose words the title says, and for the mark of a note."""
    up = (image, *image.iterancestors())
    return image.get("role") == "doc-cover" or any("noteref" in e.get("role", "") for e in up)


RULES: tuple[Rule, ...] = (
    container, manifest, properties, identity, claims, *NAVIGATION_RULES, *CONTENT_RULES, notes, fonts,
)  # fmt: skip
"""Rules for every EPUB."""
HOUSE_RULES: tuple[Rule, ...] = (outline, landmarks, cover, told)
"""Rules for our own, which has a cover, landmarks and all that can be told of it."""
