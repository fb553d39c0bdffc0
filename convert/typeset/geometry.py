"""The page's geometry: a text block of whole characters by whole lines, margins that absorb the rest."""

from __future__ import annotations

import math

from convert.diagnostics import Code, Place
from convert.errors import BookError
from convert.records import dataclass
from convert.theme import Theme

__all__ = ["Geometry", "geometry"]

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

    @property
    def block_height(self) -> float:
        """Height of the text block: a whole number of lines."""
        return self.lines * self.leading

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
    return Geometry(width, height, em, page.leading, measure, lines, top, inner, side - inner, page.facing)
