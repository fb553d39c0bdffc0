"""From pieces to cells: classes, quotes, white space, shapes, and the gap before each cell."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress

from convert.characters import is_emoji
from convert.model.nodes import RubySegment
from convert.theme import LayoutTheme
from convert.typeset.adjust import Gap, gap_table, region, spacing_style, word_gap
from convert.typeset.breaks import find_breaks
from convert.typeset.cjk import Class, classes_in, unit_classes
from convert.typeset.inline import BoxPiece, Piece, RubyPiece, Style, TextPiece
from convert.typeset.opportunities import NEVER
from convert.typeset.quotes import set_quotes
from convert.typeset.ruby import RubyCell, set_ruby
from convert.typeset.shapes import Shape, Shaper, Styled

__all__ = ["Cells", "Source", "make_cells", "read_pieces"]

BOX = "\ufffc"
JOINER = "\u2060"
_SPACES = (Class.SPACE, Class.NBSP, Class.IS)
_BLANK = re.compile(r"[\s\u00a0\u2007\u202f\u3000]")
_WIDE = frozenset(
    {
        Class.OP,
        Class.CL,
        Class.FS,
        Class.CM,
        Class.EX,
        Class.DS,
        Class.EL,
        Class.MD,
        Class.CN,
        Class.SO,
        Class.IS,
    }
)
_HAN = frozenset({Class.ID, Class.ITER, Class.CJ, Class.BOX})
_TOKEN = frozenset({Class.LAT, Class.NUM, Class.LBOX, Class.PRE, Class.POST, Class.CODE})
_WORD = _TOKEN | {Class.HANGUL}
_RUN = frozenset(
    {Class.LAT, Class.NUM, Class.SYM, Class.PRE, Class.POST, Class.CODE, Class.HANGUL, Class.NOTE}
)


@dataclass(slots=True)
class Source:
    """The text of one paragraph up to a forced line end, with what each character is.

    `piece` is the index of the piece that a character came from; `segment` numbers ruby segments from 1.
    """

    pieces: Sequence[Piece]
    text: str = ""
    classes: list[Class] = field(default_factory=list)
    piece: list[int] = field(default_factory=list)
    segment: list[int] = field(default_factory=list)
    ruby: list[RubySegment] = field(default_factory=list)

    def style(self, i: int) -> Style | None:
        """The style of character *i*; None for a box."""
        piece = self.pieces[self.piece[i]]
        return piece.style if isinstance(piece, (TextPiece, RubyPiece)) else None


def read_pieces(pieces: Sequence[Piece], language: str, layout: LayoutTheme, keep_spaces: bool) -> Source:
    """The characters of *pieces* with their classes, white space settled."""
    source = Source(pieces)
    parts: list[str] = []
    tags: list[str] = []
    for number, piece in enumerate(pieces):
        match piece:
            case TextPiece():
                text = piece.text
                source.classes += _classes(piece)
                source.segment += [0] * len(text)
            case RubyPiece():
                text = _ruby_text(piece, source)
            case BoxPiece():
                text = BOX
                latin = any(c.isascii() and c.isalnum() for c in piece.text)
                source.classes.append(Class.LBOX if latin else Class.BOX)
                source.segment.append(0)
            case _:
                continue
        parts.append(text)
        source.piece += [number] * len(text)
        tag = piece.style.language if isinstance(piece, (TextPiece, RubyPiece)) else language
        tags += [tag or language] * len(text)
    source.text = "".join(parts)
    unit_classes(source.text, source.classes, language)
    if any(c in source.text for c in "‘’“”"):
        set_quotes(source.text, source.classes, tags)
    _settle_spaces(source, layout, keep_spaces, language.startswith("ko"))
    return source


def _classes(piece: TextPiece) -> list[Class]:
    style = piece.style
    if piece.note:
        return [Class.NOTE] * len(piece.text)
    table = classes_in(style.language)
    found = [table[char] for char in piece.text]
    if style.verbatim:
        keep = (*_HAN, *_SPACES, Class.GONE, Class.HANGUL)
        found = [
            kind if kind in keep else _verbatim(char) for char, kind in zip(piece.text, found, strict=True)
        ]
    return found


def _verbatim(char: str) -> Class:
    """In verbatim text every sign keeps its full width."""
    return Class.ID if unicodedata.east_asian_width(char) in "FW" else Class.CODE


def _ruby_text(piece: RubyPiece, source: Source) -> str:
    text = ""
    for segment in piece.segments:
        source.ruby.append(segment)
        text += segment.base
        source.classes += map(classes_in(piece.style.language).__getitem__, segment.base)
        source.segment += [len(source.ruby) if segment.text else 0] * len(segment.base)
    return text


def _settle_spaces(source: Source, layout: LayoutTheme, keep_spaces: bool, korean: bool) -> None:
    """Drop the spaces that Chinese composition has no use for (CLREQ 6.3.3; CSS Text 4, 4.1).

    Korean parts its words by spaces, so there they stay.
    """
    classes = source.classes
    size = len(classes)
    keep = [True] * size
    joined: set[int] = set()
    """Hard spaces that go: their ban on a line end stays (reference layout.md 2.5)."""
    i = 0
    for found in _BLANK.finditer(source.text):
        start = found.start()
        if start < i or classes[start] not in _SPACES:
            continue
        i = start
        while i < size and classes[i] in (*_SPACES, Class.GONE):
            i += 1
        style = source.style(start)
        if style is not None and style.verbatim:
            continue
        left = _visible(classes, start - 1, -1)
        right = _visible(classes, i, 1)
        wanted = (korean and left is not None and right is not None) or _wanted(
            source.text[start:i], left, right, layout, keep_spaces
        )
        hard = Class.NBSP in classes[start:i]
        kept = 0
        for k in range(start, i):
            if classes[k] is Class.GONE:
                continue
            keep[k] = wanted and (kept == 0 or classes[k] is Class.IS or keep_spaces)
            kept += keep[k]
            if hard and keep[k] and classes[k] is Class.SPACE:
                classes[k] = Class.NBSP
        if hard and not kept and left is not None and right is not None:
            joined.add(start)
            keep[start] = True
    for k in joined:
        classes[k] = Class.GONE
    if joined:
        source.text = "".join(JOINER if k in joined else c for k, c in enumerate(source.text))
    if not all(keep):
        _filter(source, keep)


def _filter(source: Source, keep: Sequence[bool]) -> None:
    source.text = "".join(compress(source.text, keep))
    source.classes = list(compress(source.classes, keep))
    source.piece = list(compress(source.piece, keep))
    source.segment = list(compress(source.segment, keep))


def _visible(classes: Sequence[Class], i: int, step: int) -> Class | None:
    while 0 <= i < len(classes) and classes[i] is Class.GONE:
        i += step
    return classes[i] if 0 <= i < len(classes) else None


def _wanted(
    spaces: str, left: Class | None, right: Class | None, layout: LayoutTheme, keep_spaces: bool
) -> bool:
    """Does a run of spaces between two classes stay?"""
    if left is None or right is None:
        return keep_spaces and right is not None
    if "\u3000" in spaces or keep_spaces:
        return True
    if left in _WIDE or right in _WIDE:
        return False
    if left in _HAN and right in _HAN:
        return layout.cjk_space == "keep"
    if left is Class.NOTE and right in _HAN:
        return False
    return not ((left in _HAN and right in _TOKEN) or (left in _TOKEN and right in _HAN))


@dataclass(slots=True)
class Cells:
    """A paragraph as cells, in parallel lists.

    `shapes`, `piece` and `kind` have one entry per cell.  Before cell p stand the spaces `spaces[p]` in
    a gap `gaps[p]`, which counts in `scale[p]` points to the em; `rank`, `penalty` and `break_kind` say
    whether a line may end there.  `ruby` has the ruby of a cell that carries some.  `far` has, for a break
    inside an address, the cell that shows what it is (-1: none) and the cost in a line without it.  `unkern`
    has what a line that ends before a cell gains or loses there, in points: kerning does not reach across a
    line end, nor do the side of an interpunct or the room of ruby.  `fixed` has the cells before which a space
    belongs to a number and its unit and keeps its width.  `inset` is how far inside its cell a base
    with ruby stands; a line that begins with one begins `indrawn` points further left.

    `han` has first cell and end of each stretch of plain Han, in which all cells are one em wide and of one
    style and a line may end between any two; `odd` lists all cells but those inside such a stretch, its first
    included.  What holds for every cell inside a stretch is so settled once.
    """

    source: Source
    shapes: list[Shape] = field(default_factory=list)
    piece: list[int] = field(default_factory=list)
    kind: list[Class] = field(default_factory=list)
    width: list[float] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    scale: list[float] = field(default_factory=list)
    spaces: list[str] = field(default_factory=list)
    rank: list[int] = field(default_factory=list)
    penalty: list[float] = field(default_factory=list)
    break_kind: list[int] = field(default_factory=list)
    offset: list[int] = field(default_factory=list)
    ruby: dict[int, RubyCell] = field(default_factory=dict)
    han: list[tuple[int, int]] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    dotted: bool = False
    far: dict[int, tuple[int, float]] = field(default_factory=dict)
    unkern: dict[int, float] = field(default_factory=dict)
    fixed: set[int] = field(default_factory=set)
    inset: dict[int, float] = field(default_factory=dict)
    indrawn: dict[int, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.shapes)


def make_cells(
    source: Source,
    shaper: Shaper,
    layout: LayoutTheme,
    language: str,
    em: float,
    keep_all: bool,
    hyphenate: bool,
) -> Cells:
    """Shape the text and measure the gaps."""
    cells = Cells(source)
    by_piece = [
        piece.style.language if isinstance(piece, (TextPiece, RubyPiece)) else language
        for piece in source.pieces
    ]
    tags = [by_piece[number] for number in source.piece]
    breaks = find_breaks(
        source.text,
        source.classes,
        level=layout.prohibition,
        language=language,
        languages=tags,
        hyphenate=hyphenate,
        keep_all=keep_all,
    )
    if source.ruby:
        for i in range(1, len(source.text)):
            if source.segment[i] and source.segment[i] == source.segment[i - 1]:
                breaks.forbid(i)
    _Cutter(cells, shaper, em).cut()
    size = len(cells)
    if size == len(source.text):
        # A cell for each character.
        cells.rank, cells.penalty, cells.break_kind = (
            breaks.rank[:size],
            breaks.penalty[:size],
            breaks.kind[:size],
        )
    else:
        cells.rank = [breaks.rank[i] for i in cells.offset]
        cells.penalty = [breaks.penalty[i] for i in cells.offset]
        cells.break_kind = [breaks.kind[i] for i in cells.offset]
    if cells.rank:
        cells.rank[0] = NEVER
    if breaks.far:
        offsets = cells.offset
        for p, i in enumerate(offsets):
            if i in breaks.far:
                shown, cost = breaks.far[i]
                cells.far[p] = (bisect_right(offsets, shown) - 1 if shown >= 0 else -1), cost
    if breaks.fixed:
        cells.fixed = {p for p, i in enumerate(cells.offset) if i in breaks.fixed}
    if source.ruby:
        set_ruby(cells, shaper)
    _measure_gaps(cells, shaper, layout, language, em)
    cells.dotted = any(
        isinstance(piece, (TextPiece, RubyPiece)) and piece.style.dots for piece in source.pieces
    )
    return cells


_PLAIN = re.compile("[\u4e00-\u9fff]+")


class _Cutter:
    """Cuts the text into cells and shapes them."""

    def __init__(self, cells: Cells, shaper: Shaper, em: float) -> None:
        self._cells = cells
        self._source = cells.source
        self._shaper = shaper
        self._em = em
        self._styled: dict[int, Styled] = {}
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
            if kind in _SPACES:
                self._pending += text[i]
                i += 1
            elif kind is Class.GONE:
                i += 1
            elif plain and kind is Class.ID and (end := self._han(i)):
                i = end
            else:
                i = self._cell(i, kind)

    def _style(self, number: int, style: Style) -> Styled:
        """The shapes of the style of a piece."""
        found = self._styled.get(number)
        if found is None:
            found = self._styled[number] = self._shaper.styled(style.role, style.language)
        return found

    def _han(self, i: int) -> int:
        """Take the plain Han that begin at *i*; where they end, or 0 when there are none."""
        source, cells = self._source, self._cells
        text, pieces = source.text, source.piece
        number = pieces[i]
        found = _PLAIN.match(text, i, bisect_right(pieces, number, i))
        if found is None:
            return 0
        end = found.end()
        if _extent(text, source.classes, pieces, end - 1) > end:
            end -= 1
        piece = source.pieces[number]
        if end == i or not isinstance(piece, TextPiece) or piece.note:
            return 0
        style = piece.style
        table = self._style(number, style).han
        try:
            shapes = [table[char] for char in text[i:end]]
        except KeyError as missing:
            end = text.index(missing.args[0], i)
            if end == i:
                return 0
            shapes = [table[char] for char in text[i:end]]
        count = end - i
        first = len(cells.shapes)
        cells.han.append((first, first + count))
        cells.odd.append(first)
        cells.shapes += shapes
        cells.piece += [number] * count
        cells.kind += [Class.ID] * count
        cells.width += [style.size] * count
        cells.scale += [style.size] * count
        cells.spaces.append(self._pending)
        cells.spaces += [""] * (count - 1)
        cells.offset += range(i, end)
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
                role = style.role if hangul else style.letters
                shapes = shaper.run(text[i:end], role, style.language)
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


def _measure_gaps(cells: Cells, shaper: Shaper, layout: LayoutTheme, language: str, em: float) -> None:
    table = gap_table(spacing_style(layout.punctuation, language), region(language), layout.autospace)
    kinds, scale = cells.kind, cells.scale
    sizes = list(scale)
    cells.gaps = [table[Class.ID][Class.ID]] * len(kinds)
    for p in cells.odd:
        kind = kinds[p]
        previous = kinds[p - 1] if p else Class.GONE
        if cells.spaces[p]:
            gap, size = _space_gap(cells, p, shaper, layout, em)
        elif p == 0:
            gap, size = table[Class.GONE][kind], em
        else:
            gap = table[previous][kind]
            if (kind is Class.CODE) != (previous is Class.CODE) and _both_verbatim(cells, p):
                gap = _NO_GAP
            left, right = sizes[p - 1], sizes[p]
            size = left if left == right else (left, right, min(left, right))[gap.owner]
        cells.gaps[p] = gap
        scale[p] = size


_NO_GAP = Gap(0.0)


def _both_verbatim(cells: Cells, p: int) -> bool:
    """Han inside code stands against its signs without a gap."""
    styles = cells.source.style(cells.offset[p] - 1), cells.source.style(cells.offset[p])
    return all(style is not None and style.verbatim for style in styles)


def _space_gap(cells: Cells, p: int, shaper: Shaper, layout: LayoutTheme, em: float) -> tuple[Gap, float]:
    """The gap that typed spaces make."""
    spaces = cells.spaces[p]
    source = cells.source
    style = source.style(cells.offset[p] - 1) if p else source.style(cells.offset[p])
    size = style.size if style else em
    if style is not None and style.verbatim:
        width = shaper.space(style.letters, style.language)
        natural = sum(1.0 if c == "\u3000" else 4 * width if c == "\t" else width for c in spaces)
        return Gap(natural), size
    if "\u3000" in spaces:
        return Gap(float(spaces.count("\u3000"))), size
    left = cells.kind[p - 1] if p else Class.ID
    if left not in _WORD and left is not Class.SYM and cells.kind[p] not in _WORD:
        keep = 0.25 if layout.cjk_space == "keep" and len(spaces) == 1 else 0.5
        return Gap(keep * len(spaces), open=True), size
    gap = word_gap(shaper.space(style.letters, style.language) if style else 0.25)
    return (Gap(gap.natural) if p in cells.fixed else gap), size
