"""What running heads say of the chapter, and where they have to say it in another way: sections of their own.

A field fetches a heading's text (STYLEREF, 17.16.5.59), so an editor may change it.  It cannot fetch a short
title, leave out a subtitle, or see a heading that is not of its style: such a chapter is a section whose head
is typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.model.outline import Outline, OutlineEntry
from convert.records import dataclass
from convert.writers.docx.headings import HeadingNumbers
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.sections import LOW
from convert.writers.docx.xml import field, off

__all__ = ["Head", "Section", "end_section", "section_paragraph", "sections"]


@dataclass(frozen=True, slots=True)
class Head:
    """A running head: the text of the nearest heading of `level`, with its number if `numbered`; or `text`."""

    level: int = 0
    numbered: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text with one head, from the heading `begins` (empty for the first) on.

    `first` is the heading that the head names before Word has looked for it; `only` says that no other
    chapter has this head.
    """

    begins: str
    head: Head
    first: OutlineEntry
    only: bool = False

    def content(self, runs: RunMaker, title: str) -> str:
        """The runs of the head.  *title* is the book's."""
        head, entry = self.head, self.first
        if not head.level:
            return runs.text(head.text)
        # Asked for by number, a built-in heading is found in Word of any language; by name it is not.
        if title and not self.only:
            # Programs that do not know the field show its result on the pages of all these chapters.
            number = field(f"STYLEREF {head.level} \\n", "") + runs.text(" ") if head.numbered else ""
            return number + field(f"STYLEREF {head.level}", runs.text(title))
        title = field(f"STYLEREF {head.level}", runs.text(entry.title if head.numbered else entry.running))
        if not head.numbered:
            return title
        return (
            field(f"STYLEREF {head.level} \\n", runs.text(entry.number)) + runs.text(entry.gap or " ") + title
        )


def sections(
    outline: Outline, numbers: HeadingNumbers, *, pages: bool, title: OutlineEntry | None = None
) -> tuple[Section, ...]:
    """The sections of the text; none for a text without headings.

    *pages* says that chapters begin on pages of their own; else there is one section, as a head can only
    change with the page.  Where the heading *title* is the title of the whole book, the head names the headings
    below it, if they are of one style.
    """
    below = [entry for entry in title.children if not entry.run_in] if title else []
    if below and all(entry.level == below[0].level for entry in below):
        numbered = all(entry.id in numbers.automatic for entry in below)
        return (Section("", Head(below[0].level, numbered), below[0]),)
    entries = [entry for entry in outline.flat() if entry.rank <= 1 and not entry.run_in]
    if not pages:
        entries = entries[:1]
    return tuple(_changes(entries, outline, numbers, pages=pages))


def _changes(
    entries: list[OutlineEntry], outline: Outline, numbers: HeadingNumbers, *, pages: bool
) -> Iterator[Section]:
    heads = [_head(entry, outline, numbers, fixed=pages) for entry in entries]
    for at, (entry, head) in enumerate(zip(entries, heads, strict=True)):
        if at and head == heads[at - 1]:
            continue
        only = pages and heads[at + 1 : at + 2] != [head]
        yield Section(entry.id if at else "", head, entry, only)


def _head(entry: OutlineEntry, outline: Outline, numbers: HeadingNumbers, *, fixed: bool) -> Head:
    beside = outline.has_parts and entry.rank == entry.level
    if fixed and (entry.short or entry.subtitle or beside):
        return Head(text=entry.running)
    return Head(entry.level, entry.id in numbers.automatic)


def end_section(out: list[str], properties: str) -> None:
    """End a section after the last paragraph of *out*: its `w:sectPr` goes into that one (17.6.18)."""
    at = len(out) - 1
    while at >= 0 and out[at].startswith(("<w:bookmarkStart", "<w:bookmarkEnd")):
        at -= 1
    piece = out[at] if at >= 0 else ""
    if piece.endswith("</w:p>"):
        last = piece.rindex("<w:p>")
        end = piece.index("</w:pPr>", last)
        out[at] = f"{piece[:end]}{properties}{piece[end:]}"
    else:
        # After a table there is no paragraph: one as low as can be.
        while at + 1 < len(out) and out[at + 1].startswith("<w:bookmarkEnd"):
            at += 1
        out.insert(at + 1, section_paragraph(properties))


def section_paragraph(properties: str) -> str:
    """A paragraph as low as can be that ends a section after what can bear no `w:sectPr`."""
    low = f'{off("snapToGrid")}<w:spacing w:line="{LOW}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{low}{properties}</w:pPr></w:p>'
