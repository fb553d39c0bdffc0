"""Numbers of figures, tables, formulas and exercises: one count for all editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from convert.model.nodes import (
    CrossReference,
    Division,
    DivisionKind,
    Document,
    Figure,
    Heading,
    MathBlock,
    Node,
    Table,
)
from convert.model.outline import make_outline
from convert.model.walk import query, rewrite, walk
from convert.theme import Theme

__all__ = ["Numbered", "give_numbers"]

Numbered = Figure | Table | Division | MathBlock


def give_numbers(document: Document, theme: Theme) -> Document:
    """The document with `number` set on what is numbered.

    Figures and tables with a caption, exercises without a title of their own, and formulas that the
    text refers to are counted.  By chapter (1-2: second of the first chapter) where the outline has two top entries
    or more, else plainly; `numbers.captions` of the theme decides.
    """
    way = theme.numbers.captions
    if way == "none":
        return document
    tops = {entry.id for entry in make_outline(document).entries}
    by_chapter = way == "chapter" and len(tops) > 1
    given = dict(_count(document, tops, by_chapter))

    def change(node: Node) -> Node:
        if isinstance(node, Numbered) and node.id in given and node.number != given[node.id]:
            return replace(node, number=given[node.id])
        return node

    return rewrite(document, change) if given else document


def _count(document: Document, tops: set[str], by_chapter: bool) -> Iterator[tuple[str, str]]:
    """Id and number of everything that is counted, in reading order."""
    wanted = {node.target for node in query(document, CrossReference)}
    chapter = 0
    counts: Counter[type[Numbered]] = Counter()
    for node in walk(document):
        if isinstance(node, Heading) and node.id in tops:
            chapter += 1
            if by_chapter:
                counts.clear()
        if isinstance(node, Numbered) and _counted(node, wanted):
            counts[type(node)] += 1
            count = counts[type(node)]
            yield node.id, f"{chapter}-{count}" if by_chapter and chapter else str(count)


def _counted(node: Numbered, wanted: set[str]) -> bool:
    match node:
        case Figure() | Table():
            return bool(node.caption)
        case Division():
            return node.kind is DivisionKind.EXERCISE and not node.title
        case MathBlock():
            return node.id in wanted
