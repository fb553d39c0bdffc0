"""Blocks: what stands below one another.  The union is closed; see `convert.model.nodes`."""

from __future__ import annotations

from convert.model.inlines import (
    Image,
    Inline,
)
from convert.model.kinds import (
    Alignment,
    Attributes,
    CodeKind,
    DivisionKind,
    GeneratedKind,
    Matter,
    NumberDelimiter,
    NumberStyle,
    SourceSpan,
)
from convert.records import dataclass

__all__ = [
    "AnswerLines",
    "Block",
    "BulletList",
    "CodeBlock",
    "CodeToken",
    "DefinitionItem",
    "DefinitionList",
    "Division",
    "Figure",
    "Generated",
    "Heading",
    "HeadingNumber",
    "Index",
    "IndexEntry",
    "IndexGroup",
    "LineBlock",
    "ListItem",
    "MathBlock",
    "Note",
    "NumberForm",
    "OrderedList",
    "PageBreak",
    "Paragraph",
    "Quote",
    "Table",
    "TableCell",
    "TableRow",
    "ThematicBreak",
]


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a heading's number is written: `pattern` holds ``{}`` where its figures go, e.g. 第{}章.

    `above` is how many counters above its own are shown before it, parted by full stops (1.2.3 shows
    two); `gap` stands between the number and the title.
    """

    style: NumberStyle
    pattern: str = "{}"
    above: int = 0
    gap: str = "　"


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """A heading's number: `text` as all editions show it, e.g. 第三章, and the `count` in it, 3."""

    text: str
    count: int
    form: NumberForm


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is the source's, 1 to 6.  The edition's level is the Outline's to say.

    `subtitle` stands on lines of its own below the title; `short` is what running heads say instead
    of the title.  `number` is none of `children`; the transform `headings` gives it.
    """

    id: str
    span: SourceSpan
    level: int
    children: tuple[Inline, ...]
    numbered: bool = True
    listed: bool = True
    attributes: Attributes = Attributes()
    subtitle: tuple[Inline, ...] = ()
    short: str = ""
    matter: Matter = Matter.BODY
    number: HeadingNumber | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.  `continued` says that it goes on after a list, figure or formula: no indent."""

    id: str
    span: SourceSpan
    children: tuple[Inline, ...]
    continued: bool = False
    attributes: Attributes = Attributes()


@dataclass(frozen=True, slots=True)
class CodeToken:
    """A stretch of code of one kind, `length` characters long."""

    kind: CodeKind
    length: int


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code, verbatim, lines parted by line feeds, none at the end; its `number` is e.g. 1-2.

    `tokens`, where there are any, cover the text from its beginning to its end; the transform `code` gives them.
    Its lines are `numbered` from `start`, or as the theme has it where that is None.
    """

    id: str
    span: SourceSpan
    text: str
    language: str = ""
    attributes: Attributes = Attributes()
    tokens: tuple[CodeToken, ...] = ()
    numbered: bool | None = None
    start: int = 1
    caption: tuple[Inline, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set apart."""

    id: str
    span: SourceSpan
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item; `checked` is None but in a task list."""

    id: str
    span: SourceSpan
    blocks: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class BulletList:
    """An unordered list; `tight` when no blank line parts its items."""

    id: str
    span: SourceSpan
    items: tuple[ListItem, ...]
    tight: bool = True


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A numbered list."""

    id: str
    span: SourceSpan
    items: tuple[ListItem, ...]
    start: int = 1
    style: NumberStyle = NumberStyle.DECIMAL
    delimiter: NumberDelimiter = NumberDelimiter.PERIOD
    tight: bool = True


@dataclass(frozen=True, slots=True)
class DefinitionItem:
    """A term and what it means, each meaning a run of blocks."""

    id: str
    span: SourceSpan
    term: tuple[Inline, ...]
    definitions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms and their meanings."""

    id: str
    span: SourceSpan
    items: tuple[DefinitionItem, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell over `columns` × `rows` places of the grid; cells that a span covers are left out."""

    id: str
    span: SourceSpan
    blocks: tuple[Block, ...]
    alignment: Alignment = Alignment.DEFAULT
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of cells."""

    id: str
    span: SourceSpan
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `alignments` has one entry a column.  `number` is e.g. 1-2, empty when not numbered."""

    id: str
    span: SourceSpan
    alignments: tuple[Alignment, ...]
    head: tuple[TableRow, ...]
    body: tuple[TableRow, ...]
    caption: tuple[Inline, ...] = ()
    number: str = ""
    attributes: Attributes = Attributes()


@dataclass(frozen=True, slots=True)
class Figure:
    """An image that stands alone, with its caption."""

    id: str
    span: SourceSpan
    image: Image
    caption: tuple[Inline, ...] = ()
    number: str = ""
    attributes: Attributes = Attributes()


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula, as TeX."""

    id: str
    span: SourceSpan
    tex: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A rule or ornament between two parts of the text."""

    id: str
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page here."""

    id: str
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Verse: lines that stay as they are, each a run of inlines; an empty line parts stanzas."""

    id: str
    span: SourceSpan
    lines: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A part of the text of some kind: a study block, an alert, or a plain division with classes.

    `pointer` stands at the far end of the label's line: where the answer of an exercise is to be found.
    """

    id: str
    span: SourceSpan
    kind: DivisionKind
    blocks: tuple[Block, ...]
    title: tuple[Inline, ...] = ()
    number: str = ""
    attributes: Attributes = Attributes()
    pointer: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLines:
    """Ruled lines to write an answer on."""

    id: str
    span: SourceSpan
    count: int = 3


@dataclass(frozen=True, slots=True)
class Generated:
    """Where a list that quire makes is to stand."""

    id: str
    span: SourceSpan
    kind: GeneratedKind


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One entry of an index: its places are ids of index marks, in reading order."""

    term: str
    places: tuple[str, ...]
    entries: tuple[IndexEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The entries under one letter."""

    label: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index, in the order of its language; each edition tells the places in its own way."""

    id: str
    span: SourceSpan
    groups: tuple[IndexGroup, ...]


Block = (
    Heading
    | Paragraph
    | CodeBlock
    | Quote
    | BulletList
    | OrderedList
    | DefinitionList
    | Table
    | Figure
    | MathBlock
    | ThematicBreak
    | PageBreak
    | LineBlock
    | Division
    | AnswerLines
    | Generated
    | Index
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note; `id` is its own, found through `NoteReference.note`."""

    id: str
    span: SourceSpan
    blocks: tuple[Block, ...]
