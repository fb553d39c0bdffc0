"""Findings of the checks, at most so many of a kind for a file: a text that is so throughout is told of once."""

from __future__ import annotations

from collections import Counter

from convert.checks.passages import Passage
from convert.diagnostics import Code, Finding, Findings, Place, Severity

__all__ = ["MOST", "Tally"]

MOST = 20
"""Findings of one code that are told one by one for a file."""


class Tally:
    """Takes suspicions and passes them on; those beyond the first 20 of a file are summed up by `close`."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._counts: Counter[tuple[Code, str]] = Counter()
        self._beyond: dict[tuple[Code, str], Place] = {}

    def full(self, code: Code, file: str) -> bool:
        """True when one more of *code* would only be counted."""
        return self._counts[code, file] >= MOST

    def at(self, code: Code, passage: Passage, start: int, end: int, message: str, hint: str) -> None:
        """Tell of ``passage.text[start:end]``; the column is not looked for when it would only be counted."""
        span = passage.span
        full = self.full(code, span.file)
        place = Place(span.file, span.first) if full else passage.place(start, end)
        self.add(code, place, message, hint)

    def add(
        self,
        code: Code,
        place: Place,
        message: str,
        hint: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Tell of something, or count it."""
        key = code, place.file
        self._counts[key] += 1
        if self._counts[key] <= MOST:
            self._findings.add(Finding(code, severity, place, message, hint))
        else:
            self._beyond.setdefault(key, place)

    def close(self) -> None:
        """Tell how many there are beyond those told."""
        for (code, file), place in self._beyond.items():
            more = self._counts[code, file] - MOST
            message = f"{more} more of this kind from here on"
            self._findings.info(code, place, message, "is the whole text like this?")
