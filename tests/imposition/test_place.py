"""Sheets read back from the PDF: each page where the plan says, the right side up."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Literal

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from convert.diagnostics import Code, Findings
from convert.errors import VerifyError
from convert.imposition import impose
from convert.theme import ImposeTheme
from convert.units import mm

SIZE = (mm(148), mm(210))


def pages(count: int, size: tuple[float, float] = SIZE) -> bytes:
    """A PDF whose pages say p1, p2 … at (50, 60)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number in range(1, count + 1):
        canvas.drawString(50, 60, f"p{number}.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def words(data: bytes) -> list[list[tuple[str, float, float]]]:
    """For each side: the words with the place of their lower left corner."""
    document = pypdfium2.PdfDocument(data)
    out = []
    for side in document:
        text = side.get_textpage()
        found: list[tuple[str, float, float]] = []
        word, corner = "", (0.0, 0.0)
        for at in range(text.count_chars()):
            char = text.get_text_range(at, 1)
            if char == "p":
                left, bottom, right, top = text.get_charbox(at)
                word, corner = "p", ((left + right) / 2, (bottom + top) / 2)
            elif char == ".":
                found.append((word, *corner))
            else:
                word += char
        out.append(found)
    return out


@pytest.mark.parametrize("count", [1, 3, 4, 17, 64, 333])
@pytest.mark.parametrize("binding", ["left", "right"])
def test_every_page_lies_where_the_plan_says(count: int, binding: Literal["left", "right"]) -> None:
    settings = ImposeTheme(signature=8, binding=binding)
    data, plan = impose(pages(count), settings, "a.pdf", Findings())
    sides = [side for sheet in plan.sheets for side in (sheet.front, sheet.back)]
    found = words(data)
    assert len(found) == len(sides)
    seen = []
    for side, there in zip(sides, found, strict=True):
        wanted = {f"p{place.page + 1}": place for place in side.places if place.page is not None}
        assert {word for word, _, _ in there} == set(wanted)
        for word, x, y in there:
            place = wanted[word]
            assert (x - place.x, y - place.y) == pytest.approx((53, 62), abs=4)
            seen.append(word)
    assert sorted(seen) == sorted(f"p{number}" for number in range(1, count + 1))


def bound(data: bytes, sheets: int, right: bool) -> list[str]:
    """The pages that one reads who folds the sheets of *data*, *sheets* to a gathering (0 for all), and binds them.

    Only what the file shows is looked at: the words of each side from the left, or from the right where the
    book is bound on the right.  The printer turns a sheet over its short edge.
    """
    width = pypdfium2.PdfDocument(data)[0].get_width()
    sides = [
        [
            next((word for word, x, _ in side if (x > width / 2) is (half != right)), "")
            for half in (False, True)
        ]
        for side in words(data)
    ]
    out: list[str] = []
    each = 2 * sheets or len(sides)
    for start in range(0, len(sides), each):
        gathering = sides[start : start + each]
        first = [
            page
            for front, back in zip(gathering[::2], gathering[1::2], strict=True)
            for page in (front[1], back[0])
        ]
        last = [
            page
            for front, back in zip(gathering[::2], gathering[1::2], strict=True)
            for page in (front[0], back[1])
        ]
        out += first + last[::-1]
    return out


@pytest.mark.parametrize(
    ("count", "sheets"), [(1, 0), (3, 0), (4, 0), (17, 0), (17, 4), (64, 0), (64, 4), (333, 4)]
)
@pytest.mark.parametrize("right", [False, True])
def test_folded_and_bound_it_reads_in_order(count: int, sheets: int, right: bool) -> None:
    settings = ImposeTheme(signature=sheets, binding="right" if right else "left")
    data, _ = impose(pages(count), settings, "a.pdf", Findings())
    read = bound(data, sheets, right)
    wanted = [f"p{number}" for number in range(1, count + 1)]
    assert read == wanted + [""] * (-count % 4)
    # Bound on the other side it would not be a book.
    assert count == 1 or bound(data, sheets, not right) != read


def test_backs_are_turned_for_a_printer_that_turns_over_the_long_edge() -> None:
    data, plan = impose(pages(4), ImposeTheme(duplex="long"), "a.pdf", Findings())
    back = words(data)[1]
    # The corner that was lower left is upper right now.
    for word, x, y in back:
        place = next(p for p in plan.sheets[0].back.places if f"p{(p.page or 0) + 1}" == word)
        assert (place.x + SIZE[0] - x, place.y + SIZE[1] - y) == pytest.approx((53, 62), abs=4)


def changed(data: bytes, change: Callable[[pikepdf.Page], None], at: int = 0) -> bytes:
    """*data* with one page changed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf.pages[at])
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_a_page_with_a_turn_of_its_own_stands_as_it_is_seen() -> None:
    lying = changed(pages(1, (SIZE[1], SIZE[0])), lambda page: page.rotate(90, relative=True))
    data, plan = impose(lying, ImposeTheme(), "a.pdf", Findings())
    assert plan.scale == 1
    (word, x, y), *_ = words(data)[0]
    place = next(p for p in plan.sheets[0].front.places if p.page == 0)
    # Turned by a quarter clockwise, (50, 60) is seen 60 from the left and 50 from the top.
    assert word == "p1"
    assert (x - place.x, place.y + SIZE[1] - y) == pytest.approx((62, 53), abs=4)


def test_the_plan_tells_what_the_pages_are_called() -> None:
    source = pikepdf.open(io.BytesIO(pages(4)))
    nums = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r), 2, pikepdf.Dictionary(S=pikepdf.Name.D)])
    source.Root.PageLabels = pikepdf.Dictionary(Nums=nums)
    out = io.BytesIO()
    source.save(out)
    plan = impose(out.getvalue(), ImposeTheme(), "a.pdf", Findings())[1]
    assert [*plan.lines()][1] == "sheet 1 (gathering 1): front 4 (2) | 1 (i)   back 2 (ii) | 3 (1)"
    plain = impose(pages(4), ImposeTheme(), "a.pdf", Findings())[1]
    assert [*plain.lines()][1] == "sheet 1 (gathering 1): front 4 | 1   back 2 | 3"


def test_a_trim_box_is_the_page() -> None:
    def trim(page: pikepdf.Page) -> None:
        page.TrimBox = pikepdf.Array([10, 10, SIZE[0] + 10, SIZE[1] + 10])

    larger = changed(pages(1, (SIZE[0] + 20, SIZE[1] + 20)), trim)
    data, plan = impose(larger, ImposeTheme(), "a.pdf", Findings())
    assert plan.scale == 1
    (_, x, y), *_ = words(data)[0]
    place = next(p for p in plan.sheets[0].front.places if p.page == 0)
    assert (x - place.x, y - place.y) == pytest.approx((43, 52), abs=4)


def test_marks_are_drawn_where_they_are_asked_for() -> None:
    def ink(data: bytes) -> int:
        image = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
        return sum(image.histogram()[:200])

    with_marks = impose(pages(4), ImposeTheme(), "a.pdf", Findings())[0]
    without = impose(pages(4), ImposeTheme(marks=False), "a.pdf", Findings())[0]
    assert ink(with_marks) > ink(without) + 20


def test_a_smaller_page_and_a_small_sheet_are_told() -> None:
    findings = Findings()

    def shrink(page: pikepdf.Page) -> None:
        page.MediaBox = pikepdf.Array([0, 0, 300, 400])

    impose(changed(pages(3), shrink, 1), ImposeTheme(sheet="A5"), "a.pdf", findings)
    assert [finding.code for finding in findings] == [Code.PAGES_SCALED, Code.PAGES_SCALED]
    assert "page 2" in [*findings][1].message


def test_the_same_bytes_twice() -> None:
    source = pages(5)
    one, two = (impose(source, ImposeTheme(), "a.pdf", Findings())[0] for _ in range(2))
    assert one == two


@pytest.mark.parametrize("data", [b"", b"no pdf at all", pages(2)[:300]])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(VerifyError):
        impose(data, ImposeTheme(), "a.pdf", Findings())


def test_a_locked_pdf_is_told() -> None:
    with pikepdf.open(io.BytesIO(pages(1))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(VerifyError, match="locked"):
        impose(out.getvalue(), ImposeTheme(), "a.pdf", Findings())


def test_size_grows_by_sheets_not_by_copies() -> None:
    """A font that all pages share is there once."""
    small, large = (len(impose(pages(count), ImposeTheme(), "a.pdf", Findings())[0]) for count in (40, 80))
    assert large < 2.2 * small
