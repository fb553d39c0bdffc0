"""A template's page, headers and footers."""

from __future__ import annotations

import pytest
from lxml import etree

from convert.diagnostics import Code, Findings
from convert.model.nodes import Contributor, Metadata
from convert.verify.docx_lint import lint_docx
from convert.writers.docx.template.page import template_page
from tests.writers.docx.sample import NS, Package, W, feature_book, heading, manuscript, para
from tests.writers.docx.template.made import (
    PAGE,
    SPACES,
    drawing,
    dressed,
    field,
    headed,
    relations,
    template,
)


def sections(made: Package) -> list[etree._Element]:
    return list(made.document.iter(W + "sectPr"))


def size(section: etree._Element) -> tuple[str | None, ...]:
    page, margins, grid = (section.find(f"w:{name}", NS) for name in ("pgSz", "pgMar", "docGrid"))
    return (page.get(W + "w"), page.get(W + "h"), margins.get(W + "left"), margins.get(W + "gutter"),
            grid.get(W + "linePitch"))  # fmt: skip


BOOK = (heading(1, "山"), para("文"), heading(1, "水"), para("字"))


def test_every_section_has_the_page_of_the_template() -> None:
    made = dressed(manuscript(*BOOK), template())
    assert {size(section) for section in sections(made)} == {("7938", "11510", "964", "113", "400")}


def test_tables_fill_its_measure() -> None:
    made = dressed(feature_book(), template())
    measure = 7938 - 850 - 964 - 113
    widths = {int(table.get(W + "w")) for table in made.find("w:body/w:tbl/w:tblPr/w:tblW")}
    assert widths == {measure}


def test_headers_and_footers_of_the_template_stand_for_ours() -> None:
    made = dressed(manuscript(*BOOK), headed(field("STYLEREF 1", "旧题")))
    (body,) = sections(made)[-1:]
    kinds = [(child.tag.removeprefix(W), child.get(W + "type")) for child in body][:3]
    assert kinds == [
        ("headerReference", "default"),
        ("headerReference", "first"),
        ("footerReference", "default"),
    ]
    assert body.find("w:titlePg", NS) is not None
    assert len([name for name in made.zip.namelist() if name.startswith("word/header")]) == 2
    assert "STYLEREF 1" in made.zip.read("word/header1.xml").decode()
    settings = made.zip.read("word/settings.xml").decode()
    assert "<w:mirrorMargins/>" in settings and "<w:evenAndOddHeaders/>" in settings


def test_a_template_without_heads_gets_ours() -> None:
    made = dressed(manuscript(*BOOK, metadata=Metadata(title="山水", language="zh")), template())
    assert [name for name in made.zip.namelist() if name.startswith("word/header")]
    assert [name for name in made.zip.namelist() if name.startswith("word/footer")]


def test_the_front_has_the_heads_of_a_section_that_counts_in_roman_figures() -> None:
    front = '<w:p><w:pPr><w:sectPr><w:footerReference w:type="default" r:id="f2"/><w:pgNumType w:fmt="lowerRoman"/>'
    front += PAGE.format("") + "</w:sectPr></w:pPr></w:p>"
    data = headed(
        "<w:r><w:t>题</w:t></w:r>",
        {
            "word/footer2.xml": f"<w:ftr{SPACES}><w:p><w:r><w:t>前</w:t></w:r></w:p></w:ftr>",
            "word/document.xml": (
                f"<w:document{SPACES}><w:body>{front}<w:sectPr>"
                '<w:footerReference w:type="default" r:id="f1"/><w:headerReference w:type="default" r:id="h1"/>'
                f"{PAGE.format('')}</w:sectPr></w:body></w:document>"
            ),
            "word/_rels/document.xml.rels": relations(
                ("s", "styles", "styles.xml"), ("h1", "header", "header1.xml"), ("f1", "footer", "footer1.xml"),
                ("f2", "footer", "footer2.xml"),
            ),
        },
    )  # fmt: skip
    made = dressed(manuscript(*BOOK), data)
    contents, body = sections(made)
    feet = [made.part("word/_rels/document.xml.rels"), contents, body]
    targets = {item.get("Id"): item.get("Target") for item in feet[0]}
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    shown = [targets[one.find("w:footerReference", NS).get(name)] for one in feet[1:]]
    assert "前" in made.zip.read(f"word/{shown[0]}").decode()
    assert "PAGE" in made.zip.read(f"word/{shown[1]}").decode()


