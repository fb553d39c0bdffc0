"""Ruby: pinyin and kana above the base, zhuyin to its right (CLREQ 5.5; JLREQ 3.3).

A ruby text wider than its base reaches over neighbours that have none; only what they cannot lend opens the
text.  At a line's edges the base stands flush.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convert.characters import is_kana
from convert.records import dataclass
from convert.theme import Role
from convert.typeset.cjk import script_of
from convert.typeset.inline import Style
from convert.typeset.shapes import Shape, Shaper

if TYPE_CHECKING:
    from convert.typeset.cells import Cells

__all__ = ["ZHUYIN_SIZE", "RubyCell", "is_zhuyin", "set_ruby"]

SIZE = 0.5
"""Ruby size as a share of the base's."""
APART = 0.125
"""Least blank at each side of pinyin whose neighbour has some too, in em of the base: a quarter between two."""
OVERHANG = 0.25
"""How far a ruby text may reach over a neighbour that has none (JLREQ 3.3.8: half of its own em)."""
ZHUYIN_SIZE = 0.4
"""Type size of zhuyin as a share of the base's: its signs fill some 0.7 em of theirs, and so 0.3 of the base."""
ZHUYIN_COLUMN = 0.5
_LEAST = 0.1
"""What is left between two ruby texts when one moves toward the other at a line's edge."""
_EVEN_FROM = 3
"""So many syllables in a row, each over one Han, are set at one pitch."""


@dataclass(frozen=True, slots=True)
class RubyCell:
    """Ruby over the cells from one on.  Lengths in points.

    `shapes` of `size` begin `x` from the first cell's left edge, `apart` from one another, and take `width`;
    where the cell stands first or last in a line they may be moved inward by up to `inward`.  `column` is set
    for zhuyin, which stands in a column on the right.
    """

    shapes: tuple[Shape, ...]
    size: float
    x: float
    width: float = 0.0
    apart: float = 0.0
    inward: tuple[float, float] = (0.0, 0.0)
    count: int = 1
    column: bool = False


@dataclass(slots=True)
class _Segment:
    """Base cells `first` to `end`, in `size` points to the em, with their ruby measured in em."""

    first: int
    end: int
    size: float
    shapes: tuple[Shape, ...]
    latin: bool
    kana: bool
    ruby: float
    base: float
    left: float = 0.0
    right: float = 0.0
    """What the text is opened by at either side."""

    @property
    def single(self) -> bool:
        """One syllable over one Han."""
        return self.latin and self.end - self.first == 1


def is_zhuyin(text: str) -> bool:
    """True for bopomofo with its tone marks."""
    return any("\u3105" <= c <= "\u312f" or "\u31a0" <= c <= "\u31bf" for c in text)


def set_ruby(cells: Cells, shaper: Shaper) -> None:
    """Widen the cells of each segment as far as its ruby needs, and note what is painted over them."""
    source = cells.source
    segments: list[_Segment] = []
    p = 0
    while p < len(cells):
        number = source.segment[cells.offset[p]]
        if not number:
            p += 1
            continue
        first = p
        while p < len(cells) and source.segment[cells.offset[p]] == number:
            p += 1
        style = source.style(cells.offset[first])
        assert style is not None
        text = source.ruby[number - 1].text
        if is_zhuyin(text):
            _column(cells, shaper, first, p, style, text)
        else:
            segments.append(_measured(cells, shaper, first, p, style, text))
    _open(cells, segments)
    for at, segment in enumerate(segments):
        before = segments[at - 1] if _joined(cells, segments, at) else None
        after = segments[at + 1] if _joined(cells, segments, at + 1) else None
        _place(cells, segment, before, after)


def _column(cells: Cells, shaper: Shaper, first: int, end: int, style: Style, text: str) -> None:
    """Zhuyin: half an em beside the base is its column's."""
    shapes = tuple(shape for c in text for shape in shaper.run(c, style.role, style.language))
    width = sum(cells.width[first:end])
    cells.ruby[first] = RubyCell(shapes, style.size * ZHUYIN_SIZE, width, count=end - first, column=True)
    cells.width[end - 1] += ZHUYIN_COLUMN * style.size


def _measured(cells: Cells, shaper: Shaper, first: int, end: int, style: Style, text: str) -> _Segment:
    latin = any(script_of(c) == "Latn" for c in text)
    kana = not latin and all(is_kana(c) for c in text)
    shapes = shaper.run(text, Role.SANS if latin else style.role, style.language)
    ruby = SIZE * sum(shape.width for shape in shapes)
    base = sum(cells.width[first:end]) / style.size
    return _Segment(first, end, style.size, shapes, latin, kana, ruby, base)


def _joined(cells: Cells, segments: list[_Segment], at: int) -> bool:
    """Do the segments before and after *at* touch?"""
    return (
        0 < at < len(segments)
        and segments[at - 1].end == segments[at].first
        and not cells.spaces[segments[at].first]
    )


def _open(cells: Cells, segments: list[_Segment]) -> None:
    """Settle by how much the text is opened at each side of each segment."""
    for at, segment in enumerate(segments):
        beyond = (segment.ruby - segment.base) / 2
        apart = APART if segment.latin else 0.0
        segment.left = max(0.0, beyond + (apart if _joined(cells, segments, at) else -OVERHANG))
        segment.right = max(0.0, beyond + (apart if _joined(cells, segments, at + 1) else -OVERHANG))
    even: list[_Segment] = []
    run: list[_Segment] = []
    for at, segment in enumerate(segments):
        if not segment.single or not _joined(cells, segments, at):
            run = []
        if segment.single:
            run.append(segment)
        if len(run) >= _EVEN_FROM:
            even += run if len(run) == _EVEN_FROM else [segment]
    pitch = max((segment.ruby + 2 * APART - segment.base for segment in even), default=0.0)
    for segment in even:
        segment.left = segment.right = max(pitch / 2, 0.0)


def _between(left: _Segment, right: _Segment) -> float:
    """The blank between the ruby of two segments that touch, in em."""
    return left.right + right.left - (left.ruby - left.base) / 2 - (right.ruby - right.base) / 2


def _place(cells: Cells, segment: _Segment, before: _Segment | None, after: _Segment | None) -> None:
    """Widen the cells and place the ruby over them, between the segments that touch it."""
    count, size = segment.end - segment.first, segment.size
    left, right = segment.left * size / count, segment.right * size / count
    for p in range(segment.first, segment.end):
        cells.width[p] += left + right
        cells.inset[p] = left
    if left:
        cells.indrawn[segment.first] = left
    if right:
        cells.unkern[segment.end] = cells.unkern.get(segment.end, 0.0) - right
    base = segment.base * size + (count - 1) * (left + right)
    ruby = segment.ruby * size
    spread = (base - ruby) / len(segment.shapes) if segment.kana and ruby < base else 0.0
    x = left + (base - ruby - spread * (len(segment.shapes) - 1)) / 2
    out = max(0.0, (ruby - base) / 2)
    room = _LEAST * size
    inward = (
        min(out, _between(segment, after) * size - room) if after else out,
        min(out, _between(before, segment) * size - room) if before else out,
    )
    cells.ruby[segment.first] = RubyCell(segment.shapes, size * SIZE, x, ruby, spread, inward, count)
