"""From the model's inlines to styled pieces for the line engine."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    ReferenceForm,
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
from convert.records import dataclass, replace
from convert.theme import Role
from convert.typeset.formulas import set_formula
from convert.typeset.frame import Anchor, Drawing, ImageItem, Rule
from convert.typeset.inline import BoxPiece, BreakPiece, Piece, RubyPiece, Style, TextPiece
from convert.typeset.structure import InlineKind, InlineTag

__all__ = ["UNKNOWN", "PieceMaker", "image_size"]

UNKNOWN = "①"
"""The mark of a note as long as its page is not known."""
NOTE_MARK = 0.62
"""Size of a raised note mark or superscript against its text (CLREQ 5.6: about 0.6 em)."""


@dataclass(frozen=True, slots=True)
class PieceMaker:
    """Makes pieces.  `marks` gives each note its printed mark; `measure` bounds images.

    `folios` gives the printed page of each block as far as it is known, `at_page` the words round it.
    """

    images: Mapping[str, ImageAsset]
    marks: Mapping[str, str]
    has_kai: Callable[[], bool]
    measure: float
    ground: str
    folios: Mapping[str, str]
    at_page: str

    def pieces(self, inlines: Iterable[Inline], style: Style) -> list[Piece]:
        """The pieces of *inlines* set in *style*, in order."""
        out: list[Piece | _Mark] = []
        self._gather(inlines, style, out, itertools.count())
        return _anchored(out)

    def _gather(
        self, inlines: Iterable[Inline], style: Style, out: list[Piece | _Mark], count: Iterator[int]
    ) -> None:
        for node in inlines:
            self._add(node, style, out, count)

    def _add(self, node: Inline, style: Style, out: list[Piece | _Mark], count: Iterator[int]) -> None:
        match node:
            case Text(text) | Abbreviation(text):
                out.append(TextPiece(text, style))
            case SoftBreak():
                out.append(TextPiece(" ", style))
            case LineBreak():
                out.append(BreakPiece())
            case Code(text):
                tag = _tag(InlineKind.CODE, style, count)
                out.append(TextPiece(text, replace(style, role=Role.MONO, verbatim=True, tag=tag)))
            case Math(tex):
                tag = _tag(InlineKind.FORMULA, style, count, alt=tex)
                out.append(_formula(tex, replace(style, tag=tag)))
            case Ruby(segments):
                for segment in segments:
                    ruby = _tag(InlineKind.RUBY, style, count)
                    tag = InlineTag(InlineKind.RUBY_BASE, next(count), parent=ruby)
                    out.append(RubyPiece((segment,), replace(style, tag=tag if segment.text else style.tag)))
            case NoteReference(note):
                out.append(self._mark(note, style, count))
            case CrossReference(target, label, form):
                if form is ReferenceForm.PAGE and target in self.folios:
                    label += self.at_page.format(self.folios[target])
                tag = _tag(InlineKind.LINK, style, count)
                out.append(TextPiece(label, replace(style, link=InternalTarget(target), tag=tag)))
            case Blank(ems):
                width = ems * style.size
                line = Rule(0, 0.15 * style.size, width, 0.5, style.colour)
                out.append(BoxPiece(width, style.size * 0.88, style.size * 0.2, (line,), blank=True))
            case Image():
                out.append(self._image(node, style, count))
            case IndexMark():
                if node.id:
                    out.append(_Mark(node.id))
            case PageMark():
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
            ):
                self._gather(node.children, self._inner(node, style, count), out, count)
            case RunIn(ident, children=children):
                first = len(out)
                self._gather(children, self._inner(node, style, count), out, count)
                _anchor(out, first, ident)
            case _:
                assert_never(node)

    def _inner(
        self,
        node: Emphasis | Strong | Strikethrough | Highlight | Superscript | Subscript | Link | Span | RunIn,
        style: Style,
        count: Iterator[int],
    ) -> Style:
        """The style inside a node that only changes style."""
        match node:
            case Emphasis():
                kai = replace(style, role=Role.KAI) if self.has_kai() else replace(style, dots=True)
                return replace(kai, italic=True)
            case Strong() | RunIn():
                return replace(style, role=Role.SANS, italic=False, dots=style.dots or style.italic)
            case Strikethrough():
                return replace(style, strike=True)
            case Highlight():
                return replace(style, highlight=self.ground)
            case Superscript():
                return replace(style, size=style.size * NOTE_MARK, rise=style.rise + style.size * 0.36)
            case Subscript():
                return replace(style, size=style.size * NOTE_MARK, rise=style.rise - style.size * 0.12)
            case Link(target=target):
                return replace(style, link=target, tag=_tag(InlineKind.LINK, style, count))
            case Span():
                return self._span(node, style, count)
            case _:
                assert_never(node)

    def _span(self, node: Span, style: Style, count: Iterator[int]) -> Style:
        if node.language:
            tag = _tag(InlineKind.SPAN, style, count, language=node.language)
            style = replace(style, language=node.language, tag=tag)
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

    def _mark(self, note: str, style: Style, count: Iterator[int]) -> TextPiece:
        reference = _tag(InlineKind.REFERENCE, style, count, note=note)
        raised = replace(
            style,
            role=Role.SERIF,
            size=style.size * NOTE_MARK,
            rise=style.rise + style.size * 0.36,
            italic=False,
            dots=False,
            link=InternalTarget(f"note-{note}"),
            tag=InlineTag(InlineKind.LINK, next(count), parent=reference),
        )
        return TextPiece(self.marks.get(note, UNKNOWN), raised, note=note, anchors=(f"noteref-{note}",))

    def _image(self, image: Image, style: Style, count: Iterator[int]) -> BoxPiece:
        asset = self.images[image.source]
        width, height = image_size(image, asset, self.measure, self.measure)
        tag = _tag(InlineKind.FIGURE, style, count, alt=image.alt) if image.alt else None
        item = ImageItem(image.source, 0, -height, width, height, image.alt, tag)
        return BoxPiece(width, height, 0, (item,))


def _tag(
    kind: InlineKind, style: Style, count: Iterator[int], *, alt: str = "", language: str = "", note: str = ""
) -> InlineTag:
    """A tag within the one that *style* has."""
    return InlineTag(kind, next(count), alt, language, note, style.tag)


def _formula(tex: str, style: Style) -> Piece:
    """A formula as a box of ink, or its source where it cannot be set."""
    made = set_formula(tex, False)
    if made is None:
        return TextPiece(tex, replace(style, role=Role.MONO, verbatim=True))
    em = style.size
    ink = Drawing(made.ink, 0, -style.rise, em, style.colour, style.tag)
    return BoxPiece(
        made.width * em, made.ascent * em + style.rise, made.descent * em - style.rise, (ink,), tex
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place that shows nothing: it is tied to the word before it."""

    id: str


