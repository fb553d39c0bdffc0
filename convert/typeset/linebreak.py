"""The choice of line ends: optimum fit over the whole paragraph (Knuth and Plass; reference layout.md 5.2).

All lengths are in em of the paragraph.  Adjustabilities come as prefix sums, so that a line costs the
same to judge however long it is; for each break only the window of ends that a line can reach is tried.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

__all__ = ["STEPS", "Fit", "Ladder", "choose"]

STEPS = 6
_WEIGHTS = (3.0, 4.0, 4.0, 8.0, 14.0, 40.0)
_EPS = 1e-6
_OPEN_COMFORT = 0.125
_OPEN_HARD = 0.25
_GOOD = 40.0
"""A pass is content when no line costs more than this (a stretch of about 0.03 em)."""

RUNT, SHORT = 5000.0, 60.0
REPEATED = 80.0
NEARLY_FULL = 30.0


@dataclass(slots=True)
class Ladder:
    """Where lines may end and begin, and what lies between.

    Break k ends a line at `end[k]` and lets the next begin at `start[k]` (natural positions, em); index 0
    is the paragraph's start, the last one its end.  The prefix sums `*_end[k]` count the gaps before the
    last cell of the line, `*_start[k]` those up to the first cell of the next.
    """

    end: list[float] = field(default_factory=list)
    start: list[float] = field(default_factory=list)
    rank: list[int] = field(default_factory=list)
    penalty: list[float] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    hyphen: list[float] = field(default_factory=list)
    hang: list[float] = field(default_factory=list)
    shrink_end: list[tuple[float, ...]] = field(default_factory=list)
    shrink_start: list[tuple[float, ...]] = field(default_factory=list)
    tight_end: list[tuple[float, ...]] = field(default_factory=list)
    tight_start: list[tuple[float, ...]] = field(default_factory=list)
    stretch_end: list[tuple[float, float, int]] = field(default_factory=list)
    stretch_start: list[tuple[float, float, int]] = field(default_factory=list)
    words_end: list[int] = field(default_factory=list)
    words_start: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.end)


@dataclass(frozen=True, slots=True)
class Fit:
    """One chosen line: from break `first` to break `last`, and how it closes.

    `shrink` has the share of each step that is used; `words`, `letters` the share of T1 and T2; `open`
    the em that each open gap takes.  `ragged` lines keep their natural width; `over` stick out.
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


@dataclass(frozen=True, slots=True)
class _Pass:
    rank: int
    tight: bool
    limit: float
    ragged: bool = False


_PASSES = (
    _Pass(0, False, _OPEN_COMFORT),
    _Pass(1, True, _OPEN_COMFORT),
    _Pass(2, True, _OPEN_HARD),
    _Pass(3, True, _OPEN_HARD, ragged=True),
)


@dataclass(slots=True)
class _Node:
    """The best way found to end a line at a break."""

    total: float
    at: int
    lines: int
    back: _Node | None
    fit: Fit | None
    open: float
    repeated: int


def choose(ladder: Ladder, first: float, rest: float, looseness: int = 0) -> tuple[Fit, ...]:
    """The lines of a justified paragraph, *first* em wide and then *rest* em.

    Four passes: comfortable shrink and no hyphens; hyphens and tight shrink; emergency breaks; ragged lines
    where nothing else closes.  With *looseness* the paragraph is set that many lines longer or shorter when
    the limits allow, and as usual when they do not.
    """
    best: _Node | None = None
    for index, passing in enumerate(_PASSES):
        found = _search(ladder, first, rest, passing, None)
        if found is None or (best is not None and found.total >= best.total):
            found = best
        best = found
        if best is not None and (_worst(best) <= _GOOD or (index >= 1 and not passing.ragged)):
            break
    assert best is not None  # the last pass always ends
    if looseness:
        for passing in _PASSES[:2]:
            other = _search(ladder, first, rest, passing, best.lines + looseness)
            if other is not None:
                return _lines(other)
    return _lines(best)


def _worst(node: _Node) -> float:
    worst = 0.0
    step: _Node | None = node
    while step is not None and step.fit is not None:
        worst = max(worst, step.fit.cost)
        step = step.back
    return worst


def _lines(node: _Node) -> tuple[Fit, ...]:
    out = []
    step: _Node | None = node
    while step is not None and step.fit is not None:
        out.append(step.fit)
        step = step.back
    return tuple(reversed(out))


