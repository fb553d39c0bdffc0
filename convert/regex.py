"""Patterns that are compiled when they are first asked for anything.

A book needs few of the patterns that stand at the heads of modules; to compile those of a small one's editions
that it does not need took a thirtieth of their time.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["regex"]

_SAME = (
    "match",
    "fullmatch",
    "search",
    "finditer",
    "findall",
    "sub",
    "subn",
    "split",
    "pattern",
    "groupindex",
)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """*pattern* as `re.compile` gives it, but compiled at its first use; an error in it shows only then."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Stands for a compiled pattern; its methods become those of the pattern, so that only the first call is dearer."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._asked = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _SAME:
            raise AttributeError(name)
        made = re.compile(*self._asked)
        for each in _SAME:
            setattr(self, each, getattr(made, each))
        return getattr(made, name)
