"""Tables on pages: tall rows and merged cells over page ends, heads again, wide tables on their side, all text there."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from convert.diagnostics import Code, Findings
from convert.model.walk import plain_text
from convert.theme import Theme
from convert.typeset.composition import compose
from convert.typeset.frame import Begin, End, Frame, GlyphRun, LinkArea, Page, Rule, Turned, flat
from convert.typeset.structure import Tag
from tests import stress
from tests.typeset.test_composition import book, manuscript


def own_text(page: Page) -> str:
    """What the page says that is the book's own, in the order of painting: no furniture, no head shown again."""
    out, depth = [], 0
    for item in flat(page.items[page.furniture :]):
        depth += isinstance(item, Begin) - isinstance(item, End)
        if isinstance(item, GlyphRun) and depth and not item.synthetic:
            out += item.texts
    return "".join("".join(out).split())


def body_pages(frame: Frame) -> list[Page]:
    return [page for page in frame.pages if page.label.isdigit()]


def wanted(text: str) -> Counter[str]:
    return Counter("".join(plain_text(manuscript(text).document.blocks).split()))


@pytest.mark.parametrize(
    "text",
    [
        stress.long_table(120),
        stress.wide_table(20),
        stress.tall_cells(2),
        stress.merged(2, 90),
        stress.merged(30, 3),
    ],
    ids=["long", "wide", "tall cells", "long groups", "short groups"],
)
def test_all_text_of_a_table_is_there_once_and_on_the_page(text):
    frame = book(text)
    assert Counter("".join(own_text(page) for page in body_pages(frame))) == wanted(text)
    for page in frame.pages:
        for item in page.items:
            items = item.items if isinstance(item, Turned) else (item,)
            along, down = (page.height, page.width) if isinstance(item, Turned) else (page.width, page.height)
            for part in items:
                if isinstance(part, GlyphRun | Rule):
                    assert -1e-6 <= part.x < along and 0 <= part.y < down


def test_a_cell_longer_than_a_page_goes_on_overleaf_below_the_head():
    frame = book(stress.tall_cells(1))
    pages = body_pages(frame)
    assert len(pages) > 2
    for before, page in pairwise(pages):
        shown = "".join("".join(item.texts) for item in page.items if isinstance(item, GlyphRun))
        assert "项" in shown and "又说" in shown
        # No page ends early for it.
        lowest = max(item.y for item in before.items[before.furniture :] if isinstance(item, GlyphRun))
        assert lowest > 58 + 24 * 18


def test_strips_of_a_row_are_read_column_by_column():
    frame = book(stress.tall_cells(1))
    text = own_text(body_pages(frame)[0])
    # Word for word as in the cell, not line by line across the row.
    assert "".join(stress.sentence(0, 200).split())[:200] in text


def test_rows_that_a_merged_cell_joins_stay_together_where_they_are_few():
    frame = book(stress.merged(30, 3))
    for page in body_pages(frame):
        text = own_text(page)
        assert not [
            group for group in range(30) if len({f"组{group}之{row}" in text for row in range(3)}) > 1
        ]


def test_a_merged_cell_that_goes_on_is_shown_again_overleaf():
    frame = book(stress.merged(1, 90))
    first, second, *_ = body_pages(frame)
    assert "第0类" in own_text(first) and "第0类" not in own_text(second)
    again = [
        item
        for item in second.items
        if isinstance(item, GlyphRun) and "".join(item.texts).startswith("第0类")
    ]
    assert again, "the group's name stands beside its rows on every page"
    rows = [item.y for item in second.items if isinstance(item, GlyphRun) and "组0之" in "".join(item.texts)]
    assert min(rows) - 1 < again[0].y < min(rows) + 1


def test_a_wide_table_lies_on_pages_of_its_own_while_the_text_goes_on():
    frame = book(stress.wide_table(20))
    pages = body_pages(frame)
    lying = [page for page in pages if any(isinstance(item, Turned) for item in page.items)]
    assert len(lying) >= 2
    assert "表前的一句" in own_text(pages[0]) and "表后的一句" in own_text(pages[0]), (
        "text goes on before the table"
    )
    for page in lying:
        (turned,) = (item for item in page.items if isinstance(item, Turned))
        shown = "".join("".join(item.texts) for item in turned.items if isinstance(item, GlyphRun))
        assert "第12栏" in shown.replace(" ", ""), "the head is shown on each"
        widest = max(item.width for item in turned.items if isinstance(item, Rule))
        assert 294 < widest < 26 * 18 + 1e-6


def test_links_in_a_table_on_its_side_stand_where_their_text_is():
    text = stress.wide_table(2).replace("Woolf", "[Woolf](https://example.org)")
    frame = book(text)
    (page,) = (page for page in frame.pages if any(isinstance(item, Turned) for item in page.items))
    (turned,) = (item for item in page.items if isinstance(item, Turned))
    runs = [item for item in turned.items if isinstance(item, GlyphRun) and "".join(item.texts) == "Woolf"]
    areas = [
        item for item in page.items if isinstance(item, LinkArea) and item.target.url == "https://example.org"
    ]
    assert runs and len(runs) == len(areas)
    for run, area in zip(runs, areas, strict=True):
        x, y = turned.x + run.y, turned.y - run.x  # where the baseline begins on the page
        assert area.x < x < area.x + area.width and abs(area.y + area.height - y) < 0.5
        assert area.height > area.width


