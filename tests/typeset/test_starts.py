"""Pages as places in the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convert.diagnostics import Findings
from convert.manuscript import Manuscript, PageMap
from convert.model.nodes import CodeBlock, Placed
from convert.model.walk import plain_text, walk
from convert.theme import Theme
from convert.typeset.composition import compose
from convert.typeset.frame import Frame, GlyphRun
from convert.typeset.starts import page_map
from tests.bench.texts import prose
from tests.typeset.test_composition import manuscript

SMALL = replace(Theme(), page=replace(Theme().page, size="90mm x 120mm", measure=16, lines=12))
NOTES = "".join(f"{text}[^{n}]\n\n" for n, text in enumerate(prose(3000, mixed=True).split("\n\n")[1:], 1))
NOTES += "".join(
    f"[^{n}]: 一条注释，占着页脚的地方，可能要转到下一页去，文字里也有“的”和逗号。\n" for n in range(1, 40)
)
TABLE = (
    "# 表\n\n| 名 | 数 |\n|---|---|\n"
    + "".join(f"| 第{n}行 | {n} |\n" for n in range(60))
    + "\n表后的文字。\n"
)
CODE = "# 码\n\n```\n" + "".join(f"line {n} of some code\n" for n in range(60)) + "```\n"


def mapped(text: str) -> tuple[Manuscript, Frame, PageMap]:
    book = manuscript(text, SMALL)
    frame = compose(book, Findings())
    return book, frame, page_map(frame, book.document)


def said(frame: Frame, label: str) -> str:
    """What the page says, its head and folio apart."""
    page = next(page for page in frame.pages if page.label == label)
    runs = [i for i in page.items[page.furniture :] if isinstance(i, GlyphRun) and not i.synthetic]
    return "".join("".join("".join(run.texts) for run in runs).split())


# Two cells of a row go over pages side by side.
TALL = (
    "# 格\n\n| 名 | 数 |\n|---|---|\n| "
    + " | ".join("".join(f"{name}格第{n}句话，" for n in range(80)) for name in "甲乙")
    + " |\n"
)

SOURCES = {"tall": TALL, "prose": prose(6000, mixed=True), "notes": NOTES, "table": TABLE, "code": CODE}


@pytest.mark.parametrize("kind", SOURCES)
def test_every_page_begins_with_the_words_of_its_place(kind: str) -> None:
    book, frame, pages = mapped(SOURCES[kind])
    nodes = {node.id: node for node in walk(book.document) if isinstance(node, Placed)}
    assert len(pages.starts) > 4
    for start in pages.starts:
        node = nodes[start.block]
        text = node.text if isinstance(node, CodeBlock) else plain_text((node,))
        words = "".join(text.split())[start.offset :][:6]
        assert said(frame, start.label).removeprefix("名数").startswith(words)
        assert words


def test_starts_are_in_reading_order_and_every_page_with_text_has_one() -> None:
    book, frame, pages = mapped(prose(6000))
    order = {node.id: n for n, node in enumerate(walk(book.document)) if isinstance(node, Placed)}
    places = [(order[start.block], start.offset) for start in pages.starts]
    assert places == sorted(set(places))
    labels = [page.label for page in frame.pages if page.label.isdigit() and said(frame, page.label)]
    assert [start.label for start in pages.starts] == labels


def test_a_block_is_on_the_page_that_it_begins_on() -> None:
    book, frame, pages = mapped(prose(6000))
    for entry in book.outline.flat():
        assert "".join(entry.title.split()) in said(frame, pages.label_of[entry.id])


def test_a_study_block_is_where_its_label_is() -> None:
    for filling in (5, 6, 17, 18):  # what leaves a line or two of room at the foot
        text = "# 章\n\n" + "字。\n\n" * filling + "::: question\n为什么？\n:::\n"
        book, frame, pages = mapped(text)
        assert "问题" in said(frame, pages.label_of[book.document.blocks[-1].id])


def test_a_book_of_pages_without_text_has_no_starts() -> None:
    assert mapped("")[2] == PageMap()
