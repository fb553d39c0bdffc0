"""What an index holds, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

from convert.model.nodes import Index, IndexEntry

__all__ = ["places"]


def places(index: Index) -> Iterator[str]:
    """The ids of all marks that the entries and sub-entries of *index* point to."""
    waiting: list[IndexEntry] = [entry for group in index.groups for entry in group.entries]
    while waiting:
        entry = waiting.pop()
        yield from entry.places
        waiting += entry.entries
