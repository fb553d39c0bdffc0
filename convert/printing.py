"""What the command prints: findings in lines, reports as JSON, how far a build is."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from convert.diagnostics import Finding

if TYPE_CHECKING:
    from convert.batch import Finished
    from convert.model.outline import Outline, OutlineEntry
    from convert.pipeline import Progress, Report

__all__ = ["count", "outline_json", "plain", "print_json", "progress", "report_json", "tell", "tell_books"]

MANY = 3
"""From so many books on a line at the end tells of them."""


def tell(findings: Iterable[Finding], err: bool = True) -> None:
    """One line for each finding; on a terminal the line of the source as well."""
    show = None
    if (sys.stderr if err else sys.stdout).isatty():
        import shutil

        from convert.excerpt import Excerpts

        show = Excerpts(shutil.get_terminal_size().columns)
    for finding in findings:
        click.echo(str(finding), err=err)
        shown = show.of(finding) if show else ""
        if shown:
            click.echo(shown, err=err)


def tell_books(report: Report) -> None:
    """After many books, how many there are and which lack an edition; after a stop, how many were not begun."""
    if report.books >= MANY:
        names = "".join(f"\n  {path}" for path in report.failed)
        click.echo(
            f"{report.books} books, {len(report.failed)} failed{':' if names else ''}{names}", err=True
        )
    if report.unmade:
        click.echo(f"stopped after a failure: {count(len(report.unmade), 'book')} not made", err=True)


def count(number: int, word: str) -> str:
    """``1 warning``, ``2 warnings``."""
    plural = "" if number == 1 or word == "info" else "s"
    return f"{number} {word}{plural}"


def plain(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """*findings* for JSON."""
    return [
        {
            "code": f.code.value,
            "severity": f.severity.value,
            "file": f.place.file,
            "line": f.place.line,
            "column": f.place.column,
            "message": f.message,
            "hint": f.hint,
        }
        for f in findings
    ]


def report_json(report: Report) -> dict[str, object]:
    """A build's report for JSON."""
    editions = [
        {
            "book": e.book,
            "writer": e.writer,
            "path": str(e.path),
            "beside": [str(path) for path in e.beside],
            "bytes": e.size,
            "seconds": round(e.seconds, 3),
        }
        for e in report.editions
    ]
    return {
        "editions": editions,
        "findings": plain(report.findings),
        "failed": [str(path) for path in report.failed],
        "unmade": [str(path) for path in report.unmade],
        "exit_status": report.exit_status,
    }


def outline_json(tree: Outline) -> list[dict[str, object]]:
    """An outline for JSON, its entries inside one another."""

    def entry(item: OutlineEntry) -> dict[str, object]:
        return {
            "id": item.id,
            "level": item.level,
            "number": item.number,
            "title": item.title,
            "subtitle": item.subtitle,
            "short": item.short,
            "label": item.label,
            "matter": item.matter.value,
            "run_in": item.run_in,
            "file": item.span.file,
            "line": item.span.first,
            "children": [entry(child) for child in item.children],
        }

    return [entry(item) for item in tree.entries]


def print_json(value: object) -> None:
    """*value* on standard output."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextlib.contextmanager
def progress() -> Iterator[tuple[Progress | None, Finished | None]]:
    """What tells how far a build is: a line on a terminal, nothing in a pipe.

    The first is told the edition that is begun, the second how many books are done.
    """
    if not sys.stderr.isatty():
        yield None, None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading …") as status:
        done = ""

        def step(book: str, edition: str) -> None:
            status.update(f"{done}{book}: {edition} …")

        def finished(number: int, of: int, book: str) -> None:
            nonlocal done
            if of > 1:
                done = f"{number} of {of} books, "
                status.update(f"{done}last {book} …")

        yield step, finished
