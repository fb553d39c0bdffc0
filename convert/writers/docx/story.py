"""What the stories of one file share: body, notes, headers and footers (ECMA-376 part 1, 17.2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import quote

from convert.images import ImageAsset
from convert.manuscript import Listed
from convert.model.nodes import GeneratedKind
from convert.numerals import page_order
from convert.records import dataclass, field
from convert.regex import regex
from convert.terms import Terms, primary_language
from convert.theme import Role, Theme
from convert.writers.docx.bookmarks import Bookmarks
from convert.writers.docx.headings import HeadingNumbers
from convert.writers.docx.layout import Layout
from convert.writers.docx.notekind import NoteKind
from convert.writers.docx.numbering import Numbering
from convert.writers.docx.pages import PageCount
from convert.writers.docx.sheet import Sheet
from convert.writers.docx.survey import Survey

__all__ = ["Relations", "Shared", "clean_url"]

_FOLIO, _AND = "\0folio\0", "\0and\0"
_LONE_PERCENT = regex("%(?![0-9A-Fa-f]{2})")
_CLEAN = regex("[0-9A-Za-z!#$&'()*+,/:;=?@~._-]+")


def clean_url(url: str) -> str:
    """*url* as a relationship may hold it: ASCII, no spaces, brackets only round an IPv6 host (RFC 3986)."""
    if _CLEAN.fullmatch(url):
        return url
    safe = "!#$&'()*+,/:;=?@~%"
    return quote(_LONE_PERCENT.sub("%25", url), safe=safe + ("[]" if re.match(r"\w+://\[", url) else ""))


@dataclass(slots=True)
class Relations:
    """The relationships of one part: images by key and addresses, each once."""

    images: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def image(self, key: str) -> str:
        """The relationship id of an image."""
        return self.images.setdefault(key, f"rIdImage{len(self.images) + 1}")

    def link(self, url: str) -> str:
        """The relationship id of an address outside."""
        return self.links.setdefault(clean_url(url), f"rIdLink{len(self.links) + 1}")


@dataclass(slots=True)
class Shared:
    """Everything that is one for the whole file: names, counters, sheet, page."""

    theme: Theme
    terms: Terms
    language: str
    images: Mapping[str, ImageAsset]
    sheet: Sheet
    layout: Layout
    survey: Survey
    numbering: Numbering
    pages: PageCount
    headings: HeadingNumbers
    notes: NoteKind
    lists: Mapping[GeneratedKind, tuple[Listed, ...]]
    """The lists that the text asks for."""
    embedded: Mapping[Role, str]
    """The families of fonts that go along, by role."""
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    note_numbers: dict[str, int] = field(default_factory=dict)
    """Notes already referred to, with their `w:id`, in order."""
    note_pages: dict[str, int] = field(default_factory=dict)
    """Each note's number on its page, by the page count."""
    notes_on_page: Counter[int] = field(default_factory=Counter)
    folios: dict[str, str] = field(default_factory=dict)
    """The number of the page that each block begins on, by the page count."""
    cjk: bool = field(init=False)
    """Is the book Chinese, Japanese or Korean?"""
    drawings: int = 0
    sequences: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The last number given out under each caption label."""

    @property
    def contents_depth(self) -> int:
        """How many levels of headings the contents list."""
        return self.theme.docx.contents_depth or self.theme.contents.depth

    def __post_init__(self) -> None:
        self.cjk = primary_language(self.language) != "en"

    @property
    def even_odd(self) -> bool:
        """Do left and right pages have heads and feet of their own?"""
        return self.layout.facing or self.theme.running.folio == "official"

    def folio(self, *idents: str) -> str:
        """The page of a block, or of several, each once: `fill_folios` puts the numbers in at the end."""
        return f"{_FOLIO}{_AND.join(idents)}{_FOLIO}"

    def fill_folios(self, xml: str) -> str:
        """*xml* with page numbers where `folio` stood, when all pages are counted."""
        if _FOLIO not in xml:
            return xml
        parts = xml.split(_FOLIO)
        for at in range(1, len(parts), 2):
            pages = {self.folios.get(ident, "1") for ident in parts[at].split(_AND)}
            parts[at] = ", ".join(sorted(pages, key=page_order))
        return "".join(parts)

    def next_drawing(self) -> int:
        """A fresh id for a drawing: unique in all stories of the file."""
        self.drawings += 1
        return self.drawings
