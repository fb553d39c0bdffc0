"""Repair of scanned pages: CPU seconds and what a ten times longer text costs.

    python -m tests.bench.repair

Each size runs in a fresh process, the median of three; the time is that of `convert.repair.repair` with all
passes, from the text to its diff.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

from tests.bench.texts import prose

_OURS = """
import json, resource, sys, time
from convert.readers.markdown import skeleton
from convert.repair import PASSES, Mode, repair
from tests.bench.repair import scan
text = scan(int(sys.argv[1]))
start = time.process_time()
one = repair(text, "a.md", skeleton, {p.name: Mode.FIX for p in PASSES})
lines = sum(1 for _ in one.diff())
used = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"kb": len(text.encode()) // 1000, "cpu": used, "fixes": len(one.fixes), "peak_mb": round(peak)}))
"""
PAGE = 700


def scan(size: int) -> str:
    """Prose of about *size* bytes as a scan leaves it: a page number and a running head every 700 characters."""
    text = prose(size // 3)
    pages = [text[at : at + PAGE] for at in range(0, len(text), PAGE)]
    return "".join(f"{page}\n\n— {number} —\n\n河边月刊\n\n" for number, page in enumerate(pages, 1))


def main() -> None:
    """Print a row for each size."""
    before = 0.0
    for size in (60_000, 600_000, 6_000_000):
        runs = [
            json.loads(subprocess.check_output([sys.executable, "-c", _OURS, str(size)])) for _ in range(3)
        ]
        row = runs[0] | {"cpu": round(statistics.median(run["cpu"] for run in runs), 3)}
        times = f"{row['cpu'] / before:.1f}" if before else "-"
        before = row["cpu"]
        print(json.dumps(row), "times the row above:", times)


if __name__ == "__main__":
    main()
