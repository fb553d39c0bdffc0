"""The overlay of ``--debug-layout``: measure, grid, and what each line cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from convert.theme import Role
from convert.typeset.frame import GlyphRun, Item, Rule, shift
from convert.typeset.geometry import Geometry
from convert.typeset.inline import Align, Line, ParagraphStyle, TextPiece

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter

__all__ = ["grid_items", "line_items"]

GRID, MEASURE, CALM, TENSE = "#BBD7EE", "#E39B9B", "#7A9A7A", "#C0392B"
HAIR = 0.2
SIZE = 4.0


def grid_items(geometry: Geometry) -> list[Item]:
    """The lines of the grid and the edges of the measure, (0, 0) at the text block's top left corner."""
    items: list[Item] = []
    for number in range(geometry.lines + 1):
        items.append(Rule(0, number * geometry.leading - HAIR / 2, geometry.measure, HAIR, GRID))
    count = round(geometry.measure / geometry.em)
    for number in range(count + 1):
        edge = number in (0, count)
        colour, width = (MEASURE, 2 * HAIR) if edge else (GRID, HAIR / 2)
        items.append(Rule(number * geometry.em - width / 2, 0, width, geometry.block_height, colour))
    return items


def line_items(setter: BlockSetter, lines: Sequence[Line], width: float, number: int) -> tuple[Item, ...]:
    """Beside a line: what was added between Han in thousandths of an em, and its penalty.

    (0, 0) is on the line's baseline at the left edge of its column, which is *width* wide.
    """
    line = lines[number]
    if line.last and not line.stretch:
        return ()
    text = f"{line.stretch * 1000:+.0f}"
    if line.penalty:
        text += f" p{line.penalty:.0f}"
    if line.hyphenated:
        text += " -"
    colour = TENSE if abs(line.stretch) > 0.03 else CALM
    style = replace(setter.sheet.body(), role=Role.SANS, size=SIZE, colour=colour)
    flat = ParagraphStyle(1000.0, SIZE, "en", Align.LEFT)
    made = setter.lines([TextPiece(text, replace(style, language="en"))], flat)
    moved = (shift(item, width + 3, 0) for part in made for item in part.items)
    return tuple(replace(item, synthetic=True) if isinstance(item, GlyphRun) else item for item in moved)
