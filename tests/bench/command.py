"""The whole command beside pandoc on the same texts in the same run: processor time and memory.

CPU seconds are user plus system time of a fresh process, the median of five (of three for the large
texts), A B A B; peak is its resident memory.  Needs `pypandoc_binary` from pip; without it pandoc's
columns are left out by name.
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench.peers import Cost, cost
from tests.bench.texts import dense, prose

__all__ = ["common_texts", "report"]


def _pandoc() -> str:
    if not importlib.util.find_spec("pypandoc"):
        return ""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _compared(edition: str, source: Path, folder: Path, rounds: int) -> dict[str, object]:
    """Both programs on *source*, turn by turn."""
    # An installed package has its bytecode beside it; a checkout gets it on the first, uncounted run.
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "SOURCE_DATE_EPOCH": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ours = [
        sys.executable,
        "-m",
        "convert",
        "build",
        "--no-cache",
        "--to",
        edition,
        "-o",
        str(folder / "out"),
        str(source),
    ]
    pandoc = _pandoc()
    theirs = [pandoc, str(source), "-o", str(folder / f"pandoc.{edition}")]
    cost(ours, environment)
    mine: list[Cost] = []
    other: list[Cost] = []
    for _ in range(rounds):
        mine.append(cost(ours, environment))
        if pandoc:
            other.append(cost(theirs, environment))
    row: dict[str, object] = {"bytes": source.stat().st_size} | _told("quire", mine)
    if not other:
        return row | {"pandoc": "pypandoc_binary is not installed"}
    ratios = [
        statistics.median(c[at] for c in mine) / statistics.median(c[at] for c in other) for at in (0, 1)
    ]
    return (
        row | _told("pandoc", other) | {"cpu_ratio": round(ratios[0], 2), "peak_ratio": round(ratios[1], 2)}
    )


def _told(name: str, costs: list[Cost]) -> dict[str, object]:
    return {
        f"{name}_cpu_s": round(statistics.median(cost[0] for cost in costs), 3),
        f"{name}_peak_mb": round(statistics.median(cost[1] for cost in costs)),
    }


def common_texts(arguments: list[str]) -> dict[str, str]:
    """The file that *arguments* name, else Chinese prose of 20,000 characters, ×1, ×10 and ×100; and 2 MB of
    mostly lists, tables and links."""
    text = Path(arguments[0]).read_text("utf-8") if arguments else prose(20_000, mixed=True)
    text = text.rstrip() + "\n\n"
    return {"x1": text, "x10": text * 10, "x100": text * 100, "dense 2 MB": dense(2_000_000)}


def report(edition: str, texts: Mapping[str, str]) -> None:
    """Measure ``quire build --to`` *edition* and ``pandoc -o x.`` *edition*; print one JSON object."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = {}
        for title, content in texts.items():
            source = folder / (title.replace(" ", "-") + ".md")
            source.write_text(content, "utf-8")
            rows[title] = _compared(edition, source, folder, 5 if len(content) < 500_000 else 3)
        print(json.dumps(rows, indent=1))
