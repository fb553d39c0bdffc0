"""Lists, references and study blocks in whole editions: what a reader finds in each of the three."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from PIL import Image
from pypdfium2 import raw

import convert
from convert.verify import verify

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XHTML = "{http://www.w3.org/1999/xhtml}"

BOOK = """# 第一章　山

书里有@fig-hill，也有[见@fig-hill、@tbl-two]{.page}。

![山的样子](hill.png){#fig-hill}

| 甲 | 乙 |
|---|---|
| 一 | 二 |

: 两个字 {#tbl-two}

::: exercise
山有多高？
:::

::: answer
很高。
:::

# 第二章　水

![水的样子](hill.png)

[](#sec-end){.page}

# 书末 {#sec-end}

[TOC]

[FIGURES]

[表格目录]

[ANSWERS]
"""


class Built:
    """The three editions of a text."""

    def __init__(self, folder: Path, text: str) -> None:
        source = folder / "book.md"
        source.write_text(text, "utf-8")
        Image.new("RGB", (60, 30), "grey").save(folder / "hill.png")
        report = convert.build([source], out=folder)
        assert report.exit_status == 0
        self.paths = {edition.writer: edition.path for edition in report.editions}

    def docx(self, part: str = "word/document.xml") -> etree._Element:
        with zipfile.ZipFile(self.paths["docx"]) as archive:
            return etree.fromstring(archive.read(part))

    def paragraphs(self, style: str) -> list[str]:
        """What the Word paragraphs of *style* say, tabs as a stroke."""
        found = self.docx().iterfind(f".//{W}p[{W}pPr]")
        return [_says(p) for p in found if _style(p) == style]

    def chapters(self) -> Iterator[etree._Element]:
        with zipfile.ZipFile(self.paths["epub"]) as archive:
            for name in sorted(archive.namelist()):
                if re.search(r"/c\d+\.xhtml$", name):
                    yield etree.fromstring(archive.read(name))

    def pages(self) -> list[str]:
        """The text of each PDF page without white space."""
        with pypdfium2.PdfDocument(self.paths["pdf"]) as document:
            return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def _says(paragraph: etree._Element) -> str:
    parts = (node.text or "" if node.tag == f"{W}t" else "|" for node in paragraph.iter(f"{W}t", f"{W}tab"))
    return "".join(parts)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("study"), BOOK)


def test_the_editions_agree(built: Built) -> None:
    assert [str(finding) for finding in verify(list(built.paths.values())).findings] == []


def test_word_lists_are_fields_with_their_results(built: Built) -> None:
    codes = [" ".join((code.text or "").split()) for code in built.docx().iter(f"{W}instrText")]
    assert 'TOC \\o "1-3" \\h \\z \\u' in codes
    assert 'TOC \\h \\z \\c "图"' in codes
    assert 'TOC \\h \\z \\c "表"' in codes
    assert built.paragraphs("TableofFigures") == [
        "图1-1　山的样子 |1",
        "图2-1　水的样子 |2",
        "表1-1　两个字 |1",
    ]
    assert built.paragraphs("TOC1") == ["第一章 山 |1", "第二章 水 |2", "书末 |3"]
    assert built.paragraphs("TOCHeading") == []
    names = {mark.get(f"{W}name") for mark in built.docx().iter(f"{W}bookmarkStart")}
    anchors = [link.get(f"{W}anchor") for link in built.docx().iter(f"{W}hyperlink")]
    assert len(anchors) == 9
    assert set(anchors) <= names


def test_the_pdf_prints_the_lists_where_they_stand_and_only_there(built: Built) -> None:
    last = built.pages()[-1]
    wanted = "书末第一章山1第二章水2书末3图1-1山的样子1图2-1水的样子2表1-1两个字1练习1-1答案很高。"
    assert last.endswith(wanted)
    assert not any("目录" in page for page in built.pages())


def test_the_lists_of_the_pdf_lead_to_their_places(built: Built) -> None:
    with pypdfium2.PdfDocument(built.paths["pdf"]) as document:
        page = document[len(document) - 1]
        leads = [
            raw.FPDFDest_GetDestPageIndex(document, raw.FPDFLink_GetDest(document, link))
            for link in _links(page)
        ]
    first = len(leads) and len(built.pages()) - 3
    # Contents, figures, tables, and the label of the answer back to its exercise.
    assert leads == [first, first + 1, first + 2, first, first + 1, first, first]


def _links(page: pypdfium2.PdfPage) -> Iterator[object]:
    import ctypes

    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
        yield link


def test_a_reference_tells_its_page_where_there_are_pages(built: Built) -> None:
    text = built.pages()
    assert "书里有图1-1，也有见图1-1（第1页）、表1-1（第1页）。" in text[-3]
    assert "书末（第3页）" in text[-2]
    word = "".join(built.paragraphs("BodyText"))
    assert "也有见图1-1（第1页）、表1-1（第1页）。" in word
    assert "书末（第3页）" in word
    codes = [code.text or "" for code in built.docx().iter(f"{W}instrText")]
    assert sum("PAGEREF _qsec_end" in code for code in codes) == 1


def test_an_exercise_points_to_its_answer_in_every_edition(built: Built) -> None:
    assert built.paragraphs("StudyLabel") == ["练习1-1|答案（第3页）"]
    assert built.paragraphs("AnswerLabel") == ["练习1-1　答案"]
    assert "练习1-1答案（第3页）山有多高？" in built.pages()[-3]
    labels = [
        "".join(p.itertext())
        for page in built.chapters()
        for p in page.iterfind(f".//{XHTML}p[@class='label']")
    ]
    assert labels[0].startswith("练习1-1 答案")
    assert labels[1] == "练习1-1　答案"
    ids = {node.get("id") for page in built.chapters() for node in page.iter() if node.get("id")}
    for page in built.chapters():
        for link in page.iter(f"{XHTML}a"):
            assert link.get("href", "").partition("#")[2] in ids | {""}


INDEXED = """---
language: zh
---

# 甲

[茶叶]{.index}和[白纸]{index="纸!白纸"}。

# 乙

[茶叶]{.index}、[EPUB]{.index}，[阿房宫]{.index reading="ē páng gōng"}。

# 索引

[INDEX]
"""
ENTRIES = [
    ("C", "茶叶", [1, 2]),
    ("E", "EPUB", [2]),
    ("E", "阿房宫", [2]),
    ("Z", "纸", []),
    ("Z", "白纸", [1]),
]


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("index"), INDEXED)


def _line(term: str, pages: list[int]) -> str:
    return term + ("　" + ", ".join(map(str, pages)) if pages else "")


def test_every_edition_has_the_same_entries(indexed: Built) -> None:
    assert [str(finding) for finding in verify(list(indexed.paths.values())).findings] == []
    lines = [_line(term, pages) for _, term, pages in ENTRIES]
    found = [p for p in indexed.docx().iter(f"{W}p") if _style(p).startswith("Index")]
    word = [_says(p) for p in found if _style(p) != "IndexHeading"]
    assert word == lines
    assert [_says(p) for p in found if _style(p) == "IndexHeading"] == ["C", "E", "Z"]
    *_, last = indexed.chapters()
    epub = [_own(item) for item in last.iter(f"{XHTML}li")]
    assert epub == lines
    assert indexed.pages()[-1] == "3索引" + "".join(
        "".join(part.split()) for part in ["C", lines[0], "E", *lines[1:3], "Z", *lines[3:]]
    )


def _own(item: etree._Element) -> str:
    """The text of a list item without the lists in it."""
    return "".join(
        "".join(child.itertext()) + (child.tail or "") for child in item if child.tag != f"{XHTML}ul"
    ).strip("\n")


def test_the_index_of_word_is_a_field_over_marks_in_the_text(indexed: Built) -> None:
    codes = [(code.text or "").strip(" ") for code in indexed.docx().iter(f"{W}instrText")]
    assert codes.count('XE "茶叶"') == 2
    assert 'XE "纸:白纸"' in codes
    assert 'XE "阿房宫" \\y "ē páng gōng"' in codes
    assert 'INDEX \\e "　" \\h "A" \\c "1" \\z "2052"' in codes


def test_the_index_leads_to_its_places(indexed: Built) -> None:
    files = dict(zip("甲乙索", indexed.chapters(), strict=True))
    targets = {node.get("id") for name in "甲乙" for node in files[name].iter() if node.get("id")}
    links = [link.get("href") for link in files["索"].iter(f"{XHTML}a") if "index-locator" in link.values()]
    assert [link.partition("#")[0] for link in links] == [
        "c001.xhtml",
        "c002.xhtml",
        "c002.xhtml",
        "c002.xhtml",
        "c001.xhtml",
    ]
    assert {link.partition("#")[2] for link in links} <= targets
    with pypdfium2.PdfDocument(indexed.paths["pdf"]) as document:
        page = document[len(document) - 1]
        leads = [
            raw.FPDFDest_GetDestPageIndex(document, raw.FPDFLink_GetDest(document, link))
            for link in _links(page)
        ]
        assert [lead - len(document) + 4 for lead in leads] == [1, 2, 2, 2, 1]


def test_an_epub_alone_counts_the_places_it_cannot_number(tmp_path: Path) -> None:
    source = tmp_path / "book.md"
    source.write_text(INDEXED, "utf-8")
    convert.build([source], out=tmp_path, to=["epub"])
    built = Built.__new__(Built)
    built.paths = {"epub": tmp_path / "book.epub"}
    *_, last = built.chapters()
    assert [_own(item) for item in last.iter(f"{XHTML}li")] == ["茶叶　1, 2", "EPUB", "阿房宫", "纸", "白纸"]
    assert [link.get("aria-label") for link in last.iter(f"{XHTML}a")] == [
        "茶叶 1",
        "茶叶 2",
        None,
        None,
        None,
    ]


def test_a_glossary_is_one_in_every_edition(tmp_path: Path) -> None:
    built = Built(
        tmp_path,
        "# 甲\n\nEPUB\n\n::: glossary\n书脊\n:   装订的一边。\n:::\n\n# 词表\n\n[GLOSSARY]\n\n*[EPUB]: 一种电子书\n",
    )
    assert [str(finding) for finding in verify(list(built.paths.values())).findings] == []
    assert built.paragraphs("DefinitionTerm") == ["EPUB", "书脊"]
    assert built.pages()[-1] == "2词表EPUB一种电子书书脊装订的一边。"
    *_, last = built.chapters()
    (glossary,) = [node for node in last.iter(f"{XHTML}section") if node.get("role") == "doc-glossary"]
    assert ["".join(node.itertext()) for node in glossary.iter(f"{XHTML}dfn")] == ["EPUB", "书脊"]
