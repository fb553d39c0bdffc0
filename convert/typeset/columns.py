"""Pages of several columns: bands from the head down, each of columns that are read one after the other, or as
wide as all of them.

Columns before a band that spans them, and at the end of the text, are as long as each other.  Notes stand at
the foot of the column that calls them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from convert.records import dataclass, field
from convert.typeset.fill import Filled, Filler, NoteLines, State
from convert.typeset.frame import Part, Placed
from convert.typeset.geometry import Geometry
from convert.typeset.page import Body, Made, Maker, calling_once
from convert.typeset.slab import Slab

__all__ = ["column_pages"]

LEAST = 3
"""Lines of a column at least; below a title that is what stands on its page."""


def column_pages(
    slabs: Sequence[Slab],
    notes: Mapping[str, NoteLines],
    geometry: Geometry,
    rule: str,
    lift: float = 0.0,
    number: int = 0,
) -> list[Body]:
    """The pages of the running text, as `make_pages` gives them, in the columns of *geometry*."""
    return list(_Columns(calling_once(slabs, notes), notes, geometry, rule, lift).pages(number))


@dataclass(slots=True)
class _Band:
    """A strip of the page: its parts from left to right, each with the maker that made it; what follows."""

    maker: Maker
    parts: list[Made]
    height: float
    after: State
    ends: bool
    """All that it was to hold stands in it."""
    overfull: bool
    wide: bool


@dataclass(slots=True)
class _Sheet:
    """A page in the making."""

    state: State
    bands: list[tuple[float, _Band]] = field(default_factory=list)
    used: float = 0.0
    done: bool = False

    def put(self, band: _Band) -> None:
        """Put *band* below the others."""
        self.bands.append((self.used, band))
        self.used += band.height
        self.state = band.after
        self.done = not band.ends

    def lift(self) -> None:
        """Take the last band off again, with what it holds: the next page begins with it."""
        self.used, band = self.bands.pop()
        self.state, self.done = band.maker.begin, True


@dataclass(slots=True)
class _Columns:
    """Makes pages of bands.  Slabs are spoken of by their index in `slabs`."""

    slabs: list[Slab]
    notes: Mapping[str, NoteLines]
    geometry: Geometry
    rule: str
    lift: float

    def pages(self, number: int) -> list[Body]:
        """All pages, blank ones among them, after *number* others."""
        out: list[Body] = []
        state, chapter = State(), ""
        whole = Filler(self.slabs, self.geometry, self.notes)
        while whole.more(state):
            if self.geometry.facing and (number + len(out)) % 2 and whole.wants_recto(state):
                out.append(Body((), (), chapter=chapter, blank=True))
                continue
            sheet = self._sheet(state)
            body = self._body(sheet, chapter)
            out.append(body)
            state, chapter = sheet.state, body.chapter
        return out

    def _sheet(self, state: State) -> _Sheet:
        """The page that begins at *state*."""
        sheet = _Sheet(state)
        grid = self.geometry.leading
        while not sheet.done and (
            sheet.state.at < len(self.slabs) or sheet.state.carried or sheet.state.waiting
        ):
            if sheet.bands and any(made.page.notes for made in sheet.bands[-1][1].parts):
                # Notes are not followed by text without a line between.
                sheet.used += grid
            at = sheet.state.at
            flows = bool(sheet.state.carried or sheet.state.waiting)
            here = self.slabs[at] if at < len(self.slabs) and not flows else None
            if sheet.bands and here is not None and here.opens:
                break
            lines = int((self.geometry.block_height - sheet.used) / grid + 0.01)
            wide = here is not None and here.spans
            if sheet.bands and lines < (LEAST if wide else 1):
                break
            band = self._wide(sheet.state, lines) if wide else self._columns(sheet.state, lines)
            if sheet.bands and (band.overfull or (len(sheet.bands) > 1 and self._torn(band))):
                self._give_way(sheet)
                break
            sheet.put(band)
        self._give_way(sheet)
        return sheet

    def _torn(self, band: _Band) -> bool:
        """A column ends where none may: there is too little room for what stays together."""
        ending = band.parts[:-1] if band.ends else band.parts
        return any(made.page.slabs and self.slabs[made.page.slabs[-1]].keep for made in ending)

    def _give_way(self, sheet: _Sheet) -> None:
        """A title that would stand last on the page, or with too little below it, goes overleaf."""
        if len(sheet.bands) < 2 or sheet.state.at >= len(self.slabs):
            return
        _, last = sheet.bands[-1]
        if last.wide and self.slabs[sheet.state.at - 1].keep:
            sheet.lift()

    # ------------------------------------------------------------ bands

    def _until(self, at: int, *, spans: bool) -> int:
        """Where the run of slabs from *at* on ends that do or do not span the columns, or at a new page."""
        end = at
        while end < len(self.slabs) and self.slabs[end].spans == spans:
            if end > at and self.slabs[end].opens and any(slab.height for slab in self.slabs[at:end]):
                break
            end += 1
        return end

    def _maker(self, state: State, until: int, lines: int, *, column: bool) -> Maker:
        geometry = self.geometry.part(lines, column=column)
        return Maker(Filler(self.slabs, geometry, self.notes, until), self.lift, state)

    def _wide(self, state: State, lines: int) -> _Band:
        """What spans all columns; the notes that it calls stand in the columns below."""
        maker = self._maker(state, self._until(state.at, spans=True), lines, column=False)
        page = maker.filler.fill(state)
        grid = self.geometry.leading
        height = math.ceil(page.end / grid - 1e-4) * grid
        called = tuple(self.notes[name] for name in page.called)
        page.notes, after = (), State(page.after.at, page.after.waiting, called)
        ends = after.at >= maker.filler.end and not after.waiting
        return _Band(maker, [Made(page)], height, after, ends, _overfull(page, maker), wide=True)

    def _columns(self, state: State, lines: int) -> _Band:
        """Columns *lines* high, or as short as can hold all up to the next band."""
        maker = self._maker(state, self._until(state.at, spans=False), lines, column=True)
        # Paragraphs may be set anew here, and the run become longer or shorter.
        parts = maker.chosen(state, True)
        after = parts[-1].page.after
        if maker.filler.more(after):
            height = self.geometry.leading * lines
            over = any(_overfull(made.page, maker) for made in parts)
            return _Band(maker, parts, height, after, False, over, wide=False)
        return self._balanced(state, maker, lines)

    def _balanced(self, state: State, full: Maker, lines: int) -> _Band:
        """All that *full* holds in columns of the least height."""
        filler, grid = full.filler, self.geometry.leading
        content = sum(self._height(index) for index in range(state.at, filler.end))
        least = max(1, int(content / grid / self.geometry.columns))
        best: tuple[Maker, list[Filled]] | None = None
        for count in range(min(least, lines), lines + 1):
            maker = self._maker(state, filler.end, count, column=True)
            parts = [maker.filler.fill(state)]
            while len(parts) < self.geometry.columns and maker.filler.more(parts[-1].after):
                parts.append(maker.filler.fill(parts[-1].after))
            best = maker, parts
            if not maker.filler.more(parts[-1].after) and not any(_overfull(part, maker) for part in parts):
                break
        assert best is not None  # there is one count at least
        maker, parts = best
        after = parts[-1].after
        over = any(_overfull(part, maker) for part in parts)
        height = maker.filler.geometry.block_height
        return _Band(
            maker,
            [Made(part) for part in parts],
            height,
            after,
            not maker.filler.more(after),
            over,
            wide=False,
        )

    def _height(self, index: int) -> float:
        slab = self.slabs[index]
        return slab.height + sum(self.notes[name].height for name in slab.notes)

    # ------------------------------------------------------------ the page

    def _body(self, sheet: _Sheet, chapter: str) -> Body:
        parts: list[Part] = []
        called: list[str] = []
        opening = counts = overfull = False
        for top, band in sheet.bands:
            for number, made in enumerate(band.parts):
                part = band.maker.body(made, chapter, self.rule)
                parts.append((part.items, number * self.geometry.pitch, top))
                called += part.notes
                opening = opening or (part.opening and top == 0)
                counts, overfull = counts or part.counts, overfull or part.overfull
                chapter = part.chapter
        return Body(Placed(parts), tuple(called), opening, chapter, counts=counts, overfull=overfull)


def _overfull(page: Filled, maker: Maker) -> bool:
    used = page.end + page.low_height + sum(note.height for note in page.notes)
    return used > maker.filler.geometry.block_height + 0.1
