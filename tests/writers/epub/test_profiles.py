"""Profiles, fonts that go along, pictures."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

import convert
from convert.diagnostics import Code, Findings
from convert.font.catalogue import Catalogue, open_catalogue
from convert.font.embedding import subset_file
from convert.images import ImageAsset
from convert.model import nodes as n
from convert.theme import Role, Theme
from convert.writers.epub import EpubWriter
from convert.writers.epub.markup import upright
from convert.writers.epub.pictures import MAX_PIXELS, fitted
from convert.writers.epub.profiles import PROFILES
from convert.writers.epub.vertical import turned
from tests.books import small_book
from tests.writers.epub.samples import (
    OPF,
    OPS,
    SPAN,
    XHTML,
    Epub,
    everything,
    inside,
    manuscript,
    note,
    para,
    write,
)


def themed(profile: str) -> Theme:
    return replace(Theme(), epub=replace(Theme().epub, profile=profile))  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=list(PROFILES))
def edition(request: pytest.FixtureRequest) -> tuple[str, Epub]:
    book = replace(everything(), theme=themed(request.param))
    return request.param, Epub(EpubWriter().write(book, Findings()))


def words(found: Epub) -> str:
    """All that the text files say, without the marks of notes."""
    out = []
    for name in found.chapters():
        root = found.xml(name)
        for mark in root.iter(f"{XHTML}a"):
            if mark.get("role") == "doc-noteref":
                mark.text = ""
        out.append(inside(root))
    return "".join("".join(out).split())


STANDARD = words(Epub(EpubWriter().write(everything(), Findings())))


def test_every_profile_says_the_same(edition: tuple[str, Epub]) -> None:
    assert words(edition[1]) == STANDARD


def test_every_profile_packs_what_its_files_name(edition: tuple[str, Epub]) -> None:
    found = edition[1]
    for name in found.chapters():
        for image in found.xml(name).iter(f"{XHTML}img"):
            assert image.get("src", "").replace("../", "EPUB/") in found.names()


def test_kobo_names_no_face_and_no_more_than_three_landmarks() -> None:
    found = write(para("甲"), metadata=n.Metadata(title="书", language="zh"), theme=themed("kobo"))
    assert set(re.findall(r"font-family:([^;}]+)", style(found))) == {"monospace"}
    nav = found.xml("nav.xhtml").findall(f".//{XHTML}nav")[1]
    assert [a.get(f"{OPS}type") for a in nav.iter(f"{XHTML}a")] == ["cover", "toc", "bodymatter"]


def test_kindle_shows_its_own_cover_opens_answers_and_leaves_the_text_alone() -> None:
    answer = n.Division("", SPAN, n.DivisionKind.ANSWER, (para("四十二"),))
    found = write(answer, theme=themed("kindle"))
    assert "EPUB/text/cover.xhtml" not in found.names()
    assert any(i.get("properties") == "cover-image" for i in found.opf.iter(f"{OPF}item"))
    assert found.chapter().find(f".//{XHTML}details") is None
    assert "答案" in inside(found.chapter())
    body = re.search(r"body\{([^}]*)\}", style(found))
    assert body is not None
    assert "line-height" not in body[1]
    assert "text-align" not in body[1]


def test_duokan_marks_notes_with_a_picture_and_lists_them() -> None:
    found = write(
        para("文", n.NoteReference("a")), notes=(note("a", "一条注释的文字"),), theme=themed("duokan")
    )
    mark = found.chapter().find(f".//{XHTML}a[@class='duokan-footnote']")
    item = found.chapter().find(f".//{XHTML}ol[@class='duokan-footnote-content']/{XHTML}li")
    assert mark is not None
    assert item is not None
    assert item.get("class") == "duokan-footnote-item"
    assert mark.get("href") == f"#{item.get('id')}"
    assert [e.get("alt") for e in mark.iter(f"{XHTML}img")] == ["注"]
    assert found.zip.read("EPUB/images/note.png").startswith(b"\x89PNG")
    back = item.find(f".//{XHTML}a[@role='doc-backlink']")
    assert back is not None
    assert back.get("href") == f"#{mark.get('id')}"


# ---------------------------------------------------------------- vertical


def style(found: Epub) -> str:
    return found.zip.read("EPUB/style.css").decode()


def test_a_vertical_book_runs_from_right_to_left() -> None:
    found = write(para("甲"), theme=themed("vertical"))
    spine = found.opf.find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
    modes = {m.get("name"): m.get("content") for m in found.opf.iter(f"{OPF}meta")}
    assert modes["primary-writing-mode"] == "vertical-rl"
    assert "html{-epub-writing-mode:vertical-rl" in style(found)
    flat = write(para("甲"))
    assert flat.opf.find(f"{OPF}spine").get("page-progression-direction") is None  # type: ignore[union-attr]
    assert "writing-mode" not in style(flat)


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("p{margin:1em 2em 3em 4em}", "p{margin:4em 1em 2em 3em}"),
        ("p{margin:1em 2em}", "p{margin:2em 1em}"),
        ("p{margin:1em 2em 3em}", "p{margin:2em 1em 2em 3em}"),
        ("p{margin:1em;padding-left:2em}", "p{margin:1em;padding-top:2em}"),
        ("p{border-left:.2em solid;border-top-width:1em}", "p{border-top:.2em solid;border-right-width:1em}"),
        ("p{width:3em;max-width:100%;color:red}", "p{height:3em;max-height:100%;color:red}"),
        ("p{border-collapse:collapse;text-align:left}", "p{border-collapse:collapse;text-align:left}"),
    ],
)
def test_a_rule_is_turned(rule: str, shown: str) -> None:
    assert turned(rule) == shown


@pytest.mark.parametrize(
    ("plain", "marked"),
    [
        ("第12章", "第[12]章"),
        ("3月", "[3]月"),
        ("2026年", "2026年"),
        ("3.5倍", "3.5倍"),
        ("A组", "[A]组"),
        ("ABC", "ABC"),
        ("何？!!", "何？[!!]"),
        ("a!!!", "a!!!"),
        ("50%", "50%"),
        ("&#13;", "&#13;"),
        ("x2", "x2"),
    ],
)
def test_what_stands_upright_in_a_vertical_line(plain: str, marked: str) -> None:
    assert upright(plain) == marked.replace("[", '<span class="upright">').replace("]", "</span>")


# ---------------------------------------------------------------- fonts

QUOTED = "# 春\n\n正文的字。\n\n> 引文用楷。\n"


@pytest.fixture(scope="module")
def book_with_kai(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose fonts folder has a Kai: some characters of Song under another name."""
    folder = tmp_path_factory.mktemp("kai")
    path = small_book(folder, QUOTED, "春.md")
    (folder / "fonts").mkdir()
    data = subset_file(open_catalogue().face(Role.SERIF), set("引文用，。"))
    (folder / "fonts/kai.otf").write_bytes(data)
    (folder / "fonts/OFL.txt").write_text("Licence of the test's Kai", "utf-8")
    return path


