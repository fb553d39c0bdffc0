"""The editor's own Word template that a book or a caller names: found, and read as bytes."""

from __future__ import annotations

from pathlib import Path

from convert.book import inside, read_bytes
from convert.diagnostics import Code, Place
from convert.errors import BookError, SourceError
from convert.records import dataclass

__all__ = ["KEY", "ReferenceFile", "reference_file"]

KEY = "docx.reference"


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """A file as it lies on the disk, with its name as the user gave it."""

    name: str
    data: bytes


def reference_file(path: str, root: Path | None, *, by_caller: bool) -> ReferenceFile | None:
    """The template at *path*; None for an empty one.

    What a caller names may lie anywhere; what a book names lies in its folder *root*.  Raises BookError when
    it lies elsewhere, is not there or cannot be read.
    """
    if not path:
        return None
    found: Path | None = Path(path)
    if not by_caller:
        found = inside(root, path) if root is not None else None
        if found is None:
            message = f"the template {path!r} lies outside the book's folder"
            raise BookError(
                Code.PATH_OUTSIDE, Place(KEY), message, "move it into the folder, or use --reference"
            )
    try:
        return ReferenceFile(path, read_bytes(found if found is not None else Path(path)))
    except SourceError as error:
        finding = error.finding
        raise BookError(Code.TEMPLATE_UNREADABLE, Place(path), finding.message, finding.hint) from error
