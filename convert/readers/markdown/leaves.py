"""What becomes of a leaf's lines when it closes, and of a line inside one that stays open."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from convert.diagnostics import Code, Place
from convert.numerals import chinese
from convert.readers.markdown.attributes import ATTRIBUTES, parse_attributes, split_trailing
from convert.readers.markdown.cells import Cell, split_row
from convert.readers.markdown.context import Abbreviated, Reference
from convert.readers.markdown.htmlcut import end_of_raw
from convert.readers.markdown.patterns import (
    ABBREVIATION,
    ANSWER_LINES,
    CAPTION,
    LIST_LABELS,
    REFERENCE,
)
from convert.readers.markdown.state import Leaf, LeafKind
from convert.regex import regex

if TYPE_CHECKING:
    from convert.readers.markdown.machine import Machine

__all__ = ["add_row", "close_leaf", "table_row", "take_verbatim", "verse_line"]

_LABELLED = frozenset(
    "（一二三四五六七八九十百①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
)
"""What the lines of a list with Chinese labels begin with."""
_CHINESE = {chinese(number): number for number in range(1, 200)}
_MISSING = Cell(" ", 0)
"""A cell that the row does not have."""
_VERSE = regex(r"\|(?: |$)")


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
    at, end = _end_of(leaf, text)
    if at < 0:
        leaf.lines.append(text)
        return -1
    leaf.lines.append(text[: at if leaf.kind is LeafKind.MATH else end])
    leaf.ended = True
    rest = text[end:]
    if leaf.kind is LeafKind.MATH and ATTRIBUTES.fullmatch(rest.strip()):
        leaf.element.set("attr", rest.strip())
        rest = ""
    machine.close_leaf()
    return pos + end if rest.strip() else -1


def _end_of(leaf: Leaf, text: str) -> tuple[int, int]:
    """Where what ends the leaf stands in *text*; -1 for nowhere."""
    if leaf.kind is LeafKind.RAW:
        end, leaf.indent = end_of_raw(leaf.mark, text, 0, leaf.indent)
        return end, end
    at = text.find(leaf.mark)
    return at, at + len(leaf.mark)


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
    elif (
        text[:1] in _LABELLED and "\n" in text and _list_of_labels(machine, element, text.split("\n"), first)
    ):
        return
    elif CAPTION.match(text):
        element.set("caption", "1")
        text, given_here = split_trailing(text)
        element.set("attr", given_here)
    element.text = text


def _list_of_labels(machine: Machine, element: Element, lines: list[str], first: int) -> bool:
    """Lines that all begin with labels of one kind, counting on: the paragraph is a list.

    A paragraph of such lines that do not count on stays one, with a finding: its lines will run on.
    """
    for pattern, style, delimiter in LIST_LABELS:
        labels = [pattern.match(line) for line in lines]
        if not all(labels):
            continue
        found = [label for label in labels if label is not None]
        numbers = [_numeral(label[1]) for label in found]
        if any(number != numbers[0] + at for at, number in enumerate(numbers)):
            message = "these labels do not count on; the lines run on in one paragraph"
            hint = "count on from the first, or leave blank lines between"
            machine.context.warn(Code.LIST_DOUBTFUL, first, message, hint)
            return False
        element.tag = "ol"
        element.set("start", str(numbers[0]))
        element.set("style", style)
        element.set("delimiter", delimiter)
        for at, label in enumerate(found):
            span = {"first": str(first + at), "last": str(first + at)}
            SubElement(SubElement(element, "li", span), "p", span).text = lines[at][label.end() :]
        return True
    return False


def _numeral(text: str) -> int:
    """The number that a label says; 0 for a Chinese one of another shape than quire writes."""
    if text.isdecimal():
        return int(text)
    return _CHINESE[text] if text in _CHINESE else int(unicodedata.numeric(text, 0)) if len(text) == 1 else 0


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
            made = Reference(label, match[2] or match[3] or "", title, context.file, first + used)
            context.references.setdefault(label, made)
        elif match := ABBREVIATION.match(text, at):
            label = match[1]
            known = label in context.abbreviations
            short = Abbreviated(label, match[2].strip(), context.file, first + used)
            context.abbreviations.setdefault(label, short)
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
        child = SubElement(leaf.element, "line", {"first": str(machine.number), "last": str(machine.number)})
        child.set("col", str(len(line.rstrip()) - len(text)))
        child.text = "\u00a0" * (len(text) - len(inner)) + inner
    elif line[machine.pos : machine.pos + 1] == " " and len(leaf.element):
        last = leaf.element[-1]
        last.set("last", str(machine.number))
        last.text = f"{last.text or ''}\n{line[machine.start :].rstrip()}"
    else:
        return False
    return True


def table_row(machine: Machine, leaf: Leaf) -> bool:
    r"""Take one more line of a table; a row longer than the head keeps its text in the last cell.

    A line that ends in a backslash goes on in the next: after its last pipe, cell by cell; else the last
    cell does.
    """
    line = machine.line.rstrip()
    goes_on, leaf.mark = leaf.mark, ""
    # An even number of backslashes are so many characters.
    if (len(line) - len(line.rstrip("\\"))) % 2:
        line = line[:-1].rstrip()
        leaf.mark = "row" if line.endswith("|") else "cell"
    if goes_on == "cell":
        return _cell_goes_on(machine, leaf, line)
    cells = _fitted(machine, leaf, split_row(line, machine.start))
    if goes_on:
        for cell, more in zip(leaf.element[-1], cells, strict=True):
            _add_line(leaf.element[-1], cell, more.text.strip(), machine.number)
    else:
        add_row(leaf.element, cells, machine.number, "0")
    return True


def _cell_goes_on(machine: Machine, leaf: Leaf, line: str) -> bool:
    """The line's first cell belongs to the last cell before it that holds anything; others follow."""
    row = leaf.element[-1]
    cells = split_row(line, machine.start)
    filled = [at for at, cell in enumerate(row) if cell.get("short") is None]
    at = filled[-1] if filled else 0
    _add_line(row, row[at], cells[0].text.strip(), machine.number)
    more = _fitted(machine, leaf, cells[1:], len(row) - at - 1)
    for cell, given in zip(list(row)[at + 1 :], more, strict=True):
        _fill(cell, given, machine.number)
    return True


