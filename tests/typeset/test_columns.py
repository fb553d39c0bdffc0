"""Two columns: read one after the other, as long as each other where a chapter ends, titles over both."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Code, Findings, Place
from convert.errors import BookError
from convert.model.walk import plain_text
from convert.theme import Theme
from convert.theming import load_theme, override
from convert.typeset.composition import compose
from convert.typeset.fill import Filler
from convert.typeset.frame import Frame, GlyphRun, Page
from convert.typeset.geometry import geometry
from tests.typeset.test_composition import book, manuscript, painted


def theme(preset: str = "report", **more: object) -> Theme:
    made = override(load_theme(preset), "page.columns", 2, Place(""))
    for key, value in more.items():
        made = override(made, key.replace("__", "."), value, Place(""))
    return made


TWO = theme()
SHAPE = geometry(TWO)


def runs(page: Page) -> list[tuple[float, float, str]]:
    """Runs of the text with their place from the text block's corner, and what they say."""
    return [
        (item.x - SHAPE.left(True), item.y - SHAPE.top, "".join(item.texts))
        for item in page.items[page.furniture :]
        if isinstance(item, GlyphRun)
    ]


def lines(page: Page, column: int) -> dict[float, str]:
    """The lines of body text in a column, by baseline from its head."""
    left = column * SHAPE.pitch
    found: dict[float, list[tuple[float, str]]] = {}
    for item in page.items[page.furniture :]:
        if isinstance(item, GlyphRun) and item.size == SHAPE.em:
            x = item.x - SHAPE.left(True) - left
            if -0.1 <= x <= SHAPE.column:
                found.setdefault(round(item.y - SHAPE.top, 1), []).append((x, "".join(item.texts)))
    return {y: "".join(text for _, text in sorted(parts)) for y, parts in sorted(found.items())}


def text_pages(frame: Frame) -> list[Page]:
    return [page for page in frame.pages if page.label.isdigit()]


PARAGRAPH = "这一段话不长也不短，为的是把两栏都填上几行，好看看它们是不是一样长。"


def test_the_second_column_goes_on_where_the_first_ends():
    text = "# 章\n\n" + "".join(f"第{n}段：{PARAGRAPH}\n\n" for n in range(80)) + "# 又一章\n\n完。\n"
    frame = book(text, TWO)
    first = text_pages(frame)[0]
    left, right = lines(first, 0), lines(first, 1)
    # Full columns end on the same line, and all lines of both lie on one grid.
    assert abs(max(left) - max(right)) <= 2 * SHAPE.leading + 0.1
    steps = {round((y - max(left)) / SHAPE.leading, 2) % 1 for y in (*left, *right)}
    assert steps == {0.0}
    said = "".join((*left.values(), *right.values()))
    numbers = [int(part.split("段")[0]) for part in said.split("第")[1:]]
    assert numbers == sorted(numbers) and len(numbers) > 15

    def words(shown: Frame) -> str:
        return "".join(said for page in text_pages(shown) for _, _, said in runs(page))

    assert words(frame) == words(book(text, load_theme("report")))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 10, 13])
def test_columns_are_as_long_as_each_other_before_the_next_title(count):
    text = "# 章\n\n" + f"{PARAGRAPH}\n\n" * count + "# 又一章\n\n完。\n"
    page = text_pages(book(text, TWO))[0]
    title = next(y for _, y, said in runs(page) if "又" in said)
    left = [y for y in lines(page, 0) if y < title - 20]
    right = [y for y in lines(page, 1) if y < title - 20]
    rows = len(left) + len(right)
    # Two lines of a paragraph stay together, so that one line more may be needed.
    assert abs(len(left) - len(right)) <= (rows % 2) + 2
    assert len(left) >= len(right)
    assert min(left, default=0) == min(right, default=min(left, default=0))


def test_chapter_titles_stand_over_both_columns_and_sections_in_one():
    page = text_pages(book(f"# 章的题目\n\n## 节的题目\n\n{PARAGRAPH * 8}\n\n# 第二\n\n文。\n", TWO))[0]
    places = {said: x for x, _, said in runs(page)}
    chapter = next(x for said, x in places.items() if "章的题目" in said)
    section = next(x for said, x in places.items() if "节的题目" in said)
    assert chapter == pytest.approx(SHAPE.measure / 2 - 2 * 18, abs=1)
    assert section == pytest.approx(SHAPE.column / 2 - 2 * 15, abs=1)


def test_a_title_is_not_last_on_its_page():
    for count in range(20, 34):
        text = "# 章\n\n" + f"{PARAGRAPH}\n\n" * count + "# 又一章\n\n" + PARAGRAPH * 9
        for page in text_pages(book(text, TWO)):
            for _, y, said in runs(page):
                if "又一" in said:
                    assert sum(below > y for below in lines(page, 0)) >= 2


WIDE = "| " + " | ".join(f"很长的列名{n}" for n in range(8)) + " |\n" + "|--" * 8 + "|\n"
WIDE += ("| " + " | ".join("些许文字" for _ in range(8)) + " |\n") * 3


