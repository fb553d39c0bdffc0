"""What the reader tells, and where; and that what is well tells nothing."""

from __future__ import annotations

import pytest

from convert.book import SourceFile
from convert.diagnostics import Code, Findings
from convert.model.nodes import CrossReference, Heading, InternalTarget, Link
from convert.model.validate import problems
from convert.model.walk import plain_text, query
from convert.readers.markdown import read
from tests.readers.markdown.shape import codes, parse


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲\n```\nx", ["fence-unclosed@2:0"]),
        ("::: note\n甲", ["division-unclosed@1:0"]),
        ("<div>\n甲", ["html-unclosed@1:0"]),
        ("甲\n\n<!-- 注\n乙", ["html-unclosed@3:0"]),
        ("<table>\n甲", ["html-unclosed@1:0", "html-unknown@1:1"]),
        ("甲\n乙<b>丙", ["html-unclosed@2:2"]),
        ("甲</b>", ["html-unclosed@1:2"]),
        ("甲\n乙<iframe>丙</iframe>", ["html-unknown@2:2"]),
        ("List<int>", ["html-unknown@1:5"]),
        ("甲[^x]", ["note-missing@1:2"]),
        ("甲\n\n[^x]: 注", ["note-unused@3:0"]),
        ("甲[^x]\n\n[^x]: 一\n\n[^x]: 二", ["note-duplicate@5:0"]),
        ("# 甲 {#a}\n\n# 乙 {#a}", ["id-duplicate@3:6"]),
        ("甲\n见@fig-x", ["reference-missing@2:2"]),
        ("[甲](#none)", ["reference-missing@1:5"]),
        ("[甲](other.md)", ["reference-missing@1:5"]),
        ("[甲](乙)", ["reference-missing@1:5"]),
        ("文\n[甲](javascript:x)", ["link-unsafe@2:5"]),
        ("[甲](JaVaScript:x) [乙](file:///etc) [丙](data:x,y)", ["link-unsafe@1:5", "link-unsafe@1:23", "link-unsafe@1:40"]),
        ("[甲](java\tscript:x)", ["reference-missing@1:5"]),
        ("<a href='javascript:x'>甲</a>", ["link-unsafe@1:10"]),
        ("[r]: https://x.y", ["definition-unused@1:0"]),
        ("[r]\n\n[r]: https://x.y\n[r]: https://z", ["definition-unused@4:0"]),
        ("甲\n\n*[HTML]: 超文本", ["definition-unused@3:0"]),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", ["table-shape@3:10"]),
        ("| a | b | c |\n|---|---|---|\n| 1 || 2 |\n| ^^ | 3 | 4 |", ["table-shape@4:3"]),
        ("文\n\n- 甲[^x]乙[^x]，[^x]", ["note-missing@3:4", "note-missing@3:9", "note-missing@3:14"]),
        ("> 甲\n> 乙[^x]丙[丁](#n)", ["note-missing@2:4", "reference-missing@2:13"]),
        ("| a | a[^x] |\n|---|---|\n| a[^x] | a[^x] |", ["note-missing@1:8", "note-missing@3:4", "note-missing@3:12"]),
        ("| a\\|b | x[^x] |\n|---|---|", ["note-missing@1:11"]),
        ("<table><tr><td>甲</td>\n<td>乙[^x]</td></tr></table>", ["note-missing@2:6"]),
        ("| 甲\n| 　乙[^x]", ["note-missing@2:5"]),
        ("\t- 甲", []),
        ("-\t甲\t乙[^x]", ["note-missing@1:6"]),
        ("#甲", ["heading-doubtful@1:2"]),
        ("甲\n乙\n---", ["heading-doubtful@1:0"]),
        ("甲。\n===", ["heading-doubtful@1:0"]),
        ("（1）甲\n（3）乙", ["list-doubtful@1:0"]),
        ("甲{++乙++}", ["editors-mark@1:2"]),
        ("> 引\n\n$$\nx\n$$ {.k #m}", ["attribute-unknown@5:5"]),
        ("- 甲\n\n--8<-- \"b.md\"", ["include-failed@3:1"]),
        ("甲[乙]{#x}\n\n# 丙 {#x}", ["id-duplicate@3:6"]),
        ("# 甲 {#x}\n\n丙<a id=\"x\"></a>", ["id-duplicate@3:2"]),
        ("#\n\n甲", ["heading-empty@1:0"]),
        ("![a](a.png){width=wide}", ["attribute-unknown@1:19"]),
        ("甲\x00乙\x00\n\x1b", ["control-character@1:2", "control-character@2:1"]),
        ("> " * 60 + "甲", ["nesting-too-deep@1:0"]),
    ],
)  # fmt: skip
def test_a_finding_has_its_place(text: str, wanted: list[str]) -> None:
    assert codes(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "```\nx\n```",
        "::: note\n甲\n:::",
        "<div>\n甲\n</div>",
        "<!-- 注 -->\n甲",
        "甲<b>乙</b><br>丙",
        "甲[^x]\n\n[^x]: 注",
        "# 甲 {#a}\n\n见@sec-b。\n\n# 乙 {#sec-b}",
        "[甲](https://a.b) [乙](mailto:a@b.c) <https://c.d>",
        "[r]\n\n[r]: https://x.y",
        "1 < 2 > 0 和 a<b",
    ],
)
def test_what_is_well_tells_nothing(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[甲](javascript:x)",
        "[甲](#none)",
        "<font>甲</font>",
        "<iframe>甲</iframe>",
        "<b>甲",
        "<details>甲</details>",
    ],
)
def test_the_text_of_what_is_refused_stays(text: str) -> None:
    assert plain_text(parse(text).blocks) == "甲"


def test_a_missing_reference_stays_as_it_was_typed() -> None:
    assert plain_text(parse("见@fig-x和[^n]。").blocks) == "见@fig-x和[^n]。"


def test_a_link_goes_to_a_heading_by_its_text_as_on_github() -> None:
    document = parse(
        "# 第一章 Big Title!\n\n[甲](#第一章-big-title) [乙](#%E7%AC%AC%E4%B8%80%E7%AB%A0-big-title)"
    )
    heading = next(query(document, Heading))
    assert [link.target for link in query(document, Link)] == [InternalTarget(heading.id)] * 2


def test_links_between_the_files_of_a_book() -> None:
    files = [
        SourceFile("b/a.md", "# 甲\n\n[到乙](sub/b.md) [节](sub/b.md#s)见@sec-x[^1]\n\n[^1]: 一"),
        SourceFile(
            "b/sub/b.md", "# 乙\n\n## 节 {#s}\n\n## 又 {#sec-x}\n\n[回](../a.md)[^1]\n\n[^1]: 二", "sub"
        ),
    ]
    findings = Findings()
    document = read(files, findings)
    assert problems(document) == [] and not len(findings)
    ids = [heading.id for heading in query(document, Heading)]
    assert [link.target for link in query(document, Link)] == [
        InternalTarget(ids[1]), InternalTarget("s"), InternalTarget(ids[0]),
    ]  # fmt: skip
    assert [ref.target for ref in query(document, CrossReference)] == ["sec-x"]
    assert [plain_text(note.blocks) for note in document.notes] == ["一", "二"]
    assert {block.span.file for block in document.blocks} == {"b/a.md", "b/sub/b.md"}


def test_front_matter_of_a_later_file_is_told_of() -> None:
    findings = Findings()
    files = [SourceFile("a.md", "---\ntitle: 甲\n---\n文"), SourceFile("b.md", "---\ntitle: 乙\n---\n文")]
    assert read(files, findings).metadata.title == "甲"
    assert [(f.code, f.place.file) for f in findings] == [(Code.FRONT_MATTER, "b.md")]
