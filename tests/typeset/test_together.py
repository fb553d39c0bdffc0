"""Whole pages: what must stand together does, and what need not may part."""

from __future__ import annotations

from itertools import pairwise

import pytest

from convert.diagnostics import Findings, Place
from convert.model.nodes import Heading, Paragraph, SourceSpan, Text
from convert.theme import Theme
from convert.theming import load_theme, override
from convert.typeset.composition import compose
from convert.typeset.frame import GlyphRun, ImageItem, Page, Rule
from convert.typeset.slab import Slab
from convert.typeset.together import Ties
from tests.bench.texts import prose
from tests.typeset.test_composition import manuscript

LINES = 26
"""Lines of a page of the default theme."""


def by_line(page: Page) -> dict[float, str]:
    """The lines of a page by baseline, from top to bottom, running head and folio left out."""
    found: dict[float, list[tuple[float, str]]] = {}
    for item in page.items:
        if isinstance(item, GlyphRun) and 57 < item.y < 530:
            text = "".join(glyph.text for glyph in item.glyphs)
            found.setdefault(round(item.y, 1), []).append((item.x, text))
    return {y: "".join(text for _, text in sorted(parts)) for y, parts in sorted(found.items())}


def pages(text: str, theme: Theme | None = None) -> list[list[str]]:
    frame = compose(manuscript(text, theme or Theme()), Findings())
    return [[*by_line(page).values()] for page in frame.pages if page.label.isdigit()]


def filler(count: int) -> str:
    """A text of *count* lines, each a paragraph."""
    return "".join(f"第{n}行\n\n" for n in range(count))


LINE = "蔡伦造纸用了四样原料树肤麻头敝布鱼网里最好找的那种是"
"""The first line of a paragraph, full."""
HEADS = 5
"""Lines of a chapter's title."""


@pytest.mark.parametrize("free", range(2, 7))
def test_a_heading_has_two_lines_of_text_below_it(free):
    text = "# 章\n\n" + filler(LINES - HEADS - free) + "## 节\n\n短。\n\n也短。\n\n" + filler(9)
    first, second, *_ = pages(text)
    # Three lines for the heading, and two that must stand below it.
    assert ("节" in first) == (free >= 5)
    assert ("节" in second) == (free < 5) and (free >= 5 or second[:3] == ["节", "短。", "也短。"])


@pytest.mark.parametrize("free", range(2, 6))
def test_a_byline_is_not_alone_on_the_next_page(free):
    text = "# 章\n\n" + filler(LINES - HEADS - free) + LINE * 4 + "\n\n::: byline\n某人\n:::\n"
    *_, last = pages(text)
    assert "某人" in last and (len(last) >= 3 or len(pages(text)) == 1)


@pytest.mark.parametrize("free", range(1, 7))
@pytest.mark.parametrize("label", ["A", "Z"])
def test_answers_to_choose_stand_with_their_question(free, label):
    offered = "\n\n".join(f"    {chr(ord(label) + n)}. 选项{n}" for n in range(4))
    text = "# 章\n\n" + filler(LINES - HEADS - free) + f"1. 问题（　　）。\n\n{offered}\n\n" + filler(3)
    first, *_ = pages(text)
    there = [line for line in first if "选项" in line or "问题" in line]
    assert len(there) in ((0, 5) if label == "A" else (0, 5, min(free, 5)))
    assert label == "A" or len(there) == min(free, 5)


def test_a_heading_right_below_another_stands_closer_to_it():
    def first_line(text: str) -> float:
        """Lines from the chapter's title to the first line that says 短。"""
        rows = {said: y for y, said in by_line(compose(manuscript(text), Findings()).pages[-1]).items()}
        return (rows["短。"] - rows["章"]) / 18

    bare = first_line("# 章\n\n短。\n")
    # A section takes three lines; here one of the two above its title falls away.
    assert first_line("# 章\n\n## 节\n\n短。\n") - bare == pytest.approx(2)
    assert first_line("# 章\n\n文。\n\n## 节\n\n短。\n") - bare == pytest.approx(4)


@pytest.mark.parametrize("free", range(3, 9))
def test_one_line_of_code_is_one_line_below_a_heading(free):
    text = "# 章\n\n" + filler(LINES - HEADS - free) + "## 节\n\n```\n码\n```\n\n短。\n\n" + filler(9)
    first, second, *_ = pages(text)
    assert ("节" in first) == ("码" in first) == ("短。" in first) and ("短。" in second) == (free < 7)


def test_headings_in_a_row_stay_together():
    text = "# 章\n\n" + filler(LINES - HEADS - 5) + "## 节\n\n### 小节\n\n短。\n\n也短。\n\n" + filler(9)
    assert pages(text)[1][:3] == ["节", "小节", "短。"]


