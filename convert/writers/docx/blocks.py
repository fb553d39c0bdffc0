"""From the model's blocks to paragraphs and tables, one pass, in order (ECMA-376 part 1, 17.3.1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from convert.diagnostics import Code as FindingCode
from convert.diagnostics import Findings, Place
from convert.model.nodes import (
    AnswerLines,
    Block,
    BulletList,
    CodeBlock,
    DefinitionList,
    Division,
    Figure,
    Generated,
    GeneratedKind,
    Heading,
    Index,
    Inline,
    LineBlock,
    MathBlock,
    OrderedList,
    PageBreak,
    Paragraph,
    Quote,
    RunIn,
    Table,
    ThematicBreak,
)
from convert.model.outline import Outline, OutlineEntry
from convert.model.quotes import parted
from convert.records import dataclass, field, replace
from convert.writers.docx.captioned import caption, figure, formula
from convert.writers.docx.code import code_levels, code_lines
from convert.writers.docx.contents import captions_xml, contents_xml
from convert.writers.docx.divisions import division
from convert.writers.docx.heads import end_section
from convert.writers.docx.index import index_xml
from convert.writers.docx.items import definitions, list_items
from convert.writers.docx.looks import Look
from convert.writers.docx.numbering import LEVELS, hang
from convert.writers.docx.paragraph import Format, Surround, body_surround, paragraph_properties
from convert.writers.docx.runs import MARK_END, RunMaker
from convert.writers.docx.sections import Sections
from convert.writers.docx.sheet import heading_style, rounded_size
from convert.writers.docx.story import Relations, Shared
from convert.writers.docx.table import TableMaker, measured, wants_landscape
from convert.writers.docx.xml import tag

__all__ = ["BlockMaker"]

_ANSWER_LINE = "<w:r><w:tab/></w:r>"
"""A line to write on is the leader of a tab: borders run into those of the paragraphs round it."""


@dataclass(slots=True)
class BlockMaker:
    """Makes the blocks of one story.  `out` grows piece by piece."""

    shared: Shared
    outline: Outline
    findings: Findings
    relations: Relations
    runs: RunMaker
    sections: Sections | None = None
    """The sections of the main story; notes have none."""
    out: list[str] = field(default_factory=list)
    _page_break: bool = False
    _after_table: bool = False
    _pending: list[str] = field(default_factory=list)
    _prefix: str = ""
    number: str = ""
    """The `w:numPr` of an item that begins with something else than a paragraph: for the next one."""

    # ------------------------------------------------------------ paragraphs

    def paragraph(
        self, style: str, content: str, here: Surround, given: Format, ident: str = "", inner: str = ""
    ) -> None:
        """One paragraph.  *inner* is a bookmark name laid round the content besides the block's own."""
        runs = self.runs
        if not here.in_table and self.sections is not None:
            self._turn_section(self.sections)
        if self._page_break or self._after_table or self.number:
            given = self._owed(style, given, here)
        if ident and self._marks(ident):
            self._pending.append(self.bookmark(ident))
        if inner:
            self._pending.append(inner)
        start = end = ""
        for name in self._pending:
            opening, closing = self.shared.bookmarks.pair(name)
            start, end = start + opening, closing + end
        self._pending.clear()
        if self._prefix:
            content, self._prefix = self._prefix + content, ""
        if runs.above or runs.bulky:
            given = self._levelled(style, given, here)
        properties = paragraph_properties(style, given, here, self.shared)
        if MARK_END in content:
            marked, _, rest = content.partition(MARK_END)
            content, end = f"{marked}{end}{rest}", ""
        self.out.append(f"<w:p>{properties}{start}{content}{end}</w:p>")
        if here.in_table or runs.in_note:
            runs.ems = 0.0
        else:
            self._count(style, here)

    def _owed(self, style: str, given: Format, here: Surround) -> Format:
        """*given* with what earlier blocks left for this paragraph to bear."""
        if self._page_break and not here.in_table:
            given = replace(given, page_break=True)
            self._page_break = False
            self.shared.pages.turn()
        if self._after_table:
            spaced = self.shared.sheet.paragraphs[style].before > 0
            given = given if spaced else replace(given, before=0.5)
            self._after_table = False
        if self.number:
            given = replace(given, number=self.number)
            self.number = ""
        return given

    def _levelled(self, style: str, given: Format, here: Surround) -> Format:
        """*given* with an exact line height where ruby or dots stand above the text.

        Word and LibreOffice would give such a line two lines of the grid.
        """
        if not (self.runs.bulky or here.in_table or self.runs.in_note):
            sheet = self.shared.sheet.paragraphs[style]
            if sheet.snap and sheet.size * 30 <= self.shared.layout.pitch:
                given = replace(given, pitch=self.shared.layout.pitch)
        self.runs.above = self.runs.bulky = False
        return given

    def _turn_section(self, sections: Sections) -> None:
        """End the section where another is due."""
        ended = sections.due()
        if ended:
            end_section(self.out, ended)
            self._page_break = self._after_table = False
            self.shared.pages.turn()

    def bookmark(self, ident: str) -> str:
        """The name of the bookmark round a block that begins here."""
        self.shared.folios.setdefault(ident, self.shared.pages.folio)
        return self.shared.bookmarks.name("_q", ident)

    def mark(self, ident: str) -> None:
        """Have the next paragraph bear the bookmark of the block that begins with it.

        A container's bookmark stands in its first paragraph: round several paragraphs, or between them, programs
        lose it.
        """
        if self._marks(ident):
            self._pending.append(self.bookmark(ident))

    def _marks(self, ident: str) -> bool:
        """Has a block a bookmark?  In notes only where something leads to it: LibreOffice loses them there, and a
        note is known by the bookmark of its reference."""
        return not self.runs.in_note or ident in self.shared.survey.targets

    def _points(self) -> str:
        """The bookmarks that wait, as points: before a field that Word fills, which takes what is in it away."""
        points = "".join("".join(self.shared.bookmarks.pair(name)) for name in self._pending)
        self._pending.clear()
        return points

    def _count(self, style: str, here: Surround) -> None:
        """Put the paragraph just made on the estimated pages."""
        ems, self.runs.ems = self.runs.ems, 0.0
        sheet = self.shared.sheet.paragraphs[style]
        pages = self.shared.pages
        height = 1.0 if sheet.size * 26 <= self.shared.layout.pitch else 2.0
        measure = here.width / max(1, sheet.em) - (sheet.left + sheet.right) / 100
        if sheet.before:
            pages.add(sheet.before)
        pages.paragraph(ems + (sheet.first / 100 if sheet.first > 0 else 0.0), measure, height)
        if sheet.after:
            pages.add(sheet.after)

    def inlines(self, inlines: Iterable[Inline], style: str, here: Surround) -> str:
        """The runs of *inlines* in a paragraph of *style*."""
        return self.runs.content(inlines, self.shared.sheet.paragraphs[style].size, here.width)

    def simple(
        self, style: str, inlines: Iterable[Inline], here: Surround, given: Format, ident: str = ""
    ) -> None:
        """One paragraph of *inlines*."""
        self.paragraph(style, self.inlines(inlines, style, here), here, given, ident)

    # ------------------------------------------------------------ blocks

    def blocks(self, blocks: Sequence[Block], here: Surround) -> None:
        """All of *blocks*, in order."""
        for block in blocks:
            self.block(block, here)

    def block(self, block: Block, here: Surround) -> None:
        """One block."""
        self._make(block, here)
        for tex in self.runs.not_understood:
            self.findings.info(
                FindingCode.FEATURE_UNSUPPORTED,
                Place(block.span.file, block.span.first),
                f"the formula {tex[:60]} stands in the Word edition as TeX: it is not understood",
                "the manual tells what formulas may hold",
            )
        self.runs.not_understood.clear()

    def _make(self, block: Block, here: Surround) -> None:
        match block:
            case Heading():
                self._heading(block, here)
            case Paragraph():
                self.plain(block, here)
            case CodeBlock():
                self._code(block, here)
            case Quote():
                self._quote(block, here.inside("Quote", 200, 200, self.shared))
            case BulletList():
                list_items(self, block, here, self.shared.numbering.bullets, 200)
            case OrderedList():
                level = min(here.depth, LEVELS - 1)
                number = self.shared.numbering.ordered(block.style, block.delimiter, block.start, level)
                list_items(self, block, here, number, hang(block.delimiter, block.style))
            case DefinitionList():
                definitions(self, block, here)
            case Table():
                self._table(block, here)
            case Figure():
                figure(self, block, here)
            case MathBlock():
                formula(self, block, here)
            case ThematicBreak():
                self.paragraph("HorizontalRule", "", replace(here, edge=-1), Format(), block.id)
            case PageBreak():
                self._page_break = True
                self.mark(block.id)
            case LineBlock():
                self._verse(block, here)
            case Division():
                division(self, block, here)
            case AnswerLines():
                for at in range(block.count):
                    given = here.shifted("AnswerLine", self.shared)
                    if at:
                        # A line and a half each.  LibreOffice takes no height for a line that is all tab, only
                        # the space before it, which between unlike boxes would leave the first one's ground open.
                        given = replace(given, before=0.5, pitch=self.shared.layout.pitch)
                    self.paragraph("AnswerLine", _ANSWER_LINE, here, given, "" if at else block.id)
            case Generated():
                self._generated(block)
            case Index():
                self._index(block)
            case _:
                assert_never(block)

    def _heading(self, block: Heading, here: Surround) -> None:
        entry = self.outline.find(block.id)
        if entry is None or here.in_table or self.runs.in_note:
            content = self._heading_content(block, "UnlistedHeading", here)
            self.paragraph("UnlistedHeading", content, here, here.given(self.shared), block.id)
            return
        style = heading_style(entry, parts=self.outline.has_parts)
        sheet = self.shared.sheet.paragraphs[style]
        pages = self.shared.pages
        starts = entry.id == self.outline.text_start
        if sheet.page_break or starts:
            if self.sections is not None and here == body_surround(self.shared):
                self.sections.chapter(entry.id)
            pages.turn()
        if starts:
            pages.begin_text()
        pages.keep(sheet.before + sheet.after + 3)
        content = self._heading_content(block, style, here)
        numbers = self.shared.headings
        if entry.number and entry.id not in numbers.automatic:
            content = self.runs.text(entry.number + entry.gap) + content
        elif entry.number and entry.id in self.shared.survey.targets:
            self._pending.append(self.shared.bookmarks.name("_Ref", entry.id))
        name = self.shared.bookmarks.name("_Toc", entry.id)
        given = here.shifted(style, self.shared)
        if entry.id in numbers.direct:
            given = replace(given, number=numbers.direct[entry.id])
        self.paragraph(style, content, here, given, block.id, name)

    def _heading_content(self, block: Heading, style: str, here: Surround) -> str:
        """Title and, on a line of its own in the same paragraph, subtitle: one entry for Word's navigation."""
        self.runs.in_heading = True
        content = self.inlines(block.children, style, here)
        if block.subtitle:
            size = self.shared.sheet.paragraphs[style].size
            look = Look(
                style="HeadingSubtitle", points=rounded_size(max(size * 0.72, self.shared.sheet.small))
            )
            content += "<w:r><w:br/></w:r>" + self.runs.content(block.subtitle, size, here.width, look)
        self.runs.in_heading = False
        return content

    def plain(self, block: Paragraph, here: Surround) -> None:
        """A paragraph, in the style of its surround."""
        style = here.style
        if block.continued and style == "BodyText":
            style = "BodyTextContinued"
        given = here.given(self.shared)
        later_in_note = style == self.shared.notes.text_style and not self._prefix
        if later_in_note or (block.continued and style != "BodyTextContinued"):
            given = replace(given, no_first=True)
        first = block.children[0] if block.children else None
        entry = self.outline.find(first.id) if isinstance(first, RunIn) else None
        if isinstance(first, RunIn) and entry is not None and not (here.in_table or self.runs.in_note):
            self._run_in(first, entry, here, given, block.id)
            self.simple(style, block.children[1:], here, given)
            return
        self.simple(style, block.children, here, given, block.id)

    def _run_in(self, node: RunIn, entry: OutlineEntry, here: Surround, given: Format, ident: str) -> None:
        """A heading that ends in a style separator: what follows stands in the same line (17.3.2.36)."""
        style = heading_style(entry, parts=self.outline.has_parts)
        self._pending += [self.bookmark(node.id), self.shared.bookmarks.name("_Toc", entry.id)]
        content = self.inlines(node.children, style, here)
        # The text after it has the look of the paragraph as a whole, whichever of the two Word takes it from.
        self.paragraph(style, content, here, replace(given, separator=True), ident)

    def _code(self, block: CodeBlock, here: Surround) -> None:
        shared, theme = self.shared, self.shared.theme
        if block.caption or block.number:
            caption(self, block, here, keep=True)
        shared.pages.add(block.text.count("\n") * 0.8)
        if not block.numbered or self.number:
            content = next(code_lines(block, theme, apart=False))
            self.paragraph("SourceCode", content, here, here.shifted("SourceCode", shared), block.id)
            return
        em = shared.sheet.paragraphs["SourceLine"].em
        number = shared.numbering.lines(code_levels(theme, em), block.start)
        given = replace(
            here.shifted("SourceLine", shared),
            number=f'<w:numPr><w:ilvl w:val="0"/>{tag("numId", number)}</w:numPr>',
        )
        for at, content in enumerate(code_lines(block, theme, apart=True)):
            self.paragraph("SourceLine", content, here, given, "" if at else block.id)

    def _quote(self, block: Quote, inner: Surround) -> None:
        """A quotation, its source flush right at its end."""
        said, source = parted(block.blocks)
        self.mark(block.id)
        self.blocks(said, inner)
        self.blocks(source, replace(inner, align="right"))

    def _table(self, block: Table, here: Surround) -> None:
        measures = measured(block)
        wide = here == body_surround(self.shared) and wants_landscape(
            block, measures, here.width, self.shared
        )
        if wide and self.sections is not None:
            self.sections.turned()
            here = replace(here, width=self.shared.layout.turned_measure)
        if not here.in_table and self.sections is not None:
            self._turn_section(self.sections)
        if self._after_table:
            # Two tables without a paragraph between them would become one.
            self.paragraph("TableText", "", here, Format())
        if self._page_break and not here.in_table and not (block.caption or block.number):
            self.paragraph("TableText", "", here, Format())
        if block.caption or block.number:
            caption(self, block, here, keep=True)
            self._after_table = False
        self.mark(block.id)
        number, self.number = self.number, ""
        TableMaker(self.shared, self.runs, self).table(block, measures, here)
        self.number = number
        self._after_table = True
        if wide and self.sections is not None:
            self.sections.upright()

    def _verse(self, block: LineBlock, here: Surround) -> None:
        """Stanzas as paragraphs, lines parted by `w:br`."""
        stanzas: list[list[tuple[Inline, ...]]] = [[]]
        for line in block.lines:
            if line:
                stanzas[-1].append(line)
            elif stanzas[-1]:
                stanzas.append([])
        ident = block.id
        for stanza in stanzas:
            content = "<w:r><w:br/></w:r>".join(self.inlines(line, "Verse", here) for line in stanza)
            self.shared.pages.add(max(0, len(stanza) - 1))
            self.runs.ems = 0.0
            self.paragraph("Verse", content, here, here.shifted("Verse", self.shared), ident)
            ident = ""

    def _generated(self, block: Generated) -> None:
        """A list where the text asks for it; it has no title but the one that the source gives it."""
        shared, listed = self.shared, self.shared.lists.get(block.kind, ())
        if listed or block.id in shared.survey.targets:
            self.mark(block.id)
        if not listed:
            return
        match block.kind:
            case GeneratedKind.CONTENTS:
                depth = shared.contents_depth
                made = contents_xml(listed, depth, shared, self.runs, self._points())
            case GeneratedKind.FIGURES:
                made = captions_xml(listed, shared.terms.figure, shared, self.runs, self._points())
            case GeneratedKind.LISTINGS:
                made = captions_xml(listed, shared.terms.listing, shared, self.runs, self._points())
            case _:
                made = captions_xml(listed, shared.terms.table, shared, self.runs, self._points())
        self.out.append(made)
        shared.pages.add(len(listed))
        self._after_table = False

    def _index(self, block: Index) -> None:
        self.mark(block.id)
        xml = index_xml(block, self.shared, self.runs, self._points())
        self.out.append(xml)
        self.shared.pages.add(xml.count("<w:p>"))
        self._after_table = False

    def close_cell(self) -> None:
        """End a cell: Word wants a paragraph after a table that ends one (ECMA-376 part 1, 17.4.65)."""
        if self._after_table:
            self._after_table = False
            self.out.append('<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>')

    def finish(self) -> None:
        """End the story: bookmarks that still wait, and a paragraph after a last table."""
        if self._after_table or (self._pending and not self.runs.in_note):
            self._after_table = False
            self.out.append(f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>{self._points()}</w:p>')

    def begin_note(self, mark: str) -> None:
        """Let the first paragraph begin with the note's mark."""
        self._prefix = mark

    def finish_note(self) -> None:
        """End a note: its mark stands somewhere, and a paragraph is last."""
        if self._prefix or not self.out:
            style = self.shared.notes.text_style
            self.out.insert(0, f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{self._prefix}</w:p>')
            self._prefix = ""
        self.finish()
