"""What kind of character is it?  The few Unicode questions that every room asks the same way."""

from __future__ import annotations

import unicodedata

__all__ = ["is_cjk", "is_emoji", "is_han", "is_hangul", "is_kana", "is_latin", "is_wide"]


def is_han(char: str) -> bool:
    """True for an ideograph, 々 and 〇 (Unicode Script Han, the blocks in use)."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x3FFFF
        or 0xF900 <= code <= 0xFAFF
        or code in (0x3005, 0x3007, 0x303B)
    )


def is_kana(char: str) -> bool:
    """True for hiragana, katakana and their marks."""
    code = ord(char)
    return 0x3041 <= code <= 0x30FF or 0x31F0 <= code <= 0x31FF or 0xFF66 <= code <= 0xFF9F


def is_hangul(char: str) -> bool:
    """True for a Hangul syllable or letter."""
    code = ord(char)
    return 0xAC00 <= code <= 0xD7A3 or 0x1100 <= code <= 0x11FF or 0x3130 <= code <= 0x318F


def is_cjk(char: str) -> bool:
    """True for a Han character, kana or bopomofo: what is set on the em square without word spaces."""
    code = ord(char)
    return is_han(char) or is_kana(char) or 0x3105 <= code <= 0x312F or 0x31A0 <= code <= 0x31BF


def is_wide(char: str) -> bool:
    """True for East Asian Width F, W or H (UAX #11), Hangul and emoji apart.

    A line feed in the source between two such characters is no space (CSS Text 4, 4.1.3).
    """
    return unicodedata.east_asian_width(char) in "FWH" and not is_hangul(char) and not is_emoji(char)


def is_emoji(char: str) -> bool:
    """True for the pictographs that colour fonts draw."""
    code = ord(char)
    return 0x1F300 <= code <= 0x1FAFF or 0x1F000 <= code <= 0x1F2FF


def is_latin(char: str) -> bool:
    """True for a letter of Latin, Greek or Cyrillic, or an ASCII digit."""
    return (ord(char) < 0x0530 or 0x1E00 <= ord(char) <= 0x1FFF) and char.isalnum()
