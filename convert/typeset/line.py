"""Line make-up: from the chosen ends to glyphs with their places.

x counts from the left edge of the measure, y from the baseline, downward.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from convert.records import dataclass
from convert.typeset.cells import Cells
from convert.typeset.cjk import ELASTIC
from convert.typeset.fit import Fit, gap_width
from convert.typeset.frame import Anchor, Glyph, GlyphRun, Item, LinkArea, Rule, glyph_run, shift
from convert.typeset.inline import BoxPiece, Line, RubyPiece, Style, TextPiece
from convert.typeset.interlinear import ASCENT, DESCENT, interlinear
from convert.typeset.pen import Pen
from convert.typeset.shapes import Shape, Shaper
from convert.typeset.structure import InlineKind

__all__ = ["make_line"]

UNDERLINE, STRIKE, THICKNESS = 0.14, 0.36, 0.05


@dataclass(slots=True)
class _Span:
    """Where one piece begins and ends in the line."""

    piece: int
    left: float
    right: float


def make_line(cells: Cells, fit: Fit, left: float, em: float, shaper: Shaper, hyphenated: bool) -> Line:
    """The line that *fit* has chosen, its text beginning at *left*."""
    first, end = fit.first, fit.last
    if not hyphenated and (style := _plain_style(cells, first, end)) is not None:
        return _plain_line(cells, fit, left, em, style)
    pen = Pen()
    spans: list[_Span] = []
    items: list[Item] = []
    text: list[str] = []
    x = left
    if first == 0 and cells.spaces[0]:
        x = _lead(cells, pen, x, shaper, text)
    begin = x = x - cells.indrawn.get(first, 0.0)
    p = first
    for number, stop in _steps(cells, first, end, fit.scale != 0.0):
        if p > first:
            width = gap_width(cells.gaps[p], cells.scale[p], fit, em)
            if cells.spaces[p]:
                _paint_space(cells, p, pen, x, width, shaper)
                text.append(cells.spaces[p])
            x += width
        piece = cells.source.pieces[number]
        start = x
        if stop is None:
            shape = cells.shapes[p]
            if isinstance(piece, BoxPiece):
                # In its place among the text: whoever hears the line hears it there.
                pen.flush()
                pen.runs.extend(shift(item, x, 0.0) for item in piece.items)
            elif isinstance(piece, (TextPiece, RubyPiece)):
                _paint(cells, p, shape, piece.style, pen, x, items, _scale(cells, p, fit))
            text.append(shape.text)
            x += cells.width[p] * _scale(cells, p, fit)
            p += 1
        else:
            assert isinstance(piece, TextPiece)
            text.append(cells.source.text[cells.offset[p] : cells.offset[stop - 1] + 1])
            x = _paint_stretch(cells, p, stop, piece.style, pen, x, fit, em, text[-1])
            p = stop
        if spans and spans[-1].piece == number:
            spans[-1].right = x
        else:
            spans.append(_Span(number, start, x))
    x += cells.unkern.get(end, 0.0)
    if end < len(cells) and cells.spaces[end]:
        # The space at a line end stands outside: readers and copying find the words apart.
        _paint_space(cells, end, pen, x, cells.gaps[end].natural * cells.scale[end], shaper)
    if hyphenated:
        x = _hyphen(cells, end - 1, pen, x, shaper)
    pen.flush()
    if cells.dotted or cells.ruby:
        items += interlinear(cells, fit, begin, em, shaper)
    if len(spans) == 1 and not items and (style := _bare_style(cells, first)) is not None:
        return _line(pen.runs, style, x, "".join(text), fit, hyphenated)
    return _finish(cells, spans, items, pen.runs, x, "".join(text), fit, first, hyphenated)


def _steps(cells: Cells, first: int, end: int, scaled: bool) -> list[tuple[int, int | None]]:
    """The pieces that cells *first* to *end* belong to, one by one, but a smooth stretch at once, with its end, and a
    word too unless its letters are *scaled*."""
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


def _within(stretches: list[tuple[int, int]], first: int, end: int) -> list[tuple[int, int]]:
    """Those of *stretches* that have cells from *first* to *end*."""
    return stretches[max(bisect_right(stretches, (first, end)) - 1, 0) : bisect_left(stretches, (end, 0))]


def _lead(cells: Cells, pen: Pen, x: float, shaper: Shaper, text: list[str]) -> float:
    """Spaces at the beginning of verbatim text stay."""
    width = cells.gaps[0].natural * cells.scale[0]
    _paint_space(cells, 0, pen, x, width, shaper)
    text.append(cells.spaces[0])
    return x + width


def _paint_stretch(
    cells: Cells, p: int, stop: int, style: Style, pen: Pen, x: float, fit: Fit, em: float, text: str
) -> float:
    """Paint the Han and marks, or the word, from cell *p* to *stop*; gives where they end."""
    left = pen.start(cells.shapes[p].face, style, x)
    if cells.kind[p] in ELASTIC:
        xs = array("d", list(accumulate(cells.width[p : stop - 1], initial=x - left)))
        end = xs[-1] + cells.width[stop - 1]
    else:
        xs, end = _places(cells, p, stop, style.size, fit, em, x - left)
    pen.extend(cells.glyphs[p:stop], xs, text)
    return left + end


def _places(
    cells: Cells, p: int, stop: int, size: float, fit: Fit, em: float, x: float
) -> tuple[array[float], float]:
    """Where the glyphs of the smooth cells from *p* to *stop* stand when they begin at *x*, and where they end."""
    odd, shapes = cells.odd, cells.shapes
    opened = 0.0 if fit.ragged or fit.shrink else fit.open * em
    steps = [size + opened] * (stop - p - 1)
    others = odd[bisect_right(odd, p) : bisect_left(odd, stop)]
    widths, gaps, scale = cells.width, cells.gaps, cells.scale
    for q in others:
        steps[q - p - 1] = widths[q - 1] + gap_width(gaps[q], scale[q], fit, em)
    xs = array("d", list(accumulate(steps, initial=x)))
    end = xs[-1] + widths[stop - 1]
    for q in (p, *others):
        if dx := shapes[q].dx:
            xs[q - p] += dx * size
    return xs, end


def _plain_style(cells: Cells, first: int, end: int) -> Style | None:
    """The style of a line that is one stretch of plain Han and marks and nothing else; None for any other."""
    at = bisect_right(cells.smooth, (first, len(cells.kind))) - 1
    if at < 0 or end > cells.smooth[at][1] or cells.dotted or cells.ruby:
        return None
    spaced = (first == 0 and cells.spaces[0]) or (end < len(cells) and cells.spaces[end])
    if spaced or end in cells.unkern:
        return None
    return _bare_style(cells, first)


def _bare_style(cells: Cells, first: int) -> Style | None:
    """The style of the piece of cell *first* where a line in it shows its text and nothing besides."""
    piece = cells.source.pieces[cells.piece[first]]
    if not isinstance(piece, TextPiece):
        return None
    style = piece.style
    if style.underline or style.strike or style.highlight or style.link is not None:
        return None
    begins = (piece.anchors or piece.note) and cells.piece[first - 1 : first] != cells.piece[
        first : first + 1
    ]
    return None if begins else style


def _plain_line(cells: Cells, fit: Fit, left: float, em: float, style: Style) -> Line:
    """What `make_line` makes of a line that is one stretch of plain Han and marks, made at once."""
    first, end, size = fit.first, fit.last, style.size
    xs, width = _places(cells, first, end, size, fit, em, 0.0)
    text = cells.source.text[cells.offset[first] : cells.offset[end - 1] + 1]
    run = GlyphRun(
        cells.shapes[first].face,
        size,
        left,
        -style.rise,
        cells.glyphs[first:end],
        xs,
        text,
        (),
        style.colour,
        style.language,
        False,
        style.tag,
    )
    return _line((run,), style, left + width, text, fit, False)


def _line(runs: Sequence[Item], style: Style, width: float, text: str, fit: Fit, hyphenated: bool) -> Line:
    """A line all in one style that shows its text and nothing besides."""
    size, rise = style.size, style.rise
    return Line(
        tuple(runs),
        width,
        max(ASCENT * size + rise, 0.0),
        max(DESCENT * size - rise, 0.0),
        text,
        (),
        hyphenated,
        fit.final,
        fit.open if not fit.shrink else -sum(fit.shrink),
        fit.cost,
        fit,
    )


def _scale(cells: Cells, p: int, fit: Fit) -> float:
    """How many times as wide as drawn cell *p* is set."""
    return 1.0 + fit.scale if fit.scale and cells.kind[p] in ELASTIC else 1.0


def _paint(
    cells: Cells,
    p: int,
    shape: Shape,
    style: Style,
    pen: Pen,
    x: float,
    items: list[Item],
    scale: float,
) -> None:
    size = style.size
    left = pen.start(shape.face, style, x, scale)
    inner = x - left + cells.inset.get(p, 0.0)
    if shape.missing or not shape.marks:
        _missing(shape, style, cells.width[p], pen, inner, x, items)
        return
    texts = _texts(shape)
    for mark, text in zip(shape.marks, texts, strict=True):
        pen.add(mark.gid, inner + mark.x * size * scale, -mark.y * size, text)


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
    pen.add(gid, inner, 0.0, shape.text)
    if not shape.missing:
        return
    thick = 0.05 * style.size
    top, bottom = -style.rise - 0.8 * style.size, -style.rise + 0.08 * style.size
    left, right = x + thick, x + width - thick
    items.append(Rule(left, top, right - left, thick, style.colour))
    items.append(Rule(left, bottom - thick, right - left, thick, style.colour))
    items.append(Rule(left, top, thick, bottom - top, style.colour))
    items.append(Rule(right - thick, top, thick, bottom - top, style.colour))


def _paint_space(cells: Cells, p: int, pen: Pen, x: float, width: float, shaper: Shaper) -> None:
    """Typed spaces as one glyph of the gap's width, so that copying gives words apart."""
    style = cells.source.style(cells.offset[p - 1] if p else cells.offset[0])
    shape = cells.shapes[p - 1] if p else cells.shapes[0]
    if style is None:
        style = cells.source.style(cells.offset[p])
        shape = cells.shapes[p]
    if style is None:
        return
    face = shape.face
    gid = face.glyph_id(" ")
    if not gid:
        face = shaper.base(style.role, style.language)
        gid = face.glyph_id(" ")
    left = pen.start(face, style, x)
    pen.add(gid, x - left, 0.0, cells.spaces[p].replace("\t", " ").replace("\n", " "))


def _hyphen(cells: Cells, p: int, pen: Pen, x: float, shaper: Shaper) -> float:
    """The hyphen of a divided word; it is not the source's."""
    style = cells.source.style(cells.offset[p])
    if style is None:
        return x
    pen.flush()
    face = cells.shapes[p].face
    gid = face.glyph_id("-")
    width = face.advance(gid) * style.size
    glyph = Glyph(gid, 0.0, 0.0, "-")
    run = glyph_run(
        face,
        style.size,
        x,
        -style.rise,
        (glyph,),
        style.colour,
        style.language,
        synthetic=True,
        tag=style.tag,
    )
    pen.runs.append(run)
    return x + width


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
        last=fit.final,
        stretch=fit.open if not fit.shrink else -sum(fit.shrink),
        penalty=fit.cost,
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
