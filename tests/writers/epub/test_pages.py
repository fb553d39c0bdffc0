"""Pages of a print edition: their marks, their lists, what the book says of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Findings
from convert.manuscript import PageMap, PageStart
from convert.model import nodes as n
from convert.model.walk import plain_text, query
from convert.writers.base import Manuscript
from convert.writers.epub import EpubWriter
from convert.writers.epub.pages import mark_pages
from tests.writers.epub.samples import (
    NCX,
    OPF,
    OPS,
    SPAN,
    XHTML,
    Epub,
    head,
    inside,
    manuscript,
    note,
    para,
    text,
)


def printed(*blocks: n.Block, starts: tuple[PageStart, ...], notes: tuple[n.Note, ...] = ()) -> Epub:
    book = replace(manuscript(*blocks, notes=notes), pages=PageMap(starts))
    return Epub(EpubWriter().write(book, Findings()))


def nav_pages(found: Epub) -> list[tuple[str, str]]:
    (listed,) = (e for e in found.xml("nav.xhtml").iter(f"{XHTML}nav") if e.get(f"{OPS}type") == "page-list")
    return [(inside(a), a.get("href", "")) for a in listed.iter(f"{XHTML}a")]


def after(found: Epub, label: str) -> str:
    """The text that follows the mark of a page, to the end of its file."""
    file, _, name = dict(nav_pages(found))[label].partition("#")
    chapter = found.xml(file)
    body = inside(chapter[1])
    (mark,) = (e for e in chapter.iter() if e.get("id") == name)
    before = "".join(
        chapter.xpath("//text()[following::*[@id=$name]][ancestor::*[local-name()='body']]", name=name)
    )
    assert mark.get("role") == "doc-pagebreak"
    assert mark.get("aria-label") == f"第{label}页"
    return "".join(body[len(before) :].split())


BLOCKS = (
    head(1, "第一章的题", name="h"),
    para("一段有 空格的文字", n.Strong(text("粗体在中间")), "，还有尾巴。", name="p"),
    n.CodeBlock("c", SPAN, "if x:\n    return y\n"),
    n.LineBlock("v", SPAN, (text("灯火三两点"), text("潮来夜半时"))),
    n.BulletList("l", SPAN, (n.ListItem("i", SPAN, (para("条目"),)),)),
    n.DefinitionList("d", SPAN, (n.DefinitionItem("t", SPAN, text("词"), ((para("义"),),)),)),
    n.Table(
        "T",
        SPAN,
        (n.Alignment.DEFAULT,),
        (),
        (n.TableRow("r", SPAN, (n.TableCell("k", SPAN, (para("格"),)),)),),
    ),
)


@pytest.mark.parametrize(
    ("block", "offset", "follows"),
    [
        ("h", 0, "第一章的题"),
        ("p", 0, "一段有空格"),
        ("p", 4, "格的文字粗"),
        ("p", 9, "体在中间，"),
        ("p", 99, "ifx:return"),
        ("c", 4, "returny"),
        ("v", 7, "夜半时条目"),
        ("l", 0, "条目词义"),
        ("i", 0, "条目词义"),
        ("t", 0, "词义格"),
        ("r", 0, "格"),
        ("k", 0, "格"),
    ],
)  # fmt: skip
def test_a_page_begins_before_its_first_character(block: str, offset: int, follows: str) -> None:
    found = printed(*BLOCKS, starts=(PageStart("12", block, offset),))
    assert after(found, "12").startswith(follows)


def test_the_mark_of_a_page_is_no_part_of_a_heading() -> None:
    found = printed(head(1, "题", name="h"), starts=(PageStart("1", "h"),))
    heading = found.chapter().find(f".//{XHTML}h1")
    assert heading is not None
    assert len(heading) == 0
    own = printed(n.Heading("h", SPAN, 1, (n.PageMark("7"), n.Text("题"))), starts=())
    assert nav_pages(own) == [("7", "text/c001.xhtml#p.7")]
    assert '<h1 id="h">题</h1>' in own.body()


def test_both_lists_have_every_page_in_reading_order() -> None:
    starts = (PageStart("ii", "a"), PageStart("1", "b"), PageStart("2", "b", 2), PageStart("3", "c"))
    blocks = (head(1, "甲", name="a"), para("文字文字", name="b"), head(1, "乙", name="c"))
    found = printed(*blocks, starts=starts)
    assert [label for label, _ in nav_pages(found)] == ["ii", "1", "2", "3"]
    targets = list(found.xml("toc.ncx").iter(f"{NCX}pageTarget"))
    assert [(t.findtext(f".//{NCX}text"), t.get("type"), t.get("value")) for t in targets] == [
        ("ii", "front", "2"), ("1", "normal", "1"), ("2", "normal", "2"), ("3", "normal", "3"),
    ]  # fmt: skip
    assert [href for _, href in nav_pages(found)] == [
        t.find(f"{NCX}content").get("src")
        for t in targets  # type: ignore[union-attr]
    ]
    orders = {
        e.findtext(f"{NCX}navLabel/{NCX}text"): int(e.get("playOrder", "0"))
        for e in found.xml("toc.ncx").iter(f"{NCX}navPoint", f"{NCX}pageTarget")
    }
    assert sorted(orders, key=orders.__getitem__) == ["ii", "甲", "1", "2", "3", "乙"]


def claims(found: Epub) -> list[str]:
    return [e.text or "" for e in found.opf.iter(f"{OPF}meta") if e.get("property") == "pageBreakSource"]


def test_the_book_says_whose_pages_they_are() -> None:
    own = printed(para("文", name="a"), starts=(PageStart("1", "a"),))
    assert claims(own) == ["《小书》印刷版（PDF）"]
    marks = (para(n.PageMark("5"), "文"),)
    earlier = Epub(EpubWriter().write(manuscript(*marks), Findings()))
    assert claims(earlier) == ["《小书》原印本"]
    metadata = n.Metadata(title="小书", language="zh", source="旧书局 1936 年版")
    known = Epub(EpubWriter().write(manuscript(*marks, metadata=metadata), Findings()))
    assert claims(known) == ["旧书局 1936 年版"]


def test_our_own_pages_take_the_place_of_the_sources() -> None:
    found = printed(para(n.PageMark("99"), "文", name="a"), starts=(PageStart("1", "a"),))
    assert [label for label, _ in nav_pages(found)] == ["1"]


def test_without_pages_nothing_is_said_of_them() -> None:
    found = printed(head(1, "题"), starts=())
    assert "page-list" not in found.zip.read("EPUB/nav.xhtml").decode()
    assert "pageList" not in found.zip.read("EPUB/toc.ncx").decode()
    assert claims(found) == []


def test_a_page_that_two_marks_name_has_two_ids() -> None:
    found = printed(para(n.PageMark("5"), "文", n.PageMark("5")), para(n.PageMark("5")), starts=())
    ids = [e.get("id") for e in found.chapter().iter() if e.get("id")]
    assert len(ids) == len(set(ids)) == 3


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(["字", "a b", "　", "粗"]), min_size=1, max_size=8), st.integers(0, 20))
def test_marks_change_no_text_and_none_is_lost(words: list[str], offset: int) -> None:
    inlines: list[n.Inline] = [n.Strong(text(word)) if word == "粗" else n.Text(word) for word in words]
    book: Manuscript = manuscript(n.Paragraph("p", SPAN, tuple(inlines)))
    marked = mark_pages(
        book.document, PageMap((PageStart("1", "p", offset), PageStart("2", "p", offset)))
    ).document
    assert plain_text(marked.blocks) == plain_text(book.document.blocks)
    assert [mark.label for mark in query(marked, n.PageMark)] == ["1", "2"]


def test_notes_keep_their_marks_when_pages_are_marked() -> None:
    found = printed(
        para("文", n.NoteReference("a"), "字", name="p"),
        starts=(PageStart("1", "p", 1),),
        notes=(note("a", "注文"),),
    )
    assert after(found, "1").startswith("字")
    assert found.chapter().find(f".//{XHTML}aside") is not None


def test_without_headings_the_title_and_the_pages_play_in_turn() -> None:
    found = printed(para("只有一段。", name="p"), starts=(PageStart("1", "p"),))
    root = found.xml("toc.ncx")
    orders = [e.get("playOrder") for e in root.iter(f"{NCX}navPoint", f"{NCX}pageTarget")]
    assert orders == ["1", "2"]
