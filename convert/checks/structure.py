"""Levels that are skipped, classes that nothing knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convert.checks.tally import Tally
from convert.diagnostics import Code, Place, meant
from convert.model.nodes import Attributes, CodeBlock, DivisionKind, Document, Heading, Placed, SourceSpan
from convert.model.walk import query, walk

__all__ = ["KNOWN_CLASSES", "check_classes", "check_levels"]

KNOWN_CLASSES = frozenset(
    (
        "kai", "楷", "dots", "着重", "underline", "u", "small", "index", "unnumbered", "unlisted", "part", "frontmatter",
        "backmatter", "appendix", *(kind.value for kind in DivisionKind),
    )
)  # fmt: skip
"""Classes that mean something, for a hint at the nearest; the reader turns them into the model's own fields."""
_OURS = frozenset(("tab", "center"))
"""Classes that the reader itself gives."""


def check_levels(document: Document, tally: Tally) -> None:
    """A heading more than one level below the one before it (WCAG 2.2, technique H42; EPUB Accessibility)."""
    before: Heading | None = None
    for heading in query(document, Heading):
        if before is not None and heading.level > before.level + 1:
            place = Place(heading.span.file, heading.span.first)
            message = f"a heading of level {heading.level} follows one of level {before.level}"
            tally.add(Code.HEADING_SKIPPED, place, message, f"make it level {before.level + 1}")
        before = heading


def check_classes(document: Document, lines: Mapping[str, Sequence[str]], tally: Tally) -> None:
    """A class that no edition does anything for, once for each name."""
    span = SourceSpan(document.sources[0] if document.sources else "", 1, 1)
    told: set[str] = set()
    for node in walk(document):
        if isinstance(node, Placed):
            span = node.span
        attributes = getattr(node, "attributes", None)
        if not isinstance(attributes, Attributes) or isinstance(node, CodeBlock):
            continue
        for name in attributes.classes:
            if name in told or name in _OURS:
                continue
            told.add(name)
            hint = meant(name, KNOWN_CLASSES, "an EPUB carries it for a style sheet; nothing else does")
            place = _place(name, span, lines.get(span.file, ()))
            tally.add(Code.CLASS_UNKNOWN, place, f"no edition does anything for the class {name}", hint)


def _place(name: str, span: SourceSpan, lines: Sequence[str]) -> Place:
    for number in range(span.first, min(span.last, len(lines)) + 1):
        for needle in ("." + name, name):
            column = lines[number - 1].find(needle)
            if column >= 0:
                return Place(span.file, number, column + 1)
    return Place(span.file, span.first)
