"""Bad input: one line with a place and a hint, an exit status, and nothing half-written."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from convert import cli
from convert.editions import FAULT
from tests.books import SMALL, small_book

LINE = re.compile(r"^(?P<place>.+?): error (?P<code>[a-z-]+) (?P<message>.+) \((?P<hint>.+)\)$")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.delenv("QUIRE_DEBUG", raising=False)


class Quire:
    """Runs the command in a folder of its own and keeps what it said."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def fails(self, *arguments: str | Path, status: int) -> re.Match[str]:
        """The one line said; the status is *status* and no file was left."""
        line, out = self.run(*arguments, status=status)
        assert out == ""
        left = self.folder / "out"
        assert not left.is_dir() or not list(left.iterdir())
        return line

    def run(self, *arguments: str | Path, status: int) -> tuple[re.Match[str], str]:
        with pytest.raises(SystemExit) as caught:
            cli.main([str(argument) for argument in arguments])
        said = self._capsys.readouterr()
        assert caught.value.code == status, said.err
        (line,) = said.err.splitlines()
        match = LINE.match(line)
        assert match, line
        return match, said.out


@pytest.fixture
def quire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Quire:
    monkeypatch.chdir(tmp_path)
    return Quire(tmp_path, capsys)


@pytest.mark.parametrize("command", [["build"], ["outline"]])
def test_missing_file(quire: Quire, command: list[str]) -> None:
    said = quire.fails(*command, "none.md", status=3)
    assert (said["place"], said["code"]) == ("none.md", "source-missing")


def test_no_book_under_source(quire: Quire) -> None:
    (quire.folder / "source").mkdir()
    assert quire.fails("build", status=3)["place"] == "source"


def test_folder_without_a_manifest(quire: Quire) -> None:
    (quire.folder / "mybook").mkdir()
    said = quire.fails("build", "mybook", status=4)
    assert (said["place"], said["code"]) == ("mybook", "book-manifest")
    assert "book.toml" in said["message"]


def test_undecodable_bytes(quire: Quire) -> None:
    (quire.folder / "a.md").write_bytes("# 书\n".encode() + "旧稿一份。\n".encode("gb18030"))
    said = quire.fails("build", "a.md", status=3)
    assert (said["place"], said["code"]) == ("a.md:2", "source-encoding")
    (quire.folder / "b.md").write_bytes("旧稿一份。\n".encode("gb18030"))
    assert "GB18030" in quire.fails("build", "b.md", status=3)["hint"]


def test_empty_file(quire: Quire) -> None:
    (quire.folder / "a.md").write_bytes(b"\n")
    assert quire.fails("build", "a.md", status=3)["code"] == "source-empty"


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: [", "3"),
        ("title: a: b", "2"),
        ("title: 甲\ntitle: 乙", "3"),
        ("title: 甲\n\tauthor: 乙", "3"),
    ],
)
def test_broken_front_matter(quire: Quire, front: str, line: str) -> None:
    (quire.folder / "a.md").write_text(f"---\n{front}\n---\n# 甲\n", "utf-8")
    said = quire.fails("build", "a.md", status=4)
    assert said["code"] == "front-matter"
    assert said["place"].split(":")[:2] == ["a.md", line]


def test_broken_manifest(quire: Quire) -> None:
    (quire.folder / "b").mkdir()
    (quire.folder / "b" / "book.toml").write_text('title = "甲\n')
    said = quire.fails("build", "b", status=4)
    assert (said["place"], said["code"]) == ("b/book.toml:1:11", "book-manifest")


def test_unknown_theme_key_in_each_place(quire: Quire) -> None:
    source = small_book(quire.folder, name="a.md")
    said = quire.fails("build", source, "--set", "page.mesure=22", status=4)
    assert (said["place"], said["code"]) == ("--set", "setting-unknown")
    assert "page.measure" in said["hint"]
    (quire.folder / "t.toml").write_text("[page]\nmesure = 22\n")
    assert quire.fails("build", source, "--theme", "t.toml", status=4)["place"] == "t.toml"
    source.write_text("---\ntitle: 甲\npage:\n  mesure: 22\n---\n正文\n", "utf-8")
    said = quire.fails("build", "a.md", status=4)
    assert (said["place"], said["code"]) == ("a.md:4", "setting-unknown")
    assert "page.measure" in said["hint"]


@pytest.mark.parametrize(
    "setting", ["page.measure=wide", "page.measure=0", "page.size=A99", "font.size=big", "colour.text=red"]
)
def test_wrong_setting(quire: Quire, setting: str) -> None:
    said = quire.fails("build", small_book(quire.folder, name="a.md"), "--set", setting, status=4)
    assert (said["place"], said["code"]) == ("--set", "setting-value")


def test_a_text_block_larger_than_its_page(quire: Quire) -> None:
    source = small_book(quire.folder, name="a.md")
    said = quire.fails("build", source, "--to", "pdf", "--set", "page.measure=90", status=4)
    assert said["code"] == "setting-value"
    assert "page.measure" in said["hint"]


