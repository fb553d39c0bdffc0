"""Markers: the arrowheads and dots at the ends and corners of lines, put in their places (SVG 2, 13.7)."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from convert.records import dataclass
from convert.regex import regex
from convert.vector.safe import SVG, inherited, local

__all__ = ["place_markers"]

_LINES = ("path", "line", "polyline", "polygon")
_KINDS = ("marker-start", "marker-mid", "marker-end")
_NUMBER = regex(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OWN = ("id", "viewBox", "refX", "refY", "markerWidth", "markerHeight", "markerUnits", "orient", "overflow")


@dataclass(frozen=True, slots=True)
class _Corner:
    """A place where a line may bear a marker, and which way it comes in and goes out there (radians)."""

    x: float
    y: float
    before: float | None
    after: float | None

    @property
    def direction(self) -> float:
        """The way that a marker looks here: halfway between coming and going."""
        if self.before is None or self.after is None:
            found = self.after if self.before is None else self.before
            return found or 0.0
        x = math.cos(self.before) + math.cos(self.after)
        y = math.sin(self.before) + math.sin(self.after)
        return math.atan2(y, x) if (x, y) != (0.0, 0.0) else self.after


def place_markers(root: etree._Element) -> None:
    """Draw the markers of *root* as shapes behind the lines that bear them; no marker is left."""
    named = {str(node.get("id")): node for node in root.iter(f"{{{SVG}}}marker") if node.get("id")}
    clips = 0
    for line in [node for node in root.iter("*") if local(node) in _LINES] if named else ():
        wanted = {kind: named.get(_name(inherited(line, kind, ""))) for kind in _KINDS}
        above = line.getparent()
        if above is None or _hidden(line) or not any(marker is not None for marker in wanted.values()):
            continue
        corners = list(_corners(line, whole=wanted["marker-mid"] is not None))
        at = above.index(line) + 1
        for number, corner in enumerate(corners):
            kinds = ["marker-start"] if number == 0 else []
            kinds += ["marker-mid"] if 0 < number < len(corners) - 1 else []
            kinds += ["marker-end"] if number == len(corners) - 1 else []
            for kind in kinds:
                marker = wanted[kind]
                if marker is not None:
                    clips += 1
                    above.insert(
                        at, _drawn(marker, line, corner, kind == "marker-start", f"quire-clip-{clips}")
                    )
                    at += 1
    for marker in list(root.iter(f"{{{SVG}}}marker")):
        holder = marker.getparent()
        if holder is not None:
            holder.remove(marker)
    for node in root.iter("*"):
        for kind in _KINDS:
            node.attrib.pop(kind, "")


def _name(value: str) -> str:
    match = re.fullmatch(r"url\(\s*['\"]?#([^'\"()]+)['\"]?\s*\)", value.strip())
    return match[1] if match else ""


def _hidden(node: etree._Element | None) -> bool:
    """Inside of what is only drawn where it is called for, or of another marker."""
    while node is not None:
        if local(node) in ("defs", "marker", "clipPath", "symbol", "pattern", "mask"):
            return True
        node = node.getparent()
    return False


def _corners(line: etree._Element, *, whole: bool) -> Iterator[_Corner]:
    """The ends and corners of a line; with *whole* an arc counts as one piece, and its ends look along its chord."""
    import picosvg.svg

    shape: Any = picosvg.svg
    path = shape.from_element(line).as_path().absolute().explicit_lines().expand_shorthand()
    if not whole:
        path = path.arcs_to_cubics()
    points: list[tuple[float, float]] = []
    ways: list[tuple[float | None, float | None]] = []
    start = here = (0.0, 0.0)
    for command, values in path.as_cmd_seq():
        if command == "M":
            start = here = (values[0], values[1])
            points.append(here)
            ways.append((None, None))
            continue
        end = start if command in "Zz" else (values[-2], values[-1])
        inner = (
            [] if command in "ZzLA" else [(values[n], values[n + 1]) for n in range(0, len(values) - 2, 2)]
        )
        track = [here, *inner, end]
        ways.append((_way(track), _way(track[::-1], turned=True)))
        points.append(end)
        here = end
    for number, (x, y) in enumerate(points):
        comes = ways[number][1]
        goes = ways[number + 1][0] if number + 1 < len(ways) else None
        yield _Corner(x, y, comes, goes)


def _way(track: list[tuple[float, float]], *, turned: bool = False) -> float | None:
    """The direction from the first point to the next that is another."""
    x, y = track[0]
    for ax, ay in track[1:]:
        if (ax, ay) != (x, y):
            return math.atan2(y - ay, x - ax) if turned else math.atan2(ay - y, ax - x)
    return None


def _drawn(
    marker: etree._Element, line: etree._Element, corner: _Corner, first: bool, clip: str
) -> etree._Element:
    """*marker* as a group at *corner* of *line*."""
    stroke = _number(inherited(line, "stroke-width", "1"), 1.0)
    width, height = _number(marker.get("markerWidth"), 3.0), _number(marker.get("markerHeight"), 3.0)
    box = [float(part) for part in _NUMBER.findall(str(marker.get("viewBox") or ""))]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        box = [0.0, 0.0, width, height]
    scale = min(width / box[2], height / box[3])
    orient = str(marker.get("orient") or "0").strip()
    angle = math.degrees(corner.direction) if orient.startswith("auto") else _number(orient, 0.0)
    if orient == "auto-start-reverse" and first:
        angle += 180
    size = scale * (1.0 if marker.get("markerUnits") == "userSpaceOnUse" else stroke)
    steps = (
        str(line.get("transform") or ""),
        f"translate({corner.x:.6g} {corner.y:.6g}) rotate({angle:.6g}) scale({size:.6g})",
        f"translate({-_number(marker.get('refX'), 0.0):.6g} {-_number(marker.get('refY'), 0.0):.6g})",
    )
    group = etree.Element(f"{{{SVG}}}g", fill="black", stroke="none")
    group.set("transform", " ".join(steps).strip())
    for key, value in marker.attrib.items():
        if key not in _OWN and key != "transform":
            group.set(key, value)
    for child in marker.iterchildren("*"):
        group.append(copy.deepcopy(child))
    for node in group.iter("*"):
        node.attrib.pop("id", "")
        for key, value in node.attrib.items():
            if value in ("context-stroke", "context-fill"):
                node.set(key, inherited(line, str(value).removeprefix("context-"), "none"))
    if (marker.get("overflow") or "hidden") == "hidden" and scale > 0:
        tile = width / scale, height / scale
        rect = etree.Element(f"{{{SVG}}}rect", width=f"{tile[0]:.6g}", height=f"{tile[1]:.6g}")
        rect.set("x", f"{box[0] - (tile[0] - box[2]) / 2:.6g}")
        rect.set("y", f"{box[1] - (tile[1] - box[3]) / 2:.6g}")
        cut = etree.SubElement(group, f"{{{SVG}}}clipPath", id=clip)
        cut.append(rect)
        # The clip lies in the marker's own space: an inner group bears it.
        inner = etree.Element(f"{{{SVG}}}g")
        inner.set("clip-path", f"url(#{clip})")
        for child in list(group.iterchildren("*")):
            if child is not cut:
                inner.append(child)
        group.append(inner)
    return group


def _number(value: object, default: float) -> float:
    match = _NUMBER.match(str(value or "").strip())
    return float(match[0]) if match else default
