"""What stands before a list item."""

from __future__ import annotations

from typing import assert_never

from convert.model.nodes import BulletList, ListItem, NumberDelimiter, NumberStyle, OrderedList
from convert.numerals import alphabetic, chinese, formal, roman
from convert.terms import circled

__all__ = ["label", "number_text"]

_BULLETS = "•◦▪"


def number_text(number: int, style: NumberStyle) -> str:
    """*number* as the list counts, without what stands round it."""
    match style:
        case NumberStyle.DECIMAL:
            return str(number)
        case NumberStyle.LOWER_ALPHA:
            return alphabetic(number)
        case NumberStyle.UPPER_ALPHA:
            return alphabetic(number).upper()
        case NumberStyle.LOWER_ROMAN:
            return roman(number)
        case NumberStyle.UPPER_ROMAN:
            return roman(number).upper()
        case NumberStyle.CHINESE:
            return chinese(number)
        case NumberStyle.FORMAL:
            return formal(number)
        case NumberStyle.CIRCLED:
            return circled(number)
        case _:
            assert_never(style)


def label(parent: BulletList | OrderedList, item: ListItem, position: int, depth: int) -> str:
    """The label of the item at *position* from 0 in a list nested *depth* deep from 0."""
    if item.checked is not None:
        return "☑" if item.checked else "☐"
    if isinstance(parent, BulletList):
        return _BULLETS[depth % len(_BULLETS)]
    text = number_text(parent.start + position, parent.style)
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
