"""Cells of plain text, island by island.

Most of a Chinese text is ideographs, and they are all alike: one em, one shape, a line may end between any two.  What
stands between them, a stop, a bracket, a figure, a few words, is an island (`islands`): its shapes, gaps and breaks
depend on nothing beyond the ideographs beside it, and a text has few different ones.  Each is made once, in the general
way (`cells`), and let into the ideographs of every paragraph that has it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from convert.regex import regex
from convert.theme import LayoutTheme
from convert.typeset.adjust import Gap, gap_table, region, spacing_style
from convert.typeset.breaks import MEASURE_WORDS
from convert.typeset.cells import Cells, find_ends, make_cells
from convert.typeset.cjk import Class
from convert.typeset.inline import Piece, TextPiece
from convert.typeset.opportunities import NEVER, ORDINARY, PLAIN
from convert.typeset.remembered import Remembered
from convert.typeset.shapes import Plain, Shape, Shaper
from convert.typeset.source import ISLAND, Source

__all__ = ["Inlays"]

_HAN = regex("[\u4e00-\u9fff]")
_QUOTE = regex("[‘’“”]")


class _Rest(NamedTuple):
    """What most islands have nothing of; places are cells from the first of the island on.

    `offset` is given where a cell is not a character each, `scale` where not all are of the paragraph's size: like other
    lists, with an entry more for an ideograph behind.  `smooth` is as in `Cells`, with the ideographs on either side.
    """

    offset: list[int] | None
    kind: list[Class]
    scale: list[float] | None
    spaces: list[str] | None
    smooth: list[tuple[int, int]]
    words: list[tuple[int, int]]
    missing: list[int]
    unkern: dict[int, float]
    penalty: list[float] | None
    break_kind: list[int] | None
    far: dict[int, tuple[int, float]]


class _Inlay(NamedTuple):
    """The cells of an island; `gaps` and `rank` have one entry more for an ideograph behind it."""

    shapes: list[Shape]
    glyphs: array[int]
    width: list[float]
    gaps: list[Gap]
    rank: list[int]
    rest: _Rest | None


class _Ideographs(NamedTuple):
    """A paragraph as if all were ideographs: shapes and glyphs, a code for the style of each piece, and the places where
    two ideographs of different pieces meet."""

    shapes: list[Shape]
    glyphs: array[int]
    codes: Sequence[int]
    seams: Sequence[int]


_Key = tuple[str, bytes, bool, str, tuple[int, ...]]
"""The characters and their classes, whether an ideograph stands before, what stands behind, and the styles."""


class Inlays:
    """The islands of the paragraphs of one kind."""

    def __init__(
        self, shaper: Shaper, layout: LayoutTheme, language: str, em: float, keep_all: bool, hyphenate: bool
    ) -> None:
        self._shaper, self._layout, self._language, self._em = shaper, layout, language, em
        self._keep_all, self._hyphenate = keep_all, hyphenate
        table = gap_table(spacing_style(layout.punctuation, language), region(language), layout.autospace)
        self._between, self._first = table[Class.ID][Class.ID], table[Class.GONE][Class.ID]
        self._known: Remembered[_Key, _Inlay] = Remembered()
        self._firm: dict[tuple[bool, int], Remembered[str, _Inlay]] = {}
        """Those between two ideographs in a style that are the same wherever they stand: without quotes, whose class
        depends on what they enclose, and without figures, whose breaks depend on a measure word behind."""
        self._styles: dict[tuple[object, ...], int] = {}

    def cells(self, source: Source) -> Cells | None:
        """The cells of *source* with all that is to be known of them; None where only the general way can tell."""
        plain = self._ideographs(source) if source.text else None
        if plain is None:
            return None
        size, em = len(source.text), self._em
        cells = Cells(
            source,
            plain.shapes,
            list(source.piece),
            list(source.classes),
            [em] * size,
            [self._between] * size,
            [em] * size,
            [""] * size,
            [ORDINARY] * size,
            [0.0] * size,
            [PLAIN] * size,
            list(range(size)),
            plain.glyphs,
        )
        if _HAN.match(source.text):
            cells.gaps[0] = self._first
            cells.odd.append(0)
        if not self._let_in(cells, plain.codes):
            return None
        for seam in plain.seams:
            _part(cells, seam)
        if cells.rank:  # invisible signs alone make no cell
            cells.rank[0] = NEVER
        cells.dotted = any(isinstance(piece, TextPiece) and piece.style.dots for piece in source.pieces)
        return cells

    def _ideographs(self, source: Source) -> _Ideographs | None:
        """The paragraph as if all were ideographs; None where some are not plain."""
        pieces = source.pieces
        if len(pieces) > 1:
            languages = {piece.style.language if isinstance(piece, TextPiece) else None for piece in pieces}
            return self._in_pieces(source) if len(languages) == 1 else None
        plain = self._plain(pieces[0])
        glyphs = plain.glyphs(source.text) if plain is not None else None
        if plain is None or glyphs is None:
            return None
        return _Ideographs([plain.body] * len(glyphs), glyphs, (self._code(pieces[0], 0),), ())

    def _in_pieces(self, source: Source) -> _Ideographs | None:
        """The same of a paragraph of several pieces."""
        text, pieces = source.text, source.pieces
        shapes: list[Shape] = []
        glyphs = array("H")
        seams: list[int] = []
        codes = [0] * len(pieces)
        start, count, some = 0, 0, False
        while start < len(text):
            number = source.piece[start]
            piece, end = pieces[number], bisect_right(source.piece, number, start)
            plain, part = self._plain(piece), text[start:end]
            if plain is not None:
                some = True
            elif not isinstance(piece, TextPiece) or _HAN.search(part):
                return None
            else:
                plain = self._shaper.styled(piece.style.role, piece.style.language).plain
            row = plain.glyphs(part)
            if row is None:
                return None
            shapes += [plain.body] * len(part)
            glyphs += row
            codes[number] = self._code(piece, count % 2)
            count += 1
            if start and _HAN.match(text, start - 1) and _HAN.match(text, start):
                seams.append(start)
            start = end
        return _Ideographs(shapes, glyphs, codes, seams) if some else None

    def _plain(self, piece: Piece) -> Plain | None:
        """The ideographs of *piece*; None where they are not like those of running text."""
        if not isinstance(piece, TextPiece) or piece.note:
            return None
        style = piece.style
        if style.verbatim or style.size != self._em:
            return None
        return self._shaper.styled(style.role, style.language).plain

    def _code(self, piece: Piece, odd: int) -> int:
        """What tells a piece from others that are set otherwise, and from the one before it."""
        assert isinstance(piece, TextPiece)
        style = piece.style
        key = (style.role, style.letters, style.size, style.language, style.verbatim, piece.note != "")
        return 2 * self._styles.setdefault(key, len(self._styles)) + odd

    def _let_in(self, cells: Cells, codes: Sequence[int]) -> bool:
        """Put the islands in; False where one is nothing by itself."""
        source, odd = cells.source, cells.odd
        size = len(source.text)
        shapes, glyphs, width, gaps, rank = cells.shapes, cells.glyphs, cells.width, cells.gaps, cells.rank
        firm: Mapping[str, _Inlay] = {}
        if len(codes) == 1:
            firm = self._firm.setdefault((source.keep_spaces, codes[0]), Remembered())
        shift = opened = 0
        for match in ISLAND.finditer(source.text):
            start, end = match.span()
            inlay = firm.get(match[0]) if start and end < size else None
            if inlay is None and (inlay := self._found(match[0], source, start, end, codes)) is None:
                return False
            own, glyph_ids, widths, between, ranks, rest = inlay
            first, last = start + shift, end + shift
            if rest is not None:
                opened = _put(cells, start, end, first, rest, len(own), opened)
                shift += len(own) - (end - start)
            shapes[first:last] = own
            glyphs[first:last] = glyph_ids
            width[first:last] = widths
            if end < size:
                last += 1
            gaps[first:last] = between
            rank[first:last] = ranks
            odd += range(first, first + len(between))
        if opened < len(shapes):
            cells.smooth.append((opened, len(shapes)))
        return True

    def _found(
        self, island: str, source: Source, start: int, end: int, codes: Sequence[int]
    ) -> _Inlay | None:
        """The island that stands from *start* to *end*; None where it is nothing by itself."""
        after = source.text[end : end + 1]
        if after and after not in MEASURE_WORDS:
            after = "一"
        styles: tuple[int, ...] = source.keep_spaces, codes[0]
        if len(codes) > 1:
            styles = (
                source.keep_spaces,
                *[codes[number] for number in source.piece[max(start - 1, 0) : end + 1]],
            )
        key = island, bytes(source.classes[start:end]), start > 0, after, styles
        inlay = self._known.get(key) or self._make(key, source, start, end)
        if inlay is not None and len(codes) == 1 and start and after and not _changes(island, key[1]):
            self._firm[source.keep_spaces, codes[0]].keep(island, island, inlay)
        return inlay

    def _make(self, key: _Key, source: Source, start: int, end: int) -> _Inlay | None:
        """The island of *source* from *start* to *end*, with an ideograph on either side, set in the general way."""
        island, _, before, after, _ = key
        if island.isascii() and island.isdecimal() and island.strip("1"):
            figures, scale = self._figures(source, start, end)
            if figures:
                like = ("1" * len(island), *key[1:])
                one = self._known.get(like) or self._make(like, source, start, end)
                own = [figures[char] for char in island]
                glyphs = array("H", [shape.marks[0].gid for shape in own])
                widths = [shape.width * scale for shape in own]
                return one and one._replace(shapes=own, glyphs=glyphs, width=widths)
        left, right = start - before, end + len(after)
        part = Source(
            source.pieces,
            source.keep_spaces,
            "一" * before + island + after,
            source.classes[left:right],
            source.piece[left:right],
            [0] * (right - left),
        )
        cells = make_cells(part, self._shaper, self._layout, self._language, self._em)
        find_ends(cells, self._layout, self._language, self._keep_all, self._hyphenate)
        made = _inlay(cells, int(before), len(after), self._em)
        return made and self._known.keep(key, island, made)

    def _figures(self, source: Source, start: int, end: int) -> tuple[Mapping[str, Shape] | None, float]:
        """The shapes of figures in characters *start* to *end*, where none depends on another, and their size."""
        number = source.piece[start]
        piece = source.pieces[number]
        if not isinstance(piece, TextPiece) or piece.note or source.piece[end - 1] != number:
            return None, 0.0
        return self._shaper.styled(piece.style.letters, piece.style.language).figures, piece.style.size


def _changes(island: str, codes: bytes) -> bool:
    """Whether an island between two ideographs depends on more than these."""
    return Class.NUM in codes or _QUOTE.search(island) is not None


def _inlay(cells: Cells, before: int, after: int, em: float) -> _Inlay | None:
    """What stands in *cells* between an ideograph *before* and one *after*; None where one of these is not plain."""
    total, size, smooth, end = len(cells), len(cells.source.text), cells.smooth, len(cells) - after
    if total < before + after or ((before or after) and not smooth):
        return None
    if before and (smooth[0][0] > 0 or cells.offset[1:2] not in ([], [1])):
        return None
    if cells.odd[before:] != list(range(before, total)):
        return None  # marks of code, which are as plain as ideographs
    if after and (smooth[-1][1] < total or cells.offset[-1] < size - 1):
        return None
    even = total == size
    plain = (
        even
        and smooth == [(0, total)]
        and not (cells.words or cells.missing or cells.unkern or cells.far)
        and not (any(cells.spaces) or any(cells.penalty) or any(cells.break_kind))
        and cells.scale.count(em) == total
    )
    return _Inlay(
        cells.shapes[before:end],
        cells.glyphs[before:end],
        cells.width[before:end],
        cells.gaps[before:],
        cells.rank[before:],
        None if plain else _rest(cells, before, end, even, em),
    )


def _rest(cells: Cells, before: int, end: int, even: bool, em: float) -> _Rest:
    """What is not plain in an island."""
    return _Rest(
        None if even else [place - before for place in cells.offset[before:end]],
        cells.kind[before:end],
        cells.scale[before:] if cells.scale.count(em) < len(cells) else None,
        cells.spaces[before:] if any(cells.spaces) else None,
        _moved(cells.smooth, -before),
        _moved(cells.words, -before),
        [p - before for p in cells.missing],
        {p - before: lost for p, lost in cells.unkern.items()},
        cells.penalty[before:] if any(cells.penalty) else None,
        cells.break_kind[before:] if any(cells.break_kind) else None,
        {
            p - before: (shown - before if shown >= 0 else shown, cost)
            for p, (shown, cost) in cells.far.items()
        },
    )


def _moved(stretches: Sequence[tuple[int, int]], by: int) -> list[tuple[int, int]]:
    return [(first + by, end + by) for first, end in stretches]


def _put(cells: Cells, start: int, end: int, first: int, rest: _Rest, count: int, opened: int) -> int:
    """Put in what is not plain in an island: characters *start* to *end*, *count* cells from *first* on.

    The stretch of smooth cells before it begins at *opened*; gives where the one that goes on behind it begins.
    """
    if rest.offset is not None:
        last, piece = first + end - start, cells.source.piece
        places = [start + place for place in rest.offset]
        cells.offset[first:last] = places
        cells.kind[first:last] = rest.kind
        cells.piece[first:last] = [piece[place] for place in places]
        cells.scale[first:last] = cells.scale[:1] * count
        cells.spaces[first:last] = [""] * count
        cells.penalty[first:last] = [0.0] * count
        cells.break_kind[first:last] = [PLAIN] * count
    if rest.scale is not None:
        cells.scale[first : first + len(rest.scale)] = rest.scale
    if rest.spaces is not None:
        cells.spaces[first : first + len(rest.spaces)] = rest.spaces
    if rest.penalty is not None:
        cells.penalty[first : first + len(rest.penalty)] = rest.penalty
    if rest.break_kind is not None:
        cells.break_kind[first : first + len(rest.break_kind)] = rest.break_kind
    cells.missing += [first + p for p in rest.missing]
    cells.unkern.update([(first + p, lost) for p, lost in rest.unkern.items()])
    for p, (shown, cost) in rest.far.items():
        cells.far[first + p] = (first + shown if shown >= 0 else shown), cost
    cells.words += _moved(rest.words, first)
    smooth = _moved(rest.smooth, first)
    if start and smooth:
        smooth[0] = opened, smooth[0][1]
    opened = smooth.pop()[0] if end < len(cells.source.text) else len(cells.source.text)
    cells.smooth += smooth
    return opened


def _part(cells: Cells, seam: int) -> None:
    """Two ideographs of different pieces meet before character *seam*: what is painted at once ends there."""
    p = bisect_left(cells.offset, seam)
    at = bisect_right(cells.smooth, (p, 0)) - 1
    first, end = cells.smooth[at]
    cells.smooth[at : at + 1] = [(first, p), (p, end)]
    insort(cells.odd, p)
