"""Painting: the items of a page as a content stream.  Positions come from the frame and are not judged here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import assert_never

from convert.font.face import Face
from convert.keeping import digest
from convert.records import dataclass
from convert.typeset.frame import (
    Anchor,
    Begin,
    Drawing,
    End,
    GlyphRun,
    ImageItem,
    Item,
    LinkArea,
    Page,
    Rule,
    Turned,
    Uses,
)
from convert.typeset.run import Move
from convert.typeset.structure import Element, InlineTag
from convert.writers.pdf.cidfont import CidFont
from convert.writers.pdf.ink import Ink, path
from convert.writers.pdf.objects import number, thousandth

__all__ = ["Mark", "Painted", "Painter", "layer_name", "names"]


_ARTIFACT = "/Artifact BMC"

_Key = tuple[int, InlineTag | None] | None
"""Whose content is painted: an element and a tag within it, or None for furniture."""
_NAME = 4
"""Letters of a hash in the name of a font or image: the names do not change with what else a book holds."""
_Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of marked content: of an *element*, by its index, or of a tag in it.

    `box` is where a figure stands: left, bottom, right, top.
    """

    element: int
    tag: InlineTag | None
    box: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Painted:
    """A content stream, and its marks in the order of their MCIDs, from 0."""

    content: bytes
    marks: tuple[Mark, ...]


class Painter:
    """Writes content streams with fonts and images under the names that the resources give them."""

    def __init__(
        self,
        fonts: Mapping[Face, tuple[str, CidFont]],
        images: Mapping[str, str],
        elements: Sequence[Element],
        *,
        ink: Ink | None = None,
    ) -> None:
        self._ink = ink or Ink()
        self._fonts = fonts
        self._images = images
        self._elements = elements

    def text(self, page: Page) -> Painted:
        """The text of *page*, without its furniture (ISO 32000-1, 8, 9 and 14.6).

        All is marked: as content of a structure element, or as an artifact.
        """
        return self._painted(page.items[page.furniture :] if page.furniture else page.items, page.height)

    def furniture(self, page: Page) -> bytes:
        """The furniture of *page*, which leaves the graphics state as it was; nothing where there is none."""
        if not page.furniture:
            return b""
        return b"q\n%b\nQ\n" % self._painted(page.items[: page.furniture], page.height).content

    def manner(self, uses: Uses, images: Iterable[str]) -> str:
        """How *uses* and *images* are written: where that is the same, so are the pages."""
        profile = self._ink.profile.data if self._ink.profile else b""
        out = [digest(self._ink.mode, profile), *(self._images.get(key, "") for key in images)]
        for face in sorted(uses, key=lambda face: face.key):
            if uses[face]:
                label, font = self._fonts[face]
                out += [label, font.manner(uses[face])]
        return "\n".join(out)

    def _painted(self, items: Sequence[Item], height: float) -> Painted:
        stream = _Stream(self._elements, self._ink)
        self._paint(items, height, stream)
        stream.close()
        return Painted("\n".join(stream.out).encode("ascii"), tuple(stream.marks))

    def _paint(
        self, items: Sequence[Item], height: float, stream: _Stream, turn: _Place | None = None
    ) -> None:
        """Paint *items*, whose y counts down from *height*; *turn* is where items that lie on their side begin."""
        run, colour = self._run, stream.colour
        open_: list[int | None] = [None]
        for item in items:
            element = open_[-1]
            match item:
                case GlyphRun():
                    if item.ids:
                        said = element is not None and any(item.texts)
                        stream.text((element, item.tag) if element is not None and said else None)
                        colour(item.colour)
                        run(item, height, stream)
                case Begin():
                    open_.append(item.element)
                case End():
                    open_.pop()
                case Rule():
                    stream.graphic(None)
                    stream.colour(item.colour)
                    box = (item.x, height - item.y - item.height, item.width, item.height)
                    stream.out.append(" ".join(map(number, box)) + " re f")
                case ImageItem():
                    if item.key in self._images:
                        left, bottom = item.x, height - item.y - item.height
                        place = (item.width, 0, 0, item.height, left, bottom)
                        box = (left, bottom, left + item.width, bottom + item.height)
                        if turn:
                            box = (turn[0] - box[3], turn[1] + box[0], turn[0] - box[1], turn[1] + box[2])
                        described = element is not None and item.alt
                        stream.graphic(
                            (element, item.tag) if element is not None and described else None, box
                        )
                        stream.out.append(
                            f"q {' '.join(map(number, place))} cm /{self._images[item.key]} Do Q"
                        )
                case Drawing():
                    stream.graphic((element, item.tag) if element is not None else None)
                    stream.colour(item.colour)
                    shape, corner = item.outline, (item.x, height - item.y)
                    stream.out.append(path(shape.commands, shape.points, corner, item.scale))
                case Turned():
                    self._turned(item, height, stream)
                case LinkArea() | Anchor():
                    pass
                case _:
                    assert_never(item)

    def _turned(self, item: Turned, height: float, stream: _Stream) -> None:
        """Items on their side (ISO 32000-1, 8.3.4): their x counts upward, their y to the right."""
        place = (item.x, height - item.y)
        stream.turn(place)
        self._paint(item.items, 0.0, stream, place)
        stream.turn_back()

    def _run(self, run: GlyphRun, height: float, stream: _Stream) -> None:
        look = run.look
        resource, font = self._fonts[look.face]
        if run.ys or not font.plain(run.ids):
            self._segments(run, height, stream)
            return
        em = look.size * look.scale
        moves = _thousandths(run.moves, em) if font.even else font.moves(run.ids, run.xs, em)
        stream.go(run.x, height - run.y, look.scale)
        stream.show(resource, look.size, font.written(run.ids), moves)

    def _segments(self, run: GlyphRun, height: float, stream: _Stream) -> None:
        """A run whose glyphs are not all in one layer of the font, or not on one baseline.

        Those without text stand apart: a reader is told that they say nothing.
        """
        look, texts, xs = run.look, run.texts, run.xs
        resource, font = self._fonts[look.face]
        layers = [font.layer_of[use] for use in zip(run.ids, texts, strict=True)]
        ys = run.ys or (0.0,) * len(layers)
        start = 0
        for (layer, silent, y), part in groupby(zip(layers, [not text for text in texts], ys, strict=True)):
            end = start + sum(1 for _ in part)
            ids = run.ids[start:end]
            if silent:
                stream.out.append("/Span <</ActualText ()>> BDC")
            stream.go(run.x + xs[start], height - run.y - y, look.scale)
            moves = font.moves(ids, xs[start:end], look.size * look.scale)
            stream.show(layer_name(resource, layer), look.size, font.written(ids), moves)
            if silent:
                stream.out.append("EMC")
            start = end


