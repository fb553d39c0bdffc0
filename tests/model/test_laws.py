"""What holds for every document.

To make one takes far longer than to look at it: so each is asked for everything at once.
"""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.model import nodes as n
from convert.model.dump import dump, load
from convert.model.identity import identify
from convert.model.nodes import Document, Emphasis, Node, Paragraph, Placed, SourceSpan, Strong, Text
from convert.model.validate import problems
from convert.model.walk import query, rewrite, sections, walk
from tests.model.strategies import documents

_KINDS = st.sets(st.sampled_from([Text, Paragraph, Strong, n.Link, n.TableCell, n.RunIn, n.Note]))


@given(documents(), _KINDS)
@settings(max_examples=110, deadline=None)
def test_laws_of_any_document(document: Document, kinds: set[type]) -> None:
    assert problems(document) == []
    _goes_through_json(document)
    _ids_are_there_once(document)
    _walk_meets_every_node_once(document)
    _sections_are_the_blocks_and_notes_with_what_is_in_them(document)
    assert rewrite(document, lambda node: node) is document
    _rewrite_reaches_every_text(document)
    _rewriting_some_kinds_is_rewriting_all_and_keeping_the_others(document, kinds)


@given(documents(), documents())
@settings(max_examples=15, deadline=None)
def test_what_was_walked_before_does_not_matter(one: Document, two: Document) -> None:
    afresh = [list(walk(document.blocks)) for document in (one, two)]
    mixed = dataclasses.replace(one, notes=two.notes)
    list(walk(one))
    assert list(walk(mixed)) == list(walk(one.blocks)) + list(walk(two.notes))
    assert [list(walk(one.blocks)), list(walk(two.blocks))] == afresh
    assert list(query(two.blocks, Text)) == [node for node in afresh[1] if isinstance(node, Text)]


def _goes_through_json(document: Document) -> None:
    text = dump(document)
    assert load(text) == document
    assert dump(load(text)) == text


def _ids_are_there_once(document: Document) -> None:
    ids = [node.id for node in walk(document) if isinstance(node, Placed)]
    assert all(ids) and len(set(ids)) == len(ids)
    assert identify(document) is document


def _walk_meets_every_node_once(document: Document) -> None:
    assert sum(1 for _ in walk(document)) == _count(document.blocks) + _count(document.notes)


def _count(value: object) -> int:
    """Nodes in *value*, found without the walk: every dataclass of the node kinds."""
    total = 0
    if isinstance(value, tuple):
        return sum(_count(part) for part in value)
    if isinstance(value, n.Inline | n.Placed):
        total = 1
    if dataclasses.is_dataclass(value):
        total += sum(_count(getattr(value, f.name)) for f in dataclasses.fields(value))
    return total


def _sections_are_the_blocks_and_notes_with_what_is_in_them(document: Document) -> None:
    parts = list(sections(document))
    assert [top for top, _ in parts] == [*document.blocks, *document.notes]
    assert all(nodes == list(walk(top)) for top, nodes in parts)
    assert [node for _, nodes in parts for node in nodes] == list(walk(document))


def _rewrite_reaches_every_text(document: Document) -> None:
    def double(node: Node) -> Node:
        return Text(node.text * 2) if isinstance(node, Text) else node

    before = [node.text for node in query(document, Text)]
    assert [node.text for node in query(rewrite(document, double), Text)] == [text * 2 for text in before]


def _rewriting_some_kinds_is_rewriting_all_and_keeping_the_others(
    document: Document, kinds: set[type]
) -> None:
    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case Text(text):
                return (Text(text), Text("+")) if text else ()
            case Strong(inner):
                return Emphasis(inner)
            case _ if hasattr(node, "span"):
                return dataclasses.replace(node, span=SourceSpan("b.md", 7, 7))
            case _:
                return node

    whole = rewrite(document, lambda node: change(node) if type(node) in kinds else node)
    assert rewrite(document, change, frozenset(kinds)) == whole
