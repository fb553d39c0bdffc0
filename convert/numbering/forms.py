"""One number as text: figures in their style, and what stands round them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from convert.model.nodes import HeadingNumber, NumberForm, NumberStyle
from convert.numerals import alphabetic, chinese, formal, roman
from convert.terms import circled, primary_language

__all__ = ["figures", "heading_number", "written"]


def figures(number: int, style: NumberStyle, language: str = "") -> str:
    """*number* in a style, without what stands round it.  *language* (BCP 47) decides 贰 or 貳."""
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
            return formal(number, primary_language(language) if language else "")
        case NumberStyle.CIRCLED:
            return circled(number)
        case _:
            assert_never(style)


def written(form: NumberForm, count: int, above: Sequence[str], language: str) -> str:
    """The number of a heading as text.  *above* are the figures of the headings it stands under, outermost first."""
    parts = [*above[len(above) - form.above :], figures(count, form.style, language)]
    return form.pattern.replace("{}", ".".join(parts), 1)


def heading_number(form: NumberForm, count: int, above: Sequence[str], language: str) -> HeadingNumber:
    """The number of a heading (see `written`)."""
    return HeadingNumber(written(form, count, above, language), count, form)
