"""What holds for any text: nothing crashes, nothing is lost, the lines are true."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model.dump import dump, load
from convert.model.nodes import Block, Image, Placed
from convert.model.validate import problems
from convert.model.walk import plain_text, query, walk
from convert.readers.markdown import read
from tests.readers.markdown.shape import parse

_PIECES = st.sampled_from(
    [
        "# ", "## ", "- ", "  ", "    ", "1. ", "> ", "```", "~~~", ":::", "::: note ", "!!! tip", "| a | b |", "|---|---|",
        "| ", "^^", "||", "$$", "$", "*", "**", "_", "____", "~~", "~", "==", "^", "`", "[", "]", "(", ")", "![", "](a.png)",
        "](#x)", "](https://a.b)", "{#x}", "{.kai}", "{lines=2}", "[^1]", "[^1]: ", "^[", "<b>", "</b>", "<div>", "</div>",
        "<!--", "-->", "<table>", "<td>", "<ruby>", "<rt>", "&amp;", "\\", "\n", "\n", "\n\n", "\n\n", "甲", "乙，丙。", "“引”", "abc ",
        "@fig-x", "{汉|hàn}", ": ", "---", "===", "\t", "　　", "[TOC]", "\\newpage", "*[甲]: x", "[r]: https://x", "\x00", "\ud800", "𠮷",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=40).map("".join)


@given(_TEXTS | st.text(max_size=200))
@example("> - ```\n> x\n- ")
@example("\\```")
@example("a\n: b\n\n  : c\n: d")
@example("<table><td rowspan=9 colspan=300>x")
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_sound_document_that_goes_through_json(text: str) -> None:
    document = read([SourceFile("a.md", text)], Findings())
    assert problems(document) == []
    assert load(dump(document)) == document


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert dump(parse(text)) == dump(parse(text))


_HAN = st.text(
    "的一是在不了有和人这中大为上个国我以要他，。、；：？！“”‘’（）《》—…·〇𠮷", min_size=1, max_size=60
)


@given(st.lists(st.lists(_HAN, min_size=1, max_size=4), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_every_character_of_plain_chinese_survives(paragraphs: list[list[str]]) -> None:
    text = "\n\n".join("\n".join(lines) for lines in paragraphs)
    shown = plain_text(parse(text).blocks)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_han_character_vanishes_without_a_finding(text: str) -> None:
    findings = Findings()
    document = read([SourceFile("a.md", text.replace("<!--", ""))], findings)
    shown = "".join(str(node) for node in walk(document))
    for char in "乙丙引":
        if char in text and not len(findings):
            assert char in shown, char


# ---------------------------------------------------------------- lines

_WORDS = st.text("甲乙丙丁戊ab，。", min_size=1, max_size=12).map(lambda s: "文" + s)
_LINE = st.lists(
    _WORDS | _WORDS.map(lambda w: f"**{w}**") | _WORDS.map(lambda w: f"`{w}`"), min_size=1, max_size=3
).map("".join)
_PARAGRAPH = st.lists(_LINE, min_size=1, max_size=3).map("\n".join)
_BLOCKS = st.one_of(
    _PARAGRAPH,
    _LINE.map(lambda s: f"## {s}"),
    st.lists(_LINE, min_size=1, max_size=4).map(
        lambda rows: "\n".join(f"- {row}\n  - {row}" for row in rows)
    ),
    st.lists(_PARAGRAPH, min_size=1, max_size=3).map(
        lambda rows: "\n\n".join("1. " + row.replace("\n", "\n   ") for row in rows)
    ),
    _PARAGRAPH.map(lambda s: "> " + s.replace("\n", "\n> ")),
    _PARAGRAPH.map(lambda s: f"```x\n{s}\n\n{s}\n```"),
    _LINE.map(lambda s: f"| {s} | b |\n|---|--:|\n| ^^ | {s} |\n| 1 | {s} |\n\n: {s}"),
    _PARAGRAPH.map(lambda s: f"::: keypoint 题\n{s}\n\n- 项\n:::"),
    _LINE.map(lambda s: f"![{s}](a.png)\n: {s}"),
    _LINE.map(lambda s: f"$$\n{len(s)}\n$$"),
    _LINE.map(lambda s: f"术语\n: {s}\n: {s}"),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda rows: "\n".join(f"| {row}" for row in rows)),
    st.just("***"),
)


@given(st.lists(_BLOCKS, min_size=1, max_size=8), st.sampled_from(["\n\n", "\n\n\n", "\n\n***\n\n"]))
@settings(max_examples=200, deadline=None)
def test_the_lines_named_parsed_alone_give_the_same(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    lines = text.split("\n")
    document = parse(text)
    covered: set[int] = set()
    for block in document.blocks:
        alone = parse("\n".join(lines[block.span.first - 1 : block.span.last]))
        assert [_bare(b) for b in alone.blocks] == [_bare(block)]
        covered.update(range(block.span.first, block.span.last + 1))
    assert {n for n, line in enumerate(lines, 1) if line.strip()} <= covered


def _bare(block: Block) -> str:
    """What a block says, without ids and lines."""
    return "|".join(f"{type(n).__name__}:{plain_text([n])}" for n in walk(block)) + plain_text([block])


@given(st.lists(_BLOCKS, min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_spans_lie_inside_those_of_their_parents(parts: list[str]) -> None:
    document = parse("\n\n".join(parts))
    for outer in walk(document):
        if isinstance(outer, Placed):
            for inner in query([outer], object):  # type: ignore[type-abstract]
                if isinstance(inner, Placed):
                    assert outer.span.first <= inner.span.first <= inner.span.last <= outer.span.last


def test_front_matter_does_not_move_lines() -> None:
    document = parse("---\ntitle: 题\n---\n\n# 甲\n\n乙")
    assert [block.span.first for block in document.blocks] == [5, 7]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(end: str) -> None:
    document = parse("# 甲" + end + end + "乙" + end + "丙")
    assert [(b.span.first, b.span.last) for b in document.blocks] == [(1, 1), (3, 4)]


def test_a_byte_order_mark_is_no_text() -> None:
    assert plain_text(parse("\ufeff# 甲").blocks) == "甲"


def test_images_are_found_from_the_book_not_from_their_file() -> None:
    def source(href: str) -> str:
        document = read([SourceFile("b/one/a.md", f"文![x]({href})", "one")], Findings())
        return next(query(document, Image)).source

    assert source("图/a.png") == "one/图/a.png"
    assert source("./%E5%9B%BE.png") == "one/图.png"
    assert source("../a.png") == "a.png"
    assert source("../../a.png") == "../../a.png"
    assert source("/etc/a.png") == "/etc/a.png"
    assert source("http://a/b.png") == "http://a/b.png"
