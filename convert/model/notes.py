"""Notes in the order in which the text first calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from convert.model.nodes import Block, Document, Heading, Note, NoteReference
from convert.model.outline import Outline
from convert.model.walk import query
from convert.records import replace

__all__ = ["notes_by_chapter", "order_notes"]


def order_notes(document: Document) -> Document:
    """The document with its notes in the order of their first reference; uncalled ones last, as they stood."""
    if not document.notes:
        return document
    known = {note.id: note for note in document.notes}
    order = _called(document.blocks, known)
    names = [name for name in order if name in known]
    names += [name for name in known if name not in order]
    notes = tuple(known[name] for name in names)
    return document if notes == document.notes else replace(document, notes=notes)


def _called(blocks: Iterable[Block], known: Mapping[str, Note]) -> dict[str, None]:
    """The notes that *blocks* call, in order; those that a note calls come after all that the text does."""
    order = dict.fromkeys(ref.note for ref in query(tuple(blocks), NoteReference))
    queue = list(order)
    for name in queue:
        if name in known:
            for ref in query(known[name].blocks, NoteReference):
                if ref.note not in order:
                    order[ref.note] = None
                    queue.append(ref.note)
    return order


def notes_by_chapter(
    document: Document, outline: Outline, *, whole: bool = False
) -> tuple[tuple[tuple[Block, ...], tuple[Note, ...]], ...]:
    """The text by chapters, with the notes that each is the first to call; the *whole* as one.

    A chapter begins with a heading of the text that the outline has among the chapters or parts.
    """
    chapters: list[list[Block]] = [[]]
    for block in document.blocks:
        entry = outline.find(block.id) if isinstance(block, Heading) else None
        if entry is not None and entry.rank <= 1 and chapters[-1] and not whole:
            chapters.append([])
        chapters[-1].append(block)
    known = {note.id: note for note in document.notes}
    out = []
    for blocks in chapters:
        called = [name for name in _called(blocks, known) if name in known]
        out.append((tuple(blocks), tuple(known.pop(name) for name in called)))
    return tuple(out)
