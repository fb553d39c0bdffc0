"""Lists: labels that hang, items on whole characters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from convert.model.nodes import BulletList, DefinitionList, ListItem, NumberStyle, OrderedList, Strong
from convert.typeset.frame import Anchor, shift
from convert.typeset.inline import Align, Line, ParagraphStyle, TextPiece
from convert.typeset.labels import label
from convert.typeset.slab import Slab, beside, indented
from convert.typeset.structure import Element, Tag
from convert.typeset.tags import marked

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["definition_slabs", "list_slabs"]

_NUMBERING = {
    NumberStyle.DECIMAL: "Decimal",
    NumberStyle.LOWER_ALPHA: "LowerAlpha",
    NumberStyle.UPPER_ALPHA: "UpperAlpha",
    NumberStyle.LOWER_ROMAN: "LowerRoman",
    NumberStyle.UPPER_ROMAN: "UpperRoman",
    # PDF 1.7 has no name for the others; their labels are text all the same.
    NumberStyle.CHINESE: "Decimal",
    NumberStyle.CIRCLED: "Decimal",
}
"""ISO 32000-1, table 347: ListNumbering."""


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
    numbering = _NUMBERING[block.style] if isinstance(block, OrderedList) else "Disc"
    with setter.tags.within(Element(Tag.L, numbering=numbering)):
        for number, (item, lines) in enumerate(zip(block.items, sets, strict=True)):
            slabs = _item(setter, item, lines, inner, column, shift_by, room)
            if number == 0 and len(block.items) > 1 and len(slabs) == 1:
                slabs[0] = replace(slabs[0], keep=True)
            out += slabs
    return out


def _item(
    setter: BlockSetter,
    item: ListItem,
    lines: Sequence[Line],
    inner: Column,
    column: Column,
    shift_by: float,
    room: float,
) -> list[Slab]:
    """One item: *lines* hold its label, which hangs in a room of *room* to the left of the text."""
    em, tags = column.style.size, setter.tags
    with tags.within(Element(Tag.LI)):
        mark = tags.add(Element(Tag.LBL))
        with tags.within(Element(Tag.LBODY)):
            slabs = [indented(slab, shift_by) for slab in setter.blocks(item.blocks, inner)]
    if not slabs or not shift_by:
        # Without room beside the text, or without text, the label has a line of its own.
        slabs = [Slab(column.leading, keep=bool(slabs)), *slabs]
    if lines:
        y = setter.geometry.baseline(column.leading, em)
        x = room - 0.4 * em - lines[0].width
        label_items = marked(mark, [shift(part, x, y) for part in lines[0].items])
        slabs[0] = beside(slabs[0], [Anchor(item.id, 0, 0), *label_items])
    return slabs


def definition_slabs(setter: BlockSetter, block: DefinitionList, column: Column) -> list[Slab]:
    """Terms in Hei on lines of their own, meanings two characters in."""
    out: list[Slab] = []
    side, tags = column.room(2 * column.style.size), setter.tags
    inner = replace(column.narrower(side), indent=0.0)
    with tags.within(Element(Tag.L, numbering="None")):
        for item in block.items:
            lines = setter.text((Strong(item.term),), column.style, column.width, item.span, align=Align.LEFT)
            term = setter.stacked(lines, column.style.size, column.leading, whole=True)
            with tags.within(Element(Tag.LI)):
                out += [replace(slab, keep=True) for slab in tags.leaf(Element(Tag.LBL), term)]
                with tags.within(Element(Tag.LBODY)):
                    for blocks in item.definitions:
                        out += [indented(slab, side) for slab in setter.blocks(blocks, inner)]
    return out
