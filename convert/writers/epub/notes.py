"""Notes: each in the file of its first mark, after it, with a way back."""

from __future__ import annotations

from typing import assert_never

from convert.model.identity import ascii_id
from convert.model.nodes import Note, Paragraph
from convert.model.walk import plain_text
from convert.terms import circled
from convert.writers.epub.blocks import BlockWriter
from convert.writers.epub.inlines import inlines, reference_id
from convert.writers.epub.markup import attribute, escape
from convert.writers.epub.profiles import NoteForm

__all__ = ["note_element"]

_SHORTEST = 9
"""Kobo opens a pop-up only for a note of at least this many characters."""


def note_element(writer: BlockWriter, note: Note) -> str:
    """A note (EPUB SSV footnote; DPUB-ARIA doc-footnote, doc-backlink)."""
    name, body = ascii_id(note.id), _body(writer, note)
    kind = 'epub:type="footnote" role="doc-footnote" class="note"'
    match writer.line.profile.notes:
        case NoteForm.ASIDE:
            return f'<aside {kind} id="{name}">{body}</aside>'
        case NoteForm.DUOKAN:
            item = f'<li class="duokan-footnote-item" id="{name}">{body}</li>'
            return f'<aside {kind}><ol class="duokan-footnote-content">{item}</ol></aside>'
        case _:
            assert_never(writer.line.profile.notes)


def _body(writer: BlockWriter, note: Note) -> str:
    number = circled(writer.line.plan.number_of[note.id])
    start, end = _backlinks(writer, note, number)
    match note.blocks:
        case (Paragraph(children=children) as first, *rest):
            anchor = writer.line.anchor(first.id)
            parts = [f"<p{anchor}>{start} {inlines(writer.line, children)}{'' if rest else end}</p>"]
            if rest:
                parts.append(writer.blocks(rest) + (f"<p>{end}</p>" if end else ""))
        case blocks:
            parts = [f"<p>{start}</p>", writer.blocks(blocks) + (f"<p>{end}</p>" if end else "")]
    return "\n".join(parts)


def _backlinks(writer: BlockWriter, note: Note, number: str) -> tuple[str, str]:
    """The linked number before the text and, for a note too short for a pop-up, a spelled-out link after."""
    if not writer.line.marks.get(note.id):
        return number, ""  # nothing in the file refers to it (yet): no place to go back to
    back = writer.terms.back_to_text
    target = f'epub:type="backlink" role="doc-backlink" href="#{reference_id(note.id, 1)}"'
    start = f'<a {target} aria-label="{attribute(back)}">{number}</a>'
    if len("".join(plain_text(note.blocks).split())) + 1 >= _SHORTEST:
        return start, ""
    return start, f" <a {target}>〔{escape(back)}{number}〕</a>"
