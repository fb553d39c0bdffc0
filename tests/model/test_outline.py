"""The only outline there is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.model.nodes import (
    Block,
    Division,
    DivisionKind,
    Document,
    Emphasis,
    Heading,
    Metadata,
    Quote,
    SoftBreak,
    SourceSpan,
    Text,
)
from convert.model.outline import OutlineEntry, make_outline

SPAN = SourceSpan("a.md", 1, 1)


def heading(level: int, title: str, *, listed: bool = True) -> Heading:
    return Heading(f"h-{title}", SPAN, level, (Text(title),), listed=listed)


def tree(*blocks: Block) -> str:
    """The outline on one line: ``甲1(乙2 丙2)``."""

    def show(entries: tuple[OutlineEntry, ...]) -> str:
        return " ".join(
            f"{e.title}{e.level}" + (f"({show(e.children)})" if e.children else "") for e in entries
        )

    return show(make_outline(Document(Metadata(), blocks)).entries)


def test_levels_nest() -> None:
    assert tree(heading(1, "甲"), heading(2, "乙"), heading(2, "丙"), heading(1, "丁")) == "甲1(乙2 丙2) 丁1"


def test_a_skipped_level_makes_no_gap() -> None:
    assert tree(heading(1, "甲"), heading(4, "乙"), heading(3, "丙"), heading(2, "丁")) == "甲1(乙2 丙2 丁2)"


def test_a_book_may_begin_below_level_one() -> None:
    assert tree(heading(3, "甲"), heading(2, "乙"), heading(3, "丙")) == "甲1 乙1(丙2)"


def test_unlisted_and_empty_headings_are_left_out() -> None:
    assert tree(heading(1, "甲", listed=False), heading(1, " "), heading(2, "乙")) == "乙1"


def test_headings_in_divisions_count_and_in_quotes_do_not() -> None:
    inside = Division("d", SPAN, DivisionKind.READING, (heading(2, "乙"),))
    assert tree(heading(1, "甲"), inside, Quote("q", SPAN, (heading(1, "丙"),))) == "甲1(乙2)"


def test_the_title_has_no_marks_and_folded_blanks() -> None:
    marked = Heading("h", SPAN, 1, (Text("甲 "), Emphasis((Text("乙"),)), SoftBreak(), Text(" 丙")))
    outline = make_outline(Document(Metadata(), (marked,)))
    assert outline.entries[0].title == "甲 乙 丙" == outline.entries[0].label
    assert outline.find("h") is outline.entries[0]
    assert outline.find("other") is None


@given(st.lists(st.integers(1, 6), max_size=30))
@settings(deadline=None)
def test_every_heading_is_there_in_order_and_no_level_jumps(levels: list[int]) -> None:
    blocks = tuple(Heading(f"h{at}", SPAN, level, (Text(f"{at}"),)) for at, level in enumerate(levels))
    outline = make_outline(Document(Metadata(), blocks))
    flat = list(outline.flat())
    assert [entry.id for entry in flat] == [block.id for block in blocks]
    depth = 0
    for entry in flat:
        assert 1 <= entry.level <= depth + 1
        depth = entry.level
    assert outline.depth == max((entry.level for entry in flat), default=0)
