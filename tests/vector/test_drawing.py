"""Drawings as outlines and as pixels: both show the same, and what the file says."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from convert.vector import Drawing, VectorError, read_svg
from tests.vector.drawings import FLOW, HEAD, square_pen, svg


def drawn(inner: str, head: str = HEAD) -> Drawing:
    return read_svg(svg(inner, head), square_pen)


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of each shape's points, in the units of a viewBox of 100 by 50."""
    assert drawing.shapes is not None
    scale = 100 / drawing.width
    out = []
    for shape in drawing.shapes:
        xs, ys = shape.points[::2], shape.points[1::2]
        out.append(tuple(round(value * scale, 2) for value in (min(xs), min(ys), max(xs), max(ys))))
    return out  # type: ignore[return-value]


def test_a_shape_has_its_place_colour_and_opacity() -> None:
    drawing = drawn(
        '<g opacity=".5"><rect x="10" y="20" width="30" height="10" fill="#C06" fill-opacity=".5"/></g>'
    )
    assert boxes(drawing) == [(10, 20, 40, 30)]
    assert drawing.shapes is not None
    assert (drawing.shapes[0].colour, drawing.shapes[0].opacity) == ("#CC0066", 0.25)


def test_a_line_becomes_the_outline_of_its_ink() -> None:
    drawing = drawn('<path d="M10 10H60" stroke="black" stroke-width="4" stroke-linecap="square"/>')
    assert boxes(drawing) == [(8, 8, 62, 12)]


def test_a_box_of_other_proportions_is_centred() -> None:
    drawing = drawn('<rect width="100" height="50"/>', HEAD[:-1] + ' width="200" height="200">')
    assert drawing.shapes is not None
    assert (drawing.width, drawing.height) == (150, 150)
    assert (min(drawing.shapes[0].points[1::2]), max(drawing.shapes[0].points[1::2])) == (37.5, 112.5)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 100 50"', (75, 37.5)),
        ('viewBox="0 0 100 50" width="50mm"', (141.73, 70.87)),
        ('viewBox="0 0 100 50" height="1in" width="100%"', (144, 72)),
        ('width="40" height="30pt"', (30, 30)),
        ('viewBox="0 0 0 0" width="4cm" height="20px"', (113.39, 15)),
        ("", (225, 112.5)),
    ],
)
def test_its_size_is_the_files_own(attributes: str, size: tuple[float, float]) -> None:
    drawing = drawn("<circle r='5'/>", f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>')
    assert (round(drawing.width, 2), round(drawing.height, 2)) == size
    assert drawing.pixels[0] == pytest.approx(drawing.width * 300 / 72, abs=1)


@pytest.mark.parametrize(("shown", "pixels"), [(0.0, 94), (10.0, 94), (300.0, 1250)])
def test_it_has_pixels_enough_for_the_width_that_it_is_shown_at(shown: float, pixels: int) -> None:
    data = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><rect width="9" height="9"/></svg>'
    )
    drawing = read_svg(data, square_pen, shown)
    assert drawing.pixels == (pixels, pixels) and (drawing.width, drawing.height) == (22.5, 22.5)


def test_plain_rules_count_by_specificity() -> None:
    drawing = read_svg(FLOW.encode(), square_pen)
    assert drawing.shapes is not None
    assert [shape.colour for shape in drawing.shapes] == [
        "#DDDDFF", "#333366", "#008080", "#000080", "#FF0000", "#FF0000", "#CC6600"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ('<filter id="f"><feFlood/></filter><rect width="9" height="9" filter="url(#f)"/>', "filters"),
        ('<mask id="m"><rect width="4" height="4" fill="white"/></mask><rect width="9" height="9" mask="url(#m)"/>', "masks"),
        ("<style>g > rect{fill:red}</style><g><rect width='9' height='9'/></g>", "a style sheet that is not plain"),
        ('<rect width="9" height="9" style="mix-blend-mode:multiply"/>', "blending"),
    ],
)  # fmt: skip
def test_what_outlines_cannot_show_is_shown_in_pixels_and_told(inner: str, why: str) -> None:
    drawing = drawn(inner)
    assert drawing.shapes is None and drawing.why == why
    assert ink(drawing) > 0


def test_what_is_there_but_not_used_hinders_nothing() -> None:
    drawing = drawn('<linearGradient id="g"><stop/></linearGradient><rect width="9" height="9"/>')
    assert drawing.shapes and not drawing.why


def ink(drawing: Drawing) -> float:
    with Image.open(io.BytesIO(drawing.png)) as image:
        assert image.size == drawing.pixels
        return float(ImageStat.Stat(image.convert("RGBA").getchannel("A")).sum[0])


def test_words_are_anchored_and_stand_where_their_spans_say() -> None:
    text = '<text x="50" y="20" font-size="10" text-anchor="{}">ab<tspan fill="red">c</tspan> d</text>'
    ends = {anchor: boxes(drawn(text.format(anchor)))[0][0] for anchor in ("start", "middle", "end")}
    # Five letters of five units each.
    assert ends == {"start": 50, "middle": 37.5, "end": 25}
    three = drawn(text.format("start"))
    assert boxes(three) == [(50, 16, 59, 20), (60, 16, 64, 20), (70, 16, 74, 20)]
    assert three.shapes is not None
    assert [shape.colour for shape in three.shapes] == ["#000000", "#FF0000", "#000000"]
    lines = '<text y="5" font-size="10">a<tspan x="20" y="15">b</tspan><tspan x="20" dy="12">c</tspan></text>'
    assert boxes(drawn(lines)) == [(0, 1, 4, 5), (20, 11, 24, 15), (20, 23, 24, 27)]


