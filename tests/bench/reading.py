"""Reading Markdown into the model, beside Python-Markdown making HTML of the same text in the same run.

    python -m tests.bench.reading [FILE.md]

Three texts (the file or Chinese prose, the project's own manual and booklet, lists and tables only), each
once, ten times and a hundred times.  CPU seconds, the best of five rounds A B A B, of one where a round takes
more than two seconds.  Python-Markdown has the extensions that come nearest: extra, sane_lists, toc.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import markdown

from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.readers.markdown import read
from tests.bench.texts import prose

SOURCE = Path(__file__).parents[2] / "source"
_ROUNDS = 5
_LONG = 2.0


def ours(text: str) -> None:
    """Read *text* into the model."""
    read([SourceFile("a.md", text)], Findings())


def theirs(text: str) -> None:
    """Make HTML of *text*."""
    markdown.Markdown(extensions=["extra", "sane_lists", "toc"]).convert(text)


def lists_and_tables(count: int) -> str:
    """Markdown of nested lists and small tables, *count* of each."""
    return "".join(
        f"- 项{at} **粗** `码`\n  - 子项 [链](https://a.b/{at})\n\n"
        f"| a | b | c |\n|---|:-:|--:|\n| {at} | 甲乙 | **丙** |\n| 1 | 2 | 3 |\n\n"
        for at in range(count)
    )


def _seconds(run: Callable[[str], None], text: str) -> float:
    began = time.process_time()
    run(text)
    return time.process_time() - began


def compare(text: str) -> dict[str, float]:
    """CPU seconds of both on *text*."""
    pairs: list[tuple[float, float]] = []
    while len(pairs) < _ROUNDS and not (pairs and sum(pairs[-1]) > _LONG):
        pairs.append((_seconds(ours, text), _seconds(theirs, text)))
    mine, other = (min(column) for column in zip(*pairs, strict=True))
    return {
        "characters": len(text),
        "quire_cpu_s": round(mine, 4),
        "python_markdown_cpu_s": round(other, 4),
        "ratio": round(mine / other, 2),
        "quire_us_per_character": round(mine / len(text) * 1e6, 2),
    }


def main(arguments: list[str]) -> None:
    """Measure and print one JSON object."""
    samples = [path.read_text("utf-8") for path in sorted(SOURCE.glob("*/*.md"))]
    texts = {
        "text": Path(arguments[0]).read_text("utf-8") if arguments else prose(20_000),
        "samples": "\n\n".join(samples),
        "lists_and_tables": lists_and_tables(300),
    }
    ours("# 热身\n\n文")
    theirs("# 热身\n\n文")
    report: dict[str, object] = {
        f"{name} x {times}": compare((text.rstrip() + "\n\n") * times)
        for name, text in texts.items()
        for times in (1, 10, 100)
        if len(text) * times < 8_000_000
    }
    report["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
