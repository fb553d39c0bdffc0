"""The command on good input: what it writes, prints and answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from convert import batch, cli, pipeline
from convert.pipeline import Report
from tests.books import SMALL, small_book


def quire(*arguments: str | Path, status: int = 0) -> None:
    """Run the command in this process and check its exit status."""
    with pytest.raises(SystemExit) as caught:
        cli.main([str(argument) for argument in arguments])
    assert (caught.value.code or 0) == status


def test_build_writes_three_editions_and_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quire("build", small_book(tmp_path), "-o", tmp_path / "out")
    said = capsys.readouterr()
    paths = [tmp_path / "out" / f"札记.{kind}" for kind in ("docx", "epub", "pdf")]
    assert said.out.splitlines() == [str(path) for path in paths]
    # Which Kai there is depends on the machine, and is told.
    assert [line for line in said.err.splitlines() if " info font-missing " not in line] == []
    assert all(path.stat().st_size for path in paths)
    assert sorted((tmp_path / "out").iterdir()) == sorted(paths)


def test_to_chooses_the_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quire("build", small_book(tmp_path), "-o", tmp_path / "out", "--to", " epub, docx,")
    assert [Path(line).suffix for line in capsys.readouterr().out.splitlines()] == [".epub", ".docx"]


def test_build_without_a_source_takes_every_book_under_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small_book(tmp_path / "source", name="甲.md")
    small_book(tmp_path / "source", name="乙.md")
    monkeypatch.chdir(tmp_path)
    quire("build", "--to", "docx")
    assert capsys.readouterr().out.splitlines() == ["out/乙.docx", "out/甲.docx"]


def test_json_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = small_book(tmp_path, SMALL + "\n![画](none.png)\n")
    quire("build", source, "-o", tmp_path / "out", "--to", "epub", "--json", status=1)
    said = capsys.readouterr()
    report = json.loads(said.out)
    assert report["exit_status"] == 1
    (edition,) = report["editions"]
    assert Path(edition["path"]).stat().st_size == edition["bytes"]
    (finding,) = report["findings"]
    assert (finding["code"], finding["severity"], finding["line"]) == (
        "image-missing", "error", SMALL.count("\n") + 2,
    )  # fmt: skip


def test_outline_as_text_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = small_book(tmp_path)
    quire("outline", source)
    assert capsys.readouterr().out.splitlines() == [
        "春日读书札记",
        "  一、窗前",
        "  二、灯下",
        "    附记",
    ]
    quire("outline", source, "--json")
    (top,) = json.loads(capsys.readouterr().out)
    assert (top["title"], top["level"], top["file"], top["line"]) == ("春日读书札记", 1, str(source), 1)
    assert [child["title"] for child in top["children"]] == ["一、窗前", "二、灯下"]


def test_verify_reads_what_build_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quire("build", small_book(tmp_path), "-o", tmp_path)
    capsys.readouterr()
    editions = [tmp_path / f"札记.{kind}" for kind in ("docx", "epub", "pdf")]
    quire("verify", *editions)
    assert capsys.readouterr().out.splitlines()[-1] == "the editions agree"
    quire("verify", editions[0])
    assert "    一、窗前" in capsys.readouterr().out.splitlines()
    quire("verify", *editions, "--json")
    report = json.loads(capsys.readouterr().out)
    assert [edition["kind"] for edition in report["editions"]] == ["docx", "epub", "pdf"]
    assert [len(edition["outline"]) for edition in report["editions"]] == [4, 4, 4]


def test_verify_tells_editions_of_two_books_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quire("build", small_book(tmp_path), "-o", tmp_path, "--to", "docx")
    other = small_book(tmp_path, SMALL.replace("灯下", "月下"), "另本.md")
    quire("build", other, "-o", tmp_path, "--to", "epub")
    capsys.readouterr()
    quire("verify", tmp_path / "札记.docx", tmp_path / "另本.epub", status=1)
    said = capsys.readouterr()
    assert "outline-differs" in said.err
    assert said.out.splitlines()[-1] == "the editions differ"


def test_fonts_lists_the_default_faces(capsys: pytest.CaptureFixture[str]) -> None:
    quire("fonts", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert {"serif", "sans"} <= {row["role"] for row in rows}
    assert all(Path(row["path"]).is_file() for row in rows)
    quire("fonts")
    assert "Noto Serif" in capsys.readouterr().out


def test_strict_makes_warnings_count(tmp_path: Path) -> None:
    source = small_book(tmp_path, SMALL + "\n又见注[^9]。\n")
    quire("build", source, "-o", tmp_path, "--to", "docx", status=0)
    quire("build", source, "-o", tmp_path, "--to", "docx", "--strict", status=1)


def test_a_pipe_gets_results_and_no_progress(tmp_path: Path) -> None:
    small_book(tmp_path, name="a.md")
    done = subprocess.run(
        [sys.executable, "-m", "convert", "build", "a.md", "--to", "docx"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1])},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("out/a.docx\n", "")


def test_an_old_terminal_shows_what_it_can(tmp_path: Path) -> None:
    small_book(tmp_path, name="札.md")
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "convert", "outline", "札.md"],
        cwd=tmp_path, capture_output=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1]), "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert b"\\u6625" in done.stdout


def test_an_unforeseen_fault_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> Report:
        raise ZeroDivisionError("no\nmore")

    monkeypatch.setattr(batch, "build", fail)
    monkeypatch.delenv("QUIRE_DEBUG", raising=False)
    quire("build", "a.md", status=70)
    assert capsys.readouterr().err == (
        "quire: error internal ZeroDivisionError: no more (QUIRE_DEBUG=1 shows where; please report it)\n"
    )
    monkeypatch.setenv("QUIRE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main(["build", "a.md"])


def test_an_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object, **__: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "build", stop)
    quire("build", "a.md", status=130)
    assert capsys.readouterr().out == ""


def test_a_reader_that_leaves_is_no_fault(tmp_path: Path) -> None:
    small_book(tmp_path, name="a.md")
    done = subprocess.run(
        f"{sys.executable} -m convert outline a.md | true",
        shell=True, cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1])},
    )  # fmt: skip
    assert done.stderr == ""


def test_the_booklet_edition_is_imposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quire("build", small_book(tmp_path), "-o", tmp_path, "--to", "pdf,booklet", "--set", "impose.sheet=A3")
    pages, sheets = (Path(line) for line in capsys.readouterr().out.splitlines())
    assert sheets.name == "札记-booklet.pdf"
    quire("impose", pages, "--sheet", "A3", "-o", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == sheets.read_bytes()


def test_impose_shows_its_plan_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quire("build", small_book(tmp_path), "-o", tmp_path, "--to", "pdf")
    before = sorted(tmp_path.iterdir())
    capsys.readouterr()
    quire("impose", tmp_path / "札记.pdf", "--plan")
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("turned over the short edge")
    assert "| 1 " in said[1]
    quire("impose", tmp_path / "札记.pdf", "--plan", "--json")
    plan = json.loads(capsys.readouterr().out)
    assert plan["sheets"][0]["front"][1] == 1
    assert plan["sheets"][0]["back"][0] == 2
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["nowhere.pdf"], 7, "cannot be read"),
        ([__file__], 7, "no PDF"),
        ([__file__, "--scheme", "origami"], 4, "saddle"),
        ([__file__, "--sheet", "huge"], 4, "no page size"),
        ([__file__, "-o", __file__], 6, "the PDF itself"),
    ],
)
def test_impose_says_what_is_wrong(
    arguments: list[str], status: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    quire("impose", *arguments, status=status)
    assert word in capsys.readouterr().err


def test_after_many_books_a_line_tells_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        small_book(tmp_path / "all", name=f"{number}.md")
    (tmp_path / "all" / "3.md").write_text("")
    quire("build", tmp_path / "all", "-o", tmp_path / "out", "--to", "docx", status=3)
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 3
    assert said.err.splitlines()[-2:] == ["4 books, 1 failed:", f"  {tmp_path / 'all' / '3.md'}"]
    quire("build", tmp_path / "all", "-o", tmp_path / "out", "--to", "docx", "--json", status=3)
    assert json.loads(capsys.readouterr().out)["failed"] == [str(tmp_path / "all" / "3.md")]


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize(("name", "status"), [("札记", 0), ("nothing", 3)])
def test_the_process_ends_with_all_said_and_its_status(
    tmp_path: Path, name: str, status: int, debug: str
) -> None:
    source = small_book(tmp_path)
    wanted = source if name == "札记" else tmp_path / "nothing.md"
    done = subprocess.run(
        [sys.executable, "-m", "convert", "outline", str(wanted)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "QUIRE_DEBUG": debug, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == status
    assert done.stdout if status == 0 else "nothing.md" in done.stderr
    assert "Traceback" not in done.stderr
