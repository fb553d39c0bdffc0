"""Paragraphs of running text: their lines, and how else they could be set for the sake of the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from convert.diagnostics import Place
from convert.model.nodes import IndexMark, Paragraph
from convert.records import replace
from convert.regex import regex
from convert.typeset.frame import Anchor, Rule
from convert.typeset.inline import Align, BoxPiece, Line, ParagraphStyle, Piece
from convert.typeset.slab import Elastic, Slab
from convert.typeset.structure import Element, Tag

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["paragraph_slabs"]

FEWEST = 3
"""Lines that a paragraph must have to be set in another number of them."""
CALM = 320.0
"""What a line may cost in a paragraph set so: a stretch of 0.04 em."""
SHORTEST = 3
"""Characters that its last line must have."""
WIDER = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
"""Characters by which a blank to fill in may be made wider where letters would be spread out."""
_GIVES, _TAKES = 0.2, 0.025
"""What a mark is likely to give and a character to take, in em."""
_MARKS = regex("[，。、；：！？“”‘’（）《》「」『』]")


def paragraph_slabs(setter: BlockSetter, block: Paragraph, column: Column) -> list[Slab]:
    """A slab for each line; the first tells whether the paragraph could do with a line more or less."""
    style = ParagraphStyle(
        column.width,
        column.style.size,
        column.style.language,
        column.align,
        0.0 if block.continued else setter.first_indent(column),
        place=Place(block.span.file, block.span.first),
    )
    pieces = setter.maker.pieces(block.children, column.style)
    lines = setter.lines(pieces, style)
    if style.align is Align.JUSTIFY and any(line.penalty > CALM for line in lines):
        pieces, lines = _with_room(setter, pieces, lines, style)
    if not lines:
        # Nothing but marks for the index: they lead here all the same.
        marks = [child for child in block.children if isinstance(child, IndexMark) and child.id]
        return [Slab(0, tuple(Anchor(mark.id, 0, 0) for mark in marks))] if marks else []
    element = setter.tags.add(Element(Tag.P))
    slabs = _slabs(setter, lines, column, element)
    if column.elastic and (ways := _ways(lines, style)):
        again = partial(_again, setter, pieces, style, column, element, len(lines))
        slabs[0] = replace(slabs[0], elastic=Elastic(len(slabs), ways, again))
    return slabs


def _with_room(
    setter: BlockSetter, pieces: list[Piece], lines: tuple[Line, ...], style: ParagraphStyle
) -> tuple[list[Piece], tuple[Line, ...]]:
    """Pieces and lines with blanks to fill in as much wider as keeps letters together, in no more lines."""
    best = pieces
    for at in (at for at, piece in enumerate(pieces) if isinstance(piece, BoxPiece) and piece.blank):
        if max(line.penalty for line in lines) <= CALM:
            break
        for wider in WIDER:
            roomy = [*pieces[:at], _widened(pieces[at], wider * style.em), *pieces[at + 1 :]]
            made = setter.lines(roomy, style)
            if len(made) == len(lines) and _strain(made) < _strain(lines):
                lines, best = made, roomy
        pieces = best
    return pieces, lines


def _strain(lines: Sequence[Line]) -> float:
    """What lines cost, together."""
    return sum(line.penalty for line in lines)


def _widened(piece: Piece, by: float) -> Piece:
    """*piece*, *by* points wider if it is a blank."""
    if not (isinstance(piece, BoxPiece) and piece.blank):
        return piece
    items = [replace(item, width=item.width + by) if isinstance(item, Rule) else item for item in piece.items]
    return replace(piece, width=piece.width + by, items=tuple(items))


def _slabs(setter: BlockSetter, lines: Sequence[Line], column: Column, element: int) -> list[Slab]:
    return setter.stacked(lines, column.style.size, column.leading, element=element)


def _ways(lines: Sequence[Line], style: ParagraphStyle) -> tuple[int, ...]:
    """How many lines more or less are likely to be had without a strain that shows."""
    if len(lines) < FEWEST or style.align is not Align.JUSTIFY or max(line.penalty for line in lines) > CALM:
        return ()
    end, em = lines[-1].width, style.em
    marks = len(_MARKS.findall("".join([line.text for line in lines])))
    # A line more takes the rest of the last one and what the new last line must have at least.
    more = style.measure - end + SHORTEST * em <= _TAKES * style.measure * (len(lines) - 1)
    less = end <= _GIVES * em * marks
    return (*([1] if more else []), *([-1] if less else []))


def _again(
    setter: BlockSetter,
    pieces: Sequence[Piece],
    style: ParagraphStyle,
    column: Column,
    element: int,
    count: int,
    change: int,
) -> list[Slab]:
    """The slabs of a paragraph of *count* lines set in *change* lines more; [] where that would show."""
    lines = setter.engine.set(pieces, style, change)
    strained = any(line.penalty > CALM for line in lines)
    if len(lines) != count + change or strained or len(lines[-1].text) < SHORTEST:
        return []
    return _slabs(setter, lines, column, element)
