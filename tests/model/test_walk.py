"""Walking, rewriting and asking."""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.model import nodes as n
from convert.model.nodes import Document, Emphasis, Figure, Image, Node, Paragraph, SourceSpan, Strong, Text
from convert.model.walk import children, plain_text, query, rewrite, sections, walk
from tests.model.strategies import documents

SPAN = SourceSpan("a.md", 1, 1)


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


@given(documents())
@settings(max_examples=150, deadline=None)
def test_walk_meets_every_node_once(document: Document) -> None:
    assert sum(1 for _ in walk(document)) == _count(document.blocks) + _count(document.notes)


@given(documents())
@settings(max_examples=50, deadline=None)
def test_rewriting_nothing_gives_the_same_object(document: Document) -> None:
    assert rewrite(document, lambda node: node) is document


@given(documents())
@settings(max_examples=50, deadline=None)
def test_rewrite_reaches_every_text(document: Document) -> None:
    def double(node: Node) -> Node:
        return Text(node.text * 2) if isinstance(node, Text) else node

    before = [node.text for node in query(document, Text)]
    assert [node.text for node in query(rewrite(document, double), Text)] == [text * 2 for text in before]


def test_walk_goes_parents_first_and_in_order() -> None:
    inner = Emphasis((Text("b"),))
    paragraph = Paragraph("p", SPAN, (Text("a"), inner, Text("c")))
    assert list(walk(paragraph)) == [paragraph, Text("a"), inner, Text("b"), Text("c")]
    assert list(children(paragraph)) == [Text("a"), inner, Text("c")]


def test_walk_finds_the_image_of_a_figure_and_terms_and_titles() -> None:
    image = Image("a.png", "甲")
    figure = Figure("f", SPAN, image, (Text("说"),))
    item = n.DefinitionItem("d", SPAN, (Text("词"),), ((Paragraph("q", SPAN, (Text("义"),)),),))
    division = n.Division(
        "v", SPAN, n.DivisionKind.NOTE, (n.DefinitionList("l", SPAN, (item,)),), (Text("题"),)
    )
    found = list(walk([figure, division]))
    assert image in found and Text("说") in found
    assert {node.text for node in query([division], Text)} == {"词", "义", "题"}


def test_a_node_may_become_several_or_none() -> None:
    document = Document(n.Metadata(), (Paragraph("p", SPAN, (Text("a"), Strong((Text("b"),)), Text("c"))),))

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Strong):
            return node.children * 2
        return () if node == Text("c") else node

    changed = rewrite(document, change)
    assert next(query(changed, Paragraph)).children == (Text("a"), Text("b"), Text("b"))


def test_lines_of_verse_stay_lines() -> None:
    verse = n.LineBlock("v", SPAN, ((Text("a"),), (), (Text("b"),)))
    document = rewrite(
        Document(n.Metadata(), (verse,)), lambda node: Text("x") if node == Text("a") else node
    )
    assert document.blocks == (n.LineBlock("v", SPAN, ((Text("x"),), (), (Text("b"),))),)


def test_plain_text() -> None:
    parts = (
        Text("甲"), n.SoftBreak(), n.Code("x"), n.Ruby((n.RubySegment("汉", "hàn"),)), n.NoteReference("n"),
        Image("a.png", "替"), n.Math("x"), n.CrossReference("f", "图1"), n.Abbreviation("HTML", "长"), n.LineBreak(), Text("乙"),
    )  # fmt: skip
    assert plain_text(parts) == "甲 x汉图1HTML 乙"


@given(documents(), st.sets(st.sampled_from([Text, Paragraph, Strong, n.Link, n.TableCell, n.RunIn, n.Note])))
@settings(max_examples=60, deadline=None)
def test_rewriting_some_kinds_is_rewriting_all_and_keeping_the_others(
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


@given(documents())
@settings(max_examples=25, deadline=None)
def test_sections_are_the_blocks_and_notes_with_what_is_in_them(document: Document) -> None:
    parts = list(sections(document))
    assert [top for top, _ in parts] == [*document.blocks, *document.notes]
    assert all(nodes == list(walk(top)) for top, nodes in parts)
    assert [node for _, nodes in parts for node in nodes] == list(walk(document))


@given(documents(), documents())
@settings(max_examples=25, deadline=None)
def test_what_was_walked_before_does_not_matter(one: Document, two: Document) -> None:
    afresh = [list(walk(document.blocks)) for document in (one, two)]
    mixed = dataclasses.replace(one, notes=two.notes)
    list(walk(one))
    assert list(walk(mixed)) == list(walk(one.blocks)) + list(walk(two.notes))
    assert [list(walk(one.blocks)), list(walk(two.blocks))] == afresh
    assert list(query(two.blocks, Text)) == [node for node in afresh[1] if isinstance(node, Text)]
