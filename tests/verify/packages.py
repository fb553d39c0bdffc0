"""Tiny editions made by hand for these tests, with nothing of quire's writers."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = f"""<w:styles {_W}>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="mine"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Ref"><w:name w:val="footnote reference"/></w:style>
</w:styles>"""

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def paragraph(text: str, style: str = "", extra: str = "") -> str:
    shown = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{shown}<w:r><w:t>{text}</w:t></w:r>{extra}</w:p>"


def docx(
    path: Path,
    body: str,
    notes: tuple[str, ...] = (),
    numbering: str = "",
    numbered: Mapping[str, int] | None = None,
) -> Path:
    """A Word file; *numbering* is the inside of its lists, *numbered* the list of each style that has one."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        styles = _STYLES
        for style, number in (numbered or {}).items():
            listed = f'<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr></w:style>'
            head, tail = styles.split(f'w:styleId="{style}">')
            styles = f'{head}w:styleId="{style}">' + tail.replace("</w:style>", listed, 1)
        archive.writestr("word/styles.xml", styles)
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {_W}>{numbering}</w:numbering>")
        if notes:
            inner = "".join(
                f'<w:footnote w:id="{n}">{paragraph(text)}</w:footnote>' for n, text in enumerate(notes, 1)
            )
            separator = f'<w:footnote w:type="separator">{paragraph("x")}</w:footnote>'
            archive.writestr("word/footnotes.xml", f"<w:footnotes {_W}>{separator}{inner}</w:footnotes>")
        archive.writestr("[Content_Types].xml", _TYPES)
    return path


_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_SAID = f"""<metadata {_DC}><dc:identifier id="uid">urn:a</dc:identifier><dc:title>t</dc:title>
<dc:language>zh</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>"""


def epub(path: Path, body: str, nav: str, extra_items: str = "", **parts: str) -> Path:
    """A small EPUB that no linter finds fault with as long as *body* and *nav* give no reason."""
    xhtml = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        ' lang="zh" xml:lang="zh"><head><title>t</title></head><body>{}</body></html>'
    )
    kind = 'media-type="application/xhtml+xml"'
    opf = f"""<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="uid" xml:lang="zh">{_SAID}<manifest>
<item id="nav" href="nav.xhtml" {kind} properties="nav"/><item id="a" href="a%20b.xhtml" {kind}/>{extra_items}
</manifest><spine><itemref idref="nav"/><itemref idref="a"/></spine></package>"""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="OPS/p.opf"/></container>')
        archive.writestr("OPS/p.opf", parts.pop("opf", opf))
        archive.writestr("OPS/nav.xhtml", xhtml.format(f'<nav epub:type="toc"><ol>{nav}</ol></nav>'))
        archive.writestr("OPS/a b.xhtml", xhtml.format(body))
        for name, text in parts.items():
            archive.writestr(f"OPS/{name}.xml", text)
    return path


def pdf(path: Path, shown: bytes = b"(Plain text) Tj", bookmarks: bool = True) -> Path:
    """One page with Helvetica; *shown* goes into its text object."""
    stream = b"BT /F 12 Tf 50 700 Td " + shown + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R" + (b" /Outlines 6 0 R" if bookmarks else b"") + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        b"<< /Title (Chapter) /Parent 6 0 R /Dest [3 0 R /Fit] >>",
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    path.write_bytes(out)
    return path
