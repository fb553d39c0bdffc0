"""Fonts that go along with an edition: what a writer asks for, and what it gets."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Protocol

from convert.records import dataclass
from convert.theme import Role

__all__ = ["EmbeddedFont", "FontOffer", "FontSupply"]


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


@dataclass(frozen=True, slots=True)
class FontOffer:
    """What is known of a face before it is asked for.

    `family` is what the font calls itself; `rights` are the bits by which its maker says who may embed it
    how (OpenType 1.9.1, OS/2 fsType).
    """

    family: str
    is_cff: bool
    rights: int

    @property
    def for_editing(self) -> bool:
        """May it go along in a file that is to be changed?  Bits 0 to 3: none, or editable (8)."""
        return self.rights & 0x000F in (0, 8) and not self.rights & 0x0200

    @property
    def may_be_cut(self) -> bool:
        """May it be cut down to some characters?  Bit 8 forbids it."""
        return not self.rights & 0x0100


class FontSupply(Protocol):
    """Gives fonts to writers, which look for none themselves."""

    def offered(self, role: Role) -> FontOffer | None:
        """What there is for *role*; None when there is no such face."""
        ...

    def embedded(self, role: Role, characters: AbstractSet[str] | None) -> EmbeddedFont | None:
        """The face of *role* with *characters*, or whole for None; None, with a finding, for no such face."""
        ...
