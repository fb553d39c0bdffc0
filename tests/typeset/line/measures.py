"""Measures lines by the places of their glyphs, as a reader's eye would (reference layout.md 7.2).

Independent of the engine's tables: what a mark is, is told here again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from convert.typeset.frame import GlyphRun
from convert.typeset.inline import Line
from tests.typeset.line.setting import EM

OPENERS = "“‘（［｛〔〈《「『【〖〘〚"
CLOSERS = "”’）］｝〕〉》」』】〗〙〛"
STOPS = "，。、：；？！．"
NEVER_FIRST = CLOSERS + STOPS + "·・‧～〜–／/‼⁇⁈⁉%‰℃"
NEVER_LAST = OPENERS + "／/¥￥$№"


class Mark(NamedTuple):
    """One character with the left edge and the width of its glyph in em; `spaced`: a space was typed before it."""

    text: str
    x: float
    width: float
    spaced: bool

    @property
    def end(self) -> float:
        return self.x + self.width

    @property
    def full(self) -> bool:
        """Its glyph is as wide as a Han, whatever room it was given."""
        return self.width > 0.85


@dataclass(frozen=True)
class Row:
    """A line as it is painted."""

    marks: tuple[Mark, ...]
    hyphenated: bool
    space_after: bool

    @property
    def text(self) -> str:
        return "".join(mark.text for mark in self.marks)

    @property
    def pairs(self) -> Iterator[tuple[Mark, Mark]]:
        return pairwise(self.marks)


def row(line: Line) -> Row:
    """What stands in *line*, from left to right."""
    found = sorted(
        (run.x + x, run.face.advance(gid) * run.size * run.scale, text)
        for run in line.items
        if isinstance(run, GlyphRun) and not run.synthetic
        for gid, x, text in zip(run.ids, run.xs, run.texts, strict=True)
        if text
    )
    out: list[Mark] = []
    spaced = False
    for x, width, text in found:
        if text.isspace():
            spaced = True
        else:
            out.append(Mark(text, x / EM, width / EM, spaced))
            spaced = False
    return Row(tuple(out), line.hyphenated, spaced)


def is_han(text: str) -> bool:
    return "\u4e00" <= text[0] <= "\u9fff"


def is_letter(text: str) -> bool:
    return text[0] < "\u2e80" and text[0].isalnum()


def forbidden_starts(rows: Sequence[Row]) -> list[str]:
    """Lines that begin with a mark that may not (M1)."""
    return [r.text for r in rows[1:] if r.marks[0].text in NEVER_FIRST]


def forbidden_ends(rows: Sequence[Row]) -> list[str]:
    """Lines that end with a mark that may not; a solidus may where the line shows a URL (M2)."""
    return [
        r.text
        for r in rows[:-1]
        if r.marks[-1].text in NEVER_LAST and not (r.marks[-1].text == "/" and "://" in r.text)
    ]


def broken_units(rows: Sequence[Row]) -> list[str]:
    """Dashes, ellipses, numbers and words that a line end divides without a hyphen (M3)."""
    out = []
    for before, after in pairwise(rows):
        a, b = before.marks[-1].text[-1], after.marks[0].text[0]
        unit = a == b and a in "—…"
        number = a.isdigit() and (b.isdigit() or b in ".,%‰°℃") and not before.space_after
        word = a.isascii() and a.isalpha() and b.isascii() and b.isalpha()
        address = "://" in before.text or "www." in before.text
        if word and (before.hyphenated or before.space_after):
            word = False
        if unit or ((number or word) and not address):
            out.append(before.text + "|" + after.text)
    return out


def uneven_ends(rows: Sequence[Row], measure: float) -> list[str]:
    """Full lines whose right edge is off the measure, a hyphen counted (M4, M12)."""
    out = []
    for r in rows[:-1]:
        last = r.marks[-1]
        end = last.x + 0.5 if last.full and last.text in CLOSERS + STOPS else last.end
        if abs(end + (0.35 if r.hyphenated else 0.0) - measure) > (0.1 if r.hyphenated else 0.02):
            out.append(f"{end:.3f} {r.text}")
    return out


def stretches(rows: Sequence[Row]) -> list[float]:
    """The widest gap between two Han in each full line, in em (M5)."""
    return [
        max(
            (b.x - a.x - 1 for a, b in r.pairs if is_han(a.text) and is_han(b.text) and not b.spaced),
            default=0.0,
        )
        for r in rows[:-1]
    ]


def opening(one: Row) -> float | None:
    """What usually stands between two Han of a line, in em; None where too few stand side by side (M5, M6)."""
    gaps = [b.x - a.x - 1 for a, b in one.pairs if is_han(a.text) and is_han(b.text) and not b.spaced]
    return median(gaps) if len(gaps) > 1 else None


def loose_pairs(rows: Sequence[Row]) -> list[str]:
    """Neighbouring marks that keep both their blanks (M7)."""
    out = []
    for r in rows:
        for a, b in r.pairs:
            closing = a.text in CLOSERS + STOPS and b.text in CLOSERS + STOPS + OPENERS
            opening = a.text in OPENERS and b.text in OPENERS
            chain = a.text in STOPS and b.text in STOPS
            if (closing or opening) and not chain and a.full and b.full and b.x - a.x > 0.8:
                out.append(a.text + b.text)
    return out


def wrong_joins(rows: Sequence[Row]) -> list[str]:
    """Han against letters or figures with too little or too much between them (M8)."""
    out = []
    for r in rows:
        for a, b in r.pairs:
            if (is_han(a.text) and is_letter(b.text)) or (is_letter(a.text) and is_han(b.text)):
                gap = b.x - a.end
                if not 0.1 <= gap <= 0.52:
                    out.append(f"{a.text}{b.text} {gap:.3f}")
    return out


def runts(rows: Sequence[Row]) -> list[str]:
    """A last line of one character (M9)."""
    count = sum(m.text[0].isalnum() for m in rows[-1].marks)
    return [rows[-1].text] if len(rows) > 1 and count <= 1 else []


def indent_error(rows: Sequence[Row], indent: float) -> float:
    """How far the first character's ink is off the indent (M10)."""
    first = rows[0].marks[0]
    ink = first.x + (0.5 if first.text in OPENERS and first.full else 0.0)
    return abs(ink - indent)


def untrimmed_starts(rows: Sequence[Row]) -> list[str]:
    """Lines that begin with an opening mark that keeps its blank (M11)."""
    return [
        r.text for r in rows[1:] if r.marks[0].text in OPENERS and r.marks[0].full and r.marks[0].x > -0.3
    ]


def dashes(rows: Sequence[Row]) -> list[float]:
    """Widths of the two-em dashes (M18), as one glyph or as two."""
    out = []
    for r in rows:
        out += [m.width for m in r.marks if m.text == "——"]
        out += [b.end - a.x for a, b in r.pairs if a.text == b.text == "—"]
    return out
