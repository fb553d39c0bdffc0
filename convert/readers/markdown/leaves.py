"""What becomes of a leaf's lines when it closes, and of a line inside one that stays open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from convert.diagnostics import Code
from convert.readers.markdown.attributes import ATTRIBUTES, parse_attributes, split_trailing
from convert.readers.markdown.cells import split_row
from convert.readers.markdown.context import Abbreviated, Reference
from convert.readers.markdown.patterns import ABBREVIATION, ANSWER_LINES, CAPTION, REFERENCE
from convert.readers.markdown.state import Leaf, LeafKind

if TYPE_CHECKING:
    from convert.readers.markdown.machine import Machine

__all__ = ["add_row", "close_leaf", "table_row", "take_verbatim", "verse_line"]

_VERSE = re.compile(r"\|(?: |$)")


def take_verbatim(machine: Machine, leaf: Leaf) -> int:
    """Give the line to a fence, formula, comment or raw HTML.

    The position where the text after the leaf's end begins, or -1 when nothing of the line is left.
    """
    line, pos = machine.line, machine.pos
    if leaf.kind is LeafKind.FENCE:
        rest = line[pos:].lstrip(" ")
        indent = len(line) - pos - len(rest)
        mark = rest.rstrip()
        if indent < 4 and len(mark) >= len(leaf.mark) and mark == leaf.mark[0] * len(mark) and mark:
            leaf.ended = True
            machine.close_leaf()
            return -1
        # Tabs are kept where no container stands before them.
        text = machine.raw if pos == 0 else line[pos:]
        drop = min(leaf.indent, len(text) - len(text.lstrip(" ")))
        leaf.lines.append(text[drop:])
        return -1
    text = line[pos:]
    at = text.lower().find(leaf.mark)
    if at < 0:
        leaf.lines.append(text)
        return -1
    end = at + len(leaf.mark)
    leaf.lines.append(text[: at if leaf.kind is LeafKind.MATH else end])
    leaf.ended = True
    rest = text[end:]
    if leaf.kind is LeafKind.MATH and ATTRIBUTES.fullmatch(rest.strip()):
        leaf.element.set("attr", rest.strip())
        rest = ""
    machine.close_leaf()
    return pos + end if rest.strip() else -1


def close_leaf(machine: Machine, leaf: Leaf) -> None:
    """Put what *leaf* gathered into its element."""
    element = leaf.element
    element.set("last", str(leaf.last))
    match leaf.kind:
        case LeafKind.PARAGRAPH:
            _close_paragraph(machine, leaf)
        case LeafKind.CODE:
            while leaf.lines and not leaf.lines[-1].strip():
                leaf.lines.pop()
            element.text = "\n".join(leaf.lines)
        case LeafKind.FENCE:
            element.text = "\n".join(leaf.lines)
            if not leaf.ended:
                message = "this code is never closed; all that follows became code"
                hint = f"end it with a line of {leaf.mark}"
                machine.context.warn(Code.FENCE_UNCLOSED, leaf.first, message, hint)
        case LeafKind.MATH:
            element.text = "\n".join(leaf.lines).strip()
        case LeafKind.RAW:
            element.text = "\n".join(leaf.lines)
        case LeafKind.COMMENT if leaf.ended:
            _drop(machine, element)
        case LeafKind.COMMENT:
            element.tag = "p"
            element.text = "\n".join(leaf.lines)
        case LeafKind.TABLE | LeafKind.VERSE:
            pass


def _drop(machine: Machine, element: Element) -> None:
    """Take out a block that is still the last of its container."""
    for container in reversed(machine.stack):
        if len(container.element) and container.element[-1] is element:
            del container.element[-1]
            return


def _close_paragraph(machine: Machine, leaf: Leaf) -> None:
    element = leaf.element
    text = "\n".join(leaf.lines)
    first = leaf.first
    if text.startswith(("[", "*[")):
        text, used = _take_definitions(machine, text, first)
        first += used
        element.set("first", str(first))
        if not text.strip():
            _drop(machine, element)
            return
    text = text.rstrip()
    lines = text.rsplit("\n", 1)
    if ATTRIBUTES.fullmatch(lines[-1]):
        given = parse_attributes(lines[-1])
        if given.get("lines").isdigit():
            _answer_lines(machine, element, leaf, lines, int(given.get("lines")))
            return
        if len(lines) == 2:
            text = lines[0].rstrip()
            element.set("attr", lines[1])
    elif (match := ANSWER_LINES.fullmatch(text)) and any(c.element.tag == "div" for c in machine.stack[1:]):
        element.tag = "lines"
        element.set("count", match[1] or "3")
        return
    elif CAPTION.match(text):
        element.set("caption", "1")
        text, given_here = split_trailing(text)
        element.set("attr", given_here)
    element.text = text


def _answer_lines(machine: Machine, element: Element, leaf: Leaf, lines: list[str], count: int) -> None:
    """``{lines=3}``, alone or as the last line of a paragraph."""
    if len(lines) == 1:
        element.tag = "lines"
        element.set("count", str(count))
        return
    element.text = lines[0].rstrip()
    element.set("last", str(leaf.last - 1))
    for container in reversed(machine.stack):
        if len(container.element) and container.element[-1] is element:
            ruled = SubElement(container.element, "lines", {"count": str(count)})
            ruled.set("first", str(leaf.last))
            ruled.set("last", str(leaf.last))
            return


def _take_definitions(machine: Machine, text: str, first: int) -> tuple[str, int]:
    """Link references and abbreviations at the head of a paragraph; the rest, and the lines they took."""
    context = machine.context
    at = 0
    used = 0
    while True:
        if match := REFERENCE.match(text, at):
            label = " ".join(match[1].split()).casefold()
            title = (match[4] or "")[1:-1]
            known = label in context.references
            context.references.setdefault(label, Reference(match[2] or match[3] or "", title, first + used))
        elif match := ABBREVIATION.match(text, at):
            label = match[1]
            known = label in context.abbreviations
            context.abbreviations.setdefault(label, Abbreviated(match[2].strip(), first + used))
        else:
            return text[at:], used
        if known:
            context.repeated.append((label, first + used))
        used += match[0].count("\n")
        at = match.end()


def verse_line(machine: Machine, leaf: Leaf) -> bool:
    """Take one more line of verse; False when the line is none."""
    line = machine.line
    if machine.indent < 4 and _VERSE.match(line, machine.start):
        text = line[machine.start + 1 :].rstrip()
        text = text[1:] if text.startswith(" ") else text
        inner = text.lstrip(" ")
        child = SubElement(leaf.element, "line")
        child.text = "\u00a0" * (len(text) - len(inner)) + inner
    elif line[machine.pos : machine.pos + 1] == " " and len(leaf.element):
        last = leaf.element[-1]
        last.text = f"{last.text or ''}\n{line[machine.start :].rstrip()}"
    else:
        return False
    return True


def table_row(machine: Machine, leaf: Leaf) -> bool:
    """Take one more row of a table; a row longer than the head keeps its text in the last cell."""
    width = int(leaf.element.get("columns", "1"))
    cells = split_row(machine.line[machine.start :])
    while len(cells) > width and not cells[-1].strip():
        del cells[-1]
    if len(cells) > width:
        cells[width - 1 :] = [" | ".join(cell.strip() for cell in cells[width - 1 :])]
        message = f"this row has more than the {width} cells of the table's head"
        machine.context.warn(Code.TABLE_SHAPE, machine.number, message, "write \\| for a pipe in a cell")
    cells += [" "] * (width - len(cells))
    add_row(leaf.element, cells, machine.number, "0")
    return True


def add_row(table: Element, cells: list[str], number: int, head: str) -> None:
    """Append a row; a cell of no character at all is marked as joined to the one before it."""
    row = SubElement(table, "tr", {"first": str(number), "last": str(number), "head": head})
    for at, text in enumerate(cells):
        cell = SubElement(row, "td", {"first": str(number), "last": str(number)})
        if text == "" and at:
            cell.set("joined", "1")
        cell.text = text.strip()
