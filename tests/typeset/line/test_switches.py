"""Every key of the layout group does something, and the defaults follow the language."""

from __future__ import annotations

from dataclasses import fields

import pytest

from convert.theme import LayoutTheme, Theme
from convert.typeset.inline import Line, TextPiece
from convert.typeset.styles import StyleSheet
from tests.typeset.line.setting import cells, engine, origins, paragraph, style, width

HANS, HANT, JA, KO = "zh-Hans", "zh-Hant", "ja", "ko"


def made(text: str, measure: float, language: str = HANS, **layout: object) -> tuple[Line, ...]:
    return engine(**layout).set([TextPiece(text, style(language=language))], paragraph(measure, 0, language))


def picture(lines: tuple[Line, ...]) -> list[list[tuple[str, float]]]:
    return [origins(line) for line in lines]


EFFECTS: dict[str, tuple[object, str, float]] = {
    "prohibition": ("none", "千山鸟飞绝万径人踪灭了，孤舟蓑笠翁", 11),
    "punctuation": ("banjiao", "千山鸟，飞绝。", 20),
    "hanging": (True, "千山鸟飞绝万径人踪灭，孤舟蓑笠翁", 10),
    "autospace": (0.125, "千山PDF鸟", 20),
    "cjk_space": ("keep", "千山 鸟飞", 20),
    "hyphenate": (False, "他们在讨论一个关于internationalization的问题，谈了很久", 14),
    "justify": (False, "千山鸟飞绝万径人踪灭孤舟蓑笠翁独钓寒江雪", 9.5),
}


@pytest.mark.parametrize("key", EFFECTS)
def test_a_switch_changes_the_lines(key: str) -> None:
    value, text, measure = EFFECTS[key]
    assert getattr(LayoutTheme(), key) != value
    assert picture(made(text, measure, **{key: value})) != picture(made(text, measure))


def test_no_switch_is_forgotten() -> None:
    assert {item.name for item in fields(LayoutTheme)} == {*EFFECTS, "indent"}


@pytest.mark.parametrize(("language", "ems"), [(HANS, 2), (HANT, 2), (JA, 1), (KO, 1), ("en", 1.5)])
def test_the_indent_is_the_languages_custom_unless_asked(language: str, ems: float) -> None:
    sheet = StyleSheet(Theme(), language, lambda: False)
    assert sheet.indent == pytest.approx(ems * sheet.theme.font.size)
    asked = StyleSheet(Theme(layout=LayoutTheme(indent=3)), language, lambda: False)
    assert asked.indent == pytest.approx(3 * sheet.theme.font.size)


@pytest.mark.parametrize(
    ("level", "ends", "starts"),
    [("none", True, True), ("basic", False, True), ("gb", False, True), ("strict", False, False)],
)
def test_levels_of_prohibition_add_to_one_another(level: str, ends: bool, starts: bool) -> None:
    """A stop may begin a line at none only, a dash at all but strict."""
    comma, dash = cells("好，走——吧", prohibition=level), cells("走——吧", prohibition=level)
    assert (comma.rank[1] == 0) is ends
    assert (dash.rank[1] == 0) is starts


@pytest.mark.parametrize(
    ("mark", "by_language"),
    [
        ("好。她", {HANS: 3.0, HANT: 3.0, JA: 3.0}),
        ("好。」她", {HANS: 3.5, HANT: 4.0, JA: 3.5}),
        ("好。", {HANS: 1.5, HANT: 2.0, JA: 1.5}),
        ("好？", {HANS: 1.5, HANT: 2.0, JA: 2.0}),
        ("安·娜", {HANS: 2.5, HANT: 3.0}),
        ("アン・ナ", {JA: 4.0}),
    ],
)
def test_widths_follow_the_language(mark: str, by_language: dict[str, float]) -> None:
    assert {language: width(mark, language) for language in by_language} == by_language


def test_no_mark_hangs_where_stops_stand_in_the_middle() -> None:
    text = "千山鳥飛絕萬徑人蹤滅，孤舟蓑笠翁"
    assert picture(made(text, 10, HANT, hanging=True)) == picture(made(text, 10, HANT))
    assert picture(made(text, 10, JA, hanging=True)) != picture(made(text, 10, JA))


@pytest.mark.parametrize(("language", "hangs"), [(HANS, True), (JA, False)])
def test_a_semicolon_hangs_in_chinese_only(language: str, hangs: bool) -> None:
    text = "千山鳥飛絕萬徑人蹤滅；孤舟蓑笠翁"
    first = made(text, 10, language, hanging=True)[0]
    assert first.text.endswith("；") is hangs


def test_a_sentence_of_japan_never_gives_its_blank() -> None:
    def give(language: str) -> float:
        found = cells("好。她", language)
        return found.gaps[2].tight

    assert (give(HANS), give(JA)) == (0.25, 0.0)


def test_korean_has_word_spaces_and_no_autospace() -> None:
    found = cells("책PDF를 읽다", KO)
    assert all(gap.step != 5 for gap in found.gaps)
    assert [p for p in range(len(found)) if found.spaces[p]] == [5]
