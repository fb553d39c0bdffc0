"""The glossary: definitions and abbreviations in one place, in order."""

from __future__ import annotations

from hypothesis import given, settings

from convert.diagnostics import Code, Findings
from convert.model.nodes import DefinitionItem, Division, DivisionKind, Document, Generated, GeneratedKind
from convert.model.validate import problems
from convert.model.walk import plain_text, query
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import finish
from tests.model.strategies import documents
from tests.readers.markdown.shape import parse

TEXT = """# 甲

EPUB 和书脊。

::: glossary
书脊
:   装订的一边。

{版心|bǎn xīn}
:   排字的地方。
:   也叫版面。
:::

# 乙

::: 术语
前言。

书脊
:   又一个说法。
:::

[GLOSSARY]

*[EPUB]: 电子书的格式
"""


def finished(text: str) -> tuple[Document, Findings]:
    findings = Findings()
    document = finish(parse(text, findings), Theme(), terms_for("zh"), findings)
    assert problems(document) == []
    assert finish(document, Theme(), terms_for("zh"), Findings()) == document
    return document, findings


def items(document: Document) -> list[tuple[str, list[str]]]:
    glossary = document.blocks[-1]
    assert isinstance(glossary, Division) and glossary.kind is DivisionKind.GLOSSARY
    return [
        (plain_text(item.term), [plain_text(blocks) for blocks in item.definitions])
        for item in query(glossary, DefinitionItem)
    ]


def test_terms_and_abbreviations_are_gathered_in_order() -> None:
    document, findings = finished(TEXT)
    assert items(document) == [
        ("版心", ["排字的地方。", "也叫版面。"]),
        ("EPUB", ["电子书的格式"]),
        ("书脊", ["装订的一边。", "又一个说法。"]),
    ]
    assert plain_text(document.blocks[:-1]) == "甲EPUB 和书脊。乙前言。"
    assert list(findings) == []


def test_without_the_mark_definitions_stay() -> None:
    document, _ = finished(TEXT.replace("[GLOSSARY]", ""))
    assert (
        plain_text(document.blocks)
        == "甲EPUB 和书脊。书脊装订的一边。版心排字的地方。也叫版面。乙前言。书脊又一个说法。"
    )


def test_an_abbreviation_that_is_a_term_too_has_both_meanings() -> None:
    document, _ = finished(
        "EPUB\n\n::: glossary\nEPUB\n:   一种文件。\n:::\n\n[术语表]\n\n*[EPUB]: Electronic Publication\n"
    )
    assert items(document) == [("EPUB", ["一种文件。", "Electronic Publication"])]


def test_nothing_to_explain_is_told() -> None:
    document, findings = finished("甲\n\n[GLOSSARY]\n")
    assert plain_text(document.blocks) == "甲[GLOSSARY]"
    assert [one.code for one in findings] == [Code.LIST_EMPTY]


@given(documents())
@settings(deadline=None, max_examples=40)
def test_any_document_keeps_its_definitions(document: Document) -> None:
    mark = Generated("mark", document.blocks[0].span, GeneratedKind.GLOSSARY)
    document = Document(document.metadata, (*document.blocks, mark), document.notes, document.sources)
    once = finish(document, Theme(), terms_for("zh"), Findings())
    assert problems(once) == []
    assert finish(once, Theme(), terms_for("zh"), Findings()) == once
