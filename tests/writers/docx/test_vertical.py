"""Lines that run down, from right to left (ECMA-376 part 1, 17.6.20)."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from convert.diagnostics import Findings
from convert.records import replace
from convert.theme import Theme
from convert.theming import load_theme
from convert.verify.docx_lint import lint_docx
from convert.writers.docx import DocxWriter
from convert.writers.docx.layout import layout_for
from tests.writers.docx.sample import NS, Package, W, feature_book
from tests.writers.docx.template.made import PAGE, dressed, template


def vertical(theme: Theme | None = None) -> Theme:
    theme = theme or Theme()
    return replace(theme, docx=replace(theme.docx, direction="vertical"))


def book() -> Package:
    return Package(DocxWriter().write(replace(feature_book(), theme=vertical()), Findings()))


def sizes(section: etree._Element) -> tuple[str, str, str]:
    page = section.find("w:pgSz", NS)
    return page.get(W + "w"), page.get(W + "h"), page.get(W + "orient", "")


def test_every_section_says_so_on_paper_that_lies_on_its_side() -> None:
    sections = list(book().document.iter(W + "sectPr"))
    assert {sizes(section) for section in sections} == {("16838", "11906", "landscape")}
    assert {section.find("w:textDirection", NS).get(W + "val") for section in sections} == {"tbRl"}


def test_a_printed_page_stays_upright() -> None:
    layout = layout_for(vertical(load_theme("book")))
    assert layout.width < layout.height and layout.vertical


def test_lines_are_as_long_as_the_page_is_high() -> None:
    layout = layout_for(vertical())
    assert layout.top + layout.measure + layout.bottom == layout.height
    assert layout.inner + layout.depth + layout.outer == layout.width
    assert layout.measure % layout.em == 0 and layout.depth % layout.pitch == 0


def test_tables_fill_the_line_and_pictures_the_page(tmp_path: Path) -> None:
    made, layout = book(), layout_for(vertical())
    widths = {int(one.get(W + "w")) for one in made.find("w:body/w:tbl/w:tblPr/w:tblW")}
    assert widths == {layout.measure}
    for extent in made.document.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
    ):
        assert int(extent.get("cx")) <= layout.depth * 635 and int(extent.get("cy")) <= layout.measure * 635
    path = tmp_path / "f.docx"
    path.write_bytes(made.data)
    assert lint_docx(path) == ()


@pytest.mark.parametrize("direction", ["tbRl", "lrTb"])
def test_a_template_says_which_way_lines_run(direction: str) -> None:
    given = PAGE.format("").replace("<w:docGrid", f'<w:textDirection w:val="{direction}"/><w:docGrid')
    made = dressed(feature_book(), template(section=given))
    found = list(made.document.iter(W + "textDirection"))
    assert bool(found) is (direction == "tbRl")
    length = 11510 - 1134 - 1020 if direction == "tbRl" else 7938 - 850 - 964 - 113
    assert {int(one.get(W + "w")) for one in made.find("w:body/w:tbl/w:tblPr/w:tblW")} == {length}