def _add_line(row: Element, cell: Element, text: str, number: int) -> None:
    """One more line of a cell; the cell's lines stay in step with those of the source."""
    known = cell.get("tall") or ""
    gap = number - int(cell.get("first", "0")) - (cell.text or "").count("\n")
    cell.text = (cell.text or "") + "\n" * gap + text
    cell.set("tall", known or "1")
    cell.set("last", str(number))
    cell.attrib.pop("short", None)
    row.set("last", str(number))


def _fitted(machine: Machine, leaf: Leaf, cells: list[Cell], width: int = -1) -> list[Cell]:
    """*cells* as many as the table has columns (or *width*)."""
    if width < 0:
        width = int(leaf.element.get("columns", "1"))
    while len(cells) > width and not cells[-1].text.strip():
        del cells[-1]
    if len(cells) > width:
        message = f"this row has more cells than the {leaf.element.get('columns')} of the table's head"
        place = Place(machine.context.file, machine.number, cells[width].at + 1)
        machine.context.warn(Code.TABLE_SHAPE, place, message, "write \\| for a pipe in a cell")
        if not width:
            return []
        words = " | ".join(cell.text.strip() for cell in cells[width - 1 :])
        cells[width - 1 :] = [Cell(words, cells[width - 1].at)]
    return cells + [_MISSING] * (width - len(cells))


def add_row(table: Element, cells: list[Cell], number: int, head: str) -> None:
    """Append a row; a cell of no character at all is marked as joined to the one before it."""
    row = SubElement(table, "tr", {"first": str(number), "last": str(number), "head": head})
    for cell in cells:
        _fill(SubElement(row, "td"), cell, number)


def _fill(cell: Element, given: Cell, number: int) -> None:
    cell.attrib.clear()
    cell.set("first", str(number))
    cell.set("last", str(number))
    cell.set("col", str(given.at))
    if given is _MISSING:
        cell.set("short", "1")
    elif not given.text:
        cell.set("joined", "1")
    cell.text = given.text.strip()
