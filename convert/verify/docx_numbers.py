"""The numbers that Word puts before headings, counted as Word counts them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from convert.records import dataclass, field
from convert.regex import regex

__all__ = ["Numbers"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = regex(r"%([1-9])")
_HAN = ("零一二三四五六七八九", "十百千")
_LEGAL = {
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "japaneseLegal": ("零壱弐参四伍六七八九", "拾百阡"),
}
_COUNTING = frozenset(
    ("chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting")
)


@dataclass(slots=True)
class _Level:
    """A `w:lvl`: `restart` is the highest level (from 0) that makes it begin again, or below 0 for none."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int = 0
    legal: bool = False


@dataclass(slots=True)
class _Number:
    """A `w:num`: its abstract definition, and what it overrides by level."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


class Numbers:
    """Counts through a document: `before` must be asked for each numbered paragraph in order.

    *styles* gives each paragraph style the `w:numId` it has or inherits.
    """

    def __init__(self, numbering: etree._Element | None, styles: Mapping[str, str]) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._linked: dict[tuple[str, str], int] = {}
        self._numbers: dict[str, _Number] = {}
        self._counters: dict[str, dict[int, int]] = {}
        for abstract in numbering.iter(f"{W}abstractNum") if numbering is not None else ():
            self._read_abstract(abstract)
        for number in numbering.iter(f"{W}num") if numbering is not None else ():
            self._read_number(number)

    def _read_abstract(self, abstract: etree._Element) -> None:
        ident = abstract.get(f"{W}abstractNumId", "")
        levels = self._levels[ident] = {}
        for item in abstract.iter(f"{W}lvl"):
            at = int(item.get(f"{W}ilvl", "0"))
            restart = _value(item, "lvlRestart")
            levels[at] = _Level(
                _whole(_value(item, "start"), 1),
                _value(item, "numFmt") or "decimal",
                _value(item, "lvlText"),
                _whole(restart, at) - 1 if restart else at - 1,
                item.find(f"{W}isLgl") is not None,
            )
            if style := _value(item, "pStyle"):
                self._linked[ident, style] = at

    def _read_number(self, item: etree._Element) -> None:
        made = _Number(_value(item, "abstractNumId"))
        for override in item.iter(f"{W}lvlOverride"):
            start = _value(override, "startOverride")
            if start:
                made.starts[int(override.get(f"{W}ilvl", "0"))] = _whole(start, 1)
        self._numbers[item.get(f"{W}numId", "")] = made

    def before(self, paragraph: etree._Element, style: str) -> str:
        """The number that stands before *paragraph*, of that style; empty where there is none."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        ident = _value(own, "numId") if own is not None else ""
        level = _value(own, "ilvl") if own is not None else ""
        number = self._numbers.get(ident or self._styles.get(style, ""))
        if number is None:
            return ""
        at = _whole(level, -1) if level else self._linked.get((number.abstract, style), 0)
        levels = self._levels.get(number.abstract, {})
        if at not in levels:
            return ""
        self._step(number, levels, at)
        return _PLACE.sub(lambda match: self._shown(number, levels, int(match[1]) - 1, at), levels[at].text)

    def _step(self, number: _Number, levels: Mapping[int, _Level], at: int) -> None:
        counters = self._counters.setdefault(number.abstract, {})
        if at in number.starts and at not in number.used:
            counters[at] = number.starts[at]
            number.used.add(at)
        else:
            counters[at] = counters[at] + 1 if at in counters else levels[at].start
        for deeper in [other for other in counters if other > at]:
            if deeper in levels and at <= levels[deeper].restart:
                del counters[deeper]

    def _shown(self, number: _Number, levels: Mapping[int, _Level], level: int, at: int) -> str:
        if level not in levels:
            return ""
        count = self._counters[number.abstract].get(level, levels[level].start)
        return _figures(count, "decimal" if levels[at].legal else levels[level].form)


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _whole(text: str, other: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else other


def _figures(count: int, form: str) -> str:
    """*count* in a `w:numFmt` (ST_NumberFormat, 17.18.59); a format that is not known counts in decimals."""
    if form == "none":
        return ""
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    if form == "decimalEnclosedCircleChinese" and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if form in _COUNTING:
        text = _chinese(count, *_HAN)
        return text.removeprefix("一") if text.startswith("一十") else text
    if form in _LEGAL:
        return _chinese(count, *_LEGAL[form])
    return str(count)


def _chinese(count: int, digits: str, units: str) -> str:
    text = str(count)
    if len(text) > 4:
        return text
    out = "".join(
        digits[int(digit)] + (units[place - 1] if place and digit != "0" else "")
        for digit, place in zip(text, range(len(text) - 1, -1, -1), strict=True)
    )
    return re.sub(f"{digits[0]}+", digits[0], out).rstrip(digits[0]) or digits[0]


def _roman(count: int) -> str:
    out = "M" * (count // 1000)
    for power, (one, five, ten) in ((100, "CDM"), (10, "XLC"), (1, "IVX")):
        digit = count // power % 10
        out += (
            "",
            one,
            one * 2,
            one * 3,
            one + five,
            five,
            five + one,
            five + one * 2,
            five + one * 3,
            one + ten,
        )[digit]
    return out
