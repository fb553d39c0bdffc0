"""Frames: what a page is made of once layout is done.  The PDF writer paints these and decides nothing.

Coordinates are points; x grows to the right, y grows **downward** from the top left corner of the
page (of the line, while a line is being made: there y is 0 on the baseline).
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import Any, overload

from convert.font.face import Face
from convert.model.nodes import LinkTarget
from convert.records import adding, dataclass, replace
from convert.typeset.run import Glyph, GlyphRun, Look, glyph_run
from convert.typeset.structure import Element, InlineTag, Tag

__all__ = [
    "Anchor",
    "Begin",
    "Bookmark",
    "Drawing",
    "End",
    "Frame",
    "Glyph",
    "GlyphRun",
    "ImageItem",
    "Item",
    "Later",
    "LinkArea",
    "Look",
    "Outline",
    "Page",
    "PageRun",
    "Part",
    "Placed",
    "Places",
    "Rule",
    "Turned",
    "Uses",
    "flat",
    "glyph_run",
    "moved",
    "places_of",
    "shift",
    "turned",
    "unplaced",
    "uses_of",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle: rules, grounds, boxes.  (x, y) is its top left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str = "#000000"


@dataclass(frozen=True, slots=True)
class ImageItem:
    """An image by its key in the manuscript, scaled into a rectangle whose top left corner is (x, y)."""

    key: str
    x: float
    y: float
    width: float
    height: float
    alt: str = ""
    tag: InlineTag | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A shape to be filled: a letter of `commands` for each step, and the coordinates in turn.

    M moves, L draws a line, Q a quadratic curve (its control point first), Z closes; x, y each, y downward.
    One shape is made once: two are the same only when they are one object.
    """

    commands: str
    points: Sequence[float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """An outline filled with ink: its origin at (x, y), its unit *scale* points."""

    outline: Outline
    x: float
    y: float
    scale: float
    colour: str = "#000000"
    tag: InlineTag | None = None


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A rectangle that leads somewhere."""

    x: float
    y: float
    width: float
    height: float
    target: LinkTarget
    tag: InlineTag | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links can lead to, by block id."""

    id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Begin:
    """The items from here to `End` are content of an element of the frame's structure, by its index."""

    element: int


@dataclass(frozen=True, slots=True)
class End:
    """Ends the nearest `Begin`."""


@dataclass(frozen=True, slots=True)
class Turned:
    """Items that lie on their side, to be read from the right: their own (0, 0) is at (x, y), from where their x
    counts upward and their y to the right.

    Anchors and links are none of them: those stand upright on the page (see `turned`).
    """

    items: tuple[Item, ...]
    x: float
    y: float


Item = GlyphRun | Rule | ImageItem | Drawing | LinkArea | Anchor | Begin | End | Turned


Places = tuple[tuple[int | None, Anchor | LinkArea], ...]
"""Anchors and links in the order of the items, each with the element that it is content of, None for furniture."""
Uses = Mapping[Face, Set[tuple[int, str]]]
"""The glyphs that are painted and what each says, by face."""
Part = tuple[Sequence[Item], float, float]
"""Items, and the place that their (0, 0) is put at."""


class Later(Sequence[Item]):
    """Items that are made when they are looked at, but for the `head`, which is there already.

    Who wants all behind the head, such as who paints, has them made for that; else they are made once, and stay.
    """

    def __init__(self, make: Callable[[], Sequence[Item]], head: tuple[Item, ...] = ()) -> None:
        self._make, self._head = make, head
        self._items: Sequence[Item] | None = None

    def moved(self, dx: float, dy: float, by: int = 0) -> list[Item]:
        """The items behind the head as `moved` gives them."""
        return moved(self._make(), dx, dy, by)

    def _all(self) -> Sequence[Item]:
        if self._items is None:
            self._items = (*self._head, *self._make())
        return self._items

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        if isinstance(at, slice) and at.step is None and self._items is None:
            if at.start is None and at.stop == len(self._head):
                return self._head
            if at.start == len(self._head) and at.stop is None:
                return self._make()
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Item]:
        return iter(self._all())


class Placed(Later):
    """Strips of items, each put somewhere: they are moved to their places when they are looked at.

    `parts` are a strip's items, and the x and y that its (0, 0) is put at.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__(lambda: _moved(parts, 0.0, 0.0, 0))
        self.parts = parts

    def moved(self, dx: float, dy: float, by: int = 0) -> list[Item]:
        """The items as `moved` gives them, without a stop at the places that they have now."""
        return _moved(self.parts, dx, dy, by)


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.  `label` is its number as printed (PDF page label, ISO 32000-1 12.4.2).

    The first `furniture` of its items are not the book's text: running head, folio, a grid to look at.
    `known` are its places, where they were looked for before.
    """

    width: float
    height: float
    items: Sequence[Item]
    label: str
    furniture: int = 0
    known: Places | None = None

    @property
    def places(self) -> Places:
        """Its anchors and links."""
        return places_of(self.items) if self.known is None else self.known


