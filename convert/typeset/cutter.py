"""From text to cells: shapes, widths and places, plain Chinese a stretch at a time."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from convert.characters import is_emoji
from convert.typeset.cjk import COMMON_MARKS, Class
from convert.typeset.inline import BoxPiece, RubyPiece, Style, TextPiece
from convert.typeset.shapes import Shape, Shaper, Styled
from convert.typeset.source import SPACES

if TYPE_CHECKING:
    from convert.typeset.cells import Cells

__all__ = ["Cutter"]

_RUN = frozenset(
    {Class.LAT, Class.NUM, Class.SYM, Class.PRE, Class.POST, Class.CODE, Class.HANGUL, Class.NOTE}
)

_PLAIN = re.compile(f"[\u4e00-\u9fff{COMMON_MARKS}]+")
_MARK = re.compile(f"[{COMMON_MARKS}]")
_SMOOTH = (Class.ID, Class.OP, Class.CL, Class.FS, Class.CM)


class Cutter:
    """Cuts the text into cells and shapes them."""

    def __init__(self, cells: Cells, shaper: Shaper, em: float, apart: frozenset[int] = frozenset()) -> None:
        self._cells = cells
        self._source = cells.source
        self._shaper = shaper
        self._em = em
        self._apart = apart
        """Where no ligature may join letters."""
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
        number = source.piece[i]
        piece = source.pieces[number]
        end, scale = i + 1, self._em
        if isinstance(piece, BoxPiece):
            shape = Shape(piece.text, shaper.any_face(), piece.width, ())
        elif not isinstance(piece, (TextPiece, RubyPiece)):
            return end
        elif kind in _RUN:
            return self._word(i, piece)
        else:
            scale = piece.style.size
            end = _extent(source.text, source.classes, source.piece, i)
            chain = _chain(source.classes, i) if kind is Class.EX else 1
            shape = self._style(number, piece.style).cell(source.text[i:end], kind, chain)
        at = len(cells.shapes)
        cells.odd.append(at)
        cells.shapes.append(shape)
        cells.glyphs.append(0)
        if shape.missing:
            cells.missing.append(at)
        if regained := _side(shape, kind):
            cells.unkern[at + 1] = regained * scale
        cells.piece.append(number)
        cells.kind.append(kind)
        cells.width.append(shape.width if isinstance(piece, BoxPiece) else shape.width * scale)
        cells.scale.append(scale)
        cells.spaces.append(self._pending)
        cells.offset.append(i)
        self._pending = ""
        return end

    def _word(self, i: int, piece: TextPiece | RubyPiece) -> int:
        """Take the proportional stretch that begins at *i*; where it ends."""
        source, cells = self._source, self._cells
        text, classes, pieces = source.text, source.classes, source.piece
        number, hangul = pieces[i], classes[i] is Class.HANGUL
        end, size = i + 1, len(text)
        while end < size and pieces[end] == number and classes[end] in _RUN:
            if (classes[end] is Class.HANGUL) is not hangul:
                break
            end += 1
        apart = bool(self._apart) and not self._apart.isdisjoint(range(i, end))
        word = self._style(number, piece.style, letters=not hangul).run(text[i:end], apart)
        count, first, scale = len(word.shapes), len(cells.shapes), piece.style.size
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
        cells.piece += [number] * count
        cells.width += [width * scale for width in word.widths]
        cells.scale += [scale] * count
        cells.spaces.append(self._pending)
        cells.spaces += [""] * (count - 1)
        places = list(accumulate([len(shape.text) for shape in word.shapes[:-1]], initial=i))
        cells.offset.extend(places)
        cells.kind += classes[i:end] if word.even else [classes[at] for at in places]
        self._pending = ""
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
