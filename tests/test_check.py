"""``quire check``: everything that is found without an edition, as text and JSON, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import convert
from convert import printing
from convert.diagnostics import Code
from tests.books import SMALL, small_book
from tests.test_cli import quire

FAULTY = """# 题 {#a}

### 跳级 {#a}

见@fig-none和![画](none.png)[^x]，纸张 and 油墨，\U000f1234。

#

{{include: part.md}}

[^y]: 无人用
"""


def _faulty(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "part.md").write_text("甲\n\n“没有闭合", "utf-8")
    return small_book(folder, FAULTY)


def test_it_tells_all_and_writes_nothing(tmp_path: Path) -> None:
    source = _faulty(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    report = convert.check([source])
    grave = [f for f in report.findings if f.severity.value != "info"]
    assert {(Path(f.place.file).name, f.place.line, f.code) for f in grave} == {
        ("札记.md", 3, Code.HEADING_SKIPPED),
        ("札记.md", 3, Code.ID_DUPLICATE),
        ("札记.md", 5, Code.REFERENCE_MISSING),
        ("札记.md", 5, Code.IMAGE_MISSING),
        ("札记.md", 5, Code.NOTE_MISSING),
        ("札记.md", 5, Code.STRAY_WORD),
        ("札记.md", 5, Code.GLYPH_MISSING),
        ("札记.md", 7, Code.HEADING_EMPTY),
        ("札记.md", 11, Code.NOTE_UNUSED),
        ("part.md", 3, Code.UNBALANCED),
    }
    assert report.exit_status == 1 and report.editions == ()
    assert sorted(tmp_path.rglob("*")) == before


def test_findings_stand_in_the_order_of_the_source(tmp_path: Path) -> None:
    places = [f.place for f in convert.check([_faulty(tmp_path)]).findings]
    assert places == sorted(places, key=lambda place: (place.file, place.line, place.column))


def test_text_and_json_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = _faulty(tmp_path)
    quire("check", source, status=1)
    lines = capsys.readouterr().out.splitlines()
    quire("check", "--json", source, status=1)
    report = json.loads(capsys.readouterr().out)
    assert len(report["findings"]) == len(lines) - 1 and report["exit_status"] == 1
    for line, finding in zip(lines, report["findings"], strict=False):
        assert f" {finding['severity']} {finding['code']} {finding['message']}" in line


def test_warnings_fail_only_when_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = small_book(tmp_path, "纸张 and 油墨\n")
    quire("check", source)
    assert "0 errors, 1 warning" in capsys.readouterr().out
    quire("check", "--strict", source, status=1)


def test_openings_that_are_bold_only_here_and_there(tmp_path: Path) -> None:
    text = "**一、纸从树来。**造纸要先泡料。\n\n二、墨从烟来。制墨要先烧烟。\n\n**三、笔从毛来。**选毛要在秋天。\n"
    even = text.replace("二、墨从烟来。", "**二、墨从烟来。**")
    found = [(f.code, f.place.line) for f in convert.check([small_book(tmp_path, text)]).findings]
    assert (Code.UNEVEN_BOLD, 3) in found
    assert Code.UNEVEN_BOLD not in {f.code for f in convert.check([small_book(tmp_path, even)]).findings}


def test_a_good_book_is_good(tmp_path: Path) -> None:
    report = convert.check([small_book(tmp_path, SMALL)], strict=True)
    assert report.exit_status == 0 and not [f for f in report.findings if f.severity.value != "info"]


def test_a_book_that_cannot_be_read_is_told_and_the_next_checked(tmp_path: Path) -> None:
    report = convert.check([tmp_path / "none.md", small_book(tmp_path, "纸张 and 油墨")])
    grave = [f.code for f in report.findings if f.severity.value != "info"]
    assert sorted(grave, key=lambda code: code.value) == [Code.SOURCE_MISSING, Code.STRAY_WORD]
    assert report.exit_status == 3


def test_a_terminal_shows_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = convert.check([small_book(tmp_path, "纸张 and 油墨")]).findings
    for terminal in (False, True):
        monkeypatch.setattr("sys.stdout.isatty", lambda terminal=terminal: terminal, raising=False)
        printing.tell([f for f in findings if f.code is Code.STRAY_WORD], err=False)
        shown = [line for line in capsys.readouterr().out.splitlines() if "|" in line]
        assert shown == (["    1 | 纸张 and 油墨", "      |      ^"] if terminal else [])
