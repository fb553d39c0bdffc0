"""Notes at the foot of the page, at the end of a section or of the text, as Word tells them apart (17.11)."""

from __future__ import annotations

from collections.abc import Mapping

from convert.records import dataclass
from convert.terms import circled
from convert.writers.docx.xml import tag

__all__ = ["NOTES", "NoteKind"]


@dataclass(frozen=True, slots=True)
class NoteKind:
    """What the elements and styles of a kind of note are called."""

    element: str
    """``footnote`` or ``endnote``: also the stem of its part, reference and properties."""
    text_style: str
    mark_style: str
    by_page: bool
    place: str = ""
    """Where Word puts them, if not where it would: at the end of each section (17.18.22)."""

    def properties(self, cjk: bool) -> str:
        """How the notes count: ①②③ in East Asian books, afresh on each page, or 1, 2, 3 through the text."""
        style = "decimalEnclosedCircleChinese" if cjk and self.by_page else "decimal"
        count = tag("numRestart", "eachPage") if self.by_page else ""
        return (tag("pos", self.place) if self.place else "") + tag("numFmt", style) + count

    def section_xml(self, cjk: bool) -> str:
        """What a section says of its notes: Word wants it there as well as in the settings (17.11.11)."""
        return f"<w:{self.element}Pr>{self.properties(cjk)}</w:{self.element}Pr>"

    def settings_xml(self, cjk: bool) -> str:
        """What the settings say of the notes: how they count, and which of them are separators (17.11.12)."""
        separators = "".join(f'<w:{self.element} w:id="{ident}"/>' for ident in (-1, 0))
        return f"<w:{self.element}Pr>{self.properties(cjk)}{separators}</w:{self.element}Pr>"

    def shown(self, count: int) -> str:
        """The mark of the *count*th note as Word shows it."""
        return circled(count) if self.by_page else str(count)


_END = ("endnote", "EndnoteText", "EndnoteReference")
NOTES: Mapping[str, NoteKind] = {
    "foot": NoteKind("footnote", "FootnoteText", "FootnoteReference", by_page=True),
    "chapter": NoteKind(*_END, by_page=False, place="sectEnd"),
    "book": NoteKind(*_END, by_page=False),
}
"""The kinds of notes, by the theme's `note.place`."""
