"""Texts to measure with, made from fixed parts in a fixed order."""

from __future__ import annotations

import re

_PARTS = (
    "纸从树里来，也从旧布和麦草里来。把它们泡软、打散、捞在帘子上，沥去水，就成了一张薄薄的纸。",
    "书架上最旧的那一本，书脊已经褪色，翻开来却还看得清扉页上的字：“送给小满，一九八四年冬。”",
    "他们在院子里晒书，一本一本摊开，怕风大，又在四角压上石子；猫走过来，闻了闻，走开了。",
    "排字的师傅说，标点不是字，可是比字更难放：放在行头不像话，放在行尾又要收一收。",
    "“你看这一行，”他指着校样，“只多了半个字的地方，就要从别处匀出来——不能叫人看出痕迹。”",
    "印刷机在隔壁响了一夜……天亮的时候，头一批书页已经折好，等着上线订成册子。",
    "河边的村子叫柳树湾，村里有个小学校，学校里有一间图书室，图书室里有四百二十本书。",
    "老师把《山里的孩子》念了三遍，学生们还要听；第四遍，大家已经能跟着背了。",
)
_MIXED = (
    "这本书用 A5 纸，每页 26 行，每行 28 字，全书约 20 万字；定价 38.00 元，见 https://www.example.org/books/2024/index.html 。",
    "文件名写成 chapter_01.md，运行 python3 -m convert build，几秒钟就得到 PDF、EPUB 和 DOCX 三种文件。",
    "弗吉尼亚·伍尔夫（Virginia Woolf）的《到灯塔去》（To the Lighthouse）出版于 1927 年 5 月 5 日。",
)


def prose(characters: int, mixed: bool = False) -> str:
    """Markdown of about *characters* characters: chapters, sections, paragraphs of uneven length."""
    parts = _PARTS + _MIXED if mixed else _PARTS
    out: list[str] = ["# 长长的书\n"]
    size = step = 0
    while size < characters:
        if step % 40 == 0:
            out.append(f"## 第{step // 40 + 1}部分\n")
        # Steps that share no factor with the number of parts keep paragraphs from repeating soon.
        sentences = [
            parts[(step * 5 + at * 3 + step // len(parts)) % len(parts)] for at in range(2 + step * 7 % 5)
        ]
        text = "".join(sentences)
        out.append(text + "\n")
        size += len(text)
        step += 1
    return "\n".join(out)


def dense(size: int) -> str:
    """Markdown of about *size* bytes that is mostly lists, tables and links, with headings and notes."""
    out: list[str] = ["# 清单、表格与链接\n"]
    made = step = 0
    while made < size:
        word = _PARTS[step % len(_PARTS)]
        piece = [f"## 第{step + 1}节\n"] if step % 12 == 0 else []
        piece.append(
            f"{word[:18]}见[第{step}页](https://example.org/{step}/page.html)，又见[目录](https://example.org/{step})。"
        )
        piece[-1] += f"这里有**要紧的话**和*着重的话*，还有 `code_{step}` 与注[^n{step}]。\n"
        kind = step % 3
        if kind == 0:
            piece += [
                f"- {word[at : at + 14]}，[链接{at}](https://example.org/{step}/{at})\n    - 下一层：{word[at : at + 9]}"
                for at in range(6)
            ]
        elif kind == 1:
            piece += [f"{at + 1}. {word[at : at + 16]}**第{at}步**" for at in range(8)]
        else:
            piece.append("| 项目 | 数量 | 单价 | 说明 |\n|:---|---:|---:|:---|")
            piece += [
                f"| {word[at : at + 6]} | {step + at} | {at}.50 | [{word[at : at + 4]}](https://example.org/t{step}) |"
                for at in range(8)
            ]
        piece.append(f"\n[^n{step}]: {word[:20]}，见第 {step} 页。\n")
        text = "\n".join(piece)
        out.append(text)
        made += len(text.encode())
        step += 1
    return "\n".join(out)


KINDS = {
    "prose": "chapters of Chinese",
    "tables": "mostly lists, tables and links",
    "notes": "prose with a note or two to each paragraph",
    "latin": "prose mixed with Latin words, figures and addresses",
}
"""What there is, and what it is."""


def book(kind: str, size: int) -> str:
    """Markdown of about *size* bytes in chapters.

    *kind* is one of `KINDS`.
    """
    if kind == "tables":
        return dense(size)
    parts = _PARTS if kind != "latin" else _PARTS + _MIXED
    out = ["前言在先。\n"]
    made = step = 0
    while made < size:
        head = f"# 第{step // 120 + 1}章\n\n" if step % 120 == 0 else ""
        head += f"## 第{step // 40 + 1}节\n\n" if step % 40 == 0 else ""
        count = 2 + step * 7 % 5
        said = [parts[(step * 5 + at * 3 + step // len(parts)) % len(parts)] for at in range(count)]
        text = f"{head}{''.join(said)}第{step}段。"
        if kind == "notes":
            text += f"[^{step}]\n\n[^{step}]: {said[-1]}见第{step}条。"
        out.append(text + "\n")
        made += len(out[-1].encode())
        step += 1
    return "\n".join(out)


def wide_table(rows: int, columns: int) -> str:
    """One table of *rows* rows, short texts in Chinese and figures."""
    head = "| " + " | ".join(f"栏{at + 1}" for at in range(columns)) + " |\n" + "|---" * columns + "|\n"
    body = (
        "| " + " | ".join(f"{_PARTS[(row + at) % 8][:6]}{row}" for at in range(columns)) + " |"
        for row in range(rows)
    )
    return "# 大表\n\n" + head + "\n".join(body) + "\n"


_SENTENCE = re.compile(r"[^。！？]+[。！？]+[”’）]*|[^。！？]+$")


def longer(text: str, times: int) -> str:
    """Markdown *times* as long as *text*: each time its paragraphs follow in order, made of sentences of their
    neighbours too, so that few come twice."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    prose_at = [
        n for n, block in enumerate(blocks) if re.match(r"[\u4e00-\u9fff“《]", block) and "\n" not in block
    ]
    sentences = [sentence for n in prose_at for sentence in _SENTENCE.findall(blocks[n])]
    counts = {n: len(_SENTENCE.findall(blocks[n])) for n in prose_at}
    out = []
    for turn in range(times):
        at = turn * 7
        for n, block in enumerate(blocks):
            if turn and n in counts and sentences:
                block = "".join(
                    sentences[(at + k * (1 + turn % 5)) % len(sentences)] for k in range(counts[n])
                )
                at += counts[n]
            out.append(block)
    return "\n\n".join(out) + "\n"
