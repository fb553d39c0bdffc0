"""The page of a template: size, margins, gutter, columns and grid of its last section (17.6)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lxml import etree

from convert.records import dataclass, replace
from convert.writers.docx.layout import Layout
from convert.writers.docx.template.opening import W, number, value

__all__ = ["TemplatePage", "plain_xml", "template_page"]

_GRIDS = ("lines", "linesAndChars", "snapToChars")
_KEPT = ("pgBorders", "lnNumType")


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """What a section says of its page.  Lengths are twips; the size is None where it says none that can be."""

    size: tuple[int, int] | None
    margins: tuple[int, int, int, int] | None
    """Top, right, bottom, left."""
    header: int
    footer: int
    gutter: int
    grid: str
    pitch: int
    space: int
    columns: str
    measure: int
    vertical: bool
    extra: str

    def over(self, layout: Layout, facing: bool) -> Layout:
        """*layout* with this page; *layout*'s own size and margins where this one has none.

        `Layout.em` and `Layout.pitch` are already those of the template's text.
        """
        layout = replace(layout, facing=facing, grid=self.grid, space=self.space)
        if self.size is None or self.margins is None:
            return layout
        width, height = self.size
        top, right, bottom, left = self.margins
        return replace(
            layout,
            width=width,
            height=height,
            measure=self.measure,
            lines=max(2, (width - left - right if self.vertical else height - top - bottom) // layout.pitch),
            inner=left,
            outer=right,
            top=top,
            bottom=bottom,
            gutter=self.gutter,
            head=self.header,
            foot=self.footer,
            columns=self.columns,
            vertical=self.vertical,
            borders=self.extra,
        )


def template_page(sections: Sequence[etree._Element]) -> TemplatePage:
    """The page of the last of *sections*, which is the text's."""
    section = sections[-1] if sections else etree.Element(f"{W}sectPr")
    size, sides = _size(section), _sides(section)
    grid = section.find(f"{W}docGrid")
    kind = grid.get(f"{W}type", "") if grid is not None else ""
    pitch = number(grid.get(f"{W}linePitch"), 80, 4000) if grid is not None else None
    space = number(grid.get(f"{W}charSpace"), -65536, 65536) if grid is not None else None
    vertical = value(section.find(f"{W}textDirection")) == "tbRl"
    margins, gutter, header, footer = None, 0, 0, 0
    columns, measure = "", 0
    if size is None or sides is None:
        size = None
    else:
        margins, gutter, header, footer = sides
        room = size[0] - margins[1] - margins[3] - gutter
        columns, measure = _columns(section, room)
        if vertical:
            measure = size[1] - margins[0] - margins[2]
        if room < 720 or measure < 480 or size[1] - margins[0] - margins[2] < 720:
            size = margins = None
    return TemplatePage(
        size,
        margins,
        header,
        footer,
        gutter,
        kind if kind in _GRIDS else "",
        (pitch or 0) if kind in _GRIDS else 0,
        (space or 0) if kind in _GRIDS else 0,
        columns,
        measure,
        vertical and margins is not None,
        "".join(plain_xml(element) for name in _KEPT for element in section.findall(f"{W}{name}")),
    )


def _size(section: etree._Element) -> tuple[int, int] | None:
    page = section.find(f"{W}pgSz")
    if page is None:
        return None
    width, height = (_twips(page.get(f"{W}{side}"), 1440, 31680) for side in ("w", "h"))
    return (width, height) if width is not None and height is not None else None


def _twips(text: str | None, low: int, high: int) -> int | None:
    """A measure in twips, which some programs write with a fraction."""
    try:
        found = float(text or "")
    except ValueError:
        return None
    return round(found) if math.isfinite(found) and low <= found <= high else None


def _sides(section: etree._Element) -> tuple[tuple[int, int, int, int], int, int, int] | None:
    """Margins, gutter, and where header and footer stand; a negative margin is as deep as a positive one."""
    given = section.find(f"{W}pgMar")
    if given is None:
        return None
    sides = [_twips(given.get(f"{W}{name}"), -31680, 31680) for name in ("top", "right", "bottom", "left")]
    top, right, bottom, left = (abs(side or 0) for side in sides)
    gutter, header, footer = (
        _twips(given.get(f"{W}{name}"), 0, 31680) or 0 for name in ("gutter", "header", "footer")
    )
    return (top, right, bottom, left), gutter, max(1, header), max(1, footer)


def _columns(section: etree._Element, room: int) -> tuple[str, int]:
    """`w:cols`, and how wide the narrowest column is."""
    columns = section.find(f"{W}cols")
    if columns is None:
        return "", room
    count = number(columns.get(f"{W}num"), 1, 45) or 1
    space = _twips(columns.get(f"{W}space"), 0, 31680)
    between = 720 if space is None else space
    widths = [_twips(one.get(f"{W}w"), 1, 31680) or 0 for one in columns.findall(f"{W}col")]
    measure = min(widths) if widths and len(widths) == count else (room - (count - 1) * between) // count
    return plain_xml(columns), measure


def plain_xml(element: etree._Element) -> str:
    """An element as text without the declarations of names that the root has already."""
    attributes = "".join(
        f' w:{name.removeprefix(W)}="{_quoted(text)}"'
        for name, text in element.attrib.items()
        if isinstance(name, str) and name.startswith(W)
    )
    inner = "".join(plain_xml(child) for child in element if str(child.tag).startswith(W))
    name = str(element.tag).removeprefix(W)
    return f"<w:{name}{attributes}>{inner}</w:{name}>" if inner else f"<w:{name}{attributes}/>"


def _quoted(text: str | bytes) -> str:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
