"""What a stretch of words looks like: closed or cut, prose or a line that stands alone, numbered how."""

from __future__ import annotations

import re

from convert.model.nodes import NumberStyle
from convert.numbering.typed import Typed, recognise
from convert.records import dataclass

__all__ = [
    "Number",
    "bare",
    "is_closed",
    "is_label",
    "is_sentence",
    "is_speech",
    "number_of",
    "open_mark",
    "size",
    "stands_alone",
]

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS = "*_~= \t\n\u3000\f"
_STOPS = "。！？!?…｡"
_PAUSES = "；：;:"
_CLOSERS = "”’」』】》〉）)]〕\"'"
_PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", ")": "(", '"': '"'}
_WORD_CHARACTER = re.compile(
    r"[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
_HALF_CHARACTER = re.compile(r"[0-9A-Za-z\u00c0-\u052f]")
_QUOTED_TERM = 12
"""A quotation at the end of a paragraph of more ems than this is speech, a shorter one a term."""

_DIGITS = "〇零一二三四五六七八九十百两"


def bare(text: str) -> str:
    """*text* without marks of emphasis, blanks and comments at its ends."""
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    return text.strip(_MARKS)


def size(text: str, limit: int = 400) -> float:
    """How wide *text* is, in ems: a Chinese character is one, a letter or digit a half; marks do not count.

    No more than its first *limit* characters are looked at.
    """
    head = text[:limit]
    return len(_WORD_CHARACTER.findall(head)) + len(_HALF_CHARACTER.findall(head)) / 2


# ---------------------------------------------------------------- how it ends


def is_closed(text: str) -> bool:
    """True when *text* ends as a paragraph does: with a stop, or a colon, semicolon, dash or speech.

    A comma closes nothing, nor does the mark that ends a term in quotation marks or brackets.
    """
    text = bare(text)
    last = text[-1:]
    if last in _STOPS or last in _PAUSES or text.endswith(("——", "--")):
        return bool(last)
    if last == ".":
        return True
    return last in _CLOSERS and bool(last) and _closes(text)


def _closes(text: str) -> bool:
    """A closing mark ends a paragraph where a stop stands before it, or where it ends speech or a remark."""
    inner = text.rstrip(_CLOSERS)
    if inner[-1:] in _STOPS or inner[-1:] in ".；;":
        return bool(inner)
    opener = _PAIRS.get(text[-1])
    at = text.rfind(opener, 0, len(text) - 1) if opener else -1
    if opener is None or at < 0:
        return False
    if text[-1] in "）)":
        return at == 0 or text[at - 1] in _STOPS
    return at == 0 or size(text[at:]) > _QUOTED_TERM


_SPEAKER = re.compile(r"[^，。；！？：“”]{1,6}：(?![“「])")
"""A name before what is said, as in a play or an interview."""


def is_speech(text: str, rest: str) -> bool:
    """True when *rest*, which follows *text*, is the next speech of a dialogue rather than more of *text*."""
    if _SPEAKER.match(text) and _SPEAKER.match(rest):
        return True
    if not rest.startswith(tuple('“「『‘"')):
        return False
    quoted = text.startswith(tuple('“「『‘"'))
    return quoted or text.endswith(tuple("说道问答喊叫曰云"))


def open_mark(text: str) -> str:
    """The mark that would close what is still open at the end of *text*; empty when nothing is."""
    for opener, closer in (("“", "”"), ("《", "》"), ("（", "）"), ("「", "」"), ("‘", "’")):
        if text.count(opener) > text.count(closer):
            return closer
    return ""


# ---------------------------------------------------------------- what it is

_LABEL = re.compile(
    r"""(?:图|表|附件|附录|附表|附图|插图|照片|例|习题|练习)[ ]?[0-9０-９一二三四五六七八九十]
    |(?:图[为中]|[上下左右]图|资料图)
    |(?:注|附|按|编者按|摘要|提要|关键词|关键字|来源|资料来源|作者|编辑|责编|责任编辑|校对|审校|摄影|通讯员|记者|供稿|译者
       |参考文献|收稿日期|基金项目|作者简介|作者单位|抄送|抄报|主送|附件|此致|敬礼|特此|谨此)(?:[ ]?[：:]|[ \u3000]|$)
    |(?:尊敬|敬爱|亲爱)的
    |(?:Figure|Fig\.|Table|Photo|Source|Note|By|Dear|Chapter|Section|Part)\b""",
    re.VERBOSE,
)
_ALONE = re.compile(
    r"""[ ]?\u3000|\t|[ ]{2}                           # an indent
    |[-–—―－•·◆◇■□●○▲△▪►※★☆→]|\*(?!\*)              # a bullet, a dash
    |[A-Za-z]\.[ ]?[A-Z]""",
    re.VERBOSE,
)


def is_label(text: str) -> bool:
    """True when *text* begins as a caption, a remark at its foot, a salutation or its like does."""
    return _LABEL.match(text.lstrip("*_~= ")) is not None


def stands_alone(text: str) -> bool:
    """True when *text* begins as a paragraph does that goes on with no other: an indent, a number, a label."""
    if _ALONE.match(text) or is_label(text):
        return True
    text = text.lstrip("*_~= ")
    return number_of(text) is not None or _ALONE.match(text) is not None


def is_sentence(text: str) -> bool:
    """True when *text* has a stop or a pause inside it, as prose has and a heading or a name has not."""
    inner = bare(text)[:-1]
    return any(mark in inner for mark in "。！？；") or re.search(r"[.!?;] +[A-Z]", inner) is not None


# ---------------------------------------------------------------- numbers typed


@dataclass(frozen=True, slots=True)
class Number:
    """A number typed before a heading or a paragraph.

    `shape` tells what kind it is and `rank` how high that kind stands, from 0 for 第一部; `value` is its
    count, and `prefix` what stands before it in 1.2.3.
    """

    shape: str
    rank: float
    value: int
    length: int
    prefix: tuple[int, ...] = ()


_RANKS = (
    (0, "部编編篇卷巻辑輯集幕", ("Part", "第{}部分")),
    (1, "章回讲講课課", ("Chapter", "Lesson", "Unit", "第{}单元", "第{}單元", "第{}単元")),
    (2, "节節", ("Section",)),
)
"""How high numbers in words stand: by the unit behind 第一, or by the whole word."""
_MARKED = {
    "{}、": (3, 5),
    "{}．": (3, 5),
    "（{}）": (4, 6),
    "({})": (4, 6),
    "{}.": (5, 5),
    "{})": (6, 6),
    "{}）": (6, 6),
}
"""How high others stand, with Chinese figures and with digits."""
_MORE: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("第…条", 2, re.compile(rf"第[ ]?([{_DIGITS}]{{1,6}}|[0-9]{{1,4}})[ ]?[条款](?![日目约件])")),
    ("1.1", 5, re.compile(r"((?:[0-9]{1,3}[.．])+[0-9]{1,3})(?=[^\x00-\x7f%．])(?![年月日万亿元米度倍个])")),
    ("①", 7, re.compile(r"([\u2460-\u2473])")),
)
"""Shapes that count in a text and number no headings."""


def number_of(text: str) -> Number | None:
    """The number that *text* begins with, or None."""
    head = text[:60]
    typed = recognise(head)
    if typed is not None and typed.sure:
        return _ranked(typed)
    for shape, rank, pattern in _MORE:
        if match := pattern.match(head):
            parts = re.split(r"[.．]", match[1])
            prefix = tuple(int(part) for part in parts[:-1])
            value = int(parts[-1]) if parts[-1].isdecimal() else 0
            return Number(shape, rank + len(prefix) / 10, value, match.end(), prefix)
    return None


def _ranked(typed: Typed) -> Number | None:
    """A number of a heading as one to compare; None for an appendix, which stands under nothing."""
    pattern, count, length = typed.form.pattern.replace(" ", ""), typed.count, typed.length
    if typed.form.above:
        prefix = tuple(int(part) for part in typed.text.rstrip(".．、").split(".")[:-1])
        return Number("1.1", 5 + len(prefix) / 10, count, length, prefix)
    for rank, units, words in _RANKS:
        if pattern.startswith(words) or (pattern.startswith("第{}") and pattern[3:4] in tuple(units)):
            return Number("第…" + pattern[3:4] if pattern[0] == "第" else words[0], rank, count, length)
    ranks = _MARKED.get(pattern)
    if ranks is None:
        return None
    digits = typed.form.style is NumberStyle.DECIMAL
    return Number(pattern + ("1" if digits else "一"), ranks[digits], count, length)
