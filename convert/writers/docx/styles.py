"""The part ``styles.xml`` from the style sheet (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

from convert.theme import Role
from convert.units import half_points
from convert.writers.docx.latent import latent_styles
from convert.writers.docx.layout import Layout
from convert.writers.docx.sheet import CharacterStyle, ParagraphStyle, Sheet, indent_xml
from convert.writers.docx.xml import DECLARATION, NAMESPACES, off, tag

__all__ = [
    "character_xml",
    "fixed_styles",
    "is_built_in",
    "paragraph_xml",
    "spacing_xml",
    "styles_part",
]


def spacing_xml(before: float, after: float, line: int, pitch: int) -> str:
    """`w:spacing` in hundredths of a line with twips twins; *line* is an exact height in twips, or 0."""
    out = f' w:beforeLines="{round(before * 100)}" w:before="{round(before * pitch)}"'
    out += f' w:afterLines="{round(after * 100)}" w:after="{round(after * pitch)}"'
    if line:
        out += f' w:line="{line}" w:lineRule="exact"'
    return f"<w:spacing{out}/>"


def is_built_in(name: str) -> bool:
    """Is *name* that of a style of Word's own, in the spelling that Word writes?"""
    return name in _BUILT_IN or name[:-1] in _NUMBERED


def fixed_styles() -> str:
    """The styles that are the same in every file: the defaults, and the table with three rules."""
    return _FIXED.replace("\n", "")


def paragraph_xml(style: ParagraphStyle, sheet: Sheet, layout: Layout) -> str:
    """`w:style` of a paragraph style (17.7.4.17)."""
    default = ' w:default="1"' if style.id == "Normal" else ""
    custom = "" if is_built_in(style.name) else ' w:customStyle="1"'
    out = [f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style.id}">{tag("name", style.name)}']
    if style.based:
        out.append(tag("basedOn", style.based))
    if style.next:
        out.append(tag("next", style.next))
    if style.id.startswith("TOC") and style.outline < 0 and style.id != "TOCHeading":
        out.append("<w:autoRedefine/>")
    out.append(tag("uiPriority", style.priority))
    if style.priority != 39 or style.id == "TOCHeading":
        out.append("<w:qFormat/>")
    out.append("<w:pPr>")
    out.append("<w:keepNext/>" if style.keep_next else "")
    out.append("<w:keepLines/>" if style.keep_lines else "")
    out.append("<w:pageBreakBefore/>" if style.page_break else "")
    if style.id == "Normal":
        out.append(off("widowControl"))
    out.append(style.number)
    out.append(style.box)
    out.append(f"<w:tabs>{style.tabs}</w:tabs>" if style.tabs else "")
    out.append("" if style.snap else off("snapToGrid"))
    if style.id != "Normal" and (style.before or style.after or style.line):
        out.append(spacing_xml(style.before, style.after, style.line, layout.pitch))
    if style.id != "Normal" and (style.first or not style.number):
        out.append(indent_xml(style.left, style.right, style.first, style.em, style.unit))
    out.append(tag("jc", style.align) if style.align else "")
    out.append(tag("outlineLvl", style.outline) if style.outline >= 0 else "")
    size = half_points(style.size)
    proof = "<w:noProof/>" if style.face is Role.MONO else ""
    colour = tag("color", style.colour) if style.colour else ""
    out.append(
        f"</w:pPr><w:rPr><w:rFonts{sheet.faces.slots(style.face, titled=style.titled)}/>{proof}{colour}"
        f"{tag('sz', size)}{tag('szCs', size)}{style.extra}</w:rPr></w:style>"
    )
    return "".join(out)


def character_xml(style: CharacterStyle) -> str:
    """`w:style` of a character style."""
    custom = "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    properties = f"<w:rPr>{style.properties}</w:rPr>" if style.properties else ""
    quick = "<w:qFormat/>" if style.priority < 90 else ""
    return (
        f'<w:style w:type="character"{custom} w:styleId="{style.id}">{tag("name", style.name)}'
        f"{tag('basedOn', 'DefaultParagraphFont')}{tag('uiPriority', style.priority)}{quick}{properties}</w:style>"
    )


_BUILT_IN = frozenset(
    (
        "Normal", "Body Text", "Title", "Subtitle", "Date", "TOC Heading", "table of figures", "header", "footer",
        "footnote text", "footnote reference", "endnote text", "endnote reference", "caption", "Quote", "Emphasis",
        "Strong", "Hyperlink", "page number", "List Bullet", "List Number", "List Continue", "index heading",
    )
)  # fmt: skip
_NUMBERED = frozenset(("heading ", "toc ", "List Bullet ", "List Number ", "List Continue ", "index "))

_FIXED = """
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="ThreeLineTable"><w:name w:val="Three-Line Table"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/></w:tblBorders><w:tblCellMar>
<w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>
"""


def styles_part(sheet: Sheet, layout: Layout, body: Role, language: tuple[str, str]) -> str:
    """The whole part.  *language* is what `word_language` gave for the book."""
    size = half_points(sheet.paragraphs["Normal"].size)
    words = {"val": "en-US", "eastAsia": "zh-CN", language[0]: language[1]}
    out = [
        DECLARATION,
        f"<w:styles{NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{sheet.faces.slots(body)}/>",
        f'{tag("kern", 2)}{tag("sz", size)}{tag("szCs", size)}<w:lang w:val="{words["val"]}"'
        f' w:eastAsia="{words["eastAsia"]}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>',
        latent_styles(),
    ]
    out += [paragraph_xml(style, sheet, layout) for style in sheet.paragraphs.values()]
    out.append(fixed_styles())
    out += [character_xml(style) for style in sheet.characters.values()]
    out.append("</w:styles>")
    return "".join(out)
