"""A drawing as filled outlines: strokes, clips and repeats resolved, colours and gradients as the press wants them."""

from __future__ import annotations

from typing import Any

from lxml import etree

from convert.records import dataclass
from convert.vector.markers import place_markers
from convert.vector.plain import colour, make_plain
from convert.vector.safe import XLINK, local

__all__ = ["Box", "Gradient", "Shape", "read_shapes"]

_FARTHEST = 1e6
"""Points from the corner; no reader of PDFs goes on for ever."""

Box = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f, as SVG and PDF write them: x' = a x + c y + e, y' = b x + d y + f."""


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours along a line, or from one circle to another; beyond its ends the first and the last go on.

    `ends` are x and y of either end, with `radial` x, y and radius of either circle, in a space that `matrix`
    takes to the drawing's points; `stops` are shares from 0 to 1 with their colours, in order.
    """

    radial: bool
    ends: tuple[float, ...]
    matrix: _Matrix
    stops: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline filled with one colour or a gradient, in points at the drawing's natural size, y down.

    `commands` are M, L, Q, C and Z, `points` their coordinates in turn; what the outline winds round is inside.
    """

    commands: str
    points: tuple[float, ...]
    colour: str
    opacity: float
    gradient: Gradient | None = None


def read_shapes(root: etree._Element, box: Box, width: float, height: float) -> tuple[Shape, ...]:
    """The shapes of the drawing *root*, which is used up; *box* are its user units, *width* by *height* points.

    Raises an error of whatever kind for what outlines cannot show.
    """
    import picosvg.svg

    for node in root.iter("*"):
        # picosvg knows the link of SVG 1.1 only.
        if node.get("href"):
            node.set(f"{{{XLINK}}}href", str(node.attrib.pop("href", "")))
    make_plain(root, box)
    place_markers(root)
    # A thousandth of a point is finer than any press: so many decimals does the drawing's own unit want.
    digits = 3 if max(box[2], box[3]) > 50 else 6
    pico: Any = picosvg.svg.SVG  # it names no types
    made = pico(root).topicosvg(ndigits=digits, inplace=True, allow_text=False)
    scale = min(width / box[2], height / box[3])
    left = (width - box[2] * scale) / 2 - box[0] * scale
    top = (height - box[3] * scale) / 2 - box[1] * scale
    paints = {
        str(node.get("id")): node
        for node in made.svg_root.iter("*")
        if local(node) in ("linearGradient", "radialGradient")
    }
    out = []
    for path in made.shapes():
        drawn = path.as_path().absolute().explicit_lines().expand_shorthand().arcs_to_cubics()
        gradient = None
        if path.fill.startswith("url("):
            bounds = drawn.bounding_box()
            gradient = _gradient(paints[path.fill[5:-1]], (bounds.x, bounds.y, bounds.w, bounds.h))
            gradient = _moved(gradient, (scale, 0.0, 0.0, scale, left, top))
        rgb, alpha = colour(gradient.stops[0][1] if gradient else path.fill)
        opacity = alpha * float(path.opacity) * float(path.fill_opacity)
        commands, numbers = "", []
        for command, values in drawn.as_cmd_seq():
            if command.upper() not in "MLQCZ":
                raise ValueError(command)
            commands += command.upper()
            numbers += [value * scale + (top if at % 2 else left) for at, value in enumerate(values)]
        if not all(abs(value) < _FARTHEST for value in numbers):
            raise ValueError("a point that is nowhere")
        if commands and opacity > 0:
            out.append(Shape(commands, tuple(numbers), rgb, min(1.0, opacity), gradient))
    return tuple(out)


def _gradient(node: etree._Element, bounds: Box) -> Gradient:
    """A gradient of SVG 2, 14.2, in user units; *bounds* are those of the shape that it fills."""
    if (node.get("spreadMethod") or "pad") != "pad":
        raise ValueError("a gradient that comes again")
    radial = local(node) == "radialGradient"
    share = node.get("gradientUnits") != "userSpaceOnUse"

    def value(name: str, default: float | str) -> float:
        said = str(node.get(name) or default)
        if said.endswith("%"):
            if not share:
                raise ValueError("a gradient in shares of the page")
            return float(said[:-1]) / 100
        return float(said)

    if radial:
        cx, cy, r = value("cx", "0.5"), value("cy", "0.5"), value("r", "0.5")
        ends: tuple[float, ...] = (value("fx", cx), value("fy", cy), value("fr", 0.0), cx, cy, r)
    else:
        ends = (value("x1", 0.0), value("y1", 0.0), value("x2", 1.0), value("y2", 0.0))
    matrix = _matrix(node)
    if share:
        matrix = _times((bounds[2], 0.0, 0.0, bounds[3], bounds[0], bounds[1]), matrix)
    return Gradient(radial, ends, matrix, _stops(node))


def _stops(node: etree._Element) -> tuple[tuple[float, str], ...]:
    out: list[tuple[float, str]] = []
    for stop in node.iterchildren("{*}stop"):
        said = str(stop.get("offset") or "0").strip()
        offset = float(said[:-1]) / 100 if said.endswith("%") else float(said)
        rgb, alpha = colour(str(stop.get("stop-color") or "black"))
        if alpha * float(stop.get("stop-opacity") or 1) < 1:
            raise ValueError("a colour that is seen through")
        out.append((max(min(1.0, max(0.0, offset)), out[-1][0] if out else 0.0), rgb))
    if not out:
        raise ValueError("a gradient without colours")
    return tuple(out)


def _matrix(node: etree._Element) -> _Matrix:
    from picosvg.svg_transform import Affine2D

    affine: Any = Affine2D
    a, b, c, d, e, f = affine.fromstring(str(node.get("gradientTransform") or ""))
    return float(a), float(b), float(c), float(d), float(e), float(f)


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    """First *other*, then *one*."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f,
    )  # fmt: skip


def _moved(gradient: Gradient, by: _Matrix) -> Gradient:
    return Gradient(gradient.radial, gradient.ends, _times(by, gradient.matrix), gradient.stops)
