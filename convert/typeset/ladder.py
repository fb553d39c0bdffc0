"""From cells to a ladder: where the lines of a paragraph may end, with sums of what its gaps can give and take."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter, mul

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
    even = cells.scale.count(em) == size
    ends, gaps = _places(cells, em, even)
    ranks, penalties = [*cells.rank, 0], [*cells.penalty, 0.0]
    for p in _too_wide(cells, ends, em, measure):
        ranks[p], penalties[p] = ANY, _SPLIT_COST
    if ragged and keep_spaces:
        for p in range(1, size):
            if not cells.spaces[p]:
                penalties[p] += _TITLE_COST
    flags = bytearray(size + 1)
    for p in cells.odd:
        flags[p] = 1
    sums = _Sums(cells, em, even)
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
        comfort=sums.of("comfort"),
        tight=sums.of("tight"),
        steps=sums.steps(),
        words=sums.of("words"),
        letters=sums.of("letters"),
        opens=sums.opens(),
        most=sums.of("most"),
        limited=sums.limited(),
        latin=sums.latin(),
        waste=sums.waste(),
        counted=lambda p: _counted(cells, p),
    )


def _places(cells: Cells, em: float, even: bool) -> tuple[list[float], dict[int, float]]:
    """Where each cell ends, in em, the first entry the beginning; and the gaps before cells, but for the first.

    Where all is of one size, *even*, every Han is one em.
    """
    if even:
        steps = [1.0] * len(cells.width)
        for p in cells.odd:
            steps[p] = cells.width[p] / em
        gaps = {p: natural for p in cells.odd if (natural := cells.gaps[p].natural)}
    else:
        steps = [width / em for width in cells.width]
        gaps = {p: gap.natural * (cells.scale[p] / em) for p in cells.odd if (gap := cells.gaps[p]).natural}
    if not (cells.spaces and cells.spaces[0]):
        gaps.pop(0, None)
    for p, width in gaps.items():
        steps[p] += width
    ends = list(accumulate(steps, initial=0.0))
    gaps.pop(0, None)
    return ends, gaps


class _Sums:
    """The sums of a ladder over the gaps before the odd cells; the one before the first counts as nothing."""

    def __init__(self, cells: Cells, em: float, even: bool) -> None:
        self._cells, self._em = cells, em
        self._gaps = [cells.gaps[p] for p in cells.odd]
        if cells.odd and cells.odd[0] == 0:
            self._gaps[0] = GAP_NONE
        self._scales = [1.0] * len(cells.odd) if even else [cells.scale[p] / em for p in cells.odd]
        self._different = list({id(gap): gap for gap in self._gaps}.values())

    def of(self, name: str) -> list[float]:
        """The sums of what each gap has of *name*."""
        get = attrgetter(name)
        if not any(map(get, self._different)):
            return [0.0] * (len(self._gaps) + 1)
        return list(accumulate(map(mul, map(get, self._gaps), self._scales), initial=0.0))

    def steps(self) -> dict[int, Step]:
        """The gaps of each shrink step."""
        if not any(gap.step for gap in self._different):
            return {}
        own: dict[int, list[int]] = {}
        for n, gap in enumerate(self._gaps):
            if gap.step:
                own.setdefault(gap.step, []).append(n)
        out = {}
        for step in sorted(own):
            gaps = [(self._gaps[n], self._scales[n]) for n in own[step]]
            comfort = accumulate([gap.comfort * scale for gap, scale in gaps], initial=0.0)
            tight = accumulate([gap.tight * scale for gap, scale in gaps], initial=0.0)
            out[step] = Step(own[step], list(comfort), list(tight))
        return out

    def opens(self) -> list[int]:
        """Open gaps less all gaps."""
        return list(accumulate([gap.open - 1 for gap in self._gaps], initial=0))

    def limited(self) -> list[int]:
        """Gaps that have a limit in T3."""
        if not any(gap.most for gap in self._different):
            return [0] * (len(self._gaps) + 1)
        return list(accumulate([int(gap.most > 0.0) for gap in self._gaps], initial=0))

    def latin(self) -> list[float]:
        """The width of what is proportional."""
        cells, em = self._cells, self._em
        if ELASTIC.isdisjoint(cells.kind):
            return [0.0] * (len(self._gaps) + 1)
        widths = (cells.width[p] / em if cells.kind[p] in ELASTIC else 0.0 for p in cells.odd)
        return list(accumulate(widths, initial=0.0))

    def waste(self) -> float:
        """How much wider a gap is at most than what it could have given."""
        most = max((gap.natural - gap.comfort for gap in self._different), default=0.0)
        return max(most, 0.0) * max(self._scales, default=1.0)


def _too_wide(cells: Cells, ends: Sequence[float], em: float, measure: float) -> list[int]:
    """Cells before which a piece that is wider than the measure may be split as the last resort."""
    out: list[int] = []
    held: list[int] = []
    """The cells after the first of an unbreakable piece; all of them are odd."""
    rank = cells.rank
    for p in [p for p in cells.odd if p and rank[p] > DESPERATE]:
        if held and p != held[-1] + 1:
            _split(cells, held, ends, em, measure, out)
            held = []
        held.append(p)
    if held:
        _split(cells, held, ends, em, measure, out)
    return out


def _split(
    cells: Cells,
    held: Sequence[int],
    ends: Sequence[float],
    em: float,
    measure: float,
    out: list[int],
) -> None:
    """Add the cells before which a piece may be split, the first of which is the one before `held`."""
    first = held[0]
    if ends[held[-1] + 1] - ends[first] + cells.width[first - 1] / em > measure + EPS:
        out.extend(p for p in held if cells.rank[p] == NEVER)


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
