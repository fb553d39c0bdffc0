"""Tables: where cells stand in the grid, how wide columns are, whether a table is turned.  One rule for all editions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache

from convert.model.nodes import Alignment, Table, TableCell, TableRow
from convert.records import dataclass

__all__ = [
    "ROOMY",
    "Slot",
    "TableFit",
    "alignment_of",
    "column_widths",
    "fit_table",
    "longest_word",
    "placed_rows",
]

ROOMY = 4.0
"""Characters a line below which a column of longer text is hard to read."""
LONGEST = 12.0
"""Ems beyond which a word does not ask for a wider column: an address can be divided."""
LANDSCAPE = "landscape"
"""The class by which an author asks for a table to be turned."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a row: a cell, or what hangs down from the row above (`cell` is None)."""

    cell: TableCell | None
    column: int
    columns: int


def placed_rows(rows: Sequence[TableRow], width: int) -> Iterator[tuple[TableRow, list[Slot]]]:
    """Each row with all its slots, cells that hang down from above included, left to right."""
    hanging: dict[int, tuple[int, int]] = {}
    for row in rows:
        slots: list[Slot] = []
        column = 0
        cells = iter(row.cells)
        while column < width:
            if column in hanging:
                left, columns = hanging[column]
                slots.append(Slot(None, column, columns))
                if left == 1:
                    del hanging[column]
                else:
                    hanging[column] = left - 1, columns
                column += columns
                continue
            cell = next(cells, None)
            if cell is None:
                break
            columns = max(1, min(cell.columns, width - column))
            slots.append(Slot(cell, column, columns))
            if cell.rows > 1:
                hanging[column] = cell.rows - 1, columns
            column += columns
        yield row, slots


def alignment_of(table: Table, slot: Slot) -> Alignment:
    """How the cell in *slot* is aligned: by itself, or by its column."""
    if slot.cell is not None and slot.cell.alignment is not Alignment.DEFAULT:
        return slot.cell.alignment
    return table.alignments[slot.column]


def longest_word(text: str) -> str:
    """The longest stretch of *text* that should not be divided."""
    return max(_words().findall(text), key=len, default="")


@cache
def _words() -> re.Pattern[str]:
    """What cannot be divided: a number, or a stretch without blanks, Han and the signs at which addresses part.

    Compiled for the first table: a class of so many characters takes longer than many a module.
    """
    return re.compile(r"[0-9][0-9,.:/%‰–-]*|[^\s\u2e80-\uffef/._\-?&=#%:@+,;]+")


def column_widths(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Widths that fill at most *room*: natural ones where they fit, else shares above the least ones.

    When even the least widths do not fit they are scaled down together.
    """
    if sum(natural) <= room:
        return list(natural)
    low = [min(a, b) for a, b in zip(natural, least, strict=True)]
    if sum(low) >= room:
        scale = room / sum(low)
        return [value * scale for value in low]
    # Columns that need less than an even share keep what they need; the others share the rest.
    widths = list(natural)
    open_columns = set(range(len(widths)))
    left = room
    while open_columns:
        share = left / len(open_columns)
        small = {i for i in open_columns if natural[i] <= share}
        if not small:
            break
        for i in sorted(small):
            left -= natural[i]
        open_columns -= small
    weight = sum(math.sqrt(natural[i]) for i in open_columns)
    for i in sorted(open_columns):
        widths[i] = max(low[i], left * math.sqrt(natural[i]) / weight)
    over = sum(widths) - room
    if over > 0:
        slack = {i: widths[i] - low[i] for i in range(len(widths))}
        total = sum(slack.values()) or 1.0
        for i, value in slack.items():
            widths[i] -= over * value / total
    return widths


@dataclass(frozen=True, slots=True)
class TableFit:
    """How a table is set: the size of its type against the usual one, and whether it lies on its side.

    `overfull` says that it fits in no way: words will be divided.
    """

    scale: float = 1.0
    turned: bool = False
    overfull: bool = False


def fit_table(
    table: Table, least: Sequence[float], room: float, turned_room: float, smallest: float
) -> TableFit:
    """The mildest way in which columns of *least* widths fit: smaller type, then the table turned, then both.

    *room* is the width of the text, *turned_room* that of a turned page, 0 where nothing can be turned; *smallest*
    is the smallest share of its size that the type may have.  All are in one unit, *least* at full size.
    An author turns a table with the class ``landscape``.
    """
    need = sum(least)
    asked = LANDSCAPE in table.attributes.classes and turned_room > 0
    if not asked and need * smallest <= room:
        return TableFit(min(1.0, room / need) if need else 1.0)
    if not turned_room:
        return TableFit(smallest, overfull=True)
    return TableFit(
        max(smallest, min(1.0, turned_room / need)), turned=True, overfull=need * smallest > turned_room
    )