def _search(ladder: Ladder, first: float, rest: float, passing: _Pass, wanted: int | None) -> _Node | None:
    """The cheapest way to the end in this pass, with *wanted* lines if that is given."""
    last = len(ladder) - 1
    counted = wanted is not None
    nodes: dict[int, dict[int, _Node]] = {0: {0: _Node(0.0, 0, 0, None, None, 0.0, 0)}}
    for k in range(last):
        here = nodes.pop(k, None)
        if here is None:
            continue
        length = first if k == 0 else rest
        for fit in _window(ladder, k, length, passing):
            for node in here.values():
                if wanted is not None and node.lines >= wanted:
                    continue
                total, repeated = _demerits(ladder, node, fit)
                if repeated >= 3:
                    continue
                row = nodes.setdefault(fit.last, {})
                key = node.lines + 1 if counted else 0
                held = row.get(key)
                if held is None or total < held.total:
                    row[key] = _Node(total, fit.last, node.lines + 1, node, fit, fit.open, repeated)
    final = nodes.get(last, {})
    return final.get(wanted or 0)


def _demerits(ladder: Ladder, node: _Node, fit: Fit) -> tuple[float, int]:
    """Total cost with this line added, and how many lines in a row end in a hyphen or inside a URL."""
    penalty = ladder.penalty[fit.last]
    repeated = 0
    if ladder.kind[fit.last]:
        repeated = node.repeated + 1
        if repeated > 1:
            penalty += REPEATED
    if fit.final and fit.first:
        words = ladder.words_end[fit.last] - ladder.words_start[fit.first]
        penalty += RUNT if words <= 1 else SHORT if words == 2 else 0.0
    line = 10.0 + fit.cost + penalty
    colour = (fit.open - node.open) / _OPEN_COMFORT if node.fit is not None and not fit.final else 0.0
    return node.total + line * line + 400.0 * colour * colour, repeated if ladder.kind[fit.last] else 0


def _window(ladder: Ladder, k: int, length: float, passing: _Pass) -> list[Fit]:
    """Every line from break *k* that closes in this pass."""
    last = len(ladder) - 1
    begin = ladder.start[k]
    middle = min(max(bisect_left(ladder.end, begin + length - _EPS), k + 1), last)
    out: list[Fit] = []
    for j in range(middle, last + 1):
        if ladder.rank[j] > passing.rank:
            continue
        fit, hopeless = _fit(ladder, k, j, length, passing)
        if fit is not None:
            out.append(fit)
        if hopeless:
            break
    reach = _reach(ladder, k, middle, passing)
    fallback = None
    for j in range(middle - 1, k, -1):
        if ladder.rank[j] > passing.rank:
            continue
        slack = length - (ladder.end[j] - begin)
        if slack > reach and fallback is not None:
            break
        if slack > reach and not passing.ragged:
            break
        fit, _ = _fit(ladder, k, j, length, passing)
        if fit is not None:
            out.append(fit)
            fallback = j
        elif passing.ragged and fallback is None and slack >= 0:
            fallback = j
            out.append(_ragged(k, j, slack))
    if not out and passing.ragged:
        out.append(_over(ladder, k, passing))
    return out


def _reach(ladder: Ladder, k: int, j: int, passing: _Pass) -> float:
    """The most that any line from *k* to *j* or before can be stretched."""
    end, start = ladder.stretch_end[j], ladder.stretch_start[k]
    return end[0] - start[0] + end[1] - start[1] + passing.limit * (end[2] - start[2]) + _EPS


def _ragged(k: int, j: int, slack: float) -> Fit:
    return Fit(k, j, ragged=True, cost=30000.0 * (1.0 + slack))


def _over(ladder: Ladder, k: int, passing: _Pass) -> Fit:
    """The shortest piece there is, too long as it is."""
    last = len(ladder) - 1
    j = next((j for j in range(k + 1, last) if ladder.rank[j] <= passing.rank), last)
    return Fit(k, j, ragged=True, over=True, cost=1e6, final=j == last)


def _fit(ladder: Ladder, k: int, j: int, length: float, passing: _Pass) -> tuple[Fit | None, bool]:
    """How the line from break *k* to break *j* closes; and whether every longer line fails too."""
    final = j == len(ladder) - 1
    width = ladder.end[j] - ladder.start[k] + ladder.hyphen[j]
    delta = length - width
    if -_EPS < delta < _EPS:
        return Fit(k, j, tight=passing.tight, final=final), False
    if delta < 0:
        if ladder.hang[j] and delta >= -ladder.hang[j] - _EPS:
            fit = _stretch(ladder, k, j, delta + ladder.hang[j], passing)
            if fit is not None:
                return Fit(
                    k,
                    j,
                    words=fit.words,
                    letters=fit.letters,
                    open=fit.open,
                    cost=fit.cost,
                    hang=ladder.hang[j],
                    final=final,
                ), False
        return _shrink(ladder, k, j, -delta, passing)
    if final:
        near = NEARLY_FULL if delta < 0.5 and k else 0.0
        return Fit(k, j, tight=passing.tight, cost=near, final=True), False
    return _stretch(ladder, k, j, delta, passing), False


