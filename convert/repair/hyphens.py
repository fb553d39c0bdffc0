"""Words that a line end divided are made one again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from convert.repair.edits import Change, Edit
from convert.repair.source import Source

__all__ = ["Hyphens", "hyphens"]

_LETTER = r"[A-Za-z\u00c0-\u024f]"
_DIVIDED = re.compile(rf"(?<={_LETTER}{{2}})[-\u2010\u00ad][ ]*\n[ \t]*(?=[a-z\u00df-\u00ff])")
_FIRST = re.compile(rf"{_LETTER}{{1,40}}$")
_SECOND = re.compile(rf"{_LETTER}{{1,40}}")
_SPARE = re.compile(r"[^\s<\0]*(?<![-\u2010\u00ad])([ ]+)(?=[^\W\d_])")
"""The blank behind a word that may become a line end: what follows begins no block."""
_WORD = re.compile(rf"{_LETTER}+(?:-{_LETTER}+)*(?![-\u2010\u00ad]?[ ]*\n)")
_SOFT = "\u00ad"
_KEEPING = frozenset(
    """all anti co counter cross down eight ex far first five four free full great half hard high ill in large
    late long low mid multi near never nine non off old on one out over post pre pro quasi re real second self
    semi seven short single six small so sub super ten third three time two ultra under up vice well wide""".split()
)
"""First parts that often keep a hyphen of their own: well-known."""

_REASON = "a line end divided this word"


class Hyphens:
    """Tells for a divided word whether the hyphen is the line end's or the word's own."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word that stands undivided somewhere in the text, in small letters."""
        return frozenset(match[0].lower() for match in _WORD.finditer(self.source.text))

    def _keeps(self, first: str, second: str) -> bool:
        """True when *first* and *second* are a word with a hyphen: by the text's own use, else by *first*."""
        if (first + second).lower() in self._words:
            return False
        return f"{first}-{second}".lower() in self._words or first.lower() in _KEEPING

    def divides(self, end: int, start: int) -> bool:
        """True when a word goes on from a hyphen, the last character before *end*, at *start*."""
        text = self.source.text
        return _DIVIDED.match(f"{text[end - 3 : end]}\n{text[start : start + 1]}", 2) is not None

    def edits(self, end: int, start: int, wrapped: bool) -> tuple[Edit, ...]:
        """What makes the word whole whose hyphen is the last character before *end* and that goes on at *start*.

        In a *wrapped* paragraph the line end goes behind the word, where there is a blank to spare.
        """
        text = self.source.text
        first = _FIRST.search(text, max(0, end - 41), end - 1)
        second = _SECOND.match(text, start)
        kept = bool(first and second and text[end - 1] != _SOFT and self._keeps(first[0], second[0]))
        whole = Edit(end - (not kept), start, "")
        spare = _SPARE.match(self.source.prose, start) if wrapped else None
        return (whole, Edit(spare.start(1), spare.end(1), "\n")) if spare else (whole,)


def hyphens(source: Source) -> Iterator[Change]:
    """Make words whole that a line end divided, inside a paragraph; `join` does it between two."""
    judge = Hyphens(source)
    for stretch in source.paragraphs():
        at, end = source.begin(stretch.first), source.end(stretch.last)
        while stretch.first < stretch.last and (match := _DIVIDED.search(source.prose, at, end)):
            edits = judge.edits(match.start() + 1, match.end(), wrapped=True)
            yield Change.of(_REASON, *edits)
            at = edits[-1].end
