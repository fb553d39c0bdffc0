"""Which blocks go into which file, and where every id and note is then to be found."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from convert.model.identity import ascii_id
from convert.model.nodes import Heading, Paragraph
from convert.model.outline import Outline, OutlineEntry
from convert.records import dataclass
from convert.writers.base import Manuscript
from convert.writers.epub.survey import Survey

__all__ = ["SOFT_CAP", "Chapter", "Plan", "make_plan"]

SOFT_CAP = 250_000
"""Bytes of XHTML after which a file is parted where it best can be; older readers stall on larger ones."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One content file: its address from the package's root, its blocks (by index) and its notes.

    `opener` is the id of the listed heading that begins the file, or empty.  `notes` are ids in the
    order of their first reference; a note's number is its place here.
    """

    file: str
    title: str
    opener: str
    blocks: range
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All content files, and the address of every id that can be pointed to."""

    chapters: tuple[Chapter, ...]
    file_of: dict[str, str]
    """File by id, of blocks and notes alike."""
    number_of: dict[str, int]
    """A note's number in its file, from 1."""

    def href(self, target: str, *, from_file: str = "") -> str:
        """Address of the id *target*, seen from a file in the same folder, or from the package's root."""
        file = self.file_of[target]
        if file == from_file:
            return f"#{ascii_id(target)}"
        name = file.rpartition("/")[2] if from_file else file
        return f"{name}#{ascii_id(target)}"


def make_plan(manuscript: Manuscript, facts: Survey, *, cap: int = SOFT_CAP) -> Plan:
    """The files of the book.

    A part begins a file, and so does a heading whose rank is at most ``epub.split``; what stands before
    the first has one of its own; a file over *cap* bytes is parted at deeper headings, or between blocks.
    """
    pieces: list[range] = []
    for group in _groups(manuscript):
        pieces.extend(_pieces(manuscript, facts, group, cap))
    placed: dict[str, int] = {}
    for index, piece in enumerate(pieces):
        for block in piece:
            _place(facts.references[block], index, facts, placed)
    for note in manuscript.document.notes:  # a note that nothing refers to is still not lost
        placed.setdefault(note.id, len(pieces) - 1)
    by_piece: list[list[str]] = [[] for _ in pieces]
    for name, index in placed.items():
        by_piece[index].append(name)
    chapters = tuple(
        Chapter(
            f"text/c{index + 1:03}.xhtml",
            _title(manuscript, piece),
            _opener(manuscript, piece),
            piece,
            tuple(by_piece[index]),
        )
        for index, piece in enumerate(pieces)
    )
    files = {block: chapter.file for chapter in chapters for block in chapter.blocks}
    file_of = {name: files[index] for name, index in facts.block_of.items()}
    file_of.update({name: chapters[placed[note]].file for name, note in facts.note_of.items()})
    numbers = {name: n for chapter in chapters for n, name in enumerate(chapter.notes, 1)}
    return Plan(chapters, file_of, numbers)


def _place(notes: Sequence[str], index: int, facts: Survey, placed: dict[str, int]) -> None:
    """Put *notes*, then the notes that they refer to, into the file *index* unless they have one."""
    fresh = [name for name in dict.fromkeys(notes) if name not in placed and name in facts.note_references]
    placed.update(dict.fromkeys(fresh, index))
    for name in fresh:
        if facts.note_references[name]:
            _place(facts.note_references[name], index, facts, placed)


def _entry(outline: Outline, block: object) -> OutlineEntry | None:
    """The entry of a block that is a listed heading."""
    return outline.find(block.id) if isinstance(block, Heading) else None


def _level(outline: Outline, block: object) -> int:
    """Outline level of a block that is a listed heading, else 0."""
    entry = _entry(outline, block)
    return entry.level if entry else 0


def _groups(manuscript: Manuscript) -> list[range]:
    """Runs of blocks that a heading at or above the split level begins."""
    blocks, outline = manuscript.document.blocks, manuscript.outline
    split = manuscript.theme.epub.split
    starts = [
        i for i, block in enumerate(blocks) if (entry := _entry(outline, block)) and entry.rank <= split
    ]
    cuts = [0, *(start for start in starts if start), len(blocks)]
    return [range(first, last) for first, last in itertools.pairwise(cuts)]


def _pieces(manuscript: Manuscript, facts: Survey, group: range, cap: int) -> list[range]:
    """*group* in pieces of at most *cap* bytes, as far as its blocks allow."""
    if sum(facts.sizes[i] for i in group) <= cap or len(group) < 2:
        return [group]
    blocks = manuscript.document.blocks
    levels = [_level(manuscript.outline, blocks[i]) for i in group]
    inner = [level for level in levels[1:] if level]
    if inner:
        top = min(inner)
        cuts = [0, *(i for i, level in enumerate(levels) if i and level == top)]
    else:
        # After a heading or before a paragraph that goes on is no place to part.
        cuts = [
            i
            for i, at in enumerate(group)
            if i == 0
            or not (
                isinstance(blocks[at - 1], Heading)
                or (isinstance(block := blocks[at], Paragraph) and block.continued)
            )
        ]
    bounds = [*cuts, len(group)]
    parts = [group[first:last] for first, last in itertools.pairwise(bounds)]
    if len(parts) == 1:
        return parts
    if inner:
        parts = [piece for part in parts for piece in _pieces(manuscript, facts, part, cap)]
    return _joined(parts, facts, cap)


def _joined(parts: list[range], facts: Survey, cap: int) -> list[range]:
    """Neighbours put together again while they stay under *cap*."""
    out: list[range] = []
    size = 0
    for part in parts:
        own = sum(facts.sizes[i] for i in part)
        if out and size + own <= cap:
            out[-1] = range(out[-1].start, part.stop)
            size += own
        else:
            out.append(part)
            size = own
    return out


def _opener(manuscript: Manuscript, piece: range) -> str:
    block = manuscript.document.blocks[piece.start] if piece else None
    return block.id if isinstance(block, Heading) and manuscript.outline.find(block.id) else ""


def _title(manuscript: Manuscript, piece: range) -> str:
    """What the file's ``title`` element says: its first heading, or the heading it goes on from."""
    blocks, outline = manuscript.document.blocks, manuscript.outline
    for index in piece:
        block = blocks[index]
        if isinstance(block, Heading) and (entry := outline.find(block.id)):
            return entry.label
    for index in range(piece.start - 1, -1, -1):
        block = blocks[index]
        if isinstance(block, Heading) and (entry := outline.find(block.id)):
            return entry.label
    return manuscript.document.metadata.title or manuscript.terms.start
