"""Where a line of code may end: after blanks and its separators, between Han, and in an emergency anywhere.

The rules of prose (UAX #14) have nothing to say here, and take a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.typeset.cjk import Class
from convert.typeset.opportunities import EMERGENCY, URL, Breaks, no_breaks

__all__ = ["code_breaks"]

COST, EMERGENCY_COST = 65.0, 500.0
"""What an end after a separator costs, and one between any two signs."""
_SEPARATORS = frozenset("./_\\:=,;(&|")
_OPENING = frozenset("“‘（〔［｛〈《「『【｟")
_CLOSING = frozenset("”’）〕］｝〉》」』】｠、。，．：；？！…—·～")
_BLANK = frozenset((Class.SPACE, Class.NBSP, Class.IS))


def code_breaks(text: str, classes: Sequence[Class]) -> Breaks:
    """The breaks of *text*, all of which is code."""
    found = no_breaks(len(text))
    for i in range(1, len(text)):
        before, here = text[i - 1], text[i]
        if classes[i] in _BLANK:
            continue
        han = classes[i] is Class.ID or classes[i - 1] is Class.ID
        if classes[i - 1] in _BLANK or (han and here not in _CLOSING and before not in _OPENING):
            found.allow(i)
        elif before in _SEPARATORS and here.isalnum():
            found.allow(i, COST, URL)
        elif not han:
            found.allow(i, EMERGENCY_COST, URL, EMERGENCY)
    return found
