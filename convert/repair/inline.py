"""The parts of a paragraph that are no prose: code, formulas, HTML, addresses, attributes, escapes.

No pass may touch them.  The order in which marks are tried is the reader's, so that a backtick inside a
formula opens no code here either; a test reads texts before and after repair to hold the two together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from convert.characters import is_wide

__all__ = ["guarded"]

Span = tuple[int, int]

_SPECIAL = re.compile(r"[\\`&<$\[\]{@]|https?://|www\.")
_BACKTICKS = re.compile(r"`+")
_TAG = re.compile(
    r"""</?[A-Za-z][A-Za-z0-9-]{0,30}(?:\s+[^\s"'=<>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>]++))?+)*+\s*+/?>"""
    r"""|<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,4000}|[^\s<>@]{1,64}@[A-Za-z0-9.-]{1,255})>"""
)
_MATH = re.compile(r"\$\$([^$]{1,2000})\$\$|\$(?![\s$])((?:\\.|[^$\\\n]){1,1000})(?<!\s)\$(?!\d)")
_TEX_TEXT = re.compile(r"\\(?:text|mathrm|mbox|textbf)\{[^{}]*\}")
_SIMPLE = {
    "\\": re.compile(r"\\(?:[!-/:-@\[-`{-~]|\n[ ]*)"),
    "&": re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"),
    "h": re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*"),
    "w": re.compile(r"www\.[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*"),
    "@": re.compile(r"@[a-z]{2,3}-[A-Za-z0-9_:-]+"),
}
_BRACES = re.compile(r"\{[^{}\n]{0,1000}\}")
_NOTE = re.compile(r"\[\^[^\]\[\s]{1,200}\](?::[ ]*)?")
_ADDRESS = re.compile(
    r"""\([ \n]*(?:<[^<>\n]{0,4000}>|[^\s()<>]{0,4000})
    (?:[ \n]+(?:"(?:\\.|[^"\\]){0,2000}"|'(?:\\.|[^'\\]){0,2000}'|“[^”]{0,2000}”))?[ \n]*\)""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\[[^\[\]]{0,999}\]")
_ADDRESS_LENGTH = 1000


def guarded(text: str, labels: Collection[str]) -> list[Span]:
    """The places of *text*, a paragraph, that are no prose, in order; some may overlap.

    *labels* are those that link definitions give, in small letters.
    """
    return list(_spans(text, labels)) if _SPECIAL.search(text) else []


def _spans(text: str, labels: Collection[str]) -> Iterator[Span]:
    runs: dict[int, list[int]] = {}
    for run in _BACKTICKS.finditer(text):
        runs.setdefault(len(run[0]), []).append(run.start())
    brackets: list[int] = []
    comments = text.rfind("-->") - 3  # where the last comment may begin
    at = 0
    while match := _SPECIAL.search(text, at):
        start, char = match.start(), match[0][0]
        end = 0
        if char == "`":
            end = _code(text, start, runs)
        elif char == "$":
            end = _math(text, start)
        elif char == "<" and text.startswith("<!--", start) and start < comments:
            end = text.find("-->", start + 4) + 3
        elif char == "<":
            end = _end(_TAG.match(text, start))
        elif char == "{":
            # Attributes and readings; other braces are text, and what stands in them goes on being looked at.
            if braces := _BRACES.match(text, start):
                yield start, braces.end()
        elif char == "[":
            end = _end(_NOTE.match(text, start))
            if not end:
                brackets.append(start)
        elif char == "]":
            yield from _after_bracket(text, brackets, start, labels)
            end = _link_end(text, start) if brackets else 0
            del brackets[-1:]
        else:
            end = _end(_SIMPLE[char].match(text, start))
        if end:
            yield start, end
        at = end or _past(text, start, char)


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _past(text: str, start: int, char: str) -> int:
    """Where to look on after a mark that means nothing here: a run of backticks is left as one."""
    run = _BACKTICKS.match(text, start) if char == "`" else None
    return run.end() if run else start + 1


def _code(text: str, start: int, runs: dict[int, list[int]]) -> int:
    run = _BACKTICKS.match(text, start)
    assert run is not None
    same = runs.get(len(run[0]), [])
    at = bisect_right(same, start)
    return same[at] + len(run[0]) if at < len(same) else 0


def _math(text: str, start: int) -> int:
    match = _MATH.match(text, start)
    if match is None or any(is_wide(char) for char in _TEX_TEXT.sub("", match[1] or match[2])):
        return 0
    return match.end()


def _after_bracket(text: str, brackets: list[int], close: int, labels: Collection[str]) -> Iterator[Span]:
    """A label that stands in brackets, or in the brackets after these."""
    label = _LABEL.match(text, close + 1)
    if label is not None:
        yield close, label.end()
    if labels and brackets and close - brackets[-1] < 1000:
        inner = text[brackets[-1] + 1 : close]
        if " ".join(inner.split()).casefold() in labels:
            yield brackets[-1], close + 1


def _link_end(text: str, close: int) -> int:
    """Where the address after a closing bracket ends; 0 when there is none."""
    if not text.startswith("(", close + 1):
        return 0
    match = _ADDRESS.match(text, close + 1)
    if match is not None:
        return match.end()
    depth = 0
    for at in range(close + 1, min(len(text), close + 1 + _ADDRESS_LENGTH)):
        if text[at] == "\n":
            return 0
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    return 0
