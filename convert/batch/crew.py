"""Several books at a time in processes of this machine.

The processes are forked from a server that has the libraries loaded and nothing else (multiprocessing's
``forkserver``): a new one is there in milliseconds and inherits no thread, lock or open file of the caller,
who may show progress in a thread.  Where there is no such server (Windows) each is started afresh.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import cast

from convert.batch.task import TRIES, Task, lost
from convert.files import sweep
from convert.pipeline import Order, Report

__all__ = ["in_processes"]

MOST_BOOKS = 64
MOST_MEMORY = 1024
"""A process that has made so many books, or has held so many MiB, makes room for a fresh one."""

_WARM = {
    "": ("convert.pipeline", "convert.transforms", "convert.readers.markdown"),
    "docx": ("convert.writers.docx.package",),
    "epub": ("convert.writers.epub", "ebooklib.epub"),
    "pdf": ("convert.typeset.composition", "convert.writers.pdf.document", "uharfbuzz"),
}
"""What a process needs in any case, and what for the edition of a name: loaded once, by the server."""

_Answer = tuple[Report, float]
"""What was made, and how many MiB the process has held at most."""


def in_processes(jobs: int, asked: Order, tasks: Sequence[Task]) -> Generator[tuple[Task, Report]]:
    """Each book's report, as they are done, *jobs* at a time.

    A book whose process dies is begun once more, in another process.  When the caller asks for no more, those
    under way are ended; their editions are whole or not there.
    """
    context = _context(asked.to)
    waiting, tries = deque(tasks), dict.fromkeys(tasks, 0)
    workers: list[_Worker] = []
    try:
        while waiting or any(worker.task for worker in workers):
            while waiting and sum(worker.task is not None for worker in workers) < jobs:
                worker = next((worker for worker in workers if worker.task is None), None)
                if worker is None:
                    worker = _Worker(context, asked)
                    workers.append(worker)
                task = waiting.popleft()
                tries[task] += 1
                worker.give(task)
            for worker, task in _ready(workers):
                report = worker.answer()
                if report is not None:
                    yield task, report
                elif tries[task] < TRIES:
                    waiting.appendleft(task)
                else:
                    yield task, lost(task, worker.end())
                if report is None or worker.worn:
                    worker.end()
                    workers.remove(worker)
    finally:
        for worker in workers:
            worker.end()
        sweep(asked.out)


class _Worker:
    """A process that makes books, one at a time, and this side of the pipe to it."""

    def __init__(self, context: BaseContext, asked: Order) -> None:
        self.pipe, theirs = context.Pipe()
        # mypy knows no Process of the base class; every context has one.
        self._process = context.Process(target=_work, args=(theirs, asked), daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()
        self.task: Task | None = None
        self.worn = False
        self._made = 0

    def give(self, task: Task) -> None:
        """Have it make *task*; if it has died meanwhile, `answer` will tell."""
        self.task = task
        try:
            self.pipe.send(task.path)
        except OSError:
            self.worn = True

    def answer(self) -> Report | None:
        """What it made; None when it died over it."""
        self.task = None
        try:
            report, held = cast(_Answer, self.pipe.recv())
        except (EOFError, OSError):
            return None
        self._made += 1
        self.worn = self._made >= MOST_BOOKS or held > MOST_MEMORY
        return report

    def end(self) -> str:
        """End it, also in the middle of a book, and tell how it had ended if it had."""
        self.pipe.close()
        self._process.join(0 if self.task else 5)
        if self._process.exitcode is None:
            self._process.terminate()
            self._process.join()
        code = self._process.exitcode
        return f"signal {-code}" if code and code < 0 else f"exit status {code}"


def _ready(workers: Sequence[_Worker]) -> list[tuple[_Worker, Task]]:
    """Those at work that have answered, or died, each with its task; waits until there is one."""
    pipes = {worker.pipe: (worker, worker.task) for worker in workers if worker.task}
    return [pipes[cast(Connection, pipe)] for pipe in wait(list(pipes))]


def _context(to: Sequence[str]) -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module for name in ("", *to) for module in _WARM.get(name, ())])
    return context


def _work(pipe: Connection, asked: Order) -> None:
    """Make one book after the other, until nobody asks for more: also when the caller has died."""
    # An interrupt at the keyboard reaches all; the caller ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    gc.freeze()
    while True:
        try:
            path: Path = pipe.recv()
        except (EOFError, OSError):
            return
        answer: _Answer = asked.made(path), _held()
        gc.collect()
        try:
            pipe.send(answer)
        except OSError:
            return


def _held() -> float:
    """The most memory that this process has held, in MiB; 0 where that is not told."""
    if os.name != "posix":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
