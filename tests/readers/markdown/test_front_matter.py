"""Front matter: what it gives, where it ends, and each way it can be wrong."""

from __future__ import annotations

import pytest

from convert.diagnostics import Code
from convert.errors import BookError
from convert.model.nodes import Contributor
from convert.readers.markdown import front_matter
from tests.readers.markdown.shape import parse


def test_metadata_and_settings() -> None:
    found = front_matter(
        "---\ntitle: 题: 一\nsubtitle: 副\nauthor:\n  - 甲\n  - {name: 乙, role: editor, file-as: Yi}\ndate: 2024-03-01\n"
        "lang: zh-Hant\nisbn: 978\nkeywords: 甲、乙, 丙\ntheme: phone\npage:\n  measure: 20\n---\n文".replace(
            "题: 一", "'题: 一'"
        ),
        "a.md",
    )
    data = found.metadata
    assert (data.title, data.subtitle, data.date, data.language, data.identifier) == (
        "题: 一",
        "副",
        "2024-03-01",
        "zh-Hant",
        "978",
    )
    assert data.contributors == (Contributor("甲"), Contributor("乙", "edt", "Yi"))
    assert data.keywords == ("甲", "乙", "丙")
    assert found.settings == {"theme": "phone", "page": {"measure": 20}}
    assert found.lines == 14


@pytest.mark.parametrize(
    "text", ["", "文", "---\n\n文\n\n---", "----\na: b\n---", "---\n文，没有键\n---\n", "---\na: b\n"]
)
def test_what_is_no_front_matter(text: str) -> None:
    assert front_matter(text, "a.md").lines == 0


@pytest.mark.parametrize("head", ["\ufeff---\n", "---\r\n", "---  \n"])
def test_its_first_line(head: str) -> None:
    assert front_matter(head + "title: 甲\n...\n文", "a.md").metadata.title == "甲"


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        ("title: 甲\nauthor: [甲", 4, 1),
        ("title: 甲: 乙", 2, 9),
        ("a: &x 1\nb: *x", 3, 4),
        ("title: 甲\ntitle: 乙", 3, 1),
        ("a:\n  b: 1\n  b: 2", 4, 3),
        ("title:\n  - 甲", 2, 1),
        ("title: 甲\nauthor: [{role: x}]", 3, 1),
        ("a: !!python/object:os.system x", 2, 4),
        ("a: " + "[" * 30 + "]" * 30, 2, 24),
        ("a: " + "[" * 3000 + "]" * 3000, 0, 0),
        ("a: 2024-99-99", 0, 0),
        ("? [a]\n: b\nb: c", 0, 0),
        ("a: b" + "x" * 70_000, 1, 0),
        ("a: &x\n  b: *x", 3, 6),
    ],
)
def test_broken_front_matter_names_its_place(yaml: str, line: int, column: int) -> None:
    if yaml.startswith("?"):
        assert front_matter(f"---\n{yaml}\n---\n", "a.md").lines == 0
        return
    with pytest.raises(BookError) as caught:
        front_matter(f"---\n{yaml}\n---\n文", "a.md")
    finding = caught.value.finding
    assert finding.code is Code.FRONT_MATTER and finding.hint
    if line:
        assert (finding.place.file, finding.place.line, finding.place.column) == ("a.md", line, column)


def test_title_from_the_first_heading() -> None:
    data = parse("文\n\n## **甲**乙\n\n# 丙").metadata
    assert (data.title, data.title_from_heading) == ("甲乙", True)
    assert not parse("---\ntitle: 丁\n---\n# 甲").metadata.title_from_heading


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("这是一本书，我们来看。", "zh-Hans"),
        ("這是一本書，我們來看。", "zh-Hant"),
        ("これは本です。読みましょう。", "ja"),
        ("이것은 책입니다.", "ko"),
        ("A book about 汉字 in plain English, mostly, which goes on for quite a while.", "en"),
        ("123", "en"),
    ],
)
def test_language_by_the_writing(text: str, language: str) -> None:
    assert parse(text).metadata.language == language


def test_language_as_given_stays() -> None:
    assert parse("---\nlanguage: en-GB\n---\n汉字").metadata.language == "en-GB"
