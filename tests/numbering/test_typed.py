"""Numbers that a source types are recognised, and ordinary words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.model.nodes import NumberForm, NumberStyle
from convert.numbering.forms import written
from convert.numbering.typed import believed, recognise


@pytest.mark.parametrize(
    ("title", "text", "count", "rest"),
    [
        ("第一章　一张纸", "第一章", 1, "一张纸"),
        ("第十二章纸的来历", "第十二章", 12, "纸的来历"),
        ("第 3 章  纸", "第 3 章", 3, "纸"),
        ("第三章：纸", "第三章：", 3, "纸"),
        ("第一部分 总则", "第一部分", 1, "总则"),
        ("第贰节 墨", "第贰节", 2, "墨"),
        ("第一百〇一章 尾", "第一百〇一章", 101, "尾"),
        ("一、窗前", "一、", 1, "窗前"),
        ("（十）灯下", "（十）", 10, "灯下"),
        ("(2) ink", "(2)", 2, "ink"),
        ("1. 纸", "1.", 1, "纸"),
        ("1．纸", "1．", 1, "纸"),
        ("1.2.3 纸", "1.2.3", 3, "纸"),
        ("Chapter 3: Paper", "Chapter 3:", 3, "Paper"),
        ("Part IV", "Part IV", 4, ""),
        ("附录B 表", "附录B", 2, "表"),
        ("附录", "附录", 0, ""),
        ("제2장 종이", "제2장", 2, "종이"),
        ("  第二章 墨", "第二章", 2, "墨"),
    ],
)
def test_a_number_is_recognised(title: str, text: str, count: int, rest: str) -> None:
    typed = recognise(title)
    assert typed is not None and typed.sure
    assert (typed.text, typed.count, title[typed.length :]) == (text, count, rest)


@pytest.mark.parametrize(
    "title",
    [
        "1984",
        "2024 年总结",
        "2.0 时代",
        "三国",
        "十一月的雨",
        "一百年",
        "第一次远行",
        "第一百零一条",
        "Chapters",
        "Partly 3",
        "",
        "附录音",
    ],
)
def test_what_only_begins_like_a_number_is_none(title: str) -> None:
    assert recognise(title) is None


@pytest.mark.parametrize("title", ["3 只小猪", "第二节课的故事", "第三回合", "第一部电影"])
def test_what_may_be_a_word_needs_company(title: str) -> None:
    typed = recognise(title)
    assert typed is not None and not typed.sure
    assert believed([{"a": title, "b": "别的"}]) == {}


def test_siblings_of_one_shape_whose_figures_rise_are_believed() -> None:
    assert set(believed([{"a": "第一课春天", "b": "夏天", "c": "第二课秋天"}])) == {"a", "c"}
    assert believed([{"a": "第二课春天", "b": "第一课秋天"}]) == {}
    assert believed([{"a": "第一课春天"}, {"b": "第二课秋天"}]) == {}


@given(
    st.sampled_from(
        [
            NumberForm(NumberStyle.CHINESE, "第{}章"), NumberForm(NumberStyle.FORMAL, "第{}编"), NumberForm(NumberStyle.CHINESE, "{}、"),
            NumberForm(NumberStyle.CHINESE, "（{}）"), NumberForm(NumberStyle.DECIMAL, "{}."), NumberForm(NumberStyle.DECIMAL, "第{}节"),
        ]
    ),
    st.integers(1, 999),
)  # fmt: skip
def test_what_quire_writes_it_recognises(form: NumberForm, count: int) -> None:
    text = written(form, count, (), "zh-Hans")
    typed = recognise(f"{text}　纸")
    assert typed is not None
    assert (typed.text, typed.count, typed.form.pattern) == (text, count, form.pattern)
