"""The line breaks of UAX #14 with nothing of ours: plain signs from a table, the rest from a library.

The library takes 30 ms to load and 50 µs for a character; most texts have a few dozen signs in such company that
each pair of neighbours decides by itself (a test asks the library about all of them).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

__all__ = ["breakable", "core"]


@lru_cache(maxsize=1 << 14)
def core(text: str) -> tuple[bool, ...]:
    """The untailored algorithm: for each index of *text*, may a line break before it?"""
    from uniseg.linebreak import line_break_breakables

    return tuple(bool(item) for item in line_break_breakables(text))


SIGNS = {
    "I": "一한",
    "O": "「",
    "o": "([",
    "C": "」。",
    "c": ")]",
    "X": "！!?",
    "N": "・々ー",
    "A": "a_@#&=*<>~→×·",
    "1": "1",
    "B": "\u3000|",
    "S": ".,:;",
    "/": "/",
    "-": "-",
    "P": "+$",
    "T": "%℃",
    "Q": "'\"",
    "q": "’",
    "G": "\u00a0",
    "E": "…",
    " ": " ",
}
"""Signs that behave alike, by a letter of ours: ideographs, brackets and stops wide and narrow, letters …"""
_KINDS = {sign: kind for kind, signs in SIGNS.items() for sign in signs}
_MAY = {
    "I": "IOoA1P",
    "O": "",
    "o": "",
    "C": "IOoA1",
    "c": "IOo",
    "X": "IOoA1PT",
    "N": "IOoA1PT",
    "A": "IO",
    "1": "IO",
    "B": "IOoA1PTG",
    "S": "IOo",
    "/": "IOoA",
    "-": "IOoPTG",
    "P": "PT",
    "T": "IPT",
    "Q": "",
    "q": "",
    "G": "",
    "E": "IOoA1PT",
}
"""After a sign of this kind a line may end before one of those."""
_UNSURE = {"C": "PT", "c": "PT", "S": "PT", "/": "1PT", "-": "A", "P": "Oo", "T": "Oo", "Q": "IO", "q": "IO"}
"""Pairs that look further: a number's end (LB25), a hyphen before a word (LB20a), a quotation mark (LB15, LB19a)."""
_NEVER_AFTER_SPACE = "CcX/ "


@lru_cache(maxsize=1 << 14)
def breakable(text: str) -> tuple[bool, ...]:
    """What `core` says, without the library where pairs of plain signs decide."""
    kinds = [_KINDS.get(sign, "") for sign in text]
    if not kinds or not all(kinds):
        return core(text)
    found = [False] * len(kinds)
    solid = "" if kinds[0] == " " else kinds[0]
    """The last kind that is no space."""
    for i, (before, here) in enumerate(pairwise(kinds), 1):
        may = _after_space(solid, here) if before == " " else _after(before, here)
        if may is None:
            return core(text)
        found[i] = may
        if here != " ":
            solid = here
    return tuple(found)


def _after(before: str, here: str) -> bool | None:
    """Whether a line may end between two signs; None where they alone do not decide."""
    if here in _UNSURE.get(before, ""):
        return None
    return here in _MAY[before]


def _after_space(solid: str, here: str) -> bool | None:
    """Whether a line may end after *solid* and spaces (LB7, LB13 to LB18)."""
    if not solid or here in "Sq":
        return None
    if here in _NEVER_AFTER_SPACE or solid in "Oo":
        return False
    return here != "N" or solid not in "Cc"
