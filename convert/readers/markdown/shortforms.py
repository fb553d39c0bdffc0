"""Where the short forms of abbreviations stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from convert.characters import is_latin

__all__ = ["ShortForms"]


class ShortForms:
    """Finds short forms; of two that begin at one place the longer.

    Costs as much as the text is long, however many forms there are: a place is looked at where one of
    their first characters stands, and only for the lengths that forms with it have.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = frozenset(forms)
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[0], set()).add(len(form))
        self._lengths = {char: sorted(found, reverse=True) for char, found in lengths.items()}
        self._begins = re.compile("[" + re.escape("".join(sorted(lengths))) + "]") if lengths else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each form in *text*; a form of letters is no part of a longer word."""
        if self._begins is None:
            return
        end = 0
        for match in self._begins.finditer(text):
            start = match.start()
            if start < end or (start and is_latin(text[start]) and is_latin(text[start - 1])):
                continue
            for length in self._lengths[match[0]]:
                stop = start + length
                if text[start:stop] in self._forms and not (
                    stop < len(text) and is_latin(text[stop]) and is_latin(text[stop - 1])
                ):
                    end = stop
                    yield start, stop
                    break
