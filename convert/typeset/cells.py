"""A paragraph as cells: shapes in parallel lists, with the gap and the break before each."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from convert.records import dataclass, field
from convert.theme import LayoutTheme
from convert.typeset.adjust import WORD_SPACE, Gap, gap_table, region, spacing_style, word_gap
from convert.typeset.cjk import Class
from convert.typeset.codebreaks import code_breaks
from convert.typeset.cutter import Cutter
from convert.typeset.inline import RubyPiece, TextPiece
from convert.typeset.islands import find_breaks
from convert.typeset.opportunities import HYPHEN, NEVER, PLAIN, Breaks
from convert.typeset.ruby import RubyCell, set_ruby
from convert.typeset.shapes import Shape, Shaper
from convert.typeset.source import TOKEN, Source

__all__ = ["Cells", "find_ends", "lost_hyphens", "make_cells", "natural_width"]


_WORD = TOKEN | {Class.HANGUL}


@dataclass(slots=True)
class Cells:
    """A paragraph as cells, in parallel lists.

    `shapes`, `piece` and `kind` have one entry per cell.  Before cell p stand the spaces `spaces[p]` in
    a gap `gaps[p]`, which counts in `scale[p]` points to the em; `rank`, `penalty` and `break_kind` say
    whether a line may end there.  `ruby` has the ruby of a cell that carries some.  `far` has, for a break
    inside an address, the cell that shows what it is (-1: none) and the cost in a line without it.  `unkern`
    has what a line that ends before a cell gains or loses there, in points: kerning does not reach across a
    line end, nor do the side of an interpunct or the room of ruby.  `inset` is how far inside its cell a base
    with ruby stands; a line that begins with one begins `indrawn` points further left.

    `odd` lists all cells but those inside a stretch of plain Han, in which all are one em wide and of one style
    and a line may end between any two: what holds for each of them is settled once.  `smooth` has first cell and
    end of each stretch of Han and marks in which every cell is one character and one glyph of one face,
    on the baseline, with nothing between them: such a stretch is painted at once, by the ids in `glyphs`.  There all
    Han share one shape: a book has millions of them, and each object that is touched costs time.
    `words` has first cell and end of each stretch of letters, figures and signs with nothing between them, in which too
    every cell is one character and one glyph of one face at its place.  `missing` are the cells that no font has.
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
    glyphs: array[int] = field(default_factory=lambda: array("H"))
    ruby: dict[int, RubyCell] = field(default_factory=dict)
    smooth: list[tuple[int, int]] = field(default_factory=list)
    words: list[tuple[int, int]] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    dotted: bool = False
    missing: list[int] = field(default_factory=list)
    far: dict[int, tuple[int, float]] = field(default_factory=dict)
    unkern: dict[int, float] = field(default_factory=dict)
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
    apart: frozenset[int] = frozenset(),
) -> Cells:
    """Shape the text and measure the gaps; where lines may end `find_ends` tells.

    In words with an index of *apart* in them letters are not joined to ligatures.
    """
    cells = Cells(source)
    Cutter(cells, shaper, em, apart).cut()
    if source.ruby:
        set_ruby(cells, shaper)
    _measure_gaps(cells, shaper, layout, language, em)
    cells.dotted = any(
        isinstance(piece, (TextPiece, RubyPiece)) and piece.style.dots for piece in source.pieces
    )
    return cells


def natural_width(cells: Cells, *, lead: bool = False) -> float:
    """Points that all cells take on one line; with *lead* those of the gap before the first too."""
    gaps, scale = cells.gaps, cells.scale
    first = 0 if lead or (cells.spaces and cells.spaces[0]) else 1
    return sum(cells.width) + sum([gaps[p].natural * scale[p] for p in cells.odd if p >= first])


def find_ends(cells: Cells, layout: LayoutTheme, language: str, keep_all: bool, hyphenate: bool) -> None:
    """Settle where lines may end."""
    breaks = _breaks(cells.source, layout, language, keep_all, hyphenate)
    size, offsets = len(cells), cells.offset
    if size == len(cells.source.text):
        # A cell for each character.
        cells.rank, cells.penalty, cells.break_kind = (
            breaks.rank[:size],
            breaks.penalty[:size],
            breaks.kind[:size],
        )
    else:
        cells.rank = list(map(breaks.rank.__getitem__, offsets))
        cells.penalty, cells.break_kind = [0.0] * size, [PLAIN] * size
        if any(breaks.penalty):
            cells.penalty = list(map(breaks.penalty.__getitem__, offsets))
        if any(breaks.kind):
            cells.break_kind = list(map(breaks.kind.__getitem__, offsets))
    if cells.rank:
        cells.rank[0] = NEVER
    if breaks.far:
        for p, i in enumerate(offsets):
            if i in breaks.far:
                shown, cost = breaks.far[i]
                cells.far[p] = (bisect_right(offsets, shown) - 1 if shown >= 0 else -1), cost
    if breaks.fixed:
        for p, i in enumerate(offsets):
            if i in breaks.fixed and cells.gaps[p].step == WORD_SPACE:
                cells.gaps[p] = Gap(cells.gaps[p].natural)


