"""How code looks, by what its stretches are: the theme's words for it, and colours that can be read."""

from __future__ import annotations

from typing import assert_never

from convert.model.nodes import CodeKind
from convert.records import dataclass, replace
from convert.regex import regex

__all__ = ["COLOUR", "CONTRAST", "CodeStyle", "CodeTheme", "code_style", "contrast"]

CONTRAST = 4.5
"""What letters need against their ground (WCAG 2.2, 1.4.3)."""
COLOUR = regex(r"#[0-9a-fA-F]{6}")
"""A colour as themes write it."""


@dataclass(frozen=True, slots=True)
class CodeStyle:
    """How a stretch of code looks: `colour` is empty for the text's own."""

    bold: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class CodeTheme:
    """Displayed code.  Each kind of stretch is ``bold``, of a colour, both, or empty for the text's own look."""

    highlight: bool = True
    """Keywords, names, strings and the rest are told apart where the language is known."""
    numbers: bool = False
    """Lines are numbered where the source says nothing of it."""
    keyword: str = "bold"
    name: str = "#1F3A5F"
    string: str = "#7A3E1D"
    number: str = "#5B2A6E"
    comment: str = "#5F5F5F"
    inserted: str = "#1B5E20"
    deleted: str = "#9B2226"

    def words(self, kind: CodeKind) -> str:
        """What the theme says of a stretch of *kind*."""
        match kind:
            case CodeKind.PLAIN:
                return ""
            case CodeKind.KEYWORD:
                return self.keyword
            case CodeKind.NAME:
                return self.name
            case CodeKind.STRING:
                return self.string
            case CodeKind.NUMBER:
                return self.number
            case CodeKind.COMMENT:
                return self.comment
            case CodeKind.INSERTED:
                return self.inserted
            case CodeKind.DELETED:
                return self.deleted
            case _:
                assert_never(kind)


def code_style(words: str) -> CodeStyle:
    """What ``bold #1F3A5F`` says.  Raises ValueError for other words."""
    style = CodeStyle()
    for word in words.split():
        if word == "bold":
            style = replace(style, bold=True)
        elif COLOUR.fullmatch(word):
            style = replace(style, colour=word)
        else:
            raise ValueError(f"{word} is neither bold nor a colour")
    return style


def contrast(one: str, other: str) -> float:
    """How much two colours differ in lightness, from 1 to 21 (WCAG 2.2, contrast ratio)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
