"""Repair of a book's sources: for a build, which leaves them as they are, and on the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from convert.book import (
    Book,
    Setting,
    SourceFile,
    encoded_like,
    front_matter_place,
    included,
    open_book,
    read_bytes,
    repairs_from,
)
from convert.diagnostics import Code, Finding, Findings, Place, Severity
from convert.files import put
from convert.model.nodes import Document, Node, Placed, SourceSpan
from convert.model.walk import PLACED, rewrite
from convert.readers import markdown
from convert.records import dataclass, replace
from convert.repair import Fix, Mode, Outcome, Repaired, chosen, defaults, modes_from, repair

__all__ = ["FixReport", "FixedFile", "Mended", "fix", "mend", "plain", "shortened", "summary"]

_SUSPICIONS = {"words": Code.STRAY_WORD, "codepoints": Code.REPLACEMENT_CHARACTER}
_SHOWN = 20
"""Places that a message names."""


@dataclass(frozen=True, slots=True)
class FixedFile:
    """One file of a book: what was repaired in it, and whether the file was written."""

    path: Path
    repaired: Repaired
    written: bool

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """What the passes found."""
        return self.repaired.fixes


@dataclass(frozen=True, slots=True)
class FixReport:
    """The files of a book, in order."""

    files: tuple[FixedFile, ...]


def fix(
    path: str | Path,
    *,
    only: Iterable[str] = (),
    also: Iterable[str] = (),
    skip: Iterable[str] = (),
    write: bool = False,
) -> FixReport:
    """Repair the source at *path*, a text file or a folder with ``book.toml`` and all its chapters.

    The passes run as `convert.repair` has them unless the book says otherwise.  *only* names those to run, all
    to fix; *also* more that are to fix and not only to report; *skip* those to leave out.  With *write* each file that changes is put in its
    place in one step, in its own encoding and with its own line ends; all are repaired before the first is
    written.  Raises SourceError, BookError, UsageError or OutputError.
    """
    book = open_book(path)
    modes = chosen(defaults() | modes_from(_book_repairs(book)), only, also, skip)
    files = [(source, _repaired(source, modes)) for source in book.sources]
    return FixReport(
        tuple(
            FixedFile(
                Path(source.name), repaired, write and bool(repaired.edits) and _write(source, repaired)
            )
            for source, repaired in files
        )
    )


def _write(source: SourceFile, repaired: Repaired) -> bool:
    path = Path(source.name)
    data = encoded_like(repaired.file_text, read_bytes(path))
    put(path.resolve(), data, "check its rights")
    return True


def _repaired(source: SourceFile, modes: Mapping[str, Mode]) -> Repaired:
    return repair(source.text, source.name, markdown.skeleton, modes)


def _book_repairs(book: Book) -> dict[str, Setting]:
    """The passes that a book names: in the front matter of its first file, and in ``book.toml``."""
    first = book.sources[0]
    front = markdown.front_matter(first.text, first.name).settings
    return repairs_from(front, front_matter_place(first)) | dict(book.repairs)


# ---------------------------------------------------------------- for a build


@dataclass(frozen=True, slots=True)
class Mended:
    """The sources of a book as its reader gets them, and the way back to the files' own lines.

    `opener` gives the files that are included; `repaired` holds what was done to each file, by its name.
    """

    sources: tuple[SourceFile, ...]
    opener: Callable[[str], SourceFile]
    repaired: dict[str, Repaired]

    def relocate(self, document: Document, found: Findings, findings: Findings) -> Document:
        """*document*, read from these sources, with the lines of the files themselves.

        What was *found* while reading goes to *findings*, its places made those of the files too.
        """
        for finding in found:
            findings.add(replace(finding, place=self._place(finding.place)))
        if not self.repaired:
            return document

        def change(node: Node) -> Node:
            if not isinstance(node, Placed) or node.span.file not in self.repaired:
                return node
            span, one = node.span, self.repaired[node.span.file]
            first = one.origin(span.first)[0]
            return replace(node, span=SourceSpan(span.file, first, max(first, one.last_origin(span.last))))

        return rewrite(document, change, PLACED)

    def _place(self, place: Place) -> Place:
        one = self.repaired.get(place.file)
        if one is None or not place.line:
            return place
        return Place(place.file, *one.origin(place.line, place.column))


def mend(book: Book, settings: Mapping[str, Setting], findings: Findings) -> Mended:
    """*book* with the passes run on its text that it or *settings* name; the files stay as they are.

    What was repaired is one finding for each pass and file; what was only found is one for each place.
    """
    modes = modes_from(_book_repairs(book) | dict(settings))
    repaired: dict[str, Repaired] = {}

    def mended(source: SourceFile) -> SourceFile:
        if all(mode is Mode.OFF for mode in modes.values()):
            return source
        if source.name not in repaired:
            repaired[source.name] = _repaired(source, modes)
            _summarize(repaired[source.name], findings)
        return replace(source, text=repaired[source.name].text)

    sources = tuple(mended(source) for source in book.sources)
    return Mended(sources, lambda path: mended(included(book.root, path)), repaired)


def _summarize(repaired: Repaired, findings: Findings) -> None:
    fixed: dict[str, list[Fix]] = {}
    for one in repaired.fixes:
        if one.outcome is Outcome.FIXED:
            fixed.setdefault(one.name, []).append(one)
        else:
            findings.add(_finding(one))
    for name, fixes in fixed.items():
        lines = list(dict.fromkeys(str(one.place.line) for one in fixes))
        places = ", ".join(lines[:_SHOWN]) + (" …" if len(lines) > _SHOWN else "")
        done = "1 repair" if len(fixes) == 1 else f"{len(fixes)} repairs"
        message = f"{name}: {done}, in {'lines' if len(lines) > 1 else 'line'} {places}"
        findings.info(Code.REPAIR, fixes[0].place, message, "quire fix shows them")


# ---------------------------------------------------------------- told


def shortened(fixes: Sequence[Fix]) -> Iterator[Finding]:
    """The fixes as findings; of what was only reported, no more than the first places of each pass."""
    told: Counter[str] = Counter()
    for one in fixes:
        told[one.name] += one.outcome is not Outcome.FIXED
        if one.outcome is Outcome.FIXED or told[one.name] <= _SHOWN:
            yield _finding(one)
        elif told[one.name] == _SHOWN + 1:
            message = f"{one.name}: more of the same follows"
            yield Finding(Code.REPAIR, Severity.INFO, one.place, message, "--json lists all")


def summary(file: FixedFile) -> str:
    """One line on what was done in a file: how many fixes of each pass, and whether it was written."""
    counts = Counter(one.name for one in file.fixes if one.outcome is Outcome.FIXED)
    if not counts:
        return f"{file.path}: nothing to repair"
    done = ", ".join(f"{count} {name}" for name, count in counts.items())
    return f"{file.path}: {done}; " + ("written" if file.written else "--write writes it")


def plain(report: FixReport) -> dict[str, object]:
    """The report as mappings, lists and texts."""
    return {
        "files": [
            {
                "path": str(file.path),
                "written": file.written,
                "diff": "".join(file.repaired.diff()),
                "fixes": [
                    {
                        "pass": one.name,
                        "outcome": one.outcome.value,
                        "file": one.place.file,
                        "line": one.place.line,
                        "column": one.place.column,
                        "reason": one.reason,
                        "before": one.before,
                        "after": one.after,
                    }
                    for one in file.fixes
                ],
            }
            for file in report.files
        ]
    }


def _finding(one: Fix) -> Finding:
    before, after = (text.replace("\n", "⏎").replace("\f", "␌") for text in (one.before, one.after))
    if one.outcome is Outcome.SUSPECTED:
        message = f"{one.name}: {one.reason}: {before}"
        hint = "look at it; quire changes nothing here"
        code = _SUSPICIONS.get(one.name, Code.REPAIR_DOUBTFUL)
        return Finding(code, Severity.WARNING, one.place, message, hint)
    message = f"{one.name}: {one.reason}: {before} → {after}"
    hint = "" if one.outcome is Outcome.FIXED else f"--also {one.name} does it"
    return Finding(Code.REPAIR, Severity.INFO, one.place, message, hint)
