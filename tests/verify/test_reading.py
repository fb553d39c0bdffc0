"""Each reader on files made by hand: what is text, what is outline, what is a note, what is broken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from convert.diagnostics import Code
from convert.errors import VerifyError
from convert.verify import Entry, read_edition
from tests.verify.packages import docx, epub, paragraph, pdf


def test_word_headings_by_name_inheritance_and_outline_level(tmp_path: Path) -> None:
    direct = '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>丙</w:t></w:r></w:p>'
    body = paragraph("甲", "H1") + paragraph("乙", "H2") + direct + paragraph("丁", "Mine") + paragraph("文")
    reading = read_edition(docx(tmp_path / "a.docx", body))
    assert reading.outline == (Entry(1, "甲"), Entry(2, "乙"), Entry(3, "丙"), Entry(1, "丁"))
    assert reading.text == "甲乙丙丁文"


def test_word_outline_levels_count_from_the_shallowest(tmp_path: Path) -> None:
    reading = read_edition(docx(tmp_path / "a.docx", paragraph("乙", "H2")))
    assert reading.outline == (Entry(1, "乙"),)


def test_word_text_leaves_out_what_is_struck_ruby_note_marks_and_fallbacks(tmp_path: Path) -> None:
    extra = (
        "<w:del><w:r><w:t>删</w:t></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby>"
        '<w:r><w:rPr><w:rStyle w:val="Ref"/></w:rPr><w:t>①</w:t></w:r>'
        '<mc:Fallback xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<w:r><w:t>再</w:t></w:r></mc:Fallback><w:r><w:instrText>TOC</w:instrText></w:r>"
    )
    assert read_edition(docx(tmp_path / "a.docx", paragraph("文 字", extra=extra))).text == "文字增汉"


def test_a_paragraph_in_a_text_box_is_told_once(tmp_path: Path) -> None:
    body = paragraph("外", extra=f"<w:r><w:txbxContent>{paragraph('内')}</w:txbxContent></w:r>")
    assert sorted(read_edition(docx(tmp_path / "a.docx", body)).text) == ["内", "外"]


def test_word_notes_and_contents_stand_apart(tmp_path: Path) -> None:
    body = paragraph("甲……12", "T1") + paragraph("甲", "H1")
    reading = read_edition(docx(tmp_path / "a.docx", body, ("注一", "注 二")))
    assert reading.notes == ("注一", "注二")
    assert reading.contents == ("甲",)
    assert reading.text == "甲"
    tabbed = (
        '<w:p><w:pPr><w:pStyle w:val="T1"/></w:pPr><w:r><w:t>甲……</w:t><w:tab/><w:t>xii</w:t></w:r></w:p>'
    )
    assert read_edition(docx(tmp_path / "b.docx", tabbed)).contents == ("甲……",)


NOTE = '<aside epub:type="footnote" role="doc-footnote"><p>2024年注<a role="doc-backlink">↩</a></p></aside>'


def test_epub_text_notes_and_outline(tmp_path: Path) -> None:
    body = (
        '<h1>甲</h1><p>文<ruby>汉<rp>(</rp><rt>hàn</rt></ruby><a epub:type="noteref">①</a>后</p>'
        f"{NOTE}<p>末</p><!-- 评 --><math xmlns='m'>x</math>"
    )
    nav = "<li><a>甲</a><ol><li><span>乙 丙</span></li></ol></li><li><a>丁</a></li>"
    reading = read_edition(epub(tmp_path / "a.epub", body, nav))
    assert reading.text == "甲文汉后末"
    assert reading.notes == ("2024年注",)
    assert reading.outline == (Entry(1, "甲"), Entry(2, "乙 丙"), Entry(1, "丁"))


def test_epub_ncx_is_read_as_contents(tmp_path: Path) -> None:
    ncx = "<ncx><navMap><navPoint><navLabel><text>甲 乙</text></navLabel></navPoint></navMap></ncx>"
    item = '<item id="n" href="toc.xml" media-type="application/x-dtbncx+xml"/>'
    assert read_edition(
        epub(tmp_path / "a.epub", "<h1>甲乙</h1>", "<li><a>甲乙</a></li>", item, toc=ncx)
    ).contents == ("甲乙",)


def test_the_entry_that_an_epub_without_headings_must_have_is_no_outline(tmp_path: Path) -> None:
    nav = "<li><a>书名</a></li>"
    assert read_edition(epub(tmp_path / "a.epub", "<p>文</p>", nav)).outline == ()
    assert read_edition(epub(tmp_path / "b.epub", "<h1>书名</h1>", nav)).outline == (Entry(1, "书名"),)


def test_pdf_text_and_bookmarks(tmp_path: Path) -> None:
    reading = read_edition(pdf(tmp_path / "a.pdf"))
    assert reading.text == "Plaintext"
    assert reading.outline == (Entry(1, "Chapter"),)


def test_pdf_furniture_is_left_out(tmp_path: Path) -> None:
    shown = b"(Body) Tj ET /Artifact << /Type /Pagination >> BDC BT /F 9 Tf (12) Tj ET EMC BT"
    assert read_edition(pdf(tmp_path / "a.pdf", shown)).text == "Body"


def test_the_kind_is_told_by_the_bytes_not_the_name(tmp_path: Path) -> None:
    assert read_edition(epub(tmp_path / "a.docx", "<p>文</p>", "")).kind == "epub"
    assert read_edition(pdf(tmp_path / "a.epub")).kind == "pdf"


def unreadable(path: Path) -> str:
    with pytest.raises(VerifyError) as caught:
        read_edition(path)
    assert caught.value.finding.code is Code.EDITION_UNREADABLE
    assert caught.value.finding.place.file == str(path)
    assert caught.value.finding.hint
    assert "\n" not in str(caught.value)
    return caught.value.finding.message


@pytest.mark.parametrize("data", [b"", b"plain", b"PK\x03\x04broken", b"%PDF-1.7\nbroken", b"\x89PNG"])
def test_what_is_no_edition(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(data)
    unreadable(path)


def test_no_file_or_a_folder(tmp_path: Path) -> None:
    unreadable(tmp_path / "none.docx")
    unreadable(tmp_path)


def test_a_package_without_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "word/document.xml" in unreadable(path)
    assert "spine" in unreadable(
        epub(tmp_path / "a.epub", "", "", opf="""<p><item id="nav" href="nav.xhtml" properties="nav"/>
        <itemref idref="gone"/></p>""")
    )  # fmt: skip


def test_broken_xml_names_its_part(tmp_path: Path) -> None:
    assert "OPS/a b.xhtml" in unreadable(epub(tmp_path / "a.epub", "<p>", ""))


def test_a_cut_package(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", paragraph("文" * 3000))
    path.write_bytes(path.read_bytes()[:500])
    unreadable(path)


def test_damage_inside_a_package(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", paragraph("文" * 3000))
    data = bytearray(path.read_bytes())
    data[200] ^= 0xFF
    path.write_bytes(data)
    unreadable(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:p><w:r><w:t>a&s;</w:t></w:r></w:p></w:document>",
        )
    assert "geheim" not in read_edition(path).text
