"""Numbers of figures, tables, code, formulas and exercises: one count for all editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import get_args

from convert.model.nodes import (
    CodeBlock,
    CrossReference,
    Division,
    DivisionKind,
    Document,
    Figure,
    Heading,
    HeadingNumber,
    MathBlock,
    Matter,
    Node,
    Table,
)
from convert.model.outline import OutlineEntry, make_outline
from convert.model.walk import query, rewrite, walk
from convert.numbering.forms import figures
from convert.numbering.schemes import book_title
from convert.numbering.typed import Typed, names_chapter
from convert.records import replace
from convert.theme import Theme
from convert.transforms.headings import typed_numbers

__all__ = ["Numbered", "give_numbers"]

Numbered = Figure | Table | CodeBlock | Division | MathBlock
_KINDS = frozenset(get_args(Numbered))


def give_numbers(document: Document, theme: Theme) -> Document:
    """The document with `number` set on what is numbered.

    Figures, tables and code with a caption, exercises without a title of their own, and formulas and questions
    that the text refers to are counted.  By chapter (1-2: second of the first chapter) where there are
    two chapters or more, else plainly; `numbers.captions` of the theme decides.  A chapter's number is
    that of its heading, given by quire or typed in the source (第三章, Chapter 3, 3.); where some headings
    have one, those without are no chapters, and what stands in them is counted plainly.
    """
    way = theme.numbers.captions
    if way == "none":
        return document
    chapters = _chapters(document)
    by_chapter = way == "chapter" and len(chapters) > 1
    given = dict(_count(document, chapters, by_chapter))

    def change(node: Node) -> Node:
        if isinstance(node, Numbered) and node.id in given and node.number != given[node.id]:
            return replace(node, number=given[node.id])
        return node

    return rewrite(document, change, _KINDS) if given else document


def _chapters(document: Document) -> dict[str, str]:
    """The figures of each chapter by the id of its heading; empty for a heading that is no chapter."""
    outline = make_outline(document)
    headings = {heading.id: heading for heading in query(document.blocks, Heading)}
    typed = typed_numbers(outline, headings)
    title = book_title(document, outline)
    entries = [entry for entry in outline.flat() if not entry.run_in and entry.rank == (2 if title else 1)]
    found = {
        entry.id: _figures(entry, headings[entry.id].number, typed.get(entry.id), below=title is not None)
        for entry in entries
    }
    if any(found.values()):
        return found
    if title is not None:
        return {}
    return {entry.id: str(number) for number, entry in enumerate(entries, 1)}


def _figures(entry: OutlineEntry, number: HeadingNumber | None, typed: Typed | None, *, below: bool) -> str:
    """What captions call a chapter: 3, or A for an appendix.

    *below* says that it stands below the title of the book: there 一、 is a section of one article, and
    only 第三章 or 3 a chapter.
    """
    source = number or typed
    if source is None or not source.count or (below and not names_chapter(source.form)):
        return ""
    return figures(source.count, source.form.style) if entry.matter is Matter.APPENDIX else str(source.count)


def _count(document: Document, chapters: Mapping[str, str], by_chapter: bool) -> Iterator[tuple[str, str]]:
    """Id and number of everything that is counted, in reading order."""
    wanted = {node.target for node in query(document, CrossReference)}
    chapter = ""
    counts: Counter[tuple[str, object]] = Counter()
    for node in walk(document):
        if type(node) not in _KINDS and type(node) is not Heading:
            continue  # quicker than to ask each node twice what it is an instance of
        if isinstance(node, Heading) and node.id in chapters:
            chapter = chapters[node.id] if by_chapter else ""
        if isinstance(node, Numbered) and _counted(node, wanted):
            kind = node.kind if isinstance(node, Division) else type(node)
            counts[chapter, kind] += 1
            count = counts[chapter, kind]
            yield node.id, f"{chapter}-{count}" if chapter else str(count)


def _counted(node: Numbered, wanted: set[str]) -> bool:
    match node:
        case Figure() | Table() | CodeBlock():
            return bool(node.caption)
        case Division():
            asked = node.kind is DivisionKind.QUESTION and node.id in wanted
            return (asked or node.kind is DivisionKind.EXERCISE) and not node.title
        case MathBlock():
            return node.id in wanted
