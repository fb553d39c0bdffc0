"""The manuscript: the finished copy that every writer is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import assert_never

from convert.book import SourceFile
from convert.images import ImageAsset
from convert.isbn import isbn
from convert.keeping import Store
from convert.model.nodes import CodeBlock, Document, Figure, GeneratedKind, Table
from convert.model.outline import Outline, em_space
from convert.model.title import title_lines
from convert.model.walk import plain_text, query
from convert.records import dataclass, field
from convert.reference import ReferenceFile
from convert.regex import regex
from convert.supply import FontSupply
from convert.terms import Terms, colophon_terms_for
from convert.theme import Theme

__all__ = ["Listed", "Manuscript", "PageMap", "PageStart"]


_WITHOUT_WORD = regex(r"(?i)^\s*(?:urn:)?isbn[:\s-]*")


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of the print edition begins: its printed number, and a place in the text.

    The place is the block with the id `block`, after `offset` characters of its `plain_text` (of a code
    block, of its code), white space not counted; 0 is the block's own beginning.
    """

    label: str
    block: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PageMap:
    """The pages of the print edition, as it is laid out in the same run.

    `starts` are in reading order; a page left blank has none.  `label_of` gives the printed number of
    the page that a block or an index mark, by id, begins on.
    """

    starts: tuple[PageStart, ...] = ()
    label_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list that quire makes: the block it leads to, what it says, its depth from 1."""

    id: str
    label: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything a writer may know.

    Soft breaks are resolved, numbers given, every image in the document is in `images` by its
    `Image.source`.  `timestamp` is the date that goes into the file, in seconds since 1970 UTC.
    `root` is the book's folder, where its own fonts are looked for.  `pages` is there only when the print
    edition is made in the same run: flowing editions can then say where its pages begin.  `fonts` is asked
    for a font to go along with an edition; a writer does not look for fonts itself.  `sources` are the files
    that the book was read from, those that they include among them; none where a document was made otherwise.
    `reference` is the editor's own template for the Word edition, as a stranger's file that nobody has looked
    into yet; `profile` so is the colour profile of the press.
    """

    document: Document
    outline: Outline
    theme: Theme
    terms: Terms
    images: Mapping[str, ImageAsset]
    timestamp: int
    root: Path | None = None
    pages: PageMap | None = None
    fonts: FontSupply | None = None
    sources: tuple[SourceFile, ...] = ()
    reference: ReferenceFile | None = None
    profile: ReferenceFile | None = None
    store: Store | None = None

    def listed(self, kind: GeneratedKind, depth: int = 0) -> tuple[Listed, ...]:
        """The lines of the contents, or of the list of figures, tables or code; nothing for other kinds.

        The contents go down to *depth*, or to ``contents.depth`` when that is 0; a figure or table is listed when it has a number or a
        caption, and says both: 图1-2　海.
        """
        match kind:
            case GeneratedKind.CONTENTS:
                depth = depth or self.theme.contents.depth
                entries = (entry for entry in self.outline.flat() if entry.level <= depth)
                return tuple(Listed(entry.id, entry.label, entry.level) for entry in entries)
            case GeneratedKind.FIGURES:
                return tuple(self._captions(Figure, self.terms.figure))
            case GeneratedKind.TABLES:
                return tuple(self._captions(Table, self.terms.table))
            case GeneratedKind.LISTINGS:
                return tuple(self._captions(CodeBlock, self.terms.listing))
            case GeneratedKind.ANSWERS | GeneratedKind.INDEX | GeneratedKind.GLOSSARY:
                return ()
            case _:
                assert_never(kind)

    def colophon(self) -> tuple[str, ...]:
        """The lines of the copyright page (版权页), facts only, the book's title first.

        Empty when the book has no title page, or nothing to say but what stands there already.
        """
        metadata = self.document.metadata
        number = isbn(metadata.identifier)
        wanted = number or metadata.rights or metadata.series or metadata.source
        if not (wanted and self.theme.colophon.show and title_lines(metadata)):
            return ()
        words, colon = colophon_terms_for(self.terms.language), self.terms.label_colon
        people: dict[str, list[str]] = {}
        for person in metadata.contributors:
            people.setdefault(words.person(person.role), []).append(person.name)
        joint = em_space(metadata.title, metadata.subtitle) if metadata.subtitle else ""
        said = [
            (words.book, metadata.title + joint + metadata.subtitle),
            *((word, words.parting.join(names)) for word, names in people.items()),
            (words.series, f"{metadata.series} {metadata.series_number}".strip()),
            (words.publisher, metadata.publisher),
            (words.date, metadata.date),
            (words.source, metadata.source),
        ]
        lines = [f"{word}{colon}{value}" for word, value in said if value]
        lines += [f"ISBN {_WITHOUT_WORD.sub('', metadata.identifier)}" if number else "", metadata.rights]
        return tuple(line for line in lines if line)

    def _captions(self, kind: type[Figure] | type[Table] | type[CodeBlock], word: str) -> Iterator[Listed]:
        for node in query(self.document, kind):
            text = " ".join(plain_text(node.caption).split())
            label = word + node.number if node.number else ""
            gap = self.terms.caption_gap if label and text else ""
            if label or text:
                yield Listed(node.id, label + gap + text)
