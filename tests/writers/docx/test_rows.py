"""What an editor needs of a Word file, point by point: each has a test that shows it in the file.

A checklist: how a point behaves in all its cases is told by the other modules of this folder.
"""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.records import replace
from convert.theme import NumberTheme, Theme
from convert.theming import load_theme
from convert.transforms import finish
from convert.writers.docx import DocxWriter
from tests.writers.docx.sample import (
    HERE,
    NS,
    Package,
    W,
    feature_book,
    heading,
    manuscript,
    para,
    png,
    style_of,
    text_of,
    write,
)

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@cache
def book() -> Package:
    """The book with everything, written once."""
    return Package(DocxWriter().write(feature_book(), Findings()))


@cache
def numbered() -> Package:
    """A book whose headings quire numbers."""
    theme = Theme(numbers=NumberTheme(headings="chinese"))
    raw = manuscript(
        heading(1, "山", "a"), heading(2, "水", "b"), para(n.CrossReference("a", "")), theme=theme
    )
    document = finish(raw.document, theme, raw.terms, Findings())
    from convert.model.outline import make_outline

    made = replace(raw, document=document, outline=make_outline(document))
    return Package(DocxWriter().write(made, Findings()))


def part(name: str, made: Package | None = None) -> str:
    return (made or book()).zip.read(f"word/{name}.xml").decode()


def style(name: str, made: Package | None = None) -> etree._Element:
    """The style called *name*."""
    sheet = (made or book()).find("w:style", "word/styles.xml")
    (found,) = [one for one in sheet if one.find("w:name", NS).get(W + "val") == name]
    return found


def val(element: etree._Element, path: str, attribute: str = "val") -> str | None:
    found = element.find(path, NS)
    return found.get(W + attribute) if found is not None else None


def runs(text: str) -> list[etree._Element]:
    """The runs of the main story that say *text*."""
    return [run for run in book().document.iter(W + "r") if text in text_of(run)]


def codes(made: Package | None = None) -> list[str]:
    """The instructions of all fields of the main story."""
    return [one.text or "" for one in (made or book()).document.iter(W + "instrText")]


# ------------------------------------------------------------ fonts and languages


