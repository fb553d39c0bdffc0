"""The outline: the only one there is.  Every writer shows this tree and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from convert.model.nodes import Block, Division, Document, Heading, Math, Node, SourceSpan, Text
from convert.model.walk import plain_text, rewrite_node

__all__ = ["Outline", "OutlineEntry", "make_outline"]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One heading in the tree.

    `id` is the heading's; `level` is the depth in the tree from 1, the same in every edition even
    where the source skips levels; `number` is what quire counts, e.g. 第一章, or empty; `title` has
    no number, and white space folded.
    """

    id: str
    level: int
    number: str
    title: str
    span: SourceSpan
    children: tuple[OutlineEntry, ...] = ()

    @property
    def label(self) -> str:
        """Number and title as contents, bookmarks and running heads show them."""
        return f"{self.number}　{self.title}" if self.number else self.title


@dataclass(frozen=True)
class Outline:
    """The tree of headings, top entries first to last."""

    entries: tuple[OutlineEntry, ...] = ()

    def flat(self) -> Iterator[OutlineEntry]:
        """Every entry in reading order."""
        stack = list(self.entries[::-1])
        while stack:
            entry = stack.pop()
            yield entry
            stack.extend(entry.children[::-1])

    @cached_property
    def _by_id(self) -> dict[str, OutlineEntry]:
        return {entry.id: entry for entry in self.flat()}

    def find(self, heading_id: str) -> OutlineEntry | None:
        """The entry of a heading, or None for one that the outline does not list."""
        return self._by_id.get(heading_id)

    @property
    def depth(self) -> int:
        """The deepest level there is; 0 for an empty outline."""
        return max((entry.level for entry in self.flat()), default=0)


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    """Headings that make the outline: in the text itself or in divisions, not in quotes, lists or cells."""
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Division():
                yield from _headings(block.blocks)
            case _:
                pass


def _title(heading: Heading) -> str:
    """What the heading says on one line.  A formula says its TeX: no outline can show it otherwise."""

    def spell(node: Node) -> Node:
        return Text(node.tex) if isinstance(node, Math) else node

    parts = (rewrite_node(child, spell) for child in heading.children)
    return " ".join(plain_text(cast("Iterator[Node]", parts)).split())


@dataclass(slots=True)
class _Open:
    """An entry whose children are still being gathered."""

    heading: Heading
    title: str
    children: list[_Open]


def _close(node: _Open, level: int) -> OutlineEntry:
    kids = tuple(_close(child, level + 1) for child in node.children)
    return OutlineEntry(node.heading.id, level, "", node.title, node.heading.span, kids)


def make_outline(document: Document) -> Outline:
    """The outline of *document*: listed headings with text, nested by level.

    A skipped level makes no gap: the entry hangs below the nearest shallower heading before it.
    """
    top: list[_Open] = []
    path: list[_Open] = []
    for heading in _headings(document.blocks):
        title = _title(heading)
        if not title or not heading.listed:
            continue
        entry = _Open(heading, title, [])
        while path and path[-1].heading.level >= heading.level:
            path.pop()
        (path[-1].children if path else top).append(entry)
        path.append(entry)
    return Outline(tuple(_close(entry, 1) for entry in top))
