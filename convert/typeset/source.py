"""The text of a paragraph: what each character of its pieces is, with white space settled (CLREQ 6.3.3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from convert.model.nodes import RubySegment
from convert.records import dataclass, field
from convert.regex import regex
from convert.theme import LayoutTheme
from convert.typeset.cjk import COMMON_MARKS, Class, classes_in, unit_classes
from convert.typeset.inline import BoxPiece, Piece, RubyPiece, Style, TextPiece
from convert.typeset.quotes import set_quotes
from convert.typeset.remembered import Remembered

__all__ = ["ISLAND", "SPACES", "TOKEN", "Source", "read_pieces"]

BOX = "\ufffc"
JOINER = "\u2060"
SPACES = (Class.SPACE, Class.NBSP, Class.IS)
ISLAND = regex("[^\u4e00-\u9fff]+")
"""What stands between two ideographs."""
_BLANK = regex(r"[\s\u00a0\u2007\u202f\u3000]")
_QUOTE = regex("[‘’“”]")
_USUAL = regex(f"(?!.*[！？]{{2}})[\u4e00-\u9fff{COMMON_MARKS}…]*")
"""Han and signs each of which is what it is whatever stands beside it: two ！？ in a row are not."""
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


_UNUSUAL, _QUOTED, _SPACED = 1, 2, 4
"""Flags of a text: classes may depend on neighbours; it has curly quotes; it has spaces."""
_Island = tuple[list[Class], int]
"""The classes of the characters of an island by itself, and its flags."""


class _Islands(Remembered[str, _Island]):
    """The islands of texts in a language, looked at once each."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._classes = classes_in(language)

    def __missing__(self, text: str) -> _Island:
        flags = 0 if _USUAL.fullmatch(text) else _UNUSUAL
        flags |= _QUOTED if _QUOTE.search(text) else 0
        flags |= _SPACED if _BLANK.search(text) else 0
        return self.keep(text, text, (list(map(self._classes.__getitem__, text)), flags))


@lru_cache(maxsize=64)
def _islands(language: str) -> _Islands:
    return _Islands(language)


def read_pieces(pieces: Sequence[Piece], language: str, layout: LayoutTheme, keep_spaces: bool) -> Source:
    """The characters of *pieces* with their classes, white space settled."""
    source = Source(pieces, keep_spaces)
    parts: list[str] = []
    flags = _UNUSUAL if len(pieces) > 1 or language.startswith("ja") else 0
    for number, piece in enumerate(pieces):
        match piece:
            case TextPiece():
                text = piece.text
                flags |= _read(piece, source)
            case RubyPiece():
                text = _ruby_text(piece, source)
                flags = _UNUSUAL | _QUOTED | _SPACED
            case BoxPiece():
                text = BOX
                latin = any(c.isascii() and c.isalnum() for c in piece.text)
                source.classes.append(Class.LBOX if latin else Class.BOX)
                source.segment.append(0)
                flags |= _UNUSUAL
            case _:
                continue
        parts.append(text)
        source.piece += [number] * len(text)
    source.text = "".join(parts)
    if flags & _UNUSUAL:
        unit_classes(source.text, source.classes, language)
    if flags & _QUOTED:
        set_quotes(source.text, source.classes, _tags(source, language))
    if flags & _SPACED:
        _settle_spaces(source, layout, keep_spaces, language.startswith("ko"))
    return source


def _tags(source: Source, language: str) -> list[str]:
    """The language of each character."""
    tags = [
        (piece.style.language if isinstance(piece, (TextPiece, RubyPiece)) else "") or language
        for piece in source.pieces
    ]
    return list(map(tags.__getitem__, source.piece))


def _read(piece: TextPiece, source: Source) -> int:
    """Add the classes of a piece; gives the flags of its text."""
    text, style, flags = piece.text, piece.style, 0
    known = _islands(style.language)
    found = [Class.ID] * len(text)
    for match in ISLAND.finditer(text):
        classes, own = known[match[0]]
        found[match.start() : match.end()] = classes
        flags |= own
    if piece.note:
        found = [Class.NOTE] * len(text)
    elif style.verbatim:
        keep = (*_HAN, *SPACES, Class.GONE, Class.HANGUL)
        found = [kind if kind in keep else _verbatim(char) for char, kind in zip(text, found, strict=True)]
    source.classes += found
    source.segment += [0] * len(text)
    return flags


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
