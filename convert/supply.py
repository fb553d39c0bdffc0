"""Fonts that go along with an edition: what a writer asks for, and what it gets."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Protocol

from convert.records import dataclass
from convert.theme import Role

__all__ = ["EmbeddedFont", "FontSupply"]


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A font cut down to what a book says.

    `data` is an OpenType (CFF) or TrueType file; `missing` are the characters that the font has not;
    `licence` is its copyright notice and licence as text.
    """

    family: str
    data: bytes
    is_cff: bool
    missing: frozenset[str]
    licence: str


class FontSupply(Protocol):
    """Gives fonts to writers, which look for none themselves."""

    def embedded(self, role: Role, characters: AbstractSet[str]) -> EmbeddedFont | None:
        """The face of *role* with *characters*; None, with a finding, when there is no such face."""
        ...