@dataclass(frozen=True, slots=True)
class PageRun:
    """Pages that were set in one piece: `count` of them, from the index `first` on.

    `key` names what their text is, in any book; it is empty where nothing is kept from build to build.  The
    elements of the run count from `base`.  `uses` and `images`, by their keys, are what its text paints,
    furniture not among it.
    """

    first: int
    count: int
    key: str
    base: int
    uses: Uses
    images: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One outline entry with its place: page index from 0, y on the page."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The whole book as pages.  `structure` holds the elements that the pages' marks name; the first is the root.

    `runs` tell of pages, in order, what is known of their text without a look at their items; pages before
    the text are in none.
    """

    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...]
    structure: tuple[Element, ...] = (Element(Tag.DOCUMENT),)
    runs: tuple[PageRun, ...] = ()


def flat(items: Iterable[Item]) -> Iterator[Item]:
    """*items* one by one, those that lie on their side among them."""
    for item in items:
        if isinstance(item, Turned):
            yield from item.items
        else:
            yield item


def places_of(items: Iterable[Item]) -> Places:
    """The anchors and links of *items*."""
    if isinstance(items, Placed):
        return _places(items.parts)
    return _places(((items, 0.0, 0.0),))


def _places(parts: Iterable[tuple[Iterable[Item], float, float]]) -> Places:
    out: list[tuple[int | None, Anchor | LinkArea]] = []
    open_: list[int | None] = [None]
    for items, x, y in parts:
        for item in items:
            if type(item) is GlyphRun:
                continue
            if isinstance(item, Begin):
                open_.append(item.element)
            elif isinstance(item, End):
                open_.pop()
            elif isinstance(item, (Anchor, LinkArea)):
                out.append((open_[-1], replace(item, x=item.x + x, y=item.y + y)))
    return tuple(out)


def uses_of(items: Iterable[Item], uses: dict[Face, set[tuple[int, str]]], images: dict[str, None]) -> None:
    """Add what *items* paint to *uses* and *images*."""
    runs: dict[Face, list[GlyphRun]] = {}
    for item in unplaced(items):
        if type(item) is GlyphRun:
            face = item.look.face
            if face not in runs:
                uses.setdefault(face, set())
                runs[face] = []
            runs[face].append(item)
        elif isinstance(item, ImageItem):
            images.setdefault(item.key)
        elif isinstance(item, Turned):
            uses_of(item.items, uses, images)
    for face, own in runs.items():
        uses[face].update(_pairs(own))


def _pairs(runs: Sequence[GlyphRun]) -> set[tuple[int, str]]:
    """Each glyph of *runs* with what it says, in a quarter of the time that pairs made one by one take.

    Glyph and character are two halves of one number, and a set of numbers is soon made.
    """
    out: set[tuple[int, str]] = set()
    ids, texts = array("H"), []
    for run in runs:
        if type(run.texts) is str:
            ids.extend(run.ids)
            texts.append(run.texts)
        else:
            out.update(zip(run.ids, run.texts, strict=True))
    text = "".join(texts)
    halves = array("H", text.encode(_UTF_16, "surrogatepass"))
    if not len(halves) == len(ids) == len(text):
        # Beyond U+FFFF a character is two halves by itself.
        return out.union(zip(ids, text, strict=True))
    both = array("H", bytes(4 * len(ids)))
    both[::2], both[1::2] = ids, halves
    few = array("H", array("I", set(array("I", both.tobytes()))).tobytes())
    return out.union(zip(few[::2], map(chr, few[1::2]), strict=True))


_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def unplaced(items: Iterable[Item]) -> Iterable[Item]:
    """*items* for one who asks what they are, not where they stand."""
    return chain.from_iterable([strip for strip, _, _ in items.parts]) if isinstance(items, Placed) else items


def turned(items: Iterable[Item], x: float, y: float) -> list[Item]:
    """*items* on their side, their (0, 0) at (x, y); places and links are where they come to lie on the page."""
    upright: list[Item] = []
    lying: list[Item] = []
    for item in items:
        match item:
            case Anchor():
                upright.append(replace(item, x=x + item.y, y=y - item.x))
            case LinkArea():
                left, top = x + item.y, y - item.x - item.width
                upright.append(replace(item, x=left, y=top, width=item.height, height=item.width))
            case Begin() | End():
                upright.append(item)
                lying.append(item)
            case _:
                lying.append(item)
    return [*_without_empty(upright), Turned(tuple(lying), x, y)]


def _without_empty(items: Iterable[Item]) -> list[Item]:
    """*items* without the marks that have nothing between them."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, End) and out and isinstance(out[-1], Begin):
            out.pop()
        else:
            out.append(item)
    return out


def shift(item: Item, dx: float, dy: float) -> Item:
    """*item* moved by (dx, dy)."""
    return moved((item,), dx, dy)[0]


class _Movers(dict[type, "Callable[[Any, float, float, float, float], Item] | None"]):
    """What moves an item of each class, twice; None for those that are more, or nowhere."""

    def __missing__(self, kind: type) -> Callable[[Any, float, float, float, float], Item] | None:
        placed = kind in (GlyphRun, Rule, ImageItem, Drawing, LinkArea, Anchor)
        made = self[kind] = adding(kind, "x", "y", times=2) if placed else None
        return made


_MOVERS = _Movers()


def moved(items: Iterable[Item], dx: float, dy: float, by: int = 0) -> list[Item]:
    """*items* moved by (dx, dy), in a structure where the elements they name stand *by* places further on."""
    if isinstance(items, Later):
        return items.moved(dx, dy, by)
    return _moved(((items, dx, dy),), 0.0, 0.0, by)


def _moved(parts: Iterable[tuple[Iterable[Item], float, float]], dx: float, dy: float, by: int) -> list[Item]:
    """The items of *parts*, put at their places and then moved as by `moved`."""
    out: list[Item] = []
    add = out.append
    before: Begin | None = None
    begin = Begin(0)
    for items, x, y in parts:
        for item in items:
            move = _MOVERS[type(item)]
            if move is not None:
                add(move(item, x, y, dx, dy))
            elif isinstance(item, Begin):
                if item is not before:
                    before, begin = item, Begin(item.element + by) if by else item
                add(begin)
            elif isinstance(item, Turned):
                inner = tuple(moved(item.items, 0.0, 0.0, by)) if by else item.items
                add(Turned(inner, item.x + x + dx, item.y + y + dy))
            else:
                add(item)
    return out
