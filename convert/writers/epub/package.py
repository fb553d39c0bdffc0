"""The container: EbookLib packs here, and only here.

EbookLib 0.20 stamps the time of packing on every entry, gives the package no language and puts a
prefix there that nothing uses; all of that is set right below.  Its page list, NCX and navigation
document are not used: they come ready made, as plain items.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from convert.records import dataclass
from convert.writers.epub.metadata import Element

__all__ = ["Package", "PackageItem", "pack"]

FOLDER = "EPUB"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The zip format's first moment, on every entry."""
_STORED = ("image/jpeg", "image/png")
"""Deflating these again gains nothing."""
_LEVEL = 4
"""Of deflation: text comes out a few per cent larger than with 6, in two thirds of the time."""


@dataclass(frozen=True, slots=True)
class PackageItem:
    """A file of the publication: `key` is its id in the manifest, `in_spine` puts it into reading order."""

    key: str
    file: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """All that goes into the container; `modified` is in seconds since 1970 UTC.

    `direction` is that of the pages, ``rtl`` or empty; `prefixes` are vocabularies that `metadata` uses
    besides EPUB's own; `container_files` go into ``META-INF``.
    """

    language: str
    metadata: tuple[Element, ...]
    items: tuple[PackageItem, ...]
    guide: tuple[tuple[str, str, str], ...]
    """Type, title and address."""
    cover_key: str
    modified: int
    direction: str = ""
    prefixes: tuple[tuple[str, str], ...] = ()
    container_files: tuple[tuple[str, bytes], ...] = ()


def pack(package: Package) -> bytes:
    """The EPUB file (EPUB OCF 3.3).  The same package gives the same bytes, at any time and place."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.FOLDER_NAME = FOLDER
    book.IDENTIFIER_ID = "uid"
    book.metadata = {}  # without the random identifier it starts with
    for element in package.metadata:
        prefix, _, name = element.name.rpartition(":")
        book.add_metadata(prefix.upper() or None, name, element.text or None, dict(element.attributes))
    if package.direction:
        book.set_direction(package.direction)
    for name, content in (("cover", package.cover_key), ("generator", "quire")):
        book.add_metadata(None, "meta", None, {"name": name, "content": content})
    for item in package.items:
        # What it lists is all that EbookLib is wanted for: the data go straight into the archive below.
        entry = epub.EpubItem(item.key, item.file, item.media_type, b"")
        entry.properties = list(item.properties)
        book.add_item(entry)
        if item.in_spine:
            book.spine.append(item.key)
    book.guide = [{"type": kind, "title": title, "href": href} for kind, title, href in package.guide]
    modified = datetime.fromtimestamp(package.modified, UTC)
    raw = io.BytesIO()
    options = {"epub3_pages": False, "epub3_landmark": False, "mtime": modified, "compresslevel": 0}
    epub.write_epub(raw, book, {**options, "raise_exceptions": True})
    return _settled(raw, package)


def _settled(raw: io.BytesIO, package: Package) -> bytes:
    """EbookLib's archive again, entry by entry, with its faults mended and no trace of the clock."""
    items = {f"{FOLDER}/{item.file}": item for item in package.items}
    stored = {name for name, item in items.items() if item.media_type in _STORED} | {"mimetype"}
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            item = items.get(entry.filename)
            data = source.read(entry) if item is None else item.data
            if entry.filename == f"{FOLDER}/content.opf":
                data = _mended(data, package)
            target.writestr(_entry(entry.filename, entry.filename in stored), data, compresslevel=_LEVEL)
        for name, data in package.container_files:
            target.writestr(_entry(f"META-INF/{name}", False), data, compresslevel=_LEVEL)
    return out.getvalue()


def _entry(name: str, stored: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system = 3  # Unix, wherever this runs
    info.external_attr = 0o100644 << 16
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return info


def _mended(data: bytes, package: Package) -> bytes:
    """The package document with its language, and with our prefixes instead of EbookLib's."""
    from lxml import etree

    root: Any = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    root.attrib.pop("prefix", None)
    if package.prefixes:
        root.set("prefix", " ".join(f"{name}: {address}" for name, address in package.prefixes))
    root.set("{http://www.w3.org/XML/1998/namespace}lang", package.language)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))
