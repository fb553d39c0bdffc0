"""What stands before the text: half title, title page, copyright page, contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convert.manuscript import Listed, Manuscript
from convert.model.nodes import GeneratedKind, Metadata, SourceSpan, Text
from convert.model.title import TitleLine, TitleRole, title_lines
from convert.records import replace
from convert.theme import Role
from convert.typeset.blocks import BlockSetter
from convert.typeset.frame import Item, Rule, shift
from convert.typeset.inline import Align, Line, Style
from convert.typeset.leaders import entry_slabs
from convert.typeset.page import Body, make_pages
from convert.typeset.slab import Slab
from convert.typeset.structure import Element, Tag
from convert.typeset.tags import marked

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
    title = title_page(setter, metadata) if theme.pdf.title_page else None
    if title is not None:
        if theme.pdf.half_title:
            front.append(half_title(setter, metadata))
            front += [_BLANK] * facing
        front.append(title)
        if lines := manuscript.colophon():
            front.append(colophon_page(setter, lines))
        else:
            front += [_BLANK] * facing
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
    _title_line(setter, metadata.title, style, pitch, y, items)
    return Body(tuple(items), ())


def title_page(setter: BlockSetter, metadata: Metadata) -> Body | None:
    """The title page, or None when the metadata asks for none (see `title_lines`)."""
    lines = title_lines(metadata)
    if not lines:
        return None
    geometry, theme = setter.geometry, setter.sheet.theme
    grid = geometry.leading
    items: list[Item] = []
    y = 5 * grid
    upper = [line for line in lines if line.role in (TitleRole.TITLE, TitleRole.SUBTITLE)]
    for line in upper:
        style, pitch = _title_style(setter, line)
        y = _title_line(setter, line.text, style, pitch, y, items)
        y += grid / 2
    middle = geometry.measure / 2
    items.append(Rule(middle - 1.5 * geometry.em, y + grid, 3 * geometry.em, 1.2, theme.colour.accent))
    y += 3 * grid
    for line in lines:
        if line.role is TitleRole.CONTRIBUTOR:
            style, pitch = _title_style(setter, line)
            y = _title_line(setter, line.text, style, pitch, y, items)
    foot = [line for line in lines if line.role in (TitleRole.PUBLISHER, TitleRole.DATE)]
    y = geometry.block_height - len(foot) * grid
    for line in foot:
        style, _ = _title_style(setter, line)
        y = _title_line(setter, line.text, style, grid, y, items)
    return Body(tuple(items), ())


def colophon_page(setter: BlockSetter, lines: Sequence[str]) -> Body:
    """The copyright page: small type at the lower outer corner of the page behind the title."""
    geometry, style = setter.geometry, setter.sheet.small()
    pitch = round(style.size * 1.6, 2)
    width = geometry.measure * (0.75 if geometry.facing else 1)
    set_lines = [
        setter.text((Text(line),), style, width, _NOWHERE, align=Align.LEFT, keep_spaces=True)
        for line in lines
    ]
    y = geometry.block_height - pitch * sum(map(len, set_lines))
    items: list[Item] = []
    for paragraph in set_lines:
        made: list[Item] = []
        for part in paragraph:
            made += [shift(item, 0, y + geometry.baseline(pitch, style.size)) for item in part.items]
            y += pitch
        items += marked(setter.tags.add(Element(Tag.P)), made)
    return Body(tuple(items), ())


def _title_line(
    setter: BlockSetter, text: str, style: Style, pitch: float, y: float, items: list[Item]
) -> float:
    """Put one entry of the title page into *items*, from *y* down; gives where it ends."""
    made: list[Item] = []
    for part in _centred(setter, text, style):
        made += [shift(item, 0, y + setter.geometry.baseline(pitch, style.size)) for item in part.items]
        y += pitch
    items += marked(setter.tags.add(Element(Tag.P)), made)
    return y


def _title_style(setter: BlockSetter, line: TitleLine) -> tuple[Style, float]:
    """Style and line pitch for a line of the title page."""
    body, grid = setter.sheet.body(), setter.geometry.leading
    match line.role:
        case TitleRole.TITLE:
            return replace(body, role=Role.SANS, size=round(body.size * 2.5, 2)), 2 * grid
        case TitleRole.SUBTITLE:
            return replace(body, size=round(body.size * 4 / 3, 2)), 1.25 * grid
        case TitleRole.CONTRIBUTOR:
            role = setter.sheet.quote().role
            return replace(body, role=role, size=round(body.size * 8 / 7, 2)), 1.25 * grid
        case TitleRole.PUBLISHER | TitleRole.DATE:
            return body, grid


def _centred(setter: BlockSetter, text: str, style: Style) -> tuple[Line, ...]:
    return setter.text(
        (Text(text),), style, setter.geometry.measure, _NOWHERE, align=Align.CENTRE, keep_spaces=True
    )


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