def build(source: Path, out: Path, **settings: str) -> tuple[Epub, list[Code]]:
    given = {key.replace("_", "."): value for key, value in settings.items()}
    report = convert.build([source], out=out, to=["epub"], settings=given)
    assert report.exit_status == 0
    return Epub((out / f"{source.stem}.epub").read_bytes()), [finding.code for finding in report.findings]


def cmap(found: Epub, name: str) -> set[str]:
    font = TTFont(io.BytesIO(found.zip.read(f"EPUB/fonts/{name}")))
    return {chr(code) for code in font.getBestCmap()}


def test_roles_go_along_with_what_they_show_and_with_their_licence(
    book_with_kai: Path, tmp_path: Path
) -> None:
    found, codes = build(book_with_kai, tmp_path, epub_embed="kai,sans")
    assert codes == [Code.GLYPH_MISSING]  # 楷 is not in the test's Kai
    assert cmap(found, "kai.otf") == set("引文用。 ")
    assert cmap(found, "sans.otf") == set("春目录 ")
    assert "Licence of the test" in found.zip.read("EPUB/fonts/kai-licence.txt").decode()
    assert "SIL OPEN FONT LICENSE" in found.zip.read("EPUB/fonts/sans-licence.txt").decode()
    kinds = {i.get("href"): i.get("media-type") for i in found.opf.iter(f"{OPF}item")}
    assert kinds["fonts/kai.otf"] == "font/otf"
    assert 'blockquote,.epigraph,.byline{font-family:"quire kai","Kaiti SC"' in style(found)


