"""What a stretch of words looks like: closed or cut, prose or a line that stands alone, numbered how."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    number = number_of(text)
    if number is not None and number.shape == "1.1":
        return text[number.length : number.length + 1].isspace()  # 1.5亿元 is none
    return number is not None or _ALONE.match(text) is not None


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


_CHINESE = rf"[{_DIGITS}]{{1,6}}"
_SHAPES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("第…部", 0, re.compile(rf"第[ ]?({_CHINESE}|[0-9]{{1,4}})[ ]?[部篇编卷辑](?![分位门件])")),
    ("第…章", 1, re.compile(rf"第[ ]?({_CHINESE}|[0-9]{{1,4}})[ ]?(?:[章回讲课]|单元)(?!程)")),
    ("Chapter", 1, re.compile(r"(?:Chapter|CHAPTER)[ ]([0-9]{1,3})\b")),
    ("第…节", 2, re.compile(rf"第[ ]?({_CHINESE}|[0-9]{{1,4}})[ ]?[节条款](?![日目])")),
    ("一、", 3, re.compile(rf"({_CHINESE})[ ]?[、．.](?![0-9])")),
    ("（一）", 4, re.compile(rf"[（(]({_CHINESE})[）)]")),
    ("1.1", 5, re.compile(r"((?:[0-9]{1,3}[.．])+[0-9]{1,3})(?![0-9%])(?=[ \u3000]|[^\x00-\x7f])")),
    ("1.", 5, re.compile(r"([0-9]{1,3})[.．、](?![0-9])")),
    ("（1）", 6, re.compile(r"[（(]([0-9]{1,3})[）)]")),
    ("1）", 6, re.compile(r"([0-9]{1,3})[）)]")),
    ("①", 7, re.compile(r"([\u2460-\u2473])")),
)


def number_of(text: str) -> Number | None:
    """The number that *text* begins with, or None."""
    for shape, rank, pattern in _SHAPES:
        if match := pattern.match(text):
            parts = re.split(r"[.．]", match[1])
            value = _value(parts[-1])
            if value is None:
                continue
            prefix = tuple(int(part) for part in parts[:-1])
            return Number(shape, rank + len(prefix) / 10, value, match.end(), prefix)
    return None


def _value(text: str) -> int | None:
    if text.isdigit() and text.isascii():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    total = digit = 0
    for char in text:
        place = _DIGITS.index(char)
        if char == "百":
            total, digit = total + max(digit, 1) * 100, 0
        elif char == "十":
            total, digit = total + max(digit, 1) * 10, 0
        else:
            digit = 2 if char == "两" else max(0, place - 1)
    return total + digit or None
