"""Is there any way to set a paragraph in which no line offends?  Looks at every way there is.

Knows of the engine's ladder only how wide things are and how far each may give; what closes, what is a bad
line and which way is the best is told here again.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from convert.theme import LayoutTheme
from convert.typeset.fit import EPS, OPEN_HARD, SCALE, Ladder
from convert.typeset.inline import TextPiece
from convert.typeset.ladder import make_ladder
from convert.typeset.opportunities import DESPERATE, HYPHEN
from tests.typeset.line.measures import NEVER_LAST
from tests.typeset.line.setting import EM, engine, paragraph, style

SHORTEST = 5.0
"""A way that leaves a line more than so many em short is no way."""
Way = tuple[int, float, int]
"""Bad lines, the openings joined, and the cell where its last line begins."""


def fewest_bad_lines(text: str, measure: float, indent: float) -> int:
    """How many lines of *text* must offend at least within the limits of CLREQ 6.2.2."""
    return _best(text, measure, indent)[0]


def least_opening(text: str, measure: float, indent: float) -> float:
    """The least sum over the full lines of what each opens between its Han, with as few bad lines as can be."""
    return _best(text, measure, indent)[1]


def least_widest_opening(text: str, measure: float, indent: float) -> float:
    """What the most open line opens between its Han at least, with as few bad lines as can be."""
    return _best(text, measure, indent, max)[1]


def _best(
    text: str, measure: float, indent: float, join: Callable[[float, float], float] = operator.add
) -> Way:
    """The best way: fewest bad lines, then the least of what its openings come to, *join*ed."""
    cells = engine()._cells([TextPiece(text, style())], paragraph(measure, indent))
    ladder = make_ladder(
        cells, LayoutTheme(), EM, measure - indent, language="zh-Hans", ragged=False, keep_spaces=False
    )
    settled = cells.source.text
    offsets = [*cells.offset, len(settled)]
    best: dict[int, Way] = {0: (0, 0.0, 0)}
    for k in range(ladder.last):
        if k not in best:
            continue
        limit = ladder.start(k) + measure - (0.0 if k else indent)
        for j in range(k + 1, ladder.last + 1):
            if ladder.ranks[j] > DESPERATE:
                continue
            delta = limit - ladder.ends[j] - ladder.more.get(j, 0.0)
            if delta < -measure:
                break
            found = _closed(ladder, k, j, delta)
            if found is None:
                continue
            bad, opened = found
            if j < ladder.last:
                bad |= _offends(settled, offsets[k], offsets[j], ladder.kinds[j] == HYPHEN)
            else:
                bad |= k > 0 and ladder.counted(k) <= 1
            way = (best[k][0] + bad, join(best[k][1], opened), k)
            if j not in best or way < best[j]:
                best[j] = way
    return best[ladder.last]


def _closed(ladder: Ladder, k: int, j: int, delta: float) -> tuple[bool, float] | None:
    """Does the line stay short, and what does each open gap take?  None where it sticks out or is too short."""
    a, b = ladder.marks[k + 1], ladder.marks[j]

    def between(sums: Sequence[float]) -> float:
        return sums[b] - sums[a]

    scaled = SCALE * (ladder.latin[b] - ladder.latin[ladder.marks[k]])
    if delta < -EPS:
        gives = ladder.tight[b] - ladder.tight[a] + scaled
        return (False, 0.0) if gives + delta >= -EPS else None
    if j == ladder.last:
        return False, 0.0
    rest = delta - between(ladder.words) - between(ladder.letters) - between(ladder.most) - scaled
    gaps = j - k - 1 + between(ladder.opens) - between(ladder.limited)
    if rest <= EPS or (gaps and rest / gaps <= OPEN_HARD + EPS):
        return False, max(rest, 0.0) / gaps if gaps else 0.0
    return (True, 0.0) if delta <= SHORTEST else None


def _offends(text: str, start: int, end: int, hyphenated: bool) -> bool:
    """Does the line end with what may not, or inside a word or a number? (M2, M3)"""
    line = text[start:end]
    last, following = line.rstrip()[-1], text[end]
    if last in NEVER_LAST and "://" not in line:
        return True
    if "://" in line or "www." in line or line[-1].isspace() or hyphenated:
        return False
    letters = last.isalpha() and following.isalpha() and max(last, following) < "\u0250"
    return letters or (last.isdigit() and (following.isdigit() or following in ".,"))
