"""The benchmark itself: its texts, its table and picture, and that it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import convert
from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model.nodes import Heading, NoteReference, Table
from convert.model.walk import query
from convert.readers import markdown
from tests.bench import shown
from tests.bench.__main__ import block
from tests.bench.measures import Row
from tests.bench.texts import KINDS, book

ROWS = [
    Row("prose", 60_000, "docx", 0.5, 0.6, 60.0, 30_000, 1.0, 1.1, 120.0, 40_000),
    Row("prose", 600_000, "docx", 2.0, 2.2, 90.0, 300_000, 4.0, 4.1, 450.0, 400_000),
    Row("prose", 600_000, "pdf", 5.0, 5.2, 95.0, 2_400_000),
]


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_as_large_as_asked_and_full_of_their_kind(kind: str) -> None:
    text = book(kind, 60_000)
    assert 60_000 <= len(text.encode()) < 63_000
    findings = Findings()
    document = markdown.read([SourceFile("a.md", text)], findings)
    assert not list(findings)
    assert len(list(query(document, Heading))) >= 2
    assert bool(list(query(document, Table))) == (kind == "tables")
    assert (len(list(query(document, NoteReference))) > 50) == (kind in ("notes", "tables"))


def test_the_table_tells_ratios_where_there_is_a_peer() -> None:
    head, rule, first, _, alone = shown.table(ROWS)
    assert head.count("|") == rule.count("|") == first.count("|") == alone.count("|")
    assert first == "| prose 60 KB | docx | pandoc | 0.50 | 1.00 | 0.50 | 60 | 120 | 0.50 | 30 KB | 40 KB |"
    assert alone.count("–") == 5
    assert "| pdf | pandoc, Typst |" in alone
    said = "\n".join(block({"machine": "a machine", "rounds": 3}, ROWS))
    assert f"*prose*: {KINDS['prose']}." in said and "latin" not in said
    assert shown.growth(ROWS) == {"prose docx": 4.0}


def test_the_picture_is_an_svg_with_a_line_for_each() -> None:
    root = ET.fromstring(shown.picture(ROWS))
    lines = [element for element in root.iter() if element.tag.endswith("polyline")]
    points = [line.get("points", "").split() for line in lines]
    assert [len(each) for each in points] == [2, 2, 1, 0]
    (x1, y1), (x2, y2) = (map(float, point.split(",")) for point in points[0])
    assert x1 < x2
    assert y1 > y2  # more seconds stand higher
    assert lines[1].get("stroke-dasharray")


def test_the_block_goes_between_the_marks_of_the_readme(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"a\n{shown.BEGIN}\nold\n{shown.END}\nb\n")
    shown.into_readme(path, ["new", "lines"])
    assert path.read_text() == f"a\n{shown.BEGIN}\nnew\nlines\n{shown.END}\nb\n"
    path.write_text("a\n")
    with pytest.raises(ValueError, match="bench: begin"):
        shown.into_readme(path, ["new"])
    readme = (Path(convert.__file__).parents[1] / "README.md").read_text("utf-8")
    assert shown.BEGIN in readme
    assert shown.END in readme


@pytest.mark.slow
def test_it_runs(tmp_path: Path) -> None:
    root = Path(convert.__file__).parents[1]
    command = [
        sys.executable,
        "-m",
        "tests.bench",
        "--texts",
        "prose",
        "--sizes",
        "3000",
        "--rounds",
        "1",
    ]
    done = subprocess.run(
        [*command, "--parts", "compare,rebuild,start", "--editions", "docx", "--out", str(tmp_path)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads((tmp_path / "bench.json").read_text())
    assert [row["edition"] for row in found["rows"]] == ["docx"]
    assert found["rebuild"]["same_bytes"] is True
    assert found["start"]["times"] > 0
    assert (tmp_path / "growth.svg").read_text().startswith("<svg")
    assert "| prose 3 KB | docx |" in done.stdout
