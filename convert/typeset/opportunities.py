"""Break opportunities as data: where a line may end, how late that is thought of, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from convert.records import dataclass, field

__all__ = [
    "ANY",
    "DESPERATE",
    "EMERGENCY",
    "HYPHEN",
    "HYPHENATED",
    "NEVER",
    "ORDINARY",
    "PLAIN",
    "URL",
    "Breaks",
    "Zones",
    "matches",
    "no_breaks",
]

PLAIN, HYPHEN, URL = 0, 1, 2
"""Kinds of break: HYPHEN paints a hyphen, URL divides an address without one."""
ORDINARY, HYPHENATED, EMERGENCY, DESPERATE, ANY, NEVER = 0, 1, 2, 3, 4, 9
"""Ranks: the pass of the line breaker from which on a break may be used.

EMERGENCY divides addresses between letters; DESPERATE what should be one piece, when else a line stays short.
"""


@dataclass(slots=True)
class Breaks:
    """Per index: rank (NEVER where no break is), penalty of the cost function, and kind.

    `far` has, for some breaks inside an address, the index where the address shows what it is (-1: nowhere),
    and what the break costs besides in a line that does not hold that place.  `fixed` has the indices before
    which a space is part of a number with its unit.
    """

    rank: list[int]
    penalty: list[float]
    kind: list[int]
    far: dict[int, tuple[int, float]] = field(default_factory=dict)
    fixed: set[int] = field(default_factory=set)

    def allow(self, i: int, penalty: float = 0.0, kind: int = PLAIN, rank: int = ORDINARY) -> None:
        """Let a line end before index *i*."""
        self.rank[i], self.penalty[i], self.kind[i] = rank, penalty, kind

    def forbid(self, i: int) -> None:
        """Let no line end before index *i*."""
        self.rank[i], self.penalty[i], self.kind[i] = NEVER, 0.0, PLAIN
        self.far.pop(i, None)

    def allowed(self) -> list[int]:
        """The indices where a line may end without a hyphen or an emergency."""
        return [i for i, rank in enumerate(self.rank) if rank == ORDINARY]


Zones = Sequence[tuple[int, int]]
"""First index and end of the stretches of a text in which words, figures and addresses may stand."""


def matches(pattern: re.Pattern[str], text: str, zones: Zones) -> Iterator[re.Match[str]]:
    """The matches of *pattern* in *zones* of *text*; it sees what stands before a zone and one character after it."""
    for start, end in zones:
        yield from pattern.finditer(text, start, end + 1)


def no_breaks(size: int) -> Breaks:
    """No line may end before any of *size* characters, nor after the last."""
    return Breaks([NEVER] * (size + 1), [0.0] * (size + 1), [PLAIN] * (size + 1))
