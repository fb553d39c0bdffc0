"""Stable ids: from what a block says, so that an edit elsewhere leaves them alone."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace

from convert.model.nodes import Document, Figure, Node, Placed
from convert.model.walk import plain_text, rewrite, walk

__all__ = ["ascii_id", "identify"]

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")


def ascii_id(identifier: str) -> str:
    """The id as a name that XML, URLs, PDF destinations and Word bookmarks all take.

    Letters, digits, ``_`` and ``-``, at most 32 characters; another id becomes ``i`` and a hash.
    """
    if _SAFE.fullmatch(identifier):
        return identifier
    return "i" + hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _content(node: Node) -> str:
    own = [type(node).__name__]
    own += [
        str(getattr(node, name)) for name in ("text", "tex", "kind", "level", "count") if hasattr(node, name)
    ]
    if isinstance(node, Figure):
        own.append(node.image.source)
    return "\x1f".join(own) + "\x1f" + plain_text([node])


def identify(document: Document) -> Document:
    """The document with an id for every block, item, row, cell and note that has none.

    An id of the author's stays.  Others come from the kind and text of the block, and a count where
    two say the same.
    """
    taken = {node.id for node in walk(document) if isinstance(node, Placed) and node.id}
    seen: Counter[str] = Counter()

    def change(node: Node) -> Node:
        if not isinstance(node, Placed) or node.id:
            return node
        digest = hashlib.sha256(_content(node).encode("utf-8", "surrogatepass")).hexdigest()[:10]
        while True:
            seen[digest] += 1
            name = f"b{digest}" if seen[digest] == 1 else f"b{digest}-{seen[digest]}"
            if name not in taken:
                taken.add(name)
                return replace(node, id=name)

    return rewrite(document, change)
