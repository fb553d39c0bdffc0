"""What stands before the text: all of it is there and on the page, however much it is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from convert.diagnostics import Findings
from convert.model.nodes import Contributor, Metadata
from convert.records import replace
from convert.theme import Theme
from convert.theming import PRESETS, load_theme
from convert.typeset.composition import compose
from convert.typeset.frame import Frame, GlyphRun
from convert.typeset.geometry import geometry
from tests.typeset.test_composition import manuscript, right_ends


def fronted(theme: Theme, metadata: Metadata) -> Frame:
    made = manuscript("# 章\n\n文。\n", theme)
    return compose(replace(made, document=replace(made.document, metadata=metadata)), Findings())


def book_of(names: int, title: str, rights: str = "") -> Metadata:
    people = tuple(Contributor(f"作者{n}号") for n in range(names))
    return Metadata(
        title, "副题一个", people, publisher="某某社", date="2026", language="zh-Hans", rights=rights
    )


def texts(frame: Frame) -> list[str]:
    """What each page says."""
    return [
        "".join("".join(item.texts) for item in page.items if isinstance(item, GlyphRun))
        for page in frame.pages
    ]


MUCH = [(preset, *much) for preset in PRESETS for much in ((0, 2), (5, 30), (6, 30), (40, 60))]


@pytest.mark.parametrize(("preset", "names", "length"), [*MUCH, ("booklet", 160, 120), ("phone", 160, 120)])
def test_the_title_page_holds_all_that_it_says_inside_the_page(preset, names, length):
    theme = load_theme(preset)
    frame = fronted(theme, book_of(names, "题目" * (length // 2)))
    said = "".join(texts(frame)).replace("　", "")
    assert all(f"作者{n}号" in said for n in range(names))
    assert "题目" * (length // 2) in said and "副题一个" in said and "某某社" in said
    shape = geometry(theme)
    for page in frame.pages:
        lines = sorted({(item.y, item.size) for item in page.items if isinstance(item, GlyphRun)})
        assert all(0.8 * size < y < page.height - 2 for y, size in lines)
        # No line stands on another.
        assert all(b[0] - a[0] > 0.8 * min(a[1], b[1]) or b[0] - a[0] < 0.1 for a, b in pairwise(lines))
    # A space at a line's end may stand outside.
    assert max(right_ends(frame)) < -min(shape.inner, shape.outer) + shape.em


def test_few_names_stand_below_each_other_and_many_beside():
    def lines_of(names: int) -> int:
        frame = fronted(Theme(), book_of(names, "题目"))
        return len(
            {item.y for item in frame.pages[0].items if isinstance(item, GlyphRun) and "作" in item.texts}
        )

    assert [lines_of(names) for names in (1, 5, 6)] == [1, 5, 2]


def test_a_long_title_is_set_smaller():
    def size(length: int) -> float:
        frame = fronted(Theme(), book_of(1, "题" * length))
        return max(item.size for item in frame.pages[0].items if isinstance(item, GlyphRun))

    assert size(10) == size(30) > size(40) > size(60)


def test_a_long_copyright_page_goes_on_overleaf_and_the_contents_on_a_recto():
    short = fronted(Theme(), book_of(1, "题目", "保留所有权利。"))
    long = fronted(Theme(), book_of(1, "题目", "保留所有权利。" * 300))
    assert (
        texts(long)[1].count("保留所有权利") > 90
        and sum(t.count("保留所有权利。") for t in texts(long)) >= 299
    )
    # A short one stands at the foot of its page.
    shape = geometry(Theme())
    low = max(item.y for item in short.pages[1].items if isinstance(item, GlyphRun))
    assert shape.top + shape.block_height - 14 < low < shape.top + shape.block_height
    for frame in (short, long):
        (mark,) = frame.bookmarks
        assert mark.page % 2 == 0
