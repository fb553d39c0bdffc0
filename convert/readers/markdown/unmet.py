"""A list that the source asks for and that would hold nothing: the word in brackets is text after all."""

from __future__ import annotations

from collections.abc import Mapping

from convert.diagnostics import Code, Findings, Place
from convert.model.nodes import (
    Abbreviation,
    CodeBlock,
    Division,
    DivisionKind,
    Document,
    Figure,
    Generated,
    GeneratedKind,
    IndexMark,
    Node,
    Paragraph,
    SourceSpan,
    Table,
    Text,
)
from convert.model.walk import query, rewrite, walk

__all__ = ["keep_unmet"]

_WAYS = {
    GeneratedKind.FIGURES: "give a figure a caption",
    GeneratedKind.TABLES: "give a table a caption",
    GeneratedKind.LISTINGS: "give code a caption",
    GeneratedKind.ANSWERS: "put an answer into an exercise, or right after it: ::: answer",
    GeneratedKind.INDEX: "mark words for it: [word]{.index}",
    GeneratedKind.GLOSSARY: "put definitions into ::: glossary",
}


def keep_unmet(document: Document, asked: Mapping[SourceSpan, str], findings: Findings) -> Document:
    """The document with a paragraph in the place of every list that has nothing to hold.

    *asked* gives what the source says there, by its lines.
    ``[答案]`` above an answer may be a heading that somebody typed: its text must not be lost.
    """
    wanted = {mark.kind for mark in query(document, Generated)} - {GeneratedKind.CONTENTS}
    if not wanted:
        return document
    unmet = wanted - {kind for node in walk(document) for kind in _serves(node)}

    def change(node: Node) -> Node:
        if not isinstance(node, Generated) or node.kind not in unmet:
            return node
        text = asked.get(node.span, f"[{node.kind.value}]")
        message = f"there is nothing that {text} could list; it stays as text"
        place = Place(node.span.file, node.span.first)
        findings.warn(Code.LIST_EMPTY, place, message, _WAYS[node.kind])
        return Paragraph("", node.span, (Text(text),))

    return rewrite(document, change, {Generated}) if unmet else document


def _serves(node: Node) -> tuple[GeneratedKind, ...]:
    """The lists that *node* gives something to."""
    match node:
        case Figure(caption=caption) if caption:
            return (GeneratedKind.FIGURES,)
        case Table(caption=caption) if caption:
            return (GeneratedKind.TABLES,)
        case CodeBlock(caption=caption) if caption:
            return (GeneratedKind.LISTINGS,)
        case Division(kind=DivisionKind.ANSWER):
            return (GeneratedKind.ANSWERS,)
        case IndexMark():
            return (GeneratedKind.INDEX,)
        case Abbreviation() | Division(kind=DivisionKind.GLOSSARY):
            return (GeneratedKind.GLOSSARY,)
        case _:
            return ()
