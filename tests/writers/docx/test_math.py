"""Formulas as Word's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.writers.docx import DocxWriter
from convert.writers.docx.math import math_paragraph, math_run
from tests.writers.docx.sample import HERE, NS, W, manuscript, para, text_of, write

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def shape(tex: str) -> str:
    """The formula's elements by name, with the text of its runs and the signs of its properties."""
    made = math_run(tex)
    assert made is not None
    namespaces = f'xmlns:m="{M[1:-1]}" xmlns:w="{W[1:-1]}"'
    root = etree.fromstring(f"<x {namespaces}>{made}</x>")[0]

    def told(node: etree._Element) -> str:
        name = etree.QName(node).localname
        if name == "r":
            return "".join(str(text) for text in node.itertext())
        if name.endswith("Pr"):
            signs = [
                v.get(f"{M}val", "") for v in node if etree.QName(v).localname in ("chr", "begChr", "endChr")
            ]
            return f"‹{''.join(signs)}›" if signs else ""
        inner = "".join(told(child) for child in node)
        return inner if name in ("oMath", "e") else f"{name}[{inner}]"

    return told(root)


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"\frac{a}{2}", "f[num[a]den[2]]"),
        (r"\sqrt{x}", "rad[deg[]x]"),
        (r"\sqrt[3]{x}", "rad[deg[3]x]"),
        (r"x_1^2", "sSubSup[xsub[1]sup[2]]"),
        (r"\sum_{i=1}^n i^2 = s", "nary[‹∑›sub[i=1]sup[n]sSup[isup[2]]]=s"),
        (r"\int x", "nary[‹∫›sub[]sup[]x]"),
        (r"\lim_{x\to 0} y", "func[fName[limLow[limlim[x→0]]]y]"),
        (r"\sin x + 1", "func[fName[sin]x]+1"),
        (r"\sin", "sin"),
        (r"\begin{pmatrix}a&b\end{pmatrix}", "d[‹()›m[mr[ab]]]"),
        (r"\begin{cases}a&b\\c&d\end{cases}", "d[‹{›m[mr[ab]mr[cd]]]"),
        (r"\left(\frac12\middle|x\right]", "d[‹(]›f[num[1]den[2]]x]"),
        (r"\binom{n}{k}", "d[‹()›f[num[n]den[k]]]"),
        (r"\hat{x}\overline{AB}", "acc[‹\u0302›x]bar[AB]"),
        (r"\underbrace{a+b}_{n}", "limLow[groupChr[‹⏟›a+b]lim[n]]"),
        (r"A\xrightarrow{f}B", "AlimUpp[⟶lim[f]]B"),
        (r"a \not= b", "a≠b"),
        (r"\text{长 a}<\&", "长 a<&"),
        (r"\boxed{x}", "borderBox[x]"),
        ("a \\\\ b", "eqArr[ab]"),
    ],
)  # fmt: skip
def test_a_formula_has_its_shape_in_word(tex: str, wanted: str) -> None:
    assert shape(tex) == wanted


def test_a_formula_stands_in_the_line_or_on_its_own() -> None:
    made = write(para("见", n.Math("x^2"), "。"), n.MathBlock("", HERE, "y"))
    assert [len(p.findall(f"{M}oMath")) for p in made.paragraphs("BodyText")] == [1]
    assert len(made.paragraphs("Formula")[0].findall(f"{M}oMathPara")) == 1
    assert "m:mathFont" in made.zip.read("word/settings.xml").decode()
    assert "Cambria Math" in made.zip.read("word/fontTable.xml").decode()


def test_a_numbered_formula_shows_its_number_as_a_field_that_references_lead_to() -> None:
    made = write(n.MathBlock("eq", HERE, "y", "1-2"), para("见", n.CrossReference("eq", "式1-2")))
    formula = made.paragraphs("Formula")[0]
    assert text_of(formula) == "(1-2)"
    assert [tab.get(W + "val") for tab in formula.findall("w:pPr/w:tabs/w:tab", NS)] == ["center", "right"]
    codes = [i.text for i in made.document.iter(W + "instrText")]
    assert codes == [" SEQ 式 \\* ARABIC \\r 2 ", " REF _Refeq \\h "]
    assert text_of(made.paragraphs("BodyText")[0]) == "见式1-2"


def test_what_is_not_understood_stands_as_its_source_and_is_told() -> None:
    findings = Findings()
    made = manuscript(para("见", n.Math(r"\foo{x}")), n.MathBlock("", n.SourceSpan("a.md", 7, 9), r"\bar"))
    DocxWriter().write(made, findings)
    assert [(f.code.value, f.place.line) for f in findings] == [
        ("feature-unsupported", 1),
        ("feature-unsupported", 7),
    ]
    shown = write(para("见", n.Math(r"\foo{x}")))
    assert text_of(shown.paragraphs("BodyText")[0]) == r"见\foo{x}"


def test_a_heading_spells_its_formula_as_the_contents_do() -> None:
    made = write(n.Heading("h", HERE, 1, (n.Math("x^2"), n.Text("的图"))), para("文"))
    assert text_of(made.paragraphs("Heading1")[0]) == "x^2的图"


_PIECES = st.sampled_from(
    r"\frac{a}{b} \sqrt x _1 ^2 { } \left( \right) \sum \int \lim \sin = , \begin{cases} \end{cases} & \\ \hat \overline"
    r" \underbrace{x} \xrightarrow{f} \text{中} \boxed{y} \binom{n}{k} \not < ( ) | \middle| \quad \color{red}{z} ' %".split()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=12).map(" ".join))
def test_any_formula_is_well_formed_or_refused(tex: str) -> None:
    for made in (math_run(tex), math_paragraph(tex)):
        if made is not None:
            etree.fromstring(f'<x xmlns:m="m" xmlns:w="w">{made}</x>')
