"""What the parts of a book are, in EPUB's Structural Semantics Vocabulary 1.1 and DPUB-ARIA 1.1."""

from __future__ import annotations

from convert.model.nodes import Block, Heading, Matter
from convert.model.outline import Outline, OutlineEntry
from convert.writers.epub.chapters import Plan
from convert.writers.epub.navigation import Landmark

__all__ = ["matter_landmarks", "partition", "section_semantics"]

_PARTITIONS = {
    Matter.PART: Matter.BODY,
    Matter.FRONT: Matter.FRONT,
    Matter.BODY: Matter.BODY,
    Matter.BACK: Matter.BACK,
    Matter.APPENDIX: Matter.BACK,
}


def partition(blocks: tuple[Block, ...], first: int, outline: Outline) -> str:
    """Front, body or back matter: what the heading says that the block at *first* is or stands under.

    Empty before the first heading.
    """
    for block in reversed(blocks[: first + 1]):
        entry = outline.find(block.id) if isinstance(block, Heading) else None
        if entry is not None:
            return _PARTITIONS[entry.matter].value
    return ""


def section_semantics(entry: OutlineEntry) -> str:
    """``epub:type`` and ``role`` of the section of a part, chapter or appendix."""
    if entry.matter is Matter.PART:
        return ' epub:type="part" role="doc-part"'
    if entry.rank == 1 and entry.matter is Matter.BODY:
        return ' epub:type="chapter" role="doc-chapter"'
    if entry.rank == 1 and entry.matter is Matter.APPENDIX:
        return ' epub:type="appendix" role="doc-appendix"'
    return ""


def matter_landmarks(outline: Outline, plan: Plan, start: str) -> list[Landmark]:
    """Front matter, text, appendices, back matter: the first file that a heading of each kind opens.

    The text begins at the first heading where all are front or back matter.  *start* is what it is called.
    """
    opened = [(chapter.file, entry) for chapter in plan.chapters if (entry := outline.find(chapter.opener))]
    first: dict[Matter, tuple[str, str]] = {}
    for file, entry in opened:
        matter = Matter.BODY if entry.matter is Matter.PART else entry.matter
        first.setdefault(matter, (file, entry.full_title))
    body = first.get(Matter.BODY, (opened[0][0] if opened else plan.chapters[0].file, ""))[0]
    marks = []
    for matter in (Matter.FRONT, Matter.BODY, Matter.APPENDIX, Matter.BACK):
        if matter is Matter.BODY:
            marks.append(Landmark(matter.value, "text", start, body))
        elif matter in first:
            file, title = first[matter]
            marks.append(Landmark(matter.value, f"other.{matter.value}", title, file))
    return marks
