"""The books of a build on a Dask cluster.  Dask is imported here and nowhere else.

Every machine sees the same files under the same paths, and has the same quire.  A task whose worker dies is
given to another by the scheduler; making a book twice gives the same bytes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

from convert import __version__
from convert.batch.task import Task, lost
from convert.diagnostics import Code, Finding, Place, Severity
from convert.errors import UsageError
from convert.pipeline import Order, Report
from convert.records import dataclass

__all__ = ["Surroundings", "make_there", "on_cluster"]

PATIENCE = 10
"""Seconds that a scheduler has to answer."""
_PLACE = Place("--cluster")
_EPOCH = "SOURCE_DATE_EPOCH"
_ALONE = threading.Lock()
"""A worker may have several threads, but a process has one folder to work in and one environment."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a book's bytes, and the paths in its findings, depend on besides the order: sent along with it."""

    folder: str
    epoch: str | None
    version: str


def on_cluster(address: str, asked: Order, tasks: Sequence[Task]) -> Generator[tuple[Task, Report]]:
    """Each book's report, as they are done by the workers of the scheduler at *address*.

    Raises UsageError when Dask is not installed or nobody answers there.
    """
    try:
        import distributed
    except ImportError as error:
        hint = "pip install 'quire[cluster]'"
        raise UsageError(Code.USAGE, _PLACE, "Dask is not installed", hint) from error
    dask: Any = distributed  # it tells types of some of its names only
    try:
        client = dask.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        message = f"no scheduler answers at {address}: {error}"
        raise UsageError(Code.USAGE, _PLACE, message, "for example tcp://127.0.0.1:8786") from error
    here = Surroundings(str(Path.cwd()), os.environ.get(_EPOCH), __version__)
    with client:
        futures = {client.submit(make_there, here, asked, task.path, pure=False): task for task in tasks}
        try:
            for future in dask.as_completed(futures, loop=client.loop):
                task = futures[future]
                try:
                    report = future.result()
                except dask.KilledWorker as error:
                    report = lost(task, f"the last worker was {error.last_worker.address}")
                # Whoever holds no future of it lets the cluster forget the result.
                del futures[future]
                yield task, report
        finally:
            client.cancel(list(futures))


def make_there(here: Surroundings, asked: Order, path: Path) -> Report:
    """The one book at *path*, on a worker, as if it were made in the folder of the caller."""
    if here.version != __version__:
        return _unfit(
            path, f"a worker has quire {__version__}, the caller {here.version}", "install the same"
        )
    with _ALONE:
        before = Surroundings(str(Path.cwd()), os.environ.get(_EPOCH), __version__)
        try:
            _go(here)
        except OSError:
            return _unfit(
                path, f"a worker has no folder {here.folder}", "all machines must see the same files"
            )
        try:
            return asked.made(path)
        finally:
            _go(before)


def _go(there: Surroundings) -> None:
    os.chdir(there.folder)
    if there.epoch is None:
        os.environ.pop(_EPOCH, None)
    else:
        os.environ[_EPOCH] = there.epoch


def _unfit(path: Path, message: str, hint: str) -> Report:
    finding = Finding(Code.USAGE, Severity.ERROR, Place(str(path)), message, hint)
    return Report((), (finding,), UsageError.exit_status)
