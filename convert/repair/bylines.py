"""The line below a heading that says who wrote: marked as a byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from convert.repair.edits import Change, Edit
from convert.repair.source import Source
from convert.repair.wording import bare, size
from convert.skeleton import Stretch, StretchKind

__all__ = ["byline_lines", "bylines", "heading_runs", "is_signed"]

_LONGEST = 40.0
"""A byline has at most so many ems."""

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐易乔伍庞颜倪庄"
    "聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍涂苗谷盛曲翁冉骆蓝游辛靳柴蒙鲍华喻祁蒲房滕屈饶牟艾尤阳"
    "穆卓古吉缪项芦麦褚娄窦戚岑景宫费卜冷晏席卫柏宗瞿桂佟臧闵苟邬卞姬仇栾隋刁沙荣巫寇桑郎甄丛仲虞敖巩佘池麻苑迟邝"
)
"""Those in common use, without those that often begin another word."""
_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离"
    " 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 西门 第五"
).split()
_HAN = r"[\u4e00-\u9fff]"
_PLAIN_NAME = rf"(?:{'|'.join(_COMPOUND)})[ ]?{_HAN}{{1,2}}|[{_SURNAMES}](?:[ ]{_HAN}|{_HAN}{{2}})|{_HAN}{{2,8}}[·•]{_HAN}{{2,8}}"
"""A name that no other words look like: of three characters, or of two with a blank between."""
_NAME = rf"(?:{_PLAIN_NAME}|[{_SURNAMES}]{_HAN})"
_NAMES = rf"{_NAME}(?:(?:[ ]+|[、，,／/][ ]?){_NAME}){{0,5}}"
_OFFICE = (
    "[长员师者授任席编审士家官监裁使记校]|经理|秘书|顾问|本刊|本报|博士后|研究生|负责人|创始人|发言人|撰稿人"
    "|大学|学院|中学|小学|学校|院|所|系|部|处|科|厅|局|公司|集团|协会|学会|社|中心|委员会|基金会|馆|站"
)
"""What the words before a name end in: an office, or where somebody works."""


@cache
def _signed() -> tuple[re.Pattern[str], ...]:
    """An office and a name; 文／name; □ name; a paper's reporter; several names; a name spaced out; By Name.

    Compiled when first asked for: that takes a tenth of a second, and most builds repair nothing.
    """
    return (
        re.compile(rf"[^。！？；：“”《》]{{0,60}}(?:{_OFFICE})[)）]?[ ]+(?:{_NAMES})"),
        re.compile(
            rf"(?:文|图文|撰文|文字|作者|撰稿|编译|翻译|口述|整理|采写|采访|主笔)[ ]?[/／：:|｜][ ]?(?:[^。！？；：]{{0,30}}[ ])?{_NAMES}"
        ),
        re.compile(rf"[□■○●◎◇◆☆★※][ ]?(?:[^。！？；：]{{0,30}}[ ])?{_NAMES}"),
        re.compile(
            rf"(?:本[报刊台]|新华社)[^。！？；：]{{0,14}}(?:记者|通讯员|评论员|编辑)[ ]?{_NAMES}(?:[ ]+(?:通讯员|记者|编辑)[ ]?{_NAMES})?"
        ),
        re.compile(rf"(?:{_PLAIN_NAME})(?:[ ](?:{_PLAIN_NAME})){{1,5}}"),
        re.compile(rf"[{_SURNAMES}][ ]{_HAN}"),
        re.compile(r"(?:[Bb]y|BY) [A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|and|de|van|von|&|,)){1,8}"),
    )


@cache
def _likely() -> re.Pattern[str]:
    """What is a byline where other articles have one."""
    return re.compile(rf"[^。！？；：“”《》]{{1,60}}[ ]{_NAME}|{_PLAIN_NAME}")


_MARKED = re.compile(r":{3,} *(?:byline|署名)(?:\s.*)?")
_REASON = "the line below this heading says who wrote"


def is_signed(text: str) -> bool:
    """True when *text* is one line that only says who wrote."""
    text = " ".join(bare(text).split())
    return bool(text) and size(text) <= _LONGEST and any(form.fullmatch(text) for form in _signed())


def heading_runs(source: Source) -> list[tuple[list[Stretch], list[Stretch]]]:
    """The headings of the text that follow right on one another, and the bylines right after them.

    A byline that is marked as one counts as well; where two articles have one, a line that ends in a name is
    one too.
    """
    runs = _runs(source)
    out = []
    likely = sum(bool(_bylines(source, run, below, False)) for run, below in runs) > 1
    for run, below in runs:
        out.append((run, _bylines(source, run, below, likely)))
    return out


def _runs(source: Source) -> list[tuple[list[Stretch], list[Stretch]]]:
    """Headings right after one another, and the paragraphs of one line right after them."""
    out: list[tuple[list[Stretch], list[Stretch]]] = []
    run: list[Stretch] = []
    below: list[Stretch] = []
    before: Stretch | None = None
    for stretch in source.stretches:
        if stretch.nested:
            before = None
            continue
        if stretch.kind is StretchKind.HEADING:
            if before is None or below or not run or not source.only_marks_between(before, stretch):
                run, below = [], []
                out.append((run, below))
            run.append(stretch)
        elif stretch.kind is StretchKind.PARAGRAPH and stretch.first == stretch.last and before is not None:
            below.append(stretch)
        else:
            run, below = [], []
            before = None
            continue
        before = stretch
    return out


def _bylines(source: Source, run: list[Stretch], below: list[Stretch], likely: bool) -> list[Stretch]:
    """Those of the lines *below* a run of headings that say who wrote."""
    out: list[Stretch] = []
    before = run[-1]
    for stretch in below:
        between = [line.strip() for line in source.lines[before.last : stretch.first - 1]]
        marked = any(_MARKED.fullmatch(line) for line in between)
        if not marked and not source.only_marks_between(before, stretch):
            break
        text = " ".join(bare(source.raw(stretch)).split())
        signed = is_signed(text) or (
            likely and size(text) <= _LONGEST and _likely().fullmatch(text) is not None
        )
        if not marked and not signed:
            break
        out.append(stretch)
        before = stretch
    return out


def byline_lines(source: Source) -> frozenset[Stretch]:
    """Every paragraph that is a byline."""
    return frozenset(stretch for _, signed in heading_runs(source) for stretch in signed)


def bylines(source: Source) -> Iterator[Change]:
    """Put what says who wrote, right below a heading, into a division of its own."""
    for _, signed in heading_runs(source):
        if not signed or _is_marked(source, signed[0]):
            continue
        start, end = source.begin(signed[0].first), source.end(signed[-1].last)
        yield Change.of(_REASON, Edit(start, start, "::: byline\n"), Edit(end, end, "\n:::"))


def _is_marked(source: Source, stretch: Stretch) -> bool:
    above = next((line for line in source.lines[stretch.first - 2 :: -1] if line.strip()), "")
    return above.lstrip().startswith(":::") if stretch.first > 1 else False
