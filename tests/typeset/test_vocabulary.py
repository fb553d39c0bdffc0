"""Words to learn: short terms stand beside their meanings, long ones above them."""

from __future__ import annotations

import pytest

from convert.typeset.frame import GlyphRun
from tests.typeset.test_composition import book, painted


def heights(text: str) -> dict[str, float]:
    """Where on the page the run with each first character stands."""
    (page,) = book(text).pages
    runs = [item for item in page.items if isinstance(item, GlyphRun) and item.texts]
    return {run.texts[0]: round(run.y, 2) for run in runs}


@pytest.mark.parametrize(("term", "kind", "beside"), [
    ("书脊", "vocabulary", True),
    ("{书脊|shū jǐ}", "vocabulary", True),
    ("书" + "脊" * 9, "vocabulary", False),
    ("书脊", "keypoint", False),
])  # fmt: skip
def test_a_short_word_stands_beside_its_meaning(term: str, kind: str, beside: bool) -> None:
    text = f"::: {kind}\n{term}\n:   装订的一边。\n:::\n"
    found = heights(text)
    assert (found["书"] == found["装"]) == beside
    assert found["书"] <= found["装"]


def test_nothing_is_lost_beside_one_another() -> None:
    text = "::: vocabulary\n书脊\n:   装订的一边[^n]。\n:   又一义。\n\n版心\n:   - 甲\n    - 乙\n:::\n\n[^n]: 注。\n"
    shown = "".join(painted(book(text)).split())
    assert all(part in shown for part in ("书脊", "装订的一边", "又一义。", "版心", "甲", "乙", "注。"))
