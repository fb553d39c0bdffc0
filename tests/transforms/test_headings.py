"""Numbers of headings: given once, never doubled."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Findings
from convert.model.identity import identify
from convert.model.nodes import (
    CrossReference,
    Document,
    Figure,
    Heading,
    Image,
    Matter,
    Metadata,
    Paragraph,
    Ruby,
    RubySegment,
    SourceSpan,
    Strong,
    Text,
)
from convert.model.outline import make_outline
from convert.model.validate import problems
from convert.model.walk import plain_text, query
from convert.numbering.schemes import book_title
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import finish

SPAN = SourceSpan("a.md", 1, 1)
SCHEMES = ("chinese", "official", "decimal", "mixed")


def head(level, title, matter=Matter.BODY, *, numbered=True, name=""):
    children = (Text(title),) if isinstance(title, str) else title
    return Heading(name, SPAN, level, children, numbered, matter=matter)


def themed(**keys):
    return replace(Theme(), numbers=replace(Theme().numbers, **keys))


def finished(blocks, theme, title=False, language="zh-Hans"):
    metadata = Metadata(title="书", language=language, title_from_heading=title)
    made = finish(
        identify(Document(metadata, tuple(blocks), (), ("a.md",))), theme, terms_for(language), Findings()
    )
    assert problems(made) == []
    assert finish(made, theme, terms_for(language), Findings()) == made
    return made


def labels(*blocks, title=False, **keys):
    outline = make_outline(finished(blocks, themed(**keys), title))
    return [entry.label.replace("　", " ") for entry in outline.flat()]


def test_no_scheme_no_numbers():
    assert labels(head(1, "甲"), head(2, "乙")) == ["甲", "乙"]


def test_chapters_count_through_parts_and_sections_within_chapters():
    shown = labels(
        head(1, "上", Matter.PART), head(1, "甲"), head(2, "乙"), head(2, "丙"),
        head(1, "下", Matter.PART), head(1, "丁"), head(2, "戊"),
        headings="chinese",
    )  # fmt: skip
    assert shown == [
        "第一编 上",
        "第一章 甲",
        "第一节 乙",
        "第二节 丙",
        "第二编 下",
        "第二章 丁",
        "第一节 戊",
    ]


def test_front_back_and_unnumbered_headings_and_all_below_them_have_none():
    shown = labels(
        head(1, "序", Matter.FRONT), head(2, "缘起"), head(1, "甲"), head(2, "乙", numbered=False), head(3, "丙"),
        head(2, "丁"), head(1, "跋", Matter.BACK),
        headings="decimal",
    )  # fmt: skip
    assert shown == ["序", "缘起", "1 甲", "乙", "丙", "1.1 丁", "跋"]


def test_appendices_have_a_count_of_their_own():
    shown = labels(
        head(1, "甲"), head(1, "表", Matter.APPENDIX), head(2, "大表"), head(1, "图", Matter.APPENDIX),
        headings="mixed",
    )  # fmt: skip
    assert shown == ["第1章 甲", "附录A 表", "A.1 大表", "附录B 图"]


def test_the_title_of_the_book_is_no_chapter():
    assert labels(head(1, "书"), head(2, "甲"), head(2, "乙"), title=True, headings="chinese") == [
        "书", "第一章 甲", "第二章 乙",
    ]  # fmt: skip
    assert labels(head(1, "书"), head(2, "甲"), headings="chinese") == ["第一章 书", "第一节 甲"]


def test_depth_bounds_what_is_numbered():
    blocks = (head(1, "甲"), head(2, "乙"), head(3, "丙"))
    assert labels(*blocks, headings="decimal", depth=2) == ["1 甲", "1.1 乙", "丙"]


@pytest.mark.parametrize("way", ["keep", "strip"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_typed_number_is_never_doubled(scheme, way):
    blocks = (head(1, "第一章　甲"), head(1, "第二章 乙"), head(2, "1.1 丙"), head(2, "（二）丁"))
    for label in labels(*blocks, headings=scheme, typed=way):
        assert label[-1] in "甲乙丙丁"
        assert sum(label.count(mark) for mark in "章（") <= 1
        assert " ".join(label.split()).count(" ") <= 1


def test_kept_numbers_count_and_those_without_go_on():
    blocks = (head(1, "前言", numbered=False), head(1, "第五章　甲"), head(2, "丙"), head(1, "乙"))
    assert labels(*blocks, headings="decimal") == ["前言", "第五章 甲", "5.1 丙", "6 乙"]
    assert labels(*blocks, headings="decimal", typed="strip") == ["前言", "1 甲", "1.1 丙", "2 乙"]


def test_auto_leaves_a_source_with_numbers_alone():
    assert labels(head(1, "甲"), head(1, "一、乙"), headings="auto") == ["甲", "一、乙"]
    assert labels(head(1, "甲"), head(1, "乙"), headings="auto") == ["第一章 甲", "第二章 乙"]


def test_a_title_that_is_only_a_number_stays():
    assert labels(head(1, "第一章"), head(1, "第二章"), headings="decimal", typed="strip") == [
        "第一章",
        "第二章",
    ]


def test_marks_in_a_number_are_cut_and_readings_are_not_lost():
    bold = head(1, (Strong((Text("第一章 甲"),)), Text("乙")))
    ruby = head(1, (Ruby((RubySegment("第", "dì"),)), Text("二章 丙")))
    made = finished((bold, ruby), themed(headings="decimal", typed="strip"))
    assert made.blocks[0].children == (Strong((Text("甲"),)), Text("乙"))
    assert made.blocks[1].children == ruby.children and made.blocks[1].number is None


def test_captions_follow_the_chapters():
    def figure(name):
        return Figure(name, SPAN, Image("a.png", "画"), (Text("图"),))

    blocks = (
        head(1, "书"), head(2, "甲"), figure("a"), head(3, "丙"), figure("b"), head(2, "乙"), figure("c"),
        head(2, "表", Matter.APPENDIX), figure("d"),
    )  # fmt: skip
    made = finished(blocks, themed(headings="chinese"), title=True)
    assert [figure.number for figure in query(made, Figure)] == ["1-1", "1-2", "2-1", "A-1"]
    made = finished(blocks, themed(headings="official"), title=True)
    assert [figure.number for figure in query(made, Figure)][:3] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("scheme", "language", "said"),
    [
        ("chinese", "zh-Hans", "第二章 第一节 一、丙 附录A"), ("decimal", "zh-Hans", "第2章 2.1节 2.1.1节 附录A"),
        ("mixed", "en", "Chapter_2 Section_2.1 Section_2.1.1 Appendix_A"), ("official", "zh-Hans", "二、乙 （一）丁 1.丙 附录A"),
    ],
)  # fmt: skip
def test_references_say_the_number(scheme, language, said):
    refer = Paragraph("p", SPAN, tuple(CrossReference(name) for name in ("b", "d", "c", "x")))
    blocks = (
        head(1, "甲"), head(1, "乙", name="b"), head(2, "丁", name="d"), head(3, "丙", name="c"),
        head(1, "表", Matter.APPENDIX, name="x"), refer,
    )  # fmt: skip
    made = finished(blocks, themed(headings=scheme), language=language)
    shown = [node.label.replace(" ", "_") for node in query(made.blocks[-1], CrossReference)]
    assert " ".join(shown) == said


_TITLES = st.sampled_from(
    ["甲", "第三章　乙", "一、丙", "1.2 丁", "3 戊", "附录", "第二节", "Chapter 4: fox"]
)
_HEADINGS = st.lists(
    st.tuples(st.integers(1, 6), _TITLES, st.sampled_from([*Matter, *[Matter.BODY] * 5]), st.booleans()),
    max_size=14,
)


@settings(max_examples=80, deadline=None)
@given(
    _HEADINGS, st.sampled_from(["none", "auto", *SCHEMES]), st.sampled_from(["keep", "strip"]), st.integers(1, 6), st.booleans(),
    st.sampled_from(["zh-Hans", "en", "ja"]),
)  # fmt: skip
def test_any_tree_is_numbered_without_loss_and_siblings_differ(headings, scheme, way, depth, title, language):
    blocks = [
        head(level, text, matter, numbered=plain or matter is Matter.PART, name=f"h{at}")
        for at, (level, text, matter, plain) in enumerate(headings)
    ]
    theme = themed(headings=scheme, typed=way, depth=depth)
    made = finished(blocks, theme, title, language)
    outline = make_outline(made)
    assert [entry.id for entry in outline.flat()] == [block.id for block in blocks]
    for before, after in zip(blocks, made.blocks, strict=True):
        said = "".join(((after.number.text if after.number else "") + plain_text(after.children)).split())
        typed = "".join(plain_text(before.children).split())
        assert said.endswith(typed[-1])
        if way == "keep" or scheme == "none":
            assert said.endswith(typed)
    if way == "strip":
        for entries in (outline.entries, *(entry.children for entry in outline.flat())):
            counts = Counter((e.matter, e.number) for e in entries if e.number)
            assert not counts or max(counts.values()) == 1
    only = book_title(made, outline)
    assert only is None or not only.number
