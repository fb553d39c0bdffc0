"""ICC profiles for tests: a simple press of four inks, and others that are none."""

from __future__ import annotations

import itertools
import struct

NAME = "Test press, four inks"
_WHITE = (0.9642, 1.0, 0.8249)
_TO_XYZ = ((0.4361, 0.3851, 0.1431), (0.2225, 0.7169, 0.0606), (0.0139, 0.0971, 0.7141))
_TO_RGB = ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052))


def _lab(cmyk: tuple[float, ...]) -> bytes:
    """What a mixture of inks looks like, in the eight bits of ICC.1:2001, 6.5.6."""
    rgb = [((1 - ink) * (1 - cmyk[3])) ** 2.2 for ink in cmyk[:3]]
    x, y, z = (
        sum(a * b for a, b in zip(row, rgb, strict=True)) / white
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    lab = (116 * fy - 16) * 2.55, 500 * (fx - fy) + 128, 200 * (fy - fz) + 128
    return bytes(min(255, max(0, round(v))) for v in lab)


def _inks(lab: tuple[float, ...]) -> bytes:
    """The inks for a colour, all grey of it in black."""
    lightness, a, b = lab[0] * 100, lab[1] * 255 - 128, lab[2] * 255 - 128
    fy = (lightness + 16) / 116
    xyz = [
        (f**3 if f**3 > 0.008856 else (f - 16 / 116) / 7.787) * white
        for f, white in zip((fy + a / 500, fy, fy - b / 200), _WHITE, strict=True)
    ]
    linear = [sum(m * v for m, v in zip(row, xyz, strict=True)) for row in _TO_RGB]
    rgb = [min(1.0, max(0.0, v)) ** (1 / 2.2) for v in linear]
    black = 1 - max(rgb)
    inks = [(1 - v - black) / (1 - black) if black < 1 else 0.0 for v in rgb]
    return bytes(round(255 * v) for v in (*inks, black))


def _table(inputs: int, outputs: int, grid: int, cells: bytes) -> bytes:
    unit = b"".join(struct.pack(">i", 65536 * (n in (0, 4, 8))) for n in range(9))
    ramp = bytes(range(256))
    head = b"mft1\0\0\0\0" + bytes((inputs, outputs, grid, 0)) + unit
    return head + ramp * inputs + cells + ramp * outputs


def profile(space: bytes = b"CMYK", kind: bytes = b"prtr") -> bytes:
    """An ICC profile of version 2."""
    name = NAME.encode() + b"\0"
    there = b"".join(_lab(corner) for corner in itertools.product((0.0, 1.0), repeat=4))
    steps = [n / 8 for n in range(9)]
    back = b"".join(_inks(lab) for lab in itertools.product(steps, repeat=3))
    white = b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in _WHITE)
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * (4 + 4 + 2 + 1 + 67),
        b"cprt": b"text\0\0\0\0CC0\0",
        b"wtpt": white,
        b"A2B0": _table(4, 3, 2, there),
        b"B2A0": _table(3, 4, 9, back),
    }
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(
        ">I4sI4s4s4s12s4s", start + len(body), b"lcms", 0x02400000, kind, space, b"Lab ", b"", b"acsp"
    )
    head = (head.ljust(68, b"\0") + b"".join(struct.pack(">i", round(v * 65536)) for v in _WHITE)).ljust(
        128, b"\0"
    )
    return head + table + body
