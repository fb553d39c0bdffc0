"""The dialect, one idea a fixture: tests/fixtures/source/*.txt, each a row of cases.

A case is a heading line ``=== what it shows``, the source, a line ``---8<---`` and the shape that
`tests.readers.markdown.shape` gives.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.markdown.shape import shape

FIXTURES = Path(__file__).parents[2] / "fixtures" / "source"
CUT = "\n---8<---\n"


def _cases() -> list[tuple[str, str, str]]:
    out = []
    for path in sorted(FIXTURES.glob("*.txt")):
        for part in path.read_text("utf-8").split("\n=== ")[1:]:
            name, _, rest = part.partition("\n")
            source, cut, wanted = rest.partition(CUT)
            assert cut, f"{path.name}: {name} has no expected shape"
            out.append((f"{path.stem}: {name}", source, wanted.strip("\n")))
    return out


CASES = _cases()


@pytest.mark.parametrize(("source", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_fixture(source: str, wanted: str) -> None:
    assert shape(source) == wanted


def test_there_are_fixtures() -> None:
    assert len(CASES) > 80
