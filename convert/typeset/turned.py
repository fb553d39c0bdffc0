"""Tables too wide for the page: laid on their side, on pages of their own, their head at the left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convert.model.nodes import NoteReference, Table
from convert.model.walk import query
from convert.records import replace
from convert.typeset.fill import NOTE_GAP, Filler, State
from convert.typeset.frame import Placed, turned
from convert.typeset.geometry import Geometry
from convert.typeset.slab import Slab

if TYPE_CHECKING:
    from convert.typeset.blocks import BlockSetter

__all__ = ["turned_room", "turned_slabs"]


def turned_room(setter: BlockSetter, table: Table) -> float:
    """How wide *table* may be on its side: the height of the text block, less the notes that it calls.

    Notes that would take more than half of it are divided like others.
    """
    called = dict.fromkeys(node.note for node in query((table,), NoteReference))
    heights = [setter.feet[name] for name in called if name in setter.feet]
    geometry = setter.geometry
    foot = NOTE_GAP * geometry.leading + sum(heights) if heights else 0.0
    return geometry.block_height - min(foot, geometry.block_height / 2)


def turned_slabs(slabs: Sequence[Slab], geometry: Geometry, width: float) -> list[Slab]:
    """A slab as high as the page for each page that *slabs*, *width* wide, fill when they are laid on their side.

    One that calls notes leaves room for them.  Running head and folio stay upright, and text may go on
    before the table: a reader turns the book to the right, on either page of a spread.
    """
    lying = replace(geometry, lines=1, leading=geometry.measure)
    filler = Filler([replace(slab, notes=(), snap=False) for slab in slabs], lying, {})
    state = State()
    out: list[Slab] = []
    while filler.more(state):
        page = filler.fill(state)
        state = page.after
        # Alone on its page it stands in the middle, as figures do.
        single = not out and not filler.more(state)
        x = max(0.0, (geometry.measure - page.end) / 2) if single else 0.0
        notes = tuple(note for index in page.slabs for note in slabs[index].notes)
        height = width if notes else geometry.block_height
        items = turned(Placed(filler.parts(page)), x, height)
        out.append(Slab(height, tuple(items), notes, floats=True, lies=True))
    return out
