"""An EPUB read back: package, navigation and XHTML, no writer's code."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from convert.verify.reading import Entry, Reading, part, squash, unreadable, xml

__all__ = ["read_epub"]

_TYPE = "{http://www.idpf.org/2007/ops}type"
_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote"})
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_TEXT = frozenset({"rt", "rp", "math", "script", "style", "nav", "head"})


def read_epub(path: Path) -> Reading:
    """Outline (nav), text, notes and NCX of the EPUB at *path*.

    Raises VerifyError when it is no such file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Package(archive, path).reading()
    except (zipfile.BadZipFile, OSError) as error:
        raise unreadable(path, f"this is no EPUB: {error}") from error


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _words(element: etree._Element, name: str) -> frozenset[str]:
    return frozenset(element.get(name, "").split())


class _Package:
    """An open EPUB."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive = archive
        self._path = path
        container = self._parse("META-INF/container.xml")
        rootfile = next(container.iter("{*}rootfile"), None)
        if rootfile is None:
            raise unreadable(path, "META-INF/container.xml names no package document")
        self._opf_name = rootfile.get("full-path", "")
        self._opf = self._parse(self._opf_name)
        self._items = {item.get("id", ""): item for item in self._opf.iter("{*}item")}

    def _parse(self, name: str) -> etree._Element:
        return xml(part(self._archive, name, self._path), name, self._path)

    def _open(self, item: etree._Element) -> etree._Element:
        href = unquote(item.get("href", ""))
        return self._parse(posixpath.normpath(posixpath.join(posixpath.dirname(self._opf_name), href)))

    def reading(self) -> Reading:
        nav = next((i for i in self._items.values() if "nav" in _words(i, "properties")), None)
        if nav is None:
            raise unreadable(self._path, "the package has no navigation document")
        text: list[str] = []
        notes: list[str] = []
        headings = 0
        for reference in self._opf.iter("{*}itemref"):
            item = self._items.get(reference.get("idref", ""))
            if item is None:
                raise unreadable(self._path, f"the spine names {reference.get('idref')}, which is not there")
            if item is nav or reference.get("linear") == "no":
                continue
            body = next(self._open(item).iter("{*}body"), None)
            if body is not None:
                text.append(squash("".join(_text(body, notes))))
                headings += sum(_local(e) in _HEADINGS and not _on_title_page(e) for e in body.iter())
        outline, ncx = tuple(_entries(self._nav(nav))), tuple(self._ncx())
        if len(outline) == 1 and not headings:
            # A contents list must not be empty (EPUB 3.3, 7.4): its one entry leads to a text without headings.
            outline = ncx = ()
        return Reading(self._path, "epub", outline, "".join(text), tuple(notes), ncx)

    def _nav(self, item: etree._Element) -> etree._Element:
        found = (nav for nav in self._open(item).iter("{*}nav") if "toc" in _words(nav, _TYPE))
        contents = next(found, None)
        if contents is None:
            raise unreadable(self._path, "the navigation document has no contents")
        return contents

    def _ncx(self) -> Iterator[str]:
        """Labels of the NCX that older reading systems use, where there is one."""
        item = next(
            (i for i in self._items.values() if i.get("media-type") == "application/x-dtbncx+xml"), None
        )
        if item is not None:
            for point in self._open(item).iter("{*}navPoint"):
                yield squash("".join(point.find("{*}navLabel").itertext()))  # type: ignore[union-attr, arg-type]


def _entries(nav: etree._Element) -> Iterator[Entry]:
    top = nav.find("{*}ol")
    stack = [(item, 1) for item in (top.findall("{*}li") if top is not None else [])][::-1]
    while stack:
        item, level = stack.pop()
        label = next((child for child in item if _local(child) in ("a", "span")), None)
        if label is not None:
            yield Entry(level, " ".join("".join(map(str, label.itertext())).split()))
        below = item.find("{*}ol")
        if below is not None:
            stack.extend([(child, level + 1) for child in below.findall("{*}li")][::-1])


def _on_title_page(element: etree._Element) -> bool:
    return any("titlepage" in _words(e, _TYPE) for e in (element, *element.iterancestors()))


def _is_note(element: etree._Element) -> bool:
    return bool(_words(element, _TYPE) & _NOTE_TYPES or _words(element, "role") & _NOTE_ROLES)


def _is_mark(element: etree._Element) -> bool:
    """True for the sign of a note in the text and for the way back from it."""
    types = _words(element, _TYPE) | _words(element, "role")
    return bool(types & {"noteref", "backlink", "doc-noteref", "doc-backlink"})


def _is_formula(element: etree._Element) -> bool:
    """True for a formula that stands as its TeX; each edition shows formulas in its own way."""
    return _local(element) == "code" and "math" in _words(element, "class")


def _text(root: etree._Element, notes: list[str]) -> Iterator[str]:
    """The running text inside *root*; the text of each note goes to *notes* instead."""
    yield root.text or ""
    for child in root:
        if _local(child) and _local(child) not in _NO_TEXT and not _is_mark(child) and not _is_formula(child):
            if _is_note(child):
                notes.append(squash("".join(_text(child, notes))))
            else:
                yield from _text(child, notes)
        yield child.tail or ""
