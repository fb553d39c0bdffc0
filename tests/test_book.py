"""Books as they lie on the disk: files, manifests, and everything that can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import convert
from convert import book as books
from convert.book import SourceFile, find_books, open_book
from convert.diagnostics import Code, Findings, Place
from convert.errors import BookError, QuireError, SourceError
from convert.model.nodes import Contributor, Heading, Matter
from convert.model.walk import plain_text, query


def make(folder: Path, manifest: str, **chapters: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "book.toml").write_text(manifest, "utf-8")
    for name, text in (chapters or {"a": "# 甲\n"}).items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def refused(path: Path) -> QuireError:
    with pytest.raises(QuireError) as caught:
        open_book(path)
    assert "\n" not in str(caught.value)
    assert caught.value.finding.hint
    return caught.value


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.markdown", "文稿", "a.anything"])
def test_any_text_file_is_a_book(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("# 甲\n", "utf-8")
    book = open_book(path)
    assert book.sources == (SourceFile(str(path), "# 甲\n"),)
    assert (book.root, book.name, book.theme) == (tmp_path, path.stem, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_text_is_read_with_or_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("𠮷野家\n".encode(encoding))
    assert open_book(path).sources[0].text == "𠮷野家\n"


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "chapter.md").write_text("x")
    error = refused(tmp_path / "chaptre.md")
    assert (error.exit_status, error.finding.code) == (3, Code.SOURCE_MISSING)
    assert "chapter.md" in error.finding.hint


def test_a_path_through_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    assert refused(tmp_path / "a.md" / "b.md").finding.code is Code.SOURCE_MISSING


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert isinstance(refused(tmp_path / "a\0b.md"), SourceError)


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    error = refused(path)
    assert (error.exit_status, error.finding.code) == (3, Code.SOURCE_EMPTY)


def test_bytes_that_are_no_text_are_placed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("# 甲\n乙\n".encode() + b"abc\xff\xfe\n")
    error = refused(path)
    assert error.finding.code is Code.SOURCE_ENCODING
    assert error.finding.place == Place(str(path), 3)
    assert "byte 13" in error.finding.message


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("中文书稿，请转换编码。".encode("gb18030"), "GB18030"),
        (b"%PDF-1.7\n\xff\xff", "no text file"),
        (b"PK\x03\x04\xff\xff\xff", "no text file"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"ab\x00\xff\xff", "UTF-8"),
    ],
)
def test_the_hint_says_what_the_bytes_may_be(tmp_path: Path, data: bytes, hint: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert hint in refused(path).finding.hint


@given(st.binary(min_size=1, max_size=60))
def test_any_bytes_are_text_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.md"
    path.write_bytes(data)
    try:
        assert open_book(path).sources[0].text.strip()
    except SourceError as error:
        assert error.finding.code in (Code.SOURCE_ENCODING, Code.SOURCE_EMPTY)


def test_too_large_a_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "MAX_BYTES", 10)
    path = tmp_path / "a.md"
    path.write_text("x" * 11)
    assert refused(path).finding.code is Code.SOURCE_TOO_LARGE
    path.write_text("x" * 10)
    assert open_book(path).sources


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    error = refused(tmp_path)
    assert (error.exit_status, error.finding.code) == (4, Code.BOOK_MANIFEST)
    assert "book.toml" in error.finding.message


def test_a_manifest_gives_chapters_metadata_theme_and_settings(tmp_path: Path) -> None:
    root = make(
        tmp_path / "读本",
        """
