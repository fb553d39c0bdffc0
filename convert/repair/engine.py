"""The passes, in their order, and what becomes of a text that runs through them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property

from convert.diagnostics import Place
from convert.records import dataclass
from convert.repair.bylines import bylines
from convert.repair.characters import codepoints
from convert.repair.diff import unified_diff
from convert.repair.edits import Change, Edit, Trace
from convert.repair.furniture import furniture
from convert.repair.headings import levels, subtitles
from convert.repair.hyphens import hyphens
from convert.repair.join import join
from convert.repair.lineends import LINE_END, kept, normal
from convert.repair.runin import runin
from convert.repair.source import Source
from convert.repair.typography import dashes, punctuation, quotes, spaces
from convert.repair.words import words
from convert.skeleton import Skeleton

__all__ = ["PASSES", "Fix", "Mode", "Outcome", "Pass", "Repaired", "repair"]

_CONTEXT = 8
"""Characters shown on each side of a fix."""
_LONGEST = 40
"""Of a longer fix the middle is left out."""


class Mode(Enum):
    """What is done with what a pass finds."""

    OFF = "off"
    REPORT = "report"
    FIX = "fix"


@dataclass(frozen=True, slots=True)
class Pass:
    """One kind of repair: its name, what finds it, and what `quire fix` does unless told otherwise."""

    name: str
    find: Callable[[Source], Iterable[Change]]
    mode: Mode


PASSES: tuple[Pass, ...] = (
    Pass("codepoints", codepoints, Mode.REPORT),
    Pass("furniture", furniture, Mode.FIX),
    Pass("hyphens", hyphens, Mode.FIX),
    Pass("join", join, Mode.FIX),
    Pass("bylines", bylines, Mode.FIX),
    Pass("subtitles", subtitles, Mode.FIX),
    Pass("levels", levels, Mode.FIX),
    Pass("runin", runin, Mode.FIX),
    Pass("spaces", spaces, Mode.REPORT),
    Pass("punctuation", punctuation, Mode.REPORT),
    Pass("quotes", quotes, Mode.REPORT),
    Pass("dashes", dashes, Mode.REPORT),
    Pass("words", words, Mode.REPORT),
)
"""Every pass there is, in the order they run: later ones see what earlier ones left."""


class Outcome(Enum):
    """What became of what a pass found."""

    FIXED = "fixed"
    POSSIBLE = "possible"
    """It can be fixed and was only reported."""
    SUSPECTED = "suspected"
    """No rule can mend it."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What one pass found at one place of the original text.

    `before` and `after` show it with a few characters round it.
    """

    name: str
    place: Place
    reason: str
    before: str
    after: str
    outcome: Outcome


@dataclass(frozen=True)
class Repaired:
    """What became of the text of a file called `name`, and every fix."""

    name: str
    fixes: tuple[Fix, ...]
    trace: Trace

    @property
    def text(self) -> str:
        """The text as its reader wants it; its lines end in line feeds."""
        return self.trace.text

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What the passes did to the file, in its own places."""
        return tuple(kept(self.trace.original, self.trace.edits()))

    @property
    def file_text(self) -> str:
        """The text for the file: where nothing was done to it, every line ends as it did."""
        original = Trace(self.trace.original)
        original.apply(self.edits)
        return original.text

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff of the file."""
        return unified_diff(self.trace.original, self.edits, self.name)

    @cached_property
    def _lines(self) -> tuple[_Lines, _Lines]:
        return _Lines(self.trace.text), _Lines(self.trace.original)

    def origin(self, line: int, column: int = 0) -> tuple[int, int]:
        """Line and column of the file for those of the text.  Column 0 stands for the whole line."""
        text, file = self._lines
        begin, end = text.range(line)
        start = begin + column - 1
        if not column:
            start = begin + len(self.text[begin:end]) - len(self.text[begin:end].lstrip())
        place = file.place("", self.trace.origin(min(start, end)))
        return place.line, place.column if column else 0

    def last_origin(self, line: int) -> int:
        """The line of the file that the last character of a line of the text came from."""
        text, file = self._lines
        begin, end = text.range(line)
        return file.place("", self.trace.origin(max(begin, end - 1))).line


def repair(text: str, name: str, skeleton: Skeleton, modes: Mapping[str, Mode]) -> Repaired:
    """*text*, that of a file called *name*, with the passes run that *modes* names.

    *skeleton* is what the reader of the text offers.  A pass that *modes* leaves out is off.  Raises BookError
    for front matter that cannot be read.
    """
    trace = Trace(text)
    trace.apply(normal(text))
    lines = _Lines(text)
    fixes: list[Fix] = []
    source: Source | None = None
    for one in PASSES:
        mode = modes.get(one.name, Mode.OFF)
        if mode is Mode.OFF:
            continue
        source = source or Source(trace.text, skeleton)
        changes = sorted(one.find(source), key=lambda change: (change.start, change.end))
        for change in changes:
            place = lines.place(name, trace.origin(change.start))
            fixes.append(_fix(one.name, place, change, trace.text, mode))
        if mode is Mode.FIX and any(change.edits for change in changes):
            trace.apply(edit for change in changes for edit in change.edits)
            source = None
    return Repaired(name, tuple(fixes), trace)


def _fix(name: str, place: Place, change: Change, text: str, mode: Mode) -> Fix:
    outcome = Outcome.FIXED if mode is Mode.FIX else Outcome.POSSIBLE
    if not change.edits:
        outcome = Outcome.SUSPECTED
    before, after = change.before(text), change.after(text)
    head = text[max(0, change.start - _CONTEXT) : change.start].rpartition("\n")[2]
    tail = text[change.end : change.end + _CONTEXT].partition("\n")[0]
    before, after = (head + _short(part) + tail for part in (before, after))
    return Fix(name, place, change.reason, before, after, outcome)


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


class _Lines:
    """Where the lines of a text begin and end."""

    def __init__(self, text: str) -> None:
        self.starts = [0]
        self.ends = []
        for match in LINE_END.finditer(text):
            self.ends.append(match.start())
            self.starts.append(match.end())
        self.ends.append(len(text))

    def range(self, line: int) -> tuple[int, int]:
        """Where *line* begins and ends; the last one for a line that is not there."""
        at = min(max(line, 1), len(self.starts)) - 1
        return self.starts[at], self.ends[at]

    def place(self, name: str, offset: int) -> Place:
        """The place of the character at *offset*."""
        line = bisect_right(self.starts, offset)
        return Place(name, line, offset - self.starts[line - 1] + 1)
