"""Line make-up: from the chosen ends to glyphs with their places.

x counts from the left edge of the measure, y from the baseline, downward.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from convert.font.face import Face
from convert.records import dataclass
from convert.typeset.cells import Cells
from convert.typeset.cjk import ELASTIC
from convert.typeset.fit import Fit, gap_width
from convert.typeset.frame import Anchor, Glyph, GlyphRun, Item, LinkArea, Look, Rule, glyph_run, shift
from convert.typeset.inline import BoxPiece, Line, RubyPiece, Style, TextPiece
from convert.typeset.interlinear import ASCENT, DESCENT, interlinear
from convert.typeset.pen import Pen
from convert.typeset.run import STILL, Move
from convert.typeset.shapes import Shape, Shaper
from convert.typeset.structure import InlineKind

__all__ = ["LineMaker"]

UNDERLINE, STRIKE, THICKNESS = 0.14, 0.36, 0.05


@dataclass(slots=True)
class _Span:
    """Where one piece begins and ends in the line."""

    piece: int
    left: float
    right: float


class LineMaker:
    """Makes the lines of one paragraph, whose `em` is its body size."""

    def __init__(self, cells: Cells, em: float, shaper: Shaper) -> None:
        self._cells = cells
        self._em = em
        self._shaper = shaper
        self._looks: dict[tuple[int, Face, float], Look] = {}

    def line(self, fit: Fit, left: float, hyphenated: bool) -> Line:
        """The line that *fit* has chosen, its text beginning at *left*."""
        cells = self._cells
        first, end = fit.first, fit.last
        style = self._bare_style(first)
        if style is not None and not hyphenated and self._is_smooth(first, end):
            return self._smooth_line(fit, left, style)
        pen = Pen()
        spans: list[_Span] = []
        items: list[Item] = []
        text: list[str] = []
        x = left
        if first == 0 and cells.spaces[0]:
            x = self._lead(pen, x, text)
        begin = x = x - cells.indrawn.get(first, 0.0)
        self._walk(fit, x, pen, spans, items, text)
        x = spans[-1].right + cells.unkern.get(end, 0.0)
        if end < len(cells) and cells.spaces[end]:
            # The space at a line end stands outside: readers and copying find the words apart.
            self._space(end, pen, x)
        if hyphenated:
            x = self._hyphen(end - 1, pen, x)
        pen.flush()
        if cells.dotted or cells.ruby:
            items += interlinear(cells, fit, begin, self._em, self._shaper)
        if len(spans) == 1 and not items and style is not None:
            return _line(pen.runs, style, x, "".join(text), fit, hyphenated)
        return _finish(cells, spans, items, pen.runs, x, "".join(text), fit, first, hyphenated)

    def _walk(
        self, fit: Fit, x: float, pen: Pen, spans: list[_Span], items: list[Item], text: list[str]
    ) -> None:
        """Paint the cells of a line that begin at *x*."""
        cells = self._cells
        first, end = fit.first, fit.last
        pieces, spaces = cells.source.pieces, cells.spaces
        p = first
        for number, stop in self._steps(first, end, fit.scale != 0.0):
            if p > first:
                if spaces[p]:
                    self._space(p, pen, x)
                    text.append(spaces[p])
                x += gap_width(cells.gaps[p], cells.scale[p], fit, self._em)
            start = x
            piece = pieces[number]
            if stop is not None:
                assert isinstance(piece, TextPiece)
                text.append(cells.source.text[cells.offset[p] : cells.offset[stop - 1] + 1])
                x = self._stretch(p, stop, piece.style, pen, x, fit, text[-1])
                p = stop
            else:
                shape, scale = cells.shapes[p], _scale(cells, p, fit)
                if isinstance(piece, BoxPiece):
                    # In its place among the text: whoever hears the line hears it there.
                    pen.flush()
                    pen.runs.extend(shift(item, x, 0.0) for item in piece.items)
                elif isinstance(piece, (TextPiece, RubyPiece)):
                    self._cell(p, piece.style, pen, x, items, scale)
                text.append(shape.text)
                x += cells.width[p] * scale
                p += 1
            if spans and spans[-1].piece == number:
                spans[-1].right = x
            else:
                spans.append(_Span(number, start, x))

    def _steps(self, first: int, end: int, scaled: bool) -> list[tuple[int, int | None]]:
        """The pieces that cells *first* to *end* belong to, one by one, but a smooth stretch at once, with its end, and
        a word too unless its letters are *scaled*."""
        cells = self._cells
        piece = cells.piece
        stretches = _within(cells.smooth, first, end)
        if not scaled and (words := _within(cells.words, first, end)):
            stretches = sorted(stretches + words)
        out: list[tuple[int, int | None]] = []
        p = first
        for start, stop in stretches:
            out += [(number, None) for number in piece[p:start]]
            p, stop = max(p, start), min(stop, end)
            if p < stop:
                out.append((piece[p], stop))
                p = stop
        out += [(number, None) for number in piece[p:end]]
        return out

    def _look(self, p: int, face: Face, style: Style, scale: float = 1.0) -> Look:
        """The look of glyphs of *face* in the piece of cell *p*, whose style is *style*."""
        key = (self._cells.piece[p], face, scale)
        look = self._looks.get(key)
        if look is None:
            look = Look(face, style.size, style.colour, style.language, False, style.tag, scale)
            self._looks[key] = look
        return look

    def _bare_style(self, first: int) -> Style | None:
        """The style of the piece of cell *first* where a line in it shows its text and nothing besides."""
        cells = self._cells
        number = cells.piece[first]
        piece = cells.source.pieces[number]
        if not isinstance(piece, TextPiece):
            return None
        style = piece.style
        if style.underline or style.strike or style.highlight or style.link is not None:
            return None
        begins = (piece.anchors or piece.note) and (first == 0 or cells.piece[first - 1] != number)
        return None if begins else style

    def _is_smooth(self, first: int, end: int) -> bool:
        """Whether cells *first* to *end* are one stretch of plain Han and marks and nothing else."""
        cells = self._cells
        at = bisect_right(cells.smooth, (first, len(cells.kind))) - 1
        if at < 0 or end > cells.smooth[at][1] or cells.dotted or cells.ruby or end in cells.unkern:
            return False
        return not ((first == 0 and cells.spaces[0]) or (end < len(cells.spaces) and cells.spaces[end]))

    def _smooth_line(self, fit: Fit, left: float, style: Style) -> Line:
        """A line that is one stretch of plain Han and marks, made at once."""
        cells, first, end = self._cells, fit.first, fit.last
        shape = cells.shapes[first]
        moves, width = self._moves(first, end, style.size, fit)
        text = cells.source.text[cells.offset[first] : cells.offset[end - 1] + 1]
        look = self._look(first, shape.face, style)
        x = left + shape.dx * style.size
        run = GlyphRun(look, x, -style.rise, cells.glyphs[first:end], text, moves)
        return _line((run,), style, left + width, text, fit, False)

    def _moves(self, p: int, stop: int, size: float, fit: Fit) -> tuple[list[Move], float]:
        """The moves of the glyphs of the smooth cells from *p* to *stop*, and how wide these are set."""
        cells, em = self._cells, self._em
        odd, gaps, shapes = cells.odd, cells.gaps, cells.shapes
        others: Sequence[int] = odd[bisect_right(odd, p) : bisect_left(odd, stop)]
        if fit.shrink:
            widths = [gap_width(gaps[q], size, fit, em) for q in others]
        elif fit.ragged or not (fit.open or fit.words or fit.letters or fit.wide):
            widths = [gaps[q].natural * size for q in others]
        else:
            others = range(p + 1, stop) if fit.open else others
            widths = [gap_width(gaps[q], size, fit, em) for q in others]
        moves: list[Move] = []
        for q, width in zip(others, widths, strict=True):
            by = (shapes[q - 1].rest + shapes[q].dx) * size + width
            if not -STILL < by < STILL:
                moves.append((q - p, by))
        return moves, sum(cells.width[p:stop]) + sum(widths)

    def _stretch(self, p: int, stop: int, style: Style, pen: Pen, x: float, fit: Fit, text: str) -> float:
        """Paint the Han and marks, or the word, from cell *p* to *stop*; gives where they end."""
        cells = self._cells
        first, last = cells.shapes[p], cells.shapes[stop - 1]
        pen.start(self._look(p, first.face, style), -style.rise)
        if cells.kind[p] in ELASTIC:
            # Between letters nothing is moved but what kerning does.
            kerned = cells.unkern
            moves = [(q - p, -kerned[q]) for q in range(p + 1, stop) if q in kerned] if kerned else []
            width = sum(cells.width[p:stop])
            advance = width - cells.width[stop - 1] + first.face.advance(cells.glyphs[stop - 1]) * style.size
            pen.extend(cells.glyphs[p:stop], x, moves, text, advance)
            return x + width
        moves, width = self._moves(p, stop, style.size, fit)
        begin, advance = first.dx * style.size, width - last.rest * style.size
        pen.extend(cells.glyphs[p:stop], x + begin, moves, text, advance - begin)
        return x + width

    def _cell(self, p: int, style: Style, pen: Pen, x: float, items: list[Item], scale: float) -> None:
        """Paint cell *p*, which begins at *x*."""
        cells, size = self._cells, style.size
        shape = cells.shapes[p]
        face = shape.face
        pen.start(self._look(p, face, style, scale), -style.rise)
        inner = x + cells.inset.get(p, 0.0)
        if shape.missing or not shape.marks:
            _missing(shape, style, cells.width[p], pen, inner, x, items)
            return
        for mark, text in zip(shape.marks, _texts(shape), strict=True):
            advance = face.advance(mark.gid) * size * scale
            pen.add(mark.gid, inner + mark.x * size * scale, -mark.y * size, text, advance)

    def _lead(self, pen: Pen, x: float, text: list[str]) -> float:
        """Spaces at the beginning of verbatim text stay."""
        cells = self._cells
        self._space(0, pen, x)
        text.append(cells.spaces[0])
        return x + cells.gaps[0].natural * cells.scale[0]

    def _space(self, p: int, pen: Pen, x: float) -> None:
        """The spaces typed before cell *p* as one glyph in its gap, so that copying gives words apart."""
        cells = self._cells
        q = p - 1 if p else 0
        style = cells.source.style(cells.offset[q])
        if style is None:
            q = p
            style = cells.source.style(cells.offset[p])
        if style is None:
            return
        face = cells.shapes[q].face
        gid = face.glyph_id(" ")
        if not gid:
            face = self._shaper.base(style.role, style.language)
            gid = face.glyph_id(" ")
        pen.start(self._look(q, face, style), -style.rise)
        said = cells.spaces[p].replace("\t", " ").replace("\n", " ")
        pen.add(gid, x, 0.0, said, face.advance(gid) * style.size)

    def _hyphen(self, p: int, pen: Pen, x: float) -> float:
        """The hyphen of a divided word, whose last cell is *p*; it is not the source's."""
        style = self._cells.source.style(self._cells.offset[p])
        if style is None:
            return x
        pen.flush()
        face = self._cells.shapes[p].face
        gid = face.glyph_id("-")
        look = Look(face, style.size, style.colour, style.language, True, style.tag)
        pen.runs.append(glyph_run(look, x, -style.rise, (Glyph(gid, 0.0, 0.0, "-"),)))
        return x + face.advance(gid) * style.size


