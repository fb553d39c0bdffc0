"""Links and references into the book: which block each means, once every block has its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convert.diagnostics import Code, Findings, Place
from convert.model.nodes import CrossReference, Document, Heading, InternalTarget, Link, Node, Placed, Text
from convert.model.walk import plain_text, rewrite, walk
from convert.records import replace
from convert.regex import regex

__all__ = ["resolve_targets", "slug"]

_DROPPED = regex(r"[^\w\- ]")


def slug(title: str) -> str:
    """A heading's address as GitHub makes it: small letters, no punctuation, hyphens for blanks."""
    return _DROPPED.sub("", title.lower()).strip().replace(" ", "-")


class _Index:
    """Everything that a link may name."""

    def __init__(self, document: Document, aliases: Mapping[str, str], files: Mapping[str, str]) -> None:
        self.aliases = aliases
        self.ids: set[str] = set()
        self.slugs: dict[tuple[str, str], str] = {}
        self.anywhere: dict[str, str] = {}
        self.first_of: dict[str, str] = {}
        self.files = files
        counts: dict[tuple[str, str], int] = {}
        for node in walk(document):
            if not isinstance(node, Placed):
                continue
            self.ids.add(node.id)
            if isinstance(node, Heading):
                title = plain_text(node.children).strip()
                name = slug(title)
                seen = counts.get((node.span.file, name), 0)
                counts[node.span.file, name] = seen + 1
                for one in (f"{name}-{seen}" if seen else name, title):
                    self.slugs.setdefault((node.span.file, one), node.id)
                    self.anywhere.setdefault(one, node.id)
        for block in document.blocks:
            self.first_of.setdefault(block.span.file, block.id)

    def find(self, key: str) -> str:
        """The id that a pending key means, or an empty text."""
        kind, file, target, _ = key.split("\x00")
        if kind == "path":
            path, _, fragment = target.partition("#")
            file = self.files.get(path, "")
            if not file:
                return ""
            if not fragment:
                return self.first_of.get(file, "")
            target = fragment
        target = self.aliases.get(target, target)
        if target in self.ids:
            return target
        small = target.lower()
        for name in (target, small):
            found = self.slugs.get((file, name)) or (self.anywhere.get(name) if kind == "id" else None)
            if found:
                return found
        return ""


def resolve_targets(
    document: Document,
    pending: Mapping[str, Sequence[Place]],
    aliases: Mapping[str, str],
    files: Mapping[str, str],
    findings: Findings,
) -> Document:
    """The document with the id of a block in place of every pending key.

    What names nothing becomes its text, with a finding at each of its places.  *aliases* are further names
    of blocks, *files* gives the source name for a path in the book.
    """
    if not pending:
        return document
    index = _Index(document, aliases, files)
    found = {key: index.find(key) for key in pending}
    for key, places in pending.items():
        if not found[key]:
            target = key.split("\x00")[2]
            for place in places:
                message = f"there is no {target} in this book"
                findings.warn(Code.REFERENCE_MISSING, place, message, "check the id")

    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case CrossReference(target=key) if key in found:
                literal = key.split("\x00")[3]
                return replace(node, target=found[key]) if found[key] else Text(literal)
            case Link(children, InternalTarget(key), title) if key in found:
                return Link(children, InternalTarget(found[key]), title) if found[key] else children
            case _:
                return node

    return rewrite(document, change, {CrossReference, Link})
