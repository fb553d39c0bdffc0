"""The books of a build on a real Dask scheduler with two worker processes on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import convert
from convert.batch import cluster
from convert.diagnostics import Code
from convert.errors import UsageError
from tests.batch.test_build import contents, library

SERVER = """
import json, os, sys
from distributed import Client, LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            print(json.dumps([cluster.scheduler_address, list(client.run(os.getpid).values())]), flush=True)
            sys.stdin.read()
"""


class Server(NamedTuple):
    """Where the scheduler listens, and the processes of its workers."""

    address: str
    workers: list[int]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    script = tmp_path / "server.py"
    script.write_text(SERVER)
    environment = {**os.environ, "PYTHONPATH": str(Path(convert.__file__).parents[1])}
    environment.pop("SOURCE_DATE_EPOCH", None)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    yield Server(*json.loads(process.stdout.readline()))
    process.stdin.close()
    process.wait()
    process.stdout.close()


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_worker_dies_and_nothing_is_lost(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(tmp_path / "all", 8)
    (tmp_path / "all" / "书3.md").write_text("---\ntitle: [\n---\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    done: list[str] = []

    def kill_one(number: int, of: int, name: str) -> None:
        done.append(name)
        if number == 1:
            os.kill(server.workers[0], signal.SIGKILL)

    there = convert.build(["all"], out="there", to=["epub"], cluster=server.address, finished=kill_one)
    here = convert.build(["all"], out="here", to=["epub"])
    assert len(done) == 8
    assert len(here.editions) == 7
    assert contents(Path("there")) == contents(Path("here"))
    assert there.findings == here.findings
    assert there.exit_status == here.exit_status == 4


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    for address in ("tcp://127.0.0.1:1", "nowhere"):
        with pytest.raises(UsageError):
            convert.build(library(tmp_path / "all", 2).iterdir(), out=tmp_path, cluster=address)  # type: ignore[arg-type]


def test_a_worker_that_does_not_fit_says_why(tmp_path: Path) -> None:
    order = convert.pipeline.order([tmp_path / "a.md"], out=tmp_path, to=["epub"])[1]
    before = Path.cwd(), os.environ.get("SOURCE_DATE_EPOCH")
    for around, word in (
        (cluster.Surroundings(str(tmp_path / "none"), None, convert.__version__), "folder"),
        (cluster.Surroundings(str(tmp_path), None, "0.0.0"), "0.0.0"),
    ):
        report = cluster.make_there(around, order, tmp_path / "a.md")
        (finding,) = report.findings
        assert (finding.code, report.exit_status) == (Code.USAGE, 2)
        assert word in finding.message
    assert (Path.cwd(), os.environ.get("SOURCE_DATE_EPOCH")) == before
