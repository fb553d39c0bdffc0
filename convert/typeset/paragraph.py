"""The line engine: styled pieces in, finished lines out.

The stages are apart: classes (`cjk`, `quotes`), break opportunities (`breaks`, `hyphens`), widths and
adjustabilities (`shapes`, `adjust`, `cells`), the choice of line ends (`linebreak`), make-up (`line`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from convert.diagnostics import Code, Findings
from convert.theme import LayoutTheme
from convert.typeset.adjust import Gap, spacing_style
from convert.typeset.cells import Cells, make_cells, read_pieces
from convert.typeset.cjk import Class
from convert.typeset.inline import (
    Align,
    BreakPiece,
    Line,
    ParagraphStyle,
    Piece,
    TextPiece,
)
from convert.typeset.line import ASCENT, DESCENT, make_line
from convert.typeset.linebreak import STEPS, Fit, Ladder, Rung, choose, choose_ragged
from convert.typeset.opportunities import ANY, DESPERATE, HYPHEN, NEVER
from convert.typeset.shapes import Faces, Shaper

__all__ = ["LineEngine"]

_SEEN = 0.05
"""A right edge that is less than this many em short is taken for flush (reference layout.md, M4)."""
_SPLIT_COST = 500.0
_TITLE_COST = 400.0
_HANGING = frozenset("，、。")
_WORDS = frozenset({Class.ID, Class.ITER, Class.CJ, Class.BOX, Class.LBOX})
_TOKENS = frozenset({Class.LAT, Class.NUM, Class.CODE, Class.HANGUL})
_ZERO = (0.0,) * (STEPS + 1)


@dataclass(frozen=True, slots=True)
class _Lines:
    """A paragraph's line lengths in em."""

    first: float
    rest: float


