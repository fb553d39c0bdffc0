"""Break opportunities: UAX #14, then the tailorings of Chinese composition.

The text is first turned into a proxy in which each Chinese class is one UAX #14 class and a unit is
transparent; stretches of it are judged once and remembered.  A break index i stands between text[i - 1] and
text[i].
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from convert.regex import regex
from convert.typeset.addresses import divide_addresses, divide_names
from convert.typeset.cjk import Class
from convert.typeset.equations import divide_equations, divide_relations
from convert.typeset.hyphens import MIXED, WORD, hyphen_points, inner_capitals
from convert.typeset.opportunities import (
    DESPERATE,
    EMERGENCY,
    HYPHEN,
    HYPHENATED,
    NEVER,
    ORDINARY,
    PLAIN,
    URL,
    Breaks,
    Zones,
    matches,
)
from convert.typeset.uax14 import breakable

__all__ = ["MEASURE_WORDS", "judge"]

HYPHEN_COST = 50.0
CLOSE_HYPHEN_COST = 120.0
INNER_CAPITAL_COST = 200.0
CODE_COST = 65.0
CODE_EMERGENCY_COST = 500.0
UNIT_COST = 1500.0
UNIT_START_COST = 300.0
MEASURE_COST = 10.0
LETTER_COST = 30.0
SMALL_KANA_COST = 120.0
"""Small kana and ー at a line start, which JLREQ allows and books avoid."""
SPAN_COST = 60.0
NUMBERED_COST = 80.0
"""Between a name and its number: Windows 11, GB/T 15834, Fig. 3."""
INTERPUNCT_COST = 20.0
SOLIDUS_COST = 6500.0
"""A solidus that a typed space follows still ends no line gladly (GB/T 15834-2011 5.1.9)."""
_APART = 3
"""Letters between two hyphens of a word that both come cheap."""


_PROXY = {
    Class.ID: "一",
    Class.BOX: "一",
    Class.LBOX: "一",
    Class.NOTE: "一",
    Class.OP: "「",
    Class.CL: "」",
    Class.FS: "。",
    Class.CM: "。",
    Class.EX: "！",
    Class.MD: "・",
    Class.CN: "・",
    Class.SO: "・",
    Class.DS: "一",
    Class.EL: "一",
    Class.HANGUL: "한",
    Class.ITER: "々",
    Class.CJ: "一",
    Class.SPACE: " ",
    Class.NBSP: "\u00a0",
}
_FREE = frozenset({Class.OP, Class.CL, Class.FS, Class.CM, Class.EX, Class.MD, Class.CN, Class.SO})
_WORDLIKE = frozenset("a1一한")
_PAIRS = frozenset(
    [one + other for signs in ("一한a1", "一한「」。！") for one in signs for other in signs]
    + [pair for mark in "「」。！" for pair in (f"a{mark}", f"{mark}a")]
)
"""Two characters between which UAX #14 decides by themselves, whatever stands beside them (LB13, LB14, LB31).  A figure beside a bracket is not among them: what
stands on the other side of that may belong to the number (LB25)."""


@lru_cache(maxsize=8)
def _table(level: str) -> dict[Class, str]:
    table = dict(_PROXY)
    if level == "strict":
        table[Class.CJ] = "ー"
    if level == "none":
        table.update(dict.fromkeys(_FREE, "一"))
    return table


def _proxies(text: str, classes: Sequence[Class], level: str, odd: Sequence[int]) -> list[str]:
    """The proxy text; *odd* has the indices of all characters that are no ideographs."""
    table = _table(level)
    out = ["一"] * len(text)
    for i in odd:
        char, kind = text[i], classes[i]
        if kind is Class.LAT and char < "\u0250":
            out[i] = "a"
        elif kind is Class.NUM and char < "\x80":
            out[i] = "1"
        elif (proxy := table.get(kind)) is not None:
            out[i] = proxy
        elif char.isascii() and char.isalnum():
            out[i] = "1" if char.isdigit() else "a"
        else:
            out[i] = char
    return out


def _base(proxy: list[str], special: Sequence[int]) -> list[bool]:
    """UAX #14 over the proxy text, cut where the outcome cannot depend on the other side.

    *special* has the indices that do not stand between two ideographs, in order.
    """
    size = len(proxy)
    out = [True] * (size + 1)
    out[0] = out[size] = False
    start = end = 0
    for i in special:
        here, before = proxy[i], proxy[i - 1]
        if before + here in _PAIRS:
            out[i] = breakable(before + here)[1]
            continue
        if before == " " and here in _WORDLIKE and i > 1 and proxy[i - 2] in _WORDLIKE:
            continue
        out[i] = False
        if i != end:
            if end:
                _segment(proxy, start, end, out)
            start = i - 1
        end = i + 1
    if end:
        _segment(proxy, start, end, out)
    return out


def _segment(proxy: list[str], start: int, end: int, out: list[bool]) -> None:
    """Judge proxy[start:end]; runs of letters and of digits are asked as two."""
    text = []
    places = []
    for k in range(start, end):
        char = proxy[k]
        if char in "a1" and k - start > 1 and proxy[k - 1] == char == proxy[k - 2]:
            continue
        text.append(char)
        places.append(k)
    for k, may in zip(places, breakable("".join(text)), strict=True):
        if may and k != start:
            out[k] = True


def judge(
    text: str,
    classes: Sequence[Class],
    *,
    level: str,
    language: str,
    languages: Sequence[str],
    hyphenate: bool,
    keep_all: bool,
) -> Breaks:
    """All places where *text* may be broken, with their ranks and penalties; `islands.find_breaks` asks for them.

    *level* is one of none, basic, gb, strict (CLREQ 6.1.1).  *languages* has a tag per character, for
    hyphenation, unless all is in the one *language*.  *keep_all* breaks Korean at spaces only.
    """
    size = len(text)
    ideograph = Class.ID
    odd = [i for i, kind in enumerate(classes) if kind is not ideograph]
    special = [i for i in sorted({*odd, *(k + 1 for k in odd)}) if 0 < i < size]
    base = _base(_proxies(text, classes, level, odd), special)
    found = Breaks([0 if may else NEVER for may in base], [0.0] * (size + 1), [PLAIN] * (size + 1))
    _units(text, classes, found, level, odd)
    _pairs(text, classes, found, level, special)
    zones = tuple(zone.span() for zone in _ZONE.finditer(text))
    _hyphens(text, found)
    _wide_figures(text, found)
    divide_equations(text, found)
    if zones:
        _numbers(text, found, zones)
        _marks(text, found, zones)
        divide_relations(text, classes, found, zones)
        divide_addresses(text, classes, found, zones)
        divide_names(text, found, zones)
    _verbatim(text, classes, found, odd)
    if hyphenate and zones:
        _hyphenation(text, classes, found, languages, language, zones)
    if keep_all:
        _keep_all(classes, found)
    return found


def _runs(classes: Sequence[Class], wanted: Class, odd: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First index and end of each stretch of one class."""
    start = end = 0
    for i in odd:
        if classes[i] is wanted:
            if i != end:
                if end:
                    yield start, end
                start = i
            end = i + 1
    if end:
        yield start, end