def test_the_east_asian_body_font_is_named_and_no_theme_attribute_stands_anywhere() -> None:
    fonts = book().find("w:docDefaults/w:rPrDefault/w:rPr/w:rFonts", "word/styles.xml")[0]
    assert [fonts.get(W + slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")] == [
        "Times New Roman", "Times New Roman", "宋体", "Times New Roman",
    ]  # fmt: skip
    assert not [name for name in book().zip.namelist() if re.search(rb"w:\w+Theme=", book().zip.read(name))]


def test_the_latin_font_is_apart_from_the_east_asian_one() -> None:
    fonts = style("heading 1").find("w:rPr/w:rFonts", NS)
    assert (fonts.get(W + "ascii"), fonts.get(W + "eastAsia")) == ("Arial", "黑体")


def test_quotes_and_dashes_of_chinese_text_are_hinted_one_run_a_script() -> None:
    (run, *_) = runs("正文“引号”与——破折号……")
    assert val(run, "w:rPr/w:rFonts", "hint") == "eastAsia"


def test_the_language_of_the_document_is_told() -> None:
    language = book().find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", "word/styles.xml")[0]
    assert dict(language.attrib) == {W + "val": "en-US", W + "eastAsia": "zh-CN", W + "bidi": "ar-SA"}


def test_japanese_among_chinese_is_told_in_the_east_asian_slot_and_has_a_face_of_its_own() -> None:
    (run,) = runs("日本語の文")
    assert val(run, "w:rPr/w:lang", "eastAsia") == "ja-JP"
    assert val(run, "w:rPr/w:rFonts", "eastAsia") == "ＭＳ 明朝"


def test_new_styles_start_in_the_language_of_the_book() -> None:
    assert '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>' in part("settings")


# ------------------------------------------------------------ paragraphs


def test_first_lines_stand_in_by_two_characters_and_nothing_else_does() -> None:
    indent = style("Body Text").find("w:pPr/w:ind", NS)
    assert (indent.get(W + "firstLineChars"), indent.get(W + "firstLine")) == ("200", "480")
    for name in ("heading 1", "caption", "Table Text", "toc 1"):
        assert style(name).find("w:pPr/w:ind", NS).get(W + "firstLineChars", "0") == "0"


def test_other_indents_are_in_characters_with_a_twin_in_twips() -> None:
    indent = style("Quote").find("w:pPr/w:ind", NS)
    assert (indent.get(W + "leftChars"), indent.get(W + "left")) == ("200", "480")
    assert (indent.get(W + "rightChars"), indent.get(W + "right")) == ("200", "480")
    assert style("footnote text").find("w:pPr/w:ind", NS).get(W + "hangingChars") == "150"


def test_space_before_is_in_lines_with_a_twin_in_twips() -> None:
    spacing = style("Unlisted Heading").find("w:pPr/w:spacing", NS)
    assert (spacing.get(W + "beforeLines"), spacing.get(W + "before")) == ("50", "200")


def test_the_first_paragraph_is_like_all_others() -> None:
    first = book().paragraphs("Heading1")[0].getnext()
    assert style_of(first) == "BodyText"
    assert not [one for one in book().find("w:style", "word/styles.xml") if "First" in one.get(W + "styleId")]


def test_the_rules_for_line_ends_are_words_own() -> None:
    everything = part("settings") + part("styles") + part("document")
    for name in ("kinsoku", "overflowPunct", "noLineBreaks", "topLinePunct"):
        assert f"<w:{name}" not in everything


def test_punctuation_is_compressed() -> None:
    assert '<w:characterSpacingControl w:val="compressPunctuation"/>' in part("settings")


def test_space_between_han_and_latin_is_left_to_word() -> None:
    assert "autoSpace" not in part("styles") + part("document")
    assert runs("Han和Latin混排 version")


def test_lines_stand_on_a_grid_and_notes_and_cells_do_not() -> None:
    grid = book().find("w:body/w:sectPr/w:docGrid")[0]
    assert (grid.get(W + "type"), grid.get(W + "linePitch")) == ("lines", "400")
    for name in ("footnote text", "Table Text", "Source Code", "header"):
        assert val(style(name), "w:pPr/w:snapToGrid") == "0"


def test_soft_breaks_between_han_leave_no_space() -> None:
    text = n.Paragraph("", HERE, (n.Text("山水"), n.SoftBreak(), n.Text("之间")))
    raw = manuscript(text)
    document = finish(raw.document, Theme(), raw.terms, Findings())
    made = Package(DocxWriter().write(replace(raw, document=document), Findings()))
    assert text_of(made.paragraphs("BodyText")[0]) == "山水之间"


def test_hard_breaks_and_verse_are_breaks_in_styles_that_hang() -> None:
    (verse, *_) = book().paragraphs("Verse")
    assert verse.find(".//w:br", NS) is not None
    assert style("Verse").find("w:pPr/w:ind", NS).get(W + "hangingChars") == "200"


# ------------------------------------------------------------ pages


def test_every_section_has_a_size_margins_and_a_gutter_and_facing_pages_are_mirrored() -> None:
    for section in book().document.iter(W + "sectPr"):
        page, margins = section.find("w:pgSz", NS), section.find("w:pgMar", NS)
        assert (page.get(W + "w"), page.get(W + "h"), page.get(W + "code")) == ("11906", "16838", "9")
        assert {"top", "bottom", "left", "right", "gutter"} <= {
            name.removeprefix(W) for name in margins.attrib
        }
    assert "<w:mirrorMargins/>" in part("settings")


def test_page_numbers_are_fields_roman_before_the_text_and_from_one_in_it() -> None:
    numbers = [one.find("w:pgNumType", NS) for one in book().document.iter(W + "sectPr")]
    given = [(one.get(W + "fmt"), one.get(W + "start")) for one in numbers if one is not None]
    assert given[:2] == [("lowerRoman", "1"), ("decimal", "1")]
    assert all(
        " PAGE " in book().zip.read(name).decode() for name in book().zip.namelist() if "/footer" in name
    )


def test_running_heads_fetch_the_chapter_and_differ_left_and_right() -> None:
    heads = [
        book().zip.read(name).decode() for name in book().zip.namelist() if name.startswith("word/header")
    ]
    assert any(" STYLEREF " in head for head in heads)
    assert "<w:evenAndOddHeaders/>" in part("settings")
    kinds = {one.get(W + "type") for one in book().document.iter(W + "headerReference")}
    assert kinds == {"default", "even"}


def test_a_page_break_is_a_property_and_a_rule_a_border() -> None:
    (after,) = write(para("甲"), n.PageBreak("", HERE), para("乙")).paragraphs("BodyText")[1:]
    assert after.find("w:pPr/w:pageBreakBefore", NS) is not None
    assert style("Horizontal Rule").find("w:pPr/w:pBdr/w:bottom", NS) is not None
    assert "w:pict" not in part("document")


# ------------------------------------------------------------ headings and contents


def test_heading_styles_are_words_own_kept_with_their_text_and_upright() -> None:
    for level in range(1, 10):
        one = style(f"heading {level}")
        assert val(one, "w:pPr/w:outlineLvl") == str(level - 1)
        assert one.find("w:qFormat", NS) is not None and one.find("w:semiHidden", NS) is None
        assert one.find("w:pPr/w:keepNext", NS) is not None and one.find("w:pPr/w:keepLines", NS) is not None
        assert val(one, "w:rPr/w:rFonts", "eastAsia") == "黑体"
        assert one.find("w:rPr/w:i", NS) is None and one.find("w:rPr/w:color", NS) is None


def test_heading_numbers_are_a_multilevel_list_linked_to_the_styles() -> None:
    levels = [level for level in numbered().part("word/numbering.xml").iter(W + "lvl")
              if val(level, "w:pStyle") == "Heading1"]  # fmt: skip
    assert [(val(one, "w:numFmt"), val(one, "w:lvlText")) for one in levels] == [
        ("chineseCountingThousand", "第%1章")
    ]
    assert text_of(numbered().paragraphs("Heading1")[0]) == "山"


def test_the_contents_are_a_building_block_filled_in_and_not_dirty() -> None:
    (block,) = book().find("w:body/w:sdt")
    assert val(block, "w:sdtPr/w:docPartObj/w:docPartGallery") == "Table of Contents"
    entries = [
        p for p in block.iter(W + "p") if style_of(p).startswith("TOC") and style_of(p) != "TOCHeading"
    ]
    assert text_of(entries[0]).startswith("第一章 河边") and text_of(entries[0])[-1].isdigit()
    assert any(code.startswith(" PAGEREF _Toc") for code in codes())
    assert codes()[0].split() == ["TOC", "\\o", '"1-3"', "\\h", "\\z", "\\u"]
    everything = part("document") + part("settings")
    assert "w:dirty" not in everything and "updateFields" not in everything


def test_styles_of_the_contents_have_a_leader_to_the_right() -> None:
    for level in range(1, 10):
        tab = style(f"toc {level}").find("w:pPr/w:tabs/w:tab", NS)
        assert (tab.get(W + "val"), tab.get(W + "leader")) == ("right", "middleDot")
    assert style("toc 2").find("w:pPr/w:ind", NS).get(W + "leftChars") == "100"


def test_the_title_of_the_contents_is_in_the_books_language_and_no_heading() -> None:
    (title,) = book().paragraphs("TOCHeading")
    assert text_of(title) == "目　录"
    assert style("TOC Heading").find("w:pPr/w:outlineLvl", NS) is None


def test_lists_of_figures_and_tables_are_filled_fields() -> None:
    assert ' TOC \\h \\z \\c "图1-" ' in codes() or any(' \\c "图' in code for code in codes())
    assert any(' \\c "表' in code for code in codes())
    assert "河与桥" in "".join(map(text_of, book().paragraphs("TableofFigures")))


# ------------------------------------------------------------ captions, references, notes


def test_captions_count_by_fields_above_tables_and_below_figures() -> None:
    captions = book().paragraphs("Caption")
    counted = [text_of(one) for one in captions if one.find(".//w:instrText", NS) is not None]
    assert "图1-1　河与桥" in counted
    assert any(code.strip().startswith("SEQ 图") for code in codes())
    (table,) = [one for one in captions if "水果" in text_of(one)]
    assert table.find("w:pPr/w:keepNext", NS) is not None and table.getnext().tag == W + "tbl"
    (picture,) = [one for one in captions if "河与桥" in text_of(one)]
    assert style_of(picture.getprevious()) == "Figure"


def test_references_are_fields_with_the_words_they_show() -> None:
    assert sum(code.strip().startswith("REF _") for code in codes()) >= 2
    assert any(re.match(r" REF _Ref\w+ \\[rn] \\h ", code) for code in codes(numbered()))


def test_footnotes_are_words_own_circled_and_afresh_on_each_page() -> None:
    for text in (part("settings"), part("document")):
        assert '<w:numFmt w:val="decimalEnclosedCircleChinese"/><w:numRestart w:val="eachPage"/>' in text
    notes = book().find("w:footnote", "word/footnotes.xml")
    assert [one.get(W + "id") for one in notes] == ["-1", "0", "1", "2"]
    assert val(style("footnote text"), "w:rPr/w:sz") < val(style("Body Text"), "w:rPr/w:sz")  # type: ignore[operator]


def test_notes_may_stand_at_the_end() -> None:
    theme = Theme()
    made = replace(feature_book(), theme=replace(theme, note=replace(theme.note, place="book")))
    names = Package(DocxWriter().write(made, Findings())).zip.namelist()
    assert "word/endnotes.xml" in names and "word/footnotes.xml" not in names


# ------------------------------------------------------------ letters


def test_emphasis_is_kai_with_dots_and_slants_only_latin() -> None:
    one = style("Emphasis")
    assert val(one, "w:rPr/w:rFonts", "eastAsia") == "楷体" and val(one, "w:rPr/w:em") == "dot"
    assert val(one, "w:rPr/w:i") == "0"
    assert style("Latin Emphasis").find("w:rPr/w:i", NS) is not None


def test_strong_is_bold_in_hei() -> None:
    one = style("Strong")
    assert one.find("w:rPr/w:b", NS) is not None and one.find("w:rPr/w:bCs", NS) is not None
    assert val(one, "w:rPr/w:rFonts", "eastAsia") == "黑体"


def test_ruby_is_words_own() -> None:
    ruby = next(book().document.iter(W + "ruby"))
    assert [child.tag.removeprefix(W) for child in ruby] == ["rubyPr", "rt", "rubyBase"]
    assert [child.tag.removeprefix(W) for child in ruby[0]] == [
        "rubyAlign",
        "hps",
        "hpsRaise",
        "hpsBaseText",
        "lid",
    ]
    assert (text_of(ruby[1]), text_of(ruby[2])) == ("hàn", "漢")


# ------------------------------------------------------------ blocks


def test_each_list_counts_by_itself_in_its_own_figures() -> None:
    starts = re.findall(r'<w:startOverride w:val="(\d+)"/>', part("numbering"))
    assert starts.count("1") > 3 and "3" in starts
    texts = {val(level, "w:lvlText") for level in book().part("word/numbering.xml").iter(W + "lvl")}
    assert {"%1、", "（%1）", "%1", "%1."} <= texts
    assert book().paragraphs("ListBullet") and book().paragraphs("ListNumber")


def test_quotes_are_kai_and_code_is_not_proofread() -> None:
    assert val(style("Quote"), "w:rPr/w:rFonts", "eastAsia") == "楷体"
    for name in ("Source Code", "Verbatim Char"):
        assert style(name).find("w:rPr/w:noProof", NS) is not None
    assert book().paragraphs("DefinitionTerm") and book().paragraphs("Definition")


def test_each_kind_of_study_block_and_alert_has_a_style_with_bar_and_ground() -> None:
    for name in ("Key Point", "Question", "Answer", "Exercise", "Vocabulary", "Reading", "Alert Warning"):
        one = style(name)
        assert one.find("w:pPr/w:pBdr/w:left", NS) is not None and one.find("w:pPr/w:shd", NS) is not None
        assert book().paragraphs(one.get(W + "styleId"))


def test_tables_have_a_style_that_is_there_widths_that_sum_and_heads_that_repeat() -> None:
    assert val(style("Three-Line Table"), "w:basedOn") == style("Normal Table").get(W + "styleId")
    for table in book().find("w:body/w:tbl"):
        grid = [int(column.get(W + "w")) for column in table.find("w:tblGrid", NS)]
        assert sum(grid) == int(table.find("w:tblPr/w:tblW", NS).get(W + "w"))
        assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in table.findall("w:tr", NS))
    xml = part("document")
    assert "<w:tblHeader/>" in xml and "<w:vMerge" in xml and "<w:gridSpan" in xml


