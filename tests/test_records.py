"""`convert.records` against the standard library's dataclasses: the same in all that the project uses."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert import records


def _of(library: Any) -> tuple[Any, Any]:
    """The same two classes, made by *library*."""

    @library.dataclass(frozen=True, slots=True)
    class Point:
        """A place."""

        x: int
        name: str = "p"
        tags: tuple[str, ...] = ()
        seen: int = library.field(default=0, compare=False, repr=False)

        @property
        def double(self) -> int:
            return self.x * 2

    @library.dataclass(slots=True)
    class Heap:
        label: str
        items: list[int] = library.field(default_factory=list)
        total: int = library.field(init=False)

        def __post_init__(self) -> None:
            self.total = sum(self.items)

    return Point, Heap


OursPoint, OursHeap = _of(records)
StandardPoint, StandardHeap = _of(dataclasses)
# Pickling looks a class up by its name.
for made in (OursPoint, OursHeap):
    made.__qualname__ = f"Ours{made.__name__}"

_VALUES = st.fixed_dictionaries(
    {"x": st.integers(0, 3)},
    optional={"name": st.sampled_from("ab"), "tags": st.just(("t",)), "seen": st.integers(0, 2)},
)


@given(_VALUES, _VALUES)
def test_equal_hash_and_replace_as_the_standard(one: dict[str, Any], two: dict[str, Any]) -> None:
    ours, standard = OursPoint(**one), StandardPoint(**one)
    assert (ours == OursPoint(**two)) is (standard == StandardPoint(**two))
    assert (hash(ours) == hash(OursPoint(**two))) is (hash(standard) == hash(StandardPoint(**two)))
    changed = records.replace(ours, **two)
    assert repr(changed) == repr(dataclasses.replace(standard, **two)).replace(
        StandardPoint.__qualname__, "OursPoint"
    )
    assert changed.seen == dataclasses.replace(standard, **two).seen


def test_what_is_replaced_often_is_replaced_as_at_first() -> None:
    point = OursPoint(0, "q", seen=7)
    for x in range(1, 600):
        point = records.replace(point, x=x)
        assert (point.x, point.name, point.seen, type(point)) == (x, "q", 7, OursPoint)
    with pytest.raises(TypeError, match="no field other"):
        records.replace(point, other=2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        point.x = 2


def test_different_classes_are_never_equal() -> None:
    assert OursPoint(1) != StandardPoint(1)
    assert OursPoint(1) != 1


def test_a_frozen_record_cannot_change() -> None:
    point = OursPoint(1)
    for change in (
        lambda: setattr(point, "x", 2),
        lambda: delattr(point, "x"),
        lambda: setattr(point, "n", 1),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    assert (point.x, type(point), point.double) == (1, OursPoint, 2)


def test_an_open_record_can_change_and_has_no_hash() -> None:
    heap = OursHeap("a", [1, 2])
    heap.label = "b"
    assert (heap.label, heap.total) == ("b", 3)
    assert OursHeap("a").items is not OursHeap("a").items
    with pytest.raises(TypeError):
        hash(heap)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_copies_are_equal(again: Any) -> None:
    for record in (OursPoint(3, tags=("a",)), OursHeap("a", [4])):
        twin = again(record)
        assert twin == record
        assert twin is not record


def test_the_standard_library_takes_them_for_dataclasses() -> None:
    point = OursPoint(3, "q")
    assert dataclasses.is_dataclass(point)
    assert dataclasses.replace(point, x=4) == OursPoint(4, "q")
    assert [(f.name, f.default) for f in dataclasses.fields(OursPoint)] == [
        (f.name, f.default) for f in dataclasses.fields(StandardPoint)
    ]
    match point:
        case OursPoint(x, name):
            assert (x, name) == (3, "q")
        case _:
            pytest.fail("no match")


def test_own_fields_are_told_in_order() -> None:
    assert [(f.name, f.type) for f in records.fields(OursHeap)] == [
        ("label", "str"),
        ("items", "list[int]"),
        ("total", "int"),
    ]
    assert records.is_dataclass(OursHeap)
    assert not records.is_dataclass(StandardHeap)


def test_arguments_are_checked_as_by_any_function() -> None:
    for call in (
        lambda: OursPoint(),
        lambda: OursPoint(1, other=2),
        lambda: OursPoint(1, "a", (), 0, 5),
        lambda: records.replace(OursPoint(1), other=2),
        lambda: OursHeap("a", total=3),
    ):
        with pytest.raises(TypeError):
            call()
    OursPoint(1)
    assert list(inspect.signature(OursPoint).parameters) == ["x", "name", "tags", "seen"]


def test_what_is_not_offered_is_refused() -> None:
    with pytest.raises(TypeError, match="base class"):

        @records.dataclass(frozen=True)
        class Child(StandardPoint):
            pass

    with pytest.raises(TypeError, match="default_factory"):

        @records.dataclass(slots=True)
        class Shared:
            items: list[int] = []  # noqa: RUF012, RUF100

    with pytest.raises(TypeError, match="second: no default, but first"):

        @records.dataclass(slots=True)
        class Disordered:
            first: int = 1
            second: int


def test_classes_of_one_shape_keep_their_own_names_and_defaults() -> None:
    @records.dataclass(frozen=True, slots=True)
    class One:
        left: int
        heap: list[str] = records.field(default_factory=lambda: ["one"])
        right: int = 1

    @records.dataclass(frozen=True, slots=True)
    class Two:
        above: int
        pile: list[str] = records.field(default_factory=lambda: ["two"])
        below: int = 2

    for _ in range(2):
        assert repr(One(5)).endswith("One(left=5, heap=['one'], right=1)")
        assert repr(Two(above=6)).endswith("Two(above=6, pile=['two'], below=2)")
    with pytest.raises(TypeError, match=r"One.__new__\(\) missing .* 'left'"):
        One()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'left'"):
        Two(left=1)  # type: ignore[call-arg]
