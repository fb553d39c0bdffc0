"""Text in the file: what comes out by copying, and where the glyphs stand."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from convert.typeset.frame import Glyph, Look, glyph_run
from convert.writers.pdf.cidfont import CidFont
from convert.writers.pdf.document import paint

from .frames import MONO, SANS, SERIF, frame, manuscript, run


def copied(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        text = page.get_textpage()
        try:
            return str(text.get_text_range())
        finally:
            text.close()
            page.close()


def origins(data: bytes) -> list[tuple[str, float, float]]:
    """Every character with its left edge and bottom from PDFium's loose boxes (origin and advance, not ink)."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        text = page.get_textpage()
        try:
            count = text.count_chars()
            return [(text.get_text_range(n, 1), *text.get_charbox(n, loose=True)[:2]) for n in range(count)]
        finally:
            text.close()
            page.close()


@pytest.mark.parametrize(
    "text",
    [
        "纸与书",
        "他说：“来吧。”",
        "从前——很久……",
        "第3章 OpenType与Unicode 17",
        "𠮷野家",
        "（一）《书》〈页〉·",
    ],
)
def test_copying_gives_the_text_back(text: str) -> None:
    assert copied(paint(frame(run(text, 60, 80)), manuscript())) == text


def test_letters_set_wider_keep_their_places_and_their_text() -> None:
    plain = run("address", 60, 80)
    wider = replace(plain, look=replace(plain.look, scale=1.02))
    data = paint(frame(wider), manuscript())
    assert copied(data) == "address"
    lefts = [left for _, left, _ in origins(data)]
    widths = [right - left for left, right in pairwise(lefts)]
    drawn = [right - left for left, right in pairwise(plain.xs)]
    assert widths == pytest.approx([1.02 * width for width in drawn], abs=0.02)


def test_a_ligature_gives_all_its_characters() -> None:
    dash = run("——", 60, 80)
    assert len(dash.glyphs) == 1
    assert copied(paint(frame(dash), manuscript())) == "——"


def test_one_glyph_with_two_texts_gives_each_its_own() -> None:
    gid = SERIF.glyph_id("A")
    wide = SERIF.advance(gid) * 10
    glyphs = tuple(Glyph(gid, n * wide, 0, text) for n, text in enumerate("AΑА"))
    assert copied(paint(frame(glyph_run(Look(SERIF, 10), 60, 80, glyphs)), manuscript())) == "AΑА"


def test_a_glyph_without_text_says_nothing_that_shows() -> None:
    gid = SERIF.glyph_id("•")
    glyphs = (
        Glyph(SERIF.glyph_id("点"), 0, 0, "点"),
        Glyph(gid, 0, 9, ""),
        Glyph(gid, 10, 0, "•"),
    )
    text = copied(paint(frame(glyph_run(Look(SERIF, 10), 60, 80, glyphs)), manuscript()))
    assert "".join(text.replace("\u200b", "").split()) == "点•"


@pytest.mark.parametrize("face", [SERIF, SANS, MONO], ids=lambda face: face.key)
def test_glyphs_stand_where_the_frame_says(face: object) -> None:
    text = "Wide1234567890and" * 4
    wanted = run(text, 40, 100, 7.3, face, gap=-0.0371)  # type: ignore[arg-type]
    found = origins(paint(frame(wanted), manuscript()))
    assert [item[0] for item in found] == list(text)
    for glyph, (_, x, _) in zip(wanted.glyphs, found, strict=True):
        assert abs(x - (wanted.x + glyph.x)) < 0.005 * wanted.size


def test_rise_moves_only_its_own_glyph() -> None:
    gid = SERIF.glyph_id("上")
    glyphs = (Glyph(gid, 0, 0, "上"), Glyph(gid, 10, -4, "上"), Glyph(gid, 20, 0, "上"))
    found = origins(paint(frame(glyph_run(Look(SERIF, 10), 60, 80, glyphs)), manuscript()))
    bottoms = [y for text, _, y in found if text == "上"]
    assert bottoms[1] - bottoms[0] == pytest.approx(4, abs=0.01)
    assert bottoms[2] == pytest.approx(bottoms[0], abs=0.01)


def test_widths_are_the_faces_own() -> None:
    used = {(SERIF.glyph_id(c), c) for c in "汉Wi，"}
    font = CidFont(SERIF, used)
    gids = [SERIF.glyph_id(c) for c in "汉Wi，"]
    assert [font.widths[int(font.written([gid]), 16)] for gid in gids] == [
        round(SERIF.advance(gid) * 1000) for gid in gids
    ]
    assert font.layers == 1


def test_a_subset_is_tagged_by_its_content() -> None:
    one, same = (CidFont(SERIF, {(SERIF.glyph_id("汉"), "汉")}) for _ in range(2))
    other = CidFont(SERIF, {(SERIF.glyph_id("字"), "字")})
    assert one.base_name == same.base_name != other.base_name
    assert one.base_name[:6].isupper()
    assert one.base_name[6:] == "+NotoSerifSC-Regular"


@pytest.mark.slow
def test_pdftotext_reads_the_same(need: Callable[[str], str], tmp_path: Path) -> None:
    text = "会议认为，“十四五”规划——第3章……完"
    path = tmp_path / "a.pdf"
    path.write_bytes(paint(frame(run(text, 60, 80)), manuscript()))
    done = subprocess.run([need("pdftotext"), str(path), "-"], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").strip() == text
