"""The index: marks in the text → groups of entries, sorted by the custom of the language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from itertools import groupby

from convert.diagnostics import Code, Findings, Place
from convert.filing import Clerk
from convert.model.nodes import (
    Document,
    Generated,
    GeneratedKind,
    Index,
    IndexEntry,
    IndexGroup,
    IndexMark,
    Node,
    Placed,
)
from convert.model.walk import query, rewrite, walk
from convert.records import dataclass, field, replace

__all__ = ["make_index"]


def make_index(document: Document, findings: Findings) -> Document:
    """The document with an index in the place of ``[INDEX]``, and an id on each mark that it points to.

    A term that nobody can tell how to read is filed among the marks and figures, with a finding.  A document without
    ``[INDEX]`` comes back as it is.
    """
    if not any(mark.kind is GeneratedKind.INDEX for mark in query(document, Generated)):
        return document
    document = _named(document)
    top = _Entry()
    place = Place(document.sources[0] if document.sources else "")
    unread: dict[str, Place] = {}
    marks: list[IndexMark] = []
    for node in walk(document):
        if isinstance(node, Placed):
            place = Place(node.span.file, node.span.first)
        if isinstance(node, IndexMark):
            marks.append(node)
            for term in node.terms:
                unread.setdefault(term, place)
            top.add(node.terms, node.readings, node.id)
    clerk = Clerk(document.metadata.language, [term for mark in marks for term in mark.terms])
    _report(top, clerk, unread, findings)
    groups = _groups(top, clerk)

    def change(node: Node) -> Node:
        if isinstance(node, Generated) and node.kind is GeneratedKind.INDEX:
            return Index(node.id, node.span, groups)
        return node

    return rewrite(document, change, {Generated})


def _named(document: Document) -> Document:
    """The document with an id on every mark: from what it says, and a count."""
    counts: dict[str, int] = {}
    taken = {getattr(node, "id", "") for node in walk(document)}

    def change(node: Node) -> Node:
        if not isinstance(node, IndexMark) or node.id:
            return node
        digest = hashlib.sha256("\x1f".join(node.terms).encode("utf-8", "surrogatepass")).hexdigest()[:10]
        name = ""
        while not name or name in taken:
            counts[digest] = counts.get(digest, 0) + 1
            name = f"x{digest}" if counts[digest] == 1 else f"x{digest}-{counts[digest]}"
        taken.add(name)
        return replace(node, id=name)

    return rewrite(document, change, {IndexMark})


@dataclass(slots=True)
class _Entry:
    """An entry whose places and sub-entries are still being gathered."""

    reading: str = ""
    places: list[str] = field(default_factory=list)
    entries: dict[str, _Entry] = field(default_factory=dict)

    def add(self, terms: Iterable[str], readings: Iterable[str], ident: str) -> None:
        """Put a mark under its terms, level by level."""
        here = self
        said = list(readings)
        for level, term in enumerate(terms):
            here = here.entries.setdefault(term, _Entry())
            here.reading = here.reading or (said[level] if level < len(said) else "")
        here.places.append(ident)


def _report(top: _Entry, clerk: Clerk, places: Mapping[str, Place], findings: Findings) -> None:
    for term, entry in top.entries.items():
        if clerk.unread(term, entry.reading):
            message = f"nobody can tell how {term} is read; it is filed among the marks"
            findings.warn(Code.READING_MISSING, places[term], message, 'say it: {index="…" reading="…"}')
        _report(entry, clerk, places, findings)


def _groups(top: _Entry, clerk: Clerk) -> tuple[IndexGroup, ...]:
    def group(item: tuple[str, _Entry]) -> str:
        return clerk.group(item[0], item[1].reading)

    ordered = _ordered(top, clerk)
    return tuple(
        IndexGroup(label, tuple(_entry(term, entry, clerk) for term, entry in items))
        for label, items in groupby(ordered, group)
    )


def _ordered(entry: _Entry, clerk: Clerk) -> list[tuple[str, _Entry]]:
    return sorted(entry.entries.items(), key=lambda item: clerk.key(item[0], item[1].reading))


def _entry(term: str, entry: _Entry, clerk: Clerk) -> IndexEntry:
    inner = tuple(_entry(name, one, clerk) for name, one in _ordered(entry, clerk))
    return IndexEntry(term, tuple(entry.places), inner)
