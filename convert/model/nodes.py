"""The document model: what a book says, apart from how any edition shows it.

Closed unions of frozen dataclasses.  A `match` over `Block` or `Inline` that ends in
`assert_never` is checked to be complete.  Every sequence is a tuple.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

__all__ = [
    "Abbreviation",
    "Alignment",
    "AnswerLines",
    "Attributes",
    "Blank",
    "Block",
    "BulletList",
    "Code",
    "CodeBlock",
    "Contributor",
    "CrossReference",
    "DefinitionItem",
    "DefinitionList",
    "Division",
    "DivisionKind",
    "Document",
    "Emphasis",
    "ExternalTarget",
    "Figure",
    "Generated",
    "GeneratedKind",
    "Heading",
    "HeadingNumber",
    "Highlight",
    "Image",
    "Index",
    "IndexEntry",
    "IndexGroup",
    "IndexMark",
    "Inline",
    "InternalTarget",
    "LineBlock",
    "LineBreak",
    "Link",
    "LinkTarget",
    "ListItem",
    "Math",
    "MathBlock",
    "Matter",
    "Metadata",
    "Node",
    "Note",
    "NoteReference",
    "NumberDelimiter",
    "NumberForm",
    "NumberStyle",
    "OrderedList",
    "PageBreak",
    "PageMark",
    "Paragraph",
    "Placed",
    "Quote",
    "ReferenceForm",
    "Ruby",
    "RubySegment",
    "RunIn",
    "SoftBreak",
    "SourceSpan",
    "Span",
    "SpanKind",
    "Strikethrough",
    "Strong",
    "Subscript",
    "Superscript",
    "Table",
    "TableCell",
    "TableRow",
    "Text",
    "ThematicBreak",
]


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """The lines a block came from: file as the user named it, first and last line, from 1, inclusive."""

    file: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Attributes:
    """What ``{.class key=value}`` gave that no typed field holds."""

    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


class Alignment(Enum):
    """Alignment of a table column or cell."""

    DEFAULT = "default"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class NumberStyle(Enum):
    """How a list or a heading counts.  CHINESE is 一二三, FORMAL 壹贰叁."""

    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    UPPER_ALPHA = "upper-alpha"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"
    CHINESE = "chinese"
    FORMAL = "formal"
    CIRCLED = "circled"

    @property
    def chinese(self) -> bool:
        """Written with Chinese figures, and so with Chinese marks round them: 一、, （一）."""
        return self in (NumberStyle.CHINESE, NumberStyle.FORMAL)


class NumberDelimiter(Enum):
    """What stands round a list number: ``1.``, ``1)`` or ``（1）``."""

    PERIOD = "period"
    PARENTHESIS = "parenthesis"
    BOTH = "both"


class Matter(Enum):
    """What part of a book a heading opens, named as EPUB's Structural Semantics Vocabulary does.

    A PART holds chapters; front matter stands before the text, back matter and appendices after it.
    """

    PART = "part"
    FRONT = "frontmatter"
    BODY = "bodymatter"
    BACK = "backmatter"
    APPENDIX = "appendix"


class DivisionKind(Enum):
    """What a division is.  PLAIN has only its classes; the others are set in a way of their own."""

    PLAIN = "plain"
    KEYPOINT = "keypoint"
    QUESTION = "question"
    ANSWER = "answer"
    EXERCISE = "exercise"
    VOCABULARY = "vocabulary"
    READING = "reading"
    EPIGRAPH = "epigraph"
    BYLINE = "byline"
    NOTE = "note"
    TIP = "tip"
    IMPORTANT = "important"
    WARNING = "warning"
    CAUTION = "caution"
    ANSWERS = "answers"
    GLOSSARY = "glossary"


class SpanKind(Enum):
    """What a span asks for beyond its classes and language."""

    PLAIN = "plain"
    KAI = "kai"
    DOTS = "dots"
    UNDERLINE = "underline"
    SMALL = "small"


class ReferenceForm(Enum):
    """What a cross reference says of its target.

    LABEL is its name or number, 图1-2; WHOLE adds a heading's title to its number; PAGE adds the page in
    editions that have pages: 图1-2（第12页）.
    """

    LABEL = "label"
    WHOLE = "whole"
    PAGE = "page"


class GeneratedKind(Enum):
    """A list that quire makes itself, where the source asks for it."""

    CONTENTS = "contents"
    FIGURES = "figures"
    TABLES = "tables"
    ANSWERS = "answers"
    INDEX = "index"
    GLOSSARY = "glossary"


# ---------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Characters.  Never holds a line feed."""

    text: str


