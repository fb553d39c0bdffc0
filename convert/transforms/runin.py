"""Headings that open their paragraphs: numbered sentences such as 一、……。 become entries of the outline."""

from __future__ import annotations

from collections.abc import Iterator

from convert.model.identity import identify
from convert.model.nodes import (
    Block,
    Division,
    DivisionKind,
    Document,
    Heading,
    IndexMark,
    Inline,
    LineBreak,
    Matter,
    Node,
    NumberStyle,
    PageMark,
    Paragraph,
    RunIn,
    Strong,
    Text,
)
from convert.model.walk import plain_text, rewrite
from convert.numbering.typed import recognise
from convert.records import dataclass, field, replace
from convert.regex import regex
from convert.theme import Theme

__all__ = ["run_in_headings"]

LONGEST = 60
"""More characters than this are no heading."""
_ENDS = "。！？"
_DROPPED = "。：:"
"""Marks after a heading that its entry in the outline does not show."""
_OPEN, _SHUT = "“‘「『（(《〈【", "”’」』）)》〉】"
_PATTERNS = ("{}、", "（{}）", "({})")
_BOLD_PATTERNS = (*_PATTERNS, "{}.", "{}．")
_ORDINAL = regex(r"第([一二三四五六七八九十]{1,3})[，、]")


def run_in_headings(document: Document, theme: Theme) -> Document:
    """The document with a `RunIn` at the head of every paragraph that opens with a numbered heading, where
    `outline.runin` of the theme asks for them.

    A heading is a number (一、, （一）, 1、, （1）; in bold also 1. and 第一，) and a sentence of at most 60
    characters, ended by 。！？ or by the end of the bold.  So that no ordinary sentence becomes one, text
    must follow it in the paragraph, and at least two of one shape must stand under the same heading,
    counting up from 1.  A shape that begins inside another is one level deeper.  The mark after the
    heading stays in the text and out of the heading.
    """
    if not theme.outline.runin:
        return document
    accepted = {found.paragraph.id: found.made(level) for found, level in _accepted(document)}

    def change(node: Node) -> Node:
        return accepted.get(node.id, node) if isinstance(node, Paragraph) else node

    return identify(rewrite(document, change, {Paragraph})) if accepted else document


@dataclass(frozen=True, slots=True)
class _Found:
    """A paragraph that may open with a heading: its parts, what kind of number it has and what that counts."""

    paragraph: Paragraph
    head: tuple[Inline, ...]
    rest: tuple[Inline, ...]
    kind: tuple[str, NumberStyle]
    count: int

    def made(self, level: int) -> Paragraph:
        """The paragraph with its heading marked; one that is marked already stays as it is."""
        if isinstance(self.head[0], RunIn):
            return self.paragraph
        run_in = RunIn("", self.paragraph.span, level, self.head)
        return replace(self.paragraph, children=(run_in, *self.rest))


@dataclass(slots=True)
class _Series:
    """Headings of one kind that count up, inside another series or directly under a heading."""

    kind: tuple[str, NumberStyle]
    parent: _Series | None
    members: list[_Found] = field(default_factory=list)

    @property
    def real(self) -> bool:
        return len(self.members) > 1

    @property
    def depth(self) -> int:
        """How far below the heading they stand: 1 for those directly under it."""
        above = self.parent.depth if self.parent else 0
        return above + int(self.real)


def _accepted(document: Document) -> Iterator[tuple[_Found, int]]:
    """What is a heading, with its level."""
    base = 0
    series: list[_Series] = []
    for block in [*_places(document.blocks), None]:
        if isinstance(block, Paragraph):
            found = _opening(block)
            if found is not None:
                _join(series, found)
            continue
        for one in series:
            if one.real:
                yield from ((found, base + one.depth) for found in one.members)
        series = []
        if block is not None and block.listed:
            base = 0 if block.matter is Matter.PART else block.level


