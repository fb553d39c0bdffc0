"""Two hundred figures: whole, on the page, in their order, each with its caption, the text going on round them."""

from __future__ import annotations

from convert.diagnostics import Findings
from convert.images import ImageAsset
from convert.records import replace
from convert.theme import Theme
from convert.typeset.composition import compose
from convert.typeset.frame import Frame, GlyphRun, ImageItem, Page
from convert.typeset.geometry import geometry
from tests import stress
from tests.typeset.test_composition import manuscript
from tests.typeset.test_table import own_text


def made(count: int) -> Frame:
    assets = {
        f"f{kind}.png": ImageAsset(f"f{kind}.png", "image/png", b"", *stress.sizes(kind), 150.0)
        for kind in range(9)
    }
    return compose(replace(manuscript(stress.figures(count)), images=assets), Findings())


def pictures(page: Page) -> list[ImageItem]:
    return [item for item in page.items if isinstance(item, ImageItem)]


def test_two_hundred_figures():
    frame = made(200)
    shape = geometry(Theme())
    shown: list[int] = []
    for page in frame.pages:
        if not page.label.isdigit():
            continue
        lines = sorted(
            {item.y: item for item in page.items[page.furniture :] if isinstance(item, GlyphRun)}.items()
        )
        for picture in pictures(page):
            assert picture.width <= shape.measure + 0.01 and picture.x >= 0
            top, bottom = picture.y - shape.top, picture.y + picture.height - shape.top
            assert top >= -0.01 and bottom <= shape.block_height + 0.01
            # The first line below a picture is its caption.
            caption = "".join(next(item for y, item in lines if y > picture.y + picture.height).texts)
            assert caption.startswith(("图", "图 "))
            # No line of text stands in it.
            assert not [y for y, _ in lines if picture.y + 4 < y - 4 and y < picture.y + picture.height]
        text = own_text(page)
        shown += [int(part.split("号")[0]) for part in text.split("图题")[1:]]
    assert shown == list(range(200))


def test_pages_before_a_figure_are_full_and_text_runs_ahead_of_it():
    pages = [page for page in made(60).pages if page.label.isdigit()]
    shape = geometry(Theme())
    short = []
    for page in pages[:-1]:
        ends = [item.y for item in page.items[page.furniture :] if isinstance(item, GlyphRun)]
        ends += [picture.y + picture.height for picture in pictures(page)]
        short.append((shape.top + shape.block_height - max(ends)) / shape.leading)
    # Where a figure does not fit text goes on before it: few pages end early, and those full of figures only.
    assert sum(gap > 3 for gap in short) <= len(short) // 5
