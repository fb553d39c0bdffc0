"""The outline: the only one there is.  Every writer shows this tree and no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import cast

from convert.characters import is_wide
from convert.model.nodes import (
    Block,
    Division,
    Document,
    Heading,
    Inline,
    Math,
    Matter,
    Node,
    Paragraph,
    RunIn,
    SourceSpan,
    Text,
)
from convert.model.walk import plain_text, rewrite_node
from convert.records import dataclass

__all__ = ["Outline", "OutlineEntry", "em_space", "make_outline"]

_DASHES = "—―–─⸺-"


def em_space(*neighbours: str) -> str:
    """A space one em wide between two texts: U+3000 beside a wide character, U+2003 between others."""
    first, last = neighbours[0][-1:], neighbours[-1][:1]
    return "　" if any(char and is_wide(char) for char in (first, last)) else "\u2003"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One heading in the tree.

    `id` is the heading's; `level` is the depth in the tree from 1, the same in every edition even
    where the source skips levels; `number` is what quire counts, e.g. 第一章, or empty, and `gap`
    what parts it from the title; `title` has no number, and white space folded, as `subtitle` has.
    `rank` is what kind of heading it is: 0 a part, 1 a chapter, 2 a section …; without parts it is
    the level.  `run_in` says that it opens a paragraph instead of standing alone.
    """

    id: str
    level: int
    number: str
    title: str
    span: SourceSpan
    children: tuple[OutlineEntry, ...] = ()
    gap: str = "　"
    subtitle: str = ""
    short: str = ""
    matter: Matter = Matter.BODY
    rank: int = 1
    run_in: bool = False

    @property
    def label(self) -> str:
        """Number, title and subtitle on one line, as contents and bookmarks show them.

        A subtitle that begins with a dash follows the title directly.
        """
        return self._numbered(self.full_title)

    @property
    def full_title(self) -> str:
        """Title and subtitle on one line."""
        if not self.subtitle:
            return self.title
        joint = "" if self.subtitle[0] in _DASHES else em_space(self.title, self.subtitle)
        return self.title + joint + self.subtitle

    @property
    def running(self) -> str:
        """Number and short title, or title, as running heads show them."""
        return self._numbered(self.short or self.title)

    def _numbered(self, text: str) -> str:
        return f"{self.number}{self.gap}{text}" if self.number else text


@dataclass(frozen=True)
class Outline:
    """The tree of headings, top entries first to last."""

    entries: tuple[OutlineEntry, ...] = ()

    def flat(self) -> Iterator[OutlineEntry]:
        """Every entry in reading order."""
        stack = list(self.entries[::-1])
        while stack:
            entry = stack.pop()
            yield entry
            stack.extend(entry.children[::-1])

    @cached_property
    def _by_id(self) -> dict[str, OutlineEntry]:
        return {entry.id: entry for entry in self.flat()}

    def find(self, heading_id: str) -> OutlineEntry | None:
        """The entry of a heading, or None for one that the outline does not list."""
        return self._by_id.get(heading_id)

    @property
    def depth(self) -> int:
        """The deepest level there is; 0 for an empty outline."""
        return max((entry.level for entry in self.flat()), default=0)

    @cached_property
    def text_start(self) -> str:
        """The heading that the text proper begins with, by id; empty where no front matter stands before it.

        Pages of front matter have numbers of their own, small Roman ones; from this heading on they count from 1.
        """
        if not self.entries or self.entries[0].matter is not Matter.FRONT:
            return ""
        return next((entry.id for entry in self.entries if entry.matter is not Matter.FRONT), "")

    @cached_property
    def has_parts(self) -> bool:
        """The book is divided into parts that hold its chapters."""
        return any(entry.matter is Matter.PART for entry in self.entries)


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading | RunIn]:
    """Headings that make the outline: in the text itself or in divisions, not in quotes, lists or cells."""
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Paragraph(children=(RunIn() as run_in, *_)):
                yield run_in
            case Division():
                yield from _headings(block.blocks)
            case _:
                pass


def _one_line(children: Iterable[Inline]) -> str:
    """What inlines say on one line.  A formula says its TeX: no outline can show it otherwise."""

    def spell(node: Node) -> Node:
        return Text(node.tex) if isinstance(node, Math) else node

    parts = (rewrite_node(child, spell) for child in children)
    return " ".join(plain_text(cast("Iterator[Node]", parts)).split())


@dataclass(slots=True)
class _Open:
    """An entry whose children are still being gathered.  `depth` decides what holds what."""

    heading: Heading | RunIn
    title: str
    matter: Matter
    depth: int
    children: list[_Open]


def _close(node: _Open, level: int, matter: Matter, rank: int) -> OutlineEntry:
    heading = node.heading
    own = matter if node.matter is Matter.BODY else node.matter
    below = Matter.BODY if own is Matter.PART else own
    kids = tuple(_close(child, level + 1, below, rank + 1) for child in node.children)
    if isinstance(heading, RunIn):
        return OutlineEntry(
            heading.id, level, "", node.title, heading.span, kids, matter=own, rank=rank, run_in=True
        )
    number = heading.number
    return OutlineEntry(
        heading.id, level, number.text if number else "", node.title, heading.span, kids,
        number.form.gap if number else "　", _one_line(heading.subtitle), heading.short, own, rank,
    )  # fmt: skip


def _fit(path: list[_Open], entry: _Open) -> None:
    """Shut whatever of *path* cannot hold *entry*."""

    def holds(last: _Open) -> bool:
        run_in = isinstance(last.heading, RunIn) and not isinstance(entry.heading, RunIn)
        return last.depth < entry.depth and not run_in

    while path and not holds(path[-1]):
        path.pop()
    outside = entry.matter in (Matter.FRONT, Matter.BACK, Matter.APPENDIX)
    if outside and len(path) == 1 and path[0].matter is Matter.PART:
        path.pop()


def make_outline(document: Document) -> Outline:
    """The outline of *document*: listed headings with text, nested by level.

    A skipped level makes no gap: the entry hangs below the nearest shallower heading before it.  A
    part stands above chapters of any level; front matter, back matter and appendices of the highest
    level stand beside the parts.  A heading that opens a paragraph holds no other heading.
    """
    top: list[_Open] = []
    path: list[_Open] = []
    for heading in _headings(document.blocks):
        title = _one_line(heading.children)
        listed = isinstance(heading, RunIn) or heading.listed
        if not title or not listed:
            continue
        matter = heading.matter if isinstance(heading, Heading) else Matter.BODY
        entry = _Open(heading, title, matter, 0 if matter is Matter.PART else heading.level, [])
        _fit(path, entry)
        (path[-1].children if path else top).append(entry)
        path.append(entry)
    return Outline(
        tuple(_close(entry, 1, Matter.BODY, int(entry.matter is not Matter.PART)) for entry in top)
    )
