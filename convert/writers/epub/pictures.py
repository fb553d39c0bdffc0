"""Pictures as reading systems can take them: not too large, on a white ground, each kept once."""

from __future__ import annotations

import io
from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING

from convert.images import ImageAsset
from convert.records import replace

if TYPE_CHECKING:
    from convert.vector import Drawing

__all__ = ["fitted", "image_files", "note_picture"]

MAX_PIXELS = 4_000_000
"""What Apple Books takes of any picture on any device; more than a screen can show."""
MAX_SIDE = 3200
MAX_BYTES = 4_000_000
"""Under the 5 MB that Kindle takes of one picture."""
_QUALITY = 88
_ALPHA = (4, 6)
"""PNG colour types with a channel of transparency (PNG 3, 11.2.1)."""


def image_files(images: Mapping[str, ImageAsset]) -> dict[str, tuple[str, ImageAsset]]:
    """Address and data of every image, by its source; the same data is kept once."""
    out: dict[str, tuple[str, ImageAsset]] = {}
    known: dict[bytes, tuple[str, ImageAsset]] = {}
    for source, asset in images.items():
        if asset.data not in known:
            shown = fitted(asset) if asset.drawing is None else _drawn(asset, asset.drawing)
            known[asset.data] = (f"images/i{len(known) + 1:03}{shown.suffix}", shown)
        out[source] = known[asset.data]
    return out


def _drawn(asset: ImageAsset, drawing: Drawing) -> ImageAsset:
    """A drawing as it is: SVG is a core media type (EPUB 3.3, 3.2)."""
    return replace(asset, media_type="image/svg+xml", data=drawing.svg)


def fitted(asset: ImageAsset) -> ImageAsset:
    """*asset* in the limits of stores, and without transparency: dark lines would vanish on a dark page."""
    scale = min(
        1.0, MAX_SIDE / max(asset.width, asset.height), sqrt(MAX_PIXELS / (asset.width * asset.height))
    )
    if scale == 1.0 and len(asset.data) <= MAX_BYTES and not _is_transparent(asset):
        return asset
    from PIL import Image

    with Image.open(io.BytesIO(asset.data)) as opened:
        image = opened.convert("RGBA") if _is_transparent(asset) else opened.convert(_plain_mode(opened.mode))
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    if scale < 1.0:
        size = (max(1, round(asset.width * scale)), max(1, round(asset.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS)
    kind, data = asset.media_type, io.BytesIO()
    if kind == "image/png":
        image.save(data, "PNG")
    if kind != "image/png" or data.tell() > MAX_BYTES:
        kind, data = "image/jpeg", io.BytesIO()
        image.save(data, "JPEG", quality=_QUALITY)
    return replace(asset, media_type=kind, data=data.getvalue(), width=image.width, height=image.height)


def _plain_mode(mode: str) -> str:
    return "L" if mode in ("1", "L", "I;16") else "RGB"


def _is_transparent(asset: ImageAsset) -> bool:
    if asset.media_type != "image/png":
        return False
    header = asset.data[:4096].partition(b"IDAT")[0]
    return header[25:26] in tuple(bytes((kind,)) for kind in _ALPHA) or b"tRNS" in header


def note_picture() -> bytes:
    """The mark of a note as a PNG: an i in a ring, grey, so that it is seen by day and by night."""
    from PIL import Image, ImageDraw

    size, grey = 192, (118, 118, 118)
    image = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, size - 1, size - 1), fill=grey)
    draw.ellipse((84, 40, 108, 64), fill="white")
    draw.rounded_rectangle((84, 78, 108, 152), radius=6, fill="white")
    out = io.BytesIO()
    image.resize((size // 4, size // 4), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
