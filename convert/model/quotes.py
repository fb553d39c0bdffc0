"""Quotations: who said it, in a line of its own at their end."""

from __future__ import annotations

from convert.model.blocks import Block, Paragraph
from convert.model.walk import plain_text

__all__ = ["parted"]

_DASHES = ("——", "―", "⸺", "— ", "—")


def parted(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """*blocks* of a quotation, and the last of them apart where it is a line after a dash that tells its source."""
    match blocks:
        case (*rest, Paragraph() as last) if rest and _tells(last):
            return tuple(rest), (last,)
        case _:
            return blocks, ()


def _tells(paragraph: Paragraph) -> bool:
    text = plain_text([paragraph]).strip()
    # What ends with a stop is somebody speaking.
    return text.startswith(_DASHES) and not text.endswith(("。", "！", "？", "…", "”", "」"))
