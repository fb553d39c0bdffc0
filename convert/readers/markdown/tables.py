"""Rows of cell elements → a table whose rows fill its grid."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from convert.model.nodes import Alignment, Block, SourceSpan, TableCell, TableRow
from convert.records import dataclass

__all__ = ["Rows", "table_rows"]

Rows = tuple[tuple[TableRow, ...], tuple[TableRow, ...], tuple[Alignment, ...]]
"""Head, body, and the alignment of each column."""


@dataclass(slots=True)
class _Cell:
    element: Element
    row: int
    column: int
    columns: int
    rows: int


def table_rows(
    table: Element,
    span: Callable[[Element], SourceSpan],
    blocks: Callable[[Element], tuple[Block, ...]],
    unjoined: Callable[[Element], None],
) -> Rows:
    """The rows of a table element; *blocks* makes the content of a cell, *unjoined* is told of a ``^^`` left.

    In Markdown a cell ``^^`` joins the one above it and a cell without any character the one before it;
    in HTML cells say their spans.  Rows that are too short are filled up.
    """
    rows = [child for child in table if child.tag == "tr"]
    heads = 0
    while heads < len(rows) and rows[heads].get("head") == "1":
        heads += 1
    if heads and not any(
        "".join(row.itertext()).strip() or len(list(row.iter())) > len(row) + 1 for row in rows[:heads]
    ):
        # An empty head is how Markdown writes a table without one.
        rows, heads = rows[heads:], 0
    parts = [_grid(rows[:heads], unjoined), _grid(rows[heads:], unjoined)]
    width = max([len(row) for part in parts for row in part] + [int(table.get("columns", "1"))])
    names = table.get("align", "").split(",") if table.get("align") else []
    alignments = tuple(Alignment(name) for name in names[:width])
    alignments += (Alignment.DEFAULT,) * (width - len(alignments))

    def cell(one: _Cell) -> TableCell:
        own = one.element.get("align", "default")
        alignment = Alignment(own) if own != "default" else alignments[one.column]
        content = blocks(one.element)
        return TableCell("", span(one.element), content, alignment, one.columns, one.rows)

    made = []
    for part, elements in zip(parts, (rows[:heads], rows[heads:]), strict=True):
        out = []
        for at, (row, grid) in enumerate(zip(elements, part, strict=True)):
            cells = [cell(one) for column, one in enumerate(grid) if one.row == at and one.column == column]
            missing = width - len(grid)
            cells += [TableCell("", span(row), (), alignments[len(grid) + n]) for n in range(missing)]
            out.append(TableRow("", span(row), tuple(cells)))
        made.append(tuple(out))
    return made[0], made[1], alignments


def _grid(rows: list[Element], unjoined: Callable[[Element], None]) -> list[list[_Cell]]:
    """For every row, the cell that covers each column."""
    grid: list[list[_Cell]] = []
    for at, row in enumerate(rows):
        line: list[_Cell] = []
        above = grid[at - 1] if at else []
        for element in row:
            _hang(line, above, at)
            columns = int(element.get("columns", "1"))
            if element.get("joined") and line and line[-1].row == at:
                line[-1].columns += 1
                line.append(line[-1])
                continue
            here = _Cell(element, at, len(line), columns, min(int(element.get("rows", "1")), len(rows) - at))
            # A wide cell stops before one that hangs down from above.
            free = 1
            while free < columns and not _hangs(above, len(line) + free, at):
                free += 1
            here.columns = min(columns, free)
            line += [here] * here.columns
        _hang(line, above, at)
        grid.append(line)
        _join_upward(grid, at, unjoined)
    return grid


def _hangs(above: list[_Cell], column: int, row: int) -> bool:
    return column < len(above) and above[column].row + above[column].rows > row


def _hang(line: list[_Cell], above: list[_Cell], row: int) -> None:
    """Cells of HTML that reach down from the rows above take their columns."""
    while _hangs(above, len(line), row):
        line.append(above[len(line)])


def _join_upward(grid: list[list[_Cell]], at: int, unjoined: Callable[[Element], None]) -> None:
    """A cell ``^^`` becomes part of the one above it, when both are equally wide."""
    line, above = grid[at], grid[at - 1] if at else []
    column = 0
    while column < len(line):
        one = line[column]
        width = one.columns
        if one.row == at and len(one.element) == 0 and one.element.text == "^^":
            over = above[column] if column < len(above) else None
            if over and over.column == column and over.columns == width and over.row + over.rows == at:
                over.rows += 1
                line[column : column + width] = [over] * width
            else:
                unjoined(one.element)
        column += width
