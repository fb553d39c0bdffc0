"""Which page lies where on which sheet: geometry only, no PDF.

Lengths are points; (0, 0) is the lower left corner of a sheet's side (ISO 32000-1, 8.3.2.3).  Both
sides are described as they are seen when one looks at them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, assert_never

from convert.records import dataclass, replace
from convert.theme import ImposeTheme
from convert.units import PAGE_SIZES, mm, parse_length

__all__ = ["Placement", "Plan", "Sheet", "Side", "make_plan"]

_SHEETS = ("A4", "A3")
"""Tried in this order for ``sheet = "auto"``."""
_SLACK = 0.5
"""Two A5 pages are a millimetre narrower than A4; rounding of trim sizes must not shrink a page."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A page on a side: its index from 0, None for a blank; its lower left corner; the cell it is clipped to.

    `cell` is left, bottom, width, height.  `turned` pages stand on their head (half a turn).
    """

    page: int | None
    x: float
    y: float
    cell: tuple[float, float, float, float]
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet, its pages in reading order from the left and the top."""

    places: tuple[Placement, ...]

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The numbers of the pages from 1, from the left and the top; None for a blank."""
        return tuple(None if place.page is None else place.page + 1 for place in self.places)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper.  `outer` sheets of a gathering carry its staples; `cover` is the cover's own."""

    front: Side
    back: Side
    gathering: int
    outer: bool = False
    cover: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All sheets in the order of printing, their size, what pages are scaled by, and where they fold.

    `fold` is the x of the fold, None where nothing is folded.  `flip` is the edge that the printer
    turns the paper over; `labels` are the numbers printed on the pages, where the file tells them.
    """

    sheets: tuple[Sheet, ...]
    width: float
    height: float
    scale: float
    fold: float | None
    flip: Literal["short", "long"]
    labels: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The plan for a person, a line a sheet: ``–`` for a blank page.

        Pages are told by their numbers from 1, and by what the file calls them where that is something else.
        """
        yield f"{len(self.sheets)} sheets, printed on both sides, turned over the {self.flip} edge"
        for number, sheet in enumerate(self.sheets, 1):
            word = "cover" if sheet.cover else f"gathering {sheet.gathering}"
            yield f"sheet {number} ({word}): front {self._shown(sheet.front)}   back {self._shown(sheet.back)}"

    def _shown(self, side: Side) -> str:
        return " | ".join("–" if number is None else self._name(number) for number in side.numbers)

    def _name(self, number: int) -> str:
        label = self.labels[number - 1] if self.labels else ""
        return f"{number} ({label})" if label not in ("", str(number)) else str(number)


_Faces = tuple[Sequence[int], Sequence[int]]
"""Page indices of the front and the back of a sheet, from the left and the top."""


def make_plan(count: int, size: tuple[float, float], settings: ImposeTheme) -> Plan:
    """The plan for *count* pages of *size* (width and height, points).

    Pages are never enlarged; they are made smaller when the sheet is too small for them.
    """
    columns, rows = (2, 2) if settings.scheme == "4up" else (2, 1)
    width, height = _sheet(settings.sheet, size, columns, rows)
    scale = min(1.0, width / (columns * size[0]), height / (rows * size[1]))
    if scale > 1 - _SLACK / max(size):
        scale = 1.0
    upright: Literal["short", "long"] = "short" if width > height else "long"
    fold = width / 2 if settings.scheme == "saddle" else None
    plan = Plan((), width, height, scale, fold, upright if settings.duplex == "auto" else settings.duplex)
    page = (size[0] * scale, size[1] * scale)
    match settings.scheme:
        case "saddle":
            sheets = tuple(_saddle(count, page, plan, settings))
        case "cut":
            faces = list(_cut_and_stack(count))
            sheets = tuple(_sheet_of(pair, count, page, plan, settings, grid=(2, 1)) for pair in faces)
        case "2up" | "4up":
            each = columns * rows
            sheets = tuple(
                _sheet_of(
                    (range(first, first + each), range(first + each, first + 2 * each)),
                    count, page, plan, settings, grid=(columns, rows),
                )
                for first in range(0, count, 2 * each)
            )  # fmt: skip
        case _:
            assert_never(settings.scheme)
    return replace(plan, sheets=sheets)