@pytest.mark.parametrize(("lead", "together"), [("话要这样说：", True), ("话要这样说。", False)])
@pytest.mark.parametrize("block", ["::: reading 《书》\n文。\n:::", "句。"])
def test_a_lead_in_stays_with_its_block(lead, together, block):
    free = 2 if block.startswith(":") else 1
    text = "# 章\n\n" + filler(LINES - HEADS - free) + f"{lead}\n\n{block}\n\n" + filler(9)
    assert (lead in pages(text)[1]) == together


@pytest.mark.parametrize(("lead", "together"), [("话要这样说：", True), ("话要这样说。", False)])
def test_a_lead_in_stays_with_the_first_two_items_of_its_list(lead, together):
    text = "# 章\n\n" + filler(LINES - HEADS - 2) + lead + "\n\n- 甲\n- 乙\n- 丙\n\n" + filler(9)
    first = pages(text)[0]
    assert (first[-1] == f"第{LINES - HEADS - 3}行") == together
    # Where all three lines have room they stay.
    text = "# 章\n\n" + filler(LINES - HEADS - 3) + lead + "\n\n- 甲\n- 乙\n- 丙\n- 丁\n\n" + filler(9)
    assert "乙" in pages(text)[0][-1]


def test_a_figure_is_no_line_below_a_heading():
    """It may stand overleaf: two lines of text are wanted all the same."""
    span = SourceSpan("a.md", 1, 1)
    heading, short = Heading("h", span, 2, (Text("节"),)), Paragraph("p", span, (Text("短。"),))
    ties, below = Ties(), [Slab(18, (ImageItem("a.png", 0, 0, 9, 9, ""),))]
    figure = [Slab(90, floats=True)]
    ties.tie(heading, short, [Slab(36, keep=True)])
    ties.tie(short, short, figure)
    assert not figure[0].keep
    for wanted in (True, False):
        ties.tie(short, short, line := [*below])
        assert line[0].keep == wanted


@pytest.mark.parametrize("free", range(1, 5))
def test_a_stanza_stands_whole_and_a_long_one_has_two_lines_on_either_page(free):
    def verse(count: int) -> list[int]:
        text = "# 章\n\n" + filler(LINES - HEADS - 1 - free) + "".join(f"| 诗{n}\n" for n in range(count))
        return [sum("诗" in line for line in page) for page in pages(text + "\n" + filler(9))]

    assert verse(5)[:2] == [0, 5]
    # Half a line of air stands above it.
    assert verse(10)[:2] == [free, 10 - free] if free > 1 else [0, 10]


@pytest.mark.parametrize("free", range(2, 11))
def test_code_has_two_lines_that_say_something_on_either_page(free):
    rows = ["一", "", "二", "三", "四", "", "五", "六", "", "七"]
    text = "# 章\n\n" + filler(LINES - HEADS - free) + "```\n" + "\n".join(rows) + "\n```\n\n" + filler(9)
    first, second, *_ = pages(text)
    here = [line for line in first if line in rows]
    assert len(here) in (0, 2, 3, 4, 5, 7) and [*here, *(row for row in second if row in rows)] == [
        row for row in rows if row
    ]


@pytest.mark.parametrize("free", range(1, 6))
def test_a_signature_of_two_lines_is_not_parted(free):
    text = "# 章\n\n" + filler(LINES - HEADS - free) + "::: byline\n某人\n\n某日\n:::\n"
    assert [("某人" in page) == ("某日" in page) for page in pages(text)] == [True] * len(pages(text))


def test_the_last_entries_of_the_contents_stand_together_and_leaders_end_in_line():
    # A page of contents holds twenty-two entries below its title.
    frame = compose(manuscript("".join(f"# 第{n}题\n\n文。\n\n" for n in range(1, 24))), Findings())
    contents = [[*by_line(page).values()] for page in frame.pages if not page.label.isdigit()]
    assert [sum("题" in line for line in page) for page in contents] == [20, 3]
    dots: dict[float, float] = {}
    for item in frame.pages[0].items:
        if isinstance(item, Rule) and item.width < 1:
            dots[item.y] = max(dots.get(item.y, 0.0), item.x)
    assert len(dots) == 20 and max(dots.values()) - min(dots.values()) < 0.01


