"""What pandoc, which shares no code with quire, reads in a Word file: headings, tables, lists and notes, to the word."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import convert
from convert import pipeline
from convert.model import nodes as n
from convert.model.outline import make_outline
from convert.model.walk import plain_text, query

ROOT = Path(convert.__file__).parents[1]
Node = dict[str, Any]

SOURCE = """---
title: 山中小记
lang: zh-CN
numbers: {headings: chinese}
---

# 进山

一早出门[^路]，天还没有亮。再走一程[^两段]。

[^路]: 从南门走，*不*从北门走；带“引号”——还有 Latin 1.2。

[^两段]: 第一段。

    第二段。

## 带什么 *and* how

1. 水
2. 干粮
   - 饼
   - 果
     1. 梨
     2. 桃
3. 绳

一句隔开的话。

3. 从三起

   又一段。
4. 到四

* 甲
* 乙

### 路程

| 段 | 里数 | 说明 |
|:--|--:|:-:|
| 一 | 12 | **平**路，有 `code` |
| 二 | 3.5 | 上坡 |

: 路程 {#tbl-way}

# 出山

- [ ] 未做
- [x] 做完

> 引文一段。
>
> - 引文里的条目

完。
"""


@pytest.fixture(scope="module")
def pandoc() -> str:
    """The path of pandoc, from pip."""
    try:
        import pypandoc
    except ImportError:
        if os.environ.get("QUIRE_REQUIRE_VALIDATORS") == "1":
            pytest.fail("pypandoc_binary is required and not installed")
        pytest.skip("pypandoc_binary is not installed")
    return str(pypandoc.get_pandoc_path())


def read_back(pandoc: str, path: Path) -> list[Node]:
    """The blocks that pandoc reads."""
    done = subprocess.run(
        [pandoc, str(path), "-f", "docx", "-t", "json"], capture_output=True, text=True, check=True
    )
    blocks = json.loads(done.stdout)["blocks"]
    assert isinstance(blocks, list)
    return blocks


def inside(node: Any) -> Iterator[Any]:
    """*node* and all within it, in order."""
    yield node
    if isinstance(node, dict):
        yield from inside(node.get("c"))
    elif isinstance(node, list):
        for one in node:
            yield from inside(one)


def kinds(blocks: Any, kind: str) -> list[Node]:
    return [node for node in inside(blocks) if isinstance(node, dict) and node.get("t") == kind]


def said(node: Any) -> str:
    """The words of a node without white space and without notes."""
    if isinstance(node, dict):
        if node["t"] == "Str":
            return "".join(str(node["c"]).split())
        if node["t"] in ("Code", "CodeBlock", "Math"):
            return "".join(str(node["c"][1]).split())
        return "" if node["t"] == "Note" else said(node.get("c"))
    return "".join(said(one) for one in node) if isinstance(node, list) else ""


def squashed(blocks: Sequence[n.Node]) -> str:
    return "".join(plain_text(tuple(blocks)).split())


def headings(blocks: list[Node]) -> list[tuple[int, str]]:
    return [(one["c"][0], said(one["c"][2])) for one in kinds(blocks, "Header")]


def notes(blocks: list[Node]) -> list[list[str]]:
    return [[said(block) for block in one["c"]] for one in kinds(blocks, "Note")]


def tables(blocks: list[Node]) -> list[list[list[str]]]:
    """The cells of each table, row by row."""
    out = []
    for table in kinds(blocks, "Table"):
        _, _, _, (_, head), bodies, _ = table["c"]
        rows = [*head, *(row for body in bodies for row in body[3])]
        out.append([[said(cell[4]) for cell in row[1]] for row in rows])
    return out


def shape(blocks: list[Node]) -> list[Any]:
    """Lists and their items: kind, first number, and for each item its words and the lists in it."""
    out: list[Any] = []
    for block in blocks:
        if block["t"] in ("BulletList", "OrderedList"):
            ordered = block["t"] == "OrderedList"
            items = block["c"][1] if ordered else block["c"]
            out.append((block["c"][0][0] if ordered else 0, [
                ([said(one) for one in item if not one["t"].endswith("List")], shape(item)) for item in items
            ]))  # fmt: skip
        elif block["t"] in ("BlockQuote", "Div"):
            out += shape(block["c"] if block["t"] == "BlockQuote" else block["c"][1])
    return out


@pytest.fixture(scope="module")
def back(pandoc: str, tmp_path_factory: pytest.TempPathFactory) -> list[Node]:
    folder = tmp_path_factory.mktemp("pandoc")
    (folder / "山.md").write_text(SOURCE, encoding="utf-8")
    report = pipeline.build([folder / "山.md"], out=folder, to=["docx"])
    assert report.exit_status == 0
    return read_back(pandoc, folder / "山.docx")


@pytest.mark.slow
def test_headings_come_back_at_their_levels_without_the_numbers_that_word_counts(back: list[Node]) -> None:
    assert headings(back) == [(1, "进山"), (2, "带什么andhow"), (3, "路程"), (1, "出山")]


@pytest.mark.slow
def test_notes_come_back_with_all_their_paragraphs(back: list[Node]) -> None:
    assert notes(back) == [["从南门走，不从北门走；带“引号”——还有Latin1.2。"], ["第一段。", "第二段。"]]


@pytest.mark.slow
def test_tables_come_back_cell_by_cell(back: list[Node]) -> None:
    assert tables(back) == [[["段", "里数", "说明"], ["一", "12", "平路，有code"], ["二", "3.5", "上坡"]]]


@pytest.mark.slow
def test_lists_come_back_nested_as_they_were_and_counting_from_where_they_did(back: list[Node]) -> None:
    fruit = (1, [(["梨"], []), (["桃"], [])])
    food = (0, [(["饼"], []), (["果"], [fruit])])
    assert shape(back)[:2] == [
        (1, [(["水"], []), (["干粮"], [food]), (["绳"], [])]),
        # pandoc takes a list for ended by a paragraph without a number; what comes then counts on.
        (3, [(["从三起"], [])]),
    ]
    assert shape(back)[2:4] == [(4, [(["到四"], [])]), (0, [(["甲"], []), (["乙"], [])])]
    assert (0, [(["引文里的条目"], [])]) in shape(back)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["booklet", "manual"])
def test_our_books_come_back(pandoc: str, tmp_path: Path, name: str) -> None:
    made = pipeline.prepare(ROOT / "source" / name)
    pipeline.build([ROOT / "source" / name], out=tmp_path, to=["docx"])
    blocks = read_back(pandoc, tmp_path / f"{name}.docx")
    outline = make_outline(made.document)
    titles = [(entry.level, "".join(entry.title.split())) for entry in outline.flat() if not entry.run_in]
    found = headings(blocks)
    assert [level for level, _ in found] == [level for level, _ in titles]
    # A subtitle stands in the same paragraph, on a line of its own.
    assert all(title.startswith(wanted) for (_, title), (_, wanted) in zip(found, titles, strict=True))
    assert sorted("".join(parts) for parts in notes(blocks)) == sorted(
        squashed(note.blocks) for note in made.document.notes
    )
    cells = [
        [["".join(squashed(cell.blocks)) for cell in row.cells] for row in (*table.head, *table.body)]
        for table in query(made.document, n.Table)
    ]
    assert tables(blocks) == cells
