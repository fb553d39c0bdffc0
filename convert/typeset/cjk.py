"""Character classes for CJK line layout (CLREQ 6.1, 6.3; JLREQ 3.9; GB/T 15834-2011 part 5).

The classes say how a character takes part in spacing and in the prohibition rules.  UAX #14 classes
come from a library (see `breaks`), these are the finer ones on top of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache

from convert.characters import is_emoji, is_han, is_hangul, is_kana
from convert.regex import regex

__all__ = [
    "COMMON_MARKS",
    "DASHES",
    "DOTS",
    "ELASTIC",
    "PLAIN",
    "WIDE_CLASSES",
    "Class",
    "classes_in",
    "classify",
    "is_cjk_language",
    "is_invisible",
    "is_space",
    "script_of",
    "unit_classes",
]

COMMON_MARKS = "，。、；：！？“”‘’（）《》〈〉「」『』【】〔〕"
PLAIN = regex(f"[\u4e00-\u9fff{COMMON_MARKS}]+")
"""Han and the common marks, each of which is what it is whatever stands beside it, but two ！？ in a row."""


class Class(IntEnum):
    """What a character is to the compositor."""

    ID = 0
    """Ideograph, kana, bopomofo, full-width form: 1 em, open on both sides."""
    OP = 1
    """Opening bracket or wide opening quote: half an em, blank before."""
    CL = 2
    """Closing bracket or wide closing quote: half an em, blank after."""
    FS = 3
    """。！？．: ends a sentence."""
    CM = 4
    """，、；：: the comma group."""
    EX = 5
    """A member of a chain of ！？ or a precomposed pair: rigid."""
    MD = 6
    """Interpunct."""
    CN = 7
    """Connector: ～, a single dash, a hyphen between Han."""
    SO = 8
    """Solidus between Han."""
    DS = 9
    """The two-em dash as one unit."""
    EL = 10
    """The six-dot ellipsis as one unit."""
    IS = 11
    """Ideographic space."""
    LAT = 12
    """Letter of a proportional script."""
    NUM = 13
    """ASCII digit and its kin."""
    PRE = 14
    """Sign before a number."""
    POST = 15
    """Sign after a number."""
    ITER = 16
    """々 and kin: never at a line start."""
    CJ = 17
    """Small kana and the prolonged sound mark."""
    HANGUL = 18
    """Hangul syllable."""
    SYM = 19
    """Any other proportional sign: ASCII punctuation, narrow quotes, mathematics."""
    SPACE = 20
    """A space that may end a line."""
    NBSP = 21
    """A space that may not."""
    NOTE = 22
    """A note mark: hangs on the word before it."""
    BOX = 23
    """An object without Latin in it: like an ideograph."""
    LBOX = 24
    """An object that holds Latin: like a Latin word."""
    CODE = 25
    """A sign in verbatim text."""
    GONE = 26
    """An invisible control: it acts in breaking and is not painted."""
    UNIT = 27
    """Full-width sign of a number or a formula: ℃ ％ ￥ № ＝."""


ELASTIC = frozenset({Class.LAT, Class.NUM, Class.PRE, Class.POST, Class.SYM, Class.CODE})
"""Proportional letters and signs, which may be set a trifle wider or narrower."""

DASHES = frozenset("—―─")
"""Halves of the two-em dash and what stands for them in old files."""
DOTS = frozenset("…⋯‥")
"""Halves of the ellipsis."""

WIDE_CLASSES = frozenset(
    {
        Class.ID,
        Class.OP,
        Class.CL,
        Class.FS,
        Class.CM,
        Class.EX,
        Class.DS,
        Class.EL,
        Class.ITER,
        Class.CJ,
        Class.IS,
    }
)

_OPEN = frozenset("（［｛｟｢〈《「『【〔〖〘〚〝")
_CLOSE = frozenset("）］｝｠｣〉》」』】〕〗〙〛〞〟")
_STOP = frozenset("。．！？｡")
_COMMA = frozenset("，、；：､")
_DOUBLE = frozenset("‼⁇⁈⁉")
_POINT = frozenset("·‧・･")
_WAVE = frozenset("～〜")
_PREFIX = frozenset("$£¥€#+−±")
_SUFFIX = frozenset("%‰‱°′″¢₫")
_FULL_SIGN = frozenset("＄￡￥№＋＝＜＞〒℃℉％￠")
_ITERATION = frozenset("々〻ゝゞヽヾ")
_SMALL_KANA = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶー")
_SPACES = frozenset(" \t\n\r\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f")
_HARD_SPACES = frozenset("\u00a0\u202f\u2007")


@lru_cache(maxsize=64)
def is_cjk_language(language: str) -> bool:
    """True for a tag of Chinese, Japanese or Korean (BCP 47)."""
    return language[:2].lower() in ("zh", "ja", "ko") or language == ""


def is_space(char: str) -> bool:
    """True for a space, breaking or not, other than U+3000."""
    return char in _SPACES or char in _HARD_SPACES


def is_invisible(char: str) -> bool:
    """True for a format control that has no glyph and belongs to no cluster.

    Joiners and variation selectors are left to shaping; they belong to their base.
    """
    code = ord(char)
    if code < 0xAD:
        return code < 0x20 and char not in "\t\n\r"
    return (
        code in (0xAD, 0x200B, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x61C)
        or 0x202A <= code <= 0x202E
        or 0x2061 <= code <= 0x2069
    )


class _Classes(dict[str, Class]):
    """The classes of characters in a language, found out once each."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, char: str) -> Class:
        found = self[char] = classify(char, self._language)
        return found


