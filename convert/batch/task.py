"""One book of many, and the report on one that nobody could finish."""

from __future__ import annotations

from pathlib import Path

from convert.diagnostics import Code, Finding, Place, Severity
from convert.editions import FAULT
from convert.pipeline import Report
from convert.records import dataclass

__all__ = ["TRIES", "Task", "lost"]

TRIES = 2
"""So often a book is begun whose process dies under it: the first time it may be another's fault."""


@dataclass(frozen=True, slots=True)
class Task:
    """A book to make: its place among all, where it lies, what its editions are called."""

    number: int
    path: Path
    name: str


def lost(task: Task, why: str) -> Report:
    """The report on a book whose process ended before it was done, and again when it was tried once more."""
    message = f"the process that made this book ended twice: {why}"
    hint = "memory may have run out: try it alone, or with fewer --jobs"
    finding = Finding(Code.INTERNAL, Severity.ERROR, Place(str(task.path)), message, hint)
    return Report((), (finding,), FAULT)
