"""A text under repair: its lines, what each is, and which characters are prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from convert.repair.inline import guarded
from convert.skeleton import Skeleton, Stretch, StretchKind

__all__ = ["GUARD", "PAGE_MARK", "Source"]

GUARD = "\0"
"""What stands in `Source.prose` for a character that no pass may touch."""

PAGE_MARK = re.compile(r"<!--[ ]*(?:page|页)[ :]*[^\s<>]{1,20}[ ]*-->", re.IGNORECASE)
"""Where a page of the print began."""

_LABEL = re.compile(r"^ {0,3}\[([^\[\]\n]{1,999})\]:", re.MULTILINE)
_PROSE = frozenset(
    (
        StretchKind.PARAGRAPH,
        StretchKind.HEADING,
        StretchKind.ROW,
        StretchKind.VERSE,
        StretchKind.CAPTION,
    )
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")
_HARD_IN_ROWS = frozenset("`$<[")


class Source:
    """One text, cut into lines at line feeds.  Lines count from 1, offsets from 0."""

    def __init__(self, text: str, skeleton: Skeleton) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.stretches: Sequence[Stretch] = skeleton(text)

    # ------------------------------------------------------------ places

    def begin(self, line: int) -> int:
        """Where *line* begins."""
        return self.starts[line - 1]

    def end(self, line: int) -> int:
        """Where *line* ends, before its line feed."""
        return self.starts[line] - 1

    def line_at(self, offset: int) -> int:
        """The line that *offset* is on."""
        return bisect_right(self.starts, offset, 0, len(self.lines))

    def raw(self, stretch: Stretch) -> str:
        """The characters of the lines of *stretch*."""
        return self.text[self.begin(stretch.first) : self.end(stretch.last)]

    # ------------------------------------------------------------ between stretches

    def only_marks_between(self, before: Stretch, after: Stretch) -> bool:
        """True when nothing but blank lines and page marks stands between two stretches."""
        return all(
            not line.strip() or PAGE_MARK.fullmatch(line.strip())
            for line in self.lines[before.last : after.first - 1]
        )

    # ------------------------------------------------------------ prose

    @cached_property
    def prose(self) -> str:
        """The text, as long as it is, with `GUARD` for every character that is no prose; line feeds stay."""
        out = [GUARD * len(line) for line in self.lines]
        labels = frozenset(" ".join(match[1].split()).casefold() for match in _LABEL.finditer(self.text))
        verbatim = []
        for stretch in self.stretches:
            if stretch.kind in _PROSE:
                shown = self._shown(stretch, labels)
                out[stretch.first - 1 : stretch.last] = shown.split("\n")
            elif stretch.kind is StretchKind.VERBATIM:
                verbatim.append(stretch)
        for stretch in verbatim:
            for line in range(stretch.first, stretch.last + 1):
                out[line - 1] = GUARD * len(self.lines[line - 1])
        return "\n".join(out)

    @cached_property
    def chinese(self) -> str:
        """`prose` with `GUARD` for everything in stretches that are not Chinese.

        An English sentence may well name a Chinese word or two.
        """
        out = self.prose.split("\n")
        for stretch in self.stretches:
            part = out[stretch.first - 1 : stretch.last]
            text = "\n".join(part)
            if text.isascii() or 2 * len(_HAN.findall(text)) <= len(_LATIN.findall(text)):
                out[stretch.first - 1 : stretch.last] = [GUARD * len(line) for line in part]
        return "\n".join(out)

    def _shown(self, stretch: Stretch, labels: frozenset[str]) -> str:
        raw = self.raw(stretch)
        if stretch.kind is StretchKind.ROW and not _HARD_IN_ROWS.isdisjoint(raw):
            return GUARD * len(raw)
        spans = guarded(raw, labels)
        if not spans:
            return raw
        out: list[str] = []
        at = 0
        for start, end in sorted(spans):
            if end > at:
                out += (raw[at:start], re.sub(r"[^\n]", GUARD, raw[max(at, start) : end]))
                at = end
        return "".join(out) + raw[at:]

    def paragraphs(self) -> Iterator[Stretch]:
        """The paragraphs of the text itself."""
        for stretch in self.stretches:
            if stretch.kind is StretchKind.PARAGRAPH and not stretch.nested:
                yield stretch
