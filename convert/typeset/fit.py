"""How a line closes: what its gaps give or take in their order, and what that costs (reference layout.md 5.2).

All lengths are in em of the paragraph.  Adjustabilities come as prefix sums, so that a line costs the
same to judge however long it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from convert.records import dataclass
from convert.typeset.adjust import Gap

__all__ = [
    "ELASTIC",
    "EPS",
    "LOOSE",
    "NORMAL",
    "OPEN_COMFORT",
    "OPEN_COST",
    "OPEN_HARD",
    "OPEN_POWER",
    "SCALE",
    "STEPS",
    "TOO_LONG",
    "Fit",
    "Ladder",
    "Pass",
    "Step",
    "close",
    "elasticity",
    "gap_width",
    "lacking",
    "stretch",
    "told",
]

STEPS = 6
"""Shrink steps S1 to S6."""
EPS = 1e-6
OPEN_COMFORT = 0.125
OPEN_HARD = 0.25
"""What an open gap takes in comfort, and at most."""
OPEN_COST, OPEN_POWER = 2000.0, 1.6
"""Cost of open gaps that take all they may in comfort, and how it grows.  Reference layout.md 5.2 has 1000 and 2.2:
too cheap for small gaps, which a page has most of."""
SCALE = 0.02
"""Latin letters may be set so much wider or narrower where else a line stays short: an address fills lines that
have no gap to open.  It is less than the eye sees, and Han are never scaled."""

NORMAL, LOOSE, TOO_LONG, ELASTIC = 0, 1, 2, 3
"""How a line closes: within the limits; it stays short; it sticks out; its letters are scaled."""


class Step(NamedTuple):
    """A shrink step: sums, over the gaps before odd cells, of what those of the step can give."""

    number: int
    sums: list[float]


@dataclass(slots=True)
class Ladder:
    """Where the lines of one paragraph may end, by cell, in em of the natural setting.

    A line that ends before cell p ends at `ends[p]`, and is `more[p]` wider there (a hyphen, kerning that ends; less
    where ruby had opened the text, at most `shed`); the
    next one begins `gaps[p]` further on, if that is given.  `ranks`, `penalties` and `kinds` say from which pass on a line may end
    there and at what cost; `hangs[p]` of its last mark may stand outside the measure.  `far[p]` has a cell and
    what a line that begins behind that cell pays besides.  The last of all is the paragraph's end.

    Gaps that are not merely open stand before the `odd` cells of the paragraph; `marks[p]` counts those before
    cell p.  Sums over the first so many of them: `comfort` and `tight` what all shrink steps can give, and
    the total as a seventh; `words` and `letters` what T1 and T2 can take; `opens` the open gaps less all gaps; of
    those that are autospace `most` what they may take in T3, and `limited` their number; `latin` the width of
    what is proportional.  `waste` is the most that a gap which falls away at a line end is wider than what it could have given.  `counted`
    tells how many Han and words there are from a cell on, up to three.
    """

    ends: list[float]
    gaps: dict[int, float]
    ranks: list[int]
    penalties: list[float]
    kinds: list[int]
    more: dict[int, float]
    shed: float
    hangs: dict[int, float]
    far: dict[int, tuple[int, float]]
    marks: list[int]
    comfort: list[float]
    tight: list[float]
    steps: tuple[Step, ...]
    tight_steps: Callable[[], tuple[Step, ...]]
    words: list[float]
    letters: list[float]
    opens: list[int]
    most: list[float]
    limited: list[int]
    latin: list[float]
    waste: float
    counted: Callable[[int], int]

    def start(self, p: int) -> float:
        """Where a line that begins with cell *p* begins."""
        return self.ends[p] + self.gaps.get(p, 0.0)

    @property
    def last(self) -> int:
        """The paragraph's end as a cell."""
        return len(self.ends) - 1


class Fit(NamedTuple):
    """One chosen line: from cell `first` to before cell `last`, and how it closes.

    `shrink` has the share of each step that is used, of its tight room when `tight` is set; `words` and
    `letters` the share of T1 and T2, `wide` that of what T2 has beyond comfort; `open` the em that each open
    gap takes; `scale` how much wider (or narrower, when negative) letters are set.  `ragged` lines keep their
    natural width; `over` lines stick out; `hang` em of the last mark stand outside the measure.
    """

    first: int
    last: int
    tight: bool = False
    shrink: tuple[float, ...] = ()
    words: float = 0.0
    letters: float = 0.0
    wide: float = 0.0
    open: float = 0.0
    scale: float = 0.0
    ragged: bool = False
    over: bool = False
    hang: float = 0.0
    cost: float = 0.0
    final: bool = False


_PLAIN = (False, (), 0.0, 0.0, 0.0, 0.0, 0.0, False, False, 0.0)
"""A line that closes by itself, from `tight` to `hang`."""
_made = tuple.__new__
"""Makes a `Fit` in a quarter of the time that the class itself needs: most of what there is to closing a line."""


class Pass(NamedTuple):
    """What a pass of the search allows: breaks up to a rank, tight marks, so much per open gap, scaled letters,
    lines that stay short; and what its worst line may cost for it to be content."""

    rank: int
    tight: bool
    limit: float
    elastic: bool
    ragged: bool
    content: float


def elasticity(ladder: Ladder, k: int, j: int) -> float:
    """How much wider or narrower the letters of a line can be set in all."""
    return SCALE * (ladder.latin[ladder.marks[j]] - ladder.latin[ladder.marks[k]])


