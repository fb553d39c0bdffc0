"""Structure: what the content of the pages is, for those who do not see it (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from enum import Enum

from convert.records import dataclass

__all__ = ["Element", "InlineKind", "InlineTag", "Tag", "heading_tag"]


class Tag(Enum):
    """The standard structure types that quire uses (ISO 32000-1, 14.8.4)."""

    DOCUMENT = "Document"
    SECT = "Sect"
    DIV = "Div"
    BLOCK_QUOTE = "BlockQuote"
    CAPTION = "Caption"
    INDEX = "Index"
    TOC = "TOC"
    TOCI = "TOCI"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"
    H5 = "H5"
    H6 = "H6"
    P = "P"
    L = "L"
    LI = "LI"
    LBL = "Lbl"
    LBODY = "LBody"
    TABLE = "Table"
    THEAD = "THead"
    TBODY = "TBody"
    TR = "TR"
    TH = "TH"
    TD = "TD"
    FIGURE = "Figure"
    FORMULA = "Formula"
    CODE = "Code"
    NOTE = "Note"

    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element.  `parent` is another's index; of a note -1: it hangs where it is called.

    `id` is the model's; `alt` describes what is no text; `columns` and `rows` are what a cell spans;
    `numbering` is a list's (ISO 32000-1, table 347).
    """

    tag: Tag
    parent: int = -1
    id: str = ""
    alt: str = ""
    columns: int = 1
    rows: int = 1
    numbering: str = ""

    def below(self, parent: int) -> Element:
        """The same element below another: what `replace` would give, in a third of the time."""
        return Element(self.tag, parent, self.id, self.alt, self.columns, self.rows, self.numbering)


def heading_tag(level: int) -> Tag:
    """H1 to H6."""
    return Tag(f"H{min(max(level, 1), 6)}")


class InlineKind(Enum):
    """Structure types within a paragraph (ISO 32000-1, 14.8.4.4)."""

    LINK = "Link"
    REFERENCE = "Reference"
    FORMULA = "Formula"
    CODE = "Code"
    FIGURE = "Figure"
    RUBY = "Ruby"
    RUBY_BASE = "RB"
    RUBY_TEXT = "RT"
    SPAN = "Span"

    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class InlineTag:
    """What a stretch within a paragraph is.  `ordinal` tells the stretches of one paragraph apart.

    `alt` describes a formula or an image; `language` is the stretch's own (BCP 47); `note` the id of
    the note that a reference calls or a mark before a note goes back to; `parent` the tag it stands in.
    """

    kind: InlineKind
    ordinal: int
    alt: str = ""
    language: str = ""
    note: str = ""
    parent: InlineTag | None = None

    def __hash__(self) -> int:
        return self.ordinal

    def around(self, kind: InlineKind) -> InlineTag | None:
        """The nearest tag of *kind* that this one is or stands in."""
        tag: InlineTag | None = self
        while tag is not None and tag.kind is not kind:
            tag = tag.parent
        return tag