def test_apple_is_told_in_both_places_and_only_when_there_are_fonts(
    book_with_kai: Path, tmp_path: Path
) -> None:
    options = "META-INF/com.apple.ibooks.display-options.xml"
    found, _ = build(book_with_kai, tmp_path, epub_embed="kai")
    told = etree.fromstring(found.zip.read(options))
    assert told.findtext(".//option[@name='specified-fonts']") == "true"
    assert "ibooks: http" in found.opf.get("prefix", "")
    assert any(m.get("property") == "ibooks:specified-fonts" for m in found.opf.iter(f"{OPF}meta"))
    for given in ({}, {"epub_embed": "kai", "epub_profile": "kobo"}):
        found, _ = build(book_with_kai, tmp_path, **given)
        assert options not in found.names()
        assert "ibooks" not in etree.tostring(found.opf).decode()


def test_a_role_without_a_face_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Catalogue, "find", lambda *_: None)
    found, codes = build(small_book(tmp_path, QUOTED), tmp_path, epub_embed="kai")
    assert codes == [Code.FONT_MISSING]
    assert not [name for name in found.names() if "/fonts/" in name]


def test_no_fonts_unless_they_are_asked_for() -> None:
    assert "@font-face" not in style(write(para("甲")))


# ---------------------------------------------------------------- pictures


def asset(mode: str, size: tuple[int, int], colour: object, kind: str = "PNG") -> ImageAsset:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind)  # type: ignore[arg-type]
    return ImageAsset("a", f"image/{kind.lower()}", out.getvalue(), *size, 144)


def pixels(shown: ImageAsset) -> tuple[str, tuple[int, int], object]:
    from PIL import Image

    with Image.open(io.BytesIO(shown.data)) as image:
        return image.mode, image.size, image.getpixel((0, 0))


def test_a_transparent_picture_gets_a_white_ground() -> None:
    assert pixels(fitted(asset("RGBA", (4, 4), (0, 0, 0, 0)))) == ("RGB", (4, 4), (255, 255, 255))
    assert pixels(fitted(asset("LA", (4, 4), (0, 255)))) == ("RGB", (4, 4), (0, 0, 0))


def test_a_picture_in_the_limits_is_left_alone() -> None:
    given = asset("RGB", (40, 30), "red")
    assert fitted(given) is given


@pytest.mark.parametrize(
    ("size", "kind"), [((2600, 2000), "PNG"), ((4000, 10), "PNG"), ((2600, 2000), "JPEG")]
)
def test_a_large_picture_is_made_smaller_in_its_own_format(size: tuple[int, int], kind: str) -> None:
    shown = fitted(asset("RGB", size, "blue", kind))
    _, (width, height), _ = pixels(shown)
    assert (width, height) == (shown.width, shown.height)
    assert width * height <= MAX_PIXELS * 1.001
    assert max(width, height) <= 3200
    assert abs(width / height / (size[0] / size[1]) - 1) < 0.1
    assert shown.media_type == f"image/{kind.lower()}"


def test_the_book_packs_what_was_fitted() -> None:
    images = {"a.png": asset("RGBA", (4, 4), (0, 0, 0, 0))}
    book = manuscript(para(n.Image("a.png", "方")), images=images)
    found = Epub(EpubWriter().write(book, Findings()))
    packed = found.zip.read("EPUB/images/i001.png")
    assert pixels(replace(images["a.png"], data=packed))[0] == "RGB"
