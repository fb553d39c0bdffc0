"""Notes: marks and notes in pairs, in one file, with a way back, so that they open above the text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from convert.verify.epub_parts import EpubFile, local, words
from convert.verify.fault import Fault
from convert.verify.reading import squash

__all__ = ["notes"]

_KINDS = frozenset({"footnote", "endnote", "rearnote"})
_SHORTEST, _LONGEST = 9, 5000
"""Characters between which Kobo opens a note above the text."""


def notes(book: EpubFile) -> Iterator[Fault]:
    """Every mark leads to a note later in its own file, and every note that is called leads back to a mark."""
    for name, root in book.documents():
        order = {element: n for n, element in enumerate(root.iter())}
        called: dict[etree._Element, list[etree._Element]] = {}
        for mark in root.iter("{*}a"):
            if "noteref" in words(mark) or "doc-noteref" in words(mark, "role"):
                link = book.link(mark.get("href", ""), name)
                target = book.target(link)
                note = _note(target) if target is not None else None
                if link.name != name or note is None:
                    yield Fault("notes", name, f"the mark {mark.get('href')} leads to no note of its file")
                    continue
                if order[note] < order[mark] and mark not in note.iter():
                    yield Fault("notes", name, f"the note {mark.get('href')} stands before its mark")
                called.setdefault(note, []).append(mark)
        for note, marks in called.items():
            yield from _one(book, name, note, marks)


def _one(book: EpubFile, name: str, note: etree._Element, marks: list[etree._Element]) -> Iterator[Fault]:
    ident = note.get("id") or next((e.get("id", "") for e in note.iter() if e.get("id")), "")
    back = [link for link in note.iter("{*}a") if _is_back(link)]
    targets = [book.target(book.link(link.get("href", ""), name)) for link in back]
    if not back:
        yield Fault("notes", name, f"the note {ident} has no way back")
    elif not all(target in marks for target in targets):
        yield Fault("notes", name, f"the way back from the note {ident} does not lead to its mark")
    size = len(squash("".join(map(str, note.itertext()))))
    if size < _SHORTEST:
        yield Fault("notes", name, f"the note {ident} is too short to open above the text")


def _is_back(link: etree._Element) -> bool:
    return "backlink" in words(link) or "doc-backlink" in words(link, "role")


def _note(target: etree._Element) -> etree._Element | None:
    """The note that *target* is, or stands in."""
    for element in (target, *target.iterancestors()):
        if words(element) & _KINDS or words(element, "role") & {"doc-footnote", "doc-endnote"}:
            return element
        if local(element) == "body":
            return None
    return None
