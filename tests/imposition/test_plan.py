"""Sheets as a person would check them: print, fold, cut, and read the pages in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.imposition import Placement, Plan, Sheet, make_plan
from convert.theme import ImposeTheme
from convert.units import mm

A5 = (mm(148), mm(210))
COUNTS = st.integers(1, 130)
DUPLEX = st.sampled_from(["auto", "short", "long"])
BINDING = st.sampled_from(["left", "right"])


def through(plan: Plan, place: Placement, size: tuple[float, float]) -> tuple[float, float, bool]:
    """Where the middle of a page on the back lies as seen through the paper from the front, and whether upright."""
    x, y = place.x + size[0] * plan.scale / 2, place.y + size[1] * plan.scale / 2
    across = (plan.flip == "short") == (plan.width > plan.height)
    # Turned like a page of a book, left and right change; turned over the head, top and bottom do.
    return (plan.width - x, y, not place.turned) if across else (x, plan.height - y, place.turned)


def leaves(plan: Plan, sheet: Sheet, size: tuple[float, float]) -> dict[bool, tuple[int | None, int | None]]:
    """The two leaves of a folded or cut sheet, by whether they lie on the right: page in front, page behind."""
    out: dict[bool, list[int | None]] = {False: [None, None], True: [None, None]}
    for place in sheet.front.places:
        assert not place.turned
        out[place.x + size[0] * plan.scale / 2 > plan.width / 2][0] = place.page
    for place in sheet.back.places:
        x, _, upright = through(plan, place, size)
        assert upright
        out[x > plan.width / 2][1] = place.page
    return {side: (pair[0], pair[1]) for side, pair in out.items()}


def folded(plan: Plan, size: tuple[float, float], right_bound: bool) -> list[int | None]:
    """The pages of a saddle-stitched plan in reading order, blanks too."""
    groups: dict[tuple[bool, int], list[Sheet]] = {}
    for sheet in plan.sheets:
        groups.setdefault((sheet.cover, sheet.gathering), []).append(sheet)
    cover = groups.pop((True, 1), [])
    blocks = [_gathering(plan, sheets, size, right_bound) for sheets in groups.values()]
    inner = [page for block in blocks for page in block]
    if cover:
        around = _gathering(plan, cover, size, right_bound)
        return [*around[:2], *inner, *around[2:]]
    return inner


def _gathering(
    plan: Plan, sheets: list[Sheet], size: tuple[float, float], right_bound: bool
) -> list[int | None]:
    first: list[int | None] = []
    last: list[int | None] = []
    for sheet in sheets:
        pair = leaves(plan, sheet, size)
        begin, end = pair[not right_bound], pair[right_bound]
        first += begin  # its front is a recto, what lies behind it the verso
        last = [end[1], end[0], *last]
    return first + last


@given(COUNTS, st.integers(0, 9), DUPLEX, BINDING, st.booleans())
def test_a_folded_booklet_reads_in_order(
    count: int, signature: int, duplex: Literal["auto"], binding: Literal["left", "right"], cover: bool
) -> None:
    settings = ImposeTheme(signature=signature, duplex=duplex, binding=binding, cover=cover)
    plan = make_plan(count, A5, settings)
    read = folded(plan, A5, binding == "right")
    assert read == [*range(count), *[None] * (-count % 4)]


def test_a_wrong_order_would_be_seen() -> None:
    plan = make_plan(8, A5, ImposeTheme())
    outer, inner = plan.sheets
    swapped = replace(plan, sheets=(replace(outer, back=inner.back), replace(inner, back=outer.back)))
    assert folded(swapped, A5, False) != list(range(8))


@given(COUNTS, DUPLEX, BINDING)
def test_cut_and_stacked_the_leaves_lie_in_order(
    count: int, duplex: Literal["auto"], binding: Literal["left", "right"]
) -> None:
    plan = make_plan(count, A5, ImposeTheme(scheme="cut", duplex=duplex, binding=binding))
    cut = [leaves(plan, sheet, A5) for sheet in plan.sheets]
    first = binding == "right"
    read = [page for side in (first, not first) for pair in cut for page in pair[side]]
    assert [page for page in read if page is not None] == list(range(count))
    assert read == [*range(count), *[None] * (len(read) - count)]


@given(COUNTS, st.sampled_from(["2up", "4up"]), DUPLEX)
def test_reading_sheets_have_every_page_once_and_upright(
    count: int, scheme: Literal["2up", "4up"], duplex: Literal["auto"]
) -> None:
    plan = make_plan(count, A5, ImposeTheme(scheme=scheme, duplex=duplex))
    seen = []
    for sheet in plan.sheets:
        for place in sheet.front.places:
            assert not place.turned
        seen += [place.page for place in sheet.front.places]
        back = list(sheet.back.places)
        assert all(through(plan, place, A5)[2] or plan.width <= plan.height for place in back)
        seen += [place.page for place in (reversed(back) if back and back[0].turned else back)]
    assert [page for page in seen if page is not None] == list(range(count))


@given(COUNTS, st.floats(0, 1))
def test_neighbours_meet_in_the_fold_and_inner_pages_move_to_it(count: int, paper: float) -> None:
    plan = make_plan(count, A5, ImposeTheme(paper=paper))
    assert plan.fold is not None
    for depth, sheet in enumerate(plan.sheets):
        for side in (sheet.front, sheet.back):
            left, right = side.places
            assert left.x + A5[0] == pytest.approx(plan.fold + depth * paper)
            assert right.x == pytest.approx(plan.fold - depth * paper)
            # What creeps over the fold is cut off there.
            assert left.cell[0] + left.cell[2] == pytest.approx(plan.fold)
            assert left.y == right.y


def test_a5_fits_a4_at_its_size_and_a4_fits_a3() -> None:
    assert make_plan(4, A5, ImposeTheme()).scale == 1
    plan = make_plan(4, (mm(210), mm(297)), ImposeTheme())
    assert (round(plan.width), round(plan.height), plan.scale) == (1191, 842, 1)


def test_pages_are_made_smaller_on_a_small_sheet_and_never_larger() -> None:
    small = make_plan(4, (mm(210), mm(297)), ImposeTheme(sheet="A4"))
    assert small.scale == pytest.approx(0.707, abs=0.001)
    assert make_plan(4, A5, ImposeTheme(sheet="A3")).scale == 1


def test_a_size_that_no_sheet_holds_gets_a_sheet_of_its_own() -> None:
    plan = make_plan(4, (700, 900), ImposeTheme())
    assert (plan.width, plan.height) == (1400, 900)


def test_the_plan_for_a_person() -> None:
    lines = list(make_plan(6, A5, ImposeTheme(cover=True)).lines())
    assert lines == [
        "2 sheets, printed on both sides, turned over the short edge",
        "sheet 1 (cover): front – | 1   back 2 | –",
        "sheet 2 (gathering 1): front 6 | 3   back 4 | 5",
    ]
