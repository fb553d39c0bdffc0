"""What others say of the file: openxml-audit, python-docx, LibreOffice."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from convert.diagnostics import Findings
from convert.writers.docx import DocxWriter
from tests.writers.docx.sample import feature_book, heading, manuscript, para


def audit(tool: str, path: Path) -> list[object]:
    done = subprocess.run(
        [tool, "-m", "0", "-f", "microsoft365", "-o", "json", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    errors = json.loads(done.stdout)[0]["errors"]
    assert isinstance(errors, list)
    return errors


@pytest.mark.slow
def test_openxml_audit_finds_nothing(need: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "f.docx"
    path.write_bytes(DocxWriter().write(feature_book(), Findings()))
    assert audit(need("openxml-audit"), path) == []


@pytest.mark.slow
def test_openxml_audit_would_find_a_fault(need: Callable[[str], str], tmp_path: Path) -> None:
    import io
    import zipfile

    data = DocxWriter().write(manuscript(para("文")), Findings())
    path = tmp_path / "bad.docx"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).replace(b'<w:pStyle w:val="BodyText"/>', b'<w:pStyle w:val="Nowhere"/>')
            )
    assert audit(need("openxml-audit"), path)


def test_python_docx_opens_it() -> None:
    import io

    import docx

    opened = docx.Document(io.BytesIO(DocxWriter().write(feature_book(), Findings())))
    headings = [p.text for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings[:2] == ["第一章　河边", "第二章　清单"]
    assert len(opened.tables) == 3


@pytest.mark.slow
def test_libreoffice_shows_a4_and_an_indent_of_two_characters(
    need: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / "f.docx"
    path.write_bytes(DocxWriter().write(manuscript(heading(1, "第一章"), para("河" * 100)), Findings()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        need("soffice"),
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, capture_output=True, check=False, timeout=120)
    pdf = tmp_path / "f.pdf"
    assert pdf.exists()
    listing = subprocess.run(
        [need("pdftotext"), "-bbox-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', listing)
    assert page is not None
    assert [float(side) for side in page.groups()] == pytest.approx([595.3, 841.9], abs=0.1)
    lines = [float(x) for x in re.findall(r'<line xMin="([\d.]+)"[^>]*>\s*<word[^>]*>河', listing)]
    assert lines[0] - lines[1] == pytest.approx(24, abs=0.5)
