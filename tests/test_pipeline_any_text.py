"""Any text at all: three editions that agree, or a finding; never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import convert
from convert.diagnostics import Code

pytestmark = pytest.mark.slow

PIECES = [
    "春眠不觉晓", "处处闻啼鸟", "。", "，", "“", "”", "——", "……", "《诗》", " ", "\n", "\n\n", "# ", "## ", "#### ",
    "- ", "1. ", "> ", "*", "**", "`", "```\n", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n", "[^1]", "\n[^1]: 注\n",
    "[链](https://example.org/a)", "![图](none.png)", "<div>", "</div>", "<br>", "$x^2$", "$$\ny\n$$\n",
    "\n::: keypoint\n", "\n:::\n", "{#id}", "English", "2024", "%", "    ", "😀", "𠮷", "\u200b", "\u3000", "~~", "==",
    "\\", "&amp;", "&", "<", ">", "[", "]", "(", ")", "- [ ] 做\n", "词\n: 义\n", "é", "한글", "かな", "\x0c", "\ufeff",
    "---\n", "https://example.org/very/long/path?x=1",
]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join))
def test_editions_of_any_text_agree(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    source = folder / "a.md"
    source.write_text(text, "utf-8")
    report = convert.build([source], out=folder)
    if not report.editions:
        assert {finding.code for finding in report.findings} & {Code.SOURCE_EMPTY, Code.FRONT_MATTER}
        return
    assert report.exit_status in (0, 1)
    assert [edition.writer for edition in report.editions] == ["docx", "epub", "pdf"]
    again = convert.verify([edition.path for edition in report.editions])
    assert [str(finding) for finding in again.findings] == []


def test_a_source_that_shows_nothing_still_makes_files_that_open(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("####\n", "utf-8")
    report = convert.build([tmp_path / "a.md"], out=tmp_path)
    assert convert.verify([edition.path for edition in report.editions]).exit_status == 0
