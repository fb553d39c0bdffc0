"""Word templates made by code: an editor's, with Chinese style names, and what a stranger may send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

from convert.diagnostics import Findings
from convert.reference import ReferenceFile
from convert.writers.base import Manuscript
from convert.writers.docx import DocxWriter
from tests.writers.docx.sample import Package, png

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def style(ident: str, name: str, inner: str = "", kind: str = "paragraph", more: str = "") -> str:
    """One `w:style`."""
    return f'<w:style w:type="{kind}" w:styleId="{ident}"{more}><w:name w:val="{name}"/>{inner}</w:style>'


def styles(*inner: str, defaults: str = "") -> str:
    """The part ``styles.xml``."""
    return f"<w:styles{SPACES}>{defaults}{''.join(inner)}</w:styles>"


CHINESE = (
    style("a", "Normal", '<w:pPr><w:spacing w:line="400" w:lineRule="exact"/></w:pPr><w:rPr>'
          '<w:rFonts w:ascii="Garamond" w:eastAsia="方正书宋_GBK"/><w:sz w:val="21"/></w:rPr>', more=' w:default="1"'),
    style("a3", "正文文本", '<w:basedOn w:val="a"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="420"/></w:pPr>',
          more=' w:customStyle="1"'),
    style("1", "标题 1", '<w:basedOn w:val="a"/><w:next w:val="a3"/><w:link w:val="10"/><w:pPr><w:pageBreakBefore/>'
          '<w:numPr><w:numId w:val="7"/></w:numPr></w:pPr><w:rPr><w:rFonts w:eastAsiaTheme="majorEastAsia"/>'
          '<w:sz w:val="36"/></w:rPr>', more=' w:customStyle="1"'),
    style("10", "标题 1 字符", '<w:link w:val="1"/>', "character"),
    style("2", "heading 2", '<w:basedOn w:val="a"/><w:rPr><w:i/><w:sz w:val="28"/></w:rPr>'),
    style("b", "List Bullet", '<w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr>'),
    style("Figure", "Signature"),
    style("c1", "Emphasis", "<w:rPr><w:i/></w:rPr>", "character"),
)  # fmt: skip
"""An editor's styles: ids as Word writes them in Chinese, names as other programs leave them."""

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="t"><a:themeElements>'
    '<a:clrScheme name="red"><a:dk1><a:srgbClr val="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1>'
    + "".join(
        f'<a:{name}><a:srgbClr val="C00000"/></a:{name}>'
        for name in ("dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    )
    + '</a:clrScheme><a:fontScheme name="f"><a:majorFont><a:latin typeface="Futura"/><a:ea typeface=""/>'
    '<a:cs typeface=""/><a:font script="Hans" typeface="方正大标宋"/></a:majorFont><a:minorFont>'
    '<a:latin typeface="Garamond"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont></a:fontScheme>'
    "</a:themeElements></a:theme>"
)
NUMBERING = (
    f'<w:numbering{SPACES}><w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="1"/><w:lvlText w:val="CH%1"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:pStyle w:val="b"/><w:lvlText w:val="◆"/><w:pPr><w:ind w:left="420" w:hanging="420"/>'
    '</w:pPr></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="8"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
)
PAGE = (
    '<w:pgSz w:w="7938" w:h="11510"/><w:pgMar w:top="1134" w:right="850" w:bottom="1020" w:left="964" w:header="567"'
    ' w:footer="510" w:gutter="113"/><w:cols w:space="425"/>{}<w:docGrid w:type="lines" w:linePitch="400"/>'
)
"""A page of 140 × 203 mm; what stands before its grid is filled in."""


def drawing(ident: str) -> str:
    """A run with a picture that a relationship leads to."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="360000" cy="180000"/><wp:docPr id="9" name="标志"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="9" name="标志"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{ident}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="360000" cy="180000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def field(code: str, shown: str) -> str:
    """A complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def story(root: str, inner: str) -> str:
    """A header (``hdr``) or footer (``ftr``) of one paragraph."""
    return f'<w:{root}{SPACES}><w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>{inner}</w:p></w:{root}>'


def relations(*items: tuple[str, str, str], outside: tuple[str, ...] = ()) -> str:
    """A part's relationships: (id, kind, target); those in *outside* lead out of the package."""
    out = "".join(
        f'<Relationship Id="{ident}" Type="{OFFICE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ident in outside else ''}/>"
        for ident, kind, target in items
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{out}</Relationships>'


def template(
    parts: Mapping[str, str | bytes] | None = None, *, section: str = PAGE.format(""), body: str = ""
) -> bytes:
    """A template as a file: *parts* are added to, or stand for, those of an empty one."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document{SPACES}><w:body>{body}<w:p/><w:sectPr>{section}</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            ("s", "styles", "styles.xml"), ("n", "numbering", "numbering.xml"), ("t", "theme", "theme1.xml")
        ),
        "word/styles.xml": styles(*CHINESE),
        "word/numbering.xml": NUMBERING,
        "word/theme1.xml": THEME,
    }
    made |= parts or {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    return buffer.getvalue()


HEADED = (
    '<w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>'
    '<w:footerReference w:type="default" r:id="f1"/>' + PAGE.format("<w:titlePg/>")
)


def headed(header: str, more: Mapping[str, str | bytes] | None = None, header_relations: str = "") -> bytes:
    """A template whose pages have heads and feet; *header* is the content of the head."""
    parts: dict[str, str | bytes] = {
        "word/header1.xml": story("hdr", header),
        "word/header2.xml": story("hdr", "<w:r><w:t>首页</w:t></w:r>"),
        "word/footer1.xml": story("ftr", "<w:r><w:t>第</w:t></w:r>" + field("PAGE", "1")),
        "word/settings.xml": f"<w:settings{SPACES}><w:mirrorMargins/><w:evenAndOddHeaders/></w:settings>",
        "word/media/logo.png": png().data,
        "word/_rels/document.xml.rels": relations(
            ("s", "styles", "styles.xml"), ("n", "numbering", "numbering.xml"), ("t", "theme", "theme1.xml"),
            ("h1", "header", "header1.xml"), ("h2", "header", "header2.xml"), ("f1", "footer", "footer1.xml"),
            ("e", "settings", "settings.xml"),
        ),
    }  # fmt: skip
    if header_relations:
        parts["word/_rels/header1.xml.rels"] = header_relations
    return template(parts | dict(more or {}), section=HEADED)


def dressed(made: Manuscript, data: bytes, findings: Findings | None = None) -> Package:
    """*made* written with the template *data*."""
    reference = ReferenceFile("house.docx", data)
    return Package(
        DocxWriter().write(replace(made, reference=reference), Findings() if findings is None else findings)
    )
