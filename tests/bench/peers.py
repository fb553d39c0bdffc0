"""Peers from pip, and what a command costs.  A peer that is not installed is named and left out."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["Cost", "cost", "missing_peers", "pandoc_command", "typst_command", "typst_source"]

_HEAD = """#set page("a5")
#set text(font: ("Noto Serif CJK SC", "Noto Serif SC"), size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 7.5pt)
"""
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


class Cost(NamedTuple):
    """What one run of a command took: CPU seconds (user and system), its peak memory in MB, seconds by the clock."""

    cpu: float
    peak: float
    wall: float = 0.0


def cost(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run *command* to its end; raises CalledProcessError when it fails.  Processes it waits for count in."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, wall)


def missing_peers() -> list[str]:
    """The distributions that the peers need and that are not installed."""
    wanted = {"typst": "typst", "pypandoc": "pypandoc_binary"}
    return [name for module, name in wanted.items() if not importlib.util.find_spec(module)]


def pandoc_command(source: Path, target: Path) -> list[str]:
    """Markdown to what the ending of *target* says: Typst, Word, EPUB."""
    import pypandoc

    kind = "typst" if target.suffix == ".typ" else target.suffix[1:]
    return [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", kind, str(source), "-o", str(target)]


def typst_source(source: Path, folder: Path) -> tuple[Path, Cost]:
    """*source* as Typst by pandoc, with page, font and paragraph set; and what pandoc took."""
    raw, made = folder / f"{source.stem}.raw.typ", folder / f"{source.stem}.typ"
    used = cost(pandoc_command(source, raw))
    made.write_text(_HEAD + raw.read_text("utf-8"), "utf-8")
    return made, used


def typst_command(source: Path, target: Path) -> list[str]:
    """Typst to PDF."""
    return [sys.executable, "-c", _TYPST, str(source), str(target)]