def _shrink(ladder: Ladder, k: int, j: int, need: float, passing: _Pass) -> tuple[Fit | None, bool]:
    """Use the shrink steps in their order (CLREQ 6.2.2.3)."""
    if passing.tight:
        ends, starts = ladder.tight_end[j], ladder.tight_start[k]
    else:
        ends, starts = ladder.shrink_end[j], ladder.shrink_start[k]
    cost = 0.0
    shares = []
    for step in range(STEPS):
        room = ends[step] - starts[step]
        if need <= _EPS or room <= _EPS:
            shares.append(0.0)
            continue
        used = min(need, room)
        share = used / room
        cost += _WEIGHTS[step] * share * (used / 0.5) ** 0.5
        shares.append(share)
        need -= used
    if need > _EPS:
        return None, not ladder.hyphen[j]
    fit = Fit(k, j, tight=passing.tight, shrink=tuple(shares), cost=cost, final=j == len(ladder) - 1)
    return fit, False


def _stretch(ladder: Ladder, k: int, j: int, delta: float, passing: _Pass) -> Fit | None:
    """Word spaces, then autospace, then all open gaps alike (CLREQ 6.2.2.4)."""
    end, start = ladder.stretch_end[j], ladder.stretch_start[k]
    cost = words = letters = 0.0
    room = end[0] - start[0]
    if room > _EPS:
        words = min(delta, room) / room
        cost += 10.0 * words * words
        delta -= words * room
    room = end[1] - start[1]
    if delta > _EPS and room > _EPS:
        letters = min(delta, 1.0 * room) / room
        cost += 10.0 * (letters / 3.0) ** 2
        delta -= letters * room
    opened = 0.0
    if delta > _EPS:
        count = end[2] - start[2]
        if not count:
            return None
        opened = delta / count
        if opened > passing.limit + _EPS:
            return None
        cost += 1000.0 * (opened / _OPEN_COMFORT) ** 2.2
    return Fit(k, j, tight=passing.tight, words=words, letters=letters, open=opened, cost=cost)


def choose_ragged(ladder: Ladder, first: float, rest: float, balance: bool) -> tuple[Fit, ...]:
    """Lines at their natural width: as few as possible, even in length when *balance* is set."""
    for rank in (0, 2, 3):
        found = _search_ragged(ladder, first, rest, balance, rank)
        if found is not None:
            return found
    raise AssertionError("the last rank always ends")


def _search_ragged(
    ladder: Ladder, first: float, rest: float, balance: bool, rank: int
) -> tuple[Fit, ...] | None:
    last = len(ladder) - 1
    nodes: dict[int, _Node] = {0: _Node(0.0, 0, 0, None, None, 0.0, 0)}
    for k in range(last):
        node = nodes.pop(k, None)
        if node is None:
            continue
        length = first if k == 0 else rest
        limit = ladder.start[k] + length + _EPS
        reached = False
        j = k + 1
        while j <= last and ladder.end[j] + ladder.hyphen[j] <= limit:
            if ladder.rank[j] <= rank:
                slack = length - (ladder.end[j] - ladder.start[k])
                _relax(ladder, nodes, node, Fit(k, j, ragged=True, final=j == last), slack, length, balance)
                reached = True
            j += 1
        if not reached and rank >= 3:
            j = next((j for j in range(k + 1, last) if ladder.rank[j] <= rank), last)
            _relax(
                ladder, nodes, node, Fit(k, j, ragged=True, over=True, final=j == last), 0.0, length, balance
            )
    return _lines(nodes[last]) if last in nodes else None


def _relax(
    ladder: Ladder, nodes: dict[int, _Node], node: _Node, fit: Fit, slack: float, length: float, balance: bool
) -> None:
    cost = 1e5 if fit.over else 1e4
    if balance or not fit.final:
        cost += 10.0 * slack * slack + ladder.penalty[fit.last]
    if fit.final and fit.first and ladder.words_end[fit.last] - ladder.words_start[fit.first] <= 1:
        cost += 5000.0
    total = node.total + cost
    held = nodes.get(fit.last)
    if held is None or total < held.total:
        nodes[fit.last] = _Node(total, fit.last, node.lines + 1, node, fit, 0.0, 0)
