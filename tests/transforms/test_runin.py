"""Headings that open their paragraphs: clear shapes that count up, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model.nodes import Paragraph, RunIn, Strong, Text
from convert.model.outline import make_outline
from convert.model.validate import problems
from convert.model.walk import plain_text, query
from convert.readers import markdown
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import finish

RUN_IN = replace(Theme(), outline=replace(Theme().outline, runin=True))


def finished(text, theme=RUN_IN):
    document = markdown.read([SourceFile("a.md", text)], Findings())
    made = finish(document, theme, terms_for("zh-Hans"), Findings())
    assert problems(made) == []
    assert finish(made, theme, terms_for("zh-Hans"), Findings()) == made
    assert plain_text(made.blocks) == plain_text(
        finish(document, Theme(), terms_for("zh-Hans"), Findings()).blocks
    )
    return made


def entries(text):
    """Levels and titles of the headings that open paragraphs."""
    return [f"{entry.level}{entry.title}" for entry in make_outline(finished(text)).flat() if entry.run_in]


def paragraphs(*openings):
    return "# 题\n\n" + "".join(f"{opening}\n\n" for opening in openings)


def test_numbered_sentences_that_open_their_paragraphs_are_headings():
    text = paragraphs(
        "一、先学走路。路要慢慢走。", "话。", "二、再学看山！山在那里。", "三、“水”和‘火。’。都要看。"
    )
    assert entries(text) == ["2一、先学走路", "2二、再学看山！", "2三、“水”和‘火。’"]
    first = finished(text).blocks[1]
    assert isinstance(first.children[0], RunIn) and first.children[0].span.first == 3
    assert first.children[1:] == (Strong((Text("。"),)), Text("路要慢慢走。"))


def test_only_where_the_book_asks_for_them():
    text = paragraphs("一、走路。慢慢走。", "二、看山。山在那里。")
    assert not list(query(finished(text, Theme()), RunIn))


def test_bold_ones_are_the_same_and_may_end_without_a_stop():
    text = paragraphs(
        "**一、走路。**慢慢走。", "二、看山。山在那里。", "**三、看水**　水很清。", "**四、看云：**云很白。"
    )
    assert entries(text) == ["2一、走路", "2二、看山", "2三、看水", "2四、看云"]
    assert entries(paragraphs("**第一，走路。**慢慢走。", "**第二，看山。**山在那里。")) == [
        "2第一，走路",
        "2第二，看山",
    ]


@pytest.mark.parametrize(
    "openings",
    [
        ("一、走路。慢慢走。", "看山。"),
        ("二、走路。慢慢走。", "三、看山。山在那里。"),
        ("一、走路。", "二、看山。"),
        ("第一，走路要慢。慢慢走。", "第二，看山要静。山在那里。"),
        ("一、走路，慢慢走，一直走", "二、看山，山在那里，不走"),
        ("一、" + "走" * 60 + "。慢慢走。", "二、" + "看" * 60 + "。山在那里。"),
        ("**一、走路。慢慢走。**再走。", "**二、看山。山在。**那里。"),
        ("一天，我去走路。慢慢走。", "二天，我去看山。山在那里。"),
        ("2024年，走路。慢慢走。", "2025年，看山。山在那里。"),
        ("一、*走路。*慢慢走。", "二、*看山。*山在那里。"),
    ],
)
def test_what_is_no_series_of_headings(openings):
    assert entries(paragraphs(*openings)) == []


def test_what_stands_in_a_list_a_quotation_or_a_study_block_is_none():
    text = paragraphs(
        "> 一、走路。慢慢走。",
        "> 二、看山。山在那里。",
        "::: exercise\n一、走路。慢。\n\n二、看山。在。\n:::",
    )
    assert entries(text) == []
    plain = "# 题\n\n::: 随便\n一、走路。慢慢走。\n\n二、看山。山在那里。\n:::\n"
    assert entries(plain) == ["2一、走路", "2二、看山"]


def test_a_series_inside_another_is_one_level_deeper():
    text = paragraphs(
        "一、走路。慢慢走。", "（一）早上。早起。", "（二）晚上。早睡。", "二、看山。山在那里。", "（一）远山。远。", "（二）近山。近。"
    )  # fmt: skip
    assert entries(text) == [
        "2一、走路",
        "3（一）早上",
        "3（二）晚上",
        "2二、看山",
        "3（一）远山",
        "3（二）近山",
    ]
    lone = paragraphs("一、走路。慢慢走。", "（一）早上。早起。", "二、看山。山在那里。")
    assert entries(lone) == ["2一、走路", "2二、看山"]
    orphans = paragraphs("一、走路。慢慢走。", "（一）早上。早起。", "（二）晚上。早睡。")
    assert entries(orphans) == ["2（一）早上", "2（二）晚上"]


def test_each_heading_has_a_series_of_its_own_below_it():
    text = "# 甲\n\n## 乙\n\n一、走。走。\n\n二、看。看。\n\n## 丙\n\n一、听。听。\n\n# 丁\n\n一、想。想。\n\n二、说。说。\n"
    assert entries(text) == ["3一、走", "3二、看", "2一、想", "2二、说"]


def test_a_note_and_marks_stay_in_their_places():
    text = "# 题\n\n一、走路[^a]。慢慢走。\n\n二、看**山**。山在那里。\n\n[^a]: 注。\n"
    assert entries(text) == ["2一、走路", "2二、看山"]


_OPENINGS = st.sampled_from(
    [
        "一、走。走。",
        "二、看。看。",
        "三、听！听。",
        "（一）早。早。",
        "（二）晚。晚。",
        "1、甲。乙。",
        "2、丙。丁。",
        "文。",
        "# 题",
        "## 节",
        "**一、粗。**细。",
        "一、只有这句。",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_OPENINGS, max_size=16))
def test_any_order_of_paragraphs_keeps_its_text_and_every_series_has_company(openings):
    made = finished("\n\n".join(openings) + "\n")
    heads = [block.children[0] for block in made.blocks if isinstance(block, Paragraph)]
    marked = [head for head in heads if isinstance(head, RunIn)]
    assert len({head.id for head in marked}) == len(marked)
    outline = make_outline(made)
    assert {entry.id for entry in outline.flat() if entry.run_in} == {head.id for head in marked}
    for entry in outline.flat():
        assert all(child.level == entry.level + 1 for child in entry.children)
        assert not entry.run_in or all(child.run_in for child in entry.children)
