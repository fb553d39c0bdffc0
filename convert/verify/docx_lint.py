"""What is wrong in a Word file that its schema allows: faults that Word repairs in silence, or shows.

Each rule is a generator over the opened file.  The rules hold for every Word file; those of our own
house are in `docx_house`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from convert.regex import regex
from convert.verify.docx_fields import FIELD_RULES
from convert.verify.docx_house import HOUSE_RULES, is_ours
from convert.verify.docx_parts import Fault, R, W, WordFile, open_word, value

__all__ = ["RULES", "lint_docx"]

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_NAME = regex(r"(?!\d)\w{1,40}")

Rule = Callable[[WordFile], Iterator[Fault]]


def lint_docx(path: Path) -> tuple[Fault, ...]:
    """Every fault of the Word file at *path*, in the order of the rules.

    Raises VerifyError when it is no Word file or a part of it is not well-formed.
    """
    opened = open_word(path)
    rules = RULES + (HOUSE_RULES if is_ours(opened) else ())
    return tuple(dict.fromkeys(fault for rule in rules for fault in rule(opened)))


def bookmarks(word: WordFile) -> Iterator[Fault]:
    """Bookmarks: each name and id once, a beginning and an end, a name that Word takes (17.13.6)."""
    names: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    for part, root in word.stories():
        begun: set[str] = set()
        for mark in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            ident = mark.get(f"{W}id", "")
            if mark.tag == f"{W}bookmarkEnd":
                if ident not in begun:
                    yield Fault("bookmark-unclosed", part, f"the bookmark {ident} ends without a beginning")
                begun.discard(ident)
                continue
            name = mark.get(f"{W}name", "")
            if not _NAME.fullmatch(name):
                yield Fault("bookmark-name", part, f"{name!r} is no name for a bookmark")
            # Word takes names without regard to case, and keeps the last of two.
            names[name.lower()] += 1
            ids[ident] += 1
            if names[name.lower()] == 2:
                yield Fault("bookmark-duplicate", part, f"the bookmark {name} stands twice")
            if ids[ident] == 2:
                yield Fault("bookmark-duplicate", part, f"two bookmarks have the id {ident}")
            begun.add(ident)
        for ident in sorted(begun):
            yield Fault("bookmark-unclosed", part, f"the bookmark {ident} has no end")


def anchors(word: WordFile) -> Iterator[Fault]:
    """Links inside the file lead to bookmarks that are there."""
    known = {
        mark.get(f"{W}name", "") for _, root in word.stories() for mark in root.iter(f"{W}bookmarkStart")
    }
    for part, root in word.stories():
        for link in root.iter(f"{W}hyperlink"):
            anchor = link.get(f"{W}anchor")
            if anchor is not None and anchor not in known and anchor != "_top":
                yield Fault("anchor-dead", part, f"a link leads to {anchor}, which is not there")


def relationships(word: WordFile) -> Iterator[Fault]:
    """Relationship ids lead to members of the package whose content type is told (part 2, 6.5)."""
    for name, root in word.roots.items():
        if name.endswith(".rels") or name == "[Content_Types].xml":
            continue
        known = word.relations.get(name, {})
        for element in root.iter():
            for key, ident in element.attrib.items():
                if str(key).startswith(R) and ident and str(ident) not in known:
                    yield Fault("relation-missing", name, f"there is no relationship {ident!s}")
    for name, relations in word.relations.items():
        for ident, (target, outside) in relations.items():
            if not outside and target not in word.members:
                yield Fault(
                    "part-missing", name or "the package", f"{ident} leads to {target}, which is not there"
                )
    for name in sorted(word.members):
        if not name.endswith("/") and name != "[Content_Types].xml" and not word.typed(name):
            yield Fault("content-type", name, "its content type is not told")


def styles(word: WordFile) -> Iterator[Fault]:
    """Every style that something names is there, once, with a name of its own (17.7.4)."""
    root = word.root("styles")
    if root is None:
        return
    known: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for style in root.iter(f"{W}style"):
        known[style.get(f"{W}styleId", "")] += 1
        names[value(style.find(f"{W}name")).lower()] += 1
    for ident, count in [*known.items(), *names.items()]:
        if count > 1:
            yield Fault("style-duplicate", "word/styles.xml", f"the style {ident} stands twice")
    users = [*word.stories(), ("word/styles.xml", root)]
    users += [("word/numbering.xml", lists)] if (lists := word.root("numbering")) is not None else []
    tags = [
        f"{W}{tag}"
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
    ]
    for part, story in users:
        for ident in sorted({value(use) for use in story.iter(*tags)} - known.keys()):
            yield Fault("style-missing", part, f"there is no style {ident}")


def numbering(word: WordFile) -> Iterator[Fault]:
    """Every list that something names is defined (17.9)."""
    root = word.root("numbering")
    numbers: dict[str, str] = {}
    abstracts: set[str] = set()
    if root is not None:
        for number in root.findall(f"{W}num"):
            numbers[number.get(f"{W}numId", "")] = value(number.find(f"{W}abstractNumId"))
        abstracts = {item.get(f"{W}abstractNumId", "") for item in root.findall(f"{W}abstractNum")}
    for ident, abstract in numbers.items():
        if abstract not in abstracts:
            yield Fault(
                "numbering-missing", "word/numbering.xml", f"the list {ident} has no definition {abstract}"
            )
    users = [*word.stories()]
    if (sheet := word.root("styles")) is not None:
        users.append(("word/styles.xml", sheet))
    for part, story in users:
        used = {value(item) for item in story.iter(f"{W}numId")} - {"0"}
        for ident in sorted(used - numbers.keys()):
            yield Fault("numbering-missing", part, f"there is no list {ident}")


def identities(word: WordFile) -> Iterator[Fault]:
    """Ids of paragraphs and drawings: each once in the file, in the range that Word takes."""
    paragraphs: Counter[str] = Counter()
    drawings: Counter[str] = Counter()
    for part, root in word.stories():
        for element in root.iter(f"{W}p", f"{W}tr"):
            ident = element.get(f"{_W14}paraId")
            if ident is None:
                continue
            paragraphs[ident.upper()] += 1
            if paragraphs[ident.upper()] == 2:
                yield Fault("paragraph-id", part, f"two paragraphs have the id {ident}")
            if not re.fullmatch("[0-9A-Fa-f]{8}", ident) or not 0 < int(ident, 16) < 0x80000000:
                yield Fault("paragraph-id", part, f"{ident} is no id for a paragraph")
        for drawing in root.iter(f"{_DRAWING}docPr"):
            ident = drawing.get("id", "")
            drawings[ident] += 1
            if drawings[ident] == 2:
                yield Fault("drawing-id", part, f"two drawings have the id {ident}")


def notes(word: WordFile) -> Iterator[Fault]:
    """Every reference has its note and every note its reference (17.11)."""
    for kind in ("footnote", "endnote"):
        root = word.root(f"{kind}s")
        texts = {
            note.get(f"{W}id", ""): note.get(f"{W}type", "normal")
            for note in (root.findall(f"{W}{kind}") if root is not None else ())
        }
        used: Counter[str] = Counter(
            mark.get(f"{W}id", "") for mark in word.document.iter(f"{W}{kind}Reference")
        )
        for ident, count in used.items():
            if ident not in texts:
                yield Fault("note-missing", "word/document.xml", f"there is no {kind} {ident}")
            if count > 1:
                yield Fault(
                    "note-missing", "word/document.xml", f"the {kind} {ident} is called {count} times"
                )
        for ident, form in texts.items():
            if form == "normal" and ident not in used:
                yield Fault("note-unused", f"word/{kind}s.xml", f"nothing calls the {kind} {ident}")


def tables(word: WordFile) -> Iterator[Fault]:
    """Cells end in a paragraph, rows fill the grid, widths sum up (17.4)."""
    for part, root in word.stories():
        for table in root.iter(f"{W}tbl"):
            grid = [int(column.get(f"{W}w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
            width = table.find(f"{W}tblPr/{W}tblW")
            if (
                width is not None
                and width.get(f"{W}type") == "dxa"
                and int(width.get(f"{W}w", "0")) != sum(grid)
            ):
                yield Fault("table-width", part, "the columns of a table do not sum to its width")
            for row in table.findall(f"{W}tr"):
                yield from _row(row, grid, part)


def _row(row: etree._Element, grid: list[int], part: str) -> Iterator[Fault]:
    at = sum(int(value(row.find(f"{W}trPr/{W}{name}")) or 0) for name in ("gridBefore",))
    for cell in row.iter(f"{W}tc"):
        if cell.getparent() is not row and cell.getparent().getparent() is not row:  # type: ignore[union-attr]
            continue
        if not len(cell) or cell[-1].tag != f"{W}p":
            yield Fault("cell-end", part, "a cell does not end in a paragraph")
        span = int(value(cell.find(f"{W}tcPr/{W}gridSpan")) or 1)
        width = cell.find(f"{W}tcPr/{W}tcW")
        if (
            width is not None
            and width.get(f"{W}type") == "dxa"
            and int(width.get(f"{W}w", "0")) != sum(grid[at : at + span])
        ):
            yield Fault("table-width", part, "a cell is not as wide as its columns")
        at += span
    if at + int(value(row.find(f"{W}trPr/{W}gridAfter")) or 0) != len(grid):
        yield Fault("table-grid", part, "a row does not fill the grid of its table")


RULES: tuple[Rule, ...] = (
    bookmarks, anchors, relationships, styles, numbering, identities, notes, tables, *FIELD_RULES,
)  # fmt: skip
"""What every Word file has to keep."""
