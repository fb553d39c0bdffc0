"""Code: tokens, numbers and unknown languages, settled once for all editions."""

from __future__ import annotations

import pytest

from convert.book import SourceFile
from convert.diagnostics import Code, Findings, Place
from convert.model.nodes import CodeBlock
from convert.model.walk import query
from convert.readers import markdown
from convert.terms import terms_for
from convert.theme import Theme
from convert.theming import override
from convert.transforms import finish


def blocks(text: str, theme: Theme | None = None) -> tuple[list[CodeBlock], list]:
    findings = Findings()
    document = markdown.read([SourceFile("a.md", text)], findings)
    document = finish(document, theme or Theme(), terms_for("zh-Hans"), findings)
    return list(query(document, CodeBlock)), list(findings)


def fence(info: str, code: str = "x = 1") -> str:
    return f"```{info}\n{code}\n```\n\n"


@pytest.mark.parametrize(
    ("info", "language", "numbered", "start"),
    [
        ("python", "python", False, 1),
        ("python {.numbers}", "python", True, 1),
        ("{.python .numberLines startFrom=7}", "python", True, 7),
        ("{.numbers .python}", "python", True, 1),
        ("{.linenos}", "", True, 1),
        ('python linenums="3"', "python", True, 3),
        ("python {.numbers start=0}", "python", True, 0),
        ("python {start=4}", "python", False, 4),
    ],
)
def test_what_the_first_line_says(info, language, numbered, start):
    (block,), findings = blocks(fence(info))
    assert (block.language, block.numbered, block.start) == (language, numbered, start)
    assert not findings and not block.attributes.classes and not block.attributes.pairs


def test_a_number_that_is_none_is_told_of():
    (block,), (finding,) = blocks(fence("python {.numbers start=ten}"))
    assert block.start == 1 and finding.code is Code.ATTRIBUTE_UNKNOWN and "start=ten" in finding.message
    assert finding.place.line == 1


def test_the_theme_numbers_what_the_source_leaves_open():
    theme = override(Theme(), "code.numbers", True, Place("test"))
    made, _ = blocks(fence("python") + fence("python {.nonumbers}"), theme)
    assert [block.numbered for block in made] == [True, False]


def test_an_unknown_language_is_told_of_once_with_the_nearest():
    made, findings = blocks(fence("pyhton") + fence("pyhton") + fence("绝无此语") + fence("text") + fence(""))
    assert not any(block.tokens for block in made)
    assert [(finding.code, finding.place.line) for finding in findings] == [
        (Code.LANGUAGE_UNKNOWN, 1), (Code.LANGUAGE_UNKNOWN, 9),
    ]  # fmt: skip
    assert "python" in findings[0].hint and "did you mean" not in findings[1].hint


def test_highlighting_can_be_turned_off():
    assert blocks(fence("python"))[0][0].tokens
    theme = override(Theme(), "code.highlight", False, Place("test"))
    (plain, other), findings = blocks(fence("python") + fence("pyhton"), theme)
    assert not plain.tokens and not other.tokens and not findings
