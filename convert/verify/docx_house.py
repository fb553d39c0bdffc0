"""What our own Word files keep beyond the schema: named faces, real pages, languages, words for pictures."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from convert.regex import regex
from convert.verify.docx_parts import Fault, W, WordFile, on, value

__all__ = ["HOUSE_RULES", "is_ours"]

_THEME = tuple(f"{W}{name}" for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"))
_HAN = regex("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_APPLICATION = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Application"
_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"


def is_ours(word: WordFile) -> bool:
    """Was the file written by quire, and not saved by another program since?"""
    root = word.roots.get("docProps/app.xml")
    return root is not None and root.findtext(_APPLICATION) == "quire"


def faces(word: WordFile) -> Iterator[Fault]:
    """Every style has an East Asian face by name, and no theme attribute wins over it (17.3.2.26)."""
    sheet = word.root("styles")
    if sheet is None:
        return
    default = sheet.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    own = {style.get(f"{W}styleId", ""): style.find(f"{W}rPr/{W}rFonts") for style in sheet.iter(f"{W}style")}
    based = {
        style.get(f"{W}styleId", ""): value(style.find(f"{W}basedOn")) for style in sheet.iter(f"{W}style")
    }
    for style in sheet.iter(f"{W}style"):
        ident = style.get(f"{W}styleId", "")
        if style.get(f"{W}type") == "paragraph" and not _east_asian(ident, own, based, default):
            yield Fault("face-missing", "word/styles.xml", f"the style {ident} names no East Asian face")
    parts = [
        *word.stories(),
        *(
            (f"word/{name}.xml", root)
            for name in ("styles", "numbering")
            if (root := word.root(name)) is not None
        ),
    ]
    for part, root in parts:
        for fonts in root.iter(f"{W}rFonts"):
            if any(fonts.get(name) is not None for name in _THEME):
                yield Fault("face-of-theme", part, "a theme attribute wins over the name of a face")


def _east_asian(
    ident: str, own: dict[str, etree._Element | None], based: dict[str, str], default: etree._Element | None
) -> str:
    seen: set[str] = set()
    while ident and ident not in seen:
        seen.add(ident)
        fonts = own.get(ident)
        if fonts is not None and fonts.get(f"{W}eastAsia"):
            return fonts.get(f"{W}eastAsia", "")
        ident = based.get(ident, "")
    return "" if default is None else default.get(f"{W}eastAsia", "")


def slanted(word: WordFile) -> Iterator[Fault]:
    """Han is never slanted: no face for it has an italic."""
    sheet = word.root("styles")
    italic = {
        style.get(f"{W}styleId", ""): on(style.find(f"{W}rPr/{W}i"))
        for style in (sheet.iter(f"{W}style") if sheet is not None else ())
        if style.find(f"{W}rPr/{W}i") is not None
    }
    for part, root in word.stories():
        for paragraph in root.iter(f"{W}p"):
            around = italic.get(value(paragraph.find(f"{W}pPr/{W}pStyle")), False)
            for run in paragraph.iter(f"{W}r"):
                own = run.find(f"{W}rPr/{W}i")
                slant = (
                    on(own) if own is not None else italic.get(value(run.find(f"{W}rPr/{W}rStyle")), around)
                )
                if slant and _HAN.search("".join(text.text or "" for text in run.iter(f"{W}t"))):
                    yield Fault("han-slanted", part, "Han characters are set in italics")


def pages(word: WordFile) -> Iterator[Fault]:
    """Every section tells its page, and no table is wider than the text (17.6.13, 17.6.11)."""
    part = "word/document.xml"
    sections = list(word.document.iter(f"{W}sectPr"))
    if not sections:
        yield Fault("page-size", part, "the text has no section, and so no page")
    for section in sections:
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        if size is None or margins is None:
            yield Fault("page-size", part, "a section has no page size or no margins")
    widest = max((_measure(section) for section in sections), default=0)
    body = word.document.find(f"{W}body")
    for table in body.findall(f"{W}tbl") if body is not None else ():
        width = table.find(f"{W}tblPr/{W}tblW")
        if width is not None and width.get(f"{W}type") == "dxa" and int(width.get(f"{W}w", "0")) > widest > 0:
            yield Fault("table-width", part, "a table is wider than the text")


def _measure(section: etree._Element) -> int:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return 0
    vertical = value(section.find(f"{W}textDirection")).startswith("tb")
    around, length = (("top", "bottom"), "h") if vertical else (("left", "right", "gutter"), "w")
    sides = sum(int(margins.get(f"{W}{side}", "0")) for side in around)
    return int(size.get(f"{W}{length}", "0")) - sides


def languages(word: WordFile) -> Iterator[Fault]:
    """The text's language stands in the defaults, for new styles, and in the properties (17.3.2.20, 17.15.1.88)."""
    sheet, settings = word.root("styles"), word.root("settings")
    default = sheet.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") if sheet is not None else None
    fresh = settings.find(f"{W}themeFontLang") if settings is not None else None
    for part, element in (("word/styles.xml", default), ("word/settings.xml", fresh)):
        if element is None or not element.get(f"{W}eastAsia") or not element.get(f"{W}val"):
            yield Fault("language-missing", part, "no language is told")
    core = word.roots.get("docProps/core.xml")
    if core is None or not core.findtext(_LANGUAGE):
        yield Fault("language-missing", "docProps/core.xml", "no language is told")


def pictures(word: WordFile) -> Iterator[Fault]:
    """A picture has words for those who cannot see it, or is marked as decoration."""
    for part, root in word.stories():
        for drawing in root.iter(_DRAWING):
            if not drawing.get("descr") and next(drawing.iter(_DECORATIVE), None) is None:
                yield Fault(
                    "picture-without-words", part, f"the picture {drawing.get('name')} has no description"
                )


def heads(word: WordFile) -> Iterator[Fault]:
    """A table that says that its first row is a head repeats it on each page (17.4.49)."""
    for part, root in word.stories():
        for table in root.iter(f"{W}tbl"):
            look = table.find(f"{W}tblPr/{W}tblLook")
            first = table.find(f"{W}tr")
            if look is None or look.get(f"{W}firstRow") not in ("1", "true") or first is None:
                continue
            if not on(first.find(f"{W}trPr/{W}tblHeader")):
                yield Fault("head-not-repeated", part, "the head of a table is not repeated on each page")


def freshness(word: WordFile) -> Iterator[Fault]:
    """Nothing asks Word to update fields on opening: it would ask the reader in turn, in frightening words."""
    settings = word.root("settings")
    if settings is not None and on(settings.find(f"{W}updateFields")):
        yield Fault("field-dirty", "word/settings.xml", "Word is asked to update fields on opening")
    for part, root in word.stories():
        for element in root.iter(f"{W}fldChar", f"{W}fldSimple"):
            if element.get(f"{W}dirty") in ("1", "true", "on"):
                yield Fault("field-dirty", part, "a field is marked dirty")


HOUSE_RULES = (faces, slanted, pages, languages, pictures, heads, freshness)
