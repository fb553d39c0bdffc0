"""Page make-up: slabs stacked on pages, notes at the foot, nothing stranded (layout rules of CLREQ 7.1)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from convert.typeset.frame import Item, Rule, shift
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


@dataclass(slots=True)
class _Maker:
    """Fills pages.  Slabs are spoken of by their index in `slabs`.

    `floated` are slabs already set aside for the head of a later page; `done` are notes already shown.
    """

    slabs: Sequence[Slab]
    geometry: Geometry
    notes: Mapping[str, NoteLines]
    rule: str
    floated: set[int] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)

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

    def noted(self, slabs: Sequence[Slab]) -> list[NoteLines]:
        """The notes of *slabs*, each once."""
        seen = dict.fromkeys(note for slab in slabs for note in slab.notes)
        return [self.notes[note] for note in seen if note in self.notes]

    # ---------------------------------------------------------------- filling

    def pages(self) -> Iterator[tuple[list[Slab], list[NoteLines]]]:
        """The slabs of each page and the notes that stand on it (the last may go on overleaf)."""
        at = 0
        pending: list[int] = []
        carried: list[NoteLines] = []
        while at < len(self.slabs) or pending or carried:
            page, at, pending = self._fill(at, pending, carried)
            slabs = [self.slabs[index] for index in page]
            fresh = [note for note in self.noted(slabs) if note.id not in self.done]
            self.done.update(note.id for note in fresh)
            here, carried = self._split([*carried, *fresh], slabs)
            yield slabs, here

    def _fill(
        self, at: int, waiting: list[int], carried: list[NoteLines]
    ) -> tuple[list[int], int, list[int]]:
        """The indexes on one page, where to go on, and the floats that wait for the next page.

        The page begins with the *waiting* floats, and *carried* notes take their room at the foot.
        """
        page = list(waiting)
        pending: list[int] = []
        y = self.height([self.slabs[index] for index in page])
        calls = self._calls(page)
        room = self.geometry.block_height + 0.05
        while at < len(self.slabs):
            slab = self.slabs[at]
            if at in self.floated:
                at += 1
                continue
            if slab.opens and any(self.slabs[index].height for index in page):
                return page, at, pending  # a forced page end needs no look back
            new = self.below(y, slab, not page)
            added = [note for note in slab.notes if note not in self.done]
            foot = self.area(
                [*carried, *(self.notes[n] for n in dict.fromkeys([*calls, *added]) if n in self.notes)]
            )
            if page and new + foot > room:
                if slab.floats and not pending and slab.height <= room:
                    pending.append(at)
                    self.floated.add(at)
                    at += 1
                    continue
                return self._end(page, len(waiting), at, pending)
            page.append(at)
            calls += added
            y = new
            at += 1
        return page, at, pending

    def _calls(self, page: Sequence[int]) -> list[str]:
        """Notes called on the page that were not shown before."""
        return [note for index in page for note in self.slabs[index].notes if note not in self.done]

    def _end(
        self, page: list[int], fixed: int, at: int, pending: list[int]
    ) -> tuple[list[int], int, list[int]]:
        """End a full page at its last permitted place; the first *fixed* entries stay in any case."""
        cut = len(page)
        while cut > fixed and self.slabs[page[cut - 1]].keep:
            cut -= 1
        if cut in (fixed, len(page)):
            return page, at, pending  # it may end here, or nowhere: then it ends where it is full
        resume = page[cut]
        for index in [index for index in pending if index > resume]:
            pending.remove(index)
            self.floated.discard(index)
        return page[:cut], resume, pending

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

    def body(self, slabs: Sequence[Slab], notes: list[NoteLines], chapter: str) -> Body:
        """The page's items: slabs from the head, notes from the foot."""
        items: list[Item] = []
        y = 0.0
        opening = False
        for number, slab in enumerate(slabs):
            top = y
            if number == 0:
                if slab.repeat:
                    items += [shift(item, 0, y) for item in slab.repeat.items]
                    top += slab.repeat.height
                top -= slab.trim
            items += [shift(item, 0, top) for item in slab.items]
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
                    items += [shift(item, 0, foot) for item in slab.items]
                    foot += slab.height
        return Body(tuple(items), self._first_calls(slabs), opening, chapter, overfull=y > room + 0.1)

    def _first_calls(self, slabs: Sequence[Slab]) -> tuple[str, ...]:
        """The notes of *slabs* that no page before called."""
        fresh = tuple(note.id for note in self.noted(slabs) if note.id not in self.called)
        self.called.update(fresh)
        return fresh


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
    for page, here in maker.pages():
        recto = any(slab.opens == "recto" for slab in page)
        if recto and geometry.facing and len(out) % 2:
            out.append(Body((), (), chapter=chapter, blank=True))
        body = maker.body(page, here, chapter)
        chapter = body.chapter
        out.append(body)
    return out
