"""The rows of a table as slabs: cells side by side, tall rows in strips, merged cells over the rows they span."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convert.model.nodes import Alignment, Table, TableCell, TableRow
from convert.records import dataclass, field, replace
from convert.tabular import Slot, alignment_of
from convert.theme import Role
from convert.typeset.frame import Anchor, Item
from convert.typeset.inline import Align
from convert.typeset.points import Points
from convert.typeset.slab import Slab, beside, shown_again, stack
from convert.typeset.structure import Element, Tag

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["Rows"]

_WHOLE = 1 / 4
"""A row lower than this share of the page stays whole, as do rows joined by merged cells up to twice as high."""
_ALIGN = {
    Alignment.DEFAULT: Align.LEFT,
    Alignment.LEFT: Align.LEFT,
    Alignment.CENTRE: Align.CENTRE,
    Alignment.RIGHT: Align.RIGHT,
}

_Row = tuple[TableRow, list[Slot]]


@dataclass(slots=True)
class _Cell:
    """A cell set: its left edge, its slabs from top to bottom, the row it ends in; `at` of its slabs are placed.

    `height` is that of all its slabs with the air below them.
    """

    left: float
    slabs: list[Slab]
    height: float
    last: int
    spans: bool
    at: int = 0

    @property
    def next_height(self) -> float:
        """Height of the slab that is placed next; 0 when all are."""
        return self.slabs[self.at].height if self.at < len(self.slabs) else 0.0

    def fill(self, height: float, into: _Strip) -> None:
        """Put into a strip *height* high what fits there."""
        y = 0.0
        while self.at < len(self.slabs) and y + self.slabs[self.at].height <= height + 0.01:
            slab = self.slabs[self.at]
            into.items += slab.placed(self.left, y)
            into.notes += slab.notes
            y += slab.height
            self.at += 1


@dataclass(slots=True)
class _Strip:
    """A strip of rows in the making."""

    height: float
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    again: tuple[_Cell, ...] = ()
    """Merged cells that are all shown and go on through this strip."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sets the rows of one table: columns between `edges`, `pad` free at either side of a cell, text as in `inner`.

    `page` is the height that a page has for them.
    """

    setter: BlockSetter
    table: Table
    edges: Sequence[float]
    pad: float
    inner: Column
    page: float
    points: Points

    @property
    def total(self) -> float:
        """Width of the table."""
        return self.edges[-1]

    def slabs(self, rows: Sequence[_Row], head: bool, repeat: Slab | None = None) -> list[Slab]:
        """The slabs of *rows*: one a row, strips of one that is tall; *repeat* is shown again above each.

        Rows that merged cells join stay together where they are few.
        """
        out: list[Slab] = []
        at = 0
        while at < len(rows):
            end = at + 1
            reach = _reach(rows[at], at)
            while end < min(reach, len(rows)):
                reach = max(reach, _reach(rows[end], end))
                end += 1
            out += self._group(rows[at:end], head, repeat)
            at = end
        return out

    def _group(self, rows: Sequence[_Row], head: bool, repeat: Slab | None) -> list[Slab]:
        """The slabs of rows that merged cells join; mostly of one row."""
        first = len(self.setter.tags.elements)
        cells = [self._row(row, at, len(rows), head) for at, row in enumerate(rows)]
        heights = self._heights(cells)
        limit = self.page * _WHOLE * (1 if len(rows) == 1 else 2)
        if sum(heights) <= limit or head:
            made = [self._whole(row, cells[at], heights, at, head) for at, row in enumerate(rows)]
            keep = [head or at < len(made) - 1 for at in range(len(made))]
            slabs = [replace(slab, keep=kept) for slab, kept in zip(made, keep, strict=True)]
            return [replace(slab, repeat=repeat) for slab in slabs] if repeat else slabs
        strips = self._strips(rows, cells)
        edges = {0, len(strips) - 2} - {len(strips) - 1}
        shown: dict[tuple[int, ...], Slab | None] = {}
        out = []
        for at, strip in enumerate(strips):
            key = tuple(map(id, strip.again))
            if key not in shown:
                shown[key] = _continued(repeat, strip.again)
            out.append(
                Slab(
                    strip.height,
                    tuple(strip.items),
                    tuple(strip.notes),
                    keep=at in edges,
                    repeat=shown[key],
                    strip=first,
                )
            )
        return out

    def _heights(self, cells: Sequence[Sequence[_Cell]]) -> list[float]:
        """The height of each row: its own cells', the last row of a merged cell taking what that still needs."""
        heights = [
            max((cell.height for cell in row if not cell.spans), default=self.inner.leading) for row in cells
        ]
        for at, row in enumerate(cells):
            for cell in row:
                short = cell.height - sum(heights[at : cell.last + 1]) if cell.spans else 0.0
                if short > 0:
                    heights[cell.last] += short
        return heights

    def _whole(
        self, row: _Row, cells: Sequence[_Cell], heights: Sequence[float], at: int, head: bool
    ) -> Slab:
        """A row as one slab; heads and merged cells stand in the middle of their height."""
        items: list[Item] = [Anchor(row[0].id, 0, 0)]
        notes: list[str] = []
        for cell in cells:
            # What is not in the middle has its air above it already.
            room = sum(heights[at : cell.last + 1])
            y = (room - sum(slab.height for slab in cell.slabs)) / 2 if cell.spans or head else 0.0
            for slab in cell.slabs:
                items += slab.placed(cell.left, y)
                notes += slab.notes
                y += slab.height
        return Slab(heights[at], tuple(items), tuple(notes))

    def _strips(self, rows: Sequence[_Row], cells: Sequence[Sequence[_Cell]]) -> list[_Strip]:
        """Rows from line to line: a page may end after each strip.  Merged cells run down beside the others."""
        out: list[_Strip] = []
        running: list[_Cell] = []
        for at, (row, made) in enumerate(zip(rows, cells, strict=True)):
            begins = len(out)
            own = [cell for cell in made if not cell.spans]
            running += [cell for cell in made if cell.spans]
            height = max((cell.height for cell in own), default=self.inner.leading)
            if height <= self.page * _WHOLE:
                out.append(self._strip(height, own, running))
            ending = [*own, *(cell for cell in running if cell.last == at)]
            while line := max((cell.next_height for cell in ending), default=0.0):
                out.append(self._strip(line, own, running))
            out[begins].items.insert(0, Anchor(row[0].id, 0, 0))
            if begins < len(out) - 1:
                out[-1].height += self._air
            running = [cell for cell in running if cell.last > at]
        return out

    def _strip(self, height: float, own: Sequence[_Cell], running: Sequence[_Cell]) -> _Strip:
        done = tuple(cell for cell in running if not cell.next_height)
        strip = _Strip(height, again=done)
        for cell in (*own, *running):
            cell.fill(height, strip)
        return strip

    @property
    def _air(self) -> float:
        return self.inner.leading * 0.1

    def _row(self, row: _Row, at: int, count: int, head: bool) -> list[_Cell]:
        with self.setter.tags.within(Element(Tag.TR)):
            return [self._cell(slot, slot.cell, at, count, head) for slot in row[1] if slot.cell is not None]

    def _cell(self, slot: Slot, cell: TableCell, at: int, count: int, head: bool) -> _Cell:
        left = self.edges[slot.column]
        width = self.edges[slot.column + slot.columns] - left - 2 * self.pad
        style = replace(self.inner.style, role=Role.SANS) if head else self.inner.style
        align = _ALIGN[alignment_of(self.table, slot)]
        width -= 0.0 if head else self.points.behind(self.table, slot) * style.size
        inner = replace(self.inner, width=max(width, style.size), style=style, align=align)
        tag = Tag.TH if head else Tag.TD
        with self.setter.tags.within(Element(tag, columns=slot.columns, rows=cell.rows)):
            content = self.setter.blocks(cell.blocks, inner)
        slabs = [slab for slab in content if slab.height or slab.items] or [Slab(self.inner.leading)]
        # Air above goes with the first line, so that no page ends between them.
        first, top = slabs[0], self._air - slabs[0].trim
        drop = first.drop + top
        items = (Anchor(cell.id, -first.left, -drop), *first.items)
        slabs[0] = Slab(first.height + top, items, first.notes, left=first.left, drop=drop)
        height = sum(slab.height for slab in slabs) + self._air
        last = min(at + cell.rows, count) - 1
        return _Cell(left + self.pad, slabs, height, last, last > at)


def _reach(row: _Row, at: int) -> int:
    """The row before which all cells of row *at* have ended."""
    return at + max((slot.cell.rows for slot in row[1] if slot.cell is not None), default=1)


def _continued(repeat: Slab | None, cells: Sequence[_Cell]) -> Slab | None:
    """What is shown again above a strip: the head, and beside the strip the merged cells that go on."""
    above = repeat or Slab(0)
    items: list[Item] = []
    for cell in cells:
        items += shown_again(stack(cell.slabs)).placed(cell.left, above.height)
    return beside(above, items, after=True) if items else repeat
