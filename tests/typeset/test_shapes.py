"""Geometry, table columns, list labels and numerals."""

from __future__ import annotations

import pytest

from convert.diagnostics import Place
from convert.errors import BookError
from convert.model.nodes import BulletList, ListItem, NumberDelimiter, NumberStyle, OrderedList, SourceSpan
from convert.numerals import alphabetic, chinese, roman
from convert.theme import Theme
from convert.theming import PRESETS, load_theme, override
from convert.typeset.geometry import geometry
from convert.typeset.labels import label

SPAN = SourceSpan("a.md", 1, 1)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_closes_on_whole_characters_and_lines(name):
    theme = load_theme(name)
    made = geometry(theme)
    assert made.measure == theme.page.measure * theme.font.size
    assert abs(made.inner + made.measure + made.outer - made.width) < 1e-6
    assert 0 < made.top < made.height - made.block_height
    assert made.left(True) == made.inner
    assert made.left(False) == (made.outer if made.facing else made.inner)


def test_margins_absorb_a_wider_measure_and_a_text_block_too_wide_is_refused():
    wide = override(Theme(), "page.measure", 36, Place("x"))
    made = geometry(wide)
    assert made.measure == 378 and made.inner == made.outer > 0
    with pytest.raises(BookError, match="do not fit"):
        geometry(override(Theme(), "page.measure", 60, Place("x")))


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "零"),
        (3, "三"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (103, "一百零三"),
        (110, "一百一十"),
        (2024, "二千零二十四"),
        (10000, "10000"),
    ],
)
def test_chinese_numerals(number, word):
    assert chinese(number) == word


def test_roman_and_letters():
    assert [roman(n) for n in (1, 4, 9, 14, 40, 1990, 0)] == ["i", "iv", "ix", "xiv", "xl", "mcmxc", "0"]
    assert [alphabetic(n) for n in (1, 26, 27, 52, 53, 0)] == ["a", "z", "aa", "az", "ba", "0"]


def test_labels():
    item, done = ListItem("i", SPAN, ()), ListItem("j", SPAN, (), True)
    bullets = BulletList("b", SPAN, (item,))
    assert label(bullets, item, 0, 0) != label(bullets, item, 0, 1)
    assert label(bullets, done, 0, 0) == "☑"
    made = OrderedList("o", SPAN, (item,), 3, NumberStyle.CHINESE, NumberDelimiter.PERIOD)
    assert label(made, item, 1, 0) == "四、"
    made = OrderedList("o", SPAN, (item,), 1, NumberStyle.DECIMAL, NumberDelimiter.BOTH)
    assert label(made, item, 1, 0) == "（2）"
    made = OrderedList("o", SPAN, (item,), 1, NumberStyle.CIRCLED)
    assert label(made, item, 1, 0) == "②"


def test_margins_keep_their_ratio():
    book = geometry(load_theme("book"))
    assert book.inner > book.outer and book.left(True) == book.inner and book.left(False) == book.outer
