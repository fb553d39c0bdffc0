"""The page's geometry: a text block of whole characters by whole lines, margins that absorb the rest."""

from __future__ import annotations

import math

from convert.diagnostics import Code, Place
from convert.errors import BookError
from convert.records import dataclass, replace
from convert.theme import Theme

__all__ = ["Geometry", "geometry"]

NARROWEST = 8
"""Characters in a column at least."""
HAN_CENTRE = 0.38
"""The middle of the Han em box above the baseline, in em (the box reaches from -0.12 to 0.88)."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """One page size for the whole book, in points (CLREQ 7.1.1)."""

    width: float
    height: float
    em: float
    leading: float
    measure: float
    lines: int
    top: float
    inner: float
    outer: float
    facing: bool
    columns: int = 1
    column: float = 0.0
    """How wide a column is; `measure` where there is one only."""

    @property
    def pitch(self) -> float:
        """From the left edge of a column to that of the next."""
        return (self.measure - self.column) / (self.columns - 1) if self.columns > 1 else 0.0

    def part(self, lines: int, *, column: bool) -> Geometry:
        """The same page with a text block of *lines* lines, one column wide or as wide as the page's."""
        width = self.column if column else self.measure
        return replace(self, lines=lines, measure=width, columns=1, column=width)

    @property
    def block_height(self) -> float:
        """Height of the text block: a whole number of lines."""
        return self.lines * self.leading

    @property
    def bottom(self) -> float:
        """The margin below the text block."""
        return self.height - self.top - self.block_height

    def left(self, recto: bool) -> float:
        """x of the text block's left edge on a right-hand (recto) or left-hand page."""
        return self.inner if recto or not self.facing else self.outer

    def baseline(self, height: float, size: float) -> float:
        """y of the baseline below the top of a strip *height* high that Han of *size* stands in the middle of."""
        return height / 2 + HAN_CENTRE * size


def geometry(theme: Theme) -> Geometry:
    """The geometry that *theme* asks for.

    Raises BookError when the text block is larger than the page.
    """
    page = theme.page
    width, height = page.trim
    em = theme.font.size
    measure = page.measure * em
    room = height - page.top - page.bottom
    lines = page.lines or max(1, math.floor(room / page.leading + 1e-6))
    side, rest = width - measure, height - lines * page.leading
    hint = "make page.measure, page.lines, page.leading or font.size smaller, or page.size larger"
    if side < 0 or rest < 0 or page.inner + page.outer <= 0 or page.top + page.bottom <= 0:
        message = f"{page.measure} characters by {lines} lines do not fit on {page.size}"
        raise BookError(Code.SETTING_VALUE, Place(theme.name), message, hint)
    inner = side * page.inner / (page.inner + page.outer)
    top = rest * page.top / (page.top + page.bottom)
    characters = (page.measure - page.gap * (page.columns - 1)) // page.columns
    if characters < NARROWEST:
        message = f"{page.columns} columns of {characters} characters are too narrow"
        raise BookError(
            Code.SETTING_VALUE, Place(theme.name), message, "make page.measure larger, or page.gap smaller"
        )
    column = characters * em if page.columns > 1 else measure
    return Geometry(
        width,
        height,
        em,
        page.leading,
        measure,
        lines,
        top,
        inner,
        side - inner,
        page.facing,
        page.columns,
        column,
    )
