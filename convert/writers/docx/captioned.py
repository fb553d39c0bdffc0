"""Figures and formulas, and the captions and numbers that stand with them (ECMA-376 part 1, 17.16.5.56)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convert.model.nodes import CodeBlock, Figure, MathBlock, Table, Text
from convert.records import replace
from convert.writers.docx.captions import caption_runs
from convert.writers.docx.math import math_paragraph, math_run
from convert.writers.docx.paragraph import Surround
from convert.writers.docx.runs import MARK_END
from convert.writers.docx.xml import run_text

if TYPE_CHECKING:
    from convert.writers.docx.blocks import BlockMaker

__all__ = ["caption", "figure", "formula"]


def figure(maker: BlockMaker, block: Figure, here: Surround) -> None:
    """A picture in the middle, its caption below it on the same page."""
    captioned = bool(block.caption or block.number)
    sheet = maker.shared.sheet.paragraphs["Figure"]
    # A line and a half stay free below a full-page picture for its caption.
    tallest = maker.shared.layout.depth - (3 * maker.shared.layout.pitch if captioned else 0)
    content = maker.runs.content((block.image,), sheet.size, here.width, height=tallest)
    given = replace(here.shifted("Figure", maker.shared), keep_next=captioned)
    maker.paragraph("Figure", content, here, given, block.id)
    if captioned:
        caption(maker, block, here, keep=False)


def caption(maker: BlockMaker, block: Figure | Table | CodeBlock, here: Surround, keep: bool) -> None:
    """The caption of a figure, table or code; *keep* holds it on the page of what comes next."""
    terms = maker.shared.terms
    word = {Figure: terms.figure, Table: terms.table, CodeBlock: terms.listing}[type(block)]
    gap = maker.shared.terms.caption_gap if block.caption and block.number else ""
    content = caption_runs(maker.shared, maker.runs, word, block.number, block.id)
    words = ((Text(gap),) if gap else ()) + block.caption
    content += maker.inlines(words, "Caption", here)
    ident = f"{block.id}-caption"
    name = maker.shared.bookmarks.name("_Toc", ident) if block.number else ""
    given = replace(here.shifted("Caption", maker.shared), keep_next=keep)
    maker.paragraph("Caption", content, here, given, "", name)


def formula(maker: BlockMaker, block: MathBlock, here: Surround) -> None:
    """A formula; one with a number stands in the middle by tabs, its number at the right."""
    given = here.shifted("Formula", maker.shared)
    content = math_run(block.tex) if block.number else math_paragraph(block.tex)
    if content is None:
        maker.runs.not_understood.append(block.tex)
        content = f'<w:r><w:rPr><w:rStyle w:val="FormulaSource"/></w:rPr>{run_text(block.tex)}</w:r>'
    maker.shared.pages.add(1.0)
    if block.number:
        label = maker.shared.terms.equation
        number = caption_runs(maker.shared, maker.runs, label, block.number, block.id, shown=False)
        tab = "<w:r><w:tab/></w:r>"
        content = f"{tab}{content}{MARK_END}{tab}{maker.runs.text('(')}{number}{maker.runs.text(')')}"
        given = replace(given, align="left", tabs=(here.width // 2, here.width))
    maker.paragraph("Formula", content, here, given, block.id)
