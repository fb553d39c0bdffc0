"""Hostile sources through everything: three editions and no traceback; and the largest through the reader."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

import convert
from convert.book import SourceFile
from convert.diagnostics import Code, Findings
from convert.model.validate import problems
from convert.readers.markdown import read

THROUGH_ALL = {
    "brackets": "[" * 16_000 + "\n\n甲",
    "depth": "- " * 1000 + "甲\n\n" + "> " * 1000 + "乙\n\n" + "::: note\n" * 60 + "丙",
    "rows": "|a|b|c|\n|-|-|-|\n" + "|一|二|三|\n" * 300,
    "notes": "".join(f"字[^{i}]。" for i in range(300))
    + "\n\n"
    + "".join(f"[^{i}]: 注\n" for i in range(300)),
    "odd characters": "甲\x00乙\r丙\r\n丁\ufeff\x1b\n\n" + "*_~=`" * 999 + "\n\n" + "<|{" * 999,
    "one line": "汉字，好" * 10_000,
}
LARGEST: dict[str, Callable[[], str]] = {
    "notes": lambda: "".join(f"字[^{i}]" for i in range(50_000)) + "\n\n" + "".join(f"[^{i}]: 注\n" for i in range(50_000)),
    "definitions": lambda: "".join(f"[a{i}]: http://x/{i}\n" for i in range(100_000)) + "\n[a1]",
    "rows": lambda: "|a|b|\n|-|-|\n" + "|一|二|\n" * 10_000,
    "line": lambda: "汉字，好" * 2_500_000,
    "brackets": lambda: "[" * 200_000,
    "lone surrogates": lambda: "\ud800甲" * 200_000,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", THROUGH_ALL)
def test_three_editions_of_a_hostile_source(name: str, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_bytes(THROUGH_ALL[name].encode())
    report = convert.build([source], out=tmp_path / "out")
    assert len(report.editions) == 3 and report.exit_status == 0
    assert Code.INTERNAL not in {finding.code for finding in report.findings}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_sources_are_read(name: str) -> None:
    document = read([SourceFile("a.md", LARGEST[name]())], Findings())
    assert document.blocks and problems(document) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "|a|b|\n|-|-|\n" + "|一|二|\n" * n,
        lambda n: (
            "".join(f"字[^{i}]" for i in range(n)) + "\n\n" + "".join(f"[^{i}]: 注\n" for i in range(n))
        ),
        lambda n: "**汉**[字](https://a.b)`c`，" * n,
        lambda n: "- 甲\n" * n,
    ],
    ids=["rows", "notes", "marks", "items"],
)
def test_memory_grows_as_the_text_does(make: Callable[[int], str]) -> None:
    peaks = []
    for count in (500, 1000):
        tracemalloc.start()
        read([SourceFile("a.md", make(count))], Findings())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2.4 * peaks[0] + 200_000
