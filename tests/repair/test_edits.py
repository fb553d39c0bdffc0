"""The machinery: edits, where characters came from, line ends, the diff."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.repair.diff import unified_diff
from convert.repair.edits import Change, Edit, Trace
from convert.repair.lineends import kept, normal

_TEXT = st.text("甲乙丙ab\n\r", max_size=40)


@st.composite
def _edits(draw: st.DrawFn, text: str) -> list[Edit]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return [Edit(start, end, draw(st.text("新\n", max_size=3))) for start, end in pairs]


def by_hand(text: str, edits: list[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


@given(st.data())
@settings(max_examples=90, deadline=None)
def test_edits_of_edits_are_edits_of_the_original(data: st.DataObject) -> None:
    original = text = data.draw(_TEXT)
    trace = Trace(original)
    for _ in range(3):
        edits = data.draw(_edits(text))
        text = by_hand(text, edits)
        trace.apply(edits)
        assert trace.text == text
    whole = list(trace.edits())
    assert by_hand(original, whole) == text
    assert all(a.end < b.start for a, b in itertools.pairwise(whole))
    origins = [trace.origin(at) for at in range(len(text) + 1)]
    assert origins == sorted(origins)
    for at, char in enumerate(text):
        if char in "甲乙丙ab":
            assert original[origins[at]] == char


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Trace("甲乙丙").apply([Edit(0, 2, ""), Edit(1, 3, "")])


def test_a_change_shows_before_and_after() -> None:
    change = Change.of("因", Edit(1, 2, "二"), Edit(3, 3, "！"))
    assert (change.before("甲乙丙丁"), change.after("甲乙丙丁")) == ("乙丙", "二丙！")


# ---------------------------------------------------------------- line ends


@given(st.data())
@settings(max_examples=90, deadline=None)
def test_line_ends_stay_where_nothing_is_edited(data: st.DataObject) -> None:
    original = data.draw(_TEXT)
    trace = Trace(original)
    trace.apply(normal(original))
    assert trace.text == re.sub("\r\n?", "\n", original)
    assert list(kept(original, trace.edits())) == []
    edits = data.draw(_edits(trace.text))
    trace.apply(edits)
    again = Trace(original)
    again.apply(kept(original, trace.edits()))
    assert re.sub("\r\n?", "\n", again.text) == trace.text


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_new_lines_end_as_the_others_do(end: str) -> None:
    text = f"甲{end}乙{end}丙"
    trace = Trace(text)
    trace.apply(normal(text))
    trace.apply([Edit(1, 1, "\n新"), Edit(3, 4, ""), Edit(5, 5, "\n")])
    again = Trace(text)
    again.apply(kept(text, trace.edits()))
    assert again.text == f"甲{end}新{end}乙丙{end}"


# ---------------------------------------------------------------- the diff


def patched(before: str, diff: list[str]) -> str:
    """What a diff makes of *before*, as ``patch`` does it: every line of it must be where the diff says."""
    old = before.splitlines(keepends=True) if "\r" not in before else re.findall(r"[^\n]*\n|[^\n]+", before)
    out: list[str] = []
    at = 0
    for line in diff[2:]:
        if match := re.match(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line):
            first = int(match[1]) - (match[2] != "0")
            out += old[at:first]
            at = first
            assert len(out) == int(match[3]) - (match[4] != "0")
            continue
        text = line[1:].removesuffix("\n\\ No newline at end of file\n")
        if line[0] in " -":
            assert old[at] == text
            at += 1
        if line[0] in " +":
            out.append(text)
    return "".join(out + old[at:])


@given(st.data())
@settings(max_examples=90, deadline=None)
def test_the_diff_makes_the_text(data: st.DataObject) -> None:
    before = data.draw(st.lists(st.text("甲乙\r", max_size=3), max_size=30).map("\n".join))
    edits = [e for e in data.draw(_edits(before)) if e.new != before[e.start : e.end]]
    trace = Trace(before)
    trace.apply(edits)
    diff = list(unified_diff(before, list(trace.edits()), "a.md"))
    if trace.text == before:
        assert diff == [] or patched(before, diff) == before
    else:
        assert diff[:2] == ["--- a.md\n", "+++ a.md\n"]
        assert patched(before, diff) == trace.text


def test_a_diff_as_people_know_it() -> None:
    before = "\n".join("一二三四五六七八九十")
    assert "".join(unified_diff(before, [Edit(8, 9, "伍"), Edit(19, 19, "完")], "a.md")) == (
        "--- a.md\n+++ a.md\n@@ -2,9 +2,9 @@\n 二\n 三\n 四\n-五\n+伍\n 六\n 七\n 八\n 九\n"
        "-十\n\\ No newline at end of file\n+十完\n\\ No newline at end of file\n"
    )
