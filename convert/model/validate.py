"""Invariants of the tree, checked after every pass in tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from convert.model.index import places
from convert.model.nodes import (
    CodeBlock,
    CrossReference,
    Document,
    Heading,
    Index,
    IndexMark,
    InternalTarget,
    Link,
    NoteReference,
    Placed,
    Table,
    Text,
)
from convert.model.walk import query, walk

__all__ = ["problems"]


def problems(document: Document) -> list[str]:
    """What is wrong with the tree, one line each; an empty list for a sound one.

    Ids are there and unique; spans run forward; heading levels are 1 to 6; references and notes
    have their targets, and an index its marks; text holds no line feed; a table's rows fill its grid.
    """
    return list(_problems(document))


def _problems(document: Document) -> Iterator[str]:
    ids: Counter[str] = Counter()
    for node in walk(document):
        if isinstance(node, Placed):
            ids[node.id] += 1
            if not node.id:
                yield f"{type(node).__name__} at {node.span} has no id"
            if not 1 <= node.span.first <= node.span.last:
                yield f"{type(node).__name__} {node.id} has the span {node.span}"
    marks = {mark.id for mark in query(document, IndexMark) if mark.id}
    ids.update(mark.id for mark in query(document, IndexMark) if mark.id)
    yield from (f"id {name} stands {count} times" for name, count in ids.items() if count > 1)
    notes = {note.id for note in document.notes}
    for node in walk(document):
        match node:
            case Heading(level=level) if not 1 <= level <= 6:
                yield f"heading {node.id} has level {level}"
            case NoteReference(note) if note not in notes:
                yield f"a reference to the note {note}, which is not there"
            case Link(target=InternalTarget(target)) if target not in ids:
                yield f"a link to {target}, which is not there"
            case CrossReference(target=target) if target not in ids:
                yield f"a reference to {target}, which is not there"
            case Text(text) if "\n" in text:
                yield f"text with a line feed: {text!r}"
            case CodeBlock(tokens=tokens) if tokens and sum(t.length for t in tokens) != len(node.text):
                yield f"the tokens of {node.id} do not cover its text"
            case Table():
                yield from _table_problems(node)
            case Index():
                lost = set(places(node)) - marks
                yield from (f"the index {node.id} points to {name}, which is not there" for name in lost)
            case _:
                pass


def _table_problems(table: Table) -> Iterator[str]:
    width = len(table.alignments)
    for part in (table.head, table.body):
        hanging = [0] * width
        for row in part:
            covered = [n > 0 for n in hanging]
            hanging = [max(0, n - 1) for n in hanging]
            column = 0
            for cell in row.cells:
                while column < width and covered[column]:
                    column += 1
                for at in range(column, min(width, column + cell.columns)):
                    hanging[at] = cell.rows - 1
                column += cell.columns
            while column < width and covered[column]:
                column += 1
            if column != width:
                yield f"row {row.id} of table {table.id} fills {column} of {width} columns"
        if any(hanging):
            yield f"a cell of table {table.id} reaches below its last row"
