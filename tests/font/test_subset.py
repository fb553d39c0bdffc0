"""Subsets, proved with fontTools: widths, outlines, CIDs, bytes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

from convert.font.catalogue import open_catalogue
from convert.font.face import Face
from convert.font.subset import Subset, subset
from convert.theme import Role

from .test_face import TTC, WENKAI, needs

BOOK = open_catalogue()
TEXT = "汉字，“引”Aa1——……　 "


def of(face: Face, text: str = TEXT) -> tuple[list[int], Subset]:
    gids = [g.gid for g in face.shape(text, script="hani")]
    return gids, subset(face, gids)


def cff(data: bytes) -> CFFFontSet:
    font = CFFFontSet()
    font.decompile(io.BytesIO(data), None)
    return font


def cff_width(top: object, name: str) -> float:
    """The advance as the charstring gives it, with the nominal width of the glyph's own font dictionary."""
    string = top.CharStrings[name]  # type: ignore[attr-defined]
    string.decompile()
    string.draw(_Nowhere())
    return float(string.width)


class _Nowhere:
    def __getattr__(self, name: str) -> object:
        return lambda *args: None


@pytest.mark.parametrize("role", [Role.SERIF, Role.SANS])
def test_cid_keyed_cff_has_true_widths_and_the_faces_glyph_ids_as_cids(role: Role) -> None:
    face = BOOK.face(role)
    gids, made = of(face)
    assert made.is_cff
    top = cff(made.data).topDictIndex[0]
    assert hasattr(top, "ROS")
    assert top.charset == [".notdef", *(f"cid{gid:05d}" for gid in made.cids if gid)]
    assert max(made.cids) < top.CIDCount
    for gid in gids:
        name = f"cid{made.cids[gid]:05d}"
        assert cff_width(top, name) == pytest.approx(face.advance(gid) * 1000)


def test_truetype_variable_font_is_pinned_with_true_widths() -> None:
    face = BOOK.face(Role.MONO)
    gids = [face.glyph_id(c) for c in "aM0☐"]
    made = subset(face, gids)
    font = TTFont(io.BytesIO(made.data))
    assert not made.is_cff
    assert not {"fvar", "gvar", "GSUB", "GPOS", "cmap", "name"} & set(font.keys())
    order = font.getGlyphOrder()
    for gid in gids:
        assert font["hmtx"][order[made.cids[gid]]][0] == face.advance(gid) * face.units_per_em


def test_pinning_changes_the_outlines() -> None:
    path = BOOK.face(Role.MONO).path
    thin, thick = Face(path, 0, (("wght", 250.0),)), Face(path, 0, (("wght", 850.0),))
    gid = thin.glyph_id("m")
    assert subset(thin, [gid]).data != subset(thick, [gid]).data


@pytest.mark.parametrize("role", [Role.SERIF, Role.MONO])
def test_a_glyph_more_leaves_the_codes_of_the_others_alone(role: Role) -> None:
    face = BOOK.face(role)
    (_, few), (_, more) = of(face, "bd"), of(face, "abcd")
    assert list(few.cids) == sorted(few.cids)
    assert len(few.cids) < len(more.cids)
    assert few.cids.items() <= more.cids.items()


def test_same_glyphs_same_bytes_in_any_order() -> None:
    face = BOOK.face(Role.SERIF)
    gids, made = of(face)
    again = subset(Face(face.path), reversed(gids))
    assert again.data == made.data
    assert subset(face, gids[:3]).data != made.data


def test_it_is_small() -> None:
    _, made = of(BOOK.face(Role.SERIF))
    assert len(made.data) < 20_000


def test_collection() -> None:
    face = Face(needs(TTC), 2)
    gids, made = of(face)
    top = cff(made.data).topDictIndex[0]
    name = f"cid{made.cids[gids[0]]:05d}"
    assert cff_width(top, name) == face.advance(gids[0]) * 1000


def test_truetype() -> None:
    face = Face(needs(Path(WENKAI)))
    gids, made = of(face)
    font = TTFont(io.BytesIO(made.data))
    order = font.getGlyphOrder()
    for gid in gids:
        assert font["hmtx"][order[made.cids[gid]]][0] == face.advance(gid) * face.units_per_em
