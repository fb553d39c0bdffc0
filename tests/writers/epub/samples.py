"""Documents made by hand for the EPUB tests; all text is of our own writing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from convert.diagnostics import Findings
from convert.images import ImageAsset
from convert.model import nodes as n
from convert.model.identity import identify
from convert.model.outline import make_outline
from convert.terms import terms_for
from convert.theme import Theme
from convert.writers.base import Manuscript
from convert.writers.epub import EpubWriter

SPAN = n.SourceSpan("book.md", 1, 1)
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
DC = "{http://purl.org/dc/elements/1.1/}"


def text(*parts: str | n.Inline) -> tuple[n.Inline, ...]:
    return tuple(n.Text(part) if isinstance(part, str) else part for part in parts)


def para(*parts: str | n.Inline, name: str = "") -> n.Paragraph:
    return n.Paragraph(name, SPAN, text(*parts))


def head(level: int, *parts: str | n.Inline, name: str = "", listed: bool = True) -> n.Heading:
    return n.Heading(name, SPAN, level, text(*parts), listed=listed)


def note(name: str, *parts: str | n.Inline) -> n.Note:
    return n.Note(name, SPAN, (para(*parts),))


def picture(key: str, colour: tuple[int, int, int] = (40, 80, 120)) -> ImageAsset:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(out, "PNG")
    return ImageAsset(key, "image/png", out.getvalue(), 320, 180, 144)


def manuscript(
    *blocks: n.Block,
    notes: tuple[n.Note, ...] = (),
    metadata: n.Metadata | None = None,
    theme: Theme | None = None,
    images: Mapping[str, ImageAsset] | None = None,
) -> Manuscript:
    metadata = metadata or n.Metadata(title="小书", language="zh-Hans", title_from_heading=True)
    document = identify(n.Document(metadata, blocks, notes, ("book.md",)))
    return Manuscript(
        document,
        make_outline(document),
        theme or Theme(),
        terms_for(metadata.language),
        images or {},
        1_767_571_200,
    )


class Epub:
    """An EPUB's bytes, read back with zipfile and lxml alone."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))

    def names(self) -> list[str]:
        return self.zip.namelist()

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.zip.read(f"EPUB/{name}"))

    def chapter(self, number: int = 1) -> etree._Element:
        return self.xml(f"text/c{number:03}.xhtml")

    def chapters(self) -> list[str]:
        return [name.removeprefix("EPUB/") for name in self.names() if "/text/c0" in name]

    def body(self, number: int = 1) -> str:
        """The inside of the chapter's body as text with markup, without name space noise."""
        raw = self.zip.read(f"EPUB/text/c{number:03}.xhtml").decode()
        return raw.partition("<body")[2].partition(">\n")[2].rpartition("\n</body>")[0]

    @property
    def opf(self) -> etree._Element:
        return self.xml("content.opf")


def write(*blocks: n.Block, **given: object) -> Epub:
    return Epub(EpubWriter().write(manuscript(*blocks, **given), Findings()))  # type: ignore[arg-type]


def inside(element: etree._Element) -> str:
    return "".join(element.itertext())


def everything() -> Manuscript:
    """A book with every node that the model knows."""
    from tests.writers.epub.feature import BLOCKS, METADATA, NOTES

    images = {"海.png": picture("海.png"), "山.png": picture("山.png", (120, 60, 40))}
    return manuscript(*BLOCKS, notes=NOTES, metadata=METADATA, images=images)


def replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """An EPUB with *old* turned into *new* in each of its files: a fault made on purpose."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            target.writestr(info, source.read(info).replace(old, new))
    return out.getvalue()