def _scaled(ladder: Ladder, k: int, j: int, delta: float) -> float:
    """The part of *delta* that the letters of a line take over."""
    most = elasticity(ladder, k, j)
    return max(-most, min(most, delta))


def _shares(ladder: Ladder, k: int, j: int, need: float, tight: bool) -> tuple[float, ...]:
    """How much of its room each step gives: of its tight room when *tight* is set."""
    p, q = ladder.marks[k + 1], ladder.marks[j]
    shares, used = [0.0] * STEPS, {}
    for number, sums in ladder.steps:
        room = sums[q] - sums[p]
        if room > EPS:
            more = need if need < room else room
            need -= more
            used[number] = more
            shares[number - 1] = more / room
    if tight:
        for number, sums in ladder.tight_steps():
            room = sums[q] - sums[p]
            if room > EPS:
                given = used.get(number, 0.0)
                if need and room > given:
                    more = min(need, room - given)
                    need -= more
                    given += more
                shares[number - 1] = given / room
    return tuple(shares)


def stretch(ladder: Ladder, k: int, j: int, delta: float) -> tuple[float, float, float, float]:
    """Shares of T1, of T2 in comfort and beyond, and the em for each open gap; infinite where none can take it."""
    a, b = ladder.marks[k + 1], ladder.marks[j]
    shares = [0.0, 0.0, 0.0]
    count = j - k - 1
    if a != b:
        for number, sums in enumerate((ladder.words, ladder.letters, ladder.most)):
            room = sums[b] - sums[a]
            if room > EPS:
                shares[number] = min(delta / room, 1.0)
                delta -= shares[number] * room
                if delta <= EPS:
                    break
        count += ladder.opens[b] - ladder.opens[a] - (ladder.limited[b] - ladder.limited[a])
    words, letters, wide = shares
    return words, letters, wide, 0.0 if delta <= EPS else delta / count if count else float("inf")


def lacking(ladder: Ladder, fit: Fit, length: float) -> float:
    """What each open gap of a line that stays short would have to take, all else done, to make it *length* em wide;
    infinite where no gap is open."""
    k, j = fit.first, fit.last
    delta = length - (ladder.ends[j] - ladder.start(k)) - ladder.more.get(j, 0.0) - elasticity(ladder, k, j)
    return stretch(ladder, k, j, delta)[3]


def close(ladder: Ladder, k: int, j: int, length: float, passing: Pass, how: int, cost: float) -> Fit:
    """The chosen line with the shares of each step."""
    final = j == ladder.last
    if how in (LOOSE, TOO_LONG):
        return Fit(k, j, ragged=True, over=how == TOO_LONG, cost=cost, final=final)
    delta = length - (ladder.ends[j] - ladder.start(k)) - ladder.more.get(j, 0.0)
    if -EPS <= delta <= EPS:
        return _made(Fit, (k, j, *_PLAIN, cost, final))
    if how == ELASTIC:
        scaled = _scaled(ladder, k, j, delta)
        scale = scaled * SCALE / elasticity(ladder, k, j)
        return _closed(ladder, k, j, delta - scaled, passing, cost)._replace(scale=scale)
    return _closed(ladder, k, j, delta, passing, cost)


def _closed(ladder: Ladder, k: int, j: int, delta: float, passing: Pass, cost: float) -> Fit:
    """The line that is *delta* em too short, with the shares of each step."""
    final = j == ladder.last
    hang, most = 0.0, ladder.hangs.get(j, 0.0)
    if delta < -EPS and most and delta + most >= -EPS:
        delta, hang = delta + most, most
    if delta < -EPS:
        shares = _shares(ladder, k, j, -delta, passing.tight)
        return _made(Fit, (k, j, passing.tight, shares, *_PLAIN[2:], cost, final))
    if delta <= EPS or (final and not hang):
        return Fit(k, j, hang=hang, cost=cost, final=final)
    words, letters, wide, opened = stretch(ladder, k, j, delta)
    return Fit(k, j, words=words, letters=letters, wide=wide, open=opened, hang=hang, cost=cost, final=final)


def gap_width(gap: Gap, scale: float, fit: Fit, em: float) -> float:
    """The width in points that *gap* takes in a line that closes as *fit* says."""
    natural, step, comfort, tight, words, letters, opened, most, _ = gap
    width = natural * scale
    if fit.ragged:
        return width
    if fit.shrink:
        if step:
            width -= fit.shrink[step - 1] * (tight if fit.tight else comfort) * scale
        return width
    if words:
        width += fit.words * words * scale
    if letters:
        width += fit.letters * letters * scale
    if most:
        width += fit.wide * most * scale
    elif opened:
        width += fit.open * em
    return width


def told(fit: Fit) -> str:
    """How a line closes, in the words of CLREQ's steps: ``S3 64%`` gave so much of what it may, ``T1 50%`` took
    so much, ``T3 +94`` opened each gap by thousandths of an em; '' for a line that closes by itself."""
    parts = ["sticks out" if fit.over else "short"] if fit.ragged and not fit.final else []
    parts += [f"S{n} {share:.0%}" for n, share in enumerate(fit.shrink, 1) if share]
    if fit.words:
        parts.append(f"T1 {fit.words:.0%}")
    if fit.letters:
        parts.append(f"T2 {(fit.letters + 2 * fit.wide) / 3:.0%}")
    if fit.open:
        parts.append(f"T3 {1000 * fit.open:+.0f}")
    if fit.scale:
        parts.append(f"letters {100 * fit.scale:+.1f}%")
    if fit.hang:
        parts.append("hangs")
    return " ".join(parts)