def test_pictures_have_ids_words_and_a_size_that_fits() -> None:
    drawings = list(book().document.iter(WP + "docPr"))
    assert len({one.get("id") for one in drawings}) == len(drawings)
    assert drawings[0].get("descr") in ("一条河", "行内图")
    decorative = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
    assert [bool(one.get("descr")) or next(one.iter(decorative), None) is not None for one in drawings] == [
        True for _ in drawings
    ]
    widest = 11906 * 635
    assert all(int(one.get("cx")) < widest for one in book().document.iter(WP + "extent"))


def test_formulas_are_words_own() -> None:
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
    assert len(list(book().document.iter(math + "oMath"))) == 2


# ------------------------------------------------------------ the file


def test_who_cannot_see_the_pages_is_told_all() -> None:
    core = book().zip.read("docProps/core.xml").decode()
    assert "<dc:title>河边的小学</dc:title>" in core and "<dc:language>zh-CN</dc:language>" in core
    assert '<w:tblCaption w:val="水果"/>' in part("document")
    body = book().document.find("w:body", NS)
    empty = [
        p
        for p in body.findall("w:p", NS)
        if not len(p.findall(".//w:r", NS)) and p.find("w:pPr/w:sectPr", NS) is None
    ]
    assert {style_of(p) for p in empty} <= {
        "HorizontalRule",
        "Normal",
        "TableText",
        "ListNumber",
    }  # an item may be empty


