"""From text to cells: shapes, widths and places, plain Chinese a stretch at a time."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from convert.characters import is_emoji
from convert.regex import regex
from convert.typeset.cjk import COMMON_MARKS, PLAIN, Class
from convert.typeset.inline import BoxPiece, Piece, RubyPiece, Style, TextPiece
from convert.typeset.shapes import Shape, Shaper, Styled
from convert.typeset.source import SPACES

if TYPE_CHECKING:
    from convert.typeset.cells import Cells

__all__ = ["Cutter"]

_MARK = regex(f"[{COMMON_MARKS}]")
_SMOOTH = (Class.ID, Class.OP, Class.CL, Class.FS, Class.CM)
_LETTERS = (Class.LAT, Class.NUM, Class.SYM, Class.PRE, Class.POST, Class.CODE, Class.NOTE)
_WORD = re.compile(b"[%s]+" % re.escape(bytes(_LETTERS)))
_SYLLABLES = re.compile(b"[%s]+" % re.escape(bytes([Class.HANGUL])))
"""Proportional stretches, as bytes that are classes."""


class Cutter:
    """Cuts the text into cells and shapes them."""

    def __init__(self, cells: Cells, shaper: Shaper, em: float, apart: frozenset[int] = frozenset()) -> None:
        self._cells = cells
        self._source = cells.source
        self._codes = bytes(cells.source.classes)
        self._shaper = shaper
        self._em = em
        self._apart = apart
        """Where no ligature may join letters."""
        self._pending = ""
        """Spaces before the next cell."""
        self._spaces: dict[int, str] = {}
        self._piece: Piece | None = None
        self._end = 0
        """The piece that is being cut, and where its characters end."""
        self._han: Styled | None = None
        self._letters: Styled | None = None

    def cut(self) -> None:
        """Fill the lists of shapes, pieces, classes, widths, scales, spaces and offsets."""
        source = self._source
        text, classes = source.text, source.classes
        size = len(text)
        # Ruby widens its cells, and so none of its bases is plain.
        plain = not source.ruby
        i = 0
        while i < size:
            kind = classes[i]
            if i >= self._end:
                self._enter(i)
            if plain and kind in _SMOOTH and (end := self._smooth(i)) > i:
                i = end
            elif kind in SPACES:
                self._pending += text[i]
                i += 1
            elif kind is Class.GONE:
                i += 1
            else:
                i = self._cell(i, kind)
        self._fill()

    def _enter(self, i: int) -> None:
        """Begin with the piece of character *i*."""
        source = self._source
        number = source.piece[i]
        self._piece = source.pieces[number]
        self._end = bisect_right(source.piece, number, i)
        self._han = self._letters = None

    def _fill(self) -> None:
        """The lists that say of each cell what is known of its first character."""
        cells, source = self._cells, self._source
        size, offsets = len(cells.shapes), cells.offset
        even = size == len(source.text)
        cells.kind = list(source.classes if even else map(source.classes.__getitem__, offsets))
        sizes = [
            piece.style.size if isinstance(piece, (TextPiece, RubyPiece)) else self._em
            for piece in source.pieces
        ]
        if len(sizes) == 1:
            cells.piece, cells.scale = [0] * size, sizes * size
        else:
            cells.piece = list(source.piece if even else map(source.piece.__getitem__, offsets))
            cells.scale = list(map(sizes.__getitem__, cells.piece))
        cells.spaces = [""] * size
        for p, spaces in self._spaces.items():
            cells.spaces[p] = spaces

    def _style(self, style: Style) -> Styled:
        """The shapes of the style of a piece."""
        if self._han is None:
            self._han = self._shaper.styled(style.role, style.language)
        return self._han

    def _style_of_letters(self, style: Style) -> Styled:
        """The shapes of its letters."""
        if self._letters is None:
            self._letters = self._shaper.styled(style.letters, style.language)
        return self._letters

    def _begin(self) -> int:
        """The number of the cell that is to be added, which the pending spaces stand before."""
        first = len(self._cells.shapes)
        if self._pending:
            self._spaces[first] = self._pending
            self._pending = ""
        return first

    def _smooth(self, i: int) -> int:
        """Take the plain Han and marks that begin at *i*; where they end, or *i* when there are none."""
        source, cells, piece = self._source, self._cells, self._piece
        text = source.text
        found = PLAIN.match(text, i, self._end)
        if found is None or not isinstance(piece, TextPiece) or piece.note:
            return i
        end = found.end()
        marked = end < self._end and text[end] >= "\u0300"
        if marked and _extent(text, source.classes, source.piece, end - 1) > end:
            end -= 1
        plain = self._style(piece.style).plain
        while True:
            part, kinds = text[i:end], source.classes[i:end]
            marks = [mark.start() for mark in _MARK.finditer(part)]
            try:
                shapes, glyphs = plain.row(part, kinds, marks)
                break
            except KeyError as other:
                # Up to the character that is not so plain.
                keys = zip(part, kinds, strict=True)
                end = i + next(k for k, key in enumerate(keys) if key == other.args[0])
        if end == i:
            return i
        count, first, size = end - i, self._begin(), piece.style.size
        widths = [size] * count
        for q in marks:
            widths[q] = shapes[q].width * size
        cells.smooth.append((first, first + count))
        cells.odd += _odd(kinds, marks, first)
        cells.shapes += shapes
        cells.glyphs += glyphs
        cells.width += widths
        cells.offset += range(i, end)
        return end

    def _cell(self, i: int, kind: Class) -> int:
        """Take the cell or the proportional stretch that begins at *i*; where it ends."""
        source, cells, piece = self._source, self._cells, self._piece
        end, scale = i + 1, 1.0
        if isinstance(piece, BoxPiece):
            shape = Shape(piece.text, self._shaper.any_face(), piece.width, ())
        elif not isinstance(piece, (TextPiece, RubyPiece)):
            return end
        elif kind in _LETTERS or kind is Class.HANGUL:
            return self._word(i, piece, kind is Class.HANGUL)
        else:
            scale = piece.style.size
            end = _extent(source.text, source.classes, source.piece, i)
            chain = _chain(source.classes, i) if kind is Class.EX else 1
            shape = self._style(piece.style).cell(source.text[i:end], kind, chain)
        at = self._begin()
        cells.odd.append(at)
        cells.shapes.append(shape)
        cells.glyphs.append(0)
        if shape.missing:
            cells.missing.append(at)
        if regained := _side(shape, kind):
            cells.unkern[at + 1] = regained * scale
        cells.width.append(shape.width * scale)
        cells.offset.append(i)
        return end

    def _word(self, i: int, piece: TextPiece | RubyPiece, hangul: bool) -> int:
        """Take the proportional stretch that begins at *i*; where it ends."""
        cells, text = self._cells, self._source.text
        found = (_SYLLABLES if hangul else _WORD).match(self._codes, i, self._end)
        assert found is not None  # it begins with such a class
        end = found.end()
        apart = bool(self._apart) and not self._apart.isdisjoint(range(i, end))
        styled = self._style(piece.style) if hangul else self._style_of_letters(piece.style)
        word = styled.run(text[i:end], apart)
        count, first, scale = len(word.shapes), self._begin(), piece.style.size
        cells.odd += range(first, first + count)
        cells.shapes += word.shapes
        if word.glyphs is None:
            cells.glyphs.extend([0] * count)
            cells.missing += [first + n for n, shape in enumerate(word.shapes) if shape.missing]
        else:
            cells.glyphs += word.glyphs
            if isinstance(piece, TextPiece) and not hangul:
                cells.words.append((first, first + count))
        for n, lost in word.kerned:
            cells.unkern[first + n] = lost * scale
        cells.width += [width * scale for width in word.widths]
        if word.even:
            cells.offset += range(i, end)
        else:
            cells.offset += accumulate([len(shape.text) for shape in word.shapes[:-1]], initial=i)
        return end


def _odd(kinds: Sequence[Class], marks: Sequence[int], first: int) -> list[int]:
    """The cells of a smooth stretch from *first* on that are no Han after a Han; marks stand at *marks* in it."""
    out = [first]
    ideograph = Class.ID
    for q in marks:
        if kinds[q] is not ideograph:
            if first + q != out[-1]:
                out.append(first + q)
            out.append(first + q + 1)
    if out[-1] == first + len(kinds):
        out.pop()
    return out


def _side(shape: Shape, kind: Class) -> float:
    """The blank after a sign that is narrower than its body; at a line end the sign stands flush without it."""
    if kind not in (Class.MD, Class.CN, Class.SO) or not shape.marks:
        return 0.0
    last = shape.marks[-1]
    return min(last.x + last.advance - shape.width, 0.0)


def _extent(text: str, classes: Sequence[Class], pieces: Sequence[int], i: int) -> int:
    """Where the cell that begins at *i* ends: units of two halves, bases with their marks, emoji sequences."""
    size = len(text)
    end = i + 1
    if classes[i] in (Class.DS, Class.EL):
        return end + (end < size and text[end] == text[i] and text[i] != "⸺" and pieces[end] == pieces[i])
    while end < size and pieces[end] == pieces[i]:
        char = text[end]
        if "\u4e00" <= char <= "\u9fff":
            break
        if char < "\u0300" or "\u3000" <= char <= "\u3029" or "\u3030" <= char <= "\ufdff":
            break
        joined = text[end - 1] == "\u200d" and is_emoji(char)
        if not (
            joined
            or char == "\u200d"
            or unicodedata.category(char)[0] == "M"
            or "\U0001f3fb" <= char <= "\U0001f3ff"
        ):
            break
        end += 1
    return end


_LONG_CHAIN = 3


def _chain(classes: Sequence[Class], i: int) -> int:
    """How many ！？ stand in a row at *i*; all chains of three and more are alike."""
    start = end = i
    while start and i - start < _LONG_CHAIN and classes[start - 1] is Class.EX:
        start -= 1
    while end < len(classes) and end - start < _LONG_CHAIN and classes[end] is Class.EX:
        end += 1
    return min(end - start, _LONG_CHAIN)
