"""Images: found inside the book's folder or refused; nothing is fetched."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest
from PIL import Image as pillow
from PIL import ImageColor

from convert import images
from convert.diagnostics import Code, Findings
from convert.images import load_images
from convert.model.nodes import Document, Figure, Image, Metadata, Paragraph, SourceSpan, Text
from convert.model.walk import plain_text, query
from tests.vector.drawings import FLOW, square_pen, svg

SPAN = SourceSpan("书.md", 7, 7)


def with_image(source: str, alt: str = "说明") -> Document:
    return Document(Metadata(), (Paragraph("p", SPAN, (Text("前"), Image(source, alt), Text("后"))),))


def picture(form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (8, 4), **options: object) -> bytes:
    out = io.BytesIO()
    pillow.new(mode, size).save(out, form, **options)
    return out.getvalue()


def loaded(root: Path, source: str) -> images.ImageAsset:
    findings = Findings()
    _, assets = load_images(with_image(source), root, findings, "图片缺失", square_pen)
    assert not list(findings)
    return assets[source]


def refusal(root: Path | None, source: str, alt: str = "说明") -> tuple[Code, Document]:
    findings = Findings()
    document, assets = load_images(with_image(source, alt), root, findings, "图片缺失", square_pen)
    assert not assets
    (finding,) = findings
    assert (finding.place.file, finding.place.line) == ("书.md", 7)
    assert finding.hint
    assert "\n" not in str(finding)
    return finding.code, document


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_png_and_jpeg_stay_as_they_are(tmp_path: Path, form: str) -> None:
    data = picture(form, dpi=(300, 300))
    (tmp_path / "图 1.png").write_bytes(data)
    asset = loaded(tmp_path, "图 1.png")
    assert asset.data == data
    assert (asset.width, asset.height) == (8, 4)
    assert asset.natural_size == pytest.approx((8 * 72 / 300, 4 * 72 / 300), rel=0.01)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "TIFF", "BMP"])
def test_other_formats_become_png(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.x").write_bytes(picture(form))
    asset = loaded(tmp_path, "a.x")
    assert asset.media_type == "image/png"
    assert pillow.open(io.BytesIO(asset.data)).format == "PNG"


def test_a_picture_that_lies_on_its_side_is_set_upright(tmp_path: Path) -> None:
    exif = pillow.Exif()
    exif[274] = 6
    (tmp_path / "a.jpg").write_bytes(picture("JPEG", exif=exif))
    asset = loaded(tmp_path, "a.jpg")
    assert (asset.width, asset.height) == (4, 8)


CORNERS = {"RED": (0, 0), "LIME": (1, 0), "BLUE": (0, 1), "YELLOW": (1, 1)}


def four_corners() -> pillow.Image:
    """A picture of 16 by 8 whose quarters have colours of their own."""
    image = pillow.new("RGB", (16, 8))
    for colour, (x, y) in CORNERS.items():
        image.paste(colour.lower(), (8 * x, 4 * y, 8 * x + 8, 4 * y + 4))
    return image


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "TIFF", "PNG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_it_lies_a_picture_is_set_upright(tmp_path: Path, form: str, orientation: int) -> None:
    lying = four_corners()
    turn = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90",
            7: "TRANSVERSE", 8: "ROTATE_270"}.get(orientation)  # fmt: skip
    if turn:
        lying = lying.transpose(pillow.Transpose[turn])
    exif = pillow.Exif()
    exif[274] = orientation
    options = {"lossless": True} if form == "WEBP" else {"quality": 100} if form == "JPEG" else {}
    lying.save(tmp_path / "a.x", form, exif=exif, **options)
    asset = loaded(tmp_path, "a.x")
    upright = pillow.open(io.BytesIO(asset.data)).convert("RGB")
    assert (asset.width, asset.height) == upright.size == (16, 8)
    for colour, (x, y) in CORNERS.items():
        found = upright.getpixel((8 * x + 4, 4 * y + 2))
        wanted = ImageColor.getrgb(colour)
        assert all(abs(a - b) < 30 for a, b in zip(found, wanted, strict=True)), (colour, found)


@pytest.mark.parametrize(("mode", "most"), [("I;16", 65535), ("I", 65535), ("F", 1.0), ("F", 255.0)])
def test_greys_of_many_bits_keep_their_steps(tmp_path: Path, mode: str, most: float) -> None:
    deep = pillow.new(mode, (3, 1))
    for x, share in enumerate((0.0, 0.5, 1.0)):
        deep.putpixel((x, 0), int(share * most) if mode != "F" else share * most)
    deep.save(tmp_path / "a.tif", "TIFF")
    shown = pillow.open(io.BytesIO(loaded(tmp_path, "a.tif").data))
    assert shown.mode == "L"
    greys = [shown.getpixel((x, 0)) for x in range(3)]
    assert greys == pytest.approx([0, 127, 255], abs=1)


def test_a_drawing_is_known_by_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text(FLOW, "utf-8")
    asset = loaded(tmp_path, "a.png")
    assert asset.drawing is not None and asset.drawing.shapes
    assert asset.natural_size == pytest.approx((75, 37.5), abs=0.2)
    assert pillow.open(io.BytesIO(asset.data)).size == (asset.width, asset.height)


def test_what_a_drawing_loses_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(svg('<script/><g onload="x"/><image href="b.png"/>'))
    findings = Findings()
    load_images(with_image("a.svg"), tmp_path, findings, "", square_pen)
    (told,) = findings
    assert (told.code, told.place.line) == (Code.IMAGE_LEFT_OUT, 7)
    assert all(word in told.message for word in ("script", "event attributes", "links to other files"))


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(picture("JPEG", "CMYK"))
    assert pillow.open(io.BytesIO(loaded(tmp_path, "a.jpg").data)).mode == "RGB"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("no.png", Code.IMAGE_MISSING),
        ("folder", Code.IMAGE_MISSING),
        ("a\0.png", Code.IMAGE_MISSING),
        ("n" * 300 + ".png", Code.IMAGE_MISSING),
        ("../outside.png", Code.IMAGE_OUTSIDE),
        ("folder/../../outside.png", Code.IMAGE_OUTSIDE),
        ("..\\outside.png", Code.IMAGE_OUTSIDE),
        ("link.png", Code.IMAGE_OUTSIDE),
        ("/etc/hostname", Code.IMAGE_OUTSIDE),
        ("http://example.org/a.png", Code.IMAGE_REMOTE),
        ("HTTPS://example.org/a.png", Code.IMAGE_REMOTE),
        ("//example.org/a.png", Code.IMAGE_REMOTE),
        ("file:///etc/hostname", Code.IMAGE_REMOTE),
        ("file:outside.png", Code.IMAGE_REMOTE),
        ("data:image/png;base64,AAAA", Code.IMAGE_REMOTE),
        ("text.png", Code.IMAGE_UNREADABLE),
        ("cut.png", Code.IMAGE_UNREADABLE),
        ("drawing.svg", Code.IMAGE_UNREADABLE),
    ],
)
def test_what_cannot_be_had_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, code: Code
) -> None:
    root = tmp_path / "book"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "outside.png").write_bytes(picture())
    (root / "link.png").symlink_to(tmp_path / "outside.png")
    (root / "text.png").write_text("no picture")
    (root / "cut.png").write_bytes(picture(size=(90, 90))[:60])
    (root / "drawing.svg").write_text("<svg width='4'/>")

    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    found, document = refusal(root, source)
    assert found is code
    assert plain_text(document.blocks) == "前[说明]后"
    assert not list(query(document, Image))


def test_without_a_folder_no_image_can_be_had() -> None:
    assert refusal(None, "a.png")[0] is Code.IMAGE_OUTSIDE


def test_an_image_without_a_text_of_its_own_shows_the_languages_word(tmp_path: Path) -> None:
    assert plain_text(refusal(tmp_path, "no.png", alt="")[1].blocks) == "前[图片缺失]后"


def test_a_figure_keeps_its_caption(tmp_path: Path) -> None:
    figure = Figure("f", SPAN, Image("no.png", "画"), (Text("题注"),))
    document, _ = load_images(Document(Metadata(), (figure,)), tmp_path, Findings(), "", square_pen)
    assert plain_text(document.blocks) == "[画] 题注"


def test_too_many_pixels_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 31)
    (tmp_path / "a.png").write_bytes(picture())
    assert refusal(tmp_path, "a.png")[0] is Code.IMAGE_TOO_LARGE
    monkeypatch.setattr(images, "MAX_PIXELS", 32)
    loaded(tmp_path, "a.png")


def test_too_many_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_BYTES", 10)
    (tmp_path / "a.png").write_bytes(picture())
    assert refusal(tmp_path, "a.png")[0] is Code.IMAGE_TOO_LARGE


def test_one_image_shown_twice_is_told_of_once(tmp_path: Path) -> None:
    findings = Findings()
    image = Image("no.png", "甲")
    document = Document(Metadata(), (Paragraph("p", SPAN, (image, image)),))
    changed, _ = load_images(document, tmp_path, findings, "", square_pen)
    assert len(findings) == 1
    assert plain_text(changed.blocks) == "[甲][甲]"
