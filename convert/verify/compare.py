"""Do editions of one book carry one outline, one text and the same notes?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from convert.diagnostics import Code, Findings, Place
from convert.records import dataclass
from convert.regex import regex
from convert.verify.reading import Entry, Reading, squash
from convert.verify.subsequence import common_length, first_missing, pieces_found

__all__ = ["Comparison", "compare"]

FLOWING_KEPT = 0.998
"""Share of one flowing edition's text that the other must hold, in order."""
PAGED_KEPT = 0.97
"""The same for a PDF: tables are told line by line there, and notes stand between the lines."""
PAGED_ORDER = 0.75
"""The same where all pieces of the text are there, if some in other places."""
PAGED_CHARACTERS = 0.999
"""Share of the characters that a PDF must hold in any order."""
_PAGE_TOLD = 16
"""Characters that the page of a reference takes at most, for a reference or two."""
_MARKS = regex(r"[①-⑳㉑-㊿]|\[\d+\]")
_NOTE_MARK = regex(r"^(?:[①-⑳㉑-㊿]|[\[（(]?\d+[\]）).]?)")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much of the text of *reference* stands in *other*, by kind; shares from 0 to 1."""

    reference: str
    other: str
    in_order: float
    characters: float


def compare(readings: Sequence[Reading], findings: Findings) -> tuple[Comparison, ...]:
    """Every reading against one of them, an EPUB if there is one, else a Word file, else the first.

    Adds a finding where outlines, text or notes differ.
    """
    ranked = sorted(
        readings,
        key=lambda reading: ("epub", "docx").index(reading.kind) if reading.kind in ("epub", "docx") else 2,
    )
    for reading in readings:
        _own_contents(reading, findings)
    if len(ranked) < 2:
        return ()
    reference, *others = ranked
    out: list[Comparison] = []
    for other in others:
        _outlines(reference, other, findings)
        _notes(reference, other, findings)
        out.append(_text(reference, other, findings))
        if other.kind != "pdf" and reference.kind != "pdf":
            out.append(_text(other, reference, findings))
    return tuple(out)


def _own_contents(reading: Reading, findings: Findings) -> None:
    """A Word contents field or an NCX must follow the edition's own outline."""
    titles = [squash(entry.title) for entry in reading.outline]
    at = 0
    for line in reading.contents:
        while at < len(titles) and line != titles[at]:
            at += 1
        if at == len(titles):
            findings.error(
                Code.OUTLINE_DIFFERS, Place(str(reading.path)), f"the contents list has {line!r}, the outline has not in that place", "build the edition again",
            )  # fmt: skip
            return
        at += 1


def _outlines(reference: Reading, other: Reading, findings: Findings) -> None:
    ours, theirs = reference.outline, other.outline
    place = Place(str(other.path))
    hint = f"compared with {reference.path}"
    for index, (one, two) in enumerate(zip(ours, theirs, strict=False), 1):
        if one.level != two.level or squash(one.title) != squash(two.title):
            message = f"outline entry {index} is {_show(two)}, not {_show(one)}"
            findings.error(Code.OUTLINE_DIFFERS, place, message, hint)
            return
    if len(ours) != len(theirs):
        longer = ours if len(ours) > len(theirs) else theirs
        verb = "lacks" if longer is ours else "adds"
        message = f"the outline has {len(theirs)} entries, not {len(ours)}; it {verb} {_show(longer[min(len(ours), len(theirs))])}"
        findings.error(Code.OUTLINE_DIFFERS, place, message, hint)


def _show(entry: Entry) -> str:
    return f"“{entry.title}” at level {entry.level}"


def _text(reference: Reading, other: Reading, findings: Findings) -> Comparison:
    paged = other.kind == "pdf"
    size = len(reference.text)
    kept = common_length(reference.text, other.text) / size if size else 1.0
    lost = Counter(reference.text) - Counter(other.text)
    characters = 1 - lost.total() / size if size else 1.0
    low = kept < (PAGED_KEPT if paged else FLOWING_KEPT)
    if paged:
        # Figures and wide tables move to where there is room, and cells go on overleaf: their pieces are there.
        texts = _MARKS.sub("", reference.text), _MARKS.sub("", other.text)
        low = low and (kept < PAGED_ORDER or pieces_found(*texts, PAGED_KEPT) < PAGED_KEPT)
        low = low or characters < PAGED_CHARACTERS
    if low:
        sample = first_missing(reference.text, other.text)
        message = (
            f"{kept:.2%} of the text of {reference.path.name} is kept, {characters:.2%} of its characters"
        )
        findings.error(Code.TEXT_LOST, Place(str(other.path)), message, f"first lost near {sample!r}")
    return Comparison(reference.kind, other.kind, kept, characters)


def _notes(reference: Reading, other: Reading, findings: Findings) -> None:
    place = Place(str(other.path))
    if other.kind == "pdf":
        text = _MARKS.sub("", other.text)
        missing = [note for note in reference.notes if not _holds(text, _MARKS.sub("", note))]
        if missing:
            message = f"{len(missing)} of {len(reference.notes)} notes are not in the PDF"
            findings.error(Code.NOTES_DIFFER, place, message, f"the first begins {missing[0][:24]!r}")
        return
    if reference.kind == "pdf":
        return
    ours, theirs = Counter(reference.notes), Counter(other.notes)
    ours, theirs = ours - theirs, theirs - ours
    # What is left may differ only by a mark that one edition writes before the note.
    if Counter(map(_bare, ours.elements())) != Counter(map(_bare, theirs.elements())):
        differing = next(iter(ours + theirs))
        message = f"{len(other.notes)} notes, not the {len(reference.notes)} of {reference.path.name}"
        findings.error(Code.NOTES_DIFFER, place, message, f"the first to differ begins {differing[:24]!r}")


def _holds(text: str, note: str) -> bool:
    return note[:24] in text or _bare(note)[:24] in text or _holds_paged(text, _bare(note)[:24])


def _holds_paged(text: str, note: str) -> bool:
    """True when *text* has *note* with no more between its characters than a reference tells of its page."""
    opening = note[:4]
    at = text.find(opening) if opening else -1
    while at >= 0:
        window = iter(text[at : at + len(note) + _PAGE_TOLD])
        if all(char in window for char in note):
            return True
        at = text.find(opening, at + 1)
    return False


def _bare(note: str) -> str:
    """A note's text without a mark of its own before it."""
    return _NOTE_MARK.sub("", note)
