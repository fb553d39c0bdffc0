"""The PDF objects that reportlab lacks or writes otherwise than PDF/A wants them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from reportlab.pdfbase import pdfdoc

__all__ = [
    "Ready",
    "Stream",
    "array",
    "dictionary",
    "hex_text",
    "name",
    "number",
    "reference_text",
    "thousandth",
]


class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream whose data ends with an end-of-line before ``endstream`` (ISO 19005-2, 6.1.7.1).

    The end-of-line is CR LF: a bare LF after data that happens to end in CR would be read as one marker.
    """

    __RefOnly__ = 1

    def __init__(
        self, content: bytes, entries: Mapping[str, object] | None = None, *, pack: bool = True
    ) -> None:
        self.entries = dict(entries or {})
        self.content = content
        if pack:
            self.content = zlib.compress(content, 6)
            self.entries["Filter"] = "/FlateDecode"

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The object as it stands in the file."""
        head = dictionary({**self.entries, "Length": len(self.content)}).format(document)
        return b"".join((head, b"\nstream\n", self.content, b"\r\nendstream\n"))


class Ready(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object whose bytes are ready before the file is put together: a book has tens of thousands of some kinds."""

    __slots__ = ("__InternalName__", "content")
    __RefOnly__ = 1
    content: bytes

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The object as it stands in the file."""
        return self.content


def reference_text(reference: Any, document: pdfdoc.PDFDocument) -> str:
    """A reference to an object of *document* as it stands in the file (ISO 32000-1, 7.3.10)."""
    number, generation = document.idToObjectNumberAndVersion[reference.name]
    return f"{number} {generation} R"


def dictionary(entries: Mapping[str, object]) -> Any:
    """A dictionary; string values are PDF source such as ``/Name`` or ``[0 0 1 1]``."""
    return _Dictionary(dict(entries))


def array(parts: list[Any]) -> Any:
    """An array of references, numbers or PDF source."""
    return _Array(parts)


_ROW = 10
"""Parts of an array on a line."""


class _Dictionary(pdfdoc.PDFDictionary):  # type: ignore[misc]
    """reportlab's, written in a quarter of the time: its keys are names without anything to escape."""

    def format(self, document: pdfdoc.PDFDocument, IND: bytes = b"\n") -> bytes:
        """The object as it stands in the file, its keys in order."""
        entries = self.dict
        parts = [
            b"/%b %b" % (key.encode("ascii"), _source(entries[key], document)) for key in sorted(entries)
        ]
        return b"<<\n%b\n>>" % IND.join(parts)


class _Array(pdfdoc.PDFArrayCompact):  # type: ignore[misc]
    """reportlab's, written more quickly."""

    def format(self, document: pdfdoc.PDFDocument, IND: bytes = b"\n") -> bytes:
        """The object as it stands in the file."""
        parts = [_source(part, document) for part in self.sequence]
        rows = (b" ".join(parts[at : at + _ROW]) for at in range(0, len(parts), _ROW))
        return b"[%b]" % IND.join(rows)


def _source(value: Any, document: pdfdoc.PDFDocument) -> bytes:
    """*value* as it stands in a dictionary or array."""
    kind = type(value)
    if kind is str:
        return bytes(value.encode("ascii"))
    if kind is int:
        return b"%d" % value
    if kind is pdfdoc.PDFObjectReference:
        return b"%d %d R" % document.idToObjectNumberAndVersion[value.name]
    return bytes(pdfdoc.format(value, document))


def name(text: str) -> str:
    """A name, with everything but letters, digits and ``-_.+,`` escaped (ISO 32000-1, 7.3.5)."""
    kept = (
        chr(b) if chr(b).isascii() and (chr(b).isalnum() or chr(b) in "-_.+,") else f"#{b:02X}"
        for b in text.encode()
    )
    return "/" + "".join(kept)


def hex_text(text: str) -> str:
    """A text string: UTF-16 with its mark, in hexadecimal (ISO 32000-1, 7.9.2.2)."""
    return "<FEFF" + text.encode("utf-16-be", "replace").hex().upper() + ">"


@lru_cache(maxsize=1 << 13)
def number(value: float) -> str:
    """A number to a thousandth of a point, without an exponent or idle zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=1 << 13)
def thousandth(count: int) -> str:
    """So many thousandths of a point as a number."""
    return number(count / 1000)
