"""Tables too wide for the page: laid on their side, on pages of their own, their head at the left."""

from __future__ import annotations

from collections.abc import Sequence

from convert.records import replace
from convert.typeset.fill import Filler, State
from convert.typeset.frame import turned
from convert.typeset.geometry import Geometry
from convert.typeset.slab import Slab

__all__ = ["turned_slabs"]


def turned_slabs(slabs: Sequence[Slab], geometry: Geometry) -> list[Slab]:
    """A slab as high as the page for each page that *slabs* fill when they are laid on their side.

    *slabs* are as wide as the text block is high.  Running head and folio stay upright, and text may go on
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
        items = turned(filler.items(page), x, geometry.block_height)
        notes = tuple(note for index in page.slabs for note in slabs[index].notes)
        out.append(Slab(geometry.block_height, tuple(items), notes, floats=True))
    return out
