"""CID fonts: a face in the PDF as Type 0 fonts over one HarfBuzz subset (ISO 32000-1, 9.7).

A code is two bytes, Identity-H: the glyph's CID in the subset.  Where one
glyph stands for several texts (a space and an ideographic one), there are as many Type 0 fonts over the
same descendant, each with a ToUnicode map of its own.  Further codes in one font would be shorter, but
MuPDF reads ToUnicode by CID and would mix them up; ActualText alone is not heeded by every reader.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

from convert.font.face import Face
from convert.font.subset import Subset, subset
from convert.writers.pdf.objects import Stream, array, dictionary, name

__all__ = ["CidFont", "Code"]

_SILENT = "\u200b"
"""What a code of a glyph without text says: the mapping must not be empty, and this shows nothing."""
_SYSTEM = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


class Code(NamedTuple):
    """How a glyph is written: in which layer, its code in hexadecimal, its width in thousandths of the em."""

    layer: int
    hex: str
    width: int


class CidFont:
    """A face with the glyphs and texts that the book uses.

    `codes` gives the code for each pair of old glyph id and text; `layers` counts the Type 0 fonts.
    """

    def __init__(self, face: Face, uses: Iterable[tuple[int, str]]) -> None:
        self.face = face
        texts: dict[int, list[str]] = {}
        for gid, text in sorted(set(uses), key=lambda use: (use[0], use[1] == "", use[1])):
            texts.setdefault(gid, []).append(text)
        self._subset: Subset = subset(face, texts)
        self.widths = {new: round(face.advance(old) * 1000) for old, new in self._subset.cids.items()}
        self.codes: dict[tuple[int, str], Code] = {}
        self._texts: list[dict[int, str]] = [{} for _ in range(max(map(len, texts.values()), default=1))]
        for gid, said in texts.items():
            new = self._subset.cids[gid]
            for layer, text in enumerate(said):
                self._texts[layer][new] = text or _SILENT
                self.codes[gid, text] = Code(layer, f"{new:04X}", self.widths[new])
        plain = {gid: self.codes[gid, said[0]] for gid, said in texts.items() if len(said) == 1 and said[0]}
        self.plain = {gid: code.hex for gid, code in plain.items()}
        """The codes of glyphs that say one thing only, and do say something."""
        self.plain_widths = {gid: code.width for gid, code in plain.items()}
        self.base_name = f"{self._tag()}+{face.postscript_name}"

    @property
    def layers(self) -> int:
        """How many Type 0 fonts the face needs: as many as its most ambiguous glyph has texts."""
        return len(self._texts)

    def _tag(self) -> str:
        """Six letters that name the subset (ISO 32000-1, 9.6.4), from what is in it."""
        digest = hashlib.sha256(self.face.key.encode() + self._subset.data).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

    def add_to(self, document: pdfdoc.PDFDocument) -> list[Any]:
        """The font's objects in *document*; the references of its Type 0 fonts, layer by layer."""
        kind = "CIDFontType0" if self._subset.is_cff else "CIDFontType2"
        entries: dict[str, object] = {
            "Type": "/Font",
            "Subtype": f"/{kind}",
            "BaseFont": name(self.base_name),
            "CIDSystemInfo": _SYSTEM,
            "FontDescriptor": document.Reference(self._descriptor(document)),
            "DW": 1000,
            "W": _widths(self.widths),
        }
        if not self._subset.is_cff:
            entries["CIDToGIDMap"] = "/Identity"
        descendant = document.Reference(dictionary(entries))
        suffix = "-Identity-H" if self._subset.is_cff else ""
        return [
            document.Reference(
                dictionary(
                    {
                        "Type": "/Font",
                        "Subtype": "/Type0",
                        "BaseFont": name(self.base_name + suffix),
                        "Encoding": "/Identity-H",
                        "DescendantFonts": array([descendant]),
                        "ToUnicode": document.Reference(Stream(_to_unicode(texts))),
                    }
                )
            )
            for texts in self._texts
        ]

    def _descriptor(self, document: pdfdoc.PDFDocument) -> object:
        face = self.face
        if self._subset.is_cff:
            key, entries = "FontFile3", {"Subtype": "/CIDFontType0C"}
        else:
            key, entries = "FontFile2", {"Length1": str(len(self._subset.data))}
        box = " ".join(str(round(value * 1000)) for value in face.box)
        return dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name(self.base_name),
                "Flags": 4 | (64 if face.italic else 0),
                "FontBBox": f"[{box}]",
                "ItalicAngle": -12 if face.italic else 0,
                "Ascent": round(face.ascent * 1000),
                "Descent": -round(face.descent * 1000),
                "CapHeight": round(face.cap_height * 1000),
                "StemV": 40 + face.weight // 8,
                key: document.Reference(Stream(self._subset.data, entries)),
            }
        )


def _widths(widths: Mapping[int, int]) -> str:
    """The W array (ISO 32000-1, 9.7.4.3): runs of consecutive CIDs, those one em wide left to DW."""
    parts: list[str] = []
    run: list[int] = []
    start = -1
    for cid in sorted(widths):
        if widths[cid] == 1000:
            continue
        if cid != start + len(run) or not run:
            if run:
                parts.append(f"{start} [{' '.join(map(str, run))}]")
            start, run = cid, []
        run.append(widths[cid])
    if run:
        parts.append(f"{start} [{' '.join(map(str, run))}]")
    return "[" + "\n".join(parts) + "]"


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """The ToUnicode CMap (ISO 32000-1, 9.10.3), at most 100 entries a block (9.7.5.4)."""
    entries = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())
    ]
    body: list[str] = []
    for at in range(0, len(entries), 100):
        part = entries[at : at + 100]
        body += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
        *body,
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines).encode("ascii")
