"""Pinyin: how Han characters are read, and how a person's name is filed in a list.

The readings are pypinyin's.  Its tables are read without its code, which takes half a second to load: the
single characters whole, of the phrases only those that are asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from convert.characters import is_han
from convert.regex import regex

__all__ = ["bare_syllable", "phrase_readings", "readings", "romanized_name", "syllable"]

_SURNAMES = {
    "曾": "zeng", "单": "shan", "單": "shan", "仇": "qiu", "解": "xie", "区": "ou", "區": "ou", "查": "zha",
    "盖": "ge", "蓋": "ge", "缪": "miao", "繆": "miao", "朴": "piao", "乐": "yue", "樂": "yue", "员": "yun",
    "員": "yun", "种": "chong", "翟": "zhai", "秘": "bi", "折": "she", "召": "shao", "覃": "qin", "洗": "xian",
    "隗": "wei", "祭": "zhai", "乜": "nie", "繁": "po", "句": "gou", "角": "jue", "阚": "kan", "薄": "bo",
    "都": "du", "佴": "nai", "卜": "bu", "郇": "xun",
}  # fmt: skip
"""Surnames that are read otherwise than the character mostly is."""
_DOUBLE = {
    "欧阳": "ouyang", "歐陽": "ouyang", "司马": "sima", "司馬": "sima", "上官": "shangguan", "诸葛": "zhuge",
    "諸葛": "zhuge", "司徒": "situ", "司空": "sikong", "东方": "dongfang", "東方": "dongfang", "尉迟": "yuchi",
    "尉遲": "yuchi", "万俟": "moqi", "长孙": "zhangsun", "長孫": "zhangsun", "慕容": "murong", "令狐": "linghu",
    "皇甫": "huangfu", "公孙": "gongsun", "公孫": "gongsun", "宇文": "yuwen", "夏侯": "xiahou", "轩辕": "xuanyuan",
    "独孤": "dugu", "南宫": "nangong", "端木": "duanmu", "澹台": "tantai", "拓跋": "tuoba", "单于": "chanyu",
    "鲜于": "xianyu", "呼延": "huyan", "濮阳": "puyang", "淳于": "chunyu", "西门": "ximen", "东郭": "dongguo",
    "百里": "baili", "申屠": "shentu", "闻人": "wenren", "赫连": "helian", "钟离": "zhongli", "仲孙": "zhongsun",
    "叶赫": "yehe", "爱新": "aixin", "第五": "diwu", "太史": "taishi",
}  # fmt: skip
_LONGEST_NAME = 3
"""Characters of a personal name with a single surname; a longer one is that of a body or from abroad."""
_BEFORE = r"^\s*(?:[\[［〔（(【][^\]］〕）)】]{1,8}[\]］〕）)】]\s*)+"
"""A country or dynasty before the name: ［英］, （清）; compiled for the first name."""


_PHRASE = regex(r'"([^"]+)": \[\n((?:\[\n"[^"]*"\n\],?\n)+)\]')
_SYLLABLE = regex(r'"([^"]*)"')
_LONGEST_PHRASE = 10


def _table(name: str) -> str:
    """The text of a table of pypinyin's."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        return "{}"
    return Path(spec.origin).with_name(name).read_text("utf-8")


@cache
def _readings() -> Mapping[str, str]:
    """Every reading of each character, its commonest first, by the code point's decimal number."""
    import json

    table: dict[str, str] = json.loads(_table("pinyin_dict.json"))
    return table


def readings(char: str) -> tuple[str, ...]:
    """Every reading of a Han character with its tone, the commonest first; empty when there is none."""
    return tuple(filter(None, _readings().get(str(ord(char)), "").split(",")))


def bare_syllable(reading: str) -> str:
    """A reading without its tone: ``lǜ`` is ``lü``."""
    parts = unicodedata.normalize("NFD", reading)
    toneless = "".join(part for part in parts if not unicodedata.combining(part) or part == "\u0308")
    return unicodedata.normalize("NFC", toneless)


def syllable(char: str) -> str:
    """The commonest reading of a Han character without its tone, e.g. ``lü``; empty when there is none."""
    return bare_syllable(_readings().get(str(ord(char)), "").partition(",")[0])


def phrase_readings(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The phrases in *terms* that a dictionary knows, each with a reading a character: 重庆 is chóng qìng.

    Characters that are read in several ways are so by the words they stand in.
    """
    wanted = {
        term[start:end]
        for term in terms
        for start in range(len(term))
        for end in range(start + 2, min(len(term), start + _LONGEST_PHRASE) + 1)
        if all(map(is_han, term[start:end]))
    }
    if not wanted:
        return {}
    found = (match for match in _PHRASE.finditer(_table("phrases_dict.json")) if match[1] in wanted)
    known = {match[1]: tuple(_SYLLABLE.findall(match[2])) for match in found}
    return {phrase: read for phrase, read in known.items() if len(read) == len(phrase)}


def romanized_name(name: str) -> str:
    """A person's name in Han as pinyin, surname first: 林晓舟 is ``Lin Xiaozhou``, ［清］曹雪芹 ``Cao Xueqin``.

    The name of a body, or one from abroad, has its syllables one by one.  Empty when *name* is not in Han,
    or has a character without a reading.  Rules of spelling: GB/T 28039-2011.
    """
    bare = re.sub(_BEFORE, "", name).strip()
    parts = [part for part in re.split(r"[·・•‧\s]+", bare) if part]
    if not parts or not all(is_han(char) for part in parts for char in part):
        return ""
    spelt = [_one_name(part) if len(parts) == 1 else _joined(part).capitalize() for part in parts]
    return " ".join(spelt) if all(spelt) and "?" not in spelt else ""


def _one_name(name: str) -> str:
    surname = _DOUBLE.get(name[:2], "") if len(name) > 2 else ""
    if surname:
        return _pair(surname, _joined(name[2:]))
    if len(name) <= _LONGEST_NAME:
        return _pair(_SURNAMES.get(name[0]) or syllable(name[0]), _joined(name[1:]))
    syllables = [syllable(char) for char in name]
    return " ".join(syllables).capitalize() if all(syllables) else ""


def _pair(surname: str, given: str) -> str:
    return f"{surname.capitalize()} {given.capitalize()}".strip() if surname and given != "?" else ""


def _joined(name: str) -> str:
    """The syllables of *name* as one word, an apostrophe before one that begins with a vowel; ``?`` if one lacks."""
    syllables = [syllable(char) for char in name]
    if not all(syllables):
        return "?"
    return "".join(f"'{part}" if at and part[0] in "aoe" else part for at, part in enumerate(syllables))
