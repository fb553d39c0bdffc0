"""Elements of HTML → blocks: what the model has a node for becomes that node, the rest its blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from convert.model.nodes import (
    Attributes,
    Block,
    BulletList,
    DefinitionItem,
    DefinitionList,
    Division,
    DivisionKind,
    Figure,
    Heading,
    Inline,
    ListItem,
    NumberStyle,
    OrderedList,
    Paragraph,
    Quote,
    SoftBreak,
    SourceSpan,
)
from convert.readers.markdown.attributes import Given
from convert.readers.markdown.kinds import division_kind
from convert.records import replace

if TYPE_CHECKING:
    from convert.readers.markdown.tree import TreeBuilder

__all__ = ["html_blocks"]

_STYLES = {
    "a": NumberStyle.LOWER_ALPHA, "A": NumberStyle.UPPER_ALPHA,
    "i": NumberStyle.LOWER_ROMAN, "I": NumberStyle.UPPER_ROMAN,
}  # fmt: skip


def html_blocks(builder: TreeBuilder, element: Element) -> Iterator[Block]:
    """The blocks that a container of HTML stands for."""
    tag = element.get("tag", "")
    match tag:
        case "blockquote":
            yield Quote(_id(builder, element), builder.span(element), builder.blocks(element))
        case "ul" | "ol":
            yield from _list(builder, element)
        case "dl":
            yield from _definitions(builder, element)
        case "details":
            yield _details(builder, element)
        case "figure":
            yield from _figure(builder, element)
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            yield from _heading(builder, element)
        case _:
            yield from _plain(builder, element)


def _id(builder: TreeBuilder, element: Element) -> str:
    return builder.id_of(Given(element.get("id", "")), element)


def _words(builder: TreeBuilder, element: Element) -> tuple[tuple[Inline, ...], list[Block]]:
    """The text of an element that holds words; blocks in it that are no paragraphs."""
    words: list[Inline] = []
    rest: list[Block] = []
    for block in builder.blocks(element):
        if isinstance(block, Paragraph):
            words += [SoftBreak(), *block.children] if words else block.children
        else:
            rest.append(block)
    return tuple(words), rest


def _heading(builder: TreeBuilder, element: Element) -> Iterator[Block]:
    words, rest = _words(builder, element)
    if words:
        attributes = Attributes(tuple(element.get("class", "").split()))
        level = int(element.get("tag", "h1")[1])
        name = _id(builder, element)
        yield Heading(name, builder.span(element), level, words, attributes=attributes)
    yield from rest


def _list(builder: TreeBuilder, element: Element) -> Iterator[Block]:
    """A list; what stands in it outside of its items is an item of its own."""
    items = []
    for child in element:
        if child.tag == "html" and child.get("tag") == "li":
            items.append(ListItem(_id(builder, child), builder.span(child), builder.blocks(child)))
        else:
            stray = Element("div", {"first": child.get("first", "1"), "last": child.get("last", "1")})
            stray.append(child)
            blocks = builder.blocks(stray)
            items += [ListItem("", builder.span(child), blocks)] if blocks else []
    if not items:
        return
    name, span = _id(builder, element), builder.span(element)
    if element.get("tag") == "ul":
        yield BulletList(name, span, tuple(items))
        return
    start = element.get("start", "1")
    style = _STYLES.get(element.get("type", "1"), NumberStyle.DECIMAL)
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1
    yield OrderedList(name, span, tuple(items), number, style)


def _definitions(builder: TreeBuilder, element: Element) -> Iterator[Block]:
    """Terms and meanings; several terms for one meaning share it, what is neither stands below."""
    items: list[DefinitionItem] = []
    others: list[Block] = []
    for child in element:
        tag, span = child.get("tag"), builder.span(child)
        if tag == "dt":
            words, rest = _words(builder, child)
            items.append(DefinitionItem("", span, words, (tuple(rest),) if rest else ()))
        elif tag == "dd" and items:
            last = items[-1]
            whole = SourceSpan(span.file, last.span.first, max(last.span.last, span.last))
            meaning = builder.blocks(child)
            items[-1] = replace(last, span=whole, definitions=(*last.definitions, meaning))
        else:
            holder = Element("div")
            holder.append(child)
            others += builder.blocks(holder)
    if items:
        yield DefinitionList(_id(builder, element), builder.span(element), tuple(items))
    yield from others


def _details(builder: TreeBuilder, element: Element) -> Division:
    """``<details>``: a division with the summary as its title, open in every edition."""
    title: tuple[Inline, ...] = ()
    rest: list[Block] = []
    first = element[0] if len(element) else None
    if first is not None and first.get("tag") == "summary":
        element.remove(first)
        title, rest = _words(builder, first)
    kind, classes = _kind(element)
    blocks = (*rest, *builder.blocks(element))
    name = _id(builder, element)
    return Division(name, builder.span(element), kind, blocks, title, attributes=Attributes(classes))


def _figure(builder: TreeBuilder, element: Element) -> Iterator[Block]:
    """``<figure>``: an image with the words of its ``<figcaption>``; anything else is its blocks."""
    caption: tuple[Inline, ...] = ()
    rest: list[Block] = []
    for child in list(element):
        if child.get("tag") == "figcaption":
            element.remove(child)
            caption, rest = _words(builder, child)
    blocks = builder.blocks(element)
    span, name = builder.span(element), _id(builder, element)
    if len(blocks) == 1 and isinstance(blocks[0], Figure):
        figure = blocks[0]
        yield replace(figure, id=figure.id or name, span=span, caption=caption or figure.caption)
    else:
        yield from blocks
        if caption:
            yield Paragraph(name, span, caption)
    yield from rest


def _kind(element: Element) -> tuple[DivisionKind, tuple[str, ...]]:
    """The kind of division that a class names, and the other classes."""
    classes = element.get("class", "").split()
    if element.get("tag") == "center":
        classes.append("center")
    named = [name for name in classes if division_kind(name) is not DivisionKind.PLAIN]
    rest = tuple(name for name in classes if name not in named)
    return (division_kind(named[0]) if named else DivisionKind.PLAIN), rest


def _plain(builder: TreeBuilder, element: Element) -> Iterator[Block]:
    """A division where the element says anything of it, else what it holds."""
    blocks = builder.blocks(element)
    kind, classes = _kind(element)
    name = _id(builder, element) if blocks else ""
    if kind is DivisionKind.PLAIN and not classes and not name:
        yield from blocks
    elif (
        kind is DivisionKind.PLAIN
        and len(blocks) == 1
        and isinstance(blocks[0], Paragraph)
        and not blocks[0].id
    ):
        attributes = blocks[0].attributes
        both = Attributes(attributes.classes + classes, attributes.pairs)
        yield replace(blocks[0], id=name, attributes=both)
    elif blocks:
        yield Division(name, builder.span(element), kind, blocks, attributes=Attributes(classes))
