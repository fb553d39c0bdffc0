"""Words along a path (SVG 2, 11.8): each character in its place, turned as the path runs there."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lxml import etree

from convert.vector.safe import XLINK, VectorError, local

__all__ = ["Line", "clusters", "line_of"]

_STEPS = 24
"""Straight pieces that stand for a curve."""


class Line:
    """A path as a chain of points, measured along it; *length* in user units."""

    def __init__(self, points: list[tuple[float, float]]) -> None:
        self._points = points
        self._at = [0.0]
        for (x, y), (to_x, to_y) in pairwise(points):
            self._at.append(self._at[-1] + math.hypot(to_x - x, to_y - y))
        self.length = self._at[-1]

    def place(self, distance: float) -> tuple[float, float, float]:
        """The point *distance* from the start, and the way there, in degrees clockwise from rightward."""
        end = min(max(bisect_left(self._at, distance), 1), len(self._points) - 1)
        (x, y), (to_x, to_y) = self._points[end - 1 : end + 1]
        piece = self._at[end] - self._at[end - 1]
        share = (distance - self._at[end - 1]) / piece if piece else 0.0
        return x + (to_x - x) * share, y + (to_y - y) * share, math.degrees(math.atan2(to_y - y, to_x - x))


def line_of(holder: etree._Element) -> Line:
    """The path that a textPath names; raises VectorError where there is none that words can go along."""
    name = str(holder.get("href") or holder.get(f"{{{XLINK}}}href") or "").lstrip("#")
    root = holder.getroottree().getroot()
    node = next((one for one in root.iter("*") if name and one.get("id") == name), None)
    if node is None or local(node) != "path" or node.get("transform"):
        raise VectorError(
            "has words along something that is no plain path",
            "turn these words into outlines where it was drawn",
        )
    points = _points(str(node.get("d") or ""))
    if len(points) < 2:
        raise VectorError("has words along a path without length", "give the path a line to go along")
    return Line(points)


def _points(data: str) -> list[tuple[float, float]]:
    import picosvg.svg_types

    pico: Any = picosvg.svg_types.SVGPath  # it names no types
    try:
        path = pico(d=data).absolute().explicit_lines().expand_shorthand().arcs_to_cubics()
        commands = [(str(name), [float(value) for value in values]) for name, values in path.as_cmd_seq()]
    except Exception as error:
        # picosvg ends on odd data with whatever error happens.
        raise VectorError(f"has a path that cannot be read: {error}", "save it again as plain SVG") from error
    out: list[tuple[float, float]] = []
    for name, values in commands:
        if name.upper() == "Z":
            out.append(out[0])
            continue
        if name.upper() == "M" and out:
            break  # words go along the first stretch
        corners = list(zip(values[::2], values[1::2], strict=True))
        if len(corners) == 1:
            out += corners
        else:
            curve = [out[-1], *corners]
            out += [_on_curve(curve, step / _STEPS) for step in range(1, _STEPS + 1)]
    return out


def _on_curve(curve: list[tuple[float, float]], share: float) -> tuple[float, float]:
    """De Casteljau's construction."""
    while len(curve) > 1:
        curve = [(x + (to_x - x) * share, y + (to_y - y) * share) for (x, y), (to_x, to_y) in pairwise(curve)]
    return curve[0]


def clusters(text: str) -> Iterator[str]:
    """Characters, each with the marks that combine with it."""
    held = ""
    for char in text:
        if held and not unicodedata.combining(char) and char not in "\u200d\ufe0e\ufe0f":
            yield held
            held = ""
        held += char
    if held:
        yield held
