"""What a writer is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from convert.diagnostics import Findings
from convert.manuscript import Manuscript

if TYPE_CHECKING:
    from convert.typeset.frame import Frame

__all__ = ["AccompaniedWriter", "Manuscript", "PagedWriter", "Writer"]


class Writer(Protocol):
    """An output format.  Third parties name theirs under the entry-point group ``convert.writers``."""

    name: str
    """What ``--to`` calls it."""
    suffix: str
    """File ending with its dot."""

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file.  The same manuscript gives the same bytes."""
        ...


@runtime_checkable
class PagedWriter(Writer, Protocol):
    """A writer whose pages quire lays out: once in a run, however many editions show or speak of them."""

    def paint(self, frame: Frame, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file, of pages that are laid out already."""
        ...


@runtime_checkable
class AccompaniedWriter(Writer, Protocol):
    """A writer that has files to put beside its edition."""

    def beside(self, manuscript: Manuscript) -> Mapping[str, bytes]:
        """The files by what is added to the edition's name, e.g. ``.base.json``."""
        ...