class LineEngine:
    """Sets paragraphs.  One engine serves a whole document and remembers every shape it has measured."""

    def __init__(self, catalogue: Faces, layout: LayoutTheme, findings: Findings) -> None:
        self._layout = layout
        self._findings = findings
        self._shaper = Shaper(catalogue, spacing_style(layout.punctuation, ""))
        self._reported: set[str] = set()

    def set(self, pieces: Sequence[Piece], style: ParagraphStyle, looseness: int = 0) -> tuple[Line, ...]:
        """The lines of a paragraph; () for no pieces.

        *looseness* asks for that many lines more (or fewer, when negative); where the limits of
        justification do not allow it the lines are the usual ones.
        """
        lines: list[Line] = []
        parts = list(_parts(pieces))
        for number, part in enumerate(parts):
            own = style if number == 0 else replace(style, indent=style.hang)
            made = self._part(part, own, looseness if len(parts) == 1 else 0)
            if not made and len(parts) > 1 and number < len(parts) - 1:
                made = (_empty(style),)
            lines.extend(made)
        return tuple(lines)

    def natural_width(self, pieces: Sequence[Piece], style: ParagraphStyle) -> float:
        """Width in points of the widest line when only forced breaks end lines."""
        widest = 0.0
        for part in _parts(pieces):
            cells = self._cells(part, style)
            width = sum(cells.width)
            inner = zip(cells.gaps, cells.scale, strict=True)
            width += sum(gap.natural * scale for gap, scale in inner)
            widest = max(widest, width)
        return widest + style.indent

    def _cells(self, pieces: Sequence[Piece], style: ParagraphStyle) -> Cells:
        source = read_pieces(pieces, style.language, self._layout, style.keep_spaces)
        ragged = style.align is not Align.JUSTIFY or not self._layout.justify
        keep_all = style.language.startswith("ko") and ragged
        hyphenate = self._layout.hyphenate and not ragged
        return make_cells(source, self._shaper, self._layout, style.language, style.em, keep_all, hyphenate)

    def _part(self, pieces: Sequence[Piece], style: ParagraphStyle, looseness: int) -> tuple[Line, ...]:
        cells = self._cells(pieces, style)
        if not len(cells):
            return ()
        self._report_missing(cells, style)
        em = style.em
        lengths = _Lines((style.measure - style.indent) / em, (style.measure - style.hang) / em)
        lengths = _Lines(max(lengths.first, 0.5), max(lengths.rest, 0.5))
        ragged = style.align is not Align.JUSTIFY or not self._layout.justify
        ladder, places = self._ladder(cells, style, min(lengths.first, lengths.rest), ragged)
        if ragged:
            fits = choose_ragged(ladder, lengths.first, lengths.rest, style.align is Align.CENTRE)
        else:
            fits = choose(ladder, lengths.first, lengths.rest, looseness)
        return tuple(self._line(cells, ladder, places, fit, style, ragged, lengths) for fit in fits)

    def _line(
        self,
        cells: Cells,
        ladder: Ladder,
        places: Sequence[int],
        fit: Fit,
        style: ParagraphStyle,
        ragged: bool,
        lengths: _Lines,
    ) -> Line:
        indent = style.indent if fit.first == 0 else style.hang
        hyphenated = ladder.rungs[fit.last].kind == HYPHEN
        first, end = places[fit.first], places[fit.last]
        line = make_line(cells, fit, first, end, indent, style.em, self._shaper, hyphenated)
        room = style.measure - (line.width - fit.hang * style.em)
        if ragged and style.align in (Align.CENTRE, Align.RIGHT):
            left = room / 2 if style.align is Align.CENTRE else room
            line = make_line(
                cells, fit, first, end, indent + max(left, 0.0), style.em, self._shaper, hyphenated
            )
        self._report(fit, line, style, ragged, room)
        return line

    def _report(self, fit: Fit, line: Line, style: ParagraphStyle, ragged: bool, room: float) -> None:
        start = line.text[:12]
        if room < -0.01 * style.em:
            over = -room / style.em
            self._findings.warn(
                Code.LINE_OVERFULL,
                style.place,
                f"a line is {over:.2f} em wider than the measure: {start}",
                "break the long piece, or widen page.measure",
            )
        elif fit.ragged and not ragged and room > _SEEN * style.em:
            self._findings.warn(
                Code.LINE_RAGGED,
                style.place,
                f"a line cannot be justified within the limits and stays {room / style.em:.2f} em short: {start}",
                "reword the line, or allow layout.hyphenate",
            )

    def _report_missing(self, cells: Cells, style: ParagraphStyle) -> None:
        for shape in cells.shapes:
            if shape.missing and shape.text not in self._reported:
                self._reported.add(shape.text)
                codes = " ".join(f"U+{ord(c):04X}" for c in shape.text)
                self._findings.warn(
                    Code.GLYPH_MISSING,
                    style.place,
                    f"no font has {codes} ({shape.text})",
                    "put a font that has it into fonts/",
                )

    def _ladder(
        self, cells: Cells, style: ParagraphStyle, measure: float, ragged: bool
    ) -> tuple[Ladder, list[int]]:
        """Break places with natural positions and prefix sums, in em; and the cell that each break precedes."""
        split = _too_wide(cells, style.em, measure)
        em = style.em
        gaps, scales, widths, ranks, kinds = cells.gaps, cells.scale, cells.width, cells.rank, cells.kind
        places = [0]
        at = gaps[0].natural * scales[0] / em if cells.spaces[0] else 0.0
        comfort, tight = [0.0] * (STEPS + 1), [0.0] * (STEPS + 1)
        comfort_now = tight_now = _ZERO
        stretch = (0.0, 0.0, 0, 0.0, 0)
        rungs = [Rung(0.0, 0.0, 0, 0.0, 0, 0.0, 0.0, _ZERO, _ZERO, _ZERO, _ZERO, stretch, stretch, 0)]
        count = 0
        previous = Class.GONE
        begins = {-1: -1.0} | {cell: 0.0 for cell, _ in cells.far.values()}
        for p, gap in enumerate(gaps):
            if p:
                comfort_before, tight_before, stretch_before, end = comfort_now, tight_now, stretch, at
                scale = scales[p] / em
                at += gap.natural * scale
                if gap.step:
                    for sums, room in ((comfort, gap.comfort), (tight, gap.tight)):
                        sums[gap.step - 1] += room * scale
                        sums[STEPS] += room * scale
                    comfort_now, tight_now = tuple(comfort), tuple(tight)
                stretch = _stretched(stretch, gap, scale)
                if ranks[p] != NEVER or p in split:
                    rank, penalty, hyphen, hang = self._rung(cells, p, style, ragged)
                    rungs.append(
                        Rung(
                            end,
                            at,
                            rank,
                            penalty,
                            cells.break_kind[p],
                            hyphen,
                            hang,
                            comfort_before,
                            comfort_now,
                            tight_before,
                            tight_now,
                            stretch_before,
                            stretch,
                            count,
                            *_far(cells, p, begins),
                        )
                    )
                    places.append(p)
            if p in begins:
                begins[p] = at
            kind = kinds[p]
            if kind in _WORDS or (kind in _TOKENS and (previous not in _TOKENS or cells.spaces[p])):
                count += 1
            previous = kind
            at += widths[p] / em
        ends = (comfort_now, comfort_now, tight_now, tight_now, stretch, stretch, count)
        rungs.append(Rung(at, at, 0, 0.0, 0, 0.0, self._hang(cells, len(cells), em), *ends))
        places.append(len(cells))
        return Ladder(rungs), places

    def _rung(
        self, cells: Cells, p: int, style: ParagraphStyle, ragged: bool
    ) -> tuple[int, float, float, float]:
        """Rank, penalty, what the line end adds and what may hang, for a line that ends before cell *p*."""
        rank, penalty = cells.rank[p], cells.penalty[p]
        if rank == NEVER:
            rank, penalty = ANY, _SPLIT_COST
        if ragged and style.keep_spaces and not cells.spaces[p]:
            penalty += _TITLE_COST
        more = cells.unkern.get(p, 0.0)
        if cells.break_kind[p] == HYPHEN:
            more += self._hyphen(cells, p - 1)
        return rank, penalty, more / style.em, self._hang(cells, p, style.em)

    def _hang(self, cells: Cells, p: int, em: float) -> float:
        """How far the mark before cell *p* may stand outside the measure (CLREQ 6.1.3)."""
        if not self._layout.hanging or cells.shapes[p - 1].text not in _HANGING:
            return 0.0
        alone = p < 2 or cells.kind[p - 2] not in (Class.CL, Class.FS, Class.CM)
        return cells.width[p - 1] / em if alone else 0.0

    def _hyphen(self, cells: Cells, p: int) -> float:
        style = cells.source.style(cells.offset[p])
        if style is None:
            return 0.0
        face = cells.shapes[p].face
        return face.advance(face.glyph_id("-")) * style.size


