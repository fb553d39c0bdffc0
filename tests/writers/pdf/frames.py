"""Frames made by hand, and a manuscript to go with them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence

from convert.font.catalogue import open_catalogue
from convert.font.face import Face
from convert.images import ImageAsset
from convert.manuscript import Manuscript
from convert.model.nodes import Contributor, Document, Metadata
from convert.model.outline import make_outline
from convert.terms import terms_for
from convert.theme import Role, Theme
from convert.typeset.frame import Bookmark, Frame, Glyph, GlyphRun, Item, Look, Page, glyph_run

BOOK = open_catalogue()
SERIF, SANS, MONO = BOOK.face(Role.SERIF), BOOK.face(Role.SANS), BOOK.face(Role.MONO)
STAMP = 1_700_000_000


def run(text: str, x: float, y: float, size: float = 10.5, face: Face = SERIF, gap: float = 0.0) -> GlyphRun:
    """*text* shaped as Han, *gap* points added after each glyph."""
    shaped = face.shape(text, script="hani", language="zh-Hans")
    ends = [*(g.cluster for g in shaped[1:]), len(text)]
    glyphs, at = [], 0.0
    for g, end in zip(shaped, ends, strict=True):
        advance = g.advance * size + gap
        glyphs.append(Glyph(g.gid, at, 0.0, text[g.cluster : end]))
        at += advance
    return glyph_run(Look(face, size), x, y, glyphs)


def frame(*items: Item, labels: Sequence[str] = ("1",), bookmarks: Sequence[Bookmark] = ()) -> Frame:
    """Pages of A5, the items all on the first."""
    pages = [Page(419.528, 595.276, items if n == 0 else (), label) for n, label in enumerate(labels)]
    return Frame(tuple(pages), tuple(bookmarks))


def manuscript(images: Mapping[str, ImageAsset] | None = None, title: str = "书与纸") -> Manuscript:
    """A manuscript that says who and what, with nothing to lay out."""
    metadata = Metadata(title, contributors=(Contributor("王小工"),), language="zh-Hans")
    document = Document(metadata, ())
    outline = make_outline(document)
    return Manuscript(document, outline, Theme(), terms_for("zh-Hans"), images or {}, STAMP)


def png(width: int, height: int, *, alpha: bool) -> bytes:
    """A picture of one colour, half transparent with *alpha*."""
    pixel = b"\xc0\x20\x40" + (b"\x80" if alpha else b"")
    rows = (b"\0" + pixel * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
