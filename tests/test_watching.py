"""Books built again when something of them changes: which, when, and what is printed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import convert
from convert import pipeline
from convert.diagnostics import Code, Finding, Place, Severity
from convert.watching import affected, problem, watch
from tests.books import SMALL, small_book


@pytest.fixture
def books(tmp_path: Path) -> dict[str, Path]:
    """Two text files side by side, and a folder with a manifest beside them."""
    small_book(tmp_path / "册", name="一.md")
    (tmp_path / "册" / "book.toml").write_text('chapters = ["一.md"]\n', "utf-8")
    one, two = small_book(tmp_path, name="甲.md"), small_book(tmp_path, name="乙.md")
    return {"甲": one, "乙": two, "册": tmp_path / "册"}


@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("甲.md", "甲"),
        ("册/一.md", "册"),
        ("册/book.toml", "册"),
        ("图/p.png", "甲乙"),
        ("册/p.png", "册"),
        ("附.md", "甲乙"),
        ("out/甲.pdf", ""),
        (".甲.md.swp", ""),
        ("甲.md~", ""),
        ("../别处.md", ""),
    ],
)
def test_which_books_a_file_is_part_of(books: dict[str, Path], tmp_path: Path, file: str, names: str) -> None:
    found = affected(list(books.values()), [tmp_path / file], tmp_path / "out")
    assert [path.stem for path in found] == list(names)


def test_only_what_changed_is_built_again(books: dict[str, Path], tmp_path: Path) -> None:
    paths, order = pipeline.order(books.values(), out=tmp_path / "out", to=["docx"])  # type: ignore[arg-type]
    begun: list[int] = []
    built = watch(
        paths,
        order,
        lambda: begun.append(1),
        [[tmp_path / "out" / "甲.docx"], [books["乙"]], [books["册"] / "book.toml"]],
    )
    assert [book.path.stem for book in next(built)] == ["甲", "乙", "册"]
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    books["乙"].write_text(SMALL.replace("灯下", "月下"), "utf-8")
    assert [book.path.stem for book in next(built)] == ["乙"]
    after = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"乙.docx"}
    (books["册"] / "book.toml").write_text("chapters = 1\n")
    ((again,),) = [next(built)]
    assert (again.path, again.report.exit_status) == (books["册"], 4)
    assert list(built) == []
    assert len(begun) == 3


def test_a_finding_as_problem_matchers_read_it() -> None:
    finding = Finding(
        Code.NOTE_MISSING, Severity.WARNING, Place("a b.md", 3, 7), "no note\nhere", "write one"
    )
    assert problem(finding) == "a b.md:3:7: warning: no note here (write one) [note-missing]"
    whole = Finding(Code.SOURCE_EMPTY, Severity.ERROR, Place("a.md"), "empty")
    assert problem(whole) == "a.md:1:1: error: empty [source-empty]"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_command_notices_a_save(tmp_path: Path) -> None:
    source = small_book(tmp_path, name="a.md")
    process = subprocess.Popen(
        [sys.executable, "-m", "convert", "watch", "a.md", "--to", "docx"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(convert.__file__).parents[1])},
        stdout=subprocess.PIPE,
        text=True,
        # A test run in the background of a shell has interrupts ignored, and so would this.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    said = iter(process.stdout.readline, "")
    assert next(said) == "quire watch: building\n"
    assert next(said) == "quire watch: built 1 book, 0 errors, 0 warnings, 0 info\n"
    source.write_text(SMALL + "\n又见注[^9]。\n", "utf-8")
    matcher = re.compile(r"^(.+?):(\d+):(\d+): (error|warning|info): (.*) \[([a-z-]+)\]$")
    assert next(said) == "quire watch: building\n"
    match = matcher.match(next(said))
    assert match is not None
    assert match.group(1, 2, 4, 6) == ("a.md", str(SMALL.count("\n") + 2), "warning", "note-missing")
    assert next(said) == "quire watch: built 1 book, 0 errors, 1 warning, 0 info\n"
    process.send_signal(signal.SIGINT)
    try:
        assert process.wait(60) == 130
    finally:
        process.kill()
        process.stdout.close()
