"""Painting: the items of a page as a content stream.  Positions come from the frame and are not judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from convert.font.face import Face
from convert.typeset.frame import Anchor, Glyph, GlyphRun, ImageItem, LinkArea, Page, Rule
from convert.writers.pdf.cidfont import CidFont
from convert.writers.pdf.objects import number

__all__ = ["Painter", "layer_name"]


class Painter:
    """Writes content streams with fonts and images under the names that the resources give them."""

    def __init__(self, fonts: Mapping[Face, tuple[str, CidFont]], images: Mapping[str, str]) -> None:
        self._fonts = fonts
        self._images = images

    def page(self, page: Page) -> bytes:
        """The content stream of *page* (ISO 32000-1, 8 and 9)."""
        out: list[str] = []
        colour = "#000000"
        in_text = False
        for item in page.items:
            is_text = isinstance(item, GlyphRun)
            if in_text and not is_text:
                out.append("ET")
                in_text = False
            match item:
                case GlyphRun():
                    if not item.glyphs:
                        continue
                    if not in_text:
                        out.append("BT")
                        in_text = True
                    if item.colour != colour:
                        colour = item.colour
                        out.append(_fill(colour))
                    self._run(item, page.height, out)
                case Rule():
                    if item.colour != colour:
                        colour = item.colour
                        out.append(_fill(colour))
                    box = (item.x, page.height - item.y - item.height, item.width, item.height)
                    out.append(" ".join(map(number, box)) + " re f")
                case ImageItem():
                    if item.key in self._images:
                        place = " ".join(
                            map(
                                number,
                                (item.width, 0, 0, item.height, item.x, page.height - item.y - item.height),
                            )
                        )
                        out.append(f"q {place} cm /{self._images[item.key]} Do Q")
                case LinkArea() | Anchor():
                    pass
                case _:
                    assert_never(item)
        if in_text:
            out.append("ET")
        return "\n".join(out).encode("ascii")

    def _run(self, run: GlyphRun, height: float, out: list[str]) -> None:
        resource, font = self._fonts[run.face]
        size = number(run.size)
        for layer, silent, glyphs in _segments(run.glyphs, font):
            first = glyphs[0]
            if silent:
                out.append("/Span <</ActualText ()>> BDC")
            out.append(f"/{layer_name(resource, layer)} {size} Tf")
            out.append(f"1 0 0 1 {number(run.x + first.x)} {number(height - run.y - first.y)} Tm")
            out.append(_show(glyphs, run.size, font))
            if silent:
                out.append("EMC")


def layer_name(resource: str, layer: int) -> str:
    """The name in the resources of a font's *layer*."""
    return f"{resource}.{layer}" if layer else resource


def _segments(glyphs: tuple[Glyph, ...], font: CidFont) -> Iterator[tuple[int, bool, tuple[Glyph, ...]]]:
    """Stretches on one baseline and in one layer of the font, those without text apart.

    A reader is told that those say nothing.
    """
    codes = font.codes
    kinds = [(codes[glyph.id, glyph.text].layer, glyph.text == "", glyph.y) for glyph in glyphs]
    start = 0
    for n in range(1, len(glyphs) + 1):
        if n == len(glyphs) or kinds[n] != kinds[start]:
            layer, silent, _ = kinds[start]
            yield layer, silent, glyphs[start:n]
            start = n


def _show(glyphs: tuple[Glyph, ...], size: float, font: CidFont) -> str:
    """A TJ whose adjustments bring the pen to each glyph's own place.

    The pen is followed in the whole thousandths that the file itself holds, so nothing adds up.
    """
    scale = 1000 / size
    origin = glyphs[0].x
    codes = font.codes
    parts = ["[<"]
    pen = 0
    for glyph in glyphs:
        gap = pen - round((glyph.x - origin) * scale)
        if gap:
            parts.append(f">{gap}<")
            pen -= gap
        code = codes[glyph.id, glyph.text]
        parts.append(code.hex)
        pen += code.width
    parts.append(">] TJ")
    return "".join(parts).replace("<>", "")


def _fill(colour: str) -> str:
    """The operator that sets the fill colour; greys stay grey."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    if red == green == blue:
        return f"{number(red)} g"
    return f"{number(red)} {number(green)} {number(blue)} rg"
