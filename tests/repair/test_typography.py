"""Blanks, marks, quotation marks, dashes, code points, stray words: only in prose, only beside Han."""

from __future__ import annotations

import pytest

from convert.readers.markdown import skeleton
from convert.repair import Mode, Outcome, repair
from tests.repair.texts import fixed

CASES = {
    "spaces": [
        ("为期 3 年的", "为期3年的"), ("共120人", "共120人"), ("用 PDF 打印", "用PDF打印"), ("涨了 20% 左右", "涨了20%左右"),
        ("深化 110 与 12345 对接", "深化110与12345对接"), ("何 苗", "何 苗"), ("a b 3", "a b 3"), ("甲 **乙**", "甲 **乙**"),
        ("# 第 3 章", "# 第3章"), ("- 为期 3 年", "- 为期3年"), ("| 甲 3 | 4 乙 |\n|---|---|\n| 5 丙 | 6 |", "| 甲3 | 4乙 |\n|---|---|\n| 5丙 | 6 |"),
        ("名字 and 日期", "名字 and 日期"), ("甲  \n3 乙", "甲  \n3乙"),
    ],
    "punctuation": [
        ("堤,桥", "堤，桥"), ("堤, 桥", "堤，桥"), ("堤高.桥长.", "堤高。桥长。"), ("修堤:\n\n- 甲", "修堤：\n\n- 甲"), ("好吗?好!", "好吗？好！"),
        ("堤(甲)桥", "堤（甲）桥"), ("(见上)堤", "（见上）堤"), ("高１２米，ＡＢ段", "高12米，AB段"), ("3.5米, 4.5米", "3.5米，4.5米"),
        ("a,b(c)", "a,b(c)"), ("堤.jpg", "堤.jpg"), ("下午3:30", "下午3:30"), ("[堤](a,b.md)好", "[堤](a,b.md)好"), ("甲\n: 乙", "甲\n: 乙"),
        ("堤,  \n桥", "堤，  \n桥"), ("堤![图](a.png)", "堤![图](a.png)"), ("时间:2031年", "时间：2031年"),
    ],
    "quotes": [
        ('他说"好"。', "他说“好”。"), ("他说'好'。", "他说‘好’。"), ('"好，我说\'行\'"。', "“好，我说‘行’”。"), ('say "yes" to it', 'say "yes" to it'),
        ("it's 他的 don't", "it's 他的 don't"), ('他说"好', '他说"好'), ('屏幕15"，又一块', '屏幕15"，又一块'), ('[堤](a.md "题")和"桥"', '[堤](a.md "题")和“桥”'),
        ('# 堤 {k="甲"}', '# 堤 {k="甲"}'),
    ],
    "dashes": [
        ("堤--桥", "堤——桥"), ("堤 -- 桥", "堤——桥"), ("后来...", "后来……"), ("后来。。。再后来", "后来……再后来"), ("后来…再", "后来……再"),
        ("后来……再", "后来……再"), ("a -- b...", "a -- b..."), ("堤\n---\n桥", "堤\n---\n桥"), ("堤\n\n---\n\n桥", "堤\n\n---\n\n桥"),
        ("后来......", "后来……"),
    ],
    "codepoints": [
        ("⼀⼆三", "一二三"), ("\uf900年", "豈年"), ("ﬁne ⻅", "fine 见"), ("水\u200b桥\ufeff路", "水桥路"), ("soft\u00adhy", "softhy"),
        ("👨\u200d👩\u200d👧 می\u200cخواهم", "👨\u200d👩\u200d👧 می\u200cخواهم"), ("`⼀`", "`⼀`"), ("\ufa0e", "\ufa0e"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "wanted"), [(n, *case) for n, cases in CASES.items() for case in cases]
)
def test_a_pass_alone(name: str, text: str, wanted: str) -> None:
    assert fixed(text, name).text == wanted


HARD = (
    "```\n甲 3,乙--\"丙\"...\n```\n\n`甲 3,乙--\"丙\"`和$a 3,b--c$，\n\n$$\n\\text{甲 3,乙}\n$$\n\n<div title=\"甲 3\">\n\n<span title='甲, 3'>堤</span>\n\n</div>\n\n"
    "[堤](甲 3,乙--丙.md \"甲 3\") ![堤](甲--乙 3.png) <https://a.b/c--d> https://a.b/c--d...\n\n{汉 3|hàn}\n\n[堤][甲 3]\n\n[甲 3]: https://a.b/c--d\n\n"
    "    甲 3,乙\n\n## 堤 {#甲--乙 k=\"甲 3\"}\n\n堤[^甲--乙]\n\n[^甲--乙]: 堤\n\n<!-- 甲 3,乙 -->\n\n\\\"甲\\\"\n"
)  # fmt: skip


def test_what_is_no_prose_is_never_touched() -> None:
    front = '---\ntitle: "甲 3,乙--丙"\n---\n\n'
    assert fixed(front + HARD).text == front + HARD


def test_chinese_words_in_an_english_sentence_are_left() -> None:
    text = 'It is one of 作者, 编者 and 译者, as in 共 3 页: see "编者" above, and so on...\n'
    names = ("spaces", "punctuation", "quotes", "dashes", "words")
    assert fixed(text, *names).fixes == ()


def test_lost_characters_are_suspicions() -> None:
    repaired = fixed("水\ufffd桥\ue123路", "codepoints")
    assert repaired.text == "水\ufffd桥\ue123路"
    assert [(fix.outcome, fix.place.column) for fix in repaired.fixes] == [
        (Outcome.SUSPECTED, 2),
        (Outcome.SUSPECTED, 4),
    ]


def test_stray_words_are_found_and_never_taken_out() -> None:
    text = "堤 and 桥。\n\n“堤” of “桥”，`堤 and 桥`，IN 语句\n"
    repaired = fixed(text, "words")
    assert repaired.text == text
    assert [(fix.place.line, fix.place.column) for fix in repaired.fixes] == [(1, 2), (3, 4)]


def test_a_report_changes_nothing_and_tells_the_same() -> None:
    text = '为期 3 年,一个"工程"--完了...'
    names = ("spaces", "punctuation", "quotes", "dashes")
    told = repair(text, "a.md", skeleton, dict.fromkeys(names, Mode.REPORT))
    assert told.text == text
    assert {fix.name for fix in told.fixes} == set(names)
    assert {fix.outcome for fix in told.fixes} == {Outcome.POSSIBLE}
    assert fixed(text, *names).text == "为期3年，一个“工程”——完了……"
