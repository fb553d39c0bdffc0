"""Numbers in columns that stand right: aligned on their points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convert.model.nodes import Alignment, Paragraph, Table, TableCell, Text
from convert.records import dataclass, field
from convert.regex import regex
from convert.tabular import Slot, alignment_of, placed_rows
from convert.typeset.inline import Align, ParagraphStyle, Style, TextPiece

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter

__all__ = ["Points", "points_of"]

_NUMBER = regex(r"[+\-−±]?[0-9][0-9,  ]*((?:\.[0-9]+)?[%％‰]?)")


@dataclass(frozen=True, slots=True)
class Points:
    """Of each column the widest part of a number from its point on, in ems, and of each such part its width."""

    columns: Sequence[float]
    widths: dict[str, float] = field(default_factory=dict)

    def behind(self, table: Table, slot: Slot) -> float:
        """The ems to leave free behind a cell, so that its point stands below those of others."""
        tail = _tail(table, slot)
        return (
            self.columns[slot.column] - self.widths[tail] if tail is not None and tail in self.widths else 0.0
        )


def points_of(setter: BlockSetter, table: Table, style: Style) -> Points:
    """The points of *table*, its text in *style*."""
    count = len(table.alignments)
    tails: list[set[str]] = [set() for _ in range(count)]
    for _, slots in placed_rows(table.body, count):
        for slot in slots:
            if (tail := _tail(table, slot)) is not None:
                tails[slot.column].add(tail)
    flat = ParagraphStyle(1e5, style.size, style.language, Align.LEFT)
    widths = {
        tail: setter.engine.natural_width([TextPiece(tail, style)], flat) / style.size if tail else 0.0
        for tail in sorted(set[str]().union(*tails))
    }
    return Points([max((widths[tail] for tail in found), default=0.0) for found in tails], widths)


def _tail(table: Table, slot: Slot) -> str | None:
    """What of a number in *slot* stands from its point on; None where there is no number, or it does not stand right."""
    if slot.cell is None or slot.columns != 1 or alignment_of(table, slot) is not Alignment.RIGHT:
        return None
    found = _NUMBER.fullmatch(_text(slot.cell))
    return found[1] if found else None


def _text(cell: TableCell) -> str:
    match cell.blocks:
        case (Paragraph(children=(Text(text),)),):
            return text.strip()
        case _:
            return ""
