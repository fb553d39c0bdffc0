"""The file round the text: fonts, pictures, navigation, metadata, validators, the same bytes."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import page as validation
import pypdfium2
import pytest

from convert.diagnostics import Code, Findings, Place
from convert.images import ImageAsset
from convert.model.nodes import ExternalTarget, InternalTarget
from convert.theme import Theme
from convert.theming import override
from convert.typeset.frame import Anchor, Bookmark, Frame, ImageItem, LinkArea, Rule
from convert.writers.pdf import PdfWriter
from convert.writers.pdf.document import paint
from convert.writers.pdf.metadata import srgb_profile
from convert.writers.pdf.navigation import page_labels
from tests import stress
from tests.typeset.test_composition import manuscript as made

from .frames import MONO, SANS, frame, manuscript, png, run


def asset(key: str, *, alpha: bool) -> ImageAsset:
    return ImageAsset(key, "image/png", png(4, 3, alpha=alpha), 4, 3, 144.0)


def jpeg(mode: str) -> ImageAsset:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, (5, 2)).save(out, "JPEG")
    return ImageAsset("j", "image/jpeg", out.getvalue(), 5, 2, 144.0)


def feature() -> tuple[Frame, dict[str, ImageAsset]]:
    images = {"a.png": asset("a.png", alpha=True), "b.png": asset("b.png", alpha=False), "j": jpeg("L")}
    items = (
        run("第一章　纸", 60, 80, 18, SANS),
        run("“一张纸”——很薄……", 60, 120),
        run("code: x = 1", 60, 140, 9, MONO),
        Rule(60, 150, 200, 0.5, "#1F3A5F"),
        ImageItem("a.png", 60, 160, 40, 30, "甲"),
        ImageItem("b.png", 110, 160, 40, 30, "乙"),
        ImageItem("a.png", 160, 160, 40, 30, "丙"),
        ImageItem("j", 210, 160, 40, 30, "丁"),
        LinkArea(60, 110, 40, 12, ExternalTarget("https://例.example/路?q=(1)")),
        LinkArea(110, 110, 40, 12, InternalTarget("here")),
        Anchor("here", 60, 70),
    )
    marks = (
        Bookmark("第一章　纸", 1, 0, 60),
        Bookmark("深处（跳级）", 3, 0, 100),
        Bookmark("第二章", 1, 1, 50),
    )
    return frame(*items, labels=("i", "ii", "1", "2", "附"), bookmarks=marks), images


def painted(findings: Findings | None = None) -> bytes:
    shown, images = feature()
    return paint(shown, manuscript(images), findings)


def test_the_same_bytes_twice() -> None:
    assert painted() == painted()


def test_other_content_has_another_identifier() -> None:
    ids = [
        re.findall(rb"/ID\s*\[<([0-9A-F]{32})>", paint(frame(run(t, 60, 80)), manuscript())) for t in "甲乙"
    ]
    assert ids[0] != ids[1]
    assert all(len(found) == 1 for found in ids)


def test_no_font_but_ours_and_no_clock() -> None:
    data = painted()
    assert b"Helvetica" not in data
    assert b"/Producer <FEFF" in data
    assert re.findall(rb"D:(\d{14})", data) == [b"20231114221320"] * 2


def test_bookmarks_keep_levels_that_skip() -> None:
    with pypdfium2.PdfDocument(painted()) as document:
        found = [(b.level, b.get_title(), b.get_dest().get_index()) for b in document.get_toc()]
    assert found == [(0, "第一章　纸", 0), (1, "深处（跳级）", 0), (0, "第二章", 1)]


def test_page_labels_are_as_printed() -> None:
    with pypdfium2.PdfDocument(painted()) as document:
        assert [document.get_page_label(n) for n in range(len(document))] == ["i", "ii", "1", "2", "附"]


@pytest.mark.parametrize(
    ("labels", "ranges"),
    [
        (["1", "2", "3"], 1),
        (["iii", "iv", "v", "1"], 2),
        (["1", "3"], 2),
        (["", "", "01"], 3),
        (["xc", "xci"], 1),
    ],
)
def test_labels_that_count_are_told_once(labels: Sequence[str], ranges: int) -> None:
    nums = page_labels(labels)["Nums"].sequence  # type: ignore[index]
    assert len(nums) == 2 * ranges


def test_metadata_and_language() -> None:
    data = painted()
    with pypdfium2.PdfDocument(data) as document:
        assert document.get_metadata_value("Title") == "书与纸"
        assert document.get_metadata_value("Author") == "王小工"
    assert b"/DisplayDocTitle true" in data
    assert b"<rdf:li>zh-Hans</rdf:li>" in data


def test_markup_in_a_title_stays_text() -> None:
    data = paint(frame(run("甲", 60, 80)), manuscript(title="a<b>&\x01]]>"))
    assert b"a&lt;b&gt;&amp;]]&gt;</rdf:li>" in data


def test_links_go_out_safely_and_in() -> None:
    findings = Findings()
    data = painted(findings)
    address = b"https://%E4%BE%8B.example/%E8%B7%AF?q=(1)".hex().upper().encode()
    assert b"/URI <" + address + b">" in data
    assert data.count(b"/Subtype /Link") == 2
    assert not list(findings)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (ExternalTarget("javascript:alert(1)"), Code.LINK_UNSAFE),
        (ExternalTarget("file:///etc/passwd"), Code.LINK_UNSAFE),
        (InternalTarget("nowhere"), Code.REFERENCE_MISSING),
    ],
)
def test_a_link_that_must_not_or_cannot_be_is_told(
    target: ExternalTarget | InternalTarget, code: Code
) -> None:
    findings = Findings()
    data = paint(frame(run("甲", 60, 80), LinkArea(0, 0, 9, 9, target)), manuscript(), findings)
    assert b"/Annots" not in data
    assert [item.code for item in findings] == [code]


def test_each_image_is_there_once_and_transparency_is_a_mask() -> None:
    data = painted()
    assert data.count(b"/Subtype /Image") == 4  # a.png, its mask, b.png, j
    assert data.count(b"/SMask") == 1
    assert data.count(b"/DCTDecode") == 1


def test_grey_and_colour_jpegs_name_their_space() -> None:
    for mode, space in (("L", b"/DeviceGray"), ("RGB", b"/DeviceRGB")):
        shown = frame(ImageItem("j", 0, 0, 9, 9))
        assert b"/ColorSpace " + space in paint(shown, manuscript({"j": jpeg(mode)}))


def test_an_image_that_is_not_there_is_told() -> None:
    findings = Findings()
    paint(frame(ImageItem("none", 0, 0, 9, 9)), manuscript(), findings)
    assert [item.code for item in findings] == [Code.IMAGE_MISSING]


def test_paint_shows() -> None:
    shown = frame(Rule(100, 100, 50, 50, "#FF0000"), run("墨", 200, 150, 40))
    with pypdfium2.PdfDocument(paint(shown, manuscript())) as document:
        page = document[0]
        picture = page.render(scale=1).to_pil().convert("RGB")
        page.close()
    assert picture.getpixel((125, 125)) == (255, 0, 0)
    assert picture.getpixel((20, 20)) == (255, 255, 255)
    dark = [sum(picture.getpixel((x, y))) for x in range(200, 240) for y in range(112, 155)]
    assert min(dark) < 100


def test_profile_is_one_that_colour_engines_read() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_an_empty_frame_is_still_a_file() -> None:
    with pypdfium2.PdfDocument(paint(frame(), manuscript(title=""))) as document:
        assert len(document) == 1


FEATURE = """# 甲章

