"""The styles of a Word file: names, outline levels and lists, with what they inherit (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from convert.verify.docx_parts import W, value

__all__ = ["BODY_TEXT", "Styles"]

BODY_TEXT = 9
"""ST_DecimalNumber of w:outlineLvl for what is no heading (ECMA-376 part 1, 17.3.1.20)."""


class Styles:
    """Names and outline levels of paragraph styles, with what they inherit."""

    def __init__(self, root: etree._Element | None) -> None:
        self._names: dict[str, str] = {}
        self._based: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        self._numbered: dict[str, str] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            key = style.get(f"{W}styleId", "")
            self._names[key] = value(style.find(f"{W}name")).lower()
            self._based[key] = value(style.find(f"{W}basedOn"))
            number = value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            if number:
                self._numbered[key] = number
            level = value(style.find(f"{W}pPr/{W}outlineLvl"))
            if level.isdigit():
                self._levels[key] = int(level)

    @property
    def silent(self) -> frozenset[str]:
        """Character styles of what is no text of the document: note marks, page references, formula sources."""
        names = ("footnote reference", "endnote reference", "page reference")
        return self.formulas | {key for key, name in self._names.items() if name in names}

    @property
    def formulas(self) -> frozenset[str]:
        """Character styles of the source of formulas."""
        return frozenset(key for key, name in self._names.items() if name == "formula source")

    def name(self, style: str) -> str:
        """The name of a style in small letters; empty for one that is not there."""
        return self._names.get(style, "")

    @property
    def numbers(self) -> dict[str, str]:
        """The `w:numId` that each style has or inherits."""
        out = {}
        for style in self._names:
            found = next((self._numbered[one] for one in self._line(style) if one in self._numbered), "")
            if found:
                out[style] = found
        return out

    def _line(self, style: str) -> Iterator[str]:
        """*style* and what it is based on."""
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            yield style
            style = self._based.get(style, "")

    def level(self, style: str) -> int:
        """The outline level of a style from 0; `BODY_TEXT` for one of no heading."""
        for one in self._line(style):
            if one in self._levels:
                return self._levels[one]
            if match := re.fullmatch(r"heading ([1-9])", self.name(one)):
                return int(match[1]) - 1
        return BODY_TEXT
