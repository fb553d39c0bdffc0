"""Hyphenation of Latin words with pyphen (CLREQ 6.1.4; house limits: 5 letters, 2 before, 3 after, 3 between)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

__all__ = ["WORD", "hyphen_points"]

WORD = re.compile(r"(?<![A-Za-z0-9À-ɏ_@.\-‐’'/\\])[A-Za-zÀ-ɏ]{5,}(?![A-Za-z0-9À-ɏ_@\-‐/\\]|\.[A-Za-z0-9])")
"""A word that may be hyphenated: letters only, not part of a compound, an address or a token with digits."""

_SHORTEST, _BEFORE, _AFTER, _INNER = 5, 2, 3, 3


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
    points: list[int] = []
    for point in dictionary.positions(word.lower()):
        if _BEFORE <= point <= len(word) - _AFTER and (not points or point - points[-1] >= _INNER):
            points.append(point)
    return tuple(points)
