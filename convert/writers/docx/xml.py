"""WordprocessingML as text: names, escapes and the few shapes that every part uses.

Parts are written as text, not as trees: a book of 600 kB becomes one string in a few hundredths of
a second, where a tree would take ten times as long.  Every piece that comes from the book goes
through `escape`.
"""

from __future__ import annotations

import re
from typing import Final

from convert.regex import regex

__all__ = ["DECLARATION", "NAMESPACES", "escape", "field", "field_halves", "off", "run_text", "tag"]

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

NAMESPACES: Final = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
"""What the root of a story (body, notes, header, footer) declares."""

# XML 1.0, 2.2: what no document may hold.  U+FFFD stands in, so that a loss can be seen.
_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = regex('[&<>"]')
_MARKED = regex('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
"""What `run_text` has to look at more closely; most text has none of it."""


def escape(text: str) -> str:
    """*text* fit for an element or an attribute in double quotes."""
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("\ufffd", text)
    if _SPECIAL.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text


def tag(name: str, value: str | int) -> str:
    """``<w:name w:val="value"/>``."""
    return f'<w:{name} w:val="{value}"/>'


def off(name: str) -> str:
    """A toggle switched off (ECMA-376 part 1, 17.17.4)."""
    return f'<w:{name} w:val="0"/>'


def run_text(text: str) -> str:
    """What stands in a run for *text*: `w:t`, with `w:tab` and `w:br` where a tab or line feed was."""
    if not _MARKED.search(text):
        # Only space at an end needs to be kept: readers drop it there.
        kept = text[:1].isspace() or text[-1:].isspace()
        return f'<w:t xml:space="preserve">{text}</w:t>' if kept else f"<w:t>{text}</w:t>"
    out = []
    for part in re.split("(\r\n|[\t\r\n])", text):
        if part == "\t":
            out.append("<w:tab/>")
        elif part in ("\n", "\r\n", "\r"):
            out.append("<w:br/>")
        elif part:
            out.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return "".join(out)


def field(instruction: str, result: str, properties: str = "") -> str:
    """A complex field with its cached result, not dirty (ECMA-376 part 1, 17.16.18).

    *result* is one or more whole runs.  Word shows it as it is until somebody updates fields.
    """
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>{result}'
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def field_halves(instruction: str) -> tuple[str, str]:
    """What stands before and after a field's cached result, as for `field`."""
    start, _, end = field(instruction, "\0").partition("\0")
    return start, end
