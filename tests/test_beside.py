"""Work beside other work: the answer, failures, a process that dies; the same editions by two hands."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

import convert
from convert import pipeline
from convert.beside import Beside, can_fork
from tests.books import SMALL, small_book

pytestmark = pytest.mark.skipif(not can_fork(), reason="forks on Linux alone")
HOME = os.getpid()


def test_the_answer_comes_from_another_process() -> None:
    beside = Beside(lambda: (os.getpid(), "答" * 100_000))
    process, text = beside.answer()
    beside.end()
    assert process != HOME
    assert len(text) == 100_000


def test_work_whose_process_dies_is_done_here() -> None:
    def deadly() -> str:
        if os.getpid() != HOME:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    assert Beside(deadly).answer() == "done"


def test_work_that_raises_raises_here() -> None:
    def broken() -> str:
        raise ZeroDivisionError(os.getpid())

    with pytest.raises(ZeroDivisionError) as caught:
        Beside(broken).answer()
    assert caught.value.args == (HOME,)


def test_a_process_that_nobody_waits_for_is_ended() -> None:
    beside = Beside(lambda: signal.pause())
    process = beside._process
    beside.end()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_two_hands_make_what_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "LONG", 10)
    monkeypatch.setenv("QUIRE_CACHE", os.devnull)
    source = small_book(tmp_path, SMALL + "\n又见注[^9]，\U00050000。\n")
    # A name that is a folder: the PDF fails, in whichever process.
    (tmp_path / "two" / "札记-booklet.pdf").mkdir(parents=True)
    (tmp_path / "one" / "札记-booklet.pdf").mkdir(parents=True)
    to = ["pdf", "docx", "booklet", "epub"]
    one, two = (
        convert.build([source], out=tmp_path / name, to=to, jobs=jobs)
        for name, jobs in (("one", 1), ("two", 2))
    )
    for kind in ("pdf", "docx", "epub"):
        assert (tmp_path / "one" / f"札记.{kind}").read_bytes() == (
            tmp_path / "two" / f"札记.{kind}"
        ).read_bytes()
    assert [e.writer for e in two.editions] == [e.writer for e in one.editions] == ["pdf", "docx", "epub"]
    assert one.exit_status == two.exit_status == 6
    assert [(f.code, f.message) for f in one.findings] == [(f.code, f.message) for f in two.findings]
