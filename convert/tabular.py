"""Tables: where cells stand in the grid, how wide columns are, whether a table is turned.  One rule for all editions."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from convert.model.nodes import Alignment, Table, TableCell, TableRow
from convert.model.walk import plain_text
from convert.records import dataclass

__all__ = [
    "ROOMY",
    "Slot",
    "TableFit",
    "alignment_of",
    "column_widths",
    "filled_rows",
    "fit_table",
    "longest_word",
    "placed_rows",
]

ROOMY = 4.0
"""Characters a line below which a column of longer text is hard to read."""
LONGEST = 12.0
"""Ems beyond which a word does not ask for a wider column: an address can be divided."""
FEWER = 0.93
"""Share of the lines that another way to share the room must take at most to be the better one."""
SAMPLE = 200
"""Rows that are looked at for that."""
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


def column_widths(
    natural: Sequence[float],
    least: Sequence[float],
    room: float,
    rows: Sequence[Sequence[float]] = (),
    pad: float = 0.0,
) -> list[float]:
    """Widths that fill at most *room*: natural ones where they fit, else shares above the least ones.

    When even the least widths do not fit they are scaled down together.  *rows* are about what the cells of some
    rows would fill on one line, less than 0 for a single word, without the *pad* of a column: where shares by what columns hold in all take
    clearly fewer lines, those count.
    """
    if sum(natural) <= room:
        return list(natural)
    low = [min(a, b) for a, b in zip(natural, least, strict=True)]
    if sum(low) >= room:
        scale = room / sum(low)
        return [value * scale for value in low]
    best = _even(natural, low, room)
    lines = _lines(best, rows, pad)
    columns = list(zip(*rows, strict=True))
    amounts = [sum(map(abs, cells)) for cells in columns]
    words = [1.1 * -min(0.0, *cells) + pad for cells in columns]
    whole = [min(n, max(lo, word)) for n, lo, word in zip(natural, low, words, strict=True)] if rows else low
    for power in (0.5, 1.0) if rows else ():
        weights = [amount**power for amount in amounts]
        other = _by_weight(weights, natural, whole if sum(whole) < room else low, room)
        count = _lines(other, rows, pad)
        if count < FEWER * lines:
            best, lines = other, count
    return best


def _lines(widths: Sequence[float], rows: Sequence[Sequence[float]], pad: float) -> int:
    """About how many lines *rows* take in columns of *widths*."""
    rooms = [max(width - pad, 0.1) for width in widths]
    return sum(
        max(1, *(math.ceil(abs(cell) / room - 1e-3) for cell, room in zip(row, rooms, strict=True)))
        for row in rows
    )


def _by_weight(
    weights: Sequence[float], natural: Sequence[float], low: Sequence[float], room: float
) -> list[float]:
    """Widths in the proportion of *weights*, none below *low* or above *natural*, that fill *room*."""
    bounds = list(zip(weights, low, natural, strict=True))
    small, large = 0.0, max(n / w for w, _, n in bounds if w > 0) if any(weights) else 0.0
    for _ in range(40):
        share = (small + large) / 2
        if sum(min(n, max(lo, share * w)) for w, lo, n in bounds) > room:
            large = share
        else:
            small = share
    return [min(n, max(lo, small * w)) for w, lo, n in bounds]


def filled_rows(table: Table) -> list[list[float]]:
    """The ems that the cells of the first rows would fill on one line, about; 0 for one that spans, and less for a word."""
    count = len(table.alignments)
    out: list[list[float]] = []
    for _, slots in islice(placed_rows((*table.head, *table.body), count), SAMPLE):
        row = [0.0] * count
        for slot in slots:
            if slot.cell is not None and slot.columns == 1 and slot.cell.rows == 1:
                texts = [plain_text([block]) for block in slot.cell.blocks]
                ems = max(map(_ems, texts), default=0.0)
                word = len(texts) == 1 and texts[0].isascii() and " " not in texts[0] and ems <= LONGEST
                row[slot.column] = -ems if word else ems
        out.append(row)
    return out


def _ems(text: str) -> float:
    """Han one em, others a little more than a half."""
    wide = sum(char > "\u2e7f" for char in text)
    return wide + 0.55 * (len(text) - wide)


def _even(natural: Sequence[float], low: Sequence[float], room: float) -> list[float]:
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
