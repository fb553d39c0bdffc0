"""Displayed formulas: centred on whole lines of the grid, their number at the right."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from convert.diagnostics import Code, Place
from convert.model.nodes import CodeBlock, MathBlock
from convert.records import replace
from convert.typeset.code import code_slabs
from convert.typeset.formulas import SetFormula, set_formula
from convert.typeset.frame import Drawing, Item, shift
from convert.typeset.inline import Align, ParagraphStyle, TextPiece
from convert.typeset.slab import Slab, beside
from convert.typeset.structure import Element, Tag
from convert.typeset.tags import marked

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter, Column

__all__ = ["formula_slabs"]

_SMALLEST = 0.6
"""A formula that is too wide is made smaller, but not smaller than this share of the text."""


def formula_slabs(setter: BlockSetter, block: MathBlock, column: Column) -> list[Slab]:
    """The formula in the middle of the column, or its TeX as code where it cannot be set, with a finding."""
    made = set_formula(block.tex, True)
    if made is None:
        place = Place(block.span.file, block.span.first)
        message = "a formula cannot be set; its source is shown in its place"
        setter.findings.info(Code.FEATURE_UNSUPPORTED, place, message, "write it in plainer TeX")
    element = Element(Tag.FORMULA, alt=block.tex)
    if made is None:
        with setter.tags.within(element):
            slabs = code_slabs(setter, CodeBlock("", block.span, block.tex), column)
        baseline = setter.geometry.baseline(column.leading, column.style.size)
    else:
        slab, baseline = _drawn(setter, made, block, column)
        with setter.tags.within(Element(Tag.P)):
            slabs = setter.tags.leaf(element, [slab])
    number = _number(setter, block.number, column)
    if number:
        index = setter.tags.add(Element(Tag.P))
        items = marked(index, [shift(item, 0, baseline) for item in number])
        slabs[-1] = beside(slabs[-1], items, after=True)
    return slabs


def _drawn(setter: BlockSetter, made: SetFormula, block: MathBlock, column: Column) -> tuple[Slab, float]:
    """The formula as one slab, and where its baseline is."""
    em, grid = column.style.size, column.leading
    # A number at the right keeps the formula in the middle: it takes as much room at the left.
    room = column.width - (2 * (len(block.number) + 3) * em / 2 if block.number else 0)
    share = min(1.0, room / (made.width * em)) if made.width else 1.0
    if share < _SMALLEST:
        share = _SMALLEST
        setter.report(Code.PAGE_OVERFULL, block.span, "a formula is wider than the page", "break it in two")
    size = em * share
    height = (made.ascent + made.descent) * size
    whole = math.ceil((height + grid / 2) / grid - 1e-6) * grid
    baseline = (whole - height) / 2 + made.ascent * size
    x = (column.width - made.width * size) / 2
    ink = Drawing(made.ink, x, baseline, size, column.style.colour)
    return Slab(whole, (ink,), snap=True), baseline


def _number(setter: BlockSetter, number: str, column: Column) -> list[Item]:
    """The number in round brackets, flush right."""
    if not number:
        return []
    style = replace(column.style, tag=None)
    flat = ParagraphStyle(column.width, style.size, style.language, Align.RIGHT)
    return [item for line in setter.lines([TextPiece(f"({number})", style)], flat) for item in line.items]
