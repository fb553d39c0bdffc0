"""What stands before the text: half title, title page, copyright page, contents."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from convert.manuscript import Listed, Manuscript
from convert.model.nodes import GeneratedKind, Metadata, SourceSpan, Text
from convert.model.title import TitleLine, TitleRole, title_lines
from convert.records import dataclass, replace
from convert.theme import Role
from convert.typeset.blocks import BlockSetter
from convert.typeset.frame import Item, Rule, shift
from convert.typeset.inline import Align, Line, Style
from convert.typeset.leaders import entry_slabs
from convert.typeset.page import Body, make_pages
from convert.typeset.slab import Slab
from convert.typeset.structure import Element, Tag
from convert.typeset.tags import marked
from convert.typeset.titles import set_title

__all__ = ["front_pages"]

_NOWHERE = SourceSpan("", 0, 0)
_BLANK = Body((), (), blank=True)


def front_pages(setter: BlockSetter, manuscript: Manuscript, folios: Mapping[str, str]) -> list[Body]:
    """The pages before the text, as many as bring its beginning to a recto; *folios* are the printed pages.

    How many there are does not depend on *folios*.
    """
    theme, facing = setter.sheet.theme, setter.geometry.facing
    metadata = manuscript.document.metadata
    front: list[Body] = []
    title = title_pages(setter, metadata) if theme.pdf.title_page else []
    if title:
        if theme.pdf.half_title:
            front.append(half_title(setter, metadata))
            front += [_BLANK] * facing
        front += title
        front += colophon_pages(setter, lines) if (lines := manuscript.colophon()) else []
        front += [_BLANK] * (facing and len(front) % 2)
    here = theme.contents.show and GeneratedKind.CONTENTS not in setter.lists
    if here and sum(1 for _ in manuscript.outline.flat()) > 1:
        listed = manuscript.listed(GeneratedKind.CONTENTS, theme.pdf.contents_depth)
        whole = setter.geometry.part(setter.geometry.lines, column=False)
        made = make_pages(contents_slabs(setter, listed, folios), {}, whole, "")
        word = setter.terms.contents
        front += [replace(body, chapter=word, opening=at == 0) for at, body in enumerate(made)]
    if facing and len(front) % 2:
        front.append(_BLANK)
    return front


def half_title(setter: BlockSetter, metadata: Metadata) -> Body:
    """The half title: the title alone, small, a third down the first page."""
    style = setter.sheet.heading(1)
    pitch = max(setter.geometry.leading, round(style.size * 1.45, 2))
    items: list[Item] = []
    y = setter.geometry.lines // 3 * setter.geometry.leading
    _put(setter, _Entry(_centred(setter, metadata.title, style), style, pitch), y, items)
    return Body(tuple(items), ())


def title_pages(setter: BlockSetter, metadata: Metadata) -> list[Body]:
    """The title page; nothing when the metadata asks for none (see `title_lines`).

    A long title is set smaller, many names share their lines; what a page cannot hold even so goes on overleaf.
    """
    lines = title_lines(metadata)
    if not lines:
        return []
    made = [_set_title(setter, lines, scale) for scale in _SCALES]
    fitting = next((title for title in made if title.height <= setter.geometry.block_height), None)
    if fitting is not None:
        return [_placed_title(setter, fitting)]
    slabs: list[Slab] = []
    for entry in (*made[-1].upper, *made[-1].people, *made[-1].foot):
        slabs += setter.tags.leaf(Element(Tag.P), setter.stacked(entry.lines, entry.style.size, entry.pitch))
    return make_pages(slabs, {}, setter.geometry.part(setter.geometry.lines, column=False), "")


_SCALES = (1.0, 0.85, 0.7)
_TITLE_SIZES = (2.5, 2.2, 1.9, 1.6, 1.4)
"""Sizes of the title, in those of the text: the first in which it takes three lines at most."""
_TITLE_LINES = 3
_NAMES, _ABREAST = 5, 8
"""More names than the first stand beside each other, up to the second in a row."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A paragraph of the title page in lines."""

    lines: tuple[Line, ...]
    style: Style
    pitch: float

    @property
    def height(self) -> float:
        """Height of its lines."""
        return self.pitch * len(self.lines)


@dataclass(frozen=True, slots=True)
class _Title:
    """The title page's paragraphs, and where they begin."""

    upper: tuple[_Entry, ...]
    people: tuple[_Entry, ...]
    foot: tuple[_Entry, ...]
    start: float
    grid: float

    @property
    def height(self) -> float:
        """What all of it takes, with a line between the names and the foot."""
        said = sum(entry.height for entry in (*self.upper, *self.people, *self.foot))
        return self.start + said + len(self.upper) * self.grid / 2 + 4 * self.grid


