"""The manuscript: the finished copy that every writer is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from convert.images import ImageAsset
from convert.model.nodes import Document
from convert.model.outline import Outline
from convert.terms import Terms
from convert.theme import Theme

__all__ = ["Manuscript", "PageMap", "PageStart"]


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of the print edition begins: its printed number, and a place in the text.

    The place is the block with the id `block`, after `offset` characters of its `plain_text` (of a code
    block, of its code), white space not counted; 0 is the block's own beginning.
    """

    label: str
    block: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PageMap:
    """The pages of the print edition, as it is laid out in the same run.

    `starts` are in reading order; a page left blank has none.  `label_of` gives the printed number of
    the page that a block, by id, begins on.
    """

    starts: tuple[PageStart, ...] = ()
    label_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything a writer may know.

    Soft breaks are resolved, numbers given, every image in the document is in `images` by its
    `Image.source`.  `timestamp` is the date that goes into the file, in seconds since 1970 UTC.
    `root` is the book's folder, where its own fonts are looked for.  `pages` is there only when the print
    edition is made in the same run: flowing editions can then say where its pages begin.
    """

    document: Document
    outline: Outline
    theme: Theme
    terms: Terms
    images: Mapping[str, ImageAsset]
    timestamp: int
    root: Path | None = None
    pages: PageMap | None = None
