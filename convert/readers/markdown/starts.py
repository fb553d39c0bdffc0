"""How a block begins: for each first character of a line, the functions that try it, in order.

Each takes the machine with `start` on the line's first character that is no blank, and says whether it
used the line up, opened a container, or is no such block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from convert.diagnostics import Code
from convert.readers.markdown import htmlblocks
from convert.readers.markdown import patterns as p
from convert.readers.markdown.attributes import ATTRIBUTES, parse_attributes, split_trailing
from convert.readers.markdown.cells import split_row
from convert.readers.markdown.kinds import generated_kind, is_kind
from convert.readers.markdown.leaves import add_row, verse_line
from convert.readers.markdown.state import Leaf, LeafKind, OpenKind, Step
from convert.regex import regex

if TYPE_CHECKING:
    from convert.readers.markdown.machine import Machine

__all__ = ["STARTS"]

_CLOSING_HASHES = regex(r"(?:^|[ \t])#+[ \t]*$")
_MATH_LINES = 200


def heading(m: Machine) -> Step:
    """``# …``"""
    match = p.ATX.match(m.line, m.start)
    if match is None:
        return Step.NO
    rest = _CLOSING_HASHES.sub("", m.line[match.end() :].strip())
    rest, attributes = split_trailing(rest)
    element = m.begin("h")
    element.set("level", str(len(match[1])))
    _heading_attributes(element, attributes)
    element.text = _CLOSING_HASHES.sub("", rest).strip(" \t\u3000")
    if rest and match.end() == match.end(1):
        place = m.context.place(m.number, m.number, rest)
        message = f"there is no blank after {match[1]}; this is taken for a heading"
        m.context.warn(Code.HEADING_DOUBTFUL, place, message, f"write {match[1]} and a blank, or \\#")
    return Step.DONE


def setext(m: Machine) -> Step:
    """A paragraph underlined with ``===`` or ``---``."""
    if not (m.in_paragraph and m.inside) or p.SETEXT.match(m.line, m.start) is None:
        return Step.NO
    leaf = m.leaf
    assert leaf is not None
    m.close_leaf()
    element = m.previous
    if element is None or element is not leaf.element or element.tag != "p":
        return Step.NO  # the paragraph was definitions only
    text, attributes = split_trailing(element.text or "")
    element.tag = "h"
    element.text = text
    element.set("level", "1" if m.line[m.start] == "=" else "2")
    _heading_attributes(element, element.get("attr", "") + attributes)
    element.set("last", str(m.number))
    if "\n" in text or text.endswith(("。", "；", "！", "？")):
        message = "the line below makes a heading of this text"
        m.context.warn(Code.HEADING_DOUBTFUL, leaf.first, message, "put a blank line before the rule")
    return Step.DONE


def _heading_attributes(element: Element, attributes: str) -> None:
    """The attributes of a heading; a subtitle becomes an element, since it may hold inline syntax."""
    element.set("attr", attributes)
    subtitle = parse_attributes(attributes).get("subtitle").strip()
    if subtitle:
        line = element.get("first", "1")
        SubElement(element, "subtitle", {"first": line, "last": line}).text = subtitle


def rule(m: Machine) -> Step:
    """``***``, ``- - -``, ``___``; in a study block a line of underscores is one to write on."""
    text = m.line[m.start :].replace(" ", "")
    if len(text) < 3 or text != text[0] * len(text):
        return Step.NO
    if text[0] == "_" and any(c.kind is OpenKind.DIVISION for c in m.stack[: m.matched]):
        return Step.NO
    m.begin("hr")
    return Step.DONE


def quote(m: Machine) -> Step:
    """``> …``"""
    if m.too_deep():
        return Step.NO
    after = m.start + 1
    m.enter(OpenKind.QUOTE, "blockquote", after + (m.line[after : after + 1] == " "))
    return Step.INSIDE


