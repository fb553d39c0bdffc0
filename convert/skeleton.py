"""What the lines of a source are, as its reader sees them: for those who work on the text itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from convert.records import dataclass

__all__ = ["Skeleton", "Stretch", "StretchKind"]


class StretchKind(Enum):
    """What a stretch of lines is."""

    PARAGRAPH = 0
    HEADING = 1
    ROW = 2
    """A row of a table."""
    VERSE = 3
    CAPTION = 4
    FIGURE = 5
    """An image alone in its paragraph."""
    VERBATIM = 6
    """Code, a formula on lines of its own, or HTML that is kept as it is."""
    MARK = 7
    """A rule, a page break, a place for a list, lines to write on."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that hold one piece of text, from `first` to `last`, counted from 1.

    `level` is that of a heading; `nested` says that it stands in a list, a quotation, a note or a definition,
    and not in the text itself or in a division.
    """

    kind: StretchKind
    first: int
    last: int
    level: int = 0
    nested: bool = False


Skeleton = Callable[[str], Sequence[Stretch]]
"""What a reader offers: the stretches of a text, in order.  A line that is neither blank nor in a stretch is
markup: front matter, the fence of a division, a definition, a comment."""
