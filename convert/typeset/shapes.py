"""Shapes: what one cell of a line paints and how wide its rigid body is, measured once each.

A cell is a cluster of shaped text: a Han character, a mark without its blank, a dash of two halves, or
one cluster of a Latin word.  Trims come from the ink of the glyph and not from the code point, so that
a font whose quotes are narrow or whose stops are centred is set right too (reference layout.md 1.2).
"""

from __future__ import annotations

import sys
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from convert.font.face import NO_FEATURES, Face, Shaped
from convert.records import dataclass, replace
from convert.theme import Role
from convert.typeset.adjust import body_width, region
from convert.typeset.cjk import Class, script_of
from convert.typeset.quotes import QUOTES

__all__ = ["Faces", "Mark", "Plain", "Shape", "Shaper", "Styled", "Word"]

_TRIM_SLACK = 0.03
_TRIM_LEAST = 0.45
_PLAIN = (Class.ID, Class.OP, Class.CL, Class.FS, Class.CM)
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fff"
_UTF_16 = f"utf-16-{sys.byteorder[0]}e"
_FIGURES = "0123456789"
_NARROW = {"pwid": True}
"""Han fonts draw curly quotes 1 em wide unless they are asked for the proportional ones."""


class Faces(Protocol):
    """What the engine asks of the font catalogue."""

    def face(self, role: Role, language: str = "", latin: bool = False) -> Face:
        """The face of a role; with *latin* the one of its letters."""
        ...

    def for_char(self, char: str, role: Role, language: str = "") -> Face | None:
        """A face that has *char*, the best fit first."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """One glyph of a shape: id, offsets from the cell's left end and the baseline (y up), and advance, in em."""

    gid: int
    x: float
    y: float
    advance: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A cell: its text, face, rigid width in em, and glyphs; `missing` when no font has the character.

    `gid` is set for a plain Han or mark: one character, one glyph of its style's own face, on the baseline,
    `dx` from the cell's left end; from the end of its advance to the cell's right end it is `rest`.
    """

    text: str
    face: Face
    width: float
    marks: tuple[Mark, ...]
    missing: bool = False
    gid: int = -1
    dx: float = 0.0
    rest: float = 0.0


class Plain(dict[tuple[str, Class], Shape]):
    """The shapes of plain Han and marks in one style, by character and class.

    Asking for any other raises KeyError.
    """

    def __init__(self, styled: Styled, face: Face) -> None:
        super().__init__()
        self._styled, self._face = styled, face
        self._glyphs = _Glyphs(self)
        self.body = Shape("", face, 1.0, ())
        """The one shape of all Han, which has no glyph of its own."""

    def glyphs(self, text: str) -> array[int] | None:
        """The glyph of each Han of *text*, and 0 for all else; None where a Han is not plain."""
        self._glyphs.row = text
        glyphs = text.translate(self._glyphs)
        if len(glyphs) < len(text):
            return None
        ids = array("H")
        ids.frombytes(glyphs.encode(_UTF_16, "surrogatepass"))
        return ids

    def row(self, text: str, kinds: Sequence[Class], marks: Sequence[int]) -> tuple[list[Shape], array[int]]:
        """Shapes and glyph ids of *text*, in which marks stand at *marks* and all else is Han.

        All Han share one shape.  KeyError has character and class of one that is not plain.
        """
        ids = self.glyphs(text)
        if ids is None:
            raise KeyError((next(char for char in text if self._glyphs[ord(char)] is None), Class.ID))
        row = [self.body] * len(text)
        for q in marks:
            shape = row[q] = self[text[q], kinds[q]]
            ids[q] = shape.gid
        return row, ids

    def han(self, chars: Sequence[str]) -> dict[int, int | None]:
        """The glyph of each of *chars*, all Han, by code point; None for one that is not plain."""
        own = [char for char in chars if self._styled.face_for(char) is self._face]
        at: dict[int, list[Shaped]] = {}
        # A blank behind each, so that none has another for a neighbour.
        for glyph in self._face.shape(" ".join(own), language=self._styled.language, script="Hani"):
            at.setdefault(glyph.cluster, []).append(glyph)
        found: dict[int, int | None] = dict.fromkeys(map(ord, chars))
        for n, char in enumerate(own):
            glyphs = at.get(2 * n, ())
            if len(glyphs) == 1 and glyphs[0][2:] == (1.0, 0.0, 0.0):
                gid = glyphs[0].gid
                if self._face.advance(gid) == 1.0:
                    found[ord(char)] = gid
        return found

    def __missing__(self, key: tuple[str, Class]) -> Shape:
        char, kind = key
        shape = self._styled.cell(char, kind)
        mark = shape.marks[0] if len(shape.marks) == 1 and kind in _PLAIN else None
        han = kind is not Class.ID or (shape.width == 1.0 and mark is not None and not mark.x)
        if mark is None or mark.y or shape.face is not self._face or not han:
            raise KeyError(key)
        rest = shape.width - mark.x - self._face.advance(mark.gid)
        made = self[key] = replace(shape, gid=mark.gid, dx=mark.x, rest=rest)
        return made


class _Glyphs(dict[int, int | None]):
    """The glyphs of plain Han by code point, for `str.translate`: None for one that is not plain, 0 for marks.

    All that a *row* has for the first time are shaped together: one by one they take a twentieth of a small build.
    """

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        self._plain = plain
        self.row = ""

    def __missing__(self, code: int) -> int | None:
        if not _FIRST_HAN <= chr(code) <= _LAST_HAN:
            self[code] = 0
        else:
            new = {char for char in self.row if _FIRST_HAN <= char <= _LAST_HAN and ord(char) not in self}
            self.update(self._plain.han(sorted(new)))
        return self[code]


class Word(NamedTuple):
    """A stretch of proportional text: its shapes with their widths in em, and what kerning took from some of them.

    `kerned` has the number of shapes before a place and by how many em the last of them is wider where a line
    ends there.  `even` tells that each shape is one character; `glyphs` are given where each is also one glyph at
    its place, all of one face.
    """

    shapes: tuple[Shape, ...]
    widths: tuple[float, ...]
    kerned: tuple[tuple[int, float], ...]
    even: bool
    glyphs: array[int] | None


def _word(shapes: Sequence[Shape]) -> Word:
    face = shapes[0].face if shapes else None
    kerned: list[tuple[int, float]] = []
    ids = array("H")
    even = simple = True
    for n, shape in enumerate(shapes, 1):
        even = even and len(shape.text) == 1
        if n < len(shapes) and (lost := _lost(shape)):
            kerned.append((n, lost))
        mark = shape.marks[0] if len(shape.marks) == 1 else None
        if mark is None or mark.x or mark.y or shape.missing or shape.face is not face:
            simple = False
        else:
            ids.append(mark.gid)
    widths = tuple([shape.width for shape in shapes])
    return Word(tuple(shapes), widths, tuple(kerned), even, ids if even and simple else None)


def _lost(shape: Shape) -> float:
    """By how many em the last glyph of *shape* is wider than it was set before its neighbour."""
    if not shape.marks:
        return 0.0
    last = shape.marks[-1]
    return shape.face.advance(last.gid) - last.advance


class _FaceOf(dict[str, Face | None]):
    """The face that each character of a role in a language is set in; None when no font has it."""

    def __init__(self, faces: Faces, role: Role, language: str) -> None:
        super().__init__()
        self._faces, self._role, self._language = faces, role, language

    def __missing__(self, char: str) -> Face | None:
        latin = char < "\u0590" and not (char in QUOTES or char.isspace())
        base = self._faces.face(self._role, self._language, latin)
        made = base if base.has(char) else self._faces.for_char(char, self._role, self._language)
        self[char] = made
        return made


class Styled:
    """The shapes of one style: a role in a language.  Each is measured once."""

    def __init__(self, shaper: Shaper, role: Role, language: str) -> None:
        self._shaper, self._role, self.language = shaper, role, language
        self._cells: dict[tuple[str, Class, int], Shape] = {}
        self._runs: dict[str, Word] = {}
        self._apart: dict[str, Word] = {}
        self.plain = Plain(self, shaper.base(role, language))

    def face_for(self, char: str) -> Face | None:
        """The face that *char* is set in; None when no font has it."""
        return self._shaper.face_for(char, self._role, self.language)

    def cell(self, text: str, kind: Class, chain: int = 1) -> Shape:
        """The shape of one cell of a class that is no word: Han, mark, unit.

        *chain* is the number of ！？ in a row: two take 1 em, three take 2 (GB/T 15834-2011 5.1.2).
        """
        key = (text, kind, chain)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self._shaper.make(text, kind, self._role, self.language, chain)
        return found

    @cached_property
    def figures(self) -> Mapping[str, Shape] | None:
        """The shapes of the ten figures; None where one depends on the figure beside it."""
        every = "".join([one + other for one in _FIGURES for other in _FIGURES])
        word = self.run(every)
        found = dict(zip(every, word.shapes, strict=False))
        alike = all(found[char] is shape for char, shape in zip(every, word.shapes, strict=False))
        return found if alike and word.glyphs is not None and not word.kerned else None

    def run(self, text: str, apart: bool = False) -> Word:
        """A stretch of proportional text, cluster by cluster; *apart* is without ligatures."""
        known = self._apart if apart else self._runs
        found = known.get(text)
        if found is None:
            made = self._shaper.shape_run(text, self._role, self.language, apart)
            found = known[text] = _word(made)
        return found


class Shaper:
    """Makes shapes, and remembers them style by style."""

    def __init__(self, faces: Faces, punctuation: str) -> None:
        self._faces = faces
        self._style = punctuation
        self._found: dict[tuple[Role, str], _FaceOf] = {}
        self._letters: dict[tuple[Face, str, int, float, float, float], Shape] = {}
        self._styled: dict[tuple[Role, str], Styled] = {}

    def face_for(self, char: str, role: Role, language: str) -> Face | None:
        """The face that *char* is set in; None when no font has it."""
        return self._faces_in(role, language)[char]

    def _faces_in(self, role: Role, language: str) -> _FaceOf:
        key = (role, language)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = _FaceOf(self._faces, role, language)
        return found

    def base(self, role: Role, language: str) -> Face:
        """The face of a role itself."""
        return self._faces.face(role, language)

    def any_face(self) -> Face:
        """A face for cells that paint no glyph."""
        return self._faces.face(Role.SERIF, "zh-Hans")

    def space(self, role: Role, language: str) -> float:
        """Width of the word space in em."""
        face = self.face_for(" ", role, language)
        return face.advance(face.glyph_id(" ")) if face else 0.25

    def styled(self, role: Role, language: str) -> Styled:
        """The shapes of a style."""
        key = (role, language)
        found = self._styled.get(key)
        if found is None:
            found = self._styled[key] = Styled(self, role, language)
        return found

    def run(self, text: str, role: Role, language: str) -> tuple[Shape, ...]:
        """The shapes of a stretch of proportional text, cluster by cluster."""
        return self.styled(role, language).run(text).shapes

    def make(self, text: str, kind: Class, role: Role, language: str, chain: int) -> Shape:
        """A cell measured afresh."""
        face = self.face_for(text[0], role, language)
        if face is None:
            wide = unicodedata.east_asian_width(text[0]) in "FWA"
            return Shape(text, self.base(role, language), 1.0 if wide else 0.5, (), missing=True)
        glyphs = face.shape(text, language=language, script=script_of(text[0]) or "Hani")
        if kind in (Class.DS, Class.EL) or (kind is Class.CN and text in "—―─"):
            return _unit(text, kind, face, glyphs)
        width = sum(g.advance for g in glyphs)
        body = body_width(kind, self._style, region(language))
        if kind is Class.CN:
            body = max(0.5, width) if text in "-‐–－" and width <= 0.75 else max(width, 0.5)
        if kind is Class.EX:
            narrow = 0.5 if chain < 3 else 2 / 3
            body = 1.0 if text in "‼⁇⁈⁉" else width if region(language) != "hans" else narrow
        if body is None:
            return Shape(text, face, width, _marks(glyphs))
        return _fit_body(text, kind, face, glyphs, body)

    def shape_run(self, text: str, role: Role, language: str, apart: bool = False) -> list[Shape]:
        """A stretch of proportional text shaped afresh; *apart* is without ligatures."""
        out: list[Shape] = []
        for part, face in self._by_face(text, role, language):
            if face is None:
                for char in part:
                    wide = unicodedata.east_asian_width(char) in "FW"
                    out.append(Shape(char, self.base(role, language), 1.0 if wide else 0.5, (), missing=True))
                continue
            script = next((found for char in part if (found := script_of(char))), "Latn")
            features = _NARROW if any(char in QUOTES for char in part) else NO_FEATURES
            if apart:
                features = {**features, "liga": False}
            glyphs = face.shape(part, language=language, script=script, features=features)
            out.extend(self._clustered(part, face, glyphs))
        return out

    def _clustered(self, text: str, face: Face, glyphs: tuple[Shaped, ...]) -> list[Shape]:
        """As `_clusters`; a letter that is one glyph has one shape, however many words it stands in."""
        if [glyph.cluster for glyph in glyphs] != list(range(len(text))):
            return _clusters(text, face, glyphs)
        known, out = self._letters, []
        for char, (gid, _, advance, x, y) in zip(text, glyphs, strict=True):
            key = (face, char, gid, advance, x, y)
            shape = known.get(key)
            if shape is None:
                shape = known[key] = Shape(char, face, advance, (Mark(gid, x, y, advance),))
            out.append(shape)
        return out

    def _by_face(self, text: str, role: Role, language: str) -> list[tuple[str, Face | None]]:
        """*text* cut where the face changes; a mark that combines stays with its base where that face has it."""
        known = self._faces_in(role, language)
        faces = [known[char] for char in text]
        if faces and faces[0] is not None and faces.count(faces[0]) == len(text):
            return [(text, faces[0])]
        parts: list[tuple[str, Face | None]] = []
        for char, face in zip(text, faces, strict=True):
            if parts and (
                unicodedata.combining(char) or char in "\u200d\u200c" or "\ufe00" <= char <= "\ufe0f"
            ):
                last = parts[-1][1]
                if face is None or (last is not None and last.has(char)):
                    face = last
            if parts and parts[-1][1] is face:
                parts[-1] = (parts[-1][0] + char, face)
            else:
                parts.append((char, face))
        return parts


def _marks(glyphs: tuple[Shaped, ...], shift: float = 0.0) -> tuple[Mark, ...]:
    out = []
    x = shift
    for g in glyphs:
        out.append(Mark(g.gid, x + g.x_offset, g.y_offset, g.advance))
        x += g.advance
    return tuple(out)


def _clusters(text: str, face: Face, glyphs: tuple[Shaped, ...]) -> list[Shape]:
    """Shapes of shaped text, one for each cluster, in the order of the text."""
    by_start: dict[int, list[Shaped]] = {}
    for g in glyphs:
        by_start.setdefault(g.cluster, []).append(g)
    starts = sorted(by_start)
    if not starts:
        return [Shape(text, face, 0.0, ())]
    ends = [*starts[1:], len(text)]
    out = []
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        own = tuple(by_start[start])
        out.append(Shape(text[0 if n == 0 else start : end], face, sum(g.advance for g in own), _marks(own)))
    return out


def _unit(text: str, kind: Class, face: Face, glyphs: tuple[Shaped, ...]) -> Shape:
    """Dash or ellipsis of exactly one em a half, its ink joined, its dots at the height of a Han's middle."""
    halves = 2 if text == "⸺" else len(text)
    width = sum(g.advance for g in glyphs)
    lift = 0.0
    if kind is Class.EL and glyphs:
        _, bottom, _, top = face.ink(glyphs[0].gid)
        lift = 0.38 - (bottom + top) / 2 if (bottom + top) / 2 < 0.25 else 0.0
    fits = not glyphs or abs(width - halves) < 0.01
    marks = _marks(glyphs) if fits else _spread(glyphs, halves, width)
    return Shape(text, face, float(halves), tuple(Mark(m.gid, m.x, m.y + lift, m.advance) for m in marks))


