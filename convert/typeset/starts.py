"""Where each page begins in the text, read off the finished pages: what flowing editions tell of the print one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convert.manuscript import PageMap, PageStart
from convert.model.nodes import CodeBlock, Document, PageBreak, Placed
from convert.model.walk import plain_text, walk
from convert.records import dataclass
from convert.typeset.frame import Anchor, Frame, GlyphRun, ImageItem, Item, Page, Rule, flat

__all__ = ["page_map"]

_PROBE = 8
"""Characters by which a line is known again; a shorter run is only taken where it is expected."""
_REACH = 60
"""How far on a line is looked for, when something of the text was not told by its glyphs."""


def page_map(frame: Frame, document: Document) -> PageMap:
    """The pages of *frame* as places in *document*.

    What moves freely is passed over: a figure at the head of a page after its text, a table's head that is
    shown again, notes.  A page that shows nothing else begins where the page before it ends.
    """
    nodes = {
        node.id: (order, node)
        for order, node in enumerate(walk(document.blocks))
        if isinstance(node, Placed) and node.id and not isinstance(node, PageBreak)
    }
    reader = _Reader(nodes, frozenset(f"note-{note.id}" for note in document.notes))
    labels: dict[str, str] = {}
    starts = [start for page in frame.pages if (start := reader.page(page, labels)) is not None]
    return PageMap(tuple(starts), labels)


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

    def page(self, page: Page, labels: dict[str, str]) -> PageStart | None:
        """Where *page* begins; each block and index mark that begins on it gets its label."""
        start: PageStart | None = None
        self.aside = False
        items = list(flat(page.items[page.furniture :]))
        for item in items:
            if isinstance(item, Anchor):
                labels.setdefault(item.id, page.label)
                if item.id in self.nodes:
                    if self._opened(item.id) and start is None:
                        start = PageStart(page.label, item.id)
                elif item.id in self.notes:
                    self.aside = True
            elif isinstance(item, GlyphRun) and not item.synthetic:
                before = self.at
                if self._read(_bare("".join(item.texts))) and start is None:
                    start = PageStart(page.label, self.key, before)
        if start is None and self.key and _shows_text(items):
            start = PageStart(page.label, self.key, self.at)
        return start

    def _opened(self, name: str) -> bool:
        """True when the block *name* begins here in its order; what does not is set aside."""
        order, node = self.nodes[name]
        self.aside = order <= self.latest
        if self.aside:
            return False
        self.key, self.latest, self.at = name, order, 0
        self.text = _bare(node.text if isinstance(node, CodeBlock) else plain_text((node,)))
        return True

    def _read(self, shown: str) -> bool:
        """Take a run of glyphs as the next words of the text; False when they are something else."""
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