def test_no_such_theme(quire: Quire) -> None:
    said = quire.fails("build", small_book(quire.folder, name="a.md"), "--theme", "bok", status=4)
    assert "booklet" in said["hint"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "a.md", "--to", "odt"],
        ["build", "a.md", "--to", ","],
        ["build", "a.md", "--set", "page.measure"],
        ["build", "a.md", "--set", "=3"],
        ["build", "a.md", "--nothing"],
        ["outline"],
        ["verify"],
        ["biuld"],
    ],
)
def test_a_command_that_makes_no_sense(quire: Quire, arguments: list[str]) -> None:
    small_book(quire.folder, name="a.md")
    quire.fails(*arguments, status=2)


def test_an_unknown_writer_names_the_nearest(quire: Quire) -> None:
    small_book(quire.folder, name="a.md")
    said = quire.fails("build", "a.md", "--to", "ebup", status=2)
    assert said["code"] == "writer-unknown"
    assert "epub" in said["hint"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("none.png", "image-missing"),
        ("../secret.png", "image-outside"),
        ("/etc/hostname", "image-outside"),
        ("link.png", "image-outside"),
        ("file:///etc/hostname", "image-remote"),
        ("http://example.org/a.png", "image-remote"),
        ("https://example.org/a.png", "image-remote"),
    ],
)
def test_an_image_that_cannot_be_had(quire: Quire, source: str, code: str) -> None:
    (quire.folder / "secret.png").write_bytes(b"\x89PNG secret")
    book = small_book(quire.folder / "book", f"# 甲\n\n前文\n\n看![画一幅]({source})图\n", "a.md")
    (book.parent / "link.png").symlink_to(quire.folder / "secret.png")
    said, out = quire.run("build", "book/a.md", "--to", "docx,epub", status=1)
    assert (said["place"], said["code"]) == ("book/a.md:5", code)
    for line in out.splitlines():
        assert b"secret" not in Path(line).read_bytes()
    assert len(out.splitlines()) == 2


def test_unwritable_output(quire: Quire) -> None:
    source = small_book(quire.folder, name="a.md")
    said = quire.fails("build", source, "-o", source, status=6)
    assert said["code"] == "output-unwritable"
    said = quire.fails("build", source, "-o", source / "below", status=6)
    assert said["place"] == str(source / "below")
    assert source.read_text("utf-8") == SMALL


def test_an_edition_whose_place_is_taken_by_a_folder(quire: Quire) -> None:
    source = small_book(quire.folder, name="a.md")
    (quire.folder / "o" / "a.docx").mkdir(parents=True)
    said, _ = quire.run("build", source, "-o", "o", "--to", "docx,epub", status=6)
    assert said["place"] == "o/a.docx"
    assert sorted(path.name for path in (quire.folder / "o").iterdir()) == ["a.docx", "a.epub"]


def test_a_full_disk_leaves_the_old_edition(quire: Quire, monkeypatch: pytest.MonkeyPatch) -> None:
    source = small_book(quire.folder, name="a.md")
    (quire.folder / "o").mkdir()
    old = quire.folder / "o" / "a.epub"
    old.write_bytes(b"old")

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as stream:
            stream.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    said, _ = quire.run("build", source, "-o", "o", "--to", "epub", status=6)
    assert "No space left" in said["message"]
    assert [path.name for path in (quire.folder / "o").iterdir()] == ["a.epub"]
    assert old.read_bytes() == b"old"


def test_two_books_of_one_name(quire: Quire) -> None:
    one, two = (small_book(quire.folder / name, name="a.md") for name in ("x", "y"))
    said, out = quire.run("build", one, two, "--to", "docx", status=6)
    assert "name" in said["message"]
    assert out.splitlines() == ["out/a.docx"]


def test_one_broken_book_does_not_stop_the_next(quire: Quire) -> None:
    small_book(quire.folder, name="a.md")
    said, out = quire.run("build", "none.md", "a.md", "--to", "docx", status=3)
    assert said["place"] == "none.md"
    assert out.splitlines() == ["out/a.docx"]


def test_verify_of_what_is_no_edition(quire: Quire) -> None:
    (quire.folder / "a.pdf").write_text("no")
    said = quire.fails("verify", "a.pdf", status=7)
    assert (said["place"], said["code"]) == ("a.pdf", "edition-unreadable")
    quire.fails("verify", "none.pdf", status=7)


def test_a_bad_date_for_the_files(quire: Quire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    said = quire.fails("build", small_book(quire.folder, name="a.md"), status=2)
    assert said["place"] == "SOURCE_DATE_EPOCH"


def test_a_writer_that_breaks_does_not_stop_the_others(quire: Quire, monkeypatch: pytest.MonkeyPatch) -> None:
    from convert.writers.epub import EpubWriter

    def broken(*_: object) -> bytes:
        raise IndexError("of no page")

    monkeypatch.setattr(EpubWriter, "write", broken)
    source = small_book(quire.folder, name="a.md")
    said, out = quire.run("build", source, "--to", "epub,docx", status=FAULT)
    assert (said["place"], said["code"]) == ("out/a.epub", "internal")
    assert out.splitlines() == ["out/a.docx"]
