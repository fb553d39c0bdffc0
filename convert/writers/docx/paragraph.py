"""Paragraph properties: a style's name, and what the place of a paragraph adds to it (17.3.1)."""

from __future__ import annotations

from convert.records import dataclass, replace
from convert.writers.docx.sheet import ParagraphStyle, bar_xml, indent_xml
from convert.writers.docx.story import Shared
from convert.writers.docx.xml import off, tag

__all__ = ["Format", "Surround", "body_surround", "paragraph_properties"]

Indent = tuple[int, int, int]
"""Left, right and first line, in hundredths of a body character; a negative first line hangs."""


@dataclass(frozen=True, slots=True)
class Format:
    """Direct formatting over a paragraph's style."""

    keep_next: bool = False
    page_break: bool = False
    number: str = ""
    before: float = 0.0
    pitch: int = 0
    """An exact line height in twips: what stands above or below the characters shall not part the lines."""
    indent: Indent | None = None
    no_first: bool = False
    align: str = ""
    tabs: tuple[int, ...] = ()
    """Stops in twips: the last flush right, the others centred."""
    section: str = ""
    separator: bool = False
    """Its mark is a style separator: the next paragraph goes on in the same line (17.3.2.36)."""

    @property
    def is_slight(self) -> bool:
        """Is there nothing but a number and an alignment?"""
        return not (
            self.indent
            or self.keep_next
            or self.page_break
            or self.before
            or self.pitch
            or self.no_first
            or self.tabs
            or self.section
            or self.separator
        )


_NOTHING = Format()
_ALIGNED = {align: Format(align=align) for align in ("left", "center", "right")}


@dataclass(frozen=True, slots=True)
class Surround:
    """Where a block stands: what plain paragraphs are called here, and the room they have.

    `left` and `right` are hundredths of a character from the margins, `width` is twips, `depth` the
    number of lists round, `edge` where the bar of the division round stands (-1 outside of one).
    """

    style: str
    width: int
    left: int = 0
    right: int = 0
    depth: int = 0
    edge: int = -1
    align: str = ""
    in_table: bool = False
    gathered: bool = False
    """Among the answers that are gathered in one place."""

    def inside(self, style: str, left: int, right: int, shared: Shared) -> Surround:
        """Inside a quote or division, whose paragraphs are called *style*."""
        room = self.width - (left + right) * shared.layout.em // 100
        return replace(
            self,
            style=style,
            left=self.left + left,
            right=self.right + right,
            width=max(shared.layout.em * 4, room),
        )

    def item(self, width: int, shared: Shared, continued: str) -> Surround:
        """Inside an item of a list whose numbers take *width*."""
        style = continued if self.style == "BodyText" or self.style.startswith("ListContinue") else self.style
        return replace(self.inside(style, width, 0, shared), depth=self.depth + 1)

    def given(self, shared: Shared) -> Format:
        """What a plain paragraph here needs beyond its style."""
        own = shared.sheet.paragraphs[self.style]
        if self.left == own.left and self.right == own.right:
            return _ALIGNED[self.align] if self.align else _NOTHING
        first = 0 if self.depth else own.first
        return Format(align=self.align, indent=(self.left, self.right, first))

    def shifted(self, style: str, shared: Shared) -> Format:
        """What a paragraph of another *style* needs here: its own indents laid over the place's."""
        own = shared.sheet.paragraphs[style]
        if not self.left and not self.right:
            return _NOTHING
        if own.box and self.edge >= 0:
            return Format(indent=(self.left, self.right, own.first))
        return Format(indent=(self.left + own.left, self.right + own.right, own.first))


def body_surround(shared: Shared) -> Surround:
    """The text itself, outside everything."""
    return Surround("BodyText", shared.layout.measure)


def paragraph_properties(style: str, given: Format, here: Surround, shared: Shared) -> str:
    """`w:pPr`, its children in the schema's order (ECMA-376 part 1, 17.3.1.26)."""
    if given is _NOTHING and here.edge < 0:
        return f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    if here.edge < 0 and given.is_slight:
        align = tag("jc", given.align) if given.align else ""
        return f'<w:pPr><w:pStyle w:val="{style}"/>{given.number}{align}</w:pPr>'
    own = shared.sheet.paragraphs[style]
    out = [f'<w:pPr><w:pStyle w:val="{style}"/>']
    if given.keep_next:
        out.append("<w:keepNext/>")
    if given.page_break:
        out.append("<w:pageBreakBefore/>")
    out.append(given.number)
    out.append(_bar(given, own, here, shared))
    if given.tabs:
        kinds = ["center"] * (len(given.tabs) - 1) + ["right"]
        stops = "".join(
            f'<w:tab w:val="{kind}" w:pos="{at}"/>' for kind, at in zip(kinds, given.tabs, strict=True)
        )
        out.append(f"<w:tabs>{stops}</w:tabs>")
    if given.before or given.pitch:
        before = round(given.before * 100), round(given.before * shared.layout.pitch)
        spacing = f' w:beforeLines="{before[0]}" w:before="{before[1]}"' if given.before else ""
        spacing += f' w:line="{given.pitch}" w:lineRule="exact"' if given.pitch else ""
        # LibreOffice gives such a line two lines of the grid even at an exact height, unless it is off the grid.
        out.append(f"{off('snapToGrid') if given.pitch else ''}<w:spacing{spacing}/>")
    # Indents inside other blocks add up in characters of the body, whatever the style's own size.
    unit = own.unit or (shared.layout.em if style != here.style else 0)
    out.append(_indent(given, own, unit))
    if given.align:
        out.append(tag("jc", given.align))
    if given.separator:
        out.append("<w:rPr><w:vanish/><w:specVanish/></w:rPr>")
    out.append(given.section)
    out.append("</w:pPr>")
    return "".join(out)


def _bar(given: Format, own: ParagraphStyle, here: Surround, shared: Shared) -> str:
    """The bar and ground of the division round, where the style has not the same of its own."""
    if here.edge < 0:
        return ""
    left, _, first = given.indent or (own.left, own.right, own.first)
    farther = left + min(0, first) - here.edge
    if own.unit and not farther:
        return ""
    farther_points = farther * shared.layout.em / 2000
    return bar_xml(shared.theme, farther_points, own.id == "StudyLabel")


def _indent(given: Format, own: ParagraphStyle, unit: int) -> str:
    if given.indent is not None:
        left, right, first = given.indent
        return indent_xml(left, right, 0 if given.no_first else first, own.em, unit)
    if given.no_first:
        return indent_xml(own.left, own.right, 0, own.em, own.unit)
    return ""
