"""The pen of a line: glyphs collected into runs of one face, size and colour."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain

from convert.font.face import Face
from convert.typeset.frame import GlyphRun, Item
from convert.typeset.inline import Style
from convert.typeset.structure import InlineTag

__all__ = ["Pen"]


class Pen:
    """Collects glyphs into runs while the line is walked from left to right."""

    __slots__ = ("_apart", "_ids", "_key", "_texts", "_x", "_xs", "_ys", "runs")

    def __init__(self) -> None:
        self.runs: list[Item] = []
        self._key: tuple[Face, float, float, str, str, InlineTag | None, float] | None = None
        self._x = 0.0
        self._clear()

    def _clear(self) -> None:
        self._ids = array("H")
        self._xs = array("d")
        self._ys: dict[int, float] = {}
        self._texts: list[str] = []
        """What the glyphs say, a character each."""
        self._apart: set[int] = set()
        """Which of the texts are one glyph's that says more than a character, or nothing."""

    def start(self, face: Face, style: Style, x: float, scale: float = 1.0) -> float:
        """Begin a run, or go on with the one that is open; gives the x that it counts from."""
        key = (face, style.size, -style.rise, style.colour, style.language, style.tag, scale)
        if key != self._key:
            self.flush()
            self._key, self._x = key, x
        return self._x

    def add(self, gid: int, x: float, y: float, text: str) -> None:
        """Add a glyph to the open run."""
        if y:
            self._ys[len(self._ids)] = y
        self._ids.append(gid)
        self._xs.append(x)
        if len(text) != 1:
            self._apart.add(len(self._texts))
        self._texts.append(text)

    def extend(self, ids: array[int], xs: Iterable[float], text: str) -> None:
        """Add glyphs of one character each to the open run."""
        self._ids += ids
        self._xs.extend(xs)
        self._texts.append(text)

    def flush(self) -> None:
        """Close the open run."""
        if self._key is not None and self._ids:
            face, size, y, colour, language, tag, scale = self._key
            ids, xs = self._ids, self._xs
            texts: Sequence[str] = "".join(self._texts)
            if self._apart:
                parts = enumerate(self._texts)
                texts = tuple(chain.from_iterable([t] if n in self._apart else t for n, t in parts))
            ys = array("d", [self._ys.get(n, 0.0) for n in range(len(ids))]) if self._ys else ()
            run = GlyphRun(face, size, self._x, y, ids, xs, texts, ys, colour, language, False, tag, scale)
            self.runs.append(run)
            self._clear()
        self._key = None
