"""The breaks of a paragraph, island by island.

An island is what stands between two ideographs: a stop, a bracket, a figure, a few words.  Breaks in it and on both its
sides depend on nothing else, and a text has few different ones: each is judged once (`breaks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from convert.regex import regex
from convert.typeset.breaks import MEASURE_WORDS, judge
from convert.typeset.cjk import Class
from convert.typeset.opportunities import NEVER, ORDINARY, PLAIN, Breaks
from convert.typeset.remembered import Remembered

__all__ = ["find_breaks"]

_ISLAND = regex("[^\u4e00-\u9fffあいうえおか-ぢつ-もやゆよら-ろわ-んアイウエオカ-ヂツ-モヤユヨラ-ロワ-ン]+")
"""Between two ideographs or kana of full size: all that are of class ID whatever stands beside them."""
_KINDS = tuple(Class)
_FIGURE = int(Class.NUM)
_FIGURES = str.maketrans("023456789", "1" * 9)
"""To every rule one figure is as another."""


def find_breaks(
    text: str,
    classes: Sequence[Class],
    *,
    level: str = "gb",
    language: str = "zh-Hans",
    languages: Sequence[str] = (),
    hyphenate: bool = True,
    keep_all: bool = False,
) -> Breaks:
    """All places where *text* may be broken, with their ranks and penalties; what is asked for is told in `judge`."""
    known = _islands(level, language, hyphenate, keep_all)
    if Class.NOTE in classes and _note_of_han(text, classes):
        return known.judge(text, classes, languages)
    size = len(text)
    found = Breaks([ORDINARY] * (size + 1), [0.0] * (size + 1), [PLAIN] * (size + 1))
    rank, codes = found.rank, bytes(classes)
    rank[0] = rank[size] = NEVER
    for match in _ISLAND.finditer(text):
        start, end = match.span()
        before, after = text[start - 1] if start else "", text[end : end + 1]
        if before >= "一":
            before = "一"
        if after >= "一" and after not in MEASURE_WORDS:
            after = "一"
        island, kinds = match[0], codes[start:end]
        if _FIGURE in kinds:
            island = island.translate(_FIGURES)
        key = island, kinds, before, after
        verdict = known.look(key, languages[start:end]) if languages else known[key]
        rank[start : end + 1] = verdict.rank
        if not verdict.bare:
            _put(found, start, end, verdict)
    return found


def _note_of_han(text: str, classes: Sequence[Class]) -> bool:
    """True when a note mark has Han in it: those are no ideographs."""
    return any(
        kind is Class.NOTE and not _ISLAND.match(char) for char, kind in zip(text, classes, strict=True)
    )


class _Verdict(NamedTuple):
    """`Breaks` from before an island to behind it; a *bare* one has nothing but ranks."""

    rank: list[int]
    penalty: list[float]
    kind: list[int]
    far: dict[int, tuple[int, float]]
    fixed: set[int]
    bare: bool


def _put(found: Breaks, start: int, end: int, verdict: _Verdict) -> None:
    """Add to *found* what else is known of the breaks of an island."""
    found.penalty[start : end + 1] = verdict.penalty
    found.kind[start : end + 1] = verdict.kind
    for i, (shown, cost) in verdict.far.items():
        found.far[start + i] = (start + shown if shown >= 0 else shown), cost
    found.fixed.update([start + i for i in verdict.fixed])


_Island = tuple[str, bytes, str, str]
"""The characters, their classes, and the character on either side, "" for none; one Han stands for all but measure
words behind the island."""


class _Islands(Remembered[_Island, _Verdict]):
    """What was found of each island, by what it is."""

    def __init__(self, level: str, language: str, hyphenate: bool, keep_all: bool) -> None:
        super().__init__()
        self._level, self._language, self._hyphenate, self._keep_all = level, language, hyphenate, keep_all

    def __missing__(self, key: _Island) -> _Verdict:
        return self.keep(key, key[0], self.look(key, ()))

    def judge(self, text: str, classes: Sequence[Class], tags: Sequence[str]) -> Breaks:
        """The breaks of *text*, all of it asked about."""
        return judge(
            text,
            classes,
            level=self._level,
            language=self._language,
            languages=tags,
            hyphenate=self._hyphenate,
            keep_all=self._keep_all,
        )

    def look(self, key: _Island, tags: Sequence[str]) -> _Verdict:
        """An island judged, with a tag for each of its characters unless all are in the one language."""
        island, codes, before, after = key
        kinds = [*[Class.ID] * len(before), *[_KINDS[code] for code in codes], *[Class.ID] * len(after)]
        if tags:
            tags = [*[tags[0]] * len(before), *tags, *[tags[-1]] * len(after)]
        found = self.judge(before + island + after, kinds, tags)
        first = len(before)
        end = first + len(island) + 1
        rank, penalty, kind = found.rank[first:end], found.penalty[first:end], found.kind[first:end]
        far = {
            i - first: (shown - first if shown >= 0 else shown, cost)
            for i, (shown, cost) in found.far.items()
        }
        fixed = {i - first for i in found.fixed}
        return _Verdict(rank, penalty, kind, far, fixed, not (any(penalty) or any(kind) or far or fixed))


@lru_cache(maxsize=16)
def _islands(level: str, language: str, hyphenate: bool, keep_all: bool) -> _Islands:
    return _Islands(level, language, hyphenate, keep_all)
