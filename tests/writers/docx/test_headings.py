"""Word's own numbers of headings: multilevel lists linked to the heading styles."""

from __future__ import annotations

from dataclasses import replace

from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.model.identity import identify
from convert.model.outline import make_outline
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import finish
from convert.writers.base import Manuscript
from convert.writers.docx import DocxWriter
from tests.writers.docx.sample import HERE, NS, Package, W, heading, para, text_of


def numbered(
    *blocks: n.Block,
    language: str = "zh-CN",
    theme: Theme | None = None,
    titled: bool = False,
    **keys: object,
) -> Package:
    theme = theme or Theme()
    theme = replace(theme, numbers=replace(theme.numbers, **keys))
    terms = terms_for(language)
    document = identify(
        n.Document(
            n.Metadata(title="书", language=language, title_from_heading=titled), blocks, (), ("a.md",)
        )
    )
    document = finish(document, theme, terms, Findings())
    made = Manuscript(document, make_outline(document), theme, terms, {}, 0)
    return Package(DocxWriter().write(made, Findings()))


def levels(made: Package, number: str) -> list[dict[str, str]]:
    """What the levels of the list *number* say, by element."""
    (item,) = (i for i in made.find("w:num", "word/numbering.xml") if i.get(W + "numId") == number)
    abstract = item.find("w:abstractNumId", NS).get(W + "val")  # type: ignore[union-attr]
    (found,) = (
        i for i in made.find("w:abstractNum", "word/numbering.xml") if i.get(W + "abstractNumId") == abstract
    )
    return [
        {child.tag.removeprefix(W): child.get(W + "val", "on") for child in item}
        for item in found.iterfind("w:lvl", NS)
    ]


def style_number(made: Package, style: str) -> tuple[str, str]:
    (node,) = made.find(f"w:style[@w:styleId='{style}']/w:pPr/w:numPr", "word/styles.xml")
    return node.find("w:ilvl", NS).get(W + "val"), node.find("w:numId", NS).get(W + "val")  # type: ignore[union-attr]


def direct(paragraph: object) -> str:
    node = paragraph.find("w:pPr/w:numPr/w:numId", NS)  # type: ignore[attr-defined]
    return "" if node is None else node.get(W + "val")


def test_heading_styles_carry_the_list_and_the_text_no_number() -> None:
    made = numbered(heading(1, "甲"), heading(2, "乙"), heading(1, "丙"), headings="chinese")
    level, number = style_number(made, "Heading2")
    assert level == "1" and style_number(made, "Heading1") == ("0", number)
    first, second, third, *rest = levels(made, number)
    assert (first["numFmt"], first["lvlText"], first["pStyle"]) == (
        "chineseCountingThousand",
        "第%1章",
        "Heading1",
    )
    assert (first["suff"], second["lvlText"], third["lvlText"]) == ("space", "第%2节", "%3、")
    assert third["suff"] == "nothing" and third["pStyle"] == "Heading3"
    assert all(item["numFmt"] == "none" and "pStyle" not in item for item in rest)
    assert [text_of(p) for p in made.paragraphs("Heading1")] == ["甲", "丙"]
    assert not any(direct(p) for style in ("Heading1", "Heading2") for p in made.paragraphs(style))
    assert [text_of(p).split()[:2] for p in made.paragraphs("TOC1")] == [["第一章", "甲"], ["第二章", "丙"]]


def test_without_a_scheme_there_is_no_list_of_headings() -> None:
    made = numbered(heading(1, "第一章 甲"))
    assert made.find("w:style[@w:styleId='Heading1']/w:pPr/w:numPr", "word/styles.xml") == []
    assert text_of(made.paragraphs("Heading1")[0]) == "第一章 甲"


