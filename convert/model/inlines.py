"""Inlines: what stands in a line.  The union is closed; see `convert.model.nodes`."""

from __future__ import annotations

from convert.model.kinds import (
    Attributes,
    ReferenceForm,
    SourceSpan,
    SpanKind,
)
from convert.records import dataclass

__all__ = [
    "Abbreviation",
    "Blank",
    "Code",
    "CrossReference",
    "Emphasis",
    "ExternalTarget",
    "Highlight",
    "Image",
    "IndexMark",
    "Inline",
    "InternalTarget",
    "LineBreak",
    "Link",
    "LinkTarget",
    "Math",
    "NoteReference",
    "PageMark",
    "Ruby",
    "RubySegment",
    "RunIn",
    "SoftBreak",
    "Span",
    "Strikethrough",
    "Strong",
    "Subscript",
    "Superscript",
    "Text",
]


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