def _anchored(parts: Iterable[Piece | _Mark]) -> list[Piece]:
    """The pieces, each mark tied to what stands before it, or to the first that can bear one."""
    out: list[Piece] = []
    waiting: list[_Mark] = []
    for part in parts:
        if isinstance(part, _Mark):
            waiting.append(part)
        else:
            out.append(part)
        if waiting and out and not isinstance(out[-1], BreakPiece):
            out[-1] = _tied(out[-1], [mark.id for mark in waiting])
            waiting.clear()
    return out


def _tied(piece: Piece, names: Iterable[str]) -> Piece:
    """*piece* with places at its beginning."""
    match piece:
        case TextPiece() | RubyPiece():
            return replace(piece, anchors=(*piece.anchors, *names))
        case BoxPiece():
            return replace(piece, items=(*(Anchor(name, 0, 0) for name in names), *piece.items))
        case BreakPiece():
            return piece
        case _:
            assert_never(piece)


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


def _anchor(pieces: list[Piece | _Mark], first: int, ident: str) -> None:
    """Let links to *ident* lead to the first text from *first* on."""
    for at in range(first, len(pieces)):
        piece = pieces[at]
        if isinstance(piece, TextPiece):
            pieces[at] = replace(piece, anchors=(*piece.anchors, ident))
            return
