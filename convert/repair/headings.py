"""Headings: a subtitle joins its title, and sections of one kind stand on one level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from convert.records import dataclass
from convert.repair.bylines import heading_runs
from convert.repair.edits import Change, Edit
from convert.repair.source import Source
from convert.repair.wording import Number, number_of, size
from convert.skeleton import Stretch, StretchKind

__all__ = ["levels", "subtitles"]

_HASHES = re.compile(r"[ ]{0,3}(#{1,6})[ \t\u3000]*")
_BRACES = re.compile(r"(?<!\\)\{[^{}\n]*\}[ ]*$")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ ]*$")
_DASH = re.compile(r"[—―–－]|--")
_PLAIN_NUMBER = re.compile(r"([0-9]{1,2})[ \u3000]+(?=\S)")
_DEEPEST = 6

_SUBTITLE = "a subtitle joins its title"
_MAYBE = "this may be the subtitle of the heading above, which no other section has"
_BYLINES = "articles with a byline stand on one level"
_NUMBERS = "the numbers typed before these headings tell their level"


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that can be rewritten: its words stand from `start` to `end`, its attributes behind."""

    stretch: Stretch
    level: int
    text: str
    start: int
    end: int
    last: int
    """Where its line ends."""
    braces: int = 0
    """Where the brace that ends the attributes stands; 0 without attributes."""
    underlined: bool = False


def _parse(source: Source, stretch: Stretch) -> _Heading | None:
    """The heading of *stretch*; None for one as HTML or one of several lines."""
    line = source.lines[stretch.first - 1]
    begin = source.begin(stretch.first)
    hashes = _HASHES.match(line) if stretch.first == stretch.last else None
    underlined = (
        stretch.last == stretch.first + 1 and _UNDERLINE.match(source.lines[stretch.last - 1]) is not None
    )
    if hashes is None and not underlined:
        return None
    start = hashes.end() if hashes else len(line) - len(line.lstrip())
    braces = _BRACES.search(line, start)
    text = line[start : braces.start() if braces else len(line)]
    if hashes:
        text = _CLOSING.sub("", text)
    text = text.rstrip()
    at = begin + line.rindex("}") if braces else 0
    end = begin + start + len(text)
    last = source.end(stretch.first)
    return _Heading(stretch, stretch.level, text, begin + start, end, last, at, underlined)


def _number(text: str) -> Number | None:
    text = text.lstrip("*_ ")
    if number := number_of(text):
        return number
    match = _PLAIN_NUMBER.match(text)
    return Number("1.", 5, int(match[1]), match.end()) if match else None


# ---------------------------------------------------------------- subtitles


def subtitles(source: Source) -> Iterator[Change]:
    """Bring a subtitle into the heading of its title: ``# 题 {subtitle="——副题"}``."""
    runs = [
        ([_parse(source, stretch) for stretch in run], bool(signed)) for run, signed in heading_runs(source)
    ]
    signed = [run for run, is_signed in runs if is_signed and run[-1] is not None]
    lone = any(len(run) == 1 for run in signed)
    uneven = len({run[-1].level for run in signed if run[-1] is not None}) > 1
    kinds = _Kinds(source)
    for run, is_signed in runs:
        at = 0
        while at + 1 < len(run):
            title, below = run[at], run[at + 1]
            at += 1
            if title is None or below is None or not _may_join(source, title, below):
                continue
            last = at == len(run) - 1
            sure = _DASH.match(below.text) is not None
            if below.level > title.level and _number(below.text) is None:
                sure = sure or (is_signed and last and lone and uneven) or kinds.lacks(title, below)
                if not sure and not is_signed and kinds.alone(title, below):
                    yield Change(below.start, below.end, _MAYBE)
            if sure:
                yield _joined(title, below)
                at += 1


def _may_join(source: Source, title: _Heading, below: _Heading) -> bool:
    between = source.lines[title.stretch.last : below.stretch.first - 1]
    free = not any(line.strip() for line in between) and not title.underlined and not below.underlined
    quotable = (
        below.text and not any(mark in below.text for mark in "{}\\") and not {'"', "'"} <= set(below.text)
    )
    has_one = "subtitle=" in source.raw(title.stretch)
    return bool(free and quotable and title.text and not below.braces and not has_one)


def _joined(title: _Heading, below: _Heading) -> Change:
    quote = "'" if '"' in below.text else '"'
    opening = f"subtitle={quote}"
    head = (
        Edit(title.braces, below.start, f" {opening}")
        if title.braces
        else Edit(title.end, below.start, f" {{{opening}")
    )
    return Change.of(_SUBTITLE, head, Edit(below.end, below.last, quote + "}"))


