"""Sections, pages, notes and what else stands round the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from convert.diagnostics import Findings, Place
from convert.manuscript import PageMap
from convert.model import nodes as n
from convert.theme import Theme
from convert.theming import load_theme, override
from convert.writers.docx import DocxWriter
from convert.writers.docx.layout import layout_for
from convert.writers.docx.table import column_widths, measured
from tests.writers.docx.sample import (
    HERE,
    NS,
    Package,
    W,
    cell,
    feature_book,
    heading,
    manuscript,
    para,
    row,
    t,
    text_of,
    write,
)


def val(node: etree._Element, path: str, name: str = "val") -> str:
    found = node.find(path, NS)
    return "" if found is None else found.get(W + name, "")


def table(*rows: n.TableRow, head: tuple[n.TableRow, ...] = (), columns: int = 2, **more: object) -> n.Table:
    return n.Table("", HERE, (n.Alignment.DEFAULT,) * columns, head, rows, **more)  # type: ignore[arg-type]


def sections_of(*blocks: n.Block, **settings: object) -> list[etree._Element]:
    theme = load_theme("booklet")
    for key, value in settings.items():
        theme = override(theme, key.replace("__", "."), value, Place("test"))
    return Package(DocxWriter().write(manuscript(*blocks, theme=theme), Findings())).find(".//w:sectPr")


def test_sections_count_roman_before_the_text_and_arabic_in_it() -> None:
    made = Package(DocxWriter().write(feature_book(), Findings()))
    title, colophon, contents, text, *chapters = made.find(".//w:sectPr")
    assert all(s.find("w:pgNumType", NS) is None for s in (title, colophon))
    assert [val(s, "w:vAlign") for s in (title, colophon, contents)] == ["", "bottom", ""]
    assert [val(s, "w:pgNumType", "fmt") for s in (contents, text)] == ["lowerRoman", "decimal"]
    assert val(text, "w:pgNumType", "start") == "1"
    assert all(s.find("w:pgNumType", NS) is None for s in chapters)
    assert all(val(s, "w:pgSz", "w") == "11906" and val(s, "w:docGrid", "type") == "lines" for s in chapters)
    headers = [made.zip.read(name).decode() for name in made.zip.namelist() if name.startswith("word/header")]
    assert any("STYLEREF" in text for text in headers)


def numbers_of(*blocks: n.Block, **settings: object) -> list[tuple[str, str]]:
    made = sections_of(*blocks, **settings)
    return [(val(s, "w:pgNumType", "fmt"), val(s, "w:pgNumType", "start")) for s in made]


def test_front_matter_counts_roman_and_the_text_anew() -> None:
    def front(text: str) -> n.Heading:
        return replace(heading(1, text), matter=n.Matter.FRONT)

    blocks = (front("序"), para("一"), front("凡例"), para("二"), heading(1, "甲"), para("三"))
    blocks += (heading(1, "乙"), para("四"), wide_table(), para("五"))
    roman, text = ("lowerRoman", ""), ("decimal", "1")
    on = ("", "")
    assert numbers_of(*blocks) == [("lowerRoman", "1"), roman, roman, text, on, on, on]
    bare = numbers_of(*blocks[:6], contents__show=False)
    assert bare == [("lowerRoman", "1"), roman, text]
    running = numbers_of(*blocks[:6], page__chapter_opening="continuous")
    assert running == [("lowerRoman", "1"), roman, text]
    assert numbers_of(*blocks[4:6], contents__show=False) == [text]


def test_the_contents_tell_roman_pages_of_front_matter_and_the_text_from_one() -> None:
    front = replace(heading(1, "序", "a"), matter=n.Matter.FRONT)
    long = tuple(para("文" * 30) for _ in range(40))
    blocks = (front, *long, heading(1, "甲", "b"), *long, heading(1, "乙", "c"), para("文"))
    made = Package(DocxWriter().write(manuscript(*blocks, theme=load_theme("booklet")), Findings()))
    told = [text_of(line).split()[-1] for line in made.paragraphs("TOC1")]
    assert told[0] == "i" and told[1] == "1" and int(told[2]) > 2


def test_each_chapter_is_a_section_whose_first_page_has_no_head() -> None:
    blocks = (
        heading(1, "甲"),
        para("一"),
        heading(1, "乙"),
        table(row(cell("a"), cell("b"))),
        heading(1, "丙"),
        para("三"),
    )
    made = sections_of(*blocks, contents__show=False)
    assert [val(s, "w:type") for s in made] == ["nextPage"] * 3
    assert all(s.find("w:titlePg", NS) is not None for s in made)
    # Heads and feet stand in the first section, the others go on with them.
    assert [len(s.findall("w:headerReference", NS)) for s in made] == [2, 0, 0]
    assert len(sections_of(*blocks, contents__show=False, page__chapter_opening="continuous")) == 1
    right = sections_of(*blocks, contents__show=False, page__chapter_opening="recto")
    assert [val(s, "w:type") for s in right] == ["nextPage", "oddPage", "oddPage"]


def wide_table() -> n.Table:
    words = ("Constantinople",) * 9
    return table(
        row(*map(cell, words)), head=(row(*map(cell, words)),), columns=9, caption=t("宽表"), number="1"
    )


def test_a_wide_table_lies_on_a_page_in_landscape_with_its_caption() -> None:
    blocks = (para("前"), wide_table(), wide_table(), para("后"))
    upright, turned, after = sections_of(*blocks)
    assert [val(s, "w:pgSz", "orient") for s in (upright, turned, after)] == ["", "landscape", ""]
    assert (val(turned, "w:pgSz", "w"), val(turned, "w:pgSz", "h")) == ("16838", "11906")
    made = write(*blocks)
    before = made.document[0][0]
    assert text_of(before) == "前" and before.find("w:pPr/w:sectPr", NS) is not None
    grid = [int(g.get(W + "w")) for g in made.find(".//w:tbl")[0].iter(W + "gridCol")]
    margins = [int(val(turned, "w:pgMar", side)) for side in ("left", "right")]
    assert sum(grid) == 16838 - sum(margins)


def test_a_wide_table_at_the_end_leaves_no_empty_page() -> None:
    assert [val(s, "w:pgSz", "orient") for s in sections_of(para("前"), wide_table())] == ["", "landscape"]
    assert [val(s, "w:pgSz", "orient") for s in sections_of(wide_table())] == ["landscape"]


def test_its_author_may_lay_a_table_in_landscape() -> None:
    small = table(row(cell("a"), cell("b")), attributes=n.Attributes(("landscape",)))
    assert [val(s, "w:pgSz", "orient") for s in sections_of(small)] == ["landscape"]
    assert [val(s, "w:pgSz", "orient") for s in sections_of(table(row(cell("a"), cell("b"))))] == [""]


def test_notes_stand_at_the_end_where_the_theme_says_so() -> None:
    theme = override(load_theme("booklet"), "note.place", "book", Place("test"))
    note = n.Note("x", HERE, (para("注文"),))
    blocks = para("文", n.NoteReference("x"), "再", n.NoteReference("x"))
    made = Package(DocxWriter().write(manuscript(blocks, notes=(note,), theme=theme), Findings()))
    assert "word/footnotes.xml" not in made.zip.namelist()
    texts = [text_of(each) for each in made.part("word/endnotes.xml") if each.get(W + "type") is None]
    assert texts == ["注文"]
    assert len(made.find(".//w:endnoteReference")) == 1
    for part in ("word/settings.xml", "word/document.xml"):
        assert made.part(part).find(".//w:endnotePr/w:numFmt", NS).get(W + "val") == "decimal"
    assert text_of(made.paragraphs("BodyText")[0]) == "文再1"


def test_notes_of_a_chapter_stand_at_the_end_of_its_last_section() -> None:
    theme = override(load_theme("booklet"), "note.place", "chapter", Place("test"))
    blocks = (
        heading(1, "甲"),
        para("文", n.NoteReference("fn")),
        wide_table(),
        para("文"),
        heading(1, "乙"),
        para("文"),
    )
    notes = (n.Note("fn", HERE, (para("注"),)),)
    made = Package(DocxWriter().write(manuscript(*blocks, notes=notes, theme=theme), Findings()))
    sections = made.find(".//w:sectPr")[1:]
    assert [section.find("w:endnotePr/w:pos", NS).get(W + "val") for section in sections] == [
        "sectEnd"
    ] * len(sections)
    held = [section.find("w:noEndnote", NS) is not None for section in sections]
    assert held == [True, True, False, False], "a turned page within the chapter is no end of it"


def test_official_page_numbers_stand_between_dashes_at_the_outer_edge() -> None:
    theme = override(load_theme("official"), "running.folio", "official", Place("test"))
    made = Package(DocxWriter().write(manuscript(heading(1, "题"), para("文"), theme=theme), Findings()))
    feet = {name: made.part(name) for name in made.zip.namelist() if name.startswith("word/footer")}
    shown = {text_of(foot) for foot in feet.values()}
    assert {"— 1 —", "— 2 —"} <= shown
    assert {val(foot, ".//w:jc") for foot in feet.values()} >= {"left", "right"}
    assert made.part("word/settings.xml").find("w:evenAndOddHeaders", NS) is not None
    foot = made.find("w:style[@w:styleId='Footer']/w:rPr", "word/styles.xml")[0]
    assert val(foot, "w:sz") == "28"


def test_short_columns_keep_their_width_beside_long_ones() -> None:
    made = table(row(cell("破折号"), cell("很长的说明" * 30), cell("也很长的说明" * 20)), columns=3)
    short, long, other = column_widths(measured(made), 8400, 210)
    assert short >= 3 * 210 + 160
    assert abs(long - other) <= 1


def test_ruby_and_dots_do_not_part_the_lines() -> None:
    made = write(para(n.Ruby((n.RubySegment("漢", "hàn"),))), para(n.Emphasis(t("着重"))), para("平常"))
    rules = [p.find("w:pPr/w:spacing", NS) for p in made.paragraphs("BodyText")]
    assert [None if rule is None else (rule.get(W + "line"), rule.get(W + "lineRule")) for rule in rules] == [
        ("400", "exact"), ("400", "exact"), None,
    ]  # fmt: skip


def test_the_book_preset_prints_on_the_same_page_in_word() -> None:
    made = Package(DocxWriter().write(manuscript(para("文"), theme=load_theme("book")), Findings()))
    section = made.find(".//w:sectPr")[-1]
    assert (val(section, "w:pgSz", "w"), val(section, "w:pgSz", "h")) == ("7937", "11509")
    width = 7937 - int(val(section, "w:pgMar", "left")) - int(val(section, "w:pgMar", "right"))
    assert width == 26 * 210
    assert made.part("word/settings.xml").find("w:mirrorMargins", NS) is not None


def test_the_contents_tell_the_pages_of_the_print_edition_where_word_has_the_same() -> None:
    pages = PageMap((), {"a": "7", "b": "x"})
    blocks = (heading(1, "甲", "a"), para("文"), heading(1, "乙", "b"))

    def told(theme: str) -> list[str]:
        made = replace(manuscript(*blocks, theme=load_theme(theme)), pages=pages)
        lines = Package(DocxWriter().write(made, Findings())).paragraphs("TOC1")
        return [text_of(line).split()[-1] for line in lines]

    assert told("book") == ["7", "2"]
    assert told("booklet") == ["1", "2"]


def test_a_small_heading_begins_where_paragraphs_begin() -> None:
    made = write(heading(1, "甲"), heading(2, "乙"), heading(3, "丙"), heading(4, "丁"), para("文"))
    indents = [
        val(
            made.find(f"w:style[@w:styleId='Heading{level}']/w:pPr", "word/styles.xml")[0],
            "w:ind",
            "firstLineChars",
        )
        for level in (1, 2, 3, 4)
    ]
    assert indents == ["0", "0", "0", "200"]


@pytest.mark.parametrize("lines", [1, 3, 60])
def test_the_copyright_page_stands_at_the_foot_and_on_one_page(lines: int) -> None:
    metadata = n.Metadata(title="山水", rights="权" * 40 * lines, language="zh")
    made = Package(DocxWriter().write(manuscript(para("文"), metadata=metadata), Findings()))
    page = made.paragraphs("Colophon")
    section = page[-1].find("w:pPr/w:sectPr", NS)
    assert val(section, "w:vAlign") == "bottom"
    above = page[0].find("w:pPr/w:spacing", NS)
    room = int(above.get(W + "beforeLines")) if above is not None else 0
    words = sum(len(text_of(one)) // 35 + 1 for one in page)
    assert room / 100 + words <= layout_for(Theme()).lines or not room
    assert (room > 1500) is (lines < 20)