@pytest.mark.parametrize("before", range(34, 50, 3))
def test_what_stays_together_is_not_torn_between_columns_for_want_of_room(before):
    # A title over both columns, and below it the head of a table with its first rows.
    rows = "".join(f"| 行{n} | 字 |\n" for n in range(40))
    text = "# 章\n\n" + "文。\n\n" * before + "# 又一章\n\n| 甲 | 乙 |\n|---|---|\n" + rows
    for page in text_pages(book(text, TWO)):
        said = [said for _, _, said in runs(page)]
        if "行0" in [part.replace(" ", "") for part in said]:
            assert "又一章" in said, "the title stands with its table"
        for x, _, part in runs(page):
            if part == "甲":
                below = [one for left, _, one in runs(page) if abs(left - x) < 1 and one.startswith("行")]
                assert len(below) >= 2


def test_a_wide_table_stands_over_both_columns_and_a_narrow_one_in_its_own():
    narrow = "| 甲 | 乙 |\n|--|--|\n| 一 | 二 |\n"
    findings = Findings()
    text = f"# 章\n\n{PARAGRAPH}\n\n{narrow}\n{PARAGRAPH}\n\n{WIDE}\n{PARAGRAPH * 3}\n\n# 末\n\n完。\n"
    page = text_pages(compose(manuscript(text, TWO), findings))[0]
    ends = [(said, x) for x, _, said in runs(page)]
    assert all(x < SHAPE.column for said, x in ends if said in "甲乙")
    heads = [x for said, x in ends if said.startswith("很长")]
    assert min(heads) < SHAPE.column / 2 and max(heads) > SHAPE.column + SHAPE.measure / 4
    assert not list(findings)


def test_notes_stand_below_the_column_that_calls_them_numbered_through_the_page():
    text = "# 章\n\n" + "".join(f"{PARAGRAPH}[^{n}]\n\n" for n in range(30))
    text += "\n".join(f"[^{n}]: 第{n}注。" for n in range(30))
    frame = book(text, TWO)
    seen: list[int] = []
    for page in text_pages(frame):
        marks = [(x, y, said) for x, y, said in runs(page) if said in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"]
        called = [
            m
            for m in marks
            if any(abs(m[1] - y) < SHAPE.leading for y in lines(page, int(m[0] > SHAPE.column)))
        ]
        assert called
        for column in (0, 1):
            left = column * SHAPE.pitch
            notes = [
                (y, said) for x, y, said in runs(page)
                if said.startswith("第") and said.endswith("注。") and left - 1 < x < left + SHAPE.column
            ]  # fmt: skip
            assert notes and min(y for y, _ in notes) > max(lines(page, column))
            seen += [int(said[1:-2]) for _, said in sorted(notes)]
    assert seen == list(range(30))


def test_notes_of_a_spanning_title_stand_in_the_column_below():
    frame = book(f"# 章[^a]\n\n{PARAGRAPH * 6}\n\n# 末\n\n完。\n\n[^a]: 注文。\n", TWO)
    page = text_pages(frame)[0]
    assert any("注文" in said for _, _, said in runs(page))


def test_columns_that_are_too_narrow_are_refused():
    with pytest.raises(BookError) as caught:
        compose(manuscript("文。", theme("phone", page__measure=16)), Findings())
    assert caught.value.finding.code is Code.SETTING_VALUE


BLOCKS = st.lists(
    st.sampled_from(
        [
            f"{PARAGRAPH}\n",
            f"{PARAGRAPH * 7}\n",
            "# 章\n",
            "## 节\n",
            "### 小节\n",
            WIDE,
            "- 甲\n- 乙\n",
            f"> {PARAGRAPH}\n",
            "~~~\ncode\n~~~\n",
            f"{PARAGRAPH}^[{PARAGRAPH * 3}]\n",
            "***\n",
            "::: keypoint\n要点。\n:::\n",
        ]
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=15, deadline=None)
@given(BLOCKS, st.sampled_from(["page", "recto", "continuous"]))
def test_nothing_is_lost_and_nothing_stands_across(blocks: list[str], opening: str):
    made = theme("report", page__chapter_opening=opening, contents__show=False)
    source = manuscript("\n".join(blocks), made)
    findings = Findings()
    frame = compose(source, findings)
    said = painted(frame)
    notes = [block for note in source.document.notes for block in note.blocks]
    wanted = "".join(plain_text((*source.document.blocks, *notes)).split())
    assert not [char for char in set(wanted) if char not in " " and said.count(char) < wanted.count(char)]
    assert not [finding for finding in findings if finding.code is Code.PAGE_OVERFULL]
    for page in frame.pages:
        for item in page.items[page.furniture :]:
            if isinstance(item, GlyphRun) and item.size == SHAPE.em:
                x = item.x - SHAPE.left(True)
                end = x + item.xs[-1] + item.face.advance(item.ids[-1]) * item.size
                assert end <= SHAPE.column + 0.6 * SHAPE.em or x >= SHAPE.pitch - 0.6 * SHAPE.em


def test_its_cost_grows_with_the_text_only(monkeypatch: pytest.MonkeyPatch):
    made = theme("report", contents__show=False)
    filled = [0]
    fill = Filler.fill

    def counted(*given: object) -> object:
        filled[0] += 1
        return fill(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Filler, "fill", counted)
    costs = []
    for chapters in (3, 30):
        filled[0] = 0
        compose(manuscript(f"# 章\n\n{PARAGRAPH * 40}\n\n" * chapters, made), Findings())
        costs.append(filled[0])
    assert costs[1] < 12 * costs[0]
