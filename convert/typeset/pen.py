"""The pen of a line: glyphs collected into runs of one look."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain

from convert.typeset.frame import GlyphRun, Item, Look
from convert.typeset.run import STILL, Move

__all__ = ["Pen"]


class Pen:
    """Collects glyphs into runs while the line is walked from left to right."""

    __slots__ = ("_apart", "_at", "_ids", "_look", "_moves", "_texts", "_x", "_y", "_ys", "runs")

    def __init__(self) -> None:
        self.runs: list[Item] = []
        self._look: Look | None = None
        self._x = self._y = self._at = 0.0
        """Where the run begins, and where the pen is."""
        self._clear()

    def _clear(self) -> None:
        self._ids = array("H")
        self._moves: list[Move] = []
        self._ys: dict[int, float] = {}
        self._texts: list[str] = []
        """What the glyphs say, a character each."""
        self._apart: set[int] = set()
        """Which of the texts are one glyph's that says more than a character, or nothing."""

    def start(self, look: Look, y: float) -> None:
        """Begin a run with its baseline at *y*, or go on with the one that is open."""
        if look is not self._look or y != self._y:
            self.flush()
            self._look, self._y = look, y

    def _go(self, x: float) -> None:
        """Go to the origin of the next glyph."""
        if not self._ids:
            self._x = self._at = x
        elif not -STILL < x - self._at < STILL:
            self._moves.append((len(self._ids), x - self._at))
            self._at = x

    def add(self, gid: int, x: float, y: float, text: str, advance: float) -> None:
        """Add a glyph to the open run; behind it the pen is *advance* further right."""
        self._go(x)
        if y:
            self._ys[len(self._ids)] = y
        self._ids.append(gid)
        self._at += advance
        if len(text) != 1:
            self._apart.add(len(self._texts))
        self._texts.append(text)

    def extend(self, ids: array[int], x: float, moves: Sequence[Move], text: str, advance: float) -> None:
        """Add glyphs of one character each to the open run, with *moves* among them."""
        self._go(x)
        if moves:
            before = len(self._ids)
            self._moves += [(before + at, by) for at, by in moves] if before else moves
        self._ids += ids
        self._at += advance
        self._texts.append(text)

    def flush(self) -> None:
        """Close the open run."""
        if self._look is not None and self._ids:
            ids = self._ids
            texts: Sequence[str] = "".join(self._texts)
            if self._apart:
                parts = enumerate(self._texts)
                texts = tuple(chain.from_iterable([t] if n in self._apart else t for n, t in parts))
            ys = array("d", [self._ys.get(n, 0.0) for n in range(len(ids))]) if self._ys else ()
            self.runs.append(GlyphRun(self._look, self._x, self._y, ids, texts, self._moves, ys))
            self._clear()
        self._look = None
