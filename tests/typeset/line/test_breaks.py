"""Where a line may end (CLREQ 6.1, GB/T 15834-2011 5.1, UAX #14)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.typeset import breaks as breaks_module
from convert.typeset.addresses import ADDRESS
from convert.typeset.breaks import judge
from convert.typeset.cjk import Class
from convert.typeset.hyphens import hyphen_points
from convert.typeset.islands import find_breaks
from convert.typeset.opportunities import DESPERATE, EMERGENCY, HYPHEN, HYPHENATED, NEVER, ORDINARY
from convert.typeset.uax14 import core
from tests.typeset.line.setting import breaks, cells, classes, pieces, said


@pytest.mark.parametrize(
    "expected",
    [
        "我|买|了|书、|笔，|还|有|纸。",
        "看|《红|楼|梦》|了",
        "好|（见|下|页）。|走",
        "“来|了？”|她|问",
        "完|了。”）|散|会",
        "她|念：|“《诗|经》|有|‘风’|篇。”|我|听",
        "列|奥|纳|多·|达|芬|奇",
        "东|京～|大|阪",
        "杭|州—|宁|波|线",
        "真|的⁉|假|的",
        "是/或|否",
        "斤|（元／两）",
        "算|了|……，|再|见",
        "“唉|……”|他|叹",
        "咦|……|……|走",
        "共|2.5|吨",
        "约|12.5%|的|水",
        "到|25℃|了",
        "只|要|¥2,340|吧",
        "低|到|-8℃|吗",
        "差|±0.2‰|内",
        "正|午|12:30|开",
        "长|7 km|路",
        "电|话|010-2233|通",
        "用|deep |learning|吧",
        "一|个|self-|taught|的",
        "写|x-ray|图",
        "说|Yes, |well.|我",
        "值|g(y)|为|零",
        "标|准|GB/T |7714|号",
        "不|要|can’t|写",
        "说|法②，|下|文",
        "数|据[3]，|可|信",
        "【一】|〔备|考〕|行",
        "子|（丑|（寅）|卯）|辰",
        "东　|南　|西",
        "去？|不|去！|随|你；|又：|行",
        "第|8|章|有|20|分|钟",
        "二|〇|一|九|年",
        "升|了|60％|呢",
        "学|Rust|写|代|码",
        "见|pp. |7|的|图",
        "见|附|件|(B)|吧",
        "An |“old” |word |是|旧|词",
        "叹|——|……|走",
        "零|⋯⋯|整",
        "从|⸺|到",
    ],
)
def test_at_the_usual_level(expected: str) -> None:
    assert pieces(expected.replace("|", "")) == expected


@pytest.mark.parametrize(
    ("expected", "language"),
    [
        ("她|問：|「來|吧。」|我|答", "zh-Hant"),
        ("約|翰．|史|密", "zh-Hant"),
        ("「京|都・|奈|良」|で|す。", "ja"),
        ("時々|来|る", "ja"),
    ],
)
def test_in_other_languages(expected: str, language: str) -> None:
    assert pieces(expected.replace("|", ""), language=language) == expected


def test_a_dash_starts_a_line_below_strict_only() -> None:
    assert pieces("想了——又想") == "想|了|——|又|想"
    assert pieces("想了——又想", "strict") == "想|了——|又|想"


def test_a_dash_at_a_line_start_costs() -> None:
    found = breaks("想了——又想")
    assert found.penalty[2] == 300 and found.penalty[1] == 0


def test_a_solidus_before_a_space_is_taxed() -> None:
    text = "把 /s/ 读成 s 音"
    found, free = breaks(text), breaks(text, "basic")
    at = text.index("读")
    assert found.rank[at] == 0 and found.penalty[at] > 500 > free.penalty[at]


def test_a_solidus_ends_a_line_at_basic_only() -> None:
    assert pieces("是/或否", "basic") == "是/|或|否"


def test_at_none_a_stop_may_start_a_line() -> None:
    assert pieces("好，走", "none") == "好|，|走"


def test_small_kana_are_barred_at_strict() -> None:
    assert pieces("ちょっと", language="ja") == "ち|ょ|っ|と"
    assert pieces("ちょっと", "strict", "ja") == "ちょっ|と"


def test_the_iteration_mark_never_starts_a_line() -> None:
    assert pieces("我々も", language="ja") == "我々|も"


def test_korean_breaks_at_spaces_in_ragged_text_and_at_syllables_else() -> None:
    assert pieces("오늘 날씨가", language="ko", keep_all=True) == "오늘 |날씨가"
    assert pieces("오늘 날씨가", language="ko") == "오|늘 |날|씨|가"


def test_controls_of_the_source_are_obeyed() -> None:
    assert pieces("天\u200b地") == "天\u200b|地"
    assert pieces("天\u2060地") == "天\u2060地"
    assert pieces("第3\u00a0章节") == "第|3\u00a0章|节"


def test_an_address_breaks_after_its_separators_and_never_in_its_scheme() -> None:
    expected = "在|http://|my|-site|.net/|a/|b|_c?|k=|v&|n=|2|页"
    assert pieces(expected.replace("|", "")) == expected


def places(text: str, rank: int) -> list[str]:
    """*text* from each break of this rank on."""
    found = breaks(text)
    return [text[i:] for i in range(1, len(text)) if found.rank[i] == rank]


ISLANDS = st.text(alphabet="天地年号の々ー，。！“”’（）《—…-/·3０①a1 b.:%°=＋@_\u00ad\u00a0한é", max_size=40)


@given(
    ISLANDS, st.sampled_from(["gb", "none", "strict"]), st.sampled_from(["zh-Hans", "zh-Hant", "ja", "ko"])
)
@settings(max_examples=150, deadline=None)
def test_what_stands_between_ideographs_is_judged_by_itself(text: str, level: str, language: str) -> None:
    kinds = classes(text, language)
    whole = judge(
        text, kinds, level=level, language=language, languages=(), hyphenate=True, keep_all=language == "ko"
    )
    assert find_breaks(text, kinds, level=level, language=language, keep_all=language == "ko") == whole
    assert min(whole.penalty) >= 0.0  # the search for line ends takes it for granted


@given(st.text(alphabet="天。，！「」（一한a1 ,.%-—…·々/$([\u0301é℃№", min_size=1, max_size=30))
@settings(max_examples=150, deadline=None)
def test_pairs_of_marks_break_as_the_library_says(text: str) -> None:
    kinds = classes(text)
    odd = [i for i, kind in enumerate(kinds) if kind is not Class.ID]
    proxy = breaks_module._proxies(text, kinds, "gb", odd)
    found = breaks_module._base(proxy, list(range(1, len(text))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(breaks_module, "_PAIRS", frozenset())
        assert breaks_module._base(proxy, list(range(1, len(text)))) == found


def test_a_solidus_costs_where_the_line_does_not_show_a_url() -> None:
    url, path = "看https://example.org/guide/intro", "看/home/anna/notes/intro"
    assert breaks(url).far[url.index("guide")][0] == 1
    assert breaks(path).far[path.index("notes")][0] == -1


def test_letters_of_an_address_may_part_where_www_is_seen_and_a_solidus_may_not() -> None:
    text = "看www.example.org/guidebook"
    far = breaks(text).far
    assert far[text.index("debook")][0] == 1
    assert far[text.index("guide")][0] == -1


def test_an_email_address_parts_at_its_signs_before_its_letters() -> None:
    text = "写信给someone@mail.example即可"
    found = breaks(text)
    at, letter = text.index("@"), text.index("one@")
    assert found.rank[at] == found.rank[letter] == EMERGENCY
    assert found.penalty[at] < found.penalty[letter]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("变量reading_room_8里", ["_room_8里", "_8里"]),
        ("叫做PowerPoint的", ["Point的"]),
        ("拨打0571-8899-7766吧", ["8899-7766吧", "7766吧"]),
        ("模块thing.parser.tools里", [".parser.tools里", ".tools里"]),
        ("地址fe80:db8:11e:7a里", ["db8:11e:7a里", "11e:7a里", "7a里"]),
        ("长25 km整", ["km整"]),
        ("在2025-03-14那天", []),
        ("比8:30早", []),
        ("共3.14和1,280", []),
        ("在iPhone上", []),
    ],
)
def test_names_part_only_when_else_a_line_stays_short(text: str, expected: list[str]) -> None:
    assert places(text, DESPERATE) == expected


def test_figures_of_full_width_and_enclosed_ones_stay_together() -> None:
    assert pieces("共１２．５％吧") == "共|１２．５％|吧"
    assert pieces("见⑴⑵⑶处") == "见|⑴⑵⑶|处"


def test_a_point_between_units_is_no_interpunct() -> None:
    assert pieces("力矩9 N·m整") == "力|矩|9 N·m|整"
    assert classes("9 N·m")[3] is Class.SYM
    assert classes("安娜·李")[2] is Class.MD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令x＝7且y＝8", "令|x＝|7|且|y＝|8"),
        ("甲＋乙＝丙", "甲＋|乙＝|丙"),
        ("用a = 3代", "用|a = |3|代"),
        ("路程 ÷ 时间", "路|程 ÷ |时|间"),
        ("得－3", "得－|3"),
        ("拨＋86吧", "拨|＋86|吧"),
        ("由甲→乙", "由|甲|→|乙"),
    ],
)
def test_a_formula_ends_lines_after_its_signs_and_not_before(text: str, expected: str) -> None:
    """GB/T 3102.11."""
    assert pieces(text) == expected


def test_a_span_of_numbers_parts_behind_its_tilde() -> None:
    assert pieces("공개 3~5월", language="ko") == "공|개 |3~|5|월"


def test_a_postal_mark_stays_with_its_number() -> None:
    assert pieces("店（〒100）", language="ja") == "店|（〒100）"


def test_small_kana_begin_a_line_at_a_cost() -> None:
    found = breaks("行った。メーカー", language="ja")
    assert found.rank[1] == found.rank[5] == found.rank[7] == ORDINARY
    assert min(found.penalty[i] for i in (1, 5, 7)) > found.penalty[2] == 0.0


def test_brackets_of_less_and_greater_are_no_formula() -> None:
    assert pieces("见＜注＞处") == "见|＜|注|＞|处"
    assert pieces("若x＜9则") == "若|x＜|9|则"


def test_a_formula_without_spaces_parts_in_an_emergency_only() -> None:
    assert places("若m=12则", EMERGENCY) == ["12则"]
    assert places("若m==12则", EMERGENCY) == []


def test_a_hard_space_that_goes_leaves_its_ban() -> None:
    found = cells("共6\u00a0页纸")
    texts = said(found)
    assert texts == ["共", "6", "页", "纸"] and found.rank[texts.index("页")] == NEVER
    assert cells("共6页纸").rank[2] != NEVER


def test_an_address_gets_no_hyphen() -> None:
    found = breaks("看https://documentation.example/understanding")
    assert HYPHEN not in found.kind


def test_letters_of_an_address_part_three_and_three_before_fewer() -> None:
    text = "https://abcdefgh.example"
    penalty = breaks(text).penalty
    assert penalty[text.index("defgh")] < penalty[text.index("cdefgh")]
    assert penalty[text.index("fgh")] < penalty[text.index("gh")]


@pytest.mark.parametrize("text", ["用Windows 11的", "据GB/T 15834的", "见Fig. 3的"])
def test_a_name_and_its_number_part_at_a_cost(text: str) -> None:
    found = breaks(text)
    at = text.rindex(" ") + 1
    assert found.rank[at] == ORDINARY and found.penalty[at] > 0
    assert found.penalty[text.index("的")] == 0


def test_letters_of_an_address_part_in_an_emergency_only() -> None:
    text = "https://abcdefgh.org"
    found = breaks(text)
    assert found.rank[text.index("efgh")] == EMERGENCY
    assert found.rank[text.index("rg")] == NEVER


@pytest.mark.parametrize(("word", "expected"), [("unthinkable", "un-think-able")])
def test_words_are_hyphenated(word: str, expected: str) -> None:
    found = breaks(f"一个{word}的")
    shown = "".join(
        ("-" if found.kind[i + 2] == HYPHEN and found.rank[i + 2] == HYPHENATED else "") + char
        for i, char in enumerate(word)
    )
    assert shown.replace("-", "") == word
    parts = shown.split("-")
    assert len(parts[-1]) >= 3 or parts == [word]
    assert expected.startswith(parts[0])


@pytest.mark.parametrize(
    "expected",
    [
        "zhōng-guó",
        "péng-you",
        "Běi-jīng",
        "nán-guā",
        "xǐ-huan",
        "tú-shū-guǎn",
        "xue-sheng",
        "huā-yuánr",
        "xuéxí",
    ],
)
def test_pinyin_is_divided_between_its_syllables(expected: str) -> None:
    """GB/T 16159; two letters before and three after as in every word."""
    word = expected.replace("-", "")
    found = breaks(f"一个{word}的")
    shown = "".join(("-" if found.kind[i + 2] == HYPHEN else "") + char for i, char in enumerate(word))
    assert shown == expected


def test_pinyin_is_looked_for_in_east_asian_text_only() -> None:
    assert hyphen_points("xuesheng", "zh-Hans") == (3,)
    assert hyphen_points("xuesheng", "en") != (3,)
    assert hyphen_points("zhang" * 2000, "zh-Hans") is not None


@pytest.mark.parametrize("word", ["NASA", "UNESCO", "iPhone", "JavaScript", "abc123def", "read-only", "tree"])
def test_some_words_are_never_hyphenated(word: str) -> None:
    assert HYPHENATED not in breaks(f"叫{word}的").rank


def test_the_core_is_plain_uax_14() -> None:
    assert core("ab cd") == (False, False, False, True, False)
    assert core("「あ」") == (False, False, False)
    assert core("あい") == (False, True)


def test_long_stretches_are_judged_as_short_ones() -> None:
    word = "abcdefghij" * 30
    assert [i for i in breaks(f"一{word}二").allowed() if i] == [1, 301]


def test_the_core_agrees_with_a_sample_of_the_standards_own_kinds() -> None:
    """LB4 to LB31 in one case each, of our own wording (UAX #14, 6.1)."""
    cases = {
        "a\nb": [2],
        "a\u200bb": [2],
        "a\u2060b": [],
        "a\u00a0b": [],
        "a b": [2],
        "a )b": [],
        "( a": [],
        "a\u2014b": [1, 2],
        "a-b": [2],
        "3.14": [],
        "$5": [],
        "50%": [],
        "天地": [1],
        "天。": [],
        "「天": [],
        "한글": [1],
        "e\u0301a": [],
        "👩\u200d👩": [],
        "a/b": [2],
    }
    found = {text: [i for i, may in enumerate(core(text)) if may and i] for text in cases}
    assert found == cases


@pytest.mark.parametrize("text", ["someone@mail.example", "https://a.example/b", "one/two/three"])
def test_an_address_is_looked_for_at_the_beginning_of_a_token_only(text: str) -> None:
    """Else a long stretch without spaces would be read once for each of its characters."""
    found = ADDRESS.match(text)
    assert found is not None and found.group() == text
    assert all(ADDRESS.match(text, i) is None for i in (1, 2))