title = "书名"
authors = ["甲", {name = "乙", role = "译者"}]
date = 2024-07-01
keywords = ["一", "二"]
chapters = ["b.md", "a.md"]
theme = "report"
[page]
measure = 30
""",
        a="# 甲",
        b="# 乙",
    )
    book = open_book(root)
    assert [source.text for source in book.sources] == ["# 乙", "# 甲"]
    assert book.name == "读本"
    assert book.metadata.title == "书名"
    assert book.metadata.contributors == (Contributor("甲"), Contributor("乙", "trl"))
    assert book.metadata.date == "2024-07-01"
    assert book.metadata.keywords == ("一", "二")
    assert (book.theme, dict(book.settings)) == ("report", {"page.measure": 30})


def test_the_manifest_itself_names_the_book(tmp_path: Path) -> None:
    root = make(tmp_path / "b", 'chapters = ["a.md"]')
    assert open_book(root / "book.toml") == open_book(root)


def test_a_chapter_below_the_folder_knows_its_own(tmp_path: Path) -> None:
    root = make(tmp_path / "b", 'chapters = ["part/a.md"]')
    (root / "part").mkdir()
    (root / "part" / "a.md").write_text("x")
    assert open_book(root).sources == (SourceFile(str(root / "part/a.md"), "x", "part"),)


def test_a_theme_may_be_a_table_or_a_file_of_the_folder(tmp_path: Path) -> None:
    root = make(tmp_path / "b", 'chapters = ["a.md"]\n[theme]\nbase = "phone"\n[theme.font]\nsize = 11\n')
    book = open_book(root)
    assert (book.theme, dict(book.settings)) == ("phone", {"font.size": 11})
    make(root, 'chapters = ["a.md"]\ntheme = "mine.toml"')
    (root / "mine.toml").write_text("[font]\nsize = 12\n")
    assert open_book(root).theme == str(root / "mine.toml")


@pytest.mark.parametrize(
    ("manifest", "code", "line", "word"),
    [
        ('title = "甲"\n', Code.BOOK_MANIFEST, 0, "chapters"),
        ("chapters = []\n", Code.BOOK_MANIFEST, 1, "chapters"),
        ('title = "甲"\nchapters = "a.md"\n', Code.BOOK_MANIFEST, 2, "chapters"),
        ('chapters = ["a.md", "a.md"]\n', Code.BOOK_MANIFEST, 1, "twice"),
        ('chapters = ["a.md", "./a.md"]\n', Code.BOOK_MANIFEST, 1, "twice"),
        ('chapters = ["aa.md"]\n', Code.SOURCE_MISSING, 1, "a.md"),
        ('chapters = ["../a.md"]\n', Code.PATH_OUTSIDE, 1, "outside"),
        ('chapters = ["/etc/passwd"]\n', Code.PATH_OUTSIDE, 1, "outside"),
        ('chapters = ["..\\\\a.md"]\n', Code.PATH_OUTSIDE, 1, "outside"),
        ('chapters = ["a.md"]\ntitel = "甲"\n', Code.SETTING_UNKNOWN, 2, "title"),
        ('chapters = ["a.md"]\n\n[pgae]\nmeasure = 3\n', Code.SETTING_UNKNOWN, 3, "page"),
        ('chapters = ["a.md"]\n[page]\nmesure = 3\n', Code.SETTING_UNKNOWN, 3, "page.measure"),
        ('chapters = ["a.md"]\n[page]\nmeasure = "wide"\n', Code.SETTING_VALUE, 3, "page.measure"),
        ('chapters = ["a.md"]\ntheme = "bok"\n', Code.SETTING_VALUE, 2, "book"),
        ('chapters = ["a.md"]\ntheme = 3\n', Code.SETTING_VALUE, 2, "book"),
        ('chapters = ["a.md"]\ntheme = "../theme.toml"\n', Code.PATH_OUTSIDE, 2, "outside"),
        ('chapters = ["a.md"]\ntitle = ["甲"]\n', Code.BOOK_MANIFEST, 2, "title"),
        ('chapters = ["a.md"]\ntitle = 甲\n', Code.BOOK_MANIFEST, 2, "TOML"),
        ('chapters = ["a.md"]\ntitle = "甲\n', Code.BOOK_MANIFEST, 2, "TOML"),
    ],
)
def test_a_broken_manifest_is_placed(tmp_path: Path, manifest: str, code: Code, line: int, word: str) -> None:
    error = refused(make(tmp_path / "b", manifest))
    assert error.finding.code is code
    assert error.finding.place.file == str(tmp_path / "b" / "book.toml")
    assert error.finding.place.line == line
    assert word in str(error)
    assert error.exit_status == 4


def test_a_link_out_of_the_folder_is_outside(tmp_path: Path) -> None:
    root = make(tmp_path / "b", 'chapters = ["link.md"]')
    (tmp_path / "secret.md").write_text("x")
    (root / "link.md").symlink_to(tmp_path / "secret.md")
    assert refused(root).finding.code is Code.PATH_OUTSIDE


def test_books_are_found_by_name(tmp_path: Path) -> None:
    make(tmp_path / "二", 'chapters = ["a.md"]')
    (tmp_path / "一.md").write_text("x")
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    assert find_books(tmp_path) == (tmp_path / "一.md", tmp_path / "二")
    assert find_books(tmp_path / "二") == (tmp_path / "二",)


def test_no_book_found(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(SourceError) as caught:
            find_books(folder)
        assert caught.value.finding.hint


def test_front_matter_keys_of_other_tools_are_only_a_warning(tmp_path: Path) -> None:
    findings = Findings()
    table = {"draft": True, "page": {"measure": 24}, "font.size": 11}
    theme, settings = books.settings_from(table, tmp_path, lambda key: Place("a.md", 1), findings)
    assert (theme, settings) == (None, {"page.measure": 24, "font.size": 11})
    assert [finding.code for finding in findings] == [Code.SETTING_UNKNOWN]
    with pytest.raises(BookError):
        books.settings_from({"page": {"mesure": 24}}, tmp_path, lambda key: Place("a.md", 1), findings)


def test_front_and_back_matter_and_appendices_are_files_of_their_own(tmp_path: Path) -> None:
    manifest = 'chapters = ["b.md"]\nback = ["d.md"]\nfront = ["a.md"]\nappendices = ["c.md"]\n'
    texts = {"a": "# 序\n\n## 节\n", "b": "# 甲\n", "c": "# 表\n\n# 图 {.part}\n", "d": "## 跋\n"}
    document = convert.read(make(tmp_path / "b", manifest, **texts))
    assert [(plain_text(h.children), h.matter) for h in query(document.blocks, Heading)] == [
        ("序", Matter.FRONT), ("节", Matter.BODY), ("甲", Matter.BODY), ("表", Matter.APPENDIX), ("图", Matter.PART),
        ("跋", Matter.BACK),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['front = "a.md"', "front = [1]", 'back = ["none.md"]'])
def test_a_wrong_list_of_files_is_named(tmp_path: Path, text: str) -> None:
    error = refused(make(tmp_path / "b", f'chapters = ["a.md"]\n{text}\n'))
    assert error.finding.place.line == 2
