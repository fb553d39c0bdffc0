"""Code in Word: character styles by what stretches are, numbered lines as a list of their own."""

from __future__ import annotations

from dataclasses import replace

from convert.diagnostics import Findings
from convert.highlight import tokens_of
from convert.model import nodes as n
from convert.theme import CodeTheme, Theme
from convert.writers.docx import DocxWriter
from tests.writers.docx.sample import HERE, NS, Package, W, item, manuscript, para, text_of, write

TEXT = "if x:\n    return '字'"


def val(element, path: str) -> str:  # type: ignore[no-untyped-def]
    return str(element.find(path, NS).get(W + "val"))


CODE = n.CodeBlock("", HERE, TEXT, "python", tokens=tokens_of(TEXT, "python"))


def styled(made: Package) -> list[tuple[str, str]]:
    return [
        (style.get(W + "val"), text_of(run))
        for run in made.document.iter(W + "r")
        if (style := run.find("w:rPr/w:rStyle", NS)) is not None
    ]


def test_stretches_have_character_styles() -> None:
    made = write(CODE)
    assert styled(made) == [("CodeKeyword", "if"), ("CodeKeyword", "return"), ("CodeString", "'字'")]
    assert text_of(made.paragraphs("SourceCode")[0]).split() == ["if", "x:", "return", "'字'"]
    bold = made.find("w:style[@w:styleId='CodeKeyword']/w:rPr/w:b", "word/styles.xml")
    assert len(bold) == 1
    assert not styled(write(replace(CODE, tokens=())))


def test_the_theme_says_how_they_look() -> None:
    theme = replace(Theme(), code=CodeTheme(keyword="#123456", string=""))
    made = Package(DocxWriter().write(manuscript(CODE, theme=theme), Findings()))
    colour = made.find("w:style[@w:styleId='CodeKeyword']/w:rPr", "word/styles.xml")[0]
    assert val(colour, "w:color") == "123456" and colour.find("w:b", NS) is None
    assert [name for name, _ in styled(made)] == ["CodeKeyword", "CodeKeyword"]


def test_numbered_lines_are_a_list_that_begins_where_it_is_told() -> None:
    made = write(replace(CODE, numbered=True, start=9), replace(CODE, numbered=True))
    lines = made.paragraphs("SourceLine")
    assert [text_of(line).split() for line in lines[:2]] == [["if", "x:"], ["return", "'字'"]]
    ids = [val(line, "w:pPr/w:numPr/w:numId") for line in lines]
    assert ids[0] == ids[1] != ids[2] == ids[3]
    starts = [
        made.find(f"w:num[@w:numId='{ident}']/w:lvlOverride/w:startOverride", "word/numbering.xml")[0].get(
            W + "val"
        )
        for ident in (ids[0], ids[2])
    ]
    assert starts == ["9", "1"]


def test_numbered_code_that_begins_an_item_leaves_the_number_to_it() -> None:
    made = write(n.OrderedList("", HERE, (item(replace(CODE, numbered=True)), item(para("二")))))
    assert len(made.paragraphs("SourceCode")) == 1 and not made.paragraphs("SourceLine")
