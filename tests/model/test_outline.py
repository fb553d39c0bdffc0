"""The only outline there is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.model.nodes import (
    Block,
    Division,
    DivisionKind,
    Document,
    Emphasis,
    Heading,
    HeadingNumber,
    Matter,
    Metadata,
    NumberForm,
    NumberStyle,
    Paragraph,
    Quote,
    RunIn,
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


def outline(*blocks: Block) -> list[OutlineEntry]:
    return list(make_outline(Document(Metadata(), blocks)).flat())


def part(title: str, matter: Matter = Matter.PART) -> Heading:
    return Heading(f"h-{title}", SPAN, 1, (Text(title),), matter=matter)


@pytest.mark.parametrize(
    ("title", "subtitle", "label"),
    [
        ("山行", "——记一次秋游", "山行——记一次秋游"),
        ("山行", "一次秋游", "山行　一次秋游"),
        ("Walking", "a diary", "Walking\u2003a diary"),
        ("山行", " —  a", "山行— a"),
    ],
)
def test_a_subtitle_is_part_of_the_one_entry(title: str, subtitle: str, label: str) -> None:
    block = Heading("h", SPAN, 1, (Text(title),), subtitle=(Text(subtitle),))
    (entry,) = outline(block)
    assert (entry.title, entry.label) == (title, label)
    assert entry.running == title


def test_the_number_stands_before_title_and_short_title() -> None:
    number = HeadingNumber("第三章", 3, NumberForm(NumberStyle.CHINESE, "第{}章"))
    (entry,) = outline(Heading("h", SPAN, 1, (Text("山行途中所见"),), short="山行", number=number))
    assert (entry.number, entry.label, entry.running) == ("第三章", "第三章　山行途中所见", "第三章　山行")


def test_a_part_stands_above_chapters_of_its_own_level() -> None:
    blocks = (
        part("序", Matter.FRONT), part("上编"), heading(1, "甲"), heading(2, "乙"), part("下编"), heading(1, "丙"),
        part("附录", Matter.APPENDIX), heading(2, "丁"), part("跋", Matter.BACK), heading(1, "戊"),
    )  # fmt: skip
    assert tree(*blocks) == "序1 上编1(甲2(乙3)) 下编1(丙2) 附录1(丁2) 跋1 戊1"
    entries = outline(*blocks)
    assert [entry.rank for entry in entries] == [1, 0, 1, 2, 0, 1, 1, 2, 1, 1]
    assert [entry.matter.name for entry in entries] == [
        "FRONT", "PART", "BODY", "BODY", "PART", "BODY", "APPENDIX", "APPENDIX", "BACK", "BODY",
    ]  # fmt: skip
    assert make_outline(Document(Metadata(), blocks)).has_parts
    assert not make_outline(Document(Metadata(), (heading(1, "甲"),))).has_parts


def run_in(level: int, title: str) -> Paragraph:
    return Paragraph("", SPAN, (RunIn(f"r-{title}", SPAN, level, (Text(title),)), Text("。正文")))


def test_a_heading_that_opens_a_paragraph_holds_no_heading() -> None:
    blocks = (heading(1, "甲"), run_in(2, "一、"), run_in(3, "（一）"), run_in(2, "二、"), heading(3, "乙"))
    assert tree(*blocks) == "甲1(一、2(（一）3) 二、2 乙2)"
    assert [entry.run_in for entry in outline(*blocks)] == [False, True, True, True, False]


def test_a_run_in_heading_counts_only_at_the_head_of_a_paragraph() -> None:
    late = Paragraph("p", SPAN, (Text("前"), RunIn("r", SPAN, 2, (Text("一、"),))))
    assert tree(heading(1, "甲"), late) == "甲1"


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