@lru_cache(maxsize=64)
def classes_in(language: str) -> Mapping[str, Class]:
    """The class of each character, as `classify` gives it; any character may be asked for."""
    return _Classes(language)


def classify(char: str, language: str = "zh-Hans") -> Class:
    """The class of one character, without regard to its neighbours.

    Dashes and dots come out as DS and EL, ！ and ？ as FS, curly quotes as SYM: `unit_classes` and
    `quotes` look at the neighbours.
    """
    code = ord(char)
    if code < 0x80:
        return _ascii(char)
    if is_han(char):
        return Class.ITER if char in _ITERATION else Class.ID
    if char in _COMMA:
        return Class.MD if language.startswith("ja") and char in "：；" else Class.CM
    if char in _STOP:
        return (
            Class.EX
            if char in "！？" and not language.startswith("zh-Hans") and _locale(language)
            else Class.FS
        )
    if char in _OPEN:
        return Class.OP
    if char in _CLOSE:
        return Class.CL
    return _rest(char, code)


def _locale(language: str) -> bool:
    """True where ！ and ？ are rigid: Taiwan, Hong Kong and Japan (CLREQ 6.3.2.1, JLREQ 3.1.2)."""
    return language.startswith(("zh-Hant", "zh-TW", "zh-HK", "ja"))


def _ascii(char: str) -> Class:
    if char.isdigit():
        return Class.NUM
    if char.isalpha():
        return Class.LAT
    if char in _SPACES:
        return Class.SPACE
    if char < " " or char == "\x7f":
        return Class.GONE
    if char in _PREFIX:
        return Class.PRE
    if char in _SUFFIX:
        return Class.POST
    return Class.SYM


def _rest(char: str, code: int) -> Class:
    """Everything beyond ASCII, Han and the common marks."""
    table = (
        (DASHES, Class.DS),
        ("⸺", Class.DS),
        (DOTS, Class.EL),
        (_POINT, Class.MD),
        (_WAVE, Class.CN),
        (_DOUBLE, Class.EX),
        ("\u3000", Class.IS),
        ("／", Class.SO),
        ("－", Class.CN),
        (_ITERATION, Class.ITER),
        (_SMALL_KANA, Class.CJ),
        (_FULL_SIGN, Class.UNIT),
        (_PREFIX, Class.PRE),
        (_SUFFIX, Class.POST),
        (_SPACES, Class.SPACE),
        (_HARD_SPACES, Class.NBSP),
    )
    for members, found in table:
        if char in members:
            return found
    if is_invisible(char):
        return Class.GONE
    if 0x31F0 <= code <= 0x31FF:
        return Class.CJ
    if is_hangul(char):
        return Class.HANGUL
    if (
        is_kana(char)
        or 0x3105 <= code <= 0x312F
        or 0x31A0 <= code <= 0x31BF
        or 0x2460 <= code <= 0x24FF
        or 0x2E80 <= code <= 0x2FDF
        or 0x3000 <= code <= 0x33FF
        or 0xFF01 <= code <= 0xFF5E
        or is_emoji(char)
        or unicodedata.east_asian_width(char) in "FW"
    ):
        return Class.ID
    if char.isalpha() or unicodedata.category(char)[0] == "M":
        return Class.LAT
    if char.isdigit() or char.isnumeric():
        return Class.NUM
    return Class.SYM


