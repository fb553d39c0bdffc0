"""What a book is: its manifest or front matter, its files, metadata and settings."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SourceFile"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a book: its text, and its name as the user gave it, for findings.

    `folder` is where it lies below the book's folder, with slashes, empty for the book's own folder:
    the paths of its images start there.
    """

    name: str
    text: str
    folder: str = ""
