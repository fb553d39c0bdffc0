"""A line of HTML cut before each tag that begins or ends a block."""

from __future__ import annotations

import re
from collections import Counter

from convert.regex import regex

__all__ = ["ATTRIBUTE", "CONTAINERS", "OPTIONAL_END", "RAW", "WORDS", "cut_at_tags", "end_of_raw"]

WORDS = frozenset("p h1 h2 h3 h4 h5 h6 summary figcaption dt legend".split())
"""Elements that hold words: what looks like a list or a heading of Markdown in them is text."""

CONTAINERS = (
    "div section article aside main header footer nav center figure figcaption details summary blockquote p ul ol"
    " li dl dt dd address fieldset legend hgroup h1 h2 h3 h4 h5 h6"
)
RAW = "table pre script style svg math textarea"

OPTIONAL_END = frozenset("p li dt dd".split())
"""Elements whose end tag HTML lets one leave out (WHATWG HTML 13.1.2.4)."""

ATTRIBUTE = r"""(?:\s+[^\s"'=<>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>]++))?+)*+\s*+"""
_ENDS = {tag: regex(rf"<(/?){tag}(?=[\s/>])[^<>]*>", re.IGNORECASE) for tag in RAW.split()}
_NAMES = "|".join(sorted([*CONTAINERS.split(), "hr"], key=len, reverse=True))
_RAW = "|".join(RAW.split())
_TOKEN = regex(
    rf"(?P<code>`+)|(?P<comment><!--)|(?P<tag></?(?:{_NAMES})(?=[\s/>]){ATTRIBUTE}/?>)|<(?P<raw>{_RAW})(?=[\s/>])",
    re.IGNORECASE,
)


def end_of_raw(tag: str, line: str, at: int, opened: int) -> tuple[int, int]:
    """Where an element that is kept as it is ends in *line* from *at* on, and how many are open then.

    *opened* are open before.  The end is -1 when the line does not end it.  Only tables stand in tables.
    """
    for match in _ENDS[tag].finditer(line, at):
        if match[1]:
            opened -= 1
            if opened <= 0:
                return match.end(), 0
        elif tag == "table" or not opened:
            opened += 1
    return -1, opened


def cut_at_tags(line: str) -> list[str]:
    """*line* in pieces, each of which begins with a tag of a block or goes on after one; none is empty.

    Code spans and comments are not looked into; ``<table>`` and its like are one piece up to their end
    tag.  A tag is a piece together with the words after it.
    """
    pieces: list[str] = []
    ticks = Counter(match[0] for match in re.finditer("`+", line)) if "`" in line else Counter[str]()
    begin = skip = 0
    open_code = ""
    for token in _TOKEN.finditer(line):
        at = token.start()
        if code := token["code"]:
            ticks[code] -= 1
            if not open_code and at >= skip and ticks[code] > 0:
                open_code = code
            elif code == open_code:
                open_code = ""
            continue
        if open_code or at < skip:
            continue
        if token["comment"]:
            end = line.find("-->", at)
            if end < 0:
                break
            skip = end + 3
            continue
        if at > begin:
            pieces.append(line[begin:at])
            begin = at
        if token["raw"]:
            end, _ = end_of_raw(token["raw"].lower(), line, at, 0)
            if end < 0:
                break
            skip = end
            pieces.append(line[at:skip])
            begin = skip
    pieces.append(line[begin:])
    return [piece for piece in pieces if piece] or [line]
