"""The line of a source that a finding is about, with a caret below its column, for a terminal."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from convert.book import read_lines
from convert.diagnostics import Finding, Place
from convert.errors import QuireError

__all__ = ["Excerpts", "cells", "excerpt"]

_MIDDLE = 0.4
"""A long line is cut so that the caret stands at this share of the width."""


def cells(char: str) -> int:
    """How many cells of a terminal *char* takes: two where it is wide (UAX #11, W and F), none for a mark."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _shown(char: str) -> str:
    """What stands for *char*: a control, or what turns the writing round, must not reach the terminal."""
    if char in "\t\u3000":
        return " " if char == "\t" else char
    return char if char.isprintable() else "·"


def excerpt(line: str, place: Place, width: int = 80) -> str:
    """*line* behind its number, at most *width* cells wide, and below it a caret under the place's column.

    Without a column there is no caret.  A line that is too long is cut where the caret is not.
    """
    gutter = f"{place.line:>5} | "
    room = max(20, width - len(gutter) - 2)
    at = min(max(place.column - 1, 0), max(len(line) - 1, 0))
    # Backward from the caret, then forward, as far as there is room: no more is looked at of a long line.
    first, used = at, 0
    while first and used < room * _MIDDLE:
        first -= 1
        used += cells(line[first])
    last = at
    while last < len(line) and used + cells(line[last]) <= room:
        used += cells(line[last])
        last += 1
    while first and used + cells(line[first - 1]) <= room:
        first -= 1
        used += cells(line[first])
    before, after = "…" if first else "", "…" if last < len(line) else ""
    text = "".join(map(_shown, line[first:last]))
    out = f"{gutter}{before}{text}{after}".rstrip()
    if place.column:
        blank = len(before) + sum(map(cells, line[first:at]))
        out += f"\n{'':>5} | {'':{blank}}^"
    return out


class Excerpts:
    """Excerpts from the files that findings name, each read once; a file that is no text gives none."""

    def __init__(self, width: int = 80) -> None:
        self._width = width
        self._lines: dict[str, list[str]] = {}

    def of(self, finding: Finding) -> str:
        """The excerpt for *finding*; empty when its place is no line of a file."""
        place = finding.place
        if not place.line:
            return ""
        if place.file not in self._lines:
            self._lines[place.file] = _lines_of(place.file)
        lines = self._lines[place.file]
        return excerpt(lines[place.line - 1], place, self._width) if place.line <= len(lines) else ""


def _lines_of(file: str) -> list[str]:
    try:
        return read_lines(Path(file))
    except QuireError:
        return []
