"""Hyphenation of Latin words with pyphen (CLREQ 6.1.4; house limits: 5 letters, 2 before, 3 after)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

__all__ = ["MIXED", "WORD", "hyphen_points", "inner_capitals"]

_OUTSIDE = r"(?<![A-Za-z0-9À-ɏ_@.\-‐’'/\\])", r"(?![A-Za-z0-9À-ɏ_@\-‐/\\]|\.[A-Za-z0-9])"
WORD = re.compile(rf"{_OUTSIDE[0]}[A-Za-zÀ-ɏ]{{5,}}{_OUTSIDE[1]}")
"""A word that may be hyphenated: letters only, not part of a compound, an address or a token with digits."""
MIXED = re.compile(rf"{_OUTSIDE[0]}[A-Z]?[a-z]+(?:[A-Z][a-z]+)+{_OUTSIDE[1]}")
"""A name of several parts with capitals inside: JavaScript, PowerPoint."""

_SHORTEST, _BEFORE, _AFTER = 5, 2, 3


@lru_cache(maxsize=16)
def _dictionary(language: str) -> Any:
    """Patterns for a BCP 47 tag; Latin words in a CJK text are taken for American English."""
    import pyphen

    tag = language.replace("-", "_") or "en_US"
    if tag[:2] in ("zh", "ja", "ko", "en"):
        tag = tag if tag in ("en_GB", "en_US") else "en_US"
    found = tag if tag in pyphen.LANGUAGES else pyphen.language_fallback(tag)
    return pyphen.Pyphen(lang=found, left=_BEFORE, right=_AFTER) if found else None


@lru_cache(maxsize=1 << 14)
def hyphen_points(word: str, language: str) -> tuple[int, ...]:
    """Offsets in *word* where a hyphen may end a line; () for capitals, inner capitals and short words."""
    if len(word) < _SHORTEST or not (word.islower() or word[1:].islower()):
        return ()
    dictionary = _dictionary(language)
    if dictionary is None:
        return ()
    points = dictionary.positions(word.lower())
    return tuple(int(point) for point in points if _BEFORE <= point <= len(word) - _AFTER)


def inner_capitals(word: str) -> tuple[int, ...]:
    """Offsets of the capitals inside *word* that a hyphen may precede when nothing else helps."""
    return tuple(i for i, c in enumerate(word) if c.isupper() and _BEFORE <= i <= len(word) - _AFTER)