def _within(stretches: list[tuple[int, int]], first: int, end: int) -> list[tuple[int, int]]:
    """Those of *stretches* that have cells from *first* to *end*."""
    return stretches[max(bisect_right(stretches, (first, end)) - 1, 0) : bisect_left(stretches, (end, 0))]


def _line(runs: Sequence[Item], style: Style, width: float, text: str, fit: Fit, hyphenated: bool) -> Line:
    """A line all in one style that shows its text and nothing besides."""
    size, rise = style.size, style.rise
    ascent, descent = max(ASCENT * size + rise, 0.0), max(DESCENT * size - rise, 0.0)
    return Line(tuple(runs), width, ascent, descent, text, (), hyphenated, fit)


def _scale(cells: Cells, p: int, fit: Fit) -> float:
    """How many times as wide as drawn cell *p* is set."""
    return 1.0 + fit.scale if fit.scale and cells.kind[p] in ELASTIC else 1.0


def _texts(shape: Shape) -> Sequence[str]:
    """What each glyph of a cell says: its own character, or the first all where glyphs and characters differ."""
    if len(shape.marks) == len(shape.text):
        return shape.text
    return [shape.text, *[""] * (len(shape.marks) - 1)]


def _missing(
    shape: Shape, style: Style, width: float, pen: Pen, inner: float, x: float, items: list[Item]
) -> None:
    """A blank that carries the text, and a frame round it where no font has the character."""
    gid = shape.face.glyph_id(" ")
    pen.add(gid, inner, 0.0, shape.text, shape.face.advance(gid) * style.size)
    if not shape.missing:
        return
    thick = 0.05 * style.size
    top, bottom = -style.rise - 0.8 * style.size, -style.rise + 0.08 * style.size
    left, right = x + thick, x + width - thick
    items.append(Rule(left, top, right - left, thick, style.colour))
    items.append(Rule(left, bottom - thick, right - left, thick, style.colour))
    items.append(Rule(left, top, thick, bottom - top, style.colour))
    items.append(Rule(right - thick, top, thick, bottom - top, style.colour))


