"""Laying out Chinese prose, beside Typst compiling the same text.

    python -m tests.bench.layout [FILE.md]

Needs `typst` and `pypandoc_binary` from pip; without them their rows are left out by name.
CPU seconds are user plus system time of a fresh process, the median of five, A B A B.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.texts import prose

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

_TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2])
"""

_HEAD = """#set page("a5")
#set text(font: "Noto Serif CJK SC", size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 7.5pt)
"""


def _child_cpu(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _ours(path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _OURS, str(path)], check=True, capture_output=True, text=True
    )
    made: dict[str, float] = json.loads(done.stdout)
    return made


def _typst_source(path: Path, folder: Path) -> Path | None:
    if not (importlib.util.find_spec("typst") and importlib.util.find_spec("pypandoc")):
        return None
    import pypandoc

    made = folder / "peer.typ"
    made.write_text(_HEAD + pypandoc.convert_text(path.read_text("utf-8"), "typst", "markdown"), "utf-8")
    return made


def main(arguments: list[str]) -> None:
    """Measure and print one JSON object."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = Path(arguments[0]) if arguments else folder / "small.md"
        if not arguments:
            small.write_text(prose(20_000), "utf-8")
        text = small.read_text("utf-8")
        large = folder / "large.md"
        large.write_text((text.rstrip() + "\n\n") * 100, "utf-8")
        peer = _typst_source(small, folder)
        ours: list[dict[str, float]] = []
        theirs: list[float] = []
        for _ in range(5):
            ours.append(_ours(small))
            if peer is not None:
                theirs.append(_child_cpu([sys.executable, "-c", _TYPST, str(peer), str(folder / "peer.pdf")]))
        median = statistics.median(item["cpu"] for item in ours)
        hundred = _ours(large)
        report = {
            "characters": len(text),
            "layout_cpu_s": round(median, 3),
            "layout_pages": ours[0]["pages"],
            "typst_compile_cpu_s": round(statistics.median(theirs), 3)
            if theirs
            else "typst is not installed",
            "hundred_times_cpu_s": round(hundred["cpu"], 2),
            "hundred_times_ratio": round(hundred["cpu"] / median, 1),
            "hundred_times_peak_mb": hundred["peak_mb"],
        }
        print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
