"""The document as JSON, out and in, byte for byte the same for the same document."""

from __future__ import annotations

import json
import typing
from enum import Enum
from functools import cache
from typing import Any, cast

from convert.diagnostics import Code, Place
from convert.errors import SourceError
from convert.model import nodes
from convert.model.nodes import Document
from convert.records import MISSING, fields, is_dataclass

__all__ = ["FORMAT", "dump", "load"]

FORMAT = 1
"""Version of the JSON; a reader refuses a higher one."""


def _encode(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if is_dataclass(value):
        out: dict[str, Any] = {"t": type(value).__name__}
        for item in fields(value):
            part = getattr(value, item.name)
            if item.default is MISSING or part != item.default:
                out[item.name] = _encode(part)
        return out
    return value


def dump(document: Document, *, indent: int | None = None) -> str:
    """*document* as JSON text.  Every node is an object whose ``t`` is its class; defaults are left out."""
    payload = {"format": FORMAT, "document": _encode(document)}
    return json.dumps(payload, ensure_ascii=False, indent=indent)


@cache
def _enum_fields(kind: type) -> dict[str, type[Enum]]:
    out: dict[str, type[Enum]] = {}
    for name, hint in typing.get_type_hints(kind, vars(nodes)).items():
        options = typing.get_args(hint) or (hint,)
        for option in options:
            if isinstance(option, type) and issubclass(option, Enum):
                out[name] = option
    return out


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(part) for part in value)
    if isinstance(value, dict):
        kind = getattr(nodes, str(value.get("t")), None)
        if not is_dataclass(kind):
            raise ValueError(f"unknown node {value.get('t')!r}")
        enums = _enum_fields(cast(type, kind))
        given = {key: _decode(part) for key, part in value.items() if key != "t"}
        for name, enum in enums.items():
            if name in given and given[name] is not None:
                if isinstance(given[name], tuple):
                    given[name] = tuple(enum(part) for part in given[name])
                else:
                    given[name] = enum(given[name])
        return cast(Any, kind)(**given)
    return value


def load(text: str, name: str = "<json>") -> Document:
    """The document that `dump` wrote; ``load(dump(d)) == d``.

    Raises SourceError when *text* is no such JSON; *name* is what the message calls it.
    """
    hint = "only files written by quire's own JSON dump can be loaded"
    try:
        payload = json.loads(text)
        if payload["format"] > FORMAT:
            raise ValueError(f"format {payload['format']} is newer than {FORMAT}")
        document = _decode(payload["document"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(
            Code.SOURCE_UNREADABLE, Place(name), f"not a quire document: {error}", hint
        ) from error
    if not isinstance(document, Document):
        raise SourceError(Code.SOURCE_UNREADABLE, Place(name), "not a quire document", hint)
    return document
