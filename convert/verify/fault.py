"""A fault: what a linter of an edition reports."""

from __future__ import annotations

from convert.records import dataclass

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in an edition: the rule that it breaks, the part of the file it stands in, and what it is."""

    rule: str
    part: str
    message: str
