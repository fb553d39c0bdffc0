"""An EPUB read back: package, navigation and XHTML, no writer's code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from convert.verify.epub_parts import EpubFile, Item, local, open_epub, words
from convert.verify.reading import Entry, Reading, squash, unreadable

__all__ = ["read_epub"]

_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote"})
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_TEXT = frozenset({"rt", "rp", "math", "script", "style", "nav", "head"})


def read_epub(path: Path) -> Reading:
    """Outline (nav), text, notes and NCX of the EPUB at *path*.

    Raises VerifyError when it is no such file.
    """
    book = open_epub(path)
    nav = book.nav
    if nav is None:
        raise unreadable(path, "the package has no navigation document")
    text: list[str] = []
    notes: list[str] = []
    headings = 0
    for reference in book.package.iter("{*}itemref"):
        item = book.items.get(reference.get("idref", ""))
        if item is None:
            raise unreadable(path, f"the spine names {reference.get('idref')}, which is not there")
        if item is nav or reference.get("linear") == "no":
            continue
        body = next(book.root(item.name).iter("{*}body"), None)
        if body is not None:
            text.append(squash("".join(_text(body, notes))))
            headings += sum(local(e) in _HEADINGS and not _on_title_page(e) for e in body.iter())
    outline, ncx = tuple(_entries(_contents(book, nav))), tuple(_labels(book))
    if len(outline) == 1 and not headings:
        # A contents list must not be empty (EPUB 3.3, 7.4): its one entry leads to a text without headings.
        outline = ncx = ()
    return Reading(path, "epub", outline, "".join(text), tuple(notes), ncx)


def _contents(book: EpubFile, item: Item) -> etree._Element:
    found = next((nav for nav in book.root(item.name).iter("{*}nav") if "toc" in words(nav)), None)
    if found is None:
        raise unreadable(book.path, "the navigation document has no contents")
    return found


def _labels(book: EpubFile) -> Iterator[str]:
    """Labels of the NCX that older reading systems use, where there is one."""
    if book.ncx is not None:
        for point in book.root(book.ncx.name).iter("{*}navPoint"):
            yield squash("".join(point.find("{*}navLabel").itertext()))  # type: ignore[union-attr, arg-type]


def _entries(nav: etree._Element) -> Iterator[Entry]:
    top = nav.find("{*}ol")
    stack = [(item, 1) for item in (top.findall("{*}li") if top is not None else [])][::-1]
    while stack:
        item, level = stack.pop()
        label = next((child for child in item if local(child) in ("a", "span")), None)
        if label is not None:
            yield Entry(level, " ".join("".join(map(str, label.itertext())).split()))
        below = item.find("{*}ol")
        if below is not None:
            stack.extend([(child, level + 1) for child in below.findall("{*}li")][::-1])


def _on_title_page(element: etree._Element) -> bool:
    return any("titlepage" in words(e) for e in (element, *element.iterancestors()))


def _is_note(element: etree._Element) -> bool:
    return bool(words(element) & _NOTE_TYPES or words(element, "role") & _NOTE_ROLES)


def _is_mark(element: etree._Element) -> bool:
    """True for the sign of a note in the text and for the way back from it."""
    types = words(element) | words(element, "role")
    return bool(types & {"noteref", "backlink", "doc-noteref", "doc-backlink"})


def _is_folio(element: etree._Element) -> bool:
    """True for the number of a printed page, or what stands for it where there are no pages."""
    return "folio" in words(element, "class")


def _is_formula(element: etree._Element) -> bool:
    """True for a formula that stands as its TeX; each edition shows formulas in its own way."""
    return local(element) == "code" and "math" in words(element, "class")


def _is_silent(element: etree._Element) -> bool:
    """True for what is no running text."""
    name = local(element) in _NO_TEXT
    return name or _is_mark(element) or _is_formula(element) or _is_folio(element)


def _text(root: etree._Element, notes: list[str]) -> Iterator[str]:
    """The running text inside *root*; the text of each note goes to *notes* instead."""
    yield root.text or ""
    for child in root:
        if local(child) and not _is_silent(child):
            if _is_note(child):
                notes.append(squash("".join(_text(child, notes))))
            else:
                yield from _text(child, notes)
        yield child.tail or ""
