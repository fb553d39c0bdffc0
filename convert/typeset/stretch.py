"""Stretches of the text that share no page: each is set and made into pages by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from convert.diagnostics import Finding
from convert.font.face import Face
from convert.manuscript import Manuscript
from convert.model.nodes import (
    Block,
    CrossReference,
    Generated,
    Heading,
    Index,
    IndexMark,
    Note,
    NoteReference,
    PageBreak,
    Paragraph,
    ReferenceForm,
)
from convert.model.walk import walk
from convert.records import dataclass, replace
from convert.typeset.blocks import BlockSetter, Column
from convert.typeset.columns import column_pages
from convert.typeset.frame import Uses, places_of, unplaced, uses_of
from convert.typeset.inline import Align
from convert.typeset.notes import Behind, foot_note, gathered_notes, text_slabs
from convert.typeset.page import Body, make_pages
from convert.typeset.structure import Element
from convert.typeset.tags import Tagger
from convert.typeset.titles import words_of

__all__ = ["Known", "Made", "Stretch", "set_stretch", "stretches"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the pages before they are made, by the pass before.

    `marks` are the notes' marks, `folios` the printed pages of blocks, `tops` how far down its page an index
    begins; each by id.
    """

    marks: Mapping[str, str]
    folios: Mapping[str, str]
    tops: Mapping[str, float]

    def of(self, stretch: Stretch) -> Known:
        """What of it the pages of *stretch* depend on."""
        told = self.folios if stretch.told is None else stretch.told
        return Known(
            {name: self.marks[name] for name in sorted(stretch.calls) if name in self.marks},
            {name: self.folios[name] for name in sorted(told) if name in self.folios},
            {name: self.tops[name] for name in sorted(stretch.indexes) if name in self.tops},
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that begin on a page of their own, up to the next that do.

    `notes` are those that it is the first to call; `calls` all that it speaks of, by id.  `told` are the ids
    of blocks whose page it tells, None where it may tell any.  `indexes` are its indexes, by id.  `level` is
    the outline's of the heading that it begins with, 1 where there is none; `recto` that it begins on a
    right-hand page.
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    calls: frozenset[str]
    told: frozenset[str] | None
    indexes: frozenset[str]
    level: int = 1
    recto: bool = False
    behind: Behind = ()
    """Notes that are gathered in it, each lot with the number of blocks that it stands behind."""


@dataclass(frozen=True, slots=True)
class Made:
    """The pages of a stretch: their bodies, its elements, and the sections that it leaves open (see `Tagger.take`).

    `uses` and `images` are what it paints.
    """

    bodies: tuple[Body, ...]
    elements: tuple[Element, ...]
    sections: tuple[int, ...]
    findings: tuple[Finding, ...]
    uses: Uses
    images: tuple[str, ...]
    key: str = ""


def stretches(manuscript: Manuscript) -> list[Stretch]:
    """The text in stretches: chapters where chapters open a page, else the whole."""
    document = manuscript.document
    blocks = document.blocks
    opening = manuscript.theme.page.chapter_opening
    cuts: list[tuple[int, int]] = [(0, 1)]
    if opening != "continuous":
        for at, block in enumerate(blocks):
            entry = manuscript.outline.find(block.id) if isinstance(block, Heading) else None
            if entry and entry.rank <= 1 and (begin := _begin(blocks, at)) > cuts[-1][0]:
                cuts.append((begin, entry.level))
            elif entry and entry.rank <= 1 and begin == 0:
                cuts[0] = (0, entry.level)
    ends = [cut for cut, _ in cuts[1:]] + [len(blocks)]
    gathered = [(_begin(blocks, end), notes) for end, notes in gathered_notes(manuscript)]
    notes = {} if gathered else {note.id: note for note in document.notes}
    out = []
    for (begin, level), end in zip(cuts, ends, strict=True):
        behind = tuple((at - begin, lot) for at, lot in gathered if begin < at <= end)
        out.append(_stretch(blocks[begin:end], notes, behind, level, bool(begin) and opening == "recto"))
    return out


def _begin(blocks: Sequence[Block], at: int) -> int:
    """Where the stretch of the heading *at* begins: what shows nothing must not have a page of its own."""
    while at and _shows_nothing(blocks[at - 1]):
        at -= 1
    return at


def _shows_nothing(block: Block) -> bool:
    marks = isinstance(block, Paragraph) and all(isinstance(child, IndexMark) for child in block.children)
    return marks or isinstance(block, PageBreak)


def _stretch(
    blocks: tuple[Block, ...], notes: dict[str, Note], behind: Behind, level: int, recto: bool
) -> Stretch:
    """A stretch of *blocks*; the notes it is the first to call are taken out of *notes*."""
    own: list[Note] = []
    gathered = [note for _, lot in behind for note in lot]
    calls = {note.id for note in gathered}
    told: set[str] = set()
    indexes: set[str] = set()
    any_page = False
    waiting = [*walk(blocks), *(node for note in gathered for node in walk(note.blocks))]
    for node in waiting:
        if isinstance(node, NoteReference):
            calls.add(node.note)
            if node.note in notes:
                note = notes.pop(node.note)
                own.append(note)
                waiting += walk(note.blocks)
        elif isinstance(node, CrossReference):
            if node.form is ReferenceForm.PAGE:
                told.add(node.target)
        elif isinstance(node, (Index, Generated)):
            any_page = True
            if isinstance(node, Index):
                indexes.add(node.id)
    return Stretch(
        blocks,
        tuple(own),
        frozenset(calls),
        None if any_page else frozenset(told),
        frozenset(indexes),
        level,
        recto,
        behind,
    )


def set_stretch(setter: BlockSetter, stretch: Stretch, known: Known, above: int, number: int) -> Made:
    """The pages of *stretch*, below *above* open sections, after *number* other pages."""
    found = setter.findings.apart()
    tags = Tagger(above)
    maker = replace(setter.maker, marks=known.marks, folios=known.folios)
    setter = replace(
        setter,
        maker=maker,
        engine=setter.engine.telling(found),
        findings=found,
        tops=known.tops,
        tags=tags,
        # Its titles depend on no text but its own, so that it can be kept.
        words=words_of(stretch.blocks),
    )
    notes = {note.id: foot_note(setter, note) for note in stretch.notes}
    setter = replace(setter, feet={name: note.height for name, note in notes.items()})
    slabs = text_slabs(setter, stretch.blocks, stretch.behind, _column(setter))
    sections = tags.sections
    tags.end_sections()
    rule = setter.sheet.theme.colour.rule
    make = column_pages if setter.geometry.columns > 1 else make_pages
    bodies = make(slabs, notes, setter.geometry, rule, _lift(setter), number)
    uses: dict[Face, set[tuple[int, str]]] = {}
    images: dict[str, None] = {}
    uses_of(chain.from_iterable(unplaced(body.items) for body in bodies), uses, images)
    return Made(
        tuple(replace(body, known=places_of(body.items)) for body in bodies),
        tuple(tags.elements),
        sections,
        tuple(found),
        uses,
        tuple(images),
    )


def _column(setter: BlockSetter) -> Column:
    align = Align.JUSTIFY if setter.sheet.theme.layout.justify else Align.LEFT
    body = setter.sheet.body()
    return Column(
        setter.geometry.column,
        body,
        setter.geometry.leading,
        setter.sheet.indent,
        align,
        elastic=True,
        free=True,
    )


def _lift(setter: BlockSetter) -> float:
    """How far the baseline of a note's last line is below that of the text's last line on a full page."""
    geometry, note = setter.geometry, setter.sheet.theme.note
    text = geometry.leading - geometry.baseline(geometry.leading, geometry.em)
    return text - (note.leading - geometry.baseline(note.leading, note.size))