def _units(text: str, classes: Sequence[Class], found: Breaks, level: str, odd: Sequence[int]) -> None:
    """Dashes and ellipses are units of two halves (GB/T 15834 5.1.4, 5.1.5); at strict none starts a line."""
    for wanted in (Class.DS, Class.EL):
        for start, end in _runs(classes, wanted, odd):
            halves = 0
            for i in range(start, end):
                if halves % 2:
                    found.forbid(i)
                elif i and found.rank[i] == ORDINARY:
                    if level == "strict":
                        found.forbid(i)
                    else:
                        found.penalty[i] = UNIT_START_COST
                halves = 0 if text[i] == "⸺" else halves + 1


MEASURE_WORDS = frozenset("年月日号时分秒个只元页课节岁次条%")


def _pairs(text: str, classes: Sequence[Class], found: Breaks, level: str, places: Sequence[int]) -> None:
    """Bans and taxes that two neighbours decide."""
    gb = level in ("gb", "strict")
    for i in places:
        left, right = classes[i - 1], classes[i]
        if right is Class.NOTE:
            found.forbid(i)
        elif text[i] == "-" and left is Class.ID and text[i + 1 : i + 2].isdigit():
            found.allow(i)
        elif (text[i - 1] in "/／" and gb and text[i] != " ") or (left is Class.SO and gb):
            found.forbid(i)
        elif found.rank[i] != ORDINARY:
            if level == "strict" and left in (Class.CM, Class.FS) and right in (Class.DS, Class.EL):
                found.forbid(i)
        elif gb and left is Class.SPACE and i > 1 and text[i - 2] == "/":
            found.penalty[i] = SOLIDUS_COST
        elif right is Class.NUM and i > 1 and _named(text, classes, i):
            found.penalty[i] = NUMBERED_COST
        elif left is Class.NUM and text[i] in MEASURE_WORDS:
            found.penalty[i] = MEASURE_COST
        elif text[i - 1] == "〒" and right is Class.NUM:
            found.forbid(i)
        elif right is Class.CJ:
            found.penalty[i] = SMALL_KANA_COST
        elif left is Class.MD:
            if right in _TOKEN and i > 1 and classes[i - 2] in _TOKEN:
                found.forbid(i)
            else:
                found.penalty[i] = INTERPUNCT_COST
        elif (left is Class.LAT and right is Class.ID and _alone(classes, i - 1)) or (
            left is Class.ID and right is Class.LAT and _alone(classes, i)
        ):
            found.penalty[i] = LETTER_COST


