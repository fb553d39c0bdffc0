"""The PDF as a whole: pages, fonts, images, navigation and metadata put together on reportlab's objects."""

from __future__ import annotations

import hashlib

from reportlab.pdfbase import pdfdoc

from convert.collector import collector_off
from convert.diagnostics import Code, Findings, Place
from convert.font.face import Face
from convert.manuscript import Manuscript
from convert.typeset.frame import Frame, uses_of
from convert.writers.pdf.cidfont import CidFont
from convert.writers.pdf.contents import Contents
from convert.writers.pdf.ink import ink_for
from convert.writers.pdf.metadata import information, srgb_profile, xmp
from convert.writers.pdf.navigation import Destinations, add_links, add_outline, page_labels
from convert.writers.pdf.objects import Stream, array, dictionary, hex_text
from convert.writers.pdf.paint import Painter, layer_name, names
from convert.writers.pdf.pictures import add_image
from convert.writers.pdf.press import boxes, crop_marks
from convert.writers.pdf.structure import StructureTree

__all__ = ["paint"]

VERSION = (1, 7)
PRESS_VERSION = (1, 6)
"""What PDF/X-4 is built on (ISO 15930-7, 6.1)."""
_NO_ID = "0" * 32
"""Stands in the trailer until the file is whole."""


@collector_off()
def paint(frame: Frame, manuscript: Manuscript, findings: Findings | None = None) -> bytes:
    """*frame* as a PDF 1.7 file: every font embedded and subset, tagged, PDF/A-2a and PDF/UA-1.

    With the profile of a press it is PDF/X-4 instead of PDF/A-2a, which allows no links on the page (ISO 15930-7,
    6.10).  The same frame and manuscript give the same bytes.  Raises FontError when a font cannot be embedded, BookError for
    a profile that does not serve.
    """
    return _Assembly(frame, manuscript, findings if findings is not None else Findings()).file()


