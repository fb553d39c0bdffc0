"""Headers and footers that come ready made (ECMA-376 part 1, 17.10)."""

from __future__ import annotations

from convert.records import dataclass, field

__all__ = ["Picture", "Story", "Surroundings"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a header: bytes, and the ending and media type that they are of."""

    data: bytes
    suffix: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Story:
    """A header or footer part as XML, and its pictures by relationship id."""

    xml: str
    pictures: dict[str, Picture] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Headers and footers by relationship id, and how sections refer to them.

    `body` and `front` are the references of the text's sections and of the contents'; `opening` says that
    the text's first page has a header of its own, `even_odd` that left and right pages have.
    """

    headers: dict[str, Story]
    footers: dict[str, Story]
    body: str
    front: str
    opening: bool
    even_odd: bool
