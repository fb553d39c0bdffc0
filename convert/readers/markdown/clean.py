"""The text as lines that every later stage can trust.  Line numbers never move."""

from __future__ import annotations

from collections import Counter

from convert.diagnostics import Code, Findings, Place
from convert.regex import regex

__all__ = ["MAX_CHARACTERS", "clean_lines"]

MAX_CHARACTERS = 64 * 1024 * 1024
"""A longer source is refused by `convert.readers.markdown.read`."""

# What neither XML 1.0 (2.2 Char) nor a printed page can hold.  Line feed and tab stay.
_BAD = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = regex(r"\r\n?")
# A form feed or vertical tab parts pages or columns in extracted text; it is white space.
_SPACES = frozenset("\x0b\x0c\x85")


def _stand_in(char: str) -> str:
    """A space for white space, nothing for an invisible control, U+FFFD for what may have been a letter."""
    if char in _SPACES:
        return " "
    if char == "\x00" or ord(char) > 0x9F:
        return "\ufffd"
    return ""


def clean_lines(text: str, name: str, findings: Findings) -> list[str]:
    """The lines of *text* without line ends, byte order mark and characters that no edition can hold.

    Each kind of such a character is one finding at its first place.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    lines = text.removesuffix("\n").split("\n")
    if _BAD.search(text) is None:
        return lines
    counts: Counter[str] = Counter(_BAD.findall(text))
    first: dict[str, Place] = {}
    for number, line in enumerate(lines, 1):
        if _BAD.search(line) is None:
            continue
        if len(first) < len(counts):
            for match in _BAD.finditer(line):
                first.setdefault(match[0], Place(name, number, match.start() + 1))
        lines[number - 1] = _BAD.sub(lambda match: _stand_in(match[0]), line)
    for char, place in sorted(first.items(), key=lambda item: (item[1].line, item[1].column)):
        what = f"the character U+{ord(char):04X} cannot stand in a text"
        if counts[char] > 1:
            what += f"; it does {counts[char]} times, first here"
        done = "shown as \ufffd" if _stand_in(char) == "\ufffd" else "left out"
        findings.warn(Code.CONTROL_CHARACTER, place, what, f"{done}; remove it from the source")
    return lines
