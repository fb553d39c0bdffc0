"""A template's styles are found by name, stand as they are, and are filled up with what they lack."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import etree

from convert.diagnostics import Code, Findings, Severity
from convert.model import nodes as n
from convert.theme import NumberTheme, Theme
from convert.verify.docx_lint import lint_docx
from convert.writers.docx.sheet import CharacterStyle, ParagraphStyle
from convert.writers.docx.template.names import folded, names_of
from tests.writers.docx.sample import NS, Package, W, feature_book, heading, item, manuscript, para, text_of
from tests.writers.docx.template.made import CHINESE, dressed, style, styles, template


def styles_of(made: Package) -> dict[str, etree._Element]:
    return {one.get(W + "styleId"): one for one in made.find("w:style", "word/styles.xml")}


def name_of(one: etree._Element) -> str:
    return one.find("w:name", NS).get(W + "val")


def attribute(one: etree._Element, path: str, name: str = "val") -> str | None:
    found = one.find(path, NS)
    return found.get(W + name) if found is not None else None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("heading 1", "标题 1"),
        ("heading 1", "Heading1"),
        ("heading 3", "見出し 3"),
        ("heading 2", "Überschrift 2"),
        ("toc 1", "目录 1"),
        ("toc 2", "Contents 2"),
        ("List Bullet 2", "列表项目符号 2"),
        ("caption", "题注"),
        ("footnote text", "脚注文本"),
        ("Body Text", "正文首行缩进"),
        ("Normal", "正文"),
        ("Key Point", "要点"),
        ("Three-Line Table", "三线表"),
    ],
)
def test_a_style_is_known_by_what_other_languages_call_it(ours: str, theirs: str) -> None:
    assert folded(theirs) in names_of(ours)


def test_levels_are_told_apart() -> None:
    assert folded("标题 2") not in names_of("heading 1")
    assert folded("标题") not in names_of("heading 1")


def test_the_template_gives_its_faces_sizes_and_indents_by_name() -> None:
    made = dressed(manuscript(heading(1, "山"), para("文")), template())
    found = styles_of(made)
    assert attribute(found["Normal"], "w:rPr/w:rFonts", "eastAsia") == "方正书宋_GBK"
    assert attribute(found["Normal"], "w:rPr/w:sz") == "21"
    assert name_of(found["Heading1"]) == "heading 1"
    assert attribute(found["Heading1"], "w:aliases") == "标题 1"
    assert attribute(found["Heading1"], "w:rPr/w:sz") == "36"
    assert attribute(found["BodyText"], "w:pPr/w:ind", "firstLineChars") == "200"
    assert [attribute(p, "w:pPr/w:pStyle") for p in made.document.iter(W + "p")][-2:] == [
        "Heading1",
        "BodyText",
    ]


def test_theme_fonts_become_names_in_the_language_of_the_book() -> None:
    found = styles_of(dressed(manuscript(heading(1, "山")), template()))
    fonts = found["Heading1"].find("w:rPr/w:rFonts", NS)
    assert fonts.get(W + "eastAsia") == "方正大标宋"
    assert not [name for name in fonts.attrib if "heme" in name]


def test_links_between_styles_follow_their_new_ids() -> None:
    found = styles_of(dressed(manuscript(heading(1, "山")), template()))
    assert attribute(found["Heading1"], "w:basedOn") == "Normal"
    assert attribute(found["Heading1"], "w:next") == "BodyText"
    assert attribute(found["10"], "w:link") == "Heading1"


def test_a_foreign_style_with_one_of_our_ids_makes_room() -> None:
    figure = n.Figure("", para("x").span, n.Image("fig.png", "河"), (n.Text("河"),), "1-1")
    book = manuscript(figure, images=feature_book().images)
    found = styles_of(dressed(book, template()))
    assert (name_of(found["FigureT1"]), name_of(found["Figure"])) == ("Signature", "Figure")


def test_only_what_the_book_uses_and_the_template_lacks_is_filled_and_told() -> None:
    findings = Findings()
    book = manuscript(heading(1, "山"), para("文"), n.Quote("", para("x").span, (para("引"),)))
    found = styles_of(dressed(book, template(), findings))
    told = [f for f in findings if f.code is Code.TEMPLATE_STYLES and "lacks" in f.message]
    assert len(told) == 1 and told[0].severity is Severity.INFO and told[0].place.file == "house.docx"
    names = told[0].message.partition(": ")[2].split(", ")
    assert "Quote" in names and "Body Text" not in names and "Verse" not in names
    assert "Quote" in found and "Verse" not in found


def test_what_is_filled_in_goes_with_the_template() -> None:
    book = manuscript(n.Quote("", para("x").span, (para("引"),)), para("文"))
    quote = styles_of(dressed(book, template()))["Quote"]
    assert attribute(quote, "w:rPr/w:sz") == "21"
    assert attribute(quote, "w:pPr/w:ind", "left") == "420"
    assert attribute(quote, "w:rPr/w:rFonts", "ascii") == "Garamond"


def test_headings_count_by_the_numbers_of_the_book_alone() -> None:
    plain = dressed(manuscript(heading(1, "山")), template())
    assert styles_of(plain)["Heading1"].find("w:pPr/w:numPr", NS) is None
    assert "CH%1" not in plain.zip.read("word/numbering.xml").decode()
    form = n.NumberForm(n.NumberStyle.CHINESE, "第{}章", gap="　")
    numbered = n.Heading("", para("x").span, 1, (n.Text("山"),), number=n.HeadingNumber("第一章", 1, form))
    theme = Theme(numbers=NumberTheme(headings="chinese"))
    own = dressed(manuscript(numbered, theme=theme), template())
    assert styles_of(own)["Heading1"].find("w:pPr/w:numPr/w:numId", NS) is not None
    assert '<w:lvlText w:val="第%1章"/>' in own.zip.read("word/numbering.xml").decode()


def test_bullets_are_those_of_the_template() -> None:
    made = dressed(manuscript(n.BulletList("", para("x").span, (item(para("甲")),))), template())
    (bullet,) = made.paragraphs("ListBullet")
    assert bullet.find("w:pPr/w:numPr", NS) is None
    number = attribute(styles_of(made)["ListBullet"], "w:pPr/w:numPr/w:numId")
    (num,) = [one for one in made.find("w:num", "word/numbering.xml") if one.get(W + "numId") == number]
    kind = attribute(num, "w:abstractNumId")
    (abstract,) = [
        one
        for one in made.find("w:abstractNum", "word/numbering.xml")
        if one.get(W + "abstractNumId") == kind
    ]
    assert attribute(abstract, "w:lvl/w:lvlText") == "◆"
    assert attribute(abstract, "w:lvl/w:pStyle") == "ListBullet"


def test_han_is_not_slanted_whatever_the_template_says() -> None:
    findings = Findings()
    book = manuscript(heading(1, "山"), heading(2, "水"), para(n.Emphasis((n.Text("重"),))))
    found = styles_of(dressed(book, template(), findings))
    assert attribute(found["Heading2"], "w:rPr/w:i") == "0"
    assert attribute(found["Emphasis"], "w:rPr/w:em") == "dot"
    assert any("italics in" in f.message and "heading 2" in f.message for f in findings)


def test_the_default_style_is_normal_whatever_it_is_called() -> None:
    own = style("x", "Brot", '<w:rPr><w:sz w:val="26"/></w:rPr>', more=' w:default="1"')
    found = styles_of(dressed(manuscript(para("文")), template({"word/styles.xml": styles(own)})))
    assert (name_of(found["Normal"]), attribute(found["Normal"], "w:aliases")) == ("Normal", "Brot")
    assert attribute(found["BodyText"], "w:rPr/w:sz") == "26"


def test_a_name_that_another_kind_of_style_has_stays_free_of_ours() -> None:
    taken = styles(*CHINESE, style("s", "Strong"))
    made = dressed(manuscript(para(n.Strong((n.Text("重"),)))), template({"word/styles.xml": taken}))
    names = [name_of(one) for one in styles_of(made).values()]
    assert "Strong (quire)" in names and len(names) == len(set(names))


def test_a_style_based_on_itself_or_on_nothing_does_no_harm() -> None:
    loops = styles(
        style("a", "Normal", '<w:basedOn w:val="b"/>'),
        style("b", "Body Text", '<w:basedOn w:val="a"/>'),
        style("c", "heading 1", '<w:basedOn w:val="nowhere"/><w:next w:val="nowhere"/>'),
        style("c", "heading 1"),
    )
    found = styles_of(dressed(manuscript(heading(1, "山"), para("文")), template({"word/styles.xml": loops})))
    assert found["Heading1"].find("w:basedOn", NS) is None


def test_our_linter_python_docx_and_a_second_build_agree(tmp_path: Path) -> None:
    one, two = (dressed(feature_book(), template()) for _ in range(2))
    assert one.data == two.data
    path = tmp_path / "f.docx"
    path.write_bytes(one.data)
    assert lint_docx(path) == ()
    opened = docx.Document(str(path))
    assert [text_of(p._p) for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 1"]


def others() -> dict[str, bytes]:
    """Templates that other programs bring along: python-docx and pandoc."""
    found = {
        "made": template(),
        "python-docx": (Path(docx.__file__).parent / "templates/default.docx").read_bytes(),
    }
    if importlib.util.find_spec("pypandoc"):
        import pypandoc

        command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
        found["pandoc"] = subprocess.run(command, capture_output=True, check=True).stdout
    return found


@pytest.mark.slow
def test_validators_find_nothing_whoever_made_the_template(
    need: Callable[[str], str], tmp_path: Path
) -> None:
    paths = []
    for name, data in others().items():
        paths.append(tmp_path / f"{name}.docx")
        paths[-1].write_bytes(dressed(feature_book(), data).data)
        assert lint_docx(paths[-1]) == (), name
    audit = [need("openxml-audit"), "-m", "0", "-f", "microsoft365"]
    for path in paths:
        for command in ([*audit, str(path)], [need("ooxml-validator"), str(path)]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout


def test_every_style_of_quires_can_be_named_in_a_template() -> None:
    from convert.theme import Theme
    from convert.writers.docx.fonts import faces_for
    from convert.writers.docx.layout import layout_for
    from convert.writers.docx.sheet import HeadingPlan, make_sheet

    theme = Theme()
    sheet = make_sheet(theme, layout_for(theme), faces_for(theme, "zh-CN"), "zh-CN", HeadingPlan())
    everything: list[ParagraphStyle | CharacterStyle] = [
        *sheet.paragraphs.values(),
        *sheet.characters.values(),
    ]
    for one in everything:
        assert re.sub(r"\s+", " ", folded(one.name)) in names_of(one.name)
