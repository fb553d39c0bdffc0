"""What stays together from block to block: headings with their text, lead-ins with what they lead in."""

from __future__ import annotations

from convert.model.nodes import (
    AnswerLines,
    Block,
    BulletList,
    CodeBlock,
    DefinitionList,
    Division,
    DivisionKind,
    Heading,
    LineBlock,
    MathBlock,
    OrderedList,
    Paragraph,
    Quote,
    Table,
    Text,
)
from convert.model.walk import plain_text
from convert.records import replace
from convert.regex import regex
from convert.typeset.frame import Drawing, GlyphRun, ImageItem
from convert.typeset.slab import Slab

__all__ = ["Ties"]

HEADED = 2
"""Lines of text that stand below a heading on its page (CLREQ 7.1.3 asks for one)."""
_SHOWN = frozenset((Drawing, GlyphRun, ImageItem))
"""What makes a strip a line below a heading; a ground alone does not."""
_LED = (
    AnswerLines,
    BulletList,
    CodeBlock,
    DefinitionList,
    Division,
    LineBlock,
    MathBlock,
    OrderedList,
    Paragraph,
    Quote,
    Table,
)


class Ties:
    """Ties blocks to each other, one after the other."""

    def __init__(self) -> None:
        self._owed = 0
        """Lines still wanted below a heading."""
        self._led = False

    def tie(self, block: Block, following: Block | None, slabs: list[Slab]) -> None:
        """Forbid, in place, the page ends in and after *block* that would leave a heading, a lead-in or a question alone."""
        if isinstance(block, Heading):
            if self._owed == HEADED and slabs:
                # Right below another one it needs less of the space above it.
                slabs[0] = _closer(slabs[0])
            self._owed = HEADED
            return
        led = self._led or self._owed == HEADED
        if led and slabs and isinstance(block, Table) and not slabs[0].lies:
            # What a sentence or a heading leads in stands right below it.
            slabs[0] = replace(slabs[0], floats=False)
        self._led = isinstance(following, Table) and leads_in(block)
        for at, slab in enumerate(slabs):
            if not self._owed:
                break
            if slab.floats:
                continue  # it may stand overleaf, so it is no line below the heading
            if any(type(item) in _SHOWN for item in slab.items):
                self._owed -= 1
            if self._owed:
                slabs[at] = replace(slab, keep=True)
        # A formula goes on with the sentence before it, whatever that ends with.
        bound = isinstance(following, AnswerLines | MathBlock) or _signs(following) or _offers(following)
        if slabs and (bound or (isinstance(following, _LED) and leads_in(block))):
            slabs[-1] = replace(slabs[-1], keep=True)


def _closer(slab: Slab) -> Slab:
    """*slab* without what would fall away at the head of a page; no line more goes above it either."""
    return replace(slab, height=slab.height - slab.trim, drop=slab.drop - slab.trim, trim=0.0, gives=False)


def _signs(block: Block | None) -> bool:
    """A line that says who wrote what stands before it."""
    return isinstance(block, Division) and block.kind is DivisionKind.BYLINE


_CHOICE = regex(r"[A-HＡ-Ｈ][.．、)）]")


def _offers(block: Block | None) -> bool:
    """An answer to choose, A to H: it stands with its question and the others."""
    if not isinstance(block, Paragraph) or not block.children:
        return False
    first = block.children[0]
    begin = first.text if isinstance(first, Text) and len(first.text) > 1 else plain_text([block])
    return _CHOICE.match(begin) is not None


def leads_in(block: Block) -> bool:
    """A paragraph that ends with a colon."""
    if not isinstance(block, Paragraph) or not block.children:
        return False
    last = block.children[-1]
    end = last.text.rstrip() if isinstance(last, Text) else ""
    return (end or plain_text([block]).rstrip()).endswith(("：", ":"))
