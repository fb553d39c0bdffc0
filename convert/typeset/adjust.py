"""Widths between neighbours and how far each may give or take (CLREQ 6.2.2, 6.3.2, 6.3.3).

Every mark is a rigid body; the blanks of two neighbours are one gap between them.  A line drops the
gaps at its edges, and so line-start and line-end marks are trimmed without a rule of their own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from convert.typeset.cjk import Class

__all__ = ["GAP_NONE", "WORD_SPACE", "Gap", "Owner", "body_width", "gap_table", "spacing_style", "word_gap"]


class Owner:
    """Whose size a gap is measured in: the left neighbour's, the right one's, or the smaller."""

    LEFT, RIGHT, SMALLER = 0, 1, 2


WORD_SPACE = 1
"""The shrink step of Latin word spaces."""


class Gap(NamedTuple):
    """The space between two neighbours in em, and its adjustability.

    `step` is the shrink step (1 word space, 2 interpunct, 3 brackets, 4 comma group, 5 autospace,
    6 sentence end; 0 none), `comfort` and `tight` how much it may give.  `words` and `letters` are what
    it may take in the stretch steps T1 and T2; `open` says whether it takes part in T3, and `most` with how
    much (0: no limit of its own).
    """

    natural: float = 0.0
    step: int = 0
    comfort: float = 0.0
    tight: float = 0.0
    words: float = 0.0
    letters: float = 0.0
    open: bool = False
    most: float = 0.0
    owner: int = Owner.SMALLER


GAP_NONE = Gap()
_OPEN = Gap(open=True)

_RIGID = frozenset({Class.MD, Class.CN, Class.SO})
_UNIT = frozenset({Class.DS, Class.EL})
_IDLIKE = frozenset({Class.ID, Class.ITER, Class.CJ, Class.BOX})
_LATLIKE = frozenset({Class.LAT, Class.NUM, Class.LBOX, Class.PRE, Class.POST, Class.CODE})
_STOPS = frozenset({Class.FS, Class.CM})
_SYLLABLES = _IDLIKE | {Class.HANGUL}
_PROPORTIONAL = _LATLIKE | {Class.SYM, Class.HANGUL}

_FULL_BLANK = {Class.CL: 3, Class.CM: 4, Class.FS: 6}


def spacing_style(name: str, language: str) -> str:
    """The punctuation style that `layout.punctuation` means in *language*."""
    if name != "auto":
        return name
    return "quanjiao"


def region(language: str) -> str:
    """`hant` where stops stand in the middle, `ja`, or `hans`."""
    if language.startswith(("zh-Hant", "zh-TW", "zh-HK", "zh-MO")):
        return "hant"
    return "ja" if language.startswith("ja") else "hans"


def body_width(kind: Class, style: str, where: str) -> float | None:
    """Width in em of a mark's body; None for what is as wide as its glyphs."""
    if style == "plain":
        return 1.0 if kind in (Class.OP, Class.CL, Class.FS, Class.CM) else None
    if kind in (Class.OP, Class.CL):
        return 0.5
    if kind in (Class.FS, Class.CM):
        return 1.0 if where == "hant" else 0.5
    if kind in (Class.MD, Class.SO):
        return 0.5
    return None


@lru_cache(maxsize=32)
def gap_table(style: str, where: str, autospace: float) -> tuple[tuple[Gap, ...], ...]:
    """Gap between class a and class b, as table[a][b]."""
    return tuple(tuple(_gap(a, b, style, where, autospace) for b in Class) for a in Class)


