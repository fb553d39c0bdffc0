"""Lists: labels that hang, items on whole characters."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from convert.model.nodes import BulletList, DefinitionList, OrderedList, Strong
from convert.typeset.frame import Anchor, shift
from convert.typeset.inline import Align, ParagraphStyle, TextPiece
from convert.typeset.labels import label
from convert.typeset.slab import Slab, beside, indented

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["definition_slabs", "list_slabs"]


def list_slabs(setter: BlockSetter, block: BulletList | OrderedList, column: Column) -> list[Slab]:
    """The items of a list: labels end 0.4 em before the text, which starts on a whole character."""
    em = column.style.size
    labels = [label(block, item, at, column.depth) for at, item in enumerate(block.items)]
    flat = ParagraphStyle(column.width, em, column.style.language, Align.LEFT)
    sets = [setter.lines([TextPiece(text, column.style)], flat) for text in labels]
    widest = max((lines[0].width for lines in sets if lines), default=0.0)
    room = max(2, math.ceil((widest + 0.4 * em) / em - 1e-6)) * em
    shift_by = column.room(room)
    inner = replace(column.narrower(shift_by), indent=0.0, depth=column.depth + 1)
    out: list[Slab] = []
    for number, (item, lines) in enumerate(zip(block.items, sets, strict=True)):
        slabs = [indented(slab, shift_by) for slab in setter.blocks(item.blocks, inner)]
        if not slabs or not shift_by:
            # Without room beside the text, or without text, the label has a line of its own.
            slabs = [Slab(column.leading, keep=bool(slabs)), *slabs]
        if lines:
            y = setter.geometry.baseline(column.leading, em)
            x = room - 0.4 * em - lines[0].width
            marks = [shift(part, x, y) for part in lines[0].items]
            slabs[0] = beside(slabs[0], [*marks, Anchor(item.id, 0, 0)])
        if number == 0 and len(block.items) > 1 and len(slabs) == 1:
            slabs[0] = replace(slabs[0], keep=True)
        out += slabs
    return out


def definition_slabs(setter: BlockSetter, block: DefinitionList, column: Column) -> list[Slab]:
    """Terms in Hei on lines of their own, meanings two characters in."""
    out: list[Slab] = []
    side = column.room(2 * column.style.size)
    for item in block.items:
        lines = setter.text((Strong(item.term),), column.style, column.width, item.span, align=Align.LEFT)
        term = setter.stacked(lines, column.style.size, column.leading, whole=True)
        out += [replace(slab, keep=True) for slab in term]
        inner = replace(column.narrower(side), indent=0.0)
        for blocks in item.definitions:
            out += [indented(slab, side) for slab in setter.blocks(blocks, inner)]
    return out
