"""Embedded fonts: each is there, of a kind that reading systems take, has what is set in it, and its licence."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator

from convert.regex import regex
from convert.verify.epub_parts import EpubFile, local
from convert.verify.fault import Fault

__all__ = ["fonts"]

_FACE = regex(r"@font-face\s*\{([^}]*)\}")
_RULE = regex(r"([^{}@]+)\{([^{}]*)\}")
_FAMILY = regex(r"font-family\s*:\s*([^;]+)")
_SOURCE = regex(r"""url\(\s*["']?([^"')]+)""")
_LAST_STEP = regex(r"(?:.*[\s>+~])?([A-Za-z][\w-]*|\*)?((?:\.[\w-]+)*)(?::.*)?")
_KINDS = (
    "font/otf",
    "font/ttf",
    "application/vnd.ms-opentype",
    "application/font-sfnt",
    "application/x-font-ttf",
)
"""What Kobo and Kindle take; WOFF2 they do not."""
_MARKS = (b"\0\1\0\0", b"OTTO", b"true")


def fonts(book: EpubFile) -> Iterator[Fault]:
    """Every face that a style sheet declares; see the module's own words."""
    faces: dict[str, set[int]] = {}
    for item in book.items.values():
        if item.media_type != "text/css" or item.name not in book.data:
            continue
        style = book.data[item.name].decode("utf-8", "replace")
        for body in _FACE.findall(style):
            family, source = _FAMILY.search(body), _SOURCE.search(body)
            if family is None or source is None:
                yield Fault("font", item.name, "a face without family or source")
                continue
            link = book.link(source[1], item.name)
            if link.name not in book.data:
                yield Fault("font", item.name, f"{source[1]} is not there")
                continue
            yield from _file(book, link.name)
            faces[_names(family[1])[0]] = _characters(book.data[link.name])
        yield from _covered(book, style, faces)
    if faces and not any(_is_licence(name) for name in book.data):
        yield Fault("font", book.package_name, "fonts are embedded without a licence")


def _file(book: EpubFile, name: str) -> Iterator[Fault]:
    kinds = [item.media_type for item in book.items.values() if item.name == name]
    if kinds and kinds[0] not in _KINDS:
        yield Fault("font", name, f"{kinds[0]} is not taken by all reading systems")
    if not book.data[name].startswith(_MARKS):
        yield Fault("font", name, "this is no TrueType or OpenType font")


def _is_licence(name: str) -> bool:
    return any(word in posixpath.basename(name).lower() for word in ("licence", "license", "ofl"))


def _names(families: str) -> list[str]:
    return [part.strip().strip("\"'") for part in families.split(",")]


def _covered(book: EpubFile, style: str, faces: dict[str, set[int]]) -> Iterator[Fault]:
    """Characters inside elements that a rule sets in an embedded face are all in it."""
    wanted: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for selectors, body in _RULE.findall(_FACE.sub("", style)):
        named = _FAMILY.search(body)
        first = _names(named[1])[0] if named else ""
        if first in faces:
            steps = (_LAST_STEP.fullmatch(part.strip()) for part in selectors.split(","))
            wanted.setdefault(first, []).extend(
                (step[1] or "*", frozenset(filter(None, step[2].split(".")))) for step in steps if step
            )
    for face, rules in wanted.items():
        for name, root in book.documents():
            said: set[str] = set()
            for element in root.iter("{*}*"):
                classes = frozenset(element.get("class", "").split())
                if any(tag in ("*", local(element)) and kinds <= classes for tag, kinds in rules):
                    said.update("".join(map(str, element.itertext())))
            lacking = sorted(char for char in said if char > " " and ord(char) not in faces[face])
            if lacking:
                yield Fault("font", name, f"the face {face} lacks {''.join(lacking[:10])}")


def _characters(font: bytes) -> set[int]:
    """Code points that the font's character map knows (OpenType 1.9.1, cmap formats 4 and 12)."""
    out: set[int] = set()
    try:
        (count,) = struct.unpack_from(">H", font, 4)
        tables = {font[at : at + 4]: at for at in range(12, 12 + 16 * count, 16)}
        (start,) = struct.unpack_from(">L", font, tables[b"cmap"] + 8)
        (maps,) = struct.unpack_from(">H", font, start + 2)
        for number in range(maps):
            (offset,) = struct.unpack_from(">L", font, start + 8 + 8 * number)
            out |= _subtable(font, start + offset)
    except (struct.error, KeyError):
        return out
    return out


def _subtable(font: bytes, at: int) -> set[int]:
    (kind,) = struct.unpack_from(">H", font, at)
    out: set[int] = set()
    if kind == 4:
        (double,) = struct.unpack_from(">H", font, at + 6)
        ends = struct.unpack_from(f">{double // 2}H", font, at + 14)
        starts = struct.unpack_from(f">{double // 2}H", font, at + 16 + double)
        for first, last in zip(starts, ends, strict=True):
            out.update(range(first, last + 1))
    elif kind == 12:
        (groups,) = struct.unpack_from(">L", font, at + 12)
        for number in range(groups):
            first, last, _ = struct.unpack_from(">3L", font, at + 16 + 12 * number)
            out.update(range(first, min(last, 0x10FFFF) + 1))
    return out
