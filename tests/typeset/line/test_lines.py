"""Whole lines: breaking, justification, make-up, reports."""

from itertools import pairwise
from pathlib import Path

import pytest

from convert.diagnostics import Code, Findings
from convert.model.nodes import ExternalTarget, RubySegment
from convert.records import replace
from convert.theme import Role
from convert.typeset.frame import Anchor, GlyphRun, LinkArea, Rule, shift
from convert.typeset.inline import Align, BoxPiece, BreakPiece, RubyPiece, TextPiece
from tests.typeset.line.setting import EM, cells, engine, lines, origins, paragraph, style, width


def texts(text: str, measure: float, indent: float = 0.0, **layout: object) -> list[str]:
    return [line.text for line in lines(text, measure, indent, **layout)]


def test_nothing_gives_no_line() -> None:
    assert engine().set([], paragraph(20)) == ()
    assert lines("  ", 20) == ()


def test_plain_han_close_without_adjustment() -> None:
    made = lines("千山鸟飞绝万径人踪灭孤舟蓑笠翁独钓寒江雪", 10)
    assert [line.text for line in made] == ["千山鸟飞绝万径人踪灭", "孤舟蓑笠翁独钓寒江雪"]
    assert all(line.stretch == 0 and line.width == 10 * EM for line in made)


def test_a_comma_is_squeezed_before_anything_is_stretched() -> None:
    assert texts("千山鸟飞绝，万径人踪灭。", 11) == ["千山鸟飞绝，万径人踪灭。"]


def test_brackets_give_before_the_comma() -> None:
    line = lines("她问：“行，来吧。”我笑了", 11.5)[0]
    places = dict(origins(line))
    assert line.width == pytest.approx(115)
    assert places["“"] == 2.25 and places["来"] - places["，"] == 1.0 and places["我"] == 8.5


def test_a_last_line_is_never_one_character() -> None:
    assert texts("他昨天没有回家吗", 7) == ["他昨天没有回", "家吗"]


def test_a_long_word_may_stand_alone_in_a_last_line() -> None:
    """It is as wide as three Han; two letters are not."""
    head = "他说出了一个很难的词，那就是"
    assert texts(head + "equivalence", 14)[-1] == "equivalence"
    assert texts(head[:-1] + "是ab", 14)[-1] != "ab"


def test_stretch_stays_out_of_numbers_and_words() -> None:
    text = "电话777和abc这样的词在行里不会被拉开一点点吧"
    stretched = next(
        line for m in (9.3, 9.6, 9.9, 10.2) for line in lines(text, m) if "777" in line.text and line.stretch
    )
    digits = [x for char, x in origins(stretched) if char == "7"]
    natural = [x for char, x in origins(lines(text, 60)[0]) if char == "7"]
    assert digits[2] - digits[0] == pytest.approx(natural[2] - natural[0], abs=0.002)


def test_all_full_lines_are_flush() -> None:
    text = "春天来了，小河“哗哗”地流（真好听），岸边的柳树、桃树都发了芽；孩子们在Park里跑了3圈，笑着说：“今天真暖和！”"
    for measure in (12, 15, 18, 23):
        made = lines(text * 3, measure, 2)
        assert all(line.width == pytest.approx(measure * EM, abs=0.01) for line in made[:-1])


def test_line_edges_are_trimmed() -> None:
    made = lines("甲乙丙丁戊己庚辛壬，“子丑寅卯辰巳午未申酉”", 10)
    assert made[0].text.endswith("，") or made[1].text.startswith("“")
    assert made[0].width == pytest.approx(100)


def test_a_hanging_comma_stands_outside() -> None:
    made = lines("甲乙丙丁戊己庚辛壬癸，子丑寅卯", 10, hanging=True)
    assert made[0].text == "甲乙丙丁戊己庚辛壬癸，" and made[0].stretch == 0
    assert lines("甲乙丙丁戊己庚辛壬癸，子丑寅卯", 10)[0].text != made[0].text


def test_looseness_gives_a_line_more_or_the_usual() -> None:
    text = "今天的天气很好，我们一起去公园里看花、放风筝，" * 8
    part = [TextPiece(text, style())]
    usual = engine().set(part, paragraph(20))
    longer = engine().set(part, paragraph(20), 1)
    assert len(longer) in (len(usual), len(usual) + 1)
    assert "".join(line.text for line in longer) == text
    assert len(engine().set([TextPiece("短", style())], paragraph(20), 1)) == 1


