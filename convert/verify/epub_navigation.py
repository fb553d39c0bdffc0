"""The ways into a book: navigation document, NCX, landmarks, guide and page list agree and lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from convert.verify.epub_parts import EpubFile, Link, anchor_text, local, words
from convert.verify.fault import Fault

__all__ = ["NAVIGATION_RULES", "landmarks", "outline"]

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_NOT_LISTED = frozenset({"titlepage", "halftitlepage", "cover", "copyright-page", "colophon", "toc"})

Entry = tuple[int, str, str]
"""Depth from 1, label without white space, address as member#id."""


def contents(book: EpubFile) -> Iterator[Fault]:
    """Contents and NCX are one tree, and every entry leads to a place, in the order of reading (EPUB 3.3, 7)."""
    nav, ncx = book.nav, book.ncx
    if nav is None or (listed := _nav(book, "toc")) is None:
        yield Fault("contents", book.package_name, "there is no table of contents")
        return
    entries = list(_entries(book, listed, nav.name))
    if not entries:
        yield Fault("contents", nav.name, "the table of contents is empty")
    if ncx is not None and ncx.name in book.data:
        root = book.root(ncx.name)
        points = list(_points(book, root, ncx.name))
        for one, other in zip(entries, points, strict=False):
            if one != other:
                yield Fault("ncx", ncx.name, f"{_show(other)} stands where the contents have {_show(one)}")
                break
        else:
            if len(entries) != len(points):
                yield Fault("ncx", ncx.name, f"{len(points)} entries, not the {len(entries)} of the contents")
        yield from _heads(root, points, ncx.name)
    yield from _in_order(book, [entry[2] for entry in entries], nav.name, "contents")


def _show(entry: Entry) -> str:
    return f"“{entry[1]}” at level {entry[0]}, {entry[2]}"


def _heads(root: etree._Element, points: list[Entry], name: str) -> Iterator[Fault]:
    """The NCX's own numbers: its depth, and the order of playing (OPF 2.0.1, 2.4.1)."""
    depth = max((level for level, _, _ in points), default=1)
    told = [meta.get("content") for meta in root.iter("{*}meta") if meta.get("name") == "dtb:depth"]
    if told != [str(depth)]:
        yield Fault("ncx", name, f"dtb:depth is {told}, not {depth}")
    orders = [point.get("playOrder", "") for point in root.iter("{*}navPoint")]
    numbers = [int(order) for order in orders if order.isdigit()]
    if len(numbers) != len(orders) or any(one >= other for one, other in pairwise(numbers)):
        yield Fault("ncx", name, "playOrder does not rise")
    places: dict[str, str] = {}
    for point in root.iter("{*}navPoint", "{*}pageTarget"):
        content, order = point.find("{*}content"), point.get("playOrder", "")
        address = content.get("src", "") if content is not None else ""
        if places.setdefault(order, address) != address and order:
            yield Fault("ncx", name, f"playOrder {order} stands for two places")


def _nav(book: EpubFile, kind: str) -> etree._Element | None:
    if book.nav is None or book.nav.name not in book.data:
        return None
    return next((nav for nav in book.root(book.nav.name).iter("{*}nav") if kind in words(nav)), None)


def _place(link: Link) -> str:
    return f"{link.name}#{link.fragment}" if link.fragment else link.name or link.address


def _entries(book: EpubFile, nav: etree._Element, name: str) -> Iterator[Entry]:
    top = nav.find("{*}ol")
    stack = [(item, 1) for item in (top.findall("{*}li") if top is not None else [])][::-1]
    while stack:
        item, level = stack.pop()
        label = next((child for child in item if local(child) in ("a", "span")), None)
        if label is not None:
            yield level, anchor_text(label), _place(book.link(label.get("href", ""), name))
        below = item.find("{*}ol")
        if below is not None:
            stack.extend([(child, level + 1) for child in below.findall("{*}li")][::-1])


def _points(book: EpubFile, root: etree._Element, name: str) -> Iterator[Entry]:
    top = root.find("{*}navMap")
    stack = [(point, 1) for point in (top.findall("{*}navPoint") if top is not None else [])][::-1]
    while stack:
        point, level = stack.pop()
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        address = content.get("src", "") if content is not None else ""
        said = anchor_text(label) if label is not None else ""
        yield level, said, _place(book.link(address, name))
        stack.extend([(child, level + 1) for child in point.findall("{*}navPoint")][::-1])


