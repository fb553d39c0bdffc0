"""Titles of several lines: broken by sense, whole, in no more lines than they need."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.theming import load_theme
from convert.typeset.frame import Frame, GlyphRun
from tests.typeset.test_composition import book

PHONE = load_theme("phone")


def title_lines(frame: Frame, size: float = PHONE.heading.sizes[0]) -> list[str]:
    """The lines of type of the size of chapter titles on the page that the last bookmark leads to."""
    page = frame.pages[frame.bookmarks[-1].page]
    found: dict[float, list[tuple[float, str]]] = {}
    for item in page.items[page.furniture :]:
        if isinstance(item, GlyphRun) and item.size == size:
            found.setdefault(round(item.y, 1), []).append((item.x, "".join(item.texts)))
    return ["".join(said for _, said in sorted(parts)) for _, parts in sorted(found.items())]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("短题", ["短题"]),
        ("——全校师生读书活动", ["——全校", "师生读书活动"]),
        ("第一章　一张纸的来历和去处", ["第一章", "一张纸的来历和去处"]),
        ("海边的人，山里的灯，城里的书", ["海边的人，", "山里的灯，城里的书"]),
        ("中小学语文教科书编写工作", ["中小学语文教科书", "编写工作"]),
        ("The printing of a book and of its cover", ["The printing", "of a book", "and of its cover"]),
    ],
)
def test_long_titles_break_by_sense(title: str, wanted: list[str]) -> None:
    text = "语文教科书里说，语文要好。教科书是书，语文的教科书多。\n"
    frame = book(f"# {title}\n\n{text}", PHONE)
    lines = [line.strip() for line in title_lines(frame)]
    assert lines == wanted
    assert frame.bookmarks[-1].title.split() == title.split()


def test_one_that_begins_as_paragraphs_do_breaks_by_sense_too() -> None:
    frame = book("# 书\n\n## 二\n\n### 中小学语文教科书编写 为一本书写好书稿\n\n语文教科书里说。\n", PHONE)
    assert title_lines(frame, PHONE.heading.sizes[2])[:2] == ["中小学语文教科书编写", "为一本书写好书稿"]


def test_a_title_with_marks_of_its_own_is_left_to_the_line_engine() -> None:
    lines = title_lines(book("# 一张*很长*的纸的来历和去处在哪里\n\n文。\n", PHONE))
    assert "".join(lines) == "一张很长的纸的来历和去处在哪里" and len(lines) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("山海的与，。《》“”—12 abcé　字"), min_size=1, max_size=60))
def test_all_of_any_title_is_there_and_none_of_it_stands_over_the_edge(title: str) -> None:
    frame = book(f"# 甲{title}乙\n\n文。\n", PHONE)
    said = "".join("".join(title_lines(frame)).split())
    assert said == "".join(frame.bookmarks[-1].title.split())
    page = frame.pages[frame.bookmarks[-1].page]
    for item in page.items[page.furniture :]:
        if isinstance(item, GlyphRun):
            end = item.x + item.xs[-1] + item.face.advance(item.ids[-1]) * item.size
            assert item.x > 5 and end < page.width - 5


def page_lines(frame: Frame, size: float) -> list[str]:
    """The lines of type of *size* on the first page, in order."""
    found: dict[float, list[tuple[float, str]]] = {}
    for item in frame.pages[0].items[frame.pages[0].furniture :]:
        if isinstance(item, GlyphRun) and item.size == size:
            found.setdefault(round(item.y, 1), []).append((item.x, "".join(item.texts)))
    return ["".join(said for _, said in sorted(parts)).strip() for _, parts in sorted(found.items())]


def test_entries_of_the_contents_break_by_sense_and_in_no_more_lines() -> None:
    frame = book("# 甲\n\n文。\n\n## 山里人家的灯火 一年又一年不灭的故事\n\n文。\n", PHONE)
    assert page_lines(frame, PHONE.font.size)[:3] == ["甲1", "山里人家的灯火", "一年又一年不灭的故事1"]


def test_captions_break_by_sense_after_their_number() -> None:
    text = "文。\n\n| 甲 | 乙 |\n|--|--|\n| 一 | 二 |\n\n: 山里人家的灯火，一年又一年不灭的一些故事\n"
    lines = page_lines(book(text, PHONE), round(PHONE.font.size * 6 / 7, 2))
    assert [line.replace("\u3000", "") for line in lines[:2]] == [
        "表1山里人家的灯火，",
        "一年又一年不灭的一些故事",
    ]
