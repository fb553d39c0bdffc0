"""How the tests of the line engine ask it things.  Text is of our own wording."""

from __future__ import annotations

from dataclasses import replace

from convert.diagnostics import Findings, Place
from convert.font.catalogue import open_catalogue
from convert.theme import LayoutTheme, Role
from convert.typeset.cells import Cells
from convert.typeset.cjk import Class, classify, unit_classes
from convert.typeset.frame import GlyphRun
from convert.typeset.inline import Line, ParagraphStyle, Style, TextPiece
from convert.typeset.islands import find_breaks
from convert.typeset.opportunities import Breaks
from convert.typeset.paragraph import LineEngine
from convert.typeset.quotes import set_quotes

EM = 10.0
CATALOGUE = open_catalogue()


def classes(text: str, language: str = "zh-Hans") -> list[Class]:
    found = [classify(char, language) for char in text]
    unit_classes(text, found, language)
    set_quotes(text, found, [language] * len(text))
    return found


def breaks(text: str, level: str = "gb", language: str = "zh-Hans", keep_all: bool = False) -> Breaks:
    return find_breaks(text, classes(text, language), level=level, language=language, keep_all=keep_all)


def pieces(text: str, level: str = "gb", language: str = "zh-Hans", keep_all: bool = False) -> str:
    """*text* with a bar at every ordinary break."""
    allowed = set(breaks(text, level, language, keep_all).allowed())
    return "".join(("|" if i in allowed and i else "") + char for i, char in enumerate(text))


def style(size: float = EM, language: str = "zh-Hans", **more: object) -> Style:
    return replace(Style(Role.SERIF, size, language), **more)  # type: ignore[arg-type]


def paragraph(
    measure: float, indent: float = 0.0, language: str = "zh-Hans", **more: object
) -> ParagraphStyle:
    made = ParagraphStyle(measure * EM, EM, language, indent=indent * EM, place=Place("a.md", 7))
    return replace(made, **more)  # type: ignore[arg-type]


def engine(findings: Findings | None = None, **layout: object) -> LineEngine:
    kept = Findings() if findings is None else findings
    return LineEngine(CATALOGUE, LayoutTheme(**layout), kept)  # type: ignore[arg-type]


def lines(text: str, measure: float, indent: float = 0.0, **layout: object) -> tuple[Line, ...]:
    return engine(**layout).set([TextPiece(text, style())], paragraph(measure, indent))


def cells(text: str, language: str = "zh-Hans", **layout: object) -> Cells:
    wanted = paragraph(90, language=language)
    return engine(**layout)._cells([TextPiece(text, style(language=language))], wanted)


def said(made: Cells) -> list[str]:
    """What each cell says; plain Han share a shape that says nothing."""
    return [shape.text or made.source.text[i] for shape, i in zip(made.shapes, made.offset, strict=True)]


def width(text: str, language: str = "zh-Hans", **layout: object) -> float:
    """Natural width in em, edges trimmed."""
    made = engine(**layout)
    part = [TextPiece(text, style(language=language))]
    return round(made.natural_width(part, paragraph(90, language=language)) / EM, 3)


def gaps(text: str, language: str = "zh-Hans", **layout: object) -> dict[int, float]:
    """Natural gaps in em by index in the settled text, where they are autospace."""
    found = cells(text, language, **layout)
    return {found.offset[p]: gap.natural for p, gap in enumerate(found.gaps) if gap.step == 5}


def origins(line: Line) -> list[tuple[str, float]]:
    """Text and origin in em of every glyph that carries text, from left to right."""
    out = [
        (glyph.text, round((run.x + glyph.x) / EM, 3))
        for run in line.items
        if isinstance(run, GlyphRun) and not run.synthetic
        for glyph in run.glyphs
        if glyph.text
    ]
    return sorted(out, key=lambda item: item[1])
