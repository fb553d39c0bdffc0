"""The structure tree of the file: every stretch of content hangs in it once, and leads back to it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from convert.diagnostics import Findings
from convert.writers.pdf import PdfWriter
from tests.typeset.test_composition import manuscript

TEXT = """# 甲章

见[网页](https://a.example)和{汉字|hàn zì}[^a]。

| 头 | 头二 |
|---|---|
| 丙 | ^^ |

- 项

[^a]: 注文。

## 乙节

[mot]{lang=fr}。
"""


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(PdfWriter().write(manuscript(TEXT), Findings())))


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, parents first."""
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        yield element
        for kid in element.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                assert kid.P.objgen == element.objgen
                stack.append(kid)


def content(pdf: pikepdf.Pdf) -> Counter[tuple[int, int]]:
    """How often each marked stretch, by page and number, hangs in the tree."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    out: Counter[tuple[int, int]] = Counter()
    for element in elements(pdf):
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                out[pages[element.Pg.objgen], kid] += 1
            elif kid.get("/Type") == "/MCR":
                out[pages[kid.Pg.objgen], int(kid.MCID)] += 1
    return out


def test_every_stretch_hangs_in_the_tree_once_and_all_is_marked(pdf: pikepdf.Pdf) -> None:
    there = set()
    for number, page in enumerate(pdf.pages):
        stream = page.Contents.read_bytes().decode("ascii")
        there |= {(number, int(mark)) for mark in re.findall(r"/MCID (\d+)", stream)}
        depth = 0
        for line in stream.split("\n"):
            depth += line.endswith(("BDC", "BMC")) - (line == "EMC")
            assert depth > 0 or not line.endswith(("TJ", " f", " Do Q"))
        assert depth == 0
    hung = content(pdf)
    assert set(hung) == there
    assert set(hung.values()) == {1}


def test_pages_and_links_lead_back_to_their_elements(pdf: pikepdf.Pdf) -> None:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in pdf.pages:
        if "/Annots" not in page:
            continue
        for link in page.Annots:
            element = parents[int(link.StructParent)]
            assert element.S == "/Link"
            assert any(
                isinstance(kid, pikepdf.Dictionary)
                and kid.get("/Type") == "/OBJR"
                and kid.Obj.objgen == link.objgen
                for kid in element.K
            )
    marked = content(pdf)
    for number, page in enumerate(pdf.pages):
        held = sum(count for (at, _), count in marked.items() if at == number)
        assert len(parents.get(int(page.StructParents), [])) == held


def test_kinds_spans_languages_and_notes(pdf: pikepdf.Pdf) -> None:
    found: dict[str, list[Any]] = {}
    for element in elements(pdf):
        found.setdefault(str(element.S), []).append(element)
    assert {"/H1", "/H2", "/P", "/L", "/Table", "/Ruby", "/RT", "/Note", "/Reference", "/TOCI"} <= set(found)
    assert [int(cell.A.RowSpan) for cell in found["/TH"]] == [1, 1]
    assert str(found["/Span"][0].Lang) == "fr"
    (note,) = found["/Note"]
    assert note.P.S == "/P"
    kinds = [str(kid.S) for kid in note.P.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    assert kinds.index("/Note") == kinds.index("/Reference") + 1
    assert str(note.ID) == str(pdf.Root.StructTreeRoot.IDTree.Kids[0].Names[0])
