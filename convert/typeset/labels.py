"""What stands before a list item."""

from __future__ import annotations

from typing import assert_never

from convert.model.nodes import BulletList, ListItem, NumberDelimiter, NumberStyle, OrderedList
from convert.numbering.forms import figures

__all__ = ["label"]

_BULLETS = "•◦▪"


def label(parent: BulletList | OrderedList, item: ListItem, position: int, depth: int) -> str:
    """The label of the item at *position* from 0 in a list nested *depth* deep from 0."""
    if item.checked is not None:
        return "☑" if item.checked else "☐"
    if isinstance(parent, BulletList):
        return _BULLETS[depth % len(_BULLETS)]
    text = figures(parent.start + position, parent.style)
    if parent.style is NumberStyle.CIRCLED:
        return text
    match parent.delimiter:
        case NumberDelimiter.PERIOD:
            return text + ("、" if parent.style.chinese else ".")
        case NumberDelimiter.PARENTHESIS:
            return text + ("）" if parent.style.chinese else ")")
        case NumberDelimiter.BOTH:
            return f"（{text}）"
        case _:
            assert_never(parent.delimiter)
