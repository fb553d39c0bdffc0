"""A Word file's parts, opened once for all who look into it."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from convert.records import dataclass, field
from convert.verify.fault import Fault
from convert.verify.reading import part, unreadable, xml

__all__ = ["Fault", "R", "W", "WordFile", "on", "open_word", "value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STORIES = ("header", "footer", "footnotes", "endnotes", "comments")


@dataclass(slots=True)
class WordFile:
    """The XML parts of a package by name, the names of all members, relationships and content types."""

    path: Path
    roots: dict[str, etree._Element] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    relations: dict[str, dict[str, tuple[str, bool]]] = field(default_factory=dict)
    """By part: what each relationship id leads to, and whether that is outside the package."""

    def root(self, name: str) -> etree._Element | None:
        """The part called *name* below ``word/``, e.g. ``styles``."""
        return self.roots.get(f"word/{name}.xml")

    @property
    def document(self) -> etree._Element:
        """The main story."""
        return self.roots["word/document.xml"]

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """Every part with paragraphs, the main story first."""
        yield "word/document.xml", self.document
        for name, root in self.roots.items():
            if name.removeprefix("word/").startswith(_STORIES):
                yield name, root

    def typed(self, name: str) -> bool:
        """Is the content type of the member *name* told?"""
        types = self.roots.get("[Content_Types].xml")
        ending = name.rpartition(".")[2].lower()
        return any(
            (item.tag == f"{_TYPES}Override" and item.get("PartName") == f"/{name}")
            or (item.tag == f"{_TYPES}Default" and item.get("Extension", "").lower() == ending)
            for item in (types if types is not None else ())
        )


def value(element: etree._Element | None) -> str:
    """`w:val` of an element, empty when there is none."""
    return "" if element is None else element.get(f"{W}val", "")


def on(element: etree._Element | None) -> bool:
    """Is a toggle property there and switched on (ECMA-376 part 1, 17.17.4)?"""
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def open_word(path: Path) -> WordFile:
    """The Word file at *path*.  Raises VerifyError when it is none or a part of it is not well-formed."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            made = WordFile(path, members=frozenset(names))
            for name in names:
                if name.endswith((".xml", ".rels")):
                    made.roots[name] = xml(part(archive, name, path), name, path)
    except (zipfile.BadZipFile, OSError) as error:
        raise unreadable(path, f"this is no Word file: {error}") from error
    if "word/document.xml" not in made.roots:
        raise unreadable(path, "word/document.xml is not in the package")
    for name, root in made.roots.items():
        if name.endswith(".rels"):
            folder, _, file = name.partition("_rels/")
            source = folder + file.removesuffix(".rels")
            made.relations[source] = dict(_relations(root, folder))
    return made


def _relations(root: etree._Element, folder: str) -> Iterator[tuple[str, tuple[str, bool]]]:
    for item in root.iter(_RELATION):
        target = item.get("Target", "")
        outside = item.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        yield item.get("Id", ""), (target, outside)
