"""Formulas in running text: where they may be divided (GB/T 3102.11-1993, on formulas of several lines).

After a sign of relation or operation, never before it: the sign at the line end tells that more is to come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from convert.regex import regex
from convert.typeset.cjk import Class
from convert.typeset.opportunities import EMERGENCY, NEVER, PLAIN, Breaks, Zones, matches

__all__ = ["divide_equations", "divide_relations"]

SIGN_COST = 60.0
"""A formula is best whole."""
RELATION_COST = 300.0

_SIGN = regex("[＝＋＜＞=+−×÷≈≠≡≤≥<>∈∝→]")
_BEFORE, _AFTER = r"(?<=[^\W_]|[)）\]%°′″℃％])", r"(?=[^\W_]|[(（\[√−－+-])"
_ANGLES = r"|(?<=[\w)）]) ?(?<![\u3040-\u9fff])[＜＞] ?(?![\u3040-\u9fff])"
"""Beside Han they may be brackets."""
_TIGHT = regex(r"(?<=[^\s=<>])[=≈≠≡≤≥<>∈∝](?=[^\s=<>])")


def divide_equations(text: str, found: Breaks) -> None:
    """A line may end, at a cost, after a full-width or a spaced sign of a formula, and not before it."""
    if not _SIGN.search(text):
        return
    for match in _loose("＜" in text or "＞" in text).finditer(text):
        if _is_of_a_number(text, match.start()):
            found.forbid(match.end())
            continue
        for i in range(match.start(), match.end()):
            found.forbid(i)
        found.allow(match.end(), SIGN_COST)


@cache
def _loose(angled: bool) -> re.Pattern[str]:
    """A full-width sign between two operands, or a narrow one between two spaces.

    Angles are looked for where there are some: what they must not stand beside takes long to compile.
    """
    return re.compile(rf"{_BEFORE}(?: ?[＝＋] ?{_ANGLES if angled else ''}| [=+−×÷≈≠≡≤≥<>∈∝→] ){_AFTER}")


def _is_of_a_number(text: str, at: int) -> bool:
    """Whether the sign at *at* is a plus that belongs to the number behind it: Han before, a figure behind."""
    return (
        text[at] == "＋" and "\u3400" <= text[at - 1 : at] <= "\u9fff" and text[at + 1 : at + 2].isdecimal()
    )


def divide_relations(text: str, classes: Sequence[Class], found: Breaks, zones: Zones) -> None:
    """In an emergency a line ends after the relation sign of a formula without spaces."""
    for match in matches(_TIGHT, text, zones):
        i = match.end()
        if i < len(text) and found.rank[i] == NEVER and classes[i] in (Class.LAT, Class.NUM):
            found.allow(i, RELATION_COST, PLAIN, EMERGENCY)
