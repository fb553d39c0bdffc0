"""Bookmark names and ids: names of at most 40 word characters, each once in the file (17.13.6.2)."""

from __future__ import annotations

import hashlib

from convert.records import dataclass, field
from convert.regex import regex

__all__ = ["Bookmarks"]

_UNFIT = regex(r"[^0-9A-Za-z_]")
_LONGEST = 40


@dataclass(slots=True)
class Bookmarks:
    """Hands out names and ids.  Names that begin with ``_`` are hidden from Word's list."""

    _names: dict[tuple[str, str], str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _last: int = 0

    def name(self, prefix: str, ident: str) -> str:
        """The name for a block's id, e.g. ``_q`` + id; the same for the same id."""
        key = prefix, ident
        known = self._names.get(key)
        if known is not None:
            return known
        plain = ident.replace("-", "_")
        fit = plain.isidentifier() and plain.isascii()
        name = prefix + (plain if fit else _UNFIT.sub("_", ident))
        # Word takes names without regard to case.
        folded = name.lower()
        if len(name) > _LONGEST or folded in self._taken:
            digest = hashlib.sha256(ident.encode("utf-8", "surrogatepass")).hexdigest()
            name = f"{name[: _LONGEST - 13]}_{digest[:12]}"
            folded = name.lower()
        self._names[key] = name
        self._taken.add(folded)
        return name

    def pair(self, name: str) -> tuple[str, str]:
        """Start and end of a bookmark called *name*."""
        self._last += 1
        return (
            f'<w:bookmarkStart w:id="{self._last}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{self._last}"/>',
        )
