"""What the stages of reading one file share: its name and lines, the findings, and what it defines."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from convert.diagnostics import Code, Findings, Place
from convert.readers.markdown.places import Places
from convert.records import dataclass, field

__all__ = ["Abbreviated", "Context", "Included", "Reference"]


@dataclass(slots=True)
class Reference:
    """A link reference definition and whether anything used it."""

    label: str
    url: str
    title: str
    file: str
    line: int
    used: bool = False


@dataclass(slots=True)
class Abbreviated:
    """An abbreviation and whether it occurs."""

    label: str
    expansion: str
    file: str
    line: int
    used: bool = False


@dataclass(slots=True)
class Included:
    """A file that another one takes in: its context, its tree, the folder its paths start from."""

    context: Context
    root: Element
    folder: str


@dataclass(slots=True)
class Context:
    """One file being read."""

    file: str
    findings: Findings
    lines: list[str] = field(default_factory=list)
    skip: int = 0
    """Lines at the head that are front matter."""
    references: dict[str, Reference] = field(default_factory=dict)
    abbreviations: dict[str, Abbreviated] = field(default_factory=dict)
    repeated: list[tuple[str, int]] = field(default_factory=list)
    """Labels defined again, with the line."""
    notes: dict[str, int] = field(default_factory=dict)
    """Labels of the notes defined, with the line."""
    included: list[Included] = field(default_factory=list)
    """The files that stand in this one."""
    _said: set[tuple[Code, str]] = field(default_factory=set)

    def place(self, first: int, last: int = 0, needle: str = "", backward: bool = False) -> Place:
        """The place of *needle* in the lines *first* to *last*, or of the first line where it is not found.

        With *backward*, the last time that it stands in its line.
        """
        if needle:
            needle = needle.split("\n")[0]
            for number in range(first, min(max(first, last), len(self.lines)) + 1):
                line = self.lines[number - 1]
                column = line.rfind(needle) if backward else line.find(needle)
                if column >= 0:
                    return Place(self.file, number, column + 1)
        return Place(self.file, first)

    def places(self, holder: Element) -> Places:
        """Where the text of *holder* stands."""
        return Places(self.file, self.lines, holder)

    def warn(self, code: Code, where: int | Place, message: str, hint: str = "", once: bool = False) -> None:
        """Add a warning; with *once*, the same message only once for the file."""
        if once:
            if (code, message) in self._said:
                return
            self._said.add((code, message))
        self.findings.warn(
            code, where if isinstance(where, Place) else Place(self.file, where), message, hint
        )