def test_a_picture_in_the_head_comes_along(tmp_path) -> None:  # type: ignore[no-untyped-def]
    made = dressed(
        feature_book(), headed(drawing("i"), header_relations=relations(("i", "image", "media/logo.png")))
    )
    (picture,) = [name for name in made.zip.namelist() if name.startswith("word/media/header")]
    assert made.zip.read(picture).startswith(b"\x89PNG")
    ids = [one.get("id") for part in ("document", "header1") for one in made.part(f"word/{part}.xml").iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")]  # fmt: skip
    assert len(ids) == len(set(ids)) > 1
    path = tmp_path / "f.docx"
    path.write_bytes(made.data)
    assert lint_docx(path) == ()


def test_a_page_that_cannot_be_gives_way_to_the_themes() -> None:
    for bad in ("", '<w:pgSz w:w="200" w:h="300"/>', PAGE.format("").replace("964", "7000"),
                PAGE.format("").replace("7938", "wide"), PAGE.format("").replace("11510", "9" * 40)):  # fmt: skip
        findings = Findings()
        made = dressed(manuscript(*BOOK), template(section=bad), findings)
        assert sections(made)[-1].find("w:pgSz", NS).get(W + "w") == "11906"
        assert any(f.code is Code.TEMPLATE_STYLES and "page" in f.message for f in findings)


@pytest.mark.parametrize(
    ("columns", "measure"),
    [
        ('<w:cols w:num="2" w:space="400"/>', (10000 - 400) // 2),
        (
            '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="3000" w:space="400"/><w:col w:w="6600"/></w:cols>',
            3000,
        ),
        ('<w:cols w:space="425"/>', 10000),
    ],
)
def test_text_in_columns_is_as_wide_as_the_narrowest(columns: str, measure: int) -> None:
    section = etree.fromstring(
        f'<w:sectPr{SPACES}><w:pgSz w:w="12000" w:h="16000"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000"'
        f' w:left="1000" w:header="0" w:footer="0" w:gutter="0"/>{columns}</w:sectPr>'
    )
    assert template_page([section]).measure == measure


@pytest.mark.parametrize(
    ("code", "shown"),
    [("STYLEREF 1", "山水"), ("TITLE", "山水"), ("AUTHOR", "林一舟"), ("PAGE", "旧"), ("SUBJECT", "旧")],
)
def test_fields_that_name_the_book_show_it_and_not_the_template(code: str, shown: str) -> None:
    metadata = Metadata(title="山水", contributors=(Contributor("林一舟"),), language="zh")
    made = dressed(manuscript(*BOOK, metadata=metadata), headed(field(code, "旧")))
    assert "".join(text.text or "" for text in made.part("word/header1.xml").iter(W + "t")) == shown


def test_a_title_page_finds_room_on_a_small_page() -> None:
    metadata = Metadata(title="山水", language="zh")
    low = PAGE.format("").replace('w:h="11510"', 'w:h="7000"')
    before = []
    for section in (PAGE.format(""), low):
        made = dressed(manuscript(*BOOK, metadata=metadata), template(section=section))
        (spacing,) = made.find("w:style[@w:styleId='Title']/w:pPr/w:spacing", "word/styles.xml")
        before.append(int(spacing.get(W + "before")))
    assert before[1] < before[0] < 8 * 400
