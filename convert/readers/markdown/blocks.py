"""Python-Markdown's block parser replaced by one that knows lines; see `machine`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser

from convert.diagnostics import Code
from convert.readers.markdown.context import Context
from convert.readers.markdown.htmltable import read_html_table
from convert.readers.markdown.machine import Machine
from convert.readers.markdown.patterns import ALERT
from convert.regex import regex

__all__ = ["LineParser"]

_MAX_TABLES = 4
"""HTML tables inside the cells of HTML tables; a deeper one is text."""
_BLOCK_BEGINS = regex(r"[ ]{0,3}(?:[-+*>][ ]|\d{1,9}[.)][ ]|```|~~~|#{1,6}[ ]|\|)|$", re.MULTILINE)
_TALL = regex(r"<(?:p|div|ul|ol|dl|table|pre|h[1-6]|blockquote|figure|details)[\s>]", re.IGNORECASE)


class LineParser(BlockParser):
    """A block parser whose every element says its lines in ``first`` and ``last``."""

    def __init__(self, md: Markdown, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:
        """The tree of blocks; the text of its leaves is not read yet."""
        root = self.root = Element(self.md.doc_tag, {"first": "1", "last": "1"})
        _read_blocks(root, list(lines), self.context, 1, self.context.skip, 0)
        return ElementTree(root)


def _read_blocks(
    root: Element, lines: list[str], context: Context, first: int, skip: int, tables: int
) -> None:
    """Give *root* the blocks of *lines*, whose numbers count from *first*; *skip* of them are front matter."""
    machine = Machine(root, lines, context, first)
    machine.html = int(root.tag == "td" and not root.get("tall"))
    for at in range(skip, len(lines)):
        machine.feed(first + at, lines[at])
    machine.finish()
    # New elements are put under these while they are gone through.
    for element in list(root.iter()):
        if element.tag == "blockquote":
            _alert(element)
        elif element.tag == "raw" and element.get("tag") == "table":
            if tables < _MAX_TABLES:
                read_html_table(element, context)
                for cell in element.iter("td"):
                    if cell.text and _TALL.search(cell.text):
                        _read_cell(cell, context, tables + 1)
            else:
                context.warn(
                    Code.NESTING_TOO_DEEP, int(element.get("first", "1")), "tables are nested too deep"
                )
        elif element.tag == "td" and element.get("tall"):
            _tall_cell(element, context, tables)


def _read_cell(cell: Element, context: Context, tables: int) -> None:
    """The text of *cell* read as blocks."""
    lines, cell.text = (cell.text or "").split("\n"), None
    cell.set("blocks", "1")
    _read_blocks(cell, lines, context, int(cell.get("first", "1")), 0, tables)


def _tall_cell(cell: Element, context: Context, tables: int) -> None:
    """A cell of several lines: blocks where it has a list or a blank line, else one paragraph, line by line."""
    text = (cell.text or "").rstrip("\n")
    bare = text.lstrip("\n")
    cell.text = bare
    cell.set("first", str(int(cell.get("first", "1")) + len(text) - len(bare)))
    if _BLOCK_BEGINS.search(bare) and "\n" in bare:
        _read_cell(cell, context, tables)
        for paragraph in cell.iter("p"):
            paragraph.text = (paragraph.text or "").replace("\n", "\\\n")
    else:
        cell.text = bare.replace("\n", "\\\n")


def _alert(quote: Element) -> None:
    """``> [!NOTE]`` makes the quote a division (GitHub's alerts)."""
    if not len(quote) or quote[0].tag != "p":
        return
    paragraph = quote[0]
    head, _, rest = (paragraph.text or "").partition("\n")
    match = ALERT.fullmatch(head.strip())
    if match is None:
        return
    quote.tag = "div"
    quote.set("kind", match[1].lower())
    line = paragraph.get("first", "1")
    if rest:
        paragraph.text = rest
        paragraph.set("first", str(int(line) + 1))
    else:
        del quote[0]
    if match[2].strip():
        title = Element("title", {"first": line, "last": line})
        title.text = match[2].strip()
        quote.insert(0, title)
