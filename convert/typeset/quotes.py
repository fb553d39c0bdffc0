"""Are the curly quotes of a paragraph wide or narrow?  (reference layout.md 1.3; CLREQ 5.2, A.3)"""

from __future__ import annotations

from collections.abc import Sequence

from convert.regex import regex
from convert.typeset.cjk import Class, is_cjk_language, is_space

__all__ = ["QUOTES", "set_quotes"]

QUOTES = frozenset("‘’“”")
_QUOTE = regex("[‘’“”]")
_PARTNER = {"’": "‘", "”": "“"}
_LATIN = (Class.LAT, Class.NUM)
_CJK = frozenset(
    {
        Class.ID,
        Class.ITER,
        Class.CJ,
        Class.OP,
        Class.CL,
        Class.FS,
        Class.CM,
        Class.EX,
        Class.DS,
        Class.EL,
        Class.MD,
        Class.CN,
        Class.SO,
        Class.BOX,
    }
)


def set_quotes(text: str, classes: list[Class], languages: Sequence[str]) -> None:
    """Give every curly quote in *text* its class, in place: OP or CL when wide, SYM when narrow.

    *languages* has the tag of each character; a quote inside a run that is no CJK language is narrow.
    Quotes are paired with a stack; the characters outside the pair decide, then its content.
    """
    pairs, single = _pairs(text, classes)
    for start, end in sorted(pairs):
        wide = _wide_pair(text, classes, start, end)
        for i, kind in ((start, Class.OP), (end, Class.CL)):
            classes[i] = kind if wide and is_cjk_language(languages[i]) else Class.SYM
    for i in single:
        beside = (_outside(text, classes, i, -1), _outside(text, classes, i, 1))
        wide = any(kind in _CJK for kind in beside) and is_cjk_language(languages[i])
        classes[i] = (Class.OP if text[i] in "‘“" else Class.CL) if wide else Class.SYM


def _pairs(text: str, classes: Sequence[Class]) -> tuple[list[tuple[int, int]], list[int]]:
    """Matched pairs, and quotes that have no partner; apostrophes are in neither."""
    stack: list[int] = []
    waiting = {"‘": 0, "“": 0}
    pairs: list[tuple[int, int]] = []
    single: list[int] = []
    for found in _QUOTE.finditer(text):
        i, char = found.start(), found.group()
        if char in "‘“":
            stack.append(i)
            waiting[char] += 1
        elif char == "’" and _apostrophe(text, classes, i, waiting["‘"] > 0):
            continue
        elif not waiting[_PARTNER[char]]:
            single.append(i)
        else:
            while text[stack[-1]] != _PARTNER[char]:
                waiting[text[stack[-1]]] -= 1
                single.append(stack.pop())
            waiting[_PARTNER[char]] -= 1
            pairs.append((stack.pop(), i))
    return pairs, sorted(single + stack)


def _apostrophe(text: str, classes: Sequence[Class], i: int, opened: bool) -> bool:
    """True between two Latin letters, or before one while no ‘ is *opened*."""
    before = i > 0 and classes[i - 1] in _LATIN
    after = i + 1 < len(text) and classes[i + 1] in _LATIN
    return after and (before or not opened)


def _outside(text: str, classes: Sequence[Class], i: int, step: int) -> Class | None:
    i += step
    while 0 <= i < len(text) and (is_space(text[i]) or classes[i] in (Class.NOTE, Class.GONE)):
        i += step
    return classes[i] if 0 <= i < len(text) else None


def _wide_pair(text: str, classes: Sequence[Class], start: int, end: int) -> bool:
    left, right = _outside(text, classes, start, -1), _outside(text, classes, end, 1)
    if left in _LATIN and right in _LATIN:
        return False
    if left in _CJK or right in _CJK:
        return True
    return any(classes[k] in _CJK for k in range(start + 1, end) if text[k] not in QUOTES)
