"""From design tokens to styles of text: body, headings, notes, code and the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from convert.records import dataclass, replace
from convert.terms import indent_ems, primary_language
from convert.theme import Role, Theme
from convert.typeset.inline import Align, Style

__all__ = ["StyleSheet"]

Value = TypeVar("Value")

_ALIGN = {"centre": Align.CENTRE, "left": Align.LEFT, "right": Align.RIGHT}


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The styles of one book.  `has_kai` tells whether emphasis can be set in Kai; else it takes dots.

    It is asked when there is something to emphasise: to look for a Kai opens every font of the system like one.
    """

    theme: Theme
    language: str
    has_kai: Callable[[], bool]

    @property
    def indent(self) -> float:
        """First-line indent in points."""
        asked = self.theme.layout.indent
        return (indent_ems(self.language) if asked < 0 else asked) * self.theme.font.size

    @property
    def cjk(self) -> bool:
        """The book is set on the em square."""
        return primary_language(self.language) != "en"

    def body(self) -> Style:
        """Running text."""
        role = Role(self.theme.font.body)
        return Style(role, self.theme.font.size, self.language, self.theme.colour.text)

    def heading(self, level: int) -> Style:
        """A heading's title, by outline level from 1."""
        return replace(
            self.body(),
            role=Role(pick(self.theme.heading.faces, level)),
            size=pick(self.theme.heading.sizes, level),
        )

    def part(self) -> Style:
        """The title of a part: larger than a chapter's."""
        return replace(self.heading(1), size=round(self.heading(1).size * 1.2, 2))

    def subtitle(self, level: int) -> Style:
        """A heading's subtitle: the face of the text, smaller than the title."""
        size = max(self.theme.font.size, round(self.heading(level).size * 0.72, 2))
        return replace(self.body(), size=min(size, self.heading(level).size))

    def heading_lines(self, level: int) -> float:
        """Grid lines that a heading with a title of one line takes."""
        return pick(self.theme.heading.lines, level)

    def heading_align(self, level: int) -> Align:
        """How a heading's title stands."""
        return _ALIGN[pick(self.theme.heading.align, level)]

    def small(self, role: Role | None = None) -> Style:
        """Captions, table text, running heads: two steps below the body (小五 under 五号)."""
        body = self.body()
        return replace(body, role=role or body.role, size=round(body.size * 6 / 7, 2))

    def note(self) -> Style:
        """Notes at the foot."""
        return replace(self.body(), size=self.theme.note.size)

    def quote(self) -> Style:
        """Quotations: Kai where there is one."""
        return replace(self.body(), role=Role.KAI) if self.has_kai() else self.body()

    def code(self) -> Style:
        """Displayed code."""
        size = round(self.theme.font.size * 6 / 7, 2)
        return replace(self.body(), role=Role.MONO, size=size, verbatim=True)


def pick(values: tuple[Value, ...], level: int) -> Value:
    """The value for *level* from 1; the last serves all deeper ones."""
    return values[min(level, len(values)) - 1]
