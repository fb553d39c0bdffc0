"""What the first line of a code block says: its language, whether its lines are numbered, and from where."""

from __future__ import annotations

from convert.model.nodes import Attributes
from convert.readers.markdown.attributes import Given
from convert.records import dataclass
from convert.regex import regex

__all__ = ["Listing", "read_listing"]

_FIRST = regex(r"\{?\.?([^\s{},]*)")
_NUMBERED = frozenset(("numbers", "linenos", "numberLines", "number-lines", "line-numbers"))
"""Classes that ask for numbered lines, as other tools write them."""
_UNNUMBERED = "nonumbers"
_STARTS = ("start", "startFrom", "linenostart", "linenums")
"""Keys that say where numbers begin; the last asks for them as well."""
_HIGHEST = 6
"""Figures that a line's number may have."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The language, the numbers, whatever else is said, and a value that is no number."""

    language: str
    numbered: bool | None
    start: int
    rest: Attributes
    fault: str = ""


def read_listing(info: str, given: Given) -> Listing:
    """What *info* and the attributes *given* in it and below the code say."""
    classes = [name for name in given.classes if name not in _NUMBERED and name != _UNNUMBERED]
    match = _FIRST.match(info)
    language = match[1] if match and not match[1].startswith(("#", "-")) and "=" not in match[1] else ""
    if language in _NUMBERED or language == _UNNUMBERED:
        # {.numbers .python}: the language is the next class.
        language = classes[0] if classes else ""
    numbered = True if _NUMBERED.intersection(given.classes) or given.get("linenums") else None
    numbered = False if _UNNUMBERED in given.classes else numbered
    key, start = next(((key, given.get(key)) for key in _STARTS if given.get(key)), ("", "1"))
    sound = start.isascii() and start.isdecimal() and len(start) <= _HIGHEST
    rest = Given(given.id, tuple(name for name in classes if name != language), given.pairs).without(
        *_STARTS, "caption", "title"
    )
    return Listing(language, numbered, int(start) if sound else 1, rest, "" if sound else f"{key}={start}")
