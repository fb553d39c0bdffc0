"""Schemes: which heading is numbered in which form.

The Chinese scheme is that of books (第一章, 第一节, 一、, （一）, 1., （1）); the official one is that of
GB/T 9704-2012, 7.3.3 (一、, （一）, 1., （1）); decimal numbers follow GB/T 1.1 and ISO 2145.
"""

from __future__ import annotations

from convert.model.nodes import Document, Matter, NumberForm, NumberStyle
from convert.model.outline import Outline, OutlineEntry
from convert.numbering.typed import recognise
from convert.records import dataclass, replace
from convert.terms import Terms
from convert.theme import NumberTheme

__all__ = ["Scheme", "book_title", "scheme_for"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Forms of parts, and of headings by rank from 1, in the text and in appendices; the last form of a
    list serves all deeper ranks."""

    part: NumberForm
    body: tuple[NumberForm, ...]
    appendix: tuple[NumberForm, ...]

    def form(self, matter: Matter, rank: int) -> NumberForm | None:
        """The form for a heading of that rank; None in front and back matter, which is not numbered."""
        match matter:
            case Matter.PART:
                return self.part
            case Matter.BODY | Matter.APPENDIX:
                forms = self.body if matter is Matter.BODY else self.appendix
                return forms[min(rank, len(forms)) - 1]
            case Matter.FRONT | Matter.BACK:
                return None


def scheme_for(numbers: NumberTheme, terms: Terms) -> Scheme | None:
    """The scheme that a theme asks for, in the words of the book's language; None for no numbers.

    ``auto`` is the Chinese scheme for Chinese and the decimal one for other languages; that it numbers
    nothing where the source has numbers of its own is the transform's to see to.
    """
    name = numbers.headings
    if name == "none":
        return None
    if name == "auto":
        name = "chinese" if _is_chinese(terms) else "decimal"
    gap = terms.number_gap
    lower = _lower(terms)
    worded = _worded(numbers, terms, arabic=name == "mixed")
    part = NumberForm(_part_style(numbers, terms), numbers.part or terms.part, 0, gap)
    letter = NumberForm(NumberStyle.UPPER_ALPHA, terms.appendix, 0, gap)
    decimal = tuple(NumberForm(NumberStyle.DECIMAL, "{}", above, gap) for above in range(6))
    match name:
        case "chinese":
            return Scheme(part, (*worded, *lower), (letter, *lower))
        case "official":
            if numbers.numerals == "formal" and _is_chinese(terms):
                lower = (replace(lower[0], style=NumberStyle.FORMAL), *lower)
            return Scheme(part, lower, (letter, *lower))
        case "mixed":
            return Scheme(part, (worded[0], *decimal[1:]), (letter, *decimal[1:]))
        case "decimal":
            return Scheme(part, decimal, (letter, *decimal[1:]))


def _is_chinese(terms: Terms) -> bool:
    return terms.language in ("zh-Hans", "zh-Hant")


def _style(numbers: NumberTheme, usual: NumberStyle) -> NumberStyle:
    """The figures of numbers in words."""
    match numbers.numerals:
        case "auto":
            return usual
        case "arabic":
            return NumberStyle.DECIMAL
        case "simple":
            return NumberStyle.CHINESE
        case "formal":
            return NumberStyle.FORMAL


def _part_style(numbers: NumberTheme, terms: Terms) -> NumberStyle:
    if _is_chinese(terms):
        return _style(numbers, NumberStyle.CHINESE)
    return _style(numbers, NumberStyle.UPPER_ROMAN if terms.language == "en" else NumberStyle.DECIMAL)


def _worded(numbers: NumberTheme, terms: Terms, *, arabic: bool) -> tuple[NumberForm, NumberForm]:
    """Chapter and section as words."""
    usual = NumberStyle.CHINESE if _is_chinese(terms) and not arabic else NumberStyle.DECIMAL
    style = _style(numbers, usual)
    return (
        NumberForm(style, numbers.chapter or terms.chapter, 0, terms.number_gap),
        NumberForm(style, numbers.section or terms.section, 0, terms.number_gap),
    )


def _lower(terms: Terms) -> tuple[NumberForm, ...]:
    """The ranks below sections, which count alone: 一、, （一）, 1., （1）, ①."""
    wide = terms.language != "en" and terms.language != "ko"
    bracket = "（{}）" if wide else "({})"
    gap = "" if wide else " "
    decimal = (
        NumberForm(NumberStyle.DECIMAL, "{}.", 0, " "),
        NumberForm(NumberStyle.DECIMAL, bracket, 0, gap),
    )
    if _is_chinese(terms):
        chinese = (
            NumberForm(NumberStyle.CHINESE, "{}、", 0, ""),
            NumberForm(NumberStyle.CHINESE, "（{}）", 0, ""),
        )
        return (*chinese, *decimal, NumberForm(NumberStyle.CIRCLED, "{}", 0, ""))
    return (
        *decimal,
        NumberForm(NumberStyle.LOWER_ALPHA, "{}.", 0, " "),
        NumberForm(NumberStyle.LOWER_ALPHA, bracket, 0, gap),
    )


def book_title(document: Document, outline: Outline) -> OutlineEntry | None:
    """The first heading where it is the title of the whole book: chapters are the headings below it.

    It is that where no title is given elsewhere, all other headings stand below it, and it has no
    number, as a chapter has.
    """
    if not document.metadata.title_from_heading or len(outline.entries) != 1:
        return None
    (only,) = outline.entries
    numbered = only.number or recognise(only.title) is not None
    return only if only.matter is Matter.BODY and not numbered else None
