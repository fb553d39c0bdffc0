"""A Word file read back: raw OOXML, no writer's code."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from convert.regex import regex
from convert.verify.docx_numbers import Numbers
from convert.verify.docx_styles import BODY_TEXT, Styles
from convert.verify.reading import Entry, Reading, part, squash, unreadable, xml

__all__ = ["read_docx"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rt", f"{W}pPr", f"{W}rPr", f"{W}p", _FALLBACK})
_FOLIO = regex(r"[.…·\s]*[\divxlc]+\s*$")


def read_docx(path: Path) -> Reading:
    """Outline, text, notes and contents field of the Word file at *path*.

    Raises VerifyError when it is no such file.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            root = xml(part(archive, "word/document.xml", path), "word/document.xml", path)
            name = "word/styles.xml"
            styles = Styles(xml(part(archive, name, path), name, path) if name in names else None)
            name = "word/numbering.xml"
            lists = xml(part(archive, name, path), name, path) if name in names else None
            notes = tuple(
                note
                for name in ("word/footnotes.xml", "word/endnotes.xml")
                if name in names
                for note in _notes(xml(part(archive, name, path), name, path), styles.silent)
            )
    except (zipfile.BadZipFile, OSError) as error:
        raise unreadable(path, f"this is no Word file: {error}") from error
    return _reading(path, root, styles, Numbers(lists, styles.numbers), notes)


def _reading(
    path: Path, root: etree._Element, styles: Styles, numbers: Numbers, notes: tuple[str, ...]
) -> Reading:
    """The text as Word shows it: before a heading stands the number that Word counts."""
    outline: list[Entry] = []
    contents: list[str] = []
    text: list[str] = []
    for paragraph in root.iter(f"{W}p"):
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        shown = "".join(_text(paragraph, styles.silent))
        name = styles.name(style)
        if re.fullmatch(r"toc \d", name):
            title, tab, _ = shown.rpartition("\t")
            contents.append(squash(title if tab else _FOLIO.sub("", shown)))
            continue
        if name in ("toc heading", "table of figures"):
            continue
        own = _value(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        level = int(own) if own.isdigit() else styles.level(style)
        if level < BODY_TEXT:
            title = "".join(_text(paragraph, styles.silent - styles.formulas))
            number = numbers.before(paragraph, style) if title.strip() else ""
            shown = f"{number} {shown}"
            if title.strip():
                outline.append(Entry(level, " ".join(f"{number} {title}".split())))
        text.append(squash(shown))
    top = min((entry.level for entry in outline), default=0)
    entries = tuple(Entry(entry.level - top + 1, entry.title) for entry in outline)
    return Reading(path, "docx", entries, "".join(text), notes, tuple(contents))


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _text(paragraph: etree._Element, silent: frozenset[str]) -> Iterator[str]:
    """What a paragraph shows: struck-out revisions, ruby text, paragraphs inside it left out.

    *silent* are the character styles of what is no text: note marks (a second call of a note is a field
    that shows one), page numbers, which only editions with pages tell, and formulas as TeX, which each
    edition shows in its own way.
    """
    stack = list(paragraph)[::-1]
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == f"{W}t":
            yield element.text or ""
        elif tag == f"{W}tab":
            yield "\t"
        elif tag in (f"{W}br", f"{W}cr"):
            yield " "
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}r" and _value(element.find(f"{W}rPr/{W}rStyle")) in silent:
            continue
        elif tag not in _SKIPPED:
            stack.extend(list(element)[::-1])


def _notes(root: etree._Element, silent: frozenset[str]) -> Iterator[str]:
    for note in root:
        if note.get(f"{W}type") in (None, "normal"):
            yield squash("".join(piece for line in note.iter(f"{W}p") for piece in _text(line, silent)))
