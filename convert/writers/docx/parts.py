"""The parts that hardly depend on the book: settings, theme, properties (ECMA-376 part 1, 17.15, 15.2.12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from convert.model.nodes import Metadata
from convert.writers.docx.base import Base
from convert.writers.docx.fonts import Faces
from convert.writers.docx.layout import Layout
from convert.writers.docx.notekind import NoteKind
from convert.writers.docx.xml import DECLARATION, NAMESPACES, escape, tag

__all__ = [
    "app_properties",
    "core_properties",
    "custom_properties",
    "settings_part",
    "theme_part",
]

_COMPAT = (
    "spaceForUL",
    "balanceSingleByteDoubleByteWidth",
    "doNotLeaveBackslashAlone",
    "ulTrailSpace",
    "doNotExpandShiftReturn",
    "adjustLineHeightInTable",
    "useFELayout",
)
_COMPAT_SETTINGS = (
    ("compatibilityMode", 15),
    ("overrideTableStyleFontSizeAndJustification", 1),
    ("enableOpenTypeFeatures", 1),
    ("doNotFlipMirrorIndents", 1),
)


_MATH = (
    '<m:mathPr><m:mathFont m:val="Cambria Math"/><m:brkBin m:val="before"/><m:brkBinSub m:val="--"/>'
    '<m:smallFrac m:val="0"/><m:dispDef/><m:lMargin m:val="0"/><m:rMargin m:val="0"/><m:defJc m:val="centerGroup"/>'
    '<m:wrapIndent m:val="1440"/><m:intLim m:val="subSup"/><m:naryLim m:val="undOvr"/></m:mathPr>'
)
"""How Word sets formulas (ECMA-376 part 1, 22.1.2.62), as it writes it itself."""


def settings_part(
    layout: Layout,
    cjk: bool,
    language: tuple[str, str],
    notes: NoteKind,
    *,
    has_math: bool,
    even_odd: bool,
    track: bool,
    kept: Mapping[str, str],
) -> str:
    """The part ``settings.xml``, its children in the schema's order (ECMA-376 part 1, 17.15.1.78).

    *kept* are settings by name that stand instead of quire's own.
    """
    words = {"val": "en-US", "eastAsia": "zh-CN", language[0]: language[1]}
    colours = ("bg1", "light1"), ("t1", "dark1"), ("bg2", "light2"), ("t2", "dark2")
    mapping = "".join(f' w:{key}="{value}"' for key, value in colours)
    mapping += "".join(f' w:accent{n}="accent{n}"' for n in range(1, 7))
    compat = "".join(f"<w:{name}/>" for name in _COMPAT if cjk or name != "useFELayout")
    compat += "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in _COMPAT_SETTINGS
    )
    spacing = "compressPunctuation" if cjk else "doNotCompress"
    items = {
        "zoom": '<w:zoom w:percent="100"/>',
        "embedTrueTypeFonts": "",
        "saveSubsetFonts": "",
        "mirrorMargins": "<w:mirrorMargins/>" if layout.facing else "",
        "borders": "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>",
        "gutterAtTop": "",
        "trackRevisions": "<w:trackRevisions/>" if track else "",
        "defaultTabStop": tag("defaultTabStop", layout.em * 2),
        "autoHyphenation": "",
        "evenAndOddHeaders": "<w:evenAndOddHeaders/>" if even_odd else "",
        "grid": tag("drawingGridVerticalSpacing", layout.pitch // 2)
        + tag("displayHorizontalDrawingGridEvery", 0)
        + tag("displayVerticalDrawingGridEvery", 2),
        "characterSpacingControl": tag("characterSpacingControl", spacing),
        "strictFirstAndLastChars": "",
        "noLineBreaksAfter": "",
        "noLineBreaksBefore": "",
        "notes": notes.settings_xml(cjk),
        "compat": f"<w:compat>{compat}</w:compat>",
        "mathPr": _MATH if has_math else "",
        "themeFontLang": f'<w:themeFontLang w:val="{words["val"]}" w:eastAsia="{words["eastAsia"]}"/>',
        "clrSchemeMapping": f'<w:clrSchemeMapping{mapping} w:hyperlink="hyperlink"'
        ' w:followedHyperlink="followedHyperlink"/>',
        "decimalSymbol": tag("decimalSymbol", "."),
        "listSeparator": tag("listSeparator", ","),
    }
    body = "".join(kept.get(name, xml) for name, xml in items.items())
    return f"{DECLARATION}<w:settings{NAMESPACES}>{body}</w:settings>"


def theme_part(faces: Faces, accent: str) -> str:
    """The part ``theme1.xml``: what users find under "theme fonts" and "theme colours".

    Nothing in the file refers to it, but Word wants one and new styles of the user's start from it.
    """
    colour = accent.lstrip("#").upper()
    slots = [
        ("dk2", "44546A"),
        ("lt2", "E7E6E6"),
        ("accent1", colour),
        ("accent2", "9B2226"),
        ("accent3", "666666"),
    ]
    slots += [("accent4", "B08900"), ("accent5", "3D6B4F"), ("accent6", "6B4E71"), ("hlink", colour)]
    slots.append(("folHlink", "6B4E71"))
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in slots)
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3

    def family(latin: str, east: str) -> str:
        return f'<a:latin typeface="{escape(latin)}"/><a:ea typeface="{escape(east)}"/><a:cs typeface=""/>'

    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="quire">'
        '<a:themeElements><a:clrScheme name="quire">'
        '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        f'<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>{colours}</a:clrScheme>'
        f'<a:fontScheme name="quire"><a:majorFont>{family(faces.latin_sans, faces.sans)}</a:majorFont>'
        f"<a:minorFont>{family(faces.latin, faces.serif)}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="quire"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _moment(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def core_properties(metadata: Metadata, language: str, timestamp: int, base: Base | None) -> str:
    """The part ``core.xml``: what is known of the book, and only that (ECMA-376 part 2, 11).

    A book without an identifier has its export's: every program keeps it.
    """
    identifier = metadata.identifier or (f"urn:quire:{base.export}" if base is not None else "")
    authors = [person.name for person in metadata.contributors if person.role == "aut"]
    everybody = authors or [person.name for person in metadata.contributors]
    fields = (
        ("cp:category", f"{metadata.series} {metadata.series_number}".strip()),
        ("dc:creator", "；".join(everybody) if language.startswith("zh") else "; ".join(everybody)),
        ("dc:description", metadata.description),
        ("dc:identifier", identifier),
        ("cp:keywords", ", ".join(metadata.keywords)),
        ("dc:language", language),
        ("dc:subject", metadata.subtitle),
        ("dc:title", metadata.title),
    )
    body = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields if value)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{_moment(timestamp)}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{body}{dates}</cp:coreProperties>'
    )


def app_properties(metadata: Metadata) -> str:
    """The part ``app.xml``: no counts that would be stale, only who made the file and for whom."""
    company = f"<Company>{escape(metadata.publisher)}</Company>" if metadata.publisher else ""
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>quire</Application>{company}</Properties>"
    )


def custom_properties(metadata: Metadata, base: Base | None) -> str:
    """The part ``custom.xml`` with what the core properties have no place for; empty when there is nothing.

    Of *base* it tells the export and the source, by which a file that comes back is known.
    """
    values = [("Publisher", metadata.publisher), ("Date", metadata.date), ("Rights", metadata.rights)]
    if base is not None:
        values += [("QuireExport", base.export), ("QuireSource", base.digest)]
    given = [(name, value) for name, value in values if value]
    if not given:
        return ""
    body = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(given, 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{body}</Properties>'
    )
