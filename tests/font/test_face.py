"""A face: measures, shaping, and what it says of broken files."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.errors import FontError
from convert.font.catalogue import open_catalogue
from convert.font.face import Face
from convert.theme import Role

SERIF = open_catalogue().face(Role.SERIF)
SANS = open_catalogue().face(Role.SANS)
MONO = open_catalogue().face(Role.MONO)
TTC = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
WENKAI = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")


def needs(path: Path) -> Path:
    if not path.is_file():
        message = f"{path.name} is not installed (Debian: fonts-noto-cjk, fonts-lxgw-wenkai)"
        if os.environ.get("QUIRE_REQUIRE_VALIDATORS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.mark.parametrize("face", [SERIF, SANS], ids=lambda face: face.key)
def test_advances_are_the_files_own(face: Face) -> None:
    font = TTFont(io.BytesIO(face.path.read_bytes()), lazy=True)
    order, widths = font.getGlyphOrder(), font["hmtx"]
    for char in "汉，“—…Aa1 ":
        gid = face.glyph_id(char)
        assert face.advance(gid) * face.units_per_em == widths[order[gid]][0]


def test_em_box_and_names() -> None:
    assert (SERIF.ascent, SERIF.descent, SERIF.units_per_em, SERIF.is_cff) == (0.88, 0.12, 1000, True)
    assert (SERIF.family, SERIF.postscript_name) == ("Noto Serif SC", "NotoSerifSC-Regular")
    assert "noto serif sc" in SERIF.names
    assert 0.6 < SERIF.cap_height < 0.8


def test_ink_of_a_closing_mark_stands_at_the_left() -> None:
    left, bottom, right, top = SERIF.ink(SERIF.glyph_id("，"))
    assert 0 < left < right < 0.5
    assert bottom < 0 < top
    assert SERIF.ink(SERIF.glyph_id("　")) == (0.0, 0.0, 0.0, 0.0)


def test_two_dashes_are_one_glyph_of_two_ems_under_script_hani() -> None:
    (dash,) = SERIF.shape("——", script="hani", language="zh-Hans")
    assert dash.advance == 2.0
    (single,) = SERIF.shape("—", script="hani", language="zh-Hans")
    assert single.advance == 1.0
    assert sum(g.advance for g in SERIF.shape("——", script="latn")) < 2.0


def test_clusters_count_code_points_beyond_the_basic_plane() -> None:
    assert [g.cluster for g in SERIF.shape("𠮷汉𠮷字", script="hani")] == [0, 1, 2, 3]


def test_features_change_the_shaping() -> None:
    wide = SANS.shape("ab", features={"fwid": True})
    half = SANS.shape("ab", features={"hwid": True})
    assert [g.advance for g in wide] == [1.0, 1.0]
    assert [g.advance for g in half] == [0.5, 0.5]
    assert SANS.shape("ab") not in (wide, half)


def test_same_text_is_shaped_once() -> None:
    assert SERIF.shape("书页", script="hani") is SERIF.shape("书页", script="hani")


def test_a_pinned_weight_is_wider_and_named_for_it() -> None:
    path = MONO.path
    light, bold = Face(path, 0, (("wght", 300.0),)), Face(path, 0, (("wght", 800.0),))
    assert light.ink(light.glyph_id("l")) != bold.ink(bold.glyph_id("l"))
    assert (light.weight, bold.weight) == (300, 800)
    assert light.postscript_name != bold.postscript_name
    assert light.key != bold.key


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_shaped_with_clusters_in_range(text: str) -> None:
    glyphs = SERIF.shape(text, script="hani")
    assert all(0 <= g.cluster < len(text) for g in glyphs)
    assert bool(glyphs) == bool(text)


@pytest.mark.parametrize("content", [b"", b"no font", b"OTTO\x00\x01" + b"\x00" * 40])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.otf"
    path.write_bytes(content)
    with pytest.raises(FontError) as caught:
        Face(path).has("a")
    assert caught.value.finding.code.value == "font-broken"
    assert caught.value.finding.place.file.endswith("bad.otf")


def test_a_missing_file_and_a_missing_index_are_named(tmp_path: Path) -> None:
    with pytest.raises(FontError):
        Face(tmp_path / "none.otf").has("a")
    with pytest.raises(FontError, match="holds no face 3"):
        Face(SERIF.path, 3).has("a")


def test_collection() -> None:
    path = needs(TTC)
    families = {Face(path, n).family for n in range(5)}
    assert {"Noto Serif CJK SC", "Noto Serif CJK JP"} <= families


def test_truetype() -> None:
    face = Face(needs(WENKAI))
    assert not face.is_cff
    assert face.advance(face.glyph_id("汉")) == 1.0
