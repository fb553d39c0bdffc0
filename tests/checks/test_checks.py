"""What the checks suspect and where, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.book import SourceFile
from convert.checks import CHECKS, check_document
from convert.checks.tally import MOST
from convert.diagnostics import Findings, Severity
from convert.readers.markdown import read


def told(text: str) -> list[str]:
    """What the checks alone tell of *text*, as ``code@line:column``."""
    document = read([SourceFile("a.md", text)], Findings())
    findings = Findings()
    check_document(document, {"a.md": text.split("\n")}, findings)
    return [f"{f.code.value}@{f.place.line}:{f.place.column}" for f in findings]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# 甲\n\n### 乙", ["heading-skipped@3:0"]),
        ("[甲]{.kia}\n\n> 文[乙]{.kia}", ["class-unknown@1:5"]),
        ("::: keypiont\n甲\n:::", ["class-unknown@1:5"]),
        ("甲\n\n乙\ufffd丙", ["replacement-character@3:2"]),
        ("`\ufffd`", ["replacement-character@1:2"]),
        ("　　甲乙\n\n丙\n\n　　丁", ["indent-typed@1:1"]),
        ("  两格", ["indent-typed@1:1"]),
        ("文\n\n    被缩进的中文段落。", ["code-doubtful@3:0"]),
        ("> 文\n>\n>     被缩进的中文。", ["code-doubtful@3:0"]),
        ("纸张 and 油墨", ["stray-word@1:4"]),
        ("纸张\n纸张 **of** 油墨 of 书", ["stray-word@2:6", "stray-word@2:14"]),
        ("- 甲\n- 纸张 and 油墨", ["stray-word@2:6"]),
        ("| 纸张 and 油墨 | 纸张 and 油墨 |\n|---|---|", ["stray-word@1:6", "stray-word@1:18"]),
        ("文[^a]\n\n[^a]: 纸张 and 油墨", ["stray-word@3:10"]),
        ("你好,世界.好", ["punctuation-width@1:3", "punctuation-width@1:6"]),
        ("甲:乙;丙?丁!戊", ["punctuation-width@1:2", "punctuation-width@1:4", "punctuation-width@1:6", "punctuation-width@1:8"]),
        ("“没有闭合。", ["unbalanced@1:1"]),
        ("没有打开”。", ["unbalanced@1:5"]),
        ("（甲《乙）丙》", ["unbalanced@1:3"]),
        ("甲(乙", ["unbalanced@1:2"]),
        ("**没有闭合", ["markup-left@1:1"]),
        ("甲\n乙[链接](", ["markup-left@2:5", "unbalanced@2:6"]),
        ("甲{.red}", ["markup-left@1:2"]),
    ],
)  # fmt: skip
def test_a_suspicion_has_its_place(text: str, wanted: list[str]) -> None:
    assert sorted(told(text)) == sorted(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "# 甲\n\n## 乙\n\n# 丙\n\n## 丁\n\n### 戊",
        "[甲]{.kai}[乙]{.着重}\n\n# 丙 {.unnumbered}\n\n::: 要点\n丁\n:::\n\n=== \"甲\"\n    乙",
        "甲\n　乙",
        "    code = 1  # 注\n\n```\n一段中文代码\n```",
        "<pre>一段中文</pre>",
        "用 Word 写，paper and 油墨 and ink",
        "The word 纸 and the word 墨 are Chinese, as 书, too.",
        "版本2.0，第3章.md，10:30，A:B，`甲,乙`，https://a.b/?x=1",
        "“第一段，\n\n“第二段。”",
        "“引号被页尾\n\n切断了”的一段。",
        "he’s and ‘he’s’ （“甲”）《“乙”》[丙](https://a.b)",
        "1）甲\n\na) 乙\n\n（1）丙",
        r"\*\*甲 \{.k} [乙\](丙) 和 &#42;&#42;",
        "**甲**、*乙*",
    ],
)  # fmt: skip
def test_what_is_well_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_a_text_that_is_so_throughout_is_told_of_once() -> None:
    text = "\n\n".join(["你好,世界"] * 100)
    document = read([SourceFile("a.md", text)], Findings())
    findings = Findings()
    check_document(document, {"a.md": text.split("\n")}, findings)
    severities = [finding.severity for finding in findings]
    assert severities == [Severity.WARNING] * MOST + [Severity.INFO]
    last = list(findings)[-1]
    assert last.message.startswith(str(100 - MOST)) and last.place.line == 2 * MOST + 1


def test_every_check_has_a_name() -> None:
    names = [name for name, _ in CHECKS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("book", ["booklet", "manual"])
def test_the_samples_raise_no_flood(book: str) -> None:
    folder = Path(__file__).parents[2] / "source" / book
    for path in sorted(folder.glob("*.md")):
        text = path.read_text("utf-8")
        assert len(told(text)) <= 1, path
