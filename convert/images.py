"""Images: found inside the book's folder, checked, and made into what every edition can show."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from convert.diagnostics import Code, Findings, Place
from convert.model.nodes import Attributes, Document, Figure, Image, Node, Paragraph, SourceSpan, Span, Text
from convert.model.walk import query, rewrite, walk
from convert.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

    from convert.vector import Drawing, Pen

__all__ = ["PRINT_DPI", "ImageAsset", "load_images"]

MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 80_000_000


PRINT_DPI = 150.0
"""Pixels to the inch below which print shows them."""
BROADEST = 450.0
"""Points: the text of office paper, of which an image's width may be a share.  Drawings have pixels for it."""


@dataclass(frozen=True, slots=True)
class ImageAsset:
    """An image as bytes, PNG or JPEG, upright.  `dpi` is the file's own, `PRINT_DPI` when it says nothing.

    One that is drawn, not made of pixels, has its `drawing` too; its bytes show that for print.
    """

    key: str
    media_type: str
    data: bytes
    width: int
    height: int
    dpi: float
    drawing: Drawing | None = None

    @property
    def natural_size(self) -> tuple[float, float]:
        """Width and height in points at the image's own resolution."""
        return self.width * 72 / self.dpi, self.height * 72 / self.dpi

    @property
    def suffix(self) -> str:
        """``.png``, ``.jpg`` or ``.svg``."""
        return {"image/png": ".png", "image/svg+xml": ".svg"}.get(self.media_type, ".jpg")


class _Refused(Exception):
    """An image that cannot be shown, with the finding's parts."""

    def __init__(self, code: Code, message: str, hint: str) -> None:
        super().__init__(message)
        self.parts = code, message, hint


def load_images(
    document: Document, root: Path | None, findings: Findings, missing: str, pen: Pen
) -> tuple[Document, Mapping[str, ImageAsset]]:
    """The document with every image that cannot be had replaced by its alt text, and the others' data.

    The picture of the cover is among them.  *root* is the book's folder: a path that leads out of it, an absolute one or an address is refused;
    nothing is fetched.  *missing* is the word to show where an image has no alt text; *pen* draws the words of
    drawings.
    """
    places = _places(document)
    if document.metadata.cover:
        span = SourceSpan((document.sources or ("",))[0], 0, 0)
        places.append((Image(document.metadata.cover, ""), span))
    shown = _shown(image for image, _ in places)
    assets: dict[str, ImageAsset] = {}
    refused: set[str] = set()
    for image, span in places:
        if image.source in assets or image.source in refused:
            continue
        try:
            asset = assets[image.source] = _load(image.source, root, pen, shown.get(image.source, 0.0))
            _tell(asset, Place(span.file, span.first), findings)
        except _Refused as error:
            code, message, hint = error.parts
            findings.error(code, Place(span.file, span.first), message, hint)
            refused.add(image.source)
    if not refused:
        return document, assets

    def stand_in(image: Image) -> Span:
        label = f"[{image.alt or missing}]"
        return Span((Text(label),), attributes=Attributes(("missing-image",)))

    def change(node: Node) -> Node:
        if isinstance(node, Figure) and isinstance(cast(object, node.image), Span):
            shown = cast(Span, cast(object, node.image))
            children = (shown, Text(" "), *node.caption) if node.caption else (shown,)
            return Paragraph(node.id, node.span, children)
        if isinstance(node, Image) and node.source in refused:
            return stand_in(node)
        return node

    return rewrite(document, change, {Figure, Image}), assets


def _shown(images: Iterable[Image]) -> dict[str, float]:
    """The greatest width in points that the text asks for, by source."""
    out: dict[str, float] = {}
    for image in images:
        width = image.width_points or (image.width or 0.0) * BROADEST
        out[image.source] = max(out.get(image.source, 0.0), width)
    return out


def _places(document: Document) -> list[tuple[Image, SourceSpan]]:
    """Every image with the lines of the nearest block round it."""
    out: list[tuple[Image, SourceSpan]] = []
    if next(query(document, Image), None) is None:
        return out
    span = SourceSpan("", 0, 0)
    for node in walk(document):
        if isinstance(node, Image):
            out.append((node, span))
        else:
            span = getattr(node, "span", span)
    return out


def _tell(asset: ImageAsset, place: Place, findings: Findings) -> None:
    """What a drawing lost when it was made safe, and why it is shown in pixels."""
    drawing = asset.drawing
    if drawing is None:
        return
    if drawing.left_out:
        message = f"drawing {asset.key} is shown without {', '.join(drawing.left_out)}"
        findings.warn(Code.IMAGE_LEFT_OUT, place, message, "save it as plain SVG, or as PNG")
    if drawing.why:
        message = f"drawing {asset.key} is printed in pixels, for it has {drawing.why}"
        findings.info(Code.IMAGE_PIXELS, place, message, "nothing need be done: it has 300 to the inch")


