"""The manuscript: the finished copy that every writer is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from convert.images import ImageAsset
from convert.model.nodes import Document
from convert.model.outline import Outline
from convert.terms import Terms
from convert.theme import Theme

__all__ = ["Manuscript"]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything a writer may know.

    Soft breaks are resolved, numbers given, every image in the document is in `images` by its
    `Image.source`.  `timestamp` is the date that goes into the file, in seconds since 1970 UTC.
    `root` is the book's folder, where its own fonts are looked for.
    """

    document: Document
    outline: Outline
    theme: Theme
    terms: Terms
    images: Mapping[str, ImageAsset]
    timestamp: int
    root: Path | None = None
