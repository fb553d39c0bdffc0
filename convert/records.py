"""Dataclasses that cost little: what the standard's do, but made when first needed.

The standard writes and compiles half a dozen functions for every class while it is being imported, which
took a third of the start of a small build, and a frozen one sets its fields by name, which took twice as
long as making the object.  Here ``__init__`` is made with the first object, and compiled once for all
classes of one shape; the other functions are shared, and a frozen object is filled while it is still an object
of an open class of the same slots.  To a type checker, and to `dataclasses.fields` and `dataclasses.replace`, they are dataclasses.

A subset: no base classes, ``frozen``, ``slots`` and ``eq``, fields with a default or a factory; anything
else is a `TypeError`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

__all__ = ["MISSING", "adding", "dataclass", "field", "fields", "is_dataclass", "replace"]

MISSING = dataclasses.MISSING
_FACTORY = object()
"""Stands for an argument that was not given and comes from a factory."""

Values = Callable[[Any], tuple[Any, ...]]


class _Field:
    """What is known of a field; ``type`` is the annotation as it was written."""

    __slots__ = ("compare", "default", "default_factory", "init", "name", "repr", "type")

    def __init__(self, default: Any, factory: Any, init: bool, repr_: bool, compare: bool) -> None:
        self.name = self.type = ""
        self.default, self.default_factory = default, factory
        self.init, self.repr, self.compare = init, repr_, compare


def _field(
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    init: bool = True,
    repr: bool = True,
    compare: bool = True,
) -> Any:
    """A field that is more than a default; as `dataclasses.field`."""
    return _Field(default, default_factory, init, repr, compare)


def _dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True) -> Callable[[type], type]:
    """A decorator as `dataclasses.dataclass`; raises TypeError for a class with bases."""
    return lambda cls: _made(cls, frozen, slots, eq)


def _fields(record: Any) -> tuple[Any, ...]:
    """The fields of a record or of its class, in order: each with name, type, default, default_factory."""
    return tuple(record.__record_fields__.values())


def _is_dataclass(value: Any) -> bool:
    """Whether *value* is a record or a class of records."""
    return hasattr(value, "__record_fields__")


def _replace(record: Any, /, **changes: Any) -> Any:
    """A record like *record* but for *changes*; raises TypeError where a field is not known."""
    return record.__class__.__record_changed__(record, changes)


# ---------------------------------------------------------------- how a class is made


def _made(cls: type, frozen: bool, slots: bool, eq: bool) -> type:
    if cls.__bases__ != (object,):
        raise TypeError(f"{cls.__qualname__}: a record has no base class")
    found = _fields_of(cls)
    space = dict(cls.__dict__)
    for name in ("__dict__", "__weakref__", *(name for name in found if slots)):
        space.pop(name, None)
    if slots:
        space["__slots__"] = tuple(found)
    else:
        space.update({n: f.default for n, f in found.items() if isinstance(space.get(n), _Field)})
    space["__record_fields__"] = found
    space["__dataclass_fields__"] = _Standard()
    space["__match_args__"] = given = tuple(n for n, f in found.items() if f.init)
    space["__record_order__"] = {name: at for at, name in enumerate(given)}
    space["__record_values__"] = staticmethod(_values(given))
    plain = frozen and len(given) == len(found) and "__post_init__" not in space
    space["__record_changed__"] = staticmethod(_counted if plain else _anew)
    every = _values(tuple(found))
    space.setdefault("__repr__", _repr(tuple(n for n, f in found.items() if f.repr)))
    if eq:
        compared = _values(tuple(n for n, f in found.items() if f.compare))
        space.setdefault("__eq__", _eq(compared))
        space.setdefault("__hash__", _hash(compared) if frozen else None)
    if frozen:
        space["__setattr__"] = space["__delattr__"] = _refuse
        space["__reduce__"] = lambda self: (_restored, (type(self), every(self)))
        space["__new__"] = _first_new
    else:
        space["__init__"] = _first_init
    return type(cls)(cls.__name__, cls.__bases__, space)


def _fields_of(cls: type) -> dict[str, _Field]:
    found: dict[str, _Field] = {}
    optional = ""
    for name, written in cls.__annotations__.items():
        if str(written).startswith("ClassVar"):
            continue
        given = cls.__dict__.get(name, MISSING)
        each = given if isinstance(given, _Field) else _Field(given, MISSING, True, True, True)
        if isinstance(each.default, list | dict | set):
            raise TypeError(f"{cls.__qualname__}.{name}: a default that can change; use default_factory")
        if each.init and each.default is MISSING and each.default_factory is MISSING:
            if optional:
                raise TypeError(f"{cls.__qualname__}.{name}: no default, but {optional} before it has one")
        elif each.init:
            optional = name
        each.name, each.type = name, written
        found[name] = each
    return found


class _Standard:
    """``__dataclass_fields__``, made when something of the standard library first asks for it."""

    def __get__(self, _: object, cls: type) -> Mapping[str, Any]:
        twin = dataclasses.make_dataclass(
            cls.__name__,
            [
                (
                    each.name,
                    each.type,
                    dataclasses.field(
                        **({} if each.default is MISSING else {"default": each.default}),
                        **(
                            {}
                            if each.default_factory is MISSING
                            else {"default_factory": each.default_factory}
                        ),
                        init=each.init,
                        repr=each.repr,
                        compare=each.compare,
                    ),
                )
                for each in _fields(cls)
            ],
        )
        made: Mapping[str, Any] = twin.__dict__["__dataclass_fields__"]
        type.__setattr__(cls, "__dataclass_fields__", made)
        return made


def _values(names: tuple[str, ...]) -> Values:
    """What gives the values of *names* of a record as a tuple."""
    if not names:
        return lambda record: ()
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda record: (only(record),)
    return attrgetter(*names)


def _repr(names: tuple[str, ...]) -> Callable[[Any], str]:
    def written(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{n}={getattr(self, n)!r}' for n in names)})"

    return written


def _eq(values: Values) -> Callable[[Any, Any], bool]:
    def equal(self: Any, other: Any) -> bool:
        if self is other:
            return True
        return values(self) == values(other) if self.__class__ is other.__class__ else NotImplemented

    return equal


def _hash(values: Values) -> Callable[[Any], int]:
    return lambda self: hash(values(self))


def _refuse(self: Any, name: str, value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__qualname__}.{name} is frozen")


def _restored(cls: type, values: tuple[Any, ...]) -> Any:
    """A frozen record out of a pickle or a copy."""
    record: Any = object.__new__(cls)
    for name, value in zip(cls.__record_fields__, values, strict=True):  # type: ignore[attr-defined]
        object.__setattr__(record, name, value)
    return record


# ---------------------------------------------------------------- how an object is made

_OFTEN = 256
"""Objects of a class that are made from others before it is worth compiling something for it."""
_changes: dict[type, int] = {}


def _anew(record: Any, changes: Mapping[str, Any]) -> Any:
    """*record* made anew with *changes*."""
    cls = record.__class__
    values = list(cls.__record_values__(record))
    order = cls.__record_order__
    try:
        for name, value in changes.items():
            values[order[name]] = value
    except KeyError:
        raise TypeError(f"{cls.__qualname__} has no field {name} to give") from None
    return cls(*values)


def _counted(record: Any, changes: Mapping[str, Any]) -> Any:
    """As `_anew`; when that was done often, something quicker comes in its place."""
    cls = record.__class__
    _changes[cls] = count = _changes.get(cls, 0) + 1
    if count == _OFTEN:
        type.__setattr__(cls, "__record_changed__", staticmethod(_copier(cls)))
    return _anew(record, changes)


def _copier(cls: Any) -> Any:
    """What does for *cls* as `_anew` does, field by field without a call: in less than half the time."""
    known = {"_Open": _open(cls), "cls": cls, "anew": _anew, "order": cls.__record_order__}
    copied = "\n ".join(f"self.{name} = record.{name}" for name in cls.__record_fields__)
    exec(
        f"def changed(record, changes):\n self = _Open()\n {copied}\n for name, value in changes.items():\n"
        "  if name not in order:\n   return anew(record, changes)\n"
        "  setattr(self, name, value)\n self.__class__ = cls\n return self",
        known,
    )
    return known["changed"]


def adding(cls: Any, *names: str, times: int = 1) -> Any:
    """A function of a record of *cls*, which is frozen, and of a number for each of its fields *names*.

    It gives the record with the numbers added to those: what `replace` would, in half the time.  It takes and adds
    such a set of numbers *times* times, one set after the other.
    """
    known = {"_Open": _open(cls), "cls": cls}
    given = ", ".join(f"d{at}_{name}" for at in range(times) for name in names)
    sums = {name: "".join(f" + d{at}_{name}" for at in range(times)) for name in names}
    added = "\n ".join(f"self.{name} = record.{name}{sums.get(name, '')}" for name in cls.__record_fields__)
    exec(
        f"def added(record, {given}):\n self = _Open()\n {added}\n self.__class__ = cls\n return self", known
    )
    return known["added"]


def _open(cls: Any) -> type:
    """Only an object of an open class can be filled by plain assignment; of the same slots, it may then change its class."""
    return type("_Open", (), {"__slots__": cls.__slots__} if "__slots__" in cls.__dict__ else {})


def _first_new(cls: Any, /, *given: Any, **named: Any) -> Any:
    """``__new__`` of a frozen class until its first object is made."""
    cls.__new__ = _compiled(cls, frozen=True)
    return cls(*given, **named)


def _first_init(self: Any, /, *given: Any, **named: Any) -> None:
    """``__init__`` of an open class until its first object is made."""
    type(self).__init__ = _compiled(type(self), frozen=False)
    self.__init__(*given, **named)


def _compiled(cls: Any, frozen: bool) -> Any:
    """``__new__`` or ``__init__`` of *cls*, with a signature of its own.

    Classes of the same shape share what the compiler made of it: only the names in the code are theirs.
    """
    fields: Mapping[str, _Field] = cls.__record_fields__
    shape = tuple(_kind(each) for each in fields.values())
    code = _code(shape, frozen, hasattr(cls, "__post_init__"))
    own = {f"f{at}": name for at, name in enumerate(fields)}
    code = code.replace(
        co_name="__new__" if frozen else "__init__",
        co_varnames=tuple(own.get(name, name) for name in code.co_varnames),
        co_names=tuple(own.get(name, name) for name in code.co_names),
    )
    known: dict[str, Any] = {"_FACTORY": _FACTORY}
    for at, (kind, each) in enumerate(zip(shape, fields.values(), strict=True)):
        if kind is _MADE or kind is _OWN:
            known[f"_make{at}"] = each.default_factory
    if frozen:
        known["_Open"] = _open(cls)
    defaults = tuple(
        _FACTORY if kind is _MADE else each.default
        for kind, each in zip(shape, fields.values(), strict=True)
        if kind is _MADE or (kind is _GIVEN and each.default is not MISSING)
    )
    made = FunctionType(code, known, code.co_name, defaults)
    made.__qualname__ = f"{cls.__qualname__}.{code.co_name}"
    return made


_GIVEN, _MADE, _OWN, _LATER = "given", "made", "own", "later"
"""What becomes of a field: an argument; an argument or else made; always made; nothing, here."""


def _kind(each: _Field) -> str:
    if each.default_factory is not MISSING:
        return _MADE if each.init else _OWN
    return _GIVEN if each.init else _LATER


@cache
def _code(shape: tuple[str, ...], frozen: bool, after: bool) -> CodeType:
    """The code of a function that fills fields of *shape*, here called f0, f1 …"""
    head, body = ["cls" if frozen else "self"], []
    for at, kind in enumerate(shape):
        if kind is _GIVEN or kind is _MADE:
            head.append(f"f{at}")
        if kind is _GIVEN:
            body.append(f"self.f{at} = f{at}")
        elif kind is _MADE:
            body.append(f"self.f{at} = _make{at}() if f{at} is _FACTORY else f{at}")
        elif kind is _OWN:
            body.append(f"self.f{at} = _make{at}()")
    finished = ["self.__post_init__()"] if after else []
    if frozen:
        body = ["self = _Open()", *body, "self.__class__ = cls", *finished, "return self"]
    else:
        body = [*body, *finished] or ["pass"]
    known: dict[str, Any] = {}
    exec(f"def made({', '.join(head)}):\n " + "\n ".join(body), known)
    code: CodeType = known["made"].__code__
    return code


if TYPE_CHECKING:
    from dataclasses import dataclass, field, fields, is_dataclass, replace
else:
    dataclass, field, fields, is_dataclass, replace = _dataclass, _field, _fields, _is_dataclass, _replace
