"""What holds for any text: nothing crashes, nothing is lost, the lines are true."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model.dump import dump, load
from convert.model.nodes import Image
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
        "{{include: a.md}}", "--8<-- \"a.md\"", "<p>", "</p>", "<ul>", "<li>", "</ul>", "<ol start=2>", "<details>", "<summary>", "</details>",
        "<figure>", "<figcaption>", "<h2>", "</h2>", "<dl>", "<dt>", "<dd>", "<hr>", "<pre>", "</pre>", "<!-- page 1 -->", '=== "a"',
        "{++", "~~}", "[北]^(きた)", "（1）", "（2）", "①", "一、", "\\\n", "<a id=x>", "|300](b.png)", "{.k #y}", "---page---", "??? tip", "</table>",
        "@fig-x", "{汉|hàn}", ": ", "---", "===", "\t", "　　", "[TOC]", "\\newpage", "*[甲]: x", "[r]: https://x", "\x00", "\ud800", "𠮷",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=40).map("".join)


@given(_TEXTS | st.text(max_size=200))
@example("> - ```\n> x\n- ")
@example("\\```")
@example("a\n: b\n\n  : c\n: d")
@example("<table><td rowspan=9 colspan=300>x")
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_sound_document_that_goes_through_json(text: str) -> None:
    document = read([SourceFile("a.md", text)], Findings())
    assert problems(document) == []
    assert load(dump(document)) == document


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
def test_reading_twice_gives_the_same_and_no_han_vanishes_without_a_finding(text: str) -> None:
    findings = Findings()
    source = SourceFile("a.md", text.replace("<!--", ""))
    document = read([source], findings)
    assert dump(read([source], Findings())) == dump(document)
    shown = "".join(str(node) for node in walk(document))
    for char in "乙丙引":
        if char in text and not len(findings):
            assert char in shown, char


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
