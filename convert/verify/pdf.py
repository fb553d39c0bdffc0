"""A PDF read back through PDFium, the engine readers' browsers use; quire writes with another."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from convert.verify.reading import Entry, Reading, squash, unreadable

__all__ = ["read_pdf"]


def read_pdf(path: Path) -> Reading:
    """Bookmarks and text of the PDF at *path*, in the order of its content.

    What the file itself marks as furniture (``/Artifact``, ISO 32000-1, 14.8.2.2) is left out: running
    heads, folios.  Raises VerifyError when it is no such file.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError) as error:
        raise unreadable(path, f"this is no PDF: {error}") from error
    try:
        outline = tuple(_outline(document))
        text = "".join(squash(piece) for page in document for piece in _page_text(page))
    except pdfium.PdfiumError as error:
        raise unreadable(path, f"a page cannot be read: {error}") from error
    finally:
        document.close()
    return Reading(path, "pdf", outline, text)


def _outline(document: Any) -> Iterator[Entry]:
    for mark in document.get_toc():
        yield Entry(mark.level + 1, " ".join(mark.get_title().split()))


def _page_text(page: Any) -> Iterator[str]:
    """Text of each text object of the page, in content order."""
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    try:
        for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
            if not _is_artifact(item.raw):
                yield _object_text(item.raw, text_page.raw)
    finally:
        text_page.close()
        page.close()


def _object_text(item: Any, text_page: Any) -> str:
    import pypdfium2.raw as raw

    size = raw.FPDFTextObj_GetText(item, text_page, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(item, text_page, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _is_artifact(item: Any) -> bool:
    import pypdfium2.raw as raw

    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        size = ctypes.c_ulong(0)
        raw.FPDFPageObjMark_GetName(mark, None, 0, size)
        buffer = ctypes.create_string_buffer(size.value)
        raw.FPDFPageObjMark_GetName(
            mark, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size.value, size
        )
        if buffer.raw[: size.value - 2].decode("utf-16-le", "replace") == "Artifact":
            return True
    return False
