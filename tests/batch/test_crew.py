"""Processes that die under a book, that wear out, that are no longer needed."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from convert.batch import crew
from convert.batch.crew import in_processes
from convert.batch.task import Task
from convert.diagnostics import Code
from convert.pipeline import Report

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


@dataclass(frozen=True)
class Deadly:
    """Stands for an order: notes who makes a book, and dies over some *times* times."""

    out: Path
    times: int
    to: tuple[str, ...] = ()

    def made(self, path: Path) -> Report:
        notes = self.out / path.name
        with notes.open("a") as file:
            file.write(f"{os.getpid()}\n")
        if path.name.startswith("deadly") and len(notes.read_text().split()) <= self.times:
            os.kill(os.getpid(), signal.SIGKILL)
        return Report((), (), 0)


def reports(order: Deadly, names: list[str]) -> dict[str, Report]:
    tasks = [Task(number, Path(name), name) for number, name in enumerate(names)]
    return {task.name: report for task, report in in_processes(2, order, tasks)}  # type: ignore[arg-type]


def makers(folder: Path) -> list[str]:
    return [maker for path in folder.iterdir() for maker in path.read_text().split()]


def test_a_book_whose_process_dies_is_made_by_another(tmp_path: Path) -> None:
    made = reports(Deadly(tmp_path, times=1), ["a", "deadly", "b", "c"])
    assert {name: report.exit_status for name, report in made.items()} == dict.fromkeys(
        ["a", "deadly", "b", "c"], 0
    )
    assert len(set((tmp_path / "deadly").read_text().split())) == 2


@pytest.mark.slow
def test_a_book_that_kills_twice_is_given_up_and_the_others_are_made(tmp_path: Path) -> None:
    made = reports(Deadly(tmp_path, times=9), ["deadly", "a", "deadly2", "b"])
    assert {name: report.exit_status for name, report in made.items()} == {
        "deadly": 70, "a": 0, "deadly2": 70, "b": 0,
    }  # fmt: skip
    (finding,) = made["deadly"].findings
    assert (finding.code, finding.place.file) == (Code.INTERNAL, "deadly")
    assert "signal 9" in finding.message


@pytest.mark.slow
def test_a_process_makes_many_books_and_then_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"{n}" for n in range(9)]
    reports(Deadly(tmp_path, times=0), names)
    assert len(set(makers(tmp_path))) == 2
    for path in tmp_path.iterdir():
        path.unlink()
    monkeypatch.setattr(crew, "MOST_BOOKS", 3)
    reports(Deadly(tmp_path, times=0), names)
    made = makers(tmp_path)
    assert len(made) == 9
    assert max(made.count(maker) for maker in made) <= 3


def test_processes_end_when_no_more_is_asked(tmp_path: Path) -> None:
    made = in_processes(2, Deadly(tmp_path, times=0), [Task(n, Path(f"{n}"), f"{n}") for n in range(50)])  # type: ignore[arg-type]
    next(made)
    made.close()
    for maker in set(makers(tmp_path)):
        with pytest.raises(ProcessLookupError):
            os.kill(int(maker), 0)