def test_no_running_head_says_what_the_title_at_the_head_of_the_page_says():
    theme = load_theme("report")
    text = "# 甲\n\n" + "文。\n\n" * 40 + "# 乙\n\n文。\n\n" + "\\newpage\n\n# 丙\n\n文。\n"
    frame = compose(manuscript(text, theme), Findings())
    heads = [
        [
            item
            for item in page.items[: page.furniture]
            if isinstance(item, GlyphRun) and item.y < theme.page.top
        ]
        for page in frame.pages
        if page.label.isdigit()
    ]
    # 甲 and 丙 begin at the head of their pages, 乙 amid its own.
    assert [bool(head) for head in heads] == [False, True, False]


def test_a_blank_is_made_wider_where_letters_would_be_spread_out():
    def blanks(text: str) -> list[float]:
        (page,) = compose(manuscript(text), Findings()).pages
        return [item.width for item in page.items if isinstance(item, Rule) and item.height == 0.5]

    # Three characters of the first line stay free, and the second blank has no room in it.
    tight = "蔡伦造纸用了四样原料树肤麻____鱼网里最好找和____。\n"
    assert blanks(tight)[0] > 5 * 10.5 and blanks(tight)[1] == 4 * 10.5
    assert blanks("造纸用了____和____。\n") == [4 * 10.5] * 2


def test_the_last_item_of_a_list_is_not_alone_on_the_next_page():
    text = "# 章\n\n" + filler(LINES - HEADS - 3) + "- 甲\n- 乙\n- 丙\n- 丁\n\n" + filler(9)
    first, second = pages(text)
    assert "乙" in first[-1] and [line[-1] for line in second[:2]] == ["丙", "丁"]
    # One of two lines may stand alone.
    text = "# 章\n\n" + filler(LINES - HEADS - 3) + f"- 甲\n- 乙\n- 丙\n- {LINE}丁\n\n" + filler(9)
    assert "丙" in pages(text)[0][-1]


def test_a_formula_stays_with_the_line_before_it():
    text = "# 章\n\n" + filler(LINES - HEADS - 1) + "其值是\n\n$$\nx\n$$\n\n" + filler(9)
    assert "其值是" in pages(text)[1]
    assert "其值是" in pages(text.replace("$$\nx\n$$\n\n", ""))[0]


def test_a_question_stays_with_the_lines_for_its_answer():
    text = "# 章\n\n" + filler(LINES - HEADS - 3) + "为什么？\n\n{lines=4}\n\n" + filler(3)
    first, second = pages(text)
    assert "为什么？" not in first
    assert second[0] == "为什么？"


def test_a_blank_to_fill_in_may_end_a_paragraph_alone():
    """It is as wide as several Han: the line before is not pulled apart to give it company."""
    frame = compose(manuscript(LINE + "________。\n"), Findings())
    (page,) = frame.pages
    lines = by_line(page)
    assert [*lines.values()] == [LINE, "。"]
    runs = [item for item in page.items if isinstance(item, GlyphRun) and len(item.ids) > 9]
    assert all(after - before < 1.05 * run.size for run in runs for before, after in pairwise(run.xs))


def test_the_head_of_a_table_is_shown_again_and_its_caption_stays_with_it():
    table = "| 头 | 数 |\n|:--|--:|\n" + "".join(f"| 行{n} | {n} |\n" for n in range(60))
    made = pages("# 章\n\n" + filler(12) + table + "\n" + filler(3))
    heads = [page for page in made if any("头" in row for row in page)]
    assert len(heads) == len(made) >= 3
    assert sum("行" in row and "第" not in row for page in made for row in page) == 60
    assert not any("头" in page[-1] for page in made)


@pytest.mark.parametrize("measure", [18, 22, 28])
def test_no_page_begins_with_a_last_line_or_ends_with_a_first_one(measure):
    # 首 stands in the first line of each paragraph, 尾 in its last.
    text = "# 章\n\n" + "".join("首" + "山" * (5 + 23 * n % 170) + "尾\n\n" for n in range(90))
    theme = override(Theme(), "page.measure", measure, Place("x"))
    made = pages(text, theme)
    assert len(made) > 6
    for page, following in pairwise(made):
        assert "首" not in page[-1] or "尾" in page[-1]
        assert "尾" not in following[0] or "首" in following[0]


def test_the_pages_of_a_spread_end_on_one_line_and_all_lines_stand_on_one_grid():
    frame = compose(manuscript(prose(40_000), Theme()), Findings())
    text = [page for page in frame.pages if page.label.isdigit()]
    ends = [max(by_line(page)) for page in text]
    assert len(ends) > 40
    assert all(left == right for left, right in zip(ends[1:-1:2], ends[2:-1:2], strict=False))
    leading, top = 18, min(min(by_line(page)) for page in text[1:])
    off = [(y - top) % leading for page in text for y, row in by_line(page).items() if len(row) > 20]
    assert all(min(rest, leading - rest) < 0.11 for rest in off)
