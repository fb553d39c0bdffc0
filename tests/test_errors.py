"""Errors and findings: one line, a place, a way out, an exit status of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert import errors, pipeline
from convert.cli import EPILOG
from convert.diagnostics import Code, Finding, Findings, Place, Severity

KINDS = [getattr(errors, name) for name in errors.__all__]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_is_one_line_with_its_place_and_hint(kind: type[errors.QuireError]) -> None:
    error = kind(Code.INTERNAL, Place("a.md", 3, 7), "it\nbroke", "mend\nit")
    assert str(error) == "a.md:3:7: error internal it broke (mend it)"
    assert isinstance(error, errors.QuireError)


def test_exit_statuses_differ_and_are_in_the_help() -> None:
    statuses = [kind.exit_status for kind in KINDS]
    assert len(set(statuses)) == len(statuses)
    for status in [0, *statuses, 70, 130]:
        assert f"\n  {status} " in EPILOG


@pytest.mark.parametrize(
    ("place", "shown"),
    [(Place("a"), "a"), (Place("a", 2), "a:2"), (Place("a", 2, 3), "a:2:3"), (Place("a", 0, 3), "a")],
)
def test_places(place: Place, shown: str) -> None:
    assert str(place) == shown


def test_codes_are_words_that_can_be_searched_for() -> None:
    values = [code.value for code in Code]
    assert len(set(values)) == len(values)
    assert all(value == value.lower() and " " not in value for value in values)


def test_findings_keep_order_and_tell_the_worst() -> None:
    findings = Findings()
    assert findings.worst() is None
    findings.info(Code.GLYPH_MISSING, Place("a"), "x")
    findings.warn(Code.NOTE_UNUSED, Place("a"), "y")
    assert findings.worst() is Severity.WARNING
    findings.error(Code.NOTE_MISSING, Place("a"), "z")
    findings.info(Code.GLYPH_MISSING, Place("a"), "x")
    assert [finding.message for finding in findings] == ["x", "y", "z"]
    assert findings.worst() is Severity.ERROR
    assert (
        str(Finding(Code.NOTE_UNUSED, Severity.WARNING, Place("a", 1), "m")) == "a:1: warning note-unused m"
    )


def test_findings_name_the_very_character_of_a_source_they_know() -> None:
    findings = Findings()
    findings.know("a.md", ["第一行", "没有龘的", "还有龘"])
    assert findings.exact(Place("a.md", 1), "龘") == Place("a.md", 2, 3)
    assert findings.exact(Place("a.md", 3), "龘") == Place("a.md", 3, 3)
    assert findings.exact(Place("a.md", 1), "麤") == Place("a.md", 1)
    assert findings.exact(Place("b.md", 1), "龘") == Place("b.md", 1)
    assert findings.exact(Place("a.md"), "龘") == Place("a.md")
    assert findings == Findings()


def test_a_character_without_a_font_is_told_with_line_and_column(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# 题\n\n第一行\n没有\U000f0000的字\n", "utf-8")
    report = pipeline.build([source], out=tmp_path / "out", to=["pdf"])
    found = [item.place for item in report.findings if item.code is Code.GLYPH_MISSING]
    assert [(place.line, place.column) for place in found] == [(4, 3)]
