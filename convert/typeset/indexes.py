"""The index: small type in columns that are read down and fill the page, the last ones equally long."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from typing import TYPE_CHECKING

from convert.model.nodes import Index, IndexEntry, InternalTarget
from convert.numerals import page_order
from convert.records import dataclass, replace
from convert.theme import Role
from convert.typeset.frame import Item
from convert.typeset.inline import Align, ParagraphStyle, Piece, TextPiece
from convert.typeset.slab import Slab
from convert.typeset.structure import Element, InlineKind, InlineTag, Tag

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["index_slabs"]

_NARROWEST = 12
"""Characters in a column at least."""
_GUTTER = 2
"""Characters between two columns."""
_MOST = 3
_LEAST = 3
"""Lines at the foot of a page at least."""
_LETTER_AIR = 0.5
"""Space above a letter, in lines."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What stays together: an entry in its lines, or a letter, which is not left at a column's foot."""

    slabs: tuple[Slab, ...]
    letter: bool = False

    @property
    def height(self) -> float:
        """Height of all its lines."""
        return sum(slab.height for slab in self.slabs)


def index_slabs(setter: BlockSetter, block: Index, column: Column) -> list[Slab]:
    """The slabs of an index: one for each page that it fills.

    Where it begins on its page is known from the pass before; the first pass takes as little as it can.
    """
    small = setter.sheet.small(column.style.role)
    gutter = _GUTTER * small.size
    columns = int((column.width + gutter) / (_NARROWEST * small.size + gutter))
    columns = max(1, min(columns, _MOST))
    width = (column.width - (columns - 1) * gutter) / columns
    inner = replace(column, style=small, width=width, leading=round(small.size * 1.6, 2))
    with setter.tags.within(Element(Tag.INDEX)):
        rows = list(_rows(setter, block, inner))
    if columns == 1:
        return _running(rows)
    page, least = setter.geometry.block_height, _LEAST * inner.leading
    room = page - setter.tops[block.id] if block.id in setter.tops else least
    if room < least:
        room = page
    out: list[Slab] = []
    at = 0
    while at < len(rows):
        fitted = _fill(rows, at, columns, room)
        if fitted[-1] == len(rows):
            fitted = _balanced(rows, at, columns, room)
        out.append(_side_by_side(rows, [at, *fitted], width + gutter))
        at = fitted[-1]
        room = page
    return out


def _running(rows: Sequence[_Row]) -> list[Slab]:
    """All rows below each other, for a column that is no wider than an index's; a letter stays with its first entry."""
    out: list[Slab] = []
    for row in rows:
        air, *lines = row.slabs if row.letter else (Slab(0), *row.slabs)
        made = [replace(slab, keep=row.letter or at < len(lines) - 1) for at, slab in enumerate(lines)]
        out += [replace(air, trim=air.height, keep=True), *made] if row.letter else made
    return [*out, Slab(0, snap=True)] if out else []


def _rows(setter: BlockSetter, block: Index, column: Column) -> Iterator[_Row]:
    style = replace(column.style, role=Role.SANS, colour=setter.sheet.theme.colour.accent)
    flat = ParagraphStyle(column.width, style.size, style.language, Align.LEFT)
    for group in block.groups:
        lines = setter.lines([TextPiece(group.label, style)], flat)
        letter = setter.tags.leaf(Element(Tag.P), setter.stacked(lines, style.size, column.leading))
        yield _Row((Slab(_LETTER_AIR * column.leading), *letter), letter=True)
        for entry in group.entries:
            yield from _entry_rows(setter, entry, column, 0)


def _entry_rows(setter: BlockSetter, entry: IndexEntry, column: Column, depth: int) -> Iterator[_Row]:
    em = column.style.size
    left = min(depth, 4) * em
    pieces: list[Piece] = [TextPiece(entry.term, column.style)]
    numbers = count()
    pages: dict[str, str] = {}
    for place in entry.places:
        if place in setter.maker.folios:
            pages.setdefault(setter.maker.folios[place], place)
    for number, page in enumerate(sorted(pages, key=page_order)):
        before = ", " if number else setter.terms.caption_gap
        tag = InlineTag(InlineKind.LINK, next(numbers))
        linked = replace(column.style, link=InternalTarget(pages[page]), tag=tag)
        pieces += [TextPiece(before, column.style), TextPiece(page, linked)]
    style = ParagraphStyle(
        column.width, em, column.style.language, Align.LEFT, left, left + 2 * em, keep_spaces=True
    )
    slabs = setter.stacked(setter.lines(pieces, style), em, column.leading, whole=True)
    yield _Row(tuple(setter.tags.leaf(Element(Tag.P), slabs)))
    for inner in entry.entries:
        yield from _entry_rows(setter, inner, column, depth + 1)


def _fill(rows: Sequence[_Row], at: int, columns: int, room: float) -> list[int]:
    """Where each column ends when *columns* of them, *room* high, take the rows from *at* on."""
    out: list[int] = []
    for _ in range(columns):
        start, used = at, 0.0
        while at < len(rows) and (at == start or used + _height(rows, start, at) <= room + 0.05):
            used += _height(rows, start, at)
            at += 1
        while at < len(rows) and at - 1 > start and rows[at - 1].letter:
            at -= 1
        out.append(at)
    return out


def _height(rows: Sequence[_Row], start: int, at: int) -> float:
    """Height of a row in a column that begins at *start*: no space above a letter at its head."""
    return rows[at].height - (rows[at].slabs[0].height if at == start and rows[at].letter else 0.0)


def _balanced(rows: Sequence[_Row], at: int, columns: int, room: float) -> list[int]:
    """The ends of columns as short as can hold all the rows from *at* on."""
    total = sum(row.height for row in rows[at:])
    step = min((row.slabs[-1].height for row in rows[at:]), default=1.0) / 2
    height = total / columns
    while height < room:
        ends = _fill(rows, at, columns, height)
        if ends[-1] == len(rows):
            return ends
        height += step
    return _fill(rows, at, columns, room)


def _side_by_side(rows: Sequence[_Row], bounds: Sequence[int], pitch: float) -> Slab:
    """One slab of the columns whose rows end at *bounds*; what is read first is painted first."""
    items: list[Item] = []
    tallest = 0.0
    for number, (start, end) in enumerate(pairwise(bounds)):
        y = 0.0
        for at in range(start, end):
            slabs = rows[at].slabs[1:] if at == start and rows[at].letter else rows[at].slabs
            for slab in slabs:
                items += slab.placed(number * pitch, y)
                y += slab.height
        tallest = max(tallest, y)
    return Slab(math.ceil(tallest * 100) / 100, tuple(items), snap=True)
