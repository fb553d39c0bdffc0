"""One page filled: slabs from its head, notes at its foot, nothing stranded (CLREQ 7.1)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from convert.records import dataclass, field, replace
from convert.typeset.frame import Item, Part
from convert.typeset.geometry import Geometry
from convert.typeset.slab import Slab, in_order

__all__ = ["NOTE_GAP", "Filled", "Filler", "NoteLines", "State"]

NOTE_GAP = 0.6
"""Space above the note rule, in leadings."""
_SLACK = 0.05
"""Points that rounding may take."""
_DIVISIBLE = 4
"""Lines that a note must have to be divided between two pages, two on each."""
_GAPING = 3
"""Lines that would be left blank at least for a note to be divided rather than moved on with its text."""
_BESIDE = 1 / 3
"""Share of a page that is left to text where a note goes on from one page to another and further."""
_BETWEEN = 5
"""Lines of text at least between a float at the head of a page and one at its foot."""
_MOST_WAITING = 6
"""Floats that text may run ahead of; with more the page ends."""


@dataclass(frozen=True, slots=True)
class NoteLines:
    """A note set in lines: a slab each."""

    id: str
    slabs: tuple[Slab, ...]

    @property
    def height(self) -> float:
        """Height of all lines."""
        return sum(slab.height for slab in self.slabs)

    @property
    def least(self) -> float:
        """Height of what must stand on the page that calls it."""
        slabs = self.slabs[:2] if len(self.slabs) >= _DIVISIBLE else self.slabs
        return sum(slab.height for slab in slabs)


@dataclass(frozen=True, slots=True)
class State:
    """Where filling stands: next slab, floats and note lines that wait."""

    at: int = 0
    waiting: tuple[int, ...] = ()
    carried: tuple[NoteLines, ...] = ()


@dataclass(slots=True)
class Filled:
    """One page: its slabs by index with the y of each, the notes on it and those it calls, what follows.

    `forced` tells that it was not ended for want of room; `free` counts the lines left blank; `end` is
    where its slabs end.  `low` is a float at the foot, above the notes, and takes `low_height`.
    """

    slabs: list[int] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    notes: tuple[NoteLines, ...] = ()
    called: list[str] = field(default_factory=list)
    forced: bool = True
    free: int = 0
    end: float = 0.0
    low: int | None = None
    low_height: float = 0.0
    after: State = State()

    @property
    def bottom(self) -> int:
        """Lines between what stands last on the page and its end: notes and a low float always stand there."""
        return 0 if self.notes or self.low is not None else self.free


@dataclass(slots=True)
class Filler:
    """Fills pages.  Slabs are spoken of by their index in `slabs`; none calls a note called before."""

    slabs: list[Slab]
    geometry: Geometry
    notes: Mapping[str, NoteLines]
    until: int | None = None
    """The slab that pages go up to, without it; None for all."""

    @property
    def end(self) -> int:
        """The index behind the last slab that is shown."""
        return len(self.slabs) if self.until is None else self.until

    def more(self, state: State) -> bool:
        """There is something left to show."""
        return state.at < self.end or bool(state.waiting or state.carried)

    def wants_recto(self, state: State) -> bool:
        """What follows begins on a right-hand page."""
        if state.waiting or state.carried:
            return False
        at = state.at
        while at < len(self.slabs) and not self.slabs[at].height and self.slabs[at].opens == "page":
            at += 1
        return at < len(self.slabs) and self.slabs[at].opens == "recto"

    def fill(self, state: State, short: int = 0) -> Filled:
        """The page that begins at *state*, with *short* lines less room than the text block has."""
        grid, slabs = self.geometry.leading, self.slabs
        room = self.geometry.block_height - short * grid + _SLACK
        page = Filled()
        waiting = self._floats(page, state, room)
        room -= page.low_height
        fixed = len(page.slabs)
        foot = self._foot([*state.carried, *(self.notes[name] for name in page.called)])
        # A note that goes on overleaf again leaves a part of the page to text, but none that calls a note: that
        # would have to stand below the one that is not at its end.
        lasting = bool(state.carried) and page.end + foot > room
        if lasting:
            room, foot = max(page.end, self.geometry.block_height * _BESIDE), 0.0
        pending: list[int] = []
        at, size = state.at, self.end
        while at < size:
            slab = slabs[at]
            new = page.end + slab.height
            if page.end > 0 and new + foot <= room and slab.simple:
                page.slabs.append(at)
                page.tops.append(page.end)
                page.end = new
                at += 1
                continue
            if slab.opens and any(slabs[index].height for index in page.slabs):
                at = self._settled(page, at, fixed, pending)
                break
            new = self._below(page.end, slab, page.end <= 0)
            if new + foot > room and page.slabs and slab.empty:
                at += 1  # air falls away at the foot of a page as at its head
                continue
            more = foot
            if slab.notes:
                called = (*page.called, *slab.notes)
                more = self._foot([*state.carried, *(self.notes[name] for name in called)])
            behind = slab.floats and bool(waiting or pending or page.low is not None)
            full = behind or new + more > room or (lasting and bool(slab.notes))
            if full and (page.slabs or state.carried):
                if slab.floats and len(waiting) + len(pending) < _MOST_WAITING:
                    pending.append(at)
                    at += 1
                    continue
                if behind or lasting or not self._divides(page, slab, new, foot, room):
                    page.forced = False
                    at = self._cut(page, at, fixed, pending)
                    if lasting and len(page.slabs) > fixed and slabs[page.slabs[-1]].keep:
                        at = self._shorten(page, fixed, fixed, pending)
                    break
            self._add(page, at)
            foot = more
            at += 1
        else:
            at = self._settled(page, at, fixed, pending)
        return self._closed(page, state, State(at, (*waiting, *pending)))

    def _floats(self, page: Filled, state: State, room: float) -> list[int]:
        """Put the floats that wait on the page, the first at its head, the next at its foot; gives those that stay.

        Where no text would stand between the two they follow on each other.
        """
        waiting = list(state.waiting)
        following = self.slabs[state.at] if state.at < self.end else None
        follows = following is not None and not following.opens and not following.floats
        grid = self.geometry.leading
        while waiting:
            slab = self.slabs[waiting[0]]
            end = self._below(page.end, slab, page.end <= 0)
            calls = (*state.carried, *(self.notes[name] for name in (*page.called, *slab.notes)))
            left = room - end - (self._foot(calls) if page.slabs else 0.0)
            if page.slabs and left < 0:
                break
            if page.slabs and follows and left >= _BETWEEN * grid:
                page.low = waiting.pop(0)
                page.low_height = math.ceil(slab.height / grid - 1e-4) * grid
                page.called += slab.notes
                break
            self._add(page, waiting.pop(0))
        return waiting

    def parts(self, page: Filled, airy: Sequence[int] = ()) -> list[Part]:
        """What the slabs of *page* show; those at the places *airy* have a line more above them."""
        parts: list[Part] = []
        side: list[Item] = []
        strip, air = 0, 0.0
        slabs = self.slabs
        for at, (index, y) in enumerate(zip(page.slabs, page.tops, strict=True)):
            slab = slabs[index]
            top = y + air
            if at in airy:
                air += self.geometry.leading
                # A figure stands in the middle of its room.
                top = y + air - (self.geometry.leading / 2 if slab.floats else 0.0)
            if y <= 0:
                if slab.repeat:
                    parts.append(slab.repeat.part(0, y))
                    top += slab.repeat.height
                top -= slab.trim
            if slab.strip != strip:
                parts.append((in_order(side), 0.0, 0.0))
                strip, side = slab.strip, []
            if strip:
                side += slab.placed(0, top)
            elif slab.items:
                parts.append((slab.items, slab.left, top + slab.drop))
        parts.append((in_order(side), 0.0, 0.0))
        parts += self._closing(page, air)
        if page.low is not None:
            end = math.floor(
                (self.geometry.block_height - self._foot(page.notes)) / self.geometry.leading + 1e-4
            )
            parts.append(self.slabs[page.low].part(0, end * self.geometry.leading - page.low_height))
        return parts

    def _closing(self, page: Filled, air: float) -> list[Part]:
        """What closes a table that goes on overleaf, *air* lower than its last row was put."""
        after = page.after.at
        last = self.slabs[page.slabs[-1]].repeat if page.slabs else None
        if last is None or after >= self.end or self.slabs[after].repeat is None:
            return []
        return [(last.close, last.left, page.end + air)]

    def _add(self, page: Filled, index: int) -> None:
        slab = self.slabs[index]
        page.tops.append(page.end)
        page.end = self._below(page.end, slab, page.end <= 0)
        page.slabs.append(index)
        page.called += slab.notes

    def _below(self, y: float, slab: Slab, first: bool) -> float:
        """Where the next slab begins when *slab* begins at *y*; *first* at a page's head, or after air only."""
        if first:
            y += (slab.repeat.height if slab.repeat else 0.0) - slab.trim
        y += slab.height
        if slab.snap:
            grid = self.geometry.leading
            y = math.ceil(y / grid - 1e-4) * grid
        return y

    def _foot(self, notes: Sequence[NoteLines]) -> float:
        """Height that *notes* take at the foot, with rule and gap."""
        if not notes:
            return 0.0
        return NOTE_GAP * self.geometry.leading + sum(note.height for note in notes)

    def _divides(self, page: Filled, slab: Slab, end: float, foot: float, room: float) -> bool:
        """May the last note that *slab* calls be divided, so that *slab* stands on the page?

        Only where moving it on would leave a gap.  *end* is where the slab would end, *foot* the height of
        the notes before its own.
        """
        if not slab.notes or room - page.end - foot < _GAPING * self.geometry.leading:
            return False
        *whole, last = (self.notes[name] for name in slab.notes)
        gap = 0.0 if foot else NOTE_GAP * self.geometry.leading
        return end + foot + gap + sum(note.height for note in whole) + last.least <= room

    def _settled(self, page: Filled, at: int, fixed: int, pending: list[int]) -> int:
        """The end of a page that all text before slab *at* fits on: a forced one, which needs no look back.

        But what may not stand last goes overleaf where the figure below it goes.
        """
        if not (pending and page.slabs and self.slabs[page.slabs[-1]].keep):
            return at
        cut = self._cut(page, at, fixed, pending)
        page.forced = cut == at
        return cut

    def _cut(self, page: Filled, at: int, fixed: int, pending: list[int]) -> int:
        """Move a full page's end back to where a page may end; gives the slab that the next one begins with.

        The first *fixed* slabs, floats that waited, stay in any case.
        """
        cut = len(page.slabs)
        while cut > fixed and self.slabs[page.slabs[cut - 1]].keep:
            cut -= 1
        if cut == 0 or cut == len(page.slabs):
            return at
        return self._shorten(page, cut, fixed, pending)

    def _shorten(self, page: Filled, cut: int, fixed: int, pending: list[int]) -> int:
        """End *page* before its slab *cut*; gives that slab, which the next page begins with."""
        at = page.slabs[cut]
        page.end = page.tops[cut]
        del page.slabs[cut:], page.tops[cut:]
        shown = page.slabs if page.low is None else [*page.slabs[:fixed], page.low, *page.slabs[fixed:]]
        page.called = [name for index in shown for name in self.slabs[index].notes]
        pending[:] = [index for index in pending if index < at]
        return at

    def _closed(self, page: Filled, state: State, after: State) -> Filled:
        """The page with its notes; what does not fit of the last one goes on overleaf."""
        notes = [*state.carried, *(self.notes[name] for name in page.called)]
        here, rest = self._split(notes, page)
        used = page.end + page.low_height + self._foot(here)
        page.free = max(0, int((self.geometry.block_height - used) / self.geometry.leading + 0.01))
        page.notes = tuple(here)
        page.after = replace(after, carried=tuple(rest)) if rest else after
        return page

    def _split(
        self, notes: Sequence[NoteLines], page: Filled
    ) -> tuple[Sequence[NoteLines], Sequence[NoteLines]]:
        """The notes that fit on the page and what goes on overleaf (at least two lines on either side)."""
        used = page.end + page.low_height
        room = self.geometry.block_height - used - NOTE_GAP * self.geometry.leading + _SLACK
        here: list[NoteLines] = []
        for number, note in enumerate(notes):
            if note.height <= room:
                here.append(note)
                room -= note.height
                continue
            must = not (here or page.slabs)
            count, used = 0, 0.0
            while count < len(note.slabs) and used + note.slabs[count].height <= room:
                used += note.slabs[count].height
                count += 1
            count = max(count, 1 if must else 0)
            if len(note.slabs) - count == 1:
                count -= 1
            if count < 2 and not must:
                count = 0
            if count > 0:
                here.append(replace(note, slabs=note.slabs[:count]))
            rest = replace(note, slabs=note.slabs[count:])
            return here, [rest, *notes[number + 1 :]] if rest.slabs else list(notes[number + 1 :])
        return here, []
