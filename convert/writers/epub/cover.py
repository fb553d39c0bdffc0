"""The cover: an image made of the book's own words when it has no other.

A field of the accent colour with the title large upon it; author, publisher and year small at the foot.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from convert.characters import is_cjk, is_wide
from convert.model.nodes import Metadata
from convert.terms import primary_language

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

__all__ = ["HEIGHT", "WIDTH", "break_title", "paint_cover"]

WIDTH, HEIGHT = 1600, 2560
_MARGIN = 176
_MEASURE = WIDTH - 2 * _MARGIN
_FIELD = 1680
"""Height of the accent field: near two thirds of the cover."""
_PAPER = (250, 248, 243)
_INK = (38, 38, 38)
_GREY = (98, 98, 98)

_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕〗”’…—～·,.;:!?)]}%‰℃々ー")
"""Marks that begin no line (CLREQ 6.1.1, in what a title holds)."""
_NOT_LAST = frozenset("（《〈「『【〔〖“‘([{")
"""Marks that end no line."""
_GOOD_END = frozenset("，。、；：！？）》」』—…·,;:!?) ")
"""A line may well end after these."""
_TOKEN = re.compile(r"[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ'’._-]*| |.", re.DOTALL)

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


def break_title(text: str, capacity: float) -> list[str] | None:
    """*text* in lines of at most *capacity* em, as even as can be; None when a word is wider.

    Lines end at spaces and marks where they may, never before a closing or after an opening mark,
    never inside a Latin word; no line but the only one holds a single character.
    """
    tokens = [token for token in _TOKEN.findall(" ".join(text.split())) if token]
    units = _glued(tokens)
    best: list[tuple[float, int]] = [(0.0, -1)]
    for end in range(1, len(units) + 1):
        options = []
        for start in range(end):
            line = "".join(units[start:end]).strip()
            width = _ems(line)
            if width > capacity or best[start][0] == float("inf"):
                continue
            cost = best[start][0] + ((capacity - width) / capacity) ** 2 + 1.0
            cost += 4.0 if len(line) == 1 and len(units) > 1 else 0.0
            if end < len(units):
                cost -= 0.6 if line[-1:] in _GOOD_END or units[end - 1].endswith(" ") else 0.0
            options.append((cost, start))
        best.append(min(options, default=(float("inf"), -1)))
    if best[-1][0] == float("inf"):
        return None
    lines: list[str] = []
    end = len(units)
    while end > 0:
        start = best[end][1]
        lines.append("".join(units[start:end]).strip())
        end = start
    return lines[::-1]


def _glued(tokens: list[str]) -> list[str]:
    """Tokens with what may not be parted from its neighbour put together."""
    units: list[str] = []
    for token in tokens:
        previous = units[-1] if units else ""
        joined = previous and (token == " " or token[0] in _NOT_FIRST or previous[-1] in _NOT_LAST)
        if joined:
            units[-1] += token
        else:
            units.append(token)
    return units


def _ems(text: str) -> float:
    """Width in em, about; the painter measures with the font itself."""
    return sum(1.0 if is_wide(char) or is_cjk(char) else 0.58 for char in text)


def paint_cover(metadata: Metadata, title: str, language: str, accent: str) -> bytes:
    """A JPEG of 1600 × 2560 with *title* and what *metadata* says; *accent* is ``#RRGGBB``."""
    from PIL import Image, ImageDraw, ImageFont

    colour = tuple(int(accent[at : at + 2], 16) for at in (1, 3, 5))
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, _FIELD), fill=colour)
    on_field = _PAPER if _contrast(colour, _PAPER) >= _contrast(colour, _INK) else _INK
    faces = _faces(language)

    def font(path: Path, size: int) -> FreeTypeFont:
        return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)

    size, lines = _fit(title)
    subtitle = " ".join(metadata.subtitle.split())
    small = max(60, min(84, size // 2))
    below = break_title(subtitle, _MEASURE / small) or ([subtitle] if subtitle else [])
    face = font(faces.serif, size)
    pitch = round(size * 1.32)
    height = len(lines) * pitch + (small + len(below) * round(small * 1.5) if below else 0)
    # The block stands on a line a little above the foot of the field, as titles do on cloth spines.
    y = max(_MARGIN, _FIELD - 236 - height)
    for line in lines:
        _text(draw, _MARGIN, y, line, face, on_field)
        y += pitch
    if below:
        y += small // 2
        draw.rectangle((_MARGIN, y, _MARGIN + 2 * small, y + 5), fill=on_field)
        y += small // 2 + 14
        face = font(faces.sans, small)
        for line in below:
            _text(draw, _MARGIN, y, line, face, on_field)
            y += round(small * 1.5)
    _foot(draw, metadata, font(faces.sans, 66), font(faces.sans, 46))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, subsampling=0, dpi=(300, 300))
    return out.getvalue()


def _fit(title: str) -> tuple[int, list[str]]:
    """The largest size at which *title* takes at most four lines (more, the smaller it gets), and the lines."""
    for size in _SIZES:
        lines = break_title(title, _MEASURE / size)
        if lines and len(lines) <= max(3, 760 // size):
            return size, lines
    size = _SIZES[-1]
    lines = break_title(title, _MEASURE / size) or _chopped(title, int(_MEASURE / size))
    return size, lines[:14]


def _chopped(text: str, count: int) -> list[str]:
    """A title that has a word wider than the cover, cut where it must be."""
    return [text[at : at + count] for at in range(0, len(text), count)]


def _text(draw: ImageDraw, x: float, y: float, line: str, face: FreeTypeFont, fill: tuple[int, ...]) -> None:
    """A line with its left edge optically flush: an opening mark's empty half hangs out."""
    if line[:1] in _NOT_LAST and is_wide(line[0]):
        x -= face.size / 2
    draw.text((x, y), line, font=face, fill=fill)


def _foot(draw: ImageDraw, metadata: Metadata, large: FreeTypeFont, little: FreeTypeFont) -> None:
    """People under the field; publisher and year at the very foot."""
    y = _FIELD + 150
    names = [person.name for person in metadata.contributors if person.name.strip()]
    for line in (break_title("　".join(names), _MEASURE / 66) or names)[:4]:
        draw.text((_MARGIN, y), line, font=large, fill=_INK)
        y += 104
    year = re.search(r"\d{4}", metadata.date)
    base = HEIGHT - 176
    if metadata.publisher:
        draw.text((_MARGIN, base), metadata.publisher, font=little, fill=_GREY, anchor="ls")
    if year:
        draw.text((WIDTH - _MARGIN, base), year[0], font=little, fill=_GREY, anchor="rs")


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: tuple[int, ...]) -> float:
        parts = [c / 255 for c in colour]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
