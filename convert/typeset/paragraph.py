"""The line engine: styled pieces in, finished lines out.

The stages are apart: classes (`cjk`, `quotes`), break opportunities (`breaks`, `hyphens`), widths and
adjustabilities (`shapes`, `adjust`, `cells`), the choice of line ends (`linebreak`), make-up (`line`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convert.diagnostics import Code, Findings
from convert.theme import LayoutTheme
from convert.typeset.adjust import spacing_style
from convert.typeset.breaks import ANY, EMERGENCY, HYPHEN, NEVER
from convert.typeset.cells import Cells, make_cells, read_pieces
from convert.typeset.cjk import Class
from convert.typeset.inline import (
    Align,
    BoxPiece,
    BreakPiece,
    Line,
    ParagraphStyle,
    Piece,
    RubyPiece,
    TextPiece,
)
from convert.typeset.line import ASCENT, DESCENT, make_line
from convert.typeset.linebreak import STEPS, Fit, Ladder, choose, choose_ragged
from convert.typeset.shapes import Faces, Shaper

__all__ = ["LineEngine"]

_SPLIT_COST = 500.0
_TITLE_COST = 400.0
_HANGING = frozenset("，、。")
_WORDS = frozenset({Class.ID, Class.ITER, Class.CJ, Class.BOX, Class.LBOX})
_TOKENS = frozenset({Class.LAT, Class.NUM, Class.CODE, Class.HANGUL})
_ZERO = (0.0,) * STEPS


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
            width += sum(g.natural * s for g, s in zip(cells.gaps[1:], cells.scale[1:], strict=True))
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
        hyphenated = ladder.kind[fit.last] == HYPHEN
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
        elif fit.ragged and not ragged:
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
        ladder = Ladder()
        places = [0]
        at = cells.gaps[0].natural * cells.scale[0] / em if cells.spaces[0] else 0.0
        comfort, tight = list(_ZERO), list(_ZERO)
        comfort_now, tight_now = _ZERO, _ZERO
        words = letters = 0.0
        opened = count = 0
        stretch = (0.0, 0.0, 0)
        previous = Class.GONE
        _step(ladder, 0.0, 0.0, 0, 0.0, 0, 0.0, 0.0, (_ZERO, _ZERO, stretch), 0)
        ladder.start[0] = 0.0
        title = style.keep_spaces and ragged
        for p in range(len(cells)):
            gap = cells.gaps[p]
            rank = cells.rank[p]
            if p:
                scale = cells.scale[p] / em
                chosen = rank != NEVER or p in split
                if chosen:
                    penalty = cells.penalty[p] if rank != NEVER else _SPLIT_COST
                    if title and not cells.spaces[p]:
                        penalty += _TITLE_COST
                    kind = cells.break_kind[p]
                    hang = 0.0
                    if self._layout.hanging and cells.shapes[p - 1].text in _HANGING:
                        hang = cells.width[p - 1] / em
                    _step(
                        ladder,
                        at,
                        0.0,
                        rank if rank != NEVER else ANY,
                        penalty,
                        kind,
                        self._hyphen(cells, p - 1) / em if kind == HYPHEN else 0.0,
                        hang,
                        (comfort_now, tight_now, stretch),
                        count,
                    )
                    places.append(p)
                at += gap.natural * scale
                if gap.step:
                    comfort[gap.step - 1] += gap.comfort * scale
                    tight[gap.step - 1] += gap.tight * scale
                    comfort_now, tight_now = tuple(comfort), tuple(tight)
                words += gap.words * scale
                letters += gap.letters * scale
                opened += gap.open
                stretch = (words, letters, opened)
                if chosen:
                    ladder.start[-1] = at
                    ladder.shrink_start[-1] = comfort_now
                    ladder.tight_start[-1] = tight_now
                    ladder.stretch_start[-1] = stretch
            kind_now = cells.kind[p]
            if kind_now in _WORDS or (kind_now in _TOKENS and (previous not in _TOKENS or cells.spaces[p])):
                count += 1
            previous = kind_now
            at += cells.width[p] / em
        _step(ladder, at, at, 0, 0.0, 0, 0.0, 0.0, (comfort_now, tight_now, stretch), count)
        places.append(len(cells))
        return ladder, places

    def _hyphen(self, cells: Cells, p: int) -> float:
        style = cells.source.style(cells.offset[p])
        if style is None:
            return 0.0
        face = cells.shapes[p].face
        return face.advance(face.glyph_id("-")) * style.size


def _step(
    ladder: Ladder,
    end: float,
    start: float,
    rank: int,
    penalty: float,
    kind: int,
    hyphen: float,
    hang: float,
    sums: tuple[tuple[float, ...], tuple[float, ...], tuple[float, float, int]],
    count: int,
) -> None:
    ladder.end.append(end)
    ladder.start.append(start)
    ladder.rank.append(rank)
    ladder.penalty.append(penalty)
    ladder.kind.append(kind)
    ladder.hyphen.append(hyphen)
    ladder.hang.append(hang)
    for sequence in (ladder.shrink_end, ladder.shrink_start):
        sequence.append(sums[0])
    for sequence in (ladder.tight_end, ladder.tight_start):
        sequence.append(sums[1])
    ladder.stretch_end.append(sums[2])
    ladder.stretch_start.append(sums[2])
    ladder.words_end.append(count)
    ladder.words_start.append(count)


def _too_wide(cells: Cells, em: float, measure: float) -> set[int]:
    """Cells before which a piece that is wider than the measure may be split as the last resort."""
    out: set[int] = set()
    start = 0
    width = 0.0
    for p in range(len(cells) + 1):
        if p == len(cells) or (p and cells.rank[p] <= EMERGENCY):
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


_PIECES = (TextPiece, RubyPiece, BoxPiece)