def _finish(
    cells: Cells,
    spans: Sequence[_Span],
    items: list[Item],
    runs: list[Item],
    width: float,
    text: str,
    fit: Fit,
    first: int,
    hyphenated: bool,
) -> Line:
    pieces = cells.source.pieces
    grounds: list[Item] = []
    rules: list[Item] = []
    anchors: list[Item] = []
    notes: list[str] = []
    ascent = descent = 0.0
    for span in spans:
        piece = pieces[span.piece]
        if isinstance(piece, BoxPiece):
            ascent, descent = max(ascent, piece.ascent), max(descent, piece.descent)
            continue
        if not isinstance(piece, (TextPiece, RubyPiece)):
            continue
        style = piece.style
        ascent = max(ascent, ASCENT * style.size + style.rise)
        descent = max(descent, DESCENT * style.size - style.rise)
        rules += _rules(style, span)
        if style.highlight:
            top = -style.rise - ASCENT * style.size
            grounds.append(Rule(span.left, top, span.right - span.left, style.size, style.highlight))
        if span is not spans[0] or cells.piece[first - 1 : first] != [span.piece]:
            if isinstance(piece, TextPiece) and piece.note:
                notes.append(piece.note)
            top = -ASCENT * style.size - style.rise
            anchors += [Anchor(name, span.left, top) for name in piece.anchors]
    links = _links(cells, spans)
    return Line(
        items=(*grounds, *anchors, *runs, *items, *rules, *links),
        width=width,
        ascent=ascent,
        descent=descent,
        text=text,
        notes=tuple(notes),
        hyphenated=hyphenated,
        fit=fit,
    )


