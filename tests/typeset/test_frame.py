"""Items of frames: put in places, and what they use."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.font.face import Face
from convert.typeset.frame import (
    Anchor,
    Begin,
    End,
    GlyphRun,
    Item,
    Later,
    Look,
    Placed,
    Rule,
    Turned,
    moved,
    places_of,
    unplaced,
    uses_of,
)

SERIF, SANS = Face(Path("serif.otf")), Face(Path("sans.otf"))


def run(face: Face, ids: tuple[int, ...], texts: str | tuple[str, ...]) -> GlyphRun:
    """A run of glyphs."""
    return GlyphRun(Look(face, 10.0), 1.0, 2.0, ids, texts)


@pytest.mark.parametrize(
    "runs",
    [
        [run(SERIF, (5, 6, 5), "一二一")],
        [run(SERIF, (5, 6), "一二"), run(SANS, (5, 7), "一三"), run(SERIF, (9,), "一")],
        [run(SERIF, (7, 8, 9), ("ffi", "", "x")), run(SERIF, (7,), "f")],
        [run(SERIF, (65535, 1), "𠀀\ue000"), run(SERIF, (2,), "\ud800")],
        [],
    ],
    ids=["repeated", "two faces", "ligature", "beyond U+FFFF", "nothing"],
)
def test_every_glyph_is_used_once_with_what_it_says(runs: list[Item]) -> None:
    uses: dict[Face, set[tuple[int, str]]] = {}
    uses_of(runs, uses, {})
    expected: dict[Face, set[tuple[int, str]]] = {}
    for each in runs:
        assert isinstance(each, GlyphRun)
        expected.setdefault(each.face, set()).update(zip(each.ids, each.texts, strict=True))
    assert uses == expected
    assert list(uses) == list(expected)


def test_strips_are_moved_as_if_they_had_stopped_on_their_way() -> None:
    strips: list[tuple[list[Item], float, float]] = [
        ([Begin(3), Rule(0.1, 0.2, 1, 1), End(), Anchor("a", 0.3, 0.4)], 0.7, 1e-9),
        ([Turned((Begin(4), Rule(1, 2, 3, 4), End()), 5.0, 6.0)], 0.1, 0.2),
    ]
    placed = Placed(strips)
    there = [item for strip, x, y in strips for item in moved(strip, x, y)]
    assert list(placed) == there
    assert moved(placed, 0.2, 0.3, 10) == moved(there, 0.2, 0.3, 10)
    assert places_of(placed) == places_of(there) == ((None, Anchor("a", 0.3 + 0.7, 0.4 + 1e-9)),)
    assert list(unplaced(placed)) == [item for strip, _, _ in strips for item in strip]


def test_what_is_behind_the_head_is_made_for_who_wants_it_and_kept_for_who_wants_all() -> None:
    made: list[int] = []

    def make() -> list[Item]:
        made.append(1)
        return [Anchor("b", 1, 1)]

    head = (Anchor("a", 0, 0),)
    items = Later(make, head)
    assert items[:1] == head and not made
    assert list(items[1:]) == [Anchor("b", 1, 1)] and len(made) == 1
    assert list(items) == [*head, Anchor("b", 1, 1)] and items[1] == Anchor("b", 1, 1)
    assert list(items[1:]) == [Anchor("b", 1, 1)] and len(made) == 2
