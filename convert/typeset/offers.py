"""The lines with which a paragraph may go on from a cell, and what each costs (reference layout.md 5.2)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from convert.typeset.fit import (
    ELASTIC,
    EPS,
    LOOSE,
    NORMAL,
    OPEN_COMFORT,
    OPEN_COST,
    OPEN_POWER,
    SCALE,
    TOO_LONG,
    Ladder,
    Pass,
    stretch,
)
from convert.typeset.opportunities import NEVER

__all__ = ["Candidate", "offers"]

_WEIGHTS = (3.0, 4.0, 4.0, 8.0, 30.0, 40.0)
_TIGHT_COST = 90.0
"""Cost of marks and spaces that give all they can, beyond comfort: seen as much as a stretch of 0.018 em."""
_SCALE_COST = 60.0
"""Cost of letters that are set as wide or as narrow as they may be."""
_WIDE_COST = 80.0
"""Cost of autospace at its hard limit of half an em."""
_NEARLY_FULL = 30.0
_RAGGED = 30000.0
_OVER = 1e6

Candidate = tuple[int, float, float, int]
"""The cell before which a line ends, cost, stretch of an open gap, and how the line closes."""
Price = tuple[float, float]
"""What a line costs, and what each open gap takes."""
Offer = Callable[[int, int, float, list[Candidate]], bool]
Shrink = Callable[[int, int, float], float | None]
"""What a line costs that is so much too long, from the marks before it and up to its end; None where it cannot be."""


def offers(ladder: Ladder, passing: Pass) -> Callable[[int, float, float], list[Candidate]]:
    """What gives each line that a pass allows from a cell on, so many em long, its gaps opened by so much at most.

    Only the window of ends that such a line can reach is looked at.
    """
    ends, ranks, marks, last = ladder.ends, ladder.ranks, ladder.marks, ladder.last
    gaps, more, hangs, shed = ladder.gaps, ladder.more, ladder.hangs, ladder.shed
    room = ladder.tight if passing.tight else ladder.comfort
    latin, elastic = ladder.latin, passing.elastic and ladder.latin[-1] > 0.0
    ragged, rank_limit = passing.ragged, passing.rank
    shrink, reach = _shrinking(ladder, passing.tight), _reaching(ladder, elastic)
    offer = _offering(ladder, passing, elastic, shrink)
    softest = ladder.words[-1] + ladder.letters[-1] + ladder.most[-1] + 2 * EPS
    if elastic:
        softest += SCALE * latin[-1]

    def window(k: int, length: float, opening: float) -> list[Candidate]:
        limit = ends[k] + gaps.get(k, 0.0) + length
        middle = bisect_left(ends, limit - EPS, k + 1, last)
        out: list[Candidate] = []
        p = marks[k + 1]
        before, wide = room[p] - shed - EPS, 0.0
        for j in range(middle, last + 1):
            rank = ranks[j]
            if rank == NEVER:
                continue
            delta, q = limit - ends[j], marks[j]
            give = room[q] - before
            if elastic:
                wide = SCALE * (latin[q] - latin[marks[k]])
                give += wide
            if hangs:
                give += hangs.get(j, 0.0)
            if delta + give < 0.0:
                break
            if rank <= rank_limit:
                if more:
                    delta -= more.get(j, 0.0)
                if -EPS < delta < EPS:
                    out.append((j, 0.0, 0.0, NORMAL))
                elif delta > 0.0 or wide or hangs:
                    offer(k, j, delta, out)
                elif (cost := shrink(p, q, -delta)) is not None:
                    out.append((j, cost, 0.0, NORMAL))
        # Nothing of the paragraph between the two reaches so far: most lines need not be asked for their own.
        if middle > k + 1 and not ragged and limit - ends[middle - 1] > opening * (middle - k) + softest:
            return out
        most = reach(k, middle, opening)
        if ragged:
            _stay_short(ladder, rank_limit, offer, k, limit, middle, most, out)
            return out
        for j in range(middle - 1, k, -1):
            slack = limit - ends[j]
            if slack > most:
                break
            if ranks[j] <= rank_limit:
                offer(k, j, slack - more.get(j, 0.0), out)
        return out

    return window


def _stay_short(
    ladder: Ladder,
    rank: int,
    offer: Offer,
    k: int,
    limit: float,
    middle: int,
    most: float,
    out: list[Candidate],
) -> None:
    """Add to *out* the ends before *middle* up to which a line from *k* can be stretched, by *most* em, or one that
    leaves it short of *limit*; where there is none either, one with which it sticks out."""
    closed = False
    for j in range(middle - 1, k, -1):
        slack = limit - ladder.ends[j]
        if closed and slack > most:
            break
        if ladder.ranks[j] > rank:
            continue
        hyphen = ladder.more.get(j, 0.0)
        if offer(k, j, slack - hyphen, out):
            closed = True
        elif not closed and slack >= hyphen - EPS:
            closed = True
            out.append((j, _RAGGED * (1.0 + slack), 0.0, LOOSE))
    if not out:
        last = ladder.last
        j = next((j for j in range(k + 1, last) if ladder.ranks[j] <= rank), last)
        out.append((j, _OVER, 0.0, TOO_LONG))


def _reaching(ladder: Ladder, elastic: bool) -> Callable[[int, int, float], float]:
    """What gives the most that a line from a cell to another can be stretched by, its gaps opened by so much."""
    words, letters, most = ladder.words, ladder.letters, ladder.most
    opens, limited, latin, marks = ladder.opens, ladder.limited, ladder.latin, ladder.marks

    def reach(k: int, j: int, opening: float) -> float:
        a, b = marks[k + 1], marks[j]
        opened = opening * (j - k - 1 + opens[b] - opens[a] - (limited[b] - limited[a]))
        scaled = SCALE * (latin[b] - latin[marks[k]]) if elastic else 0.0
        return words[b] - words[a] + letters[b] - letters[a] + most[b] - most[a] + opened + scaled + EPS

    return reach


def _offering(ladder: Ladder, passing: Pass, elastic: bool, shrink: Shrink) -> Offer:
    """What adds a line to others if it can be closed, and says whether it can."""
    hangs, marks, last, latin, opening = ladder.hangs, ladder.marks, ladder.last, ladder.latin, passing.limit

    def price(k: int, j: int, delta: float) -> Price | None:
        """Cost of a line that is *delta* em too short (negative: too long), and what each open gap takes."""
        if -EPS < delta < EPS:
            return 0.0, 0.0
        if delta < 0.0:
            hang = hangs.get(j, 0.0)
            if not hang or delta + hang < -EPS:
                cost = shrink(marks[k + 1], marks[j], -delta)
                return None if cost is None else (cost, 0.0)
            delta += hang
        elif j == last:
            return (_NEARLY_FULL if delta < 0.5 and k else 0.0), 0.0
        return _stretch_cost(ladder, k, j, delta, opening)

    def offer(k: int, j: int, delta: float, out: list[Candidate]) -> bool:
        priced, how = price(k, j, delta), NORMAL
        if elastic and (priced is None or priced[0] > _SCALE_COST / 2):
            most = SCALE * (latin[marks[j]] - latin[marks[k]])
            if most and (scaled := max(-most, min(most, delta))):
                other = price(k, j, delta - scaled)
                if other is not None:
                    cost = other[0] + _SCALE_COST * (scaled / most) ** 2
                    if priced is None or cost < priced[0]:
                        priced, how = (cost, other[1]), ELASTIC
        if priced is None:
            return False
        cost, opened = priced
        out.append((j, cost, opened, how))
        return True

    return offer


def _shrinking(ladder: Ladder, tight: bool) -> Shrink:
    """The shrink steps follow each other (CLREQ 6.2.2.3): all in comfort first, then what is tight besides."""
    comfort, hard = ladder.comfort, ladder.tight
    steps = [(_WEIGHTS[number - 1], sums) for number, sums in ladder.steps]

    def shrink(p: int, q: int, need: float) -> float | None:
        given = comfort[q] - comfort[p]
        cost = 0.0
        if need > given + EPS:
            room = hard[q] - hard[p]
            if not tight or need > room + EPS:
                return None
            cost = _TIGHT_COST * (need - given) / (room - given)
            need = given
        for weight, sums in steps:
            room = sums[q] - sums[p]
            if room > EPS:
                used = need if need < room else room
                cost += weight * (used / room) * (used / 0.5) ** 0.5
                need -= used
                if need <= EPS:
                    break
        return cost

    return shrink


def _stretch_cost(ladder: Ladder, k: int, j: int, delta: float, limit: float) -> Price | None:
    """Word spaces, then autospace, then all open gaps alike (CLREQ 6.2.2.4), by *limit* at most."""
    words, letters, wide, opened = stretch(ladder, k, j, delta)
    if opened > limit + EPS:
        return None
    cost = 10.0 * words * words + 10.0 * (letters / 3.0) ** 2 + _WIDE_COST * wide * wide
    if opened > 0.0:
        cost += OPEN_COST * (opened / OPEN_COMFORT) ** OPEN_POWER
    return cost, opened
