"""Sections of the text: chapters that open a page, and tables too wide for an upright one (17.6).

A section's properties stand at its end, so what the next one is to be has to be known before this one
closes: `chapter`, `turned` and `upright` say what is wanted, `due` gives the end of the old section when
something of the new one is about to come.
"""

from __future__ import annotations

from collections.abc import Mapping

from convert.records import dataclass, field, replace
from convert.writers.docx.layout import Layout
from convert.writers.docx.xml import tag

__all__ = ["FROM_ONE", "LOW", "ROMAN", "SectionLook", "Sections", "section_xml"]


@dataclass(frozen=True, slots=True)
class SectionLook:
    """How a section begins, what stands round it, and how its pages lie."""

    start: str = "nextPage"
    references: str = ""
    """Its headers and footers, where they are not those of the section before."""
    opening: bool = False
    """Its first page has no running head."""
    landscape: bool = False
    foot: bool = False
    """Its text stands at the foot of the page."""
    holds_notes: bool = False
    """The notes of the section are for the end of the next one, if notes stand at the ends of sections."""
    chapter: bool = False
    spare: bool = False
    """Below a full page there is room for the paragraph that ends the section."""
    number: str = ""
    """The attributes of its `w:pgNumType`: figures other than Arabic ones, a count that begins anew."""


LOW = 20
"""The height of the lowest paragraph, in twips."""
ROMAN = ' w:fmt="lowerRoman"'
FROM_ONE = ' w:start="1"'
_TEXT = f' w:fmt="decimal"{FROM_ONE}'


def section_xml(layout: Layout, notes: str, look: SectionLook) -> str:
    """`w:sectPr`, its children in the schema's order (17.6.17); *notes* are the properties of its notes."""
    numbers = f"<w:pgNumType{look.number}/>" if look.number else ""
    if look.spare:
        layout = replace(layout, bottom=layout.bottom - 2 * LOW)
    page = layout.turned_xml if look.landscape else layout.page_xml
    return (
        f"<w:sectPr>{look.references}{notes}{tag('type', look.start)}"
        f"{page}{numbers}{layout.columns}{tag('vAlign', 'bottom') if look.foot else ''}"
        f"{'<w:noEndnote/>' if look.holds_notes else ''}"
        f"{'<w:titlePg/>' if look.opening else ''}{tag('textDirection', 'tbRl') if layout.vertical else ''}"
        f"{layout.grid_xml}</w:sectPr>"
    )


@dataclass(slots=True)
class Sections:
    """The sections of the text, one after the other.

    *references* are headers and footers by the heading that they begin with, empty for the text's
    beginning; *chapter_start* is the `w:type` of a chapter's section, empty where chapters run on; *headed*
    says that there are running heads, which no page that opens a chapter has.  Pages before the heading
    `text_start` have Roman figures, which go on from the contents where there are `contents` before them.  One that `gathers` has the
    notes of a chapter at its end.
    """

    layout: Layout
    notes: str
    references: Mapping[str, str]
    chapter_start: str
    headed: bool
    text_start: str = ""
    contents: bool = False
    gathers: bool = False
    _current: SectionLook = field(init=False)
    _wanted: SectionLook | None = None
    _front: bool = field(init=False)
    _empty: bool = True

    def __post_init__(self) -> None:
        self._front = bool(self.text_start)
        number = ROMAN + ("" if self.contents else FROM_ONE) if self._front else _TEXT
        start = self._begun(number)
        self._current = SectionLook(start, self.references.get("", ""), self.headed, number=number)

    def chapter(self, heading: str) -> None:
        """A chapter is to come; *heading* is its id."""
        begins = self._front and heading == self.text_start
        if not (self.chapter_start or begins):
            return
        references = self.references.get(heading, "")
        if self._empty:
            self._current = replace(self._current, references=references or self._current.references)
        else:
            self._front = self._front and not begins
            number = _TEXT if begins else self._going_on
            start = self._begun(number) if begins else self.chapter_start or "nextPage"
            self._wanted = SectionLook(start, references, self.headed, chapter=True, number=number)

    def _begun(self, number: str) -> str:
        """The `w:type` of a part of the book that begins on a right-hand page, where there are such.

        Page 1 is one by its number: Word leaves the page before it blank.  Told to be one by its type as well,
        LibreOffice gives the page after it the head of a first page.
        """
        return "oddPage" if self.layout.facing and FROM_ONE not in number else "nextPage"

    @property
    def _going_on(self) -> str:
        """Pages of what comes now are counted on."""
        return ROMAN if self._front else ""

    def turned(self) -> None:
        """Something is to come that needs a page in landscape."""
        if self._empty:
            self._current = replace(self._current, landscape=True)
        elif self._wanted == self._upright and self._current.landscape:
            # It follows on another one directly.
            self._wanted = None
        elif self._wanted is not None or not self._current.landscape:
            self._wanted = replace(self._wanted or self._upright, landscape=True)

    def upright(self) -> None:
        """What comes next stands on an upright page again."""
        self._wanted = self._upright

    @property
    def _upright(self) -> SectionLook:
        return SectionLook(number=self._going_on)

    def due(self) -> str:
        """`w:sectPr` of the section that ends before what comes now; empty where it goes on."""
        self._empty = False
        if self._wanted is None:
            return ""
        # A turned page within a chapter is no end of it.
        if self.gathers and not self._wanted.chapter:
            self._current = replace(self._current, holds_notes=True)
        ended = self.close()
        self._current, self._wanted = self._wanted, None
        return ended

    def close(self) -> str:
        """`w:sectPr` of the section that ends here."""
        return section_xml(self.layout, self.notes, self._current)
