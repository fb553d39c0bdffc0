"""Where in the source the characters of a block's text stand.

The text of a leaf is its source lines, one each, without what containers and indents put before them.
So a place in the text is a line and, once the text is found in that line, a column.  Nothing is looked
up before a finding or a reference asks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from convert.diagnostics import Place

__all__ = ["Places", "keep_text"]

_LONG = 10_000
"""Tabs are not counted in a line of more characters: many findings there would cost its square."""
_REACH = 5000


def keep_text(holder: Element, text: str) -> None:
    """Have *holder* remember the text it is read from, so that places in it can be told later."""
    holder.set("source", text)


class Places:
    """The places of the text of one element, which says ``first`` and, for a cell, ``col``."""

    def __init__(self, file: str, lines: Sequence[str], holder: Element) -> None:
        self._file = file
        self._lines = lines
        self._first = int(holder.get("first", "1"))
        self._text = holder.get("source", "")
        self._column = int(holder.get("col", "0"))
        self._starts: list[int] | None = None
        self._shifts: dict[int, int] = {}

    def at(self, offset: int) -> Place:
        """The place of the character at *offset* in the text."""
        if self._starts is None:
            self._starts = [0]
            while found := self._text.find("\n", self._starts[-1]) + 1:
                self._starts.append(found)
        line = bisect_right(self._starts, offset) - 1
        if line not in self._shifts:
            self._shifts[line] = self._shift(line)
        number = min(self._first + line, len(self._lines))
        return Place(self._file, max(1, number), self._column_of(number, offset + self._shifts[line]))

    def find(self, needle: str, offset: int) -> Place:
        """The place of *needle* at or after *offset* in the text, else that of *offset*."""
        return self.at(max(self._text.find(needle, offset, offset + _REACH), offset))

    def _raw(self, number: int) -> str:
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def _shift(self, line: int) -> int:
        """What to add to an offset in the text for an offset in the source line, tabs expanded."""
        assert self._starts is not None
        start = self._starts[line]
        end = self._starts[line + 1] - 1 if line + 1 < len(self._starts) else len(self._text)
        if end > start and self._text[end - 1] == "\\":
            end -= 1  # a line end that a cell of several lines makes a hard one
        hint = 0 if line else self._column
        raw = self._raw(self._first + line)
        if "\t" in raw:
            raw = raw.expandtabs(4)
        at = raw.find(self._text[start:end], hint)
        # An escaped pipe is one character less in a cell than in its line.
        return (at if at >= 0 else hint) - start

    def _column_of(self, number: int, offset: int) -> int:
        raw = self._raw(number)
        if len(raw) < _LONG and "\t" in raw:
            wide = 0
            for at, char in enumerate(raw):
                wide = (wide // 4 + 1) * 4 if char == "\t" else wide + 1
                if wide > offset:
                    return at + 1
        return min(offset, max(0, len(raw) - 1)) + 1
