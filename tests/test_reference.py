"""The Word template that a book or a caller names: where it may lie, and how it fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from convert import pipeline
from convert.diagnostics import Code
from convert.errors import BookError
from convert.reference import profile_file, reference_file
from tests.writers.docx.sample import Package
from tests.writers.docx.template.made import template


def book(folder: Path, more: str = "") -> Path:
    folder.mkdir()
    (folder / "book.toml").write_text(f'title = "山水"\nchapters = ["01.md"]\n{more}', encoding="utf-8")
    (folder / "01.md").write_text("# 山\n\n一段。\n", encoding="utf-8")
    return folder


def test_a_template_of_the_book_lies_in_its_folder(tmp_path: Path) -> None:
    root = book(tmp_path / "tea", '[docx]\nreference = "house.docx"\n')
    (root / "house.docx").write_bytes(template())
    report = pipeline.build([root], out=tmp_path / "out", to=["docx"])
    assert report.exit_status == 0
    made = Package((tmp_path / "out/tea.docx").read_bytes())
    assert "方正书宋_GBK" in made.zip.read("word/styles.xml").decode()


def test_it_may_not_lie_elsewhere_unless_the_caller_names_it(tmp_path: Path) -> None:
    (tmp_path / "house.docx").write_bytes(template())
    root = book(tmp_path / "tea", '[docx]\nreference = "../house.docx"\n')
    report = pipeline.build([root], out=tmp_path / "out", to=["docx"])
    assert report.exit_status == 4 and report.findings[-1].code is Code.PATH_OUTSIDE
    settings = {"docx.reference": str(tmp_path / "house.docx")}
    assert pipeline.build([root], out=tmp_path / "out", to=["docx"], settings=settings).exit_status == 0


def test_what_a_caller_names_is_looked_for_here_and_then_in_the_books_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "tea"
    root.mkdir()
    (root / "press.icc").write_bytes(b"book")
    monkeypatch.chdir(tmp_path)
    found = profile_file("press.icc", root, by_caller=True)
    assert found is not None and found.data == b"book"
    (tmp_path / "press.icc").write_bytes(b"here")
    found = profile_file("press.icc", root, by_caller=True)
    assert found is not None and found.data == b"here"
    with pytest.raises(BookError, match="neither in the current folder nor in the book's") as caught:
        profile_file("pres.icc", root, by_caller=True)
    assert "press.icc" in caught.value.finding.hint
    found = profile_file("press.icc", root, by_caller=False)
    assert found is not None and found.data == b"book"


def test_none_that_is_named_wrongly_is_used(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no such file") as caught:
        reference_file(str(tmp_path / "nowhere.docx"), None, by_caller=True)
    assert caught.value.exit_status == 4
    assert reference_file("", tmp_path, by_caller=False) is None


def test_a_broken_one_ends_with_its_exit_status_and_no_half_written_file(tmp_path: Path) -> None:
    root = book(tmp_path / "tea")
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 no more")
    command = [sys.executable, "-m", "convert", "build", str(root), "-o", str(tmp_path / "out"), "--to", "docx,epub",
               "--reference", str(tmp_path / "bad.docx")]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "template-unreadable" in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["tea.epub"]