def _set_title(setter: BlockSetter, lines: Sequence[TitleLine], scale: float) -> _Title:
    body, grid = setter.sheet.body(), setter.geometry.leading
    sans = replace(body, role=Role.SANS)
    kai = replace(body, role=setter.sheet.quote().role, size=round(body.size * 8 / 7 * scale, 2))

    def entry(text: str, style: Style, pitch: float) -> _Entry:
        return _Entry(_centred(setter, text, style), style, pitch)

    upper: list[_Entry] = []
    for line in lines:
        if line.role is TitleRole.TITLE:
            for size in _TITLE_SIZES:
                style = replace(sans, size=round(body.size * size * scale, 2))
                title = entry(
                    line.text, style, max(grid, round(2 * grid * size / _TITLE_SIZES[0] * scale, 2))
                )
                if len(title.lines) <= _TITLE_LINES:
                    break
            upper.append(title)
        elif line.role is TitleRole.SUBTITLE:
            style = replace(body, size=round(body.size * 4 / 3 * scale, 2))
            upper.append(entry(line.text, style, 1.25 * grid * scale))
    names = [line.text for line in lines if line.role is TitleRole.CONTRIBUTOR]
    pitch = 1.25 * grid * scale
    people = [entry(name, kai, pitch) for name in names]
    if len(names) > _NAMES or (names and scale < 1):
        people = [_Entry(tuple(line for row in _rows(setter, names, kai) for line in row), kai, pitch)]
    foot = [line.text for line in lines if line.role in (TitleRole.PUBLISHER, TitleRole.DATE)]
    return _Title(
        tuple(upper),
        tuple(people),
        tuple(entry(text, body, grid) for text in foot),
        min(5, setter.geometry.lines // 5) * grid * scale,
        grid,
    )


def _rows(setter: BlockSetter, names: Sequence[str], style: Style) -> list[tuple[Line, ...]]:
    """Names beside each other, as many in a row as fit, the rows alike; none is divided that fits on a line."""
    rows = [_centred(setter, name, style) for name in names]
    for each in range(_ABREAST, 1, -1):
        each = math.ceil(len(names) / math.ceil(len(names) / each))
        made = [
            _centred(setter, "　".join(names[at : at + each]), style) for at in range(0, len(names), each)
        ]
        if all(len(row) == 1 for row in made):
            return made
    return rows


def _placed_title(setter: BlockSetter, title: _Title) -> Body:
    """Title and subtitle, a rule, the names; publisher and date at the foot."""
    geometry, grid = setter.geometry, setter.geometry.leading
    items: list[Item] = []
    y = title.start
    for entry in title.upper:
        y = _put(setter, entry, y, items) + grid / 2
    middle, colour = geometry.measure / 2, setter.sheet.theme.colour.accent
    items.append(Rule(middle - 1.5 * geometry.em, y + grid, 3 * geometry.em, 1.2, colour))
    y += 3 * grid
    for entry in title.people:
        y = _put(setter, entry, y, items)
    y = geometry.block_height - sum(entry.height for entry in title.foot)
    for entry in title.foot:
        y = _put(setter, entry, y, items)
    return Body(tuple(items), ())


def colophon_pages(setter: BlockSetter, lines: Sequence[str]) -> list[Body]:
    """The copyright page: small type at the lower outer corner of the page behind the title."""
    geometry, style = setter.geometry, setter.sheet.small()
    pitch = round(style.size * 1.6, 2)
    width = geometry.measure * (0.75 if geometry.facing else 1)
    slabs: list[Slab] = []
    for line in lines:
        said = setter.text((Text(line),), style, width, _NOWHERE, align=Align.LEFT, keep_spaces=True)
        slabs += setter.tags.leaf(Element(Tag.P), setter.stacked(said, style.size, pitch))
    whole = geometry.part(geometry.lines, column=False)
    pages = make_pages(slabs, {}, whole, "")
    if len(pages) > 1:
        return pages
    down = geometry.block_height - sum(slab.height for slab in slabs)
    return [replace(page, items=tuple(shift(item, 0, down) for item in page.items)) for page in pages]


def _put(setter: BlockSetter, entry: _Entry, y: float, items: list[Item]) -> float:
    """Put a paragraph into *items*, from *y* down; gives where it ends."""
    made: list[Item] = []
    for line in entry.lines:
        baseline = setter.geometry.baseline(entry.pitch, entry.style.size)
        made += [shift(item, 0, y + baseline) for item in line.items]
        y += entry.pitch
    items += marked(setter.tags.add(Element(Tag.P)), made)
    return y


def _centred(setter: BlockSetter, text: str, style: Style) -> tuple[Line, ...]:
    return set_title(setter, (Text(text),), style, setter.geometry.measure, Align.CENTRE, _NOWHERE)


def contents_slabs(setter: BlockSetter, listed: Sequence[Listed], folios: Mapping[str, str]) -> list[Slab]:
    """The contents list with its title; *folios* gives each heading's printed page."""
    geometry = setter.geometry
    grid = geometry.leading
    style = setter.sheet.heading(1)
    word = setter.terms.contents
    spaced = "　".join(word) if len(word) == 2 and setter.sheet.cjk else word
    title = _centred(setter, spaced, style)
    y = 1.5 * grid + geometry.baseline(grid, style.size)
    head = Slab(4 * grid, tuple(shift(item, 0, y) for line in title for item in line.items), keep=True)
    with setter.tags.within(Element(Tag.TOC)):
        with setter.tags.within(Element(Tag.CAPTION)):
            out = setter.tags.leaf(Element(Tag.P), [head])
        return out + entry_slabs(setter, listed, geometry.measure, folios)
