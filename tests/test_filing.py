"""How entries are filed: by pinyin, kana, Hangul and letters."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.filing import OTHERS, Clerk


def filed(language: str, *terms: str, readings: dict[str, str] | None = None) -> list[str]:
    """*terms* in order, each letter before the terms under it."""
    said = readings or {}
    clerk = Clerk(language, terms)
    out: list[str] = []
    for term in sorted(terms, key=lambda one: clerk.key(one, said.get(one, ""))):
        group = clerk.group(term, said.get(term, ""))
        if group not in out:
            out.append(group)
        out.append(term)
    return out


def test_chinese_goes_by_pinyin_then_by_tone() -> None:
    assert filed("zh", "字身", "版心", "纸", "拔", "八", "安") == [
        "A",
        "安",
        "B",
        "八",
        "拔",
        "版心",
        "Z",
        "纸",
        "字身",
    ]


def test_syllables_count_before_tones() -> None:
    # yin1 hang2 stands before yin3 liang2: the first syllable's tone decides before the second.
    assert filed("zh", "饮凉", "银行", "音乐") == ["Y", "音乐", "银行", "饮凉"]


def test_a_word_tells_how_its_characters_are_read() -> None:
    assert filed("zh", "重庆", "重量", "行走", "银行") == ["C", "重庆", "X", "行走", "Y", "银行", "Z", "重量"]


@pytest.mark.parametrize("reading", ["lè shān", "lèshān", "le shan", "leshan"])
def test_the_writer_knows_better(reading: str) -> None:
    assert filed("zh", "乐山", "音乐", readings={"乐山": reading})[0] == "L"
    assert filed("zh", "阿房宫", readings={"阿房宫": "ē páng gōng"})[0] == "E"


def test_latin_words_stand_among_the_syllables() -> None:
    assert filed("zh", "EPUB", "鹅毛", "é", "A4", "爱", "《茶经》", "3D") == [
        OTHERS, "3D", "A", "A4", "爱", "C", "《茶经》", "E", "é", "EPUB", "鹅毛",
    ]  # fmt: skip


def test_traditional_characters_have_readings_too() -> None:
    assert filed("zh-TW", "書脊", "紙張") == ["S", "書脊", "Z", "紙張"]


def test_japanese_goes_by_kana() -> None:
    readings = {"本": "ほん", "紙": "かみ", "活字": "カツジ"}
    assert filed("ja", "本", "紙", "活字", "がようし", "ノート", "A4", readings=readings) == [
        "A", "A4", "か", "活字", "紙", "がようし", "な", "ノート", "は", "本",
    ]  # fmt: skip


def test_long_vowels_and_small_kana_count_as_what_they_sound() -> None:
    assert filed("ja", "カート", "かいと", "きゃく", "きやく") == [
        "か",
        "カート",
        "かいと",
        "きやく",
        "きゃく",
    ]


def test_korean_goes_by_hangul_before_latin() -> None:
    assert filed("ko", "책", "종이", "가위", "까치", "EPUB") == [
        "ㄱ",
        "가위",
        "까치",
        "ㅈ",
        "종이",
        "ㅊ",
        "책",
        "E",
        "EPUB",
    ]


def test_other_languages_pass_over_capitals_and_accents() -> None:
    assert filed("en", "étage", "Zebra", "eta", "apple", "Ångström", "2D", "Ωmega") == [
        OTHERS, "2D", "A", "Ångström", "apple", "E", "eta", "étage", "Z", "Zebra", "Ω", "Ωmega",
    ]  # fmt: skip


def test_what_nobody_can_read_is_told() -> None:
    assert (
        Clerk("ja").unread("紙") and not Clerk("ja").unread("紙", "かみ") and not Clerk("ja").unread("カミ")
    )
    assert Clerk("ko").unread("紙") and not Clerk("zh").unread("纸")
    assert Clerk("zh").unread("\U00032000") and Clerk("zh").group("\U00032000") == OTHERS


@given(
    st.sampled_from(["zh", "ja", "ko", "en"]),
    st.lists(st.text("重a庆éあガー가紙1。Ω ", max_size=4), max_size=6),
)
@settings(deadline=None)
def test_any_terms_have_an_order(language: str, terms: list[str]) -> None:
    clerk = Clerk(language, terms)
    ordered = sorted(terms, key=clerk.key)
    assert sorted(ordered, key=clerk.key) == ordered
    groups = [clerk.group(term) for term in ordered]
    assert all(groups)
    # Each group is one stretch.
    assert len(set(groups)) == sum(one != other for one, other in zip(groups, ["", *groups], strict=False))


def test_the_library_s_code_is_not_loaded() -> None:
    script = "import sys; from convert.filing import Clerk; print(Clerk('zh', ['重庆']).group('重庆'), 'pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["C", "False"]
