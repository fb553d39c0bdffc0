"""The choice of line ends: optimum fit over the whole paragraph (Knuth and Plass; reference layout.md 5.2).

For each break only the window of ends that a line can reach is tried; `fit` tells what a line costs.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from math import ceil, inf
from typing import NamedTuple

from convert.typeset.fit import (
    EPS,
    NORMAL,
    OPEN_COMFORT,
    OPEN_COST,
    OPEN_HARD,
    OPEN_POWER,
    SCALE,
    Fit,
    Ladder,
    Pass,
    close,
)
from convert.typeset.offers import offers
from convert.typeset.opportunities import ANY, DESPERATE, EMERGENCY, HYPHEN, HYPHENATED, ORDINARY

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
_SHORTEST = (_RUNT, _RUNT, _SHORT, 0.0)
"""What a last line pays that has none, one, two, or more Han or words."""
_REPEATED = 80.0
_MOST_REPEATED = 2
_COLOUR = 2e6 / OPEN_COMFORT
"""Cost of two neighbours for each em by which one opens its gaps more than the other; the eye sees the
difference.  It is of the size of squared costs: the 400 of reference layout.md 5.2 changes no line of any text."""
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
    how: int


_START = _Node(0.0, 0, 0, None, 0.0, 0.0, 0, NORMAL)


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
        found = _search(ladder, first, rest, passing, None, inf if best is None else best.total * (1 + EPS))
        if found is None or (best is not None and found.total >= best.total):
            continue
        best, used = found, passing
        if _worst(ladder, best) <= passing.content:
            break
    assert best is not None  # the last pass always ends
    if looseness:
        other = _search(ladder, first, rest, _CALM, best.lines + looseness)
        if other is not None:
            return _lines(ladder, other, first, rest, _CALM)
    return _lines(ladder, best, first, rest, used)


def _worst(ladder: Ladder, node: _Node) -> float:
    """What the worst line up to *node*, the paragraph's end, costs with its end."""
    assert node.back is not None
    if node.back.at and ladder.counted(node.back.at) <= 1:
        return _RUNT
    worst, step = 0.0, node
    while step.back is not None:
        worst = max(worst, _LINE + step.cost + _ending(ladder, step.back.at, step.at) - _LINE)
        step = step.back
    return worst


def _lines(ladder: Ladder, node: _Node, first: float, rest: float, passing: Pass) -> tuple[Fit, ...]:
    out = []
    step = node
    while step.back is not None:
        start = step.back.at
        length = first if start == 0 else rest
        out.append(close(ladder, start, step.at, length, passing, step.how, step.cost))
        step = step.back
    return tuple(reversed(out))


def _search(
    ladder: Ladder, first: float, rest: float, passing: Pass, wanted: int | None, ceiling: float = inf
) -> _Node | None:
    """The cheapest way to the end in this pass, with *wanted* lines if that is given.

    Nodes are taken in the order of what they cost and what the rest must cost at least (A*), so that of
    the many ways through a paragraph only those are followed that can still be the best.  A way that costs more than
    *ceiling* is left.
    """
    last, kinds, penalties, far = ladder.last, ladder.kinds, ladder.penalties, ladder.far
    least, window = _least(ladder, rest, passing), offers(ladder, passing)
    make = tuple.__new__  # a quarter of the time that the class itself needs
    size = last + 1
    shades = size if wanted is None else size * (wanted + 2)
    nodes = {0: _START}
    queue = [(0.0, 0)]
    taken: set[int] = set()
    while queue:
        _, key = heappop(queue)
        if key in taken:
            continue
        node = nodes[key]
        spent, k, lines, _, _, opened_before, hyphens, _ = node
        if k == last and wanted in (None, lines):
            return node
        taken.add(key)
        if k == last or (wanted is not None and lines >= wanted):
            continue
        found = window(k, rest if k else first, _opening_left(passing, node, ceiling))
        alone = not queue and len(found) == 1
        lines += 1
        for j, cost, opened, how in found:
            line = _LINE + cost + penalties[j]
            if far:
                line += _far(far, k, j)
            repeated = 0
            if kinds[j]:
                repeated = hyphens + 1
                if repeated > _MOST_REPEATED and kinds[j] == HYPHEN and not passing.ragged:
                    continue
                if repeated > 1:
                    line += _REPEATED
            if k and j == last:
                line += _SHORTEST[ladder.counted(k)]
            total = spent + line * line
            if k and opened != opened_before:
                total += _COLOUR * abs(opened - opened_before)
            new = j if wanted is None else j + lines * size
            if opened:
                new += shades * int(1.0 + _SHADES * opened)
            held = nodes.get(new)
            # Of two ways that cost the same the one whose last line is the longest is taken.
            if held and (total > held.total or (total == held.total and k > _from(held))):
                continue
            taken.discard(new)
            bound = total if alone else total + least(j)
            if bound <= ceiling:
                nodes[new] = make(_Node, (total, j, lines, node, cost, opened, repeated, how))
                heappush(queue, (bound, new))
    return None


def _ending(ladder: Ladder, k: int, j: int) -> float:
    """What a line from *k* pays for its end before *j*."""
    return ladder.penalties[j] + _far(ladder.far, k, j)


def _far(far: dict[int, tuple[int, float]], k: int, j: int) -> float:
    """What a line from *k* pays besides for an end before *j* inside an address whose beginning it does not show."""
    shown, cost = far.get(j, (k, 0.0))
    return cost if k > shown else 0.0


def _opening_left(passing: Pass, node: _Node, ceiling: float) -> float:
    """By how much gaps may open behind *node*: where they open by more, the difference alone costs too much."""
    if not node.at or ceiling == inf:
        return passing.limit
    return min(passing.limit, node.open + (ceiling - node.total) / _COLOUR + EPS)


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
