"""Line ends: passes see line feeds only, and the file keeps its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from convert.repair.edits import Edit

__all__ = ["LINE_END", "kept", "normal"]

LINE_END = re.compile(r"\r\n?|\n")
_RETURN = re.compile(r"\r(\n?)")


def normal(text: str) -> Iterator[Edit]:
    """The edits that leave line feeds alone to end the lines of *text*."""
    for match in _RETURN.finditer(text):
        yield Edit(match.start(), match.start() + 1, "" if match[1] else "\n")


def kept(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """*edits* of *text*, among them those of `normal`, without these; new lines end as most lines do."""
    counts = {end: text.count(end) for end in ("\r\n", "\n", "\r")}
    counts["\n"] -= counts["\r\n"]
    counts["\r"] -= counts["\r\n"]
    common = max(counts, key=lambda end: (counts[end], end == "\n"))
    for edit in edits:
        start, end, new = edit.start, edit.end, edit.new
        if start < end and text[end - 1] == "\r" and text.startswith("\n", end):
            end -= 1
        while start < end and text[end - 1] == "\r" and new.endswith("\n"):
            end, new = end - 1, new[:-1]
        # A carriage return must not come to stand before a line feed: the two would be one end.
        feed = text.startswith("\n", end)
        while start < end and text[start] == "\r" and new.startswith("\n"):
            if feed or (common != "\r" and new.startswith("\n\n")):
                break
            start, new = start + 1, new[1:]
        if start < end or new:
            yield Edit(start, end, new.replace("\n", "\n" if feed else common))
