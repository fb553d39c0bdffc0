"""The cover: an image made of the book's own words when it has no other.

A field of the accent colour with the title large upon it; author, publisher and year small at the foot.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from convert.characters import is_cjk, is_wide
from convert.model.nodes import Metadata
from convert.records import dataclass
from convert.terms import primary_language
from convert.titling import NOT_LAST, Words, break_title

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

__all__ = ["HEIGHT", "LEAST_HEIGHT", "WIDTH", "paint_cover"]

WIDTH, HEIGHT = 1600, 2560
LEAST_HEIGHT = 2400
"""What shops ask for at least: 1600 × 2400."""
_MARGIN = 176
_MEASURE = WIDTH - 2 * _MARGIN
_FIELD = 1680
"""Height of the accent field: near two thirds of the cover."""
_TALLEST = 860
"""Sum of the title's line sizes: with the leading, what the field has room for."""
_TALLEST_ABOVE_SUBTITLE = 600
_PAPER = (250, 248, 243)
_INK = (38, 38, 38)
_GREY = (98, 98, 98)

_STEPS = 85
"""Levels of a ramp of colours: three of them fill a palette of 256."""
_SIZES = (248, 224, 200, 180, 160, 144, 128, 112, 96, 80, 68)


@dataclass(frozen=True, slots=True)
class _Faces:
    """Files of the two faces a cover is set in."""

    sans: Path
    serif: Path


def _faces(language: str) -> _Faces:
    """Noto for the language where its package is installed, else the Simplified Chinese one."""
    wanted = {"zh-Hant": "zh_tw", "ja": "cjk", "ko": "ko"}.get(primary_language(language))
    for name in filter(None, (wanted, "zh_cn")):
        try:
            package = import_module(f"pylopdf_fonts_{name}")
            return _Faces(Path(package.sans_path()), Path(package.serif_path()))
        except (ImportError, AttributeError):
            continue
    raise AssertionError("pylopdf-fonts-zh-cn is a dependency of quire")


def paint_cover(metadata: Metadata, title: str, language: str, accent: str, words: Words) -> bytes:
    """A PNG of 1600 × 2560 with *title* and what *metadata* says; *accent* is ``#RRGGBB``.

    *words* knows the book's words, so that the title is broken between them.
    """
    from PIL import ImageFont

    colour = tuple(int(accent[at : at + 2], 16) for at in (1, 3, 5))
    on_field = _PAPER if _contrast(colour, _PAPER) >= _contrast(colour, _INK) else _INK
    faces = _faces(language)

    def font(path: Path, size: int) -> FreeTypeFont:
        return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)

    sheet = _Sheet((colour, on_field), (_PAPER, _INK), (_PAPER, _GREY))
    _title(sheet, title, " ".join(metadata.subtitle.split()), faces, words, font)
    _foot(sheet, metadata, partial(font, faces.sans), words)
    return sheet.png()


