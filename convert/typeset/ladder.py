"""From cells to a ladder: where the lines of a paragraph may end, with sums of what its gaps can give and take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import mul, sub
from typing import Any

from convert.theme import LayoutTheme
from convert.typeset.adjust import GAP_NONE, region
from convert.typeset.cells import Cells
from convert.typeset.cjk import ELASTIC, Class
from convert.typeset.fit import EPS, Ladder, Step
from convert.typeset.opportunities import ANY, DESPERATE, HYPHEN, NEVER

__all__ = ["make_ladder"]

_SPLIT_COST = 500.0
_TITLE_COST = 400.0
_HANGING = {"hans": "，、。；：", "ja": "，、。", "hant": ""}
"""Marks that may hang, by region: none where stops stand in the middle of their em (CLREQ 6.1.3)."""
_WORDS = frozenset({Class.ID, Class.ITER, Class.CJ})
_BOXES = frozenset({Class.BOX, Class.LBOX})
_PROPORTIONAL = bytes(kind in ELASTIC for kind in range(256))
"""For `bytes.translate`: 1 for a class that is proportional."""
_TOKENS = frozenset({Class.LAT, Class.NUM, Class.CODE, Class.HANGUL})


def make_ladder(
    cells: Cells,
    layout: LayoutTheme,
    em: float,
    measure: float,
    *,
    language: str,
    ragged: bool,
    keep_spaces: bool,
) -> Ladder:
    """The ladder of a paragraph set in lines *measure* em wide; all its lengths are in *em* points.

    With *keep_spaces* a ragged line (a title, a verse) ends at a typed space where it can.
    """
    size = len(cells)
    sums = _Sums(cells, em)
    ends, gaps = _places(cells, em, sums)
    ranks, penalties = [*cells.rank, 0], [*cells.penalty, 0.0]
    for p in _too_wide(cells, ends, em, measure, sums):
        ranks[p], penalties[p] = ANY, _SPLIT_COST
    if ragged and keep_spaces:
        for p in range(1, size):
            if not cells.spaces[p]:
                penalties[p] += _TITLE_COST
    flags = bytearray(size + 1)
    for p in cells.odd:
        flags[p] = 1
    for p, indrawn in cells.indrawn.items():
        gaps[p] = gaps.get(p, 0.0) + indrawn / em
    more = _more(cells, em)
    return Ladder(
        ends=ends,
        gaps=gaps,
        ranks=ranks,
        penalties=penalties,
        kinds=[*cells.break_kind, 0],
        more=more,
        shed=-min([0.0, *more.values()]),
        hangs=_hangs(cells, em, _HANGING[region(language)]) if layout.hanging else {},
        far=cells.far,
        marks=list(accumulate(flags, initial=0)),
        comfort=sums.of(sums.comfort),
        tight=sums.of(sums.tight),
        steps=sums.steps(),
        tight_steps=sums.tight_steps,
        words=sums.of(sums.words),
        letters=sums.of(sums.letters),
        opens=sums.opens(),
        most=sums.of(sums.most),
        limited=sums.limited(),
        latin=sums.latin(),
        waste=sums.waste(),
        counted=lambda p: _counted(cells, p),
    )


class _Sums:
    """The sums of a ladder over the gaps before the odd cells; of the one before the first only `natural` counts."""

    def __init__(self, cells: Cells, em: float) -> None:
        self._cells = cells
        odd = cells.odd
        self.widths = [cells.width[p] / em for p in odd]
        gaps = list(map(cells.gaps.__getitem__, odd))
        self.natural = [gap[0] for gap in gaps]
        if odd and odd[0] == 0:
            gaps[0] = GAP_NONE
        columns: Iterable[Sequence[Any]] = zip(*gaps, strict=True) if gaps else ((),) * len(GAP_NONE)
        (
            self._inner,
            self._step,
            self.comfort,
            self.tight,
            self.words,
            self.letters,
            self._open,
            self.most,
            _,
        ) = columns
        self.even = cells.scale.count(em) == len(cells)
        """All is of one size: every Han is one em, and gaps are measured in it."""
        self.scales = [] if self.even else [cells.scale[p] / em for p in odd]
        self._nothing = [0.0] * (len(odd) + 1)
        self._tight: tuple[Step, ...] | None = None

    def of(self, column: Sequence[float]) -> list[float]:
        """The sums of what the gaps have."""
        if not any(column):
            return self._nothing
        return self._summed(column)

    def _summed(self, column: Sequence[float]) -> list[float]:
        return list(accumulate(column if self.even else map(mul, column, self.scales), initial=0.0))

    def steps(self) -> tuple[Step, ...]:
        """What the gaps of each shrink step give in comfort."""
        return self._by_step(self.comfort)

    def tight_steps(self) -> tuple[Step, ...]:
        """What they give at most; most paragraphs never ask."""
        if self._tight is None:
            self._tight = self._by_step(self.tight)
        return self._tight

    def _by_step(self, column: Sequence[float]) -> tuple[Step, ...]:
        own: dict[int, list[float]] = {}
        for n in compress(count(), self._step):
            number = self._step[n]
            if number not in own:
                own[number] = [0.0] * len(column)
            own[number][n] = column[n]
        return tuple([Step(number, self._summed(own[number])) for number in sorted(own)])

    def opens(self) -> list[int]:
        """Open gaps less all gaps."""
        return list(map(sub, accumulate(self._open, initial=0), count()))

    def limited(self) -> list[int]:
        """Gaps that have a limit in T3."""
        if not any(self.most):
            return [0] * len(self._nothing)
        return list(accumulate(map(bool, self.most), initial=0))

    def latin(self) -> list[float]:
        """The width of what is proportional."""
        flags = bytes(map(self._cells.kind.__getitem__, self._cells.odd)).translate(_PROPORTIONAL)
        if 1 not in flags:
            return self._nothing
        return list(accumulate(map(mul, flags, self.widths), initial=0.0))

    def waste(self) -> float:
        """How much wider a gap is at most than what it could have given."""
        most = max(map(sub, self._inner, self.comfort), default=0.0)
        return max(most, 0.0) * max(self.scales, default=1.0)


def _places(cells: Cells, em: float, sums: _Sums) -> tuple[list[float], dict[int, float]]:
    """Where each cell ends, in em, the first entry the beginning; and the gaps before cells, but for the first."""
    odd, widths, natural = cells.odd, cells.width, sums.natural
    if sums.even:
        steps = [1.0] * len(widths)
        for p, width in zip(odd, sums.widths, strict=True):
            steps[p] = width
    else:
        steps = [width / em for width in widths]
        natural = list(map(mul, natural, sums.scales))
    gaps = dict(compress(zip(odd, natural, strict=True), natural))
    if not (cells.spaces and cells.spaces[0]):
        gaps.pop(0, None)
    for p, width in gaps.items():
        steps[p] += width
    ends = list(accumulate(steps, initial=0.0))
    gaps.pop(0, None)
    return ends, gaps


@lru_cache(maxsize=64)
def _row_without_ends(count: int) -> re.Pattern[bytes]:
    """At least so many ranks in a row that let no line end, short of the last resort."""
    return re.compile(b"[\\x%02x-\\xff]{%d,}" % (DESPERATE + 1, count))


def _too_wide(cells: Cells, ends: Sequence[float], em: float, measure: float, sums: _Sums) -> list[int]:
    """Cells before which a piece that is wider than the measure may be split as the last resort."""
    widest = max([1.0, *sums.widths]) + max([0.0, *sums.natural]) * max(sums.scales, default=1.0)
    least = max(int(measure / widest), 1)
    out: list[int] = []
    ranks = cells.rank
    for held in _row_without_ends(least).finditer(bytes(ranks), 1):
        first, end = held.span()
        if ends[end] - ends[first] + cells.width[first - 1] / em > measure + EPS:
            out.extend(p for p in range(first, end) if ranks[p] == NEVER)
    return out


def _hangs(cells: Cells, em: float, marks: str) -> dict[int, float]:
    """How far the mark before a cell, when it is one of *marks*, may stand outside the measure (CLREQ 6.1.3)."""
    out = {}
    for p, shape in enumerate(cells.shapes, 1):
        alone = p < 2 or cells.kind[p - 2] not in (Class.CL, Class.FS, Class.CM)
        if shape.text in marks and alone:
            out[p] = cells.width[p - 1] / em
    return out


def _more(cells: Cells, em: float) -> dict[int, float]:
    """What the end of a line before a cell adds to it: a hyphen, kerning that reaches no further."""
    out = {p: lost / em for p, lost in cells.unkern.items()}
    if HYPHEN not in cells.break_kind:
        return out
    for p in cells.odd:
        if cells.break_kind[p] == HYPHEN and (style := cells.source.style(cells.offset[p - 1])) is not None:
            face = cells.shapes[p - 1].face
            out[p] = out.get(p, 0.0) + face.advance(face.glyph_id("-")) * style.size / em
    return out


def _counted(cells: Cells, first: int) -> int:
    """Han from cell *first* on, up to three; two letters of a word, and each em of a box, are as wide as one."""
    count = letters = 0
    for p in range(first, len(cells)):
        kind = cells.kind[p]
        if kind in _BOXES:
            count += max(1, int(cells.width[p] / cells.scale[p]))
        elif kind in _WORDS:
            count += 1
        elif kind in _TOKENS:
            letters += 1
        if count + (letters + 1) // 2 >= 3:
            return 3
    return count + (letters + 1) // 2
