"""Quotations and verse, set apart from the text."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from convert.model.nodes import Block, LineBlock
from convert.model.quotes import parted
from convert.records import replace
from convert.typeset.inline import Align, ParagraphStyle
from convert.typeset.slab import Slab, apart, indented
from convert.typeset.structure import Element, Tag

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["quoted_slabs", "verse_slabs"]

STANZA = 8
"""Lines of a stanza that stands on one page in any case."""


def quoted_slabs(setter: BlockSetter, blocks: tuple[Block, ...], column: Column) -> list[Slab]:
    """The blocks of a quotation in *column*, its source flush right at their end."""
    said, source = parted(blocks)
    out = setter.blocks(said, column)
    if source:
        if out:
            out[-1] = replace(out[-1], keep=True)
        out += setter.blocks(source, replace(column, align=Align.RIGHT, indent=0.0, elastic=False))
    return out


def verse_slabs(setter: BlockSetter, block: LineBlock, column: Column) -> list[Slab]:
    """Lines that stay as they are, in the middle of the column and at least two characters in; the rest of a long
    line hangs.  Half a line of air stands above and below."""
    em = column.style.size
    style = replace(column.style, role=setter.sheet.quote().role)
    flat = ParagraphStyle(1e5, em, column.style.language, Align.LEFT, keep_spaces=True)
    pieces = [setter.maker.pieces(line, style) for line in block.lines]
    widest = max((setter.engine.natural_width(made, flat) for made in pieces if made), default=0.0)
    middle = math.floor((column.width - widest) / 2 / em) * em
    side = max(column.room(4 * em) / 2, middle)
    out: list[Slab] = []
    kept = list(_kept(block))
    for at, line in enumerate(block.lines):
        if not line:
            out.append(Slab(column.leading / 2, trim=column.leading / 2))
            continue
        lines = setter.text(
            line, style, column.width - 2 * side, block.span, hang=em, align=Align.LEFT, keep_spaces=True
        )
        made = setter.stacked(lines, style.size, column.leading, whole=True)
        made[-1] = replace(made[-1], keep=kept[at])
        out += [indented(slab, side) for slab in made]
    return apart(setter.tags.leaf(Element(Tag.P), out), column.leading / 2)


def _kept(block: LineBlock) -> Iterator[bool]:
    """For each line, whether no page may end after it: a stanza stands whole where it is short, and a longer one
    has two lines at least on either page."""
    for filled, group in groupby(block.lines, bool):
        count = len(list(group))
        for at in range(count):
            last = at == count - 1
            yield filled and not last and (count <= STANZA or at in (0, count - 2))
