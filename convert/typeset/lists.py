"""Lists: labels that hang, items on whole characters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from convert.model.nodes import BulletList, DefinitionList, ListItem, NumberStyle, OrderedList, Strong
from convert.records import replace
from convert.typeset.frame import Anchor, moved
from convert.typeset.inline import Align, Line, ParagraphStyle, TextPiece
from convert.typeset.labels import label
from convert.typeset.slab import Slab, beside, indented
from convert.typeset.structure import Element, Tag
from convert.typeset.tags import marked

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["definition_slabs", "list_slabs"]

_ABREAST = 7
"""Characters of the longest term that may stand beside its meaning."""

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
            if number and number == len(block.items) - 1 and len(slabs) == 1:
                # A last item of one line is a last line: it begins no page.
                out[-1] = replace(out[-1], keep=True)
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
    if not slabs or not shift_by or slabs[0].lies:
        # Without room beside the text, or without text, the label has a line of its own.
        slabs = [Slab(column.leading, keep=bool(slabs) and not slabs[0].lies), *slabs]
    if lines:
        y = setter.geometry.baseline(column.leading, em)
        x = room - 0.4 * em - lines[0].width
        label_items = marked(mark, moved(lines[0].items, x, y))
        slabs[0] = beside(slabs[0], [Anchor(item.id, 0, 0), *label_items])
    return slabs


def definition_slabs(
    setter: BlockSetter, block: DefinitionList, column: Column, *, abreast: bool = False
) -> list[Slab]:
    """Terms in Hei on lines of their own, meanings two characters in.

    *abreast* sets short terms and their meanings side by side, as in a list of words to learn.
    """
    out: list[Slab] = []
    em, tags = column.style.size, setter.tags
    terms = [
        setter.text((Strong(item.term),), column.style, column.width, item.span, align=Align.LEFT)
        for item in block.items
    ]
    widest = max((line.width for lines in terms for line in lines), default=0.0)
    abreast = abreast and widest <= _ABREAST * em and all(len(lines) == 1 for lines in terms)
    side = column.room(math.ceil(widest / em + 1) * em if abreast else 2 * em)
    abreast = abreast and side > 0
    inner = replace(column.narrower(side), indent=0.0)
    with tags.within(Element(Tag.L, numbering="None")):
        for item, lines in zip(block.items, terms, strict=True):
            made = setter.stacked(lines, em, column.leading, whole=True)
            with tags.within(Element(Tag.LI)):
                term = [replace(slab, keep=True) for slab in tags.leaf(Element(Tag.LBL), made)]
                with tags.within(Element(Tag.LBODY)):
                    meaning = [
                        indented(slab, side)
                        for blocks in item.definitions
                        for slab in setter.blocks(blocks, inner)
                    ]
            out += _abreast(term[0], meaning) if abreast and meaning else [*term, *meaning]
    return out


def _abreast(term: Slab, meaning: list[Slab]) -> list[Slab]:
    """The slabs of a meaning, the first with its term before it; a reading over the term needs more height."""
    first = meaning[0]
    lower = max(0.0, term.height - first.height)
    first = replace(first, height=first.height + lower, drop=first.drop + lower)
    return [beside(replace(first, notes=(*term.notes, *first.notes)), term.placed(0, 0)), *meaning[1:]]
