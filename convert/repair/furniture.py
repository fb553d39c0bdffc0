"""What a printed page has beside its text: page numbers, running heads and feet.

A number or a line is taken for furniture only by what pages do: numbers that count on one by one with a page
of text between, lines that recur, and both where they break into a sentence or stand at a form feed.  Numbered
sections, answers in a list, and a heading such as 练习 after every lesson do none of that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median

from convert.numerals import roman
from convert.records import dataclass, field
from convert.repair.edits import Change, Edit
from convert.repair.source import Source
from convert.repair.wording import bare, is_closed, is_label, size, stands_alone
from convert.skeleton import StretchKind

__all__ = ["furniture"]

PAGE = 120
"""Characters that a page has at the least; numbers closer to one another count something else."""
HEAD = 30.0
"""A running head has at most so many ems."""
STEP = 3
"""From one number to the next: pages of pictures carry none."""
NEAR = 24
"""Lines that are looked through for the text before and after."""

_ORNAMENT = r"[-–—―－·•~〔\[【(（〕\]】)） \u3000]*"
_FOLIO = re.compile(
    rf"{_ORNAMENT}(?:(第|[Pp]age|[Pp]\.|[Pp])?[ \u3000]*)([0-9０-９]{{1,4}}|[ivxlc]{{1,8}})[ \u3000]*(页)?"
    rf"(?:[ \u3000]*(?:/|共|of)[ \u3000]*[0-9]{{1,4}}[ \u3000]*页?)?{_ORNAMENT}"
)
_HEAD_NUMBER = re.compile(r"([0-9]{1,4})[ \u3000\t|·•—–-]+([^0-9\s].*)")
_NUMBER_HEAD = re.compile(r"(.*[^0-9\s])[ \u3000\t|·•—–-]+([0-9]{1,4})")
_NO_KEY = re.compile(r"[0-9\s|·•—–-]+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_NUMBER = "a page number"
_RUNNING = "a running head or foot"
_FIRST = "the page that the text begins on"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may be furniture: its page number, 0 for none, and its words without numbers."""

    line: int
    value: int = 0
    roman: bool = False
    plain: bool = True
    named: bool = False
    key: str = ""


@dataclass(slots=True)
class _Chain:
    """Numbers that count on."""

    lines: list[_Line] = field(default_factory=list)


def furniture(source: Source) -> Iterator[Change]:
    """Take out page numbers, running heads and feet; a mark stays where each page began."""
    page = _Page(source)
    group: list[tuple[int, str, str]] = []
    for line in sorted(page.found()):
        if group and line[0] != group[-1][0] + 1:
            yield _removal(source, group)
            group = []
        group.append(line)
    if group:
        yield _removal(source, group)
    if page.opening:
        at = source.begin(source.stretches[0].first)
        yield Change.of(_FIRST, Edit(at, at, page.opening + "\n\n"))


