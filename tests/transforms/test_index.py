"""The index: entries in order under their letters, each mark with a place of its own."""

from __future__ import annotations

from hypothesis import given, settings

from convert.diagnostics import Code, Findings
from convert.model.index import places
from convert.model.nodes import Document, Generated, GeneratedKind, Index, IndexEntry, IndexMark
from convert.model.validate import problems
from convert.model.walk import query
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import finish
from tests.model.strategies import documents
from tests.readers.markdown.shape import parse

TEXT = """---
language: {}
---

[重庆]{{.index}}产[绿茶]{{index="茶!绿茶"}}，[茶]{{.index}}。

- [重庆]{{.index}}[^n]

[^n]: [白纸]{{.index}}

[INDEX]
"""


def finished(text: str, language: str = "zh") -> tuple[Document, Findings]:
    findings = Findings()
    document = finish(parse(text.format(language), findings), Theme(), terms_for(language), findings)
    assert problems(document) == []
    assert finish(document, Theme(), terms_for(language), Findings()) == document
    return document, findings


def shown(entries: tuple[IndexEntry, ...]) -> list[object]:
    out: list[object] = []
    for entry in entries:
        out.append(f"{entry.term} {len(entry.places)}")
        if entry.entries:
            out.append(shown(entry.entries))
    return out


def test_entries_stand_under_their_letters_with_all_their_places() -> None:
    document, findings = finished(TEXT)
    (index,) = query(document, Index)
    assert [(group.label, shown(group.entries)) for group in index.groups] == [
        ("B", ["白纸 1"]),
        ("C", ["茶 1", ["绿茶 1"], "重庆 2"]),
    ]
    assert set(places(index)) == {mark.id for mark in query(document, IndexMark)}
    assert list(findings) == []


def test_without_the_mark_nothing_changes() -> None:
    document, _ = finished(TEXT.replace("[INDEX]", ""))
    assert not list(query(document, Index))
    assert not any(mark.id for mark in query(document, IndexMark))


def test_a_reading_given_once_counts_for_all_marks_of_the_term() -> None:
    text = '[乐山]{{.index}}、[乐山]{{.index reading="lè shān"}}、[音乐]{{.index}}\n\n[索引]\n'
    document, _ = finished(text)
    (index,) = query(document, Index)
    assert [group.label for group in index.groups] == ["L", "Y"]


def test_a_term_that_cannot_be_read_is_told_with_its_line() -> None:
    _, findings = finished(TEXT, "ja")
    told = [(one.code, one.place.line) for one in findings if one.code is Code.READING_MISSING]
    assert told == [(Code.READING_MISSING, 5)] * 3 + [(Code.READING_MISSING, 9)]


@given(documents())
@settings(deadline=None, max_examples=30)
def test_any_marks_make_an_index_that_leads_to_all_of_them(document: Document) -> None:
    mark = Generated("mark", document.blocks[0].span, GeneratedKind.INDEX)
    document = Document(document.metadata, (*document.blocks, mark), document.notes, document.sources)
    once = finish(document, Theme(), terms_for("zh"), Findings())
    assert problems(once) == []
    assert finish(once, Theme(), terms_for("zh"), Findings()) == once
    for index in query(once, Index):
        assert sorted(places(index)) == sorted(one.id for one in query(once, IndexMark))
