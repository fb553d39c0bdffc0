"""What the line engine takes and gives: styled pieces in, finished lines out."""

from __future__ import annotations

from enum import Enum

from convert.diagnostics import Place
from convert.model.nodes import LinkTarget, RubySegment
from convert.records import dataclass
from convert.theme import Role
from convert.typeset.fit import Fit, told
from convert.typeset.frame import Item
from convert.typeset.structure import InlineTag

__all__ = [
    "NOWHERE",
    "Align",
    "BoxPiece",
    "BreakPiece",
    "Line",
    "ParagraphStyle",
    "Piece",
    "RubyPiece",
    "Style",
    "TextPiece",
]


NOWHERE = Place("")


class Align(Enum):
    """How lines fill the measure."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set.  `rise` lifts the baseline (points, up positive).

    `role` is for Han; `letters` is the role of Latin that goes with it: an italic when `italic` is set.  `dots`
    puts an emphasis dot under each Han character.  `verbatim` keeps spaces, turns off autospace, compression and hyphenation.
    """

    role: Role
    size: float
    language: str
    colour: str = "#000000"
    rise: float = 0.0
    italic: bool = False
    dots: bool = False
    underline: bool = False
    strike: bool = False
    highlight: str = ""
    verbatim: bool = False
    link: LinkTarget | None = None
    tag: InlineTag | None = None

    @property
    def letters(self) -> Role:
        """The role of Latin letters and figures: upright beside Kai and Fangsong unless they are emphasised."""
        if self.italic and not self.verbatim:
            return Role.KAI
        return Role.SERIF if self.role in (Role.KAI, Role.FANGSONG) else self.role


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Characters in one style.  `note` is set on a note mark: unbreakable to its left, and no autospace.

    `anchors` are the ids of places at its beginning.
    """

    text: str
    style: Style
    note: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RubyPiece:
    """Base text with ruby over it; `anchors` are the ids of places at its beginning."""

    segments: tuple[RubySegment, ...]
    style: Style
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxPiece:
    """Something of a fixed size in the line (an image, a formula): items relative to its left end on the baseline.

    A `blank` to fill in may be set wider.
    """

    width: float
    ascent: float
    descent: float
    items: tuple[Item, ...]
    text: str = ""
    blank: bool = False


@dataclass(frozen=True, slots=True)
class BreakPiece:
    """A forced line end."""


Piece = TextPiece | RubyPiece | BoxPiece | BreakPiece


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a paragraph is broken.  Lengths in points; `em` is the body size that adjustments refer to.

    `indent` is the first line's, `hang` all other lines'; both come off the measure at its start.
    """

    measure: float
    em: float
    language: str
    align: Align = Align.JUSTIFY
    indent: float = 0.0
    hang: float = 0.0
    place: Place = NOWHERE
    keep_spaces: bool = False
    """Spaces between Han stay (titles, verse)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line: items with x from the left edge of the measure (indent included), y from the baseline.

    `width` is where the text ends; `notes` are the ids of the notes whose marks stand in it; `fit` is how the line
    closed, None for one with nothing in it; `end_penalty` is what its end cost, for --debug-layout.
    """

    items: tuple[Item, ...]
    width: float
    ascent: float
    descent: float
    text: str
    notes: tuple[str, ...] = ()
    hyphenated: bool = False
    fit: Fit | None = None
    end_penalty: float = 0.0

    @property
    def last(self) -> bool:
        """Whether it is the last of its paragraph, or the last before a forced line end."""
        return self.fit is None or self.fit.final

    @property
    def stretch(self) -> float:
        """What was added between Han, in em (negative: shrunk)."""
        if self.fit is None:
            return 0.0
        return -sum(self.fit.shrink) if self.fit.shrink else self.fit.open

    @property
    def penalty(self) -> float:
        """What the way that it closed cost."""
        return self.fit.cost if self.fit is not None else 0.0

    @property
    def closing(self) -> str:
        """The steps that closed the line, as `told` names them."""
        return told(self.fit) if self.fit is not None else ""
