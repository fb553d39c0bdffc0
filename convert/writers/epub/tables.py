"""Tables as XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from convert.model.identity import ascii_id
from convert.model.nodes import Alignment, Table, TableCell, TableRow
from convert.writers.epub.inlines import class_attribute
from convert.writers.epub.markup import element_id

if TYPE_CHECKING:
    from convert.writers.epub.blocks import BlockWriter

__all__ = ["table"]

_FIGURE = re.compile(r"[+−-]?[0-9][0-9,.:/%‰–-]{1,11}")
"""A number, which does not break."""
_WIDE = 6
"""More columns than this are set smaller."""


def table(writer: BlockWriter, block: Table) -> str:
    """A table with its caption above, column heads marked with their scope (WCAG 1.3.1)."""
    caption = writer.caption(writer.terms.table, block.number, block.caption)
    classes = class_attribute(block.attributes, "wide" if len(block.alignments) > _WIDE else "")
    out = [f"<table{element_id(ascii_id(block.id))}{classes}>"]
    if caption:
        out.append(f"<caption>{caption}</caption>")
    for tag, rows, head in (("thead", block.head, True), ("tbody", block.body, False)):
        if rows:
            out.append(f"<{tag}>")
            out += _rows(writer, block.alignments, rows, head)
            out.append(f"</{tag}>")
    if not block.head and not block.body:
        out.append("<tbody><tr><td></td></tr></tbody>")
    out.append("</table>")
    return "\n".join(out)


def _rows(
    writer: BlockWriter, alignments: tuple[Alignment, ...], rows: tuple[TableRow, ...], head: bool
) -> Iterator[str]:
    """Each row; *hanging* counts, by column, the rows that a cell from above still covers."""
    hanging = [0] * len(alignments)
    for row in rows:
        covered = [n > 0 for n in hanging]
        hanging = [max(0, n - 1) for n in hanging]
        column = 0
        cells = []
        breaks = writer.breaks(row.id)
        for cell in row.cells:
            while column < len(covered) and covered[column]:
                column += 1
            given = alignments[column] if column < len(alignments) else Alignment.DEFAULT
            cells.append(_cell(writer, cell, given, head, breaks))
            breaks = ""
            for at in range(column, min(len(hanging), column + cell.columns)):
                hanging[at] = cell.rows - 1
            column += cell.columns
        yield f"<tr{writer.line.anchor(row.id)}>{''.join(cells)}</tr>"


def _cell(writer: BlockWriter, cell: TableCell, given: Alignment, head: bool, breaks: str) -> str:
    inner = writer.compact(cell.blocks, breaks + writer.breaks(cell.id))
    alignment = given if cell.alignment is Alignment.DEFAULT else cell.alignment
    names = [] if alignment is Alignment.DEFAULT else [alignment.value]
    if _FIGURE.fullmatch(inner):
        names.append("digits")
    more = f' class="{" ".join(names)}"' if names else ""
    more += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    more += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    more = writer.line.anchor(cell.id) + more
    if head and inner.strip():  # an empty header cell names nothing
        scope = "colgroup" if cell.columns > 1 else "col"
        return f'<th scope="{scope}"{more}>{inner}</th>'
    return f"<td{more}>{inner}</td>"
