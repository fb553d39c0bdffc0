"""Walking, rewriting and asking."""

from __future__ import annotations

from convert.model import nodes as n
from convert.model.nodes import Document, Emphasis, Figure, Image, Node, Paragraph, SourceSpan, Strong, Text
from convert.model.walk import children, plain_text, query, rewrite, walk

SPAN = SourceSpan("a.md", 1, 1)


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
