"""Stable ids: from what a block says, so that an edit elsewhere leaves them alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import cast

from convert.model.nodes import Document, Figure, Node, Paragraph, Placed
from convert.model.walk import PLACED, amend, children, plain_text, walk
from convert.records import fields
from convert.regex import regex

__all__ = ["ascii_id", "identify"]

_SAFE = regex(r"[A-Za-z][A-Za-z0-9_-]{0,31}")


def ascii_id(identifier: str) -> str:
    """The id as a name that XML, URLs, PDF destinations and Word bookmarks all take.

    Letters, digits, ``_`` and ``-``, at most 32 characters; another id becomes ``i`` and a hash.
    """
    if _SAFE.fullmatch(identifier):
        return identifier
    return "i" + hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:12]


_OWN = ("text", "tex", "kind", "level", "count")
"""Fields that say something of a block besides the text inside it."""
_OWN_OF = {kind: tuple(field.name for field in fields(kind) if field.name in _OWN) for kind in PLACED}


def _content(node: Node, said: str) -> str:
    """What the id of *node* is made of; *said* is its plain text."""
    kind = type(node)
    names = _OWN_OF[kind]
    own = "".join([f"{getattr(node, name)}\x1f" for name in names]) if names else ""
    if isinstance(node, Figure):
        own += node.image.source + "\x1f"
    return f"{kind.__name__}\x1f{own}{said}"


def identify(document: Document) -> Document:
    """The document with an id for every block, item, row, cell and note that has none.

    An id of the author's stays.  Others come from the kind and text of the block, and a count where
    two say the same.
    """
    taken = {node.id for node in walk(document) if type(node) in PLACED and node.id}  # type: ignore[union-attr]
    seen: dict[str, int] = {}
    texts: dict[int, str] = {}
    """What each node says: a table need not read its cells again."""

    def given(node: Node) -> Mapping[str, str]:
        inner = node.children if type(node) is Paragraph else children(node)
        texts[id(node)] = said = plain_text(inner, texts)
        return _NONE if cast(Placed, node).id else {"id": _name(_content(node, said))}

    def _name(content: str) -> str:
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        while True:
            seen[digest] = count = seen.get(digest, 0) + 1
            name = f"b{digest}" if count == 1 else f"b{digest}-{count}"
            if name not in taken:
                taken.add(name)
                return name

    return amend(document, given, PLACED)


_NONE: Mapping[str, str] = {}
