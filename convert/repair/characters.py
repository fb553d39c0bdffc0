"""Code points that a text should not have: stand-ins of a font, invisible ones, and lost characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from convert.repair.edits import Change, Edit
from convert.repair.source import Source

__all__ = ["codepoints"]

_COMPATIBLE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]")
"""Radicals and compatibility ideographs, which PDF extraction leaves for the ideographs they look like, and
Latin ligatures (Unicode, chapters 18 and 22.3)."""
_RADICALS = {"⺠": "民", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长", "⻔": "门", "⻘": "青", "⻚": "页",
             "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻥": "鱼", "⻦": "鸟", "⻩": "黄", "⻬": "齐",
             "⻮": "齿", "⻰": "龙", "⻳": "龟", "⻄": "西", "⺟": "母", "⻁": "虎", "⻤": "鬼", "⺎": "兀", "⺝": "月"}  # fmt: skip
"""Radicals of the supplement that have no decomposition in Unicode."""
_INVISIBLE = re.compile(
    r"[\u200b\u2060\ufeff\u180e]|(?<![\u0900-\u0dff\u0600-\u06ff])[\u200c](?![\u0900-\u0dff\u0600-\u06ff])|\u00ad(?![ ]*\n)"
)
_LOST = re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")


def codepoints(source: Source) -> Iterator[Change]:
    """Compatibility characters become the ones they stand for, invisible ones go, lost ones are told of."""
    prose = source.prose
    for match in _COMPATIBLE.finditer(prose):
        char = match[0]
        new = _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
        if new != char:
            yield Change.of(f"U+{ord(char):04X} stands for {new}", Edit(match.start(), match.end(), new))
    for match in _INVISIBLE.finditer(prose):
        yield Change.of(f"U+{ord(match[0]):04X} is invisible", Edit(match.start(), match.end(), ""))
    for match in _LOST.finditer(prose):
        name = "the character that was here is lost" if match[0] == "\ufffd" else "no two fonts agree on it"
        yield Change(match.start(), match.end(), f"U+{ord(match[0]):04X}: {name}")
