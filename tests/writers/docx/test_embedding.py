"""Fonts that go along in the file (ECMA-376 part 1, 17.8.1, 17.8.3.3)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest

from convert.diagnostics import Code, Findings
from convert.records import replace
from convert.supply import EmbeddedFont, FontOffer
from convert.theme import Role, Theme
from convert.writers.base import Manuscript
from convert.writers.docx import DocxWriter
from convert.writers.docx.embedding import obfuscated
from tests.writers.docx.sample import NS, Package, W, manuscript, para
from tests.writers.docx.template.made import template

FONT = bytes(range(64)) * 4


class Supply:
    """One font for every role."""

    def __init__(self, offer: FontOffer | None) -> None:
        self.offer = offer
        self.asked: list[tuple[Role, AbstractSet[str] | None]] = []

    def offered(self, role: Role) -> FontOffer | None:
        return self.offer

    def embedded(self, role: Role, characters: AbstractSet[str] | None) -> EmbeddedFont | None:
        self.asked.append((role, characters))
        return EmbeddedFont("Own Kai", FONT, False, frozenset(), "free")


def book(supply: Supply | None, **docx: object) -> Manuscript:
    theme = Theme()
    theme = replace(theme, docx=replace(theme.docx, **docx))
    return replace(manuscript(para("山水"), theme=theme), fonts=supply)


def written(made: Manuscript, findings: Findings | None = None) -> Package:
    return Package(DocxWriter().write(made, Findings() if findings is None else findings))


FREE = FontOffer("Own Kai", False, 0)


def test_by_default_none_goes_along() -> None:
    made = written(book(Supply(FREE)))
    assert not [name for name in made.zip.namelist() if "fonts/" in name]
    assert "embedTrueTypeFonts" not in made.zip.read("word/settings.xml").decode()


def test_one_that_goes_along_is_named_by_the_styles_and_can_be_read_again() -> None:
    supply = Supply(FREE)
    made = written(book(supply, embed=("kai",)))
    (font,) = made.find("w:font[@w:name='Own Kai']", "word/fontTable.xml")
    along = font.find("w:embedRegular", NS)
    assert obfuscated(made.zip.read("word/fonts/font1.odttf"), along.get(W + "fontKey")) == FONT
    assert made.zip.read("word/fonts/font1.odttf")[32:] == FONT[32:]
    assert along.get(W + "subsetted") == "1"
    settings = made.zip.read("word/settings.xml").decode()
    assert "<w:embedTrueTypeFonts/><w:saveSubsetFonts/>" in settings
    (quote,) = made.find("w:style[@w:styleId='Quote']/w:rPr/w:rFonts", "word/styles.xml")
    assert quote.get(W + "eastAsia") == "Own Kai"
    assert supply.asked and set("山水") <= set(supply.asked[0][1] or ())
    assert made.data == written(book(Supply(FREE), embed=("kai",))).data


@pytest.mark.parametrize(("rights", "docx"), [(0, {"embed_whole": True}), (0x0100, {}), (0x0108, {})])
def test_it_is_whole_where_that_is_asked_for_or_its_maker_forbids_to_cut_it(
    rights: int, docx: dict[str, bool]
) -> None:
    supply = Supply(FontOffer("Own Kai", False, rights))
    made = written(book(supply, embed=("kai",), **docx))
    assert supply.asked[0][1] is None
    assert "saveSubsetFonts" not in made.zip.read("word/settings.xml").decode()
    assert "subsetted" not in made.zip.read("word/fontTable.xml").decode()


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (None, Code.FONT_MISSING),
        (FontOffer("Own Kai", True, 0), Code.FEATURE_UNSUPPORTED),
        (FontOffer("Own Kai", False, 0x0002), Code.FONT_BROKEN),
        (FontOffer("Own Kai", False, 0x0004), Code.FONT_BROKEN),
        (FontOffer("Own Kai", False, 0x0200), Code.FONT_BROKEN),
    ],
)
def test_one_that_may_not_or_would_not_be_shown_stays_behind(offer: FontOffer | None, code: Code) -> None:
    findings = Findings()
    made = written(book(Supply(offer), embed=("kai",)), findings)
    assert [f.code for f in findings] == [code]
    assert "Own Kai" not in made.zip.read("word/styles.xml").decode()
    assert not [name for name in made.zip.namelist() if "fonts/" in name]


def test_a_font_for_editing_is_free_or_editable() -> None:
    assert [FontOffer("", False, bits).for_editing for bits in (0, 2, 4, 8, 0x0108, 0x0208)] == [
        True, False, False, True, True, False,
    ]  # fmt: skip


def test_beside_a_template_only_what_it_leaves_open_goes_along() -> None:
    from convert.reference import ReferenceFile

    made = replace(book(Supply(FREE), embed=("serif",)), reference=ReferenceFile("t.docx", template()))
    findings = Findings()
    assert "Own Kai" not in written(made, findings).zip.read("word/styles.xml").decode()
    assert any(f.code is Code.TEMPLATE_DROPPED and "Own Kai" in f.message for f in findings)


@pytest.mark.slow
def test_validators_and_libreoffice_take_it(need: Callable[[str], str], tmp_path: Path) -> None:
    from convert import pipeline

    source = tmp_path / "a.md"
    source.write_text("# 码\n\n正文和 `code 12` 一段。\n", encoding="utf-8")
    pipeline.build([source], out=tmp_path, to=["docx"], settings={"docx.embed": "mono"})
    audit = [need("openxml-audit"), "-m", "0", "-f", "microsoft365", str(tmp_path / "a.docx")]
    assert subprocess.run(audit, capture_output=True, check=False).returncode == 0
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [need("soffice"), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], capture_output=True, check=False, timeout=120)
    fonts = subprocess.run(
        [need("pdffonts"), str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
    )
    assert "SourceCodePro" in fonts.stdout