def _rules(style: Style, span: _Span) -> list[Item]:
    """Underline and strike: below and through the Han box, from ink to ink."""
    out: list[Item] = []
    thick = THICKNESS * style.size
    if style.underline:
        out.append(
            Rule(span.left, UNDERLINE * style.size - style.rise, span.right - span.left, thick, style.colour)
        )
    if style.strike:
        out.append(
            Rule(span.left, -STRIKE * style.size - style.rise, span.right - span.left, thick, style.colour)
        )
    return out


def _links(cells: Cells, spans: Sequence[_Span]) -> list[Item]:
    """One area for each stretch that leads to the same place."""
    areas: list[LinkArea] = []
    for span in spans:
        piece = cells.source.pieces[span.piece]
        style = piece.style if isinstance(piece, (TextPiece, RubyPiece)) else None
        if style is None or style.link is None:
            continue
        tag = style.tag and style.tag.around(InlineKind.LINK)
        left, size = span.left, style.size
        if areas and areas[-1].target == style.link and areas[-1].tag == tag:
            before = areas[-1]
            if left - before.x - before.width < size:
                left, size = before.x, max(before.height, size)
                areas.pop()
        areas.append(LinkArea(left, -ASCENT * size, span.right - left, size, style.link, tag))
    return list(areas)