def test_figures_above_are_arabic_where_their_own_level_is_not() -> None:
    made = numbered(heading(1, "甲"), heading(2, "乙"), headings="mixed", numerals="simple")
    first, second, *_ = levels(made, style_number(made, "Heading1")[1])
    assert (first["numFmt"], first["lvlText"]) == ("chineseCountingThousand", "第%1章")
    assert (second["lvlText"], second.get("isLgl")) == ("%1.%2", "on")
    plain = numbered(heading(1, "甲"), heading(2, "乙"), headings="mixed")
    assert "isLgl" not in levels(plain, style_number(plain, "Heading1")[1])[1]


def test_a_heading_without_a_number_is_in_a_list_that_shows_nothing() -> None:
    preface = replace(heading(1, "序"), matter=n.Matter.FRONT)
    made = numbered(preface, heading(1, "甲"), headings="chinese")
    first, second = made.paragraphs("Heading1")
    assert levels(made, direct(first))[0]["numFmt"] == "none" and not direct(second)


def test_parts_hold_chapters_that_count_on() -> None:
    def part(title: str) -> n.Heading:
        return replace(heading(1, title), matter=n.Matter.PART)

    made = numbered(part("上"), heading(1, "甲"), part("下"), heading(1, "乙"), headings="chinese")
    assert [text_of(p) for p in made.paragraphs("Heading1")] == ["上", "下"]
    part_list, chapter_list = (style_number(made, f"Heading{level}")[1] for level in (1, 2))
    # Two lists: a part must not make the chapters begin again.
    assert part_list != chapter_list
    assert levels(made, part_list)[0]["lvlText"] == "第%1编"
    first, second, third, *_ = levels(made, chapter_list)
    assert (first["lvlText"], second["lvlText"], third["lvlText"]) == ("", "第%2章", "第%3节")
    assert (second["pStyle"], third["pStyle"]) == ("Heading2", "Heading3")


def test_appendices_count_in_a_list_of_their_own() -> None:
    appendix = replace(heading(1, "表"), matter=n.Matter.APPENDIX)
    made = numbered(heading(1, "甲"), appendix, heading(2, "大表"), headings="decimal")
    number = direct(made.paragraphs("Heading1")[1])
    first, second, *_ = levels(made, number)
    assert (first["numFmt"], first["lvlText"], second["lvlText"]) == ("upperLetter", "附录%1", "%1.%2")
    assert direct(made.paragraphs("Heading2")[0]) == number


def test_kept_numbers_become_words_own_and_set_the_count() -> None:
    made = numbered(
        heading(1, "第三章　甲"), heading(1, "第四章　乙"), heading(1, "（九）丙"), headings="decimal"
    )
    assert [text_of(p) for p in made.paragraphs("Heading1")] == ["甲", "乙", "（九）丙"]
    first, second, third = made.paragraphs("Heading1")
    number = style_number(made, "Heading1")[1]
    assert levels(made, number)[0]["lvlText"] == "第%1章"
    start = next(i for i in made.find("w:num", "word/numbering.xml") if i.get(W + "numId") == direct(first))
    assert start.find("w:lvlOverride/w:startOverride", NS).get(W + "val") == "3"  # type: ignore[union-attr]
    assert not direct(second) and levels(made, direct(third))[0]["numFmt"] == "none"


def test_a_reference_asks_for_the_number() -> None:
    target = replace(heading(2, "乙"), id="sec-b")
    refer = n.Paragraph("p", HERE, (n.Text("见"), n.CrossReference("sec-b"), n.Text("。")))
    made = numbered(heading(1, "甲"), target, refer, headings="decimal")
    (body,) = made.paragraphs("BodyText")
    assert text_of(body) == "见1.1节。"
    codes = [node.text.strip() for node in body.iter(W + "instrText") if node.text]
    assert len(codes) == 1 and codes[0].startswith("REF _Ref") and codes[0].endswith("\\n \\h")
    names = {b.get(W + "name") for b in made.paragraphs("Heading2")[0].iterfind("w:bookmarkStart", NS)}
    assert codes[0].split()[1] in names


def test_a_percent_sign_in_a_word_is_typed() -> None:
    made = numbered(heading(1, "甲"), para("文"), headings="chinese", chapter="第{}%章")
    assert text_of(made.paragraphs("Heading1")[0]) == "第一%章　甲"


