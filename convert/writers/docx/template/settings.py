"""What of a template's settings, colours and font table goes along (17.15, 17.8; DrawingML 20.1.6.2)."""

from __future__ import annotations

from lxml import etree

from convert.writers.docx.template.fonts import A
from convert.writers.docx.template.opening import W, children
from convert.writers.docx.template.page import plain_xml

__all__ = ["coloured", "kept_fonts", "kept_settings"]

_KEPT = (
    "gutterAtTop", "defaultTabStop", "autoHyphenation", "characterSpacingControl", "strictFirstAndLastChars",
    "noLineBreaksAfter", "noLineBreaksBefore", "clrSchemeMapping",
)  # fmt: skip
"""Settings that change how the template's pages look; all others are the book's."""
_FONT = ("altName", "panose1", "charset", "family", "notTrueType", "pitch", "sig")


def kept_settings(settings: etree._Element | None) -> dict[str, str]:
    """Those of the settings that go along, by name."""
    out = {}
    for name in _KEPT:
        element = settings.find(f"{W}{name}") if settings is not None else None
        if element is not None:
            out[name] = plain_xml(element)
    return out


def kept_fonts(table: etree._Element | None, known: tuple[str, ...]) -> str:
    """What the font table says of faces that are not *known*; fonts embedded in it stay behind (17.8.3.10)."""
    out = []
    seen = set(known)
    for font in children(table, "font"):
        name = font.get(f"{W}name", "")
        if name and name not in seen:
            seen.add(name)
            for child in list(font):
                if str(child.tag).removeprefix(W) not in _FONT:
                    font.remove(child)
            font[:] = sorted(font, key=lambda child: _FONT.index(str(child.tag).removeprefix(W)))
            out.append(plain_xml(font))
    return "".join(out)


def coloured(ours: str, theme: etree._Element | None) -> str:
    """The theme part *ours* with the colours and faces of the template's *theme*: styles name its colours."""
    root = etree.fromstring(ours.encode("utf-8"))
    elements = root.find(f"{A}themeElements")
    for name in ("clrScheme", "fontScheme"):
        given = theme.find(f"{A}themeElements/{A}{name}") if theme is not None else None
        old = elements.find(f"{A}{name}") if elements is not None else None
        if elements is not None and given is not None and old is not None:
            for extra in given.findall(f"{A}extLst"):
                given.remove(extra)
            elements.replace(old, given)
    etree.cleanup_namespaces(root, top_nsmap={"a": A[1:-1]})
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + etree.tostring(
        root, encoding="unicode"
    )
