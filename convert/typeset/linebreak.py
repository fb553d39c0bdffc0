"""The choice of line ends: optimum fit over the whole paragraph (Knuth and Plass; reference layout.md 5.2).

All lengths are in em of the paragraph.  Adjustabilities come as prefix sums, so that a line costs the
same to judge however long it is; for each break only the window of ends that a line can reach is tried.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from convert.typeset.opportunities import ANY, DESPERATE, EMERGENCY, HYPHEN, HYPHENATED, ORDINARY

__all__ = ["STEPS", "Fit", "Ladder", "Rung", "choose", "choose_ragged"]

STEPS = 6
_WEIGHTS = (3.0, 4.0, 4.0, 8.0, 14.0, 40.0)
_EPS = 1e-6
_OPEN_COMFORT = 0.125
_OPEN_HARD = 0.25
_GOOD = 40.0
"""A pass is content when no line costs more than this: a stretch of about 0.03 em."""
_OPEN_GOOD = _OPEN_COMFORT * (_GOOD / 1000.0) ** (1 / 2.2)

RUNT, SHORT = 5000.0, 60.0
REPEATED = 80.0
NEARLY_FULL = 30.0
RAGGED = 30000.0
OVER = 1e6
_MOST_REPEATED = 2


class Rung(NamedTuple):
    """A place where a line may end, in em of the natural setting.

    The line before ends at `end`, and is `hyphen` wider there (a hyphen, kerning that ends); the next begins at
    `start`.  `shrink_*` have the sums over all gaps up
    to there of what the six steps can give in comfort, `tight_*` at most, and the total as a seventh;
    `stretch_*` the sums for T1 and T2, the number of open gaps, and for those among them that are autospace what
    they may take in T3, and their number.  `words` counts Han and words before it.  A line that begins behind
    `shown` pays `far` besides.
    """

    end: float
    start: float
    rank: int
    penalty: float
    kind: int
    hyphen: float
    hang: float
    shrink_end: tuple[float, ...]
    shrink_start: tuple[float, ...]
    tight_end: tuple[float, ...]
    tight_start: tuple[float, ...]
    stretch_end: tuple[float, float, int, float, int]
    stretch_start: tuple[float, float, int, float, int]
    words: int
    shown: float = 0.0
    far: float = 0.0


class Ladder:
    """The rungs of one paragraph: the first is its start, the last its end."""

    def __init__(self, rungs: Sequence[Rung]) -> None:
        self.rungs = rungs
        self.ends = [rung.end for rung in rungs]
        self.last = len(rungs) - 1


@dataclass(frozen=True, slots=True)
class Fit:
    """One chosen line: from rung `first` to rung `last`, and how it closes.

    `shrink` has the share of each step that is used, of its tight room when `tight` is set; `words` and
    `letters` the share of T1 and T2; `open` the em that each open gap takes.  `ragged` lines keep their
    natural width; `over` lines stick out; `hang` em of the last mark stand outside the measure.
    """

    first: int
    last: int
    tight: bool = False
    shrink: tuple[float, ...] = ()
    words: float = 0.0
    letters: float = 0.0
    open: float = 0.0
    ragged: bool = False
    over: bool = False
    hang: float = 0.0
    cost: float = 0.0
    final: bool = False


class _Pass(NamedTuple):
    rank: int
    tight: bool
    limit: float
    ragged: bool


_PASSES = (
    _Pass(ORDINARY, False, _OPEN_GOOD, False),
    _Pass(ORDINARY, False, _OPEN_COMFORT, False),
    _Pass(HYPHENATED, True, _OPEN_COMFORT, False),
    _Pass(EMERGENCY, True, _OPEN_HARD, False),
    _Pass(DESPERATE, True, _OPEN_HARD, False),
    _Pass(ANY, True, _OPEN_HARD, True),
)
"""A quick look for lines that all close well; comfort; hyphens and tight marks; addresses between letters; names
and units divided; ragged lines."""
_CONTENT_FROM = 2

_NORMAL, _LOOSE, _TOO_LONG = 0, 1, 2


class _Node(NamedTuple):
    """The best way found to end a line at a rung."""

    total: float
    at: int
    lines: int
    back: _Node | None
    cost: float
    open: float
    repeated: int
    runt: bool
    how: int


_Candidate = tuple[int, float, float, int]
"""Rung, cost, stretch of an open gap, and how the line closes."""


def choose(ladder: Ladder, first: float, rest: float, looseness: int = 0) -> tuple[Fit, ...]:
    """The lines of a justified paragraph, *first* em wide and then *rest* em.

    The passes follow each other until one is content.  With *looseness* the paragraph is set that many lines
    longer or shorter when the limits allow, and as usual when they do not.
    """
    best: _Node | None = None
    used = _PASSES[0]
    for index, passing in enumerate(_PASSES):
        if passing.ragged and best is not None:
            break
        found = _search(ladder, first, rest, passing, None)
        if found is None or (best is not None and found.total >= best.total):
            continue
        best, used = found, passing
        if not best.runt and (index >= _CONTENT_FROM or _worst(best) <= _GOOD):
            break
    assert best is not None  # the last pass always ends
    if looseness:
        for passing in _PASSES[1:3]:
            other = _search(ladder, first, rest, passing, best.lines + looseness)
            if other is not None:
                return _lines(ladder, other, first, rest, passing)
    return _lines(ladder, best, first, rest, used)


def _worst(node: _Node) -> float:
    worst = 0.0
    step: _Node | None = node
    while step is not None:
        worst = max(worst, step.cost)
        step = step.back
    return worst


def _lines(ladder: Ladder, node: _Node, first: float, rest: float, passing: _Pass) -> tuple[Fit, ...]:
    out = []
    step = node
    while step.back is not None:
        start = step.back.at
        length = first if start == 0 else rest
        out.append(_close(ladder, start, step.at, length, passing, step))
        step = step.back
    return tuple(reversed(out))


def _search(ladder: Ladder, first: float, rest: float, passing: _Pass, wanted: int | None) -> _Node | None:
    """The cheapest way to the end in this pass, with *wanted* lines if that is given."""
    last = ladder.last
    rungs = ladder.rungs
    counted = wanted is not None
    origin = _Node(0.0, 0, 0, None, 0.0, 0.0, 0, False, _NORMAL)
    nodes: dict[int, dict[int, _Node]] = {0: {0: origin}}
    for k in range(last):
        here = nodes.pop(k, None)
        if here is None:
            continue
        begins = rungs[k].start - _EPS
        for j, cost, opened, how in _window(ladder, k, first if k == 0 else rest, passing):
            rung = rungs[j]
            row = nodes.setdefault(j, {})
            price = 10.0 + cost + rung.penalty
            if rung.far and begins > rung.shown:
                price += rung.far
            for node in here.values():
                if wanted is not None and node.lines >= wanted:
                    continue
                line = price
                repeated, runt = 0, False
                if rung.kind:
                    repeated = node.repeated + 1
                    if repeated > _MOST_REPEATED and rung.kind == HYPHEN and not passing.ragged:
                        continue
                    if repeated > 1:
                        line += REPEATED
                colour = 0.0
                if j == last:
                    if k:
                        words = rung.words - rungs[k].words
                        runt = words <= 1
                        line += RUNT if runt else SHORT if words == 2 else 0.0
                elif k:
                    colour = (opened - node.open) / _OPEN_COMFORT
                total = node.total + line * line + 400.0 * colour * colour
                key = node.lines + 1 if counted else 0
                held = row.get(key)
                if held is None or total < held.total:
                    row[key] = _Node(total, j, node.lines + 1, node, cost, opened, repeated, runt, how)
    return nodes.get(last, {}).get(wanted or 0)


def _window(ladder: Ladder, k: int, length: float, passing: _Pass) -> list[_Candidate]:
    """Every end that a line from rung *k* can reach in this pass."""
    rungs, last = ladder.rungs, ladder.last
    here = rungs[k]
    limit = here.start + length
    rank_limit = passing.rank
    middle = bisect_left(ladder.ends, limit - _EPS)
    middle = min(max(middle, k + 1), last)
    out: list[_Candidate] = []
    tight = passing.tight
    before = here.tight_start if tight else here.shrink_start
    for j in range(middle, last + 1):
        rung = rungs[j]
        delta = limit - rung.end
        room = (rung.tight_end if tight else rung.shrink_end)[STEPS] - before[STEPS]
        if delta + room + rung.hang < -_EPS:
            break
        if rung.rank <= rank_limit:
            priced = _price(here, rung, delta - rung.hyphen, j == last, k == 0, passing)
            if priced is not None:
                out.append((j, *priced, _NORMAL))
    down, up = here.stretch_start, rungs[middle].stretch_end
    reach = up[0] - down[0] + up[1] - down[1] + passing.limit * (up[2] - down[2]) + _EPS
    fallback = False
    for j in range(middle - 1, k, -1):
        rung = rungs[j]
        slack = limit - rung.end
        if slack > reach and (fallback or not passing.ragged):
            break
        if rung.rank > rank_limit:
            continue
        priced = _price(here, rung, slack - rung.hyphen, False, k == 0, passing)
        if priced is not None:
            out.append((j, *priced, _NORMAL))
            fallback = True
        elif passing.ragged and not fallback and slack >= rung.hyphen - _EPS:
            fallback = True
            out.append((j, RAGGED * (1.0 + slack), 0.0, _LOOSE))
    if not out and passing.ragged:
        j = next((j for j in range(k + 1, last) if rungs[j].rank <= rank_limit), last)
        out.append((j, OVER, 0.0, _TOO_LONG))
    return out


def _price(
    here: Rung, rung: Rung, delta: float, final: bool, whole: bool, passing: _Pass
) -> tuple[float, float] | None:
    """Cost of a line that is *delta* em too short (negative: too long), and what each open gap takes."""
    if -_EPS < delta < _EPS:
        return 0.0, 0.0
    if delta < 0:
        if rung.hang and delta + rung.hang >= -_EPS:
            return _stretch_cost(here, rung, delta + rung.hang, passing.limit)
        return _shrink_cost(here, rung, -delta, passing.tight)
    if final:
        return (NEARLY_FULL if delta < 0.5 and not whole else 0.0), 0.0
    return _stretch_cost(here, rung, delta, passing.limit)


def _shrink_cost(here: Rung, rung: Rung, need: float, tight: bool) -> tuple[float, float] | None:
    """The shrink steps in their order (CLREQ 6.2.2.3)."""
    ends, starts = (rung.tight_end, here.tight_start) if tight else (rung.shrink_end, here.shrink_start)
    if need > ends[STEPS] - starts[STEPS] + _EPS:
        return None
    cost = 0.0
    for step in range(STEPS):
        room = ends[step] - starts[step]
        if room > _EPS:
            used = need if need < room else room
            cost += _WEIGHTS[step] * (used / room) * (used / 0.5) ** 0.5
            need -= used
            if need <= _EPS:
                break
    return cost, 0.0


def _stretch_cost(here: Rung, rung: Rung, delta: float, limit: float) -> tuple[float, float] | None:
    """Word spaces, then autospace, then all open gaps alike (CLREQ 6.2.2.4)."""
    words, letters, opened = _stretch(here, rung, delta)
    if opened > limit + _EPS:
        return None
    cost = 10.0 * words * words + 10.0 * (letters / 3.0) ** 2
    if opened > 0.0:
        cost += 1000.0 * (opened / _OPEN_COMFORT) ** 2.2
    return cost, opened


def _stretch(here: Rung, rung: Rung, delta: float) -> tuple[float, float, float]:
    """Shares of T1 and T2, and the em for each open gap; infinite where there is none to take the rest."""
    end, start = rung.stretch_end, here.stretch_start
    words = letters = 0.0
    room = end[0] - start[0]
    if room > _EPS:
        words = min(delta / room, 1.0)
        delta -= words * room
    room = end[1] - start[1]
    if delta > _EPS and room > _EPS:
        letters = min(delta / room, 1.0)
        delta -= letters * room
    if delta <= _EPS:
        return words, letters, 0.0
    count = end[2] - start[2]
    if not count:
        return words, letters, float("inf")
    opened = delta / count
    limited = end[4] - start[4]
    if limited:
        most = (end[3] - start[3]) / limited
        if opened > most:
            others = count - limited
            return words, letters, (delta - limited * most) / others if others else float("inf")
    return words, letters, opened


def _close(ladder: Ladder, k: int, j: int, length: float, passing: _Pass, node: _Node) -> Fit:
    """The chosen line with the shares of each step."""
    here, rung = ladder.rungs[k], ladder.rungs[j]
    final = j == ladder.last
    if node.how != _NORMAL:
        return Fit(k, j, ragged=True, over=node.how == _TOO_LONG, cost=node.cost, final=final)
    delta = length - (rung.end - here.start) - rung.hyphen
    hang = 0.0
    if delta < -_EPS and rung.hang and delta + rung.hang >= -_EPS:
        delta, hang = delta + rung.hang, rung.hang
    if delta < -_EPS:
        ends, starts = (
            (rung.tight_end, here.tight_start) if passing.tight else (rung.shrink_end, here.shrink_start)
        )
        shares = []
        need = -delta
        for step in range(STEPS):
            room = ends[step] - starts[step]
            used = min(need, room) if room > _EPS else 0.0
            shares.append(used / room if used > 0.0 else 0.0)
            need -= used
        return Fit(k, j, passing.tight, tuple(shares), cost=node.cost, final=final)
    if delta <= _EPS or (final and not hang):
        return Fit(k, j, hang=hang, cost=node.cost, final=final)
    words, letters, opened = _stretch(here, rung, delta)
    return Fit(k, j, words=words, letters=letters, open=opened, hang=hang, cost=node.cost, final=final)


def choose_ragged(ladder: Ladder, first: float, rest: float, balance: bool) -> tuple[Fit, ...]:
    """Lines at their natural width: as few as possible, even in length when *balance* is set."""
    for rank in (ORDINARY, DESPERATE):
        found = _search_ragged(ladder, first, rest, balance, rank)
        if found is not None:
            return found
    last_resort = _search_ragged(ladder, first, rest, balance, ANY)
    assert last_resort is not None  # a piece that is too long is taken as it is
    return last_resort


def _search_ragged(
    ladder: Ladder, first: float, rest: float, balance: bool, rank: int
) -> tuple[Fit, ...] | None:
    rungs, last = ladder.rungs, ladder.last
    origin = _Node(0.0, 0, 0, None, 0.0, 0.0, 0, False, _NORMAL)
    nodes: dict[int, _Node] = {0: origin}
    for k in range(last):
        node = nodes.pop(k, None)
        if node is None:
            continue
        length = first if k == 0 else rest
        limit = rungs[k].start + length + _EPS
        reached = False
        j = k + 1
        while j <= last and rungs[j].end <= limit:
            if rungs[j].rank <= rank and rungs[j].end + rungs[j].hyphen <= limit:
                _relax(ladder, nodes, node, j, limit - rungs[j].end, _LOOSE, balance)
                reached = True
            j += 1
        if not reached and rank == ANY:
            j = next((j for j in range(k + 1, last) if rungs[j].rank <= rank), last)
            _relax(ladder, nodes, node, j, 0.0, _TOO_LONG, balance)
    if last not in nodes:
        return None
    out = []
    step = nodes[last]
    while step.back is not None:
        over = step.how == _TOO_LONG
        out.append(Fit(step.back.at, step.at, ragged=True, over=over, final=step.at == last))
        step = step.back
    return tuple(reversed(out))


def _relax(
    ladder: Ladder, nodes: dict[int, _Node], node: _Node, j: int, slack: float, how: int, balance: bool
) -> None:
    final = j == ladder.last
    cost = 1e5 if how == _TOO_LONG else 1e4
    if balance or not final:
        cost += 10.0 * slack * slack + ladder.rungs[j].penalty
    if final and node.at and ladder.rungs[j].words - ladder.rungs[node.at].words <= 1:
        cost += 5000.0
    total = node.total + cost
    held = nodes.get(j)
    if held is None or total < held.total:
        nodes[j] = _Node(total, j, node.lines + 1, node, 0.0, 0.0, 0, False, how)
