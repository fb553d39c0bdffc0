"""Blanks between Han and Latin, the width of punctuation, quotation marks, dashes and dots.

All work on `Source.chinese`, where nothing but Chinese prose is left, and act only beside Han.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.oddities import half_width_marks, stray_words
from convert.repair.edits import Change, Edit
from convert.repair.source import Source
from convert.skeleton import StretchKind

__all__ = ["dashes", "punctuation", "quotes", "spaces"]

_HAN = r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE_MARKS = "，。、；：！？“”‘’（）《》〈〉「」『』【】〔〕—…·"

_SPACE = re.compile(rf"(?<=[{_HAN}])[ ]+(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%℃])[ ]+(?=[{_HAN}])")
_ONE_WORD = re.compile(r"[!-~]{1,30}")
_BLANK = "a blank between Han and Latin"
_OPENED = re.compile(r"[ ](?=\S)")
_HALF_BRACKETS = re.compile(rf"\((?=[^()\n]*[{_HAN}])([^()\n]{{1,200}})\)")
_FULL_ALPHANUMERIC = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_DASHES = re.compile(
    rf"(?<=[{_HAN}{_WIDE_MARKS}])[ ]?(?<!-)--(?:-?-)?(?!-)[ ]?(?=[{_HAN}{_WIDE_MARKS}]|$)", re.MULTILINE
)
_DOTS = re.compile(rf"(?<=[{_HAN}{_WIDE_MARKS}])(?:\.{{3,6}}|。{{3,6}}|…(?!…))(?<!……)(?![.。…])")
_DOUBLE = re.compile(r'"')
_SINGLE = re.compile(r"'")


def spaces(source: Source) -> Iterator[Change]:
    """A blank between Han and Latin letters or digits goes: quire sets the distance itself.

    The blanks before and after one word are one change; those round a word that `words` doubts stay.
    """
    prose = source.chinese
    doubted = {at for match in stray_words(prose) for at in (match.start(), match.end(1))}
    held: list[Edit] = []
    for match in _SPACE.finditer(prose):
        if match.start() in doubted:
            continue
        edit = Edit(match.start(), match.end(), "")
        if held and not _ONE_WORD.fullmatch(prose, held[-1].end, edit.start):
            yield Change.of(_BLANK, *held)
            held = []
        held.append(edit)
    if held:
        yield Change.of(_BLANK, *held)


def punctuation(source: Source) -> Iterator[Change]:
    """Marks after Han are full-width, letters and digits are not."""
    prose = source.chinese
    for match, wide in half_width_marks(prose):
        if prose.startswith("[", match.end()):  # an image
            continue
        end = match.end() + (_OPENED.match(prose, match.end()) is not None)
        yield Change.of("a half-width mark after Han", Edit(match.start(), end, wide))
    for match in _HALF_BRACKETS.finditer(prose):
        before, after = prose[match.start() - 1 : match.start()], prose[match.end() : match.end() + 1]
        if re.search(rf"[{_HAN}{_WIDE_MARKS}]", before + after) and "\0" not in match[0] and before != "]":
            opening = Edit(match.start(), match.start() + 1, "（")
            yield Change.of(
                "half-width brackets round Han", opening, Edit(match.end() - 1, match.end(), "）")
            )
    for match in _FULL_ALPHANUMERIC.finditer(prose):
        new = "".join(chr(ord(char) - 0xFEE0) for char in match[0])
        yield Change.of("full-width letters or digits", Edit(match.start(), match.end(), new))


def quotes(source: Source) -> Iterator[Change]:
    """Straight quotation marks of a paragraph become curly, where they pair and Han stands beside them."""
    prose = source.chinese
    for stretch in source.stretches:
        if stretch.kind in (StretchKind.VERBATIM, StretchKind.MARK, StretchKind.FIGURE):
            continue
        start, end = source.begin(stretch.first), source.end(stretch.last)
        for pattern, opening, closing in ((_DOUBLE, "“", "”"), (_SINGLE, "‘", "’")):
            marks = [
                match.start()
                for match in pattern.finditer(prose, start, end)
                if pattern is _DOUBLE or not _is_apostrophe(prose, match.start())
            ]
            if len(marks) % 2:
                continue
            for left, right in zip(marks[::2], marks[1::2], strict=True):
                beside = prose[max(0, left - 1) : left + 2] + prose[right - 1 : right + 2]
                if re.search(rf"[{_HAN}]", beside) and "\0" not in prose[left:right]:
                    yield Change.of(
                        "straight quotation marks in Chinese",
                        Edit(left, left + 1, opening),
                        Edit(right, right + 1, closing),
                    )


def _is_apostrophe(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(re.fullmatch(r"[0-9A-Za-z]", before) and re.fullmatch(r"[0-9A-Za-z]?", after))


def dashes(source: Source) -> Iterator[Change]:
    """``--`` between Han becomes ——, three dots or stops become ……."""
    prose = source.chinese
    for match in _DASHES.finditer(prose):
        yield Change.of("hyphens for a dash", Edit(match.start(), match.end(), "——"))
    for match in _DOTS.finditer(prose):
        yield Change.of("dots for an ellipsis", Edit(match.start(), match.end(), "……"))
