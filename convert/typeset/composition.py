"""The whole book: blocks to slabs, slabs to pages, pages with their furniture, places of the headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import islice
from typing import cast

from convert.collector import collector_off
from convert.diagnostics import Code, Finding, Findings, Place
from convert.font.catalogue import open_catalogue
from convert.manuscript import Manuscript
from convert.model.nodes import CrossReference, Document, Generated, IndexMark, ReferenceForm
from convert.model.walk import query
from convert.numbering.schemes import book_title
from convert.numerals import roman
from convert.records import dataclass, replace
from convert.terms import circled
from convert.theme import Role
from convert.typeset.blocks import BlockSetter
from convert.typeset.debug import grid_items
from convert.typeset.frame import (
    Anchor,
    Bookmark,
    Frame,
    Item,
    Later,
    LinkArea,
    Page,
    PageRun,
    moved,
)
from convert.typeset.frontmatter import front_pages
from convert.typeset.furniture import Sides, running_items
from convert.typeset.geometry import geometry
from convert.typeset.kept import Keeper
from convert.typeset.marks import remarked
from convert.typeset.notes import end_marks
from convert.typeset.page import Body
from convert.typeset.paragraph import LineEngine
from convert.typeset.pieces import PieceMaker
from convert.typeset.stretch import Known, Made, Stretch, set_stretch, stretches
from convert.typeset.styles import StyleSheet
from convert.typeset.tags import Tagger
from convert.typeset.titles import words_of

__all__ = ["compose"]

PASSES = 5
"""Note marks and page references tell pages, and pages depend on them; they settle in two or three passes."""


@collector_off()
def compose(manuscript: Manuscript, findings: Findings) -> Frame:
    """The book as pages of frames.

    Raises BookError when the text block does not fit on the page, FontError when a role has no face.
    """
    maker = _setter(manuscript, findings)
    gathered = end_marks(manuscript)
    known = Known(gathered, {}, {})
    parts = stretches(manuscript)
    indexes = frozenset[str]().union(*(part.indexes for part in parts))
    told = _told(maker, manuscript.document)
    # A second pass for the marks of notes mostly has nothing to set.
    maker = replace(maker, remember=bool(indexes or told), noting=not gathered)
    # Where there is front matter, its numbers go on from those of the pages before it.
    starts = bool(manuscript.outline.text_start)
    before = len(front_pages(replace(maker, tags=Tagger()), manuscript, {})) if starts else 0
    keeper = Keeper(manuscript.store, manuscript, maker, findings) if manuscript.store else None
    setting = [_Setting(replace(maker, memo={}), part, keeper) for part in parts]
    for _ in range(PASSES):
        text = _Text(maker.geometry.facing)
        for each in setting:
            text.add(each, known)
        marks = gathered or {
            note: circled(number) for body in text.bodies for number, note in enumerate(body.notes, 1)
        }
        labels = _labels(text.bodies, before)
        folios = _folios(text.bodies, labels, told) if told else {}
        again = Known(marks, folios, _tops(text.bodies, indexes))
        if again == known:
            break
        known = again
    else:
        place = Place((manuscript.document.sources or ("",))[0])
        message = "page numbers in the text move the text that they tell of; some may be one page off"
        findings.warn(Code.PAGES_UNSETTLED, place, message, "reword a paragraph with such a number")
    _tell(text.findings, findings)
    _report_overfull(text.bodies, manuscript, findings)
    pieces = replace(maker.maker, marks=known.marks, folios=known.folios)
    tags = Tagger()
    runs = text.runs(tags)
    return _Binder(replace(maker, maker=pieces, tags=tags), manuscript, text.bodies, runs, labels).frame()


@dataclass(slots=True)
class _Setting:
    """A stretch that is being set; a second pass over the book sets only those that it changes."""

    setter: BlockSetter
    stretch: Stretch
    keeper: Keeper | None
    asked: tuple[Known, int, int] | None = None
    made: Made | None = None

    def pages(self, known: Known, above: int, number: int) -> Made:
        """Its pages."""
        asked = known.of(self.stretch), above, number
        if self.made is None or asked != self.asked:
            if self.keeper is None:
                self.made = self._set(*asked)
            else:
                self.made = self.keeper.pages(self.setter, self.stretch, *asked, lambda: self._set(*asked))
            self.asked = asked
        return self.made

    def _set(self, known: Known, above: int, number: int) -> Made:
        """The pages set: as they were but for the marks of notes, where nothing else changes with those."""
        if self.made is not None and self.asked is not None:
            before = self.asked[0]
            if (before.folios, before.tops, *self.asked[1:]) == (known.folios, known.tops, above, number):
                again = remarked(self.made, known.marks, self.setter)
                if again is not None:
                    return again
        return set_stretch(self.setter, self.stretch, known, above, number)


class _Text:
    """The pages of the running text, stretch by stretch."""

    def __init__(self, facing: bool) -> None:
        self._facing = facing
        self._parts: list[tuple[int, int, Made]] = []
        """What was added: the index of its first page, how many sections were open then, and the stretch."""
        self._open = 0
        self.bodies: list[Body] = []
        self.findings: list[Finding] = []

    def add(self, setting: _Setting, known: Known) -> None:
        """Put the pages of a stretch after those there are."""
        odd = self._facing and len(self.bodies) % 2 == 1
        if odd and setting.stretch.recto:
            self.bodies.append(Body((), (), chapter=self.bodies[-1].chapter, blank=True))
            odd = False
        above = min(self._open, setting.stretch.level - 1)
        made = setting.pages(known, above, int(odd))
        self._parts.append((len(self.bodies), above, made))
        self._open = len(made.sections)
        self.bodies += made.bodies
        self.findings += made.findings

    def runs(self, tags: Tagger) -> list[PageRun]:
        """The stretches as runs of pages, their elements put into *tags*."""
        out = []
        for first, above, made in self._parts:
            tags.end_sections(above)
            base = tags.take(made.elements, made.sections, above)
            out.append(PageRun(first, len(made.bodies), made.key, base, made.uses, made.images))
        return out


def _tell(made: Iterable[Finding], findings: Findings) -> None:
    """Add what the stretches found; that no font has a character is told once, where it comes first."""
    missing: set[str] = set()
    for finding in made:
        if finding.code is Code.GLYPH_MISSING:
            if finding.message in missing:
                continue
            missing.add(finding.message)
        findings.add(finding)


def _told(setter: BlockSetter, document: Document) -> frozenset[str]:
    """The ids of the blocks whose page the text tells."""
    references = query(document, CrossReference)
    told = {node.target for node in references if node.form is ReferenceForm.PAGE}
    told.update(mark.id for mark in query(document, IndexMark) if mark.id)
    return frozenset(told.union(entry.id for entries in setter.lists.values() for entry in entries))


def _tops(bodies: Sequence[Body], names: Set[str]) -> dict[str, float]:
    """How far down its page each of the anchors *names* stands."""
    if not names:
        return {}
    places = (item for body in bodies for _, item in body.places)
    return {item.id: round(item.y, 2) for item in places if isinstance(item, Anchor) and item.id in names}


def _labels(bodies: Sequence[Body], before: int) -> list[str]:
    """The printed number of each page: small Roman figures for front matter, which go on from *before*."""
    start = next((at for at, body in enumerate(bodies) if body.counts), 0)
    front = [roman(before + number) for number in range(1, start + 1)]
    return front + [str(number) for number in range(1, len(bodies) - start + 1)]


def _folios(bodies: Sequence[Body], labels: Sequence[str], names: Set[str] | None = None) -> dict[str, str]:
    """The printed page of each anchor in the text, or of the anchors *names*."""
    out: dict[str, str] = {}
    for body, label in zip(bodies, labels, strict=True):
        for _, item in body.places:
            if isinstance(item, Anchor) and (names is None or item.id in names):
                out.setdefault(item.id, label)
    return out


def _setter(manuscript: Manuscript, findings: Findings) -> BlockSetter:
    theme = manuscript.theme
    language = manuscript.document.metadata.language or "zh-Hans"
    catalogue = open_catalogue(theme, language, manuscript.root, findings)

    def has_kai() -> bool:
        return catalogue.find(Role.KAI) is not None

    if theme.font.kai:
        has_kai()  # a family that is not there is told of, wanted or not
    shape = geometry(theme)
    sheet = StyleSheet(theme, language, has_kai)
    at_page = manuscript.terms.at_page
    maker = PieceMaker(manuscript.images, {}, has_kai, shape.column, theme.colour.ground, {}, at_page)
    engine = LineEngine(catalogue, theme.layout, findings)
    depth = manuscript.theme.pdf.contents_depth
    lists = {mark.kind: manuscript.listed(mark.kind, depth) for mark in query(manuscript.document, Generated)}
    words = words_of(manuscript.document.blocks)
    outline, terms = manuscript.outline, manuscript.terms
    titled = book_title(manuscript.document, outline) is not None
    return BlockSetter(
        engine, maker, sheet, shape, outline, terms, findings, lists, words=words, titled=titled
    )


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
    runs: Sequence[PageRun]
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
            pages.append(self._page(body, label, shown, len(pages), 0))
        before = len(pages)
        base_of = {run.first + at: run.base for run in self.runs for at in range(run.count)}
        for number, (body, label) in enumerate(zip(self.bodies, self.labels, strict=True)):
            pages.append(self._page(body, label, label, len(pages), base_of.get(number, 0)))
        if not pages:
            # A source of which nothing can be shown still makes a file that opens (ISO 32000-1, 7.7.3.2).
            pages.append(self._page(Body((), (), blank=True), "1", "", 0, 0))
        runs = tuple(replace(run, first=before + run.first) for run in self.runs)
        return Frame(tuple(pages), self._bookmarks(pages), tuple(self.setter.tags.elements), runs)

    def _page(self, body: Body, label: str, shown: str, index: int, base: int) -> Page:
        """The page *index*, with *shown* as its folio; its elements stand *base* further on."""
        geometry = self.setter.geometry
        recto = index % 2 == 0
        # A piece with a single heading would only repeat it.
        headed = len(list(islice(self.manuscript.outline.flat(), 2))) > 1
        sides = Sides(self.manuscript.document.metadata.title, body.chapter) if headed else Sides("", "")
        around = running_items(self.setter, body, sides, shown, recto) if shown else []
        if self.setter.sheet.theme.pdf.debug_layout:
            around = [*grid_items(geometry), *around]
        left, top = geometry.left(recto), geometry.top
        head = tuple(moved(around, left, top))
        places = body.places
        known = tuple(
            (None if element is None else element + base, cast("Anchor | LinkArea", item))
            for (element, _), item in zip(places, moved((item for _, item in places), left, top), strict=True)
        )

        def text() -> Sequence[Item]:
            return moved(body.items, left, top, base)

        items = Later(text, head) if isinstance(body.items, Later) else (*head, *text())
        return Page(geometry.width, geometry.height, items, label, len(around), known)

    def _bookmarks(self, pages: Sequence[Page]) -> tuple[Bookmark, ...]:
        places: dict[str, tuple[int, float]] = {}
        for number, page in enumerate(pages):
            for _, item in page.places:
                if isinstance(item, Anchor):
                    places.setdefault(item.id, (number, item.y))
        return tuple(
            Bookmark(entry.label, entry.level, *places.get(entry.id, (0, 0.0)))
            for entry in self.manuscript.outline.flat()
        )
