"""What a caller asks for beyond the book: theme keys, keys of the book, repairs; checked before any work is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from convert.book import Setting, repairs_from
from convert.diagnostics import Code, Place, meant
from convert.errors import BookError
from convert.metadata import METADATA_KEYS, with_metadata
from convert.model.nodes import Metadata
from convert.records import dataclass
from convert.theme import Theme
from convert.theming import known_keys, override

__all__ = ["Settings", "Wishes", "overridden", "wishes_from", "with_wishes"]

Settings = Mapping[str, object] | Iterable[tuple[str, object]]
"""Theme keys such as ``page.measure`` and metadata keys such as ``title``, with their values."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller asks for beyond the book: checked before any work is done."""

    metadata: tuple[tuple[str, object], ...]
    theme_keys: tuple[tuple[str, object], ...]
    theme: str | None
    repairs: Mapping[str, Setting]


def wishes_from(settings: Settings, theme: str | None) -> Wishes:
    """*settings* sorted and checked; BookError names an unknown key's nearest."""
    pairs = tuple(settings.items()) if isinstance(settings, Mapping) else tuple(settings)
    place = Place("--set")
    book_keys, theme_keys = [], []
    repairs: dict[str, Setting] = {}
    for key, value in pairs:
        if key in METADATA_KEYS:
            with_metadata(Metadata(), key, value, place)
            book_keys.append((key, value))
        elif key in known_keys():
            override(Theme(), key, value, place)
            theme_keys.append((key, value))
        elif key.partition(".")[0] == "repair":
            repairs |= repairs_from(_repair_table(key, value), lambda _: place)
        else:
            hint = meant(key, (*METADATA_KEYS, *known_keys()), "the manual lists all keys", 0.5)
            raise BookError(Code.SETTING_UNKNOWN, place, f"unknown key {key}", hint)
    return Wishes(tuple(book_keys), tuple(theme_keys), theme, repairs)


def _repair_table(key: str, value: object) -> dict[str, object]:
    """``repair=join,levels`` and ``repair.spaces=fix`` as a manifest would say it."""
    _, _, name = key.partition(".")
    if name:
        return {"repair": {name: value}}
    return {"repair": [part.strip() for part in value.split(",")] if isinstance(value, str) else value}


def with_wishes(metadata: Metadata, wishes: Wishes) -> Metadata:
    """*metadata* with the caller's keys laid over it."""
    for key, value in wishes.metadata:
        metadata = with_metadata(metadata, key, value, Place("--set"))
    return metadata


def overridden(theme: Theme, pairs: Iterable[tuple[str, object]], place: Place) -> Theme:
    """*theme* with dotted keys laid over it; BookError names *place* for one that is wrong."""
    for key, value in pairs:
        theme = override(theme, key, value, place)
    return theme
