"""What stands above, below and beside the text of a line: emphasis dots and ruby (CLREQ 5.3.1, 5.5).

None of it changes the leading.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.typeset.cells import Cells
from convert.typeset.cjk import ELASTIC, Class
from convert.typeset.fit import Fit, gap_width
from convert.typeset.frame import Glyph, Item, Look, Rule, glyph_run
from convert.typeset.inline import RubyPiece, Style, TextPiece
from convert.typeset.ruby import RubyCell
from convert.typeset.shapes import Shape, Shaper
from convert.typeset.structure import InlineKind, InlineTag

__all__ = ["ASCENT", "DESCENT", "interlinear"]

ASCENT, DESCENT = 0.88, 0.12
"""The em box of Han about the baseline."""
MIDDLE = (ASCENT - DESCENT) / 2
DOT, DOT_GAP = 0.28, 0.1
"""Emphasis dot: the strip it stands in, and how far that is from the Han box (CLREQ 5.3.1)."""
SESAME, BULLET = "\ufe45", "•"
_DOTTED = frozenset({Class.ID, Class.ITER, Class.CJ, Class.HANGUL})
_TONES = "ˊˇˋˉ"
_NEUTRAL = "˙"
_ZHUYIN_STEP = 0.75
"""Zhuyin signs are so far apart, as a share of their size: three of them are nine tenths of the Han high."""


def interlinear(cells: Cells, fit: Fit, left: float, em: float, shaper: Shaper) -> list[Item]:
    """The marks of the line that *fit* has chosen, whose first cell begins at *left*."""
    pieces = cells.source.pieces
    first, end = fit.first, fit.last
    out: list[Item] = []
    x = left
    for p in range(first, end):
        if p > first:
            x += gap_width(cells.gaps[p], cells.scale[p], fit, em)
        piece = pieces[cells.piece[p]]
        if isinstance(piece, (TextPiece, RubyPiece)):
            if piece.style.dots and cells.kind[p] in _DOTTED:
                out += _dot(piece.style, x, cells.width[p], shaper)
            ruby = cells.ruby.get(p)
            if ruby is not None and ruby.column:
                out += _column(ruby, piece.style, x)
            elif ruby is not None:
                out += _above(
                    ruby, piece.style, x + _inward(ruby, p == first, p + ruby.count == end and not fit.final)
                )
        wide = fit.scale if cells.kind[p] in ELASTIC else 0.0
        x += cells.width[p] * (1.0 + wide)
    return out


def _dot(style: Style, x: float, width: float, shaper: Shaper) -> list[Item]:
    """A dot below the Han; in Japanese and Korean above it, a sesame dot where the face has one."""
    above = style.language[:2] in ("ja", "ko")
    char = SESAME if above and style.language.startswith("ja") else BULLET
    face = shaper.face_for(char, style.role, style.language) or shaper.face_for(
        BULLET, style.role, style.language
    )
    middle = -(ASCENT + DOT_GAP + DOT / 4) if above else DESCENT + DOT_GAP + DOT / 4
    if face is None:
        side = 0.16 * style.size
        top = middle * style.size - side / 2 - style.rise
        return [Rule(x + (width - side) / 2, top, side, side, style.colour)]
    gid = face.glyph_id(char) or face.glyph_id(BULLET)
    inked = face.ink(gid)
    height = inked[3] - inked[1] or 0.12
    wanted = 0.75 * DOT if char == SESAME else DOT / 2
    size = min(wanted / height, 1.5) * style.size
    y = middle * style.size + (inked[1] + inked[3]) / 2 * size - style.rise
    at = x + width / 2 - (inked[0] + inked[2]) / 2 * size
    glyph = Glyph(gid, 0.0, 0.0, "")
    return [glyph_run(Look(face, size, style.colour, style.language, synthetic=True), at, y, (glyph,))]


def _inward(ruby: RubyCell, starts: bool, ends: bool) -> float:
    """How far ruby moves so as not to stand out at the line's edge, where its base is flush."""
    return (ruby.inward[0] if starts else 0.0) - (ruby.inward[1] if ends else 0.0)


def _runs(
    shapes: Sequence[tuple[Shape, float, float]], ruby: RubyCell, style: Style, x: float, y: float
) -> list[Item]:
    """Ruby shapes with their places as runs, one for each face."""
    tag = style.tag and InlineTag(InlineKind.RUBY_TEXT, style.tag.ordinal, parent=style.tag.parent)
    out: list[Item] = []
    glyphs: list[Glyph] = []
    for at, (shape, dx, dy) in enumerate(shapes):
        text = shape.text
        for mark in shape.marks:
            glyphs.append(Glyph(mark.gid, dx + mark.x * ruby.size, dy - mark.y * ruby.size, text))
            text = ""
        if at + 1 == len(shapes) or shapes[at + 1][0].face is not shape.face:
            look = Look(shape.face, ruby.size, style.colour, style.language, synthetic=True, tag=tag)
            out.append(glyph_run(look, x, y, glyphs))
            glyphs = []
    return out


def _above(ruby: RubyCell, style: Style, x: float) -> list[Item]:
    """Pinyin or kana above the cells that begin at *x*."""
    placed = []
    at = ruby.x
    for shape in ruby.shapes:
        placed.append((shape, at, 0.0))
        at += shape.width * ruby.size + ruby.apart
    return _runs(placed, ruby, style, x, -(ASCENT + 0.1) * style.size - style.rise)


def _column(ruby: RubyCell, style: Style, x: float) -> list[Item]:
    """Zhuyin in a column: the symbols stacked in the middle of the Han's height, the tone at the upper right of
    the last, the neutral tone above the first (CLREQ 5.5.5)."""
    symbols = [shape for shape in ruby.shapes if shape.text not in _TONES + _NEUTRAL]
    step = _ZHUYIN_STEP * ruby.size
    middle = x + ruby.x + 0.17 * style.size
    top = -MIDDLE * style.size - step * len(symbols) / 2
    placed = [_inked(shape, ruby.size, middle, top + (n + 0.5) * step) for n, shape in enumerate(symbols)]
    for shape in ruby.shapes:
        if shape.text == _NEUTRAL:
            placed.insert(0, _inked(shape, ruby.size, middle, top - 0.15 * step))
        elif shape.text in _TONES:
            y = top + (len(symbols) - 1) * step
            placed.append(_inked(shape, ruby.size, middle + 0.57 * ruby.size, y + 0.1 * step))
    return _runs(placed, ruby, style, 0.0, -style.rise)


def _inked(shape: Shape, size: float, x: float, y: float) -> tuple[Shape, float, float]:
    """*shape* with the place that brings the middle of its ink to (x, y)."""
    if not shape.marks:
        return shape, x, y
    mark = shape.marks[0]
    left, bottom, right, top = shape.face.ink(mark.gid)
    return shape, x - (mark.x + (left + right) / 2) * size, y + (mark.y + (bottom + top) / 2) * size