def _load(source: str, root: Path | None, pen: Pen, shown: float) -> ImageAsset:
    if "://" in source or source.lower().startswith(("//", "data:", "file:", "mailto:")):
        raise _Refused(
            Code.IMAGE_REMOTE, f"image {source[:80]} is not a file of this book", "save it beside the source"
        )
    if root is None:
        raise _Refused(
            Code.IMAGE_OUTSIDE, f"image {source} has no folder to be looked for in", "read from a file"
        )
    try:
        path = (root / source).resolve()
        inside = path.is_relative_to(root.resolve()) and not Path(source).is_absolute() and "\\" not in source
    except (OSError, ValueError):
        raise _Refused(
            Code.IMAGE_MISSING, f"image {source!r} has no usable name", "rename the file"
        ) from None
    if not inside:
        raise _Refused(
            Code.IMAGE_OUTSIDE, f"image {source} lies outside the book's folder", "move it into the folder"
        )
    try:
        if not path.is_file():
            raise _Refused(Code.IMAGE_MISSING, f"image {source} is not there", f"looked in {root}")
        if path.stat().st_size > MAX_BYTES:
            raise _Refused(Code.IMAGE_TOO_LARGE, f"image {source} is larger than 64 MiB", "save it smaller")
        data = path.read_bytes()
    except OSError as error:
        message = f"image {source[:80]} cannot be read: {error.strerror}"
        raise _Refused(Code.IMAGE_MISSING, message, "check its name and rights") from None
    return _drawn(source, data, pen, shown) if _is_xml(data) else _decode(source, data)


def _is_xml(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff")


def _drawn(source: str, data: bytes, pen: Pen, shown: float) -> ImageAsset:
    """A drawing: its pixels for those who cannot show more, and what it is drawn with."""
    from convert.vector import VectorError, read_svg

    try:
        drawing = read_svg(data, pen, shown)
    except VectorError as error:
        message = f"image {source} {error.message}"
        raise _Refused(Code.IMAGE_UNREADABLE, message, error.hint) from error
    width, height = drawing.pixels
    dpi = width * 72 / drawing.width
    return ImageAsset(source, "image/png", drawing.png, width, height, dpi, drawing)


def _decode(source: str, data: bytes) -> ImageAsset:
    """The image, upright and as PNG or JPEG; other formats become PNG."""
    import warnings

    from PIL import ExifTags, ImageOps, UnidentifiedImageError
    from PIL import Image as pillow

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pillow.DecompressionBombWarning)
            with pillow.open(
                io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
            ) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise _Refused(
                        Code.IMAGE_TOO_LARGE, f"image {source} has over 80 million pixels", "save it smaller"
                    )
                image.load()
                dpi = _resolution(image.info.get("dpi"))
                if image.mode in _DEEP:
                    return _as_png(source, ImageOps.exif_transpose(_shallow(image)), dpi)
                upright = image.getexif().get(ExifTags.Base.Orientation, 1) == 1
                # A camera's MPO is a JPEG with more pictures behind the first.
                if image.format in ("PNG", "JPEG", "MPO") and upright and image.mode != "CMYK":
                    kind = "image/png" if image.format == "PNG" else "image/jpeg"
                    return ImageAsset(source, kind, data, image.width, image.height, dpi)
                return _as_png(source, ImageOps.exif_transpose(image), dpi)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        pillow.DecompressionBombError,
    ) as error:
        message = f"image {source} cannot be read as PNG, JPEG, SVG, GIF, WebP, TIFF or BMP"
        raise _Refused(Code.IMAGE_UNREADABLE, message, "save it again as PNG or JPEG") from error
    except Warning as error:
        raise _Refused(
            Code.IMAGE_TOO_LARGE, f"image {source} unpacks to too much", "save it smaller"
        ) from error


_DEEP = ("I;16", "I;16B", "I", "F")
"""Greys of more than eight bits, which pillow would cut off, not scale."""


def _shallow(image: PillowImage) -> PillowImage:
    """Greys of 16 or 32 bits, or of fractions, in eight bits."""
    whole = image.convert("F")
    highest = cast("tuple[float, float]", whole.getextrema())[1]
    most = 65535.0 if image.mode.startswith("I") or highest > 255 else 1.0 if highest <= 1 else 255.0
    return whole.point(lambda value: value * (255 / most) + 0.0).convert("L")


def _as_png(source: str, image: PillowImage, dpi: float) -> ImageAsset:
    out = io.BytesIO()
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    image.convert("L" if image.mode in ("1", "L") else mode).save(out, "PNG", optimize=False)
    return ImageAsset(source, "image/png", out.getvalue(), image.width, image.height, dpi)


def _resolution(dpi: object) -> float:
    """Dots an inch from the file's own word, where it is believable."""
    if isinstance(dpi, tuple) and dpi:
        try:
            value = float(dpi[0])
        except (TypeError, ValueError):
            return PRINT_DPI
        if 30 <= value <= 2400:
            return value
    return PRINT_DPI
