"""`quire fix`, and books that are repaired at every build."""

from __future__ import annotations

import codecs
import json
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from convert import cli, mending, pipeline
from convert.diagnostics import Findings
from convert.errors import BookError, OutputError, UsageError
from convert.model.nodes import Heading, Paragraph
from convert.model.walk import query

SENTENCE = (
    "河水涨得比往年早，下游的几个村子都忙着加固堤坝，年轻人扛沙袋，老人烧水送饭，孩子们排成一队传石头，"
)
CUT = SENTENCE * 3 + "那场大\n\n水把桥冲走了。"
WHOLE = SENTENCE * 3 + "那场大水把桥冲走了。"
TEXT = f"# 修堤\n\n柳镇镇长 何 苗\n\n{CUT}\n\n见注[^9]，为期 3 年。\n"
FIXED = f"# 修堤\n\n::: byline\n柳镇镇长 何 苗\n:::\n\n{WHOLE}\n\n见注[^9]，为期 3 年。\n"


def source(folder: Path, text: str | bytes = TEXT, name: str = "a.md") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def quire(*arguments: str | Path, status: int = 0) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([str(argument) for argument in arguments])
    assert (caught.value.code or 0) == status


# ---------------------------------------------------------------- the command


def test_fix_shows_a_diff_and_reasons_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = source(tmp_path)
    monkeypatch.chdir(tmp_path)
    quire("fix", "a.md")
    said = capsys.readouterr()
    assert path.read_text("utf-8") == TEXT
    assert said.out.startswith("--- a.md\n+++ a.md\n@@ ")
    assert f"\n+{WHOLE}\n" in said.out
    lines = said.err.splitlines()
    assert lines[0].startswith("a.md:5:")
    assert "info repair join: a page end cut this paragraph: " in lines[0]
    assert "那场大⏎⏎水把桥冲走了。 → " in lines[0]
    assert any(line.startswith("a.md:3:1: info repair bylines: ") for line in lines)
    assert any("为期 3 年" in line and "(--also spaces does it)" in line for line in lines)
    assert lines[-1] == "a.md: 1 join, 1 bylines; --write writes it"


def test_the_diff_is_one_that_patch_takes(
    need: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = source(tmp_path, TEXT.rstrip("\n"))
    monkeypatch.chdir(tmp_path)
    quire("fix", "a.md")
    diff = capsys.readouterr().out
    subprocess.run([need("patch"), "-s", "-p0"], input=diff.encode(), cwd=tmp_path, check=True)
    assert path.read_text("utf-8") == FIXED.rstrip("\n")


def test_write_puts_it_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = source(tmp_path)
    path.chmod(0o640)
    quire("fix", path, "--write")
    said = capsys.readouterr()
    assert path.read_text("utf-8") == FIXED
    assert said.out == f"{path}\n"
    assert said.err.splitlines()[-1] == f"{path}: 1 join, 1 bylines; written"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]
    quire("fix", path, "--write")
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()[-1]) == ("", f"{path}: nothing to repair")


def test_only_also_and_skip(tmp_path: Path) -> None:
    path = source(tmp_path)

    def text(**choice: list[str]) -> str:
        (file,) = mending.fix(path, **choice).files
        return file.repaired.file_text

    assert text(only=["join"]) == TEXT.replace(CUT, WHOLE)
    assert text(only=["spaces"]) == TEXT.replace("期 3 年", "期3年")
    assert text(also=["spaces"]) == FIXED.replace("期 3 年", "期3年")
    assert text(skip=["join"]) == FIXED.replace(WHOLE, CUT)
    assert text(only=["join", "bylines"], skip=["join"]) == FIXED.replace(WHOLE, CUT)
    for option in ("only", "also", "skip"):
        with pytest.raises(UsageError, match="no repair joyn") as caught:
            text(**{option: ["joyn"]})
        assert caught.value.finding.hint == "did you mean join?"
        assert caught.value.finding.place.file == f"--{option}"


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = source(tmp_path)
    quire("fix", path, "--json")
    said = capsys.readouterr()
    assert said.err == ""
    (file,) = json.loads(said.out)["files"]
    assert (file["path"], file["written"]) == (str(path), False)
    assert file["diff"].startswith("--- ")
    first = file["fixes"][0]
    assert (first["pass"], first["outcome"], first["line"]) == ("join", "fixed", 5)
    assert first["before"] != first["after"]
    assert {fix["outcome"] for fix in file["fixes"]} == {"fixed", "possible"}


