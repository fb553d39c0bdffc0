"""Plain SVG: lengths in user units, colours without transparency of their own, symbols written out where used."""

from __future__ import annotations

import copy
import math
import re

from lxml import etree

from convert.regex import regex
from convert.vector.safe import SVG, XLINK, inherited, local

__all__ = ["colour", "make_plain"]

_ACROSS = ("x", "width", "cx", "rx", "x1", "x2", "dx", "refX")
_DOWN = ("y", "height", "cy", "ry", "y1", "y2", "dy", "refY")
_EITHER = ("r", "stroke-width", "stroke-dashoffset")
_UNITS = {
    "px": 1.0,
    "": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "em": 16.0,
    "ex": 8.0,
}
_LENGTH = regex(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(px|pt|pc|mm|cm|in|em|ex|%)\s*")
_PLAIN = regex(r"[-+]?(?:\d+\.?\d*|\.\d+)")
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use")
_OWN = ("x", "y", "width", "height", "href", f"{{{XLINK}}}href")
_WHOLE = (
    "linearGradient",
    "radialGradient",
    "clipPath",
    "mask",
    "pattern",
    "filter",
    "stop",
    "marker",
    "text",
    "tspan",
)
"""Their lengths may be shares of a box or of the type size."""


def make_plain(root: etree._Element, box: tuple[float, float, float, float]) -> None:
    """Write out, in place, what simple readers of SVG do not know; *box* is the root's viewBox."""
    _write_out_symbols(root)
    _drop_hidden(root)
    sizes = {"across": box[2], "down": box[3], "either": math.hypot(box[2], box[3]) / math.sqrt(2)}
    for node in root.iter("*"):
        for name, value in list(node.attrib.items()):
            if value == "inherit":
                del node.attrib[name]
        if local(node) not in _WHOLE:
            for names, share in ((_ACROSS, "across"), (_DOWN, "down"), (_EITHER, "either")):
                for name in names:
                    match = _LENGTH.fullmatch(str(node.get(name) or ""))
                    if match and node is not root:
                        unit = sizes[share] / 100 if match[2] == "%" else _UNITS[match[2]]
                        node.set(name, f"{float(match[1]) * unit:.8g}")
        for paint in ("fill", "stroke", "stop-color"):
            _write_out_colour(node, paint)
        _write_out_origin(node)


def _write_out_symbols(root: etree._Element) -> None:
    """Put in the place of each use of a symbol what it shows; a repeat of a repeat is left to the reader."""
    symbols = {str(node.get("id")): node for node in root.iter(f"{{{SVG}}}symbol") if node.get("id")}
    for use in list(root.iter(f"{{{SVG}}}use")) if symbols else ():
        symbol = symbols.get(str(use.get("href") or use.get(f"{{{XLINK}}}href") or "")[1:])
        above = use.getparent()
        if symbol is None or above is None:
            continue
        group = etree.Element(f"{{{SVG}}}g")
        for key, value in use.attrib.items():
            if key not in _OWN:
                group.set(key, value)
        inner = etree.SubElement(group, f"{{{SVG}}}svg")
        for key in ("viewBox", "preserveAspectRatio"):
            if symbol.get(key):
                inner.set(key, str(symbol.get(key)))
        for key, default in (("x", "0"), ("y", "0"), ("width", "100%"), ("height", "100%")):
            inner.set(key, str(use.get(key) or symbol.get(key) or default))
        holder = etree.SubElement(inner, f"{{{SVG}}}g")
        for key, value in symbol.attrib.items():
            if key not in (*_OWN, "id", "viewBox", "preserveAspectRatio"):
                holder.set(key, value)
        for child in symbol.iterchildren("*"):
            holder.append(copy.deepcopy(child))
        for node in holder.iter("*"):
            node.attrib.pop("id", "")
        group.tail = use.tail
        above.replace(use, group)
    for symbol in list(root.iter(f"{{{SVG}}}symbol")):
        above = symbol.getparent()
        if above is not None:
            above.remove(symbol)


def _drop_hidden(root: etree._Element) -> None:
    """Take out shapes that are not to be seen; what stands in them may be seen all the same."""
    for node in list(root.iter("*")):
        if local(node) in _SHAPES and inherited(node, "visibility", "visible") != "visible":
            above = node.getparent()
            if above is not None:
                above.remove(node)


def _write_out_origin(node: etree._Element) -> None:
    """The point that a transform turns about, as part of it (CSS Transforms 1, 6); of boxes that have none yet."""
    origin = str(node.attrib.pop("transform-origin", "")).replace("px", "").split()
    moved = node.get("transform")
    if not origin or not moved:
        return
    if len(origin) < 2 or not all(_PLAIN.fullmatch(part) for part in origin[:2]):
        raise ValueError("a point of a box")
    x, y = origin[:2]
    back = f"{-float(x):.8g} {-float(y):.8g}"
    node.set("transform", f"translate({x} {y}) {moved} translate({back})")


def _write_out_colour(node: etree._Element, paint: str) -> None:
    value = str(node.get(paint) or "").strip().lower()
    if value == "currentcolor":
        value = inherited(node, "color", "black").lower()
        node.set(paint, value)
    if value == "transparent":
        node.set(paint, "none")
    elif value.startswith(("rgba(", "hsla(")) or re.fullmatch(r"#(?:[0-9a-f]{4}|[0-9a-f]{8})", value):
        rgb, alpha = colour(value)
        node.set(paint, rgb)
        share = "stop-opacity" if paint == "stop-color" else f"{paint}-opacity"
        node.set(share, f"{alpha * _number(node.get(share), 1.0):.6g}")


def colour(value: str) -> tuple[str, float]:
    """A CSS colour as #RRGGBB and its opacity.  Raises ValueError for what is no colour."""
    from PIL import ImageColor

    text = value.strip().lower()
    function = re.fullmatch(r"(rgb|hsl)a\(([^,]+),([^,]+),([^,]+),([^,]+)\)", text)
    alpha = 1.0
    if function:
        share = function[5].strip()
        alpha = float(share[:-1]) / 100 if share.endswith("%") else float(share)
        text = f"{function[1]}({function[2]},{function[3]},{function[4]})"
    red, green, blue, *own = ImageColor.getrgb(text)
    return f"#{red:02X}{green:02X}{blue:02X}", alpha * (own[0] / 255 if own else 1.0)


def _number(value: object, default: float) -> float:
    try:
        return float(str(value))
    except ValueError:
        return default
