"""Walking and rewriting: the only code that knows which nodes a node holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from convert.model import nodes
from convert.model.nodes import (
    Abbreviation,
    Code,
    CrossReference,
    Document,
    LineBreak,
    Node,
    Ruby,
    SoftBreak,
    Text,
)
from convert.records import fields, replace

__all__ = ["PLACED", "children", "plain_text", "query", "rewrite", "rewrite_node", "walk"]

N = TypeVar("N")

_PART_NAMES = ("ListItem", "DefinitionItem", "TableRow", "TableCell", "Note")


_NODES: frozenset[type] = frozenset(
    cast("tuple[type, ...]", nodes.Inline.__args__ + nodes.Block.__args__)
) | {getattr(nodes, name) for name in _PART_NAMES}
"""Every class that counts as a node."""

PLACED: frozenset[type] = frozenset(nodes.Placed.__args__)
"""Every class with an id and a source span: quicker to ask than `isinstance` of a union of two dozen."""
_FIELDS: dict[type, tuple[str, ...]] = {}
_NOTHING: Mapping[int, str] = {}


def _holding_fields(kind: type) -> tuple[str, ...]:
    """Names of the fields of *kind* that may hold nodes, in the order of their declaration."""
    known = _FIELDS.get(kind)
    if known is None:
        holders = ("Inline", "Block", "Image", "ListItem", "DefinitionItem", "TableRow", "TableCell", "Note")
        known = tuple(f.name for f in fields(kind) if any(word in str(f.type) for word in holders))
        _FIELDS[kind] = known
    return known


def _gather(value: object, out: list[Node]) -> None:
    if isinstance(value, tuple):
        for part in value:
            if type(part) in _NODES:
                out.append(part)
            elif isinstance(part, tuple):
                _gather(part, out)
    elif type(value) in _NODES:
        out.append(cast(Node, value))


def _children(node: Node | Document) -> list[Node]:
    kind = type(node)
    names = _FIELDS.get(kind)
    if names is None:
        names = _holding_fields(kind)
    out: list[Node] = []
    for name in names:
        value = getattr(node, name)
        if type(value) is tuple:
            for part in value:
                if type(part) in _NODES:
                    out.append(part)
                elif type(part) is tuple:
                    _gather(part, out)
        elif type(value) in _NODES:
            out.append(value)
    return out


def children(node: Node | Document) -> Iterator[Node]:
    """The nodes directly inside *node*."""
    return iter(_children(node))


def walk(root: Node | Document | Iterable[Node]) -> Iterator[Node]:
    """*root* (but for a Document or a sequence) and every node inside it, parents first, in order."""
    stack: list[Node]
    if isinstance(root, Document):
        stack = _children(root)
    elif type(root) in _NODES:
        stack = [cast(Node, root)]
    else:
        stack = list(cast("Iterable[Node]", root))
    stack.reverse()
    pop, known = stack.pop, _FIELDS.get
    while stack:
        node = pop()
        yield node
        if known(type(node)) != ():  # most nodes are leaves, known as such
            inner = _children(node)
            inner.reverse()
            stack += inner


def query(root: Node | Document | Iterable[Node], kind: type[N]) -> Iterator[N]:
    """Every node of the class *kind* in *root*, in order."""
    return (node for node in walk(root) if isinstance(node, kind))


def _map(value: Any, change: Callable[[Node], Node | tuple[Node, ...]]) -> Any:
    """*value* with every node in it rewritten; the same object when nothing changed."""
    if type(value) is tuple:
        out: list[Any] = []
        same = True
        for part in value:
            new = rewrite_node(part, change) if type(part) in _NODES else _map(part, change)
            same = same and new is part
            # A node may become several nodes; a tuple inside a tuple (table of lines) stays a tuple.
            if type(new) is tuple and type(part) is not tuple:
                out.extend(new)
            else:
                out.append(new)
        return value if same else tuple(out)
    if type(value) in _NODES:
        return rewrite_node(value, change)
    return value


def rewrite_node(node: Node, change: Callable[[Node], Node | tuple[Node, ...]]) -> Node | tuple[Node, ...]:
    """*node* with *change* applied to everything inside it and then to itself, children first.

    *change* gives the node back, another node, or a tuple of nodes to stand in its place (an empty
    one removes it; only where the parent holds a sequence).
    """
    kind = type(node)
    names = _FIELDS.get(kind)
    if names is None:
        names = _holding_fields(kind)
    changed: dict[str, Any] = {}
    for name in names:
        old = getattr(node, name)
        new = _map(old, change)
        if new is not old:
            changed[name] = new
    return change(replace(node, **changed) if changed else node)


def rewrite(document: Document, change: Callable[[Node], Node | tuple[Node, ...]]) -> Document:
    """The document with *change* applied to every node, children first (see `rewrite_node`)."""
    blocks = _map(document.blocks, change)
    notes = _map(document.notes, change)
    if blocks is document.blocks and notes is document.notes:
        return document
    return replace(document, blocks=blocks, notes=notes)


def plain_text(nodes_: Iterable[Node], known: Mapping[int, str] = _NOTHING) -> str:
    """The characters a reader sees in *nodes_*: ruby text, notes, formulas and images left out.

    Line breaks and soft breaks count as a space.  *known* has the text of nodes, by their identity (`id`),
    that need not be looked into again.
    """
    out: list[str] = []
    stack = list(nodes_)
    stack.reverse()
    while stack:
        node = stack.pop()
        if known and (said := known.get(id(node))) is not None:
            out.append(said)
            continue
        match node:
            case Text(text) | Code(text) | Abbreviation(text):
                out.append(text)
            case CrossReference(_, label):
                out.append(label)
            case Ruby(segments):
                out.extend(segment.base for segment in segments)
            case LineBreak() | SoftBreak():
                out.append(" ")
            case _:
                inner = _children(node)
                inner.reverse()
                stack += inner
    return "".join(out)