def test_properties_say_what_is_known_and_nothing_stale() -> None:
    core = book().zip.read("docProps/core.xml").decode()
    for piece in ("<dc:creator>林一舟</dc:creator>", "<cp:keywords>语文, 练习</cp:keywords>", "dc:identifier",
                  "2023-11-14T22:13:20Z</dcterms:created>", "2023-11-14T22:13:20Z</dcterms:modified>"):  # fmt: skip
        assert piece in core
    app = book().zip.read("docProps/app.xml").decode()
    assert "<Application>quire</Application>" in app and "Words" not in app and "Pages" not in app


def test_word_is_told_to_work_as_it_does_today_and_with_the_chinese_settings() -> None:
    settings = part("settings")
    assert (
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    )
    for name in ("spaceForUL", "balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone", "ulTrailSpace",
                 "doNotExpandShiftReturn", "adjustLineHeightInTable", "useFELayout"):  # fmt: skip
        assert f"<w:{name}/>" in settings


def test_styles_that_are_not_there_stay_behind_and_names_are_as_word_writes_them() -> None:
    latent = book().find("w:latentStyles", "word/styles.xml")[0]
    assert latent.get(W + "count") == "376" and len(latent) > 300
    names = [one.find("w:name", NS).get(W + "val") for one in book().find("w:style", "word/styles.xml")]
    assert {"heading 1", "toc 1", "caption", "footnote text", "Body Text", "List Bullet", "header"} <= set(
        names
    )


