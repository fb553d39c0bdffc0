"""What front matter, a manifest or ``--set`` may say of the book itself, made into `Metadata`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from convert.diagnostics import Code, Place
from convert.errors import BookError
from convert.model.nodes import Contributor, Metadata
from convert.records import fields, replace

__all__ = ["METADATA_KEYS", "merge_metadata", "metadata_from", "with_metadata"]

_TEXTS = {
    "title": "title",
    "subtitle": "subtitle",
    "date": "date",
    "language": "language",
    "lang": "language",
    "publisher": "publisher",
    "identifier": "identifier",
    "isbn": "identifier",
    "rights": "rights",
    "description": "description",
    "series": "series",
    "series-number": "series_number",
    "source": "source",
    "cover": "cover",
}
_ROLES = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "compiler": "com",
    "作者": "aut",
    "编者": "edt",
    "主编": "edt",
    "译者": "trl",
    "插图": "ill",
}
"""Roles that people write, as MARC relator codes."""
_PEOPLE = {
    "author": "aut",
    "authors": "aut",
    "creator": "aut",
    "contributor": "aut",
    "contributors": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
}
_WORDS = ("keywords", "tags")

METADATA_KEYS = (*_TEXTS, *_PEOPLE, *_WORDS)
"""Every key there is."""


def metadata_from(
    table: Mapping[str, object],
    name: str,
    places: Mapping[str, Place] | None = None,
    code: Code = Code.FRONT_MATTER,
) -> Metadata:
    """The metadata in a mapping of texts, lists and mappings; keys that are not metadata are left alone.

    Raises BookError with *code* for a value of the wrong kind, at the key's place where *places* knows
    it, else in the file *name*.
    """
    metadata = Metadata()
    for key, value in table.items():
        if key in METADATA_KEYS:
            place = (places or {}).get(key, Place(name))
            one = _one(key, value, place, code)
            metadata = replace(
                merge_metadata(metadata, one),
                contributors=metadata.contributors + one.contributors,
                keywords=metadata.keywords + one.keywords,
            )
    return metadata


def with_metadata(metadata: Metadata, key: str, value: object, place: Place) -> Metadata:
    """*metadata* with one key set, as ``--set`` gives it.

    People replace those of the same role, where the first of them stood.  Raises BookError when the value
    is of the wrong kind.
    """
    one = _one(key, value, place, Code.SETTING_VALUE)
    if key in _PEOPLE:
        roles = {_PEOPLE[key], *(person.role for person in one.contributors)}
        before = [person for person in metadata.contributors if person.role not in roles]
        places = [at for at, person in enumerate(metadata.contributors) if person.role in roles]
        at = places[0] if places else len(before)
        return replace(metadata, contributors=(*before[:at], *one.contributors, *before[at:]))
    if key in _WORDS:
        return replace(metadata, keywords=one.keywords)
    changed: dict[str, str] = {_TEXTS[key]: getattr(one, _TEXTS[key])}
    if key == "series":
        changed["series_number"] = one.series_number
    return _replaced(metadata, changed)


def merge_metadata(under: Metadata, over: Metadata) -> Metadata:
    """*under* with every field that *over* gives laid on top."""
    given = {item.name: getattr(over, item.name) for item in fields(Metadata)}
    return _replaced(under, {name: value for name, value in given.items() if value})


def _replaced(metadata: Metadata, changed: Mapping[str, object]) -> Metadata:
    """*metadata* with fields changed; a title that is given is no longer the first heading's."""
    if changed.get("title"):
        changed = {"title_from_heading": False, **changed}
    return replace(metadata, **changed)  # type: ignore[arg-type]


def _one(key: str, value: object, place: Place, code: Code) -> Metadata:
    if key == "series" and isinstance(value, Mapping):
        name, number = (_text(key, value.get(part), place, code) for part in ("name", "number"))
        if not name:
            raise BookError(code, place, "the series has no name", "name: …, number: …")
        return Metadata(series=name, series_number=number)
    if key in _TEXTS:
        return _replaced(Metadata(), {_TEXTS[key]: _text(key, value, place, code)})
    if key in _PEOPLE:
        return Metadata(contributors=_people(key, value, place, code))
    parts = value if isinstance(value, list) else re.split(r"[,，;；、]", _text(key, value, place, code))
    return Metadata(keywords=tuple(text for part in parts if (text := _text(key, part, place, code))))


def _text(key: str, value: object, place: Place, code: Code) -> str:
    if isinstance(value, (Mapping, list)):
        raise BookError(code, place, f"{key} must be a text", f"give {key} one text")
    return " ".join(str("" if value is None else value).split())


def _people(key: str, value: object, place: Place, code: Code) -> tuple[Contributor, ...]:
    out = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, Mapping):
            if "name" not in part:
                raise BookError(code, place, f"one {key} has no name", "name: …")
            role = _text("role", part.get("role", ""), place, code) or _PEOPLE[key]
            file_as = part.get("file-as", part.get("file_as", ""))
            name = _text("name", part["name"], place, code)
            person = Contributor(name, _ROLES.get(role.lower(), role), _text("file-as", file_as, place, code))
        else:
            person = Contributor(_text(key, part, place, code), _PEOPLE[key])
        if person.name:
            out.append(person)
    return tuple(out)
