"""Pinyin, kana and zhuyin: where they stand and what they open (CLREQ 5.5, JLREQ 3.3)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from convert.model.nodes import RubySegment
from convert.typeset.frame import GlyphRun
from convert.typeset.inline import Line, RubyPiece, TextPiece
from tests.typeset.line.setting import EM, engine, origins, paragraph, style

Part = str | tuple[str, str]
POEM: list[Part] = [("床", "chuáng"), ("前", "qián"), ("明", "míng"), ("月", "yuè"), ("光", "guāng")]


def lines(
    parts: list[Part], measure: float, language: str = "zh-Hans", indent: float = 0.0
) -> tuple[Line, ...]:
    made = [
        TextPiece(part, style(language=language))
        if isinstance(part, str)
        else RubyPiece((RubySegment(*part),), style(language=language))
        for part in parts
    ]
    return engine().set(made, paragraph(measure, indent, language))


def bases(line: Line) -> list[tuple[str, float]]:
    return [(text, x) for text, x in origins(line) if text > "\u2e80"]


def rubies(line: Line) -> list[tuple[str, float, float]]:
    """Text, left and right end of each ruby, in em."""
    out = []
    for run in line.items:
        if isinstance(run, GlyphRun) and run.size < 0.8 * EM:
            end = run.xs[-1] + run.face.advance(run.ids[-1]) * run.size
            out.append(("".join(run.texts), (run.x + run.xs[0]) / EM, (run.x + end) / EM))
    return sorted(out, key=lambda item: item[1])


def test_it_reaches_over_neighbours_that_have_none() -> None:
    line = lines(["姓", ("单", "shàn"), "的人"], 20)[0]
    assert bases(line) == [("姓", 0.0), ("单", 1.0), ("的", 2.0), ("人", 3.0)]
    ((_, left, right),) = rubies(line)
    assert left < 1.0 and right > 2.0
    assert (left + right) / 2 == pytest.approx(1.5, abs=0.01)


def test_it_opens_the_text_where_two_would_touch() -> None:
    line = lines(["看", ("装", "zhuāng"), ("窗", "chuāng"), "户"], 20)[0]
    (_, _, first), (_, second, _) = rubies(line)
    assert second - first == pytest.approx(0.25, abs=0.01)


def test_syllables_in_a_row_stand_at_one_pitch() -> None:
    line = lines(POEM, 30)[0]
    steps = [b - a for (_, a), (_, b) in pairwise(bases(line))]
    assert steps == pytest.approx([steps[0]] * 4, abs=0.002)
    assert steps[0] > 1.4
    for (_, x), (_, left, right) in list(zip(bases(line), rubies(line), strict=True))[1:]:
        assert (left + right) / 2 == pytest.approx(x + 0.5, abs=0.02)


def test_bases_stand_flush_at_the_edges_of_a_line() -> None:
    made = lines([*POEM, *POEM, *POEM], 13.0)
    assert len(made) > 1
    for line in made:
        assert bases(line)[0][1] == pytest.approx(0.0, abs=0.002)
    for line in made[:-1]:
        assert bases(line)[-1][1] == pytest.approx(12.0, abs=0.002)
        assert rubies(line)[0][1] >= -0.01
        assert rubies(line)[-1][2] <= 13.01


def test_a_first_base_stands_at_the_indent() -> None:
    assert bases(lines(POEM, 20, indent=2)[0])[0][1] == pytest.approx(2.0, abs=0.002)


def test_kana_open_nothing_when_neighbours_lend_their_room() -> None:
    line = lines([("難", "むずか"), "しい"], 20, "ja")[0]
    assert [x for _, x in bases(line) if x >= 0][-1] == 2.0
    (group,) = rubies(lines(["の", ("漢字", "かんじ"), "だ"], 20, "ja")[0])
    assert group[1] == pytest.approx(1.0 + 0.5 / 6, abs=0.02)


def test_pinyin_is_in_sans_and_all_of_it_is_there() -> None:
    line = lines(["绿", ("女", "nǚ"), "字"], 20)[0]
    runs = [run for run in line.items if isinstance(run, GlyphRun) and run.size < 0.8 * EM]
    assert {run.face.family for run in runs} == {"Noto Sans SC"}
    assert "".join(text for text, _, _ in rubies(line)) == "nǚ"


def test_zhuyin_is_stacked_beside_its_base_with_the_tone_at_the_upper_right() -> None:
    line = lines([("國", "ㄍㄨㄛˊ"), ("爸", "˙ㄅㄚ")], 20, "zh-Hant")[0]
    runs = [run for run in line.items if isinstance(run, GlyphRun) and run.size < 0.8 * EM]
    middles = []
    for run in runs:
        for glyph in run.glyphs:
            left, bottom, right, top = run.face.ink(glyph.id)
            x = run.x + glyph.x + (left + right) / 2 * run.size
            y = run.y + glyph.y - (bottom + top) / 2 * run.size
            middles.append((glyph.text, x / EM, y / EM))
    word = {text: (x, y) for text, x, y in middles[:4]}
    assert word["ㄍ"][1] < word["ㄨ"][1] < word["ㄛ"][1]
    assert word["ㄍ"][0] == pytest.approx(word["ㄛ"][0], abs=0.01)
    assert all(1.0 < x < 1.5 for x, _ in word.values())
    assert word["ˊ"][0] > word["ㄛ"][0] and word["ㄨ"][1] < word["ˊ"][1] < word["ㄛ"][1]
    neutral = {text: (x, y) for text, x, y in middles[4:]}
    assert neutral["˙"][1] < neutral["ㄅ"][1] < neutral["ㄚ"][1]
    assert bases(line)[1][1] == pytest.approx(1.5, abs=0.01)


def test_zhuyin_signs_are_three_tenths_of_an_em_and_stand_clear_of_one_another() -> None:
    line = lines([("床", "ㄔㄨㄤˊ")], 20, "zh-Hant")[0]
    boxes = {
        glyph.text: (
            (run.x + glyph.x + left * run.size) / EM,
            (run.y + glyph.y - top * run.size) / EM,
            (run.x + glyph.x + right * run.size) / EM,
            (run.y + glyph.y - bottom * run.size) / EM,
        )
        for run in line.items
        if isinstance(run, GlyphRun) and run.size < 0.8 * EM
        for glyph in run.glyphs
        for left, bottom, right, top in [run.face.ink(glyph.id)]
    }
    assert max(right - left for left, _, right, _ in boxes.values()) == pytest.approx(0.3, abs=0.02)
    assert boxes["ㄔ"][3] <= boxes["ㄨ"][1] and boxes["ㄨ"][3] <= boxes["ㄤ"][1]
    assert all(box[0] > 1.0 and box[2] < 1.5 for box in boxes.values())
    assert boxes["ˊ"][0] >= boxes["ㄤ"][2] - 0.01


@pytest.mark.parametrize(
    ("language", "above"), [("zh-Hans", False), ("zh-Hant", False), ("ja", True), ("ko", True)]
)
def test_emphasis_dots_stand_above_in_japanese_and_korean(language: str, above: bool) -> None:
    word = "강조" if language == "ko" else "注意"
    line = engine().set(
        [TextPiece(word, style(language=language, dots=True))], paragraph(9, language=language)
    )[0]
    dots = [run for run in line.items if isinstance(run, GlyphRun) and run.synthetic]
    assert len(dots) == 2
    for dot in dots:
        _, bottom, _, top = dot.face.ink(dot.ids[0])
        ends = -(dot.y - top * dot.size), -(dot.y - bottom * dot.size)
        assert min(ends) > 0.88 * EM if above else max(ends) < -0.12 * EM
