"""Each invariant: a tree that keeps it, and one that breaks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convert.model import nodes as n
from convert.model.nodes import Block, Document, Heading, Metadata, Paragraph, SourceSpan, Text
from convert.model.validate import problems

SPAN = SourceSpan("a.md", 1, 1)


def _cell(columns: int = 1, rows: int = 1, name: str = "c") -> n.TableCell:
    return n.TableCell(f"{name}-{columns}-{rows}", SPAN, (), columns=columns, rows=rows)


def _table(*rows: tuple[n.TableCell, ...]) -> n.Table:
    made = tuple(
        n.TableRow(f"r{at}", SPAN, tuple(replace(c, id=f"{at}-{i}") for i, c in enumerate(row)))
        for at, row in enumerate(rows)
    )
    return n.Table("t", SPAN, (n.Alignment.DEFAULT,) * 2, (), made)


def _paragraph(*children: n.Inline) -> Paragraph:
    return Paragraph("p", SPAN, children)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Paragraph("", SPAN, ()), "has no id"),
        (Paragraph("p", SourceSpan("a.md", 0, 1), ()), "has the span"),
        (Paragraph("p", SourceSpan("a.md", 3, 2), ()), "has the span"),
        (Heading("h", SPAN, 0, ()), "has level 0"),
        (Heading("h", SPAN, 7, ()), "has level 7"),
        (_paragraph(n.NoteReference("x")), "the note x"),
        (_paragraph(n.Link((Text("a"),), n.InternalTarget("x"))), "a link to x"),
        (_paragraph(n.CrossReference("x")), "a reference to x"),
        (_paragraph(Text("a\nb")), "line feed"),
        (n.Quote("p", SPAN, (_paragraph(Text("a")),)), "stands 2 times"),
        (_table((_cell(),)), "fills 1 of 2"),
        (_table((_cell(3),)), "fills 3 of 2"),
        (_table((_cell(1, 2), _cell())), "reaches below"),
        (_table((_cell(1, 2), _cell()), (_cell(), _cell())), "fills 3 of 2"),
    ],
)
def test_a_broken_tree_is_told(block: Block, said: str) -> None:
    found = problems(Document(Metadata(), (block,)))
    assert len(found) == 1 and said in found[0]


@pytest.mark.parametrize(
    "block",
    [
        _table((_cell(2),), (_cell(1, 2), _cell()), (_cell(),)),
        _table((_cell(2, 2),), ()),
        _paragraph(n.Link((Text("a"),), n.InternalTarget("p"))),
        _paragraph(n.CrossReference("p")),
    ],
)
def test_a_sound_one_is_not(block: Block) -> None:
    assert problems(Document(Metadata(), (block,))) == []
