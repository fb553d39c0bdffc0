"""Headings: title and subtitle in one slab of whole grid lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from convert.model.nodes import Heading, Inline, LineBreak, Strong, Text
from convert.model.outline import OutlineEntry
from convert.records import replace
from convert.typeset.frame import Item, shift
from convert.typeset.inline import Align, Line, Style
from convert.typeset.slab import Slab, indented
from convert.typeset.structure import Element, Tag, heading_tag
from convert.typeset.titles import set_title

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["heading_slabs"]


def heading_slabs(setter: BlockSetter, block: Heading, column: Column) -> list[Slab]:
    """The slabs of a heading; one that the outline does not list is a bold line."""
    entry = setter.outline.find(block.id)
    if entry is None:
        return setter.tags.leaf(Element(Tag.P), _unlisted(setter, block, column))
    setter.tags.section(entry.level)
    return setter.tags.leaf(Element(heading_tag(entry.level)), [_listed(setter, block, entry, column)])


def _unlisted(setter: BlockSetter, block: Heading, column: Column) -> list[Slab]:
    below = (LineBreak(), *block.subtitle) if block.subtitle else ()
    lines = setter.text(
        (Strong(block.children), *below),
        column.style,
        column.width,
        block.span,
        keep_spaces=True,
        indent=setter.first_indent(column),
        align=column.align,
    )
    slabs = setter.stacked(lines, column.style.size, column.leading, whole=True)
    return [replace(slab, keep=True) for slab in slabs]


def _listed(setter: BlockSetter, block: Heading, entry: OutlineEntry, column: Column) -> Slab:
    sheet = setter.sheet
    rank = max(1, entry.rank)
    align = sheet.heading_align(rank)
    spans = rank == 1 and setter.spanned(column)
    if spans:
        column = replace(column, width=setter.geometry.measure)
    number = (Text(entry.number + entry.gap),) if entry.number else ()
    title = sheet.heading(rank) if entry.rank else sheet.part()
    set_in = [(title, (*number, *block.children))]
    if block.subtitle:
        set_in.append((sheet.subtitle(rank), block.subtitle))
    # A title turns before the edge, so that lines stay well inside the page's corners.
    width = column.width if align is Align.LEFT else column.width - 4 * column.style.size
    lines = [
        (line, style.size)
        for style, children in set_in
        for line in _set(setter, children, style, width, align, block, column)
    ]
    opening = sheet.theme.page.chapter_opening
    opens = "" if opening == "continuous" or rank > 1 else opening
    # A part has a page of its own where chapters have: its title stands at a third of the height.
    sunk = setter.geometry.lines // 3 if opens and not entry.rank else 0
    counts = entry.id == setter.outline.text_start
    if counts:
        # Its number is the first of its kind, so it cannot share a page with front matter.
        opens = "recto" if sheet.theme.page.facing else opens or "page"
    slab = indented(_stacked(setter, lines, rank, column, sunk), (column.width - width) / 2)
    if rank > 1:
        return replace(slab, section=entry.running) if setter.titled and rank == 2 else slab
    return replace(slab, opens=opens, chapter=entry.running, counts=counts, spans=spans)


def _set(
    setter: BlockSetter,
    children: Sequence[Inline],
    style: Style,
    width: float,
    align: Align,
    block: Heading,
    column: Column,
) -> Sequence[Line]:
    """The lines of a title or subtitle.

    One that stands left and is no larger than the text begins where paragraphs begin (GB/T 9704-2012, 7.3.3):
    flush left it would look like the rest of the paragraph before it.
    """
    indent = 0.0
    if align is Align.LEFT and style.size <= column.style.size:
        indent, align = setter.first_indent(column), column.align
    return set_title(setter, children, style, width, align, block.span, indent)


def _stacked(
    setter: BlockSetter, lines: Sequence[tuple[Line, float]], rank: int, column: Column, sunk: int
) -> Slab:
    """One slab of whole grid lines, more of the space above the title than below it (2 : 1).

    *lines* come each with its type size; *sunk* is how many lines of the grid stand free above all.
    """
    grid = column.leading
    pitches = [max(grid, round(size * 1.45, 2)) for _, size in lines]
    title = sum(pitches)
    room = setter.sheet.heading_lines(rank)
    height = math.ceil(room + sum(pitches[1:]) / grid - 1e-6) * grid
    above = (height - title) * (0.5 if rank == 1 else 2 / 3) + sunk * grid
    height += sunk * grid
    items: list[Item] = []
    notes: list[str] = []
    top = above
    for (line, size), pitch in zip(lines, pitches, strict=True):
        y = top + setter.geometry.baseline(pitch, size)
        items += [shift(item, 0, y) for item in line.items]
        notes += line.notes
        top += pitch
    trim = 0.0 if rank == 1 else math.floor(above / grid + 0.3) * grid
    return Slab(height, tuple(items), tuple(notes), trim=min(trim, height - grid), keep=True, gives=rank > 1)
