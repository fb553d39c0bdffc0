"""The choice of line ends: optimum fit over the whole paragraph (Knuth and Plass; reference layout.md 5.2).

For each break only the window of ends that a line can reach is tried; `fit` tells what a line costs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from heapq import heappop, heappush
from math import ceil
from typing import NamedTuple

from convert.typeset.fit import (
    EPS,
    LOOSE,
    NORMAL,
    OPEN_COMFORT,
    OPEN_COST,
    OPEN_HARD,
    OPEN_POWER,
    SCALE,
    TOO_LONG,
    Candidate,
    Fit,
    Ladder,
    Pass,
    close,
    offer,
    reach,
)
from convert.typeset.opportunities import ANY, DESPERATE, EMERGENCY, HYPHEN, HYPHENATED, NEVER, ORDINARY

__all__ = ["choose"]

_GOOD, _FAIR = 60.0, 110.0
"""What the worst line of a paragraph may cost with its end for the first passes to be content: a stretch of 0.014 em,
or of 0.02 em.  Where one costs more the emergency breaks are weighed too: an address or a word that parts less well
may be the lesser evil."""


def _opening(cost: float) -> float:
    """The opening that costs so much."""
    return float(OPEN_COMFORT * (cost / OPEN_COST) ** (1 / OPEN_POWER))


_LINE = 10.0
"""What each line costs, so that fewer are better."""
_RUNT, _SHORT = 5000.0, 60.0
_REPEATED = 80.0
_RAGGED = 30000.0
_OVER = 1e6
_MOST_REPEATED = 2
_COLOUR = 2e6
"""Cost of two neighbours of which one opens its gaps by OPEN_COMFORT more; it grows with the difference, as the eye
sees it.  It is of the size of squared costs: the 400 of reference layout.md 5.2 changes no line of any text."""
_SHADES = 32.0
"""Ways to one cell are compared when their last lines open their gaps alike, to so many parts of an em: what the next
line costs depends on that too."""


_PASSES = (
    Pass(ORDINARY, False, _opening(_GOOD), False, False, _GOOD),
    Pass(HYPHENATED, True, _opening(_FAIR), True, False, _FAIR),
    Pass(EMERGENCY, True, OPEN_HARD, True, False, _FAIR),
    Pass(DESPERATE, True, OPEN_HARD, True, False, _FAIR),
    Pass(ANY, True, OPEN_HARD, True, True, _FAIR),
)
"""A quick look for lines that all close well; hyphens, tight marks, letters a little wider or narrower; addresses
between letters, and all that gaps can take; names and units divided; ragged lines."""
_CALM = Pass(ORDINARY, False, OPEN_COMFORT / 3, False, False, _FAIR)
"""A paragraph that is set in another number of lines than its best must not show it."""


class _Node(NamedTuple):
    """The best way found to end a line before a cell with gaps of some openness."""

    total: float
    at: int
    lines: int
    back: _Node | None
    cost: float
    open: float
    repeated: int
    runt: bool
    how: int
    worst: float
    """Cost and penalty of the worst line so far."""


def choose(ladder: Ladder, first: float, rest: float, looseness: int = 0) -> tuple[Fit, ...]:
    """The lines of a justified paragraph, *first* em wide and then *rest* em.

    The passes follow each other until one is content.  With *looseness* the paragraph is set that many lines
    longer or shorter when the limits allow, and as usual when they do not.
    """
    if not looseness and ladder.ends[-1] <= first + EPS:
        return (Fit(0, ladder.last, final=True),)
    best: _Node | None = None
    used = _PASSES[0]
    for passing in _PASSES:
        if passing.rank > EMERGENCY and best is not None:
            break
        found = _search(ladder, first, rest, passing, None)
        if found is None or (best is not None and found.total >= best.total):
            continue
        best, used = found, passing
        if not best.runt and best.worst <= passing.content:
            break
    assert best is not None  # the last pass always ends
    if looseness:
        other = _search(ladder, first, rest, _CALM, best.lines + looseness)
        if other is not None:
            return _lines(ladder, other, first, rest, _CALM)
    return _lines(ladder, best, first, rest, used)


def _lines(ladder: Ladder, node: _Node, first: float, rest: float, passing: Pass) -> tuple[Fit, ...]:
    out = []
    step = node
    while step.back is not None:
        start = step.back.at
        length = first if start == 0 else rest
        out.append(close(ladder, start, step.at, length, passing, step.how, step.cost))
        step = step.back
    return tuple(reversed(out))


def _search(ladder: Ladder, first: float, rest: float, passing: Pass, wanted: int | None) -> _Node | None:
    """The cheapest way to the end in this pass, with *wanted* lines if that is given.

    Nodes are taken in the order of what they cost and what the rest must cost at least (A*), so that of
    the many ways through a paragraph only those are followed that can still be the best.
    """
    last = ladder.last
    kinds, penalties, far = ladder.kinds, ladder.penalties, ladder.far
    least, window = _least(ladder, rest, passing), _windows(ladder, passing)
    make = tuple.__new__  # a quarter of the time that the class itself needs
    counted = ladder.counted
    size = last + 1
    shades = size if wanted is None else size * (wanted + 2)
    nodes = {0: _Node(0.0, 0, 0, None, 0.0, 0.0, 0, False, NORMAL, 0.0)}
    queue = [(0.0, 0)]
    taken: set[int] = set()
    while queue:
        _, key = heappop(queue)
        if key in taken:
            continue
        node = nodes[key]
        k = node.at
        if k == last:
            if wanted is None or node.lines == wanted:
                return node
            continue
        taken.add(key)
        if wanted is not None and node.lines >= wanted:
            continue
        for j, cost, opened, how in window(k, rest if k else first):
            line = _LINE + cost + penalties[j]
            if j in far and k > far[j][0]:
                line += far[j][1]
            worst = max(node.worst, line - _LINE)
            repeated, runt = 0, False
            if kinds[j]:
                repeated = node.repeated + 1
                if repeated > _MOST_REPEATED and kinds[j] == HYPHEN and not passing.ragged:
                    continue
                if repeated > 1:
                    line += _REPEATED
            if k and j == last:
                words = counted(k)
                runt = words <= 1
                line += _RUNT if runt else _SHORT if words == 2 else 0.0
            total = node.total + line * line
            if k:
                total += _COLOUR / OPEN_COMFORT * abs(opened - node.open)
            new = j if wanted is None else j + (node.lines + 1) * size
            if opened:
                new += shades * int(1.0 + _SHADES * opened)
            held = nodes.get(new)
            # Of two ways that cost the same the one whose last line is the longest is taken.
            if held is None or total < held.total or (total == held.total and k <= _from(held)):
                made = (total, j, node.lines + 1, node, cost, opened, repeated, runt, how, worst)
                nodes[new] = make(_Node, made)
                taken.discard(new)
                heappush(queue, (total + least(j), new))
    return None


def _from(node: _Node) -> int:
    return node.back.at if node.back is not None else 0


def _least(ladder: Ladder, rest: float, passing: Pass) -> Callable[[int], float]:
    """What the lines from a cell on cost at least: as many as are needed when all give what they can."""
    end, gaps, ends, marks = ladder.ends[-1], ladder.gaps, ladder.ends, ladder.marks
    room = ladder.tight if passing.tight else ladder.comfort
    latin = ladder.latin if passing.elastic else None
    out = max(ladder.hangs.values(), default=0.0) + ladder.shed
    line = rest + out + ladder.waste
    cost = _LINE * _LINE  # no penalty is less than nothing (a property test holds it)
    most = end - room[-1] + ladder.waste - (SCALE * latin[-1] if latin else 0.0)
    last = ladder.last

    def after(p: int) -> float:
        if p == last:
            return 0.0
        width = most - ends[p] - gaps.get(p, 0.0) + room[marks[p + 1]]
        if latin:
            width += SCALE * latin[marks[p]]
        return cost * ceil(width / line - EPS)

    return after


def _windows(ladder: Ladder, passing: Pass) -> Callable[[int, float], list[Candidate]]:
    """What gives every end that a line from a cell on, so many em long, can reach in this pass."""
    ends, ranks, marks, last = ladder.ends, ladder.ranks, ladder.marks, ladder.last
    gaps, more, hangs, shed = ladder.gaps, ladder.more, ladder.hangs, ladder.shed
    room = ladder.tight if passing.tight else ladder.comfort
    latin = ladder.latin
    rank_limit, _, _, elastic, ragged, _ = passing

    def window(k: int, length: float) -> list[Candidate]:
        limit = ends[k] + gaps.get(k, 0.0) + length
        middle = bisect_left(ends, limit - EPS, k + 1, last)
        out: list[Candidate] = []
        before = room[marks[k + 1]] - shed - EPS
        for j in range(middle, last + 1):
            rank = ranks[j]
            if rank == NEVER:
                continue
            delta = limit - ends[j]
            give = room[marks[j]] - before
            if elastic:
                give += SCALE * (latin[marks[j]] - latin[marks[k]])
            if hangs:
                give += hangs.get(j, 0.0)
            if delta + give < 0.0:
                break
            if rank <= rank_limit:
                offer(ladder, k, j, delta - more.get(j, 0.0), passing, out)
        most = reach(ladder, k, middle, passing)
        fallback = False
        for j in range(middle - 1, k, -1):
            slack = limit - ends[j]
            if slack > most and (fallback or not ragged):
                break
            if ranks[j] > rank_limit:
                continue
            hyphen = more.get(j, 0.0)
            if offer(ladder, k, j, slack - hyphen, passing, out):
                fallback = True
            elif ragged and not fallback and slack >= hyphen - EPS:
                fallback = True
                out.append((j, _RAGGED * (1.0 + slack), 0.0, LOOSE))
        if not out and ragged:
            j = next((j for j in range(k + 1, last) if ranks[j] <= rank_limit), last)
            out.append((j, _OVER, 0.0, TOO_LONG))
        return out

    return window
