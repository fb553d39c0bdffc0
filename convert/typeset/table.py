"""Tables: column widths from content, three rules, rows as slabs, the head repeated on each page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from convert.diagnostics import Code
from convert.model.nodes import Block, Emphasis, Inline, Link, Paragraph, Strong, Table, Text
from convert.model.walk import plain_text
from convert.records import replace
from convert.tabular import LONGEST, ROOMY, column_widths, filled_rows, fit_table, longest_word, placed_rows
from convert.theme import Role
from convert.typeset.frame import Rule
from convert.typeset.inline import Align, ParagraphStyle, Piece, Style, TextPiece
from convert.typeset.points import Points, points_of
from convert.typeset.rows import Rows
from convert.typeset.slab import Slab, indented, shown_again, stack
from convert.typeset.structure import Element, Tag
from convert.typeset.turned import turned_room, turned_slabs

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column
    from convert.typeset.geometry import Geometry

__all__ = ["table_slabs"]

HEAVY, LIGHT = 1.0, 0.5
"""Thickness of the outer rules and of the rule under the head (the three-line table)."""
PAD, TIGHT = 0.5, 0.3
"""Free at either side of a cell, in em: usually, and where room is wanting."""
DEEP, ASIDE = 3, 8.0
"""A cell over several rows may be set in so many lines, if it then has so many characters in each."""
LOW = 0.4
"""Share of the page that a table may take and not be divided."""
SMALLEST = 7.5
"""Type of a table may be made as small as this (六号) where it is too wide."""


def table_slabs(setter: BlockSetter, table: Table, column: Column) -> list[Slab]:
    """Caption, head and body rows of *table*, centred in the column; on pages of their own where it is turned."""
    small = setter.sheet.small()
    points = points_of(setter, table, small)
    natural, least = _measure(setter, table, small, points)
    smallest = min(1.0, SMALLEST / small.size)
    geometry = setter.geometry
    # On a ground, in a cell or a note, or in one of several columns it cannot be turned.
    long_side = turned_room(setter, table) if column.free and geometry.columns == 1 else 0.0
    tight = 2 * TIGHT * small.size
    if setter.spanned(column):
        # Too wide for its column at its size, it stands over all.
        if fit_table(table, [width + tight for width in least], column.width, 0.0, 1.0).overfull:
            over = table_slabs(setter, table, replace(column, width=geometry.measure))
            return [replace(slab, spans=True, floats=False) for slab in over]
        long_side = 0.0
    fit = fit_table(table, [width + tight for width in least], column.width, long_side, smallest)
    if fit.overfull:
        message, hint = "the table is wider than the page", "use fewer columns or shorter words"
        setter.report(Code.PAGE_OVERFULL, table.span, message, hint)
    if fit.turned:
        column = replace(column, width=long_side)
    style = replace(small, size=round(small.size * fit.scale, 2))
    leading = round(style.size * 5 / 3, 2)
    inner = replace(column, style=style, leading=leading, indent=0.0, depth=0, elastic=False, free=False)
    scale = style.size / small.size
    roomy = sum(least) * scale + 2 * PAD * style.size * len(least) <= column.width
    pad = style.size * (PAD if roomy else TIGHT)
    natural, least = ([width * scale + 2 * pad for width in widths] for widths in (natural, least))
    held = filled_rows(table) if sum(natural) > column.width else []
    rows_held = [[ems * style.size for ems in row] for row in held]
    widths = column_widths(natural, least, column.width, rows_held, 2 * pad)
    if sum(widths) < column.width * 0.6 and not fit.turned:
        # A narrow table breathes a little, alike between all columns however they are aligned.
        grow = min(1.5, column.width * 0.6 / max(sum(widths), 1.0)) - 1.0
        air = sum(widths) * grow / (2 * len(widths))
        widths, pad = [w + 2 * air for w in widths], pad + air
    page = geometry.measure if fit.turned else geometry.block_height
    rows = Rows(setter, table, list(accumulate(widths, initial=0.0)), pad, inner, page, points)
    with setter.tags.within(Element(Tag.TABLE)):
        caption = setter.caption(setter.terms.table, table.number, table.caption, table.span, column)
        slabs = _assemble(rows, table, caption, column)
    if fit.turned:
        return turned_slabs(slabs, geometry, long_side)
    return _whole(slabs, table, geometry)


def _whole(slabs: list[Slab], table: Table, geometry: Geometry) -> list[Slab]:
    """A low table is not divided: one that has a number waits for room as figures do, another moves on as it is."""
    height = sum(slab.height for slab in slabs)
    if height > geometry.block_height * LOW:
        return slabs
    if not table.number:
        return [replace(slab, keep=at < len(slabs) - 2) for at, slab in enumerate(slabs)]
    grid = geometry.leading
    whole = math.ceil(height / grid - 1e-4) * grid
    return [
        replace(stack(slabs), height=whole, drop=(whole - height) / 2, snap=True, floats=True, gives=True)
    ]


def _assemble(rows: Rows, table: Table, caption: Slab, column: Column) -> list[Slab]:
    left = (column.width - rows.total) / 2
    colour, count = rows.setter.sheet.theme.colour.text, len(table.alignments)
    top = Slab(HEAVY + 1, (Rule(0, 0, rows.total, HEAVY, colour),), keep=True)
    with rows.setter.tags.within(Element(Tag.THEAD)):
        head_slabs = rows.slabs(list(placed_rows(table.head, count)), True)
    if head_slabs:
        head_slabs.append(Slab(LIGHT + 1, (Rule(0, 0, rows.total, LIGHT, colour),), keep=True))
    repeat = shown_again(stack([*_continued(rows, table), top, *head_slabs]))
    # The heavy rule says that the table ends: where it goes on, a light one does.  No rule was found that asks for
    # either.
    repeat = replace(repeat, close=(Rule(0, 0, rows.total, LIGHT, colour),))
    with rows.setter.tags.within(Element(Tag.TBODY)):
        body_slabs = rows.slabs(list(placed_rows(table.body, count)), False, repeat)
    if len(body_slabs) > 3:
        body_slabs[0] = replace(body_slabs[0], keep=True)
        body_slabs[-2] = replace(body_slabs[-2], keep=True)
    if body_slabs:
        body_slabs[-1] = replace(body_slabs[-1], keep=True)
    bottom = Slab(HEAVY, (Rule(0, 0, rows.total, HEAVY, colour),))
    above = Slab(column.leading / 3, keep=True)
    slabs = [indented(slab, left) for slab in (top, *head_slabs, *body_slabs, bottom)]
    slabs = [replace(slab, keep=True) if at <= len(head_slabs) else slab for at, slab in enumerate(slabs)]
    titled = (
        [replace(caption, keep=True), Slab(rows.inner.style.size / 4, keep=True)] if caption.height else []
    )
    out = [above, *titled, *slabs]
    return [*out, Slab(column.leading / 3, snap=True)]


def _continued(rows: Rows, table: Table) -> list[Slab]:
    """What stands above the head where a table goes on overleaf: 续表1-1, at the right."""
    if not table.number:
        return []
    setter, style = rows.setter, rows.setter.sheet.small(Role.SANS)
    style = replace(style, size=rows.inner.style.size)
    flat = ParagraphStyle(rows.total, style.size, style.language, Align.RIGHT)
    text = setter.terms.continued.format(setter.terms.table + table.number)
    return setter.stacked(setter.lines([TextPiece(text, style)], flat), style.size, rows.inner.leading)


def _measure(
    setter: BlockSetter, table: Table, style: Style, points: Points
) -> tuple[list[float], list[float]]:
    """Natural and least text widths of each column, from cells that fill one column."""
    count = len(table.alignments)
    natural = [2 * style.size] * count
    least = [2 * style.size] * count
    words = [""] * count
    for part in (table.head, table.body):
        for _, slots in placed_rows(part, count):
            for slot in slots:
                if slot.cell is None or slot.columns != 1:
                    continue
                at = slot.column
                for block in slot.cell.blocks:
                    text = plain_text([block])
                    words[at] = max(words[at], longest_word(text), key=len)
                    least[at] = max(least[at], min(ROOMY, len(text)) * style.size)
                    behind = points.behind(table, slot) * style.size
                    wide = _natural(setter, block, text, style, natural[at] - behind)
                    if slot.cell.rows > 1:
                        # It has room for lines below one another.
                        wide = max(wide / min(slot.cell.rows, DEEP), min(wide, ASIDE * style.size))
                    natural[at] = max(natural[at], wide + behind)
    for at, word in enumerate(words):
        wide = _flat_width(setter, [TextPiece(word, style)], style) if word else 0.0
        wide = min(wide, LONGEST * style.size) + points.columns[at] * style.size
        least[at] = min(max(least[at], wide), natural[at])
    return natural, least


def _natural(setter: BlockSetter, block: Block, text: str, style: Style, known: float) -> float:
    """Width of *block*, whose text is *text*, on one line; what cannot be wider than *known* is not measured."""
    if isinstance(block, Paragraph) and _plain(block.children) and len(text) * style.size <= known:
        return known
    pieces: list[Piece] = [TextPiece(text, style)]
    if isinstance(block, Paragraph):
        pieces = setter.maker.pieces(block.children, style)
    return _flat_width(setter, pieces, style)


def _plain(children: Sequence[Inline]) -> bool:
    """No character of *children* is larger than the text."""
    for child in children:
        if not isinstance(child, Text) and not (
            isinstance(child, Link | Strong | Emphasis) and _plain(child.children)
        ):
            return False
    return True


def _flat_width(setter: BlockSetter, pieces: list[Piece], style: Style) -> float:
    flat = ParagraphStyle(1e5, style.size, style.language, Align.LEFT)
    return setter.engine.natural_width(pieces, flat) + 0.05 * style.size
