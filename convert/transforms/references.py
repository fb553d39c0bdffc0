"""Cross references: what each says, the same in all editions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import assert_never

from convert.diagnostics import Code, Findings, Place
from convert.model.nodes import (
    CrossReference,
    Division,
    Document,
    Figure,
    Heading,
    InternalTarget,
    Link,
    MathBlock,
    Node,
    Paragraph,
    Placed,
    ReferenceForm,
    Table,
    Text,
)
from convert.model.outline import Outline, make_outline
from convert.model.walk import plain_text, rewrite, walk
from convert.terms import Terms
from convert.transforms.numbers import Numbered

__all__ = ["resolve_references"]

_NUMBERED = re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}[章节篇课讲回]")


def resolve_references(document: Document, terms: Terms, findings: Findings) -> Document:
    """The document with the label of every cross reference filled in, e.g. 图1-2 or a heading's title.

    A reference or a link whose target is not there is shown as its text, with a finding.
    """
    targets = {node.id: node for node in walk(document) if isinstance(node, Placed)}
    outline = make_outline(document)
    lost = _lost(document, targets, findings)

    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case CrossReference(target, old, form):
                if target in lost:
                    return Text(old or f"@{target}")
                label = _label(targets[target], outline, terms, form) or old or target
                return node if label == old else replace(node, label=label)
            case Link(children=children, target=InternalTarget(target)) if target in lost:
                return children
            case _:
                return node

    return rewrite(document, change)


def _lost(document: Document, targets: dict[str, Placed], findings: Findings) -> set[str]:
    """The targets that are not there, each told with the place of the block that names it."""
    lost: set[str] = set()
    place = Place(document.sources[0] if document.sources else "")
    for node in walk(document):
        if isinstance(node, Placed):
            place = Place(node.span.file, node.span.first)
        match node:
            case CrossReference(target=target) | Link(target=InternalTarget(target)) if target not in targets:
                lost.add(target)
                hint = f"give a heading, figure or table the id {{#{target}}}"
                findings.warn(Code.REFERENCE_MISSING, place, f"nothing here is called {target}", hint)
            case _:
                pass
    return lost


def _label(node: Placed, outline: Outline, terms: Terms, form: ReferenceForm) -> str:
    """What a reference to *node* says."""
    if isinstance(node, Heading):
        entry = outline.find(node.id)
        title = entry.label if entry else plain_text(node.children)
        if form is ReferenceForm.WHOLE:
            return title
        # A chapter is called by its number where it has one: 见第三章.
        numbered = _NUMBERED.match(title)
        return numbered[0] if numbered else title
    if not isinstance(node, Numbered):
        return plain_text(node.children) if isinstance(node, Paragraph) else ""
    match node:
        case Figure():
            return f"{terms.figure}{node.number}" if node.number else plain_text(node.caption)
        case Table():
            return f"{terms.table}{node.number}" if node.number else plain_text(node.caption)
        case MathBlock():
            return f"{terms.equation}{node.number}"
        case Division():
            # The title of a gathered answer names its exercise: 练习1-2　答案.
            gathered = any(isinstance(part, CrossReference) for part in node.title)
            title = "" if gathered else plain_text(node.title)
            return title or terms.label(node.kind, node.number)
        case _:
            assert_never(node)
