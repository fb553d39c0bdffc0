"""What stands round the text: running heads and folios."""

from __future__ import annotations

from collections.abc import Sequence

from convert.records import dataclass, replace
from convert.theme import Role
from convert.typeset.blocks import BlockSetter
from convert.typeset.frame import Item, Rule, shift
from convert.typeset.geometry import HAN_CENTRE
from convert.typeset.inline import Align, ParagraphStyle, Style, TextPiece
from convert.typeset.page import Body

__all__ = ["Sides", "running_items"]


@dataclass(frozen=True, slots=True)
class Sides:
    """What the running heads say: the book on left-hand pages, the chapter on right-hand and on single ones.

    Where the first heading is the title of the whole book, chapters are the headings below it.
    """

    book: str
    chapter: str


def running_items(setter: BlockSetter, body: Body, sides: Sides, label: str, recto: bool) -> list[Item]:
    """Running head and folio, with (0, 0) at the text block's top left corner."""
    theme, geometry = setter.sheet.theme, setter.geometry
    if body.blank:
        return []
    style = replace(setter.sheet.body(), size=theme.running.size)
    outer = Align.RIGHT if recto or not geometry.facing else Align.LEFT
    items: list[Item] = []
    # Pages that do not differ all say the chapter.
    text = sides.chapter if (recto or not geometry.facing) and sides.chapter else sides.book
    if theme.running.heads and text and not body.opening:
        y = -1.25 * geometry.leading
        line = _one_line(setter, text, style, outer if geometry.facing else Align.CENTRE)
        items += [shift(item, 0, y) for item in line]
        items.append(Rule(0, y + 0.45 * style.size, geometry.measure, 0.35, theme.colour.rule))
    if theme.running.folios and label:
        # Where the margin below is small, in its middle.
        low = geometry.bottom / 2 + HAN_CENTRE * style.size
        y = geometry.block_height + min(1.6 * geometry.leading, low)
        items += [shift(item, 0, y) for item in _folio(setter, label, style, outer, recto)]
    return items


def _folio(setter: BlockSetter, label: str, style: Style, outer: Align, recto: bool) -> Sequence[Item]:
    """A page number; the official form is — 1 — in Song, one character in from the edge (GB/T 9704-2012, 7.5)."""
    if setter.sheet.theme.running.folio == "plain":
        if label.isascii() and label.isalnum():
            run = setter.engine.word(label, style, setter.geometry.measure, outer)
            if run is not None:
                return [run]
        return _one_line(setter, label, style, outer)
    odd = int(label) % 2 == 1 if label.isdecimal() else recto
    side = Align.RIGHT if odd else Align.LEFT
    line = _one_line(setter, f"— {label} —", replace(style, role=Role.SERIF), side)
    return [shift(item, -style.size if odd else style.size, 0) for item in line]


def _one_line(setter: BlockSetter, text: str, style: Style, align: Align) -> Sequence[Item]:
    """*text* on one line, cut with an ellipsis where it is too long for the measure."""
    measure = setter.geometry.measure
    for cut in range(len(text), 0, -1):
        shown = text if cut == len(text) else text[:cut] + "……"
        lines = setter.lines(
            [TextPiece(shown, style)],
            ParagraphStyle(measure, style.size, style.language, align, keep_spaces=True),
        )
        if len(lines) <= 1:
            return lines[0].items if lines else ()
    return ()
