"""Texts that press on the make-up of pages: long and wide tables, notes of all lengths, figures, code.  Written for it."""

from __future__ import annotations

_PARTS = (
    "纸从树里来，也从旧布和麦草里来",
    "书架上最旧的那一本，书脊已经褪色",
    "他们在院子里晒书，一本一本摊开",
    "排字的师傅说，标点不是字",
    "印刷机在隔壁响了一夜",
    "河边的村子叫柳树湾",
)
_MIXED = (
    "A5 纸",
    "3.14",
    "https://example.org/a/b?c=d",
    "chapter_01.md",
    "GB/T 9704",
    "Woolf",
    "12,345.6",
    "印张",
)


def sentence(step: int, length: int = 1) -> str:
    """*length* clauses, another one for each *step*."""
    return "，".join(_PARTS[(step + at * 5) % len(_PARTS)] for at in range(length)) + f"，第{step}句。"


def long_table(rows: int) -> str:
    """A table of three columns and many rows."""
    lines = [f"| {n} | {sentence(n)} | {n * 37 % 1000 / 10} |" for n in range(1, rows + 1)]
    return "\n".join(["# 长表\n", "| 编号 | 内容 | 数目 |", "|---|---|---:|", *lines, ""])


def wide_table(rows: int, columns: int = 12) -> str:
    """A table of many columns of mixed text, between two paragraphs."""
    cells = [
        [
            _PARTS[(row + at) % 6][:9] if (row + at) % 5 == 0 else _MIXED[(row * 3 + at) % 8]
            for at in range(columns)
        ]
        for row in range(rows)
    ]
    head = [f"第{at + 1}栏" for at in range(columns)]
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * columns, *cells)]
    return "\n".join(["# 宽表\n", "表前的一句。\n", *lines, "", "表后的一句。\n" * 3])


def tall_cells(count: int, clauses: int = 200) -> str:
    """A table in which every second row has a cell longer than a page."""
    lines = []
    for n in range(count):
        lines += [
            f"| 甲{n} | {sentence(n, clauses)} | {sentence(n + 3, clauses // 3)} |",
            f"| 乙{n} | 短 | 文 |",
        ]
    return "\n".join(["# 长格\n", "| 项 | 说明 | 又说 |", "|---|---|---|", *lines, ""])


def merged(groups: int, rows: int) -> str:
    """An HTML table in groups of *rows* rows, each group with one cell down its side."""
    out = ["# 合并\n", "<table><thead><tr><th>类</th><th>名</th><th>说明</th></tr></thead><tbody>"]
    for group in range(groups):
        for row in range(rows):
            side = f'<td rowspan="{rows}">第{group}类{sentence(group)}</td>' if row == 0 else ""
            out.append(f"<tr>{side}<td>组{group}之{row}</td><td>{sentence(row)}</td></tr>")
    return "\n".join([*out, "</tbody></table>", ""])


def noted(count: int, longest: int = 300) -> str:
    """*count* notes of all lengths, one of them *longest* clauses long, called from as many paragraphs."""
    text = [f"{sentence(n, 1 + n % 4)}这里有注[^{n}]。\n" for n in range(count)]
    notes = [
        f"[^{n}]: 注{n}始。{sentence(n, longest if n == count // 2 else 1 + n * n % 23)}注{n}终。\n"
        for n in range(count)
    ]
    return "\n".join(["# 注释\n", *text, *notes])


def figures(count: int) -> str:
    """*count* figures of all heights with captions among paragraphs of all lengths; `sizes` are their pictures'."""
    out = ["# 图版\n"]
    for n in range(count):
        out += [
            f"![图题{n}号](f{n % 9}.png)\n",
            *(sentence(n + at, 1 + (n * 5 + at) % 9) + "\n" for at in range(n % 4)),
        ]
    return "\n".join(out)


def sizes(kind: int) -> tuple[int, int]:
    """Width and height in pixels of the picture ``f{kind}.png``; some are larger than a page."""
    return 300 + kind * 137 % 900, 120 + kind * 433 % 2400


def code(blocks: int) -> str:
    """*blocks* blocks of Python, numbered every second time, with lines too long for the page."""
    out = ["# 程序\n"]
    for n in range(blocks):
        out += [
            "~~~python" + (" {.numbers}" if n % 2 else ""),
            f"def f{n}(x: int, *, name: str = '第{n}个') -> list[int]:",
            f'    """{sentence(n, 3)}"""',
            f"\treturn [x + {n} for x in range({n * 37})]  # {sentence(n)}",
            "",
            f"if f{n}(0): print('{sentence(n, 4)}', {n}.5, name_{n}['key'])",
            "~~~\n",
        ]
    return "\n".join(out)


def all_together() -> str:
    """A book of a little of everything here."""
    parts = (
        long_table(40),
        wide_table(14),
        tall_cells(1),
        merged(1, 60),
        merged(4, 3),
        noted(12, 120),
        code(6),
    )
    return "\n\n".join(parts)