class _Kinds:
    """The headings of a text by level and by the form of their numbers."""

    def __init__(self, source: Source) -> None:
        self.headings = [
            stretch
            for stretch in source.stretches
            if stretch.kind is StretchKind.HEADING and not stretch.nested
        ]
        self.at = {stretch: number for number, stretch in enumerate(self.headings)}
        self.numbers = [self._shape(source, stretch) for stretch in self.headings]
        self.shapes = Counter(zip(self.numbers, (stretch.level for stretch in self.headings), strict=True))
        self.parents = Counter(
            (self.numbers[number], stretch.level)
            for number, stretch in enumerate(self.headings)
            if self._children(number) > 0
        )

    @staticmethod
    def _shape(source: Source, stretch: Stretch) -> str:
        heading = _parse(source, stretch)
        number = _number(heading.text) if heading else None
        return number.shape if number else ""

    def _children(self, number: int) -> int:
        """1 where the next heading is deeper, 0 where it is not."""
        following = self.headings[number + 1 : number + 2]
        return int(bool(following) and following[0].level > self.headings[number].level)

    def _only_child(self, title: _Heading, below: _Heading) -> bool:
        following = self.headings[self.at[below.stretch] + 1 :][:1]
        return not following or following[0].level <= title.level

    def lacks(self, title: _Heading, below: _Heading) -> bool:
        """True when *title* is numbered, *below* is its only heading, and another of its kind has none."""
        kind = (self.numbers[self.at[title.stretch]], title.level)
        return bool(kind[0]) and self._only_child(title, below) and 2 < self.shapes[kind] > self.parents[kind]

    def alone(self, title: _Heading, below: _Heading) -> bool:
        """True when none of three or more sections has a heading inside, but for *title*."""
        kind = (self.numbers[self.at[title.stretch]], title.level)
        return (
            size(below.text) >= 6
            and self._only_child(title, below)
            and self.shapes[kind] > 2
            and self.parents[kind] == 1
        )


# ---------------------------------------------------------------- levels


@dataclass(slots=True)
class _Place:
    """A heading in the walk: its level before and after, and the number typed."""

    old: int
    new: int
    number: Number | None


def levels(source: Source) -> Iterator[Change]:
    """Bring sections of one kind to one level: those with a byline, and those whose numbers count on."""
    stretches = [
        stretch for stretch in source.stretches if stretch.kind is StretchKind.HEADING and not stretch.nested
    ]
    given = [stretch.level for stretch in stretches]
    signed = _signed_levels(source, stretches)
    headings = [_parse(source, stretch) for stretch in stretches]
    numbers = [_number(heading.text) if heading else None for heading in headings]
    final = _numbered_levels(signed, numbers)
    for heading, old, middle, new in zip(headings, given, signed, final, strict=True):
        if heading is not None and old != new:
            yield _levelled(source, heading, new, _BYLINES if middle != old else _NUMBERS)


def _levelled(source: Source, heading: _Heading, level: int, reason: str) -> Change:
    start = source.begin(heading.stretch.first)
    if heading.underlined:
        end = source.end(heading.stretch.first)
        opening = Edit(heading.start, heading.start, "#" * level + " ")
        return Change.of(reason, opening, Edit(end, source.end(heading.stretch.last), ""))
    start += source.lines[heading.stretch.first - 1].index("#")
    return Change.of(reason, Edit(start, start + heading.level, "#" * level))


def _signed_levels(source: Source, stretches: Sequence[Stretch]) -> list[int]:
    """The levels with all articles that have a byline on one; what stands inside an article moves with it."""
    given = [stretch.level for stretch in stretches]
    at = {stretch: number for number, stretch in enumerate(stretches)}
    runs = [run for run, signed in heading_runs(source) if signed]
    articles = [at[run[0]] for run in runs]
    # Where the headings that are signed agree, one above some of them is a column's.
    if min(len({given[at[run[which]]] for run in runs}) for which in (0, -1)) < 2:
        return given
    target = min(given[number] for number in articles)
    if articles[0] > 0 and given[0] == 1:
        target = max(target, 2)  # below the title of them all
    out = list(given)
    starts = frozenset(articles)
    shift = own = 0
    for number, level in enumerate(given):
        if number in starts:
            own, shift = level, target - level
        elif level < own:
            own = shift = 0
        out[number] = min(max(level + shift, 1), _DEEPEST)
    return out


def _numbered_levels(given: Sequence[int], numbers: Sequence[Number | None]) -> list[int]:
    """The levels with each numbered heading on that of the one it counts on from.

    The first of a series stands below the nearest heading of a higher kind (第一章, 第一节, 一、, （一）, 1.).
    A number that counts on from nothing decides nothing.
    """
    out: list[int] = []
    open_: list[_Place] = []
    for level, number in zip(given, numbers, strict=True):
        place = _Place(level, level, number)
        before = _counts_on_from(open_, number)
        if before is not None:
            place.new = open_[before].new
            del open_[before:]
        else:
            if number is not None and number.value == 1:
                while open_ and not _may_hold(open_[-1], place):
                    open_.pop()
            else:
                while open_ and open_[-1].old >= level:
                    open_.pop()
            if open_:
                parent = open_[-1]
                place.new = max(parent.new + 1, level + parent.new - parent.old)
        place.new = min(max(place.new, 1), _DEEPEST)
        open_.append(place)
        out.append(place.new)
    return out


def _counts_on_from(open_: Sequence[_Place], number: Number | None) -> int | None:
    """Which open heading *number* follows on."""
    if number is None:
        return None
    for at in range(len(open_) - 1, -1, -1):
        other = open_[at].number
        if other is None:
            continue
        if other.shape == number.shape and other.prefix == number.prefix:
            return at if other.value == number.value - 1 else None
        if other.rank < number.rank:
            return None
    return None


def _may_hold(parent: _Place, child: _Place) -> bool:
    """True when the first of a series may stand in *parent*."""
    if parent.number is None:
        return parent.old < child.old
    assert child.number is not None
    return parent.number.rank < child.number.rank
