"""One exception tree; each kind of failure has its exit status.

    QuireError (1)
    ├── UsageError (2)      the command line makes no sense
    ├── SourceError (3)     a source is missing, empty, not text, too large
    ├── BookError (4)       book.toml, front matter, theme or a setting is broken
    ├── FontError (5)       no usable font for a role
    ├── OutputError (6)     an edition cannot be written
    └── VerifyError (7)     an edition cannot be read back

Status 1 also stands for findings under ``--strict``, errors in the source, and editions that differ.
Status 70 is a fault in quire itself.
"""

from __future__ import annotations

from typing import ClassVar

from convert.diagnostics import Code, Finding, Place, Severity

__all__ = [
    "BookError",
    "FontError",
    "OutputError",
    "QuireError",
    "SourceError",
    "UsageError",
    "VerifyError",
]


class QuireError(Exception):
    """A failure with a code, a place and a way out; the base of every error quire raises on purpose."""

    exit_status: ClassVar[int] = 1

    def __init__(self, code: Code, place: Place, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(code, Severity.ERROR, place, message, hint)

    def __str__(self) -> str:
        return str(self.finding)


class UsageError(QuireError):
    """The command or call asks for something that cannot be."""

    exit_status = 2


class SourceError(QuireError):
    """A source file cannot be read."""

    exit_status = 3


class BookError(QuireError):
    """A manifest, front matter, theme or setting is broken."""

    exit_status = 4


class FontError(QuireError):
    """A font that the theme needs cannot be had."""

    exit_status = 5


class OutputError(QuireError):
    """An edition cannot be written."""

    exit_status = 6


class VerifyError(QuireError):
    """An edition cannot be read back."""

    exit_status = 7
