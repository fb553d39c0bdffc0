"""The source line under a finding: the caret below its column, whatever the characters' widths."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.diagnostics import Code, Finding, Place, Severity
from convert.excerpt import Excerpts, cells, excerpt


def _columns(shown: str) -> tuple[int, int]:
    """Cells before the caret, and cells before the marked character ✗ in the line above."""
    above, below = shown.split("\n")
    return below.index("^"), sum(map(cells, above[: above.index("✗")]))


@pytest.mark.parametrize("before", ["", "ab", "甲乙", "a甲b", "é", "e\u0301", "\t", "　　", "“甲”"])
def test_the_caret_stands_below_its_character(before: str) -> None:
    caret, mark = _columns(excerpt(f"{before}✗后", Place("a.md", 3, len(before) + 1)))
    assert caret == mark


@pytest.mark.parametrize("width", [30, 80, 200])
@pytest.mark.parametrize("before", [0, 10, 500])
@pytest.mark.parametrize("after", [0, 10, 500])
def test_a_long_line_is_cut_round_its_column(width: int, before: int, after: int) -> None:
    shown = excerpt("汉" * before + "✗" + "字" * after, Place("a.md", 12345, before + 1), width)
    caret, mark = _columns(shown)
    assert caret == mark
    assert max(sum(map(cells, line)) for line in shown.split("\n")) <= width
    assert ("…" in shown) == (2 * (before + after) + 1 > width - 10)


def test_without_a_column_there_is_no_caret() -> None:
    assert excerpt("甲", Place("a.md", 3)) == "    3 | 甲"


def test_a_place_beyond_the_line_is_its_end() -> None:
    assert excerpt("", Place("a.md", 1, 9)).endswith("^")


def test_nothing_that_steers_a_terminal_is_shown() -> None:
    shown = excerpt("甲\x1b[31m\u202e乙\x00", Place("a.md", 1, 1))
    assert "\x1b" not in shown and "\u202e" not in shown and "\x00" not in shown


def test_lines_come_from_the_file_of_the_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeff甲\r\n乙\r丙\n".encode())
    show = Excerpts()

    def of(line: int, name: str = str(path)) -> str:
        return show.of(Finding(Code.NOTE_MISSING, Severity.WARNING, Place(name, line), "x"))

    assert [of(line).strip() for line in (1, 2, 3)] == ["1 | 甲", "2 | 乙", "3 | 丙"]
    assert of(9) == of(0) == of(1, "none.md") == of(1, str(tmp_path)) == ""
