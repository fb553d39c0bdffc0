"""What is open between two lines: containers and at most one leaf."""

from __future__ import annotations

from enum import Enum
from xml.etree.ElementTree import Element

from convert.records import dataclass, field

__all__ = ["VERBATIM", "Leaf", "LeafKind", "Open", "OpenKind", "Step"]


class OpenKind(Enum):
    """What kind of container is open."""

    ROOT = 0
    QUOTE = 1
    LIST = 2
    ITEM = 3
    DIVISION = 4
    HTML = 5
    INDENTED = 6


class LeafKind(Enum):
    """What kind of leaf is open."""

    PARAGRAPH = 0
    CODE = 1
    FENCE = 2
    TABLE = 3
    VERSE = 4
    MATH = 5
    COMMENT = 6
    RAW = 7


VERBATIM = frozenset((LeafKind.FENCE, LeafKind.MATH, LeafKind.COMMENT, LeafKind.RAW))
"""Leaves whose lines are not looked at but for their end."""


class Step(Enum):
    """What a block start did with the line."""

    NO = 0
    """It is no such start."""
    INSIDE = 1
    """A container is open; the rest of the line is inside it."""
    DONE = 2
    """The line is used up."""


@dataclass(slots=True)
class Open:
    """A container that is still open.  `indent` is how far its content stands in."""

    kind: OpenKind
    element: Element
    last: int
    indent: int = 0
    marker: str = ""
    loose: bool = False


@dataclass(slots=True)
class Leaf:
    """A leaf that is still open.

    `indent` is how far a fence stands in, or how many tables of raw HTML are open.
    """

    kind: LeafKind
    element: Element
    first: int
    last: int
    lines: list[str] = field(default_factory=list)
    indent: int = 0
    mark: str = ""
    ended: bool = False
