"""Many books: which they are, one report, the same bytes by many hands, failures that stop nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import convert
from convert import batch, pipeline
from convert.book import Book
from convert.diagnostics import Code
from convert.errors import OutputError, SourceError, UsageError
from tests.books import SMALL, small_book

EDITIONS = ("epub", "docx")


def library(root: Path, count: int) -> Path:
    """A folder of *count* small books: text files, and one folder with a manifest."""
    for number in range(count - 1):
        small_book(root, SMALL.replace("窗前", f"窗前{number}"), f"书{number}.md")
    small_book(root / "册", name="一.md")
    (root / "册" / "book.toml").write_text('chapters = ["一.md"]\n', "utf-8")
    (root / "readme.rst").write_text("no book")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_without_a_manifest_stands_for_the_books_in_it(tmp_path: Path) -> None:
    root = library(tmp_path / "all", 3)
    report = convert.build([root, root / "书0.md"], out=tmp_path / "out", to=["docx"])
    assert [edition.path.name for edition in report.editions] == ["书0.docx", "书1.docx", "册.docx"]


def test_processes_make_what_one_makes_and_report_in_order(tmp_path: Path) -> None:
    root = library(tmp_path / "all", 4)
    (root / "书1.md").write_text("---\ntitle: [\n---\n", "utf-8")
    (root / "书2.md").write_text(SMALL + "\n又见注[^9]。\n", "utf-8")
    told: list[tuple[int, int]] = []
    one = convert.build([root], out=tmp_path / "one", to=EDITIONS)
    two = convert.build(
        [root], out=tmp_path / "two", to=EDITIONS, jobs=2, finished=lambda n, of, name: told.append((n, of))
    )
    assert one.exit_status == two.exit_status == 4
    assert len(one.editions) == 6
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert one.findings == two.findings
    assert [e.path.name for e in one.editions] == [e.path.name for e in two.editions]
    assert told == [(n, 4) for n in range(1, 5)]


def test_the_first_failure_gives_the_status_and_stops_nobody(tmp_path: Path) -> None:
    good = small_book(tmp_path)
    bad = tmp_path / "b"
    bad.mkdir()
    report = convert.build([tmp_path / "none.md", good, bad], out=tmp_path / "out", to=["docx"])
    assert report.exit_status == SourceError.exit_status
    assert [finding.code for finding in report.findings] == [Code.SOURCE_MISSING, Code.BOOK_MANIFEST]
    assert len(report.editions) == 1
    assert (report.failed, report.unmade) == ((tmp_path / "none.md", bad), ())


@pytest.mark.parametrize("jobs", [1, 2])
def test_without_keep_going_no_book_is_begun_after_a_failure(tmp_path: Path, jobs: int) -> None:
    books = [tmp_path / "none.md", *(small_book(tmp_path, name=f"{n}.md") for n in range(4))]
    report = convert.build(books, out=tmp_path / "out", to=["docx"], jobs=jobs, keep_going=False)
    assert report.exit_status == SourceError.exit_status
    # Of two processes the other may have finished a book before the failure was told.
    assert report.unmade
    assert len(report.unmade) + len(report.editions) == 4


def test_a_fault_of_ours_in_one_book_is_told_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = [small_book(tmp_path, name=f"{n}.md") for n in range(2)]
    real = pipeline.open_book

    def broken(path: Path) -> Book:
        if path == books[0]:
            raise ZeroDivisionError("ours")
        return real(path)

    monkeypatch.setattr(pipeline, "open_book", broken)
    report = convert.build(books, out=tmp_path / "out", to=["docx"])
    assert report.exit_status == 70
    assert [(f.code, f.place.file) for f in report.findings] == [(Code.INTERNAL, str(books[0]))]
    assert [edition.book for edition in report.editions] == ["1"]


def test_two_books_of_one_name_are_told_before_any_is_lost(tmp_path: Path) -> None:
    one, other = small_book(tmp_path / "a"), small_book(tmp_path / "b", SMALL.replace("灯下", "月下"))
    report = convert.build([one, other], out=tmp_path / "out", to=["docx"], jobs=2)
    assert report.exit_status == OutputError.exit_status
    assert [finding.place.file for finding in report.findings] == [str(other)]
    convert.build([one], out=tmp_path / "alone", to=["docx"])
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


def test_no_processes_make_no_sense(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        batch.build([small_book(tmp_path)], out=tmp_path / "out", jobs=0)
    assert not (tmp_path / "out").exists()


KILLED = """
import os, signal, sys
from convert import batch
end = lambda number, of, name: os.kill(os.getpid(), signal.SIGKILL) if number == 2 else None
if __name__ == "__main__":
    batch.build([sys.argv[1]], out=sys.argv[2], to=["docx", "docx"], jobs=2, finished=end)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_killed_in_the_middle_and_run_again(tmp_path: Path) -> None:
    root, out = library(tmp_path / "all", 6), tmp_path / "out"
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    environment = {**os.environ, "PYTHONPATH": str(Path(convert.__file__).parents[1])}
    done = subprocess.run([sys.executable, str(script), str(root), str(out)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len([path for path in out.iterdir() if path.suffix == ".docx"]) >= 2
    for path in out.iterdir():
        if not path.name.endswith(".part"):
            assert zipfile.ZipFile(path).testzip() is None
    assert convert.build([root], out=out, to=EDITIONS, jobs=2).exit_status == 0
    convert.build([root], out=tmp_path / "clean", to=EDITIONS)
    assert contents(out) == contents(tmp_path / "clean")