def _named(text: str, classes: Sequence[Class], i: int) -> bool:
    """True when a space and then the end of a word stand before the figure at *i*."""
    return classes[i - 1] is Class.SPACE and (classes[i - 2] is Class.LAT or text[i - 2] == ".")


_TOKEN = (Class.LAT, Class.NUM, Class.UNIT)
"""A point between two of these is a product of units or numbers, not the interpunct of a name."""


def _alone(classes: Sequence[Class], i: int) -> bool:
    """True when the letter at *i* is a token of one letter."""
    before = classes[i - 1] if i else None
    after = classes[i + 1] if i + 1 < len(classes) else None
    return before not in (Class.LAT, Class.NUM) and after not in (Class.LAT, Class.NUM)


_ZONE = regex(r"(?![\s\u2000-\u206f\u3000-\u33ff\uff00-\uff0f\uff1a-\uffef])[^\u3400-\u9fff]+")
"""From a sign that is no Chinese mark to the next ideograph: where words, figures and addresses may stand."""


def _two_letters(text: str) -> bool:
    return len(text) == 2 and text.isalnum() and max(text) < "\u0250"


_HYPHEN_STUB = regex(r"[-‐]")


def _hyphens(text: str, found: Breaks) -> None:
    """After an existing hyphen only with two letters or digits on both sides (CLREQ 6.1.4, house limit)."""
    for match in _HYPHEN_STUB.finditer(text):
        i = match.end()
        if i < len(text) and text[i].isascii() and text[i].isalnum():
            before, after = text[max(0, i - 3) : i - 1], text[i : i + 2]
            if not (_two_letters(before) and _two_letters(after)):
                found.forbid(i)


_UNITS = (
    "bps|cal|cd|cm|dB|dL|dm|dpi|fps|ft|ha|in|kcal|kg|kt|lb|lm|lx|mAh|mg|min|mL|ml|mm|mmHg|mol|mpg|ms|nm|ns|oz"
    "|pH|pt|px|rad|rpm|[kMGT]?Hz|[kMG]?bps|[kMGTP]?B|[kMGT]?W|[kMGT]?Wh|[hkMG]?Pa|[kM]?[JNV]|[mμ]?[AV]|[kM]?Ω"
    "|[μnp]?F|[mμ]?H|[mkμ]?m|[mμ]?s|μL|℃|g|t|l|L|h|K"
)
_NUMBER_UNIT = regex(rf"(?<=\d)[ \u00a0](?=(?:{_UNITS})(?![A-Za-z0-9]))")
_NUMBER_SUFFIX = regex(r"(?<=\d)[ \u00a0](?=[%‰°′″℃℉¢％])")


