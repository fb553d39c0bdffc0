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

    What a caller names may lie anywhere: it is looked for in the current folder, as with every command, and then
    in the book's.  What a book names lies in its folder *root*.  Raises BookError when it lies elsewhere, is not
    there or cannot be read.
    """
    hint = "move it into the folder, or use --reference"
    return _read(KEY, "template", hint, Code.TEMPLATE_UNREADABLE, path, root, by_caller)


def profile_file(path: str, root: Path | None, *, by_caller: bool) -> ReferenceFile | None:
    """The ICC profile at *path*; None for an empty one.  As `reference_file`."""
    hint = "move it into the folder, or use --set pdf.profile="
    return _read(PROFILE, "profile", hint, Code.SETTING_VALUE, path, root, by_caller)


def _read(
    key: str, what: str, hint: str, code: Code, path: str, root: Path | None, by_caller: bool
) -> ReferenceFile | None:
    """The file at *path*, that a caller may name wherever it lies and the book only in its folder *root*."""
    if not path:
        return None
    within = inside(root, path) if root is not None else None
    if within is None and not by_caller:
        message = f"the {what} {path!r} lies outside the book's folder"
        raise BookError(Code.PATH_OUTSIDE, Place(key), message, hint)
    here = Path(path)
    found = within if within is not None and not (by_caller and here.exists()) else here
    try:
        return ReferenceFile(path, read_bytes(found))
    except SourceError as error:
        finding = error.finding
        message = finding.message
        if by_caller and found is within and finding.code is Code.SOURCE_MISSING:
            message += f", neither in the current folder nor in the book's, {root}"
        raise BookError(code, Place(path), message, finding.hint) from error
