"""Numbers that the source types itself: 第三章, 一、, （二）, 1., 1.2, Chapter 3, 附录A."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

from convert.model.nodes import NumberForm, NumberStyle
from convert.model.outline import em_space
from convert.numerals import chinese, formal, roman
from convert.records import dataclass
from convert.regex import regex

__all__ = ["STOPS", "Typed", "believed", "is_worded", "names_chapter", "recognise"]

STOPS = "：:、.． "
"""What may follow a number and is none of it."""
_MOST = 999
_ROMAN = {roman(number).upper(): number for number in range(1, 100)}

_HAN = "[〇零一二三四五六七八九十百]{1,7}"
_LEGAL = "[零壹贰貳弐壱叁參参肆伍陆陸柒捌玖拾佰]{1,7}"
_UNITS = "部分|单元|單元|編|编|章|節|节|篇|部|課|课|講|讲|回|単元|单|卷|巻|辑|輯|集|幕"
_UNSURE_UNITS = (
    "節",
    "节",
    "部",
    "課",
    "课",
    "講",
    "讲",
    "回",
    "单",
    "卷",
    "巻",
    "辑",
    "輯",
    "集",
    "幕",
    "篇",
)
"""Units that may also be the beginning of a word: 第二节课, 第三回合."""

_SHAPES = (
    rf"(?P<before>第\s*)(?P<number>{_HAN}|{_LEGAL}|\d{{1,3}})(?P<after>\s*(?P<unit>{_UNITS})[：:、.．]?)(?P<gap>\s*)",
    r"(?P<before>제\s*)(?P<number>\d{1,3})(?P<after>\s*(?P<unit>부|장|절|편|과)[.:]?)(?P<gap>\s+|$)",
    r"(?P<before>(?:Part|Chapter|Section|Lesson|Unit|Appendix)\s+)(?P<number>\d{1,3}|[IVXLC]{1,7}|[A-Z])\b(?P<after>[.:]?)(?P<gap>\s*)",
    rf"(?P<before>(?:附录|附錄|付録|부록)\s*)(?P<number>[A-Z]|{_HAN}|\d{{1,3}})(?P<after>[：:、.．]?)(?P<gap>\s*)",
    rf"(?P<before>[（(])(?P<number>{_HAN}|{_LEGAL}|\d{{1,3}})(?P<after>[）)])(?P<gap>\s*)",
    rf"(?P<before>)(?P<number>{_HAN}|{_LEGAL}|\d{{1,3}})(?P<after>、)(?P<gap>\s*)",
    r"(?P<before>)(?P<above>(?:\d{1,3}\.){1,5})(?P<number>\d{1,3})(?P<after>[.．、]?)(?P<gap>\s+|$)",
    r"(?P<before>)(?P<number>\d{1,3})(?P<after>[.．)）])(?P<gap>\s*)(?!\d)",
    r"(?P<before>)(?P<number>\d{1,3})(?P<after>)(?P<gap>\s+)",
)
"""Read without regard to case; each is compiled when a title begins so that it is asked."""
_HAN_FIGURES = frozenset("〇零一二三四五六七八九十百壹贰貳弐壱叁參参肆伍陆陸柒捌玖拾佰")
_FIRST = _HAN_FIGURES | frozenset("第제（(附付부PCSLUApcslua")
"""What a number can begin with, besides figures: most titles begin with something else."""
_ALONE = regex(r"(?:附录|附錄|付録|부록|Appendix)(?=$|[\s：:])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number at the head of a title.

    `text` is the number with the marks that belong to it, `count` the figure in it (0 for an 附录
    without one), `form` how it is written; `length` counts the characters of the title that number and
    gap take.  `sure` says that the shape alone is proof: 3 only apples need company, 第三章 does not.
    """

    text: str
    count: int
    form: NumberForm
    length: int
    sure: bool

    @property
    def bare(self) -> str:
        """The number without a stop after it: what a reference says."""
        return self.text.rstrip(STOPS)

    @property
    def worded(self) -> bool:
        """See `is_worded`."""
        return is_worded(self.form)


