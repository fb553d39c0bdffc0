"""The small closed choices of the model: kinds, styles, alignments, and where a block came from."""

from __future__ import annotations

from enum import Enum

from convert.records import dataclass

__all__ = [
    "Alignment",
    "Attributes",
    "CodeKind",
    "DivisionKind",
    "GeneratedKind",
    "Matter",
    "NumberDelimiter",
    "NumberStyle",
    "ReferenceForm",
    "SourceSpan",
    "SpanKind",
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


class CodeKind(Enum):
    """What a stretch of code is; `NAME` is one that is defined there, such as a function's."""

    PLAIN = "plain"
    KEYWORD = "keyword"
    NAME = "name"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    INSERTED = "inserted"
    DELETED = "deleted"


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
    LISTINGS = "listings"
    ANSWERS = "answers"
    INDEX = "index"
    GLOSSARY = "glossary"
