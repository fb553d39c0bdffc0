"""Addresses and names of machines: where a URL, an e-mail address, a path or an identifier may be divided.

Never with a hyphen, never inside a scheme (reference layout.md 2.3; The Chicago Manual of Style 7.46 has the
same places).  A solidus may end a line where the line shows that it belongs to a URL; elsewhere
GB/T 15834-2011 5.1.9 keeps it from line ends, and so it costs much there.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.regex import regex
from convert.typeset.cjk import Class
from convert.typeset.opportunities import DESPERATE, EMERGENCY, NEVER, URL, Breaks, Zones, matches

__all__ = ["ADDRESS", "divide_addresses", "divide_names"]

URL_COST = 65.0
SIGN_COST = 300.0
NAME_COST = 500.0
LETTER_COST = 600.0
STUB_COSTS = (0.0, 600.0, 150.0, 0.0)
"""For so many letters that stay alone before or behind the place: one, two, or more."""
FAR_SLASH_COST = 6500.0
FAR_LETTER_COST = 8000.0

_URL_CHARS = r"A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%"
_NAME = r"[A-Za-z0-9_.~\-]+"
ADDRESS = regex(
    rf"(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]*://[{_URL_CHARS}]+"
    rf"|www\.[{_URL_CHARS}]+"
    r"|(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+\.[A-Za-z0-9.\-]+"
    rf"|(?<![A-Za-z0-9_.~\-])(?:[A-Za-z]:)?[\\/]?{_NAME}(?:[\\/]{_NAME}){{2,}}[\\/]?"
)
"""URL, e-mail address, or path with two separators at least."""

_SEPARATORS = "/\\?&=#;"
_NUMBERS = regex(r"[\d.\-]+(?:/[\d.\-]+)+")


def divide_addresses(text: str, classes: Sequence[Class], found: Breaks, zones: Zones) -> None:
    """URL, e-mail, path: after :// / ? & = # ; and before . - _ %; never a hyphen, nothing in the scheme."""
    for match in matches(ADDRESS, text, zones):
        token = match.group().rstrip(".,;:!?'")
        if token.endswith(")") and "(" not in token:
            token = token.rstrip(").,;:!?'")
        if _NUMBERS.fullmatch(token):
            continue  # a date or a fraction
        start, end = match.start(), match.start() + len(token)
        first, shown = start, -1
        if "://" in token:
            first, shown = start + token.index("://") + 3, start
        seen = start if token.startswith("www.") else shown
        for i in range(start + 1, end):
            found.forbid(i)
            if i >= first:
                far = i - start >= 3 and end - i >= 3
                _inside(text, i, found, shown=shown, seen=seen, after_scheme=i == first > start, far=far)
        if end < len(text) and classes[end] in (Class.ID, Class.HANGUL):
            found.allow(end)


def _inside(
    text: str, i: int, found: Breaks, *, shown: int, seen: int, after_scheme: bool, far: bool
) -> None:
    """Judge index *i* of an address; *far* is three characters from both ends.

    At *shown* a solidus shows to be part of a URL, at *seen* letters show to be part of an address.
    """
    before, here = text[i - 1], text[i]
    if before in "/\\" and (after_scheme or here not in _SEPARATORS):
        if shown < 0 and before == "/" and text[i - 2 : i - 1].isdigit() and here.isdigit():
            return  # numbers keep their solidus where nothing says that this is a URL
        found.allow(i, URL_COST, URL)
        if before == "/":
            found.far[i] = shown, FAR_SLASH_COST
    elif (before in "?&=#;" and here not in _SEPARATORS) or (
        here in ".-_%" and before not in ".-_%" + _SEPARATORS
    ):
        found.allow(i, URL_COST, URL)
        if before.isdigit() and here == ".":
            found.far[i] = seen, FAR_LETTER_COST
    elif far and here != "/" and before.isalnum() != here.isalnum():
        found.allow(i, SIGN_COST, URL, EMERGENCY)
    elif far and before.isalnum() and here.isalnum():
        alike = before.isdigit() == here.isdigit()
        stub = next((n for n in (1, 2) if not (text[i - n - 1 : i] + text[i : i + n + 1]).isalnum()), 3)
        found.allow(i, LETTER_COST + 50.0 * alike + STUB_COSTS[stub], URL, EMERGENCY)
        if alike:
            found.far[i] = seen, FAR_LETTER_COST


_IDENTIFIER = regex(r"[A-Za-z0-9_.:\-]{6,}")
_NUMBER_GROUPS = regex(r"(?<![A-Za-z0-9_.\-])\d+(?:-\d+)+(?![A-Za-z0-9_.])")
_ISO_DATE = regex(r"\d{4}-\d{1,2}-\d{1,2}")
_LEAST_GROUP, _LEAST_DIGITS = 3, 7


def divide_names(text: str, found: Breaks, zones: Zones) -> None:
    """Long identifiers and telephone numbers, when else a line stays short.

    snake_case before _, dotted names before the point, hexadecimal groups after :, tokens of letters and digits
    after -, telephone numbers after -.
    """
    for match in matches(_IDENTIFIER, text, zones):
        token, start = match.group().rstrip(".:-"), match.start()
        if not any(c.isalpha() for c in token):
            continue
        hexadecimal = token.count(":") > 1
        for at in range(2, len(token) - 1):
            if found.rank[start + at] == NEVER and _parts(token[at - 1 : at + 2], hexadecimal):
                found.allow(start + at, NAME_COST, URL, DESPERATE)
    for match in matches(_NUMBER_GROUPS, text, zones):
        token = match.group()
        digits = sum(c.isdigit() for c in token)
        if digits < _LEAST_DIGITS or _ISO_DATE.fullmatch(token):
            continue
        before = 0
        for at, char in enumerate(token, match.start() + 1):
            before += char.isdigit()
            apart = min(before, digits - before) >= _LEAST_GROUP
            if char == "-" and apart and found.rank[at] == NEVER:
                found.allow(at, NAME_COST, URL, DESPERATE)


def _parts(around: str, hexadecimal: bool) -> bool:
    """May an identifier be divided before the middle one of the three characters *around*?"""
    before, here, after = tuple(around)
    if here == "_":
        return before.isalnum() and after.isalnum()
    if here == ".":
        return before.isalpha() and after.isalpha()
    return here.isalnum() and after.isalnum() and (before == "-" or (hexadecimal and before == ":"))
