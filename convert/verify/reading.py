"""What is read back from an edition, and how its file is opened safely."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from convert.diagnostics import Code, Place
from convert.errors import VerifyError
from convert.records import dataclass
from convert.regex import regex

__all__ = ["Entry", "Reading", "part", "squash", "unreadable", "xml"]

MAX_PART = 256 * 1024 * 1024
_UNSEEN = regex(r"[\s\u00ad\u200b\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an edition's outline; `level` counts from 1 for the shallowest."""

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One edition as a reading program finds it.

    `text` is the running text without white space, `notes` each note's text likewise, without its
    mark; a PDF's notes stand in its text.  `contents` are the lines of a contents list that the
    edition carries beside its outline (a Word field, an NCX), empty where there is none.
    """

    path: Path
    kind: str
    outline: tuple[Entry, ...]
    text: str
    notes: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()


def squash(text: str) -> str:
    """*text* without white space and invisible break characters: what no edition may lose is the rest."""
    return _UNSEEN.sub("", text)


def unreadable(path: Path, reason: str, hint: str = "build the edition again") -> VerifyError:
    """The error for a file that cannot be read back."""
    return VerifyError(Code.EDITION_UNREADABLE, Place(str(path)), reason, hint)


def part(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """One part of a ZIP package; VerifyError when it is missing, broken or unpacks to too much."""
    try:
        if archive.getinfo(name).file_size > MAX_PART:
            raise unreadable(path, f"{name} unpacks to over 256 MiB")
        return archive.read(name)
    except KeyError as error:
        raise unreadable(path, f"{name} is not in the package") from error
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise unreadable(path, f"{name} cannot be unpacked: {error}") from error


def xml(data: bytes, name: str, path: Path) -> etree._Element:
    """The root element of *data*; entities are not expanded and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise unreadable(path, f"{name} is not well-formed: {error.msg}") from error
