"""A drawing as an edition takes it: filled outlines, pixels, or the cleaned SVG itself."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

from convert.records import dataclass
from convert.regex import regex
from convert.vector.css import write_out
from convert.vector.safe import SVG, VectorError, inherited, local, parse
from convert.vector.shapes import Box, Shape, read_shapes
from convert.vector.words import Pen, outline_words

__all__ = ["Drawing", "read_svg"]

_PIXELS_TO_THE_INCH = 300
_WIDEST = 4000
"""Pixels on a side at most."""
_NUMBER = regex(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_LENGTH = regex(r"\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*([a-z%]*)\s*", re.IGNORECASE)
_POINTS = {"": 0.75, "px": 0.75, "pt": 1.0, "pc": 12.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_PIXELS_ONLY = {
    "filter": "filters", "mask": "masks", "pattern": "patterns", "image": "pixels inside", "switch": "a switch",
}  # fmt: skip
"""What outlines cannot show, by the element that brings it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG made ready.  `width` and `height` are its natural size in points.

    `svg` is the file, harmless, on a white ground, since dark lines would vanish on a dark page; `png` shows it with `pixels` to its width; `shapes` are what it is made of, or
    None where outlines cannot show it, and `why` says what for.  `left_out` is what had to go.
    """

    svg: bytes
    png: bytes
    width: float
    height: float
    pixels: tuple[int, int]
    shapes: tuple[Shape, ...] | None
    why: str = ""
    left_out: tuple[str, ...] = ()


def read_svg(data: bytes, pen: Pen, shown: float = 0.0) -> Drawing:
    """The drawing that *data* holds, its words set by *pen*; its pixels are enough for *shown* points of width.

    Raises VectorError for what is no drawing that can be shown.
    """
    root, left_out = parse(data)
    width, height, box = _size(root)
    plain = copy.deepcopy(root)
    simple = write_out(plain)
    outline_words(plain, pen)
    plain.set("viewBox", " ".join(f"{value:.8g}" for value in box))
    plain.attrib.pop("width", "")
    plain.attrib.pop("height", "")
    why = next(_hindrances(plain, simple), "")
    shapes = None
    if not why:
        try:
            shapes = read_shapes(copy.deepcopy(plain), box, width, height)
        except Exception:
            # picosvg ends on odd values with whatever error they happen to raise; resvg passes them over.
            why = "something that outlines cannot show"
    larger = max(1.0, shown / width)
    scale = min(larger * _PIXELS_TO_THE_INCH / 72, _WIDEST / max(width, height))
    pixels = max(1, round(width * scale)), max(1, round(height * scale))
    if not simple:
        plain = copy.deepcopy(root)
        outline_words(plain, pen)
    png = _pixels(etree.tostring(plain), pixels)
    x, y, across, down = (f"{value:.8g}" for value in box)
    root.insert(0, etree.Element(f"{{{SVG}}}rect", x=x, y=y, width=across, height=down, fill="#fff"))
    return Drawing(
        etree.tostring(root, encoding="UTF-8", xml_declaration=True),
        png, width, height, pixels, shapes, why, left_out,
    )  # fmt: skip


def _size(root: etree._Element) -> tuple[float, float, Box]:
    """Natural width and height in points, and the box of user units that they show (SVG 2, 8.2)."""
    numbers = [float(part) for part in _NUMBER.findall(root.get("viewBox") or "")]
    width, height = (_points(root.get(name) or "") for name in ("width", "height"))
    if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
        box = (numbers[0], numbers[1], numbers[2], numbers[3])
        if width is None and height is None:
            width, height = box[2] * 0.75, box[3] * 0.75
        elif width is None:
            width = (height or 0) * box[2] / box[3]
        elif height is None:
            height = width * box[3] / box[2]
    else:
        width, height = width or 225.0, height or 112.5
        box = (0.0, 0.0, width / 0.75, height / 0.75)
    if not (width and height and 0 < width < 1e5 and 0 < height < 1e5):
        raise VectorError("has no size that can be shown", "give it a width, a height and a viewBox")
    return width, height, box


def _points(value: str) -> float | None:
    match = _LENGTH.fullmatch(value)
    unit = match[2].lower() if match else ""
    return float(match[1]) * _POINTS[unit] if match and unit in _POINTS else None


def _hindrances(root: etree._Element, simple: bool) -> Iterator[str]:
    if not simple:
        yield "a style sheet that is not plain"
    for node in root.iter("*"):
        name = local(node)
        if name in _PIXELS_ONLY:
            used = node.get("id") and f"#{node.get('id')}"
            if name in ("image", "switch") or (used and _is_used(root, used)):
                yield _PIXELS_ONLY[name]
        if name in ("g", "svg", "use", "a") and node.get("opacity", "1").strip() not in ("1", "1.0", "100%"):
            yield from ["a see-through group"] * (name == "use" or sum(1 for _ in node.iter("*")) > 2)
        if node.get("opacity", "1").strip() not in ("1", "1.0", "100%") and _line_and_ground(node):
            yield "a see-through line over its ground"
        if "stroke" in inherited(node, "paint-order", "").partition("fill")[0]:
            yield "a line under its ground"
        if "url(" in (node.get("stroke") or "") and _in_shares(root, str(node.get("stroke"))):
            yield "a line with a gradient in shares of its box"
        if name == "clipPath" and node.get("clipPathUnits") == "objectBoundingBox":
            yield "a clip in shares of a box"
        if (node.get("mix-blend-mode") or "normal") != "normal":
            yield "blending"
        if (node.get("writing-mode") or "lr-tb") not in ("lr-tb", "lr", "horizontal-tb", "tb-rl-none"):
            yield "vertical text"
    ratio = root.get("preserveAspectRatio")
    if ratio and ratio != "xMidYMid meet" and ratio != "xMidYMid":
        yield "a stretched box"


def _in_shares(root: etree._Element, paint: str) -> bool:
    """The gradient is measured by the box of the shape, which is another when its line is an outline of its own."""
    name = paint.partition("#")[2].rstrip("'\") ")
    found = next((node for node in root.iter("*") if node.get("id") == name), None)
    return found is None or found.get("gradientUnits") != "userSpaceOnUse"


def _line_and_ground(node: etree._Element) -> bool:
    """Both are painted, one over the other."""
    return "none" not in (inherited(node, "fill", "black"), inherited(node, "stroke", "none"))


def _is_used(root: etree._Element, name: str) -> bool:
    return any(name in str(value) for node in root.iter("*") for value in node.attrib.values())


def _pixels(svg: bytes, size: tuple[int, int]) -> bytes:
    import resvg_py

    try:
        made = resvg_py.svg_to_bytes(
            svg_string=svg.decode("utf-8"), width=size[0], height=size[1], dpi=96, skip_system_fonts=True
        )
    except ValueError as error:
        raise VectorError(f"cannot be drawn: {error}", "save it again as plain SVG") from error
    return bytes(made)
