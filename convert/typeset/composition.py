"""The whole book: blocks to slabs, slabs to pages, pages with their furniture, places of the headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from convert.collector import collector_off
from convert.diagnostics import Code, Findings, Place
from convert.font.catalogue import open_catalogue
from convert.manuscript import Manuscript
from convert.model.nodes import (
    CrossReference,
    Document,
    Generated,
    Index,
    IndexMark,
    InternalTarget,
    Note,
    ReferenceForm,
)
from convert.model.walk import query
from convert.numerals import roman
from convert.records import dataclass, replace
from convert.terms import circled
from convert.theme import Role
from convert.typeset.blocks import BlockSetter, Column
from convert.typeset.columns import column_pages
from convert.typeset.debug import grid_items
from convert.typeset.frame import Anchor, Bookmark, Frame, Item, Page, shift
from convert.typeset.frontmatter import front_pages
from convert.typeset.furniture import Sides, running_items
from convert.typeset.geometry import geometry
from convert.typeset.inline import Align, ParagraphStyle, TextPiece
from convert.typeset.page import Body, NoteLines, make_pages
from convert.typeset.paragraph import LineEngine
from convert.typeset.pieces import PieceMaker
from convert.typeset.slab import Slab, beside, indented
from convert.typeset.structure import Element, InlineKind, InlineTag, Tag
from convert.typeset.styles import StyleSheet
from convert.typeset.tags import Tagger, marked

__all__ = ["compose"]

PASSES = 5
"""Note marks and page references tell pages, and pages depend on them; they settle in two or three passes."""


@collector_off()
def compose(manuscript: Manuscript, findings: Findings) -> Frame:
    """The book as pages of frames.

    Raises BookError when the text block does not fit on the page, FontError when a role has no face.
    """
    maker = _setter(manuscript, findings)
    marks: dict[str, str] = {}
    folios: dict[str, str] = {}
    tops: dict[str, float] = {}
    indexes = [index.id for index in query(manuscript.document, Index)]
    told = _told(maker, manuscript.document)
    again = bool(manuscript.document.notes or indexes or told)
    # Where there is front matter, its numbers go on from those of the pages before it.
    starts = bool(manuscript.outline.text_start)
    before = len(front_pages(replace(maker, tags=Tagger()), manuscript, {})) if starts else 0
    bodies: list[Body] = []
    for _ in range(PASSES):
        pieces = replace(maker.maker, marks=marks, folios=folios)
        setter = replace(maker, maker=pieces, tags=Tagger(), tops=tops, remember=again)
        column = _column(setter)
        slabs = setter.blocks(manuscript.document.blocks, column)
        setter.tags.end_sections()
        notes = {note.id: _note(setter, note) for note in manuscript.document.notes}
        make = column_pages if setter.geometry.columns > 1 else make_pages
        bodies = make(slabs, notes, setter.geometry, setter.sheet.theme.colour.rule, _lift(setter))
        new = {note: circled(number) for body in bodies for number, note in enumerate(body.notes, 1)}
        labels = _labels(bodies, before)
        places = {name: label for name, label in _folios(bodies, labels).items() if name in told}
        heights = _tops(bodies, indexes)
        if (new, places, heights) == (marks, folios, tops):
            break
        marks, folios, tops = new, places, heights
    _report_overfull(bodies, manuscript, findings)
    return _Binder(setter, manuscript, bodies, _labels(bodies, before)).frame()


def _told(setter: BlockSetter, document: Document) -> frozenset[str]:
    """The ids of the blocks whose page the text tells."""
    references = query(document, CrossReference)
    told = {node.target for node in references if node.form is ReferenceForm.PAGE}
    told.update(mark.id for mark in query(document, IndexMark) if mark.id)
    return frozenset(told.union(entry.id for entries in setter.lists.values() for entry in entries))


def _tops(bodies: Sequence[Body], names: Sequence[str]) -> dict[str, float]:
    """How far down its page each of the anchors *names* stands."""
    if not names:
        return {}
    items = (item for body in bodies for item in body.items if isinstance(item, Anchor))
    return {item.id: round(item.y, 2) for item in items if item.id in names}


def _labels(bodies: Sequence[Body], before: int) -> list[str]:
    """The printed number of each page: small Roman figures for front matter, which go on from *before*."""
    start = next((at for at, body in enumerate(bodies) if body.counts), 0)
    front = [roman(before + number) for number in range(1, start + 1)]
    return front + [str(number) for number in range(1, len(bodies) - start + 1)]


def _folios(bodies: Sequence[Body], labels: Sequence[str]) -> dict[str, str]:
    """The printed page of each anchor in the text."""
    out: dict[str, str] = {}
    for body, label in zip(bodies, labels, strict=True):
        for item in body.items:
            if isinstance(item, Anchor):
                out.setdefault(item.id, label)
    return out


def _setter(manuscript: Manuscript, findings: Findings) -> BlockSetter:
    theme = manuscript.theme
    language = manuscript.document.metadata.language or "zh-Hans"
    catalogue = open_catalogue(theme, language, manuscript.root, findings)
    has_kai = catalogue.find(Role.KAI) is not None
    shape = geometry(theme)
    sheet = StyleSheet(theme, language, has_kai)
    at_page = manuscript.terms.at_page
    maker = PieceMaker(manuscript.images, {}, has_kai, shape.column, theme.colour.ground, {}, at_page)
    engine = LineEngine(catalogue, theme.layout, findings)
    depth = manuscript.theme.pdf.contents_depth
    lists = {mark.kind: manuscript.listed(mark.kind, depth) for mark in query(manuscript.document, Generated)}
    return BlockSetter(engine, maker, sheet, shape, manuscript.outline, manuscript.terms, findings, lists)


def _column(setter: BlockSetter) -> Column:
    align = Align.JUSTIFY if setter.sheet.theme.layout.justify else Align.LEFT
    body = setter.sheet.body()
    return Column(
        setter.geometry.column, body, setter.geometry.leading, setter.sheet.indent, align, elastic=True
    )


def _note(setter: BlockSetter, note: Note) -> NoteLines:
    """A note in lines: its mark, then text that hangs so that its right edge is the text's own."""
    style, leading = setter.sheet.note(), setter.sheet.theme.note.leading
    measure = setter.geometry.column
    count = int((measure - 1.5 * style.size) / style.size + 1e-6)
    hang = measure - count * style.size
    column = Column(measure - hang, style, leading, 0.0)
    with setter.tags.note(note.id):
        label = setter.tags.add(Element(Tag.LBL))
        slabs = [indented(slab, hang) for slab in setter.blocks(note.blocks, column)] or [Slab(leading)]
    mark = setter.maker.marks.get(note.id, "①")
    link = InternalTarget(f"noteref-{note.id}")
    linked = replace(style, link=link, tag=InlineTag(InlineKind.LINK, 0))
    flat = ParagraphStyle(measure, style.size, style.language, Align.LEFT)
    baseline = setter.geometry.baseline(leading, style.size)
    lines = setter.lines([TextPiece(mark, linked)], flat)
    items: list[Item] = [shift(item, 0, baseline) for line in lines for item in line.items]
    slabs[0] = beside(slabs[0], (Anchor(f"note-{note.id}", 0, 0), *marked(label, items)))
    return NoteLines(note.id, tuple(replace(slab, notes=()) for slab in slabs))