@dataclass(frozen=True, slots=True)
class SoftBreak:
    """A line end in the source.  The transform `soft_breaks` turns it into nothing or a space."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line end that the writer asked for."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """``*…*``: Kai or dots in Chinese, italics in Latin."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """``**…**``: Hei in Chinese, bold in Latin."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strikethrough:
    """``~~…~~``."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """``==…==``."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Superscript:
    """``^…^``."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    """``~…~``."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Inline code, verbatim."""

    text: str


@dataclass(frozen=True, slots=True)
class ExternalTarget:
    """An http, https, mailto or tel address, checked by the reader."""

    url: str


@dataclass(frozen=True, slots=True)
class InternalTarget:
    """The id of a block in this document."""

    id: str


LinkTarget = ExternalTarget | InternalTarget


@dataclass(frozen=True, slots=True)
class Link:
    """A link; what it says is in the children."""

    children: tuple[Inline, ...]
    target: LinkTarget
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """An image in the line.  `source` is a path relative to the book's folder, with slashes.

    `width` is a share of the measure from 0 to 1 where `width_points` is None.
    """

    source: str
    alt: str
    title: str = ""
    width: float | None = None
    width_points: float | None = None


@dataclass(frozen=True, slots=True)
class RubySegment:
    """Base characters and what is set above them."""

    base: str
    text: str


@dataclass(frozen=True, slots=True)
class Ruby:
    """Base text with pinyin, kana or zhuyin, segment by segment (CLREQ 5.5)."""

    segments: tuple[RubySegment, ...]


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The place of a note; `note` is the id of one of the document's notes."""

    note: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in the line, as TeX."""

    tex: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with a kind, a language (BCP 47, or empty) or classes."""

    children: tuple[Inline, ...]
    kind: SpanKind = SpanKind.PLAIN
    language: str = ""
    attributes: Attributes = Attributes()


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form whose long form is known."""

    text: str
    expansion: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank to be filled in by hand, `ems` wide."""

    ems: float = 4.0


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A live reference to a numbered block.  The transform `references` fills `label`, e.g. 图1-2.

    A label that is there before stays where the target has none of its own.
    """

    target: str
    label: str = ""
    form: ReferenceForm = ReferenceForm.LABEL


@dataclass(frozen=True, slots=True)
class IndexMark:
    """A place that the index points to.  `terms` goes from the entry down to its sub-entry.

    `readings` says how each term is read, as far as the source gives that; the transform `index` gives
    an `id` where there is an index to point here.
    """

    terms: tuple[str, ...]
    readings: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a page of an earlier print began; it shows nothing.  `label` is that page's number."""

    label: str


@dataclass(frozen=True, slots=True)
class RunIn:
    """A heading that opens its paragraph, e.g. 一、……。: an entry of the outline that stays in the line.

    It is the first child of a paragraph.  `level` counts as that of a heading does.
    """

    id: str
    span: SourceSpan
    level: int
    children: tuple[Inline, ...]


Inline = (
    Text
    | SoftBreak
    | LineBreak
    | Emphasis
    | Strong
    | Strikethrough
    | Highlight
    | Superscript
    | Subscript
    | Code
    | Link
    | Image
    | Ruby
    | NoteReference
    | Math
    | Span
    | Abbreviation
    | Blank
    | CrossReference
    | IndexMark
    | PageMark
    | RunIn
)

# ---------------------------------------------------------------- blocks


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
class CodeBlock:
    """Code, verbatim, lines parted by line feeds, none at the end."""

    id: str
    span: SourceSpan
    text: str
    language: str = ""
    attributes: Attributes = Attributes()


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


Placed = Block | ListItem | DefinitionItem | TableRow | TableCell | Note | RunIn
"""What has an id and a source span."""

Node = Inline | Placed

# ---------------------------------------------------------------- the whole


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who had a part in the book; `role` is a MARC relator code (aut, edt, trl, ill …)."""

    name: str
    role: str = "aut"
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the book itself.  `language` is a BCP 47 tag; `date` is as the source gave it.

    `title_from_heading` says that no title was given and the first heading served.  `source` names the
    edition that the text comes from; `cover` is a picture, by its path in the book's folder.
    """

    title: str = ""
    subtitle: str = ""
    contributors: tuple[Contributor, ...] = ()
    date: str = ""
    language: str = ""
    publisher: str = ""
    identifier: str = ""
    rights: str = ""
    description: str = ""
    series: str = ""
    keywords: tuple[str, ...] = ()
    title_from_heading: bool = False
    series_number: str = ""
    source: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole book: what it is, its text, its notes in the order of their first reference."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    sources: tuple[str, ...] = field(default=())
