"""Whole books as pages: nothing off the page, marks by page, bookmarks and labels right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convert import transforms
from convert.book import SourceFile
from convert.diagnostics import Code, Findings, Place
from convert.images import PRINT_DPI, ImageAsset
from convert.manuscript import Manuscript
from convert.model.outline import make_outline
from convert.model.walk import plain_text
from convert.numerals import roman
from convert.readers import markdown
from convert.terms import terms_for
from convert.theme import Theme
from convert.theming import PRESETS, load_theme, override
from convert.typeset import composition
from convert.typeset.composition import compose
from convert.typeset.frame import Frame, GlyphRun, Rule
from convert.typeset.geometry import geometry
from convert.typeset.inline import Align, ParagraphStyle, TextPiece


def manuscript(text: str, theme: Theme | None = None) -> Manuscript:
    findings = Findings()
    theme = theme or Theme()
    document = markdown.read([SourceFile("a.md", text)], findings)
    terms = terms_for(document.metadata.language)
    document = transforms.finish(document, theme, terms, findings)
    return Manuscript(document, make_outline(document), theme, terms, {}, 0)


def book(text: str, theme: Theme | None = None) -> Frame:
    return compose(manuscript(text, theme), Findings())


def painted(frame: Frame) -> str:
    return "".join(
        glyph.text
        for page in frame.pages
        for item in page.items
        if isinstance(item, GlyphRun) and not item.synthetic
        for glyph in item.glyphs
    )


def right_ends(frame: Frame) -> list[float]:
    return [
        item.x + glyph.x + item.face.advance(glyph.id) * item.size - page.width
        for page in frame.pages
        for item in page.items
        if isinstance(item, GlyphRun)
        for glyph in item.glyphs
    ]


DEEP_LIST = "# 深\n\n" + "".join("  " * depth + f"- 第{depth}层的文字\n" for depth in range(40))
DEEP_QUOTE = "# 深\n\n" + "".join(">" * depth + f" 引文{depth}\n\n" for depth in range(1, 30))


@pytest.mark.parametrize("text", [DEEP_LIST, DEEP_QUOTE], ids=["list", "quote"])
def test_what_is_nested_deep_stays_on_the_page_and_is_all_there(text):
    frame = book(text)
    assert max(right_ends(frame)) <= 0
    wanted = [char for char in plain_text(manuscript(text).document.blocks) if not char.isspace()]
    assert not [char for char in set(wanted) if painted(frame).count(char) < wanted.count(char)]


def test_a_subtitle_stands_below_its_title_and_smaller():
    frame = book('# 山行 {subtitle="——记游" short="行"}\n\n文。\n\n# 河边\n\n' + "文。\n\n" * 40)
    title, subtitle = (
        next(
            item
            for page in frame.pages[2:]
            for item in page.items
            if isinstance(item, GlyphRun) and item.glyphs[0].text.startswith(char)
        )
        for char in "山—"
    )
    assert subtitle.y > title.y and subtitle.size < title.size
    assert [mark.title for mark in frame.bookmarks] == ["山行——记游", "河边"]


def test_a_heading_in_its_paragraph_has_its_bookmark_at_its_line():
    theme = override(Theme(), "outline.runin", True, Place(""))
    frame = book("# 路\n\n" + "一、走路。慢慢走。\n\n文。\n\n二、看山。" + "山。" * 20 + "\n\n", theme)
    runs = [
        (number, item)
        for number, page in enumerate(frame.pages)
        for item in page.items
        if isinstance(item, GlyphRun) and item.glyphs[0].text in "一二"
    ]
    assert [mark.title for mark in frame.bookmarks] == ["路", "一、走路", "二、看山"]
    for mark, (page, run) in zip(frame.bookmarks[1:], runs[-2:], strict=True):
        assert mark.page == page and 0 < run.y - mark.y < 1.2 * run.size


def test_a_part_has_a_page_of_its_own_with_its_title_a_third_down():
    frame = book("---\ntitle: 书\n---\n# 上编 {.part}\n\n# 采茶\n\n文。\n\n## 手采\n\n文。\n")
    titles = {
        item.glyphs[0].text: (number, item)
        for number, page in enumerate(frame.pages[4:])
        for item in page.items
        if isinstance(item, GlyphRun) and item.size > Theme().font.size and item.y > Theme().page.top
    }
    (part_page, part), (chapter_page, chapter), (_, section) = (titles[char] for char in "上采手")
    assert chapter_page == part_page + 1
    assert part.size > chapter.size > section.size
    assert part.y - chapter.y > 6 * Theme().page.leading
    continuous = override(Theme(), "page.chapter_opening", "continuous", Place(""))
    assert len(book("# 上编 {.part}\n\n# 采茶\n\n文。\n", continuous).pages) < len(frame.pages)


FRONT = (
    """---
