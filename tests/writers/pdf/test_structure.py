"""The structure tree of the file: every stretch of content hangs in it once, and leads back to it."""

from __future__ import annotations

import ctypes
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest

from convert.diagnostics import Findings, Place
from convert.theming import load_theme, override
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
            assert depth > 0 or not line.endswith(("TJ", "Tj", " f", " Do Q"))
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


def by_mark(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """What each marked stretch says, read by PDFium: by page and number."""
    raw = pypdfium2.raw
    out = io.BytesIO()
    pdf.save(out)
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pypdfium2.PdfDocument(out.getvalue())):
        text = page.get_textpage()
        for item in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            for at in range(raw.FPDFPageObj_CountMarks(item.raw)):
                mark, value = raw.FPDFPageObj_GetMark(item.raw, at), ctypes.c_int()
                if raw.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", ctypes.byref(value)):
                    size = raw.FPDFTextObj_GetText(item.raw, text.raw, None, 0)
                    buffer = ctypes.create_string_buffer(size)
                    raw.FPDFTextObj_GetText(
                        item.raw, text.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
                    )
                    said = buffer.raw[:-2].decode("utf-16-le")
                    found[number, value.value] = found.get((number, value.value), "") + said
    return found


def read_out(pdf: pikepdf.Pdf) -> str:
    """All that the structure tree says, in its order, as one who listens hears it."""
    said, pages = by_mark(pdf), {page.objgen: number for number, page in enumerate(pdf.pages)}

    def words(element: Any) -> Iterator[str]:
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                yield said.get((pages[element.Pg.objgen], kid), "")
            elif kid.get("/Type") == "/MCR":
                yield said.get((pages[kid.Pg.objgen], int(kid.MCID)), "")
            elif kid.get("/Type") == "/StructElem":
                yield from words(kid)

    return "".join("".join(words(pdf.Root.StructTreeRoot.K)).split())


def test_the_tree_is_read_in_the_order_of_the_text(pdf: pikepdf.Pdf) -> None:
    wanted = "目录甲章1乙节1甲章见网页和汉hàn字zì①①注文。。头头二丙^^•项乙节mot。"
    assert read_out(pdf) == wanted


LONG = "".join(
    f"第{n}段{{字|zì}}：" + "几行文字，一栏一栏读下去。" * (n % 7 + 1) + f"[^{n}]\n\n" for n in range(40)
)
LONG += "\n".join(f"[^{n}]: 第{n}注。" for n in range(40))


@pytest.mark.parametrize("columns", [1, 2])
def test_columns_and_pages_are_read_in_the_order_of_the_text(columns: int) -> None:
    theme = override(load_theme("report"), "page.columns", columns, Place(""))
    made = PdfWriter().write(manuscript(LONG, theme), Findings())
    heard = read_out(pikepdf.open(io.BytesIO(made)))
    # A note is heard where it is called; its mark, by page, is left aside.
    heard = re.sub(r"[①-⑳]", "", heard)
    wanted = "".join(
        f"第{n}段字zì：" + "几行文字，一栏一栏读下去。" * (n % 7 + 1) + f"第{n}注。" for n in range(40)
    )
    assert heard == wanted


def test_each_part_of_a_ruby_is_one_of_its_own(pdf: pikepdf.Pdf) -> None:
    """ISO 32000-1, table 338: a Ruby has one RB and one RT."""
    assemblies = [element for element in elements(pdf) if element.S == "/Ruby"]
    assert [[str(kid.S) for kid in element.K] for element in assemblies] == [["/RB", "/RT"]] * 2
