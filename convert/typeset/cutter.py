"""From text to cells: shapes, widths and places, plain Chinese a stretch at a time."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from convert.characters import is_emoji
from convert.typeset.cjk import Class
from convert.typeset.inline import BoxPiece, RubyPiece, Style, TextPiece
from convert.typeset.shapes import Shape, Shaper, Styled
from convert.typeset.source import SPACES

if TYPE_CHECKING:
    from convert.typeset.cells import Cells

__all__ = ["Cutter"]

_RUN = frozenset(
    {Class.LAT, Class.NUM, Class.SYM, Class.PRE, Class.POST, Class.CODE, Class.HANGUL, Class.NOTE}
)

_PLAIN = re.compile("[\u4e00-\u9fff，。、；：！？“”‘’（）《》〈〉「」『』【】〔〕]+")
_NO_HAN = re.compile("[^\u4e00-\u9fff]")
_SMOOTH = (Class.ID, Class.OP, Class.CL, Class.FS, Class.CM)


class Cutter:
    """Cuts the text into cells and shapes them."""

    def __init__(self, cells: Cells, shaper: Shaper, em: float) -> None:
        self._cells = cells
        self._source = cells.source
        self._shaper = shaper
        self._em = em
        self._styled: dict[tuple[int, bool], Styled] = {}
        self._pending = ""
        """Spaces before the next cell."""

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
            if kind in SPACES:
                self._pending += text[i]
                i += 1
            elif kind is Class.GONE:
                i += 1
            elif plain and kind in _SMOOTH and (end := self._smooth(i)) > i:
                i = end
            else:
                i = self._cell(i, kind)

    def _style(self, number: int, style: Style, *, letters: bool = False) -> Styled:
        """The shapes of the style of a piece, or of its letters."""
        key = (number, letters)
        found = self._styled.get(key)
        if found is None:
            role = style.letters if letters else style.role
            found = self._styled[key] = self._shaper.styled(role, style.language)
        return found

    def _smooth(self, i: int) -> int:
        """Take the plain Han and marks that begin at *i*; where they end, or *i* when there are none."""
        source, cells = self._source, self._cells
        text, pieces = source.text, source.piece
        number = pieces[i]
        piece = source.pieces[number]
        found = _PLAIN.match(text, i, bisect_right(pieces, number, i))
        if found is None or not isinstance(piece, TextPiece) or piece.note:
            return i
        end = found.end()
        if _extent(text, source.classes, pieces, end - 1) > end:
            end -= 1
        plain = self._style(number, piece.style).plain
        while True:
            part, kinds = text[i:end], source.classes[i:end]
            marks = [mark.start() for mark in _NO_HAN.finditer(part)]
            try:
                shapes, glyphs = plain.row(part, kinds, marks)
                break
            except KeyError as other:
                # Up to the character that is not so plain.
                keys = zip(part, kinds, strict=True)
                end = i + next(k for k, key in enumerate(keys) if key == other.args[0])
        if end == i:
            return i
        count, first, size = end - i, len(cells.shapes), piece.style.size
        widths = [size] * count
        for q in marks:
            widths[q] = shapes[q].width * size
        cells.smooth.append((first, first + count))
        cells.odd += _odd(kinds, marks, first)
        cells.shapes += shapes
        cells.glyphs += glyphs
        cells.piece += [number] * count
        cells.kind += kinds
        cells.width += widths
        cells.scale += [size] * count
        cells.spaces.append(self._pending)
        cells.spaces += [""] * (count - 1)
        cells.offset.extend(range(i, end))
        self._pending = ""
        return end

    def _cell(self, i: int, kind: Class) -> int:
        """Take the cell or the proportional stretch that begins at *i*; where it ends."""
        source, cells, shaper = self._source, self._cells, self._shaper
        text, classes, pieces = source.text, source.classes, source.piece
        size = len(text)
        end = i + 1
        piece = source.pieces[pieces[i]]
        scale = 1.0
        if isinstance(piece, BoxPiece):
            shapes: Sequence[Shape] = (Shape(piece.text, shaper.any_face(), piece.width, ()),)
        elif isinstance(piece, (TextPiece, RubyPiece)):
            style = piece.style
            scale = style.size
            if kind in _RUN:
                hangul = kind is Class.HANGUL
                while end < size and pieces[end] == pieces[i] and classes[end] in _RUN:
                    if (classes[end] is Class.HANGUL) is not hangul:
                        break
                    end += 1
                shapes = self._style(pieces[i], style, letters=not hangul).run(text[i:end])
            else:
                end = _extent(text, classes, pieces, i)
                chain = _chain(classes, i) if kind is Class.EX else 1
                shapes = (self._style(pieces[i], style).cell(text[i:end], kind, chain),)
        else:
            return end
        boxed = isinstance(piece, BoxPiece)
        at = i
        for number, shape in enumerate(shapes):
            cells.odd.append(len(cells.shapes))
            cells.shapes.append(shape)
            cells.glyphs.append(0)
            if shape.missing:
                cells.missing.append(len(cells.shapes) - 1)
            if regained := (_kerned(shape) if number < len(shapes) - 1 else _side(shape, kind)):
                cells.unkern[len(cells.shapes)] = regained * scale
            cells.piece.append(pieces[i])
            cells.kind.append(classes[at] if at < size else kind)
            cells.width.append(shape.width * scale)
            cells.scale.append(self._em if boxed else scale)
            cells.spaces.append(self._pending)
            cells.offset.append(at)
            self._pending = ""
            at += 1 if boxed else len(shape.text)
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


def _kerned(shape: Shape) -> float:
    """By how many em the last glyph of *shape* is wider than it was set before its neighbour."""
    if not shape.marks:
        return 0.0
    last = shape.marks[-1]
    return shape.face.advance(last.gid) - last.advance


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
