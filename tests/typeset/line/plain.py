"""Every line that a pass allows from a cell, end by end, with what it costs: the rules of layout.md 5.2 told again, plainly.

Nothing here is quick: no end is left out because another shows that it cannot be reached.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.typeset.fit import EPS, SCALE, Ladder, Pass

COSTS = {1: 3.0, 2: 4.0, 3: 4.0, 4: 8.0, 5: 30.0, 6: 40.0}
"""Of the shrink steps, with all given that they may."""


def lines_from(ladder: Ladder, passing: Pass, k: int, length: float) -> dict[int, tuple[float, float]]:
    """Cost and opening of each line that begins with cell *k*, by the cell before which it ends."""
    found = {}
    for j in range(k + 1, ladder.last + 1):
        if ladder.ranks[j] <= passing.rank:
            delta = ladder.start(k) + length - ladder.ends[j] - ladder.more.get(j, 0.0)
            priced = _cheapest(ladder, passing, k, j, delta)
            if priced is not None:
                found[j] = priced
    return found


def _cheapest(ladder: Ladder, passing: Pass, k: int, j: int, delta: float) -> tuple[float, float] | None:
    """The line as it is, or with its letters scaled where that is dear or cannot be."""
    plain = _price(ladder, passing, k, j, delta)
    most = SCALE * (ladder.latin[ladder.marks[j]] - ladder.latin[ladder.marks[k]])
    if not (passing.elastic and most) or (plain is not None and plain[0] <= 30.0):
        return plain
    scaled = max(-most, min(most, delta))
    other = _price(ladder, passing, k, j, delta - scaled)
    if other is None:
        return plain
    cost = other[0] + 60.0 * (scaled / most) ** 2
    return plain if plain is not None and plain[0] <= cost else (cost, other[1])


def _price(ladder: Ladder, passing: Pass, k: int, j: int, delta: float) -> tuple[float, float] | None:
    a, b = ladder.marks[k + 1], ladder.marks[j]
    hang = ladder.hangs.get(j, 0.0)
    if abs(delta) < EPS:
        return 0.0, 0.0
    if delta < 0 and hang and delta + hang >= -EPS:
        return _stretched(ladder, passing, k, j, delta + hang)
    if delta < 0:
        return _shrunk(ladder, passing, a, b, -delta)
    if j == ladder.last:
        return (30.0 if delta < 0.5 and k else 0.0), 0.0
    return _stretched(ladder, passing, k, j, delta)


def _shrunk(ladder: Ladder, passing: Pass, a: int, b: int, need: float) -> tuple[float, float] | None:
    comfort, tight = _between(ladder.comfort, a, b), _between(ladder.tight, a, b)
    if need > (tight if passing.tight else comfort) + EPS:
        return None
    cost = 90.0 * (need - comfort) / (tight - comfort) if need > comfort + EPS else 0.0
    left = min(need, comfort) if cost else need
    for step in ladder.steps:
        room = _between(step.sums, a, b)
        if room > EPS and left > EPS:
            used = min(left, room)
            cost += COSTS[step.number] * (used / room) * (used / 0.5) ** 0.5
            left -= used
    return cost, 0.0


def _stretched(ladder: Ladder, passing: Pass, k: int, j: int, left: float) -> tuple[float, float] | None:
    a, b = ladder.marks[k + 1], ladder.marks[j]
    cost = 0.0
    for most, sums in ((10.0, ladder.words), (10.0 / 9.0, ladder.letters), (80.0, ladder.most)):
        room = _between(sums, a, b)
        if room > EPS and left > EPS:
            used = min(left, room)
            cost += most * (used / room) ** 2
            left -= used
    if left <= EPS:
        return cost, 0.0
    gaps = j - k - 1 + ladder.opens[b] - ladder.opens[a] - (ladder.limited[b] - ladder.limited[a])
    if not gaps or left / gaps > passing.limit + EPS:
        return None
    return cost + 2000.0 * (left / gaps / 0.125) ** 1.6, left / gaps


def _between(sums: Sequence[float], a: int, b: int) -> float:
    return sums[b] - sums[a]