def test_autospace_goes_to_half_an_em_before_han_part() -> None:
    """T2 has its hard limit where the comfortable passes found no solution (CLREQ 6.2.2.4)."""
    text = "窗外是 Manhattan 的街景，屋里是 Schrödinger 的方程"
    seen = []
    for measure in range(9, 16):
        for line in lines(text, measure)[:-1]:
            places = origins(line)
            pairs = list(pairwise(places))
            han = [b[1] - a[1] - 1 for a, b in pairs if "一" <= a[0] <= "龥" and "一" <= b[0] <= "龥"]
            joins = [b[1] - a[1] - 1 for a, b in pairs if "一" <= a[0] <= "龥" and b[0].isascii()]
            if han and joins and max(han) > 0.002:
                seen.append(line.text)
                assert min(joins) >= 0.25 + min(0.25, max(han)) - 0.002
            assert all(gap <= 0.502 for gap in joins)
    assert seen


def test_an_interpunct_at_a_line_end_stands_flush() -> None:
    text = "列奥纳多·达·芬奇、米开朗基罗·博那罗蒂、拉斐尔·桑西"
    ends = [line for m in range(8, 20) for line in lines(text, m)[:-1] if line.text.endswith("·")]
    assert ends
    for line in ends:
        run = [run for run in line.items if isinstance(run, GlyphRun)][-1]
        last = run.glyphs[-1]
        assert run.x + last.x + run.face.advance(last.id) * run.size == pytest.approx(line.width, abs=0.001)


def test_the_space_at_a_line_end_is_there_and_takes_no_room() -> None:
    made = lines("this is English text that needs several lines of its own", 12)
    assert all(line.width == pytest.approx(120, abs=0.01) for line in made[:-1])
    spaced = [line for line in made[:-1] if not line.hyphenated]
    assert spaced and all(origins(line)[-1][0] == " " for line in spaced)
    assert all(origins(line)[-1][1] >= 12 - 0.01 for line in spaced)


def test_kerning_does_not_reach_across_a_line_end() -> None:
    text = "请看https://example.org/.one/.two/.three/.four里的说明"
    assert min(cells(text).unkern.values()) < 0 < max(cells(text).unkern.values())
    divided = [line for m in range(8, 20) for line in lines(text, m) if line.text.endswith("/")]
    assert divided
    for line in divided:
        run = [run for run in line.items if isinstance(run, GlyphRun)][-1]
        last = run.glyphs[-1]
        end = run.x + last.x + run.face.advance(last.id) * run.size * run.scale
        assert line.width == pytest.approx(end, abs=0.03)


def test_letters_are_set_a_trifle_wider_or_narrower_where_a_line_has_no_gap() -> None:
    """Only where else a line stays short, by two hundredths at most, and Han never."""
    findings = Findings()
    text = "地址是https://letters.example/archive/correspondence/nineteen/volumes/index.html，请看"
    seen = set()
    for measure in range(10, 24):
        made = engine(findings).set([TextPiece(text, style())], paragraph(measure))
        for line in made[:-1]:
            runs = [item for item in line.items if isinstance(item, GlyphRun)]
            seen.update(run.scale for run in runs)
            assert all(run.scale == 1.0 for run in runs for char in run.texts if char > "\u2e80")
            if any(run.scale != 1.0 for run in runs):
                assert line.width == pytest.approx(measure * EM, abs=0.01)
                last = next(run for run in reversed(runs) if run.scale != 1.0)
                wide = last.face.advance(last.ids[-1]) * last.size * last.scale
                assert last is not runs[-1] or last.x + last.xs[-1] + wide == pytest.approx(
                    line.width, abs=0.03
                )
    assert min(seen) < 1.0 < max(seen)
    assert all(abs(scale - 1.0) <= 0.0201 for scale in seen)
    plain = lines("这一行有English，也能排得下，所以什么都不会变形", 12)
    assert all(run.scale == 1.0 for line in plain for run in line.items if isinstance(run, GlyphRun))


