"""From cells to a ladder: where the lines of a paragraph may end, with sums of what its gaps can give and take."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain

from convert.theme import LayoutTheme
from convert.typeset.adjust import GAP_NONE, region
from convert.typeset.cells import Cells
from convert.typeset.cjk import ELASTIC, Class
from convert.typeset.fit import STEPS, Ladder
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
    split = _too_wide(cells, em, measure)
    ranks, penalties = [*cells.rank, 0], [*cells.penalty, 0.0]
    for p in split:
        ranks[p], penalties[p] = ANY, _SPLIT_COST
    if ragged and keep_spaces:
        for p in range(1, size):
            if not cells.spaces[p]:
                penalties[p] += _TITLE_COST
    gaps = [0.0] * size
    for p in cells.odd:
        if p or cells.spaces[0]:
            gaps[p] = cells.gaps[p].natural * (cells.scale[p] / em)
    at = list(accumulate(chain.from_iterable(zip(gaps, [w / em for w in cells.width], strict=True))))
    flags = bytearray(size + 1)
    for p in cells.odd:
        flags[p] = 1
    sums = _Sums()
    sums.add(cells, em)
    starts = [0.0, *at[2::2], at[-1]]
    for p, indrawn in cells.indrawn.items():
        starts[p] += indrawn / em
    more = _more(cells, em)
    return Ladder(
        ends=[0.0, *at[1::2]],
        starts=starts,
        ranks=ranks,
        penalties=penalties,
        kinds=[*cells.break_kind, 0],
        more=more,
        shed=-min([0.0, *more.values()]),
        hangs=_hangs(cells, em, _HANGING[region(language)]) if layout.hanging else {},
        far=cells.far,
        marks=[0, *accumulate(flags)],
        comfort=sums.comfort,
        tight=sums.tight,
        words=sums.words,
        letters=sums.letters,
        opens=sums.opens,
        most=sums.most,
        limited=sums.limited,
        latin=sums.latin,
        waste=sums.waste,
        counted=lambda p: _counted(cells, p),
    )


class _Sums:
    """The sums of a ladder, gap by gap."""

    def __init__(self) -> None:
        zero = (0.0,) * (STEPS + 1)
        self.comfort, self.tight = [zero], [zero]
        self.words, self.letters, self.most = [0.0], [0.0], [0.0]
        self.opens, self.limited = [0], [0]
        self.latin = [0.0]
        self.waste = 0.0

    def add(self, cells: Cells, em: float) -> None:
        """Go through the gaps before the odd cells; the one before the first counts as nothing."""
        comfort, tight = self.comfort[-1], self.tight[-1]
        words = letters = most = latin = 0.0
        opens = limited = 0
        for p in cells.odd:
            gap = cells.gaps[p] if p else GAP_NONE
            if gap.natural:
                scale = cells.scale[p] / em
                if gap.step:
                    comfort = _given(comfort, gap.step, gap.comfort * scale)
                    tight = _given(tight, gap.step, gap.tight * scale)
                words += gap.words * scale
                letters += gap.letters * scale
                most += gap.most * scale
                limited += gap.most > 0.0
                self.waste = max(self.waste, (gap.natural - gap.comfort) * scale)
            opens += gap.open - 1
            if cells.kind[p] in ELASTIC:
                latin += cells.width[p] / em
            self.comfort.append(comfort)
            self.tight.append(tight)
            self.words.append(words)
            self.letters.append(letters)
            self.opens.append(opens)
            self.most.append(most)
            self.limited.append(limited)
            self.latin.append(latin)


def _given(sums: tuple[float, ...], step: int, room: float) -> tuple[float, ...]:
    """*sums* of the shrink steps, and of all, with *room* more in one step."""
    new = list(sums)
    new[step - 1] += room
    new[STEPS] += room
    return tuple(new)


def _too_wide(cells: Cells, em: float, measure: float) -> list[int]:
    """Cells before which a piece that is wider than the measure may be split as the last resort."""
    out: list[int] = []
    held: list[int] = []
    """The cells after the first of an unbreakable piece; all of them are odd."""
    for p in cells.odd:
        inside = p > 0 and cells.rank[p] > DESPERATE
        if held and not (inside and p == held[-1] + 1):
            _split(cells, held, measure * em, out)
            held = []
        if inside:
            held.append(p)
    if held:
        _split(cells, held, measure * em, out)
    return out


def _split(cells: Cells, held: Sequence[int], room: float, out: list[int]) -> None:
    """Add the cells before which a piece may be split, the first of which is the one before `held`."""
    width = cells.width[held[0] - 1]
    width += sum(cells.width[p] + cells.gaps[p].natural * cells.scale[p] for p in held)
    if width > room:
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
