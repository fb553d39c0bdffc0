"""Many books: one after the other, in several processes, or on a cluster; one report in the order of the books."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path

from convert.batch.task import Task
from convert.book import book_name
from convert.diagnostics import Code, Findings, Place
from convert.errors import OutputError, QuireError, UsageError
from convert.pipeline import DEFAULT_OUT, Edition, Order, Progress, Report, Settings, order
from convert.records import replace
from convert.writers import BUILT_IN

__all__ = ["Finished", "build"]

Finished = Callable[[int, int, str], None]
"""Told how many books are done, of how many, and the name of the one that was done last."""


def build(
    sources: Sequence[str | Path] = (),
    *,
    out: str | Path = DEFAULT_OUT,
    to: Sequence[str] = tuple(BUILT_IN),
    settings: Settings = (),
    theme: str | None = None,
    strict: bool = False,
    progress: Progress | None = None,
    jobs: int = 1,
    cluster: str = "",
    keep_going: bool = True,
    finished: Finished | None = None,
    cache: bool = True,
) -> Report:
    """Every edition of every book: ``out/NAME.docx``, ``.epub``, ``.pdf``.

    *sources* are text files of Markdown, folders with ``book.toml``, and folders of either; none means
    every book under ``source/``, or the samples that are installed with quire where there is no such
    folder.  *jobs* books are made at a time, each in a process of its own; a long book that is the only one
    has its PDF painted beside the other editions when *jobs* is 2 or more.  Or all are made on the Dask *cluster* at an
    address, whose machines see the same files.  The editions are the same bytes whoever makes them.

    With *cache* the pieces of a long book are kept for the next build of it (see `convert.cache`).

    A book or an edition that fails does not stop the others: the report tells.  Without *keep_going* no
    book is begun after one has failed.  Raises UsageError and BookError for a call that makes no sense,
    and OutputError when *out* is no folder that can be written to; then nothing has been done.
    """
    if jobs < 1:
        raise UsageError(Code.USAGE, Place("--jobs"), f"{jobs} is no number of processes", "1 or more")
    paths, asked = order(sources, out=out, to=to, settings=settings, theme=theme, strict=strict, cache=cache)
    tasks, reports = _tasks(paths)
    stopped = False
    with closing(_made(asked, tasks, jobs, cluster, progress)) as made:
        for task, report in made:
            reports[task.number] = report
            if finished is not None:
                finished(len(reports), len(paths), task.name)
            if not keep_going and report.exit_status > 1:
                stopped = True
                break
    unmade = tuple(paths[task.number] for task in tasks if task.number not in reports) if stopped else ()
    failed = tuple(paths[number] for number in sorted(reports) if reports[number].exit_status > 1)
    joined = _joined([reports[number] for number in sorted(reports)])
    return replace(joined, unmade=unmade, failed=failed, books=len(paths))


def _tasks(paths: Sequence[Path]) -> tuple[list[Task], dict[int, Report]]:
    """What is to be made, and reports on those books whose name another has taken."""
    tasks: list[Task] = []
    refused: dict[int, Report] = {}
    taken: set[str] = set()
    for number, path in enumerate(paths):
        name = book_name(path)
        if name in taken:
            hint = "build one of them into another folder"
            error = OutputError(
                Code.OUTPUT_UNWRITABLE, Place(str(path)), f"two books have the name {name}", hint
            )
            refused[number] = _failed(error)
        else:
            taken.add(name)
            tasks.append(Task(number, path, name))
    return tasks, refused


def _made(
    asked: Order, tasks: Sequence[Task], jobs: int, cluster: str, progress: Progress | None
) -> Generator[tuple[Task, Report]]:
    """Each book's report, as they are done."""
    if cluster:
        from convert.batch.cluster import on_cluster

        yield from on_cluster(cluster, asked, tasks)
    elif min(jobs, len(tasks)) > 1:
        from convert.batch.crew import in_processes

        yield from in_processes(jobs, asked, tasks)
    else:
        yield from _here(asked, tasks, progress, jobs)


def _here(
    asked: Order, tasks: Sequence[Task], progress: Progress | None, hands: int
) -> Generator[tuple[Task, Report]]:
    """One after the other in this process; each may have *hands* of its own."""
    for task in tasks:
        yield task, asked.made(task.path, progress, hands)
        if len(tasks) > 1:
            # The command runs without the collector; a hundred books must not take a hundred times the room.
            gc.collect()


def _failed(error: QuireError) -> Report:
    return Report((), (error.finding,), error.exit_status)


def _joined(reports: Sequence[Report]) -> Report:
    """One report of many: the same finding once, and the status of the first failure."""
    editions: list[Edition] = []
    findings = Findings()
    for report in reports:
        editions += report.editions
        for finding in report.findings:
            findings.add(finding)
    statuses = [report.exit_status for report in reports]
    status = next((status for status in statuses if status > 1), max(statuses, default=0))
    return Report(tuple(editions), tuple(findings), status)
