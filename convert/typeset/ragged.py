"""Lines at their natural width: titles, captions, code, text that is not justified."""

from __future__ import annotations

from typing import NamedTuple

from convert.typeset.fit import EPS, Fit, Ladder
from convert.typeset.opportunities import ANY, DESPERATE, ORDINARY

__all__ = ["choose_ragged"]


class _Node(NamedTuple):
    """The best way found to end a line before a cell."""

    total: float
    at: int
    back: _Node | None
    over: bool


def choose_ragged(ladder: Ladder, first: float, rest: float, balance: bool) -> tuple[Fit, ...]:
    """Lines at their natural width: as few as possible, even in length when *balance* is set."""
    for rank in (ORDINARY, DESPERATE):
        found = _search(ladder, first, rest, balance, rank)
        if found is not None:
            return found
    last_resort = _search(ladder, first, rest, balance, ANY)
    assert last_resort is not None  # a piece that is too long is taken as it is
    return last_resort


def _search(ladder: Ladder, first: float, rest: float, balance: bool, rank: int) -> tuple[Fit, ...] | None:
    ends, ranks, last = ladder.ends, ladder.ranks, ladder.last
    nodes = {0: _Node(0.0, 0, None, False)}
    for k in range(last):
        node = nodes.pop(k, None)
        if node is None:
            continue
        length = first if k == 0 else rest
        limit = ladder.start(k) + length + EPS
        reached = False
        j = k + 1
        while j <= last and ends[j] <= limit:
            if ranks[j] <= rank and ends[j] + ladder.more.get(j, 0.0) <= limit:
                _relax(ladder, nodes, node, j, limit - ends[j], False, balance)
                reached = True
            j += 1
        if not reached and rank == ANY:
            j = next((j for j in range(k + 1, last) if ranks[j] <= rank), last)
            _relax(ladder, nodes, node, j, 0.0, True, balance)
    if last not in nodes:
        return None
    out = []
    step = nodes[last]
    while step.back is not None:
        out.append(Fit(step.back.at, step.at, ragged=True, over=step.over, final=step.at == last))
        step = step.back
    return tuple(reversed(out))


def _relax(
    ladder: Ladder, nodes: dict[int, _Node], node: _Node, j: int, slack: float, over: bool, balance: bool
) -> None:
    final = j == ladder.last
    cost = 1e5 if over else 1e4
    if balance or not final:
        cost += 10.0 * slack * slack + ladder.penalties[j]
    if final and node.at and ladder.counted(node.at) <= 1:
        cost += 5000.0
    total = node.total + cost
    held = nodes.get(j)
    if held is None or total < held.total:
        nodes[j] = _Node(total, j, node, over)
