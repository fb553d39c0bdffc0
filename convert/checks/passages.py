"""The running text of a document, block by block, each character with its place in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from convert.diagnostics import Place
from convert.model.nodes import (
    Abbreviation,
    Blank,
    Block,
    Code,
    CodeBlock,
    CrossReference,
    DefinitionItem,
    Division,
    Document,
    Emphasis,
    ExternalTarget,
    Figure,
    Heading,
    Highlight,
    Image,
    IndexMark,
    Inline,
    LineBlock,
    LineBreak,
    Link,
    Math,
    NoteReference,
    PageMark,
    Paragraph,
    Ruby,
    RunIn,
    SoftBreak,
    SourceSpan,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from convert.model.walk import walk
from convert.records import dataclass

__all__ = ["OPAQUE", "Passage", "passages"]

OPAQUE = "\ufffc"
"""Stands for what is no running text: code, formulas, images, addresses, references."""
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one block, line ends as line feeds.

    `kind` is the class of the block.  `row` holds the texts of the same lines, as of the cells of a row, and
    this one is that at `index`.
    """

    text: str
    span: SourceSpan
    lines: Sequence[str]
    kind: type[Block | DefinitionItem]
    row: list[str]
    index: int

    @property
    def flows(self) -> bool:
        """A paragraph of running text, as against a heading, a line of verse, a term."""
        return self.kind is Paragraph

    def place(self, start: int, end: int) -> Place:
        """Where ``text[start:end]`` stands in the source: by its neighbours, as often as they stand before."""
        text, span = self.text, self.span
        left, right = start, end
        while left > start - _AROUND and left and text[left - 1] not in f"\n{OPAQUE}":
            left -= 1
        while right < end + _AROUND and right < len(text) and text[right] not in f"\n{OPAQUE}":
            right += 1
        # Markup in the source parts what is one in the text: fewer neighbours may still be found.
        for begin, stop in ((left, right), (left, end), (start, right), (start, end)):
            needle = text[begin:stop]
            seen = text.count(needle, 0, begin + len(needle) - 1)
            seen += sum(before.count(needle) for before in self.row[: self.index])
            for number in range(span.first, min(span.last, len(self.lines)) + 1):
                line = self.lines[number - 1]
                column = line.find(needle)
                while column >= 0 and seen:
                    seen -= 1
                    column = line.find(needle, column + 1)
                if column >= 0:
                    return Place(span.file, number, column + 1 + start - begin)
        return Place(span.file, span.first)


def passages(document: Document, lines: Mapping[str, Sequence[str]]) -> Iterator[Passage]:
    """Every piece of running text in *document*, notes last."""
    row: list[str] = []
    span: SourceSpan | None = None
    for node in walk(document):
        for inlines in _texts(node):
            text = "".join(_characters(inlines))
            if text.strip():
                assert isinstance(node, Block | DefinitionItem)
                if node.span != span:
                    row, span = [], node.span
                yield Passage(text, span, lines.get(span.file, ()), type(node), row, len(row))
                row.append(text)


def _texts(node: object) -> Iterator[tuple[Inline, ...]]:
    match node:
        case Paragraph():
            yield node.children
        case Heading():
            yield from (node.children, node.subtitle)
        case Figure() | Table() | CodeBlock():
            yield node.caption
        case Division():
            yield node.title
        case DefinitionItem():
            yield node.term
        case LineBlock():
            yield from node.lines
        case _:
            pass


def _characters(inlines: Iterable[Inline]) -> Iterator[str]:
    for node in inlines:
        match node:
            case Text(text) | Abbreviation(text):
                yield text
            case SoftBreak() | LineBreak():
                yield "\n"
            case Code() | Image() | Math() | Blank() | CrossReference():
                yield OPAQUE
            case NoteReference() | IndexMark() | PageMark():
                pass
            case Ruby(segments):
                yield from (segment.base for segment in segments)
            case Link(children, ExternalTarget(url)) if url.endswith("".join(_characters(children))):
                yield OPAQUE
            case (
                Emphasis(children)
                | Strong(children)
                | Strikethrough(children)
                | Highlight(children)
                | Superscript(children)
                | Subscript(children)
                | Link(children)
            ):
                yield from _characters(children)
            case Span() | RunIn():
                yield from _characters(node.children)
            case _:
                assert_never(node)
