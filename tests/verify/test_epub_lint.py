"""The linter of EPUBs: silent about a sound one, and each of its rules speaks when its fault is put in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from convert.diagnostics import Findings
from convert.font.catalogue import open_catalogue
from convert.font.embedding import subset_file
from convert.manuscript import PageMap, PageStart
from convert.supply import EmbeddedFont
from convert.theme import Role
from convert.verify import verify
from convert.verify.epub_lint import lint_epub
from convert.writers.epub import EpubWriter
from tests.writers.epub.samples import everything

Files = dict[str, bytes]


class _Fonts:
    """Hei with what is asked for."""

    def embedded(self, role: Role, characters: frozenset[str]) -> EmbeddedFont:
        data = subset_file(open_catalogue().face(Role.SANS), characters)
        return EmbeddedFont("Hei", data, True, frozenset(), "free")


@pytest.fixture(scope="module")
def sound() -> Files:
    """A book of ours with everything a linter looks at: notes, formulas, ruby, pictures, fonts, pages."""
    book = everything()
    blocks = [block.id for block in book.document.blocks]
    starts = tuple(PageStart(str(n), ident) for n, ident in enumerate(blocks[::4], 1))
    theme = replace(book.theme, epub=replace(book.theme.epub, embed=("sans",)))
    book = replace(book, pages=PageMap(starts), theme=theme, fonts=_Fonts())
    with zipfile.ZipFile(io.BytesIO(EpubWriter().write(book, Findings()))) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def packed(files: Files, path: Path, *, stored: bool = True) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" and stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, kind)
    return path


def rules(files: Files, folder: Path) -> set[str]:
    return {fault.rule for fault in lint_epub(packed(files, folder / "book.epub"))}


def test_a_sound_book_has_no_fault(sound: Files, tmp_path: Path) -> None:
    assert lint_epub(packed(sound, tmp_path / "book.epub")) == ()
    assert verify([tmp_path / "book.epub"]).exit_status == 0


OPF, NAV, NCX, CSS = "EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/style.css"
ONE, TWO, THREE = (f"EPUB/text/c00{n}.xhtml" for n in (1, 2, 3))

FAULTS = [
    ("mimetype", "mimetype", "epub", "epuc"),
    ("manifest", OPF, 'href="images/i001.png"', 'href="images/gone.png"'),
    ("manifest", OPF, 'href="images/i002.png"', 'href="images/i001.png"'),
    ("spine", OPF, 'idref="c001"', 'idref="c00"'),
    ("properties", OPF, ' properties="mathml"', ""),
    ("properties", TWO, "<p>", '<svg xmlns="http://www.w3.org/2000/svg"/><p>'),
    ("identity", OPF, ">zh-Hans-CN<", ">zh_Hans<"),
    ("identity", OPF, ' xml:lang="zh-Hans-CN"', ""),
    ("identity", OPF, "T00:00:00Z", "T00:00:00"),
    ("identity", NCX, "urn:isbn", "urn:isb"),
    ("cover", OPF, 'properties="cover-image"', ""),
    ("cover", OPF, 'content="cover-image"', 'content="cover"'),
    ("claims", OPF, ">MathML<", ">latex<"),
    ("claims", OPF, ">rubyAnnotations<", ">index<"),
    ("claims", OPF, ">pageBreakMarkers<", ">index<"),
    ("claims", OPF, ">visual<", ">auditory<"),
    ("claims", OPF, "schema:accessibilityHazard", "schema:audience"),
    ("claims", OPF, "schema:accessibilitySummary", "schema:audience"),
    ("claims", OPF, 'property="pageBreakSource"', 'property="dcterms:source"'),
    ("claims", TWO, 'alt="小山"', 'alt=""'),
    ("contents", NAV, "text/c003.xhtml", "text/c009.xhtml"),
    ("contents", NAV, 'epub:type="toc"', 'epub:type="loi"'),
    ("ncx", NCX, "<text>图表与公式</text>", "<text>图表</text>"),
    ("ncx", NCX, 'name="dtb:depth" content="2"', 'name="dtb:depth" content="1"'),
    ("ncx", NCX, 'playOrder="1"', 'playOrder="2"'),
    ("landmarks", NAV, 'epub:type="bodymatter"', 'epub:type="preface"'),
    ("landmarks", NAV, 'href="text/title.xhtml"', 'href="text/tit.xhtml"'),
    ("guide", OPF, 'title="书名页" href="text/title.xhtml"', 'href="text/tit.xhtml"'),
    ("pages", NAV, '<li><a href="text/c001.xhtml#p.1">1</a></li>', ""),
    ("pages", NCX, "c001.xhtml#p.1", "c001.xhtml"),
    ("pages", ONE, ' aria-label="第1页"', ""),
    ("outline", THREE, "图表与公式</h1>", "图表</h1>"),
    ("outline", TWO, "</p>", "</p><h2>不在目录里</h2>"),
    ("language", ONE, ' lang="zh-Hans-CN"', ' lang="en"'),
    ("headings", TWO, "<h2", "<h1>又一个</h1><h2"),
    ("headings", THREE, "h1", "h3"),
    ("active", ONE, "<p", "<script/><p"),
    ("active", ONE, "<section>", '<section onclick="x()">'),
    ("active", TWO, 'href="https://', 'href="javascript:'),
    ("remote", TWO, 'src="../images', 'src="https://example.org'),
    ("remote", CSS, "@charset", '@import "https://example.org/a.css";@charset'),
    ("address", TWO, 'src="../images/', 'src="/images/'),
    ("address", TWO, 'href="https://', 'href="file:///'),
    ("address", TWO, "c004.xhtml#", "c009.xhtml#"),
    ("address", OPF, 'href="text/c001.xhtml"', 'href="../../text/c001.xhtml"'),
    ("id", THREE, 'id="', 'id="章'),
    ("table", THREE, ' scope="col"', ""),
    ("notes", TWO, 'href="#fn1"', 'href="c001.xhtml#p.1"'),
    ("notes", TWO, 'href="#fn1"', 'href="#none"'),
    ("notes", TWO, 'epub:type="backlink" role="doc-backlink" href="#r.fn1"', 'href="#r.fn1"'),
    ("notes", TWO, 'href="#r.fn1"', 'href="#fn1"'),
    ("font", CSS, "fonts/sans.otf", "fonts/gone.otf"),
    ("font", OPF, 'media-type="font/otf"', 'media-type="font/woff2"'),
    ("font", THREE, "图表与公式", "图表与公式龘"),
    ("font", "EPUB/fonts/sans.otf", "OTTO", "wOF2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "name", "old", "new"), FAULTS, ids=[f"{f[0]}-{n}" for n, f in enumerate(FAULTS)]
)
def test_a_fault_is_found(sound: Files, tmp_path: Path, rule: str, name: str, old: str, new: str) -> None:
    assert old.encode() in sound[name], "the fault cannot be put in"
    files = {**sound, name: sound[name].replace(old.encode(), new.encode())}
    if name == NAV:  # both contents alike, so that only the link is wrong
        files[NCX] = sound[NCX].replace(old.encode(), new.encode())
    assert rule in rules(files, tmp_path)


def _without_licence(files: Files) -> Files:
    text = files[OPF].replace(b"sans-licence.txt", b"sans.txt")
    return {**{k.replace("sans-licence", "sans"): v for k, v in files.items()}, OPF: text}


def _file_name(files: Files) -> Files:
    text = files[OPF].replace(b"images/i001.png", "images/图.png".encode())
    moved = {name.replace("i001.png", "图.png"): data for name, data in files.items()}
    return {**moved, OPF: text}


CHANGES: list[tuple[str, Callable[[Files], Files]]] = [
    ("manifest", lambda files: {**files, "EPUB/more.txt": b"x"}),
    ("file-name", _file_name),
    ("font", _without_licence),
    ("mimetype", lambda files: dict(reversed(files.items()))),
    ("title", lambda files: {**files, ONE: re.sub(b"<title>.*</title>", b"<title>c001</title>", files[ONE])}),
]


@pytest.mark.parametrize(
    ("rule", "change"), CHANGES, ids=["manifest", "file-name", "licence", "first", "title"]
)
def test_a_fault_of_the_package_is_found(
    sound: Files, tmp_path: Path, rule: str, change: Callable[[Files], Files]
) -> None:
    assert rule in rules(change(sound), tmp_path)


def test_a_mimetype_that_is_packed_is_found(sound: Files, tmp_path: Path) -> None:
    faults = lint_epub(packed(sound, tmp_path / "book.epub", stored=False))
    assert {fault.rule for fault in faults} == {"mimetype"}


def test_an_entry_before_the_one_above_it_is_found(sound: Files, tmp_path: Path) -> None:
    def swapped(data: bytes) -> bytes:
        one, other = b"text/c003.xhtml", b"text/c004.xhtml"
        return data.replace(one, b"\0").replace(other, one).replace(b"\0", other)

    files = {**sound, NAV: swapped(sound[NAV]), NCX: swapped(sound[NCX])}
    assert "contents" in rules(files, tmp_path)


def test_rules_of_the_house_are_for_our_own(sound: Files, tmp_path: Path) -> None:
    foreign = sound[OPF].replace(b'content="quire"', b'content="other"').replace(b'"cover-image"', b'"x"')
    assert rules({**sound, OPF: foreign}, tmp_path) == set()


def test_faults_are_findings_of_verify(sound: Files, tmp_path: Path) -> None:
    files = {**sound, ONE: sound[ONE].replace(b"<section>", b"<section><script/>")}
    report = verify([packed(files, tmp_path / "book.epub")])
    assert report.exit_status == 1
    assert "EPUB/text/c001.xhtml: the element script [active]" in {f.message for f in report.findings}
