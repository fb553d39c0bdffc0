"""One drawing in three editions: the SVG itself, outlines, and pixels."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from convert.pipeline import build
from tests.vector.drawings import FLOW, svg

TEXT = "# 画\n\n![流程](a.svg)\n\n行内![小](a.svg){width=2cm}图。\n\n![深](g.svg){width=100%}\n"
SHADED = svg(
    '<script/><linearGradient id="g" x2=".1" spreadMethod="repeat"><stop stop-color="red"/></linearGradient>'
    '<rect width="90" height="40" fill="url(#g)"/><text x="5" y="30">渐变</text>'
)


def test_each_edition_shows_a_drawing_in_its_own_way(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "a.md").write_text(TEXT, "utf-8")
    (book / "a.svg").write_text(FLOW, "utf-8")
    (book / "g.svg").write_bytes(SHADED)
    report = build([book / "a.md"], out=tmp_path / "out")
    assert [finding.code.value for finding in report.findings if finding.code.value.startswith("image")] == [
        "image-left-out", "image-pixels"
    ]  # fmt: skip
    by_suffix = {edition.path.suffix: edition.path for edition in report.editions}
    with zipfile.ZipFile(by_suffix[".epub"]) as epub:
        drawings = sorted(name for name in epub.namelist() if name.endswith(".svg"))
        assert len(drawings) == 2
        assert all(
            b"script" not in epub.read(name) and b'fill="#fff"' in epub.read(name) for name in drawings
        )
        opf = next(epub.read(name).decode() for name in epub.namelist() if name.endswith(".opf"))
        assert opf.count('media-type="image/svg+xml"') == 2
    with zipfile.ZipFile(by_suffix[".docx"]) as docx:
        media = [name for name in docx.namelist() if name.startswith("word/media/")]
        assert len(media) == 2 and all(name.endswith(".png") for name in media)
    with pypdfium2.PdfDocument(by_suffix[".pdf"]) as pages:
        shown = [item for page in pages for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
        sizes = [(item.get_px_size()[0], item.get_bounds()) for item in shown]
    assert [pixels * 72 / (right - left) >= 300 for pixels, (left, _, right, _) in sizes] == [True]
    pdf = by_suffix[".pdf"].read_bytes()
    # The flow is one form, shown twice; the shaded one is pixels with a mask of its transparency.
    assert len(re.findall(rb"/Subtype /Form", pdf)) == 1
    assert len(re.findall(rb"/Subtype /Image", pdf)) == 2
    kinds = [
        obj.type
        for page in pypdfium2.PdfDocument(pdf)
        for obj in page.get_objects(max_depth=1)
        if obj.type in (pypdfium2.raw.FPDF_PAGEOBJ_FORM, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
    ]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_FORM) == 2
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 1
