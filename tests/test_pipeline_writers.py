"""The table of writers, and a writer of somebody else's, installed beside quire."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

import convert
from convert.diagnostics import Code
from convert.errors import UsageError
from convert.writers import BUILT_IN, get_writer, writer_names
from tests.books import small_book

WRITER = '''
"""A tiny writer: the outline and the words, as plain text."""

from convert.model.walk import plain_text


class TextWriter:
    name = "text"
    suffix = ".text"

    def write(self, manuscript, findings):
        lines = [manuscript.document.metadata.title]
        lines += ["  " * entry.level + entry.label for entry in manuscript.outline.flat()]
        lines.append(plain_text(manuscript.document.blocks))
        return "\\n".join(lines).encode()


class NoWriter:
    name = "none"


def broken():
    raise RuntimeError("not today")
'''
ENTRIES = """[convert.writers]
text = tiny_writer:TextWriter
docx = tiny_writer:TextWriter
none = tiny_writer:NoWriter
broken = tiny_writer:broken
gone = tiny_writer:Gone
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution ``tiny`` with its entry points, as pip lays it out."""
    site = tmp_path / "site"
    info = site / "tiny-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "tiny_writer.py").write_text(WRITER)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRIES)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "tiny_writer", raising=False)


@pytest.mark.parametrize("name", list(BUILT_IN))
def test_a_built_in_writer_says_its_name(name: str) -> None:
    writer = get_writer(name)
    assert (writer.name, writer.suffix) == (name, f".{name}")


def test_a_built_in_writer_is_found_without_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    def scan(**_: object) -> None:
        raise AssertionError("installed packages were looked through")

    monkeypatch.setattr(metadata, "entry_points", scan)
    assert get_writer("epub").name == "epub"


def test_without_others_the_names_are_the_built_in_ones() -> None:
    assert writer_names() == tuple(BUILT_IN)


@pytest.mark.usefixtures("installed")
def test_another_writer_is_known_and_never_hides_ours() -> None:
    assert writer_names() == (*BUILT_IN, "broken", "gone", "none", "text")
    assert get_writer("text").suffix == ".text"
    assert type(get_writer("docx")).__module__.startswith("convert.")


@pytest.mark.usefixtures("installed")
def test_another_writer_builds_an_edition(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# 甲\n\n## 乙\n\n文字\n", "utf-8")
    report = convert.build([source], out=tmp_path, to=["text"])
    assert report.exit_status == 0
    (edition,) = report.editions
    assert edition.path == tmp_path / "a.text"
    assert edition.path.read_text("utf-8").splitlines()[:3] == ["甲", "  甲", "    乙"]
    assert "文字" in edition.path.read_text("utf-8")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", ["none", "broken", "gone"])
def test_a_writer_that_cannot_be_loaded_is_told_in_one_line(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        get_writer(name)
    assert caught.value.finding.code is Code.WRITER_UNKNOWN
    assert "tiny_writer" in caught.value.finding.hint


def test_no_such_writer_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        get_writer("dox")
    assert "docx" in caught.value.finding.hint


def test_pages_are_laid_out_once_for_all_editions_that_show_or_know_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from convert import pipeline
    from convert.writers.epub import EpubWriter

    known = []
    monkeypatch.setattr(
        EpubWriter, "write", lambda self, manuscript, findings: known.append(manuscript) or b""
    )
    layouts = []
    compose = pipeline._compose
    monkeypatch.setattr(pipeline, "_compose", lambda *given: layouts.append(compose(*given)) or layouts[-1])
    source = small_book(tmp_path)
    assert convert.build([source], out=tmp_path / "all", to=["epub", "pdf", "booklet"]).exit_status == 0
    assert len(layouts) == 1
    assert known[-1].pages.starts
    convert.build([source], out=tmp_path / "all", to=["epub"])
    assert len(layouts) == 1
    assert known[-1].pages is None
    convert.build([source], out=tmp_path / "pdf", to=["pdf"])
    assert (tmp_path / "pdf/札记.pdf").read_bytes() == (tmp_path / "all/札记.pdf").read_bytes()


def test_pages_that_cannot_be_laid_out_cost_only_the_edition_that_shows_them(tmp_path: Path) -> None:
    report = convert.build(
        [small_book(tmp_path)], out=tmp_path, to=["epub", "pdf"], settings={"page.measure": 120}
    )
    assert [edition.writer for edition in report.editions] == ["epub"]
    assert report.exit_status != 0
