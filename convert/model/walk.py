"""Walking and rewriting: the only code that knows which nodes a node holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice, pairwise
from operator import attrgetter
from operator import is_ as _is
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
from convert.regex import regex

__all__ = [
    "PLACED",
    "amend",
    "children",
    "plain_text",
    "query",
    "rewrite",
    "rewrite_node",
    "sections",
    "walk",
]

N = TypeVar("N")
Change = Callable[[Node], Node | tuple[Node, ...]]

_INLINES: frozenset[type] = frozenset(cast("tuple[type, ...]", nodes.Inline.__args__))
_PARTS = ("ListItem", "DefinitionItem", "TableRow", "TableCell", "Note")
_NODES: frozenset[type] = (
    _INLINES
    | frozenset(cast("tuple[type, ...]", nodes.Block.__args__))
    | {getattr(nodes, name) for name in _PARTS}
)
"""Every class that counts as a node."""

PLACED: frozenset[type] = frozenset(nodes.Placed.__args__)
"""Every class with an id and a source span: quicker to ask than `isinstance` of a union of two dozen."""
_NOTHING: Mapping[int, str] = {}

# ---------------------------------------------------------------- which fields hold nodes

_HOLDERS = ("Inline", "Block", "Image", *_PARTS)
_PLAIN = regex(rf"tuple\[(?:{'|'.join(_HOLDERS)}), \.\.\.\]")


class _Holder:
    """A field that may hold nodes.  `plain`: a tuple of nodes and nothing else; `inline`: only inlines."""

    __slots__ = ("get", "inline", "name", "plain")

    def __init__(self, name: str, written: str) -> None:
        self.name = name
        self.get = attrgetter(name)
        self.plain = _PLAIN.fullmatch(written) is not None
        self.inline = not any(word in written for word in _HOLDERS if word not in ("Inline", "Image"))


class _Plans(dict[type, tuple[_Holder, ...]]):
    """The holders of each class in the order of their declaration, found when first asked for."""

    def __missing__(self, kind: type) -> tuple[_Holder, ...]:
        found = tuple(
            _Holder(f.name, str(f.type))
            for f in fields(kind)
            if any(word in str(f.type) for word in _HOLDERS)
        )
        self[kind] = found
        return found


class _BlockPlans(dict[type, tuple[_Holder, ...]]):
    """As `_Plans`, without what holds nothing but inlines."""

    def __missing__(self, kind: type) -> tuple[_Holder, ...]:
        found = tuple(holder for holder in _PLANS[kind] if not holder.inline)
        self[kind] = found
        return found


_PLANS = _Plans()
_BLOCK_PLANS = _BlockPlans()


# ---------------------------------------------------------------- walking


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
    out: list[Node] = []
    for holder in _PLANS[type(node)]:
        value = holder.get(node)
        if holder.plain:
            out += value
        else:
            _gather(value, out)
    return out


def children(node: Node | Document) -> Iterator[Node]:
    """The nodes directly inside *node*."""
    return iter(_children(node))


def _flat(roots: Iterable[Node]) -> list[Node]:
    """*roots* and every node inside them, parents first, in order."""
    out: list[Node] = []
    stack = list(roots)
    stack.reverse()
    pop, append, plans = stack.pop, out.append, _PLANS
    while stack:
        node = pop()
        append(node)
        plan = plans[type(node)]
        if not plan:
            continue
        if len(plan) == 1 and plan[0].plain:
            stack += plan[0].get(node)[::-1]
        else:
            inner = _children(node)
            inner.reverse()
            stack += inner
    return out


class _Census:
    """Every node of a document: of each top block and note where it begins, and how many blocks there are."""

    __slots__ = ("blocks", "kinds", "nodes", "notes", "split", "starts")

    def __init__(self, document: Document) -> None:
        self.blocks, self.notes = document.blocks, document.notes
        self.nodes: list[Node] = []
        self.starts = [0]
        for root in (*document.blocks, *document.notes):
            self.nodes += _flat((root,))
            self.starts.append(len(self.nodes))
        self.split = self.starts[len(document.blocks)]
        self.kinds = frozenset(map(type, self.nodes))

    def is_of(self, document: Document) -> bool:
        """It tells of *document*, or of one with other metadata and the same text."""
        return document.blocks is self.blocks and document.notes is self.notes


_latest: list[_Census] = []
"""The document that was last walked whole.  One after another the passes ask for nodes of the same document."""


def _census(document: Document) -> _Census:
    if not _latest or not _latest[0].is_of(document):
        _latest[:] = [_Census(document)]
    return _latest[0]


def walk(root: Node | Document | Iterable[Node]) -> Iterator[Node]:
    """*root* (but for a Document or a sequence) and every node inside it, parents first, in order."""
    if isinstance(root, Document):
        return iter(_census(root).nodes)
    if type(root) in _NODES:
        return iter(_flat((cast(Node, root),)))
    if _latest and root is _latest[0].blocks:
        return islice(_latest[0].nodes, _latest[0].split)
    return iter(_flat(cast("Iterable[Node]", root)))


def sections(document: Document) -> Iterator[tuple[nodes.Block | nodes.Note, list[Node]]]:
    """Each block and then each note of *document*, with every node in it: itself, and what is inside."""
    census = _census(document)
    for top, (start, end) in zip((*document.blocks, *document.notes), pairwise(census.starts), strict=True):
        yield top, census.nodes[start:end]


def query(root: Node | Document | Iterable[Node], kind: type[N]) -> Iterator[N]:
    """Every node of the class *kind* in *root*, in order."""
    if isinstance(root, Document):
        census = _census(root)
        if kind not in census.kinds:
            return iter(())
        return cast("Iterator[N]", (node for node in census.nodes if type(node) is kind))
    return cast("Iterator[N]", (node for node in walk(root) if type(node) is kind))


# ---------------------------------------------------------------- rewriting


class _Descent:
    """Goes down into nodes and makes anew what changes; the same object when nothing did.

    What becomes of a node of `kinds` is for `node` to say.
    """

    __slots__ = ("kinds", "plans")

    def __init__(self, kinds: AbstractSet[type], plans: dict[type, tuple[_Holder, ...]]) -> None:
        self.kinds, self.plans = kinds, plans

    def node(self, node: Node) -> Node | tuple[Node, ...]:
        raise NotImplementedError

    def inside(self, node: Node) -> dict[str, Any]:
        """The fields of *node* in which something has changed, with what they hold now."""
        changed: dict[str, Any] = {}
        for holder in self.plans[type(node)]:
            old = holder.get(node)
            new = self.parts(old) if type(old) is tuple else self.value(old)
            if new is not old:
                changed[holder.name] = new
        return changed

    def value(self, value: Any) -> Any:
        return self.node(value) if type(value) in _NODES else value

    def parts(self, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        out: list[Any] | None = None
        plans, kinds = self.plans, self.kinds
        for at, part in enumerate(parts):
            kind = type(part)
            if kind is tuple:
                # A tuple inside a tuple (table of lines) stays one.
                new: Any = self.parts(part)
            elif kind in kinds or (kind in _NODES and plans[kind]):
                new = self.node(part)
                if type(new) is tuple:  # a node may become several nodes, or none
                    out = list(parts[:at]) if out is None else out
                    out += new
                    continue
            else:
                new = part
            if out is not None:
                out.append(new)
            elif new is not part:
                out = [*parts[:at], new]
        return parts if out is None else tuple(out)


class _Rewriter(_Descent):
    """Puts something in the place of nodes."""

    __slots__ = ("change",)

    def __init__(self, change: Change, *more: Any) -> None:
        super().__init__(*more)
        self.change = change

    def node(self, node: Node) -> Node | tuple[Node, ...]:
        changed = self.inside(node)
        if changed:
            node = replace(node, **changed)
        return self.change(node) if type(node) in self.kinds else node


class _Amender(_Descent):
    """Sets fields of nodes: each is made anew once, with what changed inside it."""

    __slots__ = ("give",)

    def __init__(self, give: Callable[[Node], Mapping[str, Any]], *more: Any) -> None:
        super().__init__(*more)
        self.give = give

    def node(self, node: Node) -> Node:
        changed = self.inside(node)
        if type(node) in self.kinds:
            changed |= self.give(node)
        return replace(node, **changed) if changed else node


def rewrite_node(node: Node, change: Change) -> Node | tuple[Node, ...]:
    """*node* with *change* applied to everything inside it and then to itself, children first.

    *change* gives the node back, another node, or a tuple of nodes to stand in its place (an empty
    one removes it; only where the parent holds a sequence).
    """
    return _Rewriter(change, _NODES, _PLANS).node(node)


def rewrite(document: Document, change: Change, kinds: AbstractSet[type] = _NODES) -> Document:
    """The document with *change* applied to every node of *kinds*, children first (see `rewrite_node`).

    The fewer *kinds*, the less of the tree is looked into: a top block without any stays as it is.
    """
    return _rewritten(document, kinds, lambda *plans: _Rewriter(change, *plans))


def amend(
    document: Document, give: Callable[[Node], Mapping[str, Any]], kinds: AbstractSet[type] = _NODES
) -> Document:
    """The document with other values in fields of its nodes of *kinds*, children first.

    *give* is asked for each node, as it was before, and names the fields that change.  Quicker than
    `rewrite` where many nodes change that are inside one another.
    """
    return _rewritten(document, kinds, lambda *plans: _Amender(give, *plans))


def _rewritten(
    document: Document,
    kinds: AbstractSet[type],
    made: Callable[[AbstractSet[type], dict[type, tuple[_Holder, ...]]], _Descent],
) -> Document:
    census = _census(document)
    kinds = kinds & census.kinds
    if not kinds:
        return document
    run = made(kinds, _PLANS if kinds & _INLINES else _BLOCK_PLANS)
    tops: list[tuple[Node, ...]] = []
    everything = kinds == census.kinds
    for (start, end), top in zip(pairwise(census.starts), (*document.blocks, *document.notes), strict=True):
        idle = not everything and kinds.isdisjoint(map(type, census.nodes[start:end]))
        tops.append((top,) if idle else run.parts((top,)))
    count = len(document.blocks)
    blocks = tuple(node for nodes_ in tops[:count] for node in nodes_)
    notes = tuple(node for nodes_ in tops[count:] for node in nodes_)
    return _same_or(document, cast("tuple[nodes.Block, ...]", blocks), cast("tuple[nodes.Note, ...]", notes))


def _same_or(document: Document, blocks: tuple[nodes.Block, ...], notes: tuple[nodes.Note, ...]) -> Document:
    """*document* itself where *blocks* and *notes* are its own, one by one."""

    def same(new: tuple[object, ...], old: tuple[object, ...]) -> bool:
        return len(new) == len(old) and all(map(_is, new, old))

    if same(blocks, document.blocks) and same(notes, document.notes):
        return document
    return replace(document, blocks=blocks, notes=notes)


# ---------------------------------------------------------------- text

_SAYS: dict[type, Callable[[Any], str]] = {
    Text: attrgetter("text"),
    Code: attrgetter("text"),
    Abbreviation: attrgetter("text"),
    CrossReference: attrgetter("label"),
    Ruby: lambda ruby: "".join(segment.base for segment in ruby.segments),
    LineBreak: lambda node: " ",
    SoftBreak: lambda node: " ",
}


def plain_text(nodes_: Iterable[Node], known: Mapping[int, str] = _NOTHING) -> str:
    """The characters a reader sees in *nodes_*: ruby text, notes, formulas and images left out.

    Line breaks and soft breaks count as a space.  *known* has the text of nodes, by their identity (`id`),
    that need not be looked into again.
    """
    if type(nodes_) is tuple and len(nodes_) == 1 and type(nodes_[0]) is Text:
        return nodes_[0].text
    out: list[str] = []
    stack = list(nodes_)
    stack.reverse()
    plans, says = _PLANS, _SAYS
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is Text:
            out.append(node.text)  # type: ignore[union-attr]
        elif kind in says:
            out.append(says[kind](node))
        elif known and (said := known.get(id(node))) is not None:
            out.append(said)
        elif plan := plans[kind]:
            if len(plan) == 1 and plan[0].plain:
                stack += plan[0].get(node)[::-1]
            else:
                inner = _children(node)
                inner.reverse()
                stack += inner
    return out[0] if len(out) == 1 else "".join(out)
