"""For the press: boxes, crop marks, black ink alone."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from convert.images import ImageAsset
from convert.theme import PdfTheme, Theme
from convert.typeset.frame import ImageItem, Rule
from convert.writers.pdf.document import paint

from .frames import frame, manuscript, png, run
from .test_document import broken_rules


def made(theme: PdfTheme) -> pikepdf.Pdf:
    images = {"a.png": ImageAsset("a.png", "image/png", png(4, 3, alpha=True), 4, 3, 150.0)}
    shown = frame(run("字", 60, 80), Rule(60, 90, 20, 1, "#9B2226"), ImageItem("a.png", 60, 100, 40, 30))
    book = replace(manuscript(images), theme=replace(Theme(), pdf=theme))
    return pikepdf.open(io.BytesIO(paint(shown, book)))


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(side) for side in page.obj[name]]


def test_without_a_bleed_the_page_is_its_trim() -> None:
    pdf = made(PdfTheme())
    page = pdf.pages[0]
    assert box(page, "/MediaBox") == box(page, "/TrimBox")
    assert "/BleedBox" not in page.obj


def test_bleed_and_marks_lie_round_the_trimmed_page() -> None:
    pdf = made(PdfTheme(bleed=8.5, marks=True))
    page = pdf.pages[0]
    trim, bleed, media = (box(page, name) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
    assert trim[:2] == [0, 0]
    assert bleed == pytest.approx([-8.5, -8.5, trim[2] + 8.5, trim[3] + 8.5], abs=0.01)
    assert media[0] < bleed[0] and media[2] > bleed[2]
    content = page.Contents.read_bytes().decode("ascii")
    ends = [(float(x), float(y)) for x, y in re.findall(r"(\S+) (\S+) l S", content)]
    assert len(ends) == 8
    for x, y in ends:
        assert media[0] < x < media[2] and media[1] < y < media[3]
        inside = (bleed[0] <= x <= bleed[2]) and (bleed[1] <= y <= bleed[3])
        assert not inside


def test_grey_is_black_ink_alone() -> None:
    def colours(pdf: pikepdf.Pdf) -> tuple[bool, set[str]]:
        page = pdf.pages[0]
        spaces = {str(image.ColorSpace) for image in page.Resources.XObject.values()}
        return b" rg" in page.Contents.read_bytes(), spaces

    assert colours(made(PdfTheme())) == (True, {"/DeviceRGB"})
    assert colours(made(PdfTheme(colour="grey"))) == (False, {"/DeviceGray"})


def test_what_goes_to_the_press_is_accessible_and_lasting_too(tmp_path: Path) -> None:
    out = io.BytesIO()
    made(PdfTheme(bleed=8.5, marks=True, colour="grey")).save(out, static_id=True)
    plain = io.BytesIO()
    made(PdfTheme()).save(plain, static_id=True)
    assert broken_rules(out.getvalue(), tmp_path / "a.pdf") == broken_rules(
        plain.getvalue(), tmp_path / "b.pdf"
    )
