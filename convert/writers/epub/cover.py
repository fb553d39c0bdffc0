"""The cover: an image made of the book's own words when it has no other.

A field of the accent colour with the title large upon it; author, publisher and year small at the foot.
"""

from __future__ import annotations

import io
import math
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
_TALLEST = 860
"""Sum of the title's line sizes: with the leading, what the field has room for."""
_TALLEST_ABOVE_SUBTITLE = 600
_PAPER = (250, 248, 243)
_INK = (38, 38, 38)
_GREY = (98, 98, 98)

_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕〗”’…—～·,.;:!?)]}%‰℃々ー")
"""Marks that begin no line (CLREQ 6.1.1, in what a title holds)."""
_NOT_LAST = frozenset("（《〈「『【〔〖“‘([{")
"""Marks that end no line."""
_HALF_EMPTY = frozenset("，。、；：）》〉」』】〕〗")
"""Closing marks whose right half is blank."""
_GOOD_END = frozenset("，。、；：！？）》」』—…·,;:!?)")
"""A line may well end after these."""
_CLINGING = frozenset("的地得了着过们与和及之")
"""Words that lean on what stands before them and begin a line badly."""
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


def break_title(text: str, capacity: float) -> tuple[float, list[str]] | None:
    """*text* in lines of at most *capacity* em, and how bad they are; None when a word is wider.

    Lines are as even as can be; they end at marks and spaces rather than inside a phrase, never before
    a closing or after an opening mark, never inside a Latin word; none but the only one is one character.
    """
    units = _glued([token for token in _TOKEN.findall(" ".join(text.split())) if token])
    best: list[tuple[float, int]] = [(0.0, -1)]
    for end in range(1, len(units) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            line = "".join(units[start:end]).strip()
            width = _ems(line)
            if width > capacity:
                break
            if best[start][0] == math.inf:
                continue
            cost = best[start][0] + ((capacity - width) / capacity) ** 2 + 0.5
            cost += 4.0 if len(line) == 1 and len(units) > 1 else 0.0
            cost += _parting_cost(units[end - 1], units[end]) if end < len(units) else 0.0
            options.append((cost, start))
        best.append(min(options, default=(math.inf, -1)))
    if best[-1][0] == math.inf:
        return None
    lines: list[str] = []
    end = len(units)
    while end > 0:
        start = best[end][1]
        lines.append("".join(units[start:end]).strip())
        end = start
    return best[-1][0], lines[::-1]


def _parting_cost(before: str, after: str) -> float:
    """What it costs to begin a line between two units: nothing at a mark, little at a Latin space."""
    if before.rstrip()[-1:] in _GOOD_END:
        return 0.0
    if before.endswith(" "):
        return 0.7 if before.isascii() else 0.0
    return 3.0 if after[0] in _CLINGING else 1.2


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
    """Width in em, about; the empty half of a mark at the end does not count."""
    width = sum(1.0 if is_wide(char) or is_cjk(char) or char in "—…“”‘’" else 0.56 for char in text)
    return width - (0.5 if text and text[-1] in _HALF_EMPTY else 0.0)


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

    subtitle = " ".join(metadata.subtitle.split())
    size, lines = _fit(title, _TALLEST_ABOVE_SUBTITLE if subtitle else _TALLEST)
    small = max(60, min(84, size // 2))
    below = _lines(subtitle, small)
    face = font(faces.serif, size)
    pitch = round(size * 1.32)
    height = len(lines) * pitch + (2 * small + len(below) * round(small * 1.5) if below else 0)
    # The block stands on a line a little above the foot of the field, as titles do on cloth spines.
    y = max(_MARGIN, _FIELD - 236 - height)
    for line in lines:
        _text(draw, _MARGIN, y, line, face, on_field)
        y += pitch
    if below:
        y += small
        draw.rectangle((_MARGIN, y, _MARGIN + 2 * small, y + 5), fill=on_field)
        y += small
        face = font(faces.sans, small)
        for line in below:
            _text(draw, _MARGIN, y, line, face, on_field)
            y += round(small * 1.5)
    _foot(draw, metadata, font(faces.sans, 66), font(faces.sans, 46))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, subsampling=0, dpi=(300, 300))
    return out.getvalue()


def _fit(title: str, tallest: int) -> tuple[int, list[str]]:
    """Size and lines of *title*: large, in few lines, and broken where it makes sense."""
    folded = " ".join(title.split())
    if len(folded) == 2 and all(map(is_cjk, folded)):  # set an em apart, the custom for two characters
        return _SIZES[0], ["　".join(folded)]
    options = []
    for size in _SIZES:
        broken = break_title(folded, _MEASURE / size)
        if broken and len(broken[1]) * size <= tallest:
            options.append((broken[0] + 9 * math.log(_SIZES[0] / size), -size, broken[1]))
    if options:
        _, size, lines = min(options)
        return -size, lines
    return _SIZES[-1], _lines(folded, _SIZES[-1])[:14]


def _lines(text: str, size: int) -> list[str]:
    """*text* in lines of the measure at *size*, cut inside a word only when it is wider than a line."""
    if not text:
        return []
    if broken := break_title(text, _MEASURE / size):
        return broken[1]
    count = int(_MEASURE / size)
    return [text[at : at + count] for at in range(0, len(text), count)]


def _text(draw: ImageDraw, x: float, y: float, line: str, face: FreeTypeFont, fill: tuple[int, ...]) -> None:
    """A line with its left edge optically flush: an opening mark's empty half hangs out."""
    if line[:1] in _NOT_LAST and is_wide(line[0]):
        x -= face.size / 2
    draw.text((x, y), line, font=face, fill=fill)


def _foot(draw: ImageDraw, metadata: Metadata, large: FreeTypeFont, little: FreeTypeFont) -> None:
    """People under the field; publisher and year at the very foot."""
    y = _FIELD + 150
    names = [" ".join(person.name.split()) for person in metadata.contributors]
    names = [name for name in names if name]
    shown = names if len(names) <= 3 else _lines("、".join(names), 66)[:4]
    for line in shown:
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