def test_what_is_only_reported_is_not_told_without_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = source(tmp_path, "为期 3 年。\n\n" * 100)
    quire("fix", path)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 22
    assert "--json lists all" in said[-2]


# ---------------------------------------------------------------- bytes


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_stay(tmp_path: Path, mark: bytes, end: str) -> None:
    def encoded(text: str) -> bytes:
        encoding = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(mark, "utf-8")
        return mark + text.replace("\n", end).encode(encoding)

    path = source(tmp_path, encoded(TEXT))
    mending.fix(path, write=True)
    assert path.read_bytes() == encoded(FIXED)


def test_mixed_line_ends_stay_where_nothing_is_done(tmp_path: Path) -> None:
    path = source(tmp_path, f"甲\r\n\n乙\r\r\n{CUT}\r\n\r\n丙".encode())
    mending.fix(path, write=True)
    assert path.read_bytes() == f"甲\r\n\n乙\r\r\n{WHOLE}\r\n\r\n丙".encode()


def test_a_link_to_a_source_stays_a_link(tmp_path: Path) -> None:
    path = source(tmp_path)
    link = tmp_path / "link.md"
    link.symlink_to(path)
    mending.fix(link, write=True)
    assert link.is_symlink()
    assert path.read_text("utf-8") == FIXED


def test_a_full_disk_leaves_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = source(tmp_path)

    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left"):
        mending.fix(path, write=True)
    assert path.read_text("utf-8") == TEXT
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "source-empty"), (b" \r\n\t", "source-empty"), (b"\x89PNG\r\n\x1a\n\0\xff", "source-encoding"), (None, "source-missing")],
)  # fmt: skip
def test_what_is_no_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes | None, code: str
) -> None:
    path = tmp_path / "a.md" if data is None else source(tmp_path, data)
    quire("fix", path, "--write", status=3)
    said = capsys.readouterr()
    assert re.fullmatch(rf"{re.escape(str(path))}(:\d+)?: error {code} .+ \(.+\)\n", said.err)
    assert said.out == ""
    assert data is None or path.read_bytes() == data


def test_odd_characters_are_no_fault(tmp_path: Path) -> None:
    text = "甲\x00乙\x0b丙\u2028丁\ufeff戊\x85己\n\n\x1b[0m 3 年"
    path = source(tmp_path, text)
    mending.fix(path, write=True)
    assert path.read_text("utf-8") == text
    mending.fix(path, also=["spaces", "codepoints"], write=True)
    assert path.read_text("utf-8") == text.replace("\ufeff", "").replace("3 年", "3年")


# ---------------------------------------------------------------- books


def folder(root: Path, repair: str = "") -> Path:
    (root / "teil").mkdir(parents=True)
    source(root, TEXT, "01.md")
    source(root, f"# 二\n\n{CUT}\n", "teil/02.md")
    (root / "book.toml").write_text(f'title = "书"\nchapters = ["01.md", "teil/02.md"]\n{repair}\n', "utf-8")
    return root


def test_every_chapter_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = folder(tmp_path / "b")
    quire("fix", book, "--write")
    assert capsys.readouterr().out.splitlines() == [str(book / "01.md"), str(book / "teil/02.md")]
    assert (book / "01.md").read_text("utf-8") == FIXED
    assert (book / "teil/02.md").read_text("utf-8") == f"# 二\n\n{WHOLE}\n"


def test_a_broken_chapter_keeps_all_as_they_are(tmp_path: Path) -> None:
    book = folder(tmp_path / "b")
    (book / "teil/02.md").write_bytes(b"\xff\xfe\xff")
    quire("fix", book, "--write", status=3)
    assert (book / "01.md").read_text("utf-8") == TEXT


def test_a_book_says_which_passes_run(tmp_path: Path) -> None:
    book = folder(tmp_path / "b", '[repair]\njoin = "off"\nspaces = "fix"\nbylines = "report"\n')
    first = mending.fix(book).files[0]
    assert first.repaired.file_text == TEXT.replace("期 3 年", "期3年")
    assert {fix.name: fix.outcome.value for fix in first.fixes} == {"bylines": "possible", "spaces": "fixed"}