def test_a_hyphen_is_quires_own() -> None:
    made = lines("他们在讨论一个关于internationalization的问题，谈了很久", 14)
    hyphenated = [line for line in made if line.hyphenated]
    assert hyphenated
    runs = [run for run in hyphenated[0].items if isinstance(run, GlyphRun) and run.synthetic]
    assert [glyph.text for run in runs for glyph in run.glyphs] == ["-"]
    assert "-" not in "".join(line.text for line in made)


def test_a_ligature_is_given_up_where_only_its_hyphen_closes_a_line() -> None:
    text = "山水山水山水山水coffee，山水"
    assert lines(text, 10.5)[0].text.endswith("cof")
    assert any(said == "ff" for line in lines(text, 20) for said, _ in origins(line))


def test_without_hyphenation_there_is_none() -> None:
    made = lines("他们在讨论一个关于internationalization的问题，谈了很久", 14, hyphenate=False)
    assert not any(line.hyphenated for line in made)


def test_a_line_that_cannot_close_is_ragged_and_reported() -> None:
    findings = Findings()
    engine(findings).set([TextPiece("去" + "WWWWWWWW去" * 4, style())], paragraph(12))
    found = [item for item in findings if item.code is Code.LINE_RAGGED]
    assert found and found[0].place.line == 7


def test_an_object_wider_than_the_measure_is_reported() -> None:
    findings = Findings()
    made = engine(findings).set([BoxPiece(300, 10, 0, ())], paragraph(20))
    assert len(made) == 1
    assert [item.code for item in findings] == [Code.LINE_OVERFULL]


def test_a_word_wider_than_the_measure_is_split() -> None:
    findings = Findings()
    made = engine(findings, hyphenate=False).set([TextPiece("W" * 60, style())], paragraph(12))
    assert "".join(line.text for line in made) == "W" * 60
    assert all(line.width <= 120.01 for line in made)


def test_a_character_without_a_font_is_boxed_and_reported_once() -> None:
    findings = Findings()
    made = engine(findings).set([TextPiece("甲\U0003fffd乙\U0003fffd", style())], paragraph(20))
    assert sum(isinstance(item, Rule) for item in made[0].items) == 8
    found = [item for item in findings if item.code is Code.GLYPH_MISSING]
    assert len(found) == 1 and "U+3FFFD" in found[0].message


def test_forced_ends_and_empty_lines_between_them() -> None:
    parts = [TextPiece("甲", style()), BreakPiece(), BreakPiece(), TextPiece("乙", style())]
    assert [line.text for line in engine().set(parts, paragraph(20))] == ["甲", "", "乙"]


def test_verbatim_keeps_its_spaces_and_breaks_anywhere_rather_than_stick_out() -> None:
    code = style(role=Role.MONO, verbatim=True)
    part = [TextPiece("    if x:\n        return  compute_everything_at_once(alpha,beta)", code)]
    made = engine().set(part, paragraph(18, align=Align.LEFT))
    assert made[0].text == "    if x:"
    assert origins(made[0])[0][0] == "    "
    assert all(line.width <= 180.01 for line in made)
    joined = "".join(line.text for line in made[1:])
    assert "return  compute" in joined


def test_emphasis_dots_stand_under_han_only_and_change_no_leading() -> None:
    plain = engine().set([TextPiece("请当心，慢走", style())], paragraph(20))[0]
    line = engine().set([TextPiece("请当心，慢走", style(dots=True))], paragraph(20))[0]
    dots = [run for run in line.items if isinstance(run, GlyphRun) and run.synthetic]
    assert len(dots) == 5
    assert (line.ascent, line.descent) == (plain.ascent, plain.descent)


def test_ruby_stands_above_and_is_not_divided() -> None:
    piece = RubyPiece((RubySegment("朋友", "péngyou"),), style())
    for measure in (3.5, 4.5, 6.0):
        made = engine().set(
            [TextPiece("我的好", style()), piece, TextPiece("来了", style())], paragraph(measure)
        )
        assert sum("朋友" in line.text for line in made) == 1
    ruby = [r for line in made for r in line.items if isinstance(r, GlyphRun) and r.size < EM]
    assert "".join(g.text for r in ruby for g in r.glyphs) == "péngyou"
    assert all(run.y < -8 for run in ruby)