class _Sheet:
    """The cover as rows of palette indices.

    Each ground has a ramp of its own from its colour to that of what stands on it, so that a glyph drawn
    in grey levels is drawn in colours.  Only bands that show something are ever images.
    """

    def __init__(self, *ramps: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
        self._ramps = ramps
        self._rows = [self._ground(0)] * _FIELD + [self._ground(1)] * (HEIGHT - _FIELD)

    def _ground(self, ramp: int) -> bytes:
        return b"\0" + bytes((ramp * _STEPS,)) * WIDTH

    def band(self, top: int, height: int, ramp: int) -> _Band:
        """An empty strip of the sheet, to be drawn on and put back."""
        from PIL import Image as pillow
        from PIL import ImageDraw

        height = max(0, min(height, HEIGHT - top))
        image = pillow.new("L", (WIDTH, height), ramp * _STEPS)
        return _Band(image, ImageDraw.Draw(image), top, (ramp + 1) * _STEPS - 1)

    def put(self, band: _Band) -> None:
        """*band* in its place."""
        data = band.image.tobytes()
        for at in range(len(data) // WIDTH):
            self._rows[band.top + at] = b"\0" + data[at * WIDTH : (at + 1) * WIDTH]

    def png(self) -> bytes:
        """The file (PNG 3): Pillow's own way loads five plug-ins first and takes three times as long."""
        palette = bytearray()
        for begin, end in self._ramps:
            for step in range(_STEPS):
                share = step / (_STEPS - 1)
                palette += bytes(round(a + (b - a) * share) for a, b in zip(begin, end, strict=True))
        header = struct.pack(">2L5B", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        packer = zlib.compressobj(6, zlib.DEFLATED, 15, 8, zlib.Z_RLE)
        rows = packer.compress(b"".join(self._rows)) + packer.flush()
        chunks = ((b"IHDR", header), (b"PLTE", bytes(palette)), (b"IDAT", rows), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


@dataclass(frozen=True, slots=True)
class _Band:
    """A strip that is being drawn on; `ink` is the colour of what stands on its ground."""

    image: Image
    draw: ImageDraw
    top: int
    ink: int

    def text(self, x: float, y: float, line: str, face: FreeTypeFont, anchor: str = "la") -> None:
        """A line with its left edge optically flush: an opening mark's empty half hangs out."""
        if line[:1] in NOT_LAST and is_wide(line[0]):
            x -= face.size / 2
        # Two dashes side by side would show a gap; the font has a glyph for the pair.
        self.draw.text((x, y - self.top), line.replace("——", "⸺"), font=face, fill=self.ink, anchor=anchor)


def _title(
    sheet: _Sheet,
    title: str,
    subtitle: str,
    faces: _Faces,
    words: Words,
    font: Callable[[Path, int], FreeTypeFont],
) -> None:
    """Title and subtitle, which stand a little above the foot of the field, as on cloth bindings."""
    size, lines = _fit(title, _TALLEST_ABOVE_SUBTITLE if subtitle else _TALLEST, words)
    small = max(60, min(84, size // 2))
    below = _lines(subtitle, small, words)
    pitch = round(size * 1.32)
    height = len(lines) * pitch + (2 * small + len(below) * round(small * 1.5) if below else 0)
    y = max(_MARGIN, _FIELD - 236 - height)
    band = sheet.band(y, _FIELD - y, 0)
    face = font(faces.serif, size)
    for line in lines:
        band.text(_MARGIN, y, line, face)
        y += pitch
    if below:
        y += small
        band.draw.rectangle((_MARGIN, y - band.top, _MARGIN + 2 * small, y - band.top + 5), fill=band.ink)
        y += small
        face = font(faces.sans, small)
        for line in below:
            band.text(_MARGIN, y, line, face)
            y += round(small * 1.5)
    sheet.put(band)


def _fit(title: str, tallest: int, words: Words) -> tuple[int, list[str]]:
    """Size and lines of *title*: large, in few lines, and broken where it makes sense."""
    folded = " ".join(title.split())
    if len(folded) == 2 and all(map(is_cjk, folded)):  # set an em apart, the custom for two characters
        return _SIZES[0], ["　".join(folded)]
    options = []
    for size in _SIZES:
        broken = break_title(folded, _MEASURE / size, words)
        if broken and len(broken[1]) * size <= tallest:
            options.append((broken[0] + 9 * math.log(_SIZES[0] / size), -size, broken[1]))
    if options:
        _, size, lines = min(options)
        return -size, lines
    return _SIZES[-1], _lines(folded, _SIZES[-1], words)[:14]


def _lines(text: str, size: int, words: Words) -> list[str]:
    """*text* in lines of the measure at *size*, cut inside a word only when it is wider than a line."""
    if not text:
        return []
    if broken := break_title(text, _MEASURE / size, words):
        return broken[1]
    count = int(_MEASURE / size)
    return [text[at : at + count] for at in range(0, len(text), count)]


def _foot(sheet: _Sheet, metadata: Metadata, font: Callable[[int], FreeTypeFont], words: Words) -> None:
    """People under the field; publisher and year at the very foot."""
    names: Sequence[str] = [" ".join(person.name.split()) for person in metadata.contributors]
    names = [name for name in names if name]
    shown = names if len(names) <= 3 else _lines("、".join(names), 66, words)[:4]
    if shown:
        y = _FIELD + 150
        band = sheet.band(y, 104 * len(shown), 1)
        large = font(66)
        for line in shown:
            band.text(_MARGIN, y, line, large)
            y += 104
        sheet.put(band)
    year = re.search(r"\d{4}", metadata.date)
    base = HEIGHT - _MARGIN
    band = sheet.band(base - 60, 90, 2)
    if metadata.publisher or year:
        # A face of ten megabytes is opened only when something is set in it.
        little = font(46)
        if metadata.publisher:
            band.text(_MARGIN, base, metadata.publisher, little, "ls")
        if year:
            band.text(WIDTH - _MARGIN, base, year[0], little, "rs")
    sheet.put(band)


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: tuple[int, ...]) -> float:
        parts = [c / 255 for c in colour]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