def test_words_go_along_a_path_and_turn_with_it() -> None:
    path = '<path id="p" fill="none" d="M20 10H60V40"/>'
    text = '<text font-size="10" {}><textPath href="#p" {}>{}</textPath></text>'
    # A letter is a square of four fifths of its five units; the sixth stands on the way down.
    assert boxes(drawn(path + text.format("", "", "ab"))) == [(20, 6, 24, 10), (25, 6, 29, 10)]
    assert boxes(drawn(path + text.format("", 'startOffset="50%"', "ab")))[0][0] == 55
    assert boxes(drawn(path + text.format('text-anchor="end"', 'startOffset="70"', "a"))) == [
        (60, 35, 64, 39)
    ]
    # What reaches beyond the end is not shown.
    assert len(boxes(drawn(path + text.format("", "", "a" * 40)))) == 14


@pytest.mark.parametrize(
    "path",
    ["", '<rect id="p" width="9" height="9"/>', '<path id="p" d="M1 1"/>', '<path id="p" d="M0 0L?"/>'],
)
def test_words_along_nothing_are_refused(path: str) -> None:
    with pytest.raises(VectorError, match=r"words along|cannot be read"):
        drawn(path + '<text><textPath href="#p">a</textPath></text>')


def test_words_have_their_lines() -> None:
    text = '<text y="20" font-size="10" {}>ab</text>'
    assert boxes(drawn(text.format("")))[0][3] == 20
    assert boxes(drawn(text.format('text-decoration="underline"'))) == [(0, 16, 10, 21.6)]
    assert boxes(drawn(text.format('style="text-decoration: overline"')))[0][1] == 10.5


def test_words_take_the_size_and_family_that_they_inherit() -> None:
    asked: list[tuple[str, str]] = []

    def pen(text: str, family: str) -> tuple[str, float]:
        asked.append((text, family))
        return square_pen(text, family)

    inner = '<style>text{font-size:20px}</style><g font-family="Song, serif"><text y="30">甲\n 乙</text></g>'
    drawing = read_svg(svg(inner), pen)
    assert asked == [("甲 乙", "Song, serif")]
    assert boxes(drawing) == [(0, 22, 28, 30)]


def test_the_same_bytes_twice() -> None:
    one, two = (read_svg(FLOW.encode(), square_pen) for _ in range(2))
    assert one == two


ARROWS = f"""{HEAD}
<defs><marker id="a" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="6" markerHeight="6"
 orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="context-stroke"/></marker>
<marker id="d" markerWidth="6" markerHeight="6" refX="3" refY="3"><circle cx="3" cy="3" r="2.5" fill="red"/></marker>
<marker id="o" viewBox="-5 -5 10 10" markerWidth="4" markerHeight="4" orient="45"><path d="M-8-8h16v16h-16z"/></marker>
<marker id="u" markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="2" orient="auto"><path d="M0 0h8v2h-8z"/></marker></defs>
<style>.l{{fill:none;stroke:navy;marker-end:url(#a);marker-start:url(#a)}}</style>
<path class="l" d="M5 5H40"/><path class="l" d="M5 15C20 5 30 30 45 15"/><path class="l" d="M50 5A15 15 0 0 1 75 20"/>
<polyline points="5,45 20,30 35,45 50,30" fill="none" stroke="black" marker-mid="url(#d)" marker-start="url(#d)"
 marker-end="url(#o)"/>
<g marker-end="url(#u)" transform="rotate(10 70 40)"><line x1="60" y1="40" x2="80" y2="35" stroke="green"/></g>
<polygon points="80,5 95,5 95,20" fill="none" stroke="teal" style="marker:url(#d)"/>
</svg>"""
"""Markers of every kind: by shape, class and group, turned, cut to their boxes, in the width of the line or not."""


@pytest.mark.parametrize(
    ("drawn_as", "otherwise"),
    [
        (FLOW, FLOW.replace("rotate(20 43 7)", "translate(20 10)")),
        (ARROWS, ARROWS.replace("auto-start-reverse", "auto").replace('refX="10"', 'refX="0"')),
    ],
    ids=["flow", "arrows"],
)
def test_pixels_and_outlines_show_the_same(drawn_as: str, otherwise: str) -> None:
    """Outlines through our PDF and PDFium, beside the pixels of resvg: two readers of one file."""
    drawing = read_svg(drawn_as.encode(), square_pen)
    with Image.open(io.BytesIO(drawing.png)) as image:
        ground = Image.new("RGBA", image.size, "white")
        wanted = Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    made = painted(drawing)
    wanted = wanted.resize(made.size)
    assert max(ImageStat.Stat(ImageChops.difference(made, wanted)).mean) < 1.5
    other = painted(read_svg(otherwise.encode(), square_pen))
    assert max(ImageStat.Stat(ImageChops.difference(wanted, other)).mean) > 1.6


def painted(drawing: Drawing) -> Image.Image:
    """The drawing through the PDF writer's own form and PDFium."""
    import pypdfium2

    from convert.diagnostics import Findings
    from convert.images import ImageAsset
    from convert.typeset.frame import Frame, ImageItem, Page
    from convert.writers.pdf import document
    from tests.writers.pdf.frames import manuscript

    width, height = drawing.pixels
    asset = ImageAsset("d", "image/png", drawing.png, width, height, 300.0, drawing)
    page = Page(drawing.width, drawing.height, (ImageItem("d", 0, 0, drawing.width, drawing.height),), "1")
    data = document.paint(Frame((page,), ()), manuscript({"d": asset}), Findings())
    assert b"/Subtype /Image" not in data
    return pypdfium2.PdfDocument(data)[0].render(scale=4).to_pil().convert("RGB")
