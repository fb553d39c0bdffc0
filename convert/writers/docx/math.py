"""Formulas as Word's own (OMML, ECMA-376 part 1, 22.1), from the MathML that `convert.math` makes of TeX."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from convert.math import formula
from convert.writers.docx.xml import escape

__all__ = ["MATH_FACE", "is_low", "math_paragraph", "math_run"]

MATH_FACE = "Cambria Math"
"""The face Word sets formulas in."""

_NARY = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃⨀⨁⨂⨄⨆")
_ACCENTS = {
    "^": "\u0302", "~": "\u0303", "¯": "\u0304", "\u02d8": "\u0306", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c",
    "´": "\u0301", "`": "\u0300", "→": "\u20d7", "←": "\u20d6", "↔": "\u20e1", "\u20db": "\u20db", "\u20dc": "\u20dc",
    "˚": "\u030a",
}  # fmt: skip
"""Signs above a letter, as OMML wants them: combining (22.1.2.20)."""
_LONG = {"→": "⟶", "←": "⟵", "↔": "⟷", "⇒": "⟹", "⇐": "⟸", "⇔": "⟺"}
_GROUPS = frozenset("⏞⏟⏜⏝⎴⎵")
_COLOURS = {"red": "FF0000", "green": "008000", "blue": "0000FF", "gray": "808080", "orange": "FFA500"}
_OPEN = frozenset("([{⟨⌈⌊|‖")
_CLOSE = frozenset(")]}⟩⌉⌋|‖")
_STOPS = frozenset("=≠≈≡≤≥<>∼≃≅∝→⇒⇔↔,;+−-±∓")
"""Signs that end what a sum or a function is taken of."""
_WIDE = ("1em", "2em")
"""Spaces that part formulas from one another."""
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan ln lg log exp dim ker deg arg hom".split()
)
_LIMITS = frozenset("lim max min sup inf det gcd Pr".split())
_STRIKES = (
    ("horizontalstrike", "H"), ("verticalstrike", "V"), ("updiagonalstrike", "BLTR"), ("downdiagonalstrike", "TLBR"),
)  # fmt: skip
_NOT = "\u29f8"
_SPACES = ((0.9, "\u2003"), (0.45, "\u2002"), (0.25, "\u2005"), (0.2, "\u205f"), (0.1, "\u2006"))


def math_run(tex: str) -> str | None:
    """`m:oMath` for a formula in the line; None when the TeX is not understood."""
    root = formula(tex, False)
    return None if root is None else f"<m:oMath>{_row(list(root), '')}</m:oMath>"


def is_low(omml: str) -> bool:
    """Does a formula find room in a line of text?  Nothing in it stands on or below something else."""
    return not any(tall in omml for tall in _TALL)


def math_paragraph(tex: str) -> str | None:
    """`m:oMathPara` for a formula on lines of its own; None when the TeX is not understood."""
    root = formula(tex, True)
    if root is None:
        return None
    content = f"<m:oMath>{_row(list(root), '')}</m:oMath>"
    return f'<m:oMathPara><m:oMathParaPr><m:jc m:val="center"/></m:oMathParaPr>{content}</m:oMathPara>'


_TALL = ("<m:f>", "<m:nary>", "<m:m>", "<m:eqArr>", "<m:limLow>", "<m:limUpp>", "<m:groupChr>")


# ---------------------------------------------------------------- shapes


def _row(nodes: Sequence[Element], colour: str) -> str:
    """Elements side by side."""
    out: list[str] = []
    at = 0
    while at < len(nodes):
        made, taken = _next(nodes, at, colour)
        out.append(made)
        at += taken
    return "".join(out)


def _next(nodes: Sequence[Element], at: int, colour: str) -> tuple[str, int]:
    """What begins at *at*, and of how many elements it is made."""
    node = nodes[at]
    if (
        _is_fence(node)
        and at + 2 < len(nodes)
        and nodes[at + 1].tag in ("mtable", "mfrac")
        and _closes(nodes[at + 2])
    ):
        # Brackets that the parser sets beside a matrix or a binomial grow with it.
        inner = _element(nodes[at + 1], colour)
        return _delimited(node.text or "", nodes[at + 2].text or "", [inner]), 3
    if node.tag == "mpadded" and _NOT in node.itertext() and at + 1 < len(nodes) and nodes[at + 1].text:
        return _text(unicodedata.normalize("NFC", f"{nodes[at + 1].text}\u0338"), "p", colour), 2
    operator = _operator(node)
    if operator is not None:
        end = _operand_end(nodes, at + 1)
        if end > at + 1:
            return operator(_row(nodes[at + 1 : end], colour), colour), end - at
    return _element(node, colour), 1


def _operator(node: Element) -> Callable[[str, str], str] | None:
    """For a sum, a product, an integral or a named function: what makes it, given what it is taken of."""
    base = node[0] if node.tag in _SCRIPTED else node
    name = (base.text or "").strip()
    if base.tag == "mo" and name in _NARY:
        return lambda operand, colour: _nary(node, name, operand, colour)
    if (base.tag == "mi" and name in _FUNCTIONS) or (base.tag == "mo" and name in _LIMITS):
        return lambda operand, colour: (
            f"<m:func><m:fName>{_element(node, colour)}</m:fName><m:e>{operand}</m:e></m:func>"
        )
    return None


def _operand_end(nodes: Sequence[Element], at: int) -> int:
    """Where the operand that begins at *at* ends: before a relation, a sign, a comma or a closing bracket."""
    depth = 0
    while at < len(nodes):
        text = nodes[at].text or "" if nodes[at].tag == "mo" else ""
        if text in _OPEN and text not in "|‖":
            depth += 1
        elif text in _CLOSE and text not in "|‖":
            if not depth:
                break
            depth -= 1
        elif not depth and ((text and text in _STOPS) or nodes[at].get("width") in _WIDE):
            break
        at += 1
    return at


_SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")


def _nary(node: Element, sign: str, operand: str, colour: str) -> str:
    """`m:nary` (22.1.2.70): a sign, its limits, and what it is taken of."""
    lower = upper = None
    if node.tag in ("msub", "munder", "msubsup", "munderover"):
        lower = node[1]
    if node.tag in ("msup", "mover", "msubsup", "munderover"):
        upper = node[-1]
    place = "undOvr" if node.tag.startswith(("munder", "mover")) else "subSup"
    properties = f'<m:chr m:val="{sign}"/><m:limLoc m:val="{place}"/>'
    properties += "" if lower is not None else '<m:subHide m:val="1"/>'
    properties += "" if upper is not None else '<m:supHide m:val="1"/>'
    below = _inside(lower, colour) if lower is not None else ""
    above = _inside(upper, colour) if upper is not None else ""
    return (
        f"<m:nary><m:naryPr>{properties}</m:naryPr><m:sub>{below}</m:sub><m:sup>{above}</m:sup>"
        f"<m:e>{operand}</m:e></m:nary>"
    )


def _inside(node: Element, colour: str) -> str:
    return _row([node], colour)


def _element(node: Element, colour: str) -> str:
    """One element with all that is in it."""
    make = _SHAPES.get(node.tag)
    return make(node, colour) if make is not None else _row(list(node), colour)


def _fraction(node: Element, colour: str) -> str:
    bar = node.get("linethickness", "")
    kind = '<m:fPr><m:type m:val="noBar"/></m:fPr>' if bar and not bar.strip("0.").rstrip("empxt") else ""
    return (
        f"<m:f>{kind}<m:num>{_inside(node[0], colour)}</m:num><m:den>{_inside(node[1], colour)}</m:den></m:f>"
    )


def _square_root(node: Element, colour: str) -> str:
    return (
        '<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>'
        f"<m:e>{_row(list(node), colour)}</m:e></m:rad>"
    )


def _root(node: Element, colour: str) -> str:
    return f"<m:rad><m:deg>{_inside(node[1], colour)}</m:deg><m:e>{_inside(node[0], colour)}</m:e></m:rad>"


def _scripts(node: Element, colour: str) -> str:
    name, parts = {"msub": ("sSub", "sub"), "msup": ("sSup", "sup"), "msubsup": ("sSubSup", "sub sup")}[
        node.tag
    ]
    base = _inside(node[0], colour)
    scripts = "".join(
        f"<m:{part}>{_inside(child, colour)}</m:{part}>"
        for part, child in zip(parts.split(), node[1:], strict=True)
    )
    return f"<m:{name}><m:e>{base}</m:e>{scripts}</m:{name}>"


def _limit(base: str, text: str, below: bool) -> str:
    name = "limLow" if below else "limUpp"
    return f"<m:{name}><m:e>{base}</m:e><m:lim>{text}</m:lim></m:{name}>"


def _under_over(node: Element, colour: str) -> str:
    arrow = _arrow(node[0])
    if arrow:
        return _labelled_arrow(node, arrow, colour)
    base = _inside(node[0], colour)
    if node.tag == "munderover":
        return _limit(_limit(base, _inside(node[1], colour), True), _inside(node[2], colour), False)
    sign = (node[1].text or "") if node[1].tag == "mo" else ""
    if sign and sign in _GROUPS:
        top = node.tag == "mover"
        place = '<m:pos m:val="top"/><m:vertJc m:val="bot"/>' if top else '<m:pos m:val="bot"/>'
        return f'<m:groupChr><m:groupChrPr><m:chr m:val="{sign}"/>{place}</m:groupChrPr><m:e>{base}</m:e></m:groupChr>'
    if sign in ("¯", "_", "\u0332", "\u2015"):
        place = "top" if node.tag == "mover" else "bot"
        if place == "bot" or len(list(node[0].iter())) > 2:
            return f'<m:bar><m:barPr><m:pos m:val="{place}"/></m:barPr><m:e>{base}</m:e></m:bar>'
    if node.tag == "mover" and sign in _ACCENTS:
        return f'<m:acc><m:accPr><m:chr m:val="{_ACCENTS[sign]}"/></m:accPr><m:e>{base}</m:e></m:acc>'
    return _limit(base, _inside(node[1], colour), node.tag == "munder")


def _arrow(node: Element) -> str:
    """The sign of an arrow that grows with its label (``\\xrightarrow``), else nothing."""
    if node.tag == "mstyle" and len(node) == 1 and node[0].tag == "mo":
        sign = node[0].text or ""
        return sign if (sign and "\u2190" <= sign[0] <= "\u21ff") or sign == "=" else ""
    return ""


def _labelled_arrow(node: Element, arrow: str, colour: str) -> str:
    """A long arrow with its label on top, and one below where there are two."""
    made = _text(_LONG.get(arrow, arrow), "p", colour)
    if node.tag != "mover":
        made = _limit(made, _inside(node[1], colour), True)
    return made if node.tag == "munder" else _limit(made, _inside(node[-1], colour), False)


def _delimited(opening: str, closing: str, parts: Sequence[str], separator: str = "") -> str:
    """`m:d` (22.1.2.24): brackets that grow with what is in them."""
    properties = f'<m:begChr m:val="{escape(opening)}"/>'
    properties += f'<m:sepChr m:val="{escape(separator)}"/>' if separator else ""
    properties += f'<m:endChr m:val="{escape(closing)}"/>'
    return f"<m:d><m:dPr>{properties}</m:dPr>{''.join(f'<m:e>{part}</m:e>' for part in parts)}</m:d>"


def _is_fence(node: Element) -> bool:
    return node.tag == "mo" and node.get("stretchy") != "false" and (node.text or "") in (*_OPEN, "")


def _closes(node: Element) -> bool:
    return node.tag == "mo" and node.get("stretchy") != "false" and (node.text or "") in (*_CLOSE, "")


def _grouped(node: Element, colour: str) -> str:
    """`mrow`: brackets of \\left and \\right (and of cases) are a group of their own."""
    nodes = list(node)
    if not nodes or nodes[0].get("fence") != "true" or nodes[0].get("form") != "prefix":
        return _row(nodes, colour)
    closing = ""
    inner = nodes[1:]
    if len(inner) and inner[-1].get("form") == "postfix":
        closing = inner[-1].text or ""
        inner = inner[:-1]
    parts: list[list[Element]] = [[]]
    separator = ""
    for child in inner:
        if child.tag == "mo" and (child.get("form") == "infix" or child.get("fence") == "true"):
            separator = child.text or "|"
            parts.append([])
        else:
            parts[-1].append(child)
    return _delimited(nodes[0].text or "", closing, [_row(part, colour) for part in parts], separator)


def _table(node: Element, colour: str) -> str:
    """A matrix, lines below one another, or lines aligned at a sign.

    Aligned lines are a matrix without gaps: Word has ampersands in `m:eqArr` for them (22.1.2.34), which
    LibreOffice shows as text.
    """
    rows = [list(row) for row in node if row.tag == "mtr"]
    width = max((len(row) for row in rows), default=0)
    if width <= 1:
        lines = "".join(f"<m:e>{_cell(row, 0, colour)}</m:e>" for row in rows)
        return f"<m:eqArr>{lines}</m:eqArr>"
    aligns = [
        rows[0][at].get("columnalign", "center") if at < len(rows[0]) else "center" for at in range(width)
    ]
    columns = "".join(
        f'<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="{align}"/></m:mcPr></m:mc>' for align in aligns
    )
    lines = "".join(
        f"<m:mr>{''.join(f'<m:e>{_cell(row, at, colour)}</m:e>' for at in range(width))}</m:mr>"
        for row in rows
    )
    close = node.get("displaystyle") == "true"
    rule = '<m:cGpRule m:val="3"/>' if close else ""
    gap = '<m:cGp m:val="0"/>' if close else ""
    # Places that the source leaves empty stay empty, without Word's dotted boxes.
    properties = f'<m:plcHide m:val="1"/>{rule}{gap}<m:mcs>{columns}</m:mcs>'
    return f"<m:m><m:mPr>{properties}</m:mPr>{lines}</m:m>"


def _cell(row: Sequence[Element], at: int, colour: str) -> str:
    return (
        _row([child for child in row[at] if child.tag != "mi" or child.text], colour) if at < len(row) else ""
    )


def _enclosed(node: Element, colour: str) -> str:
    """A box, or what is struck through (22.1.2.11)."""
    notation = node.get("notation", "").split()
    struck = "".join(f'<m:strike{sign} m:val="1"/>' for name, sign in _STRIKES if name in notation)
    hidden = "".join(f'<m:hide{side} m:val="1"/>' for side in ("Top", "Bot", "Left", "Right"))
    properties = f"<m:borderBoxPr>{hidden}{struck}</m:borderBoxPr>" if struck else ""
    return f"<m:borderBox>{properties}<m:e>{_row(list(node), colour)}</m:e></m:borderBox>"


def _phantom(node: Element, colour: str) -> str:
    return (
        f'<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e>{_row(list(node), colour)}</m:e></m:phant>'
    )


def _styled(node: Element, colour: str) -> str:
    wanted = node.get("mathcolor", "")
    known = wanted[1:].upper() if len(wanted) == 7 and wanted[0] == "#" else _COLOURS.get(wanted, "")
    return _row(list(node), known or colour)


# ---------------------------------------------------------------- runs


def _leaf(node: Element, colour: str) -> str:
    text = node.text or ""
    if not text:
        return ""
    if node.tag == "mtext" or (node.tag == "mo" and len(text) > 1 and text not in _LIMITS):
        return _text(text.replace("\u00a0", " "), "nor", colour)
    symbol = len(text) == 1 and unicodedata.category(text) == "Sm"
    upright = node.tag != "mi" or node.get("mathvariant") == "normal" or len(text) > 1
    return _text(text, "p" if upright and not symbol else "", colour)


def _space(node: Element, colour: str) -> str:
    width = node.get("width", "")
    try:
        ems = (
            float(width.removesuffix("em")) if width.endswith("em") else float(width.removesuffix("pt")) / 10
        )
    except ValueError:
        return ""
    space = next((char for least, char in _SPACES if ems >= least), "")
    return _text(space, "p", colour) if space else ""


def _text(text: str, style: str, colour: str) -> str:
    """One run.  *style* is `p` for upright, `nor` for words, empty for Word's own choice (22.1.2.87)."""
    han = any(ord(char) >= 0x2E80 and unicodedata.category(char) == "Lo" for char in text)
    mode = {"": "", "nor": "<m:rPr><m:nor/></m:rPr>", "p": '<m:rPr><m:sty m:val="p"/></m:rPr>'}[style]
    hint = ' w:hint="eastAsia"' if han else ""
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    face = f'<w:rFonts{hint} w:ascii="{MATH_FACE}" w:hAnsi="{MATH_FACE}"/>'
    return f'<m:r>{mode}<w:rPr>{face}{shade}</w:rPr><m:t xml:space="preserve">{escape(text)}</m:t></m:r>'


_SHAPES: dict[str, Callable[[Element, str], str]] = {
    "mrow": _grouped,
    "mi": _leaf,
    "mn": _leaf,
    "mo": _leaf,
    "mtext": _leaf,
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msub": _scripts,
    "msup": _scripts,
    "msubsup": _scripts,
    "munder": _under_over,
    "mover": _under_over,
    "munderover": _under_over,
    "mtable": _table,
    "menclose": _enclosed,
    "mphantom": _phantom,
    "mstyle": _styled,
}
