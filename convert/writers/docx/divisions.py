"""Divisions: study blocks and alerts with bar and ground, epigraphs, bylines, gathered answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convert.model.nodes import Division, DivisionKind, Inline, Text
from convert.records import replace
from convert.writers.docx.paragraph import Format, Surround
from convert.writers.docx.sheet import STUDY_INDENT

if TYPE_CHECKING:
    from convert.writers.docx.blocks import BlockMaker

__all__ = ["division"]


def division(maker: BlockMaker, block: Division, here: Surround) -> None:
    """The paragraphs of a division, by its kind; the first bears its bookmark."""
    maker.mark(block.id)
    if block.kind is DivisionKind.ANSWER and here.gathered:
        # At the end of the book: no bar, small type; the label leads back to the exercise.
        given = here.shifted("AnswerLabel", maker.shared)
        maker.simple("AnswerLabel", block.title, here, given)
        maker.blocks(block.blocks, here.inside("AnswerText", 0, 0, maker.shared))
    else:
        inner = _inside(maker, block.kind, here)
        _label(maker, block, inner)
        maker.blocks(block.blocks, inner)


def _inside(maker: BlockMaker, kind: DivisionKind, here: Surround) -> Surround:
    """Where the blocks of a division stand."""
    shared = maker.shared
    style = shared.sheet.divisions.get(kind.value, "")
    if style:
        inner = here.inside(style, STUDY_INDENT, 0, shared)
        return replace(inner, edge=inner.left)
    if kind is DivisionKind.EPIGRAPH:
        return here.inside("Epigraph", shared.sheet.paragraphs["Epigraph"].left, 0, shared)
    if kind is DivisionKind.BYLINE:
        return here.inside("Byline", 0, 0, shared)
    return replace(here, gathered=True) if kind is DivisionKind.ANSWERS else here


def _label(maker: BlockMaker, block: Division, inner: Surround) -> None:
    """The label, with what points to the answer at the far end of its line."""
    word = maker.shared.terms.label(block.kind, block.number)
    label: tuple[Inline, ...] = block.title or ((Text(word),) if word else ())
    if not label:
        return
    style = "StudyLabel" if block.kind.value in maker.shared.sheet.divisions else "UnlistedHeading"
    given = Format()
    if inner.left not in (0, STUDY_INDENT):
        given = Format(indent=(inner.left, inner.right, 0))
    content = maker.inlines(label, style, inner)
    if block.pointer:
        content += "<w:r><w:tab/></w:r>" + maker.inlines(block.pointer, style, inner)
    maker.paragraph(style, content, inner, given)
