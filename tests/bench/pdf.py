"""Markdown to PDF, the whole way, beside pandoc and Typst.

    python -m tests.bench.pdf [FILE.md]

The text once, ten times and a hundred times as long (see `tests.bench.layout`).  CPU seconds of all processes;
peak memory of the largest; size of the file.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from tests.bench.peers import cost, missing_peers, typst_command, typst_source
from tests.bench.texts import longer, prose


def _measured(source: Path, folder: Path, missing: list[str]) -> dict[str, object]:
    build = [
        sys.executable,
        "-m",
        "convert",
        "build",
        str(source),
        "--no-cache",
        "--to",
        "pdf",
        "--out",
        str(folder),
    ]
    ours = cost(build)
    size = (folder / f"{source.stem}.pdf").stat().st_size
    found: dict[str, object] = {
        "quire": {"cpu_s": round(ours.cpu, 2), "peak_mb": round(ours.peak), "bytes": size}
    }
    if not missing:
        made, pandoc = typst_source(source, folder)
        target = folder / "peer.pdf"
        typst = cost(typst_command(made, target))
        found["pandoc + typst"] = {
            "cpu_s": round(pandoc.cpu + typst.cpu, 2),
            "peak_mb": round(max(pandoc.peak, typst.peak)),
            "bytes": target.stat().st_size,
        }
    return found


def main(arguments: list[str]) -> None:
    """Measure and print one JSON object."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    text = Path(arguments[0]).read_text("utf-8") if arguments else prose(20_000)
    missing = missing_peers()
    report: dict[str, object] = {"characters": len(text), "not_installed": missing}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for times in (1, 10, 100):
            source = folder / f"times{times}.md"
            source.write_text(longer(text, times), "utf-8")
            report[f"times {times}"] = _measured(source, folder, missing)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
