"""Python-Markdown's block parser replaced by one that knows lines; see `machine`."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser

from convert.readers.markdown.context import Context
from convert.readers.markdown.htmltable import read_html_table
from convert.readers.markdown.machine import Machine
from convert.readers.markdown.patterns import ALERT

__all__ = ["LineParser"]


class LineParser(BlockParser):
    """A block parser whose every element says its lines in ``first`` and ``last``."""

    def __init__(self, md: Markdown, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:
        """The tree of blocks; the text of its leaves is not read yet."""
        root = self.root = Element(self.md.doc_tag, {"first": "1", "last": "1"})
        all_lines = list(lines)
        machine = Machine(root, all_lines, self.context)
        for number in range(self.context.skip + 1, len(all_lines) + 1):
            machine.feed(number, all_lines[number - 1])
        machine.finish()
        for quote in list(root.iter("blockquote")):
            _alert(quote)
        for raw in list(root.iter("raw")):
            if raw.get("tag") == "table":
                read_html_table(raw, self.context)
        return ElementTree(root)


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