def test_bookmarks_stand_inside_their_paragraphs_under_names_that_word_takes() -> None:
    marks = list(book().document.iter(W + "bookmarkStart"))
    assert all(re.fullmatch(r"(?!\d)\w{1,40}", mark.get(W + "name")) for mark in marks)
    assert all(mark.getparent().tag != W + "body" for mark in marks)
    assert [mark for mark in marks if mark.get(W + "name").startswith("_Toc")]


def test_changes_are_tracked_on_demand_and_blocks_are_known_again() -> None:
    assert "trackRevisions" not in part("settings") and "doNotTrack" not in part("settings")
    theme = Theme()
    tracked = replace(theme, docx=replace(theme.docx, track=True))
    assert "<w:trackRevisions/>" in part("settings", write(para("文"), theme=tracked))
    marks = {mark.get(W + "name") for mark in book().document.iter(W + "bookmarkStart")}
    assert sum(name.startswith("_q") for name in marks) > 40


def test_the_font_table_knows_other_names_and_charsets_and_embeds_on_demand() -> None:
    (song,) = book().find("w:font[@w:name='宋体']", "word/fontTable.xml")
    assert val(song, "w:altName") == "SimSun" and val(song, "w:charset") == "86"
    assert "embed" not in part("fontTable") + part("settings")  # see test_embedding


def test_two_builds_are_the_same_bytes_in_order_and_of_one_date() -> None:
    assert DocxWriter().write(feature_book(), Findings()) == book().data
    infos = book().zip.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert infos[0].filename == "[Content_Types].xml"


def test_lines_run_down_on_demand() -> None:
    theme = load_theme("book")
    vertical = replace(theme, docx=replace(theme.docx, direction="vertical"))
    made = write(para("文"), theme=vertical)
    assert [one.get(W + "val") for one in made.document.iter(W + "textDirection")] == [
        "tbRl"
    ]  # see test_vertical


def test_a_small_picture_is_as_large_as_its_pixels_say() -> None:
    picture = n.Figure("", HERE, n.Image("fig.png", "河"))
    made = write(picture, images={"fig.png": png(96, 48)})
    extent = next(made.document.iter(WP + "extent"))
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (914400, 457200)