def _spread(glyphs: tuple[Shaped, ...], halves: int, width: float) -> tuple[Mark, ...]:
    """Glyphs that are too narrow or too wide for their halves: each centred in its share."""
    share = halves / len(glyphs)
    return tuple(
        Mark(g.gid, n * share + (share - g.advance) / 2 + g.x_offset, g.y_offset, g.advance)
        for n, g in enumerate(glyphs)
    )


def _fit_body(text: str, kind: Class, face: Face, glyphs: tuple[Shaped, ...], body: float) -> Shape:
    """A mark in a body of *body* em: the glyph shifted so that its ink stands in it."""
    width = sum(g.advance for g in glyphs)
    if not glyphs or abs(width - body) < 0.01:
        return Shape(text, face, max(width, body), _marks(glyphs))
    if width <= body:
        return Shape(text, face, body, _marks(glyphs, (body - width) / 2))
    left, _, right, _ = face.ink(glyphs[0].gid)
    if kind is Class.OP:
        trim = min(width - body, max(0.0, left - _TRIM_SLACK))
        trim = width - body if trim >= _TRIM_LEAST * (width - body) / 0.5 else trim
        return Shape(text, face, width - trim, _marks(glyphs, -trim))
    ink = right - left
    if kind in (Class.CL, Class.FS, Class.CM) and right <= body + _TRIM_SLACK:
        return Shape(text, face, body, _marks(glyphs))
    if ink <= body:
        return Shape(text, face, body, _marks(glyphs, (body - ink) / 2 - left))
    return Shape(text, face, width, _marks(glyphs))
