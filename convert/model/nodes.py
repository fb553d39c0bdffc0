"""The document model: what a book says, apart from how any edition shows it.

Closed unions of frozen dataclasses.  A `match` over `Block` or `Inline` that ends in
`assert_never` is checked to be complete.  Every sequence is a tuple.
"""

from __future__ import annotations

from convert.model.blocks import (
    AnswerLines,
    Block,
    BulletList,
    CodeBlock,
    CodeToken,
    DefinitionItem,
    DefinitionList,
    Division,
    Figure,
    Generated,
    Heading,
    HeadingNumber,
    Index,
    IndexEntry,
    IndexGroup,
    LineBlock,
    ListItem,
    MathBlock,
    Note,
    NumberForm,
    OrderedList,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    TableCell,
    TableRow,
    ThematicBreak,
)
from convert.model.inlines import (
    Abbreviation,
    Blank,
    Code,
    CrossReference,
    Emphasis,
    ExternalTarget,
    Highlight,
    Image,
    IndexMark,
    Inline,
    InternalTarget,
    LineBreak,
    Link,
    LinkTarget,
    Math,
    NoteReference,
    PageMark,
    Ruby,
    RubySegment,
    RunIn,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
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
    ReferenceForm,
    SourceSpan,
    SpanKind,
)
from convert.records import dataclass, field

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
    "CodeKind",
    "CodeToken",
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


Placed = Block | ListItem | DefinitionItem | TableRow | TableCell | Note | RunIn
"""What has an id and a source span."""

Node = Inline | Placed


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
