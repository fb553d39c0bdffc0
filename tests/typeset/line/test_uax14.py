"""Our table of plain signs against the library that knows UAX #14."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convert.typeset import uax14
from convert.typeset.uax14 import SIGNS, breakable, core

EVERY = "".join(SIGNS.values())
ONE_OF_EACH = [signs[0] for signs in SIGNS.values()]


def test_all_pairs_break_as_the_library_says() -> None:
    pairs = [one + other for one, other in product(EVERY, repeat=2)]
    assert [breakable(pair) for pair in pairs] == [core(pair) for pair in pairs]


@pytest.mark.slow
def test_no_neighbour_changes_what_a_pair_decides() -> None:
    for signs in product(ONE_OF_EACH, repeat=3):
        text = "".join(signs)
        assert breakable(text) == core(text), text


@given(st.text(alphabet=EVERY, min_size=3, max_size=12))
@example("1。%")
@example("」 ・「 a")
@example("a -a")
@example("'一")
@settings(max_examples=120, deadline=None)
def test_longer_stretches_break_as_the_library_says(text: str) -> None:
    assert breakable(text) == core(text)


def test_what_the_table_does_not_know_is_asked_and_the_plain_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(uax14, "core", lambda text: asked.append(text) or core(text))
    breakable.cache_clear()
    for text in ("一1", "「a a」", "1.1", "a/a", "一+一", "一　一", "1 -1", "é1", "(%", "%(", "1。%", " a"):
        breakable(text)
    assert asked == ["é1", "%(", "1。%", " a"]
    assert breakable("é1") == core("é1")


def test_the_check_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one entry of the table wrong, the pairs differ."""
    monkeypatch.setitem(uax14._MAY, "A", "IOA")
    breakable.cache_clear()
    assert breakable("aa") != core("aa")
    breakable.cache_clear()
