"""Finding one's way: bookmarks, page labels, destinations and links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from reportlab.pdfbase import pdfdoc

from convert.diagnostics import Code, Findings, Place
from convert.model.nodes import ExternalTarget, InternalTarget
from convert.numerals import from_roman
from convert.records import dataclass, field
from convert.regex import regex
from convert.typeset.frame import Anchor, Bookmark, Frame, LinkArea, Places
from convert.writers.pdf.objects import Ready, array, dictionary, hex_text, number, reference_text
from convert.writers.pdf.structure import StructureTree

__all__ = ["Destinations", "add_links", "add_outline", "page_labels"]

_SAFE = regex(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)

Reference = Any  # reportlab's PDFObjectReference: it has no types


class Destinations:
    """Where each anchor of the frame lies.  The first of an id counts."""

    def __init__(self, frame: Frame, pages: Sequence[Reference]) -> None:
        self._frame = frame
        self._pages = pages
        self._places: dict[str, tuple[int, Anchor]] = {}
        for number_, page in enumerate(frame.pages):
            for _, item in page.places:
                if isinstance(item, Anchor):
                    self._places.setdefault(item.id, (number_, item))

    def at(self, page: int, x: float | None, y: float) -> Any:
        """A place on a page, at the zoom the reader has (ISO 32000-1, 12.3.2.2)."""
        height = self._frame.pages[page].height
        left = "null" if x is None else number(x)
        return array([self._pages[page], "/XYZ", left, number(height - y), "null"])

    def height(self, page: int) -> float:
        """How tall a page is, in points."""
        return self._frame.pages[page].height

    def of(self, anchor: str) -> Any:
        """The place of an anchor; None when the frame has none of that id."""
        place = self._places.get(anchor)
        return self.at(place[0], None, place[1].y) if place else None

    def label(self, anchor: str) -> str:
        """The page number, as printed, where an anchor lies."""
        return self._frame.pages[self._places[anchor][0]].label


def add_links(
    document: pdfdoc.PDFDocument,
    page: int,
    places: Places,
    destinations: Destinations,
    structure: StructureTree,
    findings: Findings,
) -> list[str]:
    """Link annotations of the page *page* with *places* (ISO 32000-1, 12.5.6.5), hung into the structure: references.

    An address of an unsafe scheme and an anchor that is nowhere are reported and lead nowhere.
    """
    out = []
    height = destinations.height(page)
    for element, item in places:
        if not isinstance(item, LinkArea):
            continue
        match item.target:
            case ExternalTarget(url):
                if not _SAFE.match(url):
                    findings.warn(
                        Code.LINK_UNSAFE, Place(""), f"no link is made to {url[:80]}", "use https or mailto"
                    )
                    continue
                action, place, said = f"/A <<\n/S /URI\n/URI {_uri(url)}\n>>\n", "", url
            case InternalTarget(anchor):
                found = destinations.of(anchor)
                if found is None:
                    message = f"a link leads to {anchor}, which no page shows"
                    findings.warn(Code.REFERENCE_MISSING, Place(""), message, "give the block that id")
                    continue
                place = f"/Dest {found.format(document).decode('ascii')}\n"
                action, said = "", destinations.label(anchor)
        annotation = Ready()
        reference = reference_text(document.Reference(annotation), document)
        parent = structure.annotation(page, element, item.tag, reference)
        annotation.content = (
            f"<<\n{action}/Border [0 0 0]\n/Contents {hex_text(said)}\n{place}/F 4\n"
            f"/Rect {_rectangle(item, height)}\n/StructParent {parent}\n/Subtype /Link\n/Type /Annot\n>>"
        ).encode("ascii")
        out.append(reference)
    return out


def _rectangle(item: LinkArea, height: float) -> str:
    corners = (item.x, height - item.y - item.height, item.x + item.width, height - item.y)
    return "[" + " ".join(map(number, corners)) + "]"


def _uri(url: str) -> str:
    """A URI as an ASCII string, everything beyond ASCII percent-encoded (RFC 3987, 3.1)."""
    text = quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")
    return "<" + text.encode("ascii").hex().upper() + ">"


@dataclass(slots=True)
class _Entry:
    bookmark: Bookmark
    below: list[_Entry] = field(default_factory=list)


def add_outline(
    document: pdfdoc.PDFDocument, bookmarks: Sequence[Bookmark], destinations: Destinations
) -> Reference | None:
    """The document outline (ISO 32000-1, 12.3.3); a level that skips one hangs under the nearest above it.

    Only the top level is open."""
    if not bookmarks:
        return None
    top: list[_Entry] = []
    open_: list[_Entry] = []
    for bookmark in bookmarks:
        while open_ and open_[-1].bookmark.level >= bookmark.level:
            open_.pop()
        entry = _Entry(bookmark)
        (open_[-1].below if open_ else top).append(entry)
        open_.append(entry)
    root = dictionary({"Type": "/Outlines"})
    reference = document.Reference(root)
    _hang(document, root, reference, top, destinations)
    root["Count"] = len(top)
    return reference


def _hang(
    document: pdfdoc.PDFDocument,
    parent: pdfdoc.PDFDictionary,
    above: Reference,
    entries: Sequence[_Entry],
    destinations: Destinations,
) -> None:
    made = []
    for entry in entries:
        mark = entry.bookmark
        item = dictionary(
            {"Title": hex_text(mark.title), "Parent": above, "Dest": destinations.at(mark.page, None, mark.y)}
        )
        reference = document.Reference(item)
        made.append((item, reference))
        if entry.below:
            _hang(document, item, reference, entry.below, destinations)
            item["Count"] = -len(entry.below)
    for (before, before_ref), (after, after_ref) in pairwise(made):
        before["Next"] = after_ref
        after["Prev"] = before_ref
    parent["First"], parent["Last"] = made[0][1], made[-1][1]


def page_labels(labels: Sequence[str]) -> object:
    """The page labels (ISO 32000-1, 12.4.2): stretches that count are told once, others page by page."""
    parts: list[object] = []
    expected: tuple[str, int] | None = None
    for index, label in enumerate(labels):
        style, value = _counted(label)
        if style and (style, value) == expected:
            expected = style, value + 1
            continue
        parts.append(index)
        if style:
            parts.append(dictionary({"S": f"/{style}", "St": value}))
            expected = style, value + 1
        else:
            parts.append(dictionary({"P": hex_text(label)}))
            expected = None
    return dictionary({"Nums": array(parts)})


def _counted(label: str) -> tuple[str, int]:
    """Style and value of a label that is a plain number; '' and 0 for another."""
    if label.isascii() and label.isdigit() and label[0] != "0":
        return "D", int(label)
    return ("r", from_roman(label)) if from_roman(label) else ("", 0)
