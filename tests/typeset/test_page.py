"""Page make-up on slabs of our own making: no fonts, no lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.theme import Theme
from convert.typeset.frame import Anchor, Rule
from convert.typeset.geometry import geometry
from convert.typeset.page import Body, NoteLines, make_pages
from convert.typeset.slab import Elastic, Slab, apart

GRID = 10.0
LINES = 10


def shape():
    base = geometry(Theme())
    return replace(base, leading=GRID, lines=LINES, measure=100.0)


def line(name: str, **options) -> Slab:
    return Slab(GRID, (Anchor(name, 0, 0),), **options)


def paragraph(name: str, count: int) -> list[Slab]:
    return [line(f"{name}{at}", keep=at < count - 1 and at in (0, count - 2)) for at in range(count)]


def names(body: Body) -> list[str]:
    return [item.id for item in body.items if isinstance(item, Anchor)]


def pages(slabs, notes=()):
    return make_pages(slabs, {note.id: note for note in notes}, shape(), "#000000")


def test_lines_fill_the_page_and_go_on():
    made = pages([line(str(n)) for n in range(25)])
    assert [len(names(body)) for body in made] == [10, 10, 5]
    assert [item.y for item in made[0].items] == [GRID * n for n in range(10)]


def test_no_widow_and_no_orphan():
    # Nine lines, then a paragraph whose first line alone would fit: an orphan.
    made = pages([line(f"x{n}") for n in range(9)] + paragraph("p", 4))
    assert names(made[0])[-1] == "x8" and names(made[1])[0] == "p0"
    # Seven lines, then four of which the last alone would go over: a widow.
    made = pages([line(f"x{n}") for n in range(7)] + paragraph("p", 4) + [line("y")])
    assert names(made[0])[-1] == "p1" and names(made[1]) == ["p2", "p3", "y"]


def test_a_widow_appears_when_keeping_is_off():
    slabs = [line(f"x{n}") for n in range(7)] + [replace(s, keep=False) for s in paragraph("p", 4)]
    assert names(pages([*slabs, line("y"), line("z")])[1]) == ["p3", "y", "z"]


def test_a_heading_goes_over_with_its_text():
    slabs = [line(f"x{n}") for n in range(8)] + [line("h", keep=True), *paragraph("p", 4)]
    made = pages(slabs)
    assert "h" not in names(made[0]) and names(made[1])[:2] == ["h", "p0"]


def test_space_above_a_heading_falls_away_at_the_head():
    heading = Slab(3 * GRID, (Anchor("h", 0, 20),), trim=2 * GRID, keep=True)
    made = pages([*[line(f"x{n}") for n in range(9)], heading, *paragraph("p", 2)])
    assert made[1].items[0] == Anchor("h", 0, 0)
    assert made[1].items[1] == Anchor("p0", 0, GRID)


def test_all_space_falls_away_at_the_head_also_that_of_two_blocks():
    air = Slab(GRID, trim=GRID)
    slabs = [*(line(f"a{n}") for n in range(LINES)), air, Slab(0), air, *(line(name) for name in "bcd")]
    _, second = pages(slabs)
    assert [(item.id, item.y) for item in second.items] == [("b", 0), ("c", GRID), ("d", 2 * GRID)]
    # In the middle of a page it stays.
    (only,) = pages([line("a"), air, air, line("b")])
    assert [item.y for item in only.items] == [0, 3 * GRID]


def test_a_chapter_opens_a_page_and_a_recto():
    slabs = [line("a"), line("h", opens="recto", chapter="One"), line("b")]
    made = pages(slabs)
    assert [body.blank for body in made] == [False, True, False]
    assert made[2].opening and made[2].chapter == "One" and not made[0].opening


def test_a_section_is_named_from_its_page_on_and_not_above_itself():
    section = line("h", section="Two")
    slabs = [line("c", opens="page", chapter="One"), *(line(f"x{n}") for n in range(9))]
    later = pages([*slabs, line("a"), section, *(line(f"y{n}") for n in range(15))])
    assert [(body.chapter, body.opening) for body in later] == [("One", True), ("Two", False), ("Two", False)]
    at_head = pages([*slabs, section, *(line(f"y{n}") for n in range(15))])
    assert [body.opening for body in at_head] == [True, True, False]


def test_a_page_break_before_a_chapter_makes_no_blank_page():
    slabs = [line("a"), Slab(0, opens="page"), line("h", opens="page", chapter="One")]
    assert [names(body) for body in pages(slabs)] == [["a"], ["h"]]


def test_a_note_stands_on_the_page_of_its_mark():
    note = NoteLines("n", (line("n0"), line("n1")))
    slabs = [line(f"x{n}") for n in range(12)]
    slabs[7] = replace(slabs[7], notes=("n",))
    made = pages(slabs, [note])
    # Ten lines, less two of note and the gap above: seven lines of text remain, so the mark goes over.
    assert made[0].notes == () and "x7" in names(made[1])
    assert made[1].notes == ("n",) and names(made[1])[-2:] == ["n0", "n1"]
    assert any(isinstance(item, Rule) for item in made[1].items)
    assert made[1].items[-1].y == GRID * (LINES - 1)


def test_a_note_longer_than_the_room_goes_on_overleaf():
    note = NoteLines("n", tuple(line(f"n{at}") for at in range(14)))
    made = pages([replace(line("x"), notes=("n",)), *[line(f"y{n}") for n in range(3)]], [note])
    shown = [name for body in made for name in names(body) if name.startswith("n")]
    assert shown == [f"n{at}" for at in range(14)]
    assert [body.notes for body in made].count(("n",)) == 1


def test_a_figure_that_does_not_fit_floats_to_the_next_head():
    slabs = [*[line(f"x{n}") for n in range(8)], Slab(5 * GRID, (Anchor("fig", 0, 0),), floats=True)]
    slabs += [line(f"y{n}") for n in range(6)]
    made = pages(slabs)
    assert names(made[0]) == [f"x{n}" for n in range(8)] + ["y0", "y1"]
    assert names(made[1])[0] == "fig"


def test_a_table_head_is_shown_again():
    head = Slab(GRID, (Rule(0, 0, 50, 1),))
    rows = [replace(line(f"r{n}"), repeat=head) for n in range(15)]
    made = pages([Slab(GRID, (Anchor("head", 0, 0),), keep=True), *rows])
    assert len([item for item in made[1].items if isinstance(item, Rule)]) == 1
    assert next(item.y for item in made[1].items if isinstance(item, Anchor)) == GRID
    assert not [item for item in made[0].items if isinstance(item, Rule)]


def test_a_table_is_closed_where_it_goes_on_overleaf_and_only_there():
    head = Slab(GRID, (), close=(Rule(0, 0, 50, 0.5),), left=3)
    rows = [replace(line(f"r{n}"), repeat=head) for n in range(15)]
    made = pages([Slab(GRID), *rows, *(line(f"x{n}") for n in range(20))])
    rules = [[item for item in body.items if isinstance(item, Rule)] for body in made]
    assert [(rule.x, rule.y) for rule in rules[0]] == [(3, LINES * GRID)]
    assert not any(rules[1:])


def test_text_after_something_off_the_grid_is_on_it_again():
    slabs = [Slab(3.7, (Rule(0, 0, 1, 1),)), Slab(0, snap=True), line("x")]
    (body,) = pages(slabs)
    assert body.items[-1].y == GRID


def test_something_taller_than_the_page_is_told():
    assert [body.overfull for body in pages([Slab(11 * GRID, (Anchor("x", 0, 0),))])] == [True]
    assert [body.overfull for body in pages([Slab(10 * GRID, (Anchor("x", 0, 0),))])] == [False]


@st.composite
def books(draw):
    slabs, notes = [], []
    for number in range(draw(st.integers(0, 14))):
        kind = draw(st.sampled_from(["text", "text", "head", "figure", "break", "note"]))
        if kind == "text":
            slabs += paragraph(f"p{number}-", draw(st.integers(1, 12)))
        elif kind == "head":
            opens = draw(st.sampled_from(["", "page", "recto"]))
            slabs.append(line(f"h{number}", keep=True, opens=opens, chapter="c"))
        elif kind == "figure":
            slabs.append(Slab(draw(st.integers(1, 10)) * GRID, (Anchor(f"f{number}", 0, 0),), floats=True))
        elif kind == "break":
            slabs.append(Slab(0, opens="page"))
        else:
            notes.append(
                NoteLines(
                    f"n{number}", tuple(line(f"n{number}-{i}") for i in range(draw(st.integers(1, 16))))
                )
            )
            slabs.append(line(f"m{number}", notes=(f"n{number}",)))
    return slabs, notes


@given(books())
@settings(max_examples=150, deadline=None)
def test_every_slab_and_note_line_is_shown_once_and_none_overlaps(book):
    slabs, notes = book
    made = pages(slabs, notes)
    wanted = [a.id for s in slabs for a in s.items] + [a.id for n in notes for s in n.slabs for a in s.items]
    assert sorted(name for body in made for name in names(body)) == sorted(wanted)
    for body in made:
        assert body.overfull is False
        assert all(-0.1 <= item.y <= GRID * LINES for item in body.items)
        text = [i.y for i in body.items if isinstance(i, Anchor) and not i.id.startswith("n")]
        foot = [i.y for i in body.items if isinstance(i, Anchor) and i.id.startswith("n")]
        assert text == sorted(text) and foot == sorted(foot)
        assert not text or not foot or max(text) + GRID <= min(foot) + 0.1


def test_the_pages_of_a_spread_end_on_the_same_line():
    # Page 1 is a recto of its own.  On page 2 a heading would stand last, so that page ends a line
    # early; page 3 could take one line more, and leaves it free too.
    slabs = [line(f"a{n}") for n in range(10)]
    slabs += [
        *(line(f"b{n}") for n in range(9)),
        line("h", keep=True),
        *paragraph("p", 8),
        *(line(f"c{n}") for n in range(20)),
    ]
    made = pages(slabs)
    assert len(names(made[1])) == len(names(made[2])) == 9


def test_a_page_beside_one_that_cannot_end_alike_is_filled():
    # On page 2 six lines stay blank, since what follows stays whole: page 3 is not ended early for that.
    whole = [line(f"w{n}", keep=n < 6) for n in range(7)]
    slabs = [*(line(f"a{n}") for n in range(14)), *whole, *(line(f"c{n}") for n in range(20))]
    assert [len(names(body)) for body in pages(slabs)][:3] == [10, 4, 10]


def test_no_line_or_two_stand_alone_on_a_last_page():
    assert [len(names(body)) for body in pages([line(f"x{n}") for n in range(11)])] == [8, 3]
    spread = [len(names(body)) for body in pages([line(f"x{n}") for n in range(31)])]
    assert spread == [10, 9, 9, 3]
    # As little as that is a page where a chapter is no longer.
    opening = [line("h", opens="page"), line("i", opens="page"), line("j")]
    assert [len(names(body)) for body in pages([*(line(f"x{n}") for n in range(10)), *opening])] == [10, 1, 2]


def test_pages_that_are_no_spread_are_filled():
    slabs = [*(line(f"b{n}") for n in range(9)), line("h", keep=True), *(line(f"c{n}") for n in range(30))]
    assert [len(names(body)) for body in pages(slabs)][:3] == [9, 10, 10]


def test_air_round_verse_is_back_on_the_grid_and_falls_away_at_a_page_head():
    verse = apart([line("v")], GRID / 2)
    (body,) = pages([line("a"), *verse, line("b")])
    assert [item.y for item in body.items] == [0, 1.5 * GRID, 3 * GRID]
    (body,) = pages([*verse, line("b")])
    assert [item.y for item in body.items] == [0, 2 * GRID]


def uneven() -> list[Slab]:
    """A page 1 of its own, then nine lines and four that stay whole: page 2 ends a line early, page 3 is full."""
    whole = [line(f"w{n}", keep=n < 3) for n in range(4)]
    return [
        *(line(f"a{n}") for n in range(10)),
        *(line(f"b{n}") for n in range(7)),
        *whole,
        *(line(f"c{n}", keep=n % 2 == 0) for n in range(20)),
    ]


def last_lines(made: list[Body]) -> list[float]:
    return [max(item.y for item in body.items) for body in made]


def elastic(slabs: list[Slab], at: int, count: int, change: int, made: list[Slab]) -> list[Slab]:
    slabs[at] = replace(
        slabs[at], elastic=Elastic(count, (change,), lambda lines: made if lines == change else ())
    )
    return slabs


def test_a_paragraph_is_set_a_line_longer_where_a_spread_would_end_unevenly():
    assert len(set(last_lines(pages(uneven()))[1:3])) == 2
    longer = [line(f"b{n}") for n in range(2)] + [line("more")]
    made = pages(elastic(uneven(), 10, 2, 1, longer))
    assert names(made[1]) == ["b0", "b1", "more", *(f"b{n}" for n in range(2, 7))]
    assert len(set(last_lines(made)[1:3])) == 1


def test_a_paragraph_is_left_alone_where_that_helps_nothing():
    for slabs in (uneven(), [line(f"x{n}") for n in range(30)]):
        plain = [names(body) for body in pages(slabs)]
        for useless in ([], [line("other0"), line("other1")]):
            assert [names(body) for body in pages(elastic(list(slabs), 10, 2, 1, useless))] == plain


def test_a_line_above_a_heading_evens_a_spread_out():
    slabs = uneven()
    assert last_lines(pages(slabs))[1] != last_lines(pages(slabs))[2]
    slabs[13] = replace(slabs[13], gives=True)
    made = pages(slabs)
    assert last_lines(made)[1] == last_lines(made)[2]
    places = {item.id: item.y for item in made[1].items}
    assert places["b3"] - places["b2"] == 2 * GRID and places["b4"] - places["b3"] == GRID


def test_a_figure_that_gives_stands_in_the_middle_of_its_room():
    slabs = uneven()
    slabs[13] = replace(slabs[13], gives=True, floats=True)
    places = {item.id: item.y for item in pages(slabs)[1].items}
    assert places["b3"] - places["b2"] == places["b4"] - places["b3"] == 1.5 * GRID


def test_the_last_line_of_notes_is_on_the_grid():
    note = NoteLines("n", (line("n0"), line("n1")))
    slabs = [replace(line("x"), notes=("n",)), *(line(f"y{n}") for n in range(20))]
    (first, *_) = make_pages(slabs, {"n": note}, shape(), "#000000", 1.5)
    assert max(item.y for item in first.items) == GRID * (LINES - 1) - 1.5


def test_a_long_note_is_divided_rather_than_leaving_a_gap():
    def first_page(length: int) -> list[str]:
        note = NoteLines("n", tuple(line(f"n{at}") for at in range(length)))
        slabs = [line(f"x{n}", notes=("n",) if n == 4 else ()) for n in range(16)]
        return names(pages(slabs, [note])[0])

    # Five lines, the gap above the note, and then four lines of it at most.
    assert first_page(4) == ["x0", "x1", "x2", "x3", "x4", "n0", "n1", "n2", "n3"]
    assert first_page(7) == ["x0", "x1", "x2", "x3", "x4", "n0", "n1", "n2", "n3"]
    note = NoteLines("n", tuple(line(f"n{at}") for at in range(7)))
    slabs = [line(f"x{n}", notes=("n",) if n == 7 else ()) for n in range(16)]
    # Here no more than two blank lines are saved: the text goes over with its note.
    assert names(pages(slabs, [note])[0]) == [f"x{n}" for n in range(7)]


def figure(name: str, lines: int = 4) -> Slab:
    return Slab(lines * GRID, (Anchor(name, 0, 0),), floats=True, snap=True)


def test_a_figure_that_does_not_fit_goes_to_the_next_head_and_text_goes_on():
    made = pages([*(line(f"a{n}") for n in range(8)), figure("f"), *(line(f"b{n}") for n in range(8))])
    assert names(made[0]) == [*(f"a{n}" for n in range(8)), "b0", "b1"]
    assert names(made[1]) == ["f", *(f"b{n}" for n in range(2, 8))]


def test_of_two_figures_that_wait_one_stands_at_the_head_and_one_at_the_foot():
    slabs = [
        *(line(f"a{n}") for n in range(9)),
        figure("f", 2),
        figure("g", 2),
        *(line(f"b{n}") for n in range(12)),
    ]
    made = pages(slabs)
    places = {item.id: item.y for item in made[1].items}
    assert places["f"] == 0 and places["g"] == (LINES - 2) * GRID
    assert names(made[1]) == ["f", *(f"b{n}" for n in range(1, 7)), "g"]
    # No text would stand between higher ones: they follow on each other.
    slabs[9:11] = [figure("f", 4), figure("g", 4)]
    places = {item.id: item.y for item in pages(slabs)[1].items}
    assert (places["f"], places["g"], places["b1"]) == (0, 4 * GRID, 8 * GRID)


def test_figures_without_text_between_them_follow_on_each_other():
    made = pages([line("a"), *(figure(f"f{n}", 3) for n in range(12)), line("b")])
    assert [names(body) for body in made] == [
        ["a", "f0", "f1", "f2"],
        ["f3", "f4", "f5", "b"],
        ["f6", "f7", "f8"],
        ["f9", "f10", "f11"],
    ]


def test_a_low_figure_stands_above_the_notes():
    note = NoteLines("n", (line("n0"),))
    slabs = [
        *(line(f"a{n}") for n in range(9)),
        figure("f", 2),
        figure("g", 2),
        *(line(f"b{n}") for n in range(12)),
    ]
    slabs[13] = replace(slabs[13], notes=("n",))
    places = {item.id: item.y for item in pages(slabs, [note])[1].items if isinstance(item, Anchor)}
    assert places["g"] == 6 * GRID and places["n0"] == 9 * GRID


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=40))
def test_figures_stay_in_their_order_whole_and_on_the_page(heights):
    slabs = [figure(f"f{n}", height) if height > 1 else line(f"x{n}") for n, height in enumerate(heights)]
    tall = {slab.items[0].id: slab.height for slab in slabs}
    made = pages(slabs)
    shown = [item for body in made for item in body.items]
    assert sorted(item.id for item in shown) == sorted(tall)
    for kind in "fx":
        order = [int(item.id[1:]) for item in shown if item.id[0] == kind]
        assert order == sorted(order)
    for body in made:
        ends = sorted((item.y, item.y + tall[item.id]) for item in body.items)
        assert all(one[1] <= other[0] + 1e-6 for one, other in pairwise(ends))
        assert body.overfull or ends[-1][1] <= LINES * GRID + 1e-6
        assert not body.overfull or len(ends) == 1


@given(books())
@settings(max_examples=150, deadline=None)
def test_every_note_begins_on_the_page_that_calls_it(book):
    slabs, notes = book
    for body in pages(slabs, notes):
        shown = names(body)
        called = [name[1:] for name in shown if name.startswith("m")]
        assert [name[1:-2] for name in shown if name.startswith("n") and name.endswith("-0")] == called


def test_text_stands_above_a_note_of_three_pages_but_none_that_calls_another():
    long = NoteLines("n", tuple(line(f"n{at}") for at in range(22)))
    other = NoteLines("o", (line("o0"),))

    def made(caller: int) -> list[list[str]]:
        slabs = [line("m", notes=("n",))]
        slabs += [line(f"x{n}", notes=("o",) if n == caller else ()) for n in range(20)]
        return [names(body) for body in pages(slabs, [long, other])]

    # Of the second page a third is left to text; the note ends on the third.
    assert made(19)[1] == ["x0", "x1", "x2", *(f"n{at}" for at in range(8, 14))]
    assert made(1)[1] == ["x0", *(f"n{at}" for at in range(8, 16))]
    assert made(1)[2][:2] == ["x1", "x2"] and made(1)[2][-1] == "o0"


def test_air_falls_away_at_the_foot_of_a_page():
    air = Slab(0.5 * GRID, snap=True)
    assert len(pages([*(line(f"x{n}") for n in range(10)), air])) == 1
    made = pages([*(line(f"x{n}") for n in range(10)), air, *(line(name) for name in "yzw")])
    assert [names(body) for body in made][1] == ["y", "z", "w"] and made[1].items[0].y == 0
    # What shows something does not.
    assert len(pages([*(line(f"x{n}") for n in range(10)), replace(air, items=(Rule(0, 0, 1, 1),))])) == 2


@pytest.mark.parametrize("end", ["text", "chapter", "book"])
@pytest.mark.parametrize("keep", [True, False])
def test_a_heading_goes_overleaf_with_its_figure_where_too_little_text_stays(end, keep):
    """Seven lines, a heading and a line below it, then a figure that has no room."""
    after = {"text": [line("a")], "chapter": [line("c", opens="page", chapter="C")], "book": []}[end]
    head = [line("h", keep=True), line("t", keep=keep)]
    figure = Slab(5 * GRID, (Anchor("f", 0, 0),), floats=True)
    first, second, *_ = pages([line(f"x{n}") for n in range(7)] + head + [figure, *after])
    if end == "text":
        assert names(first)[-1] == "a" and names(second) == ["f"]
    elif keep:
        assert names(first)[-1] == "x6" and names(second)[:3] == ["h", "t", "f"]
    else:
        assert names(first)[-1] == "t" and names(second)[0] == "f"
