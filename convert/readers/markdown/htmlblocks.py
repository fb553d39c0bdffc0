"""HTML at the head of a line: containers, comments, raw tables and code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convert.diagnostics import Code
from convert.readers.markdown import patterns as p
from convert.readers.markdown.htmlcut import end_of_raw
from convert.readers.markdown.state import Leaf, LeafKind, OpenKind, Step
from convert.regex import regex

if TYPE_CHECKING:
    from convert.readers.markdown.machine import Machine

__all__ = ["begin", "tag_attributes"]

_BY_BLOCK = frozenset(("p",))
_ENDED_BY = {
    "li": frozenset(("p", "li")),
    "dt": frozenset(("p", "dt", "dd")),
    "dd": frozenset(("p", "dt", "dd")),
}
"""Open elements that the start of another ends (WHATWG HTML 13.1.2.4)."""

_ATTRIBUTE = regex(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>]+)))?""")


def tag_attributes(text: str) -> dict[str, str]:
    """The attributes inside an HTML tag, names in small letters."""
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(text)}


def begin(m: Machine) -> Step:
    """A line that begins with ``<``."""
    line, start = m.line, m.start
    if line.startswith("<!--", start):
        return _comment(m)
    if line.startswith("</", start):
        return _close(m)
    if match := p.HTML_BLOCK.match(line, start):
        return _open(m, match)
    if rule := p.HTML_RULE.match(line, start):
        m.begin("hr")
        m.pos = rule.end()
        return Step.INSIDE
    if match := p.HTML_RAW.match(line, start):
        return _raw(m, match[1].lower())
    return Step.NO


def _comment(m: Machine) -> Step:
    """A comment; one that begins in a paragraph, or has text after it in its line, is the inline rules' job."""
    at = m.line.find("-->", m.start)
    if at >= 0:
        if m.in_paragraph or m.line[at + 3 :].strip():
            return Step.NO
        page = p.PAGE_MARK.fullmatch(m.line[m.start : at + 3])
        if page is not None:
            m.begin("page").set("value", page[1])
        else:
            m.close_leaf_if_left()
        return Step.DONE
    if not m.next_with("-->"):
        message = "this comment is never closed; it is kept as text"
        m.context.warn(Code.HTML_UNCLOSED, m.number, message, "end it with -->")
        return Step.NO
    m.leaf = Leaf(LeafKind.COMMENT, m.begin("comment"), m.number, m.number, mark="-->")
    return Step.DONE


def _close(m: Machine) -> Step:
    """``</div>`` of a container that is open."""
    match = p.HTML_CLOSE.match(m.line, m.start)
    if match is None:
        return Step.NO
    tag = match[1].lower()
    for at in range(m.matched - 1, 0, -1):
        container = m.stack[at]
        if container.kind is OpenKind.HTML and container.marker == tag:
            container.element.set("closed", "1")
            container.last = m.number
            m.close_to(at)
            m.matched = len(m.stack)
            m.pos = match.end()
            return Step.INSIDE
    return Step.NO


def _open(m: Machine, match: re.Match[str]) -> Step:
    """``<div>``: its element becomes a container; one whose end tag was left out ends here."""
    tag = match[1].lower()
    here = m.stack[m.matched - 1]
    while here.kind is OpenKind.HTML and here.marker in _ENDED_BY.get(tag, _BY_BLOCK):
        m.matched -= 1
        here = m.stack[m.matched - 1]
    if m.too_deep():
        return Step.NO
    element = m.enter(OpenKind.HTML, "html", match.end(), -1, marker=tag)
    element.set("tag", tag)
    for name, value in tag_attributes(match[2]).items():
        if name in ("class", "id", "lang", "start", "type"):
            element.set(name, value)
    if match[0].endswith("/>"):
        element.set("closed", "1")
        m.close_to(len(m.stack) - 1)
        m.matched = len(m.stack)
    return Step.INSIDE


def _raw(m: Machine, tag: str) -> Step:
    """A table, or code, as HTML: kept as it is until its end tag."""
    end, opened = end_of_raw(tag, m.line, m.start, 0)
    if end < 0 and not m.next_with(f"</{tag}>"):
        message = f"<{tag}> is never closed; it is kept as text"
        m.context.warn(Code.HTML_UNCLOSED, m.number, message, f"end it with </{tag}>")
        return Step.NO
    element = m.begin("raw")
    element.set("tag", tag)
    if end >= 0:
        element.text = m.line[m.start : end]
        m.pos = end
        return Step.INSIDE
    m.leaf = Leaf(LeafKind.RAW, element, m.number, m.number, [m.line[m.start :]], opened, tag)
    return Step.DONE
