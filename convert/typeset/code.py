"""Displayed code: its lines on a ground, stretches by what they are, long lines turned with a mark, numbers at the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from convert.diagnostics import Place
from convert.model.nodes import CodeBlock, CodeKind, CodeToken
from convert.records import dataclass, replace
from convert.theme import Role
from convert.typeset.frame import Item, Rule, shift
from convert.typeset.inline import Align, ParagraphStyle, Piece, Style, TextPiece
from convert.typeset.slab import Slab, beside, indented
from convert.typeset.structure import Element, Tag
from convert.typeset.tags import marked

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["code_slabs"]

WHOLE = 5
"""Lines of code that stand on one page in any case."""
TAB = 4
"""A tab reaches to the next of so many characters."""
HANG = 2
"""Characters by which the rest of a long line stands further in than its beginning."""
DEEPEST = 1 / 3
"""It stands no further in than this share of the measure."""


def code_slabs(setter: BlockSetter, block: CodeBlock, column: Column) -> list[Slab]:
    """Verbatim lines on a ground, below their caption if they have one."""
    if not (block.caption or block.number):
        return _lines(setter, block, column)
    with setter.tags.within(Element(Tag.DIV)):
        title = setter.caption(setter.terms.listing, block.number, block.caption, block.span, column)
        air, *slabs = _lines(setter, block, column)
    return [air, replace(title, keep=True), Slab(column.leading / 4, keep=True), *slabs]


def _lines(setter: BlockSetter, block: CodeBlock, column: Column) -> list[Slab]:
    style = setter.sheet.code()
    style = replace(style, size=min(style.size, column.style.size))
    rows = list(_rows(block.text, block.tokens))
    gutter = _Gutter(setter, style, block.start + len(rows) - 1 if block.numbered else 0)
    maker = _Lines(setter, style, column.width, gutter.width)
    leading, ground = maker.leading, setter.sheet.theme.colour.ground
    edge = Slab(leading / 2, (Rule(0, 0, column.width, leading / 2, ground),))
    out: list[Slab] = [replace(edge, keep=True)]
    kept = _kept([any(text.strip() for _, text in row) for row in rows])
    with setter.tags.within(Element(Tag.P)):
        index = setter.tags.add(Element(Tag.CODE))
        for at, row in enumerate(rows):
            slabs = maker.slabs(row, index, Place(block.span.file, block.span.first + at + 1))
            if gutter.width:
                slabs[0] = beside(slabs[0], gutter.number(block.start + at, leading), after=True)
            out += [replace(slab, keep=kept[at]) for slab in slabs]
    air = column.leading / 3
    return [Slab(air, trim=air, keep=True), *out, edge, Slab(air, trim=air, snap=True)]


def _kept(filled: Sequence[bool]) -> list[bool]:
    """For each line, *filled* or blank, whether no page may end after it.

    Two lines that say something stand on either side; a blank one begins no page; the last stands with the ground
    below it.
    """
    total, before = sum(filled), 0
    short, out = len(filled) <= WHOLE, []
    for at, full in enumerate(filled):
        before += full
        begins = at + 1 < len(filled) and not filled[at + 1]
        out.append(short or before < 2 or total - before < 2 or begins)
    return out


_Row = tuple[tuple[CodeKind, str], ...]


def _rows(text: str, tokens: Sequence[CodeToken]) -> Iterator[_Row]:
    """The lines of code, each as stretches of one kind, tabs made into blanks."""
    at = column = 0
    row: list[tuple[CodeKind, str]] = []
    for token in tokens or (CodeToken(CodeKind.PLAIN, len(text)),):
        first, *others = text[at : at + token.length].split("\n")
        at += token.length
        for number, part in enumerate((first, *others)):
            if number:
                yield tuple(row)
                row, column = [], 0
            shown = _without_tabs(part, column)
            column += len(shown)
            if shown:
                row.append((token.kind, shown))
    yield tuple(row)


def _without_tabs(text: str, column: int) -> str:
    """*text*, which begins in *column*, with blanks for its tabs."""
    return (" " * column + text).expandtabs(TAB)[column:] if "\t" in text else text


@dataclass(frozen=True, slots=True)
class _Lines:
    """Sets the lines of one block of code: *width* points in all, of which *gutter* are the numbers'."""

    setter: BlockSetter
    style: Style
    width: float
    gutter: float

    @property
    def leading(self) -> float:
        """Distance of two lines."""
        return round(self.style.size * 1.55, 2)

    def slabs(self, row: _Row, element: int, place: Place) -> list[Slab]:
        """The slabs of one line of the source: more than one where it is too long."""
        setter, style, leading = self.setter, self.style, self.leading
        ground = Rule(0, 0, self.width, leading, setter.sheet.theme.colour.ground)
        text = "".join(part for _, part in row)
        if not text.strip():
            return [Slab(leading, (ground,))]
        left = style.size + self.gutter
        measure = self.width - left - style.size
        letter = setter.engine.natural_width(
            [TextPiece("0", style)], ParagraphStyle(1e5, style.size, style.language)
        )
        inside = (len(text) - len(text.lstrip()) + HANG) * letter
        hang = min(inside, measure * DEEPEST)
        flat = ParagraphStyle(measure, style.size, style.language, Align.LEFT, 0.0, hang, place)
        made = setter.stacked(setter.lines(list(self._pieces(row)), flat), style.size, leading)
        out = []
        for at, slab in enumerate(made):
            slab = indented(replace(slab, items=marked(element, slab.items)), left)
            out.append(beside(slab, [ground, *(self._turn(left + hang, letter) if at else ())]))
        return out

    def _pieces(self, row: _Row) -> Iterator[Piece]:
        theme = self.setter.sheet.theme
        for kind, text in row:
            look = theme.code_look(kind)
            role = Role.MONO_BOLD if look.bold else self.style.role
            yield TextPiece(text, replace(self.style, role=role, colour=look.colour or self.style.colour))

    def _turn(self, x: float, letter: float) -> list[Item]:
        """A small angle before the rest of a long line, which begins at *x*: the source has no line end there."""
        colour = self.setter.sheet.theme.colour.rule
        left, middle, thick = x - 1.35 * letter, self.leading / 2, 0.5
        down = Rule(left, middle - 0.45 * self.style.size, thick, 0.45 * self.style.size, colour)
        return [down, Rule(left, middle, 0.8 * letter, thick, colour)]


class _Gutter:
    """The numbers of lines: small, flush right, none of the text.  Without numbers it has no width."""

    def __init__(self, setter: BlockSetter, style: Style, highest: int) -> None:
        self._setter = setter
        rule = setter.sheet.theme.colour.rule
        self._style = replace(style, size=round(style.size * 0.8, 2), colour=rule)
        self.width = 0.0
        if highest:
            flat = ParagraphStyle(1e5, self._style.size, style.language, Align.LEFT)
            figures = [TextPiece("0" * len(str(highest)), self._style)]
            self.width = setter.engine.natural_width(figures, flat)
            self._room, self.width = self.width, self.width + 0.7 * style.size

    def number(self, value: int, leading: float) -> list[Item]:
        """The items of a line's number, from the line's top left corner."""
        style = self._style
        flat = ParagraphStyle(self._room + 0.01, style.size, style.language, Align.RIGHT)
        y = self._setter.geometry.baseline(leading, style.size)
        made = self._setter.lines([TextPiece(str(value), style)], flat)
        return [shift(item, style.size, y) for line in made for item in line.items]
