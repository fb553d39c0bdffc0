"""XHTML as text: escaping, attributes, and the frame of a page."""

from __future__ import annotations

from convert.regex import regex

__all__ = [
    "XML_ILLEGAL",
    "attribute",
    "clean",
    "element_id",
    "escape",
    "language_attributes",
    "page",
    "upright",
]

XML_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""A character that no XML file may hold: what is not in Char (XML 1.0, 2.2)."""

_UPRIGHT = regex(r"(?<![A-Za-z0-9&#.,:/%+@_'!?-])(?:[0-9]{1,2}|[A-Z]|[!?]{2})(?![A-Za-z0-9&;.,:/%+@_'!?-])")
"""What stands upright in a vertical line, in the room of one character (JLREQ 3.2.5): one or two digits, a
capital letter, two marks of tone; not parts of longer figures, words and references such as &#13;."""

_ATTRIBUTE_SPACE = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;", '"': "&quot;"})


def escape(text: str) -> str:
    """*text* as character data (XML 1.0, 2.4)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def attribute(text: str) -> str:
    """*text* as it stands between double quotes (XML 1.0, 3.3.3: white space would be folded)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").translate(_ATTRIBUTE_SPACE)


def clean(text: str) -> str:
    """*text* without the characters that XML cannot hold; the caller says so in a finding."""
    return XML_ILLEGAL.sub("", text)


def upright(text: str) -> str:
    """Character data of a vertical line, with what is set horizontal-in-vertical marked."""
    return _UPRIGHT.sub(r'<span class="upright">\g<0></span>', text)


def element_id(name: str) -> str:
    """An ``id`` attribute with its leading space, or nothing for an empty name."""
    return f' id="{name}"' if name else ""


def language_attributes(tag: str) -> str:
    """``lang`` and ``xml:lang`` with a leading space; both, as HTML and XML readers each know one."""
    return f' lang="{attribute(tag)}" xml:lang="{attribute(tag)}"'


def page(*, title: str, language: str, style: str, body: str, partition: str = "", rules: str = "") -> str:
    """A whole XHTML content document (EPUB 3.3, 6.1).

    *style* is the address of the style sheet, *partition* the ``epub:type`` of the body; *rules* are those
    of a page that has its own instead of the sheet.
    """
    kind = f' epub:type="{partition}"' if partition else ""
    link = f'<link rel="stylesheet" type="text/css" href="{attribute(style)}"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f"{language_attributes(language)}>\n"
        f'<head><meta charset="UTF-8"/><title>{escape(title)}</title>'
        f"{f'<style>{rules}</style>' if rules else link}</head>\n"
        f"<body{kind}>\n{body}\n</body>\n</html>\n"
    )
