"""Where a heading's title stands."""

from __future__ import annotations

import pytest

from convert.diagnostics import Place
from convert.theme import Theme
from convert.theming import override
from convert.typeset.frame import GlyphRun
from convert.typeset.geometry import geometry
from tests.typeset.test_composition import book

TEXT = "# 一章\n\n## 一节\n\n### 小节标题\n\n#### 四级标题\n\n正文从这里开始。\n"


def begins(text: str, theme: Theme) -> dict[str, float]:
    """First characters of the runs of a book's pages and how many em they stand in from the text block's edge."""
    frame = book(text, theme)
    shape = geometry(theme)
    out = {}
    for number, page in enumerate(frame.pages):
        for item in page.items:
            if isinstance(item, GlyphRun):
                left = shape.left(number % 2 == 0)
                out["".join(item.texts)] = round((item.x + item.xs[0] - left) / shape.em, 3)
    return out


def quiet() -> Theme:
    theme = Theme()
    for key, value in (("contents.show", False), ("pdf.title_page", False), ("running.heads", False)):
        theme = override(theme, key, value, Place(""))
    return theme


def test_one_no_larger_than_the_text_begins_where_paragraphs_begin() -> None:
    found = begins(TEXT, quiet())
    assert found["小节标题"] == 0.0
    assert found["四级标题"] == 2.0


@pytest.mark.parametrize("align", ["centre", "right"])
def test_one_that_is_centred_or_right_keeps_its_place(align: str) -> None:
    theme = override(quiet(), "heading.align", f"centre,centre,left,{align}", Place(""))
    assert begins(TEXT, theme)["四级标题"] > 4


def test_a_long_one_goes_on_flush_with_the_text() -> None:
    title = "这是一个很长很长的四级标题它要占去两行才能放得下所以第二行要顶格"
    found = begins(TEXT.replace("四级标题", title), quiet())
    first, second = (text for text in found if text in title and len(text) > 4)
    assert (found[first], found[second]) == (2.0, 0.0)