def is_worded(form: NumberForm) -> bool:
    """A number in words, which names its heading wherever it is said: 第三章, Appendix A."""
    return any(char.isalpha() for char in form.pattern.replace("{}", ""))


def names_chapter(form: NumberForm) -> bool:
    """A number that names a chapter of a book: in words, or bare figures; 一、 and （一） count within a text."""
    return is_worded(form) or (form.pattern == "{}" and form.style is NumberStyle.DECIMAL)


def recognise(title: str) -> Typed | None:
    """The number that *title* begins with; None for a title that begins with none."""
    start = len(title) - len(title.lstrip())
    first = title[start : start + 1]
    if first not in _FIRST and not first.isdigit():
        return None
    for at in range(len(_SHAPES)):
        match = _shape(at).match(title, start)
        if match is not None and (made := _made(match, at, title)) is not None:
            return made
    match = _ALONE.match(title, start)
    if match is None:
        return None
    return Typed(match[0], 0, NumberForm(NumberStyle.DECIMAL, match[0]), match.end(), True)


@cache
def _shape(at: int) -> re.Pattern[str]:
    return re.compile(_SHAPES[at], re.IGNORECASE)


def _made(match: re.Match[str], shape: int, title: str) -> Typed | None:
    groups = match.groupdict()
    count, style = _value(match["number"])
    above = (groups.get("above") or "").count(".")
    if not count or (above and re.search(r"(?:^|\.)0", match["above"])):
        return None
    rest = title[match.end() :]
    gap = match["gap"] and em_space(match["after"] or match["number"], rest)
    if gap and match["after"][-1:] in (".", ")") and "　" not in match["gap"]:
        gap = " "
    form = NumberForm(style, f"{match['before']}{{}}{match['after']}", above, gap)
    parted = bool(match["gap"]) or not rest or match["after"].endswith(("：", ":", "、", ".", "．"))
    sure = shape != len(_SHAPES) - 1 and (parted or groups.get("unit") not in _UNSURE_UNITS)
    text = f"{match['before']}{groups.get('above') or ''}{match['number']}{match['after']}"
    return Typed(text, count, form, match.end(), sure)


@cache
def _han_values() -> dict[str, tuple[int, NumberStyle]]:
    """Chinese figures, everyday and formal, by what they are; made when the first one is met."""
    out: dict[str, tuple[int, NumberStyle]] = {}
    for number in range(_MOST, 0, -1):
        for language in ("", "zh-Hant", "ja"):
            out[formal(number, language)] = number, NumberStyle.FORMAL
    for number in range(1, _MOST + 1):
        text = chinese(number)
        out[text] = out[text.replace("零", "〇")] = number, NumberStyle.CHINESE
    return out


def _value(figures: str) -> tuple[int, NumberStyle]:
    """What figures count, and their style; 0 for what is no number."""
    if figures.isdigit():
        return int(figures), NumberStyle.DECIMAL
    if figures[0] in _HAN_FIGURES and figures in _han_values():
        return _han_values()[figures]
    if figures in _ROMAN and (len(figures) > 1 or figures in "IVX"):
        return _ROMAN[figures], NumberStyle.UPPER_ROMAN
    if len(figures) == 1 and "A" <= figures <= "Z":
        return ord(figures) - ord("A") + 1, NumberStyle.UPPER_ALPHA
    return 0, NumberStyle.DECIMAL


def believed(groups: Iterable[Mapping[str, str]]) -> dict[str, Typed]:
    """The typed numbers of headings, by id.  Each group holds the titles of siblings by id, in order.

    A number whose shape alone is no proof is believed where another sibling has the same shape and the
    figures rise.
    """
    out: dict[str, Typed] = {}
    for titles in groups:
        found = {ident: typed for ident, title in titles.items() if (typed := recognise(title))}
        unsure: dict[NumberForm, list[str]] = {}
        for ident, typed in found.items():
            if typed.sure:
                out[ident] = typed
            else:
                unsure.setdefault(typed.form, []).append(ident)
        for same in unsure.values():
            counts = [found[ident].count for ident in same]
            if len(counts) > 1 and all(a < b for a, b in pairwise(counts)):
                out |= {ident: found[ident] for ident in same}
    return out
