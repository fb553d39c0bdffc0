"""What a writer is given, and what a writer is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from convert.diagnostics import Findings
from convert.images import ImageAsset
from convert.model.nodes import Document
from convert.model.outline import Outline
from convert.terms import Terms
from convert.theme import Theme

__all__ = ["Manuscript", "Writer"]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The finished copy: everything a writer may know.

    Soft breaks are resolved, numbers given, every image in the document is in `images` by its
    `Image.source`.  `timestamp` is the date that goes into the file, in seconds since 1970 UTC.
    """

    document: Document
    outline: Outline
    theme: Theme
    terms: Terms
    images: Mapping[str, ImageAsset]
    timestamp: int


class Writer(Protocol):
    """An output format.  Third parties name theirs under the entry-point group ``convert.writers``."""

    name: str
    """What ``--to`` calls it."""
    suffix: str
    """File ending with its dot."""

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file.  The same manuscript gives the same bytes."""
        ...