见[网页](https://a.example)、`code`、$a^2$ 和{汉字|hàn zì}[^a]。

| 头 | 头二 |
|---|---|
| 丙 | 丁 |

: 表题

- 项
    1. 深一层

> 引文。

::: exercise
填空：____。
:::

茶
:   叶子。

$$
x = 1
$$

## 乙节

[mot]{lang=fr}。

[^a]: 注文。
"""
PROFILES = (validation.ValidationProfile.PDF_A_2A, validation.ValidationProfile.PDF_UA_1)


def broken_rules(data: bytes, path: Path) -> list[str]:
    """Rules of PDF/A-2a and PDF/UA-1 that *data* breaks.

    page-validation 0.11 reads a CID-keyed CFF's widths through one font dictionary only: that rule is left
    out here, and tests/font/test_subset.py proves the widths by fontTools.
    """
    path.write_bytes(data)
    failures = [
        failure for name in PROFILES for failure in validation.validate_pdf(str(path), profile=name).failures
    ]
    return [f.rule_id for f in failures if not f.rule_id.endswith("-GLYPH-WIDTH-001")]


@pytest.fixture(scope="module")
def tagged() -> bytes:
    """A small book with all that a structure can hold."""
    text = FEATURE
    return PdfWriter().write(made(text), Findings())


def test_it_is_pdf_a_2a_and_pdf_ua_1(tagged: bytes, tmp_path: Path) -> None:
    assert broken_rules(tagged, tmp_path / "a.pdf") == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"/OutputIntents", b"/OtherIntents."),
        (b"/ToUnicode", b"/ToNothing"),
        (b"\r\nendstream", b"  endstream"),
        (b"<pdfaid:part>2", b"<pdfaid:part>9"),
        (b"<pdfuaid:part>1", b"<pdfuaid:part>9"),
        (b"/Marked true", b"/Marked null"),
        (b"/StructTreeRoot", b"/OtherTreeRoot."),
        (b"/S /H1", b"/S /H3"),
        (b"/StructParent ", b"/StructPerson "),
        (b"/DisplayDocTitle", b"/DisplayDocTools"),
        (b"/Alt <", b"/Art <"),
    ],
)
def test_the_validator_sees_faults(tagged: bytes, good: bytes, bad: bytes, tmp_path: Path) -> None:
    assert good in tagged
    assert broken_rules(tagged.replace(good, bad), tmp_path / "a.pdf")


@pytest.mark.slow
def test_qpdf_and_pdffonts_are_content(need: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(painted())
    subprocess.run([need("qpdf"), "--check", str(path)], check=True, capture_output=True)
    fonts = subprocess.run([need("pdffonts"), str(path)], check=True, capture_output=True, text=True)
    rows = fonts.stdout.splitlines()[2:]
    assert len(rows) >= 3
    assert all(re.search(r"yes yes yes\s+\d+\s+0$", row) for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["foot", "chapter"])
def test_tables_notes_and_code_that_go_over_pages_conform(place: str, tmp_path: Path) -> None:
    theme = override(Theme(), "note.place", place, Place("test"))
    data = PdfWriter().write(made(stress.all_together(), theme), Findings())
    assert broken_rules(data, tmp_path / "a.pdf") == []
    assert broken_rules(data.replace(b"/Lang", b"/Long"), tmp_path / "b.pdf") != []
