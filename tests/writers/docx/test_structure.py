"""Paragraphs, lists, tables, figures, contents, sections, styles: the XML that Word sees."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.writers.docx import DocxWriter
from convert.writers.docx.table import column_widths, measured
from tests.writers.docx.sample import (
    HERE,
    NS,
    Package,
    W,
    cell,
    division,
    feature_book,
    heading,
    item,
    para,
    png,
    row,
    style_of,
    t,
    text_of,
    write,
)


def val(node: object, path: str, name: str = "val") -> str:
    return node.find(path, NS).get(W + name)  # type: ignore[attr-defined, no-any-return]


def test_the_indent_stands_in_the_style_in_characters_and_twips() -> None:
    made = write(para("正文"))
    ind = made.find("w:style[@w:styleId='BodyText']/w:pPr/w:ind", "word/styles.xml")[0]
    assert ind.get(W + "firstLineChars") == "200"
    assert ind.get(W + "firstLine") == "480"
    assert made.paragraphs("BodyText")[0].find("w:pPr/w:ind", NS) is None


def test_every_style_names_all_faces_and_none_takes_a_theme_face() -> None:
    made = Package(DocxWriter().write(feature_book(), Findings()))
    for style in made.find("w:style[@w:type='paragraph']", "word/styles.xml"):
        fonts = style.find("w:rPr/w:rFonts", NS)
        assert {W + slot for slot in ("ascii", "hAnsi", "eastAsia", "cs")} <= set(fonts.attrib)
    for name in made.zip.namelist():
        if name.endswith(".xml"):
            assert b"Theme=" not in made.zip.read(name), name


def test_heading_levels_are_the_outlines_not_the_sources() -> None:
    made = write(heading(1, "章"), heading(4, "跳级"), heading(2, "不列", listed=False))
    assert [style_of(p) for p in made.document.iter(W + "p") if style_of(p).startswith("Head")] == [
        "Heading1",
        "Heading2",
    ]
    assert len(made.paragraphs("UnlistedHeading")) == 1
    style = made.find("w:style[@w:styleId='Heading2']", "word/styles.xml")[0]
    assert val(style, "w:name") == "heading 2"
    assert val(style, "w:pPr/w:outlineLvl") == "1"
    assert style.find("w:rPr/w:color", NS) is None and style.find("w:rPr/w:i", NS) is None


def test_a_subtitle_is_a_smaller_line_of_the_heading() -> None:
    made = write(n.Heading("h", HERE, 1, t("题"), subtitle=t("——副题")))
    (paragraph,) = made.paragraphs("Heading1")
    assert text_of(paragraph) == "题——副题"
    assert len(paragraph.findall("w:r/w:br", NS)) == 1
    run = paragraph.findall("w:r", NS)[-1]
    assert val(run, "w:rPr/w:rStyle") == "HeadingSubtitle"
    title = made.find("w:style[@w:styleId='Heading1']", "word/styles.xml")[0]
    assert int(val(run, "w:rPr/w:sz")) < int(val(title, "w:rPr/w:sz"))
    assert [text_of(entry).split()[0] for entry in made.paragraphs("TOC1")] == ["题——副题"]


def test_contents_are_filled_not_dirty_and_lead_to_the_headings() -> None:
    made = write(heading(1, "第一章"), para("文" * 3000), heading(1, "第二章"))
    entries = made.paragraphs("TOC1")
    assert [text_of(e).split()[0] for e in entries] == ["第一章", "第二章"]
    assert int(text_of(entries[1]).split()[1]) > int(text_of(entries[0]).split()[1])
    names = {b.get(W + "name") for b in made.find(".//w:bookmarkStart")}
    assert all(e.find("w:hyperlink", NS).get(W + "anchor") in names for e in entries)
    whole = b"".join(made.zip.read(name) for name in made.zip.namelist() if name.endswith(".xml"))
    assert b"w:dirty" not in whole and b"updateFields" not in whole


def test_no_headings_no_contents() -> None:
    assert write(para("只有正文")).paragraphs("TOCHeading") == []


def test_fields_and_bookmarks_balance_and_names_are_fit() -> None:
    made = Package(DocxWriter().write(feature_book(), Findings()))
    depth = 0
    for char in made.document.iter(W + "fldChar"):
        depth += {"begin": 1, "separate": 0, "end": -1}[char.get(W + "fldCharType")]
        assert depth >= 0
    assert depth == 0
    starts = made.find(".//w:bookmarkStart")
    names = [b.get(W + "name").lower() for b in starts]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 and name.isidentifier() for name in names)
    ids = [b.get(W + "id") for b in starts]
    assert sorted(ids) == sorted(b.get(W + "id") for b in made.find(".//w:bookmarkEnd"))
    assert len(set(ids)) == len(ids)
    anchors = {h.get(W + "anchor") for h in made.find(".//w:hyperlink[@w:anchor]")}
    assert anchors <= {b.get(W + "name") for b in starts}
    drawings = [d.get("id") for d in made.find(".//wp:docPr")]
    assert len(set(drawings)) == len(drawings)


def test_each_ordered_list_counts_from_its_own_start() -> None:
    lists = [n.OrderedList("", HERE, (item(para("条")),), start=start) for start in (1, 5, 1)]
    made = write(*lists)
    used = [val(p, "w:pPr/w:numPr/w:numId") for p in made.paragraphs("ListNumber")]
    assert len(set(used)) == 3
    starts = {
        num.get(W + "numId"): val(num, "w:lvlOverride/w:startOverride")
        for num in made.find("w:num", "word/numbering.xml")
        if num.find("w:lvlOverride", NS) is not None
    }
    assert [starts[number] for number in used] == ["1", "5", "1"]


def test_chinese_numbers_and_nested_levels() -> None:
    inner = n.OrderedList("", HERE, (item(para("内")),))
    outer = n.OrderedList("", HERE, (item(para("外"), inner),), style=n.NumberStyle.CHINESE)
    made = write(outer)
    levels = [
        val(p, "w:pPr/w:numPr/w:ilvl")
        for p in made.document.iter(W + "p")
        if p.find("w:pPr/w:numPr", NS) is not None
    ]
    assert levels == ["0", "1"]
    numbering = made.zip.read("word/numbering.xml").decode()
    assert 'w:val="chineseCountingThousand"' in numbering and 'w:val="%1、"' in numbering


def test_a_task_shows_its_mark_and_no_number() -> None:
    made = write(n.BulletList("", HERE, (item(para("做完"), checked=True),)))
    paragraph = made.paragraphs("TaskList")[0]
    assert text_of(paragraph) == "☑做完"
    assert paragraph.find("w:pPr/w:numPr", NS) is None


def table(*rows: n.TableRow, head: tuple[n.TableRow, ...] = (), columns: int = 2, **more: object) -> n.Table:
    return n.Table("", HERE, (n.Alignment.DEFAULT,) * columns, head, rows, **more)  # type: ignore[arg-type]


def test_a_table_repeats_its_head_and_fills_the_measure() -> None:
    made = write(
        table(row(cell("a"), cell("b")), head=(row(cell("甲"), cell("乙")),), caption=t("题"), number="1-1")
    )
    grid = [int(g.get(W + "w")) for g in made.find(".//w:gridCol")]
    assert sum(grid) == 35 * 240
    rows = made.find(".//w:tr")
    assert [r.find("w:trPr/w:tblHeader", NS) is not None for r in rows] == [True, False]
    assert all(r.find("w:trPr/w:cantSplit", NS) is not None for r in rows)
    caption = made.paragraphs("Caption")[0]
    assert text_of(caption) == "表1-1　题"
    assert caption.find("w:pPr/w:keepNext", NS) is not None


def test_merged_cells_keep_the_grid() -> None:
    made = write(table(row(cell("高", rows=2), cell("1")), row(cell("2")), row(cell("宽", columns=2))))
    rows = made.find(".//w:tr")
    assert [[text_of(c) for c in r.findall("w:tc", NS)] for r in rows] == [["高", "1"], ["", "2"], ["宽"]]
    assert rows[0].find("w:tc/w:tcPr/w:vMerge", NS).get(W + "val") == "restart"
    assert rows[1].find("w:tc/w:tcPr/w:vMerge", NS).get(W + "val") is None
    assert val(rows[2], "w:tc/w:tcPr/w:gridSpan") == "2"
    assert all(c[-1].tag == W + "p" for c in made.find(".//w:tc"))


def test_two_tables_do_not_become_one() -> None:
    made = write(table(row(cell("a"), cell("b"))), table(row(cell("c"), cell("d"))))
    kinds = [node.tag.removeprefix(W) for node in made.document[0] if node.tag in (W + "tbl", W + "p")]
    assert kinds == ["tbl", "p", "tbl", "p"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.text(max_size=30), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(2000, 12000),
)
def test_column_widths_sum_to_the_measure(texts: list[list[str]], total: int) -> None:
    made = table(*(row(*(cell(text) for text in line)) for line in texts), columns=3)
    widths = column_widths(measured(made), total, 210)
    assert sum(widths) == total
    assert min(widths) > 0


def test_a_figure_has_alt_text_fits_and_keeps_its_caption() -> None:
    images = {"fig.png": png(4000, 2000)}
    made = write(n.Figure("f", HERE, n.Image("fig.png", "一条河"), t("河"), "1-2"), images=images)
    properties = made.find(".//wp:docPr")[0]
    assert properties.get("descr") == "一条河"
    assert int(made.find(".//wp:extent")[0].get("cx")) <= 35 * 12 * 12700
    assert made.paragraphs("Figure")[0].find("w:pPr/w:keepNext", NS) is not None
    assert text_of(made.paragraphs("Caption")[0]) == "图1-2　河"


def test_an_image_without_alt_text_is_decoration() -> None:
    made = write(n.Figure("f", HERE, n.Image("fig.png", "")), images={"fig.png": png()})
    assert b"adec:decorative" in made.zip.read("word/document.xml")


def test_caption_counts_go_on_and_start_afresh_by_field() -> None:
    figures = [n.Figure("", HERE, n.Image("fig.png", "x"), (), number) for number in ("1-1", "1-2", "2-1")]
    made = write(*figures, images={"fig.png": png()})
    codes = [i.text.strip() for i in made.document.iter(W + "instrText") if i.text and "SEQ" in i.text]
    assert codes == ["SEQ 图 \\* ARABIC", "SEQ 图 \\* ARABIC", "SEQ 图 \\* ARABIC \\r 1"]


def test_a_reference_to_a_caption_is_a_field_with_its_result() -> None:
    figure = n.Figure("fig", HERE, n.Image("fig.png", "x"), (), "3")
    made = write(para("见", n.CrossReference("fig", "图3")), figure, images={"fig.png": png()})
    assert text_of(made.paragraphs("BodyText")[0]) == "见图3"
    codes = [i.text or "" for i in made.paragraphs("BodyText")[0].iter(W + "instrText")]
    assert codes == [" REF _Reffig \\h "]


def test_a_study_block_shows_label_and_bar_and_so_does_what_is_in_it() -> None:
    inner = para("文"), n.BulletList("", HERE, (item(para("条")),)), n.CodeBlock("", HERE, "x")
    made = write(division(n.DivisionKind.KEYPOINT, *inner, number="2"))
    assert text_of(made.paragraphs("StudyLabel")[0]) == "要点2"
    style = made.find("w:style[@w:styleId='KeyPoint']/w:pPr/w:pBdr/w:left", "word/styles.xml")
    assert style[0].get(W + "sz") == "16"
    assert [text_of(p) for p in made.paragraphs("KeyPoint")] == ["文", "条"]
    assert made.paragraphs("SourceCode")[0].find("w:pPr/w:pBdr/w:left", NS) is not None


def test_a_page_break_moves_the_next_paragraph() -> None:
    made = write(para("前"), n.PageBreak("", HERE), para("后"))
    broken = [p.find("w:pPr/w:pageBreakBefore", NS) is not None for p in made.paragraphs("BodyText")]
    assert broken == [False, True]


def test_properties_tell_the_book_and_its_date() -> None:
    made = Package(DocxWriter().write(feature_book(), Findings()))
    core = made.zip.read("docProps/core.xml").decode()
    assert "<dc:title>河边的小学</dc:title>" in core and "林一舟" in core and "2023-11-14T22:13:20Z" in core


def test_the_same_manuscript_gives_the_same_bytes() -> None:
    first, second = (DocxWriter().write(feature_book(), Findings()) for _ in range(2))
    assert first == second


def test_an_empty_book_is_still_a_file() -> None:
    assert write().document.find("w:body/w:sectPr", NS) is not None