def _numbers(text: str, found: Breaks, zones: Zones) -> None:
    """A number, a space and its unit or sign stay together (JLREQ 3.1.10 g)."""
    for match in matches(_NUMBER_UNIT, text, zones):
        found.forbid(match.start())
        found.allow(match.end(), UNIT_COST, PLAIN, DESPERATE)
        found.fixed.add(match.end())
    for match in matches(_SPAN, text, zones):
        found.allow(match.end(), SPAN_COST)
    for match in matches(_NUMBER_SUFFIX, text, zones):
        found.forbid(match.start())
        found.forbid(match.end())


_SPAN = regex(r"(?<=\d)~(?=\d)")


_WIDE_FIGURE = regex(r"[０-９①-⓿❶-➓]")
_WIDE_FIGURES = regex(r"[０-９](?:[，．：／－]?[０-９])*[％℃‰]?|[①-⓿❶-➓]{2,}")
"""A number of full-width figures, and enclosed figures in a row."""


def _wide_figures(text: str, found: Breaks) -> None:
    """Full-width figures stay together too."""
    if _WIDE_FIGURE.search(text):
        for match in _WIDE_FIGURES.finditer(text):
            for i in range(match.start() + 1, match.end()):
                found.forbid(i)


_REFERENCE = regex(r"(?<=\S)(?:\[\d{1,3}\]|[¹²³⁰-⁹①-⑳])")


def _marks(text: str, found: Breaks, zones: Zones) -> None:
    """①, [1] and superscript figures stay with the word before them (CLREQ 6.1.2.3)."""
    for match in matches(_REFERENCE, text, zones):
        found.forbid(match.start())


def _verbatim(text: str, classes: Sequence[Class], found: Breaks, odd: Sequence[int]) -> None:
    """Code breaks after its separators, and in an emergency anywhere; never with a hyphen."""
    for start, end in _runs(classes, Class.CODE, odd):
        for i in range(start + 1, end):
            if text[i - 1] in "./_\\:=,;(&|" and text[i].isalnum():
                found.allow(i, CODE_COST, URL)
            elif found.rank[i] == NEVER and text[i] != " ":
                found.allow(i, CODE_EMERGENCY_COST, URL, EMERGENCY)


def _hyphenation(
    text: str, classes: Sequence[Class], found: Breaks, languages: Sequence[str], language: str, zones: Zones
) -> None:
    for match in matches(WORD, text, zones):
        start = match.start()
        if classes[start] is not Class.LAT or (start and text[start - 1] in "/_"):
            continue
        tag = languages[start] if languages else language
        last = 0
        for offset in hyphen_points(match.group(), tag):
            i = start + offset
            if found.rank[i] == NEVER:
                if last > 0 and offset - last < _APART:
                    found.allow(i, CLOSE_HYPHEN_COST, HYPHEN, EMERGENCY)
                    continue
                found.allow(i, HYPHEN_COST, HYPHEN, HYPHENATED)
                last = offset
    for match in matches(MIXED, text, zones):
        for offset in inner_capitals(match.group()):
            i = match.start() + offset
            if found.rank[i] == NEVER and classes[i] is Class.LAT:
                found.allow(i, INNER_CAPITAL_COST, HYPHEN, DESPERATE)
    i = text.find("\u00ad") + 1
    while 0 < i < len(text):
        if found.rank[i] == ORDINARY:
            found.allow(i, HYPHEN_COST, HYPHEN, ORDINARY)
        i = text.find("\u00ad", i) + 1


def _keep_all(classes: Sequence[Class], found: Breaks) -> None:
    """Korean ragged text breaks at word spaces (KLREQ; CSS word-break: keep-all)."""
    for i in range(1, len(classes)):
        if classes[i - 1] not in (Class.SPACE, Class.IS) and Class.HANGUL in (classes[i - 1], classes[i]):
            found.forbid(i)
