"""Painting: the items of a page as a content stream.  Positions come from the frame and are not judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from convert.font.face import Face
from convert.typeset.frame import Anchor, GlyphRun, ImageItem, LinkArea, Page, Rule
from convert.writers.pdf.cidfont import CidFont, Code
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
                    if not item.ids:
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
        codes = [font.codes[use] for use in zip(run.ids, run.texts, strict=True)]
        ys = run.ys or (0.0,) * len(codes)
        for start, end in _segments(codes, run.texts, ys):
            silent = not run.texts[start]
            if silent:
                out.append("/Span <</ActualText ()>> BDC")
            out.append(f"/{layer_name(resource, codes[start].layer)} {size} Tf")
            out.append(f"1 0 0 1 {number(run.x + run.xs[start])} {number(height - run.y - ys[start])} Tm")
            out.append(_show(codes[start:end], run.xs[start:end], run.size))
            if silent:
                out.append("EMC")


def layer_name(resource: str, layer: int) -> str:
    """The name in the resources of a font's *layer*."""
    return f"{resource}.{layer}" if layer else resource


def _segments(codes: Sequence[Code], texts: Sequence[str], ys: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Stretches on one baseline and in one layer of the font, those without text apart.

    A reader is told that those say nothing.
    """
    start = 0
    for n in range(1, len(codes) + 1):
        if (
            n == len(codes)
            or codes[n].layer != codes[start].layer
            or ys[n] != ys[start]
            or (texts[n] == "") != (texts[start] == "")
        ):
            yield start, n
            start = n


def _show(codes: Sequence[Code], xs: Sequence[float], size: float) -> str:
    """A TJ whose adjustments bring the pen to each glyph's own place.

    The pen is followed in the whole thousandths that the file itself holds, so nothing adds up.
    """
    scale = 1000 / size
    origin = xs[0]
    parts = ["[<"]
    pen = 0
    for x, (_, code, width) in zip(xs, codes, strict=True):
        gap = pen - round((x - origin) * scale)
        if gap:
            parts.append(f">{gap}<")
            pen -= gap
        parts.append(code)
        pen += width
    parts.append(">] TJ")
    return "".join(parts).replace("<>", "")


def _fill(colour: str) -> str:
    """The operator that sets the fill colour; greys stay grey."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    if red == green == blue:
        return f"{number(red)} g"
    return f"{number(red)} {number(green)} {number(blue)} rg"
