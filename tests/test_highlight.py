"""Code as tokens: all of it, of the right kinds, by known names; looks that can be read."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.codelook import code_style, contrast
from convert.diagnostics import Place
from convert.errors import BookError
from convert.highlight import LONGEST, LONGEST_LINE, is_plain, knows, nearest, tokens_of
from convert.model.nodes import CodeKind
from convert.theme import Theme
from convert.theming import PRESETS, load_theme, override

HERE = Place("test")


def kinds(code: str, language: str) -> list[tuple[str, str]]:
    out, at = [], 0
    for token in tokens_of(code, language):
        out.append((code[at : at + token.length], token.kind.value))
        at += token.length
    assert at == len(code)
    return [(text, kind) for text, kind in out if kind != "plain"]


def test_kinds_of_python():
    assert kinds('def f(x):\n    "说明"\n    return 1 + x  # 完', "python") == [
        ("def", "keyword"), ("f", "name"), ('"说明"', "string"), ("return", "keyword"), ("1", "number"), ("# 完", "comment"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "language", "wanted"),
    [
        ("int x = 0x1f; /* 注 */", "c", [("int", "keyword"), ("0x1f", "number"), ("/* 注 */", "comment")]),
        ("-旧\n+新", "diff", [("-旧", "deleted"), ("+新", "inserted")]),
        ("a = 'b'", "Python", [("'b'", "string")]),
        ("$ ls\n书.md", "console", [("$ ", "comment")]),
        ("<p>文</p>", "html", [("p", "name"), ("p", "name")]),
    ],
)
def test_kinds_of_other_languages(code, language, wanted):
    assert kinds(code, language) == wanted


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="ab \n\t\r\"'#/*<>{}()\\=+-1文", max_size=120),
    st.sampled_from(["python", "c", "html", "bash", "json", "yaml"]),
)
def test_tokens_cover_any_text(code, language):
    made = tokens_of(code, language)
    assert not made or sum(token.length for token in made) == len(code)
    assert all(one.kind is not other.kind for one, other in pairwise(made))


def test_what_is_no_language_and_what_is_nearly_one():
    assert knows("c++") and knows("JavaScript") and not knows("pyhton")
    assert nearest("pyhton") == "python" and nearest("绝无此语") == ""
    assert is_plain("") and is_plain("TEXT") and not is_plain("python")
    assert tokens_of("x = 1", "pyhton") == ()


def test_what_nobody_wrote_is_left_plain():
    assert tokens_of("x" * LONGEST_LINE, "python") and not tokens_of("x" * (LONGEST_LINE + 1), "python")
    assert tokens_of("x = 1\n" * 1000, "python") and not tokens_of("x = 1\n" * LONGEST, "python")


@pytest.mark.parametrize(
    ("language", "begun", "ended"),
    [
        ("c", "/* x", "/* x */"),
        ("html", "<!-- x", "<!-- x -->"),
        ("markdown", "[a](b", "[a](b)"),
        ("perl", "<<E", "<<E;"),
    ],
)
def test_what_begins_often_and_never_ends_is_left_plain(language, begun, ended):
    assert tokens_of(f"{begun}\n" * 50, language)
    assert not tokens_of(f"{begun}\n" * 500, language)
    assert tokens_of(f"{ended}\n" * 500, language)


def test_looks_are_bold_colours_or_nothing():
    assert code_style("bold #1F3A5F") == code_style("#1F3A5F bold")
    assert code_style("").colour == ""
    with pytest.raises(ValueError, match="slanted"):
        code_style("slanted")
    with pytest.raises(BookError, match="neither bold nor a colour"):
        override(Theme(), "code.keyword", "slanted", HERE)


def test_a_look_that_is_hard_to_read_is_refused():
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21 and contrast("#777777", "#777777") == 1
    with pytest.raises(BookError, match="hard to read"):
        override(Theme(), "code.comment", "#AAAAAA", HERE)
    # A ground that makes it so later leaves the text's own colour.
    dark = override(Theme(), "colour.ground", "#333333", HERE)
    assert dark.code_look(CodeKind.COMMENT).colour == ""


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_keeps_its_code_readable_in_colour_and_in_grey(name):
    theme = load_theme(name)
    for kind in CodeKind:
        colour = theme.code_look(kind).colour or theme.colour.text
        assert contrast(colour, theme.colour.ground) >= 4.5


def test_pygments_is_loaded_for_code_in_a_language_only():
    program = (
        "import sys; from convert.book import SourceFile; from convert.diagnostics import Findings;"
        "from convert.readers import markdown; from convert import transforms;"
        "from convert.terms import terms_for; from convert.theme import Theme;"
        "text = sys.argv[1].replace('|', chr(10)); findings = Findings();"
        "document = markdown.read([SourceFile('a.md', text)], findings);"
        "transforms.finish(document, Theme(), terms_for('zh-Hans'), findings);"
        "print('pygments' in sys.modules)"
    )

    def loaded(text: str) -> str:
        run = subprocess.run(
            [sys.executable, "-c", program, text], capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    assert loaded("文|```|x = 1|```") == "False"
    assert loaded("文|```python|x = 1|```") == "True"