def lost_hyphens(cells: Cells, layout: LayoutTheme, language: str) -> frozenset[int]:
    """The indices of the text where a word may be hyphenated and a ligature joins its letters: of-fice, ef-fect."""
    breaks = _breaks(cells.source, layout, language, keep_all=False, hyphenate=True)
    held = frozenset(cells.offset)
    return frozenset(i for i, kind in enumerate(breaks.kind) if kind == HYPHEN and i not in held)


def _measure_gaps(cells: Cells, shaper: Shaper, layout: LayoutTheme, language: str, em: float) -> None:
    table = gap_table(spacing_style(layout.punctuation, language), region(language), layout.autospace)
    kinds, scale, spaces = cells.kind, cells.scale, cells.spaces
    sizes = list(scale)
    gaps = cells.gaps = [table[Class.ID][Class.ID]] * len(kinds)
    code = Class.CODE
    for p in cells.odd:
        kind = kinds[p]
        if spaces[p]:
            gaps[p], scale[p] = _space_gap(cells, p, shaper, layout, em)
        elif p == 0:
            gaps[p], scale[p] = table[Class.GONE][kind], em
        else:
            previous = kinds[p - 1]
            gap = table[previous][kind]
            if (kind is code) != (previous is code) and _both_verbatim(cells, p):
                gap = _NO_GAP
            if gap.natural and (previous in _IN_NUMBERS or Class.SYM in (kind, previous)) and _hugs(cells, p):
                gap = _NO_GAP
            left, right = sizes[p - 1], sizes[p]
            gaps[p] = gap
            if left != right:
                scale[p] = (left, right, min(left, right))[gap.owner]


def _breaks(source: Source, layout: LayoutTheme, language: str, keep_all: bool, hyphenate: bool) -> Breaks:
    if all(isinstance(piece, TextPiece) and piece.style.verbatim for piece in source.pieces):
        return code_breaks(source.text, source.classes)
    by_piece = [
        piece.style.language if isinstance(piece, (TextPiece, RubyPiece)) else language
        for piece in source.pieces
    ]
    one = len(set(by_piece)) == 1
    breaks = find_breaks(
        source.text,
        source.classes,
        level=layout.prohibition,
        language=by_piece[0] if one else language,
        languages=() if one else [by_piece[number] for number in source.piece],
        hyphenate=hyphenate,
        keep_all=keep_all,
    )
    if source.ruby:
        for i in range(1, len(source.text)):
            if source.segment[i] and source.segment[i] == source.segment[i - 1]:
                breaks.forbid(i)
    return breaks


_NO_GAP = Gap(0.0)
_WIDEST_JOIN = 0.5
"""An ideographic space in running text between Han and letters: what autospace may be at most."""


_OPENS, _CLOSES, _FIGURES = frozenset("([{"), frozenset(")]}.,;:!?"), frozenset("０１２３４５６７８９")
_IN_NUMBERS = (Class.CM, Class.FS)


def _hugs(cells: Cells, p: int) -> bool:
    """A wide bracket stands close inside a bracket of ASCII, a stop of ASCII close behind a wide bracket, a full-width
    figure close behind the point or the comma of its number."""
    previous, said = cells.kind[p - 1], cells.shapes[p].text
    if previous in _IN_NUMBERS:
        return said in _FIGURES and p > 1 and cells.shapes[p - 2].text in _FIGURES
    inside = cells.kind[p] is Class.OP and cells.shapes[p - 1].text in _OPENS
    return inside or (previous is Class.CL and said in _CLOSES)


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
    left = cells.kind[p - 1] if p else Class.ID
    if "\u3000" in spaces:
        if spaces == "\u3000" and not source.keep_spaces and (left in TOKEN) != (cells.kind[p] in TOKEN):
            return Gap(_WIDEST_JOIN), size
        return Gap(float(spaces.count("\u3000"))), size
    if left not in _WORD and left is not Class.SYM and cells.kind[p] not in _WORD:
        keep = 0.25 if layout.cjk_space == "keep" and len(spaces) == 1 else 0.5
        return Gap(keep * len(spaces), open=True), size
    return word_gap(shaper.space(style.letters, style.language) if style else 0.25), size
