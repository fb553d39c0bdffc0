"""The glossary: terms defined all over the book, and its abbreviations, gathered and sorted."""

from __future__ import annotations

from collections.abc import Iterator

from convert.filing import Clerk
from convert.model.identity import identify
from convert.model.nodes import (
    Abbreviation,
    Block,
    DefinitionItem,
    DefinitionList,
    Division,
    DivisionKind,
    Document,
    Generated,
    GeneratedKind,
    Node,
    Paragraph,
    Ruby,
    SourceSpan,
    Text,
)
from convert.model.walk import plain_text, query, rewrite
from convert.records import replace

__all__ = ["make_glossary"]


def make_glossary(document: Document) -> Document:
    """The document with a glossary in the place of the first ``[GLOSSARY]``.

    It holds what stands in definition lists right inside ``::: glossary``, which moves there, and each
    abbreviation with its expansion; a term that is defined twice has both definitions.  A document
    without ``[GLOSSARY]`` comes back as it is.
    """
    marks = [mark for mark in query(document, Generated) if mark.kind is GeneratedKind.GLOSSARY]
    if not marks:
        return document
    items: dict[str, DefinitionItem] = {}
    for item in (*_defined(document), *_abbreviated(document, marks[0].span)):
        term = plain_text(item.term).strip()
        known = items.get(term)
        items[term] = (
            replace(known, definitions=known.definitions + item.definitions) if known is not None else item
        )
    clerk = Clerk(document.metadata.language, items)
    order = sorted(items, key=lambda term: clerk.key(term, _reading(items[term])))
    gathered = tuple(items[term] for term in order)

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Division) and node.kind is DivisionKind.GLOSSARY:
            rest = tuple(block for block in node.blocks if not isinstance(block, DefinitionList))
            return replace(node, blocks=rest) if rest else ()
        if not isinstance(node, Generated) or node.kind is not GeneratedKind.GLOSSARY:
            return node
        if node.id != marks[0].id or not gathered:
            return ()
        made = DefinitionList("", node.span, gathered)
        return Division(node.id, node.span, DivisionKind.GLOSSARY, (made,))

    return identify(rewrite(document, change, {Division, Generated}))


def _defined(document: Document) -> Iterator[DefinitionItem]:
    for division in query(document, Division):
        if division.kind is DivisionKind.GLOSSARY:
            for block in division.blocks:
                if isinstance(block, DefinitionList):
                    yield from block.items


def _abbreviated(document: Document, span: SourceSpan) -> Iterator[DefinitionItem]:
    """An item for each abbreviation."""
    said = {(node.text, node.expansion): None for node in query(document, Abbreviation) if node.expansion}
    for text, expansion in said:
        meaning: tuple[Block, ...] = (Paragraph("", span, (Text(expansion),)),)
        yield DefinitionItem("", span, (Text(text),), (meaning,))


def _reading(item: DefinitionItem) -> str:
    """How a term is read that is all ruby."""
    if not item.term or not all(isinstance(part, Ruby) for part in item.term):
        return ""
    return " ".join(segment.text for ruby in query(item.term, Ruby) for segment in ruby.segments)
