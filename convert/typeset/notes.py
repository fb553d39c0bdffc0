"""Notes set in lines: for the foot of the page, or behind a chapter or the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convert.manuscript import Manuscript
from convert.model.nodes import Block, InternalTarget, Note
from convert.model.notes import notes_by_chapter
from convert.records import replace
from convert.theme import Role
from convert.typeset.blocks import BlockSetter, Column
from convert.typeset.fill import NoteLines
from convert.typeset.frame import Anchor, Item, moved
from convert.typeset.inline import Align, ParagraphStyle, TextPiece
from convert.typeset.pieces import UNKNOWN
from convert.typeset.slab import Slab, beside, indented
from convert.typeset.structure import Element, InlineKind, InlineTag, Tag
from convert.typeset.tags import marked

__all__ = ["Behind", "end_marks", "foot_note", "gathered_notes", "text_slabs"]

Behind = tuple[tuple[int, tuple[Note, ...]], ...]
"""Lots of notes, each with the number of blocks that it stands behind."""


def gathered_notes(manuscript: Manuscript) -> Behind:
    """The notes that stand behind a chapter or the text; () where they are at the foot of the page."""
    place = manuscript.theme.note.place
    if place == "foot" or not manuscript.document.notes:
        return ()
    out = []
    end = 0
    for blocks, notes in notes_by_chapter(manuscript.document, manuscript.outline, whole=place == "book"):
        end += len(blocks)
        out.append((end, notes))
    return tuple(out)


def end_marks(manuscript: Manuscript) -> Mapping[str, str]:
    """The marks of notes that are gathered, counted in each lot."""
    lots = gathered_notes(manuscript)
    return {note.id: str(count) for _, notes in lots for count, note in enumerate(notes, 1)}


def text_slabs(setter: BlockSetter, blocks: Sequence[Block], behind: Behind, column: Column) -> list[Slab]:
    """The running text with the notes that are gathered in it."""
    out: list[Slab] = []
    begin = 0
    for end, notes in behind:
        out += setter.blocks(blocks[begin:end], column) + _gathered(setter, notes, column)
        begin = end
    return out + setter.blocks(blocks[begin:], column)


def _gathered(setter: BlockSetter, notes: tuple[Note, ...], column: Column) -> list[Slab]:
    """Notes below a word in Hei, each beginning with at least two lines on its page."""
    if not notes:
        return []
    grid, style = column.leading, replace(setter.sheet.note(), role=Role.SANS)
    flat = ParagraphStyle(column.width, style.size, style.language, Align.LEFT)
    lines = setter.lines([TextPiece(setter.terms.notes, style)], flat)
    word = setter.tags.leaf(Element(Tag.P), setter.stacked(lines, style.size, grid, whole=True))
    out = [Slab(grid, trim=grid, keep=True), *(replace(slab, keep=True) for slab in word)]
    widest = len(str(len(notes)))
    for note in notes:
        slabs = list(foot_note(setter, note, widest).slabs)
        last = len(slabs) - 1
        out += [replace(slab, keep=at != last and at in (0, last - 1)) for at, slab in enumerate(slabs)]
    return [*out, Slab(0, snap=True)]


def foot_note(setter: BlockSetter, note: Note, figures: int = 1) -> NoteLines:
    """A note in lines: its mark, then text that hangs so that its right edge is the text's own.

    *figures* are those of the longest mark.
    """
    style, leading = setter.sheet.note(), setter.sheet.theme.note.leading
    measure = setter.geometry.column
    least = 1.25 if figures == 1 else 1 + figures / 2
    count = int((measure - least * style.size) / style.size + 1e-6)
    hang = measure - count * style.size
    column = Column(measure - hang, style, leading, 0.0)
    with setter.tags.note(note.id):
        label = setter.tags.add(Element(Tag.LBL))
        slabs = [indented(slab, hang) for slab in setter.blocks(note.blocks, column)] or [Slab(leading)]
    mark = setter.maker.marks.get(note.id, UNKNOWN)
    link = InternalTarget(f"noteref-{note.id}")
    linked = replace(style, link=link, tag=InlineTag(InlineKind.LINK, 0, note=note.id))
    flat = ParagraphStyle(measure, style.size, style.language, Align.LEFT)
    baseline = setter.geometry.baseline(leading, style.size)
    lines = setter.lines([TextPiece(mark, linked)], flat)
    items: list[Item] = moved((item for line in lines for item in line.items), 0, baseline)
    slabs[0] = beside(slabs[0], (Anchor(f"note-{note.id}", 0, 0), *marked(label, items)))
    return NoteLines(note.id, tuple(replace(slab, notes=()) for slab in slabs))