def _in_order(book: EpubFile, places: list[str], name: str, rule: str) -> Iterator[Fault]:
    """Every place is there, and none stands before the one before it."""
    files = {file: number for number, (file, _) in enumerate(book.documents())}
    orders: dict[str, dict[etree._Element, int]] = {}
    latest = (-1, -1)
    for place in places:
        file, _, fragment = place.partition("#")
        target = book.target(Link(place, file, fragment))
        if file not in files or target is None:
            yield Fault(rule, name, f"{place} is not there")
            continue
        if file not in orders:
            orders[file] = {element: n for n, element in enumerate(book.root(file).iter())}
        here = (files[file], orders[file][target] if fragment else 0)
        if here < latest:
            yield Fault(rule, name, f"{place} stands before the entry above it")
        latest = here


def landmarks(book: EpubFile) -> Iterator[Fault]:
    """Landmarks name the contents and the beginning of the text; they and the guide lead somewhere."""
    found = _nav(book, "landmarks")
    if found is None or book.nav is None:
        yield Fault("landmarks", book.package_name, "there are no landmarks")
        return
    kinds: set[str] = set()
    for link in found.iter("{*}a"):
        kinds |= words(link)
        target = book.link(link.get("href", ""), book.nav.name)
        if book.target(target) is None:
            yield Fault("landmarks", book.nav.name, f"{target.address} is not there")
    for kind in ("toc", "bodymatter"):
        if kind not in kinds:
            yield Fault("landmarks", book.nav.name, f"there is no landmark {kind}")
    for reference in book.package.iter("{*}reference"):
        target = book.link(reference.get("href", ""), book.package_name)
        if target.name not in book.data:
            yield Fault("guide", book.package_name, f"{target.address} is not there")


def pages(book: EpubFile) -> Iterator[Fault]:
    """Page list, page marks and the NCX's page targets are the same pages (EPUB 3.3, 7.4.2)."""
    marks = [
        f"{name}#{element.get('id', '')}"
        for name, root in book.documents()
        for element in root.iter("{*}*")
        if "pagebreak" in words(element)
    ]
    for name, root in book.documents():
        for element in root.iter("{*}*"):
            if "pagebreak" in words(element) and not (element.get("aria-label") or element.get("title")):
                yield Fault("pages", name, f"the page mark {element.get('id')} says no page")
    listed = _nav(book, "page-list")
    where = book.nav.name if book.nav else book.package_name
    entries = list(_entries(book, listed, where)) if listed is not None else []
    if [place for _, _, place in entries] != marks:
        yield Fault("pages", where, f"the page list has {len(entries)} pages, the text marks {len(marks)}")
    ncx = book.ncx
    if ncx is not None and ncx.name in book.data:
        targets = [
            _place(book.link(content.get("src", ""), ncx.name))
            for target in book.root(ncx.name).iter("{*}pageTarget")
            for content in target.iter("{*}content")
        ]
        if targets != [place for _, _, place in entries]:
            yield Fault("pages", ncx.name, "the NCX does not list the pages of the page list")


def outline(book: EpubFile) -> Iterator[Fault]:
    """Every heading of the text is an entry, every entry a heading, in the same words."""
    nav, listed = book.nav, _nav(book, "toc")
    if nav is None or listed is None:
        return
    entries = list(_entries(book, listed, nav.name))
    found = [heading for heading in _headings(book) if heading[1]]
    if not found and len(entries) == 1:
        return  # the one entry that a book without headings must have
    said = [(label, place) for _, label, place in entries]
    for (label, place), (name, text, ident) in zip(said, found, strict=False):
        if label != text or place not in (name, f"{name}#{ident}"):
            yield Fault("outline", name, f"the heading “{text}” is “{label}” in the contents, at {place}")
            return
    if len(said) != len(found):
        yield Fault("outline", nav.name, f"{len(said)} entries for {len(found)} headings")


def _headings(book: EpubFile) -> Iterator[tuple[str, str, str]]:
    """File, words and id of every heading, those that open a paragraph among them."""
    for name, root in book.documents():
        for element in root.iter("{*}*"):
            run_in = "run-in" in words(element, "class") and element.get("id")
            if local(element) not in _HEADINGS and not run_in:
                continue
            around = frozenset[str]().union(*map(words, (element, *element.iterancestors())))
            if not around & _NOT_LISTED:
                yield name, anchor_text(element), element.get("id", "")


NAVIGATION_RULES = (contents, pages)
