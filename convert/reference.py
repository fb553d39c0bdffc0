"""Files of others that a book or a caller names: the editor's Word template, the press's colour profile.

They are found and read as bytes; nobody looks into them here.
"""

from __future__ import annotations

from pathlib import Path

from convert.book import inside, read_bytes
from convert.diagnostics import Code, Place
from convert.errors import BookError, SourceError
from convert.records import dataclass

__all__ = ["KEY", "PROFILE", "ReferenceFile", "profile_file", "reference_file"]

KEY = "docx.reference"
PROFILE = "pdf.profile"


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
    hint = "move it into the folder, or use --reference"
    return _read(KEY, "template", hint, Code.TEMPLATE_UNREADABLE, path, None if by_caller else (root,))


def profile_file(path: str, root: Path | None, *, by_caller: bool) -> ReferenceFile | None:
    """The ICC profile at *path*; None for an empty one.  As `reference_file`."""
    hint = "move it into the folder, or use --set pdf.profile="
    return _read(PROFILE, "profile", hint, Code.SETTING_VALUE, path, None if by_caller else (root,))


def _read(
    key: str, what: str, hint: str, code: Code, path: str, within: tuple[Path | None] | None
) -> ReferenceFile | None:
    """The file at *path*, in the folder of *within* where there is such a limit."""
    if not path:
        return None
    found: Path | None = Path(path)
    if within is not None:
        (root,) = within
        found = inside(root, path) if root is not None else None
        if found is None:
            message = f"the {what} {path!r} lies outside the book's folder"
            raise BookError(Code.PATH_OUTSIDE, Place(key), message, hint)
    try:
        return ReferenceFile(path, read_bytes(found if found is not None else Path(path)))
    except SourceError as error:
        finding = error.finding
        raise BookError(code, Place(path), finding.message, finding.hint) from error
