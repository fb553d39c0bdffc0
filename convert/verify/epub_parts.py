"""An EPUB's parts, opened once for all who look into it."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from convert.records import dataclass, field
from convert.regex import regex
from convert.verify.reading import part, unreadable, xml

__all__ = ["EpubFile", "Item", "Link", "anchor_text", "local", "open_epub", "words"]

OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
XHTML_TYPE = "application/xhtml+xml"
_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSEEN = regex(r"[\s\u00ad\u200b\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the manifest; `name` is the member of the ZIP archive that it speaks of."""

    id: str
    name: str
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Where an address leads: a member of the archive and an id in it, or the address as it is."""

    address: str
    name: str = ""
    fragment: str = ""

    @property
    def inside(self) -> bool:
        """It leads to a member of the archive, not out of the book."""
        return bool(self.name)


@dataclass(slots=True)
class EpubFile:
    """An EPUB: its members, package document and manifest; documents are parsed when they are asked for."""

    path: Path
    members: tuple[zipfile.ZipInfo, ...]
    data: dict[str, bytes]
    package_name: str
    package: etree._Element
    items: dict[str, Item]
    _roots: dict[str, etree._Element] = field(default_factory=dict)
    _ids: dict[str, dict[str, etree._Element]] = field(default_factory=dict)

    def root(self, name: str) -> etree._Element:
        """The root of the member *name*.  Raises VerifyError when it is missing or not well-formed."""
        if name not in self._roots:
            self._roots[name] = _root(self.data, name, self.path)
        return self._roots[name]

    def documents(self) -> Iterator[tuple[str, etree._Element]]:
        """The content documents in the order of reading, the navigation document among them."""
        for reference in self.package.iter("{*}itemref"):
            item = self.items.get(reference.get("idref", ""))
            if item is not None and item.media_type == XHTML_TYPE and item.name in self.data:
                yield item.name, self.root(item.name)

    @property
    def nav(self) -> Item | None:
        """The navigation document."""
        return next((item for item in self.items.values() if "nav" in item.properties), None)

    @property
    def ncx(self) -> Item | None:
        """The contents of EPUB 2."""
        kind = "application/x-dtbncx+xml"
        return next((item for item in self.items.values() if item.media_type == kind), None)

    def link(self, address: str, source: str) -> Link:
        """*address* as it stands in the member *source*."""
        if _SCHEME.match(address) or address.startswith(("/", "\\")):
            return Link(address)
        file, _, fragment = address.partition("#")
        name = source
        if file:
            name = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(file)))
        return Link(address, name, unquote(fragment))

    def target(self, link: Link) -> etree._Element | None:
        """The element that *link* leads to: one with an id, or the root of a document."""
        if link.name not in self.data or not any(item.name == link.name for item in self.items.values()):
            return None
        root = self.root(link.name)
        if not link.fragment:
            return root
        if link.name not in self._ids:
            self._ids[link.name] = {e.get("id", ""): e for e in root.iter() if e.get("id")}
        return self._ids[link.name].get(link.fragment)

    def metas(self, name: str) -> list[str]:
        """What ``meta`` elements with the property *name* say of the book itself."""
        return [
            (meta.text or "").strip()
            for meta in self.package.iter("{*}meta")
            if meta.get("property") == name and meta.get("refines") is None
        ]

    def named(self, name: str) -> list[str]:
        """What ``meta`` elements of EPUB 2 called *name* say."""
        return [meta.get("content", "") for meta in self.package.iter("{*}meta") if meta.get("name") == name]


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def words(element: etree._Element, name: str = OPS_TYPE) -> frozenset[str]:
    """The words of an attribute, by default of ``epub:type``."""
    return frozenset(element.get(name, "").split())


def anchor_text(element: etree._Element) -> str:
    """What *element* says without white space, formulas as their TeX, marks of notes and ruby left out."""
    out: list[str] = []

    def gather(node: etree._Element) -> None:
        out.append(node.text or "")
        for child in node:
            if local(child) == "math":
                out.append(child.get("alttext", ""))
            elif local(child) not in ("rt", "rp") and not words(child) & {"noteref", "pagebreak"}:
                gather(child)
            out.append(child.tail or "")

    gather(element)
    return _UNSEEN.sub("", "".join(out))


def open_epub(path: Path) -> EpubFile:
    """The EPUB at *path*.  Raises VerifyError when it is none, or a part of it is not well-formed."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = tuple(archive.infolist())
            data = {
                info.filename: part(archive, info.filename, path) for info in members if not info.is_dir()
            }
    except (zipfile.BadZipFile, OSError) as error:
        raise unreadable(path, f"this is no EPUB: {error}") from error

    rootfile = next(_root(data, "META-INF/container.xml", path).iter("{*}rootfile"), None)
    if rootfile is None:
        raise unreadable(path, "META-INF/container.xml names no package document")
    package_name = rootfile.get("full-path", "")
    package = _root(data, package_name, path)
    items = {}
    for line in package.iter("{*}item"):
        href = unquote(line.get("href", ""))
        name = posixpath.normpath(posixpath.join(posixpath.dirname(package_name), href))
        item = Item(line.get("id", ""), name, line.get("media-type", ""), words(line, "properties"))
        items[item.id] = item
    return EpubFile(path, members, data, package_name, package, items)


def _root(data: dict[str, bytes], name: str, path: Path) -> etree._Element:
    if name not in data:
        raise unreadable(path, f"{name} is not in the package")
    return xml(data[name], name, path)
