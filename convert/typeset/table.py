"""Tables: column widths from content, three rules, rows as slabs, the head repeated on each page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from convert.diagnostics import Code
from convert.model.nodes import Alignment, Paragraph, Table, TableCell, TableRow
from convert.model.walk import plain_text
from convert.records import dataclass, replace
from convert.theme import Role
from convert.typeset.frame import Anchor, Begin, End, Item, Rule
from convert.typeset.inline import Align, ParagraphStyle, Piece, TextPiece
from convert.typeset.slab import Slab, beside, indented, stack
from convert.typeset.structure import Element, Tag

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["column_widths", "table_slabs"]

HEAVY, LIGHT = 1.0, 0.5
"""Thickness of the outer rules and of the rule under the head (the three-line table)."""

_ALIGN = {
    Alignment.DEFAULT: Align.LEFT,
    Alignment.LEFT: Align.LEFT,
    Alignment.CENTRE: Align.CENTRE,
    Alignment.RIGHT: Align.RIGHT,
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with the grid column it begins in."""

    cell: TableCell
    column: int


def _place(rows: Sequence[TableRow], width: int) -> Iterator[list[_Placed]]:
    """The cells of each row with their columns, cells hanging down from rows above taken into account."""
    hanging = [0] * width
    for row in rows:
        out: list[_Placed] = []
        column = 0
        fresh = [0] * width
        for cell in row.cells:
            while column < width and hanging[column]:
                column += 1
            if column >= width:
                break
            out.append(_Placed(cell, column))
            for at in range(column, min(width, column + cell.columns)):
                fresh[at] = cell.rows
            column += cell.columns
        hanging = [max(old - 1, new - 1, 0) for old, new in zip(hanging, fresh, strict=True)]
        yield out


