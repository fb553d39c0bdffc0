"""Titles of more lines than one: broken by sense, as a compositor would (CLREQ 7.1.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from convert.model.nodes import Block, Inline, LineBreak, SourceSpan, Text
from convert.model.walk import plain_text
from convert.titling import Words, break_title
from convert.typeset.inline import Align, Line, Style

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter

__all__ = ["parted", "set_caption", "set_title", "words_of"]

_SAMPLE = 50_000
"""Characters of the text that its words are known by."""
_SLACK = 0.3
"""Characters by which a title's width, guessed from its text, may be wrong."""


def words_of(blocks: Sequence[Block]) -> Callable[[], Words]:
    """What the beginning of *blocks* tells of their words, found out when it is first asked for."""
    return cache(partial(_words, blocks))


def _words(blocks: Sequence[Block]) -> Words:
    text = ""
    for block in blocks:
        text += plain_text((block,))
        if len(text) > _SAMPLE:
            break
    return Words(text[:_SAMPLE])


def set_title(
    setter: BlockSetter,
    children: Sequence[Inline],
    style: Style,
    width: float,
    align: Align,
    span: SourceSpan,
    indent: float = 0.0,
) -> tuple[Line, ...]:
    """The lines of a title; of plain words that need several they end by sense, never inside a known word.

    There are no more of them than the line engine wants.  One that begins *indent* in is set as a paragraph's
    lines are, but these end by sense too.
    """
    lines = setter.text(children, style, width, span, indent=indent, align=align, keep_spaces=True)
    plain = [child.text for child in children if isinstance(child, Text)]
    if len(lines) < 2 or (align is Align.JUSTIFY and not indent) or len(plain) != len(children):
        return lines
    text = "".join(plain)
    broken = parted(setter, text, width / style.size, len(lines), indent / style.size)
    if not broken:
        return lines
    parts: list[Inline] = []
    for part in broken:
        parts += [LineBreak(), Text(part)] if parts else [Text(part)]
    align = Align.LEFT if indent else align
    made = setter.text(parts, style, width, span, indent=indent, align=align, keep_spaces=True)
    return made if len(made) == len(broken) else lines


def set_caption(
    setter: BlockSetter, label: str, caption: Sequence[Inline], style: Style, width: float, span: SourceSpan
) -> tuple[Line, ...]:
    """The lines of a caption in the middle, its *label* before it; of plain words they end by sense as a title's do."""
    whole = (*((Text(label),) if label else ()), *caption)
    lines = setter.text(whole, style, width, span, align=Align.CENTRE)
    plain = [child.text for child in caption if isinstance(child, Text)]
    if len(lines) < 2 or len(plain) != len(caption):
        return lines
    flat = setter.text((Text(label),), style, width, span, align=Align.LEFT) if label else ()
    lead = flat[0].width / style.size if flat else 0.0
    first, *others = parted(setter, "".join(plain), width / style.size, len(lines), lead) or [""]
    if not others:
        return lines
    parts: list[Inline] = [Text(label + first)]
    for part in others:
        parts += [LineBreak(), Text(part)]
    made = setter.text(parts, style, width, span, align=Align.CENTRE)
    return made if len(made) == len(others) + 1 else lines


def parted(setter: BlockSetter, text: str, ems: float, most: int, lead: float = 0.0) -> list[str]:
    """*text* in lines of *ems* em that end by sense, the first *lead* em shorter; [] where it takes more than *most*."""
    broken = break_title(text, ems - _SLACK, setter.words(), lead)
    return [*_parts(text, broken[1])] if broken is not None and len(broken[1]) <= most else []


def _parts(text: str, lines: Sequence[str]) -> Iterator[str]:
    """*text* in parts that say what *lines* do, its own white space within each kept."""
    at = 0
    for line in lines:
        start, left = at, len("".join(line.split()))
        while at < len(text) and left:
            left -= not text[at].isspace()
            at += 1
        yield text[start:at].strip()
