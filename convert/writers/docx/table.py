"""Tables in the three-line style, their columns summing to the measure (ECMA-376 part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from convert import tabular
from convert.model.nodes import Alignment, Block, Paragraph, Table, TableCell, Text
from convert.model.walk import plain_text
from convert.records import dataclass, field
from convert.tabular import LONGEST, ROOMY, Slot, alignment_of, fit_table, longest_word, placed_rows
from convert.writers.docx.pages import width_in_ems
from convert.writers.docx.paragraph import Surround
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.story import Shared
from convert.writers.docx.xml import escape, tag

__all__ = ["Measures", "TableMaker", "column_widths", "measured", "wants_landscape"]

_WIDEST = 24.0
"""Ems beyond which a cell's text does not ask for a wider column: it will fill lines anyway."""
_NARROWEST = 2.5
_PADDING = 160
"""Left and right cell margins of the table style together, in twips."""
_JC = {Alignment.LEFT: "left", Alignment.CENTRE: "center", Alignment.RIGHT: "right"}


class _Blocks(Protocol):
    """The maker of the blocks inside cells."""

    out: list[str]

    def blocks(self, blocks: Sequence[Block], here: Surround) -> None:
        """Append blocks to `out`."""

    def plain(self, block: Paragraph, here: Surround) -> None:
        """Append a paragraph."""

    def close_cell(self) -> None:
        """See that the cell just filled ends in a paragraph."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the text of a table takes, in ems: `natural` and `least` widths by column, and by cell (its `id`) in all.

    `head` and `body` are its rows with the places of their cells.
    """

    natural: list[float]
    least: list[float]
    cells: Mapping[int, float]
    head: list[list[Slot]]
    body: list[list[Slot]]


def measured(table: Table) -> Measures:
    """The ems that each column would fill, and those that it needs: its longest word, or some characters."""
    count = len(table.alignments)
    natural, least = [_NARROWEST] * count, [0.0] * count
    cells: dict[int, float] = {}
    head, body = ([slots for _, slots in placed_rows(rows, count)] for rows in (table.head, table.body))
    for part in (head, body):
        for slots in part:
            for slot in slots:
                cell, column = slot.cell, slot.column
                if cell is None:
                    continue
                alone = only_text(cell)
                lines = [plain_text((block,)) for block in cell.blocks] if alone is None else [alone.text]
                ems = [width_in_ems(line) for line in lines]
                widest = max(ems, default=0.0)
                cells[id(cell)] = sum(ems)
                share = min(widest, _WIDEST * slot.columns) / slot.columns
                for at in range(column, column + slot.columns):
                    if share > natural[at]:
                        natural[at] = share
                # A word is no longer than its line: most lines need no look at their words.
                longest = max(map(len, lines), default=0) * 0.5
                if slot.columns == 1 and least[column] < max(min(widest, ROOMY), min(longest, LONGEST)):
                    word = max((len(longest_word(line)) for line in lines), default=0) * 0.5
                    least[column] = max(least[column], min(widest, ROOMY), min(word, LONGEST))
    return Measures(natural, least, cells, head, body)


def only_text(cell: TableCell) -> Text | None:
    """The text of a cell that holds a paragraph of nothing else, as most do."""
    blocks = cell.blocks
    if len(blocks) == 1 and type(blocks[0]) is Paragraph:
        children = blocks[0].children
        if len(children) == 1 and type(children[0]) is Text:
            return children[0]
    return None


def column_widths(measures: Measures, total: int, em: int) -> list[int]:
    """Widths in twips that sum to *total*: by the widest text of each column, long text capped."""
    padding = _PADDING / max(1, em)
    room = total / max(1, em)
    want = tabular.column_widths(
        [w + padding for w in measures.natural], [w + padding for w in measures.least], room
    )
    scale = room / sum(want)
    edges = [round(sum(want[: at + 1]) * scale * em) for at in range(len(want))]
    return [edge - before for edge, before in zip(edges, [0, *edges[:-1]], strict=True)]


