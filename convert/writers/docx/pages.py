"""A guess at page numbers for cached results: how many lines has the text filled so far?

Word counts again as soon as somebody updates the contents; until then the guess stands.  It is a
line count on the same page and grid as the file's, good to a page or two in a booklet.
"""

from __future__ import annotations

import math

from convert.numerals import roman
from convert.records import dataclass

__all__ = ["PageCount", "width_in_ems"]


def width_in_ems(text: str) -> float:
    """Roughly how wide *text* is: Han one em, others half an em."""
    if text.isascii():
        return len(text) * 0.5
    # In UTF-8 Han takes three bytes and ASCII one.
    size, count = len(text.encode("utf-8", "replace")), len(text)
    wide = min(count, (size - count) / 2)
    return wide + (count - wide) * 0.5


@dataclass(slots=True)
class PageCount:
    """Counts lines on pages of *lines* lines."""

    lines: int
    filled: float = 0.0
    last: int = 1
    roman: bool = False
    """Pages have small Roman figures until the count begins anew."""
    before: int = 0
    """Pages that do not count."""
    _shown: tuple[int, str] = (0, "")
    """The page whose printed number was last asked for, and that number."""

    @property
    def page(self) -> int:
        """The page that the next line stands on, from 1."""
        return self.last

    @property
    def folio(self) -> str:
        """The number printed on it."""
        if self._shown[0] != self.last:
            number = self.last - self.before
            self._shown = self.last, roman(number) if self.roman else str(number)
        return self._shown[1]

    def begin_text(self) -> None:
        """The page that is open is the first of the text proper."""
        self.roman, self.before, self._shown = False, self.last - 1, (0, "")

    def add(self, lines: float) -> None:
        """Put *lines* lines of the grid on the pages."""
        self.filled += lines
        while self.filled > self.lines:
            self.filled -= self.lines
            self.last += 1

    def paragraph(self, ems: float, measure: float, height: float = 1.0) -> None:
        """Put a paragraph *ems* wide on lines of *measure* ems, each *height* grid lines high."""
        self.add(max(1, math.ceil(ems / max(1.0, measure))) * height)

    def turn(self) -> None:
        """Begin a new page unless this one is empty."""
        if self.filled > 0:
            self.filled = 0.0
            self.last += 1

    def keep(self, lines: float) -> None:
        """Turn the page when fewer than *lines* lines are left on it."""
        if self.filled + lines > self.lines:
            self.turn()
