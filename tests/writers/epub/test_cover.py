"""The cover that is made, and titles broken by sense."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import convert
from convert.diagnostics import Code, Findings
from convert.images import ImageAsset
from convert.model import nodes as n
from convert.titling import Words, break_title
from convert.writers.epub import EpubWriter
from convert.writers.epub.cover import HEIGHT, WIDTH, paint_cover
from tests.books import small_book
from tests.writers.epub.samples import XHTML, Epub, manuscript, para

NAVY = "#1F3A5F"


def painted(title: str, accent: str = NAVY, **said: object):
    from PIL import Image

    data = paint_cover(n.Metadata(**said), title, "zh", accent, Words())  # type: ignore[arg-type]
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_the_cover_shows_accent_and_title() -> None:
    red, other = painted("甲乙丙", "#9B2226"), painted("丁戊己", "#9B2226")
    assert red.size == (WIDTH, HEIGHT)
    assert red.getpixel((20, 20)) == (0x9B, 0x22, 0x26)
    assert red.tobytes() != other.tobytes()


def test_every_line_is_where_it_belongs_and_in_its_colour() -> None:
    image = painted("甲", contributors=(n.Contributor("乙"),), publisher="丙", date="2026")
    plain = painted("甲")
    shown = [
        y for y in range(HEIGHT)
        if image.crop((0, y, WIDTH, y + 1)).tobytes() != plain.crop((0, y, WIDTH, y + 1)).tobytes()
    ]  # fmt: skip
    assert min(shown) > 1680
    inks = image.crop((0, 1680, WIDTH, 2200)).getcolors(9999)
    assert inks is not None
    assert (38, 38, 38) in {colour for _, colour in inks}
    assert image.getpixel((20, HEIGHT - 20)) == (250, 248, 243)


@pytest.mark.parametrize("accent", ["#000000", "#FFFFFF", "#FFEE00"])
def test_the_title_can_be_read_on_any_accent(accent: str) -> None:
    colours = painted("甲", accent).crop((0, 0, WIDTH, 1680)).getcolors(999)
    assert colours is not None
    low, high = min(sum(c) for _, c in colours), max(sum(c) for _, c in colours)  # type: ignore[arg-type]
    assert high - low > 350


@pytest.mark.parametrize(
    "title",
    [
        "",
        "甲",
        "论语",
        "《论语》（选读）：导读与练习。",
        "𠮷😀",
        "a" * 300,
        "长" * 200,
        "A long English title " * 5,
    ],
)
def test_any_title_makes_a_cover(title: str) -> None:
    people = tuple(n.Contributor(f"人{i}") for i in range(9))
    assert painted(title, subtitle="副题" * 30, contributors=people).size == (WIDTH, HEIGHT)


def test_the_cover_is_small() -> None:
    said = n.Metadata(subtitle="写给初学者的十二课", publisher="渡口书局", date="2026")
    assert len(paint_cover(said, "夜航船上的灯：读书笔记一种", "zh", NAVY, Words())) < 150_000


def broken(title: str, capacity: float, text: str = "") -> list[str]:
    found = break_title(title, capacity, Words(text))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("capacity", [4.0, 5.0, 6.2, 7.5, 9.0])
def test_no_title_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(capacity: float) -> None:
    title = "夜航船上的灯（选读）：《读书》笔记，一种“小册子”。"
    lines = broken(title, capacity)
    assert "".join(lines) == title
    assert not any(line[0] in "）：》，”。" or line[-1] in "（《“" for line in lines)


@pytest.mark.parametrize(
    ("title", "capacity", "lines"),
    [
        ("夜航船上的灯：读书笔记", 7, ["夜航船上的灯：", "读书笔记"]),
        ("努力书写图书编辑工作新篇章", 8, ["努力书写图书", "编辑工作新篇章"]),
        ("学校图书管理现代化的方法", 8, ["学校图书管理", "现代化的方法"]),
        ("人物关系与叙事时间研究", 7, ["人物关系与", "叙事时间研究"]),
        ("quire: the manual", 7, ["quire:", "the manual"]),
        ("The Art of Making Books", 6, ["The Art", "of Making", "Books"]),
    ],
)
def test_a_title_is_broken_by_sense(title: str, capacity: float, lines: list[str]) -> None:
    assert broken(title, capacity) == lines


def test_what_the_text_knows_as_a_word_is_kept_together() -> None:
    title = "记柳树湾小学的书架"
    text = "柳树湾有个小学，柳树湾的人都来读书，柳树湾外是河。柳条，树影，湾口。" * 3
    known = broken(title, 5, text)
    assert any("柳树湾" in line for line in known)
    assert Words(text).tie("柳", "树") > 0.5
    assert Words(text).tie("湾", "小") == 0.0
    assert Words("").tie("柳", "树") == 0.0


def test_a_word_wider_than_the_line_is_told() -> None:
    assert break_title("Incomprehensible", 4, Words()) is None


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="纸上的光阴一本书（）《》，：ab ", min_size=1, max_size=24), st.integers(4, 12))
def test_breaking_loses_nothing_and_keeps_to_the_measure(title: str, capacity: int) -> None:
    found = break_title(title, capacity, Words())
    if found is not None:
        assert "".join("".join(found[1]).split()) == "".join(title.split())
        assert all(one.strip() == one for one, _ in itertools.pairwise([*found[1], ""]))
        assert all(sum(1.0 if c > "\xff" else 0.56 for c in line) <= capacity + 0.5 for line in found[1])


def own(width: int, height: int, **given: object):
    """A book with a picture for its cover, and what was found."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    asset = ImageAsset("封.jpg", "image/jpeg", out.getvalue(), width, height, 144)
    metadata = n.Metadata(title="书", language="zh", cover="封.jpg")
    findings = Findings()
    book = manuscript(*given.get("blocks", ()), metadata=metadata, images={"封.jpg": asset})  # type: ignore[misc]
    return Epub(EpubWriter().write(book, findings)), [item.code for item in findings], asset


def test_a_picture_of_the_books_own_is_the_cover() -> None:
    found, codes, asset = own(1600, 2400)
    assert codes == []
    assert found.zip.read("EPUB/images/cover.jpg") == asset.data
    assert [name for name in found.names() if "/images/" in name] == ["EPUB/images/cover.jpg"]
    image = found.xml("text/cover.xhtml").find(f".//{XHTML}img")
    assert image is not None
    assert image.get("src") == "../images/cover.jpg"


def test_a_cover_that_is_shown_in_the_text_too_is_there_twice() -> None:
    found, _, _ = own(1600, 2400, blocks=(para(n.Image("封.jpg", "封面")),))
    assert [name for name in found.names() if "/images/" in name] == [
        "EPUB/images/cover.jpg",
        "EPUB/images/i001.jpg",
    ]


def test_a_cover_too_small_for_shops_is_told() -> None:
    assert own(800, 1200)[1] == [Code.IMAGE_RESOLUTION]


def test_a_cover_is_found_in_the_books_folder_or_told(tmp_path: Path) -> None:
    source = small_book(tmp_path)
    report = convert.build([source], out=tmp_path, to=["epub"], settings={"cover": "gone.jpg"})
    assert [item.code for item in report.findings] == [Code.IMAGE_MISSING]
    found = Epub((tmp_path / "札记.epub").read_bytes())
    assert found.zip.read("EPUB/images/cover.png").startswith(b"\x89PNG")
