"""Notes in the order in which the text first calls them."""

from __future__ import annotations

from convert.model.nodes import Document, NoteReference
from convert.model.walk import query
from convert.records import replace

__all__ = ["order_notes"]


def order_notes(document: Document) -> Document:
    """The document with its notes in the order of their first reference; uncalled ones last, as they stood."""
    if not document.notes:
        return document
    known = {note.id: note for note in document.notes}
    order = dict.fromkeys(ref.note for ref in query(document.blocks, NoteReference))
    # A note may call another: those follow the note that calls them.
    queue = list(order)
    for name in queue:
        if name in known:
            for ref in query(known[name].blocks, NoteReference):
                if ref.note not in order:
                    order[ref.note] = None
                    queue.append(ref.note)
    names = [name for name in order if name in known]
    names += [name for name in known if name not in order]
    notes = tuple(known[name] for name in names)
    return document if notes == document.notes else replace(document, notes=notes)
