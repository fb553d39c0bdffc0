"""Which font slot do ambiguous characters take?  Quotes, dashes, dots and signs by their neighbours.

Word sets “ ” ‘ ’ — … · and other characters that both scripts use from the Latin slot, unless the
run has ``w:hint="eastAsia"`` (ECMA-376 part 1, 17.3.2.26).  The hint also pulls accented, Greek and
Cyrillic letters into the East Asian face, so those stay out of such runs.
"""

from __future__ import annotations

from convert.regex import regex

__all__ = ["has_ambiguous", "is_east_asian", "split_hints", "split_scripts"]

_AMBIGUOUS = regex(
    "[\u00a1\u00a4\u00a7\u00a8\u00ad\u00af\u00b0-\u00b4\u00b6-\u00b8\u00bc-\u00bf\u00d7\u00f7"
    "\u2010-\u2027\u2030-\u205e\u2074-\u2bff\ue000-\uf8ff]"
)
_LETTERS = regex("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1fff]")
_DOUBLED = ("——", "……")
_AROUND = 8


def has_ambiguous(text: str) -> bool:
    """Is there a character whose slot depends on its neighbours?  Most text has none."""
    return _AMBIGUOUS.search(text) is not None


def is_east_asian(char: str) -> bool:
    """True for what Word always sets in the East Asian face: Han, kana, Hangul and full-width forms."""
    code = ord(char)
    return (
        0x2E80 <= code <= 0xA4CF
        or 0xAC00 <= code <= 0xD7A3
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
        or 0x1100 <= code <= 0x11FF
    )


def _strong(text: str) -> bool | None:
    """Is the first character that has a script East Asian?  None when there is no such character."""
    for char in text:
        if is_east_asian(char):
            return True
        if char.isalnum() and not _AMBIGUOUS.match(char):
            return False
    return None


def _belongs(text: str, at: int, before: str, after: str, cjk: bool) -> bool:
    """Does the ambiguous character at *at* belong to East Asian text?"""
    if cjk and (text[at : at + 2] in _DOUBLED or (at and text[at - 1 : at + 1] in _DOUBLED)):
        return True
    left = _strong((before + text[max(0, at - _AROUND) : at])[::-1])
    right = _strong(text[at + 1 : at + 1 + _AROUND] + after)
    sides = [side for side in (left, right) if side is not None]
    if not sides:
        return cjk
    return any(sides) if cjk else all(sides)


def split_hints(text: str, before: str, after: str, cjk: bool) -> list[tuple[str, bool]]:
    """*text* as stretches, each with True when its run takes the East Asian hint.

    *before* and *after* are the text round it in the paragraph; *cjk* says that the book is Chinese,
    Japanese or Korean.  One stretch wherever one is enough.
    """
    found = list(_AMBIGUOUS.finditer(text))
    if not found:
        return [(text, False)]
    marks = [(m.start(), _belongs(text, m.start(), before, after, cjk)) for m in found]
    letters = _LETTERS.search(text) is not None
    if all(hint for _, hint in marks) and not letters:
        return [(text, True)]
    if not any(hint for _, hint in marks):
        return [(text, False)]
    if letters:
        marks = sorted(marks + [(m.start(), False) for m in _LETTERS.finditer(text)])
    out: list[tuple[str, bool]] = []
    start, current = 0, marks[0][1]
    for at, hint in marks:
        if hint != current:
            out.append((text[start:at], current))
            start, current = at, hint
    out.append((text[start:], current))
    return out


def split_scripts(text: str) -> list[tuple[str, bool]]:
    """*text* as stretches, each with True for East Asian and False for Latin letters and digits.

    Spaces and marks go with what stands before them, at the beginning with what follows.
    """
    out: list[tuple[str, bool]] = []
    start, current = 0, None
    for at, char in enumerate(text):
        if is_east_asian(char):
            kind = True
        elif char.isalnum() and not _AMBIGUOUS.match(char):
            kind = False
        else:
            continue
        if current is not None and kind != current:
            out.append((text[start:at], current))
            start = at
        current = kind
    if text:
        out.append((text[start:], True if current is None else current))
    return out