def _sheet(name: str, size: tuple[float, float], columns: int, rows: int) -> tuple[float, float]:
    """Width and height of the sheet, turned so that the pages lie best on it."""
    wanted = (columns * size[0], rows * size[1])
    if name == "auto":
        for known in _SHEETS:
            sides = (mm(PAGE_SIZES[known][0]), mm(PAGE_SIZES[known][1]))
            if _fits(sides, wanted) or rows > 1:
                return _turned(sides, wanted)
        return wanted
    if name in PAGE_SIZES:
        return _turned((mm(PAGE_SIZES[name][0]), mm(PAGE_SIZES[name][1])), wanted)
    first, _, second = name.replace("×", "x").partition("x")
    return _turned((parse_length(first), parse_length(second)), wanted)


def _fits(sides: tuple[float, float], wanted: tuple[float, float]) -> bool:
    turned = _turned(sides, wanted)
    return wanted[0] <= turned[0] + _SLACK and wanted[1] <= turned[1] + _SLACK


def _turned(sides: tuple[float, float], wanted: tuple[float, float]) -> tuple[float, float]:
    """*sides* with the long one where *wanted* has it."""
    return (max(sides), min(sides)) if wanted[0] > wanted[1] else (min(sides), max(sides))


# ---------------------------------------------------------------- the schemes


def _saddle(count: int, page: tuple[float, float], plan: Plan, settings: ImposeTheme) -> Iterator[Sheet]:
    """Gatherings of nested sheets, each folded once; the cover's own sheet first where it is apart."""
    total = -(-count // 4) * 4
    pages = range(total)
    if settings.cover and total > 4:
        cover: _Faces = ((total - 1, 0), (1, total - 2))
        yield _sheet_of(cover, count, page, plan, settings, outer=True, cover=True)
        pages = range(2, total - 2)
    each = 4 * settings.signature or len(pages)
    for number, first in enumerate(range(0, len(pages), each), 1):
        gathering = pages[first : first + each]
        for at in range(len(gathering) // 4):
            faces: _Faces = (
                (gathering[-1 - 2 * at], gathering[2 * at]),
                (gathering[2 * at + 1], gathering[-2 - 2 * at]),
            )
            yield _sheet_of(
                faces, count, page, plan, settings,
                gathering=number, outer=at == 0, creep=at * settings.paper,
            )  # fmt: skip


def _cut_and_stack(count: int) -> Iterator[_Faces]:
    """Two columns of leaves: cut in the middle, the right pile goes under the left one."""
    leaves = -(-count // 2)
    sheets = -(-leaves // 2)
    for at in range(sheets):
        left, right = 2 * at, 2 * (sheets + at)
        yield (left, right), (right + 1, left + 1)


def _sheet_of(
    faces: _Faces,
    count: int,
    page: tuple[float, float],
    plan: Plan,
    settings: ImposeTheme,
    *,
    grid: tuple[int, int] = (2, 1),
    gathering: int = 1,
    outer: bool = False,
    cover: bool = False,
    creep: float = 0.0,
) -> Sheet:
    """A sheet with its pages placed.

    Right-bound books are the mirror of left-bound ones.  Where the printer turns a wide sheet over its
    long edge, or a tall one over its short edge, the back is set upside down; *creep* moves the pages of inner sheets towards the fold, by as
    much as the sheets round them push them out.
    """
    sides = []
    for back, order in enumerate(faces):
        row = grid[0]
        if settings.binding == "right":
            order = [part for at in range(0, len(order), row) for part in reversed(order[at : at + row])]
        numbers = [number if number < count else None for number in order]
        turned = bool(back) and (plan.flip == "long") == (plan.width > plan.height)
        sides.append(_side(numbers, page, plan, grid, creep, turned))
    return Sheet(sides[0], sides[1], gathering, outer, cover)


def _side(
    numbers: Sequence[int | None],
    page: tuple[float, float],
    plan: Plan,
    grid: tuple[int, int],
    creep: float,
    turned: bool,
) -> Side:
    """*numbers* in the cells of *grid*: against the fold where there is one, else in the middle of each cell."""
    columns, rows = grid
    cell_width, cell_height = plan.width / columns, plan.height / rows
    places = []
    for at, number in enumerate(numbers):
        column, row = at % columns, at // columns
        left, bottom = column * cell_width, plan.height - (row + 1) * cell_height
        if plan.fold is None:
            x = left + (cell_width - page[0]) / 2
        else:
            x = plan.fold - page[0] + creep if column == 0 else plan.fold - creep
        y = bottom + (cell_height - page[1]) / 2
        cell = (left, bottom, cell_width, cell_height)
        if turned:
            x, y = plan.width - x - page[0], plan.height - y - page[1]
            cell = (
                plan.width - left - cell_width,
                plan.height - bottom - cell_height,
                cell_width,
                cell_height,
            )
        places.append(Placement(number, x, y, cell, turned))
    if turned:
        places.reverse()
    return Side(tuple(places))
