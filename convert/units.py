"""Lengths.  The inner unit everywhere is the PDF point, 1/72 inch (ISO 32000-1, 8.3.2.3), as a float."""

from __future__ import annotations

from convert.regex import regex

__all__ = [
    "PAGE_SIZES",
    "emu",
    "half_points",
    "mm",
    "parse_length",
    "twips",
]

_PER_UNIT = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "px": 0.75}
_LENGTH = regex(r"\s*(\d+(?:\.\d+)?)\s*(pt|mm|cm|in|px)?\s*")

PAGE_SIZES: dict[str, tuple[float, float]] = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "B5": (176.0, 250.0),
    "16k": (185.0, 260.0),
    "large32k": (140.0, 203.0),
    "32k": (130.0, 184.0),
    "phone": (90.0, 160.0),
    "letter": (215.9, 279.4),
}
"""Trim sizes by name: width and height in millimetres (ISO 216; GB/T 788 for the 开本)."""


def mm(value: float) -> float:
    """Points of *value* millimetres."""
    return value * 72 / 25.4


def parse_length(text: str) -> float:
    """Points of a length such as ``148mm`` or ``10.5``; a bare number is in points.

    Raises ValueError when the text is no length.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no length")
    return float(match[1]) * _PER_UNIT[match[2] or "pt"]


def twips(points: float) -> int:
    """Twentieths of a point (ECMA-376 part 1, 17.18.87 ST_TwipsMeasure)."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Half-points (ECMA-376 part 1, 17.18.42 ST_HpsMeasure)."""
    return round(points * 2)


def emu(points: float) -> int:
    """English Metric Units, 12700 to the point (ECMA-376 part 1, 20.1.10.16 ST_Coordinate)."""
    return round(points * 12700)