def _far(cells: Cells, p: int, begins: Mapping[int, float]) -> tuple[float, float]:
    """Where the address shows what it is that a line end before cell *p* divides, and the cost where it does not."""
    cell, cost = cells.far.get(p, (-1, 0.0))
    return begins[cell], cost


def _stretched(
    sums: tuple[float, float, int, float, int], gap: Gap, scale: float
) -> tuple[float, float, int, float, int]:
    """The prefix sums of stretch with one gap more."""
    words, letters, opened, most, count = sums
    return (
        words + gap.words * scale,
        letters + gap.letters * scale,
        opened + gap.open,
        most + gap.most * scale,
        count + (gap.most > 0.0),
    )


def _too_wide(cells: Cells, em: float, measure: float) -> set[int]:
    """Cells before which a piece that is wider than the measure may be split as the last resort."""
    out: set[int] = set()
    start = 0
    width = 0.0
    for p in range(len(cells) + 1):
        if p == len(cells) or (p and cells.rank[p] <= DESPERATE):
            if width > measure * em:
                out.update(q for q in range(start + 1, p) if cells.rank[q] == NEVER)
            start, width = p, 0.0
        if p < len(cells):
            width += cells.width[p] + (cells.gaps[p].natural * cells.scale[p] if p > start else 0.0)
    return out


def _parts(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces between forced line ends; a line feed in verbatim text is one."""
    part: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, BreakPiece):
            yield part
            part = []
        elif isinstance(piece, TextPiece) and piece.style.verbatim and "\n" in piece.text:
            first, *others = piece.text.split("\n")
            part.append(replace(piece, text=first))
            for text in others:
                yield part
                part = [replace(piece, text=text, anchor="")]
        else:
            part.append(piece)
    if part:
        yield part


def _empty(style: ParagraphStyle) -> Line:
    """A line with nothing in it, between two forced line ends."""
    return Line((), 0.0, ASCENT * style.em, DESCENT * style.em, "", last=True)
