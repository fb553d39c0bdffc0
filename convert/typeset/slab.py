"""Slabs: the strips that pages are stacked from.  A slab is never cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from convert.typeset.frame import Item, shift

__all__ = ["Slab", "apart", "beside", "indented", "stack"]


@dataclass(frozen=True, slots=True)
class Slab:
    """A strip as wide as the column.  Items have y from its top, downward.

    `trim` is what falls away at the head of a page (space above a heading); `keep` forbids a page
    end after it; `snap` brings what follows back onto the line grid; `floats` lets it move to the
    head of the next page while text goes on; `opens` starts a page ("page", "recto" or ""); `repeat`
    is shown again above it when it begins a page (a table's head); `notes` stand at the page foot.
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
    repeat: Slab | None = None


def indented(slab: Slab, dx: float) -> Slab:
    """*slab* moved right by *dx*."""
    if not dx:
        return slab
    repeat = indented(slab.repeat, dx) if slab.repeat else None
    return replace(slab, items=tuple(shift(item, dx, 0) for item in slab.items), repeat=repeat)


def beside(slab: Slab, items: Sequence[Item]) -> Slab:
    """*slab* with more items in it, painted first."""
    return replace(slab, items=(*items, *slab.items))


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
        items += [shift(item, 0, y) for item in slab.items]
        notes += slab.notes
        y += slab.height
    return Slab(y, tuple(items), tuple(notes))