def _lift(setter: BlockSetter) -> float:
    """How far the baseline of a note's last line is below that of the text's last line on a full page."""
    geometry, note = setter.geometry, setter.sheet.theme.note
    text = geometry.leading - geometry.baseline(geometry.leading, geometry.em)
    return text - (note.leading - geometry.baseline(note.leading, note.size))


def _report_overfull(bodies: Sequence[Body], manuscript: Manuscript, findings: Findings) -> None:
    sources = manuscript.document.sources
    for number, body in enumerate(bodies, 1):
        if body.overfull:
            place = Place(sources[0] if sources else "")
            message = f"page {number} holds something taller than the text block"
            findings.warn(Code.PAGE_OVERFULL, place, message, "make the figure, table or page.lines fit")


@dataclass(frozen=True, slots=True)
class _Binder:
    """Puts front matter and text together and gives each page its place, head and number."""

    setter: BlockSetter
    manuscript: Manuscript
    bodies: Sequence[Body]
    labels: Sequence[str]

    def frame(self) -> Frame:
        """All pages and the bookmarks."""
        with self.setter.tags.within(self.setter.tags.front):
            front = front_pages(self.setter, self.manuscript, _folios(self.bodies, self.labels))
        pages: list[Page] = []
        for number, body in enumerate(front, 1):
            label = roman(number)
            # A title page and blank pages show no folio; the contents do.
            shown = label if body.chapter else ""
            pages.append(self._page(body, label, shown, len(pages)))
        for body, label in zip(self.bodies, self.labels, strict=True):
            pages.append(self._page(body, label, label, len(pages)))
        if not pages:
            # A source of which nothing can be shown still makes a file that opens (ISO 32000-1, 7.7.3.2).
            pages.append(self._page(Body((), (), blank=True), "1", "", 0))
        return Frame(tuple(pages), self._bookmarks(pages), tuple(self.setter.tags.elements))

    def _page(self, body: Body, label: str, shown: str, index: int) -> Page:
        geometry = self.setter.geometry
        recto = index % 2 == 0
        # A piece with a single heading would only repeat it.
        headed = len(list(islice(self.manuscript.outline.flat(), 2))) > 1
        sides = Sides(self.manuscript.document.metadata.title, body.chapter) if headed else Sides("", "")
        around = running_items(self.setter, body, sides, shown, recto) if shown else []
        if self.setter.sheet.theme.pdf.debug_layout:
            around = [*grid_items(geometry), *around]
        left = geometry.left(recto)
        items = tuple(shift(item, left, geometry.top) for item in (*around, *body.items))
        return Page(geometry.width, geometry.height, items, label, len(around))

    def _bookmarks(self, pages: Sequence[Page]) -> tuple[Bookmark, ...]:
        places: dict[str, tuple[int, float]] = {}
        for number, page in enumerate(pages):
            for item in page.items:
                if isinstance(item, Anchor):
                    places.setdefault(item.id, (number, item.y))
        return tuple(
            Bookmark(entry.label, entry.level, *places.get(entry.id, (0, 0.0)))
            for entry in self.manuscript.outline.flat()
        )