def item(m: Machine) -> Step:
    """``- …``, ``1. …``, ``1) …``"""
    bullet = p.BULLET.match(m.line, m.start)
    match = bullet or p.ORDERED.match(m.line, m.start)
    if match is None:
        return Step.NO
    ordered = bullet is None
    marker = match[2] if ordered else match[1]
    rest = m.line[match.end() :]
    text = rest.lstrip(" ")
    if m.in_paragraph and m.inside and (not text or (ordered and int(match[1]) != 1)):
        return Step.NO
    if m.too_deep():
        return Step.NO
    spaces = len(rest) - len(text)
    after = 1 if spaces > 4 or not text else spaces
    content = match.end() + after
    indent = content - m.pos
    here = m.stack[m.matched - 1]
    if here.kind is not OpenKind.LIST or here.marker != marker:
        if here.kind is OpenKind.LIST:
            m.matched -= 1
        element = m.enter(OpenKind.LIST, "ol" if ordered else "ul", m.pos, 0, marker)
        if ordered:
            element.set("start", match[1])
            element.set("delimiter", marker)
    entered = m.enter(OpenKind.ITEM, "li", min(content, len(m.line)), indent)
    task = p.TASK.match(m.line, content)
    if task and text:
        entered.set("checked", "0" if task[1] == " " else "1")
        m.pos = task.end() + 1
    return Step.INSIDE


def fence(m: Machine) -> Step:
    """Three or more backticks or tildes."""
    match = p.FENCE.match(m.line, m.start)
    if match is None:
        return Step.NO
    element = m.begin("pre")
    element.set("info", (match[2] or match[4] or "").strip())
    mark = match[1] or match[3]
    m.leaf = Leaf(LeafKind.FENCE, element, m.number, m.number, indent=m.indent, mark=mark)
    return Step.DONE


def division(m: Machine) -> Step:
    """``::: kind title {attributes}`` and the ``:::`` that ends it."""
    line = m.line
    if p.DIVISION_CLOSE.match(line, m.start):
        for at in range(m.matched - 1, 0, -1):
            if m.stack[at].kind is OpenKind.DIVISION:
                m.stack[at].element.set("closed", "1")
                m.stack[at].last = m.number
                m.close_to(at)
                m.matched = len(m.stack)
                return Step.DONE
        return Step.NO
    match = p.DIVISION_OPEN.match(line, m.start)
    if match is None or m.too_deep():
        return Step.NO
    kind, rest = match[1] or "", match[2]
    rest, attributes = split_trailing(rest)
    if kind == "answer-lines":
        ruled = m.begin("lines")
        ruled.set("count", rest if rest.isdigit() else parse_attributes(attributes).get("count") or "3")
        # Its closing line, when there is one, holds nothing.
        if m.line_after().startswith(":::") and p.DIVISION_CLOSE.match(m.line_after()):
            m.skip_next()
        return Step.DONE
    if not kind and not attributes:
        return Step.NO
    element = m.enter(OpenKind.DIVISION, "div", len(line))
    element.set("kind", kind)
    element.set("attr", attributes)
    if rest:
        _title(element, rest, m.number)
    return Step.INSIDE


def _title(element: Element, text: str, number: int) -> None:
    title = SubElement(element, "title", {"first": str(number), "last": str(number)})
    title.text = text


def admonition(m: Machine) -> Step:
    """``!!! kind "title"`` with its text indented by four."""
    match = p.ADMONITION.match(m.line, m.start)
    if match is None or m.too_deep():
        return Step.NO
    element = m.enter(OpenKind.INDENTED, "div", len(m.line), 4)
    element.set("kind", match[1])
    classes = match[2].split()
    if not is_kind(match[1]):
        element.set("kind", "note")
        classes.insert(0, match[1])
    element.set("attr", "{" + " ".join("." + name for name in classes) + "}" if classes else "")
    if match[3]:
        _title(element, match[3], m.number)
    return Step.INSIDE


def tab(m: Machine) -> Step:
    """``=== "title"`` with its text indented by four: one of several versions; all are shown."""
    match = p.TAB.match(m.line, m.start)
    if match is None or m.too_deep():
        return Step.NO
    element = m.enter(OpenKind.INDENTED, "div", len(m.line), 4)
    element.set("kind", "tab")
    _title(element, match[1], m.number)
    return Step.INSIDE


