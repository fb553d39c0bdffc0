"""CIDs put into CFF programs, and programs that take none."""

from __future__ import annotations

import io
import struct

from fontTools.cffLib import CFFFontSet

from convert.font.catalogue import open_catalogue
from convert.font.cff import with_cids
from convert.font.subset import subset
from convert.theme import Role


def program() -> tuple[bytes, int]:
    """A CID-keyed program, and how many glyphs it has."""
    face = open_catalogue().face(Role.SERIF)
    made = subset(face, [face.glyph_id(char) for char in "一二三"])
    return made.data, len(made.cids)


def test_the_glyphs_have_the_cids_that_were_given() -> None:
    data, count = program()
    made = with_cids(data, [0, *range(65535 - count + 2, 65536)])
    assert made is not None
    font = CFFFontSet()
    font.decompile(io.BytesIO(made), None)
    (top,) = font.topDictIndex
    assert top.charset == [".notdef", *(f"cid{n:05d}" for n in range(65535 - count + 2, 65536))]
    assert top.CIDCount == 65536
    before = CFFFontSet()
    before.decompile(io.BytesIO(data), None)
    old, new = before.topDictIndex[0], top
    for one, other in zip(old.charset, new.charset, strict=True):
        assert old.CharStrings[one].bytecode == new.CharStrings[other].bytecode


def test_a_program_without_cids_stays_as_it_is() -> None:
    name = b"\x00\x01\x01\x01\x02A"

    def cff(top: bytes) -> bytes:
        return b"\x01\x00\x04\x01" + name + struct.pack(">HBBB", 1, 1, 1, 1 + len(top)) + top

    charset = b"\x1d\x00\x00\x00\x01\x0f"
    real = b"\x1e\x2a\x00\x30\x00\x02\xff\x0c\x1f"  # FontVersion or such: a real number, as nibbles
    ros = b"\x1c\x01\x8a\x1c\x01\x8b\x8b\x0c\x1e"
    assert with_cids(cff(charset), [0, 5]) is None
    assert with_cids(cff(ros + b"\x8b\x0f"), [0, 5]) is None
    assert with_cids(cff(ros + real + charset), [0, 5]) is not None
