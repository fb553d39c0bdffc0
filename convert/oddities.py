"""What looks wrong in a text, found in one way by the checks and by the repair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.regex import regex

__all__ = ["half_width_marks", "stray_words"]

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = (
    "a an and are as at be but by for from has have in into is it its not of on or that the their then this"
    " to was were which with"
)
_STRAY = regex(
    rf"(?<=[{_HAN}”’）》」』】〉])[ \t]*({'|'.join(_WORDS.split())})[ \t]*(?=[{_HAN}“‘（《「『【〈])"
)


def stray_words(text: str) -> Iterator[re.Match[str]]:
    """Every small English word that stands alone between Chinese words, as recognition leaves it behind.

    Group 0 is the word with the blanks round it, group 1 the word.  Names and terms of Chinese texts about
    English or computing (``用 and 连接``, ``IN 语句``) can look the same: this is a suspicion.
    """
    return _STRAY.finditer(text)


_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_HALF = regex(rf"(?<=[{_HAN}])(?:[,;:?!](?![\x21-\x2f\x3a-\x40])|\.(?![A-Za-z0-9_.,/\\]))")


def half_width_marks(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every comma, semicolon, colon, question or exclamation mark and full stop right after a Chinese character.

    With each the mark of full width.  A full stop counts only where nothing follows that it might part:
    第3章.md is left alone.
    """
    return ((match, _WIDE[match[0]]) for match in _HALF.finditer(text))
