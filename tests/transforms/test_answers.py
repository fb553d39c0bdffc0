"""Answers gathered at ``[ANSWERS]``: moved, in order, with references both ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

import convert
from convert.diagnostics import Code, Findings
from convert.model.nodes import (
    CrossReference,
    Division,
    DivisionKind,
    Document,
    Generated,
    GeneratedKind,
    OrderedList,
    ReferenceForm,
)
from convert.model.validate import problems
from convert.model.walk import plain_text, query
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import finish
from convert.verify import verify
from tests.model.strategies import documents
from tests.readers.markdown.shape import parse

CHAPTERS = """# 甲

::: exercise {#one}
甲问
:::

::: answer
甲答
:::

::: question {#two}
乙问

::: answer
乙答
:::
:::

# 丙

::: exercise
1. 子问

    ::: answer
    子答
    :::

2. 丑问

    ::: answer
    丑答
    :::
:::

# 书末

[ANSWERS]
"""


def finished(text: str) -> tuple[Document, Findings]:
    findings = Findings()
    document = finish(parse(text, findings), Theme(), terms_for("zh"), findings)
    assert problems(document) == []
    assert finish(document, Theme(), terms_for("zh"), Findings()) == document
    return document, findings


def gathered(document: Document) -> list[Division]:
    return [block for block in query(document, Division) if block.kind is DivisionKind.ANSWERS]


def labels(division: Division) -> list[str]:
    return [plain_text(part.title) for part in division.blocks if isinstance(part, Division)]


def test_answers_move_in_the_order_of_their_exercises() -> None:
    document, _ = finished(CHAPTERS)
    (answers,) = gathered(document)
    assert plain_text(answers.blocks[0:1]) == "甲"
    assert labels(answers) == ["练习1-1　答案", "问题1-1　答案", "练习2-1　答案"]
    assert (
        plain_text(document.blocks)
        == "甲甲问答案乙问答案丙子问丑问答案书末甲甲答练习1-1　答案乙答问题1-1　答案丙子答丑答练习2-1　答案"
    )


def test_exercise_and_answer_refer_to_each_other() -> None:
    document, _ = finished(CHAPTERS)
    divisions = {block.id: block for block in query(document, Division)}
    for block in divisions.values():
        if block.kind not in (DivisionKind.EXERCISE, DivisionKind.QUESTION):
            continue
        (pointer,) = query(block.pointer, CrossReference)
        assert (pointer.label, pointer.form) == ("答案", ReferenceForm.PAGE)
        answer = divisions[pointer.target]
        assert answer.kind is DivisionKind.ANSWER
        assert [back.target for back in query(answer.title, CrossReference)] == [block.id]


def test_answers_to_items_keep_their_numbers() -> None:
    text = CHAPTERS.replace("1. 子问\n\n    ::: answer\n    子答\n    :::\n", "1. 子问\n")
    document, _ = finished(text)
    lists = list(query(gathered(document)[0], OrderedList))
    assert [(block.start, len(block.items)) for block in lists] == [(2, 1)]
    document, _ = finished(CHAPTERS)
    lists = list(query(gathered(document)[0], OrderedList))
    assert [(block.start, len(block.items)) for block in lists] == [(1, 2)]


def test_without_the_mark_answers_stay() -> None:
    document, _ = finished(CHAPTERS.replace("[ANSWERS]", "完"))
    assert gathered(document) == []
    assert plain_text(document.blocks) == "甲甲问甲答乙问乙答丙子问子答丑问丑答书末完"
    assert not any(block.pointer for block in query(document, Division))


def test_an_answer_to_nothing_stays_where_it_is() -> None:
    document, _ = finished("::: exercise\n问\n:::\n\n另起。\n\n::: answer\n答\n:::\n\n完\n\n[ANSWERS]\n")
    assert gathered(document) == []
    assert plain_text(document.blocks) == "问另起。答完"


def test_each_mark_takes_the_answers_before_it_and_the_last_one_the_rest() -> None:
    one = "::: exercise {}\n问\n:::\n\n::: answer\n{}\n:::\n\n"
    text = (
        one.format("甲", "一")
        + "[ANSWERS]\n\n"
        + one.format("乙", "二")
        + "[ANSWERS]\n\n"
        + one.format("丙", "三")
    )
    document, _ = finished(text)
    assert [labels(part) for part in gathered(document)] == [["甲　答案"], ["乙　答案", "丙　答案"]]


@pytest.mark.parametrize(
    ("exercise", "answer", "label"),
    [("练习三", "练习三", "练习三　答案"), ("练习三", "参考", "练习三　参考"), ("", "参考", "练习1　参考")],
)
def test_a_title_of_its_own_stays_in_the_label(exercise: str, answer: str, label: str) -> None:
    text = f"::: exercise {exercise}\n问\n:::\n\n::: answer {answer}\n答\n:::\n\n[答案]\n"
    document, _ = finished(text)
    assert labels(gathered(document)[0]) == [label]


def test_a_second_answer_keeps_its_title_and_its_id() -> None:
    text = "::: exercise\n问\n:::\n\n::: answer\n甲\n:::\n\n::: answer 又解 {#b}\n乙\n:::\n\n[](#b)\n\n[ANSWERS]\n"
    document, findings = finished(text)
    (answers,) = gathered(document)
    assert plain_text(answers.blocks) == "甲乙又解练习1　答案"
    assert list(findings) == []


def test_the_word_alone_is_text_where_there_is_nothing_to_gather() -> None:
    document, findings = finished("前文\n\n[答案]\n\n后文\n")
    assert plain_text(document.blocks) == "前文[答案]后文"
    assert [(one.code, one.place.line) for one in findings] == [(Code.LIST_EMPTY, 3)]


@given(documents())
@settings(deadline=None, max_examples=30)
def test_any_document_is_gathered_once_and_keeps_its_answers(document: Document) -> None:
    mark = Generated("mark", document.blocks[0].span, GeneratedKind.ANSWERS)
    document = Document(document.metadata, (*document.blocks, mark), document.notes, document.sources)
    terms = terms_for("zh")
    once = finish(document, Theme(), terms, Findings())
    assert problems(once) == []
    assert finish(once, Theme(), terms, Findings()) == once
    answers = [block.id for block in query(document, Division) if block.kind is DivisionKind.ANSWER]
    kept = {node.id for node in query(once, Division)} | {
        node.id for one in query(once, OrderedList) for node in one.items
    }
    assert set(answers) <= kept


def test_the_editions_agree_and_lead_both_ways(tmp_path: Path) -> None:
    source = tmp_path / "book.md"
    source.write_text(CHAPTERS, "utf-8")
    report = convert.build([source], out=tmp_path)
    assert report.exit_status == 0
    told = verify([edition.path for edition in report.editions])
    assert [str(finding) for finding in told.findings] == []
