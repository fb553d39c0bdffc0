"""Runs: glyphs of one face, size and colour on one baseline."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from convert.font.face import Face
from convert.records import dataclass
from convert.typeset.structure import InlineTag

__all__ = ["STILL", "Glyph", "GlyphRun", "Look", "Move", "glyph_run"]

STILL = 1e-6
"""What is nearer to the pen than so many points stands where it is."""

Move = tuple[int, float]
"""The index of a glyph, and by how many points it stands further to the right than the pen is behind the one before."""


class Glyph(NamedTuple):
    """One glyph of a run: its id, where its origin stands relative to the run, and the source text.

    `text` is what copying gives back; a ligature carries all its characters, a glyph that adds nothing
    carries ''.
    """

    id: int
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """What the glyphs of a run have in common; runs of one paragraph share it.

    `synthetic` says that the text is made by quire (a hyphen at a line end, a leader) and not the source's; `tag`
    what the run is within its paragraph.  `scale` is how many times as wide as drawn the glyphs are set.
    """

    face: Face
    size: float
    colour: str = "#000000"
    language: str = ""
    synthetic: bool = False
    tag: InlineTag | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs on one baseline, in parallel sequences: a book has millions.

    `ids` has each glyph's id, `texts` what it says (a string where each says one character); `ys` is empty when
    all stand on the baseline.  The origin of the first is at (`x`, `y`), of each other at the end of the one
    before, by the advance that its face gives it, but for `moves`, in order of their index, which is never 0:
    lines of Chinese need few.
    """

    look: Look
    x: float
    y: float
    ids: Sequence[int]
    texts: Sequence[str]
    moves: Sequence[Move] = ()
    ys: Sequence[float] = ()

    @property
    def face(self) -> Face:
        """The face of all its glyphs."""
        return self.look.face

    @property
    def size(self) -> float:
        """Their size in points."""
        return self.look.size

    @property
    def colour(self) -> str:
        """Their colour."""
        return self.look.colour

    @property
    def language(self) -> str:
        """Their language."""
        return self.look.language

    @property
    def synthetic(self) -> bool:
        """Whether quire made the text."""
        return self.look.synthetic

    @property
    def tag(self) -> InlineTag | None:
        """What the run is within its paragraph."""
        return self.look.tag

    @property
    def scale(self) -> float:
        """How many times as wide as drawn the glyphs are set."""
        return self.look.scale

    @property
    def xs(self) -> array[float]:
        """Where each glyph's origin stands relative to the run's."""
        advance, em = self.look.face.advance, self.look.size * self.look.scale
        steps = [0.0, *[advance(gid) * em for gid in self.ids[:-1]]]
        for at, by in self.moves:
            steps[at] += by
        return array("d", accumulate(steps[: len(self.ids)]))

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """The glyphs one by one."""
        ys = self.ys or (0.0,) * len(self.ids)
        return tuple(map(Glyph, self.ids, self.xs, ys, self.texts))


def glyph_run(look: Look, x: float, y: float, glyphs: Sequence[Glyph]) -> GlyphRun:
    """A run of *glyphs*, which stand relative to (*x*, *y*)."""
    texts = [glyph.text for glyph in glyphs]
    single = all(len(text) == 1 for text in texts)
    ys = [glyph.y for glyph in glyphs] if any(glyph.y for glyph in glyphs) else ()
    em, first = look.size * look.scale, glyphs[0].x if glyphs else 0.0
    pen, moves = first, []
    for at, (gid, place, _, _) in enumerate(glyphs):
        if abs(place - pen) > STILL:
            moves.append((at, place - pen))
            pen = place
        pen += look.face.advance(gid) * em
    return GlyphRun(
        look,
        x + first,
        y,
        array("H", [glyph.id for glyph in glyphs]),
        "".join(texts) if single else tuple(texts),
        moves,
        array("d", ys) if ys else (),
    )
