"""Divisions: study blocks and alerts with bar and ground, epigraphs, bylines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convert.model.nodes import Block, Division, DivisionKind, Inline, Text
from convert.records import replace
from convert.theme import Role
from convert.typeset.frame import Anchor, GlyphRun, Rule
from convert.typeset.inline import Align
from convert.typeset.slab import Slab, apart, beside, indented
from convert.typeset.structure import Element, Tag
from convert.typeset.verse import quoted_slabs

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["division_slabs"]


def division_slabs(setter: BlockSetter, block: Division, column: Column) -> list[Slab]:
    """The slabs of a division, by its kind."""
    quoted = block.kind is DivisionKind.EPIGRAPH
    with setter.tags.within(Element(Tag.BLOCK_QUOTE if quoted else Tag.DIV)):
        return _slabs(setter, block, column)


def _slabs(setter: BlockSetter, block: Division, column: Column) -> list[Slab]:
    match block.kind:
        case DivisionKind.PLAIN | DivisionKind.GLOSSARY:
            title = _label(setter, block, column, "")
            return title + setter.blocks(block.blocks, column)
        case DivisionKind.BYLINE:
            kai = replace(column, style=replace(column.style, role=setter.sheet.quote().role), indent=0.0)
            title = _label(setter, block, column, "")
            slabs = title + setter.blocks(block.blocks, replace(kai, align=Align.CENTRE))
            slabs = [*(replace(slab, keep=True) for slab in slabs[:-1]), *slabs[-1:]]
            return apart(slabs, column.leading / 2)
        case DivisionKind.EPIGRAPH:
            side = 6 * column.style.size if column.width > 20 * column.style.size else 0.0
            kai = replace(column.narrower(side), style=replace(column.style, role=setter.sheet.quote().role))
            slabs = _label(setter, block, kai, "") + quoted_slabs(
                setter, block.blocks, replace(kai, indent=0.0)
            )
            return apart([indented(slab, side) for slab in slabs], column.leading / 2)
        case DivisionKind.ANSWERS:
            gathered = [slab for part in block.blocks for slab in _gathered(setter, part, column)]
            return [*gathered, Slab(0, snap=True)]
        case _:
            return _study(setter, block, column)


def _gathered(setter: BlockSetter, block: Block, column: Column) -> list[Slab]:
    """What stands among the gathered answers: each answer in small type below its label, no ground."""
    if not isinstance(block, Division) or block.kind is not DivisionKind.ANSWER:
        # Off the grid, as the small type below it is: it stands equally far from every answer.
        air = 0.75 * column.leading
        return [Slab(air, trim=air, keep=True), *setter.blocks((block,), replace(column, indent=0.0))]
    small = setter.sheet.small(column.style.role)
    leading = round(small.size * 5 / 3, 2)
    indent = column.indent * small.size / column.style.size
    inner = replace(column, style=small, leading=leading, indent=indent, elastic=False)
    with setter.tags.within(Element(Tag.DIV)):
        label = _label(setter, block, replace(column, leading=leading), "")
        slabs = label + setter.blocks(block.blocks, inner)
    slabs[0] = beside(slabs[0], [Anchor(block.id, 0, 0)])
    return [Slab(leading / 3, trim=leading / 3, keep=True), *slabs]


def _label(setter: BlockSetter, block: Division, column: Column, word: str) -> list[Slab]:
    title: tuple[Inline, ...] = block.title or ((Text(word),) if word else ())
    if not title:
        return []
    style = replace(
        column.style,
        role=Role.SANS,
        size=setter.sheet.small().size,
        colour=setter.sheet.theme.colour.accent,
    )
    lines = setter.text(title, style, column.width, block.span, align=Align.LEFT, keep_spaces=True)
    slabs = setter.stacked(lines, style.size, column.leading, whole=True)
    slabs = setter.tags.leaf(Element(Tag.P), slabs)
    if block.pointer:
        style = replace(style, role=column.style.role, colour=column.style.colour)
        ends = setter.text(
            block.pointer, style, column.width, block.span, align=Align.RIGHT, keep_spaces=True
        )
        pointer = setter.tags.leaf(
            Element(Tag.P), setter.stacked(ends, style.size, column.leading, whole=True)
        )
        begins = min((item.x for item in ends[0].items if isinstance(item, GlyphRun)), default=0.0)
        if len(pointer) > 1 or lines[-1].width + style.size > begins:
            slabs += pointer
        else:
            slabs[-1] = beside(slabs[-1], pointer[0].placed(0, 0), after=True)
    return [replace(slab, keep=True) for slab in slabs]


def _study(setter: BlockSetter, block: Division, column: Column) -> list[Slab]:
    """A bar in the accent colour at the left, a light ground, the label first."""
    em, colour = column.style.size, setter.sheet.theme.colour
    side = column.room(2 * em) / 2
    inner = replace(column.narrower(2 * side), free=False)
    slabs = _label(setter, block, inner, setter.terms.label(block.kind, block.number))
    inner = replace(inner, abreast=block.kind is DivisionKind.VOCABULARY)
    slabs += setter.blocks(block.blocks, inner)
    # Off-grid parts do not jump to the grid inside, or white would show in the ground.
    slabs = [replace(indented(slab, side), floats=False, snap=False, gives=False) for slab in slabs]
    if not slabs:
        return []
    pad = column.leading / 4
    slabs = [Slab(pad, keep=True), *slabs, Slab(pad)]
    for at in (1, len(slabs) - 3, len(slabs) - 2):
        if at > 0:
            slabs[at] = replace(slabs[at], keep=True)
    out = []
    for slab in slabs:
        ground = Rule(0, 0, column.width, slab.height, colour.ground)
        bar = Rule(0, 0, 2, slab.height, colour.accent)
        out.append(beside(slab, [ground, bar]))
    air = Slab(column.leading / 4)
    return [replace(air, keep=True), *out, replace(air, snap=True)]
