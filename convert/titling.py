"""Titles broken into lines by sense: at marks, between words, evenly; never inside a word that is known as one."""

from __future__ import annotations

import math
import re

from convert.characters import is_cjk, is_han, is_wide
from convert.records import dataclass, field
from convert.regex import regex

__all__ = ["NOT_LAST", "Words", "break_title"]

_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕〗”’…—～·,.;:!?)]}%‰℃々ー")
"""Marks that begin no line (CLREQ 6.1.1, in what a title holds)."""
NOT_LAST = frozenset("（《〈「『【〔〖“‘([{")
"""Marks that end no line."""
_HALF_EMPTY = frozenset("，。、；：）》〉」』】〕〗")
"""Closing marks whose right half is blank."""
_GOOD_END = frozenset("，。、；：！？）》」』—…·,;:!?)")
"""A line may well end after these."""
_CLINGING = frozenset("的地得了着过们与和及之化性者")
"""What leans on the word before it and begins a line badly; a word begins after it."""
_SMALL = frozenset("a an the of in on to and or for by with from".split())
"""English words that end a line badly."""
_TOKEN = regex(r"[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ'’._-]*| |.", re.DOTALL)
_SEEN = 3
"""How often two characters must stand together in the text to be taken for a word."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the book's own text tells of its words: characters that mostly stand together are one."""

    text: str = ""
    _known: dict[str, float] = field(default_factory=dict, compare=False)

    def tie(self, before: str, after: str) -> float:
        """How firmly two characters hang together, from 0 to 1."""
        pair = before + after
        if pair not in self._known:
            together = self.text.count(pair)
            alone = min(self.text.count(before), self.text.count(after))
            self._known[pair] = together / alone if together >= _SEEN else 0.0
        return self._known[pair]


def break_title(
    text: str, capacity: float, words: Words, lead: float = 0.0
) -> tuple[float, list[str]] | None:
    """*text* in lines of at most *capacity* em, and how bad they are; None when a word is wider.

    Before the first stands something *lead* em wide.

    Lines are as even as can be; they end at marks and spaces and between words rather than inside one,
    never before a closing or after an opening mark, never inside a Latin word; none but the only one is
    one character.
    """
    units = _glued([token for token in _TOKEN.findall(" ".join(text.split())) if token])
    costs = _parting_costs(units, words)
    widths = [_ems(unit) for unit in units]
    best: list[tuple[float, int]] = [(0.0, -1)]
    for end in range(1, len(units) + 1):
        options = []
        width = -_blank_end(units[end - 1])
        for start in range(end - 1, -1, -1):
            width += widths[start] + (0.0 if start else lead)
            if width > capacity:
                break
            if best[start][0] == math.inf:
                continue
            cost = best[start][0] + ((capacity - width) / capacity) ** 2 + 0.5
            cost += 4.0 if end - start == 1 and len(units[start].strip()) == 1 and len(units) > 1 else 0.0
            cost += costs[end] if end < len(units) else 0.0
            options.append((cost, start))
        best.append(min(options, default=(math.inf, -1)))
    if best[-1][0] == math.inf:
        return None
    lines: list[str] = []
    end = len(units)
    while end > 0:
        start = best[end][1]
        lines.append("".join(units[start:end]).strip())
        end = start
    return best[-1][0], lines[::-1]


def _parting_costs(units: list[str], words: Words) -> list[float]:
    """What it costs to begin a line before each unit.

    Most Chinese words are of two characters: counted from the last mark or small word, a line had better
    begin at every second one.
    """
    costs = [0.0] * len(units)
    since = 0
    for at in range(1, len(units)):
        before, after = units[at - 1], units[at]
        since = since + 1 if is_han(before[-1]) and before[0] not in _CLINGING else 0
        costs[at] = _parting_cost(before, after, since, words)
    return costs


def _parting_cost(before: str, after: str, since: int, words: Words) -> float:
    if before.rstrip()[-1:] in _GOOD_END:
        return 0.0
    if before.endswith(" "):
        small = before.strip().casefold() in _SMALL
        return (2.0 if small else 0.7) if before.isascii() else 0.0
    if after[0] in _CLINGING:
        return 3.0
    return 1.0 + 0.8 * (since % 2) + 2.0 * words.tie(before[-1], after[0])


def _glued(tokens: list[str]) -> list[str]:
    """Tokens with what may not be parted from its neighbour put together."""
    units: list[str] = []
    for token in tokens:
        previous = units[-1] if units else ""
        opens = previous[-1:] in NOT_LAST or (len(units) == 1 and not previous.strip("—"))
        joined = previous and (token == " " or token[0] in _NOT_FIRST or opens)
        if joined:
            units[-1] += token
        else:
            units.append(token)
    return units


def _ems(text: str) -> float:
    """Width in em, about."""
    return sum(1.0 if is_wide(char) or is_cjk(char) or char in "—…“”‘’" else 0.56 for char in text)


def _blank_end(unit: str) -> float:
    """The part of *unit*'s end that is blank: a space, or the empty half of a mark."""
    bare = unit.rstrip()
    return 0.56 * (len(unit) - len(bare)) + (0.5 if bare and bare[-1] in _HALF_EMPTY else 0.0)
