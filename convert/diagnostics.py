"""Findings: what quire noticed about a source, each with its place and a way out.  Never prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from convert.records import dataclass, field

__all__ = ["Code", "Finding", "Findings", "Place", "Severity", "meant", "nearest"]


class Severity(Enum):
    """How much a finding weighs.  ``--strict`` turns a warning into exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(Enum):
    """Every kind of finding there is; the value is what users see and what the manual lists."""

    # the source as bytes and text
    SOURCE_MISSING = "source-missing"
    SOURCE_EMPTY = "source-empty"
    SOURCE_ENCODING = "source-encoding"
    SOURCE_TOO_LARGE = "source-too-large"
    SOURCE_UNREADABLE = "source-unreadable"
    CONTROL_CHARACTER = "control-character"
    NESTING_TOO_DEEP = "nesting-too-deep"
    # the book
    BOOK_MANIFEST = "book-manifest"
    FRONT_MATTER = "front-matter"
    PATH_OUTSIDE = "path-outside"
    # the dialect
    FENCE_UNCLOSED = "fence-unclosed"
    DIVISION_UNCLOSED = "division-unclosed"
    HTML_UNKNOWN = "html-unknown"
    HTML_UNCLOSED = "html-unclosed"
    ATTRIBUTE_UNKNOWN = "attribute-unknown"
    CLASS_UNKNOWN = "class-unknown"
    LANGUAGE_UNKNOWN = "language-unknown"
    HEADING_DOUBTFUL = "heading-doubtful"
    HEADING_EMPTY = "heading-empty"
    HEADING_SKIPPED = "heading-skipped"
    LIST_DOUBTFUL = "list-doubtful"
    EDITORS_MARK = "editors-mark"
    INCLUDE_FAILED = "include-failed"
    # suspicions about the text
    STRAY_WORD = "stray-word"
    PUNCTUATION_WIDTH = "punctuation-width"
    UNBALANCED = "unbalanced"
    REPLACEMENT_CHARACTER = "replacement-character"
    INDENT_TYPED = "indent-typed"
    CODE_DOUBTFUL = "code-doubtful"
    MARKUP_LEFT = "markup-left"
    UNEVEN_BOLD = "uneven-bold"
    # notes, ids, links
    NOTE_MISSING = "note-missing"
    NOTE_UNUSED = "note-unused"
    NOTE_DUPLICATE = "note-duplicate"
    ID_DUPLICATE = "id-duplicate"
    REFERENCE_MISSING = "reference-missing"
    LINK_UNSAFE = "link-unsafe"
    DEFINITION_UNUSED = "definition-unused"
    TABLE_SHAPE = "table-shape"
    LIST_EMPTY = "list-empty"
    READING_MISSING = "reading-missing"
    # repair
    REPAIR = "repair"
    REPAIR_DOUBTFUL = "repair-doubtful"
    # images
    IMAGE_MISSING = "image-missing"
    IMAGE_OUTSIDE = "image-outside"
    IMAGE_REMOTE = "image-remote"
    IMAGE_UNREADABLE = "image-unreadable"
    IMAGE_TOO_LARGE = "image-too-large"
    IMAGE_RESOLUTION = "image-resolution"
    IMAGE_LEFT_OUT = "image-left-out"
    IMAGE_PIXELS = "image-pixels"
    # the command line, settings and theme
    USAGE = "usage"
    SETTING_UNKNOWN = "setting-unknown"
    SETTING_VALUE = "setting-value"
    WRITER_UNKNOWN = "writer-unknown"
    # the template of the Word edition
    TEMPLATE_UNREADABLE = "template-unreadable"
    TEMPLATE_STYLES = "template-styles"
    TEMPLATE_DROPPED = "template-dropped"
    # fonts and layout
    FONT_MISSING = "font-missing"
    FONT_BROKEN = "font-broken"
    GLYPH_MISSING = "glyph-missing"
    LINE_OVERFULL = "line-overfull"
    LINE_RAGGED = "line-ragged"
    PAGE_OVERFULL = "page-overfull"
    PAGES_SCALED = "pages-scaled"
    PAGES_UNSETTLED = "pages-unsettled"
    # output and verification
    OUTPUT_UNWRITABLE = "output-unwritable"
    FEATURE_UNSUPPORTED = "feature-unsupported"
    OUTLINE_DIFFERS = "outline-differs"
    TEXT_LOST = "text-lost"
    NOTES_DIFFER = "notes-differ"
    EDITION_FAULTY = "edition-faulty"
    EDITION_UNREADABLE = "edition-unreadable"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file.  Lines and columns count from 1; 0 means the whole file or line."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed: its code, weight and place, what is wrong, and how to mend it."""

    code: Code
    severity: Severity
    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """``file:line:col: severity code message (hint)``, one line, as editors' problem matchers read it."""
        text = f"{self.place}: {self.severity.value} {self.code.value} {self.message}"
        if self.hint:
            text += f" ({self.hint})"
        return " ".join(text.split())


_NEAR = 1000
"""So many lines of a block are searched for a character."""


@dataclass(slots=True)
class Findings:
    """A growing list of findings; each stage adds its own.  The same finding is kept once.

    It knows the lines of the sources that were read, so that a later stage, which only knows a block's first
    line, can name the very character.
    """

    _items: dict[Finding, None] = field(default_factory=dict)
    _lines: dict[str, Sequence[str]] = field(default_factory=dict, compare=False, repr=False)

    def know(self, file: str, lines: Sequence[str]) -> None:
        """Remember the lines of a source."""
        self._lines[file] = lines

    def apart(self) -> Findings:
        """A list of its own, empty, that knows the same sources."""
        return Findings({}, self._lines)

    def exact(self, place: Place, needle: str) -> Place:
        """Where *needle* first stands from the line of *place* on; *place* itself when that is not known."""
        if not place.line or not needle:
            return place
        lines = self._lines.get(place.file, ())
        for number, line in enumerate(lines[place.line - 1 : place.line - 1 + _NEAR], place.line):
            column = line.find(needle) + 1
            if column:
                return Place(place.file, number, column)
        return place

    def error(self, code: Code, place: Place, message: str, hint: str = "") -> None:
        """Add something that makes an edition wrong."""
        self.add(Finding(code, Severity.ERROR, place, message, hint))

    def warn(self, code: Code, place: Place, message: str, hint: str = "") -> None:
        """Add something that the writer of the source should look at."""
        self.add(Finding(code, Severity.WARNING, place, message, hint))

    def info(self, code: Code, place: Place, message: str, hint: str = "") -> None:
        """Add something worth knowing that needs no change."""
        self.add(Finding(code, Severity.INFO, place, message, hint))

    def add(self, finding: Finding) -> None:
        """Add a finding made elsewhere."""
        self._items.setdefault(finding)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def worst(self) -> Severity | None:
        """The weightiest severity found, or None when there is nothing."""
        found = {item.severity for item in self._items}
        return next((s for s in Severity if s in found), None)


def nearest(name: str, known: Iterable[str], alike: float = 0.6) -> str:
    """Which of *known* is most like *name*; empty when none is as much as *alike*, from 0 to 1."""
    import difflib  # for a mistake only

    near = difflib.get_close_matches(name, list(known), 1, alike)
    return near[0] if near else ""


def meant(name: str, known: Iterable[str], otherwise: str, alike: float = 0.6) -> str:
    """A hint: the one of *known* that *name* is likely to stand for, or *otherwise*."""
    near = nearest(name, known, alike)
    return f"did you mean {near}?" if near else otherwise
