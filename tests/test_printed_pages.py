"""The printed book read back: numbers in the contents, heads, folios and references are those of the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

import convert
from convert.model.nodes import Matter
from convert.model.outline import OutlineEntry
from convert.theming import load_theme
from convert.typeset.geometry import Geometry, geometry

pytestmark = pytest.mark.slow

SOURCE = Path(convert.__file__).parents[1] / "source"
SHOWN = ("booklet", "book", "report")


def bare(text: str) -> str:
    return "".join(text.split())


class Printed:
    """A PDF of the booklet in one theme, with what stands above, in and below each text block."""

    def __init__(self, path: Path, shape: Geometry) -> None:
        document = pypdfium2.PdfDocument(path)
        low = shape.height - shape.top - shape.block_height
        high = shape.height - shape.top
        self.labels = [document.get_page_label(at) for at in range(len(document))]
        self.heads, self.feet, self.texts = [], [], []
        for page in document:
            text = page.get_textpage()
            for found, bottom, top in (
                (self.heads, high + 3, shape.height), (self.feet, 0, low - 3), (self.texts, low - 3, high + 3)
            ):  # fmt: skip
                found.append(bare(text.get_text_bounded(0, bottom, shape.width, top)))
        self.marks = [
            (item.get_title(), item.get_dest().get_index()) for item in document.get_toc(max_depth=9)
        ]


@pytest.fixture(scope="module", params=SHOWN)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Printed]:
    out = tmp_path_factory.mktemp("printed")
    convert.build([SOURCE / "booklet"], out=out, to=["pdf"], theme=request.param)
    return request.param, Printed(out / "booklet.pdf", geometry(load_theme(request.param)))


@pytest.fixture(scope="module")
def entries() -> list[OutlineEntry]:
    return list(convert.outline(SOURCE / "booklet").flat())


def test_front_matter_counts_roman_and_the_text_from_one(
    printed: tuple[str, Printed], entries: list[OutlineEntry]
) -> None:
    name, pdf = printed
    start = next(at for at, entry in enumerate(entries) if entry.matter is not Matter.FRONT)
    first = pdf.marks[start][1]
    assert pdf.labels[first] == "1" and entries[0].matter is Matter.FRONT
    assert [label.isdecimal() for label in pdf.labels] == [at >= first for at in range(len(pdf.labels))]
    assert pdf.labels[first:] == [str(n + 1) for n in range(len(pdf.labels) - first)]
    assert pdf.labels[0] == "i" and len(set(pdf.labels)) == len(pdf.labels)
    assert not load_theme(name).page.facing or first % 2 == 0


def test_contents_tell_the_pages_on_which_headings_stand(
    printed: tuple[str, Printed], entries: list[OutlineEntry]
) -> None:
    _, pdf = printed
    contents = "".join(pdf.texts[: pdf.marks[0][1]])
    contents = contents[contents.index("目录") + 2 :]
    wanted = "".join(
        bare(entry.label) + pdf.labels[page]
        for entry, (title, page) in zip(entries, pdf.marks, strict=True)
        if entry.level <= 3
    )
    assert contents == wanted
    for entry, (title, page) in zip(entries, pdf.marks, strict=True):
        assert bare(title) == bare(entry.label)
        assert bare(entry.full_title)[:6] in pdf.texts[page]


def test_heads_and_folios_are_those_of_their_pages(
    printed: tuple[str, Printed], entries: list[OutlineEntry]
) -> None:
    name, pdf = printed
    theme = load_theme(name)
    opened = {page: entry for entry, (_, page) in zip(entries, pdf.marks, strict=True) if entry.level == 1}
    chapter = ""
    blank = 0
    for at, (head, foot, text, label) in enumerate(
        zip(pdf.heads, pdf.feet, pdf.texts, pdf.labels, strict=True)
    ):
        if at in opened:
            chapter = bare(opened[at].running)
        if not chapter:
            continue
        if not text:
            # A blank page is blank.
            assert (head, foot) == ("", "")
            blank += 1
            continue
        assert foot == label
        opens = at in opened and theme.page.chapter_opening != "continuous"
        side = chapter if at % 2 == 0 or not theme.page.facing else bare("纸上的光阴")
        if not opens and not (at in opened and pdf.texts[at].startswith(bare(opened[at].full_title))):
            assert head == side, f"page {label}"
    # After the preface at least, so that the text begins on a right-hand page.
    assert (blank > 0) == theme.page.facing


def test_references_tell_the_pages_of_what_they_lead_to(printed: tuple[str, Printed]) -> None:
    _, pdf = printed
    text = "".join(pdf.texts)
    told = re.findall(r"(练习.)答案（第(\d+)页）", text)
    assert len(told) >= 3
    for exercise, page in told:
        # Each answer stands on that page or, begun there, goes on.
        assert exercise in pdf.texts[pdf.labels.index(page)], (exercise, page)
