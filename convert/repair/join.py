"""Paragraphs that a page end cut in two are made one again.

A paragraph is taken for cut when it reads as prose, ends without a closing mark, and what follows reads as
its continuation.  Where the text still shows that a page ended there (a page mark, a form feed, indents that
all other paragraphs have) less is asked for; where it does not, one of the two parts must be as long as only
prose is.  Letters, verse, dialogues, captions, bylines and headings without marks are short, or begin in ways
of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from convert.characters import is_hangul, is_latin
from convert.records import dataclass, replace
from convert.repair.bylines import byline_lines
from convert.repair.edits import Change, Edit
from convert.repair.hyphens import Hyphens
from convert.repair.source import PAGE_MARK, Source
from convert.repair.wording import (
    bare,
    is_closed,
    is_label,
    is_sentence,
    is_speech,
    open_mark,
    size,
    stands_alone,
)
from convert.skeleton import Stretch, StretchKind

__all__ = ["join"]

SHORT = 16.0
"""A paragraph that is cut has at least this many ems: the first line of a narrow column."""
LONG = 40.0
"""From here on a line with a pause in it is prose, not a heading, a caption or a verse."""
CERTAIN = 100.0
"""Where nothing else tells of a page end, one of the two parts has at least this many ems."""
PAGE = 200.0
"""A part that is cut at both ends is a whole page of text, and so at least this long."""
REST = 8.0
"""What is left on the next page has at least this many ems; less only as the end of a sentence of prose."""

_NEVER_FIRST = tuple("，。、；：！？〉》")
_MARKS = tuple("\\*_~=`<[!$")
_FUNCTION_WORDS = frozenset(
    "a an and as at but by for from in into is of on or that the their to was were which with".split()
)
_DIVIDED = re.compile(r"[^\W\d_]{2}[-\u2010\u00ad]$")
_INDENT = re.compile(r"\f?(?:[ ]?\u3000|[ ]{2})")

_REASON = "a page end cut this paragraph"
_FEED = "a form feed where a page ended"
_DOUBT = "this paragraph ends without a mark; if a page end cut it, join it with the next"


class _Verdict(Enum):
    JOIN = 0
    DOUBT = 1
    PART = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph, or several that were found to be one; `page` says that a page ended before it."""

    stretch: Stretch
    text: str
    page: bool

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def join(source: Source) -> Iterator[Change]:
    """Join what a page end cut; page marks between the parts move to where the page began."""
    hyphens = Hyphens(source)
    taken = []
    for run in _runs(source):
        joined, doubts = _judge(run)
        for before, after in joined:
            change = _change(source, before, after, hyphens)
            taken.append((change.start, change.end))
            yield change
        for part in doubts:
            end = source.end(part.last)
            yield Change(end - 1, end, _DOUBT)
    yield from _form_feeds(source, taken)


# ---------------------------------------------------------------- what may belong together


def _runs(source: Source) -> Iterator[list[_Part]]:
    """Paragraphs with nothing but blank lines and page marks between them."""
    bylines = byline_lines(source)
    indented = _is_indented(source, bylines)
    run: list[_Part] = []
    before: Stretch | None = None
    for stretch in source.stretches:
        if before is None or not source.only_marks_between(before, stretch):
            yield run
            run = []
        between = source.text[source.end(before.last) : source.begin(stretch.first)] if before else ""
        before = stretch
        if stretch.nested or stretch.kind is not StretchKind.PARAGRAPH or stretch in bylines:
            yield run
            run = []
            continue
        raw = source.raw(stretch)
        seen = indented or "\f" in between or raw.startswith("\f") or PAGE_MARK.search(between) is not None
        run.append(_Part(stretch, PAGE_MARK.sub("", raw).removeprefix("\f"), seen))
    yield run


def _is_indented(source: Source, bylines: frozenset[Stretch]) -> bool:
    """True when the paragraphs of the text begin with an indent, so that one without goes on with the last.

    Those after a paragraph without a closing mark do not count: whether they are paragraphs is the question.
    """
    indented = plain = 0
    open_end = False
    for stretch in source.stretches:
        if stretch.nested or stretch.kind is not StretchKind.PARAGRAPH or stretch in bylines:
            open_end = False
            continue
        raw = source.raw(stretch)
        if _INDENT.match(raw):
            indented += 1
        elif not open_end:
            plain += 1
        open_end = not is_closed(raw)
    return indented >= 3 and indented > 2 * plain


def _judge(run: list[_Part]) -> tuple[list[tuple[Stretch, Stretch]], list[Stretch]]:
    """Which neighbours are one paragraph, and which may be.

    What is joined is judged again as a whole, with what stands before it: so nothing is left to join in the
    result.
    """
    joined: list[tuple[Stretch, Stretch]] = []
    held: list[_Part] = []
    doubts: dict[Stretch, None] = {}
    last: dict[Stretch, Stretch] = {}
    for part in run:
        held.append(part)
        last[part.stretch] = part.stretch
        while len(held) > 1:
            before, after = held[-2], held[-1]
            end = last[before.stretch]
            verdict = _verdict(held[-3] if len(held) > 2 else None, before, after)
            doubts.pop(end, None)
            if verdict is not _Verdict.JOIN:
                if verdict is _Verdict.DOUBT:
                    doubts[end] = None
                break
            joined.append((end, after.stretch))
            last[before.stretch] = last[after.stretch]
            held[-2:] = [
                replace(before, text=before.text.rstrip() + _between(before, after) + after.text.lstrip())
            ]
    return joined, list(doubts)


