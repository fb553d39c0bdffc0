"""Numbers of figures, tables, formulas and exercises: one count for all editions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from convert.model.outline import OutlineEntry, make_outline
from convert.model.walk import query, rewrite, walk
from convert.numerals import chinese
from convert.theme import Theme

__all__ = ["Numbered", "give_numbers"]

_CHINESE = {chinese(number): number for number in range(1, 200)}
_TYPED = re.compile(
    r"第\s*([〇零一二三四五六七八九十百\d]{1,5})\s*[章篇课讲回单]|Chapter\s+(\d{1,3})\b|(\d{1,3})[.．、\s]",
    re.I,
)
"""A number at the head of a title: 第三章, Chapter 3, 3."""

Numbered = Figure | Table | Division | MathBlock


def give_numbers(document: Document, theme: Theme) -> Document:
    """The document with `number` set on what is numbered.

    Figures and tables with a caption, exercises without a title of their own, and formulas and questions
    that the text refers to are counted.  By chapter (1-2: second of the first chapter) where the outline has two top entries
    or more, else plainly; `numbers.captions` of the theme decides.  A chapter number that the source
    types (第三章, Chapter 3, 3.) is the chapter's; where some top headings have one, those without are
    no chapters, and what stands in them is counted plainly.
    """
    way = theme.numbers.captions
    if way == "none":
        return document
    tops = _chapters(make_outline(document).entries)
    by_chapter = way == "chapter" and len(tops) > 1
    given = dict(_count(document, tops, by_chapter))

    def change(node: Node) -> Node:
        if isinstance(node, Numbered) and node.id in given and node.number != given[node.id]:
            return replace(node, number=given[node.id])
        return node

    return rewrite(document, change) if given else document


def _chapters(entries: Sequence[OutlineEntry]) -> dict[str, int]:
    """The chapter number of each top heading; 0 for one that is no chapter."""
    typed = {entry.id: _typed_number(entry.title) for entry in entries}
    if any(typed.values()):
        return typed
    return {entry.id: number for number, entry in enumerate(entries, 1)}


def _typed_number(title: str) -> int:
    match = _TYPED.match(title)
    if match is None:
        return 0
    word = match[1] or match[2] or match[3]
    return int(word) if word.isdigit() else _CHINESE.get(word, 0)


def _count(document: Document, tops: Mapping[str, int], by_chapter: bool) -> Iterator[tuple[str, str]]:
    """Id and number of everything that is counted, in reading order."""
    wanted = {node.target for node in query(document, CrossReference)}
    chapter = 0
    counts: Counter[object] = Counter()
    for node in walk(document):
        if isinstance(node, Heading) and node.id in tops:
            chapter = tops[node.id]
            if by_chapter:
                counts.clear()
        if isinstance(node, Numbered) and _counted(node, wanted):
            kind = node.kind if isinstance(node, Division) else type(node)
            counts[kind] += 1
            count = counts[kind]
            yield node.id, f"{chapter}-{count}" if by_chapter and chapter else str(count)


def _counted(node: Numbered, wanted: set[str]) -> bool:
    match node:
        case Figure() | Table():
            return bool(node.caption)
        case Division():
            asked = node.kind is DivisionKind.QUESTION and node.id in wanted
            return (asked or node.kind is DivisionKind.EXERCISE) and not node.title
        case MathBlock():
            return node.id in wanted
