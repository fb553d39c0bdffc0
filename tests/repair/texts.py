"""Texts for the repair, made by rule: scanned pages, and Markdown of every kind in any order."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["ALL_FIX", "MARKUP", "PAGES", "SCANS", "fixed"]

from convert.readers.markdown import skeleton
from convert.repair import PASSES, Mode, Repaired, repair

ALL_FIX = {one.name: Mode.FIX for one in PASSES}


def fixed(text: str, *names: str) -> Repaired:
    """*text* with the passes *names* run to fix, or with all of them."""
    modes = dict.fromkeys(names, Mode.FIX) if names else ALL_FIX
    return repair(text, "a.md", skeleton, modes)


_PIECES = st.sampled_from(
    [
        "# ", "## ", "### ", "- ", "  ", "    ", "1. ", "> ", "```", "~~~", ":::", "::: note ", "::: byline", "!!! tip",
        "| a | b |", "|---|---|", "| ", "^^", "$$", "$", "*", "**", "_", "____", "~~", "==", "^", "`", "``", "[", "]", "(", ")",
        "![", "](a 3.png)", "](#x)", "](https://a.b/c--d)", "{#x}", "{.kai}", "{a='b'}", "{lines=2}", "[^1]", "[^1]: ", "^[",
        "<b>", "</b>", "<div>", "</div>", "<a title=\"甲 3\">", "<!--", "-->", "<!-- page 3 -->", "<table>", "<td>", "<ruby>",
        "&amp;", "\\", "\n", "\n", "\n\n", "\n\n", "\n\n", "甲", "乙，丙。", "“引”", "abc ", "word-\n", "ing", "甲 3 乙", "甲,乙", '"甲"',
        "甲--乙", "甲...", "@fig-x", "{汉|hàn}", ": ", "---", "===", "\t", "　　", "[TOC]", "\\newpage", "*[甲]: x", "[r]: https://x",
        "[r]", "一、甲乙。", "**一、甲。**", "（一）", "第一章 ", "1.1 ", "——副题", "张 三", "教授 李小明", "\f", "12", "— 13 —", "and ",
        "\u200b", "\uf900", "\ue000", "12\n\n", "\x00", "页眉\n\n",
        "长江的水在春天里慢慢地涨起来，岸边的柳树一天比一天绿，村里的人都说，今年会有一个好收成",
        "The river rose slowly in the spring, and the willows on its bank grew greener every day, and people said",
    ]
)  # fmt: skip
MARKUP = st.lists(_PIECES, max_size=30).map("".join)
"""Any marks in any order."""

_SENTENCES = st.sampled_from(
    [
        "春天来得早，河边的柳树已经绿了。", "他说：“明天再来。”", "这件事以后再谈，先把眼前的活干完；", "“三农”工作是重中之重，",
        "村里一共有 35 户人家，人口120人。", "The river rose in spring, and people said so. ", "一是把路修好。", "二是",
    ]
)  # fmt: skip
_PARAGRAPHS = st.lists(_SENTENCES, min_size=1, max_size=12).map("".join)
_CUT = st.tuples(_PARAGRAPHS, st.integers(1, 60)).map(lambda pair: pair[0][: pair[1] * 3])
_LINES = st.sampled_from(
    [
        "# 书名", "## 第一章 河", "## 第二章 岸", "### 第一节 水", "## 一、甲", "### 二、乙", "## ——副题", "#### 小题", "王小明", "李 雷",
        "某某大学教授 王小明", "——编者", "1", "2", "3", "— 4 —", "第5页", "河边月刊", "河边月刊 6", "\f", "一、修路。先修村口。", "**二、架桥。**再架桥。",
        "- 一条", "> 引文", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "```\n甲  3\n```", "<!-- page 7 -->", "床前明月光，", "疑是地上霜。",
    ]
)  # fmt: skip
SCANS = st.tuples(
    st.lists(_PARAGRAPHS | _CUT | _LINES, max_size=14), st.sampled_from(["\n\n", "\n", "\n\n\n", "\r\n\r\n"])
).map(lambda pair: pair[1].join(pair[0]))
"""Paragraphs, whole and cut, and what stands between them in scans."""


_LONG = st.lists(_SENTENCES, min_size=8, max_size=40).map(
    lambda parts: "".join(parts).rstrip("，是二") + "完。"
)


def _end(rest: str, room: int) -> int:
    """Where a page of at most *room* characters ends in *rest*; 0 for nowhere.

    A page that ends with its sentence, or with less than a line of one, tells nothing; none ends in a word.
    """
    while room > 30 and (rest[room - 1] in "。；”：. " or rest[room - 1 : room + 1].isascii()):
        room -= 1
    return room if room > 30 else 0


@st.composite
def _pages(draw: st.DrawFn) -> tuple[str, str, int]:
    """A text, the same cut into pages with numbers, heads or form feeds between, and how many ends cut a sentence."""
    paragraphs = draw(st.lists(_LONG, min_size=3, max_size=8))
    height = draw(st.integers(200, 400))
    head = draw(st.sampled_from(["", "河边月刊", "第三章　春水"]))
    form = draw(st.sampled_from(["{}", "— {} —", "第{}页", "- {} -"]))
    gap = draw(st.sampled_from(["\n\n{}\n\n", "\n\n{}\n\n\f"]))
    number = draw(st.integers(1, 300))
    cuts = 0
    out: list[str] = []
    room = height
    for paragraph in paragraphs:
        rest = paragraph
        while len(rest) > room:
            end = _end(rest, room)
            if not end and room == height:
                # Nothing but words of Latin: the page takes them all.
                room = len(rest)
                break
            between = form.format(number) + (f"\n\n{head}" if head else "")
            out.append((rest[:end] + gap.format(between)) if end else gap.format(between).lstrip())
            cuts += end > 0
            rest, room, number = rest[end:], height, number + 1
        out.append(rest + "\n\n")
        room -= len(rest)
    return "\n\n".join(paragraphs), "".join(out).rstrip("\n"), cuts


PAGES = _pages()
"""A text without page ends, and with them, and their count."""
