"""Laying out Chinese prose, beside Typst compiling the same text.

    python -m tests.bench.layout [FILE.md]

Without a file the text is made.  The peer comes with ``pip install typst pypandoc_binary``; what is missing
is named and left out.  CPU seconds are user plus system time, the median of five runs, A B A B.  The text a
hundred times as long holds the same sentences in ever new orders, so that few paragraphs come twice.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.peers import cost, missing_peers, typst_command, typst_source
from tests.bench.texts import longer, prose

_OURS = """
import json, resource, sys, time
from convert import pipeline
from convert.diagnostics import Findings
from convert.typeset.composition import compose
findings = Findings()
manuscript = pipeline.prepare(sys.argv[1], findings=findings)
start = time.process_time()
frame = compose(manuscript, findings)
used = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cpu": used, "pages": len(frame.pages), "peak_mb": round(peak)}))
"""


def _ours(path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _OURS, str(path)], check=True, capture_output=True, text=True
    )
    made: dict[str, float] = json.loads(done.stdout)
    return made


def main(arguments: list[str]) -> None:
    """Measure and print one JSON object."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    missing = missing_peers()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = Path(arguments[0]).read_text("utf-8") if arguments else prose(20_000)
        small, large = folder / "small.md", folder / "large.md"
        small.write_text(text, "utf-8")
        large.write_text(longer(text, 100), "utf-8")
        peer = None if missing else typst_source(small, folder)[0]
        ours: list[dict[str, float]] = []
        theirs: list[float] = []
        for _ in range(5):
            ours.append(_ours(small))
            if peer is not None:
                theirs.append(cost(typst_command(peer, folder / "peer.pdf")).cpu)
        median = statistics.median(item["cpu"] for item in ours)
        hundred = _ours(large)
        report = {
            "characters": len(text),
            "layout_cpu_s": round(median, 3),
            "layout_pages": ours[0]["pages"],
            "typst_compile_cpu_s": round(statistics.median(theirs), 3) if theirs else None,
            "hundred_times_cpu_s": round(hundred["cpu"], 2),
            "hundred_times_ratio": round(hundred["cpu"] / median, 1),
            "hundred_times_peak_mb": hundred["peak_mb"],
            "not_installed": missing,
        }
        print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
