"""Drawings: SVG made safe, as outlines for print and as pixels for those who show no outlines.  The home of
picosvg and resvg.

Nothing is fetched and nothing runs: scripts, animation, links to other files, foreign content and event
attributes are taken out and told of; a file that declares entities is refused.
"""

from __future__ import annotations

from convert.vector.drawing import Drawing, read_svg
from convert.vector.safe import VectorError
from convert.vector.shapes import Gradient, Shape
from convert.vector.words import Pen

__all__ = ["Drawing", "Gradient", "Pen", "Shape", "VectorError", "read_svg"]