def wants_landscape(table: Table, measures: Measures, width: int, shared: Shared) -> bool:
    """Is *table* too wide for a text *width* twips wide?  In Word its type keeps its size."""
    if shared.layout.vertical:
        return False
    em = shared.sheet.paragraphs["TableText"].em
    room, turned = width / em, shared.layout.turned_measure / em
    return fit_table(table, [need + _PADDING / em for need in measures.least], room, turned, 1.0).turned


@dataclass(slots=True)
class TableMaker:
    """Writes tables through the block maker of the story."""

    shared: Shared
    runs: RunMaker
    maker: _Blocks
    _surrounds: dict[tuple[str, int, str], Surround] = field(default_factory=dict)

    def table(self, table: Table, measures: Measures, here: Surround) -> None:
        """Append the table to the story; *measures* are those of its text."""
        count = len(table.alignments)
        if not count or not (table.head or table.body):
            return
        em = self.shared.sheet.paragraphs["TableText"].em
        widths = column_widths(measures, here.width, em)
        out = self.maker.out
        indent = here.left * self.shared.layout.em // 100
        caption = escape(" ".join(plain_text(table.caption).split()))
        look = "04A0" if table.head else "0480"
        out.append(
            '<w:tbl><w:tblPr><w:tblStyle w:val="ThreeLineTable"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            + (f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else '<w:jc w:val="center"/>')
            + '<w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{look}" w:firstRow="{int(bool(table.head))}" w:lastRow="0" w:firstColumn="0"'
            ' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            + (f'<w:tblCaption w:val="{caption}"/>' if caption else "")
            + "</w:tblPr><w:tblGrid>"
            + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
            + "</w:tblGrid>"
        )
        counted, self.runs.counts = self.runs.counts, False
        for head, rows in ((True, measures.head), (False, measures.body)):
            last = len(rows) - 1
            for at, slots in enumerate(rows):
                self._row(table, measures, slots, widths, head, head and at == last)
        self.runs.counts = counted
        out.append("</w:tbl>")

    def _row(
        self,
        table: Table,
        measures: Measures,
        slots: list[Slot],
        widths: list[int],
        head: bool,
        ruled: bool,
    ) -> None:
        out = self.maker.out
        out.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>")
        deepest, em = 1.0, self.shared.sheet.paragraphs["TableText"].em
        for slot in slots:
            width = widths[slot.column] if slot.columns == 1 else sum(widths[slot.column :][: slot.columns])
            span = tag("gridSpan", slot.columns) if slot.columns > 1 else ""
            merge = ""
            if slot.cell is None:
                merge = "<w:vMerge/>"
            elif slot.cell.rows > 1:
                merge = '<w:vMerge w:val="restart"/>'
            border = ""
            if ruled:
                rule = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
                border = f"<w:tcBorders>{rule}</w:tcBorders>"
            valign = tag("vAlign", "center") if head or merge else ""
            out.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{border}{valign}</w:tcPr>'
            )
            if slot.cell is None:
                out.append('<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>')
            else:
                self._cell(table, slot, slot.cell, width - _PADDING, head)
                ems = 1.0 if head else measures.cells[id(slot.cell)]
                deepest = max(deepest, -(-ems * em // max(em, width - _PADDING)))
            out.append("</w:tc>")
        out.append("</w:tr>")
        self.shared.pages.add(deepest * 0.8 + 0.2)

    def _cell(self, table: Table, slot: Slot, cell: TableCell, width: int, head: bool) -> None:
        alignment = alignment_of(table, slot)
        style = "TableHeading" if head else "TableText"
        align = _JC.get(alignment, "")
        if align == ("center" if head else "left"):
            align = ""
        before = len(self.maker.out)
        here = self._surround(style, max(width, 400), align)
        if only_text(cell) is None:
            self.maker.blocks(cell.blocks, here)
        else:
            self.maker.plain(cast(Paragraph, cell.blocks[0]), here)
        if len(self.maker.out) == before:
            self.maker.out.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')
        self.maker.close_cell()

    def _surround(self, style: str, width: int, align: str) -> Surround:
        """The surround of a cell: the same for all cells of a column that are alike."""
        key = style, width, align
        known = self._surrounds.get(key)
        if known is None:
            known = self._surrounds[key] = Surround(style, width, align=align, in_table=True)
        return known
