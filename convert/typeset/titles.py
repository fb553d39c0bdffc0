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

__all__ = ["set_title", "words_of"]

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

    There are no more of them than the line engine wants.
    """
    lines = setter.text(children, style, width, span, indent=indent, align=align, keep_spaces=True)
    plain = [child.text for child in children if isinstance(child, Text)]
    if len(lines) < 2 or align is Align.JUSTIFY or indent or len(plain) != len(children):
        return lines
    text = "".join(plain)
    broken = break_title(text, width / style.size - _SLACK, setter.words())
    if broken is None or len(broken[1]) > len(lines):
        return lines
    parted: list[Inline] = []
    for part in _parts(text, broken[1]):
        parted += [LineBreak(), Text(part)] if parted else [Text(part)]
    made = setter.text(parted, style, width, span, align=align, keep_spaces=True)
    return made if len(made) == len(broken[1]) else lines


def _parts(text: str, lines: Sequence[str]) -> Iterator[str]:
    """*text* in parts that say what *lines* do, its own white space within each kept."""
    at = 0
    for line in lines:
        start, left = at, len("".join(line.split()))
        while at < len(text) and left:
            left -= not text[at].isspace()
            at += 1
        yield text[start:at].strip()