def test_numbers_are_typed_where_lists_are_not_wanted() -> None:
    blocks = (heading(1, "甲"), heading(2, "乙"))
    theme = replace(Theme(), docx=replace(Theme().docx, live_numbers=False))
    made = numbered(*blocks, theme=theme, headings="decimal")
    assert text_of(made.paragraphs("Heading2")[0]) == "1.1　乙"
    assert made.find("w:style/w:pPr/w:numPr/w:numId[@w:val='3']", "word/styles.xml") == []


def test_a_heading_that_opens_a_paragraph_ends_in_a_style_separator() -> None:
    opening = n.RunIn("r", HERE, 2, (n.Text("一、走路"),))
    made = numbered(
        heading(1, "题"),
        n.Paragraph("p", HERE, (opening, n.Text("。慢慢走。"))),
        n.Generated("g", HERE, n.GeneratedKind.CONTENTS),
    )
    (head,) = made.paragraphs("RunInHeading2")
    mark = head.find("w:pPr/w:rPr", NS)
    assert [child.tag for child in mark] == [W + "vanish", W + "specVanish"]  # type: ignore[union-attr]
    after = head.getnext()
    assert (text_of(head), text_of(after)) == ("一、走路", "。慢慢走。")
    assert after.find("w:pPr/w:rPr", NS) is None
    (style,) = made.find("w:style[@w:styleId='RunInHeading2']", "word/styles.xml")
    assert style.find("w:pPr/w:outlineLvl", NS).get(W + "val") == "1"  # type: ignore[union-attr]
    indents = [
        dict(made.find(f"w:style[@w:styleId='{name}']/w:pPr/w:ind", "word/styles.xml")[0].attrib)
        for name in ("RunInHeading2", "BodyText")
    ]
    assert indents[0] == indents[1]
    entry = made.paragraphs("TOC2")[0].find("w:hyperlink", NS)
    names = {b.get(W + "name") for b in head.iterfind("w:bookmarkStart", NS)}
    assert entry.get(W + "anchor") in names  # type: ignore[union-attr]


def test_a_book_without_them_has_no_style_for_them() -> None:
    assert "RunInHeading" not in numbered(heading(1, "题")).zip.read("word/styles.xml").decode()


def test_beside_parts_a_heading_looks_like_a_chapter_on_the_level_of_parts() -> None:
    part = replace(heading(1, "上"), matter=n.Matter.PART)
    preface = replace(heading(1, "序"), matter=n.Matter.FRONT)
    made = numbered(preface, heading(2, "缘起"), part, heading(1, "甲"), heading(2, "乙"), headings="chinese")

    def look(style: str) -> dict[str, str]:
        (found,) = made.find(f"w:style[@w:styleId='{style}']", "word/styles.xml")
        wanted = ("w:rPr/w:sz", "w:pPr/w:pageBreakBefore", "w:pPr/w:outlineLvl", "w:pPr/w:numPr/w:numId")
        nodes = {path.rpartition(":")[2]: found.find(path, NS) for path in wanted}
        return {name: node.get(W + "val", "on") for name, node in nodes.items() if node is not None}

    assert [text_of(p) for p in made.paragraphs("HeadingBeside1")] == ["序"]
    assert [text_of(p) for p in made.paragraphs("HeadingBeside2")] == ["缘起"]
    beside, chapter, section, part_look = (
        look(name) for name in ("HeadingBeside1", "Heading2", "Heading3", "Heading1")
    )
    assert (beside["sz"], beside["pageBreakBefore"], beside["outlineLvl"]) == (chapter["sz"], "on", "0")
    assert "numId" not in beside and "numId" in chapter and not direct(made.paragraphs("HeadingBeside1")[0])
    assert int(part_look["sz"]) > int(chapter["sz"]) > int(section["sz"]) and "pageBreakBefore" not in section
    assert look("HeadingBeside2")["sz"] == section["sz"]
