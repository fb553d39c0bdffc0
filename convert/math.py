"""Formulas: TeX in, MathML out, for every edition that can show it.

latex2mathml does the parsing; what it hands over without understanding it (unknown commands, bare
braces, fractions that lack a half) is refused here, so that a formula is shown whole or as its source.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from convert.regex import regex

__all__ = ["MATHML", "formula", "mathml"]

MATHML = "http://www.w3.org/1998/Math/MathML"
LONGEST = 8_000
"""Characters of TeX beyond which a formula is not tried: it is a mistake or an attack."""
DEEPEST = 60
"""Braces, environments and the elements made of them may be nested so deep."""
MOST = 20_000
"""Elements that one formula may have."""

_REFUSED = regex(
    r"\\(?:newcommand|renewcommand|providecommand|newenvironment|DeclareMathOperator|def|let|href|style|class|cssId"
    r"|require|includegraphics|unicode|verb|input|char)(?![A-Za-z])|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]"
)
_COMMENT = regex(r"(?<!\\)%[^\n]*\n?")
_SILENT = regex(r"\\(?:label\s*\{[^{}]*\}|(?:nonumber|notag)(?![A-Za-z]))")
_LEADING = regex(r"(\\\\|\\cr)\s*\[[^\[\]]*\]")
_OPERATOR = regex(r"(\\operatorname\s*\*?)\s*\{([^{}]*)\}")
_PLACED = regex(r"(\\begin\s*\{[A-Za-z]+\*?\})\s*\[[tbc]\]")
_ENVIRONMENT = regex(r"\\(begin|end)\s*\{\s*([A-Za-z]+\*?)\s*\}")
_THIN = "\\,"
_KNOWN = frozenset(
    "matrix matrix* pmatrix pmatrix* bmatrix bmatrix* Bmatrix Bmatrix* vmatrix vmatrix* Vmatrix Vmatrix* array cases"
    " split align* displaylines smallmatrix substack".split()
)
_SAME = {
    **dict.fromkeys(("align", "aligned", "eqnarray", "eqnarray*", "flalign", "flalign*"), "align*"),
    **dict.fromkeys(("gather", "gather*", "gathered", "multline", "multline*"), "displaylines"),
    "dcases": "cases",
}
"""Environments that are set like another.  A star in the other keeps the parser from counting lines itself."""
_BARE = frozenset(("equation", "equation*", "displaymath", "math"))

_ARITY = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3,
}  # fmt: skip
_ROWS = frozenset(("math", "mrow", "msqrt", "mstyle", "mpadded", "mphantom", "menclose", "mtd"))
_LEAVES = frozenset(("mi", "mn", "mo", "mtext", "mspace"))
_ELEMENTS = _ROWS | _LEAVES | frozenset(_ARITY) | {"mtable", "mtr"}
_ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnlines columnspacing depth displaystyle fence form height linebreak"
    " linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowlines"
    " rowspacing rspace scriptlevel separator stretchy voffset width".split()
)
_VALUE = regex(r"[\w#.+% -]{0,60}")
_NAMED_SPACES = {"negativethinmathspace": "-0.167em", "negativemediummathspace": "-0.222em", "negativethickmathspace": "-0.278em"}  # fmt: skip
_CODE = regex(r"&#x([0-9A-Fa-f]{1,6});")
_UNREAD = frozenset(("&", "#", "$", "{", "}", "^", "_"))
_WITH_LIMITS = frozenset("lim max min sup inf det gcd Pr plim argmax argmin".split())
_WITH_LIMITS_ABOVE = frozenset("∏∐∑⋀⋁⋂⋃⨀⨁⨂⨄⨆")
_UNDER_OVER = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_LETTERS = regex("[A-Za-z0-9]")
_FONTS = {
    "bold": "BOLD", "italic": "ITALIC", "bold-italic": "BOLD ITALIC", "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT", "fraktur": "FRAKTUR", "sans-serif": "SANS-SERIF", "sans-serif-italic": "SANS-SERIF ITALIC",
    "monospace": "MONOSPACE",
}  # fmt: skip
_DIGITS = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")


def mathml(tex: str, display: bool) -> str | None:
    """The formula *tex* as a whole `math` element (MathML 3), or None when the TeX is not understood.

    *display* sets it as one on lines of its own.  The TeX goes along as `alttext`.  Never raises.
    """
    root = formula(tex, display)
    if root is None:
        return None
    text = ElementTree.tostring(root, encoding="unicode")
    alternative = _escaped(" ".join(tex.split()))
    shown = "block" if display else "inline"
    return f'<math xmlns="{MATHML}" display="{shown}" alttext="{alternative}">{text[text.index(">") + 1 :]}'


@lru_cache(maxsize=512)
def formula(tex: str, display: bool) -> Element | None:
    """The same as a tree without namespaces: a `math` element, not to be changed.  None when not understood."""
    if len(tex) > LONGEST or _REFUSED.search(tex) or _depth(tex) > DEEPEST:
        return None
    plain = _plain_tex(tex)
    if plain is None:
        return None
    from latex2mathml.converter import convert_to_element

    try:
        made = convert_to_element(plain, display="block" if display else "inline")
    except Exception:
        # The parser has a dozen exceptions of its own and lets others (StopIteration, IndexError) through;
        # all of them say the same: this is no formula that it can read.
        return None
    root = Element("math")
    root.extend(made)
    if not _sound(root):
        return None
    _mend(root, r"\nolimits" not in plain)
    return root if _broken_lines(root) else None


def _escaped(text: str) -> str:
    legal = "".join(char if char.isprintable() else " " for char in text)
    return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _depth(tex: str) -> int:
    """How deep braces, \\left and environments are nested."""
    deepest = depth = 0
    for match in re.finditer(r"\\(?:left|right|begin|end)(?![A-Za-z])|\\.|[{}]", tex, re.DOTALL):
        token = match[0]
        if token in ("{", "\\left", "\\begin"):
            depth += 1
            deepest = max(deepest, depth)
        elif token in ("}", "\\right", "\\end"):
            depth -= 1
    return deepest


def _plain_tex(tex: str) -> str | None:
    """*tex* in the words that the parser knows, without what shows nothing; None for what it does not know."""
    tex = _SILENT.sub("", _COMMENT.sub("", tex))
    tex = _PLACED.sub(r"\1", _LEADING.sub(r"\1", tex))
    tex = _OPERATOR.sub(lambda match: match[1] + "{" + match[2].replace(_THIN, "\u2009") + "}", tex)
    names = {match[2] for match in _ENVIRONMENT.finditer(tex)}
    if names - _KNOWN - _SAME.keys() - _BARE:
        return None

    def same(match: re.Match[str]) -> str:
        name = match[2]
        return "" if name in _BARE else f"\\{match[1]}{{{_SAME.get(name, name)}}}"

    tex = _ENVIRONMENT.sub(same, tex)
    return tex if tex.strip() else None


def _sound(root: Element) -> bool:
    """Is *root* a tree that MathML allows, in which nothing stands that the parser did not understand?"""
    count = 0
    level = [root]
    for _ in range(2 * DEEPEST):
        for node in level:
            count += 1
            if not _sound_node(node):
                return False
        level = [child for node in level for child in node]
        if count > MOST:
            return False
        if not level:
            return True
    return False


def _sound_node(node: Element) -> bool:
    if node.tag not in _ELEMENTS or len(node) != _ARITY.get(node.tag, len(node)):
        return False
    if node.tag in _LEAVES:
        text = node.text or ""
        if len(node) or "\\" in text or "$" in text or (node.tag != "mtext" and text in _UNREAD):
            return False
        if node.tag == "mo" and not text and node.get("fence") != "true":
            return False
    return all(name in _ATTRIBUTES and _VALUE.fullmatch(value) for name, value in node.attrib.items())


def _decoded(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    legal = 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
    return chr(code) if legal else match[0]


def _mend(node: Element, limits: bool) -> None:
    """Write characters as themselves, styled letters as the characters that Unicode has for them, and limits
    as limits.  *limits* is false where the source asks for none."""
    if node.text:
        node.text = _CODE.sub(_decoded, node.text)
        if node.tag == "mi" and unicodedata.category(node.text[0]) in ("Ps", "Pe"):
            node.tag = "mo"
            node.set("stretchy", "false")
    if node.get("width") in _NAMED_SPACES:
        node.set("width", _NAMED_SPACES[node.attrib["width"]])
    font = _FONTS.get(node.get("mathvariant", ""))
    if font and node.tag in ("mi", "mn", "mo") and node.text:
        node.text = _LETTERS.sub(lambda match: _styled(match[0], font), node.text)
        del node.attrib["mathvariant"]
    if node.tag == "mo" and node.text == "mod":
        # A word is in no operator dictionary, so its space has to be said (TeX's \bmod: medium on both sides).
        node.set("lspace", "0.222em")
        node.set("rspace", "0.222em")
    if node.tag == "mo" and node.text == "\u2015" and node.get("accent"):
        node.text = "\u00af"
    for child in node:
        _mend(child, limits)
    _join_han(node)
    if limits and node.tag in _UNDER_OVER and _takes_limits(node[0]):
        node.tag = _UNDER_OVER[node.tag]


def _takes_limits(base: Element) -> bool:
    text = "".join((base.text or "").split())
    if base.tag != "mo" or not text:
        return False
    if text in _WITH_LIMITS or (base.get("movablelimits") == "true" and text.isalpha() and text.isascii()):
        base.set("movablelimits", "true")
        return True
    return text in _WITH_LIMITS_ABOVE


def _styled(letter: str, font: str) -> str:
    """The mathematical letter or digit of that style, or *letter* where Unicode has none."""
    if letter.isdigit():
        name = f"{font} DIGIT {_DIGITS[int(letter)]}"
    else:
        name = f"{font} {'CAPITAL' if letter.isupper() else 'SMALL'} {letter.upper()}"
    for candidate in (f"MATHEMATICAL {name}", name, name.replace("FRAKTUR CAPITAL", "BLACK-LETTER CAPITAL")):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return "ℎ" if name == "ITALIC SMALL H" else letter


def _join_han(node: Element) -> None:
    """Han letters side by side are a word, not a product of variables."""
    previous: Element | None = None
    for child in list(node):
        han = (
            child.tag == "mi"
            and not child.attrib
            and bool(child.text)
            and ord((child.text or " ")[0]) >= 0x2E80
        )
        han = han and ord((child.text or " ")[0]) < 0x1D400
        if han and previous is not None and node.tag in _ROWS:
            previous.text = f"{previous.text}{child.text}"
            node.remove(child)
            continue
        if han:
            child.tag = "mtext"
        previous = child if han else None


def _broken_lines(root: Element) -> bool:
    """Put lines parted by ``\\\\`` into a table, which every reading program shows.  False where that cannot be."""
    breaks = [node for node in root.iter("mspace") if node.get("linebreak")]
    if not breaks:
        return True
    row = root[0] if len(root) == 1 and root[0].tag == "mrow" else root
    while len(row) == 1 and row[0].tag == "mrow":
        row = row[0]
    if any(all(node is not child for child in row) for node in breaks):
        return False
    table = Element("mtable", displaystyle="true")
    cell = ElementTree.SubElement(ElementTree.SubElement(table, "mtr"), "mtd")
    for child in list(row):
        row.remove(child)
        if child.get("linebreak"):
            cell = ElementTree.SubElement(ElementTree.SubElement(table, "mtr"), "mtd")
        else:
            cell.append(child)
    row.append(table)
    return True
