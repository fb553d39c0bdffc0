"""Editions read back with code that no writer uses: outline, text and notes, and how they agree."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from convert.diagnostics import Code, Finding, Findings, Place
from convert.errors import VerifyError
from convert.records import dataclass
from convert.verify.compare import Comparison, compare
from convert.verify.fault import Fault
from convert.verify.reading import Entry, Reading, unreadable

__all__ = ["Comparison", "Entry", "Reading", "VerifyReport", "read_edition", "verify"]


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was read, how the texts agree, and what differs."""

    readings: tuple[Reading, ...]
    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    exit_status: int
    """0 when the editions are sound and agree, 1 when not, 7 when one cannot be read."""


def read_edition(path: str | Path) -> Reading:
    """What a reading program finds in the edition at *path*; its kind is told by its first bytes.

    Raises VerifyError when the file is missing or is no DOCX, EPUB or PDF that can be read.
    """
    path = Path(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(1024)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise unreadable(path, f"the file cannot be read: {reason}", "check its name") from error
    try:
        if b"%PDF-" in head:
            from convert.verify.pdf import read_pdf

            return read_pdf(path)
        if head.startswith(b"PK"):
            return _read_package(path, head)
    except RecursionError as error:
        raise unreadable(path, "it is nested too deeply") from error
    raise unreadable(path, "this is no DOCX, EPUB or PDF", "name an edition that quire has built")


def _read_package(path: Path, head: bytes) -> Reading:
    if b"application/epub+zip" in head or path.suffix.lower() == ".epub":
        from convert.verify.epub import read_epub

        return read_epub(path)
    from convert.verify.docx import read_docx

    return read_docx(path)


def verify(paths: Sequence[str | Path]) -> VerifyReport:
    """Read every file of *paths* back, look for faults, and compare them as editions of one book."""
    findings = Findings()
    readings: list[Reading] = []
    status = 0
    for path in paths:
        try:
            readings.append(read_edition(path))
            _lint(readings[-1], findings)
        except VerifyError as error:
            findings.add(error.finding)
            status = error.exit_status
    comparisons = compare(readings, findings)
    if not status and len(findings):
        status = 1
    return VerifyReport(tuple(readings), comparisons, tuple(findings), status)


def _lint(reading: Reading, findings: Findings) -> None:
    """Look for faults that reading programs pass over."""
    faults: tuple[Fault, ...] = ()
    if reading.kind == "docx":
        from convert.verify.docx_lint import lint_docx

        faults = lint_docx(reading.path)
    elif reading.kind == "epub":
        from convert.verify.epub_lint import lint_epub

        faults = lint_epub(reading.path)
    for fault in faults:
        message = f"{fault.part}: {fault.message} [{fault.rule}]"
        findings.error(Code.EDITION_FAULTY, Place(str(reading.path)), message, "build the edition again")


class _CallableModule(ModuleType):
    """``convert.verify`` is this package and a function of the public API as well: importing the package
    binds its name in ``convert`` over the function's, so the package itself can be called."""

    def __call__(self, paths: Sequence[str | Path]) -> VerifyReport:
        return verify(paths)


sys.modules[__name__].__class__ = _CallableModule
