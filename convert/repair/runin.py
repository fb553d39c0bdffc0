"""Headings that open their paragraph (一、……。) are marked alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.records import dataclass
from convert.repair.edits import Change, Edit
from convert.repair.source import Source
from convert.repair.wording import number_of, size

__all__ = ["runin"]

_LONGEST = 60.0
"""A heading in the line has at most so many ems."""
_BOLD = re.compile(r"\*\*([^*\n]{2,120})\*\*")
_SENTENCE = re.compile(r"[^。！？\n*_`<>\[\]\0]{2,120}[。！？]")

_REASON = "headings like this one are bold elsewhere in the text"


@dataclass(frozen=True, slots=True)
class _Opening:
    """The numbered sentence that opens a paragraph."""

    shape: str
    start: int
    end: int
    bold: bool


def runin(source: Source) -> Iterator[Change]:
    """Set numbered sentences that open a paragraph in bold, where others of their kind are."""
    found = list(_openings(source))
    bold = {opening.shape for opening in found if opening.bold}
    for opening in found:
        if opening.shape in bold and not opening.bold:
            yield Change.of(
                _REASON, Edit(opening.start, opening.start, "**"), Edit(opening.end, opening.end, "**")
            )


def _openings(source: Source) -> Iterator[_Opening]:
    for stretch in source.paragraphs():
        start = source.begin(stretch.first)
        start += len(source.lines[stretch.first - 1]) - len(source.lines[stretch.first - 1].lstrip())
        text = source.prose[start : source.end(stretch.last)]
        if match := _BOLD.match(text):
            words, end, bold = match[1], match.end(), True
        elif match := _SENTENCE.match(text):
            words, end, bold = match[0], match.end(), False
        else:
            continue
        number = number_of(words)
        rest = text[end:].lstrip("。 ")
        if number is None or number.rank < 3 or not rest or size(words) > _LONGEST or "\n" in words:
            continue
        yield _Opening(number.shape, start, start + end, bold)
