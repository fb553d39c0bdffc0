"""The line engine: styled pieces in, finished lines out.

The stages are apart: classes (`cjk`, `quotes`), break opportunities (`breaks`, `hyphens`), widths and
adjustabilities (`shapes`, `adjust`, `cells`), the choice of line ends (`linebreak`), make-up (`line`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy

from convert.diagnostics import Code, Findings
from convert.records import dataclass, replace
from convert.theme import LayoutTheme, Role
from convert.typeset.adjust import spacing_style
from convert.typeset.cells import Cells, find_ends, lost_hyphens, make_cells, natural_width
from convert.typeset.cjk import Class
from convert.typeset.fit import EPS, OPEN_HARD, Fit, Ladder, lacking
from convert.typeset.frame import Glyph, GlyphRun, Look, glyph_run
from convert.typeset.inlays import Inlays
from convert.typeset.inline import (
    Align,
    BreakPiece,
    Line,
    ParagraphStyle,
    Piece,
    Style,
    TextPiece,
)
from convert.typeset.interlinear import ASCENT, DESCENT
from convert.typeset.ladder import make_ladder
from convert.typeset.line import LineMaker
from convert.typeset.linebreak import choose
from convert.typeset.opportunities import HYPHEN
from convert.typeset.ragged import choose_ragged
from convert.typeset.shapes import Faces, Shape, Shaper
from convert.typeset.source import read_pieces

__all__ = ["LineEngine"]

_SHOWN = 24
"""Characters of a line that a finding shows."""
_POOR = 200.0
"""Cost of a line that is worth a second look: a stretch of 0.03 em."""
_SEEN = 0.05
"""A right edge that is less than this many em short is taken for flush (reference layout.md, M4)."""


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
        self._islands: dict[tuple[str, float, bool, bool], Inlays] = {}

    def telling(self, findings: Findings) -> LineEngine:
        """The same engine, which tells *findings* what it notices, all anew."""
        other = copy(self)
        other._findings, other._reported = findings, set()
        return other

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

    def word(self, text: str, style: Style, measure: float, align: Align) -> GlyphRun | None:
        """*text*, a word of ASCII, on a line of its own, as `set` gives it; None where it needs more than one run.

        A page number on each of thousands of pages need not go through all that a paragraph does.
        """
        shapes = self._shaper.run(text, style.letters, style.language)
        glyphs: list[Glyph] = []
        x = 0.0
        for shape in shapes:
            if shape.missing or shape.face is not shapes[0].face or len(shape.marks) != 1:
                return None
            (mark,) = shape.marks
            glyphs.append(Glyph(mark.gid, x + mark.x * style.size, -mark.y * style.size, shape.text))
            x += shape.width * style.size
        if not glyphs or x > measure:
            return None
        free = {Align.RIGHT: 1.0, Align.CENTRE: 0.5}.get(align, 0.0)
        left, face = (measure - x) * free, shapes[0].face
        return glyph_run(Look(face, style.size, style.colour, style.language), left, -style.rise, glyphs)

    def exchanged(self, run: GlyphRun, text: str, role: Role, *, word: bool) -> int | None:
        """The glyph that *run*, one character in *role* by itself, has when it says *text* instead.

        *word* tells that it is no Han.  None where the two are not set alike: its line might then come out otherwise.
        """
        styled = self._shaper.styled(role, run.language)
        shapes: list[Shape] = []
        for said in (str(run.texts), text):
            shapes += styled.run(said).shapes if word else (styled.cell(said, Class.ID),)
        if len(shapes) != 2 or any(len(shape.marks) != 1 or shape.missing for shape in shapes):
            return None
        (was, now), width = [shape.marks[0] for shape in shapes], shapes[0].width
        alike = (was.gid, was.x, was.y, width) == (run.ids[0], now.x, now.y, shapes[1].width)
        return now.gid if alike and all(shape.face is run.face for shape in shapes) else None

    def natural_width(self, pieces: Sequence[Piece], style: ParagraphStyle) -> float:
        """Width in points of the widest line when only forced breaks end lines."""
        widths = [natural_width(self._measured(part, style), lead=True) for part in _parts(pieces)]
        return max(widths, default=0.0) + style.indent

    def _measured(
        self, pieces: Sequence[Piece], style: ParagraphStyle, apart: frozenset[int] = frozenset()
    ) -> Cells:
        source = read_pieces(pieces, style.language, self._layout, style.keep_spaces)
        if not apart and source.text and (cells := self._inlays(style).cells(source)) is not None:
            return cells
        return make_cells(source, self._shaper, self._layout, style.language, style.em, apart)

    def _cells(self, pieces: Sequence[Piece], style: ParagraphStyle) -> Cells:
        """The cells with all that is to be known of them."""
        cells = self._measured(pieces, style)
        self._find_ends(cells, style)
        return cells

    def _inlays(self, style: ParagraphStyle) -> Inlays:
        """The islands of such paragraphs."""
        keep_all, hyphenate = self._divides(style)
        key = style.language, style.em, keep_all, hyphenate
        found = self._islands.get(key)
        if found is None:
            found = self._islands[key] = Inlays(self._shaper, self._layout, *key)
        return found

    def _divides(self, style: ParagraphStyle) -> tuple[bool, bool]:
        """Whether words of Hangul stay whole, and whether words are hyphenated."""
        ragged = self._ragged(style)
        return style.language.startswith("ko") and ragged, self._layout.hyphenate and not ragged

    def _find_ends(self, cells: Cells, style: ParagraphStyle) -> None:
        if not cells.rank:  # what was made island by island knows its ends
            find_ends(cells, self._layout, style.language, *self._divides(style))

    def _ragged(self, style: ParagraphStyle) -> bool:
        return style.align is not Align.JUSTIFY or not self._layout.justify

    def _part(self, pieces: Sequence[Piece], style: ParagraphStyle, looseness: int) -> tuple[Line, ...]:
        cells = self._measured(pieces, style)
        if not len(cells):
            return ()
        self._report_missing(cells, style)
        em, ragged = style.em, self._ragged(style)
        lengths = _Lines((style.measure - style.indent) / em, (style.measure - style.hang) / em)
        lengths = _Lines(max(lengths.first, 0.5), max(lengths.rest, 0.5))
        if not looseness and _on_one_line(cells, lengths.first * em, ragged):
            fit = Fit(0, len(cells), ragged=ragged, final=True)
            return (self._line(LineMaker(cells, em, self._shaper), None, fit, style),)
        ladder, fits = self._choice(cells, style, lengths, looseness)
        if not ragged and self._layout.hyphenate and _worst(fits) > _POOR:
            apart = lost_hyphens(cells, self._layout, style.language)
            if apart:
                other = self._measured(pieces, style, apart)
                new, better = self._choice(other, style, lengths, looseness)
                if _worst(better) < _worst(fits) and (not looseness or len(better) == len(fits)):
                    cells, ladder, fits = other, new, better
        maker = LineMaker(cells, em, self._shaper)
        return tuple([self._line(maker, ladder, fit, style) for fit in fits])

    def _choice(
        self, cells: Cells, style: ParagraphStyle, lengths: _Lines, looseness: int
    ) -> tuple[Ladder, tuple[Fit, ...]]:
        """The lines chosen for a paragraph."""
        ragged = self._ragged(style)
        self._find_ends(cells, style)
        ladder = make_ladder(
            cells,
            self._layout,
            style.em,
            min(lengths.first, lengths.rest),
            language=style.language,
            ragged=ragged,
            keep_spaces=style.keep_spaces,
        )
        if ragged:
            return ladder, choose_ragged(ladder, lengths.first, lengths.rest, style.align is Align.CENTRE)
        return ladder, choose(ladder, lengths.first, lengths.rest, looseness)

    def _line(self, maker: LineMaker, ladder: Ladder | None, fit: Fit, style: ParagraphStyle) -> Line:
        """A line of a paragraph; of one that fits on a single line there is no ladder."""
        indent = style.indent if fit.first == 0 else style.hang
        hyphenated = ladder is not None and ladder.kinds[fit.last] == HYPHEN
        line = maker.line(fit, indent, hyphenated)
        room = style.measure - (line.width - fit.hang * style.em)
        if style.align in (Align.CENTRE, Align.RIGHT):
            left = room / 2 if style.align is Align.CENTRE else room
            line = maker.line(fit, indent + max(left, 0.0), hyphenated)
        self._report(ladder, fit, line, style, room)
        ends = 0.0 if fit.final or ladder is None else ladder.penalties[fit.last]
        return replace(line, end_penalty=ends) if ends else line

    def _report(
        self, ladder: Ladder | None, fit: Fit, line: Line, style: ParagraphStyle, room: float
    ) -> None:
        if room >= -0.01 * style.em and (not fit.ragged or ladder is None or self._ragged(style)):
            return
        start = line.text[:_SHOWN]
        place = self._findings.exact(style.place, start)
        if room < -0.01 * style.em:
            over = -room / style.em
            self._findings.warn(
                Code.LINE_OVERFULL,
                place,
                f"a line is {over:.2f} em wider than the measure: {start}",
                "break the long piece, or widen page.measure",
            )
        elif ladder is not None and fit.ragged and room > _SEEN * style.em:
            indent = style.indent if fit.first == 0 else style.hang
            each = lacking(ladder, fit, (style.measure - indent) / style.em)
            why = (
                f"each gap would have to open by {each:.2f} em, and {OPEN_HARD:g} is the most"
                if each < float("inf")
                else "it has no gap that may open"
            )
            self._findings.warn(
                Code.LINE_RAGGED,
                place,
                f"a line stays {room / style.em:.2f} em short and can end nowhere better; {why}: {start}",
                "reword the line, or allow layout.hyphenate",
            )

    def _report_missing(self, cells: Cells, style: ParagraphStyle) -> None:
        for shape in (cells.shapes[p] for p in cells.missing):
            if shape.text not in self._reported:
                self._reported.add(shape.text)
                codes = " ".join(f"U+{ord(c):04X}" for c in shape.text)
                self._findings.warn(
                    Code.GLYPH_MISSING,
                    self._findings.exact(style.place, shape.text),
                    f"no font has {codes} ({shape.text})",
                    "put a font that has it into fonts/",
                )


def _on_one_line(cells: Cells, room: float, ragged: bool) -> bool:
    """All stands in *room* points as it is, and so nothing is to be chosen: the commonest case in tables and lists."""
    if sum(cells.width) > room + EPS:
        return False
    end = cells.unkern.get(len(cells), 0.0) if ragged else 0.0
    return natural_width(cells) + max(end, 0.0) <= room + EPS


def _worst(fits: Sequence[Fit]) -> float:
    """What the dearest line costs."""
    return max([fit.cost for fit in fits], default=0.0)


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
                part = [replace(piece, text=text, anchors=())]
        else:
            part.append(piece)
    if part:
        yield part


def _empty(style: ParagraphStyle) -> Line:
    """A line with nothing in it, between two forced line ends."""
    return Line((), 0.0, ASCENT * style.em, DESCENT * style.em, "")
