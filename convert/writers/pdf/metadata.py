"""What the file says of itself: document information, XMP, the output intent's colour profile."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from html import escape
from uuid import UUID

from convert.model.nodes import Metadata
from convert.writers.pdf.objects import hex_text

__all__ = ["PRODUCER", "information", "srgb_profile", "xmp"]

PRODUCER = "quire"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
{parts}
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
{standard}
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{about}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


_ARCHIVE = "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>"
_SCHEMAS = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
_PRESS = """<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{ident}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"""


def information(metadata: Metadata, title: str, timestamp: int, *, press: bool = False) -> dict[str, object]:
    """The document information dictionary (ISO 32000-1, 14.3.3).  It agrees with the XMP to the letter.

    For the *press* it says that nothing is trapped (ISO 15930-7, 6.6).
    """
    date = datetime.fromtimestamp(timestamp, UTC).strftime("(D:%Y%m%d%H%M%S+00'00')")
    out: dict[str, object] = {"Producer": hex_text(PRODUCER), "CreationDate": date, "ModDate": date}
    for key, value in (
        ("Title", title),
        ("Author", _authors(metadata)),
        ("Subject", metadata.description),
        ("Keywords", ", ".join(metadata.keywords)),
    ):
        if value:
            out[key] = hex_text(_clean(value))
    if press:
        out["Trapped"] = "/False"
    return out


def xmp(metadata: Metadata, title: str, language: str, timestamp: int, *, press: bool = False) -> bytes:
    """The XMP packet (ISO 16684-1), with the PDF/A identification of ISO 19005-2, 6.6.4.

    For the *press* with that of PDF/X-4 instead (ISO 15930-7, 6.5), which wants a property that PDF/A-2 forbids.
    """
    date = datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    parts = []
    if title:
        parts.append(_element("dc:title", "Alt", title, ' xml:lang="x-default"'))
    if authors := _authors(metadata):
        parts.append(_element("dc:creator", "Seq", authors))
    if metadata.description:
        parts.append(_element("dc:description", "Alt", metadata.description, ' xml:lang="x-default"'))
    if language:
        parts.append(_element("dc:language", "Bag", language))
    if metadata.publisher:
        parts.append(_element("dc:publisher", "Bag", metadata.publisher))
    if metadata.rights:
        parts.append(_element("dc:rights", "Alt", metadata.rights, ' xml:lang="x-default"'))
    if metadata.keywords:
        parts.append(
            f"<pdf:Keywords>{escape(_clean(', '.join(metadata.keywords)), quote=False)}</pdf:Keywords>"
        )
    standard, about = _ARCHIVE, _SCHEMAS
    if press:
        seed = "\0".join((title, metadata.identifier, str(timestamp))).encode("utf-8")
        ident = UUID(bytes=sha256(seed).digest()[:16], version=5)
        standard, about = _PRESS.format(date=date, ident=ident), ""
    said = {
        "parts": "\n".join(parts),
        "date": date,
        "producer": PRODUCER,
        "standard": standard,
        "about": about,
    }
    return _XMP.format(**said).encode("utf-8")


def _element(tag: str, kind: str, value: str, attributes: str = "") -> str:
    text = escape(_clean(value), quote=False)
    return f"<{tag}><rdf:{kind}><rdf:li{attributes}>{text}</rdf:li></rdf:{kind}></{tag}>"


def _authors(metadata: Metadata) -> str:
    """One name after the other: PDF/A wants the information's Author to be the XMP's only creator."""
    return ", ".join(person.name for person in metadata.contributors)


def _clean(text: str) -> str:
    """*text* without what XML 1.0 cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


@cache
def srgb_profile() -> bytes:
    """An sRGB display profile (IEC 61966-2-1) in ICC.1:2004-10 form, made from its numbers alone."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def words(text: str) -> bytes:
        data = text.encode("utf-16-be")
        return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data

    def point(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + fixed(*values)

    curve = b"para\0\0\0\0\0\3\0\0" + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    adaptation = (1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
    tags = {
        b"desc": words("sRGB IEC61966-2-1"),
        b"cprt": words("No copyright, use freely"),
        b"wtpt": point(0.9642, 1.0, 0.8249),
        b"chad": b"sf32\0\0\0\0" + fixed(*adaptation),
        b"rXYZ": point(0.43607, 0.22249, 0.01392),
        b"gXYZ": point(0.38515, 0.71687, 0.09708),
        b"bXYZ": point(0.14307, 0.06061, 0.7141),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    size = start + len(body)
    date = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I4xI4s4s4s", size, 0x04200000, b"mntr", b"RGB ", b"XYZ ") + date + b"acsp"
    head += b"\0" * 28 + fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
