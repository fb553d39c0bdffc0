"""Formulas as MathML: what they say, what is refused, and that nothing can make it fail."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.math import MATHML, formula, mathml


def shape(tex: str, display: bool = True) -> str:
    """The formula's MathML without its outermost elements and attributes."""
    root = formula(tex, display)
    assert root is not None, tex

    def told(node: ElementTree.Element) -> str:
        inner = (node.text or "") + "".join(told(child) for child in node)
        return inner if node.tag in ("math", "mrow", "mi", "mn", "mo") else f"{node.tag}[{inner}]"

    return told(root)


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"\frac{a}{2}", "mfrac[a2]"),
        (r"\sqrt[3]{x}", "mroot[x3]"),
        (r"x_1^2", "msubsup[x12]"),
        (r"\sum_{i=1}^n i", "munderover[∑i=1n]i"),
        (r"\int_0^1 x", "msubsup[∫01]x"),
        (r"\lim_{x\to 0} x", "munder[limx→0]x"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(mtable[mtr[mtd[a]mtd[b]]mtr[mtd[c]mtd[d]]])"),
        (r"\begin{aligned}a&=b\\[3pt]c&=d\end{aligned}", "mtable[mtr[mtd[a]mtd[=b]]mtr[mtd[c]mtd[=d]]]"),
        (r"a \\ b", "mtable[mtr[mtd[a]]mtr[mtd[b]]]"),
        (r"\text{面积 } S", "mtext[面积\u00a0]S"),
        ("长+宽度", "mtext[长]+mtext[宽度]"),
        (r"\mathbb{RN}\mathbf{xy}\mathfrak{H}", "ℝℕ𝐱𝐲ℌ"),
        (r"\operatorname*{arg\,max}_x", "munder[arg\u2009maxx]"),
        (r"a < b \& c", "a<b&c"),
        (r"a \bmod b", "amodb"),
        ("x % note\n + y", "x+y"),
        (r"\begin{equation} y \label{eq:a} \end{equation}", "y"),
    ],
)
def test_a_formula_says_what_its_source_says(tex: str, wanted: str) -> None:
    assert shape(tex) == wanted


@pytest.mark.parametrize(
    "tex",
    [
        "", " ", r"\frac{a", r"x_", r"\left( a", "}", r"\foo{x}", r"\begin{foo}x\end{foo}", "a & b", "$x$",
        r"\href{javascript:alert(1)}{x}", r"\newcommand{\a}{\a\a}\a", r"\style{color:red}{x}", "x\x01", "\ud800",
        "{" * 5000, r"\sqrt" * 5000, "x+" * 5000, r"\frac" * 100 + "1" * 101, r"\begin{matrix}", r"\unicode{x202e}",
        r"\operatorname{\a b}",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_whole(tex: str) -> None:
    assert mathml(tex, True) is None


def test_the_element_is_whole_and_carries_its_source() -> None:
    text = mathml(r'\text{"<b>"} & 1'.replace("& ", "\\& "), False)
    assert text is not None
    root = ElementTree.fromstring(text)
    assert root.tag == f"{{{MATHML}}}math"
    assert root.attrib == {"display": "inline", "alttext": '\\text{"<b>"} \\& 1'}
    assert 'display="block"' in (mathml("x", True) or "")


_PIECES = st.sampled_from(
    r"\frac \sqrt { } [ ] ^ _ & \\ \left( \right) \sum \int x 1 中 \text{a} \begin{matrix} \end{matrix} ' \not \over"
    r" \limits \hspace \color{red} \tag{1} \overbrace \xrightarrow \right \left $ # % < > &amp; \& \genfrac \sideset"
    r" \middle \operatorname{x} \rule \skew \displaystyle \mathbf \mathrm{ab}".split()
) | st.text(max_size=4)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=14).map(" ".join), st.booleans())
def test_any_text_gives_a_sound_element_or_nothing(tex: str, display: bool) -> None:
    text = mathml(tex, display)
    if text is None:
        return
    root = ElementTree.fromstring(text)
    arity = {
        "mfrac": 2,
        "mroot": 2,
        "msub": 2,
        "msup": 2,
        "munder": 2,
        "mover": 2,
        "msubsup": 3,
        "munderover": 3,
    }
    for node in root.iter():
        name = node.tag.rpartition("}")[2]
        assert len(node) == arity.get(name, len(node))
        assert not {"href", "class", "style", "id"} & node.attrib.keys()


def test_the_operator_mod_stands_apart_from_what_it_divides() -> None:
    made = formula(r"a \bmod b + c", False)
    assert made is not None
    spaces = {node.text: (node.get("lspace"), node.get("rspace")) for node in made.iter("mo")}
    assert spaces == {"mod": ("0.222em", "0.222em"), "+": (None, None)}
