"""Pages of a print edition in a text that has none of its own: marks for them, and the list of the marks.

The pages are those of our own print edition when it is made in the same run, else those that the source
itself marks (EPUB 3.3, 7.4.2 page-list; EPUB Accessibility 1.1, 3.1 page navigation).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from convert.manuscript import PageMap
from convert.model.nodes import (
    Abbreviation,
    Blank,
    Code,
    CodeBlock,
    CrossReference,
    Document,
    Emphasis,
    Heading,
    Highlight,
    Image,
    IndexMark,
    Inline,
    LineBlock,
    LineBreak,
    Link,
    Math,
    Node,
    NoteReference,
    PageMark,
    Paragraph,
    Ruby,
    RunIn,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from convert.model.walk import PLACED, plain_text, query, rewrite
from convert.records import dataclass, field, replace

__all__ = ["PageTarget", "Pages", "mark_pages"]


@dataclass(frozen=True, slots=True)
class PageTarget:
    """A page mark in a content file: the page's printed number and the address from the package's root."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The document with its page marks in place, and what cannot hold a mark.

    `before` gives the labels of the pages that begin where a block does that is no run of text; `inside`
    those that begin inside a code block, each with the number of characters before it, white space apart.
    """

    document: Document
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    own: bool = False
    """The pages are those of the print edition made in the same run."""
    label_of: Mapping[str, str] = field(default_factory=dict)
    """The printed page of a block or index mark, where the pages are our own."""


def mark_pages(document: Document, pages: PageMap | None) -> Pages:
    """*document* with a `PageMark` where each of *pages* begins, instead of those of the source."""
    if pages is not None and pages.starts:
        document = rewrite(document, lambda _: (), {PageMark})
        return _with_starts(document, pages)
    if next(query(document, PageMark), None) is None:
        return Pages(document)
    return _with_own_marks(document)


def _with_own_marks(document: Document) -> Pages:
    """The marks of the source; one in a heading comes to stand before it, or it would be part of its name."""
    before: dict[str, tuple[str, ...]] = {}

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Heading) and (marks := tuple(query((node,), PageMark))):
            before[node.id] = tuple(mark.label for mark in marks)
            bare = tuple(child for child in node.children if not isinstance(child, PageMark))
            return replace(node, children=bare)
        if isinstance(node, Paragraph) and all(isinstance(child, PageMark) for child in node.children):
            before[node.id] = tuple(child.label for child in node.children if isinstance(child, PageMark))
            return replace(node, children=())
        return node

    return Pages(rewrite(document, change, {Heading, Paragraph}), before)


def _with_starts(document: Document, pages: PageMap) -> Pages:
    starts: dict[str, list[tuple[int, str]]] = {}
    for start in pages.starts:
        starts.setdefault(start.block, []).append((start.offset, start.label))
    before: dict[str, tuple[str, ...]] = {}
    inside: dict[str, tuple[tuple[int, str], ...]] = {}

    def change(node: Node) -> Node:
        starting = getattr(node, "id", "")
        marks = starts.get(starting)
        if not marks:
            return node
        match node:
            case Paragraph():
                waiting = _Marks(marks)
                return replace(node, children=_marked(node.children, waiting) + waiting.rest())
            case LineBlock():
                waiting = _Marks(marks)
                lines = tuple(_marked(line, waiting) for line in node.lines)
                return replace(node, lines=(*lines[:-1], lines[-1] + waiting.rest()) if lines else lines)
            case CodeBlock():
                inside[node.id] = tuple(marks)
            case _:
                before[starting] = tuple(label for _, label in marks)
        return node

    return Pages(rewrite(document, change, PLACED), before, inside, own=True, label_of=pages.label_of)


@dataclass(slots=True)
class _Marks:
    """Marks that wait for their place; `seen` characters have gone by."""

    waiting: list[tuple[int, str]]
    seen: int = 0

    def due(self, size: int) -> list[tuple[int, PageMark]]:
        """Marks that stand among the next *size* characters, each with how many of them come before it."""
        out = []
        while self.waiting and self.waiting[0][0] < self.seen + size:
            offset, label = self.waiting.pop(0)
            out.append((max(0, offset - self.seen), PageMark(label)))
        self.seen += size
        return out

    def rest(self) -> tuple[PageMark, ...]:
        """Marks that stand after the last character."""
        return tuple(PageMark(label) for _, label in self.waiting)


def _marked(inlines: tuple[Inline, ...], marks: _Marks) -> tuple[Inline, ...]:
    """*inlines* with the marks of *marks* that fall among them."""
    out: list[Inline] = []
    for node in inlines:
        match node:
            case Text(text):
                out += _cut(text, marks)
            case Code() | Abbreviation() | CrossReference() | Ruby():
                size = len("".join(plain_text((node,)).split()))
                out += [mark for _, mark in marks.due(size)]
                out.append(node)
            case (
                Emphasis() | Strong() | Strikethrough() | Highlight() | Superscript() | Subscript()
                | Link() | Span() | RunIn()
            ):  # fmt: skip
                out.append(replace(node, children=_marked(node.children, marks)))
            case (
                Image() | NoteReference() | Math() | Blank() | IndexMark() | PageMark() | LineBreak() | SoftBreak()
            ):  # fmt: skip
                out.append(node)
            case _:
                assert_never(node)
    return tuple(out)


def _cut(text: str, marks: _Marks) -> Iterator[Inline]:
    """*text* in pieces with the marks between them."""
    if not marks.waiting:
        yield Text(text)
        return
    begin = 0
    for count, mark in marks.due(len("".join(text.split()))):
        at = _place(text, count)
        if at > begin:
            yield Text(text[begin:at])
        yield mark
        begin = at
    if text[begin:]:
        yield Text(text[begin:])


def _place(text: str, count: int) -> int:
    """Where in *text* the character stands that *count* others come before, white space apart."""
    for at, char in enumerate(text):
        if not char.isspace():
            if not count:
                return at
            count -= 1
    return len(text)
