"""Page make-up: pages filled one after the other, the two of a spread ending on the same line (CLREQ 7.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from convert.records import dataclass, replace
from convert.typeset.fill import Filled, Filler, NoteLines, State
from convert.typeset.frame import Item, Part, Placed, Places, Rule, places_of
from convert.typeset.geometry import Geometry
from convert.typeset.slab import Slab

__all__ = ["Body", "Made", "Maker", "NoteLines", "calling_once", "make_pages"]

MOST_SHORT = 3
"""Lines that a page may be ended early by, so that both of a spread end alike."""
BLANK, AIR, UNEVEN, ELASTIC, STUB = 4, 6, 40, 7, 12
"""Costs: of a line left blank on a page, of one more above a heading, of each line by which the pages of a
spread differ, of a paragraph set a line longer or shorter, of a last page with less than `STUB_LINES`."""
STUB_LINES = 3
MOST_UNEVEN = 2
"""Pages of a spread that differ by more lines than this look no worse for it: then both are filled."""
GOOD = 2 * BLANK
"""A spread that costs no more is not worked at: a line blank on either page."""
TRIES = 6
"""Paragraphs of a spread that are set anew at most."""


@dataclass(frozen=True, slots=True)
class Body:
    """What stands in one page's text block: items with (0, 0) at its top left corner.

    `notes` are those called here for the first time in the book, in order: the page numbers its
    marks by them; `opening` says that a chapter begins at its
    head; `chapter` is the chapter, or section, that the running head names; `blank` marks a page left empty so
    that a chapter begins on a recto; `counts` that pages are counted anew from here on.  `known` are its
    anchors and links, where they were looked for before.
    """

    items: Sequence[Item]
    notes: tuple[str, ...]
    opening: bool = False
    chapter: str = ""
    blank: bool = False
    counts: bool = False
    overfull: bool = False
    known: Places | None = None

    @property
    def places(self) -> Places:
        """Its anchors and links."""
        return places_of(self.items) if self.known is None else self.known


@dataclass(slots=True)
class Made:
    """A page as it will be: filled, and which of its slabs take a line more."""

    page: Filled
    airy: Sequence[int] = ()


@dataclass(slots=True)
class _Choice:
    """A page or the two of a spread, and what they cost."""

    cost: float
    pages: list[Made]


@dataclass(slots=True)
class Maker:
    """Chooses where pages end."""

    filler: Filler
    lift: float = 0.0
    begin: State = State()

    def pages(self, number: int) -> Iterator[Made | None]:
        """The pages in order; None for one left blank so that a chapter begins on a recto.

        The first page is a recto when *number* is even.  Slabs after a page may still be exchanged before the
        next is asked for.
        """
        state = self.begin
        facing = self.filler.geometry.facing
        while self.filler.more(state):
            left = facing and number % 2 == 1
            if left and self.filler.wants_recto(state):
                yield None
                number += 1
                continue
            made = self.chosen(state, left)
            yield from made
            state = made[-1].page.after
            number += len(made)

    def chosen(self, state: State, spread: bool) -> list[Made]:
        """The page that begins at *state*, or the two of a *spread*, as even and full as can be had.

        Where that is not good enough, paragraphs that can do with a line more or less are set so.
        """
        best = self._best(state, spread)
        if best.cost <= GOOD or any(made.page.after.waiting for made in best.pages):
            return best.pages
        slabs = self.filler.slabs
        begins = {index for made in best.pages for index in made.page.slabs if slabs[index].elastic}
        # From the last to the first, so that the places of those still to be tried stay.
        for at in sorted(begins, reverse=True)[:TRIES]:
            elastic = slabs[at].elastic
            assert elastic is not None
            for lines in elastic.ways:
                new, old = elastic.set(lines), slabs[at : at + elastic.count]
                if not new:
                    continue
                self._exchange(at, len(old), new)
                choice = self._best(state, spread)
                choice.cost += ELASTIC
                if choice.cost < best.cost:
                    best = choice
                    break
                self._exchange(at, len(new), old)
            if best.cost <= GOOD + ELASTIC:
                break
        return best.pages

    def _exchange(self, at: int, count: int, new: Sequence[Slab]) -> None:
        """Put *new* in the place of *count* slabs from *at* on."""
        self.filler.slabs[at : at + count] = new
        if self.filler.until is not None:
            self.filler.until += len(new) - count

    def _best(self, state: State, spread: bool) -> _Choice:
        """The cheapest ends for the page that begins at *state*, or for the two of a *spread*."""
        if not spread:
            return self._single(state)
        best: _Choice | None = None
        for left in self._ends(state):
            least = self._least(left)
            if best is not None and best.cost <= least:
                break  # the next one is shorter still
            after = left.after
            if not self.filler.more(after) or self.filler.wants_recto(after):
                best = _cheaper(best, _Choice(self._alone(left), [Made(left)]))
                continue
            for right in self._ends(after):
                best = _cheaper(best, self._pair(left, right))
                if best.cost <= least + self._least(right):
                    break
        assert best is not None  # a page has one end at least
        return best

    def _single(self, state: State) -> _Choice:
        """The page that begins at *state*, ended earlier where a stub would be left for the next."""
        page = self.filler.fill(state)
        if not self._leaves_stub(page):
            return _Choice(self._alone(page), [Made(page)])
        ends = self._ends(state)
        return min(
            (_Choice(self._alone(end) + STUB * self._leaves_stub(end), [Made(end)]) for end in ends),
            key=lambda choice: choice.cost,
        )

    def _leaves_stub(self, page: Filled) -> bool:
        """Behind *page* there are fewer than `STUB_LINES` lines up to the end or the next opening."""
        filler, after = self.filler, page.after
        if after.waiting or after.carried:
            return False
        left = 0.0
        for at in range(after.at, filler.end):
            slab = filler.slabs[at]
            if slab.opens:
                break
            left += slab.height
            if left > (STUB_LINES - 0.5) * filler.geometry.leading:
                return False
        return left > 0

    def _ends(self, state: State) -> Iterator[Filled]:
        """The page that begins at *state*, ended as late as possible and then earlier."""
        short = 0
        while short <= MOST_SHORT:
            page = self.filler.fill(state, short)
            yield page
            if page.forced or page.free < short:
                return
            short = page.free + 1

    def _least(self, page: Filled) -> float:
        """What *page* costs at least, beside any other, and each shorter one too; 0 where a float may move."""
        if page.forced or page.low is not None or any(self.filler.slabs[at].floats for at in page.slabs):
            return 0.0
        return float(BLANK // 2 * page.free)

    def _alone(self, page: Filled) -> float:
        """What a page costs that no other has to match."""
        if not page.forced:
            return float(BLANK * page.free)
        first = self.filler.slabs[page.slabs[0]] if page.slabs else None
        stub = page.end < STUB_LINES * self.filler.geometry.leading and first is not None and not first.opens
        return float(STUB) if stub else 0.0

    def _pair(self, left: Filled, right: Filled) -> _Choice:
        """The two pages of a spread; lines above headings and round figures even them out."""
        if left.forced or right.forced:
            # A chapter's last page ends where it ends.
            return _Choice(self._alone(left) + self._alone(right), [Made(left), Made(right)])
        gives_left, gives_right = self._gives(left), self._gives(right)
        best: tuple[int, int, int] | None = None
        for one in range(min(left.bottom, len(gives_left)) + 1):
            for other in range(min(right.bottom, len(gives_right)) + 1):
                blank = left.bottom - one, right.bottom - other
                uneven = min(abs(blank[0] - blank[1]), MOST_UNEVEN)
                cost = BLANK * sum(blank) + UNEVEN * uneven + AIR * (one + other)
                if best is None or cost < best[0]:
                    best = cost, one, other
        assert best is not None  # nought and nought is tried
        inner = BLANK // 2 * (left.free - left.bottom + right.free - right.bottom)
        cost, one, other = best
        inner += STUB * self._leaves_stub(right)
        return _Choice(cost + inner, [Made(left, gives_left[:one]), Made(right, gives_right[:other])])

    def _gives(self, page: Filled) -> list[int]:
        """The slabs of a page, by their place on it, that may take a line more: figures before headings."""
        slabs = [self.filler.slabs[index] for index in page.slabs]
        found = [at for at, slab in enumerate(slabs) if at and slab.gives]
        return sorted(found, key=lambda at: (not slabs[at].floats, at))

    # ---------------------------------------------------------------- painting

    def body(self, made: Made, chapter: str, rule: str) -> Body:
        """The page's items: slabs from the head, notes from the foot."""
        page, geometry = made.page, self.filler.geometry
        parts = self.filler.parts(page, made.airy)
        opening = counts = False
        for index, y in zip(page.slabs, page.tops, strict=True):
            slab = self.filler.slabs[index]
            named = slab.section or slab.chapter
            opening = opening or (y == 0 and bool(named))
            counts = counts or slab.counts
            chapter = named or chapter
        parts += self._notes(page, rule)
        used = page.end + page.low_height + len(made.airy) * geometry.leading
        overfull = used > geometry.block_height + 0.1
        return Body(Placed(parts), tuple(page.called), opening, chapter, counts=counts, overfull=overfull)

    def _notes(self, page: Filled, rule: str) -> list[Part]:
        """The notes of a page, the last line on the baseline of the text's own last line."""
        if not page.notes:
            return []
        geometry = self.filler.geometry
        foot = geometry.block_height - sum(note.height for note in page.notes) - self.lift
        line = Rule(0, foot - 0.25 * geometry.leading, geometry.measure / 4, 0.35, rule)
        parts: list[Part] = [((line,), 0.0, 0.0)]
        for note in page.notes:
            for slab in note.slabs:
                parts.append(slab.part(0, foot))
                foot += slab.height
        return parts