def _gap(a: Class, b: Class, style: str, where: str, autospace: float) -> Gap:
    if style == "plain":
        return _plain_gap(a, b, autospace)
    if Class.GONE in (a, b) or b is Class.NOTE:
        return GAP_NONE
    if a is Class.NOTE:
        return (
            Gap(0.25, 3, 0.25, 0.25, open=True, owner=Owner.RIGHT)
            if b is Class.OP
            else _OPEN
            if b in _IDLIKE
            else GAP_NONE
        )
    if Class.IS in (a, b):
        return GAP_NONE
    if style == "hangmobanjiao":
        return _uncompressed(a, b, where, autospace)
    if a is Class.OP:
        return GAP_NONE
    if b is Class.OP:
        return _before_opener(a, style)
    if a in (Class.CL, Class.FS, Class.CM):
        return _after_mark(a, b, style, where)
    if where != "hans" and Class.MD in (a, b):
        return Gap(0.25, 2, 0.25, 0.25)
    if where == "ja" and a is Class.EX and (b in _IDLIKE or b in _LATLIKE):
        return Gap(1.0, owner=Owner.LEFT)  # an em after ！ and ？ (JLREQ 3.1.6)
    return _plain_gap(a, b, autospace)


def _plain_gap(a: Class, b: Class, autospace: float) -> Gap:
    """Between characters that are no brackets or stops."""
    if (a in _IDLIKE and b in _LATLIKE) or (a in _LATLIKE and b in _IDLIKE):
        if autospace <= 0:
            return _OPEN
        give = autospace / 2
        return Gap(autospace, 5, give, give, letters=autospace / 3, open=True, most=autospace * 2 / 3)
    ideal = _IDLIKE | _UNIT
    if Class.UNIT in (a, b):
        return _OPEN if a in ideal or b in ideal else GAP_NONE
    if a in ideal and b in ideal and not (a is b and a in _UNIT):
        return _OPEN
    if a is Class.EX and b in ideal:
        return _OPEN
    if Class.HANGUL in (a, b) and (a in _SYLLABLES and b in _SYLLABLES):
        return _OPEN
    return GAP_NONE


def _before_opener(a: Class, style: str) -> Gap:
    """The blank before an opening bracket."""
    if style == "banjiao" or (style == "kaiming" and a is not Class.FS):
        return Gap(open=a not in _RIGID)
    return Gap(
        0.5, 3, 0.25, 0.5, open=a not in _RIGID, owner=Owner.SMALLER if a in _FULL_BLANK else Owner.RIGHT
    )


def _after_mark(a: Class, b: Class, style: str, where: str) -> Gap:
    """The blank after a closing bracket or a stop."""
    if b in (Class.CL, Class.FS, Class.CM, Class.EX) or b in _RIGID:
        return GAP_NONE
    open_to_stretch = b in _IDLIKE or b in _UNIT or b in _LATLIKE or b in (Class.UNIT, Class.SYM)
    fixed = style == "banjiao" or (style == "kaiming" and a is not Class.FS)
    if fixed or (where == "hant" and a is not Class.CL):
        return Gap(open=open_to_stretch)
    step = _FULL_BLANK[a]
    if step == 6:
        give = tight = 0.0 if where == "ja" else 0.25
    else:
        give, tight = 0.25, 0.5
    return Gap(0.5, step, give, tight, open=open_to_stretch, owner=Owner.LEFT)


def _uncompressed(a: Class, b: Class, where: str, autospace: float) -> Gap:
    """Both own blanks, no pair compression: only the line edges are trimmed."""
    after = 0.5 if a in _FULL_BLANK and not (where == "hant" and a in _STOPS) else 0.0
    before = 0.5 if b is Class.OP else 0.0
    if after + before == 0.0:
        return _plain_gap(a, b, autospace) if Class.OP not in (a, b) and a not in _FULL_BLANK else GAP_NONE
    step = _FULL_BLANK.get(a, 3) if after else 3
    return Gap(after + before, step, 0.25, 0.25, open=True)


@lru_cache(maxsize=256)
def word_gap(font_space: float) -> Gap:
    """A Latin word space whose glyph is *font_space* em wide: 0.25 em or a little more, 0.2 to 0.5."""
    natural = min(max(font_space, 0.25), 0.333)
    return Gap(natural, WORD_SPACE, natural - 0.25, natural - 0.2, words=0.5 - natural)
