"""Subsets: a face cut down to the glyphs a book uses, ready to be embedded in a PDF."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

from convert.diagnostics import Code, Place
from convert.errors import FontError
from convert.font.cff import with_cids
from convert.font.face import Face
from convert.records import dataclass

__all__ = ["Subset", "subset"]

_KEPT = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep", "CFF ", "CFF2"})
"""What a CIDFont needs (ISO 32000-1, 9.9, table 126); names, layout and character maps stay out."""


@dataclass(frozen=True, slots=True)
class Subset:
    """A font program: `data` is the CFF table for a CFF face, the whole TrueType file for another.

    `cids` gives the CID of each glyph of the face, in their order.  It is the face's own glyph id, so that a
    glyph more in a book changes no other code; only a CFF without CIDs, which has none to choose, counts its
    glyphs from 0 (ISO 32000-1, 9.7.4.2).
    """

    data: bytes
    is_cff: bool
    cids: Mapping[int, int]


def subset(face: Face, gids: Iterable[int]) -> Subset:
    """*face* with only *gids*, .notdef and what they are composed of; a variable face loses its axes.

    The same glyphs give the same bytes.  Raises FontError when HarfBuzz cannot subset the font.
    """
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.flags = (
        hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.CFF_IDENTITY_CHARSET
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.DOWNGRADE_CFF2
        | hb.SubsetFlags.NOTDEF_OUTLINE
        # Deflate finds what glyphs have in common: an eighth smaller, made in half the time.
        | hb.SubsetFlags.DESUBROUTINIZE
    )
    if not face.is_cff:
        wanted.flags |= hb.SubsetFlags.RETAIN_GIDS  # empty glyphs cost next to nothing, but not in a CFF
    wanted.glyph_set.update(sorted({0, *gids}))
    unwanted = set(face.source.table_tags) - _KEPT
    if face.source.has_var_data:
        unwanted -= {"fvar", "gvar", "avar", "HVAR", "MVAR", "STAT", "cvar"}
        wanted.pin_all_axes_to_default(face.source)
        for axis, value in face.variations:
            wanted.pin_axis_location(face.source, axis, value)
    wanted.drop_table_tag_set.update(sorted(int.from_bytes(tag.encode("latin-1"), "big") for tag in unwanted))
    try:
        plan = hb.SubsetPlan(face.source, wanted)
        data = bytes(plan.execute().blob.data)
        glyphs = dict(sorted(dict(plan.old_to_new_glyph_mapping).items()))
    except (hb.HarfBuzzError, ValueError, MemoryError) as error:
        raise FontError(
            Code.FONT_BROKEN, Place(str(face.path)), "the font cannot be subset", "take another file of it"
        ) from error
    if not face.is_cff:
        return Subset(data, False, glyphs)
    cff = _table(data, b"CFF ")
    numbered = with_cids(cff, list(glyphs))
    if numbered is None:
        return Subset(cff, True, glyphs)
    return Subset(numbered, True, {glyph: glyph for glyph in glyphs})


def _table(font: bytes, tag: bytes) -> bytes:
    """One table of an OpenType file (OpenType 1.9.1, Organization of an OpenType Font)."""
    (count,) = struct.unpack_from(">H", font, 4)
    for n in range(count):
        name, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * n)
        if name == tag:
            return font[offset : offset + length]
    raise FontError(
        Code.FONT_BROKEN, Place(""), "the subset holds no outlines", "take another file of the font"
    )