@pytest.mark.parametrize("first", ["> ", "- 一项\n\n  ", "- ", "> 1. "])
def test_a_wide_table_in_a_quotation_or_a_list_lies_on_a_page_of_its_own_as_any(first):
    lines = [line for line in stress.wide_table(2).splitlines() if line.startswith("|")]
    findings = Findings()

    def lying(first: str, others: str) -> tuple[Turned, str]:
        text = "# 章\n\n文。\n\n" + first + f"\n{others}".join(lines) + "\n\n文。\n"
        frame = compose(manuscript(text), findings)
        (page,) = (page for page in frame.pages if any(isinstance(item, Turned) for item in page.items))
        (turned,) = (item for item in page.items if isinstance(item, Turned))
        return turned, own_text(page)

    last = first.rpartition("\n")[2]
    (usual, text), (nested, same) = lying("", ""), lying(first, last.replace("-", " ").replace("1.", "  "))
    assert (nested.x, nested.y, same) == (usual.x, usual.y, text)
    assert Code.PAGE_OVERFULL not in {finding.code for finding in findings}


def test_a_wide_table_on_a_ground_is_not_turned_but_told_of_with_its_line():
    boxed = "文。\n\n::: note\n" + stress.wide_table(2) + "\n:::\n"
    findings = Findings()
    frame = compose(manuscript(boxed), findings)
    assert not any(isinstance(item, Turned) for page in frame.pages for item in page.items)
    (told,) = (finding for finding in findings if finding.code is Code.PAGE_OVERFULL)
    lines = boxed.splitlines()
    assert told.place.line is not None and lines[told.place.line - 1].startswith("|")


def test_type_is_made_smaller_before_a_table_is_turned():
    def sizes(columns: int) -> set[float]:
        frame = book(stress.wide_table(3, columns))
        assert not any(isinstance(item, Turned) for page in frame.pages for item in page.items)
        runs = [
            item
            for page in body_pages(frame)
            for item in page.items[page.furniture :]
            if isinstance(item, GlyphRun)
        ]
        return {run.size for run in runs if "第1栏" in "".join(run.texts).replace(" ", "")}

    usual = round(Theme().font.size * 6 / 7, 2)
    assert sizes(4) == {usual}
    (small,) = sizes(8)
    assert 7.5 <= small < usual


def test_the_structure_of_a_divided_row_is_whole():
    frame = book(stress.tall_cells(1))
    rows = [index for index, element in enumerate(frame.structure) if element.tag is Tag.TR]
    cells = Counter(element.parent for element in frame.structure if element.tag in (Tag.TD, Tag.TH))
    assert [cells[row] for row in rows] == [3, 3, 3]


def test_a_table_on_its_side_leaves_room_for_the_notes_it_calls():
    text = (
        stress.wide_table(3).replace("| 印张 |", "| 印张[^n] |", 1)
        + "\n[^n]: "
        + stress.sentence(0, 12)
        + "\n"
    )
    frame = book(text)
    (page,) = (page for page in frame.pages if any(isinstance(item, Turned) for item in page.items))
    (turned,) = (item for item in page.items if isinstance(item, Turned))
    note = [item for item in page.items if isinstance(item, GlyphRun) and "河边的村子" in "".join(item.texts)]
    assert note, "the note stands on the page"
    assert turned.y < min(item.y - item.size for item in note), "below the table's left edge"
    assert "①" in "".join("".join(item.texts) for item in turned.items if isinstance(item, GlyphRun))


def low_table(lines: int, lead: str = "文。", caption: str = "\n: 题 {#tbl-a}\n") -> list[str]:
    """What the pages say of a text of *lines* lines, a table of six rows, and text after it."""
    rows = "".join(f"| 行{n} | 字 |\n" for n in range(6))
    before = "".join(f"第{n}段文字。\n\n" for n in range(lines))
    text = f"{before}{lead}\n\n| 甲 | 乙 |\n|---|---|\n{rows}{caption}\n" + "后来的文字。\n\n" * 30
    return [own_text(page) for page in book(text).pages if page.label.isdigit()]


def test_a_low_table_with_a_number_waits_for_room_while_the_text_goes_on():
    first, second, *_ = low_table(20)
    assert "行0" not in first and "后来的文字" in first
    assert second.startswith("表1") and "行5" in second.split("后来")[0]


@pytest.mark.parametrize("lead", ["如下表：", "### 如下表："])
def test_a_low_table_that_a_sentence_or_a_heading_leads_in_stays_with_it(lead):
    first, second, *_ = low_table(19, lead)
    assert "如下表" not in first and "后来的文字" not in first
    assert second.startswith("如下表：表1") and "行5" in second


def test_a_low_table_without_a_number_is_not_divided():
    first, second, *_ = low_table(20, caption="")
    assert "行0" not in first and "后来的文字" not in first and "行0" in second and "行5" in second


def test_a_cell_over_many_rows_leaves_width_to_those_beside_it():
    def begins(rows: int) -> float:
        """Where the second column begins."""
        page = body_pages(book(stress.merged(1, rows)))[0]
        return min(item.x for item in page.items if isinstance(item, GlyphRun) and "组" in item.texts)

    assert begins(9) < begins(1) - 40


def test_a_narrow_table_has_equal_air_between_its_columns_however_they_are_aligned():
    page = body_pages(book("|甲乙|丙丁|戊己|\n|:--|--:|:--|\n|甲乙|丙丁|戊己|\n"))[0]
    runs = [item for item in page.items[page.furniture :] if isinstance(item, GlyphRun) and item.texts]
    heads = sorted(
        (run.x, run.x + 2 * run.size) for run in runs if "".join(run.texts) in ("甲乙", "丙丁", "戊己")
    )
    left, middle, right = heads[0], heads[2], heads[4]
    assert middle[0] - left[1] > 2 * runs[0].size
    assert abs((middle[0] - left[1]) - (right[0] - middle[1])) < 0.2 * runs[0].size
