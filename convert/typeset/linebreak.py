"""The choice of line ends: optimum fit over the whole paragraph (Knuth and Plass; reference layout.md 5.2).

All lengths are in em of the paragraph.  Adjustabilities come as prefix sums, so that a line costs the
same to judge however long it is; for each break only the window of ends that a line can reach is tried.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from math import ceil
from typing import NamedTuple

from convert.typeset.opportunities import ANY, DESPERATE, EMERGENCY, HYPHEN, HYPHENATED, NEVER, ORDINARY

__all__ = ["STEPS", "Fit", "Ladder", "choose", "choose_ragged"]

STEPS = 6
_WEIGHTS = (3.0, 4.0, 4.0, 8.0, 14.0, 40.0)
_EPS = 1e-6
_OPEN_COMFORT = 0.125
_OPEN_HARD = 0.25
_GOOD = 40.0
"""A pass is content when no line costs more than this: a stretch of about 0.03 em."""
_OPEN_GOOD = _OPEN_COMFORT * (_GOOD / 1000.0) ** (1 / 2.2)

_SCALE = 0.02
"""Latin letters may be set so much wider or narrower where else a line stays short: an address fills lines that
have no gap to open.  It is less than the eye sees, and Han are never scaled."""
_SCALE_COST = 400.0
_WIDE = 120.0
"""Cost of autospace at its hard limit of half an em, where nothing else is opened."""

RUNT, SHORT = 5000.0, 60.0
REPEATED = 80.0
NEARLY_FULL = 30.0
RAGGED = 30000.0
OVER = 1e6
_MOST_REPEATED = 2


@dataclass(slots=True)
class Ladder:
    """Where the lines of one paragraph may end, by cell, in em of the natural setting.

    A line that ends before cell p ends at `ends[p]`, and is `more[p]` wider there (a hyphen, kerning that ends); the
    next one begins at `starts[p]`.  `ranks`, `penalties` and `kinds` say from which pass on a line may end
    there and at what cost; `hangs[p]` of its last mark may stand outside the measure.  `far[p]` has a cell and
    what a line that begins behind that cell pays besides.  The last of all is the paragraph's end.

    Gaps that are not merely open stand before the `odd` cells of the paragraph; `marks[p]` counts those before
    cell p.  Sums over the first so many of them: `comfort` and `tight` what the six steps can give, and
    the total as a seventh; `words` and `letters` what T1 and T2 can take; `opens` the open gaps less all gaps; of
    those that are autospace `most` what they may take in T3, and `limited` their number; `latin` the width of
    what is proportional.  `waste` is the most that a gap which falls away at a line end is wider than what it could have given.  `counted`
    tells how many Han and words there are from a cell on, up to three.
    """

    ends: list[float]
    starts: list[float]
    ranks: list[int]
    penalties: list[float]
    kinds: list[int]
    more: dict[int, float]
    hangs: dict[int, float]
    far: dict[int, tuple[int, float]]
    marks: list[int]
    comfort: list[tuple[float, ...]]
    tight: list[tuple[float, ...]]
    words: list[float]
    letters: list[float]
    opens: list[int]
    most: list[float]
    limited: list[int]
    latin: list[float]
    waste: float
    counted: Callable[[int], int]

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


class _Pass(NamedTuple):
    rank: int
    tight: bool
    limit: float
    elastic: bool
    ragged: bool


_PASSES = (
    _Pass(ORDINARY, False, _OPEN_GOOD, False, False),
    _Pass(ORDINARY, False, _OPEN_COMFORT, False, False),
    _Pass(HYPHENATED, True, _OPEN_COMFORT, False, False),
    _Pass(EMERGENCY, True, _OPEN_HARD, False, False),
    _Pass(EMERGENCY, True, _OPEN_HARD, True, False),
    _Pass(DESPERATE, True, _OPEN_HARD, True, False),
    _Pass(ANY, True, _OPEN_HARD, True, True),
)
"""A quick look for lines that all close well; comfort; hyphens and tight marks; addresses between letters; letters
a little wider or narrower; names and units divided; ragged lines."""
_CONTENT_FROM = 2

_NORMAL, _LOOSE, _TOO_LONG, _ELASTIC = 0, 1, 2, 3


class _Node(NamedTuple):
    """The best way found to end a line before a cell."""

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
"""Cell, cost, stretch of an open gap, and how the line closes."""


def choose(ladder: Ladder, first: float, rest: float, looseness: int = 0) -> tuple[Fit, ...]:
    """The lines of a justified paragraph, *first* em wide and then *rest* em.

    The passes follow each other until one is content.  With *looseness* the paragraph is set that many lines
    longer or shorter when the limits allow, and as usual when they do not.
    """
    if not looseness and ladder.ends[-1] <= first + _EPS:
        return (Fit(0, ladder.last, final=True),)
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
    """The cheapest way to the end in this pass, with *wanted* lines if that is given.

    Nodes are taken in the order of what they cost and what the rest must cost at least (A*), so that of
    the many ways through a paragraph only those are followed that can still be the best.
    """
    last = ladder.last
    kinds, penalties, far = ladder.kinds, ladder.penalties, ladder.far
    least = _Least(ladder, rest, passing)
    size = last + 1
    nodes = {0: _Node(0.0, 0, 0, None, 0.0, 0.0, 0, False, _NORMAL)}
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
        for j, cost, opened, how in _window(ladder, k, first if k == 0 else rest, passing):
            line = 10.0 + cost + penalties[j]
            if j in far and k > far[j][0]:
                line += far[j][1]
            repeated, runt = 0, False
            if kinds[j]:
                repeated = node.repeated + 1
                if repeated > _MOST_REPEATED and kinds[j] == HYPHEN and not passing.ragged:
                    continue
                if repeated > 1:
                    line += REPEATED
            total = line * line
            if j == last:
                if k:
                    words = ladder.counted(k)
                    runt = words <= 1
                    line += RUNT if runt else SHORT if words == 2 else 0.0
                    total = line * line
            elif k:
                colour = (opened - node.open) / _OPEN_COMFORT
                total += 400.0 * colour * colour
            total = node.total + total
            new = j if wanted is None else j + (node.lines + 1) * size
            held = nodes.get(new)
            # Of two ways that cost the same the one whose last line is the longest is taken.
            if held is None or total < held.total or (total == held.total and k <= _from(held)):
                nodes[new] = _Node(total, j, node.lines + 1, node, cost, opened, repeated, runt, how)
                taken.discard(new)
                heappush(queue, (total + least.after(j), new))
    return None


def _from(node: _Node) -> int:
    return node.back.at if node.back is not None else 0


class _Least:
    """What the lines after a cell cost at least: as many as are needed when all give what they can."""

    def __init__(self, ladder: Ladder, rest: float, passing: _Pass) -> None:
        self._ends, self._starts, self._marks = ladder.ends[-1], ladder.starts, ladder.marks
        self._room = ladder.tight if passing.tight else ladder.comfort
        self._all = self._room[-1][STEPS]
        self._waste = ladder.waste
        self._latin = ladder.latin if passing.elastic else [0.0] * len(ladder.latin)
        out = max(ladder.hangs.values(), default=0.0) - min([0.0, *ladder.more.values()])
        self._line = rest + out + ladder.waste
        self._cost = max(10.0 + min(0.0, min(ladder.penalties)), 0.0) ** 2

    def after(self, p: int) -> float:
        """The least cost of the lines from cell *p* on."""
        width = self._ends - self._starts[p] - self._all + self._room[self._marks[p + 1]][STEPS]
        width -= _SCALE * (self._latin[-1] - self._latin[self._marks[p]])
        return (
            self._cost * ceil((width + self._waste) / self._line - _EPS)
            if self._starts[p] < self._ends
            else 0.0
        )


def _window(ladder: Ladder, k: int, length: float, passing: _Pass) -> list[_Candidate]:
    """Every end that a line from cell *k* can reach in this pass."""
    ends, ranks, marks, last = ladder.ends, ladder.ranks, ladder.marks, ladder.last
    more, hangs = ladder.more, ladder.hangs
    table = ladder.tight if passing.tight else ladder.comfort
    limit = ladder.starts[k] + length
    rank_limit = passing.rank
    middle = bisect_left(ends, limit - _EPS, k + 1, last)
    out: list[_Candidate] = []
    before = table[marks[k + 1]][STEPS]
    for j in range(middle, last + 1):
        if ranks[j] == NEVER:
            continue
        delta = limit - ends[j]
        give = _elasticity(ladder, k, j) if passing.elastic else 0.0
        if delta + table[marks[j]][STEPS] - before + hangs.get(j, 0.0) + give < -_EPS:
            break
        if ranks[j] <= rank_limit:
            _offer(ladder, k, j, delta - more.get(j, 0.0), passing, out)
    reach = _reach(ladder, k, middle, passing)
    fallback = False
    for j in range(middle - 1, k, -1):
        slack = limit - ends[j]
        if slack > reach and (fallback or not passing.ragged):
            break
        if ranks[j] > rank_limit:
            continue
        hyphen = more.get(j, 0.0)
        if _offer(ladder, k, j, slack - hyphen, passing, out):
            fallback = True
        elif passing.ragged and not fallback and slack >= hyphen - _EPS:
            fallback = True
            out.append((j, RAGGED * (1.0 + slack), 0.0, _LOOSE))
    if not out and passing.ragged:
        j = next((j for j in range(k + 1, last) if ranks[j] <= rank_limit), last)
        out.append((j, OVER, 0.0, _TOO_LONG))
    return out


def _offer(ladder: Ladder, k: int, j: int, delta: float, passing: _Pass, out: list[_Candidate]) -> bool:
    """Add the line from *k* to *j* to *out* when it can be closed; says whether it can."""
    priced = _price(ladder, k, j, delta, passing)
    if priced is not None:
        out.append((j, *priced, _NORMAL))
        return True
    if passing.elastic and (scaled := _scaled(ladder, k, j, delta)):
        priced = _price(ladder, k, j, delta - scaled, passing)
        if priced is not None:
            out.append((j, priced[0] + _SCALE_COST, priced[1], _ELASTIC))
            return True
    return False


def _elasticity(ladder: Ladder, k: int, j: int) -> float:
    """How much wider or narrower the letters of a line can be set in all."""
    return _SCALE * (ladder.latin[ladder.marks[j]] - ladder.latin[ladder.marks[k]])


def _scaled(ladder: Ladder, k: int, j: int, delta: float) -> float:
    """The part of *delta* that the letters of a line take over."""
    most = _elasticity(ladder, k, j)
    return max(-most, min(most, delta))


def _reach(ladder: Ladder, k: int, j: int, passing: _Pass) -> float:
    """The most that a line from cell *k* to *j* can be stretched by."""
    a, b = ladder.marks[k + 1], ladder.marks[j]
    words, letters, most, opens = ladder.words, ladder.letters, ladder.most, ladder.opens
    opened = passing.limit * (j - k - 1 + opens[b] - opens[a])
    scaled = _elasticity(ladder, k, j) if passing.elastic else 0.0
    return words[b] - words[a] + letters[b] - letters[a] + most[b] - most[a] + opened + scaled + _EPS


def _price(ladder: Ladder, k: int, j: int, delta: float, passing: _Pass) -> tuple[float, float] | None:
    """Cost of a line that is *delta* em too short (negative: too long), and what each open gap takes."""
    if -_EPS < delta < _EPS:
        return 0.0, 0.0
    if delta < 0:
        hang = ladder.hangs.get(j, 0.0)
        if hang and delta + hang >= -_EPS:
            return _stretch_cost(ladder, k, j, delta + hang, passing)
        return _shrink_cost(ladder, k, j, -delta, passing.tight)
    if j == ladder.last:
        return (NEARLY_FULL if delta < 0.5 and k else 0.0), 0.0
    return _stretch_cost(ladder, k, j, delta, passing)


def _shrink_cost(ladder: Ladder, k: int, j: int, need: float, tight: bool) -> tuple[float, float] | None:
    """The shrink steps in their order (CLREQ 6.2.2.3)."""
    table = ladder.tight if tight else ladder.comfort
    ends, starts = table[ladder.marks[j]], table[ladder.marks[k + 1]]
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


def _stretch_cost(ladder: Ladder, k: int, j: int, delta: float, passing: _Pass) -> tuple[float, float] | None:
    """Word spaces, then autospace, then all open gaps alike (CLREQ 6.2.2.4)."""
    words, letters, wide, opened = _stretch(ladder, k, j, delta, passing.tight)
    if opened > passing.limit + _EPS:
        return None
    cost = 10.0 * words * words + 10.0 * (letters / 3.0) ** 2 + _WIDE * wide * wide
    if opened > 0.0:
        cost += 1000.0 * (opened / _OPEN_COMFORT) ** 2.2
    return cost, opened


def _stretch(ladder: Ladder, k: int, j: int, delta: float, tight: bool) -> tuple[float, float, float, float]:
    """Shares of T1, of T2 in comfort and beyond, and the em for each open gap; infinite where none can take it.

    In comfort autospace grows with all open gaps once T2 is used up; in a *tight* line it first takes all it may.
    """
    a, b = ladder.marks[k + 1], ladder.marks[j]
    words = letters = wide = 0.0
    if a != b:
        room = ladder.words[b] - ladder.words[a]
        if room > _EPS:
            words = min(delta / room, 1.0)
            delta -= words * room
        room = ladder.letters[b] - ladder.letters[a]
        if delta > _EPS and room > _EPS:
            letters = min(delta / room, 1.0)
            delta -= letters * room
    if delta <= _EPS:
        return words, letters, 0.0, 0.0
    count = j - k - 1 + ladder.opens[b] - ladder.opens[a]
    limited = ladder.limited[b] - ladder.limited[a]
    if limited:
        room = ladder.most[b] - ladder.most[a]
        if tight or delta / count > room / limited:
            wide = min(delta / room, 1.0)
            delta -= wide * room
            count -= limited
            if delta <= _EPS:
                return words, letters, wide, 0.0
    return words, letters, wide, delta / count if count else float("inf")


def _close(ladder: Ladder, k: int, j: int, length: float, passing: _Pass, node: _Node) -> Fit:
    """The chosen line with the shares of each step."""
    final = j == ladder.last
    if node.how in (_LOOSE, _TOO_LONG):
        return Fit(k, j, ragged=True, over=node.how == _TOO_LONG, cost=node.cost, final=final)
    delta = length - (ladder.ends[j] - ladder.starts[k]) - ladder.more.get(j, 0.0)
    if node.how == _ELASTIC:
        scaled = _scaled(ladder, k, j, delta)
        scale = scaled * _SCALE / _elasticity(ladder, k, j)
        return _closed(ladder, k, j, delta - scaled, passing, node)._replace(scale=scale)
    return _closed(ladder, k, j, delta, passing, node)


def _closed(ladder: Ladder, k: int, j: int, delta: float, passing: _Pass, node: _Node) -> Fit:
    """The line that is *delta* em too short, with the shares of each step."""
    final = j == ladder.last
    hang, most = 0.0, ladder.hangs.get(j, 0.0)
    if delta < -_EPS and most and delta + most >= -_EPS:
        delta, hang = delta + most, most
    if delta < -_EPS:
        table = ladder.tight if passing.tight else ladder.comfort
        ends, starts = table[ladder.marks[j]], table[ladder.marks[k + 1]]
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
    words, letters, wide, opened = _stretch(ladder, k, j, delta, passing.tight)
    return Fit(
        k, j, words=words, letters=letters, wide=wide, open=opened, hang=hang, cost=node.cost, final=final
    )


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
    ends, ranks, last = ladder.ends, ladder.ranks, ladder.last
    origin = _Node(0.0, 0, 0, None, 0.0, 0.0, 0, False, _NORMAL)
    nodes: dict[int, _Node] = {0: origin}
    for k in range(last):
        node = nodes.pop(k, None)
        if node is None:
            continue
        length = first if k == 0 else rest
        limit = ladder.starts[k] + length + _EPS
        reached = False
        j = k + 1
        while j <= last and ends[j] <= limit:
            if ranks[j] <= rank and ends[j] + ladder.more.get(j, 0.0) <= limit:
                _relax(ladder, nodes, node, j, limit - ends[j], _LOOSE, balance)
                reached = True
            j += 1
        if not reached and rank == ANY:
            j = next((j for j in range(k + 1, last) if ranks[j] <= rank), last)
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
        cost += 10.0 * slack * slack + ladder.penalties[j]
    if final and node.at and ladder.counted(node.at) <= 1:
        cost += 5000.0
    total = node.total + cost
    held = nodes.get(j)
    if held is None or total < held.total:
        nodes[j] = _Node(total, j, node.lines + 1, node, 0.0, 0.0, 0, False, how)
