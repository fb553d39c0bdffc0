"""Cross references: what each says, the same in all editions."""

from __future__ import annotations

from typing import assert_never, cast

from convert.diagnostics import Code, Findings, Place
from convert.model.nodes import (
    CodeBlock,
    CrossReference,
    Division,
    DivisionKind,
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
from convert.model.walk import PLACED, plain_text, query, rewrite, walk
from convert.numbering.typed import STOPS, is_worded, names_chapter
from convert.records import dataclass, replace
from convert.terms import Terms
from convert.transforms.headings import typed_numbers
from convert.transforms.numbers import Numbered

__all__ = ["resolve_references"]


def resolve_references(document: Document, terms: Terms, findings: Findings) -> Document:
    """The document with the label of every cross reference filled in, e.g. 图1-2 or a heading's title.

    A reference or a link whose target is not there is shown as its text, with a finding.
    """
    wanted = _wanted(document)
    if not wanted:
        return document
    placed = (cast(Placed, node) for node in walk(document) if type(node) in PLACED)
    targets = {node.id: node for node in placed if node.id in wanted}
    lost = _lost(document, targets, findings)
    names = _heading_names(document, make_outline(document), terms)

    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case CrossReference(target, old, form):
                if target in lost:
                    return Text(old or f"@{target}")
                label = _label(targets[target], names, terms, form) or old or target
                return node if label == old else replace(node, label=label)
            case Link(children=children, target=InternalTarget(target)) if target in lost:
                return children
            case _:
                return node

    return rewrite(document, change, {CrossReference, Link})


def _wanted(document: Document) -> set[str]:
    """The targets of all cross references and of all links into the book."""
    asked = {node.target for node in query(document, CrossReference)}
    links = (node.target for node in query(document, Link))
    return asked | {target.id for target in links if isinstance(target, InternalTarget)}


def _lost(document: Document, targets: dict[str, Placed], findings: Findings) -> set[str]:
    """The targets that are not there, each told with the place of the block that names it."""
    lost: set[str] = set()
    if len(targets) == len(_wanted(document)):
        return lost
    span = None
    for node in walk(document):
        if type(node) in PLACED:
            span = cast(Placed, node).span
            continue
        match node:
            case CrossReference(target=target) | Link(target=InternalTarget(target)) if target not in targets:
                lost.add(target)
                first = document.sources[0] if document.sources else ""
                place = Place(span.file, span.first) if span else Place(first)
                hint = f"give a heading, figure, table or code the id {{#{target}}}"
                findings.warn(Code.REFERENCE_MISSING, place, f"nothing here is called {target}", hint)
            case _:
                pass
    return lost


@dataclass(frozen=True, slots=True)
class _Names:
    """What references say of headings, by id: the number where that names it (第三章), else the title; and
    number and title."""

    short: dict[str, str]
    whole: dict[str, str]


def _heading_names(document: Document, outline: Outline, terms: Terms) -> _Names:
    headings = {heading.id: heading for heading in query(document.blocks, Heading)}
    typed = typed_numbers(outline, headings)
    short: dict[str, str] = {}
    whole: dict[str, str] = {}
    for entry in outline.flat():
        heading = headings.get(entry.id)
        number = heading.number if heading else None
        known = typed.get(entry.id)
        whole[entry.id] = f"{entry.number}{entry.gap}{entry.title}" if entry.number else entry.title
        if number is None:
            short[entry.id] = known.bare if known is not None and known.worded else entry.title
        elif is_worded(number.form):
            short[entry.id] = number.text.rstrip(STOPS)
        elif names_chapter(number.form):
            word = terms.chapter if entry.rank == 1 else terms.section_reference
            short[entry.id] = word.replace("{}", number.text)
        else:
            short[entry.id] = number.text + entry.title
    return _Names(short, whole)


def _label(node: Placed, names: _Names, terms: Terms, form: ReferenceForm) -> str:
    """What a reference to *node* says."""
    known = names.whole if form is ReferenceForm.WHOLE else names.short
    if node.id in known:
        return known[node.id]
    if not isinstance(node, Numbered):
        return plain_text(node.children) if isinstance(node, Paragraph | Heading) else ""
    match node:
        case Figure():
            return f"{terms.figure}{node.number}" if node.number else plain_text(node.caption)
        case Table():
            return f"{terms.table}{node.number}" if node.number else plain_text(node.caption)
        case CodeBlock():
            return f"{terms.listing}{node.number}" if node.number else plain_text(node.caption)
        case MathBlock():
            return f"{terms.equation}{node.number}"
        case Division():
            # The title of a gathered answer names its exercise: 练习1-2　答案.
            answer = node.kind is DivisionKind.ANSWER
            gathered = answer and any(isinstance(part, CrossReference) for part in node.title)
            title = "" if gathered else plain_text(node.title)
            return title or terms.label(node.kind, node.number)
        case _:
            assert_never(node)
