"""Where cells stand, how wide columns are, when a table is turned."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.model.nodes import Alignment, Attributes, SourceSpan, Table, TableCell, TableRow
from convert.tabular import TableFit, column_widths, fit_table, longest_word, placed_rows

HERE = SourceSpan("a.md", 1, 1)
TABLE = Table("t", HERE, (Alignment.DEFAULT,) * 3, (), ())


def test_columns_keep_their_natural_widths_where_they_fit():
    assert column_widths([50, 30], [10, 10], 100) == [50, 30]


def test_a_long_column_gives_way_and_a_short_one_does_not():
    widths = column_widths([300, 20], [40, 20], 100)
    assert widths[1] == 20 and abs(sum(widths) - 100) < 1e-6


def test_columns_that_cannot_fit_are_scaled_together():
    assert column_widths([300, 300], [100, 100], 100) == [50, 50]


@given(st.lists(st.tuples(st.floats(1, 500), st.floats(1, 500)), min_size=1, max_size=14), st.floats(50, 500))
def test_columns_never_take_more_than_there_is_nor_less_than_they_need(sizes, room):
    natural, least = [max(pair) for pair in sizes], [min(pair) for pair in sizes]
    widths = column_widths(natural, least, room)
    assert sum(widths) <= room + 1e-6
    if sum(least) <= room:
        assert all(width >= low - 1e-6 for width, low in zip(widths, least, strict=True))


@pytest.mark.parametrize(
    ("least", "wanted"),
    [
        ([30, 30, 30], TableFit()),
        ([40, 40, 40], TableFit(100 / 120)),
        ([50, 50, 50], TableFit(turned=True)),
        ([60, 60, 60], TableFit(160 / 180, turned=True)),
        ([90, 90, 90], TableFit(0.8, turned=True, overfull=True)),
    ],
    ids=["fits", "smaller", "turned", "turned and smaller", "too wide"],
)
def test_the_mildest_remedy_is_taken(least, wanted):
    assert fit_table(TABLE, least, 100, 160, 0.8) == wanted


def test_where_nothing_can_be_turned_a_table_is_made_small_or_told_of():
    assert fit_table(TABLE, [50, 50, 50], 100, 0, 0.8) == TableFit(0.8, overfull=True)
    assert fit_table(TABLE, [40, 40, 40], 100, 0, 0.8).overfull is False


def test_an_author_may_ask_for_a_turned_table():
    asked = replace(TABLE, attributes=Attributes(classes=("landscape",)))
    assert fit_table(asked, [10, 10, 10], 100, 160, 0.8) == TableFit(turned=True)
    assert fit_table(asked, [10, 10, 10], 100, 0, 0.8) == TableFit()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("第三版", ""),
        ("见 chapter_01.md", "chapter"),
        ("https://example.org/a", "example"),
        ("共12,345.6元", "12,345.6"),
        ("", ""),
    ],
)
def test_the_longest_word_is_what_cannot_be_divided(text, word):
    assert longest_word(text) == word


def test_a_cell_that_hangs_down_keeps_its_place_in_the_rows_below():
    def cell(name: str, rows: int = 1, columns: int = 1) -> TableCell:
        return TableCell(name, HERE, (), rows=rows, columns=columns)

    rows = (
        TableRow("1", HERE, (cell("a"), cell("b", 2, 2))),
        TableRow("2", HERE, (cell("c"),)),
        TableRow("3", HERE, (cell("d", columns=9),)),
    )
    placed = [
        [(slot.cell and slot.cell.id, slot.column, slot.columns) for slot in slots]
        for _, slots in placed_rows(rows, 3)
    ]
    assert placed == [[("a", 0, 1), ("b", 1, 2)], [("c", 0, 1), (None, 1, 2)], [("d", 0, 3)]]


def test_the_room_is_shared_by_what_columns_hold_where_that_takes_fewer_lines():
    """A column with one long cell gives way to one that is full in every row."""
    natural, least, room = [100.0, 400.0], [30.0, 40.0], 200.0
    rows = [[100.0, 0.0], *([20.0, 300.0] for _ in range(20))]
    plain = column_widths(natural, least, room)
    assert plain[0] == 100
    shared = column_widths(natural, least, room, rows)
    assert shared[0] < 60 and sum(shared) == pytest.approx(room)
    # Where that takes no fewer it stays as it is, and a word is not divided for it.
    assert column_widths(natural, least, room, [[100.0, 100.0]] * 20) == plain
    assert column_widths(natural, least, room, [[-80.0, 0.0], *rows[1:]])[0] >= 80


@given(st.lists(st.tuples(st.floats(1, 500), st.floats(1, 500)), min_size=1, max_size=8), st.floats(50, 500))
def test_shared_room_is_within_bounds_too(sizes, room):
    natural, least = [max(pair) for pair in sizes], [min(pair) for pair in sizes]
    rows = [[first for first, _ in sizes], [-second for _, second in sizes], [0.0] * len(sizes)]
    widths = column_widths(natural, least, room, rows, 2.0)
    assert sum(widths) <= room + 1e-6
    if sum(least) <= room:
        assert all(width >= low - 1e-6 for width, low in zip(widths, least, strict=True))
