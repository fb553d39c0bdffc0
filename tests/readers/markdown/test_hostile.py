"""Sources meant to hurt: each gives a sound document, no error, in cost linear to its length.

Cost is counted in calls of Python functions, not in seconds: twice the text may take little more than
twice the calls.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model.dump import dump, load
from convert.model.validate import problems
from convert.readers.markdown import read

STORMS: dict[str, Callable[[int], str]] = {
    "opening brackets": lambda n: "[" * n,
    "paired brackets": lambda n: "[" * n + "]" * n,
    "image brackets": lambda n: "![" * n,
    "half links": lambda n: "[a](" * n,
    "half links in angles": lambda n: "[a](<b" * n,
    "half titles": lambda n: '[a](b "' * n,
    "nested spans": lambda n: "[" * n + "x" + "]{.k}" * n,
    "quotes": lambda n: ">" * n + "x",
    "deeper quotes": lambda n: "\n".join("> " * min(i, 300) + "x" for i in range(n)),
    "lists in a line": lambda n: "- " * n + "x",
    "numbers in a line": lambda n: "1. " * n + "x",
    "items": lambda n: "* a\n" * n,
    "stars": lambda n: "*" * n + "a" + "*" * n,
    "opening stars": lambda n: "*a **b " * n,
    "underscores": lambda n: "_a__b" * n,
    "growing backticks": lambda n: "".join("`" * (i % 400) + "x" for i in range(n)),
    "dollars": lambda n: "$a" * n,
    "tags": lambda n: "<b>" * n,
    "tags not closed": lambda n: "<b>" * n + "</i>" * n,
    "brackets and tags": lambda n: "[<b>" * n + "]" * n,
    "divisions of HTML": lambda n: "<div>\n" * n,
    "comments": lambda n: "<!--" * n,
    "lines of comments": lambda n: "<!--\n" * n,
    "half tags": lambda n: "<a " * n,
    "notes": lambda n: "".join(f"[^{i}]" for i in range(n)) + "\n\n" + "".join(f"[^{i}]: x\n" for i in range(n)),
    "inline notes": lambda n: "^[" * n,
    "references": lambda n: "".join(f"[a{i}]: http://x/{i}\n" for i in range(n)),
    "pipes": lambda n: "|" * n + "\n" + "|-" * n,
    "joined cells": lambda n: "|a|b|\n|-|-|\n" + "|^^|x|\n" * n,
    "divisions": lambda n: "::: a\n" * n,
    "formulas": lambda n: "$$\nx\n" * n,
    "fences": lambda n: "```\n" * (n + 1),
    "definitions": lambda n: "a\n" + ": b\n" * n,
    "addresses": lambda n: "http://" + "a)" * n,
    "attributes": lambda n: "{.a " * n,
    "lazy lines": lambda n: "> a\n" + "b\n" * n,
    "raw tables": lambda n: "<table>\n" * n,
    "braces": lambda n: "{" * n,
    "half attributes": lambda n: "[x]{." * n,
    "half readings": lambda n: "{汉|" * n + "[汉]^(" * n,
    "editors' marks": lambda n: "{~~a" * n + "~~}" * n,
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|a|b|\n" * n,
    "columns": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|\n",
    "rows that go on": lambda n: "|a|b|\n|-|-|\n" + "|a|b|\\\n" * n,
    "cells that go on": lambda n: "|a|b|\n|-|-|\n" + "|a\\\n" + "b\\\n" * n,
    "paragraphs of HTML in a line": lambda n: "<p>a</p>" * n,
    "divisions of HTML in a line": lambda n: "<div>" * n + "</div>" * n,
    "HTML in lines": lambda n: "<div>\n<p>a\n" * n,
    "tables in tables": lambda n: "<table><tr><td>" * n + "x" + "</td></tr></table>" * n,
    "tables in a line": lambda n: "<table></table>" * n,
    "unknown tags": lambda n: "<font>" * n,
    "anchors": lambda n: "".join(f'<a id="x{i}"></a>' for i in range(n)),
    "marks of pages": lambda n: "a\n" + "<!-- page 1 -->\n" * n,
    "labels": lambda n: "".join(f"（{i}）a\n" for i in range(1, n)),
    "notes that are missing": lambda n: "[^a]" * n,
    "notes in lines": lambda n: "\t[^a]" * n,
    "links that lead nowhere": lambda n: "[a](#x)" * n,
    "links with blanks": lambda n: "[a](b c" * n,
    "addresses in marks": lambda n: "**http://a.b/c**" * n,
    "abbreviations": lambda n: "".join(f"*[A{i}]: x\n" for i in range(n)) + "\n" + "A1 " * n,
    "includes": lambda n: "{{include: a.md}}\n\n" * n,
    "deep divisions": lambda n: ":::: a\n" * n + "::::\n" * n,
    "same ids": lambda n: "# a {#x}\n" * n,
    "mixed marks": lambda n: "*~~==_" * n,
    "angles": lambda n: "<" * n + "<!" * n + "<?" * n + "<![CDATA[" * n,
    "carriage returns": lambda n: "a\r" * n + "b\r\n" * n,
    "nothing at all": lambda n: "\x00" * n + "\ud800" * n + "\ufeff" * n,
    "escapes": lambda n: "\\" * n,
}  # fmt: skip


def _calls(text: str) -> int:
    """How many Python functions reading *text* calls."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call" or event == "c_call"

    sys.setprofile(note)
    try:
        read([SourceFile("a.md", text)], Findings())
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("storm", STORMS)
def test_twice_the_storm_costs_twice_the_calls(storm: str) -> None:
    make = STORMS[storm]
    one, two = _calls(make(150)), _calls(make(300))
    assert two < 2.6 * one + 3000


@pytest.mark.parametrize("storm", STORMS)
def test_a_storm_gives_a_sound_document(storm: str) -> None:
    document = read([SourceFile("a.md", STORMS[storm](400))], Findings())
    assert problems(document) == []
    assert load(dump(document)) == document


def test_sixteen_thousand_brackets() -> None:
    document = read([SourceFile("a.md", "[" * 16_000)], Findings())
    assert len(document.blocks) == 1


def test_a_line_of_ten_megabytes() -> None:
    document = read([SourceFile("a.md", "汉字，好" * 850_000)], Findings())
    assert len(document.blocks) == 1


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_a_thousand_levels_keep_their_text(mark: str) -> None:
    document = read([SourceFile("a.md", mark * 1000 + "末")], Findings())
    assert "末" in dump(document)
    assert problems(document) == []


def test_odd_characters_are_shown_or_told() -> None:
    findings = Findings()
    text = "\ufeff甲\x00\x01\x0b\x0c\x85\x1b\ud800\udfff\ufffe\uffff\ufdd0乙\r丙\r\n丁"
    document = read([SourceFile("a.md", text)], findings)
    shown = dump(document).encode("utf-8").decode("utf-8")
    assert all(char in shown for char in "甲乙丙丁")
    assert len(findings) == 11
