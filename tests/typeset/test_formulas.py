"""Formulas: set as ink, in a line or alone; shown as their source where they cannot be."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Code, Findings
from convert.typeset.composition import compose
from convert.typeset.formulas import SetFormula, set_formula
from convert.typeset.frame import Drawing, Frame, GlyphRun
from tests.typeset.test_composition import manuscript


def made(tex: str, display: bool = True) -> SetFormula:
    got = set_formula(tex, display)
    assert got is not None
    return got


def drawings(frame: Frame) -> list[Drawing]:
    return [item for page in frame.pages for item in page.items if isinstance(item, Drawing)]


@pytest.mark.parametrize(
    "tex",
    [r"a^2", r"\frac{a}{b}", r"\sqrt[3]{x}", r"\sum_{i=1}^n x_i", r"\boxed{x}", r"\cancel{x}", r"\mathbb{R}"],
)
def test_the_ink_lies_in_the_box(tex: str) -> None:
    got = made(tex)
    xs, ys = got.ink.points[::2], got.ink.points[1::2]
    assert -0.1 < min(xs) < max(xs) < got.width + 0.1
    assert -got.ascent - 0.1 < min(ys) < max(ys) < got.descent + 0.1
    steps = {"M": 1, "L": 1, "Q": 2, "Z": 0}
    assert sum(steps[command] for command in got.ink.commands) == len(xs) == len(ys)


def test_in_a_line_limits_stand_beside_and_fractions_are_small() -> None:
    for tex in (r"\sum_{i=1}^n x", r"\frac{1}{2}"):
        alone, inline = made(tex), made(tex, False)
        assert inline.ascent + inline.descent < 0.8 * (alone.ascent + alone.descent)


@pytest.mark.parametrize("tex", [r"\unknown{x}", r"\frac{a}", r"\text{若}x", "{" * 500])
def test_what_cannot_be_set_is_refused(tex: str) -> None:
    assert set_formula(tex, True) is None


@settings(deadline=None)
@given(st.text(alphabet="ab12^_{}\\frac sqrt+=()&", max_size=30))
def test_nothing_makes_it_fail(tex: str) -> None:
    set_formula(tex, False)


def test_a_formula_does_not_part_lines_and_stands_off_from_han() -> None:
    frame = compose(manuscript("设 $a+b$ 等于$c$。" + "文" * 80 + "\n"), Findings())
    ink = drawings(frame)
    assert len(ink) == 2
    runs = [item for item in frame.pages[0].items if isinstance(item, GlyphRun)]
    first = next(run for run in runs if "设" in run.texts)
    assert 0.125 <= (ink[0].x - first.x - first.size) / first.size <= 0.5
    lines = sorted({round(run.y, 2) for run in runs if len(run.texts) > 8})
    assert {round(b - a, 2) for a, b in itertools.pairwise(lines)} == {18.0}


def test_a_displayed_formula_is_centred_and_numbered() -> None:
    made_ = manuscript("见@eq-a。\n\n$$\nx = 1\n$$ {#eq-a}\n\n后文。\n")
    frame = compose(made_, Findings())
    (ink,) = drawings(frame)
    width = max(ink.outline.points[::2]) * ink.scale
    assert ink.x + width / 2 == pytest.approx(frame.pages[0].width / 2, abs=1)
    marks = ["".join(item.texts) for item in frame.pages[0].items if isinstance(item, GlyphRun)]
    assert "(1)" in marks


def test_a_wide_one_is_made_smaller_and_too_wide_a_one_is_told() -> None:
    findings = Findings()
    wide, wider = "+".join("a" * 21), "+".join("a" * 60)
    frame = compose(manuscript(f"$$\n{wide}\n$$\n\n$$\n{wider}\n$$\n"), findings)
    first, second = drawings(frame)
    assert second.scale < first.scale < 10.5
    assert [finding.code for finding in findings] == [Code.PAGE_OVERFULL]


def test_the_source_is_shown_where_a_formula_cannot_be_set() -> None:
    findings = Findings()
    frame = compose(manuscript("$$\n\\unknown{x}\n$$\n"), findings)
    assert "\\unknown{x}" in "".join(
        "".join(item.texts) for item in frame.pages[0].items if isinstance(item, GlyphRun)
    )
    assert [finding.code for finding in findings] == [Code.FEATURE_UNSUPPORTED]
