"""Page make-up: slabs stacked on pages, notes at the foot, nothing stranded (layout rules of CLREQ 7.1)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from convert.typeset.frame import Item, Rule
from convert.typeset.geometry import Geometry
from convert.typeset.slab import Slab

__all__ = ["Body", "NoteLines", "make_pages"]

NOTE_GAP = 0.6
"""Space above the note rule, in leadings."""


@dataclass(frozen=True, slots=True)
class NoteLines:
    """A note set in lines: a slab each."""

    id: str
    slabs: tuple[Slab, ...]

    @property
    def height(self) -> float:
        """Height of all lines."""
        return sum(slab.height for slab in self.slabs)


@dataclass(frozen=True, slots=True)
class Body:
    """What stands in one page's text block: items with (0, 0) at its top left corner.

    `notes` are those called here for the first time in the book, in order: the page numbers its
    marks by them; `opening` says that a chapter begins at its
    head; `chapter` is the chapter that the running head names; `blank` marks a page left empty so
    that a chapter begins on a recto.
    """

    items: tuple[Item, ...]
    notes: tuple[str, ...]
    opening: bool = False
    chapter: str = ""
    blank: bool = False
    overfull: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """Where filling stands: next slab, floats and note lines that wait, floats already set aside."""

    at: int = 0
    waiting: tuple[int, ...] = ()
    carried: tuple[NoteLines, ...] = ()
    floated: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Filled:
    """One page: its slabs by index, its notes, whether it was ended by force, lines left free, what follows."""

    slabs: tuple[int, ...]
    notes: tuple[NoteLines, ...]
    forced: bool
    free: int
    after: _State


@dataclass(slots=True)
class _Maker:
    """Fills pages.  Slabs are spoken of by their index in `slabs`; `calls` are the notes each calls first."""

    slabs: Sequence[Slab]
    geometry: Geometry
    notes: Mapping[str, NoteLines]
    rule: str
    calls: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for index, slab in enumerate(self.slabs):
            fresh = tuple(n for n in dict.fromkeys(slab.notes) if n in self.notes and n not in seen)
            if fresh:
                self.calls[index] = fresh
                seen.update(fresh)

    # ---------------------------------------------------------------- measuring

    def height(self, slabs: Sequence[Slab]) -> float:
        """Height of *slabs* stacked from a page's head."""
        y = 0.0
        for number, slab in enumerate(slabs):
            y = self.below(y, slab, number == 0)
        return y

    def below(self, y: float, slab: Slab, first: bool) -> float:
        """Where the next slab begins when *slab* begins at *y*."""
        if first:
            y += (slab.repeat.height if slab.repeat else 0.0) - slab.trim
        y += slab.height
        if slab.snap:
            grid = self.geometry.leading
            y = math.ceil(y / grid - 1e-4) * grid
        return y

    def area(self, notes: Sequence[NoteLines]) -> float:
        """Height that *notes* take at the foot, with rule and gap."""
        if not notes:
            return 0.0
        return NOTE_GAP * self.geometry.leading + sum(note.height for note in notes)

    def fresh(self, page: Sequence[int]) -> list[str]:
        """The notes that the slabs of a page call for the first time in the book."""
        return [note for index in page for note in self.calls.get(index, ())]

    # ---------------------------------------------------------------- filling

    def pages(self) -> Iterator[_Filled | None]:
        """The pages in order; None for one left blank so that a chapter begins on a recto.

        The first page is a recto.  With facing pages the two of a spread end on the same line
        where that can be had by leaving a line of either free (CLREQ 7.1.2).
        """
        state, number = _State(), 0
        while self._more(state):
            if self.geometry.facing and number % 2 and self._wants_recto(state):
                yield None
                number += 1
                continue
            left = self.geometry.facing and number % 2
            spread = self._spread(state) if left else [self._fill(state)]
            yield from spread
            state = spread[-1].after
            number += len(spread)

    def _more(self, state: _State) -> bool:
        return state.at < len(self.slabs) or bool(state.waiting or state.carried)

    def _wants_recto(self, state: _State) -> bool:
        if state.waiting or state.carried:
            return False
        at = state.at
        while at < len(self.slabs) and not self.slabs[at].height and self.slabs[at].opens == "page":
            at += 1
        return at < len(self.slabs) and self.slabs[at].opens == "recto"

    def _spread(self, state: _State) -> list[_Filled]:
        """A left-hand page and the right-hand one after it, ending on the same line where they can."""
        best: tuple[int, list[_Filled]] | None = None
        for short in (0, 1, 2):
            left = self._fill(state, short)
            if left.forced or not self._more(left.after) or self._wants_recto(left.after):
                return best[1] if best else [left]
            for less in (0, 1, 2):
                right = self._fill(left.after, less)
                both = [left, right]
                if right.forced:
                    cost = left.free
                else:
                    cost = left.free + right.free + 10 * abs(left.free - right.free)
                if best is None or cost < best[0]:
                    best = (cost, both)
                if right.forced or cost == 0:
                    break
            if best is not None and best[0] == 0:
                break
        return best[1] if best else []

    def _fill(self, state: _State, short: int = 0) -> _Filled:
        """The page that begins at *state*, with *short* lines less room than the text block has."""
        page = list(state.waiting)
        pending: list[int] = []
        floated = set(state.floated)
        at = state.at
        y = self.height([self.slabs[index] for index in page])
        called = self.fresh(page)
        room = self.geometry.block_height - short * self.geometry.leading + 0.05
        forced = True
        while at < len(self.slabs):
            slab = self.slabs[at]
            if at in floated:
                at += 1
                continue
            if slab.opens and any(self.slabs[index].height for index in page):
                break  # a forced page end needs no look back
            new = self.below(y, slab, not page)
            foot = self.area([*state.carried, *(self.notes[n] for n in (*called, *self.calls.get(at, ())))])
            if page and new + foot > room:
                if slab.floats and not pending and slab.height <= room:
                    pending.append(at)
                    floated.add(at)
                    at += 1
                    continue
                forced = False
                cut = self._cut(page, len(state.waiting))
                if cut < len(page):
                    at = page[cut]
                    floated -= {index for index in pending if index > at}
                    pending = [index for index in pending if index < at]
                    del page[cut:]
                break
            page.append(at)
            called += self.calls.get(at, ())
            y = new
            at += 1
        return self._filled(
            page, state, forced, _State(at, tuple(pending), (), frozenset(i for i in floated if i >= at))
        )

    def _cut(self, page: Sequence[int], fixed: int) -> int:
        """How many slabs of a full page may stay; the first *fixed* stay in any case."""
        cut = len(page)
        while cut > fixed and self.slabs[page[cut - 1]].keep:
            cut -= 1
        return len(page) if cut == fixed else cut

    def _filled(self, page: list[int], state: _State, forced: bool, after: _State) -> _Filled:
        """The page with its notes; what does not fit of the last one goes on overleaf."""
        slabs = [self.slabs[index] for index in page]
        notes = [*state.carried, *(self.notes[name] for name in self.fresh(page))]
        here, rest = self._split(notes, slabs)
        used = self.height(slabs) + self.area(here)
        free = int((self.geometry.block_height - used) / self.geometry.leading + 0.01)
        return _Filled(tuple(page), tuple(here), forced, max(0, free), replace(after, carried=tuple(rest)))

    def _split(
        self, notes: list[NoteLines], slabs: Sequence[Slab]
    ) -> tuple[list[NoteLines], list[NoteLines]]:
        """The notes that fit on the page and what goes on overleaf (at least two lines on either side)."""
        room = self.geometry.block_height - self.height(slabs) - NOTE_GAP * self.geometry.leading
        here: list[NoteLines] = []
        for number, note in enumerate(notes):
            if note.height <= room + 0.05:
                here.append(note)
                room -= note.height
                continue
            count = 0
            used = 0.0
            for slab in note.slabs:
                if used + slab.height > room + 0.05:
                    break
                used += slab.height
                count += 1
            count = max(count, 0 if (here or slabs) else 1)
            if len(note.slabs) - count == 1:
                count -= 1
            if count < 2 and (here or slabs):
                count = 0
            if count > 0:
                here.append(replace(note, slabs=note.slabs[:count]))
            rest = replace(note, slabs=note.slabs[count:])
            return here, [rest, *notes[number + 1 :]] if rest.slabs else list(notes[number + 1 :])
        return here, []

    # ---------------------------------------------------------------- painting

    def body(self, page: _Filled, chapter: str) -> Body:
        """The page's items: slabs from the head, notes from the foot."""
        items: list[Item] = []
        y = 0.0
        opening = False
        slabs, notes = [self.slabs[index] for index in page.slabs], page.notes
        for number, slab in enumerate(slabs):
            top = y
            if number == 0:
                if slab.repeat:
                    items += slab.repeat.placed(0, y)
                    top += slab.repeat.height
                top -= slab.trim
            items += slab.placed(0, top)
            opening = opening or (y == 0 and bool(slab.opens and slab.chapter))
            chapter = slab.chapter or chapter
            y = self.below(y, slab, number == 0)
        room = self.geometry.block_height
        if notes:
            foot = room - sum(note.height for note in notes)
            items.append(
                Rule(0, foot - 0.25 * self.geometry.leading, self.geometry.measure / 4, 0.35, self.rule)
            )
            for note in notes:
                for slab in note.slabs:
                    items += slab.placed(0, foot)
                    foot += slab.height
        calls = tuple(self.fresh(page.slabs))
        return Body(tuple(items), calls, opening, chapter, overfull=y > room + 0.1)


def make_pages(
    slabs: Sequence[Slab], notes: Mapping[str, NoteLines], geometry: Geometry, rule: str
) -> list[Body]:
    """The pages of the running text, first to last.

    A page ends where the next slab, with the notes it calls, no longer fits, moved back to where a
    page may end.  *notes* holds every note set in lines; *rule* is the colour of the note rule.
    """
    maker = _Maker(slabs, geometry, notes, rule)
    out: list[Body] = []
    chapter = ""
    for page in maker.pages():
        if page is None:
            out.append(Body((), (), chapter=chapter, blank=True))
            continue
        body = maker.body(page, chapter)
        chapter = body.chapter
        out.append(body)
    return out