title: 书
rights: © 2026
---
# 前言 {.frontmatter}

见@sec-body，第 @sec-body 页。[词]{.index}

# 正文 {#sec-body}

"""
    + "文。\n\n" * 30
    + "[词]{.index}\n\n# 索引 {.backmatter}\n\n[INDEX]\n"
)


def shown(frame: Frame, number: int, *, around: bool = False) -> list[str]:
    """What the runs of a page say, or those of its furniture."""
    page = frame.pages[number]
    items = page.items[: page.furniture] if around else page.items[page.furniture :]
    return ["".join(item.texts) for item in items if isinstance(item, GlyphRun)]


@pytest.mark.parametrize("facing", [True, False])
@pytest.mark.parametrize("opening", ["page", "recto", "continuous"])
@pytest.mark.parametrize("half", [True, False])
def test_front_matter_has_roman_numbers_and_the_text_begins_at_one(facing, opening, half):
    theme = override(Theme(), "page.facing", facing, Place(""))
    theme = override(theme, "page.chapter_opening", opening, Place(""))
    theme = override(theme, "pdf.half_title", half, Place(""))
    frame = book(FRONT, theme)
    labels = [page.label for page in frame.pages]
    preface, text, index = (mark.page for mark in frame.bookmarks)
    assert labels == [roman(n + 1) for n in range(text)] + [str(n + 1) for n in range(len(labels) - text)]
    assert preface < text and (not facing or (preface % 2, text % 2) == (0, 0))
    for number, page in enumerate(frame.pages):
        bare = not any(isinstance(item, (GlyphRun, Rule)) for item in page.items[page.furniture :])
        assert not bare or not page.items, f"page {number} is blank and shows something"
    # The contents say the numbers that stand on the pages, and so does the index, in the order of the book.
    contents = next(n for n in range(preface) if any("目" in run for run in shown(frame, n)))
    wanted = [labels[preface], "1", labels[index]]
    assert [run for run in shown(frame, contents) if run in labels] == wanted
    assert [shown(frame, n, around=True)[-1] for n in (preface, text, index)] == wanted
    marked = next(n for n in range(text, index + 1) if "词" in "".join(shown(frame, n)))
    assert [run for run in shown(frame, index) if run in labels] == [labels[preface], labels[marked]]


def test_a_half_title_is_the_title_alone_on_the_first_page():
    theme = override(Theme(), "pdf.half_title", True, Place(""))
    frame = book(FRONT, theme)
    assert [shown(frame, n) + shown(frame, n, around=True) for n in range(3)] == [["书"], [], ["书"]]
    sizes = [next(i.size for i in frame.pages[n].items if isinstance(i, GlyphRun)) for n in (0, 2)]
    assert sizes[0] < sizes[1]


@pytest.mark.parametrize("name", PRESETS)
def test_heads_and_folios_stand_clear_of_text_and_edge(name):
    theme = load_theme(name)
    frame = book("---\ntitle: 书\n---\n# 甲章\n\n" + "文。\n\n" * 90 + "# 乙章\n\n文。\n", theme)
    shape = geometry(theme)
    seen = 0
    for page in frame.pages:
        for item in page.items[: page.furniture]:
            if isinstance(item, GlyphRun):
                top, foot = item.y - 0.88 * item.size, item.y + 0.12 * item.size
                assert top > 4 and foot < page.height - 4
                assert foot < shape.top - 2 or top > shape.top + shape.block_height + 2
                seen += 1
    assert seen > len(frame.pages) / 2


@pytest.mark.parametrize(("name", "wanted"), [("report", {"甲章", "乙章"}), ("booklet", {"甲章", "书"})])
def test_pages_that_do_not_differ_all_name_the_chapter(name, wanted):
    frame = book("---\ntitle: 书\n---\n# 甲章\n\n" + "文。\n\n" * 150 + "# 乙章\n\n文。\n", load_theme(name))
    heads = {
        said
        for page in range(len(frame.pages))
        if frame.pages[page].label.isdecimal()
        for said in shown(frame, page, around=True)
        if not said.isdecimal()
    }
    assert heads == wanted


def test_running_heads_take_the_short_title():
    text = '# 山中的一天与两夜 {short="山中"}\n\n' + "文。\n\n" * 80 + "# 河边\n\n" + "文。\n\n" * 80
    frame = book("---\ntitle: 游记\n---\n" + text)
    heads = [
        "".join(
            glyph.text
            for item in page.items
            if isinstance(item, GlyphRun) and item.y < Theme().page.top
            for glyph in item.glyphs
        )
        for page in frame.pages
    ]
    assert set(filter(None, heads)) == {"游记", "山中", "河边"}


def test_note_marks_begin_anew_on_every_page():
    paragraphs = "".join(
        f"第{n}段有注[^{n}]，后面还有文字好让它占满一行又一行的地方。\n\n" for n in range(60)
    )
    notes = "".join(f"[^{n}]: 注文{n}\n\n" for n in range(60))
    frame = book("# 注\n\n" + paragraphs + notes)
    for page in frame.pages:
        marks = [
            glyph.text
            for item in page.items
            if isinstance(item, GlyphRun)
            for glyph in item.glyphs
            if "①" <= glyph.text <= "⑳"
        ]
        # Each mark stands once in the text and once before its note, counted from ①.
        assert sorted(marks) == sorted(2 * [chr(ord("①") + n) for n in range(len(marks) // 2)])
    assert len(frame.pages) > 2


def test_bookmarks_are_the_outline_and_labels_count_front_and_text_apart():
    text = "---\ntitle: 书\n---\n\n# 一\n\n文。\n\n## 二\n\n文。\n\n# 三\n\n文。\n"
    frame = book(text)
    outline = manuscript(text).outline
    assert [(mark.title, mark.level) for mark in frame.bookmarks] == [
        (entry.label, entry.level) for entry in outline.flat()
    ]
    labels = [page.label for page in frame.pages]
    assert labels == ["i", "ii", "iii", "iv", "1", "2"]
    assert [labels[mark.page] for mark in frame.bookmarks] == ["1", "1", "2"]


def test_the_title_page_and_contents_can_be_left_out():
    theme = override(
        override(Theme(), "contents.show", False, Place("x")), "pdf.title_page", False, Place("x")
    )
    assert [page.label for page in book("---\ntitle: 书\n---\n\n# 一\n\n# 二\n", theme).pages] == ["1", "2"]


def test_the_overlay_only_adds_to_the_page():
    text = "# 题\n\n" + "这是一段用来占满几行的文字，" * 12
    plain = book(text)
    shown = book(text, replace(Theme(), pdf=replace(Theme().pdf, debug_layout=True)))
    assert painted(plain) == painted(shown)
    count = [
        sum(isinstance(item, Rule) for page in frame.pages for item in page.items) for frame in (plain, shown)
    ]
    assert count[1] > count[0] + 26


def test_a_measure_makes_lines_of_that_many_characters():
    theme = override(Theme(), "page.measure", 20, Place("x"))
    frame = book("# 题\n\n" + "汉" * 100, theme)
    rows: dict[float, int] = {}
    for item in frame.pages[-1].items:
        if isinstance(item, GlyphRun):
            for glyph in item.glyphs:
                if glyph.text == "汉":
                    rows[item.y] = rows.get(item.y, 0) + 1
    assert [rows[y] for y in sorted(rows)] == [18, 20, 20, 20, 20, 2]


@pytest.mark.parametrize(("pixels", "told"), [(100, True), (1200, False)])
def test_a_picture_whose_pixels_print_would_show_is_told(pixels: int, told: bool) -> None:
    made = manuscript("![画](a.png){width=100%}\n")
    asset = ImageAsset("a.png", "image/png", b"", pixels, pixels, PRINT_DPI)
    findings = Findings()
    compose(replace(made, images={"a.png": asset}), findings)
    assert [finding.code for finding in findings] == [Code.IMAGE_RESOLUTION] * told


@pytest.mark.parametrize("align", list(Align))
@pytest.mark.parametrize("word", ["7", "1749", "xiv"])
def test_a_word_alone_stands_where_a_paragraph_of_it_would(word: str, align: Align) -> None:
    setter = composition._setter(manuscript("# 甲\n\n乙"), Findings())
    style, measure = setter.sheet.body(), setter.geometry.measure
    flat = ParagraphStyle(measure, style.size, style.language, align, keep_spaces=True)
    ((run,),) = [line.items for line in setter.lines([TextPiece(word, style)], flat)]
    made = setter.engine.word(word, style, measure, Align.LEFT if align is Align.JUSTIFY else align)
    assert isinstance(run, GlyphRun)
    assert made is not None
    assert (made.face, made.ids, made.texts, made.y) == (run.face, run.ids, run.texts, run.y)
    assert [made.x, *made.xs] == pytest.approx([run.x, *run.xs])
    assert setter.engine.word("x" * 99, style, measure, align) is None


@pytest.mark.parametrize(("second", "wanted"), [("## 乙", ["甲", "乙"]), ("# 乙", ["书", "乙"])])
def test_where_the_first_heading_is_the_books_title_running_heads_name_those_below_it(second, wanted):
    theme = load_theme("report")
    long = "文。\n\n" * 70
    frame = book(f"# 书\n\n## 甲\n\n{long}{second}\n\n{long}", theme)
    heads = [
        "".join("".join(item.texts) for item in page.items[: page.furniture] if isinstance(item, GlyphRun))
        for page in frame.pages
        if page.label.isdigit()
    ]
    assert heads[0] == "1"
    assert [heads[at].rstrip("0123456789") for at in (1, -1)] == wanted
