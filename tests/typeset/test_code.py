"""Code on pages: stretches by weight and colour, long lines turned with a mark, numbers that are no text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from convert.diagnostics import Place
from convert.theme import Theme
from convert.theming import override
from convert.typeset.cjk import Class
from convert.typeset.codebreaks import code_breaks
from convert.typeset.frame import Begin, End, GlyphRun, Item, Rule
from convert.typeset.opportunities import NEVER, ORDINARY
from tests.typeset.test_composition import book

CODE = "```python {.numbers start=98}\nimport os\n\n\nif x:\n\treturn '字'  # 完\n```\n"
LONG = "```\nshort\n    " + "word_ " * 30 + "\nend\n```\n"


def runs(text: str, theme: Theme | None = None) -> list[tuple[GlyphRun, bool]]:
    """The runs of the last page, each with whether it is content."""
    out, depth = [], 0
    page = book(text, theme).pages[-1]
    for item in page.items[page.furniture :]:
        depth += isinstance(item, Begin) - isinstance(item, End)
        if isinstance(item, GlyphRun):
            out.append((item, depth > 0))
    return out


def said(run: GlyphRun) -> str:
    return "".join(run.texts).strip()


def test_stretches_have_weight_and_colour_by_their_kind():
    looks = {said(run): (run.face.family, run.colour) for run, own in runs(CODE) if own}
    theme = Theme()
    assert looks["import"][0].endswith("Bold") and looks["import"][1] == theme.colour.text
    assert not looks["os"][0].endswith("Bold")
    assert looks["字"][1] == theme.code.string
    assert looks["完"][1] == theme.code.comment


def test_all_is_plain_without_highlighting():
    theme = override(Theme(), "code.highlight", False, Place("test"))
    assert (
        len({(run.colour, run.face.family) for run, own in runs(CODE, theme) if own and said(run).isascii()})
        == 1
    )


def test_numbers_stand_flush_right_beside_their_lines_and_are_no_content():
    made = runs(CODE)
    numbers = [run for run, own in made if not own]
    assert [said(run) for run in numbers] == ["98", "99", "100", "101", "102"]
    ends = [run.x + run.xs[-1] + run.face.advance(run.ids[-1]) * run.size for run in numbers]
    assert max(ends) - min(ends) < 0.1
    code = [run for run, own in made if own]
    assert max(ends) < min(run.x for run in code)
    assert not [run for run, own in runs(CODE.replace(".numbers", ".nonumbers")) if not own]


def test_a_tab_reaches_to_the_fourth_character():
    code = {said(run): run for run, own in runs(CODE) if own}
    letter = code["if"].face.advance(code["if"].face.glyph_id("0")) * code["if"].size
    inside = code["return"]
    first = next(at for at, text in enumerate(inside.texts) if text.strip())
    assert abs(inside.x + inside.xs[first] - code["if"].x - 4 * letter) < 0.5


def test_the_rest_of_a_long_line_hangs_behind_a_mark():
    page = book(LONG).pages[-1]
    items: list[Item] = list(page.items[page.furniture :])
    lines: dict[float, float] = {}
    for item in items:
        if isinstance(item, GlyphRun) and said(item):
            first = next(at for at, text in enumerate(item.texts) if text.strip())
            lines[item.y] = min(lines.get(item.y, 1e9), item.x + item.xs[first])
    short, begin, *rest, end = (lines[y] for y in sorted(lines))
    assert rest and short == end < begin < min(rest) == max(rest)
    marks = [item for item in items if isinstance(item, Rule) and item.height == 0.5]
    assert len(marks) == len(rest) and all(mark.x + mark.width < rest[0] for mark in marks)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("if x == 1:", ["if ", "x ", "== ", "1:"]),
        ("a.b(c,d)=e", ["a.", "b(", "c,", "d)=", "e"]),
        ("print('一行，字。')", ["print('", "一", "行，", "字。", "')"]),
        ("wordword", ["wordword"]),
    ],
)
def test_code_ends_lines_after_blanks_and_separators_and_between_han(text, parts):
    classes = [
        Class.SPACE if char == " " else Class.ID if ord(char) > 0x2E80 else Class.CODE for char in text
    ]
    found = code_breaks(text, classes)
    ends = [0, *(at for at in range(1, len(text)) if found.rank[at] == ORDINARY), len(text)]
    assert [text[one:other] for one, other in pairwise(ends)] == parts
    # In an emergency anywhere but before a blank.
    assert all(
        (found.rank[at] == NEVER) == (text[at] in " ，。")
        for at in range(1, len(text))
        if text[at - 1] != "一"
    )
