"""Lists and definitions (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convert.model.nodes import (
    BulletList,
    CodeBlock,
    DefinitionList,
    Heading,
    LineBlock,
    ListItem,
    MathBlock,
    OrderedList,
    Paragraph,
)
from convert.writers.docx.numbering import LEVELS
from convert.writers.docx.paragraph import Format, Surround
from convert.writers.docx.xml import run_text, tag

if TYPE_CHECKING:
    from convert.writers.docx.blocks import BlockMaker

__all__ = ["definitions", "list_items"]


def list_items(
    maker: BlockMaker,
    block: BulletList | OrderedList,
    here: Surround,
    number: int,
    width: int,
) -> None:
    """The items of a list counted by *number*, whose numbers take *width* hundredths of a character."""
    maker.mark(block.id)
    kind = "Bullet" if isinstance(block, BulletList) else "Number"
    level = min(here.depth, LEVELS - 1)
    tail = str(min(level + 1, 5)) if level else ""
    inner = here.item(width, maker.shared, f"ListContinue{tail}")
    numbering = f"<w:numPr>{tag('ilvl', level)}{tag('numId', number)}</w:numPr>"
    style, given = _item_style(maker, f"List{kind}{tail}", numbering, here, width)
    for item in block.items:
        if item.id in maker.shared.survey.targets:
            maker.mark(item.id)
        if item.checked is None:
            _item(maker, item, inner, style, given, "")
        else:
            # No style that a task may take numbers its paragraphs, so there is no number to undo.
            sign = run_text("☑" if item.checked else "☐")
            mark = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{sign}<w:tab/></w:r>'
            _item(maker, item, inner, *_item_style(maker, "TaskList", "", here, width), mark)


def _item_style(
    maker: BlockMaker, style: str, numbering: str, here: Surround, width: int
) -> tuple[str, Format]:
    """How the first paragraph of an item in *here* is called, and what it has beyond that style."""
    style = style if here.style == "BodyText" or here.style.startswith("ListContinue") else here.style
    if style in maker.shared.sheet.counting:
        numbering = ""
    level = min(here.depth, LEVELS - 1)
    plain = here.style != style and style != "TaskList"
    if plain and here.left == level * 200 and width == 200:
        return style, Format(number=numbering)
    return style, Format(number=numbering, indent=(here.left + width, here.right, -width))


def _item(maker: BlockMaker, item: ListItem, inner: Surround, style: str, given: Format, mark: str) -> None:
    """An item: its first paragraph carries the number, or the mark, the others stand below its text."""
    blocks = item.blocks
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        content = mark + maker.inlines(first.children, style, inner)
        maker.paragraph(style, content, inner, given, first.id)
        blocks = blocks[1:]
    elif isinstance(first, CodeBlock) and (first.caption or first.number):
        # The number of the item is not the caption's.
        maker.paragraph(style, mark, inner, given)
    elif isinstance(first, CodeBlock | LineBlock | Heading | MathBlock) and not mark:
        maker.number = given.number
    else:
        maker.paragraph(style, mark, inner, given)
    maker.blocks(blocks, inner)


def definitions(maker: BlockMaker, block: DefinitionList, here: Surround) -> None:
    """Terms and what they mean."""
    maker.mark(block.id)
    inner = here.inside("Definition", 200, 0, maker.shared)
    for item in block.items:
        if item.id in maker.shared.survey.targets:
            maker.mark(item.id)
        maker.simple("DefinitionTerm", item.term, here, here.shifted("DefinitionTerm", maker.shared))
        for definition in item.definitions:
            maker.blocks(definition, inner)
