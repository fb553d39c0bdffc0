"""Slabs: the strips that pages are stacked from.  A slab is never cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convert.records import dataclass, replace
from convert.typeset.frame import Anchor, Begin, End, Item, Part, moved

__all__ = ["Elastic", "Slab", "apart", "beside", "dressed", "in_order", "indented", "shown_again", "stack"]


@dataclass(frozen=True, slots=True)
class Elastic:
    """A paragraph of `count` slabs that may be set in other numbers of lines.

    `ways` are how many lines more or less are worth a try; `set` gives the slabs then, () where it cannot be done.
    """

    count: int
    ways: tuple[int, ...]
    set: Callable[[int], Sequence[Slab]]


@dataclass(frozen=True, slots=True)
class Slab:
    """A strip as wide as the column.  Items have their places from (`left`, `drop`) below its top left corner.

    `trim` is what falls away at the head of a page (space above a heading); `keep` forbids a page
    end after it; `snap` brings what follows back onto the line grid; `floats` lets it move to the
    head of the next page while text goes on; `opens` starts a page ("page", "recto" or ""); `repeat`
    is shown again above it when it begins a page (a table's head), and `close` of what is so shown is drawn
    below the page before (a table's rule); `notes` stand at the page foot.
    The running head names the `chapter` that begins with it, or from it on its `section`.
    Pages are counted anew from a slab that `counts`; one that `spans` stands over all columns.
    A page that would end short may put a line more above a slab that `gives`.  The first slab of a
    paragraph that can be set in a line more or less is `elastic`.  Slabs with the same `strip`, but 0, are strips
    across the same columns, whose items are painted column by column.  One that `lies` fills a page of its own.
    """

    height: float
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    trim: float = 0.0
    keep: bool = False
    snap: bool = False
    floats: bool = False
    opens: str = ""
    chapter: str = ""
    section: str = ""
    counts: bool = False
    spans: bool = False
    repeat: Slab | None = None
    close: tuple[Item, ...] = ()
    left: float = 0.0
    drop: float = 0.0
    gives: bool = False
    elastic: Elastic | None = None
    strip: int = 0
    lies: bool = False

    @property
    def empty(self) -> bool:
        """It shows nothing and asks for nothing: air."""
        return not (self.items or self.notes or self.opens or self.floats)

    @property
    def simple(self) -> bool:
        """Only its height counts when it follows on others."""
        return not (self.notes or self.snap or self.floats or self.opens)

    def placed(self, x: float, y: float) -> list[Item]:
        """The items of a strip whose top left corner is put at (x, y)."""
        return moved(self.items, x + self.left, y + self.drop)

    def part(self, x: float, y: float) -> Part:
        """What `placed` gives, not moved yet."""
        return self.items, x + self.left, y + self.drop


def indented(slab: Slab, dx: float) -> Slab:
    """*slab* moved right by *dx*."""
    if not dx or slab.lies:
        return slab
    repeat = indented(slab.repeat, dx) if slab.repeat else None
    return replace(slab, left=slab.left + dx, repeat=repeat)


def beside(slab: Slab, items: Sequence[Item], *, after: bool = False) -> Slab:
    """*slab* with more items in it, placed from its top left corner and painted first, or last with *after*."""
    more = moved(items, -slab.left, -slab.drop)
    return replace(slab, items=(*slab.items, *more) if after else (*more, *slab.items))


def dressed(slab: Slab, items: Sequence[Item], keep: bool) -> Slab:
    """*slab* with its other settings given *items* too, and a ban on a page end after them with *keep*."""
    elastic = slab.elastic
    if elastic is None:
        return slab

    def again(change: int) -> Sequence[Slab]:
        made = [*elastic.set(change)]
        if made:
            made[0] = beside(made[0], items)
            made[-1] = replace(made[-1], keep=keep)
        return made

    return replace(slab, elastic=replace(elastic, set=again))


def apart(slabs: Sequence[Slab], air: float) -> list[Slab]:
    """*slabs* with *air* above and below, back on the grid at the end; air at a page's head falls away."""
    if not slabs:
        return []
    return [Slab(air, trim=air, keep=True), *slabs, Slab(air, trim=air, snap=True)]


def stack(slabs: Sequence[Slab]) -> Slab:
    """One slab of several, top to bottom; their space at a page head falls away."""
    y = 0.0
    items: list[Item] = []
    notes: list[str] = []
    for number, slab in enumerate(slabs):
        if number == 0 and slab.trim:
            y -= slab.trim
        items += slab.placed(0, y)
        notes += slab.notes
        y += slab.height
    return Slab(y, tuple(items), tuple(notes))


def shown_again(slab: Slab) -> Slab:
    """*slab* as furniture: its anchors, notes and structure belong to its first showing only."""
    once = (Anchor, Begin, End)
    return replace(slab, notes=(), items=tuple(item for item in slab.items if not isinstance(item, once)))


def in_order(items: Sequence[Item]) -> list[Item]:
    """The items of strips across the same columns, those of each column together, as they are to be read.

    Elements are numbered in the order of reading; what stands outside any goes with the element after it.
    """
    groups: list[tuple[int, list[Item]]] = []
    group: list[Item] = []
    depth = key = 0
    for item in items:
        group.append(item)
        if isinstance(item, Begin):
            key = key if depth else item.element
            depth += 1
        elif isinstance(item, End):
            depth -= 1
            if not depth:
                groups.append((key, group))
                group = []
    groups.sort(key=lambda pair: pair[0])
    return [item for _, part in groups for item in part] + group
