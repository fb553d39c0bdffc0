"""Ruby: pinyin and kana above the base, zhuyin to its right (CLREQ 5.5; JLREQ 3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from convert.typeset.shapes import Shape, Shaper

if TYPE_CHECKING:
    from convert.typeset.cells import Cells

__all__ = ["RubyCell", "is_zhuyin", "set_ruby"]

SIZE = 0.5
"""Ruby size as a share of the base's."""
APART = 0.125
"""Least blank on each side of a ruby text, in em of the base: a quarter between two neighbours."""
ZHUYIN_SIZE = 0.3
ZHUYIN_COLUMN = 0.5


@dataclass(frozen=True, slots=True)
class RubyCell:
    """Ruby that begins over a cell: shapes, their size in points, where they begin relative to the cell, and
    how many cells it covers.  `column` is set for zhuyin, which stands in a column on the right."""

    shapes: tuple[Shape, ...]
    size: float
    x: float
    count: int
    shift: float = 0.0
    column: bool = False


def is_zhuyin(text: str) -> bool:
    """True for bopomofo with its tone marks."""
    return any("\u3105" <= c <= "\u312f" or "\u31a0" <= c <= "\u31bf" for c in text)


def set_ruby(cells: Cells, shaper: Shaper) -> None:
    """Widen the cells of each segment to hold its ruby, and note what is painted over them."""
    source = cells.source
    p = 0
    while p < len(cells):
        number = source.segment[cells.offset[p]]
        if not number:
            p += 1
            continue
        first = p
        while p < len(cells) and source.segment[cells.offset[p]] == number:
            p += 1
        _segment(cells, shaper, first, p, source.ruby[number - 1].text)


def _segment(cells: Cells, shaper: Shaper, first: int, end: int, text: str) -> None:
    style = cells.source.style(cells.offset[first])
    assert style is not None
    count = end - first
    if is_zhuyin(text):
        shapes = tuple(s for c in text for s in shaper.run(c, style.role, style.language))
        cells.ruby[first] = RubyCell(
            shapes, style.size * ZHUYIN_SIZE, sum(cells.width[first:end]), count, 0.0, True
        )
        cells.width[end - 1] += ZHUYIN_COLUMN * style.size
        return
    size = style.size * SIZE
    shapes = shaper.run(text, style.role, style.language)
    ruby = sum(s.width for s in shapes) * size
    base = sum(cells.width[first:end])
    wanted = max(base, ruby + 2 * APART * style.size)
    extra = (wanted - base) / count
    for p in range(first, end):
        cells.width[p] += extra
    cells.ruby[first] = RubyCell(shapes, size, (wanted - ruby) / 2, count, extra / 2)
