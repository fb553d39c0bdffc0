"""From the model's blocks to slabs: the vertical material that pages are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import assert_never

from convert.diagnostics import Code, Findings, Place
from convert.images import PRINT_DPI, ImageAsset
from convert.manuscript import Listed
from convert.model.nodes import (
    AnswerLines,
    Block,
    BulletList,
    CodeBlock,
    DefinitionList,
    Division,
    Figure,
    Generated,
    GeneratedKind,
    Heading,
    Index,
    Inline,
    LineBlock,
    MathBlock,
    OrderedList,
    PageBreak,
    Paragraph,
    Quote,
    SourceSpan,
    Table,
    ThematicBreak,
)
from convert.model.outline import Outline
from convert.model.walk import plain_text
from convert.records import dataclass, field, replace
from convert.terms import Terms
from convert.theme import Role
from convert.titling import Words
from convert.typeset.code import code_slabs
from convert.typeset.debug import line_items
from convert.typeset.displays import formula_slabs
from convert.typeset.divisions import division_slabs
from convert.typeset.frame import Anchor, Begin, End, ImageItem, Rule
from convert.typeset.geometry import Geometry
from convert.typeset.headings import heading_slabs
from convert.typeset.indexes import index_slabs
from convert.typeset.inline import NOWHERE, Align, Line, ParagraphStyle, Piece, Style
from convert.typeset.leaders import list_of
from convert.typeset.lists import definition_slabs, list_slabs
from convert.typeset.paragraph import LineEngine
from convert.typeset.pieces import PieceMaker, image_size
from convert.typeset.prose import paragraph_slabs
from convert.typeset.slab import Slab, dressed, indented, stack
from convert.typeset.structure import Element, Tag
from convert.typeset.styles import StyleSheet
from convert.typeset.table import table_slabs
from convert.typeset.tags import Tagger, marked
from convert.typeset.titles import set_caption
from convert.typeset.together import Ties
from convert.typeset.verse import quoted_slabs, verse_slabs

__all__ = ["BlockSetter", "Column", "place_of"]

NARROW = 14
"""Columns narrower than this many characters indent by one (CLREQ 6.2.1)."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where blocks go: a width in points, the text style, its leading, and how deep lists are nested.

    `indent` is the first-line indent; `align` how text fills the width.  In an `elastic` one paragraphs may be
    set a line longer or shorter for the sake of the page.
    """

    width: float
    style: Style
    leading: float
    indent: float
    align: Align = Align.JUSTIFY
    depth: int = 0
    elastic: bool = False
    abreast: bool = False
    """Short terms and their meanings stand side by side."""
    free: bool = False
    """Nothing stands round it, such as a ground: what is too wide may have a page of its own."""

    def room(self, wish: float) -> float:
        """What may be taken off the width: *wish*, or nothing where under six characters would be left.

        What is nested deeper than the page has room for stays in the column, however deep it is.
        """
        return wish if self.width - wish >= 6 * self.style.size else 0.0

    def narrower(self, by: float) -> Column:
        """The same column *by* points narrower; *by* is what `room` gave."""
        return replace(self, width=self.width - by, elastic=False)


def place_of(span: SourceSpan) -> Place:
    """The place of a block for findings."""
    return Place(span.file, span.first)


@dataclass(frozen=True, slots=True)
class BlockSetter:
    """Sets blocks.  One for the book; it holds what every block needs to know."""

    engine: LineEngine
    maker: PieceMaker
    sheet: StyleSheet
    geometry: Geometry
    outline: Outline
    terms: Terms
    findings: Findings
    lists: Mapping[GeneratedKind, tuple[Listed, ...]] = field(default_factory=dict)
    """The lists that the text asks for."""
    tops: Mapping[str, float] = field(default_factory=dict)
    """How far down its page each index begins, by the pass before."""
    tags: Tagger = field(default_factory=Tagger, compare=False)
    memo: dict[tuple[tuple[Piece, ...], ParagraphStyle], tuple[Line, ...]] = field(
        default_factory=dict, compare=False
    )
    """Paragraphs already set: a second pass over the book sets only what page numbers in it changed."""
    remember: bool = True
    """Whether there may be a second pass; else only what quire itself puts in, such as labels, is remembered."""
    feet: Mapping[str, float] = field(default_factory=dict)
    """How high the notes are that stand at the foot of the page, by id."""
    noting: bool = True
    """Lines call their notes to the foot of the page; else those stand elsewhere."""
    words: Callable[[], Words] = field(default=Words, compare=False)
    """What the book's own text tells of its words, asked for where a title is broken."""
    titled: bool = False
    """The first heading is the title of the whole book: running heads name those below it."""

    # ------------------------------------------------------------ dispatch

    def blocks(self, blocks: Iterable[Block], column: Column) -> list[Slab]:
        """The slabs of *blocks*, top to bottom."""
        out: list[Slab] = []
        ties = Ties()
        for block, following in pairwise([*blocks, None]):
            assert block is not None  # only the last stands for the end
            new = self._block(block, column)
            ties.tie(block, following, new)
            if new and block.id:
                first = new[0]
                here = Anchor(block.id, -first.left, -first.drop)
                new[0] = replace(first, items=(here, *first.items))
                if first.elastic is not None:
                    new[0] = dressed(new[0], [Anchor(block.id, 0, 0)], new[-1].keep)
            out += new
        return out

    def _block(self, block: Block, column: Column) -> list[Slab]:
        match block:
            case Heading():
                return heading_slabs(self, block, column)
            case Paragraph():
                return paragraph_slabs(self, block, column)
            case CodeBlock():
                return code_slabs(self, block, column)
            case MathBlock():
                return formula_slabs(self, block, column)
            case Quote():
                return self._quote(block, column)
            case BulletList() | OrderedList():
                return list_slabs(self, block, column)
            case DefinitionList():
                return definition_slabs(self, block, column, abreast=column.abreast)
            case Table():
                return table_slabs(self, block, column)
            case Figure():
                return self._figure(block, column)
            case ThematicBreak():
                return self._ornament(column)
            case PageBreak():
                return [Slab(0, opens="page")]
            case LineBlock():
                return verse_slabs(self, block, column)
            case Division():
                return division_slabs(self, block, column)
            case AnswerLines():
                return self._answer_lines(block, column)
            case Generated():
                return list_of(self, block, column)
            case Index():
                return index_slabs(self, block, column)
            case _:
                assert_never(block)

    # ------------------------------------------------------------ text

    def text(
        self,
        inlines: Sequence[Inline],
        style: Style,
        width: float,
        span: SourceSpan,
        *,
        indent: float = 0.0,
        hang: float = 0.0,
        align: Align = Align.JUSTIFY,
        keep_spaces: bool = False,
    ) -> tuple[Line, ...]:
        """The lines of *inlines* in a measure *width* wide."""
        return self.lines(
            self.maker.pieces(inlines, style),
            ParagraphStyle(
                width, style.size, style.language, align, indent, hang, place_of(span), keep_spaces
            ),
        )

    def lines(self, pieces: Sequence[Piece], style: ParagraphStyle) -> tuple[Line, ...]:
        """The lines of *pieces*."""
        if not self.remember and style.place is not NOWHERE:
            return self.engine.set(pieces, style)
        key = (tuple(pieces), style)
        made = self.memo.get(key)
        if made is None:
            made = self.memo[key] = self.engine.set(pieces, style)
        return made

    def stacked(
        self,
        lines: Sequence[Line],
        size: float,
        leading: float,
        *,
        whole: bool = False,
        element: int | None = None,
    ) -> list[Slab]:
        """A slab for each line, *leading* high (more in whole leadings for a line that is taller).

        Page ends that would leave fewer than two lines on either side are forbidden (CLREQ 7.1.2);
        *whole* forbids them all.  What lines show is marked as content of *element* where that is given.
        """
        out = []
        count = len(lines)
        usual = self.geometry.baseline(leading, size)
        highest, lowest = 0.88 * size + (leading - size) / 2, 0.3 * size + (leading - size) / 2
        begin, end = Begin(element or 0), End()
        told, noting = self.sheet.theme.pdf.debug_layout, self.noting
        for number, line in enumerate(lines):
            height, baseline = leading, usual
            if line.ascent > highest or line.descent > lowest:
                above_lines = math.ceil(max(0.0, line.ascent - highest) / leading - 0.05)
                below_lines = math.ceil(max(0.0, line.descent - lowest) / leading - 0.05)
                height = leading * (1 + above_lines + below_lines)
                baseline = leading * above_lines + usual
            items = line.items
            if told:
                items += line_items(self, lines, self.geometry.column, number)
            if element is not None and items:
                items = (begin, *items, end)
            last = number == count - 1
            keep = not last and (whole or number == 0 or number == count - 2)
            notes = line.notes if noting else ()
            out.append(Slab(height, items, notes, keep=keep, drop=baseline))
        return out

    def spanned(self, column: Column) -> bool:
        """What stands in *column* may stand over all columns of the page instead: it is one of several."""
        geometry = self.geometry
        return geometry.columns > 1 and abs(column.width - geometry.column) < 0.01

    def first_indent(self, column: Column) -> float:
        """The first-line indent of paragraphs in *column*."""
        narrow = column.width < NARROW * column.style.size
        return min(column.indent, column.style.size) if narrow else column.indent

    # ------------------------------------------------------------ blocks of their own kind

    def _quote(self, block: Quote, column: Column) -> list[Slab]:
        side = column.room(4 * column.style.size) / 2
        style = replace(self.sheet.quote(), size=column.style.size, role=self.sheet.quote().role)
        inner = replace(column.narrower(2 * side), style=style)
        with self.tags.within(Element(Tag.BLOCK_QUOTE)):
            return [indented(slab, side) for slab in quoted_slabs(self, block.blocks, inner)]

    def _figure(self, block: Figure, column: Column) -> list[Slab]:
        asset = self.maker.images[block.image.source]
        grid = self.geometry.leading
        with self.tags.within(Element(Tag.DIV)):
            alt = block.image.alt or plain_text(block.caption)
            figure = self.tags.add(Element(Tag.FIGURE, alt=alt))
            caption = self.caption(self.terms.figure, block.number, block.caption, block.span, column)
        tallest = self.geometry.block_height - caption.height - grid
        width, height = image_size(block.image, asset, column.width, tallest)
        self._judge(asset, width, block.span)
        gap = grid / 3
        picture = ImageItem(
            block.image.source, (column.width - width) / 2, gap, width, height, block.image.alt
        )
        y = gap + height + gap
        shown = marked(figure, (picture,)) if alt else (picture,)
        items = (*shown, *caption.placed(0, y))
        total = y + caption.height + gap
        whole = math.ceil(total / grid - 1e-6) * grid
        spread = (whole - total) / 2
        return [Slab(whole, items, caption.notes, snap=True, floats=True, drop=spread, gives=True)]

    def _judge(self, asset: ImageAsset, width: float, span: SourceSpan) -> None:
        """Tell of a picture whose pixels print would show."""
        dots = asset.width * 72 / width
        if asset.drawing is not None and asset.drawing.shapes is not None:
            return
        if dots < PRINT_DPI - 0.5:
            message = f"{asset.key} has {dots:.0f} pixels to the inch as wide as it is shown"
            hint = f"show it smaller, or give it {math.ceil(width / 72 * PRINT_DPI)} pixels across"
            self.report(Code.IMAGE_RESOLUTION, span, message, hint)

    def caption(
        self, word: str, number: str, caption: Sequence[Inline], span: SourceSpan, column: Column
    ) -> Slab:
        """A caption, centred; empty when there is neither number nor text."""
        style = self.sheet.small(Role.SANS)
        gap = self.terms.caption_gap if caption else ""
        label = f"{word}{number}{gap}" if number else ""
        if not (label or caption):
            return Slab(0)
        lines = set_caption(self, label, caption, style, column.width, span)
        slabs = self.stacked(lines, style.size, round(style.size * 1.5, 2), whole=True)
        with self.tags.within(Element(Tag.CAPTION)):
            return stack(self.tags.leaf(Element(Tag.P), slabs))

    def _ornament(self, column: Column) -> list[Slab]:
        """Three small lozenges of ink in the middle of a blank line."""
        em, colour = column.style.size, self.sheet.theme.colour.rule
        middle, y = column.width / 2, column.leading / 2
        side = 0.22 * em
        rules = tuple(
            Rule(middle + at * 2 * em - side / 2, y - side / 2, side, side, colour) for at in (-1, 0, 1)
        )
        return [Slab(column.leading, rules, keep=True)]

    def _answer_lines(self, block: AnswerLines, column: Column) -> list[Slab]:
        """Ruled lines one and a half leadings apart, room for a hand."""
        pitch = 1.5 * column.leading
        rule = Rule(0, pitch - 2, column.width, 0.35, self.sheet.theme.colour.rule)
        slabs = [Slab(pitch, (rule,), keep=True) for _ in range(block.count)]
        return [*slabs, Slab(0, snap=True)] if slabs else []

    def report(self, code: Code, span: SourceSpan, message: str, hint: str) -> None:
        """Add a warning about a block."""
        self.findings.warn(code, place_of(span), message, hint)
