"""A book made ready for the writers: its theme with everything laid over it, its text read and finished."""

from __future__ import annotations

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from convert import images, transforms
from convert.book import (
    MANIFEST,
    Book,
    Setting,
    SourceFile,
    front_matter_place,
    included,
    repairs_from,
    settings_from,
)
from convert.diagnostics import Findings, Place
from convert.editions import timestamp
from convert.manuscript import Manuscript
from convert.metadata import merge_metadata
from convert.model.nodes import Document
from convert.model.outline import make_outline
from convert.readers import markdown
from convert.records import dataclass, replace
from convert.reference import KEY, PROFILE, profile_file, reference_file
from convert.supply import EmbeddedFont, FontOffer
from convert.terms import terms_for
from convert.theme import Role, Theme
from convert.theming import load_theme
from convert.wishes import Wishes, overridden, with_wishes

if TYPE_CHECKING:
    from convert.font.catalogue import Catalogue

__all__ = ["DEFAULT_THEME", "book_theme", "finished", "prepared", "read_book", "referring", "root_of"]

DEFAULT_THEME = "booklet"


@dataclass(frozen=True)
class _Fonts:
    """Fonts for editions that take some along and for drawings; nothing is opened before one is asked for."""

    theme: Theme
    language: str
    root: Path | None
    findings: Findings

    def offered(self, role: Role) -> FontOffer | None:
        from convert.font.embedding import offered_font

        return offered_font(self._catalogue, role)

    def embedded(self, role: Role, characters: AbstractSet[str] | None) -> EmbeddedFont | None:
        from convert.font.embedding import embedded_font

        return embedded_font(self._catalogue, role, characters, self.findings)

    def outlines(self, text: str, family: str) -> tuple[str, float]:
        """The words of a drawing (see `convert.vector.Pen`)."""
        from convert.font.outlines import word_outlines

        return word_outlines(self._catalogue, text, family)

    @cached_property
    def _catalogue(self) -> Catalogue:
        from convert.font.catalogue import open_catalogue

        return open_catalogue(self.theme, self.language, self.root, self.findings)


def prepared(book: Book, wishes: Wishes, findings: Findings) -> Manuscript:
    """The finished copy of a book as its settings and the caller want it."""
    theme = book_theme(book, wishes, findings)
    document, sources = read_book(book, wishes.repairs, findings)
    document = replace(document, metadata=with_wishes(document.metadata, wishes))
    return referring(replace(finished(document, theme, book.root, findings), sources=sources), wishes)


def referring(manuscript: Manuscript, wishes: Wishes) -> Manuscript:
    """*manuscript* with the template and the profile that it or the caller names."""
    asked = {key for key, _ in wishes.theme_keys}
    theme, root = manuscript.theme, manuscript.root
    template = reference_file(theme.docx.reference, root, by_caller=KEY in asked)
    profile = profile_file(theme.pdf.profile, root, by_caller=PROFILE in asked)
    return replace(manuscript, reference=template, profile=profile)


def read_book(
    book: Book, repairs: Mapping[str, Setting], findings: Findings
) -> tuple[Document, tuple[SourceFile, ...]]:
    """The document of a book, and every file that it was read from, as it lies on the disk."""
    sources = {source.name: source for source in book.sources}
    for source in book.sources:
        findings.know(source.name, source.text.split("\n"))

    def opened(path: str) -> SourceFile:
        source = included(book.root, path)
        return sources.setdefault(source.name, source)

    if not (repairs or book.repairs or _named_repairs(book)):
        document = markdown.read(book.sources, findings, opened)
    else:
        from convert.mending import mend

        mended = mend(book, repairs, findings)

        def mended_file(path: str) -> SourceFile:
            opened(path)
            return mended.opener(path)

        found = Findings()
        document = mended.relocate(markdown.read(mended.sources, found, mended_file), found, findings)
    document = replace(document, metadata=merge_metadata(document.metadata, book.metadata))
    return document, tuple(sources.values())


def _named_repairs(book: Book) -> bool:
    """Front matter names passes of repair, whose code is loaded only then."""
    first = book.sources[0]
    front = markdown.front_matter(first.text, first.name).settings
    return bool(repairs_from(front, front_matter_place(first)))


def finished(document: Document, theme: Theme, root: Path | None, findings: Findings) -> Manuscript:
    """The finished copy: every pass run, every picture looked at; *root* is the folder of pictures and fonts."""
    terms = terms_for(document.metadata.language)
    document = transforms.finish(document, theme, terms, findings)
    fonts = _Fonts(theme, document.metadata.language or terms.language, root, findings)
    document, assets = images.load_images(document, root, findings, terms.missing_image, fonts.outlines)
    stamp = timestamp(document.metadata.date)
    return Manuscript(document, make_outline(document), theme, terms, assets, stamp, root, fonts=fonts)


def root_of(document: Document) -> Path | None:
    """The folder that all sources of *document* lie in, or None when it has none."""
    folders = {Path(name).parent for name in document.sources}
    if not folders:
        return None
    return Path(os.path.commonpath(folders))


def book_theme(book: Book, wishes: Wishes, findings: Findings) -> Theme:
    """The theme with everything laid over it: front matter, then ``book.toml``, then the caller's keys."""
    first = book.sources[0]
    place = front_matter_place(first)
    table = markdown.front_matter(first.text, first.name).settings
    front_theme, front = settings_from(table, book.root, place, findings)
    theme = load_theme(wishes.theme or book.theme or front_theme or DEFAULT_THEME)
    theme = overridden(theme, front.items(), Place(first.name, 1))
    theme = overridden(theme, book.settings.items(), Place(str(book.root / MANIFEST)))
    return overridden(theme, wishes.theme_keys, Place("--set"))
