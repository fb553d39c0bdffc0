"""Hyphenation of Latin words with pyphen (CLREQ 6.1.4; house limits: 5 letters, 2 before, 3 after).

Pinyin in an East Asian text is divided between its syllables (GB/T 16159-2012, 移行).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from convert.regex import regex

__all__ = ["MIXED", "WORD", "hyphen_points", "inner_capitals"]

_OUTSIDE = r"(?<![A-Za-z0-9À-ɏ_@.\-‐’'/\\])", r"(?![A-Za-z0-9À-ɏ_@\-‐/\\]|\.[A-Za-z0-9])"
WORD = regex(rf"{_OUTSIDE[0]}[A-Za-zÀ-ɏ]{{5,}}{_OUTSIDE[1]}")
"""A word that may be hyphenated: letters only, not part of a compound, an address or a token with digits."""
MIXED = regex(rf"{_OUTSIDE[0]}[A-Z]?[a-z]+(?:[A-Z][a-z]+)+{_OUTSIDE[1]}")
"""A name of several parts with capitals inside: JavaScript, PowerPoint."""

_SHORTEST, _BEFORE, _AFTER = 5, 2, 3
_EAST_ASIAN = ("zh", "ja", "ko", "")
_EAST_ASIAN = ("zh", "ja", "ko", "")


@lru_cache(maxsize=16)
def _dictionary(language: str) -> Any:
    """Patterns for a BCP 47 tag; Latin words in a CJK text are taken for American English."""
    import pyphen

    tag = language.replace("-", "_") or "en_US"
    if tag[:2] in (*_EAST_ASIAN, "en"):
        tag = tag if tag in ("en_GB", "en_US") else "en_US"
    found = tag if tag in pyphen.LANGUAGES else pyphen.language_fallback(tag)
    return pyphen.Pyphen(lang=found, left=_BEFORE, right=_AFTER) if found else None


@lru_cache(maxsize=1 << 14)
def hyphen_points(word: str, language: str) -> tuple[int, ...]:
    """Offsets in *word* where a hyphen may end a line; () for capitals, inner capitals and short words."""
    if len(word) < _SHORTEST or not (word.islower() or word[1:].islower()):
        return ()
    points = _syllables(word.lower()) if language[:2] in _EAST_ASIAN else ()
    if not points:
        dictionary = _dictionary(language)
        if dictionary is None:
            return ()
        points = tuple(int(point) for point in dictionary.positions(word.lower()))
    return tuple(point for point in points if _BEFORE <= point <= len(word) - _AFTER)


_FINAL = (
    "i(?:ong|ang|an|ao|ng|n|a|e|u)?|u(?:ang|ai|an|n|a|o|e|i)?|v[en]?|a(?:ng|i|o|n)?|e(?:ng|i|n|r)?|o(?:ng|u)?"
)
_SYLLABLE = regex(rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:{_FINAL})")
_FIRST = regex(rf"{_SYLLABLE.pattern}|a(?:ng|i|o|n)?|e(?:ng|i|n|r)?|ou?")
_SURE = regex("[\u0300\u0301\u0304\u030c]|^[qx]|zh|[aeioungv][qx]")
"""Tone marks, or letters that hardly another language has there."""
_LONGEST = 30


def _syllables(word: str) -> tuple[int, ...]:
    """Offsets of the syllables of a word of pinyin but the first; () for what is none.

    Without an apostrophe every syllable but the first begins with a consonant.
    """
    if len(word) > _LONGEST or not _SURE.search(unicodedata.normalize("NFD", word)):
        return ()
    bare = "".join("v" if char in "üǖǘǚǜ" else unicodedata.normalize("NFD", char)[0] for char in word)
    return _parted(bare, 0) or ()


def _parted(bare: str, start: int) -> tuple[int, ...] | None:
    """Where the syllables from *start* on begin, but for the one there; the longest that leave a rest that parts."""
    pattern = _SYLLABLE if start else _FIRST
    longest = pattern.match(bare, start)
    if longest is None:
        return None
    for end in range(longest.end(), start, -1):
        if not pattern.fullmatch(bare, start, end):
            continue
        if bare[end:] in ("", "r"):
            return ()
        rest = _parted(bare, end)
        if rest is not None:
            return (end, *rest)
    return None


def inner_capitals(word: str) -> tuple[int, ...]:
    """Offsets of the capitals inside *word* that a hyphen may precede when nothing else helps."""
    return tuple(i for i, c in enumerate(word) if c.isupper() and _BEFORE <= i <= len(word) - _AFTER)
