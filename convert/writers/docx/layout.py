"""The Word page: size, margins, grid and sections (ECMA-376 part 1, 17.6)."""

from __future__ import annotations

import math

from convert.records import dataclass, replace
from convert.theme import Theme
from convert.units import half_points, twips

__all__ = ["Layout", "layout_for", "printed_size", "scale_of"]

_SIDES = 0.3
"""Share of the page's width that the two side margins take where the theme's page is another size."""
_ENDS = 0.18
"""The same for the margins above and below."""
_PAPER_CODES = {(11906, 16838): 9, (8391, 11906): 11, (12240, 15840): 1}
"""Printers' codes of paper sizes (A4, A5, Letter), as Word writes them in `w:pgSz/@w:code`."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One page size for the whole file.  Lengths are twips; the text block is whole ems by whole lines."""

    width: int
    height: int
    em: int
    pitch: int
    measure: int
    lines: int
    inner: int
    outer: int
    top: int
    bottom: int
    facing: bool
    gutter: int = 0
    """Room for the binding beside the inner margin."""
    head: int = 0
    foot: int = 0
    """Where header and footer stand, from the edges; 0 for two lines outside of the text."""
    grid: str = "lines"
    """ST_DocGrid (17.18.14): ``lines``, or ``linesAndChars`` where characters have places too; empty for none."""
    space: int = 0
    """How much wider than its size a character's place is, in 4,096ths of a point (17.6.5)."""
    columns: str = '<w:cols w:space="425"/>'
    vertical: bool = False
    """Lines run down, from right to left: `measure` is their length, `lines` how many stand side by side (17.6.20)."""
    borders: str = ""
    """What stands between margins and page numbers in the schema's order: borders, line numbers."""

    @property
    def depth(self) -> int:
        """How far all lines of a page go, across their direction: the height of the text block, or its width."""
        return self.lines * self.pitch

    @property
    def page_xml(self) -> str:
        """`w:pgSz` and `w:pgMar`; with mirrored margins left means inside (ECMA-376 part 1, 17.15.1.57)."""
        code = _PAPER_CODES.get((self.width, self.height))
        paper = f' w:code="{code}"' if code else ""
        header = self.head or max(240, self.top - 2 * self.pitch)
        footer = self.foot or max(240, self.bottom - 2 * self.pitch)
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        return (
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"{turned}{paper}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.outer}" w:bottom="{self.bottom}" w:left="{self.inner}"'
            f' w:header="{header}" w:footer="{footer}" w:gutter="{self.gutter}"/>{self.borders}'
        )

    @property
    def turned_xml(self) -> str:
        """The same page turned a quarter to the left: what was its head is now at the left (17.6.13)."""
        side = (self.inner + self.outer + self.gutter) // 2
        edge = max(240, side - 2 * self.pitch)
        turned = ' w:orient="landscape"' if self.height > self.width else ""
        return (
            f'<w:pgSz w:w="{self.height}" w:h="{self.width}"{turned}/>'
            f'<w:pgMar w:top="{side}" w:right="{self.bottom}" w:bottom="{side}" w:left="{self.top}"'
            f' w:header="{edge}" w:footer="{edge}" w:gutter="0"/>'
        )

    @property
    def turned_measure(self) -> int:
        """How wide text may be on the turned page."""
        return self.height - self.top - self.bottom

    @property
    def grid_xml(self) -> str:
        """`w:docGrid`: lines snap to the pitch, characters keep their own width where `grid` gives them no place."""
        if not self.grid:
            return ""
        space = f' w:charSpace="{self.space}"' if self.space else ""
        return f'<w:docGrid w:type="{self.grid}" w:linePitch="{self.pitch}"{space}/>'


def layout_for(theme: Theme) -> Layout:
    """The page that *theme* asks for in Word.

    Where the Word page is the printed page, the type area has the same number of characters and
    lines; on other paper margins take the habitual share, rounded to whole characters and lines.
    """
    page = replace(theme.page, size=theme.docx.page)
    width, height = (twips(side) for side in page.trim)
    em, pitch = twips(theme.docx.size), twips(theme.docx.line_pitch)
    printed = theme.docx.page == theme.page.size
    if theme.docx.direction == "vertical":
        return _vertical(theme, *((width, height) if printed else sorted((width, height), reverse=True)))
    if theme.docx.grid == "characters" and printed:
        return _on_characters(theme, width, height, em, pitch)
    if printed:
        across = theme.page.measure
        down = theme.page.lines or math.floor((height - twips(page.top + page.bottom)) / pitch)
    else:
        across = round(width * (1 - _SIDES) / em)
        down = math.floor(height * (1 - _ENDS) / pitch)
    across = max(4, min(across, math.floor((width - 480) / em)))
    down = max(2, min(down, math.floor((height - 480) / pitch)))
    inner, outer = _shared_out(width - across * em, page.inner, page.outer)
    top, bottom = _shared_out(height - down * pitch, page.top, page.bottom)
    return Layout(width, height, em, pitch, across * em, down, inner, outer, top, bottom, page.facing)


def _vertical(theme: Theme, width: int, height: int) -> Layout:
    """A page whose lines run down: whole characters between head and foot, whole lines between the sides."""
    em, pitch = twips(theme.docx.size), twips(theme.docx.line_pitch)
    down = max(4, math.floor(height * (1 - _ENDS) / em))
    across = max(2, math.floor(width * (1 - _ENDS) / pitch))
    page = theme.page
    inner, outer = _shared_out(width - across * pitch, page.inner, page.outer)
    top, bottom = _shared_out(height - down * em, page.top, page.bottom)
    return Layout(
        width, height, em, pitch, down * em, across, inner, outer, top, bottom, page.facing, vertical=True
    )


def _shared_out(room: int, first: float, second: float) -> tuple[int, int]:
    """*room* parted as *first* is to *second*."""
    share = round(room * first / (first + second))
    return share, room - share


def _on_characters(theme: Theme, width: int, height: int, em: int, pitch: int) -> Layout:
    """A page whose margins are as given, and whose lines have `page.measure` places between them (17.6.5)."""
    page = theme.page
    inner, outer, top, bottom = (twips(side) for side in (page.inner, page.outer, page.top, page.bottom))
    measure, lines = width - inner - outer, page.lines or (height - top - bottom) // pitch
    space = math.floor((measure / page.measure - em) * 4096 / 20)
    return Layout(
        width, height, em, pitch, measure, lines, inner, outer, top, bottom, page.facing,
        grid="linesAndChars", space=space,
    )  # fmt: skip


def printed_size(theme: Theme) -> bool:
    """Is Word's text as large as the printed, to the half-point that Word's sizes are given in?"""
    return half_points(theme.font.size) == half_points(theme.docx.size)


def scale_of(theme: Theme) -> float:
    """How much larger than in print type is in Word."""
    return 1.0 if printed_size(theme) else theme.docx.size / theme.font.size
