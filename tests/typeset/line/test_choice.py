"""The choice of line ends: nothing cheaper is passed over.  Judged against every way through a paragraph."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.theme import LayoutTheme
from convert.typeset import linebreak
from convert.typeset.fit import EPS, Ladder
from convert.typeset.ladder import make_ladder
from convert.typeset.linebreak import choose
from convert.typeset.offers import offers
from tests.typeset.line.plain import lines_from
from tests.typeset.line.setting import EM, cells

_WORDS = st.sampled_from(
    [
        "山",
        "水来",
        "人间，",
        "“树”",
        "。",
        "（上）",
        "a1",
        "word ",
        "internationalization",
        "——",
        "https://a.org/bc/d",
    ]
)


def ladder(text: str, hanging: bool = False) -> Ladder:
    layout = LayoutTheme(hanging=hanging)
    found = cells(text, hanging=hanging)
    return make_ladder(found, layout, EM, 10, language="zh-Hans", ragged=False, keep_spaces=False)


def forward(made: Ladder, measure: float, passing) -> float | None:
    """What the best lines cost, looked for from left to right, when every cell keeps the cheapest way to it for each
    thirty-second of an em that the line before it may be opened by."""
    ways: list[dict[int, tuple[float, float, int]]] = [{} for _ in range(made.last + 1)]
    ways[0][0] = (0.0, 0.0, 0)
    window = offers(made, passing)
    for k in range(made.last):
        offered = window(k, measure, passing.limit) if ways[k] else []
        for (total, opened_before, repeated_before), (j, cost, opened, _) in product(
            ways[k].values(), offered
        ):
            line = 10.0 + cost + made.penalties[j]
            if j in made.far and k > made.far[j][0]:
                line += made.far[j][1]
            repeated = repeated_before + 1 if made.kinds[j] else 0
            if repeated > 1:
                return None  # two hyphens in a row: another test's matter
            if j == made.last and k:
                line += {0: 5000.0, 1: 5000.0, 2: 60.0}.get(made.counted(k), 0.0)
            new = total + line * line + (2e6 / 0.125 * abs(opened - opened_before) if k else 0.0)
            shade = int(1 + 32 * opened) if opened else 0
            if shade not in ways[j] or new < ways[j][shade][0]:
                ways[j][shade] = (new, opened, repeated)
    return min((total for total, _, _ in ways[made.last].values()), default=None)


@given(st.lists(_WORDS, min_size=1, max_size=40).map("".join), st.integers(6, 14), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_search_finds_what_looking_everywhere_finds(text, measure, hanging):
    made = ladder(text, hanging)
    if made.last == 0:
        return
    for passing in linebreak._PASSES[:4]:
        wanted = forward(made, measure, passing)
        found = linebreak._search(made, measure, measure, passing, None)
        if wanted is not None:
            assert found is not None and abs(found.total - wanted) < 1e-6


@given(st.lists(_WORDS, min_size=1, max_size=20).map("".join), st.integers(6, 14), st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_line_is_left_out_that_could_close(text, measure, hanging):
    made = ladder(text, hanging)
    for passing in linebreak._PASSES[:4]:
        window = offers(made, passing)
        for k in range(made.last):
            wanted = lines_from(made, passing, k, measure)
            found = {j: (cost, opened) for j, cost, opened, _ in window(k, measure, passing.limit)}
            # A hyphen that would fill up a line that else cannot be filled is not thought of.
            assert all(made.more.get(j, 0.0) > 0 for j in found.keys() ^ wanted.keys())
            assert found.keys() <= wanted.keys()
            assert all(abs(a - b) < 1e-9 for j in found for a, b in zip(found[j], wanted[j], strict=True))


@given(st.lists(_WORDS, min_size=4, max_size=40).map("".join), st.integers(6, 14), st.booleans())
@settings(max_examples=40, deadline=None)
def test_what_a_pass_before_has_found_only_spares_looking(text, measure, hanging):
    made, best = ladder(text, hanging), None
    for passing in linebreak._PASSES[:4]:
        free = linebreak._search(made, measure, measure, passing, None)
        if best is not None:
            bound = linebreak._search(made, measure, measure, passing, None, best.total * (1 + EPS))
            better = free if free is not None and free.total < best.total else None
            assert better == (bound if bound is not None and bound.total < best.total else None)
        if free is not None and (best is None or free.total < best.total):
            best = free


def test_one_line_that_fits_is_taken_as_it_is():
    (only,) = choose(ladder("一行就够，不必再看。"), 10, 10)
    assert only.first == 0 and only.final and not only.open and not only.shrink


@cache
def _paragraph() -> Ladder:
    return ladder("春天来了，小河流着；岸上的人看着水，说：“今年的水真大！”" * 3)


def test_looseness_gives_a_line_more_or_the_usual_lines():
    usual = choose(_paragraph(), 13, 13)
    for wish in (-1, 1):
        made = choose(_paragraph(), 13, 13, wish)
        assert len(made) in (len(usual), len(usual) + wish)
        assert made[0].first == 0 and made[-1].last == _paragraph().last
        assert all(a.last == b.first for a, b in pairwise(made))
