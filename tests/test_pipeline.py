"""The order of things: what overrides what, where files go, what date they carry."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

import convert
from convert import pipeline
from convert.diagnostics import Code, Findings, Severity
from convert.errors import BookError, OutputError, QuireError, UsageError
from convert.manuscript import Manuscript
from convert.model.nodes import Contributor, Image
from convert.model.validate import problems
from convert.model.walk import plain_text, query
from tests.books import SMALL, small_book


class Recorder:
    """A writer that keeps what it is given."""

    name = "record"
    suffix = ".rec"

    def __init__(self) -> None:
        self.given: list[Manuscript] = []

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        self.given.append(manuscript)
        return manuscript.document.metadata.title.encode()


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    writer = Recorder()
    monkeypatch.setattr(pipeline, "get_writer", lambda name, also=(): writer)
    return writer


def made(recorder: Recorder, source: Path, out: Path, **options: object) -> Manuscript:
    report = convert.build([source], out=out, to=["record"], **options)  # type: ignore[arg-type]
    assert report.exit_status == 0, report.findings
    return recorder.given[-1]


def test_read_gives_a_sound_document(tmp_path: Path) -> None:
    document = convert.read(small_book(tmp_path))
    assert document.metadata.title == "春日读书札记"
    assert document.metadata.title_from_heading
    assert document.metadata.language == "zh-Hans"
    assert len(document.notes) == 2
    assert not problems(document)


def test_write_makes_what_build_makes(tmp_path: Path) -> None:
    source = small_book(tmp_path)
    report = convert.build([source], out=tmp_path / "out", to=["epub"])
    edition = convert.write(convert.read(source), tmp_path / "mine.epub")
    assert edition.path.read_bytes() == report.editions[0].path.read_bytes()
    assert edition.size == report.editions[0].size == edition.path.stat().st_size


def test_write_needs_a_format_that_there_is(tmp_path: Path) -> None:
    document = convert.read(small_book(tmp_path))
    for name in ("a", "a.odt"):
        with pytest.raises(UsageError):
            convert.write(document, tmp_path / name)
    assert convert.write(document, tmp_path / "a", to="docx").path == tmp_path / "a"


def test_settings_rise_from_front_matter_to_manifest_to_call(tmp_path: Path, recorder: Recorder) -> None:
    root = tmp_path / "b"
    root.mkdir()
    front = "---\ntitle: 前\nsubtitle: 副\npublisher: 社\ntheme: phone\npage:\n  measure: 17\n  lines: 15\n---\n# 甲\n"
    (root / "a.md").write_text(front, "utf-8")
    (root / "book.toml").write_text('chapters = ["a.md"]\n', "utf-8")
    plain = made(recorder, root, tmp_path)
    assert (plain.theme.name, plain.theme.page.measure, plain.theme.page.lines) == ("phone", 17, 15)
    assert plain.document.metadata.title == "前"

    manifest = (
        'chapters = ["a.md"]\ntitle = "册"\nsubtitle = "册副"\ntheme = "report"\n[page]\nmeasure = 25\n'
    )
    (root / "book.toml").write_text(manifest, "utf-8")
    over = made(recorder, root, tmp_path)
    assert (over.theme.name, over.theme.page.measure, over.theme.page.lines) == ("report", 25, 15)
    metadata = over.document.metadata
    assert (metadata.title, metadata.subtitle, metadata.publisher) == ("册", "册副", "社")

    settings = {"page.measure": "30", "title": "令"}
    last = made(recorder, root, tmp_path, settings=settings, theme="booklet")
    assert (last.theme.name, last.theme.page.measure) == ("booklet", 30)
    assert (last.document.metadata.title, last.document.metadata.subtitle) == ("令", "册副")


def test_metadata_set_in_the_call(tmp_path: Path, recorder: Recorder) -> None:
    settings = [("author", "甲"), ("language", "zh-Hant"), ("keywords", "一、二"), ("title", "新题")]
    manuscript = made(recorder, small_book(tmp_path), tmp_path / "out", settings=settings)
    metadata = manuscript.document.metadata
    assert metadata.contributors == (Contributor("甲"),)
    assert metadata.keywords == ("一", "二")
    assert not metadata.title_from_heading
    assert manuscript.terms.contents == "目錄"


def test_a_book_of_chapters_reads_as_one(tmp_path: Path, recorder: Recorder) -> None:
    root = tmp_path / "b"
    (root / "二").mkdir(parents=True)
    (root / "one.md").write_text("# 甲\n\n注[^1]\n\n[^1]: 一\n", "utf-8")
    (root / "二" / "two.md").write_text("# 乙\n\n注[^1]\n\n[^1]: 二\n\n![图](p.png)\n", "utf-8")
    from PIL import Image as pillow

    pillow.new("RGB", (4, 4)).save(root / "二" / "p.png")
    (root / "book.toml").write_text('chapters = ["one.md", "二/two.md"]\ntitle = "册"\n', "utf-8")
    manuscript = made(recorder, root, tmp_path)
    assert [entry.title for entry in manuscript.outline.entries] == ["甲", "乙"]
    assert [plain_text(note.blocks) for note in manuscript.document.notes] == ["一", "二"]
    assert [image.source for image in query(manuscript.document, Image)] == ["二/p.png"]
    assert set(manuscript.images) == {"二/p.png"}
    assert {entry.span.file for entry in manuscript.outline.flat()} == {
        str(root / "one.md"), str(root / "二" / "two.md"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("date", "epoch", "stamp"),
    [
        ("", "", 315532800),
        ("2024-07-01", "", 1719792000),
        ("2024年7月1日", "", 1719792000),
        ("2024", "", 1704067200),
        ("2024-99-99", "", 1704067200),
        ("春天", "", 315532800),
        ("1915", "", 315532800),
        ("9999", "", 4102444799),
        ("2024", "1600000000", 1600000000),
        ("2024", "0", 315532800),
    ],
)
def test_the_date_in_the_files_is_never_the_clocks(
    tmp_path: Path, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, date: str, epoch: str, stamp: int
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    source = small_book(tmp_path)
    settings = {"date": date} if date else {}
    assert made(recorder, source, tmp_path / "out", settings=settings).timestamp == stamp


def test_a_call_that_makes_no_sense_does_nothing(tmp_path: Path) -> None:
    source = small_book(tmp_path)
    out = tmp_path / "out"
    for options in (
        {"to": ["odt"]},
        {"settings": {"page.mesure": 1}},
        {"theme": "bok"},
        {"settings": {"title": []}},
    ):
        with pytest.raises((UsageError, BookError)):
            convert.build([source], out=out, **options)  # type: ignore[arg-type]
    assert not out.exists()


def test_outputs_have_ordinary_rights(tmp_path: Path, recorder: Recorder) -> None:
    mask = os.umask(0o022)
    try:
        made(recorder, small_book(tmp_path), tmp_path / "out")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "out" / "札记.rec").stat().st_mode) == 0o644


def test_an_edition_never_overwrites_its_source(tmp_path: Path, recorder: Recorder) -> None:
    recorder.suffix = ".md"
    source = small_book(tmp_path)
    report = convert.build([source], out=tmp_path, to=["record"])
    assert report.exit_status == OutputError.exit_status
    assert source.read_text("utf-8") == SMALL


def test_progress_is_told_before_each_edition(tmp_path: Path, recorder: Recorder) -> None:
    told: list[tuple[str, str]] = []
    source = small_book(tmp_path)
    convert.build([source], out=tmp_path, to=["record"], progress=lambda *what: told.append(what))
    assert told == [("札记", "record")]


def test_findings_weigh_by_strictness(tmp_path: Path, recorder: Recorder) -> None:
    source = small_book(tmp_path, SMALL + "\n又见注[^9]。\n")
    for strict, status in ((False, 0), (True, 1)):
        report = convert.build([source], out=tmp_path, to=["record"], strict=strict)
        assert report.exit_status == status
        assert [finding.severity for finding in report.findings] == [Severity.WARNING]


def test_reading_tells_its_findings(tmp_path: Path) -> None:
    findings = Findings()
    convert.read(small_book(tmp_path, SMALL + "\n又见注[^9]。\n"), findings=findings)
    (finding,) = findings
    assert (finding.code, finding.place.line) == (Code.NOTE_MISSING, SMALL.count("\n") + 2)


def test_reading_what_is_not_there_raises(tmp_path: Path) -> None:
    with pytest.raises(QuireError):
        convert.read(tmp_path / "none.md")