def _places(blocks: tuple[Block, ...]) -> Iterator[Paragraph | Heading]:
    """Paragraphs and headings of the text itself, not of quotations, lists or study blocks."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block
            case Division(kind=DivisionKind.PLAIN):
                yield from _places(block.blocks)
            case _:
                pass


def _join(series: list[_Series], found: _Found) -> None:
    """Put *found* where it counts on, or begin a new series with it; what does neither is no heading."""
    line: list[_Series] = []
    last = series[-1] if series else None
    while last is not None:
        line.append(last)
        last = last.parent
    for one in line:
        if one.kind == found.kind:
            if found.count > one.members[-1].count:
                # Those that began inside it are shut: it is the last again.
                if series[-1] is not one:
                    series.remove(one)
                    series.append(one)
                one.members.append(found)
            elif found.count == 1:
                series.append(_Series(found.kind, one.parent, [found]))
            return
    if found.count == 1:
        series.append(_Series(found.kind, line[0] if line else None, [found]))


# ---------------------------------------------------------------- one paragraph


def _opening(paragraph: Paragraph) -> _Found | None:
    """How *paragraph* opens, if it may be with a heading."""
    children = paragraph.children
    at = 0
    while at < len(children) and isinstance(children[at], IndexMark | PageMark):
        at += 1
    if at == len(children):
        return None
    marks, first = children[:at], children[at]
    if isinstance(first, RunIn):
        known = _number(plain_text((first,)), bold=True)
        return _Found(paragraph, (first,), children[at + 1 :], *known) if known else None
    bold = isinstance(first, Strong)
    parts = _bold(children[at:]) if isinstance(first, Strong) else _sentence(children[at:])
    if parts is None:
        return None
    head, rest = parts
    text = plain_text(head)
    number = _number(text, bold=bold)
    if number is None or len(text) > LONGEST or not plain_text(rest).strip(_DROPPED + " 　"):
        return None
    return _Found(paragraph, (*marks, *head), rest, *number)


def _number(text: str, *, bold: bool) -> tuple[tuple[str, NumberStyle], int] | None:
    """Kind and count of the number that a heading must begin with."""
    ordinal = _ORDINAL.match(text) if bold else None
    typed = recognise(ordinal[1] + "、" if ordinal else text)
    if typed is None or not typed.count or typed.form.above:
        return None
    if ordinal is not None:
        return ("第{}，", NumberStyle.CHINESE), typed.count
    said = text[typed.length :].strip()
    if typed.form.pattern not in (_BOLD_PATTERNS if bold else _PATTERNS) or not said:
        return None
    return (typed.form.pattern, typed.form.style), typed.count


def _bold(children: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]] | None:
    """Heading and rest of a paragraph that opens in bold; the bold is the heading."""
    first = children[0]
    assert isinstance(first, Strong)
    inner = first.children
    text = plain_text(inner)
    if not text or any(mark in text[:-1] for mark in _ENDS):
        return None
    last = inner[-1]
    if not isinstance(last, Text) or last.text[-1:] not in _DROPPED:
        return inner, children[1:]
    head = (*inner[:-1], Text(last.text[:-1])) if last.text[:-1] else inner[:-1]
    return head, (Strong((Text(last.text[-1]),)), *children[1:])


def _sentence(children: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]] | None:
    """Heading and rest of a paragraph that opens with a plain sentence."""
    depth = 0
    for at, child in enumerate(children):
        if isinstance(child, LineBreak):
            return None
        if not isinstance(child, Text):
            if any(mark in plain_text((child,)) for mark in _ENDS):
                return None
            continue
        for place, char in enumerate(child.text):
            depth += (char in _OPEN) - (char in _SHUT)
            if char in _ENDS and depth <= 0:
                return _split(children, at, place)
    return None


def _split(
    children: tuple[Inline, ...], at: int, place: int
) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """*children* parted at the mark that ends the sentence: a full stop opens the rest, other marks end the head."""
    child = children[at]
    assert isinstance(child, Text)
    stop = child.text[place]
    end = place if stop in _DROPPED else place + 1
    head = (*children[:at], Text(child.text[:end])) if end else children[:at]
    rest = tuple(part for part in (Text(child.text[place + 1 :]), *children[at + 1 :]) if part != Text(""))
    return head, (Strong((Text(stop),)), *rest) if stop in _DROPPED else rest