@pytest.mark.parametrize(
    ("repair", "line", "code", "hint"),
    [
        ('repair = ["joyn"]', 3, "setting-unknown", "did you mean join?"),
        ('[repair]\njoyn = "fix"', 4, "setting-unknown", "did you mean join?"),
        ('[repair]\njoin = "always"', 4, "setting-value", "one of off, report, fix"),
        ("[repair]\njoin = true", 4, "setting-value", "one of off, report, fix"),
        ("repair = 3", 3, "setting-value", 'for example repair = ["join"]'),
        ("repair = [3]", 3, "setting-value", 'for example repair = ["join"]'),
    ],
)
def test_a_wrong_setting(tmp_path: Path, repair: str, line: int, code: str, hint: str) -> None:
    book = folder(tmp_path / "b", repair)
    for use in (mending.fix, pipeline.read):
        with pytest.raises(BookError) as caught:
            use(book)
        finding = caught.value.finding
        assert (finding.place.file, finding.place.line) == (str(book / "book.toml"), line)
        assert (finding.code.value, finding.hint) == (code, hint)


@pytest.mark.parametrize("name", ["booklet", "manual"])
def test_our_own_books_need_no_repair(name: str) -> None:
    report = mending.fix(Path(mending.__file__).parents[1] / "source" / name)
    assert [fix for file in report.files for fix in file.fixes if fix.outcome.value != "possible"] == []


# ---------------------------------------------------------------- at every build


def test_nothing_is_repaired_unless_the_book_says_so(tmp_path: Path) -> None:
    document = pipeline.read(source(tmp_path))
    assert len(list(query(document, Paragraph))) == 4


@pytest.mark.parametrize(
    "front",
    [
        "repair: [join, bylines]",
        "repair:\n  join: fix\n  bylines: fix\n  spaces: off",
    ],
)
def test_a_book_is_repaired_and_its_lines_are_those_of_the_file(tmp_path: Path, front: str) -> None:
    text = f"---\ntitle: 书\n{front}\n---\n\n{TEXT}"
    path = source(tmp_path, text)
    findings = Findings()
    document = pipeline.read(path, findings=findings)
    assert path.read_text("utf-8") == text
    lines = text.split("\n")
    first = lines.index("# 修堤") + 1
    (heading,) = query(document, Heading)
    assert heading.span.first == first
    spans = [(p.span.first, p.span.last) for p in query(document, Paragraph)]
    # name, joined paragraph, last paragraph
    assert spans == [(first + 2, first + 2), (first + 4, first + 6), (first + 8, first + 8)]
    missing = next(finding for finding in findings if finding.code.value == "note-missing")
    assert missing.place.line == first + 8
    assert lines[missing.place.line - 1][missing.place.column - 1 :].startswith("[^9]")
    told = {f.message for f in findings if f.code.value == "repair"}
    assert told == {f"join: 1 repair, in line {first + 4}", f"bylines: 1 repair, in line {first + 2}"}


def test_a_place_in_a_joined_paragraph_is_that_of_the_file(tmp_path: Path) -> None:
    text = f"# 修堤\n\n{SENTENCE * 3}那场大\n\n水[^9]把桥冲走了，后来又修了一座石桥。\n"
    findings = Findings()
    path = source(tmp_path, f"---\nrepair: join\n---\n{text}")
    pipeline.read(path, findings=findings)
    missing = next(finding for finding in findings if finding.code.value == "note-missing")
    assert (missing.place.line, missing.place.column) == (8, 2)


def test_what_is_only_reported_is_told_at_every_build(tmp_path: Path) -> None:
    path = source(tmp_path, f"---\nrepair:\n  words: report\n  spaces: report\n---\n{TEXT}堤 and 桥。\n")
    findings = Findings()
    pipeline.outline(path, findings=findings)
    told = [(f.code.value, f.severity.value) for f in findings if f.code.value in ("repair", "stray-word")]
    assert told == [("repair", "info"), ("stray-word", "warning")]


def test_the_command_line_can_ask_for_it(tmp_path: Path) -> None:
    path = source(tmp_path)
    for settings in ({"repair": "join, bylines"}, {"repair.join": "fix", "repair.bylines": "fix"}):
        manuscript = pipeline.prepare(path, settings=settings)
        assert len(list(query(manuscript.document, Paragraph))) == 3
    with pytest.raises(BookError) as caught:
        pipeline.prepare(path, settings={"repair": "joyn"})
    assert caught.value.finding.place.file == "--set"


def test_fix_loads_no_writer() -> None:
    code = "import sys, convert.mending; print(sorted(m for m in sys.modules if m.split('.')[0] in ('docx', 'ebooklib', 'reportlab', 'uharfbuzz')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