def column_widths(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Widths that fill at most *room*: natural ones where they fit, else shares above the least ones.

    When even the least widths do not fit they are scaled down together.
    """
    if sum(natural) <= room:
        return list(natural)
    low = [min(a, b) for a, b in zip(natural, least, strict=True)]
    if sum(low) >= room:
        scale = room / sum(low)
        return [value * scale for value in low]
    # Columns that need less than an even share keep what they need; the others share the rest.
    widths = list(natural)
    open_columns = set(range(len(widths)))
    left = room
    while open_columns:
        share = left / len(open_columns)
        small = {i for i in open_columns if natural[i] <= share}
        if not small:
            break
        for i in sorted(small):
            left -= natural[i]
        open_columns -= small
    weight = sum(math.sqrt(natural[i]) for i in open_columns)
    for i in sorted(open_columns):
        widths[i] = max(low[i], left * math.sqrt(natural[i]) / weight)
    over = sum(widths) - room
    if over > 0:
        slack = {i: widths[i] - low[i] for i in open_columns}
        total = sum(slack.values()) or 1.0
        for i, value in slack.items():
            widths[i] -= over * value / total
    return widths


def table_slabs(setter: BlockSetter, table: Table, column: Column) -> list[Slab]:
    """Caption, head and body rows of *table*, centred in the column."""
    small = setter.sheet.small()
    inner = replace(
        column, style=small, leading=round(small.size * 5 / 3, 2), indent=0.0, depth=0, elastic=False
    )
    pad = small.size * 0.5
    head = list(_place(table.head, len(table.alignments)))
    body = list(_place(table.body, len(table.alignments)))
    natural, least = _measure(setter, [*head, *body], inner, len(table.alignments))
    widths = column_widths([w + 2 * pad for w in natural], [w + 2 * pad for w in least], column.width)
    if sum(widths) < column.width * 0.6:
        # A narrow table breathes a little; columns keep their proportions.
        grow = min(1.5, column.width * 0.6 / max(sum(widths), 1.0))
        widths = [w * grow for w in widths]
    if sum(widths) > column.width + 0.01:
        message, hint = "the table is wider than the page", "use fewer columns or shorter words"
        setter.report(Code.PAGE_OVERFULL, table.span, message, hint)
    rows = _Rows(setter, widths, pad, inner, sum(widths))
    with setter.tags.within(Element(Tag.TABLE)):
        caption = setter.caption(setter.terms.table, table.number, table.caption, table.span, column)
        return _assemble(rows, table, head, body, caption, column)


def _assemble(
    rows: _Rows,
    table: Table,
    head: list[list[_Placed]],
    body: list[list[_Placed]],
    caption: Slab,
    column: Column,
) -> list[Slab]:
    left = (column.width - rows.total) / 2
    colour = rows.setter.sheet.theme.colour.text
    top = Slab(HEAVY + 1, (Rule(0, 0, rows.total, HEAVY, colour),), keep=True)
    with rows.setter.tags.within(Element(Tag.THEAD)):
        head_slabs = rows.slabs(head, table.head, Role.SANS)
    if head_slabs:
        head_slabs.append(Slab(LIGHT + 1, (Rule(0, 0, rows.total, LIGHT, colour),), keep=True))
    repeat = stack([top, *head_slabs])
    # Anchors, notes and structure belong to the first showing of the head only.
    once = (Anchor, Begin, End)
    repeat = replace(repeat, notes=(), items=tuple(i for i in repeat.items if not isinstance(i, once)))
    with rows.setter.tags.within(Element(Tag.TBODY)):
        body_slabs = [replace(slab, repeat=repeat) for slab in rows.slabs(body, table.body, None)]
    if len(body_slabs) > 3:
        body_slabs[0] = replace(body_slabs[0], keep=True)
        body_slabs[-2] = replace(body_slabs[-2], keep=True)
    if body_slabs:
        body_slabs[-1] = replace(body_slabs[-1], keep=True)
    bottom = Slab(HEAVY, (Rule(0, 0, rows.total, HEAVY, colour),))
    above = Slab(column.leading / 3, keep=True)
    slabs = [indented(slab, left) for slab in (top, *head_slabs, *body_slabs, bottom)]
    slabs = [replace(slab, keep=True) if at <= len(head_slabs) else slab for at, slab in enumerate(slabs)]
    out = [above, replace(caption, keep=True), *slabs] if caption.height else [above, *slabs]
    return [*out, Slab(column.leading / 3, snap=True)]


def _measure(
    setter: BlockSetter, rows: list[list[_Placed]], inner: Column, count: int
) -> tuple[list[float], list[float]]:
    """Natural and least text widths of each column, from cells that fill one column."""
    natural = [2 * inner.style.size] * count
    least = [2 * inner.style.size] * count
    flat = ParagraphStyle(1e5, inner.style.size, inner.style.language, Align.LEFT)
    for row in rows:
        for placed in row:
            if placed.cell.columns != 1:
                continue
            for block in placed.cell.blocks:
                text = plain_text([block])
                pieces: list[Piece] = [TextPiece(text, inner.style)]
                if isinstance(block, Paragraph):
                    pieces = setter.maker.pieces(block.children, inner.style)
                wide = setter.engine.natural_width(pieces, flat)
                natural[placed.column] = max(natural[placed.column], wide + 0.5)
                longest = max((len(word) for word in text.split() if word.isascii()), default=0)
                need = max(min(longest * 0.56, 12), min(3, len(text))) * inner.style.size
                least[placed.column] = max(least[placed.column], min(need, wide + 0.5))
    return natural, least


@dataclass(frozen=True, slots=True)
class _Rows:
    """Sets the rows of one table."""

    setter: BlockSetter
    widths: list[float]
    pad: float
    inner: Column
    total: float

    def slabs(self, placed: list[list[_Placed]], rows: Sequence[TableRow], role: Role | None) -> list[Slab]:
        """One slab a row; rows joined by a merged cell stay together."""
        cells = [self._row(row, role) for row in placed]
        heights = [
            max(
                (slab.height for item, slab in zip(row, made, strict=True) if item.cell.rows == 1),
                default=0.0,
            )
            or self.inner.leading
            for row, made in zip(placed, cells, strict=True)
        ]
        for at, (row, made) in enumerate(zip(placed, cells, strict=True)):
            for item, slab in zip(row, made, strict=True):
                span = range(at, min(len(heights), at + item.cell.rows))
                short = slab.height - sum(heights[i] for i in span)
                if short > 0:
                    heights[span[-1]] += short
        out = []
        for at, (row, made) in enumerate(zip(placed, cells, strict=True)):
            items: list[Item] = [Anchor(rows[at].id, 0, 0)]
            notes: list[str] = []
            joined = False
            for item, slab in zip(row, made, strict=True):
                reach = min(item.cell.rows, len(heights) - at)
                joined = joined or reach > 1
                drop = (sum(heights[at : at + reach]) - slab.height) / 2 if reach > 1 or role else 0.0
                x = sum(self.widths[: item.column]) + self.pad
                items += slab.placed(x, drop)
                notes += slab.notes
            out.append(Slab(heights[at], tuple(items), tuple(notes), keep=joined or role is not None))
        return out

    def _row(self, row: list[_Placed], role: Role | None) -> list[Slab]:
        with self.setter.tags.within(Element(Tag.TR)):
            return [self._cell(item, role) for item in row]

    def _cell(self, placed: _Placed, role: Role | None) -> Slab:
        cell = placed.cell
        width = sum(self.widths[placed.column : placed.column + cell.columns]) - 2 * self.pad
        style = replace(self.inner.style, role=role) if role else self.inner.style
        inner = replace(self.inner, width=max(width, style.size), style=style, align=_ALIGN[cell.alignment])
        air = self.inner.leading * 0.1
        tag = Tag.TH if role else Tag.TD
        with self.setter.tags.within(Element(tag, columns=cell.columns, rows=cell.rows)):
            content = stack(self.setter.blocks(cell.blocks, inner))
        slab = stack([Slab(air), content, Slab(air)])
        return beside(slab, [Anchor(cell.id, 0, 0)])
