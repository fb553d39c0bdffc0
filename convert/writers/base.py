"""What a writer is."""

from __future__ import annotations

from typing import Protocol

from convert.diagnostics import Findings
from convert.manuscript import Manuscript

__all__ = ["Manuscript", "Writer"]


class Writer(Protocol):
    """An output format.  Third parties name theirs under the entry-point group ``convert.writers``."""

    name: str
    """What ``--to`` calls it."""
    suffix: str
    """File ending with its dot."""

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file.  The same manuscript gives the same bytes."""
        ...
