"""The file round the pages: catalogue, page tree, fonts, links, bookmarks, page labels, metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from reportlab.pdfbase import pdfdoc

from convert.font.face import Face
from convert.manuscript import Manuscript
from convert.model.nodes import ExternalTarget, InternalTarget
from convert.numerals import roman
from convert.typeset.frame import Anchor, Bookmark, Frame, GlyphRun, ImageItem, LinkArea, Page
from convert.writers.pdf.cidfont import CidFont
from convert.writers.pdf.metadata import information, srgb_profile, xmp
from convert.writers.pdf.objects import Stream, array, dictionary, hex_text, number
from convert.writers.pdf.paint import Painter
from convert.writers.pdf.pictures import add_image

__all__ = ["assemble"]

_PAGES = "Pages"
_URI_SAFE = "%/:?#[]@!$&'*+,;=-._~"
"""What a URI keeps; everything else is written in percents (RFC 3986, 2.2 and 2.3)."""


def assemble(frame: Frame, manuscript: Manuscript) -> bytes:
    """The PDF file (ISO 32000-1) of *frame*, the same bytes for the same frame and manuscript."""
    document = pdfdoc.PDFDocument(compression=0, invariant=1, pdfVersion=(1, 7))
    file = _File(document, frame, manuscript)
    document.Catalog = file.catalog()
    document.info = file.information()
    digest = hashlib.sha256(file.digest.digest()).hexdigest()[:32].upper()
    document._ID = f"[<{digest}> <{digest}>]".encode("ascii")
    data = document.format()
    return data if isinstance(data, bytes) else data.encode("latin-1")


@dataclass(slots=True)
class _File:
    """The objects of one file."""

    document: Any
    frame: Frame
    manuscript: Manuscript
    digest: Any = field(default_factory=hashlib.sha256)

    @property
    def title(self) -> str:
        """The title as reading programs show it."""
        metadata = self.manuscript.document.metadata
        return f"{metadata.title} {metadata.subtitle}".strip()

    def information(self) -> Any:
        """The document information dictionary."""
        metadata = self.manuscript.document.metadata
        entries = information(metadata, self.title, self.manuscript.timestamp)
        self.digest.update(repr(sorted(entries.items())).encode())
        return dictionary(entries)

    def catalog(self) -> Any:
        """The catalogue with everything it leads to (ISO 32000-1, 7.7.2)."""
        metadata = self.manuscript.document.metadata
        packet = xmp(metadata, self.title, metadata.language, self.manuscript.timestamp)
        profile = self.document.Reference(Stream(srgb_profile(), {"N": "3"}))
        intent = dictionary(
            {
                "Type": "/OutputIntent",
                "S": "/GTS_PDFA1",
                "OutputConditionIdentifier": "(sRGB IEC61966-2-1)",
                "Info": "(sRGB IEC61966-2-1)",
                "DestOutputProfile": profile,
            }
        )
        entries = {
            "Type": "/Catalog",
            "Pages": self._pages(),
            "Lang": hex_text(metadata.language),
            "ViewerPreferences": "<< /DisplayDocTitle true >>",
            "PageLabels": f"<< /Nums [{_page_labels([page.label for page in self.frame.pages])}] >>",
            "Metadata": self.document.Reference(
                Stream(packet, {"Type": "/Metadata", "Subtype": "/XML"}, pack=False)
            ),
            "OutputIntents": array([intent]),
        }
        if self.frame.bookmarks:
            entries["Outlines"] = self._outlines(self.frame.bookmarks)
            entries["PageMode"] = "/UseOutlines"
        self.digest.update(packet)
        return dictionary(entries)

    # ------------------------------------------------------------ pages

    def _pages(self) -> Any:
        fonts = {
            face: (f"F{at}", CidFont(face, uses))
            for at, (face, uses) in enumerate(_uses(self.frame).items(), 1)
        }
        images = _image_names(self.frame, self.manuscript.images)
        resources = self.document.Reference(
            dictionary(
                {
                    "Font": dictionary({name: font.add_to(self.document) for name, font in fonts.values()}),
                    "XObject": dictionary(
                        {
                            name: add_image(self.document, self.manuscript.images[key])
                            for key, name in images.items()
                        }
                    ),
                }
            )
        )
        painter = Painter(fonts, images)
        places = _places(self.frame.pages)
        for at, page in enumerate(self.frame.pages):
            self._page(at, page, painter.page(page), resources, places)
        kids = array([pdfdoc.PDFObjectReference(_page_name(at)) for at in range(len(self.frame.pages))])
        entries = {"Type": "/Pages", "Count": len(self.frame.pages), "Kids": kids}
        return self.document.Reference(dictionary(entries), _PAGES)

    def _page(
        self,
        at: int,
        page: Page,
        content: bytes,
        resources: Any,
        places: Mapping[str, tuple[int, float, float]],
    ) -> None:
        self.digest.update(content)
        box = f"[0 0 {number(page.width)} {number(page.height)}]"
        entries: dict[str, object] = {
            "Type": "/Page",
            "Parent": pdfdoc.PDFObjectReference(_PAGES),
            "MediaBox": box,
            "TrimBox": box,
            "Resources": resources,
            "Contents": self.document.Reference(Stream(content)),
        }
        links = [
            link
            for item in page.items
            if isinstance(item, LinkArea)
            for link in self._link(item, page, places)
        ]
        if links:
            entries["Annots"] = array([self.document.Reference(link) for link in links])
            entries["Tabs"] = "/S"
        self.document.Reference(dictionary(entries), _page_name(at))

    def _link(
        self, area: LinkArea, page: Page, places: Mapping[str, tuple[int, float, float]]
    ) -> Iterable[Any]:
        """A link annotation (ISO 32000-1, 12.5.6.5); none for a target that is on no page."""
        corners = (area.x, page.height - area.y - area.height, area.x + area.width, page.height - area.y)
        entries: dict[str, object] = {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": "[" + " ".join(map(number, corners)) + "]",
            "Border": "[0 0 0]",
            "F": 4,
        }
        match area.target:
            case ExternalTarget(url):
                address = quote(url, safe=_URI_SAFE)
                entries["A"] = f"<< /S /URI /URI ({address}) >>"
                entries["Contents"] = hex_text(url)
            case InternalTarget(name):
                if name not in places:
                    return
                entries["Dest"] = self._destination(*places[name])
                entries["Contents"] = hex_text(self.frame.pages[places[name][0]].label)
        yield dictionary(entries)

    def _destination(self, page: int, x: float, y: float) -> Any:
        top = self.frame.pages[page].height - y
        return array(
            [
                pdfdoc.PDFObjectReference(_page_name(page)),
                "/XYZ",
                number(max(0.0, x - 6)),
                number(top),
                "null",
            ]
        )

    # ------------------------------------------------------------ bookmarks

    def _outlines(self, bookmarks: Sequence[Bookmark]) -> Any:
        """The tree of bookmarks (ISO 32000-1, 12.3.3): each below the nearest shallower one before it."""
        children: dict[int, list[int]] = {-1: []}
        parents: dict[int, int] = {}
        path: list[int] = []
        for at, mark in enumerate(bookmarks):
            while path and bookmarks[path[-1]].level >= mark.level:
                path.pop()
            parents[at] = path[-1] if path else -1
            children.setdefault(parents[at], []).append(at)
            path.append(at)
        for parent, row in children.items():
            for before, at, after in zip([None, *row], row, [*row[1:], None], strict=False):
                entries: dict[str, object] = {
                    "Title": hex_text(bookmarks[at].title),
                    "Parent": pdfdoc.PDFObjectReference(_mark_name(parent)),
                    "Dest": self._destination(bookmarks[at].page, 0.0, bookmarks[at].y),
                }
                if before is not None:
                    entries["Prev"] = pdfdoc.PDFObjectReference(_mark_name(before))
                if after is not None:
                    entries["Next"] = pdfdoc.PDFObjectReference(_mark_name(after))
                entries |= _kin(children.get(at, []), shown=False)
                self.document.Reference(dictionary(entries), _mark_name(at))
        root = {"Type": "/Outlines", **_kin(children[-1], shown=True)}
        return self.document.Reference(dictionary(root), _mark_name(-1))


def _kin(row: Sequence[int], *, shown: bool) -> dict[str, object]:
    """First, Last and Count of an outline item with the children *row*; a closed item counts below zero."""
    if not row:
        return {}
    return {
        "First": pdfdoc.PDFObjectReference(_mark_name(row[0])),
        "Last": pdfdoc.PDFObjectReference(_mark_name(row[-1])),
        "Count": len(row) if shown else -len(row),
    }


def _page_name(at: int) -> str:
    return f"Page{at}"


def _mark_name(at: int) -> str:
    return f"Mark{at}" if at >= 0 else "Outlines"


def _uses(frame: Frame) -> dict[Face, set[tuple[int, str]]]:
    """Glyphs and their texts by face, faces in the order of their first use."""
    out: dict[Face, set[tuple[int, str]]] = {}
    for page in frame.pages:
        for item in page.items:
            if isinstance(item, GlyphRun) and item.glyphs:
                out.setdefault(item.face, set()).update((glyph.id, glyph.text) for glyph in item.glyphs)
    return out


def _image_names(frame: Frame, images: Mapping[str, object]) -> dict[str, str]:
    """Resource names of the images that the pages show."""
    keys = dict.fromkeys(
        item.key
        for page in frame.pages
        for item in page.items
        if isinstance(item, ImageItem) and item.key in images
    )
    return {key: f"I{at}" for at, key in enumerate(keys, 1)}


def _places(pages: Sequence[Page]) -> dict[str, tuple[int, float, float]]:
    """Page index, x and y of every anchor; the first of a name counts."""
    out: dict[str, tuple[int, float, float]] = {}
    for at, page in enumerate(pages):
        for item in page.items:
            if isinstance(item, Anchor):
                out.setdefault(item.id, (at, item.x, item.y))
    return out


def _page_labels(labels: Sequence[str]) -> str:
    """The number tree of page labels (ISO 32000-1, 12.4.2): a new range wherever counting changes."""
    parts: list[str] = []
    style, following = "", 0
    for at, label in enumerate(labels):
        count = int(label) if label.isascii() and label.isdigit() else 0
        if (count and style == "D" and count == following) or (style == "r" and label == roman(following)):
            following += 1
            continue
        if count:
            style, following = "D", count + 1
            parts.append(f"{at} << /S /D /St {count} >>")
            continue
        value = next((n for n in range(1, 400) if roman(n) == label), 0)
        if value:
            style, following = "r", value + 1
            parts.append(f"{at} << /S /r /St {value} >>")
        else:
            style, following = "", 0
            parts.append(f"{at} << /P {hex_text(label)} >>")
    return " ".join(parts)
