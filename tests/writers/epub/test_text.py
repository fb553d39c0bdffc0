"""Inlines and blocks as XHTML."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from convert.diagnostics import Code, Findings
from convert.model import nodes as n
from convert.theme import LayoutTheme, Theme
from convert.writers.epub import EpubWriter
from convert.writers.epub.markup import XML_ILLEGAL, attribute, escape
from tests.writers.epub.samples import (
    OPF,
    OPS,
    SPAN,
    XHTML,
    Epub,
    everything,
    head,
    inside,
    manuscript,
    note,
    para,
    picture,
    text,
    write,
)


def test_markup_characters_are_text() -> None:
    found = write(para('a < b & c > d " e', n.Code("<b>&amp;</b>")))
    paragraph = found.chapter().find(f".//{XHTML}p")
    assert paragraph is not None
    assert inside(paragraph) == 'a < b & c > d " e<b>&amp;</b>'
    assert len(paragraph) == 1


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_escaped_text_and_attributes_come_back(given_text: str) -> None:
    kept = XML_ILLEGAL.sub("", given_text)
    element = etree.fromstring(f'<a b="{attribute(kept)}">{escape(kept)}</a>'.encode())
    assert (element.text or "", element.get("b")) == (kept, kept)


def test_a_character_that_xml_cannot_hold_is_left_out_and_named() -> None:
    findings = Findings()
    block = n.Paragraph("", n.SourceSpan("book.md", 7, 7), text("甲\x0b乙\ud800丙"))
    data = EpubWriter().write(manuscript(para("好"), block), findings)
    assert "甲乙丙" in inside(Epub(data).chapter())
    (finding,) = findings
    assert finding.code is Code.CONTROL_CHARACTER
    assert finding.place.line == 7
    assert "U+000B" in finding.message


def test_a_clean_book_has_no_findings() -> None:
    findings = Findings()
    EpubWriter().write(manuscript(head(1, "甲"), para("乙")), findings)
    assert list(findings) == []


def test_a_formula_is_mathml_and_its_file_says_so() -> None:
    findings = Findings()
    blocks = (
        head(1, "甲"),
        para(n.Math("a<b")),
        n.MathBlock("", SPAN, "x^2", "2"),
        head(1, "乙"),
        para("无"),
    )
    found = Epub(EpubWriter().write(manuscript(*blocks), findings))
    assert list(findings) == []
    shown = found.chapter().findall(".//{http://www.w3.org/1998/Math/MathML}math")
    assert [(e.get("alttext"), e.get("display")) for e in shown] == [("a<b", "inline"), ("x^2", "block")]
    assert "(2)" in found.body()
    items = {i.get("href"): i.get("properties") for i in found.opf.iter(f"{OPF}item")}
    assert (items["text/c001.xhtml"], items["text/c002.xhtml"]) == ("mathml", None)


def test_a_long_formula_can_be_moved_sideways_with_keys_too() -> None:
    long, short = n.MathBlock("", SPAN, "+".join("abcdefghijklmnopqrstuvwxyz")), n.MathBlock("", SPAN, "a")
    shown = [p.get("tabindex") for p in write(long, short).chapter().iter(f"{XHTML}p")]
    assert shown == ["0", None]


def test_a_formula_that_is_not_understood_is_tex_and_told_with_its_place() -> None:
    findings = Findings()
    block = n.Paragraph("", n.SourceSpan("book.md", 7, 7), (n.Math(r"\unknown{<"),))
    found = Epub(EpubWriter().write(manuscript(para(n.Math("x")), block), findings))
    (finding,) = findings
    assert (finding.code, finding.place.line) == (Code.FEATURE_UNSUPPORTED, 7)
    assert r'<code class="math">\unknown{&lt;</code>' in found.body()
    assert {"MathML", "latex"} <= {e.text for e in found.opf.iter(f"{OPF}meta")}


@pytest.mark.parametrize(
    ("inline", "shown"),
    [
        (n.Strong(text("重")), "<strong>重</strong>"),
        (n.Emphasis(text("着重")), "<em>着重</em>"),
        (n.Emphasis(text("Hamlet")), '<em class="latin">Hamlet</em>'),
        (n.Strikethrough(text("删")), "<s>删</s>"),
        (n.Highlight(text("亮")), "<mark>亮</mark>"),
        (n.Superscript(text("2")), "<sup>2</sup>"),
        (n.Subscript(text("2")), "<sub>2</sub>"),
        (n.LineBreak(), "<br/>"),
        (n.Abbreviation("CSS", 'a"b'), '<abbr title="a&quot;b">CSS</abbr>'),
        (n.Blank(3), '<span class="blank" style="width:3em">&#160;</span>'),
        (n.Span(text("字"), n.SpanKind.KAI), '<span class="kai">字</span>'),
        (n.Span(text("字"), n.SpanKind.UNDERLINE), "<u>字</u>"),
        (n.Span(text("字"), language="ja"), '<span lang="ja" xml:lang="ja">字</span>'),
        (n.Span(text("字"), attributes=n.Attributes(("ok", "no good"))), '<span class="ok">字</span>'),
        (n.Span(text("字")), "<p>字</p>"),
        (
            n.Ruby((n.RubySegment("汉", "hàn"), n.RubySegment("字", "zì"))),
            "<ruby>汉<rt>hàn</rt>字<rt>zì</rt></ruby>",
        ),
        (
            n.Link(text("页"), n.ExternalTarget("https://e.org/路 a?q=100%&x")),
            '<a href="https://e.org/%E8%B7%AF%20a?q=100%25&amp;x">页</a>',
        ),
        (n.Link(text("页"), n.ExternalTarget("http://[bad")), "<p><span>页</span></p>"),
    ],
)
def test_inlines(inline: n.Inline, shown: str) -> None:
    assert shown in write(para(inline)).body()


def test_links_find_their_file_and_id() -> None:
    found = write(
        head(1, "一", name="one"),
        para(n.Link(text("去"), n.InternalTarget("段落")), n.CrossReference("one", "第一章")),
        head(1, "二"),
        para("目标", name="段落"),
    )
    here, there = found.chapter(1), found.chapter(2)
    away, near = here.findall(f".//{XHTML}a")
    file, _, name = away.get("href", "").partition("#")
    assert file == "c002.xhtml"
    assert [inside(e) for e in there.iter(f"{XHTML}p") if e.get("id") == name] == ["目标"]
    assert near.get("href") == "#one"


def test_only_what_is_pointed_to_has_an_id() -> None:
    assert "<p>无人指向</p>" in write(para("无人指向", name="x")).body()


# ---------------------------------------------------------------- lists


def test_task_marks_are_text() -> None:
    items = (n.ListItem("", SPAN, (para("完"),), True), n.ListItem("", SPAN, (para("未"),), False))
    found = write(n.BulletList("", SPAN, items))
    assert [inside(li) for li in found.chapter().iter(f"{XHTML}li")] == ["☑ 完", "☐ 未"]


def test_a_task_whose_item_is_no_paragraph_keeps_its_mark() -> None:
    item = n.ListItem("", SPAN, (n.CodeBlock("", SPAN, "x"),), True)
    assert "☑" in write(n.BulletList("", SPAN, (item,))).body()


def test_ordered_lists_keep_start_and_style() -> None:
    item = n.ListItem("", SPAN, (para("甲"),))
    found = (
        write(n.OrderedList("", SPAN, (item,), 3, n.NumberStyle.UPPER_ROMAN)).chapter().find(f".//{XHTML}ol")
    )
    assert found is not None
    assert (found.get("start"), found.get("type")) == ("3", "I")


def test_tight_items_are_bare_and_loose_ones_paragraphs() -> None:
    items = (n.ListItem("", SPAN, (para("甲"),)),)
    assert "<li>甲</li>" in write(n.BulletList("", SPAN, items)).body()
    assert "<li><p>甲</p></li>" in write(n.BulletList("", SPAN, items, tight=False)).body()


# ---------------------------------------------------------------- headings


def _tags(found: Epub, number: int = 1) -> list[str]:
    names = [f"{XHTML}h{level}" for level in range(1, 7)]
    return [str(e.tag)[-2:] for e in found.chapter(number).iter(*names)]


def test_one_h1_a_file_and_no_skipped_level() -> None:
    found = write(head(1, "甲"), head(4, "乙"), head(6, "丙"), head(2, "丁"), head(1, "戊"), head(5, "己"))
    assert _tags(found, 1) == ["h1", "h2", "h3", "h2"]
    assert _tags(found, 2) == ["h1", "h2"]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=12), st.integers(1, 3))
def test_heading_tags_hold_for_every_order_of_levels(levels: list[int], split: int) -> None:
    theme = replace(Theme(), epub=replace(Theme().epub, split=split))
    found = write(*(head(level, f"题{i}") for i, level in enumerate(levels)), theme=theme)
    for number in range(1, len(found.chapters()) + 1):
        tags = [int(tag[1]) for tag in _tags(found, number)]
        assert tags.count(1) == 1
        assert tags[0] == 1
        assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(tags))


def test_a_heading_outside_the_outline_is_a_bold_line() -> None:
    found = write(head(1, "题"), head(2, "隐", listed=False), n.Quote("", SPAN, (head(2, "引中"),)))
    assert _tags(found) == ["h1"]
    assert found.body().count('<p class="heading">') == 2


def test_sections_nest_and_the_file_is_named_by_its_heading() -> None:
    found = write(head(1, "章", name="c"), head(2, "节"), head(2, "又节")).chapter()
    sections = found.findall(f".//{XHTML}section")
    assert sections[0].get(f"{OPS}type") == "chapter"
    assert sections[0].get("role") == "doc-chapter"
    assert sections[0].get("aria-labelledby") == "c"
    assert len(sections[0].findall(f"{XHTML}section")) == 2


def test_a_subtitle_has_a_line_of_its_own_in_the_heading() -> None:
    block = n.Heading("h", SPAN, 1, text("两字"), subtitle=text("——", n.Emphasis(text("副"))))
    assert (
        write(block).body().count('<h1 id="h">两字<br/><span class="subtitle">——<em>副</em></span></h1>') == 1
    )


def test_a_heading_in_its_paragraph_is_what_nav_and_ncx_lead_to() -> None:
    opening = n.Paragraph("p", SPAN, (n.RunIn("r", SPAN, 2, text("一、走路")), n.Text("。慢慢走。")))
    found = write(head(1, "题"), opening)
    assert found.body().count('<p><strong class="run-in" id="r">一、走路</strong>。慢慢走。</p>') == 1
    for name in ("nav.xhtml", "toc.ncx"):
        assert b"text/c001.xhtml#r" in found.zip.read(f"EPUB/{name}")


def _matter(title: str, matter: n.Matter) -> n.Heading:
    return n.Heading(title, SPAN, 1, text(title), matter=matter)


def test_parts_front_matter_and_appendices_say_what_they_are() -> None:
    found = write(
        para("卷首"), _matter("序", n.Matter.FRONT), _matter("上", n.Matter.PART), head(1, "甲"), head(2, "乙"),
        _matter("表", n.Matter.APPENDIX), _matter("跋", n.Matter.BACK),
    )  # fmt: skip
    files = [found.chapter(number) for number in range(1, len(found.chapters()) + 1)]
    bodies = [file.find(f"{XHTML}body") for file in files]
    assert [body.get(f"{OPS}type") for body in bodies] == [
        None, "frontmatter", "bodymatter", "bodymatter", "backmatter", "backmatter",
    ]  # fmt: skip
    sections = [body.find(f"{XHTML}section") for body in bodies]
    assert [section.get(f"{OPS}type") for section in sections] == [
        None,
        None,
        "part",
        "chapter",
        "appendix",
        None,
    ]
    assert [section.get("role") for section in sections] == [
        None, None, "doc-part", "doc-chapter", "doc-appendix", None,
    ]  # fmt: skip
    marks = {
        link.get(f"{OPS}type"): (link.get("href"), inside(link))
        for link in found.xml("nav.xhtml").iter(f"{XHTML}a")
        if link.get(f"{OPS}type")
    }
    assert marks["frontmatter"] == ("text/c002.xhtml", "序")
    assert marks["bodymatter"][0] == "text/c003.xhtml"
    assert (marks["appendix"], marks["backmatter"]) == (("text/c005.xhtml", "表"), ("text/c006.xhtml", "跋"))


# ---------------------------------------------------------------- tables, figures


def _cell(
    word: str, columns: int = 1, rows: int = 1, align: n.Alignment = n.Alignment.DEFAULT
) -> n.TableCell:
    return n.TableCell("", SPAN, (para(word),) if word else (), align, columns, rows)


def test_table_scope_spans_and_column_alignment_under_a_row_span() -> None:
    table = n.Table(
        "", SPAN, (n.Alignment.LEFT, n.Alignment.RIGHT),
        (n.TableRow("", SPAN, (_cell("头", 2),)),),
        (n.TableRow("", SPAN, (_cell("甲", rows=2), _cell("1"))), n.TableRow("", SPAN, (_cell("2"),))),
        text("题"), "1-1",
    )  # fmt: skip
    found = write(table)
    assert '<th scope="colgroup" class="left" colspan="2">头</th>' in found.body()
    assert '<td class="left" rowspan="2">甲</td><td class="right">1</td>' in found.body()
    assert '<tr><td class="right">2</td></tr>' in found.body()
    caption = found.chapter().find(f".//{XHTML}caption")
    assert caption is not None
    assert inside(caption) == "表1-1　题"
    parent = caption.getparent()
    assert parent is not None
    assert parent[0] is caption


@pytest.mark.parametrize(
    ("words", "short"),
    [
        (("字号", "二号", "小四号"), True),
        (("字号", "二号", "正文（讲义）"), False),  # one long cell lets the column break
    ],
)
def test_columns_of_short_words_do_not_break(words: tuple[str, ...], short: bool) -> None:
    first, *others = (
        n.TableRow("", SPAN, (_cell(word, rows=rows), _cell("很长很长的一格说明"), _cell("一")))
        for word, rows in zip(words, (1, 1, 2), strict=True)
    )
    hanging = n.TableRow("", SPAN, (_cell("又一格很长的说明"), _cell("二")))
    given = (n.Alignment.DEFAULT,) * 3
    body = write(n.Table("", SPAN, given, (first,), (*others, hanging))).body()
    assert all(
        (f'class="short">{word}<' in body or f'class="short" rowspan="2">{word}<' in body) is short
        for word in words
    )
    assert "short" not in re.sub(r'class="short"[^>]*>(?:字号|二号|小四号)', "", body)


def test_too_many_short_columns_may_break() -> None:
    row = n.TableRow("", SPAN, tuple(_cell("四个汉字") for _ in range(4)))
    assert "short" not in write(n.Table("", SPAN, (n.Alignment.DEFAULT,) * 4, (), (row,))).body()


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ((n.Text("毫米。"),), "。"),
        ((n.Text("长 25 cm"),), "cm"),
        ((n.Text("见"), n.Strong((n.Text("开本"),))), "<strong>开本</strong>"),
        ((n.Strong((n.Text("一段很长的着重的话不能整个不断"),)),), ""),
        ((n.Text("空格 "),), "空格 "),
        ((), ""),
    ],
)
def test_a_note_mark_is_held_to_what_it_follows(before: tuple[n.Inline, ...], kept: str) -> None:
    paragraph = n.Paragraph("p", SPAN, (*before, n.NoteReference("n"), n.NoteReference("n"), n.Text("后")))
    body = write(paragraph, notes=(n.Note("n", SPAN, (para("注"),)),)).body()
    held = re.findall(r'<span class="keep">(.*?)(?:<a class="noteref"[^>]*>①</a>){2}</span>后', body)
    assert held == ([kept] if kept else [])


@pytest.mark.parametrize(
    ("said", "kept"),
    [("3,000", True), ("-12.5%", True), ("1926–31", True), ("7", False), ("12 人", False), ("1" * 20, False)],
)
def test_a_number_in_a_cell_does_not_break(said: str, kept: bool) -> None:
    row = n.TableRow("", SPAN, (_cell(said),))
    body = write(n.Table("", SPAN, (n.Alignment.DEFAULT,), (), (row,))).body()
    assert (f'<td class="digits">{said}</td>' in body) is kept


@pytest.mark.parametrize(
    ("said", "broken"),
    [("https://example.org/a", True), ("a@example.org", True), ("网页", False), ("a b", False)],
)
def test_a_link_that_says_its_address_may_break_anywhere(said: str, broken: bool) -> None:
    link = n.Link(text(said), n.ExternalTarget("https://example.org/a"))
    assert ('class="url"' in write(para(link)).body()) is broken


def test_an_empty_head_cell_is_no_header() -> None:
    table = n.Table("", SPAN, (n.Alignment.DEFAULT,), (n.TableRow("", SPAN, (_cell(""),)),), ())
    assert "<th" not in write(table).body().replace("<thead", "")


def test_figure_caption_below_and_alt_kept() -> None:
    figure = n.Figure("", SPAN, n.Image("a.png", "一片海", width=0.5), text("海"), "2")
    found = write(figure, images={"a.png": picture("a.png")})
    element = found.chapter().find(f".//{XHTML}figure")
    assert element is not None
    image, caption = element
    assert (image.get("alt"), image.get("style"), inside(caption)) == ("一片海", "width:50%", "图2　海")
    assert found.zip.read("EPUB/images/i001.png") == picture("a.png").data


def test_a_figure_without_alt_is_described_by_its_caption() -> None:
    figure = n.Figure("", SPAN, n.Image("a.png", ""), text("海"))
    found = write(figure, images={"a.png": picture("a.png")})
    assert 'alt="海"' in found.body()
    assert "alternativeText" in "".join(found.opf.itertext())


def test_an_image_without_any_description_is_not_claimed_to_have_one() -> None:
    found = write(para(n.Image("a.png", "")), images={"a.png": picture("a.png")})
    claims = "".join(found.opf.itertext())
    assert "alternativeText" not in claims
    assert "textual,visual" in claims


def test_the_same_picture_is_packed_once() -> None:
    images = {"a.png": picture("a.png"), "b.png": picture("b.png")}
    found = write(para(n.Image("a.png", "甲"), n.Image("b.png", "乙")), images=images)
    assert [name for name in found.names() if "images/i" in name] == ["EPUB/images/i001.png"]


# ---------------------------------------------------------------- divisions and the rest


def test_an_answer_opens_without_script() -> None:
    answer = n.Division("", SPAN, n.DivisionKind.ANSWER, (para("四十二"),), number="3")
    details = write(answer).chapter().find(f".//{XHTML}details")
    assert details is not None
    assert [inside(part) for part in details] == ["答案3", "四十二"]
    assert details[0].tag == f"{XHTML}summary"


@pytest.mark.parametrize("kind", [n.DivisionKind.EPIGRAPH, n.DivisionKind.BYLINE, n.DivisionKind.PLAIN])
def test_divisions_without_label(kind: n.DivisionKind) -> None:
    assert 'class="label"' not in write(n.Division("", SPAN, kind, (para("甲"),))).body()


def test_a_title_of_its_own_replaces_the_label() -> None:
    found = write(n.Division("", SPAN, n.DivisionKind.TIP, (para("甲"),), text("当心"), "1"))
    assert '<p class="label">当心</p>' in found.body()
    assert "提示" not in found.body()


def test_verse_keeps_lines_and_stanzas() -> None:
    found = write(n.LineBlock("", SPAN, (text("一"), text("二"), (), text("三")))).body()
    assert found.count('class="line"') == 3
    assert found.count('class="stanza"') == 2


def test_answer_lines_are_hidden_from_readers_aloud() -> None:
    assert 'aria-hidden="true"' in write(n.AnswerLines("", SPAN, 2)).body()


# ---------------------------------------------------------------- notes


def test_note_mark_and_note_point_at_each_other_in_one_file() -> None:
    found = write(
        head(1, "章"), para("文", n.NoteReference("a")), notes=(note("a", "一条足够长的注释文字。"),)
    ).chapter()
    mark = found.find(f".//{XHTML}a[@role='doc-noteref']")
    aside = found.find(f".//{XHTML}aside")
    assert mark is not None
    assert aside is not None
    back = aside.find(f".//{XHTML}a[@role='doc-backlink']")
    assert back is not None
    assert (mark.get("href"), back.get("href")) == (f"#{aside.get('id')}", f"#{mark.get('id')}")
    assert (inside(mark), inside(aside)) == ("①", "① 一条足够长的注释文字。")
    order = list(found.iter())
    assert order.index(mark) < order.index(aside)


def test_a_short_note_is_long_enough_for_a_pop_up() -> None:
    found = write(para(n.NoteReference("a")), notes=(note("a", "见"),)).chapter()
    aside = found.find(f".//{XHTML}aside")
    assert aside is not None
    assert len("".join(inside(aside).split())) >= 9
    links = aside.findall(f".//{XHTML}a")
    assert {link.get("role") for link in links} == {"doc-backlink"}


def test_numbers_start_anew_in_each_file_and_a_second_mark_repeats() -> None:
    notes = (note("a", "甲"), note("b", "乙"), note("c", "丙"))
    a, b, c = (n.NoteReference(name) for name in "abc")
    found = write(head(1, "一"), para(a, b, a), head(1, "二"), para(c), notes=notes)
    marks = [
        [inside(e) for e in found.chapter(i).iter(f"{XHTML}a") if e.get("role") == "doc-noteref"]
        for i in (1, 2)
    ]
    assert marks == [["①", "②", "①"], ["①"]]
    ids = [e.get("id") for e in found.chapter(1).iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert len(found.chapter(1).findall(f".//{XHTML}aside")) == 2


def test_a_note_called_from_a_note_and_one_never_called_are_not_lost() -> None:
    notes = (note("a", "甲", n.NoteReference("b")), note("b", "里层"), note("c", "无人叫"))
    found = write(para(n.NoteReference("a")), notes=notes)
    assert [inside(e)[2:4] for e in found.chapter().iter(f"{XHTML}aside")] == ["甲②", "里层", "无人"]


# ---------------------------------------------------------------- the whole


def test_every_character_of_the_document_is_in_the_book() -> None:
    from convert.model.walk import query

    book = everything()
    found = Epub(EpubWriter().write(book, Findings()))
    shown = "".join(inside(found.xml(name)) for name in found.chapters())
    for node in query(book.document, n.Text):
        assert node.text in shown


def test_every_file_is_well_formed_says_its_language_and_has_unique_ids() -> None:
    found = Epub(EpubWriter().write(everything(), Findings()))
    for name in [*found.chapters(), "nav.xhtml", "text/cover.xhtml", "text/title.xhtml"]:
        root = found.xml(name)
        assert root.get("lang") == root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans-CN"
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))


def test_the_style_sheet_follows_language_and_theme() -> None:
    def sheet(language: str, layout: LayoutTheme) -> str:
        metadata = n.Metadata(title="t", language=language)
        theme = replace(Theme(), layout=layout)
        return write(para("甲"), metadata=metadata, theme=theme).zip.read("EPUB/style.css").decode()

    assert "p{margin:0;text-indent:2em}" in sheet("zh-Hans", LayoutTheme())
    assert "p{margin:0;text-indent:1em}" in sheet("ja", LayoutTheme())
    assert "p{margin:0;text-indent:0em}" in sheet("zh-Hans", LayoutTheme(indent=0))
    assert "justify" not in sheet("zh-Hans", LayoutTheme(justify=False))


def test_the_style_sheet_forces_neither_pixels_nor_colours_nor_a_body_font() -> None:
    sheet = write(para("甲")).zip.read("EPUB/style.css").decode()
    assert "px" not in sheet
    assert "#" not in sheet
    assert "background" not in sheet
    assert "font-family" not in sheet.partition("}")[0]