def test_underline_keeps_out_of_the_autospace() -> None:
    parts = [TextPiece("看", style()), TextPiece("Web", style(underline=True)), TextPiece("吧", style())]
    line = engine().set(parts, paragraph(20))[0]
    rule = next(item for item in line.items if isinstance(item, Rule))
    places = dict(origins(line))
    assert rule.x / EM == pytest.approx(places["W"], abs=0.01)
    assert (rule.x + rule.width) / EM == pytest.approx(places["吧"] - 0.25, abs=0.01)
    assert rule.y > 0.12 * EM


def test_a_note_mark_stays_with_its_word_and_is_named_once() -> None:
    mark = TextPiece("①", style(size=6, rise=4), note="n1")
    parts = [TextPiece("甲乙丙丁戊己庚辛壬癸", style()), mark, TextPiece("，子丑寅", style())]
    made = engine().set(parts, paragraph(10))
    assert [line.notes for line in made].count(("n1",)) == 1
    assert not any(line.text.startswith(("①", "，")) for line in made)


def test_links_and_anchors_have_places() -> None:
    target = ExternalTarget("https://example.org")
    parts = [TextPiece("见", style(), anchors=("here",)), TextPiece("此处", style(link=target))]
    line = engine().set(parts, paragraph(20))[0]
    area = next(item for item in line.items if isinstance(item, LinkArea))
    assert (area.x, area.width) == (10.0, 20.0)
    assert any(isinstance(item, Anchor) and item.id == "here" for item in line.items)


def test_a_centred_title_is_balanced() -> None:
    title = "论新时期中学语文教学之改革与发展"
    made = engine().set([TextPiece(title, style())], paragraph(14, align=Align.CENTRE, keep_spaces=True))
    assert [len(line.text) for line in made] == [8, 8]
    left = origins(made[0])[0][1]
    assert left == pytest.approx(3.0)


def test_a_typed_space_divides_a_title() -> None:
    title = "春风又绿江南岸 明月何时照我还呢"
    made = engine().set([TextPiece(title, style())], paragraph(12, align=Align.CENTRE, keep_spaces=True))
    assert [line.text for line in made] == ["春风又绿江南岸", "明月何时照我还呢"]


def test_right_aligned_lines_end_at_the_measure() -> None:
    line = engine().set([TextPiece("某年某月", style())], paragraph(20, align=Align.RIGHT))[0]
    assert line.width == pytest.approx(200)


def test_letters_are_upright_beside_kai_and_slanted_in_emphasis() -> None:
    def faces(**more: object) -> set[bool]:
        line = engine().set([TextPiece("楷体和Kai字2本", style(role=Role.KAI, **more))], paragraph(20))[0]
        runs = [run for run in line.items if isinstance(run, GlyphRun)]
        return {run.face.italic for run in runs if set("Kai2") & set("".join(run.texts))}

    assert faces() == {False}
    assert faces(italic=True) == {True}


def test_autospace_opens_up_before_han_do() -> None:
    """CLREQ 6.2.2.4: word spaces, then autospace up to half an em, and only then all gaps alike."""
    text = "天地玄黄宇宙AB洪荒日月盈昃"
    for more, gap, opened in ((0.4, 0.45, 0.0), (1.0, 0.5, 0.5 / 10)):
        places = dict(origins(lines(text + "ABCDEFGHIJ", width(text) + more)[0]))
        assert abs(places["A"] - places["宙"] - 1.0 - gap) < 0.002
        assert abs(places["地"] - places["天"] - 1.0 - opened) < 0.002


def test_an_ideographic_space_beside_letters_is_half_an_em_in_text_and_a_whole_one_in_titles() -> None:
    for keep, room in ((False, 0.5), (True, 1.0)):
        wanted = paragraph(20, keep_spaces=keep)
        found = engine()._cells([TextPiece("王小明　2024年，顺祝　教安", style())], wanted)
        gaps = [gap.natural for gap, spaces in zip(found.gaps, found.spaces, strict=True) if spaces]
        assert gaps == [room, 1.0]


def test_letters_set_wider_stay_so_wherever_the_line_is_moved() -> None:
    text = (Path(__file__).parents[2] / "fixtures" / "lines" / "numbers.txt").read_text("utf-8")
    made = [line for part in text.split("\n\n") for line in lines(part, 18, 2)]
    scaled = [run for line in made for run in line.items if isinstance(run, GlyphRun) and run.scale != 1.0]
    assert scaled
    assert all(shift(run, 3.0, 4.0) == replace(run, x=run.x + 3.0, y=run.y + 4.0) for run in scaled)