def _between(before: _Part, after: _Part) -> str:
    """What stands between two parts that are joined: a line end where the text is cut into lines."""
    if "\n" in before.text or "\n" in after.text:
        return "\n"
    return _blank(before.text.rstrip(), after.text.lstrip())


def _blank(text: str, rest: str) -> str:
    """The blank between *text* and *rest* on one line: none beside Han, nor in a number among Han."""
    if _is_wide(text[-1]) or _is_wide(rest[0]):
        return ""
    return "" if text[-1].isdigit() and rest[0].isdigit() and any(map(_is_wide, text[-8:])) else " "


def _is_wide(char: str) -> bool:
    return not (ord(char) < 0x2E80 or is_hangul(char)) or char in "“”‘’—…·"


def _is_letter(char: str) -> bool:
    return is_latin(char) and not char.isdigit()


# ---------------------------------------------------------------- the judgement


def _verdict(earlier: _Part | None, before: _Part, after: _Part) -> _Verdict:
    """Whether *after* goes on with the paragraph *before*; *earlier* stands before that one."""
    text, rest = bare(before.text), bare(after.text)
    if not text or not rest or is_closed(text) or is_label(text) or stands_alone(after.text):
        return _Verdict.PART
    if before.text.rstrip().endswith(_MARKS) and after.text.lstrip().startswith(_MARKS):
        return _Verdict.PART
    if rest.startswith(_NEVER_FIRST) or (_DIVIDED.search(text) and rest[0].islower()):
        return _Verdict.JOIN if size(text) >= SHORT / 4 else _Verdict.PART
    if not _is_full(before) or not _goes_on(text, rest, after.page):
        return _Verdict.PART
    wide, over = size(text), size(rest)
    if not _is_cut(text, after.page) or wide < (SHORT / 2 if after.page else SHORT):
        return _Verdict.PART
    closer = open_mark(text)
    sure = (
        after.page
        or text[-1] in "，、,"
        or rest[0].islower()
        or _last_word(text) in _FUNCTION_WORDS
        or _closes_first(rest, closer)
    )
    if earlier is not None and not sure and _looks_cut(earlier):
        return _Verdict.DOUBT
    ends = is_closed(rest) and (after.page or over >= REST or (wide >= CERTAIN and rest[-1] == "。"))
    if not ends and over < PAGE:
        return _Verdict.DOUBT if wide >= LONG else _Verdict.PART
    if after.page or max(wide, over) >= (LONG if sure else CERTAIN):
        return _Verdict.JOIN
    return _Verdict.DOUBT


def _looks_cut(part: _Part) -> bool:
    text = bare(part.text)
    return not is_closed(text) and not is_label(text) and _is_cut(text, False) and size(text) >= SHORT


def _is_cut(text: str, page: bool) -> bool:
    """True when *text*, which ends without a mark, reads as prose."""
    if is_sentence(text) or page:
        return True
    if text[-1] in "，、,":
        return size(text) >= SHORT * 1.5
    return size(text) >= LONG and any(mark in text for mark in "，、：,")


def _is_full(part: _Part) -> bool:
    """False when *part* is cut into lines and its last line ends before the others do, or they are verse."""
    lines = part.lines
    if len(lines) == 1:
        return True
    sizes = [size(line) for line in lines]
    widest = max(sizes)
    return widest >= SHORT and min(sizes[:-1]) >= 0.7 * widest and sizes[-1] >= 0.8 * widest


def _goes_on(text: str, rest: str, page: bool) -> bool:
    """False when *rest* begins as a new sentence does, or as the next speech of a dialogue."""
    if is_speech(text, rest) or (rest[0] in '“「『‘"' and size(text) < LONG and not page):
        return False
    if _is_letter(rest[0]) and not _is_wide(text[-1]):
        return rest[0].islower() or text[-1] in ",-" or _last_word(text) in _FUNCTION_WORDS
    return True


def _last_word(text: str) -> str:
    word = re.search(r"[A-Za-z]*$", text[-20:])
    return word[0] if word else ""


def _closes_first(rest: str, closer: str) -> bool:
    """True when *rest* closes what the paragraph before it left open, before it opens anything of the kind."""
    if not closer:
        return False
    opener = {"”": "“", "》": "《", "）": "（", "」": "「", "’": "‘"}[closer]
    at, other = rest.find(closer), rest.find(opener)
    return at >= 0 and (other < 0 or at < other)


# ---------------------------------------------------------------- the change


def _change(source: Source, before: Stretch, after: Stretch, hyphens: Hyphens) -> Change:
    text = source.text
    end = source.begin(before.first) + len(source.raw(before).rstrip())
    raw = source.raw(after)
    start = source.begin(after.first) + len(raw) - len(raw.lstrip())
    wrapped = before.first < before.last or after.first < after.last
    marks = list(PAGE_MARK.finditer(text, end, start))
    if not marks and hyphens.divides(end, start):
        return Change.of(_REASON, *hyphens.edits(end, start, wrapped))
    edits, at = [], end
    for mark in marks:
        edits.append(Edit(at, mark.start(), ""))
        at = mark.end()
    edits.append(Edit(at, start, "\n" if wrapped else _blank(text[max(0, end - 8) : end], text[start])))
    return Change.of(_REASON, *edits)


def _form_feeds(source: Source, taken: list[tuple[int, int]]) -> Iterator[Change]:
    """Form feeds in the text that no joined paragraph took with it."""
    gone = {at for start, end in taken for at in range(start, end)}
    for match in re.finditer("\f", source.text):
        at = match.start()
        line = source.line_at(at)
        in_prose = source.prose[at] == "\f" or not source.lines[line - 1].strip()
        if at not in gone and in_prose:
            yield Change.of(_FEED, Edit(at, at + 1, ""))