def _cheaper(best: _Choice | None, choice: _Choice) -> _Choice:
    """*choice*, if it is cheaper than the *best* so far."""
    return choice if best is None or choice.cost < best.cost else best


def make_pages(
    slabs: Sequence[Slab],
    notes: Mapping[str, NoteLines],
    geometry: Geometry,
    rule: str,
    lift: float = 0.0,
    number: int = 0,
) -> list[Body]:
    """The pages of the running text, first to last; *number* of them stand before it.

    A page ends where the next slab, with the notes it calls, no longer fits, moved back to where a
    page may end.  *notes* holds every note set in lines; *rule* is the colour of the note rule; *lift* is by
    how much notes stand above the foot of the text block, so that their last line is on the grid.
    """
    maker = Maker(Filler(calling_once(slabs, notes), geometry, notes), lift)
    out: list[Body] = []
    chapter = ""
    for made in maker.pages(number):
        if made is None:
            out.append(Body((), (), chapter=chapter, blank=True))
            continue
        body = maker.body(made, chapter, rule)
        chapter = body.chapter
        out.append(body)
    return out


def calling_once(slabs: Sequence[Slab], notes: Mapping[str, NoteLines]) -> list[Slab]:
    """*slabs*, each note called only by the first that calls it."""
    out = list(slabs)
    seen: set[str] = set()
    for index, slab in enumerate(slabs):
        if slab.notes:
            fresh = tuple(n for n in dict.fromkeys(slab.notes) if n in notes and n not in seen)
            seen.update(fresh)
            out[index] = replace(slab, notes=fresh)
    return out