def include(m: Machine) -> Step:
    """``--8<-- "file.md"`` or ``{{include: file.md}}`` alone in its line."""
    match = p.INCLUDE.match(m.line, m.start)
    if match is None or m.in_paragraph:
        return Step.NO
    element = m.begin("include")
    element.set("path", match[1] or match[2])
    element.text = m.line[m.start :].rstrip()
    return Step.DONE


def note_definition(m: Machine) -> Step:
    """``[^label]: …``"""
    match = p.NOTE_DEFINITION.match(m.line, m.start)
    if match is None or m.too_deep():
        return Step.NO
    label = match[1]
    known = m.context.notes.setdefault(label, m.number)
    element = m.enter(OpenKind.INDENTED, "note", min(match.end(), len(m.line)), 4)
    element.set("label", label)
    if known != m.number:
        element.set("again", "1")
        message = f"the note {label} is defined a second time; line {known} was first"
        m.context.warn(Code.NOTE_DUPLICATE, m.number, message, "give it a label of its own")
    return Step.INSIDE


def definition(m: Machine) -> Step:
    """``: …`` under a term; under a table or an image alone it is a caption, and text elsewhere."""
    match = p.DEFINITION.match(m.line, m.start)
    if match is None:
        return Step.NO
    leaf = m.leaf
    if m.in_paragraph and m.inside:
        assert leaf is not None
        if p.IMAGE_ALONE.match(leaf.lines[-1]) and len(leaf.lines) == 1:
            m.close_leaf()
            return Step.NO
    elif m.in_paragraph and (m.previous is None or m.previous.tag != "dl"):
        return Step.NO
    m.close_leaf_if_left()
    before = m.previous
    if before is None or m.too_deep():
        return Step.NO
    if before.tag == "dl":
        holder = before[-1]
    elif before.tag == "p" and not before.get("caption") and _is_term(m, before):
        holder = _term_to_item(m, before)
    else:
        return Step.NO
    content = match.end()
    blank, m.blank = m.blank, False
    element = m.enter(OpenKind.INDENTED, "dd", content, min(4, content - m.pos))
    m.blank = blank
    parent = m.stack[-2].element
    parent.remove(element)
    holder.append(element)
    for part in (holder, parent[-1]):
        part.set("last", str(m.number))
    return Step.INSIDE


def _is_term(m: Machine, before: Element) -> bool:
    """A paragraph right above, or of one line with one blank line between."""
    text = before.text or ""
    gap = m.number - int(before.get("last", "0"))
    return not p.IMAGE_ALONE.match(text) and (gap == 1 or (gap == 2 and "\n" not in text))


def _term_to_item(m: Machine, paragraph: Element) -> Element:
    parent = m.parent.element
    del parent[-1]
    lines = {"first": paragraph.get("first", ""), "last": paragraph.get("last", "")}
    before = parent[-1] if len(parent) else None
    if before is not None and before.tag == "dl":
        holder = SubElement(before, "di", lines)
    else:
        holder = SubElement(SubElement(parent, "dl", lines), "di", lines)
    term = SubElement(holder, "dt", lines)
    term.text = paragraph.text
    return holder


def table(m: Machine) -> Step:
    """The row of dashes under a table's head."""
    if not (m.in_paragraph and m.inside) or p.DELIMITER_ROW.match(m.line, m.start) is None:
        return Step.NO
    leaf = m.leaf
    assert leaf is not None
    head = split_row(leaf.lines[-1])
    marks = split_row(m.line, m.start)
    if len(head) != len(marks) or "|" not in leaf.lines[-1]:
        return Step.NO
    leaf.lines.pop()
    if leaf.lines:
        leaf.last = m.number - 2
        m.close_leaf()
    else:
        del m.parent.element[-1]
        m.leaf = None
    element = m.begin("table")
    element.set("first", str(m.number - 1))
    element.set("columns", str(len(marks)))
    element.set("align", ",".join(_alignment(mark.text.strip()) for mark in marks))
    add_row(element, head, m.number - 1, "1")
    m.leaf = Leaf(LeafKind.TABLE, element, m.number - 1, m.number)
    return Step.DONE


