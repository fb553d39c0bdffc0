"""The text of a paragraph: what each character of its pieces is, with white space settled (CLREQ 6.3.3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from convert.model.nodes import RubySegment
from convert.records import dataclass, field
from convert.regex import regex
from convert.theme import LayoutTheme
from convert.typeset.cjk import PLAIN, Class, classes_in, unit_classes
from convert.typeset.inline import BoxPiece, Piece, RubyPiece, Style, TextPiece
from convert.typeset.quotes import set_quotes

__all__ = ["SPACES", "TOKEN", "Source", "read_pieces"]

BOX = "\ufffc"
JOINER = "\u2060"
SPACES = (Class.SPACE, Class.NBSP, Class.IS)
_BLANK = regex(r"[\s\u00a0\u2007\u202f\u3000]")
_QUOTE = regex("[‘’“”]")
_TWO_TONES = regex("[！？]{2}")
_WIDE = frozenset(
    {
        Class.OP,
        Class.CL,
        Class.FS,
        Class.CM,
        Class.EX,
        Class.DS,
        Class.EL,
        Class.MD,
        Class.CN,
        Class.SO,
        Class.IS,
    }
)
_HAN = frozenset({Class.ID, Class.ITER, Class.CJ, Class.BOX})
TOKEN = frozenset({Class.LAT, Class.NUM, Class.LBOX, Class.PRE, Class.POST, Class.CODE})


@dataclass(slots=True)
class Source:
    """The text of one paragraph up to a forced line end, with what each character is.

    `piece` is the index of the piece that a character came from; `segment` numbers ruby segments from 1.
    Where `keep_spaces` is set (titles, verse) spaces are as wide as typed.
    """

    pieces: Sequence[Piece]
    keep_spaces: bool = False
    text: str = ""
    classes: list[Class] = field(default_factory=list)
    piece: list[int] = field(default_factory=list)
    segment: list[int] = field(default_factory=list)
    ruby: list[RubySegment] = field(default_factory=list)

    def style(self, i: int) -> Style | None:
        """The style of character *i*; None for a box."""
        piece = self.pieces[self.piece[i]]
        return piece.style if isinstance(piece, (TextPiece, RubyPiece)) else None


def read_pieces(pieces: Sequence[Piece], language: str, layout: LayoutTheme, keep_spaces: bool) -> Source:
    """The characters of *pieces* with their classes, white space settled."""
    source = Source(pieces, keep_spaces)
    parts: list[str] = []
    tags: list[str] = []
    for number, piece in enumerate(pieces):
        match piece:
            case TextPiece():
                text = piece.text
                source.classes += _classes(piece)
                source.segment += [0] * len(text)
            case RubyPiece():
                text = _ruby_text(piece, source)
            case BoxPiece():
                text = BOX
                latin = any(c.isascii() and c.isalnum() for c in piece.text)
                source.classes.append(Class.LBOX if latin else Class.BOX)
                source.segment.append(0)
            case _:
                continue
        parts.append(text)
        source.piece += [number] * len(text)
        tag = piece.style.language if isinstance(piece, (TextPiece, RubyPiece)) else language
        tags += [tag or language] * len(text)
    source.text = "".join(parts)
    if _is_unusual(source.text) or language.startswith("ja"):
        unit_classes(source.text, source.classes, language)
    if _QUOTE.search(source.text):
        set_quotes(source.text, source.classes, tags)
    _settle_spaces(source, layout, keep_spaces, language.startswith("ko"))
    return source


def _is_unusual(text: str) -> bool:
    """Whether the class of a character may depend on its neighbours."""
    return not PLAIN.fullmatch(text.replace("…", "") or "。") or _TWO_TONES.search(text) is not None


def _classes(piece: TextPiece) -> list[Class]:
    style = piece.style
    if piece.note:
        return [Class.NOTE] * len(piece.text)
    found = list(map(classes_in(style.language).__getitem__, piece.text))
    if style.verbatim:
        keep = (*_HAN, *SPACES, Class.GONE, Class.HANGUL)
        found = [
            kind if kind in keep else _verbatim(char) for char, kind in zip(piece.text, found, strict=True)
        ]
    return found


def _verbatim(char: str) -> Class:
    """In verbatim text every sign keeps its full width."""
    return Class.ID if unicodedata.east_asian_width(char) in "FW" else Class.CODE


def _ruby_text(piece: RubyPiece, source: Source) -> str:
    text = ""
    for segment in piece.segments:
        source.ruby.append(segment)
        text += segment.base
        source.classes += map(classes_in(piece.style.language).__getitem__, segment.base)
        source.segment += [len(source.ruby) if segment.text else 0] * len(segment.base)
    return text


def _settle_spaces(source: Source, layout: LayoutTheme, keep_spaces: bool, korean: bool) -> None:
    """Drop the spaces that Chinese composition has no use for (CLREQ 6.3.3; CSS Text 4, 4.1).

    Korean parts its words by spaces, so there they stay.
    """
    if not _BLANK.search(source.text):
        return
    classes = source.classes
    size = len(classes)
    gone: list[int] = []
    joined: set[int] = set()
    """Hard spaces that go: their ban on a line end stays (reference layout.md 2.5)."""
    i = 0
    for found in _BLANK.finditer(source.text):
        start = found.start()
        if start < i or classes[start] not in SPACES:
            continue
        i = start
        while i < size and classes[i] in (*SPACES, Class.GONE):
            i += 1
        style = source.style(start)
        if style is not None and style.verbatim:
            continue
        left = _visible(classes, start - 1, -1)
        right = _visible(classes, i, 1)
        wanted = (korean and left is not None and right is not None) or _wanted(
            source.text[start:i], left, right, layout, keep_spaces
        )
        hard = Class.NBSP in classes[start:i]
        kept, first = 0, len(gone)
        for k in range(start, i):
            if classes[k] is Class.GONE:
                continue
            if not (wanted and (kept == 0 or classes[k] is Class.IS or keep_spaces)):
                gone.append(k)
                continue
            kept += 1
            if hard and classes[k] is Class.SPACE:
                classes[k] = Class.NBSP
        if hard and not kept and left is not None and right is not None:
            joined.add(start)
            del gone[first]
    for k in joined:
        classes[k] = Class.GONE
    if joined:
        source.text = "".join(JOINER if k in joined else c for k, c in enumerate(source.text))
    if gone:
        _filter(source, gone)


def _filter(source: Source, gone: Sequence[int]) -> None:
    """Leave out the characters *gone*, which come in order."""
    spans = list(zip([0, *(k + 1 for k in gone)], [*gone, len(source.text)], strict=True))
    source.text = "".join([source.text[start:end] for start, end in spans])
    classes, piece, segment = source.classes, source.piece, source.segment
    source.classes, source.piece, source.segment = [], [], []
    for start, end in spans:
        source.classes += classes[start:end]
        source.piece += piece[start:end]
        source.segment += segment[start:end]


def _visible(classes: Sequence[Class], i: int, step: int) -> Class | None:
    while 0 <= i < len(classes) and classes[i] is Class.GONE:
        i += step
    return classes[i] if 0 <= i < len(classes) else None


def _wanted(
    spaces: str, left: Class | None, right: Class | None, layout: LayoutTheme, keep_spaces: bool
) -> bool:
    """Does a run of spaces between two classes stay?"""
    if left is None or right is None:
        return keep_spaces and right is not None
    if "\u3000" in spaces or keep_spaces:
        return True
    if left in _WIDE or right in _WIDE:
        return False
    if left in _HAN and right in _HAN:
        return layout.cjk_space == "keep"
    if left is Class.NOTE and right in _HAN:
        return False
    return not ((left in _HAN and right in TOKEN) or (left in TOKEN and right in _HAN))
