"""Running heads in Word: fields where they serve, sections of their own where they do not."""

from __future__ import annotations

from dataclasses import replace

from convert.model import nodes as n
from convert.theme import Theme
from tests.writers.docx.sample import NS, Package, W, heading, para, row, text_of
from tests.writers.docx.sample import cell as table_cell
from tests.writers.docx.test_headings import numbered

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def heads(made: Package) -> list[str]:
    """What the right-hand head of each section of the text says: fixed text, and fields in angle brackets."""
    relations = {item.get("Id"): item.get("Target") for item in made.part("word/_rels/document.xml.rels")}
    out = []
    for section in made.find(".//w:sectPr"):
        for reference in section.iterfind("w:headerReference[@w:type='default']", NS):
            part = made.part(f"word/{relations[reference.get(RELATION)]}")
            codes = [node.text.strip() for node in part.iter(W + "instrText") if node.text]
            out.append("".join(f"<{code}>" for code in codes) or text_of(part))
    return out


def short(title: str, name: str) -> n.Heading:
    return replace(heading(1, title), short=name)


def test_an_ordinary_book_is_one_section() -> None:
    made = numbered(heading(1, "甲"), para("文"), heading(1, "乙"))
    assert heads(made) == ["<STYLEREF 1>"]


def test_the_number_is_fetched_as_well() -> None:
    made = numbered(heading(1, "甲"), heading(1, "乙"), headings="chinese")
    assert heads(made) == ["<STYLEREF 1 \\n><STYLEREF 1>"]
    # A program that does not know the field shows the book's title, which is true on all pages.
    assert text_of(made.part("word/header1.xml")).strip() == "书"
    alone = numbered(heading(1, "甲"), para("文"), short("很长的题目", "短题"), headings="chinese")
    assert text_of(alone.part("word/header1.xml")) == "第一章　甲"


def test_an_unnumbered_chapter_shows_no_number() -> None:
    preface = replace(heading(1, "序"), matter=n.Matter.FRONT)
    made = numbered(preface, heading(1, "甲"), headings="chinese")
    assert heads(made) == ["<STYLEREF 1>", "<STYLEREF 1 \\n><STYLEREF 1>"]


def test_a_short_title_makes_a_section_with_a_typed_head() -> None:
    made = numbered(heading(1, "甲"), para("文"), short("很长的题目", "短题"), para("文"), heading(1, "丙"))
    assert heads(made) == ["<STYLEREF 1>", "短题", "<STYLEREF 1>"]
    ends = [p for p in made.document.iter(W + "p") if p.find("w:pPr/w:sectPr", NS) is not None]
    assert [text_of(p) for p in ends[-2:]] == ["文", "文"]
    assert ends[-1].getnext() is made.paragraphs("Heading1")[2]
    counted = [node for node in made.find(".//w:pgNumType") if node.get(W + "fmt") == "decimal"]
    assert [node.get(W + "start") for node in counted] == ["1"]


def test_a_section_ends_after_a_table_too() -> None:
    table = n.Table("", para("").span, (n.Alignment.DEFAULT,), (), (row(table_cell("格")),))
    made = numbered(heading(1, "甲"), table, short("乙乙", "乙"))
    last = made.paragraphs("Heading1")[1].getprevious()
    assert last.find("w:pPr/w:sectPr", NS) is not None and text_of(last) == ""


def test_where_chapters_follow_on_one_another_there_is_one_section() -> None:
    theme = replace(Theme(), page=replace(Theme().page, chapter_opening="continuous"))
    made = numbered(heading(1, "甲"), short("很长的题目", "短题"), theme=theme)
    assert heads(made) == ["<STYLEREF 1>"]


def test_below_the_title_of_the_book_the_head_names_what_follows_it() -> None:
    below = (heading(1, "书名"), para("文"), heading(2, "甲"), heading(3, "一"), heading(2, "乙"))
    assert heads(numbered(*below, titled=True)) == ["<STYLEREF 2>"]
    assert heads(numbered(*below, titled=True, headings="chinese")) == ["<STYLEREF 2 \\n><STYLEREF 2>"]
    assert heads(numbered(heading(1, "书名"), para("文"), titled=True)) == ["<STYLEREF 1>"]
    assert heads(numbered(*below)) == ["<STYLEREF 1>"]


def test_beside_parts_a_chapter_is_named_and_in_them_fetched() -> None:
    part = replace(heading(1, "上"), matter=n.Matter.PART)
    preface = replace(heading(1, "序"), matter=n.Matter.FRONT)
    assert heads(numbered(preface, part, heading(1, "甲"), heading(1, "乙"))) == [
        "序",
        "<STYLEREF 1>",
        "<STYLEREF 2>",
    ]
