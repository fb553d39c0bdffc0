"""Formulas as drawings: MathML set by ziamath in STIX Two Math.  The home of ziamath."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Any
from xml.etree.ElementTree import Element, tostring

from convert.math import formula
from convert.records import dataclass
from convert.regex import regex
from convert.typeset.frame import Outline

__all__ = ["SetFormula", "set_formula"]

_COMMAND = regex(r"([MLQZ])([^MLQZ]*)")
_SIDES = {"munder": "msub", "mover": "msup", "munderover": "msubsup"}
_SUMS = "∏∐∑⋀⋁⋂⋃⨀⨁⨂⨄⨆"
_UNIT = 100.0
"""Formulas are set at this size once; what they measure is counted in em."""


@dataclass(frozen=True, slots=True)
class SetFormula:
    """A formula, all in em: its width, what stands above and below the baseline, and its ink.

    Coordinates of the ink count from the left end of the baseline, y downward.
    """

    width: float
    ascent: float
    descent: float
    ink: Outline


@lru_cache(maxsize=2048)
def set_formula(tex: str, display: bool) -> SetFormula | None:
    """*tex* set in one line or, with *display*, as one that stands alone.

    None where the TeX is not understood or has characters that the mathematical face lacks (Han in a
    ``\\text``).  The same formula is set once.
    """
    tree = formula(tex, display)
    if tree is None:
        return None
    if not display:
        tree = _beside(tree)
        tree.set("display", "inline")
    import ziafont
    import ziamath

    # Paths with their own coordinates, not symbols that are used by reference.
    ziafont.config.svg2 = ziamath.config.svg2 = False
    try:
        made = ziamath.Math(tostring(tree, "unicode"), size=_UNIT)
        if not all(_has(made.font, char) for part in tree.itertext() for char in part):
            return None
        drawing = made.svgxml()
        width, height = made.getsize()
        descent = -made.getyofst()
    except Exception:
        # What the setter cannot lay out it fails on in ways of its own; the source is shown instead.
        return None
    ink = _outline(drawing)
    return SetFormula(width / _UNIT, (height - descent) / _UNIT, descent / _UNIT, ink)


def _beside(node: Element) -> Element:
    """*node* with the limits of sums beside them, as in a line (MathML 3, 3.4.6: movablelimits)."""
    out = Element(node.tag, node.attrib)
    out.text, out.tail = node.text, node.tail
    out.extend([_beside(kid) for kid in node])
    base = node[0].text if len(node) and node.tag in _SIDES else None
    if base and len(base) == 1 and base in _SUMS:
        out.tag = _SIDES[node.tag]
        for operator in out.iter("mo"):
            operator.set("largeop", "false")
    return out


def _has(face: Any, char: str) -> bool:
    return char.isspace() or not char.isprintable() or bool(face.glyphindex(char))


class _Ink:
    """Collects outlines."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.points = array("f")

    def add(self, commands: str, numbers: Iterable[float]) -> None:
        """Some commands with their coordinates, in the drawing's own unit."""
        self.commands.append(commands)
        self.points.extend(number / _UNIT for number in numbers)

    def stroke(self, start: tuple[float, float], end: tuple[float, float], width: float) -> None:
        """A straight stroke as the shape that its ink has."""
        (x0, y0), (x1, y1) = start, end
        length = math.hypot(x1 - x0, y1 - y0)
        if not length:
            return
        dx, dy = (y0 - y1) / length * width / 2, (x1 - x0) / length * width / 2
        self.add("MLLLZ", (x0 + dx, y0 + dy, x1 + dx, y1 + dy, x1 - dx, y1 - dy, x0 - dx, y0 - dy))


def _outline(drawing: Element) -> Outline:
    """The paths and rules of an SVG drawing as one outline."""
    ink = _Ink()
    for part in drawing.iter():
        stroke = float(part.get("stroke-width", "1")) if part.get("stroke", "none") != "none" else 0.0
        if part.tag == "path":
            _path(ink, part.get("d", ""), stroke)
        elif part.tag == "rect":
            x, y, width, height = (float(part.get(name, "0")) for name in ("x", "y", "width", "height"))
            corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
            if stroke:
                for at, corner in enumerate(corners):
                    ink.stroke(corner, corners[(at + 1) % 4], stroke)
            else:
                ink.add("MLLLZ", chain.from_iterable(corners))
    return Outline("".join(ink.commands), ink.points)


def _path(ink: _Ink, data: str, stroke: float) -> None:
    pen = (0.0, 0.0)
    for letter, text in _COMMAND.findall(data):
        numbers = [float(number) for number in text.split()]
        if not stroke:
            ink.add(letter, numbers)
        elif letter in "ML":
            if letter == "L":
                ink.stroke(pen, (numbers[0], numbers[1]), stroke)
            pen = (numbers[0], numbers[1])
