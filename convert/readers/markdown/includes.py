"""Files that stand in other files: ``--8<-- "file.md"`` and ``{{include: file.md}}``.

An included file is read as a file of its own: its notes and its link addresses are its own, and what is
found in it is told with its name and lines.  Abbreviations serve all files that belong together.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from convert.book import SourceFile
from convert.diagnostics import Code, Place
from convert.errors import QuireError
from convert.readers.markdown.clean import MAX_CHARACTERS, clean_lines
from convert.readers.markdown.context import Context, Included
from convert.readers.markdown.dialect import read_tree
from convert.readers.markdown.frontmatter import front_matter
from convert.readers.markdown.inlines import book_path
from convert.records import dataclass, field

__all__ = ["MAX_DEPTH", "MAX_FILES", "Includer", "Opener"]

MAX_DEPTH = 8
"""Files inside files."""
MAX_FILES = 2000
"""Files taken in by a whole book, each as often as it stands there."""

Opener = Callable[[str], SourceFile]
"""Gives the file at a path of the book's folder; raises QuireError when it cannot."""


@dataclass(slots=True)
class Includer:
    """Takes files in for a whole book.  `files` names those it took, by path."""

    opener: Opener | None
    files: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    count: int = 0
    characters: int = 0

    def take(self, root: Element, context: Context, folder: str, chain: tuple[str, ...]) -> None:
        """Read every file that the tree *root* asks for; *chain* is the way of paths that led here.

        A line that cannot be followed stays as text, with a finding.
        """
        for element in list(root.iter("include")):
            path = book_path(folder, element.get("path", ""))
            reason, hint = self._refusal(path, chain), "the line stays as text"
            try:
                source = None if reason or self.opener is None else self.opener(path)
            except QuireError as error:
                code, reason, hint = error.finding.code, error.finding.message, error.finding.hint
                if code is Code.PATH_OUTSIDE:
                    self._refuse(element, context, code, f"{path} is not included: {reason}", hint)
                    continue
                source = None
            if source is not None:
                self.characters += len(source.text)
                if self.characters > MAX_CHARACTERS:
                    source, reason = None, "the files together are too long"
            if source is None:
                message = f"{path} is not included: {reason}"
                self._refuse(element, context, Code.INCLUDE_FAILED, message, hint)
                continue
            self.count += 1
            element.set("key", str(len(context.included)))
            context.included.append(self._read(source, path, context, chain))

    def _refusal(self, path: str, chain: tuple[str, ...]) -> str:
        if self.opener is None:
            return "no file can be included here"
        if path in chain:
            return "the file would stand in itself"
        if len(chain) > MAX_DEPTH:
            return f"more than {MAX_DEPTH} files stand one in another"
        if self.count >= MAX_FILES:
            return f"more than {MAX_FILES} files are included"
        return ""

    @staticmethod
    def _refuse(element: Element, context: Context, code: Code, message: str, hint: str) -> None:
        place = context.place(int(element.get("first", "1")), needle=element.text or "")
        context.findings.error(code, place, message, hint)
        element.tag = "p"

    def _read(self, source: SourceFile, path: str, parent: Context, chain: tuple[str, ...]) -> Included:
        front = front_matter(source.text, source.name)
        if front.lines:
            message = "front matter of an included file is not used"
            parent.findings.warn(
                Code.FRONT_MATTER, Place(source.name, 1), message, "move it to the first file"
            )
        lines = clean_lines(source.text, source.name, parent.findings)
        context = Context(
            source.name, parent.findings, lines, front.lines, abbreviations=parent.abbreviations
        )
        self.files[path] = source.name
        self.lines[source.name] = lines
        root = read_tree(context)
        self.take(root, context, source.folder, (*chain, path))
        return Included(context, root, source.folder)
