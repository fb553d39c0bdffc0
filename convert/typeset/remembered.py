"""What was found of islands, the stretches between two ideographs, while a book is set."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["Remembered"]

_MOST = 1 << 13
_LONGEST = 64
"""A longer island is hardly ever met again."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What was found of islands, by what it depends on; it forgets all when it is full."""

    def keep(self, key: Key, island: str, found: Value) -> Value:
        """*found* of the characters *island*, remembered under *key* unless these are many."""
        if len(island) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[key] = found
        return found
