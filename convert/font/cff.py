"""A CFF font program whose glyphs are given other CIDs (Adobe Technical Note 5176)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

__all__ = ["with_cids"]

_ROS, _CID_COUNT, _CHARSET = b"\x0c\x1e", b"\x0c\x22", b"\x0f"
"""Operators of the Top DICT (tables 9 and 10): what makes a font CID-keyed, its CIDs, their list."""
_LONG = 29
"""The first byte of an operand of four more bytes (table 3), as HarfBuzz writes offsets."""


def with_cids(data: bytes, cids: Sequence[int]) -> bytes | None:
    """The CID-keyed font program *data* with *cids* for its glyphs, .notdef's 0 first; they must rise.

    None for a font that has no CIDs, or whose Top DICT leaves no room for them.
    """
    found = _top(data)
    charset, count = found.get(_CHARSET), found.get(_CID_COUNT)
    if _ROS not in found or charset is None or data[charset] != _LONG:
        return None
    out = bytearray(data)
    struct.pack_into(">L", out, charset + 1, len(data))
    if count is not None and data[count] == _LONG:
        known = struct.unpack_from(">L", data, count + 1)[0]
        struct.pack_into(">L", out, count + 1, max(known, cids[-1] + 1))
    # Format 0: the CID of each glyph but the first (table 17).
    out += struct.pack(f">B{len(cids) - 1}H", 0, *cids[1:])
    return bytes(out)


def _top(data: bytes) -> dict[bytes, int]:
    """Where the last operand of each operator of the Top DICT begins."""
    _, after = _index(data, data[2])
    (at, end), _ = _index(data, after)
    out: dict[bytes, int] = {}
    last = at
    while at < end:
        first = data[at]
        if first <= 21:
            size = 2 if first == 12 else 1
            out[data[at : at + size]] = last
        else:
            last = at
            size = _size(data, at)
        at += size
    return out


def _size(data: bytes, at: int) -> int:
    """Bytes of the operand at *at* (tables 3 and 5)."""
    first = data[at]
    if first == 30:
        end = at + 1
        while data[end] & 0x0F != 0x0F and data[end] >> 4 != 0x0F:
            end += 1
        return end + 1 - at
    return {28: 3, _LONG: 5}.get(first, 1 if first <= 246 else 2)


def _index(data: bytes, at: int) -> tuple[tuple[int, int], int]:
    """Where the first object of the INDEX at *at* begins and ends, and where the INDEX ends (table 7)."""
    (count,) = struct.unpack_from(">H", data, at)
    if not count:
        return (at + 2, at + 2), at + 2
    wide = data[at + 2]
    base = at + 2 + (count + 1) * wide
    places = [int.from_bytes(data[at + 3 + n * wide : at + 3 + (n + 1) * wide], "big") for n in (0, 1, count)]
    return (base + places[0], base + places[1]), base + places[2]
