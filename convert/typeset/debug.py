"""The overlay of ``--debug-layout``: measure, grid, and what each line cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convert.records import replace
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
TENSE_COST, TENSE_END = 260.0, 60.0
"""A line that costs more shows in red: Han some 0.035 em apart, or an end that divides an address."""


def grid_items(geometry: Geometry) -> list[Item]:
    """The lines of the grid and the edges of the measure, (0, 0) at the text block's top left corner."""
    if geometry.columns > 1:
        column = grid_items(geometry.part(geometry.lines, column=True))
        return [shift(item, at * geometry.pitch, 0) for at in range(geometry.columns) for item in column]
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
    """Beside a line: the steps that closed it, what they cost, and what its end cost.

    (0, 0) is on the line's baseline at the left edge of its column, which is *width* wide.
    """
    line = lines[number]
    parts = [line.closing] if line.closing else []
    if line.penalty >= 0.5:
        parts.append(f"cost {line.penalty:.0f}")
    if line.end_penalty:
        parts.append(f"{'hyphen' if line.hyphenated else 'end'} {line.end_penalty:.0f}")
    if not parts:
        return ()
    calm = line.penalty <= TENSE_COST and line.end_penalty <= TENSE_END
    style = replace(setter.sheet.body(), role=Role.SANS, size=SIZE, colour=CALM if calm else TENSE)
    flat = ParagraphStyle(1000.0, SIZE, "en", Align.LEFT)
    made = setter.lines([TextPiece("  ".join(parts), replace(style, language="en"))], flat)
    moved = (shift(item, width + 3, 0) for part in made for item in part.items)
    return tuple(
        replace(item, look=replace(item.look, synthetic=True)) if isinstance(item, GlyphRun) else item
        for item in moved
    )
