"""The structure tree (ISO 32000-1, 14.7): the frame's elements, with the marked content that pages hold of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from convert.records import dataclass, field
from convert.typeset.structure import Element, InlineKind, InlineTag, Tag
from convert.writers.pdf.objects import Ready, array, dictionary, hex_text, number, reference_text

__all__ = ["StructureTree"]

Reference = Any  # reportlab's PDFObjectReference: it has no types

_KINDS: dict[Tag | InlineKind, str] = {tag: tag.value for kinds in (Tag, InlineKind) for tag in kinds}
_MAY_BE_EMPTY = frozenset({Tag.TD.value, Tag.TH.value})


@dataclass(slots=True, eq=False)
class _Node:
    """A structure element with its kids: other elements, stretches of marked content, annotations."""

    kind: str
    alt: str = ""
    language: str = ""
    id: str = ""
    attributes: str = ""
    parent: _Node | None = None
    kids: list[_Node | tuple[int, int | str]] = field(default_factory=list)
    element: Ready = field(default_factory=Ready)
    reference: str = ""
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

    def annotation(self, page: int, element: int | None, tag: InlineTag | None, link: str) -> int:
        """Hang the annotation that *link* refers to into the tree; gives its StructParent (ISO 32000-1, 14.7.4.4)."""
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
            node = self._inline[element, tag] = _Node(_KINDS[kind], tag.alt, tag.language)
            _hang(above, node)
            if tag.kind is InlineKind.REFERENCE and tag.note in self._notes:
                # A note stands where it is first called (ISO 32000-1, 14.8.4.4.1).
                _hang(above, self._notes.pop(tag.note))
        return node

    # ------------------------------------------------------------ the file

    def add_to(self, document: pdfdoc.PDFDocument) -> Reference:
        """The structure tree root in *document*; its reference."""
        root = self._nodes[0]
        for note in self._notes.values():
            _hang(root, note)
        root.filled()
        entries = dictionary({"Type": "/StructTreeRoot"})
        reference = document.Reference(entries)
        nodes: list[_Node] = []
        stack = [root]
        while stack:
            node = stack.pop()
            nodes.append(node)
            node.reference = reference_text(document.Reference(node.element), document)
            stack += [kid for kid in reversed(node.kids) if isinstance(kid, _Node)]
        above = reference_text(reference, document)
        pages = [reference_text(page, document) for page in self._pages]
        for node in nodes:
            node.element.content = _source(node, above, pages)
        if root.kids:
            entries["K"] = root.reference
        entries["ParentTree"] = document.Reference(self._parent_tree(document))
        entries["ParentTreeNextKey"] = len(self._pages) + len(self._annotated)
        if named := {node.id: node.reference for node in nodes if node.id}:
            names = [value for name in sorted(named) for value in (hex_text(name), named[name])]
            limits = array([hex_text(min(named)), hex_text(max(named))])
            leaf = document.Reference(dictionary({"Limits": limits, "Names": array(names)}))
            entries["IDTree"] = document.Reference(dictionary({"Kids": array([leaf])}))
        self._forget(nodes)
        return reference

    def _forget(self, nodes: Iterable[_Node]) -> None:
        """Let go of *nodes*, which hold each other, before the file takes as much memory again."""
        for node in nodes:
            node.parent = None
            node.kids.clear()
        self._nodes, self._inline, self._on_page, self._annotated = [], {}, [], []

    def _parent_tree(self, document: pdfdoc.PDFDocument) -> object:
        parts: list[object] = []
        for page, nodes in enumerate(self._on_page):
            if nodes:
                parts += [page, document.Reference(array([node.reference for node in nodes]))]
        for at, node in enumerate(self._annotated, len(self._pages)):
            parts += [at, node.reference]
        return dictionary({"Nums": array(parts)})


def _source(node: _Node, root: str, pages: Sequence[str]) -> bytes:
    """The dictionary of an element (ISO 32000-1, table 323); *root* and *pages* are references."""
    own = -1
    kids = []
    for kid in node.kids:
        if isinstance(kid, _Node):
            kids.append(kid.reference)
            continue
        page, what = kid
        if own < 0:
            own = page
        if not isinstance(what, int):
            kids.append(f"<</Type /OBJR /Pg {pages[page]} /Obj {what}>>")
        elif page == own:
            kids.append(str(what))
        else:
            kids.append(f"<</Type /MCR /Pg {pages[page]} /MCID {what}>>")
    out = f"<</Type /StructElem /S /{node.kind} /P {node.parent.reference if node.parent else root}"
    if own >= 0:
        out += f" /Pg {pages[own]}"
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
    attributes = ident = ""
    if tag is Tag.TH or tag is Tag.TD:
        scope = "/Scope /Column " if tag is Tag.TH else ""
        spans = f"/ColSpan {element.columns} /RowSpan {element.rows}"
        if scope or element.columns > 1 or element.rows > 1:
            attributes = f"<</O /Table {scope}{spans}>>"
    elif tag is Tag.L:
        attributes = f"<</O /List /ListNumbering /{element.numbering or 'None'}>>"
    elif tag is Tag.NOTE:
        ident = f"note-{element.id}"
    return _Node(_KINDS[tag], element.alt, "", ident, attributes)
