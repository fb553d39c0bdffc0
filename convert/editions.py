"""Editions as files: their folder, their date, and how they are put in place, whole or not at all."""

from __future__ import annotations

import calendar
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from convert.diagnostics import Code, Findings, Place
from convert.errors import QuireError, UsageError
from convert.files import put, sweep, unwritable
from convert.manuscript import Manuscript
from convert.records import dataclass
from convert.writers import AccompaniedWriter, PagedWriter, Writer

if TYPE_CHECKING:
    from convert.typeset.frame import Frame

__all__ = ["FAULT", "Edition", "faults_told", "output_folder", "same_file", "timestamp", "write_edition"]

FAULT = 70
"""Exit status for a fault in quire itself (EX_SOFTWARE of sysexits.h)."""
_OLDEST = 315532800
"""1980-01-01, the first date that a ZIP entry can carry; the date of a book that gives none."""
_NEWEST = 4102444799
"""2099-12-31, before the last date of a ZIP entry."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One file that was written, and what was put `beside` it."""

    book: str
    writer: str
    path: Path
    size: int
    seconds: float
    beside: tuple[Path, ...] = ()


def timestamp(date: str) -> int:
    """The date that goes into files: never the clock's, or two builds would differ.

    ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) if set, else the book's own date, else 1980.
    """
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stamp:
        if not stamp.isascii() or not stamp.isdigit():
            place = Place("SOURCE_DATE_EPOCH")
            raise UsageError(Code.SETTING_VALUE, place, f"{stamp!r} is no time", "seconds since 1970")
        return min(max(int(stamp), _OLDEST), _NEWEST)
    match = re.match(r"\s*(\d{4})(?:\D{1,2}(\d{1,2})(?:\D{1,2}(\d{1,2}))?)?", date)
    if match is None:
        return _OLDEST
    year, month, day = (int(part or 1) for part in match.groups())
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(max(year, 1), month)[1]):
        month = day = 1
    return min(max(calendar.timegm((year, month, day, 0, 0, 0)), _OLDEST), _NEWEST)


def output_folder(folder: Path) -> Path:
    """*folder*, made where it is not there, without what a killed build has left in it.

    Raises OutputError when that cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise unwritable(folder, error) from error
    sweep(folder)
    return folder


def same_file(one: Path, other: Path) -> bool:
    """Whether both paths lead to one file; no when either is not there."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def write_edition(
    writer: Writer,
    manuscript: Manuscript,
    path: Path,
    book: str,
    findings: Findings,
    frame: Frame | None = None,
) -> Edition:
    """Have *writer* make its file and put it at *path*, whole or not at all; *frame* is for one with pages."""
    began = time.perf_counter()
    with faults_told(Place(str(path)), f"the {writer.name} edition"):
        if frame is not None and isinstance(writer, PagedWriter):
            data = writer.paint(frame, manuscript, findings)
        else:
            data = writer.write(manuscript, findings)
        more = writer.beside(manuscript) if isinstance(writer, AccompaniedWriter) else {}
    beside = {path.with_name(path.name + ending): content for ending, content in more.items()}
    for other, content in beside.items():
        put(other, content)
    put(path, data)
    return Edition(book, writer.name, path, len(data), time.perf_counter() - began, tuple(beside))


@contextmanager
def faults_told(place: Place, what: str) -> Iterator[None]:
    """Turn a failure that nobody foresaw, of *what* at *place*, into an error in one line.

    With QUIRE_DEBUG=1 it stays as it is.
    """
    try:
        yield
    except QuireError:
        raise
    except Exception as error:
        if os.environ.get("QUIRE_DEBUG") == "1":
            raise
        message = f"{what} failed: {type(error).__name__}: {error}"
        hint = "QUIRE_DEBUG=1 shows where; please report it"
        raise _Fault(Code.INTERNAL, place, message, hint) from error


class _Fault(QuireError):
    """Something failed in a way that nobody foresaw."""

    exit_status = FAULT
