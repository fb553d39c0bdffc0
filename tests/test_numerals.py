"""Numbers written and read again."""

from __future__ import annotations

import pytest

from convert.numerals import from_roman, page_order, roman


def test_roman_figures_are_read_as_they_are_written() -> None:
    assert [from_roman(roman(number)) for number in range(1, 4000)] == [*range(1, 4000)]


@pytest.mark.parametrize("text", ["", "iiii", "vx", "IV", "12", "ivi", "x1", "ｉ", "iix"])
def test_what_is_no_roman_number_is_none(text: str) -> None:
    assert from_roman(text) == 0


def test_pages_of_the_front_matter_come_first() -> None:
    labels = ["10", "ix", "2", "v", "x", "1"]
    assert sorted(labels, key=page_order) == ["v", "ix", "x", "1", "2", "10"]