def _alignment(mark: str) -> str:
    left, right = mark.startswith(":"), mark.endswith(":")
    return "centre" if left and right else "left" if left else "right" if right else "default"


def verse(m: Machine) -> Step:
    """``| a line`` of verse, when it is no row of a table."""
    line = m.line[m.start :].rstrip()
    if m.in_paragraph or not (line == "|" or line.startswith("| ")):
        return Step.NO
    if line.endswith("|") and len(line) > 1:
        return Step.NO
    after = m.line_after()
    if "|" in line[1:] and after[:1] in "|:-" and p.DELIMITER_ROW.match(after):
        return Step.NO
    leaf = Leaf(LeafKind.VERSE, m.begin("verse"), m.number, m.number)
    m.leaf = leaf
    verse_line(m, leaf)
    return Step.DONE


def math(m: Machine) -> Step:
    """``$$ … $$`` on lines of its own."""
    text = m.line[m.start :].rstrip()
    if not text.startswith("$$"):
        return Step.NO
    text, attributes = split_trailing(text)
    if len(text) > 4 and text.find("$$", 2) == len(text) - 2:
        element = m.begin("math")
        element.text = text[2:-2].strip()
        element.set("attr", attributes)
        return Step.DONE
    end = m.next_with("$$")
    if "$$" in text[2:] or attributes or not 0 < end - m.number <= _MATH_LINES:
        return Step.NO
    if any(not line.strip(" >") for line in m.lines_until(end)):
        return Step.NO
    m.leaf = Leaf(LeafKind.MATH, m.begin("math"), m.number, m.number, mark="$$")
    if text[2:].strip():
        m.leaf.lines.append(text[2:].strip())
    return Step.DONE


def generated(m: Machine) -> Step:
    """``[TOC]``, ``[ANSWERS]``, ``[INDEX]`` … alone in its line."""
    match = None if m.in_paragraph else p.GENERATED.match(m.line, m.start)
    kind = generated_kind(match[1]) if match else None
    if kind is None:
        return Step.NO
    element = m.begin("generated")
    element.set("kind", kind.value)
    element.text = m.line[m.start :].rstrip()
    return Step.DONE


def page_break(m: Machine) -> Step:
    r"""``\newpage`` or ``<!-- pagebreak -->``."""
    if p.PAGE_BREAK.match(m.line, m.start) is None:
        return Step.NO
    m.begin("pagebreak")
    return Step.DONE


def attributes(m: Machine) -> Step:
    """A line of attributes right under a table, code, formula or verse."""
    if m.blank or m.in_paragraph or m.previous is None:
        return Step.NO
    text = m.line[m.start :].rstrip()
    before = m.previous
    if before.tag not in (
        "table",
        "pre",
        "math",
        "blockquote",
        "ul",
        "ol",
        "verse",
    ) or not ATTRIBUTES.fullmatch(text):
        return Step.NO
    m.close_leaf_if_left()
    before.set("attr", f"{before.get('attr', '')} {text}")
    before.set("last", str(m.number))
    return Step.DONE


Start = Callable[["Machine"], Step]

STARTS: Mapping[str, tuple[Start, ...]] = {
    "#": (heading,),
    "=": (setext, tab),
    "-": (table, setext, rule, item, include, page_break),
    "*": (rule, item),
    "_": (rule,),
    "+": (item,),
    ">": (quote,),
    "`": (fence,),
    "~": (fence,),
    ":": (table, division, definition),
    "!": (admonition,),
    "?": (admonition,),
    "[": (note_definition, generated),
    "|": (table, verse),
    "$": (math,),
    "\\": (page_break,),
    "{": (attributes, include),
    "<": (page_break, htmlblocks.begin),
} | dict.fromkeys("0123456789", (item,))
"""By the first character of the line."""
