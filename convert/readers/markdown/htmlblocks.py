"""HTML at the head of a line: containers that become divisions, comments, raw tables and code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convert.diagnostics import Code
from convert.readers.markdown import patterns as p
from convert.readers.markdown.state import Leaf, LeafKind, OpenKind, Step

if TYPE_CHECKING:
    from convert.readers.markdown.machine import Machine

__all__ = ["begin", "tag_attributes"]

_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>]+)))?""")


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
        if m.too_deep():
            return Step.NO
        tag = match[1].lower()
        given = tag_attributes(match[2])
        element = m.enter(OpenKind.HTML, "html", match.end(), marker=tag)
        assert element is not None
        element.set("tag", tag)
        for name in ("class", "id", "lang"):
            element.set(name, given.get(name, ""))
        _close_in_line(m, tag)
        return Step.INSIDE
    if match := p.HTML_HEADING.match(line, start):
        element = m.begin("h")
        element.set("level", match[1])
        identifier = tag_attributes(match[2]).get("id", "")
        element.set("attr", f"{{#{identifier}}}" if identifier else "")
        element.text = match[3].strip()
        return Step.DONE
    if p.HTML_RULE.match(line, start):
        m.begin("hr")
        return Step.DONE
    if match := p.HTML_RAW.match(line, start):
        return _raw(m, match[1].lower())
    return Step.NO


def _comment(m: Machine) -> Step:
    """A comment; one that begins in a paragraph, or has text after it in its line, is the inline rules' job."""
    at = m.line.find("-->", m.start)
    if at >= 0:
        if m.in_paragraph or m.line[at + 3 :].strip():
            return Step.NO
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


def _close_in_line(m: Machine, tag: str) -> None:
    """``<div>text</div>`` in one line: the end tag gets a line of its own, as far as the machine sees."""
    line = m.line.rstrip()
    if line[m.pos :].lower().endswith(f"</{tag}>"):
        m.line = line[: -len(tag) - 3]
        m.ends_here += 1


def _raw(m: Machine, tag: str) -> Step:
    """A table, or code, as HTML: kept as it is until its end tag."""
    mark = f"</{tag}>"
    rest = m.line[m.start :]
    at = rest.lower().find(mark)
    if at < 0 and not m.next_with(mark):
        message = f"<{tag}> is never closed; it is kept as text"
        m.context.warn(Code.HTML_UNCLOSED, m.number, message, f"end it with {mark}")
        return Step.NO
    element = m.begin("raw")
    element.set("tag", tag)
    if at >= 0:
        element.text = rest[: at + len(mark)]
        m.pos = m.start + at + len(mark)
        return Step.INSIDE
    m.leaf = Leaf(LeafKind.RAW, element, m.number, m.number, [rest], mark=mark)
    return Step.DONE
