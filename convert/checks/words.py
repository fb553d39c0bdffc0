"""Suspicious words and marks: stray English, half-width punctuation, marks of Markdown that did not work."""

from __future__ import annotations

from collections.abc import Iterable

from convert.checks.passages import Passage
from convert.checks.tally import Tally
from convert.diagnostics import Code
from convert.oddities import half_width_marks, stray_words
from convert.regex import regex

__all__ = ["check_leftovers", "check_punctuation", "check_words"]

_HAN = regex(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = regex("[A-Za-z]")
_LEFT = regex(r"\*\*|\]\(|\{[#.][\w-][^{}\n]{0,60}\}|(?<!\w)\[[xX ]\](?= )")


def check_words(texts: Iterable[Passage], tally: Tally) -> None:
    """A small English word alone between Chinese ones, as text recognition leaves it behind."""
    for passage in filter(_is_chinese, texts):
        for match in stray_words(passage.text):
            message = f"the word “{match[1]}” stands alone between Chinese words"
            tally.at(Code.STRAY_WORD, passage, *match.span(1), message, "was this recognized wrongly?")


def check_punctuation(texts: Iterable[Passage], tally: Tally) -> None:
    """A comma, colon, full stop … of half width after a Chinese character (GB/T 15834)."""
    for passage in filter(_is_chinese, texts):
        for match, wide in half_width_marks(passage.text):
            message = f"the mark {match[0]} is of half width after a Chinese character"
            tally.at(Code.PUNCTUATION_WIDTH, passage, *match.span(), message, f"write {wide}")


def _is_chinese(passage: Passage) -> bool:
    """More Chinese than Latin: an English sentence may well name a Chinese word or two."""
    han = len(_HAN.findall(passage.text))
    return han > 0 and 2 * han > len(_LATIN.findall(passage.text))


def check_leftovers(texts: Iterable[Passage], tally: Tally) -> None:
    """Marks of Markdown that stand in the text because nothing they belong to was found.

    One that was written with a backslash, or as an entity, is meant.
    """
    for passage in texts:
        for match in _LEFT.finditer(passage.text):
            if tally.full(Code.MARKUP_LEFT, passage.span.file):
                return
            place = passage.place(*match.span())
            line = passage.lines[place.line - 1] if place.column else ""
            if line[max(0, place.column - 2) : place.column - 1] not in ("", "\\") or place.column == 1:
                message = f"{match[0]} is shown as it stands: it marks nothing"
                tally.add(Code.MARKUP_LEFT, place, message, "mend it, or put a backslash before it")
