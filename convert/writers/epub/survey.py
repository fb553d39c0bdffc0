"""One look through the whole document: what the files, links, notes and claims of the EPUB rest on."""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Code as Finding
from convert.diagnostics import Findings, Place
from convert.model.index import places
from convert.model.nodes import (
    BulletList,
    Code,
    CodeBlock,
    CrossReference,
    Document,
    Emphasis,
    Figure,
    Image,
    Index,
    IndexMark,
    InternalTarget,
    Link,
    ListItem,
    Math,
    MathBlock,
    Node,
    Note,
    NoteReference,
    OrderedList,
    Paragraph,
    Ruby,
    Strong,
    TableCell,
    TableRow,
    Text,
)
from convert.model.walk import PLACED, plain_text, sections, walk
from convert.records import dataclass, field
from convert.writers.epub.markup import XML_ILLEGAL

__all__ = ["Survey", "report_illegal", "report_refused", "survey"]

_SAMPLES = 400
"""Runs of text that make the sample."""
_NAMED = PLACED | {IndexMark}
_HOLDING = frozenset((Paragraph, ListItem, TableCell, TableRow, Strong, Emphasis, BulletList, OrderedList))
"""What has no bytes of its own and points to nothing: most of all nodes that are no text."""
_MARKUP_BYTES = 48
"""What one element costs besides its text, about."""


@dataclass(slots=True)
class Survey:
    """What is in the document.  `block_of` gives the top-level block (by index) that holds an id."""

    sizes: list[int] = field(default_factory=list)
    """Bytes of XHTML that each top-level block will take, about."""
    references: list[tuple[str, ...]] = field(default_factory=list)
    """Ids of the notes that each top-level block refers to, in order."""
    note_references: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The same for each note."""
    block_of: dict[str, int] = field(default_factory=dict)
    note_of: dict[str, str] = field(default_factory=dict)
    """The note that holds an id."""
    targets: set[str] = field(default_factory=set)
    """Ids that something points to."""
    sample: list[str] = field(default_factory=list)
    """The beginning of the text, some tens of thousands of characters."""
    pictures: set[str] = field(default_factory=set)
    """Sources of the images in the text."""
    images: int = 0
    images_without_alt: int = 0
    ruby: int = 0
    read_code: bool = False
    """There is code whose stretches are told apart."""


def survey(document: Document) -> Survey:
    """The survey of *document*, in one walk."""
    out = Survey()
    for index, (top, nodes) in enumerate(sections(document)):
        if isinstance(top, Note):
            _, notes, ids = _look(nodes[1:], out)
            out.note_references[top.id] = notes
            out.note_of.update(dict.fromkeys((top.id, *ids), top.id))
        else:
            size, notes, ids = _look(nodes, out)
            out.sizes.append(size)
            out.references.append(notes)
            out.block_of.update(dict.fromkeys(ids, index))
    return out


def _look(nodes: Sequence[Node], out: Survey) -> tuple[int, tuple[str, ...], list[str]]:
    """Size of *nodes*, the notes they refer to, and the ids in them; counts go to *out*."""
    size = 0
    notes: list[str] = []
    ids: list[str] = []
    for node in nodes:
        kind = type(node)
        if isinstance(node, Text):
            size += 3 * len(node.text)
            if len(out.sample) < _SAMPLES:
                out.sample.append(node.text)
            continue
        size += _MARKUP_BYTES
        if kind in _NAMED and node.id:  # type: ignore[union-attr]
            ids.append(node.id)  # type: ignore[union-attr]
        if kind not in _HOLDING:
            size += _count(node, out, notes)
    return size, tuple(notes), ids


def _count(node: Node, out: Survey, notes: list[str]) -> int:
    """Take a node that is neither text nor paragraph into account; gives the bytes of its own text."""
    match node:
        case NoteReference(note):
            notes.append(note)
            return 3 * _MARKUP_BYTES
        case Link(target=InternalTarget(target)):
            out.targets.add(target)
        case CrossReference(target=target):
            out.targets.add(target)
        case Index():
            out.targets.update(places(node))
        case Figure():
            # An empty alt is made good by the caption (see blocks.figure), so it is none that lacks.
            if not node.image.alt and plain_text(node.caption).strip():
                out.images_without_alt -= 1
        case Image():
            out.images += 1
            out.pictures.add(node.source)
            out.images_without_alt += not node.alt
        case Ruby(segments):
            out.ruby += 1
            return sum(3 * len(part.base) + 3 * len(part.text) + 20 for part in segments)
        case Math() | MathBlock():
            return len(node.tex)
        case CodeBlock():
            out.read_code = out.read_code or bool(node.tokens)
            return 3 * len(node.text) + len(node.tokens) * _MARKUP_BYTES
        case Code():
            return 3 * len(node.text)
        case _:
            pass
    return 0


def report_illegal(document: Document, findings: Findings) -> None:
    """Name each block that holds a character no XML can carry; the pages leave the character out."""
    file, line = (document.sources or ("",))[0], 0
    for node in walk(document):
        span = getattr(node, "span", None)
        if span is not None:
            file, line = span.file, span.first
        for name in ("text", "tex", "alt", "title", "segments", "label"):
            found = XML_ILLEGAL.search(str(getattr(node, name, "")))
            # repr() of the ruby segments hides controls, so look into them one by one.
            for part in getattr(node, "segments", ()):
                found = found or XML_ILLEGAL.search(part.base + part.text)
            if found:
                message = f"U+{ord(found[0]):04X} cannot stand in an EPUB and is left out there"
                findings.warn(Finding.CONTROL_CHARACTER, Place(file, line), message, "delete the character")


def report_refused(document: Document, refused: frozenset[str], findings: Findings) -> None:
    """Name each block with a formula whose TeX is not understood: the pages show its source."""
    if not refused:
        return
    file, line = (document.sources or ("",))[0], 0
    for node in walk(document):
        span = getattr(node, "span", None)
        if span is not None:
            file, line = span.file, span.first
        if isinstance(node, (Math, MathBlock)) and node.tex in refused:
            message = f"this formula is shown as its TeX source: {node.tex[:40]}"
            hint = "simplify it, or put a picture in its place"
            findings.warn(Finding.FEATURE_UNSUPPORTED, Place(file, line), message, hint)
