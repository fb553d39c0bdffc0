"""The lines of a source by what they are; the block stage of the reader alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from convert.diagnostics import Findings
from convert.readers.markdown.clean import clean_lines
from convert.readers.markdown.context import Context
from convert.readers.markdown.frontmatter import front_matter
from convert.readers.markdown.machine import Machine
from convert.readers.markdown.patterns import IMAGE_ALONE
from convert.skeleton import Stretch, StretchKind

__all__ = ["skeleton"]

_KINDS = {
    "p": StretchKind.PARAGRAPH,
    "dt": StretchKind.PARAGRAPH,
    "h": StretchKind.HEADING,
    "tr": StretchKind.ROW,
    "verse": StretchKind.VERSE,
    "pre": StretchKind.VERBATIM,
    "math": StretchKind.VERBATIM,
    "raw": StretchKind.VERBATIM,
    "comment": StretchKind.VERBATIM,
    "hr": StretchKind.MARK,
    "toc": StretchKind.MARK,
    "pagebreak": StretchKind.MARK,
    "lines": StretchKind.MARK,
}
_NESTING = frozenset(("blockquote", "li", "note", "dl", "table"))


def skeleton(text: str) -> Sequence[Stretch]:
    """The stretches of *text*, exactly as `convert.readers.markdown.read` cuts it into blocks.

    Raises BookError for front matter that cannot be read.
    """
    context = Context("", Findings(), clean_lines(text, "", Findings()))
    root = Element("div", {"first": "1", "last": "1"})
    machine = Machine(root, context.lines, context)
    for number in range(front_matter(text, "").lines + 1, len(context.lines) + 1):
        machine.feed(number, context.lines[number - 1])
    machine.finish()
    return sorted(_stretches(root, False), key=lambda stretch: (stretch.first, stretch.last))


def _stretches(root: Element, nested: bool) -> Iterator[Stretch]:
    stack = [(root, nested)]
    while stack:
        element, nested = stack.pop()
        kind = _KINDS.get(element.tag)
        if kind is None:
            inner = nested or element.tag in _NESTING
            stack += [(child, inner) for child in element]
            continue
        if element.tag == "p":
            kind = _paragraph(element)
        level = int(element.get("level", "0"))
        yield Stretch(kind, int(element.get("first", "1")), int(element.get("last", "1")), level, nested)


def _paragraph(element: Element) -> StretchKind:
    if element.get("caption"):
        return StretchKind.CAPTION
    return StretchKind.FIGURE if IMAGE_ALONE.match(element.text or "") else StretchKind.PARAGRAPH
