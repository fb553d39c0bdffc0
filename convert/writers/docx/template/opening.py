"""A template as it comes in: a package from a stranger, unpacked within limits, read without entities.

Only what carries styles, page set-up, headers and footers is looked at; what could act or fetch is not
taken along, and `Opened.left` names it (ECMA-376 part 2; part 1, 11.3).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from convert.diagnostics import Code, Place
from convert.errors import BookError
from convert.records import dataclass, field

__all__ = ["Opened", "R", "Relation", "W", "children", "number", "open_package", "value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

MAX_MEMBERS = 4096
MAX_PART = 32 * 1024 * 1024
"""A part that unpacks to more bytes is refused: a template's styles take some hundred kilobytes."""
MAX_ALL = 128 * 1024 * 1024
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part leads to: the last word of the relationship's type, and a member of the package."""

    kind: str
    target: str
    outside: bool


@dataclass(slots=True)
class Opened:
    """The package of a template: `document` is the name of its main part, `left` what is not taken along."""

    name: str
    archive: zipfile.ZipFile
    document: str = ""
    left: list[str] = field(default_factory=list)
    _spent: int = 0
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def broken(self, what: str, hint: str = "open it in Word and save it again as .docx") -> BookError:
        """The error for a template that cannot be used."""
        return BookError(Code.TEMPLATE_UNREADABLE, Place(self.name), what, hint)

    def data(self, member: str) -> bytes:
        """A member, unpacked; what it says of its own size is not believed."""
        out = bytearray()
        try:
            with self.archive.open(member) as stream:
                while block := stream.read(_BLOCK):
                    out += block
                    self._spent += len(block)
                    if len(out) > MAX_PART or self._spent > MAX_ALL:
                        raise self.broken(f"{member} unpacks to too much", "no template is that large")
        except KeyError as error:
            raise self.broken(f"{member} is not in the package") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            NotImplementedError,
            RuntimeError,
            EOFError,
        ) as error:
            raise self.broken(f"{member} cannot be unpacked: {error}") from error
        return bytes(out)

    def root(self, member: str) -> etree._Element:
        """The root element of a part.  A document type, which a package may not have, is refused."""
        data = self.data(member)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.broken(f"{member} is not well-formed: {str(error)[:200]}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.broken(f"{member} has a document type, which no Word file may have")
        return root

    def relations(self, member: str) -> dict[str, Relation]:
        """The relationships of a part by id; of the package itself for an empty name."""
        if member not in self._relations:
            folder, _, file = member.rpartition("/")
            name = posixpath.join(folder, "_rels", f"{file}.rels")
            found: dict[str, Relation] = {}
            if name in self.archive.NameToInfo:
                for item in self.root(name).iter(_RELATION):
                    target, outside = item.get("Target", ""), item.get("TargetMode") == "External"
                    if not outside:
                        target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                    kind = item.get("Type", "").rpartition("/")[2]
                    found[item.get("Id", "")] = Relation(kind, target, outside)
            self._relations[member] = found
        return self._relations[member]

    def part(self, kind: str) -> etree._Element | None:
        """The root of the part that the main part leads to by a relationship of *kind*, if there is one."""
        for relation in self.relations(self.document).values():
            if relation.kind == kind and not relation.outside and relation.target in self.archive.NameToInfo:
                return self.root(relation.target)
        return None


def open_package(data: bytes, name: str) -> Opened:
    """The package *data* of a file called *name*.

    Raises BookError for what is no Word file, is broken, protected, or unpacks to too much.
    """
    opened = Opened(name, _archive(data, name))
    if len(opened.archive.infolist()) > MAX_MEMBERS:
        raise opened.broken(f"the package has more than {MAX_MEMBERS} parts", "no template is that large")
    main = [one for one in opened.relations("").values() if one.kind == "officeDocument" and not one.outside]
    if not main or main[0].target not in opened.archive.NameToInfo:
        raise opened.broken("this is no Word file: it has no main part")
    opened.document = main[0].target
    root = opened.root(opened.document)
    if root.tag != f"{W}document":
        strict = "purl.oclc.org/ooxml" in root.tag
        kind = "a Word file of the strict kind" if strict else "no Word file"
        raise opened.broken(f"this is {kind}", "save it in Word as a .docx document")
    opened.left += _left(opened)
    return opened


def _archive(data: bytes, name: str) -> zipfile.ZipFile:
    hint = "open it in Word and save it again as .docx"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        what = "this is an old .doc file, or one with a password"
        raise BookError(Code.TEMPLATE_UNREADABLE, Place(name), what, hint)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BookError(
            Code.TEMPLATE_UNREADABLE, Place(name), f"this is no Word file: {error}", hint
        ) from error


_LEFT = {
    "vbaProject": "macros",
    "wordVbaData": "macros",
    "keyMapCustomizations": "key bindings",
    "attachedToolbars": "toolbars",
    "attachedTemplate": "the template it is attached to",
    "oleObject": "embedded objects",
    "package": "embedded objects",
    "control": "ActiveX controls",
    "activeXControlBinary": "ActiveX controls",
    "aFChunk": "imported text",
    "subDocument": "subdocuments",
    "mailMergeSource": "a mail merge",
    "mailMergeHeaderSource": "a mail merge",
    "recipientData": "a mail merge",
    "frame": "frames",
    "customUI": "buttons of its own",
    "extensibility": "buttons of its own",
    "font": "embedded fonts",
    "glossaryDocument": "building blocks",
}
"""Relationships that are left behind, by what a user knows them as."""


def _left(opened: Opened) -> list[str]:
    """What the package holds beyond styles, pages and words, each once."""
    found: dict[str, None] = {}
    for member in sorted(opened.archive.NameToInfo):
        if not member.endswith(".rels"):
            continue
        folder, _, file = member.rpartition("/")
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels")).lstrip("/")
        for relation in opened.relations(source).values():
            if relation.kind in _LEFT:
                found.setdefault(_LEFT[relation.kind])
            elif relation.outside and relation.kind not in ("hyperlink", "image"):
                found.setdefault("links to outside")
    if any(name.lower().endswith("vbaproject.bin") for name in opened.archive.NameToInfo):
        found.setdefault("macros")
    return list(found)


def value(element: etree._Element | None) -> str:
    """`w:val` of an element, empty when there is none."""
    return "" if element is None else element.get(f"{W}val", "")


def number(text: str | None, low: int, high: int) -> int | None:
    """A whole number within limits; None for what is none."""
    try:
        found = int(text or "")
    except ValueError:
        return None
    return found if low <= found <= high else None


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """The children called ``w:name``."""
    return [] if element is None else element.findall(f"{W}{name}")
