"""The manual and the code say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convert.diagnostics import Code

MANUAL = Path(__file__).parents[1] / "source" / "manual"


@pytest.fixture(scope="module")
def rows() -> list[str]:
    """The first cells of the tables of the chapter on findings."""
    text = (MANUAL / "09-findings.md").read_text("utf-8")
    return re.findall(r"(?m)^\| ([a-z][a-z-]+) \|", text)


def test_every_code_has_its_row_and_every_row_its_code(rows: list[str]) -> None:
    assert sorted(rows) == sorted(code.value for code in Code)


def test_every_command_is_listed() -> None:
    from convert.cli import quire

    text = (MANUAL / "03-commands.md").read_text("utf-8")
    assert not [name for name in quire.commands if f"| quire {name} |" not in text]