class _Stream:
    """A content stream that is being written: what is marked, whether text is open, the colour in force."""

    def __init__(self, elements: Sequence[Element], ink: Ink) -> None:
        self._ink = ink
        self.out: list[str] = []
        self.marks: list[Mark] = []
        self._elements = elements
        self._marked: _Key = None
        self._open = False
        self._in_text = False
        self._colour = "#000000"
        self._font = ("", 0.0)
        self._upright = self._colour, self._font
        self._x = self._y = 0
        self._scale = 1.0
        """Where the text line begins, in thousandths of a point, and how much wider than drawn it is set."""

    def colour(self, colour: str) -> None:
        """Fill with *colour* from here on."""
        if colour != self._colour:
            self._colour = colour
            self.out.append(self._ink.fill(colour))

    def text(self, key: _Key) -> None:
        """Text of *key* follows."""
        self._mark(key)
        if not self._in_text:
            self.out.append("BT")
            self._in_text = True
            self._x = self._y = 0
            self._scale = 1.0

    def go(self, x: float, y: float, scale: float) -> None:
        """Go to where text begins that is set *scale* times as wide as drawn (ISO 32000-1, 9.4.2)."""
        left, up = round(x * 1000), round(y * 1000)
        if scale == self._scale == 1.0:
            self.out.append(f"{thousandth(left - self._x)} {thousandth(up - self._y)} Td")
        else:
            self.out.append(f"{number(scale)} 0 0 1 {thousandth(left)} {thousandth(up)} Tm")
        self._x, self._y, self._scale = left, up, scale

    def show(self, resource: str, size: float, codes: str, moves: Iterable[tuple[int, int]]) -> None:
        """Show *codes*, four digits each, in a font; *moves* are in thousandths of its size (ISO 32000-1, 9.4.3)."""
        if self._font != (resource, size):
            self._font = resource, size
            self.out.append(f"/{resource} {number(size)} Tf")
        parts = []
        start = 0
        for at, by in moves:
            parts.append(f"{codes[start : 4 * at]}>{-by}<")
            start = 4 * at
        self.out.append(f"[<{''.join(parts)}{codes[start:]}>] TJ" if parts else f"<{codes}> Tj")

    def graphic(self, key: _Key, box: Sequence[float] = ()) -> None:
        """Something that is no text follows, content of *key*, in *box*."""
        self._mark(key, box)
        self._end_text()

    def close(self) -> None:
        """The page ends."""
        self._end_text()
        if self._open:
            self.out.append("EMC")
            self._open = False

    def turn(self, place: _Place) -> None:
        """What follows lies on its side, from *place* on."""
        self.close()
        self._upright = self._colour, self._font
        self.out.append(f"q 0 1 -1 0 {number(place[0])} {number(place[1])} cm")

    def turn_back(self) -> None:
        """What follows stands upright again."""
        self.close()
        self._colour, self._font = self._upright
        self.out.append("Q")

    def _end_text(self) -> None:
        if self._in_text:
            self.out.append("ET")
            self._in_text = False

    def _mark(self, key: _Key, box: Sequence[float] = ()) -> None:
        if self._open and key == self._marked and not box:
            return
        self.close()
        self._marked, self._open = key, True
        if key is None:
            self.out.append(_ARTIFACT)
            return
        element, tag = key
        kind = self._elements[element].tag.value if tag is None else tag.kind.value
        self.out.append(f"/{kind} <</MCID {len(self.marks)}>> BDC")
        self.marks.append(Mark(element, tag, tuple(box)))


def names(keys: Iterable[str], letter: str) -> dict[str, str]:
    """A name for each of *keys*, begun with *letter*, that depends on few others."""
    out: dict[str, str] = {}
    for key in sorted(keys):
        whole, size = hashlib.sha256(key.encode()).hexdigest(), _NAME
        while (name := letter + whole[:size]) in out.values():
            size += 1
        out[key] = name
    return out


def layer_name(resource: str, layer: int) -> str:
    """The name in the resources of a font's *layer*."""
    return f"{resource}.{layer}" if layer else resource


def _thousandths(moves: Sequence[Move], em: float) -> list[tuple[int, int]]:
    """*moves* in whole thousandths of the em; what they leave over goes into the next, so that nothing adds up."""
    out = []
    left = 0.0
    for at, by in moves:
        wanted = by * 1000 / em + left
        whole = round(wanted)
        left = wanted - whole
        if whole:
            out.append((at, whole))
    return out
