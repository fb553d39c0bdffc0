"""Where each page begins in the text, read off the finished pages: what flowing editions tell of the print one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convert.keeping import Store, digest, packed, unpacked
from convert.manuscript import PageMap, PageStart
from convert.model.nodes import CodeBlock, Document, PageBreak, Placed
from convert.model.walk import plain_text, walk
from convert.records import dataclass, field
from convert.typeset.frame import Anchor, Frame, GlyphRun, ImageItem, Item, Page, PageRun, Rule, flat

__all__ = ["page_map"]

_PROBE = 8
"""Characters by which a line is known again; a shorter run is only taken where it is expected."""
_SURE = 4
"""Characters by which a line is taken for one of a block that was left."""
_ABREAST = 32
"""Blocks at most that go on side by side."""
_REACH = 60
"""How far on a line is looked for, when something of the text was not told by its glyphs."""


def page_map(frame: Frame, document: Document, store: Store | None = None) -> PageMap:
    """The pages of *frame* as places in *document*; *store* has those of runs that were looked through before.

    What moves freely is passed over: a figure at the head of a page after its text, a table's head that is
    shown again, notes.  A page that shows nothing else begins where the page before it ends.
    """
    labels: dict[str, str] = {}
    for page in frame.pages:
        for _, item in page.places:
            if isinstance(item, Anchor):
                labels.setdefault(item.id, page.label)
    starts = [
        PageStart(page.label, *start)
        for page, start in zip(frame.pages, _Starts(frame, document, store).all(), strict=True)
        if start is not None
    ]
    return PageMap(tuple(starts), labels)


_Start = tuple[str, int] | None
"""The block that a page begins in, and how many characters of it come before; None for a page that says nothing."""


@dataclass(slots=True)
class _Starts:
    """Looks through the pages, run by run."""

    frame: Frame
    document: Document
    store: Store | None
    _nodes: dict[str, tuple[int, Placed]] = field(default_factory=dict)

    def all(self) -> list[_Start]:
        """Where each page begins.  Pages in no run, if there are runs, are none of the text."""
        pages = self.frame.pages
        if not self.frame.runs:
            return self._read(pages)
        out: list[_Start] = [None] * len(pages)
        for run in self.frame.runs:
            out[run.first : run.first + run.count] = self._of_run(run)
        return out

    def _of_run(self, run: PageRun) -> list[_Start]:
        pages = self.frame.pages[run.first : run.first + run.count]
        if self.store is None or not run.key:
            return self._read(pages)
        key = digest("starts", run.key)
        piece = self.store.get(key)
        starts = None if piece is None else unpacked(piece, ())
        if not isinstance(starts, list) or len(starts) != run.count:
            starts = self._read(pages)
            self.store.put(key, packed(starts))
        return starts

    def _read(self, pages: Sequence[Page]) -> list[_Start]:
        if not self._nodes:
            self._nodes = {
                node.id: (order, node)
                for order, node in enumerate(walk(self.document.blocks))
                if isinstance(node, Placed) and node.id and not isinstance(node, PageBreak)
            }
        reader = _Reader(self._nodes, frozenset(f"note-{note.id}" for note in self.document.notes))
        return [reader.page(page) for page in pages]


def _bare(text: str) -> str:
    return "".join(text.split())


@dataclass(slots=True)
class _Reader:
    """Follows the text through the pages: `at` characters of the block `key` have been seen."""

    nodes: Mapping[str, tuple[int, Placed]]
    """By id: the node's place in the document, and itself."""
    notes: frozenset[str]
    """Anchors of the notes at the foot."""
    key: str = ""
    text: str = ""
    at: int = 0
    latest: int = -1
    """The place in the document of the last block that was met."""
    aside: bool = False
    """What comes now stands out of order: the text goes on only where its next words are found."""
    begun: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Blocks that others began before the end of: cells of a row go on side by side.  Their text, and what is seen of it."""

    def page(self, page: Page) -> _Start:
        """Where *page* begins."""
        start: _Start = None
        self.aside = False
        items = list(flat(page.items[page.furniture :]))
        for item in items:
            if isinstance(item, Anchor):
                if item.id in self.nodes:
                    if self._opened(item.id) and start is None:
                        start = item.id, 0
                elif item.id in self.notes:
                    self.aside = True
            elif isinstance(item, GlyphRun) and not item.synthetic:
                place = self._read(_bare("".join(item.texts)))
                start = start or place
        if start is None and self.key and _shows_text(items):
            start = self.key, self.at
        return start

    def _opened(self, name: str) -> bool:
        """True when the block *name* begins here in its order; what does not is set aside."""
        order, node = self.nodes[name]
        self.aside = order <= self.latest
        if self.aside:
            return False
        self._leave()
        self.latest = order
        self.key, self.at = name, 0
        self.text = _bare(node.text if isinstance(node, CodeBlock) else plain_text((node,)))
        return True

    def _leave(self) -> None:
        """Another block goes on."""
        if 0 < self.at < len(self.text):
            self.begun[self.key] = self.text, self.at
            if len(self.begun) > _ABREAST:
                del self.begun[next(iter(self.begun))]

    def _read(self, shown: str) -> _Start:
        """Take a run of glyphs as the next words of the text and give their place; None when they are something else."""
        if not self.text.startswith(shown, self.at) and len(shown) >= _SURE:
            for key, (text, at) in self.begun.items():
                if text.startswith(shown, at):
                    del self.begun[key]
                    self._leave()
                    self.key, self.text, self.at = key, text, at
                    break
        before = self.at
        return (self.key, before) if self._found(shown) else None

    def _found(self, shown: str) -> bool:
        """Whether the block goes on with *shown*, or all but does."""
        reach = _REACH if len(shown) >= _PROBE and not self.aside else 0
        probe = shown[:_PROBE]
        near = self.text.find(probe, self.at, self.at + len(probe) + reach) if shown else -1
        if near < 0:
            return False
        self.aside = False
        self.at = min(near + len(shown), len(self.text))
        return True


def _shows_text(items: Sequence[Item]) -> bool:
    return any(isinstance(item, (GlyphRun, ImageItem, Rule)) for item in items)
