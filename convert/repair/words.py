"""Words that recognition left behind."""

from __future__ import annotations

from collections.abc import Iterator

from convert.oddities import stray_words
from convert.repair.edits import Change
from convert.repair.source import Source

__all__ = ["words"]


def words(source: Source) -> Iterator[Change]:
    """Small English words that stand alone between Chinese ones.  What was meant only a reader knows."""
    for match in stray_words(source.chinese):
        yield Change(match.start(), match.end(), f"the word “{match[1]}” stands alone between Chinese words")
