"""Images as XObjects: JPEG data as it is, everything else as packed samples, transparency as a soft mask."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc

from convert.images import ImageAsset
from convert.records import replace
from convert.writers.pdf.ink import Ink, path, shading
from convert.writers.pdf.objects import Stream, number

if TYPE_CHECKING:
    from convert.vector import Drawing, Shape

__all__ = ["add_image"]

_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB"}


def add_image(document: pdfdoc.PDFDocument, asset: ImageAsset, ink: Ink) -> pdfdoc.PDFObjectReference:
    """The image's objects in *document* (ISO 32000-1, 8.9.5); the reference of the XObject.

    Its colours become those of *ink*.
    """
    if asset.drawing is not None and asset.drawing.shapes is not None:
        return document.Reference(_form(asset.drawing, asset.drawing.shapes, ink))
    if ink.mode == "grey":
        asset = _greyed(asset)
    elif ink.mode == "cmyk":
        return _in_inks(document, asset, ink)
    if asset.media_type == "image/jpeg":
        space = _SPACES.get(_components(asset.data))
        if space:
            entries = {**_entries(asset.width, asset.height, space), "Filter": "/DCTDecode"}
            return document.Reference(Stream(asset.data, entries, pack=False))
    reader = ImageReader(io.BytesIO(asset.data))
    samples = reader.getRGBData()
    width, height = reader.getSize()
    entries = _entries(width, height, _SPACES[max(1, len(samples) // (width * height))])
    alpha = reader._dataA
    if alpha is not None:
        mask = _entries(width, height, "/DeviceGray")
        entries["SMask"] = document.Reference(Stream(alpha.getRGBData(), mask))
    return document.Reference(Stream(samples, entries))


def _form(drawing: Drawing, shapes: Sequence[Shape], ink: Ink) -> Stream:
    """A drawing as a form (ISO 32000-1, 8.10): as an image it fills the unit square."""
    width, height = drawing.width, drawing.height
    out: list[str] = []
    states: dict[str, str] = {}
    shadings: list[str] = []
    colour, opacity = "#000000", 1.0
    for shape in shapes:
        if shape.opacity != opacity:
            opacity = shape.opacity
            out.append(f"/{states.setdefault(number(opacity), f'G{len(states) + 1}')} gs")
        if shape.gradient is not None:
            shadings.append(shading(shape.gradient, ink))
            a, b, c, d, e, f = shape.gradient.matrix
            place = " ".join(f"{value:.6f}" for value in (a, -b, c, -d, e, height - f))
            outline = path(shape.commands, shape.points, (0.0, height), 1.0, "W n")
            out.append(f"q {outline} {place} cm /S{len(shadings)} sh Q")
            continue
        if shape.colour != colour:
            colour = shape.colour
            out.append(ink.fill(colour))
        out.append(path(shape.commands, shape.points, (0.0, height), 1.0))
    entries: dict[str, object] = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": f"[0 0 {number(width)} {number(height)}]",
        "Matrix": f"[{1 / width:.9f} 0 0 {1 / height:.9f} 0 0]",
    }
    clear = " ".join(f"/{name} << /ca {value} >>" for value, name in states.items())
    shades = " ".join(f"/S{at} {said}" for at, said in enumerate(shadings, 1))
    entries["Resources"] = f"<< /ExtGState << {clear} >> /Shading << {shades} >> >>"
    return Stream("\n".join(out).encode("ascii"), entries)


def _in_inks(document: pdfdoc.PDFDocument, asset: ImageAsset, ink: Ink) -> pdfdoc.PDFObjectReference:
    """*asset* in the inks of the press, transparency apart; greys are black ink alone."""
    from PIL import Image

    with Image.open(io.BytesIO(asset.data)) as opened:
        clear = "A" in opened.getbands() or "transparency" in opened.info
        image = opened.convert("RGBA" if clear else "L" if opened.mode in ("1", "L") else "RGB")
    alpha = image.getchannel("A") if clear else None
    made = ink.picture(image.convert("RGB") if clear else image)
    entries = _entries(asset.width, asset.height, "/DeviceGray" if made.mode == "L" else "/DeviceCMYK")
    if alpha is not None:
        mask = _entries(asset.width, asset.height, "/DeviceGray")
        entries["SMask"] = document.Reference(Stream(alpha.tobytes(), mask))
    return document.Reference(Stream(made.tobytes(), entries))


def _greyed(asset: ImageAsset) -> ImageAsset:
    """*asset* as PNG in greys, transparency kept."""
    from PIL import Image

    with Image.open(io.BytesIO(asset.data)) as image:
        clear = "A" in image.getbands() or "transparency" in image.info
        out = io.BytesIO()
        (image.convert("RGBA").convert("LA") if clear else image.convert("L")).save(out, "PNG")
    return replace(asset, media_type="image/png", data=out.getvalue())


def _entries(width: int, height: int, space: str) -> dict[str, object]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": width,
        "Height": height,
        "ColorSpace": space,
        "BitsPerComponent": 8,
    }


def _components(data: bytes) -> int:
    """Number of colour components of a JPEG (ITU-T T.81, B.2.2); 0 when no frame is found."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            return data[at + 9]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0