class _Assembly:
    """One file in the making."""

    def __init__(self, frame: Frame, manuscript: Manuscript, findings: Findings) -> None:
        self._frame = frame
        self._manuscript = manuscript
        self._findings = findings
        self._ink = ink_for(manuscript.theme.pdf, manuscript.profile)
        version = VERSION if self._ink.profile is None else PRESS_VERSION
        self._document = pdfdoc.PDFDocument(invariant=1, pdfVersion=version)

    def file(self) -> bytes:
        """The whole file."""
        document = self._document
        metadata = self._manuscript.document.metadata
        fonts, images, resources = self._resources()
        pages = self._pages(resources)
        references = [reference for _, reference in pages]
        destinations = Destinations(self._frame, references)
        press = self._ink.profile is not None
        structure = StructureTree(self._frame.structure, references, links=not press)
        theme = self._manuscript.theme.pdf
        painter = Painter(fonts, images, self._frame.structure, ink=self._ink)
        first = self._frame.pages[0]
        cropped = crop_marks(first.width, first.height, theme)
        tail = b"\n" + cropped.encode("ascii") if cropped else b""
        contents = Contents(self._frame, painter, self._manuscript.store, tail)
        for at, ((entries, _), page) in enumerate(zip(pages, self._frame.pages, strict=True)):
            sheet = contents.page(at)
            for mark in sheet.marks:
                structure.content(at, mark.element, mark.tag, mark.box)
            deflate = {"Filter": "/FlateDecode"}
            entries["Contents"] = document.Reference(Stream(sheet.deflated, deflate, pack=False))
            links = (
                () if press else add_links(document, at, page.places, destinations, structure, self._findings)
            )
            if links:
                entries["Annots"] = array(list(links))
        self._structure = structure.add_to(document)
        outline = add_outline(document, self._frame.bookmarks, destinations)
        stamp = self._manuscript.timestamp
        document.info = dictionary(information(metadata, self._title(), stamp, press=press))
        document.Catalog = dictionary(self._catalog(outline))
        return self._finish()

    def _title(self) -> str:
        """The title as reading programs show it."""
        metadata = self._manuscript.document.metadata
        return f"{metadata.title} {metadata.subtitle}".strip()

    def _catalog(self, outline: object) -> dict[str, object]:
        """The catalogue (ISO 32000-1, 7.7.2)."""
        document = self._document
        metadata = self._manuscript.document.metadata
        language = metadata.language or self._manuscript.terms.language
        press = self._ink.profile is not None
        packet = xmp(metadata, self._title(), language, self._manuscript.timestamp, press=press)
        kind = {"Type": "/Metadata", "Subtype": "/XML"}
        catalog: dict[str, object] = {
            "Type": "/Catalog",
            "Pages": self._tree,
            "Lang": hex_text(language),
            "Metadata": document.Reference(Stream(packet, kind, pack=False)),
            "OutputIntents": array([document.Reference(self._intent())]),
            "PageLabels": page_labels([page.label for page in self._frame.pages]),
            "ViewerPreferences": "<< /DisplayDocTitle true >>",
            "MarkInfo": "<< /Marked true >>",
            "StructTreeRoot": self._structure,
        }
        if outline is not None:
            catalog["Outlines"] = outline
            catalog["PageMode"] = "/UseOutlines"
        return catalog

    def _intent(self) -> object:
        """What the colours mean: sRGB (ISO 19005-2, 6.2.3), or the press (ISO 15930-7, 6.2.2)."""
        press = self._ink.profile
        if press is None:
            name, data, space = "(sRGB IEC61966-2.1)", srgb_profile(), {"N": 3, "Alternate": "/DeviceRGB"}
        else:
            alternate = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[press.components]
            name, data = hex_text(press.name), press.data
            space = {"N": press.components, "Alternate": alternate}
        profile = self._document.Reference(Stream(data, space))
        intent = {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1" if press is None else "/GTS_PDFX",
            "OutputConditionIdentifier": name,
            "Info": name,
            "DestOutputProfile": profile,
        }
        return dictionary(intent)

    def _resources(self) -> tuple[dict[Face, tuple[str, CidFont]], dict[str, str], object]:
        """Fonts and images with their names, and the resources that all pages share."""
        document = self._document
        uses, keys = self._used()
        whole: dict[str, set[tuple[int, str]]] = {}
        for face, pairs in uses.items():
            whole.setdefault(_name_of(face), set()).update(pairs)
        labels = names(whole, "F")
        # Two faces of one file are one font.
        of_file = {_name_of(face): face for face in uses}
        made = {
            name: (labels[name], CidFont(of_file[name], whole[name])) for name in sorted(whole) if whole[name]
        }
        fonts = {face: made[_name_of(face)] for face in uses if _name_of(face) in made}
        images, objects = {}, {}
        for key, label in names(keys, "I").items():
            asset = self._manuscript.images.get(key)
            if asset is None:
                message = f"image {key} is not in the manuscript"
                self._findings.error(Code.IMAGE_MISSING, Place(key), message, "this is a fault in quire")
                continue
            images[key] = label
            objects[label] = add_image(document, asset, self._ink)
        resources: dict[str, object] = {}
        if fonts:
            resources["Font"] = dictionary(
                {
                    layer_name(label, layer): reference
                    for label, font in made.values()
                    for layer, reference in enumerate(font.add_to(document))
                }
            )
        if objects:
            resources["XObject"] = dictionary(objects)
        return fonts, images, document.Reference(dictionary(resources))

    def _used(self) -> tuple[dict[Face, set[tuple[int, str]]], dict[str, None]]:
        """Glyphs with their texts by face, and images by key, of all pages."""
        uses: dict[Face, set[tuple[int, str]]] = {}
        images: dict[str, None] = {}
        pages = self._frame.pages
        told = {run.first + at for run in self._frame.runs for at in range(run.count)}
        for at, page in enumerate(pages):
            uses_of(page.items[: page.furniture] if at in told else page.items, uses, images)
        for run in self._frame.runs:
            for face, pairs in run.uses.items():
                uses.setdefault(face, set()).update(pairs)
            images.update(dict.fromkeys(run.images))
        return uses, images

    def _pages(self, resources: object) -> list[tuple[pdfdoc.PDFDictionary, object]]:
        """Every page's dictionary and reference; the page tree is flat, as reading order is."""
        document = self._document
        tree = dictionary({"Type": "/Pages"})
        self._tree = document.Reference(tree)
        out = []
        for at, page in enumerate(self._frame.pages):
            entries = dictionary(
                {
                    "Type": "/Page",
                    "Parent": self._tree,
                    **boxes(page.width, page.height, self._manuscript.theme.pdf),
                    "Resources": resources,
                    "StructParents": at,
                    "Tabs": "/S",
                }
            )
            out.append((entries, document.Reference(entries)))
        tree["Kids"] = array([reference for _, reference in out])
        tree["Count"] = len(out)
        return out

    def _finish(self) -> bytes:
        """The file, its identifier made from all that it holds (ISO 32000-1, 14.4)."""
        self._document._ID = f"[<{_NO_ID}> <{_NO_ID}>]".encode("ascii")
        data = bytes(self._document.format())
        identifier = hashlib.sha256(data).hexdigest()[: len(_NO_ID)].upper()
        at = data.rindex(b"trailer")
        tail = data[at:].replace(_NO_ID.encode("ascii"), identifier.encode("ascii"))
        return b"".join((memoryview(data)[:at], tail))


def _name_of(face: Face) -> str:
    """What tells a face from all others, whatever a book holds."""
    return f"{face.key} {face.path}"
