"""A style sheet turned for vertical lines: what is left in a horizontal line is the top of a vertical one.

Logical properties would say the same, but many reading systems know only the physical ones.
"""

from __future__ import annotations

import re

from convert.regex import regex

__all__ = ["turned"]

_SIDES = {"top": "right", "right": "bottom", "bottom": "left", "left": "top"}
"""The side of a vertical-rl line that answers to one of a horizontal line (CSS Writing Modes 4, 7.4)."""
_DECLARATION = regex(r"(?<=[{;])([a-z-]+):([^;{}]+)")
_SIDED = regex(r"(margin|padding|border)-(top|right|bottom|left)(-[a-z]+)?")
_MEASURES = {
    "width": "height",
    "height": "width",
    "max-width": "max-height",
    "max-height": "max-width",
}


def turned(style: str) -> str:
    """*style* with margins, borders, padding and measures turned a quarter to the right."""
    return _DECLARATION.sub(_turn, style)


def _turn(declaration: re.Match[str]) -> str:
    name, value = declaration[1], declaration[2]
    if side := _SIDED.fullmatch(name):
        return f"{side[1]}-{_SIDES[side[2]]}{side[3] or ''}:{value}"
    if name in _MEASURES:
        return f"{_MEASURES[name]}:{value}"
    if name not in ("margin", "padding"):
        return declaration[0]
    match value.split():
        case (block, line):
            value = f"{line} {block}"
        case (top, line, bottom):
            value = f"{line} {top} {line} {bottom}"
        case (top, right, bottom, left):
            value = f"{left} {top} {right} {bottom}"
    return f"{name}:{value}"
