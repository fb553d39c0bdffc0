"""The preset for official documents: GB/T 9704-2012, 5.2 (page), 7.3 (faces), 7.5 (page numbers)."""

from __future__ import annotations

import pytest

from convert.theme import Role
from convert.theming import load_theme
from convert.units import mm
from convert.writers.docx.layout import layout_for
from tests.writers.docx.sample import NS, W, heading, manuscript, para, write

THEME = load_theme("official")
BOOK = (heading(1, "关于借书的通知"), heading(2, "时间"), heading(3, "上午"), heading(4, "早晨"), para("文"))


def test_the_type_area_is_156_by_225_mm_with_28_characters_on_22_lines() -> None:
    layout = layout_for(THEME)
    assert (layout.width, layout.height) == (11906, 16838)
    assert [round(side / mm(1) / 20) for side in (layout.inner, layout.top)] == [28, 37]
    assert layout.measure / 20 == pytest.approx(mm(156), abs=0.2)
    assert layout.depth / 20 == pytest.approx(mm(225), abs=2)
    place = layout.em / 20 + layout.space / 4096
    assert layout.measure / 20 / place == pytest.approx(28, abs=0.01)
    assert layout.lines == 22
    grid = write(*BOOK, theme=THEME).find("w:body/w:sectPr/w:docGrid")[0]
    assert (grid.get(W + "type"), grid.get(W + "linePitch")) == ("linesAndChars", "579")
    assert int(grid.get(W + "charSpace")) < 0


def test_the_printed_page_has_the_same_type_area() -> None:
    page, size = THEME.page, THEME.font.size
    assert page.measure * size == pytest.approx(mm(156), abs=0.2)
    assert page.lines * page.leading == pytest.approx(mm(225), abs=1.5)


def test_faces_go_by_the_rank_of_the_heading_in_every_script_slot() -> None:
    made = write(*BOOK, theme=THEME)
    east, size = {}, {}
    for style in made.find("w:style", "word/styles.xml"):
        fonts = style.find("w:rPr/w:rFonts", NS)
        if fonts is not None and style.get(W + "type") == "paragraph":
            assert all(fonts.get(W + slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
            east[style.get(W + "styleId")] = fonts.get(W + "eastAsia")
            size[style.get(W + "styleId")] = style.find("w:rPr/w:sz", NS).get(W + "val")
    assert [east[f"Heading{n}"] for n in (1, 2, 3, 4)] == [
        "方正小标宋简体",
        "黑体",
        "楷体_GB2312",
        "仿宋_GB2312",
    ]
    assert [size[f"Heading{n}"] for n in (1, 2, 3, 4)] == ["44", "32", "32", "32"]
    assert (east["BodyText"], size["BodyText"]) == ("仿宋_GB2312", "32")
    assert (east["Title"], east["Footer"]) == ("方正小标宋简体", "宋体")


def test_faces_that_few_have_name_those_that_all_have() -> None:
    made = write(*BOOK, theme=THEME)
    others = {
        font.get(W + "name"): alias.get(W + "val").split(",")
        for font in made.find("w:font", "word/fontTable.xml")
        if (alias := font.find("w:altName", NS)) is not None
    }
    assert "仿宋" in others["仿宋_GB2312"] and "楷体" in others["楷体_GB2312"]
    assert "华文中宋" in others["方正小标宋简体"]


def test_page_numbers_stand_between_dashes_one_character_in() -> None:
    made = write(*BOOK, theme=THEME)
    feet = [made.zip.read(name).decode() for name in made.zip.namelist() if name.startswith("word/footer")]
    assert all("— " in foot and " —" in foot and " PAGE " in foot for foot in feet)
    assert any('w:rightChars="100"' in foot for foot in feet) and any(
        'w:leftChars="100"' in foot for foot in feet
    )


def test_the_print_edition_has_the_same_faces_and_page_numbers() -> None:
    from convert.diagnostics import Findings
    from convert.typeset.composition import compose
    from convert.typeset.frame import GlyphRun

    frame = compose(manuscript(*BOOK, theme=THEME), Findings())
    (first,) = [page for page in frame.pages if page.label == "1"]
    folio = "".join(
        "".join(item.texts) for item in first.items[: first.furniture] if isinstance(item, GlyphRun)
    )
    assert folio.replace(" ", "") == "—1—"


def test_other_presets_keep_hei_and_plain_numbers() -> None:
    booklet = load_theme("booklet")
    assert booklet.heading.faces == ("sans",) and booklet.running.folio == "plain"
    assert layout_for(booklet).grid == "lines" and Role(booklet.font.body) is Role.SERIF
