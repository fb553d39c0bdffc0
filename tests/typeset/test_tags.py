"""The structure that frames carry: every kind of block, in the order of the text, and nothing left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Findings, Place
from convert.model.walk import plain_text
from convert.theme import Theme
from convert.theming import override
from convert.typeset.composition import compose
from convert.typeset.frame import Begin, Drawing, End, Frame, GlyphRun
from convert.typeset.structure import InlineTag, Tag
from tests.typeset.test_composition import book, manuscript

BARE = override(Theme(), "contents.show", False, Place("test"))


def said(frame: Frame) -> dict[int, list[tuple[InlineTag | None, str]]]:
    """What each element's own content says, stretch by stretch."""
    out: dict[int, list[tuple[InlineTag | None, str]]] = {}
    for page in frame.pages:
        open_: list[int] = []
        for item in page.items:
            if isinstance(item, Begin):
                open_.append(item.element)
            elif isinstance(item, End):
                open_.pop()
            elif isinstance(item, Drawing) and open_:
                out.setdefault(open_[-1], []).append((item.tag, "◇"))
            elif isinstance(item, GlyphRun) and open_ and any(item.texts):
                out.setdefault(open_[-1], []).append((item.tag, "".join(item.texts)))
        assert not open_
    return out


def dump(frame: Frame) -> str:
    """The structure as text: indented types, content behind them, inline types in brackets."""
    words = said(frame)
    below: dict[int, list[int]] = {}
    for index, element in enumerate(frame.structure):
        below.setdefault(element.parent, []).append(index)

    def lines(index: int, depth: int) -> Iterator[str]:
        inner = [line for kid in below.get(index, []) for line in lines(kid, depth + 1)]
        text = "".join(f"[{tag.kind.value}:{part}]" if tag else part for tag, part in words.get(index, []))
        element = frame.structure[index]
        if inner or text or element.alt or element.tag in (Tag.TD, Tag.TH):
            extra = f" ({element.alt})" if element.alt else ""
            yield f"{'  ' * depth}{element.tag.value}{extra}{' ' if text else ''}{text}"
            yield from inner

    roots = [index for index in below[-1] if frame.structure[index].tag is not Tag.NOTE]
    notes = [index for index in below[-1] if frame.structure[index].tag is Tag.NOTE]
    return "\n".join(line for index in (*roots, *notes) for line in lines(index, 0))


CASES = {
    "headings make sections": (
        "# 甲\n\n文一。\n\n## 乙\n\n文二。\n\n# 丙\n\n文三。\n",
        "Document\n  Sect\n    H1 甲\n    P 文一。\n    Sect\n      H2 乙\n      P 文二。\n"
        "  Sect\n    H1 丙\n    P 文三。",
    ),
    "lists": (
        "1. 甲\n2. 乙\n    - 丙\n",
        "Document\n  L\n    LI\n      Lbl 1.\n      LBody\n        P 甲\n    LI\n      Lbl 2.\n      LBody\n"
        "        P 乙\n        L\n          LI\n            Lbl ◦\n            LBody\n              P 丙",
    ),
    "definitions": (
        "茶\n:   叶子。\n",
        "Document\n  L\n    LI\n      Lbl 茶\n      LBody\n        P 叶子。",
    ),
    "quotations": ("> 引文。\n", "Document\n  BlockQuote\n    P 引文。"),
    "a table": (
        "| 甲 | 乙 |\n|---|---|\n| 丙 | |\n\n: 题 {#tbl-a}\n",
        "Document\n  Table\n    Caption\n      P 表1　题\n    THead\n      TR\n        TH\n          P 甲\n        TH\n"
        "          P 乙\n    TBody\n      TR\n        TD\n          P 丙\n        TD",
    ),
    "code and formulas": (
        "`x` 与 $a^2$。\n\n```\ny = 1\n```\n\n$$\nb\n$$\n",
        "Document\n  P [Code:x]与[Formula:◇]。\n  P\n    Code y = 1\n  P\n    Formula (b) ◇",
    ),
    "a study block": ("::: keypoint\n记住。\n:::\n", "Document\n  Div\n    P 要点\n    P 记住。"),
    "verse": ("| 半亩方塘\n| 一鉴开\n", "Document\n  P 半亩方塘一鉴开"),
    "ruby": ("{汉字|hàn zì}好。\n", "Document\n  P [RB:汉][RB:字]好。[RT:hàn][RT:zì]"),
    "links": (
        "见[网页](https://a.example)。\n",
        "Document\n  P 见[Link:网页]。",
    ),
    "notes hang where they are called": (
        "正文[^a]。\n\n[^a]: 注文。\n",
        "Document\n  P 正文[Link:①]。\nNote\n  Lbl [Link:①]\n  P 注文。",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_structure(name: str) -> None:
    text, wanted = CASES[name]
    assert dump(book(text, BARE)).split("\n") == wanted.split("\n")


def test_a_repeated_head_is_furniture() -> None:
    rows = "".join(f"| {number} | 乙 |\n" for number in range(80))
    frame = book("| 头甲 | 头乙 |\n|---|---|\n" + rows)
    assert len(frame.pages) > 1
    assert dump(frame).count("头甲") == 1


def test_contents_come_first_and_notes_know_their_place() -> None:
    frame = book("# 甲章\n\n文[^a]。\n\n# 乙章\n\n文。\n\n[^a]: 注。\n")
    text = dump(frame)
    assert text.index("TOC") < text.index("H1 甲章") < text.index("H1 乙章")
    (note,) = [e for e in frame.structure if e.tag is Tag.NOTE]
    called = [tag for spans in said(frame).values() for tag, _ in spans if tag and tag.parent]
    assert [tag.parent.note for tag in called if tag.parent] == [note.id]


BLOCKS = (
    "# 甲章\n\n## 乙节",
    "春眠不觉晓，处处闻啼鸟。" * 8,
    "- 甲项\n- 乙项\n\n    第二段",
    "> 引文一段。\n>\n> > 深一层。",
    "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |",
    "::: byline\n某某\n:::",
    "茶\n:   叶子。",
    "见[网页](https://a.example)与**粗体**。",
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=7))
def test_all_text_is_content_in_the_order_of_the_source(parts: list[str]) -> None:
    made = manuscript("\n\n".join(parts), BARE)
    frame = compose(made, Findings())
    words = said(frame)
    shown = "".join(text for index in range(len(frame.structure)) for _, text in words.get(index, []))
    assert shown.replace("•", "") == plain_text(made.document.blocks)


def test_furniture_is_outside_the_structure() -> None:
    frame = book("# 甲章\n\n" + "文字。\n\n" * 60 + "# 乙章\n\n文。\n", BARE)
    page = frame.pages[1]
    everything = "".join("".join(item.texts) for item in page.items if isinstance(item, GlyphRun))
    assert "甲章" in everything
    assert dump(frame).count("甲章") == 1
