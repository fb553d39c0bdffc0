"""The objects of a PDF file (ISO 32000-1, 7.3), and the file that holds them (7.5).

A value is written as a string: a name ``/Name``, a reference ``12 0 R``, a box ``[0 0 1 1]``.  A book has tens of
thousands of objects, most of them elements of its structure: those are given to the file as bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

__all__ = ["Array", "Dictionary", "File", "Reference", "Stream", "Value", "hex_text", "name", "number"]

Reference = str
"""An object by its number, as it is written: ``12 0 R``."""


class Part(Protocol):
    """An object, which says how it stands in the file when all that it refers to is known."""

    def source(self) -> bytes:
        """The object as it stands in the file."""
        ...


class Dictionary(dict[str, "Value"]):
    """A dictionary, its keys written in order; they are names without anything to escape."""

    def text(self) -> str:
        """The dictionary as it stands within another object."""
        parts = [f"/{key} {_text(self[key])}" for key in sorted(self)]
        return "<<\n" + "\n".join(parts) + "\n>>"

    def source(self) -> bytes:
        """The dictionary as it stands in the file."""
        return self.text().encode("ascii")


class Array(list["Value"]):
    """An array, ten of its values on a line."""

    def text(self) -> str:
        """The array as it stands within another object."""
        parts = list(map(_text, self))
        return "[" + "\n".join(" ".join(parts[at : at + 10]) for at in range(0, len(parts), 10)) + "]"

    def source(self) -> bytes:
        """The array as it stands in the file."""
        return self.text().encode("ascii")


Value = str | int | Dictionary | Array


def _text(value: Value) -> str:
    """*value* as it stands in a dictionary or array."""
    return value if type(value) is str else str(value) if isinstance(value, (str, int)) else value.text()


class Stream:
    """A stream whose data ends with an end-of-line before ``endstream`` (ISO 19005-2, 6.1.7.1).

    The end-of-line is CR LF: a bare LF after data that happens to end in CR would be read as one marker.
    """

    def __init__(
        self, content: bytes, entries: Mapping[str, Value] | None = None, *, pack: bool = True
    ) -> None:
        self.entries = Dictionary(entries or {})
        self.content = content
        if pack:
            self.content = zlib.compress(content, 6)
            self.entries["Filter"] = "/FlateDecode"
        self.entries["Length"] = len(self.content)

    def source(self) -> bytes:
        """The stream as it stands in the file."""
        return b"%b\nstream\n%b\r\nendstream" % (self.entries.source(), self.content)


_NO_ID = "0" * 32
"""Stands in the trailer until the file is whole."""


class File:
    """A file in the making: objects by their numbers, from 1."""

    def __init__(self, version: tuple[int, int]) -> None:
        self._version = version
        self._objects: list[bytes | Part] = []

    def add(self, part: Part) -> Reference:
        """Take in an object, which may be filled until `source` is asked for."""
        self._objects.append(part)
        return f"{len(self._objects)} 0 R"

    @property
    def free(self) -> int:
        """The number that the next object gets."""
        return len(self._objects) + 1

    def add_all(self, sources: Iterable[bytes]) -> None:
        """Take in objects that are written already."""
        self._objects += sources

    def source(self, catalog: Reference, information: Reference) -> bytes:
        """The whole file, its identifier made from all that it holds (14.4)."""
        # Four bytes beyond ASCII tell whoever sends it on that it is no text (ISO 19005-2, 6.1.2).
        parts = [b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % self._version]
        offset = len(parts[0])
        table = [b"xref\n0 %d\n0000000000 65535 f \n" % self.free]
        for at, what in enumerate(self._objects, 1):
            source = what if type(what) is bytes else what.source()  # type: ignore[union-attr]
            part = b"%d 0 obj\n%b\nendobj\n" % (at, source)
            parts.append(part)
            table.append(b"%010d 00000 n \n" % offset)
            offset += len(part)
        parts += table
        entries: dict[str, Value] = {"Info": information, "Root": catalog, "Size": self.free}
        entries["ID"] = f"[<{_NO_ID}> <{_NO_ID}>]"
        trailer = b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (Dictionary(entries).source(), offset)
        whole = sha256()
        for part in (*parts, trailer):
            whole.update(part)
        identifier = whole.hexdigest()[: len(_NO_ID)].upper()
        parts.append(trailer.replace(_NO_ID.encode("ascii"), identifier.encode("ascii")))
        return b"".join(parts)


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
