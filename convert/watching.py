"""Books built again whenever something of them changes.  watchfiles is imported here and nowhere else."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from convert.book import MANIFEST
from convert.diagnostics import Finding
from convert.pipeline import Order, Report
from convert.records import dataclass

__all__ = ["Built", "affected", "changes", "problem", "watch"]

DEBOUNCE, PATIENCE = 200, 100
"""Milliseconds: in which changes count as one, and after which an interrupt is noticed."""


@dataclass(frozen=True, slots=True)
class Built:
    """A book that was built, and what came of it."""

    path: Path
    report: Report


def watch(
    paths: Sequence[Path],
    order: Order,
    begin: Callable[[], None],
    changed: Iterable[Iterable[Path]] | None = None,
) -> Iterator[tuple[Built, ...]]:
    """All books of *paths*, and then, again and again, those of which something has changed.

    *begin* is called before each build.  *changed* gives the files that have changed, each time some have; by default the system tells, until the
    caller is interrupted.
    """
    told = iter(changes(_folders(paths), order.out) if changed is None else changed)
    if changed is None:
        next(told)  # from here on nothing is missed
    begin()
    yield _built(paths, order)
    for files in told:
        again = affected(paths, files, order.out)
        if again:
            begin()
            yield _built(again, order)


def _built(paths: Sequence[Path], order: Order) -> tuple[Built, ...]:
    made = tuple(Built(path, order.made(path)) for path in paths)
    # The command runs without the collector, and this one runs for days.
    gc.collect()
    return made


def changes(folders: Sequence[Path], out: Path) -> Iterator[list[Path]]:
    """The files below *folders* that have changed, each time some have, those below *out* left alone.

    The first list is empty, and given as soon as changes are noticed.
    """
    from watchfiles import DefaultFilter
    from watchfiles import watch as system

    ignored = DefaultFilter(ignore_paths=[out.resolve()])
    for found in system(
        *folders,
        watch_filter=ignored,
        debounce=DEBOUNCE,
        rust_timeout=PATIENCE,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        yield sorted({Path(path) for _, path in found})


def _folders(paths: Sequence[Path]) -> list[Path]:
    """Where files of the books lie."""
    return sorted({_home(path) for path in paths})


def _home(path: Path) -> Path:
    return path.resolve() if path.is_dir() else path.resolve().parent


def affected(paths: Sequence[Path], files: Iterable[Path], out: Path) -> list[Path]:
    """Those of *paths* that *files* may be part of.

    Of a folder that is everything in it; of a text file itself, and what lies beside or below it and is no
    book of its own: pictures, fonts, and texts that it may include.
    """
    hidden = out.resolve()
    books = {path.resolve() for path in paths}
    here = []
    for file in map(Path.resolve, files):
        if not file.is_relative_to(hidden) and not file.name.startswith(".") and not file.name.endswith("~"):
            here.append(file)
    return [path for path in paths if any(_concerns(path, file, books) for file in here)]


def _concerns(path: Path, file: Path, books: set[Path]) -> bool:
    own = path.resolve()
    if own.is_dir() or own.name == MANIFEST:
        return file.is_relative_to(_home(path))
    if file == own:
        return True
    others = file in books or any(book.is_dir() and file.is_relative_to(book) for book in books)
    return not others and file.is_relative_to(own.parent)


def problem(finding: Finding) -> str:
    """*finding* as problem matchers of editors read it: ``file:line:column: severity: message [code]``.

    A whole file is told by its first character.
    """
    place = finding.place
    hint = f" ({finding.hint})" if finding.hint else ""
    text = f"{finding.severity.value}: {finding.message}{hint} [{finding.code.value}]"
    return " ".join(f"{place.file}:{place.line or 1}:{place.column or 1}: {text}".split())
