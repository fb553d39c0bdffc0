"""From the model's inlines to styled pieces for the line engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from convert.images import ImageAsset
from convert.model.nodes import (
    Abbreviation,
    Blank,
    Code,
    CrossReference,
    Emphasis,
    Highlight,
    Image,
    IndexMark,
    Inline,
    InternalTarget,
    LineBreak,
    Link,
    Math,
    NoteReference,
    PageMark,
    Ruby,
    RunIn,
    SoftBreak,
    Span,
    SpanKind,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from convert.theme import Role
from convert.typeset.frame import ImageItem, Rule
from convert.typeset.inline import BoxPiece, BreakPiece, Piece, RubyPiece, Style, TextPiece

__all__ = ["PieceMaker", "image_size"]

NOTE_MARK = 0.62
"""Size of a raised note mark or superscript against its text (CLREQ 5.6: about 0.6 em)."""


@dataclass(frozen=True, slots=True)
class PieceMaker:
    """Makes pieces.  `marks` gives each note its printed mark; `measure` bounds images."""

    images: Mapping[str, ImageAsset]
    marks: Mapping[str, str]
    has_kai: bool
    measure: float
    ground: str

    def pieces(self, inlines: Iterable[Inline], style: Style) -> list[Piece]:
        """The pieces of *inlines* set in *style*, in order."""
        out: list[Piece] = []
        for node in inlines:
            self._add(node, style, out)
        return out

    def _add(self, node: Inline, style: Style, out: list[Piece]) -> None:
        match node:
            case Text(text) | Abbreviation(text):
                out.append(TextPiece(text, style))
            case SoftBreak():
                out.append(TextPiece(" ", style))
            case LineBreak():
                out.append(BreakPiece())
            case Code(text) | Math(text):
                out.append(TextPiece(text, replace(style, role=Role.MONO, verbatim=True)))
            case Ruby(segments):
                out.append(RubyPiece(segments, style))
            case NoteReference(note):
                out.append(self._mark(note, style))
            case CrossReference(target, label):
                out.append(TextPiece(label, replace(style, link=InternalTarget(target))))
            case Blank(ems):
                width = ems * style.size
                line = Rule(0, 0.15 * style.size, width, 0.5, style.colour)
                out.append(BoxPiece(width, style.size * 0.88, style.size * 0.2, (line,)))
            case Image():
                out.append(self._image(node))
            case IndexMark() | PageMark():
                pass  # shows nothing where it stands
            case (
                Emphasis()
                | Strong()
                | Strikethrough()
                | Highlight()
                | Superscript()
                | Subscript()
                | Link()
                | Span()
                | RunIn()
            ):
                out.extend(self.pieces(node.children, self._inner(node, style)))
            case _:
                assert_never(node)

    def _inner(
        self,
        node: Emphasis | Strong | Strikethrough | Highlight | Superscript | Subscript | Link | Span | RunIn,
        style: Style,
    ) -> Style:
        """The style inside a node that only changes style."""
        match node:
            case Emphasis():
                return replace(style, role=Role.KAI) if self.has_kai else replace(style, dots=True)
            case Strong() | RunIn():
                return replace(style, role=Role.SANS)
            case Strikethrough():
                return replace(style, strike=True)
            case Highlight():
                return replace(style, highlight=self.ground)
            case Superscript():
                return replace(style, size=style.size * NOTE_MARK, rise=style.rise + style.size * 0.36)
            case Subscript():
                return replace(style, size=style.size * NOTE_MARK, rise=style.rise - style.size * 0.12)
            case Link(target=target):
                return replace(style, link=target)
            case Span():
                return self._span(node, style)
            case _:
                assert_never(node)

    def _span(self, node: Span, style: Style) -> Style:
        if node.language:
            style = replace(style, language=node.language)
        match node.kind:
            case SpanKind.PLAIN:
                return style
            case SpanKind.KAI:
                return replace(style, role=Role.KAI)
            case SpanKind.DOTS:
                return replace(style, dots=True)
            case SpanKind.UNDERLINE:
                return replace(style, underline=True)
            case SpanKind.SMALL:
                return replace(style, size=style.size * 6 / 7)
            case _:
                assert_never(node.kind)

    def _mark(self, note: str, style: Style) -> TextPiece:
        raised = replace(
            style,
            role=Role.SERIF,
            size=style.size * NOTE_MARK,
            rise=style.rise + style.size * 0.36,
            dots=False,
            link=InternalTarget(f"note-{note}"),
        )
        return TextPiece(self.marks.get(note, "①"), raised, note=note, anchor=f"noteref-{note}")

    def _image(self, image: Image) -> BoxPiece:
        asset = self.images[image.source]
        width, height = image_size(image, asset, self.measure, self.measure)
        item = ImageItem(image.source, 0, -height, width, height, image.alt)
        return BoxPiece(width, height, 0, (item,))


def image_size(image: Image, asset: ImageAsset, measure: float, tallest: float) -> tuple[float, float]:
    """Width and height in points: as asked, else natural; never wider than *measure* or taller than *tallest*."""
    natural_width, natural_height = asset.natural_size
    if image.width_points is not None:
        width = image.width_points
    elif image.width is not None:
        width = image.width * measure
    else:
        width = natural_width
    width = min(width, measure)
    height = natural_height * width / natural_width
    if height > tallest:
        width, height = width * tallest / height, tallest
    return width, height
