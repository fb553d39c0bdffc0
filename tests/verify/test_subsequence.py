"""The longest common subsequence against the plain textbook method, and its speed on whole books."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.verify.subsequence import common_length, first_missing


def textbook(first: str, second: str) -> int:
    row = [0] * (len(second) + 1)
    for char in first:
        above = row
        row = [0]
        for at, other in enumerate(second):
            row.append(above[at] + 1 if char == other else max(above[at + 1], row[at]))
    return row[-1]


letters = st.text(alphabet="abc", max_size=24)


@settings(deadline=None, max_examples=150)
@given(letters, letters)
def test_short_texts_exactly(first: str, second: str) -> None:
    assert common_length(first, second) == textbook(first, second)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="abcdefghijklmnop", min_size=30, max_size=90), st.data())
def test_edited_texts_never_more_and_seldom_less(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    edited = text[:at] + data.draw(st.text(alphabet="abcxyz", max_size=5)) + text[at + 3 :]
    found, exact = common_length(text, edited), textbook(text, edited)
    assert exact - 2 <= found <= exact


@given(st.text(max_size=40))
def test_a_text_holds_itself(text: str) -> None:
    assert common_length(text, text) == len(text)
    assert first_missing(text, text) == ""


def test_the_first_loss_is_shown_in_its_surroundings() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))
    assert text[200:205] in first_missing(text, text[:200] + text[205:])
    assert first_missing(text, "x" + text) == ""


def test_a_long_book_with_many_edits_is_quick() -> None:
    text = "".join(chr(0x4E00 + (n * 7919 + n // 4999 * 31) % 4999) for n in range(200_000))
    edited = "".join(char for n, char in enumerate(text) if n % 500)
    began = time.process_time()
    assert common_length(edited, text) >= len(edited) * 0.999
    assert time.process_time() - began < 10


def test_a_book_that_repeats_itself_has_no_anchors_and_is_compared_all_the_same() -> None:
    text = "".join(chr(0x4E00 + n * 37 % 4999) for n in range(20_000)) * 10
    edited = "前" + "".join(char for n, char in enumerate(text) if n % 700)
    began = time.process_time()
    assert common_length(edited, text) >= (len(edited) - 1) * 0.999
    assert time.process_time() - began < 10
