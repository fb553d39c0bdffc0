"""One walk over the document before writing: what is referred to, and by what label."""

from __future__ import annotations

from convert.model.nodes import (
    CodeBlock,
    CrossReference,
    Document,
    Figure,
    InternalTarget,
    Link,
    Math,
    MathBlock,
    Note,
    Table,
)
from convert.model.walk import walk
from convert.records import dataclass
from convert.terms import Terms

__all__ = ["Survey", "survey"]

_WANTED = frozenset((Figure, Table, CodeBlock, MathBlock, Link, CrossReference, Math))


@dataclass(frozen=True, slots=True)
class Survey:
    """`targets`: ids that something leads to."""

    labels: dict[str, tuple[str, str]]
    """By block id what a reference to it says: what is typed, and what the bookmark of its number holds."""
    targets: frozenset[str]
    notes: dict[str, Note]
    has_math: bool


def survey(document: Document, terms: Terms) -> Survey:
    """What a writer must know before the first paragraph."""
    labels: dict[str, tuple[str, str]] = {}
    targets: set[str] = set()
    math = False
    for node in walk(document.blocks):
        if type(node) not in _WANTED:
            continue
        match node:
            case Figure(number=number) if number:
                labels[node.id] = ("", terms.figure + number)
            case Table(number=number) if number:
                labels[node.id] = ("", terms.table + number)
            case CodeBlock(number=number) if number:
                labels[node.id] = ("", terms.listing + number)
            case MathBlock(number=number) if number:
                math = True
                labels[node.id] = (terms.equation, number)
            case Link(target=InternalTarget(target)) | CrossReference(target=target):
                targets.add(target)
            case Math() | MathBlock():
                math = True
            case _:
                pass
    for node in walk(document.notes):
        if type(node) not in _WANTED:
            continue
        match node:
            case Link(target=InternalTarget(target)) | CrossReference(target=target):
                targets.add(target)
            case Math() | MathBlock():
                math = True
            case _:
                pass
    notes = {note.id: note for note in document.notes}
    return Survey(labels, frozenset(targets), notes, math)
