"""Natural widths: the blanks between neighbours, and the edges (CLREQ 6.3.2, 6.3.3)."""

import pytest

from convert.theme import Role
from convert.typeset.cjk import Class
from convert.typeset.inline import TextPiece
from convert.typeset.shapes import Shaper
from tests.typeset.line.setting import (
    CATALOGUE,
    EM,
    cells,
    engine,
    gaps,
    origins,
    paragraph,
    said,
    style,
    width,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("看《诗》去", 5.0),
        ("来。”她", 3.5),
        ("问：“来", 3.5),
        ("天》《地", 3.5),
        ("称“‘礼", 3.5),
        ("吧？”）走", 4.0),
        ("去，（她", 3.5),
        ("哦？！走", 3.0),
        ("哦！！！走", 4.0),
        ("达·文", 2.5),
        ("是/否", 2.5),
        ("了——她", 4.0),
        ("了……她", 4.0),
        ("⸺", 2.0),
        ("甲—乙", 3.0),
        ("来。", 1.5),
        ("１２，０００元", 6.5),
        ("３．１４", 3.5),
        ("３，四", 3.0),
        ("“来", 1.5),
        ("“来了。”", 3.5),
    ],
)
def test_of_the_usual_style(text: str, expected: float) -> None:
    assert width(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("来，她", "banjiao", 2.5),
        ("来，她。我", "kaiming", 4.5),
        ("问：“来", "kaiming", 3.0),
        ("来。”她", "hangmobanjiao", 4.0),
        ("来。”她", "plain", 4.0),
    ],
)
def test_of_other_styles(text: str, name: str, expected: float) -> None:
    assert width(text, punctuation=name) == expected


def test_by_region() -> None:
    assert width("走？他", "zh-Hant") == 3.0
    assert width("好。」他", "zh-Hant") in (3.5, 4.0)
    assert width("阿・托", "ja") == 3.0
    assert width("行！他", "ja") == 4.0
    assert width("「行！」他", "ja") == 4.5


def test_compression_crosses_a_change_of_style() -> None:
    parts = [TextPiece("来。", style()), TextPiece("”", style(role=Role.SANS)), TextPiece("她", style())]
    assert engine().natural_width(parts, paragraph(90)) == pytest.approx(35.0)


def test_autospace_goes_round_the_whole_token() -> None:
    assert gaps("做AI画3张") == {1: 0.25, 3: 0.25, 4: 0.25, 5: 0.25}
    assert gaps("占7%上下") == {1: 0.25, 3: 0.25}


def test_autospace_keeps_away_from_marks_and_full_width_signs() -> None:
    assert gaps("共8人，每人2本") == {1: 0.25, 2: 0.25, 6: 0.25, 7: 0.25}
    assert gaps("（PC）与“4K”") == {}
    assert gaps("热到30℃左右") == {2: 0.25}


def test_typed_spaces_make_no_difference() -> None:
    assert width("做 AI 画 3 张") == width("做AI画3张")
    assert cells("做 AI 画").source.text == "做AI画"


def test_a_line_feed_between_han_is_no_space() -> None:
    assert cells("头一句\n第二句").source.text == "头一句第二句"
    assert gaps("头一句\nend") == {3: 0.25}


def test_spaces_between_han_go_or_stay_by_the_theme() -> None:
    assert width("天 地") == 2.0
    assert width("天 地", cjk_space="keep") == 2.25


def test_autospace_can_be_turned_off() -> None:
    assert width("做A", autospace=0.0) == pytest.approx(width("做") + width("A"))


def test_a_paragraph_that_begins_with_a_bracket_stands_at_the_indent() -> None:
    line = engine().set([TextPiece("《呐喊》出版", style())], paragraph(20, 2))[0]
    assert origins(line)[:2] == [("《", 1.5), ("呐", 2.5)]


def test_an_apostrophe_takes_no_em() -> None:
    assert width("don’t") < width("dont") + 0.35


def test_korean_keeps_its_spaces() -> None:
    assert cells("쓴다…… 그리고 — 떠났다", "ko").spaces == ["", "", "", " ", "", "", " ", " ", "", ""]
    assert not any(cells("他 说 — 好", "zh-Hans").spaces)


def test_the_space_of_a_number_and_its_unit_is_never_stretched() -> None:
    found = cells("重 5 kg 左右 of the")
    by_text = {found.shapes[p].text: found.gaps[p] for p in range(1, len(found)) if found.spaces[p]}
    assert by_text["k"].words == 0 and not by_text["k"].open
    assert by_text["t"].words > 0


def test_a_middle_dot_of_japan_and_taiwan_gives_up_its_blanks() -> None:
    for language in ("ja", "zh-Hant"):
        found = cells("阿・乙", language)
        give = sum(gap.tight * scale for gap, scale in zip(found.gaps[1:], found.scale[1:], strict=True)) / EM
        assert width("阿・乙", language) - give == pytest.approx(2.5)


def test_nothing_opens_beside_connectors_and_solidi_and_inside_units() -> None:
    found = cells("天～地/人—心——好……走")
    texts = said(found)
    opened = [texts[p] for p in range(1, len(found)) if found.gaps[p].open]
    assert opened == ["——", "好", "……", "走"]


def test_a_circled_number_and_a_formula() -> None:
    assert gaps("看注②和图5") == {5: 0.25}
    assert gaps("F=ma²是式子") == {5: 0.25}


def test_a_space_after_a_full_width_mark_goes() -> None:
    assert cells("来， 再 来").source.text == "来，再来"
    assert cells("来， 再 来", cjk_space="keep").source.text == "来，再 来"


@pytest.mark.parametrize(
    ("text", "mark"), [("甲(《乙》)丙", "《"), ("甲(《乙》)丙", ")"), ("《甲》,乙", ",")]
)
def test_wide_brackets_and_signs_of_ascii_stand_close(text: str, mark: str) -> None:
    found = cells(text)
    assert found.gaps[said(found).index(mark)].natural == 0.0


def test_a_full_width_equals_sign_has_no_autospace() -> None:
    assert gaps("x＝2") == {}
    assert list(gaps("山x＝2")) == [1]


@pytest.mark.parametrize("language", ["zh-Hans", "ja", "ko"])
def test_han_shaped_together_are_those_shaped_alone(language: str) -> None:
    plain = Shaper(CATALOGUE, "quanjiao").styled(Role.SERIF, language).plain
    chars = [chr(code) for code in range(0x4E00, 0xA000, 7)]
    for char, gid in plain.han([*chars, "鿿"]).items():
        try:
            alone: int | None = plain[chr(char), Class.ID].gid
        except KeyError:
            alone = None
        assert gid == alone, chr(char)
