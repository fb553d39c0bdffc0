"""A face: one font of a file, measured and shaped through HarfBuzz.

All measures are fractions of the em, so that a size in points multiplies them.  y grows upward here,
as in font files.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from convert.diagnostics import Code, Place
from convert.errors import FontError

__all__ = ["NO_FEATURES", "Face", "Shaped"]

NO_FEATURES: Mapping[str, bool | int] = {}

_CACHED_TEXT = 64
"""Texts up to this length are kept shaped: words and Han runs come back, whole paragraphs do not."""
_CACHE_ROOM = 60_000
_RESTRICTED = 0x0002
"""OS/2 fsType, bit 1: the maker forbids embedding (OpenType 1.9.1, OS/2, fsType)."""

_GlyphInk = tuple[float, float, float, float]


class Shaped(NamedTuple):
    """One glyph of shaped text: its id, the code point it begins at, and its measures in em."""

    gid: int
    cluster: int
    advance: float
    x_offset: float
    y_offset: float


class Face:
    """One font of a file, its axes pinned.  Two faces are the same only when they are one object.

    Nothing is read before the first question.  Raises FontError on that question when the file is no
    TrueType or OpenType font that can be shown.
    """

    def __init__(
        self, path: Path, index: int = 0, variations: tuple[tuple[str, float], ...] = (), family: str = ""
    ) -> None:
        self.path = path
        self.index = index
        self.variations = variations
        pinned = "".join(f";{axis}={value:g}" for axis, value in variations)
        self.key = f"{path.name}#{index}{pinned}"
        """Names the face the same way on every machine: the file's name, its index, its pinned axes."""
        self._family = family
        self._nominal: dict[str, int] = {}
        self._advances: dict[int, float] = {}
        self._inks: dict[int, _GlyphInk] = {}
        self._shaped: dict[tuple[str, str, str, tuple[tuple[str, bool | int], ...]], tuple[Shaped, ...]] = {}

    def __repr__(self) -> str:
        return f"Face({self.key})"

    @property
    def identity(self) -> tuple[str, int, tuple[tuple[str, float], ...], str]:
        """What another face of the same file is made of."""
        return str(self.path), self.index, self.variations, self._family

    @cached_property
    def source(self) -> Any:
        """The HarfBuzz face, for subsetting.  The file is mapped, not read."""
        import uharfbuzz as hb

        try:
            blob = hb.Blob.from_file_path(str(self.path))
            face = hb.Face(blob, self.index)
        except (hb.HarfBuzzError, OSError, ValueError) as error:
            raise self._broken("cannot be opened") from error
        if not 0 <= self.index < max(face.count, 1):
            raise self._broken(f"holds no face {self.index}")
        tags = set(face.table_tags)
        if face.glyph_count == 0 or "cmap" not in tags or not tags & {"glyf", "CFF ", "CFF2"}:
            raise self._broken("is no font with outlines")
        return face

    @cached_property
    def _font(self) -> Any:
        import uharfbuzz as hb

        font = hb.Font(self.source)
        if self.variations:
            font.set_variations(dict(self.variations))
        return font

    def _broken(self, what: str) -> FontError:
        return FontError(
            Code.FONT_BROKEN,
            Place(str(self.path)),
            f"the font {what}",
            "a TTF, OTF, TTC or OTC file is wanted",
        )

    # ---- the font as a whole

    @cached_property
    def is_cff(self) -> bool:
        """Outlines are PostScript's (CFF or CFF2), not TrueType's."""
        return bool({"CFF ", "CFF2"} & set(self.source.table_tags))

    @cached_property
    def units_per_em(self) -> int:
        """Font units to the em."""
        return int(self.source.upem)

    @cached_property
    def family(self) -> str:
        """The family's name: the catalogue's word for it, else the font's own (name table, ids 16 and 1)."""
        return self._family or self.name(16) or self.name(1) or self.path.stem

    @cached_property
    def postscript_name(self) -> str:
        """The PostScript name (name table, id 6), printable ASCII without PDF's delimiters.

        A pinned face is not the instance that the file is named for: it gets its family and its weight.
        """
        raw = self.name(6) or self.path.stem
        if self.variations:
            family = self.name(16) or self.name(1) or self.path.stem
            raw = f"{family.replace(' ', '')}-{self.weight}{'Italic' if self.italic else ''}"
        kept = "".join(c for c in raw if "!" <= c <= "~" and c not in "[](){}<>/%#+")
        return kept[:63] or "Font"

    def name(self, number: int) -> str:
        """An entry of the font's name table, e.g. 0 the copyright notice, 13 the licence; empty for none."""
        return str(self.source.get_name(number) or "").strip()

    def _table(self, tag: str) -> bytes:
        if tag not in self.source.table_tags:
            return b""
        return bytes(self.source.reference_table(tag).data)

    @cached_property
    def _vertical(self) -> tuple[float, float]:
        """Ascent and descent: OS/2's typographic ones, hhea's where there are none."""
        em = self.units_per_em
        os2 = self._table("OS/2")
        if len(os2) >= 72:
            up, down = struct.unpack_from(">hh", os2, 68)
            if up > 0:
                return up / em, abs(down) / em
        hhea = self._table("hhea")
        if len(hhea) >= 8:
            up, down = struct.unpack_from(">hh", hhea, 4)
            return up / em, abs(down) / em
        return 0.88, 0.12

    @property
    def ascent(self) -> float:
        """How far the em box reaches above the baseline."""
        return self._vertical[0]

    @property
    def descent(self) -> float:
        """How far the em box reaches below the baseline, as a positive number."""
        return self._vertical[1]

    @cached_property
    def cap_height(self) -> float:
        """Height of Latin capitals."""
        os2 = self._table("OS/2")
        if len(os2) >= 90 and struct.unpack_from(">H", os2, 0)[0] >= 2:
            height = struct.unpack_from(">h", os2, 88)[0]
            if height > 0:
                return float(height) / self.units_per_em
        return self.ink(self.glyph_id("H"))[3] if self.has("H") else 0.7

    @cached_property
    def weight(self) -> int:
        """OS/2 weight class, or the pinned weight axis."""
        pinned = dict(self.variations).get("wght")
        os2 = self._table("OS/2")
        if pinned is not None:
            return int(pinned)
        return int(struct.unpack_from(">H", os2, 4)[0]) if len(os2) >= 6 else 400

    @cached_property
    def italic(self) -> bool:
        """The font is slanted (OS/2 fsSelection, bits 0 and 9)."""
        os2 = self._table("OS/2")
        return len(os2) >= 64 and bool(struct.unpack_from(">H", os2, 62)[0] & 0x0201)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every family, full and PostScript name in every language, case-folded, for look-up by name."""
        wanted = (1, 4, 6, 16)
        found = {
            self.source.get_name(e.name_id, e.language)
            for e in self.source.list_names()
            if e.name_id in wanted
        }
        return frozenset(str(name).casefold() for name in (*found, self._family) if name)

    @cached_property
    def rights(self) -> int:
        """The bits by which the font's maker says who may embed it how (OS/2 fsType); 0 where there are none."""
        os2 = self._table("OS/2")
        return 0 if len(os2) < 10 else int(struct.unpack_from(">H", os2, 8)[0])

    @property
    def embeddable(self) -> bool:
        """False when the font's maker forbids embedding."""
        return self.rights & 0x000F != _RESTRICTED

    @cached_property
    def box(self) -> _GlyphInk:
        """Left, bottom, right and top of a box round every glyph (head table)."""
        head = self._table("head")
        if len(head) < 44:
            return (0.0, -self.descent, 1.0, self.ascent)
        left, bottom, right, top = (
            value / self.units_per_em for value in struct.unpack_from(">4h", head, 36)
        )
        return left, bottom, right, top

    # ---- its glyphs

    def has(self, char: str) -> bool:
        """True when the font maps *char* to a glyph."""
        return self.glyph_id(char) != 0

    def glyph_id(self, char: str) -> int:
        """The glyph that the character map gives for *char*; 0 when it gives none."""
        gid = self._nominal.get(char)
        if gid is None:
            gid = self._nominal[char] = int(self._font.get_nominal_glyph(ord(char)) or 0)
        return gid

    def advance(self, gid: int) -> float:
        """Advance width of a glyph."""
        width = self._advances.get(gid)
        if width is None:
            width = self._advances[gid] = self._font.get_glyph_h_advance(gid) / self.units_per_em
        return width

    def ink(self, gid: int) -> _GlyphInk:
        """Left, bottom, right and top of a glyph's outline from its origin; four zeros for a blank one."""
        box = self._inks.get(gid)
        if box is None:
            extents = self._font.get_glyph_extents(gid)
            em = self.units_per_em
            if extents is None:
                box = (0.0, 0.0, 0.0, 0.0)
            else:
                left, top = extents.x_bearing, extents.y_bearing
                box = (left / em, (top + extents.height) / em, (left + extents.width) / em, top / em)
            self._inks[gid] = box
        return box

    def outline(self, gid: int) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """A glyph's outline in em, y upward: steps M, L, Q, C and Z with their coordinates."""
        pen = _OutlinePen(self.units_per_em)
        self._font.draw_glyph_with_pen(gid, pen)
        return tuple(pen.steps)

    def shape(
        self,
        text: str,
        *,
        language: str = "",
        script: str = "",
        features: Mapping[str, bool | int] = NO_FEATURES,
    ) -> tuple[Shaped, ...]:
        """*text* as glyphs, in visual order.

        *language* is a BCP 47 tag, *script* an ISO 15924 code (any case).  Han text wants script ``hani``:
        only then does Noto give —— its two-em ligature and — its full em.  An empty one is guessed.
        """
        key = (text, language, script, tuple(features.items()))
        known = self._shaped.get(key)
        if known is not None:
            return known
        glyphs = self._shape(text, language, script, features)
        if len(text) <= _CACHED_TEXT:
            if len(self._shaped) >= _CACHE_ROOM:
                self._shaped.clear()
            self._shaped[key] = glyphs
        return glyphs

    def _shape(
        self, text: str, language: str, script: str, features: Mapping[str, bool | int]
    ) -> tuple[Shaped, ...]:
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(text)
        if script:
            buffer.script = script.title()
        if language:
            buffer.language = language
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, dict(features))
        em = self.units_per_em
        return tuple(
            Shaped(
                info.codepoint,
                info.cluster,
                place.x_advance / em,
                place.x_offset / em,
                place.y_offset / em,
            )
            for info, place in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True)
        )


class _OutlinePen:
    """Takes down what HarfBuzz draws; named as it calls them."""

    def __init__(self, em: int) -> None:
        self._em = em
        self.steps: list[tuple[str, tuple[float, ...]]] = []

    def _step(self, command: str, *points: tuple[float, float]) -> None:
        self.steps.append((command, tuple(part / self._em for point in points for part in point)))

    def moveTo(self, point: tuple[float, float]) -> None:
        self._step("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._step("L", point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        self._step("Q", *points)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._step("C", *points)

    def closePath(self) -> None:
        self._step("Z")
