"""Files put in place whole, and what a killed process leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from convert import files
from convert.editions import output_folder


def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_half_written_files_of_dead_processes_go(tmp_path: Path) -> None:
    host = files._host()
    dead = tmp_path / f".a.pdf.{host}-{gone()}.part"
    kept = [
        tmp_path / f".b.pdf.{host}-{os.getpid()}.part",
        tmp_path / f".c.pdf.{host}x-{gone()}.part",
        tmp_path / ".d.part",
        tmp_path / "e.part",
    ]
    for path in (dead, *kept):
        path.write_bytes(b"half")
    output_folder(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_an_interrupt_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.put(path, b"new")
    assert [item.name for item in tmp_path.iterdir()] == ["a.pdf"]
    assert path.read_bytes() == b"old"
