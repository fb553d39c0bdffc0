"""Line ends of the source: between two wide characters nothing, else one space (CSS Text 4, 4.1.3)."""

from __future__ import annotations

from convert.characters import is_wide
from convert.model.nodes import (
    Abbreviation,
    Blank,
    Code,
    CrossReference,
    Document,
    Emphasis,
    Highlight,
    Image,
    IndexMark,
    LineBreak,
    Link,
    Math,
    Node,
    NoteReference,
    PageMark,
    Ruby,
    RunIn,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from convert.model.walk import query, rewrite, walk
from convert.terms import primary_language

__all__ = ["resolve_soft_breaks"]

_EDGES = " \t　"
_SHARED = "“”‘’—…·"
"""Marks that Chinese and Latin share: East Asian Width A (UAX #11)."""


def resolve_soft_breaks(document: Document) -> Document:
    """The document without soft breaks.

    A break vanishes between two characters of East Asian Width F, W or H that are neither Hangul nor
    emoji, whatever marks up the text on its two sides; it is a space otherwise, and nothing beside
    white space or a forced line end.
    """
    if next(query(document, SoftBreak), None) is None:
        return document
    joints = _joints(document, primary_language(document.metadata.language) != "en")

    # Soft breaks are equal to one another, so they are told apart by the order of the walk.
    order = iter(joints)

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, SoftBreak):
            joint = next(order)
            return (Text(joint),) if joint else ()
        return node

    return rewrite(document, change, {SoftBreak})


def _joints(document: Document, cjk: bool) -> list[str]:
    """What stands in the place of each soft break, in the order of `rewrite`."""
    out: list[str] = []
    before = ""  # the last character seen in this run of inlines
    waiting: list[int] = []
    for node in walk(document):
        match node:
            case SoftBreak():
                out.append(before)
                waiting.append(len(out) - 1)
            case NoteReference() | IndexMark() | PageMark():
                pass  # a mark is no neighbour: the text goes on across it
            case _:
                first, last = _ends(node)
                if first is None:
                    continue
                for at in waiting:
                    out[at] = _joint(out[at], first, cjk)
                waiting.clear()
                before = last or ""
    for at in waiting:
        out[at] = ""
    return out


def _joint(before: str, after: str, cjk: bool) -> str:
    if not before or not after or before in _EDGES or after in _EDGES:
        return ""
    wide = (is_wide(before), is_wide(after))
    if all(wide):
        return ""
    # Quotes, dashes and dots are as wide as their neighbour; between two of them the book decides.
    shared = (wide[0] or before in _SHARED) and (wide[1] or after in _SHARED)
    return "" if shared and (any(wide) or cjk) else " "


def _ends(node: Node) -> tuple[str | None, str | None]:
    """First and last character that a node shows by itself; None for one that only holds others."""
    match node:
        case Text(text) | Code(text) | Math(text) | Abbreviation(text):
            return (text[0], text[-1]) if text else (None, None)
        case CrossReference(_, label):
            return (label[0], label[-1]) if label else ("x", "x")
        case Ruby(segments):
            base = "".join(segment.base for segment in segments)
            return (base[0], base[-1]) if base else (None, None)
        case LineBreak():
            return "", ""
        case Image() | Blank():
            return "x", "x"
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
            return None, None
        case _:
            return "", ""  # a block: its text begins afresh
