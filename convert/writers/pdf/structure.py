"""The structure tree (ISO 32000-1, 14.7): the frame's elements, with the marked content that pages hold of each."""

from __future__ import annotations

from collections.abc import Sequence

from convert.records import dataclass, field
from convert.typeset.structure import Element, InlineKind, InlineTag, Tag
from convert.writers.pdf.objects import Array, Dictionary, File, Reference, Value, hex_text, number

__all__ = ["StructureTree"]

_MAY_BE_EMPTY = frozenset({Tag.TD.value, Tag.TH.value})


@dataclass(slots=True, eq=False)
class _Node:
    """A structure element with its kids: other elements, and for each page stretches of marked content and annotations.

    `box` is where a figure stands.
    """

    kind: str
    alt: str = ""
    language: str = ""
    id: str = ""
    attributes: str = ""
    parent: _Node | None = None
    kids: list[_Node | tuple[int, int | Reference]] = field(default_factory=list)
    reference: Reference = ""
    box: str = ""

    def filled(self) -> bool:
        """Whether anything is left after kids without content are taken out."""
        empty = {kid for kid in self.kids if isinstance(kid, _Node) and not kid.filled()}
        if empty:
            self.kids = [kid for kid in self.kids if kid not in empty]
        return bool(self.kids) or self.kind in _MAY_BE_EMPTY


class StructureTree:
    """Built while pages are painted: `content` for each stretch, `annotation` for each link."""

    def __init__(
        self, elements: Sequence[Element], pages: Sequence[Reference], *, links: bool = True
    ) -> None:
        self._links = links
        self._pages = pages
        self._nodes = [_node(element) for element in elements]
        self._notes: dict[str, _Node] = {}
        for element, node in zip(elements, self._nodes, strict=True):
            if element.parent >= 0:
                _hang(self._nodes[element.parent], node)
            elif element.tag is Tag.NOTE:
                self._notes[element.id] = node
        self._inline: dict[tuple[int, InlineTag], _Node] = {}
        self._on_page: list[list[_Node]] = [[] for _ in pages]
        self._annotated: list[_Node] = []

    # ------------------------------------------------------------ while pages are painted

    def content(self, page: int, element: int, tag: InlineTag | None, box: Sequence[float] = ()) -> None:
        """Hang in the next stretch of marked content of *page*, of *element* or of *tag* in it.

        *box* is where a figure stands: left, bottom, right, top.
        """
        node = self._of(element, tag)
        number_ = len(self._on_page[page])
        self._on_page[page].append(node)
        node.kids.append((page, number_))
        if box:
            node.box = " ".join(map(number, box))

    def annotation(self, page: int, element: int | None, tag: InlineTag | None, link: Reference) -> int:
        """Hang the annotation *link* into the tree; gives its StructParent (ISO 32000-1, 14.7.4.4)."""
        if element is None or tag is None:
            node = _Node("Link")
            _hang(self._nodes[0 if element is None else element], node)
        else:
            node = self._of(element, tag)
        node.kids.append((page, link))
        self._annotated.append(node)
        return len(self._pages) + len(self._annotated) - 1

    def _of(self, element: int, tag: InlineTag | None) -> _Node:
        if tag is None:
            return self._nodes[element]
        node = self._inline.get((element, tag))
        if node is None:
            above = self._of(element, tag.parent)
            # Where nothing can be followed there are no links.
            kind = InlineKind.SPAN if tag.kind is InlineKind.LINK and not self._links else tag.kind
            node = self._inline[element, tag] = _Node(kind.value, tag.alt, tag.language)
            _hang(above, node)
            if tag.kind is InlineKind.REFERENCE and tag.note in self._notes:
                # A note stands where it is first called (ISO 32000-1, 14.8.4.4.1).
                _hang(above, self._notes.pop(tag.note))
        return node

    # ------------------------------------------------------------ the file

    def add_to(self, document: File) -> Reference:
        """The structure tree root in *document*; its reference."""
        root = self._nodes[0]
        for note in self._notes.values():
            _hang(root, note)
        root.filled()
        entries = Dictionary({"Type": "/StructTreeRoot"})
        reference = document.add(entries)
        nodes: list[_Node] = []
        stack = [root]
        number_ = document.free
        while stack:
            node = stack.pop()
            node.reference = f"{number_ + len(nodes)} 0 R"
            nodes.append(node)
            stack += [kid for kid in reversed(node.kids) if isinstance(kid, _Node)]
        document.add_all([self._source(node, reference) for node in nodes])
        if root.kids:
            entries["K"] = root.reference
        entries["ParentTree"] = document.add(self._parent_tree(document))
        entries["ParentTreeNextKey"] = len(self._pages) + len(self._annotated)
        if named := {node.id: node.reference for node in nodes if node.id}:
            names = [value for name in sorted(named) for value in (hex_text(name), named[name])]
            limits = Array([hex_text(min(named)), hex_text(max(named))])
            leaf = document.add(Dictionary({"Limits": limits, "Names": Array(names)}))
            entries["IDTree"] = document.add(Dictionary({"Kids": Array([leaf])}))
        return reference

    def _parent_tree(self, document: File) -> Dictionary:
        parts: list[Value] = []
        for page, nodes in enumerate(self._on_page):
            if nodes:
                parts += [page, document.add(Array([node.reference for node in nodes]))]
        for at, node in enumerate(self._annotated, len(self._pages)):
            parts += [at, node.reference]
        return Dictionary({"Nums": Array(parts)})

    def _source(self, node: _Node, root: Reference) -> bytes:
        """The dictionary of an element (ISO 32000-1, table 323)."""
        own = -1
        kids = []
        for kid in node.kids:
            if isinstance(kid, _Node):
                kids.append(kid.reference)
                continue
            page, what = kid
            if own < 0:
                own = page
            if type(what) is not int:
                kids.append(f"<</Type /OBJR /Pg {self._pages[page]} /Obj {what}>>")
            elif page == own:
                kids.append(str(what))
            else:
                kids.append(f"<</Type /MCR /Pg {self._pages[page]} /MCID {what}>>")
        out = f"<</Type /StructElem /S /{node.kind} /P {node.parent.reference if node.parent else root}"
        if own >= 0:
            out += f" /Pg {self._pages[own]}"
        out += f" /K [{' '.join(kids)}]"
        if node.box:
            out += f" /A <</O /Layout /Placement /Block /BBox [{node.box}]>>"
        elif node.attributes:
            out += f" /A {node.attributes}"
        for key, value in (("Alt", node.alt), ("Lang", node.language), ("ID", node.id)):
            if value:
                out += f" /{key} {hex_text(value)}"
        return f"{out}>>".encode("ascii")


def _hang(above: _Node, node: _Node) -> None:
    node.parent = above
    above.kids.append(node)


def _node(element: Element) -> _Node:
    tag = element.tag
    attributes = ""
    if tag in (Tag.TH, Tag.TD):
        scope = "/Scope /Column " if tag is Tag.TH else ""
        spans = f"/ColSpan {element.columns} /RowSpan {element.rows}"
        if scope or element.columns > 1 or element.rows > 1:
            attributes = f"<</O /Table {scope}{spans}>>"
    elif tag is Tag.L:
        attributes = f"<</O /List /ListNumbering /{element.numbering or 'None'}>>"
    ident = f"note-{element.id}" if tag is Tag.NOTE else ""
    return _Node(tag.value, element.alt, "", ident, attributes)
