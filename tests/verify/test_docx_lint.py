"""Our own linter for Word files: each fault put in is found, and a sound file is clean."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest

from convert.diagnostics import Code, Findings
from convert.errors import VerifyError
from convert.verify import verify
from convert.verify.docx_lint import lint_docx
from convert.writers.docx import DocxWriter
from tests.writers.docx.sample import feature_book

BODY = "word/document.xml"
STYLES = "word/styles.xml"
SETTINGS = "word/settings.xml"
NOTES = "word/footnotes.xml"

Change = Callable[[str], str]


@functools.cache
def sound() -> dict[str, bytes]:
    """The members of a file with one of everything."""
    with zipfile.ZipFile(BytesIO(DocxWriter().write(feature_book(), Findings()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(folder: Path, changes: Mapping[str, Change | None]) -> Path:
    """A copy of the sound file with some parts changed, or left out where the change is None."""
    path = folder / "f.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in sound().items():
            change = changes.get(name, str)
            if change is None:
                continue
            text = data
            if name in changes:
                before = data.decode()
                after = change(before)
                assert after != before, f"the change to {name} changed nothing"
                text = after.encode()
            archive.writestr(name, text)
    return path


def swap(old: str, new: str, count: int = 1) -> Change:
    return lambda text: text.replace(old, new, count)


def sub(pattern: str, new: str, count: int = 1) -> Change:
    return lambda text: re.sub(pattern, new, text, count=count)


def test_a_sound_file_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "f.docx"
    path.write_bytes(DocxWriter().write(feature_book(), Findings()))
    assert lint_docx(path) == ()


MARK = r'<w:bookmarkStart w:id="(\d+)" w:name="(_q\w+)"/>'

FAULTS: list[tuple[str, dict[str, Change | None]]] = [
    ("bookmark-duplicate", {BODY: sub(rf"{MARK}(.*?){MARK}", r'<w:bookmarkStart w:id="\1" w:name="\2"/>\3<w:bookmarkStart w:id="\4" w:name="\2"/>')}),
    ("bookmark-duplicate", {BODY: sub(r'<w:bookmarkStart w:id="3"', '<w:bookmarkStart w:id="2"')}),
    ("bookmark-unclosed", {BODY: sub(r'<w:bookmarkEnd w:id="\d+"/>', "")}),
    ("bookmark-unclosed", {BODY: sub(r'<w:bookmarkStart w:id="2" w:name="\w+"/>', "")}),
    ("bookmark-name", {BODY: sub(MARK, rf'<w:bookmarkStart w:id="\1" w:name="{"x" * 41}"/>')}),
    ("anchor-dead", {BODY: sub(r'w:anchor="_q\w+"', 'w:anchor="_qnowhere"')}),
    ("relation-missing", {BODY: sub(r'r:embed="\w+"', 'r:embed="rIdNone"')}),
    ("part-missing", {"word/media/image1.png": None}),
    ("content-type", {"[Content_Types].xml": swap('<Default Extension="png" ContentType="image/png"/>', "")}),
    ("style-missing", {BODY: swap('<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Nowhere"/>')}),
    ("style-missing", {STYLES: swap('<w:basedOn w:val="BodyText"/>', '<w:basedOn w:val="Nowhere"/>')}),
    ("style-duplicate", {STYLES: swap('w:styleId="Kai"', 'w:styleId="Small"')}),
    ("numbering-missing", {BODY: sub(r'<w:numId w:val="\d+"/>', '<w:numId w:val="999"/>')}),
    ("numbering-missing", {"word/numbering.xml": swap('<w:abstractNumId w:val="1"/>', '<w:abstractNumId w:val="77"/>')}),
    ("paragraph-id", {BODY: sub(r"<w:p>", '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="00000001">', 2)}),
    ("paragraph-id", {BODY: sub(r"<w:p>", '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="80000001">')}),
    ("drawing-id", {BODY: sub(r'<wp:docPr id="2"', '<wp:docPr id="1"')}),
    ("note-missing", {BODY: sub(r'<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="99"/>')}),
    ("note-unused", {NOTES: swap("</w:footnotes>", '<w:footnote w:id="77"><w:p/></w:footnote></w:footnotes>')}),
    ("cell-end", {BODY: sub(r"(<w:tc>(?:(?!</w:tc>).)*)</w:tc>", r"\1<w:tbl><w:tblPr/><w:tblGrid/></w:tbl></w:tc>")}),
    ("cell-end", {BODY: sub(r"<w:tc><w:tcPr>(.*?)</w:tcPr>(?:(?!</w:tc>).)*</w:tc>", r"<w:tc><w:tcPr>\1</w:tcPr></w:tc>")}),
    ("table-width", {BODY: sub(r'<w:gridCol w:w="\d+"/>', '<w:gridCol w:w="99"/>')}),
    ("table-grid", {BODY: sub(r'<w:gridSpan w:val="2"/>', "")}),
    ("field-unbalanced", {BODY: sub(r'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:fldChar w:fldCharType="end"/></w:r>', "")}),
    ("field-unbalanced", {BODY: sub(r'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:fldChar w:fldCharType="begin"/></w:r>', "")}),
    ("reference-dead", {BODY: sub(r"PAGEREF _Toc\w+", "PAGEREF _Tocnowhere")}),
    ("reference-dead", {BODY: sub(r" REF _Ref\w+", " REF _Refnowhere")}),
    ("reference-dead", {"word/header1.xml": swap("STYLEREF 1", "STYLEREF Nothing")}),
    ("reference-stale", {BODY: sub(r"( REF _Ref(?:(?!<w:t[ >]).)*<w:t(?: [^>]*)?>)图1", r"\1图7")}),
    ("sequence-order", {BODY: sub(r"(SEQ 图(?:(?!<w:t[ >]).)*<w:t(?: [^>]*)?>)1", r"\g<1>4")}),
    ("contents-differ", {BODY: swap(">第二章　清单<", ">第二章　别的<")}),
    ("contents-differ", {BODY: sub(r'<w:p><w:pPr><w:pStyle w:val="TOC2"/>(?:(?!</w:p>).)*</w:p>', "")}),
    ("face-missing", {STYLES: sub(r' w:eastAsia="[^"]+"', "", 0)}),
    ("face-of-theme", {STYLES: swap("<w:rFonts ", '<w:rFonts w:eastAsiaTheme="minorEastAsia" ')}),
    ("han-slanted", {STYLES: swap('<w:i w:val="0"/>', "<w:i/>")}),
    ("han-slanted", {BODY: sub(r'<w:r>(<w:t(?: [^>]*)?>[一-鿿])', r"<w:r><w:rPr><w:i/></w:rPr>\1")}),
    ("page-size", {BODY: sub(r"<w:pgSz [^>]*/>", "")}),
    ("language-missing", {STYLES: sub(r'<w:lang w:val="en-US" w:eastAsia="zh-CN"', '<w:lang w:val="en-US"')}),
    ("language-missing", {SETTINGS: sub(r"<w:themeFontLang [^>]*/>", "")}),
    ("language-missing", {"docProps/core.xml": sub(r"<dc:language>.*?</dc:language>", "")}),
    ("picture-without-words", {BODY: sub(r' descr="[^"]+"', ' descr=""')}),
    ("head-not-repeated", {BODY: swap("<w:tblHeader/>", "")}),
    ("field-dirty", {SETTINGS: swap("<w:zoom", '<w:updateFields w:val="true"/><w:zoom')}),
    ("field-dirty", {BODY: swap('w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"')}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "changes"), FAULTS, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(FAULTS)]
)
def test_each_fault_is_found(rule: str, changes: dict[str, Change | None], tmp_path: Path) -> None:
    assert rule in {fault.rule for fault in lint_docx(changed(tmp_path, changes))}


def test_every_rule_is_tried() -> None:
    room = Path(__file__).parents[2] / "convert/verify"
    rules = {
        name
        for path in room.glob("docx_*.py")
        for name in re.findall(r'Fault\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
    assert rules == {rule for rule, _ in FAULTS}


def test_a_file_that_another_program_saved_keeps_no_rules_of_the_house(tmp_path: Path) -> None:
    theirs = {"docProps/app.xml": swap(">quire<", ">Writer<"), STYLES: sub(r' w:eastAsia="[^"]+"', "", 0)}
    assert lint_docx(changed(tmp_path, theirs)) == ()


def test_verify_tells_faults_with_their_rule(tmp_path: Path) -> None:
    report = verify([changed(tmp_path, {SETTINGS: sub(r"<w:themeFontLang [^>]*/>", "")})])
    assert [(f.code, f.severity.value) for f in report.findings] == [(Code.EDITION_FAULTY, "error")]
    assert "language-missing" in report.findings[0].message
    assert report.exit_status == 1


def test_a_part_that_is_no_xml_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(VerifyError):
        lint_docx(changed(tmp_path, {STYLES: swap("</w:styles>", "")}))


SCHEMA_FAULTS: list[dict[str, Change | None]] = [
    {BODY: swap('<w:pStyle w:val="BodyText"/></w:pPr>', '<w:jc w:val="left"/><w:pStyle w:val="BodyText"/></w:pPr>')},
    {BODY: swap('<w:type w:val="nextPage"/>', '<w:type w:val="otherPage"/>')},
    {SETTINGS: lambda text: text.replace("<w:zoom", '<w:decimalSymbol w:val="."/><w:zoom', 1)},
    {STYLES: swap("</w:styles>", "")},
]  # fmt: skip
"""Faults against the schema, which the validators of others find."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes", SCHEMA_FAULTS, ids=["order of pPr", "unknown value", "order of settings", "no XML"]
)
def test_faults_against_the_schema_are_found_by_others(
    changes: dict[str, Change | None], need: Callable[[str], str], tmp_path: Path
) -> None:
    path = changed(tmp_path, changes)
    command = [need("openxml-audit"), "-m", "0", "-f", "microsoft365", "-o", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)[0]["errors"]
