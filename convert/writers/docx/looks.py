"""How runs look: a named character style first, direct formatting on top (ECMA-376 part 1, 17.3.2).

The looks that most text has are always the same objects, so that they are quicker to tell apart than by
their fields.
"""

from __future__ import annotations

from typing import assert_never

from convert.model.nodes import (
    Emphasis,
    Highlight,
    RunIn,
    Span,
    SpanKind,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
)
from convert.records import dataclass, replace

__all__ = ["PLAIN", "USUAL", "Look", "emphasized", "inner", "styled", "verbatim"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run differs from its paragraph.  `style` is a character style; the rest is laid over it."""

    style: str = ""
    kai: bool = False
    bold: bool = False
    italic: bool = False
    dots: bool = False
    strike: bool = False
    underline: bool = False
    verbatim: bool = False
    shade: bool = False
    small: bool = False
    points: float = 0.0
    """A size of its own, 0 for the paragraph's."""
    raised: str = ""
    language: str = ""
    emphasis: bool = False
    """Inside an emphasis: Han and Latin part ways."""


PLAIN = Look()
_EMPHASIS = Look(style="Emphasis", emphasis=True)
_HAN, _LATIN = Look(style="Emphasis"), Look(style="LatinEmphasis")
_STRONG = Look(style="Strong")
_CODE = Look(style="VerbatimChar", verbatim=True)
_STYLES = {"Hyperlink": Look(style="Hyperlink")}
_INNER: dict[type, Look] = {Emphasis: _EMPHASIS, Strong: _STRONG}
USUAL = frozenset(map(id, (PLAIN, _EMPHASIS, _HAN, _LATIN, _STRONG, _CODE, *_STYLES.values())))
"""Looks by their identity that a book's text mostly has."""


def styled(look: Look, style: str) -> Look:
    """*look* with a character style, where none is set yet."""
    if look is PLAIN and style in _STYLES:
        return _STYLES[style]
    return replace(look, style=style) if not look.style else look


def emphasized(look: Look) -> tuple[Look, Look]:
    """The looks of Han and of Latin letters inside an emphasis."""
    return (_HAN, _LATIN) if look is _EMPHASIS else (replace(look, emphasis=False), _latin(look))


def _latin(look: Look) -> Look:
    """An emphasis on Latin text: italics instead of Kai and dots."""
    plain = replace(look, emphasis=False, kai=False, dots=False)
    return replace(plain, style="LatinEmphasis") if plain.style == "Emphasis" else replace(plain, italic=True)


def verbatim(look: Look) -> Look:
    """*look* in the face of code."""
    if look is PLAIN:
        return _CODE
    plain = replace(look, emphasis=False, kai=False, dots=False, verbatim=True)
    return styled(plain, "VerbatimChar")


def inner(
    node: Emphasis | Strong | Strikethrough | Highlight | Superscript | Subscript | Span | RunIn, look: Look
) -> Look:
    """The look inside a node that only changes looks: a named style first, direct formatting on top."""
    if look is PLAIN and (usual := _INNER.get(type(node))) is not None:
        return usual
    match node:
        case Emphasis():
            if look.style:
                return replace(look, kai=True, dots=True, emphasis=True)
            return replace(look, style="Emphasis", emphasis=True)
        case Strong() | RunIn():
            return replace(look, bold=True) if look.style else replace(look, style="Strong")
        case Strikethrough():
            return replace(look, strike=True)
        case Highlight():
            return replace(look, shade=True) if look.style else replace(look, style="Highlight")
        case Superscript():
            return replace(look, raised="superscript")
        case Subscript():
            return replace(look, raised="subscript")
        case Span():
            return _span(node, look)
        case _:
            assert_never(node)


def _span(node: Span, look: Look) -> Look:
    if node.language:
        look = replace(look, language=node.language)
    match node.kind:
        case SpanKind.PLAIN:
            return look
        case SpanKind.KAI:
            return replace(look, kai=True) if look.style else replace(look, style="Kai")
        case SpanKind.DOTS:
            return replace(look, dots=True) if look.style else replace(look, style="EmphasisDots")
        case SpanKind.UNDERLINE:
            return replace(look, underline=True)
        case SpanKind.SMALL:
            return replace(look, small=True) if look.style else replace(look, style="Small")
        case _:
            assert_never(node.kind)
