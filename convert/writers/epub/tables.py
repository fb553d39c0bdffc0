"""Tables as XHTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from convert.model.identity import ascii_id
from convert.model.nodes import Alignment, Paragraph, Table, TableCell, TableRow, Text
from convert.regex import regex
from convert.writers.epub.inlines import class_attribute
from convert.writers.epub.markup import element_id

if TYPE_CHECKING:
    from convert.writers.epub.blocks import BlockWriter

__all__ = ["table"]

_FIGURE = regex(r"[+−-]?[0-9][0-9,.:/%‰–-]{1,11}")
"""A number, which does not break."""
_WIDE = 6
"""More columns than this are set smaller."""
_SHORT, _SHORT_SUM = 4, 14
"""Characters of a column that is not broken, and of all such columns together: what a phone has room for."""


def table(writer: BlockWriter, block: Table) -> str:
    """A table with its caption above, column heads marked with their scope (WCAG 1.3.1)."""
    caption = writer.caption(writer.terms.table, block.number, block.caption)
    classes = class_attribute(block.attributes, "wide" if len(block.alignments) > _WIDE else "")
    out = [f"<table{element_id(ascii_id(block.id))}{classes}>"]
    if caption:
        out.append(f"<caption>{caption}</caption>")
    short = _short_columns(block)
    for tag, rows, head in (("thead", block.head, True), ("tbody", block.body, False)):
        if rows:
            out.append(f"<{tag}>")
            out += _rows(writer, block.alignments, rows, head, short)
            out.append(f"</{tag}>")
    if not block.head and not block.body:
        out.append("<tbody><tr><td></td></tr></tbody>")
    out.append("</table>")
    return "\n".join(out)


def _short_columns(block: Table) -> frozenset[int]:
    """Columns whose every cell is a word or two: where width lacks, browsers would set them one character
    below the other, for between any two Han a line may break."""
    widest = [0] * len(block.alignments)
    for rows in (block.head, block.body):
        for cells in _columns(rows, len(widest)):
            for at, cell in cells:
                match cell.blocks:
                    case ():
                        size = 0
                    case (Paragraph(children=(Text(text),)),):
                        size = len(text)
                    case _:
                        size = _SHORT + 1
                if cell.columns == 1 and at < len(widest):
                    widest[at] = max(widest[at], size)
    short = [at for at, width in enumerate(widest) if width <= _SHORT]
    return frozenset(short if sum(widest[at] for at in short) <= _SHORT_SUM else ())


def _rows(
    writer: BlockWriter,
    alignments: tuple[Alignment, ...],
    rows: tuple[TableRow, ...],
    head: bool,
    short: frozenset[int],
) -> Iterator[str]:
    """Each row."""
    for row, cells in zip(rows, _columns(rows, len(alignments)), strict=True):
        breaks = writer.breaks(row.id)
        out = []
        for column, cell in cells:
            given = alignments[column] if column < len(alignments) else Alignment.DEFAULT
            out.append(_cell(writer, cell, given, head, breaks, column in short))
            breaks = ""
        yield f"<tr{writer.line.anchor(row.id)}>{''.join(out)}</tr>"


def _columns(rows: tuple[TableRow, ...], width: int) -> Iterator[list[tuple[int, TableCell]]]:
    """Of each row the cells with the columns they begin at; *hanging* counts, by column, the rows that a
    cell from above still covers."""
    hanging = [0] * width
    for row in rows:
        covered = [n > 0 for n in hanging]
        hanging = [max(0, n - 1) for n in hanging]
        column = 0
        placed = []
        for cell in row.cells:
            while column < width and covered[column]:
                column += 1
            placed.append((column, cell))
            for at in range(column, min(width, column + cell.columns)):
                hanging[at] = cell.rows - 1
            column += cell.columns
        yield placed


def _cell(
    writer: BlockWriter, cell: TableCell, given: Alignment, head: bool, breaks: str, short: bool
) -> str:
    inner = writer.compact(cell.blocks, breaks + writer.breaks(cell.id))
    alignment = given if cell.alignment is Alignment.DEFAULT else cell.alignment
    names = [] if alignment is Alignment.DEFAULT else [alignment.value]
    if _FIGURE.fullmatch(inner):
        names.append("digits")
    elif short and cell.columns == 1 and len(inner) > 1:
        names.append("short")
    more = f' class="{" ".join(names)}"' if names else ""
    more += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    more += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    more = writer.line.anchor(cell.id) + more
    if head and inner.strip():  # an empty header cell names nothing
        scope = "colgroup" if cell.columns > 1 else "col"
        return f'<th scope="{scope}"{more}>{inner}</th>'
    return f"<td{more}>{inner}</td>"
