"""Lists that quire makes: lines with dotted leaders and page numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from convert.manuscript import Listed
from convert.model.nodes import Generated, GeneratedKind, InternalTarget
from convert.records import replace
from convert.theme import Role
from convert.typeset.frame import Item, LinkArea, Rule, shift
from convert.typeset.inline import Align, BreakPiece, ParagraphStyle, TextPiece
from convert.typeset.slab import Slab, beside
from convert.typeset.structure import Element, InlineKind, InlineTag, Tag
from convert.typeset.titles import parted

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["entry_slabs", "list_of"]


def list_of(setter: BlockSetter, block: Generated, column: Column) -> list[Slab]:
    """A list where the text asks for it; it has no title but the one that the source gives it."""
    listed = setter.lists.get(block.kind, ())
    if not listed:
        return []
    strong = block.kind is GeneratedKind.CONTENTS
    with setter.tags.within(Element(Tag.TOC)):
        return entry_slabs(setter, listed, column.width, setter.maker.folios, strong=strong)


def entry_slabs(
    setter: BlockSetter,
    listed: Sequence[Listed],
    width: float,
    folios: Mapping[str, str],
    *,
    strong: bool = True,
) -> list[Slab]:
    """A line for each entry, *width* points wide; *folios* gives the printed pages by id.

    With *strong* the first level is set in Hei, and no page ends between it and what is below it.
    """
    out: list[Slab] = []
    columns = _columns(setter, [folios.get(entry.id, "") for entry in listed])
    for at, entry in enumerate(listed):
        role = Role.SANS if strong and entry.level == 1 else None
        with setter.tags.within(Element(Tag.TOCI)):
            made = _entry(setter, entry, folios.get(entry.id, ""), width, role, columns)
            slabs = setter.tags.leaf(Element(Tag.P), made)
        opens = entry.level == 1 and at + 1 < len(listed) and listed[at + 1].level > 1
        # The last three stand together: a page for one of them would look forgotten.
        slabs[-1] = replace(slabs[-1], keep=opens or len(listed) - 3 <= at < len(listed) - 1)
        out += slabs
    return out


def _columns(setter: BlockSetter, folios: Sequence[str]) -> Mapping[bool, float]:
    """How wide the widest number of a page is, of those in figures (True) and of the others."""
    body = setter.sheet.body()
    flat = ParagraphStyle(setter.geometry.measure, body.size, body.language, Align.RIGHT)
    out = {True: 0.0, False: 0.0}
    for folio in set(folios):
        width = setter.engine.natural_width([TextPiece(folio, body)], flat) if folio else 0.0
        out[folio.isdecimal()] = max(out[folio.isdecimal()], width)
    return out


def _entry(
    setter: BlockSetter,
    entry: Listed,
    page: str,
    measure: float,
    role: Role | None,
    columns: Mapping[bool, float],
) -> list[Slab]:
    """One entry: title, leader of middle dots, page number flush right; leaders end in line, short of *columns*."""
    geometry = setter.geometry
    em, grid = geometry.em, geometry.leading
    link = InlineTag(InlineKind.LINK, 0)
    body = setter.sheet.body()
    style = replace(body, tag=link, role=role or body.role)
    left = (entry.level - 1) * em
    # The number column is three figures wide; titles stay clear of it.
    text_style = ParagraphStyle(
        measure - 3 * em, em, style.language, Align.LEFT, left, left + em, keep_spaces=True
    )
    lines = setter.lines([TextPiece(entry.label, style)], text_style)
    if len(lines) > 1:
        ems = text_style.measure / em - entry.level
        parts = parted(setter, entry.label, ems, len(lines))
        pieces = [piece for part in parts for piece in (BreakPiece(), TextPiece(part, style))][1:]
        made = setter.lines(pieces, text_style) if parts else ()
        lines = made if len(made) == len(parts) > 0 else lines
    slabs = setter.stacked(lines, em, grid, whole=True)
    if not slabs:
        return [Slab(0)]
    flat = ParagraphStyle(measure, em, body.language, Align.RIGHT)
    number = setter.lines([TextPiece(page, body)], flat)
    baseline = geometry.baseline(grid, em)
    items: list[Item] = [shift(item, 0, baseline) for line in number for item in line.items]
    items += _leader(setter, lines[-1].width, measure - columns[page.isdecimal()], baseline)
    slabs[-1] = beside(slabs[-1], items, after=True)
    target = InternalTarget(entry.id)
    area = LinkArea(left, 0, measure - left, grid, target, link)
    return [beside(slab, [area], after=True) for slab in slabs]


def _leader(setter: BlockSetter, start: float, end: float, baseline: float) -> list[Item]:
    """Dots half an em apart, two at least, in line from entry to entry: drawn, since they are no text."""
    em = setter.geometry.em
    colour = setter.sheet.theme.colour.rule
    pitch, size = em / 2, 0.07 * em
    first = int((start + 0.6 * em) / pitch) + 1
    last = int((end - 0.5 * em) / pitch)
    places = range(first, last) if last - first > 1 else ()
    return [Rule(at * pitch, baseline - 0.38 * em, size, size, colour) for at in places]
