"""Content documents: titles, headings, languages, links; nothing remote, active or absolute."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from convert.regex import regex
from convert.verify.epub_parts import EpubFile, Link, local, words
from convert.verify.fault import Fault

__all__ = ["CONTENT_RULES"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ACTIVE = frozenset(
    {"script", "iframe", "object", "embed", "applet", "form", "input", "button", "textarea", "select"}
)
_FETCHED = ("src", "poster", "data", "srcset", "{http://www.w3.org/1999/xlink}href")
_CSS_ADDRESS = regex(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_OUTWARD = ("http:", "https:", "mailto:", "tel:")


def titles(book: EpubFile) -> Iterator[Fault]:
    """Each document has a title that is no file name, and names its language in both ways (HTML 4.2.2, 3.2.6)."""
    for name, root in book.documents():
        title = " ".join("".join(root.xpath("//*[local-name()='title']//text()")).split())  # type: ignore[arg-type]
        stem = name.rpartition("/")[2]
        if not title or title in (stem, stem.rpartition(".")[0]):
            yield Fault("title", name, f"the title is {title!r}")
        lang = root.get("lang", "")
        if not lang or lang != root.get(_XML_LANG):
            yield Fault("language", name, "lang and xml:lang of the document are not the same language")


def headings(book: EpubFile) -> Iterator[Fault]:
    """At most one h1 a file, before all other headings, and no level skipped (WCAG 1.3.1)."""
    for name, root in book.documents():
        levels = [int(tag[1]) for e in root.iter("{*}*") if re.fullmatch("h[1-6]", tag := local(e))]
        if levels.count(1) > 1:
            yield Fault("headings", name, f"{levels.count(1)} headings are h1")
        latest = 0
        for level in levels:
            if level > latest + 1:
                yield Fault(
                    "headings", name, f"h{level} follows " + (f"h{latest}" if latest else "no heading")
                )
                break
            latest = level


def active(book: EpubFile) -> Iterator[Fault]:
    """Nothing runs, asks for input or plays by itself."""
    for name, root in book.documents():
        for element in root.iter("{*}*"):
            if local(element) in _ACTIVE:
                yield Fault("active", name, f"the element {local(element)}")
            for key, value in element.attrib.items():
                if str(key).startswith("on") or str(value).strip().lower().startswith(
                    ("javascript:", "vbscript:")
                ):
                    yield Fault("active", name, f"the attribute {key!s} of {local(element)}")


def addresses(book: EpubFile) -> Iterator[Fault]:
    """Addresses lead to places of the book that are there, or openly out of it; nothing is fetched."""
    for name, root in book.documents():
        for element in root.iter("{*}*"):
            for key in ("href", *_FETCHED):
                value = element.get(key)
                if value is not None:
                    link = book.link(value.strip(), name)
                    fetched = key in _FETCHED or local(element) == "link"
                    yield from _address(book, link, name, fetched)
    for item in book.items.values():
        if item.media_type == "text/css" and item.name in book.data:
            text = book.data[item.name].decode("utf-8", "replace")
            for match in _CSS_ADDRESS.finditer(text):
                link = book.link((match[1] or match[2]).strip(), item.name)
                yield from _address(book, link, item.name, fetched=True)
    for line in book.package.iter("{*}item", "{*}reference", "{*}link"):
        href = line.get("href", "")
        link = book.link(href, book.package_name)
        if not link.inside or link.name.startswith("../"):
            yield Fault("address", book.package_name, f"{href} is not in the book")


def _address(book: EpubFile, link: Link, name: str, fetched: bool) -> Iterator[Fault]:
    if not link.inside:
        if fetched or not link.address.lower().startswith(_OUTWARD):
            kind = "remote" if link.address.lower().startswith(_OUTWARD) else "address"
            yield Fault(kind, name, f"{link.address[:60]} is not in the book")
    elif link.name not in book.data or (not fetched and book.target(link) is None):
        yield Fault("address", name, f"{link.address[:60]} is not there")


def ids(book: EpubFile) -> Iterator[Fault]:
    """Ids stand once in a file, and are ASCII: some reading systems cannot go to others."""
    for name, root in book.documents():
        seen: set[str] = set()
        for element in root.iter("{*}*"):
            ident = element.get("id")
            if ident is None:
                continue
            if ident in seen:
                yield Fault("id", name, f"the id {ident} stands twice")
            if not ident.isascii() or not ident or re.search(r"\s", ident):
                yield Fault("id", name, f"{ident!r} is no ASCII name")
            seen.add(ident)


def tables(book: EpubFile) -> Iterator[Fault]:
    """The heads of a table say what they are the heads of (WCAG 1.3.1)."""
    for name, root in book.documents():
        for head in root.iter("{*}th"):
            if not head.get("scope") and not words(head, "headers"):
                yield Fault("table", name, f"the head “{_start(head)}” has no scope")


def _start(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))[:20]


CONTENT_RULES = (titles, headings, active, addresses, ids, tables)