class _Page:
    """What of a text is furniture."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.opening = ""
        """The mark of the page that the text begins on, where it is known."""

    # ------------------------------------------------------------ candidates

    @cached_property
    def candidates(self) -> dict[int, _Line]:
        """Every line that has the form of furniture, by its number."""
        lines = list(self._shaped())
        counts = Counter(line.key for line in lines)
        return {line.line: line for line in lines if not line.key or counts[line.key] > 1}

    def _shaped(self) -> Iterator[_Line]:
        source = self.source
        for stretch in source.stretches:
            if stretch.kind is not StretchKind.PARAGRAPH:
                continue
            lines = [
                (number, source.lines[number - 1].strip())
                for number in range(stretch.first, stretch.last + 1)
            ]
            # "- 12 -" is a list to the reader.
            folios = [
                _folio(number, text)
                for number, text in lines
                if len(text) <= HEAD and (not stretch.nested or text.startswith("-"))
            ]
            found = [folio for folio in folios if folio is not None]
            yield from found
            if not stretch.nested and len(lines) - len(found) == 1:
                number, text = next(line for line in lines if line[0] not in {folio.line for folio in found})
                head = _head(number, text)
                if head is not None:
                    yield head

    @cached_property
    def text_lines(self) -> frozenset[int]:
        """The lines of paragraphs of the text itself."""
        return frozenset(
            number
            for stretch in self.source.paragraphs()
            for number in range(stretch.first, stretch.last + 1)
        )

    # ------------------------------------------------------------ where it stands

    def _near(self, line: int, step: int) -> int:
        """The next line in one direction that is neither blank nor furniture by its form; 0 for none."""
        lines = self.source.lines
        for number in range(line + step, line + step * NEAR, step):
            if not 1 <= number <= len(lines):
                return 0
            if lines[number - 1].strip() and number not in self.candidates:
                return number
        return 0

    def at_page_end(self, line: int) -> bool:
        """True when the line breaks into a sentence, or a form feed stands beside it."""
        source = self.source
        above, below = self._near(line, -1), self._near(line, 1)
        between = source.lines[above : max(above, below)]
        if any("\f" in text for text in between):
            return True
        if above not in self.text_lines or below not in self.text_lines:
            return False
        before, after = source.lines[above - 1], source.lines[below - 1]
        cut = not is_closed(before) and not is_label(bare(before)) and size(before) >= 8
        return cut and not stands_alone(after)

    # ------------------------------------------------------------ what is found

    def found(self) -> Iterator[tuple[int, str, str]]:
        """Line, mark to leave and reason of everything that is furniture."""
        gaps: set[int] = set()
        taken: set[int] = set()
        for chain in self._chains():
            marks = self._marks(chain)
            for line, mark in zip(chain, marks, strict=True):
                gaps.add(self._near(line.line, -1))
                taken.add(line.line)
                yield line.line, mark, _NUMBER if not line.key else _RUNNING
        groups: dict[str, list[_Line]] = {}
        for line in self.candidates.values():
            if line.key and line.line not in taken:
                groups.setdefault(line.key, []).append(line)
        for lines in groups.values():
            ends = [
                line for line in lines if self._near(line.line, -1) in gaps or self.at_page_end(line.line)
            ]
            if len(lines) > 2 and len(ends) >= max(2, len(lines) / 2):
                yield from ((line.line, "", _RUNNING) for line in ends)

    def _chains(self) -> Iterator[list[_Line]]:
        """Numbers that pages carry."""
        open_: dict[tuple[bool, int], _Chain] = {}
        chains: list[_Chain] = []
        for line in self.candidates.values():
            if not line.value:
                continue
            for step in range(1, STEP + 1):
                chain = open_.pop((line.roman, line.value - step), None)
                if chain is not None:
                    break
            else:
                chain = _Chain()
                chains.append(chain)
            chain.lines.append(line)
            open_[line.roman, line.value] = chain
        yield from (chain.lines for chain in chains if self._are_pages(chain.lines))

    def _are_pages(self, chain: Sequence[_Line]) -> bool:
        if len(chain) < 2 or self._distance(chain) < PAGE:
            return False
        if all(line.named for line in chain):
            return True
        ends = sum(self.at_page_end(line.line) for line in chain)
        if any(line.plain for line in chain):
            return len(chain) > 2 and ends >= max(2, len(chain) / 4)
        return ends > 0

    def _distance(self, chain: Sequence[_Line]) -> float:
        begin = self.source.begin
        return median((begin(b.line) - begin(a.line)) / (b.value - a.value) for a, b in pairwise(chain))

    def _marks(self, chain: Sequence[_Line]) -> list[str]:
        """The mark that each number leaves: its own where it heads its page, the next page's at the foot."""
        source = self.source
        page = self._distance(chain)
        above = source.begin(chain[0].line)
        below = len(source.text.rstrip()) - source.end(chain[-1].line)
        heads = above < page * 0.3 and below >= page * 0.3
        if not heads and page * 0.2 <= above < page * 2:
            self.opening = _mark(chain[0], 0)
        marks = [_mark(line, 0 if heads else 1) for line in chain]
        if not heads and not below:
            marks[-1] = ""
        return marks


def _folio(number: int, text: str) -> _Line | None:
    match = _FOLIO.fullmatch(text)
    if match is None:
        return None
    digits = match[2]
    if digits.isdigit():
        value, is_roman = int(digits), False
    else:
        value, is_roman = _roman_value(digits), True
    named = bool(match[1] or match[3])
    return _Line(number, value, is_roman, text == digits, named) if value else None


def _roman_value(text: str) -> int:
    values = [_ROMAN[char] for char in text]
    value = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return value if roman(value) == text else 0


def _head(number: int, text: str) -> _Line | None:
    """A line of words, with a page number or without."""
    if len(text) > 2 * HEAD or size(text) > HEAD or is_closed(text):
        return None
    if match := _HEAD_NUMBER.fullmatch(text):
        return _Line(number, int(match[1]), key=_NO_KEY.sub("", match[2]))
    if match := _NUMBER_HEAD.fullmatch(text):
        return _Line(number, int(match[2]), key=_NO_KEY.sub("", match[1]))
    key = _NO_KEY.sub("", text)
    return _Line(number, key=key) if key else None


def _mark(line: _Line, later: int) -> str:
    value = line.value + later
    return f"<!-- page {roman(value) if line.roman else value} -->"


def _removal(source: Source, group: Sequence[tuple[int, str, str]]) -> Change:
    """Take out lines that follow on one another."""
    lines = source.lines
    first, last = group[0][0], group[-1][0]
    mark = "".join(mark for _, mark, _ in group)
    reason = " and ".join(dict.fromkeys(reason for _, _, reason in group))
    above = first > 1 and bool(lines[first - 2].strip())
    below = last < len(lines) and bool(lines[last].strip())
    if above:
        # Inside a paragraph, or at its end.
        new = mark if below or not mark else "\n\n" + mark
        return Change.of(reason, Edit(source.end(first - 1), source.end(last), new))
    if mark:
        return Change.of(reason, Edit(source.begin(first), source.end(last), mark))
    following = last + 1
    while following <= len(lines) and not lines[following - 1].strip() and "\f" not in lines[following - 1]:
        following += 1
    end = source.begin(following) if following <= len(lines) else len(source.text)
    return Change.of(reason, Edit(source.begin(first), end, ""))
