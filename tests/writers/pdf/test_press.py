"""For the press: boxes, crop marks, black ink alone."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from convert.diagnostics import Code
from convert.errors import BookError
from convert.images import ImageAsset
from convert.model.nodes import ExternalTarget
from convert.records import replace
from convert.reference import ReferenceFile
from convert.theme import PdfTheme, Theme
from convert.typeset.frame import ImageItem, LinkArea, Rule
from convert.vector import read_svg
from convert.writers.pdf.document import paint
from tests.vector.drawings import square_pen, svg

from .frames import frame, manuscript, png, run
from .profiles import NAME, profile
from .test_document import broken_rules


def made(theme: PdfTheme, press: bytes = b"") -> pikepdf.Pdf:
    grey = io.BytesIO()
    Image.new("L", (4, 3), 90).save(grey, "PNG")
    images = {
        "a.png": ImageAsset("a.png", "image/png", png(4, 3, alpha=True), 4, 3, 150.0),
        "g.png": ImageAsset("g.png", "image/png", grey.getvalue(), 4, 3, 150.0),
        "d.svg": ImageAsset("d.svg", "image/png", b"", 4, 3, 150.0, DRAWING),
    }
    shown = frame(
        run("字", 60, 80), Rule(60, 90, 20, 1, "#9B2226"), Rule(60, 95, 20, 1, "#666666"),
        *(ImageItem(key, 60, 100, 40, 30) for key in images), LinkArea(60, 80, 9, 9, ExternalTarget("https://a.example"))
    )  # fmt: skip
    profile = ReferenceFile("press.icc", press) if press else None
    book = replace(manuscript(images), theme=replace(Theme(), pdf=theme), profile=profile)
    return pikepdf.open(io.BytesIO(paint(shown, book)))


DRAWING = read_svg(svg('<rect width="9" height="9" fill="#9B2226" opacity=".5"/>'), square_pen)
CMYK = PdfTheme(colour="cmyk", profile="press.icc")


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
        spaces = {str(x.ColorSpace) for x in page.Resources.XObject.values() if x.Subtype == "/Image"}
        return b" rg" in page.Contents.read_bytes(), spaces

    assert colours(made(PdfTheme())) == (True, {"/DeviceRGB", "/DeviceGray"})
    assert colours(made(PdfTheme(colour="grey"))) == (False, {"/DeviceGray"})


def test_what_goes_to_the_press_is_accessible_and_lasting_too(tmp_path: Path) -> None:
    out = io.BytesIO()
    made(PdfTheme(bleed=8.5, marks=True, colour="grey")).save(out, static_id=True)
    plain = io.BytesIO()
    made(PdfTheme()).save(plain, static_id=True)
    assert broken_rules(out.getvalue(), tmp_path / "a.pdf") == broken_rules(
        plain.getvalue(), tmp_path / "b.pdf"
    )


def operators(pdf: pikepdf.Pdf) -> set[str]:
    """The operators that set a colour, in pages and forms."""
    streams = [page.Contents for page in pdf.pages]
    streams += [x for x in pdf.pages[0].Resources.XObject.values() if x.Subtype == "/Form"]
    colours = {"g", "rg", "k", "G", "RG", "K", "cs", "CS", "sc", "scn", "SC", "SCN"}
    return {str(op) for stream in streams for _, op in pikepdf.parse_content_stream(stream)} & colours


def spaces(pdf: pikepdf.Pdf) -> list[str]:
    return [str(x.ColorSpace) for x in pdf.pages[0].Resources.XObject.values() if x.Subtype == "/Image"]


def faults_of_x4(pdf: pikepdf.Pdf) -> set[str]:
    """What of ISO 15930-7 the file breaks, as far as a file of quire can; no validator of PDF/X is free."""
    found = set()
    root, xmp = pdf.Root, pdf.Root.Metadata.read_bytes().decode("utf-8")
    intents = [intent for intent in root.get("/OutputIntents", []) if intent.S == "/GTS_PDFX"]
    wanted = {
        "one intent with its profile": len(intents) == 1 and "/DestOutputProfile" in intents[0],
        "a press": bool(intents) and intents[0].DestOutputProfile.read_bytes()[12:16] == b"prtr",
        "its condition": bool(intents)
        and str(intents[0].OutputConditionIdentifier) == str(intents[0].Info) != "",
        "identified": "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in xmp,
        "trapped or not": "<pdf:Trapped>False</pdf:Trapped>" in xmp
        and pdf.docinfo.get("/Trapped") == "/False",
        "PDF 1.6": pdf.pdf_version == "1.6",
        "an identifier": len(pdf.trailer.get("/ID", [])) == 2,
        "no actions": "/OpenAction" not in root and "/AA" not in root and "/AcroForm" not in root,
    }
    for name in (
        "CreateDate",
        "ModifyDate",
        "MetadataDate",
        "DocumentID",
        "VersionID",
        "RenditionClass",
        "title",
    ):
        wanted[name] = f":{name}>" in xmp
    components = int(intents[0].DestOutputProfile.N) if intents else 0
    allowed = {1: {"/DeviceGray"}, 3: {"/DeviceRGB", "/DeviceGray"}, 4: {"/DeviceCMYK", "/DeviceGray"}}
    wanted["colours of the press"] = set(spaces(pdf)) <= allowed.get(components, set())
    wanted["operators of the press"] = operators(pdf) <= {1: {"g"}, 3: {"g", "rg"}, 4: {"g", "k", "G"}}.get(
        components, set()
    )
    for page in pdf.pages:
        media, trim = box(page, "/MediaBox"), box(page, "/TrimBox")
        bleed = box(page, "/BleedBox") if "/BleedBox" in page.obj else trim
        wanted["boxes"] = all(
            outer[n] <= inner[n] and outer[n + 2] >= inner[n + 2]
            for outer, inner in ((media, bleed), (bleed, trim)) for n in (0, 1)
        )  # fmt: skip
        wanted["nothing to click"] = "/Annots" not in page.obj
        for font in page.Resources.get("/Font", {}).values():
            file = font.DescendantFonts[0].FontDescriptor
            wanted["fonts"] = "/FontFile3" in file or "/FontFile2" in file
    found |= {name for name, holds in wanted.items() if not holds}
    return found


def test_with_the_profile_of_a_press_it_is_pdf_x_4() -> None:
    press = profile()
    pdf = made(replace(CMYK, bleed=8.5, marks=True), press)
    assert faults_of_x4(pdf) == set()
    (intent,) = pdf.Root.OutputIntents
    assert intent.DestOutputProfile.read_bytes() == press and str(intent.Info) == NAME
    assert operators(pdf) == {"g", "k", "G"}
    assert sorted(spaces(pdf)) == ["/DeviceCMYK", "/DeviceGray"]
    grey = made(PdfTheme(colour="grey", profile="press.icc"), press)
    assert faults_of_x4(grey) == set() and operators(grey) == {"g"}
    assert set(spaces(grey)) == {"/DeviceGray"}
    # The other way: what goes to no press has links, sRGB and PDF/A-2a.
    assert {"identified", "one intent with its profile", "nothing to click", "PDF 1.6"} <= faults_of_x4(
        made(PdfTheme())
    )


def test_gradients_are_in_the_colours_of_the_press() -> None:
    blend = svg('<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>'
                '<rect width="9" height="9" fill="url(#g)"/>')  # fmt: skip
    asset = ImageAsset("d.svg", "image/png", b"", 4, 3, 150.0, read_svg(blend, square_pen))

    def space(theme: PdfTheme, press: bytes = b"") -> tuple[str, int]:
        profile = ReferenceFile("press.icc", press) if press else None
        book = replace(manuscript({"d": asset}), theme=replace(Theme(), pdf=theme), profile=profile)
        pdf = pikepdf.open(io.BytesIO(paint(frame(ImageItem("d", 60, 100, 40, 30)), book)))
        (form,) = pdf.pages[0].Resources.XObject.values()
        (shading,) = form.Resources.Shading.values()
        return str(shading.ColorSpace), len(shading.Function.Functions[0].C0)

    assert space(PdfTheme()) == ("/DeviceRGB", 3)
    assert space(PdfTheme(colour="grey")) == ("/DeviceGray", 1)
    assert space(CMYK, profile()) == ("/DeviceCMYK", 4)


def test_colours_are_the_inks_of_the_press_and_black_is_black_ink() -> None:
    pdf = made(CMYK, profile())
    content = pdf.pages[0].Contents.read_bytes().decode("ascii")
    (inks,) = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) k", content)
    cyan, magenta, yellow, black = map(float, inks)
    # A dark red: hardly any cyan, much of the other two, some black.
    assert cyan < 0.1 and magenta > 0.6 and yellow > 0.6 and 0.2 < black < 0.6
    assert "0.4 g" in content


def test_what_goes_to_the_press_can_be_heard(tmp_path: Path) -> None:
    out = io.BytesIO()
    made(CMYK, profile()).save(out, static_id=True)
    path = tmp_path / "a.pdf"
    path.write_bytes(out.getvalue())
    validation = pytest.importorskip("page")
    report = validation.validate_pdf(str(path), profile=validation.ValidationProfile.PDF_UA_1)
    assert {f.rule_id for f in report.failures} <= {"PDFUA1-FONT-GLYPH-WIDTH-001"}
    with pikepdf.open(path) as pdf:
        kinds = {
            str(obj.S)
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/StructElem"
        }
    assert "/Link" not in kinds


def test_the_same_bytes_for_the_press() -> None:
    one, two = (made(CMYK, profile()) for _ in range(2))
    assert one.pages[0].Contents.read_bytes() == two.pages[0].Contents.read_bytes()
    assert one.Root.Metadata.read_bytes() == two.Root.Metadata.read_bytes()


@pytest.mark.parametrize(
    ("theme", "press", "said"),
    [
        (CMYK, b"", "wants the profile of a press"),
        (CMYK, b"no profile", "no ICC profile of a press"),
        (CMYK, profile(kind=b"mntr"), "no ICC profile of a press"),
        (CMYK, profile(space=b"GRAY"), "does not go with pdf.colour = cmyk"),
        (PdfTheme(profile="press.icc"), profile(), "does not go with pdf.colour = colour"),
        (CMYK, profile()[:300], "cannot be used"),
    ],
)
def test_a_profile_that_does_not_serve_is_refused(theme: PdfTheme, press: bytes, said: str) -> None:
    with pytest.raises(BookError, match=said) as caught:
        made(theme, press)
    assert caught.value.finding.code is Code.SETTING_VALUE and caught.value.finding.hint
