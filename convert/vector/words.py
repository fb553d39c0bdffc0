"""Words of a drawing as outlines in the book's own faces: what is printed then needs no font of another machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from lxml import etree

from convert.records import dataclass, field
from convert.regex import regex
from convert.vector.along import clusters, line_of
from convert.vector.safe import SVG, inherited, local

__all__ = ["Pen", "outline_words"]

_NUMBER = regex(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_UNITS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_BASELINES = {"middle": 0.26, "central": 0.38, "hanging": 0.8, "text-before-edge": 0.88, "before-edge": 0.88}
"""How far below the given place the baseline lies, in em."""
_RULES = {"underline": 0.1, "overline": -0.95, "line-through": -0.33}
"""Where the upper edge of such a line is, in em from the baseline."""
_RULE = 0.06
_OWN = ("x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust")


class Pen(Protocol):
    """Draws words: path data with its origin at the start of the baseline, one em one unit, y down; and their width."""

    def __call__(self, text: str, family: str) -> tuple[str, float]:
        """The outlines of *text* in the face that is nearest to a CSS *family*, and its width in em."""
        ...


@dataclass(slots=True)
class _Chunk:
    """Runs that are anchored together: each with what it says, its element, its place from the chunk's start."""

    x: float
    y: float
    runs: list[tuple[etree._Element, str, float, float, float]] = field(default_factory=list)
    """Element, path data, size, x, y."""
    width: float = 0.0


def outline_words(root: etree._Element, pen: Pen) -> None:
    """Put paths in the place of the text elements of *root*."""
    for node in list(root.iter(f"{{{SVG}}}text")):
        above = node.getparent()
        if above is None:
            continue
        group = etree.Element(f"{{{SVG}}}g")
        for key, value in node.attrib.items():
            if key not in _OWN:
                group.set(key, value)
        for chunk in _chunks(node, pen):
            anchor = inherited(chunk.runs[0][0], "text-anchor", "start")
            shift = {"middle": chunk.width / 2, "end": chunk.width}.get(anchor, 0.0)
            for element, data, size, x, y in chunk.runs:
                place = f"translate({chunk.x + x - shift:.6g} {chunk.y + y:.6g})"
                group.append(_path(node, element, data, size, place))
        for holder in node.iter(f"{{{SVG}}}textPath"):
            group.extend(_along(node, holder, pen))
        group.tail = node.tail
        above.replace(node, group)


def _path(
    text: etree._Element, element: etree._Element, data: str, size: float, place: str
) -> etree._Element:
    path = etree.Element(f"{{{SVG}}}path", d=data)
    path.set("transform", f"{place} scale({size:.6g})")
    # What the spans between say of colour, the text itself having given it to the group.
    while element is not text:
        for key, value in element.attrib.items():
            if key not in (*_OWN, "transform", "id") and key not in path.attrib:
                path.set(key, value)
        above = element.getparent()
        if above is None:
            break
        element = above
    stroke = _NUMBER.match(path.get("stroke-width") or inherited(text, "stroke-width", "1"))
    if stroke:
        # The line does not grow with the letters.
        path.set("stroke-width", f"{float(stroke[0]) / size:.6g}")
    return path


def _along(text: etree._Element, holder: etree._Element, pen: Pen) -> Iterator[etree._Element]:
    """The words of a textPath, character by character; what reaches beyond the path's end is not shown (SVG 2,
    11.8.3)."""
    runs = [(node, char) for node, said, _ in _runs(holder) for char in clusters(_folded(said))]
    drawn = [
        (node, _font_size(node), pen(char, inherited(node, "font-family", "sans-serif")))
        for node, char in runs
    ]
    line = line_of(holder)
    whole = sum(width * size for _, size, (_, width) in drawn)
    offset = str(holder.get("startOffset") or "0").strip()
    at = _length(offset.rstrip("%"), _font_size(holder)) or 0.0
    at *= line.length / 100 if offset.endswith("%") else 1
    at -= {"middle": whole / 2, "end": whole}.get(inherited(holder, "text-anchor", "start"), 0.0)
    for node, size, (data, width) in drawn:
        middle = at + width * size / 2
        at += width * size
        if 0 <= middle <= line.length and data:
            x, y, turn = line.place(middle)
            place = f"translate({x:.6g} {y:.6g}) rotate({turn:.6g}) translate({-width * size / 2:.6g} 0)"
            yield _path(text, node, data + _rules(node, width), size, place)


def _folded(said: str) -> str:
    return re.sub(r"\s+", " ", said)


def _rules(node: etree._Element, width: float) -> str:
    """Path data of the lines under, over and through words that are *width* em wide."""
    wanted = inherited(node, "text-decoration", "") + inherited(node, "text-decoration-line", "")
    tops = [top for word, top in _RULES.items() if word in wanted]
    return "".join(f"M0 {top}H{width:.6g}V{top + _RULE:.6g}H0Z" for top in tops)


def _chunks(text: etree._Element, pen: Pen) -> Iterator[_Chunk]:
    """The chunks of a text element (SVG 2, 11.5): each absolute place begins one."""
    chunk = _Chunk(0.0, 0.0)
    pending = False
    for node, said, places in _runs(text):
        size = _font_size(node)
        x, y, dx, dy = (_length(places.get(name, ""), size) for name in ("x", "y", "dx", "dy"))
        if x is not None or y is not None:
            if chunk.runs:
                yield chunk
            end = chunk.x + chunk.width, chunk.y
            chunk = _Chunk(end[0] if x is None else x, end[1] if y is None else y)
            pending = False
        if dx is not None:
            chunk.width += dx
        if dy is not None:
            chunk.y += dy
        words = " ".join(said.split())
        gap = (" " if pending or said[:1].isspace() else "") if chunk.runs else ""
        pending = said[-1:].isspace() and bool(words or pending)
        if not words or not 0 < size < 1e6:
            pending = pending or (bool(said) and bool(chunk.runs))
            continue
        data, width = pen(gap + words, inherited(node, "font-family", "sans-serif"))
        base = inherited(node, "dominant-baseline", "") or inherited(node, "alignment-baseline", "")
        data += _rules(node, width)
        chunk.runs.append((node, data, size, chunk.width, _BASELINES.get(base, 0.0) * size))
        chunk.width += width * size
    if chunk.runs:
        yield chunk


def _runs(node: etree._Element) -> Iterator[tuple[etree._Element, str, dict[str, str]]]:
    """Text with the element it stands in and the places that the element gives its beginning."""
    places = {key: str(node.get(key)) for key in ("x", "y", "dx", "dy") if node.get(key)}
    if node.text or places:
        yield node, node.text or "", places
    for child in node.iterchildren("*"):
        if local(child) in ("tspan", "g"):
            yield from _runs(child)
        if child.tail:
            yield node, child.tail, {}


def _font_size(node: etree._Element | None) -> float:
    while node is not None:
        value = node.get("font-size")
        if value and value != "inherit":
            match = _NUMBER.match(value)
            if match is None:
                return 16.0
            unit = value[match.end() :].strip().lower()
            if unit in ("em", "%"):
                share = float(match[0]) / (100 if unit == "%" else 1)
                return share * _font_size(node.getparent())
            return float(match[0]) * _UNITS.get(unit, 1.0)
        node = node.getparent()
    return 16.0


def _length(value: str, size: float) -> float | None:
    """The first length of a list, in user units."""
    match = _NUMBER.match(value.strip())
    if match is None:
        return None
    unit = re.match(r"[a-z%]*", value.strip()[match.end() :].lower())
    name = unit[0] if unit else ""
    return float(match[0]) * (size if name == "em" else _UNITS.get(name, 1.0))
