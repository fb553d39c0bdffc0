"""Quotation marks and brackets that are opened and not closed, or closed and not opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from convert.checks.passages import Passage
from convert.checks.tally import Tally
from convert.diagnostics import Code
from convert.regex import regex

__all__ = ["check_pairs"]

_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
    "(": ")",
    "[": "]",
}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_MARKS = regex("[" + re.escape("".join((*_PAIRS, *_OPENERS))) + "]")
_LABEL = regex(r"[ \t\u3000]*(?:[(（]?[\w一-龥]{1,4}[)）])")
"""1) or a） at the head of a line: a label, not the end of a remark."""
_CLOSED = tuple("。！？；：…—.!?;:”’」』）》】〕)]")
_QUOTES = "“‘「『"


def check_pairs(texts: Iterable[Passage], tally: Tally) -> None:
    """Tell of the first mark without its partner in a paragraph, or in paragraphs that go on in one another.

    A quotation of several paragraphs opens in each and closes in the last (Chinese and English custom).
    """
    group: list[Passage] = []
    for passage in texts:
        if group and not _goes_on(group[-1], passage):
            _check(group, tally)
            group = []
        group.append(passage)
    _check(group, tally)


def _goes_on(before: Passage, after: Passage) -> bool:
    """*after* may be the rest of *before*: both run, in one file, and *before* does not end like a paragraph."""
    if not (before.flows and after.flows and before.span.file == after.span.file):
        return False
    if after.text[0] in _QUOTES and any(before.text.count(q) > before.text.count(_PAIRS[q]) for q in _QUOTES):
        return True
    return not before.text.rstrip().endswith(_CLOSED)


def _check(group: Sequence[Passage], tally: Tally) -> None:
    opened: list[tuple[str, Passage, int]] = []
    for passage in group:
        text = passage.text
        lead = len(text) - len(text.lstrip())
        label = _LABEL.match(text)
        for match in _MARKS.finditer(text, label.end() if label else 0):
            mark, at = match[0], match.start()
            if mark == "’" and _is_apostrophe(text, at, bool(opened) and opened[-1][0] == "‘"):
                continue
            if mark in _PAIRS:
                again = mark in _QUOTES and at == lead and any(m == mark for m, _, _ in opened)
                if not again:
                    opened.append((mark, passage, at))
                continue
            if opened and opened[-1][0] == _OPENERS[mark]:
                opened.pop()
                continue
            if any(m == _OPENERS[mark] for m, _, _ in opened):
                break  # crossed: the inner one lacks its partner
            _tell(tally, mark, passage, at, f"add {_OPENERS[mark]} before it, or take it away")
            return
    if opened:
        mark, passage, at = opened[-1]
        _tell(tally, mark, passage, at, f"add {_PAIRS[mark]} after it, or take it away")


def _is_apostrophe(text: str, at: int, opened: bool) -> bool:
    """After a Latin letter, unless it may close what is *opened*: he’s, the boys’."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return before.isascii() and before.isalpha() and (not opened or (after.isascii() and after.isalpha()))


def _tell(tally: Tally, mark: str, passage: Passage, at: int, why: str) -> None:
    tally.at(Code.UNBALANCED, passage, at, at + 1, f"the mark {mark} stands alone", why)
