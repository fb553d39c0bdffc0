"""The schema's order of children, and styles put into it (ECMA-376 part 1, 17.7.4.17, 17.3.1.26, 17.3.2.28)."""

from __future__ import annotations

from lxml import etree

from convert.writers.docx.template.opening import W

__all__ = ["ordered", "place", "tidy_style"]

_STYLE = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal"
    " personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
).split()
_PARAGRAPH = (
    "keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl"
).split()
_RUN = (
    "rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
    " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
    " eastAsianLayout specVanish oMath"
).split()
_ORDERS = {
    "style": {f"{W}{name}": at for at, name in enumerate(_STYLE)},
    "pPr": {f"{W}{name}": at for at, name in enumerate(_PARAGRAPH)},
    "rPr": {f"{W}{name}": at for at, name in enumerate(_RUN)},
}
_OUTER = tuple(
    f"{W}{name}" for name in ("style", "name", "basedOn", "next", "link", "pStyle", "rStyle", "tblStyle")
)
"""What stands nowhere inside a style but right below it, if there."""


def ordered(element: etree._Element, kind: str) -> None:
    """Put the children of a style, its `w:pPr` or `w:rPr` in order; drop what has no place in it, and repeats."""
    order = _ORDERS[kind]
    seen: set[str] = set()
    for child in list(element):
        known = child.tag in order
        if not known or (child.tag in seen and child.tag != f"{W}tblStylePr"):
            element.remove(child)
        seen.add(str(child.tag))
    element[:] = sorted(element, key=lambda child: order[str(child.tag)])


def place(parent: etree._Element, kind: str, child: etree._Element) -> None:
    """Put *child* into *parent*, a `w:pPr` or `w:rPr`, in the place of one of its name."""
    for old in parent.findall(str(child.tag)):
        parent.remove(old)
    parent.append(child)
    ordered(parent, kind)


def tidy_style(style: etree._Element) -> None:
    """A style as the schema has it: what other programs and other versions put in besides is dropped."""
    for stray in [one for one in style.iter(*_OUTER) if one.getparent() is not style and one is not style]:
        parent = stray.getparent()
        if parent is not None:
            parent.remove(stray)
    ordered(style, "style")
    for kind in ("pPr", "rPr"):
        for part in style.iter(f"{W}{kind}"):
            ordered(part, kind)