_BETWEEN_HAN = {"-": Class.CN, "‐": Class.CN, "–": Class.CN, "/": Class.SO, "•": Class.MD}
_EDGE_SYMBOLS = regex("[%#$&@+±°‰′″€£¥]+")
_NEIGHBOURLY = regex("[-‐–/•·‧・･！？—―─]")
_NEIGHBOURLY_JA = regex("[-‐–/•·‧・･！？—―─：；]")
"""What `unit_classes` judges by its neighbours."""


def unit_classes(text: str, classes: list[Class], language: str) -> None:
    """Refine *classes* in place where the neighbours decide.

    A dash that stands alone is a connector (GB/T 15834 5.1.6); - – / • between two Han are Chinese marks;
    two or more ！？ in a row are one rigid chain (GB/T 15834 5.1.2); a symbol at the edge of a Latin token is
    part of it, so that autospace goes round the whole token (CLREQ 6.3.3).
    """
    size = len(text)
    pattern = _NEIGHBOURLY_JA if language.startswith("ja") else _NEIGHBOURLY
    for found in pattern.finditer(text):
        i, char = found.start(), found[0]
        kind = classes[i]
        if kind is Class.ID or kind is Class.LAT:
            continue
        if char in _BETWEEN_HAN and 0 < i < size - 1:
            if classes[i - 1] in _HANLIKE and classes[i + 1] in _HANLIKE:
                classes[i] = _BETWEEN_HAN[char]
        elif kind is Class.MD and 0 < i < size - 1:
            if Class.LAT in (classes[i - 1], classes[i + 1]) and {classes[i - 1], classes[i + 1]} <= _PRODUCT:
                classes[i] = Class.SYM
        elif char in "！？" and kind is Class.FS:
            if text[i - 1 : i] in _TONES or text[i + 1 : i + 2] in _TONES:
                classes[i] = Class.EX
        elif kind is Class.DS and char in DASHES and _ends_odd_run(text, i):
            classes[i] = Class.CN
    _token_edges(text, classes)


_TONES = ("！", "？")


def _ends_odd_run(text: str, i: int) -> bool:
    """True when the sign at *i* is the last of a row of its like of odd length."""
    char = text[i]
    if text[i + 1 : i + 2] == char:
        return False
    start = i
    while start and text[start - 1] == char:
        start -= 1
    return (i - start) % 2 == 0


_HANLIKE = frozenset({Class.ID, Class.ITER, Class.CJ})
_PRODUCT = frozenset({Class.LAT, Class.NUM, Class.UNIT})
"""N·m and kg·℃: a point between two of these, one a letter, is the narrow sign of a product."""


def _token_edges(text: str, classes: list[Class]) -> None:
    token = (Class.LAT, Class.NUM)
    for found in _EDGE_SYMBOLS.finditer(text):
        start, end = found.span()
        after = start > 0 and classes[start - 1] in token
        beside = after or (end < len(text) and classes[end] in token)
        for i in range(start, end):
            if beside and classes[i] is Class.SYM:
                classes[i] = Class.POST if after else Class.PRE
            elif not beside and classes[i] in (Class.PRE, Class.POST):
                classes[i] = Class.SYM


@lru_cache(maxsize=1 << 14)
def script_of(char: str) -> str:
    """The ISO 15924 code that HarfBuzz should shape *char* under; '' for a sign of any script."""
    if is_han(char) or unicodedata.east_asian_width(char) in "FW":
        return "Kana" if is_kana(char) else "Hani"
    if is_hangul(char):
        return "Hang"
    name = unicodedata.name(char, "").split(" ")[0]
    return {"LATIN": "Latn", "GREEK": "Grek", "CYRILLIC": "Cyrl"}.get(name, "")
