"""CID fonts: a face in the PDF as Type 0 fonts over one HarfBuzz subset (ISO 32000-1, 9.7).

A code is two bytes, Identity-H: the glyph's CID in the subset.  Where one
glyph stands for several texts (a space and an ideographic one), there are as many Type 0 fonts over the
same descendant, each with a ToUnicode map of its own.  Further codes in one font would be shorter, but
MuPDF reads ToUnicode by CID and would mix them up; ActualText alone is not heeded by every reader.
"""

from __future__ import annotations

import hashlib
from array import array as pack
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import add, sub
from sys import byteorder
from typing import Any

from reportlab.pdfbase import pdfdoc

from convert.font.face import Face
from convert.font.subset import Subset, subset
from convert.writers.pdf.objects import Stream, array, dictionary, name

__all__ = ["CidFont"]

_SILENT = "\u200b"
"""What a code of a glyph without text says: the mapping must not be empty, and this shows nothing."""
_EVEN = 1e-6
"""What is nearer to a whole thousandth of the em is one."""
_SYSTEM = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


class CidFont:
    """A face with the glyphs and texts that the book uses.

    The codes of glyphs are their CIDs; `layers` counts the Type 0 fonts, and `layer_of` tells which of them a pair
    of glyph id and text is in.  `even` fonts have no width that is no whole thousandth of the em.
    """

    def __init__(self, face: Face, uses: Iterable[tuple[int, str]]) -> None:
        self.face = face
        texts: dict[int, list[str]] = {}
        for gid, text in sorted(set(uses), key=lambda use: (use[0], use[1] == "", use[1])):
            texts.setdefault(gid, []).append(text)
        self._subset: Subset = subset(face, texts)
        cids = self._subset.cids
        advances = {gid: face.advance(gid) * 1000 for gid in cids}
        self._widths = {gid: round(wide) for gid, wide in advances.items()}
        self.even = all(abs(advances[gid] - wide) < _EVEN for gid, wide in self._widths.items())
        self.widths = {cids[gid]: wide for gid, wide in self._widths.items()}
        self._cids = None if all(gid == cid for gid, cid in cids.items()) else cids
        self.layer_of: dict[tuple[int, str], int] = {}
        self._texts: list[dict[int, str]] = [{} for _ in range(max(map(len, texts.values()), default=1))]
        for gid, said in texts.items():
            for layer, text in enumerate(said):
                self._texts[layer][cids[gid]] = text or _SILENT
                self.layer_of[gid, text] = layer
        self._special = frozenset(gid for gid, said in texts.items() if len(said) > 1 or not said[0])
        self.base_name = f"{self._tag()}+{face.postscript_name}"

    @property
    def layers(self) -> int:
        """How many Type 0 fonts the face needs: as many as its most ambiguous glyph has texts."""
        return len(self._texts)

    def plain(self, ids: Sequence[int]) -> bool:
        """Whether all glyphs of *ids* say one thing only, and do say something, as nearly all do."""
        return not self._special or self._special.isdisjoint(ids)

    def written(self, ids: Sequence[int]) -> str:
        """The codes of glyphs one after the other, four hexadecimal digits each."""
        cids = self._cids
        codes = pack("H", ids if cids is None else map(cids.__getitem__, ids))
        if byteorder == "little":
            codes.byteswap()
        return codes.tobytes().hex()

    def moves(self, ids: Sequence[int], xs: Sequence[float], em: float) -> list[tuple[int, int]]:
        """What brings the pen to each glyph's own place in *xs*: the index of a glyph and thousandths of the *em*.

        The pen is followed in the whole thousandths that the file itself holds, so nothing adds up.
        """
        origin, scale = xs[0], 1000 / em
        places = [round((x - origin) * scale) for x in xs]
        ends = map(add, places, map(self._widths.__getitem__, ids))
        moves = map(sub, islice(places, 1, None), ends)
        return [(at, by) for at, by in enumerate(moves, 1) if by]

    def manner(self, uses: Iterable[tuple[int, str]]) -> str:
        """How *uses* are written: where that is the same, so is a text that is set in them."""
        cids, widths, layers = self._subset.cids, self._widths, self.layer_of
        return repr([(cids[use[0]], widths[use[0]], layers[use]) for use in sorted(uses)])

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
