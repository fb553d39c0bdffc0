"""Characters that no font here has, in the role and language that they stand in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from convert.diagnostics import Code, Findings, Place
from convert.font.catalogue import Catalogue, open_catalogue
from convert.manuscript import Manuscript
from convert.model import nodes as n
from convert.model.walk import children
from convert.theme import Role

__all__ = ["check_glyphs"]


def check_glyphs(manuscript: Manuscript, findings: Findings) -> None:
    """Tell of every character that neither its role's face nor any other font has, where it first stands."""
    catalogue = open_catalogue(
        manuscript.theme, manuscript.document.metadata.language, manuscript.root, findings
    )
    told: set[str] = set()
    known: set[tuple[str, Role, str]] = set()
    for text, role, language, place in _stretches(manuscript.document):
        for char in dict.fromkeys(text):
            if (char, role, language) in known:
                continue
            known.add((char, role, language))
            if char not in told and not _has(catalogue, char, role, language):
                told.add(char)
                message = f"no font has U+{ord(char):04X} ({char})"
                place = findings.exact(place, char)
                findings.warn(Code.GLYPH_MISSING, place, message, "put a font that has it into fonts/")


def _has(catalogue: Catalogue, char: str, role: Role, language: str) -> bool:
    if char.isspace() or unicodedata.category(char) in ("Cc", "Cf") or "\ufe00" <= char <= "\ufe0f":
        return True
    face = catalogue.face(role, language, char < "\u0590")
    return face.has(char) or catalogue.for_char(char, role, language) is not None


def _stretches(document: n.Document) -> Iterator[tuple[str, Role, str, Place]]:
    """Every text of *document* with its role, its language (empty for the book's) and its block's place."""
    stack: list[tuple[n.Node, Role, str, Place]] = []
    nowhere = Place(document.sources[0] if document.sources else "")
    stack += [
        (node, Role.SERIF, "", nowhere) for node in (*reversed(document.notes), *reversed(document.blocks))
    ]
    while stack:
        node, role, language, place = stack.pop()
        if isinstance(node, n.Placed):
            place = Place(node.span.file, node.span.first)
        role, language = _role(node, role), getattr(node, "language", "") or language
        text = _text(node)
        if text:
            yield text, role, "" if isinstance(node, n.CodeBlock) else language, place
        stack += [(child, role, language, place) for child in reversed(list(children(node)))]


def _role(node: n.Node, role: Role) -> Role:
    match node:
        case n.Heading() | n.RunIn() | n.Strong():
            return Role.SANS
        case n.Code() | n.CodeBlock() | n.Math() | n.MathBlock():
            return Role.MONO
        case n.Emphasis() | n.Span(kind=n.SpanKind.KAI):
            return Role.KAI
        case _:
            return role


def _text(node: n.Node) -> str:
    match node:
        case n.Text(text) | n.Code(text) | n.Abbreviation(text):
            return text
        case n.CodeBlock():
            return node.text
        case n.Math(tex):
            return tex
        case n.MathBlock():
            return node.tex
        case n.CrossReference(_, label):
            return label
        case n.Ruby(segments):
            return "".join(segment.base + segment.text for segment in segments)
        case _:
            return ""
