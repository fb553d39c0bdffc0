"""Numbers as words and letters: Chinese, Roman, alphabetic."""

from __future__ import annotations

__all__ = ["alphabetic", "chinese", "formal", "from_roman", "page_order", "roman"]

_DIGITS = "零一二三四五六七八九"
_FORMAL = {
    "": "零壹贰叁肆伍陆柒捌玖拾佰仟",
    "zh-Hant": "零壹貳參肆伍陸柒捌玖拾佰仟",
    "ja": "零壱弐参四伍六七八九拾百阡",
}
"""Digits and units that cannot be altered into others, by language."""
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def chinese(number: int) -> str:
    """一, 十, 二十一, 一百零三 … for 0 to 9999; digits beyond that."""
    if not 0 <= number <= 9999:
        return str(number)
    if number < 10:
        return _DIGITS[number]
    out = ""
    gap = False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            out += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        elif out:
            gap = True
    return out[1:] if out.startswith("一十") else out


def formal(number: int, language: str = "") -> str:
    """壹, 壹拾, 贰拾壹 … for 0 to 9999; digits beyond that.  *language* is zh-Hans, zh-Hant, ja or ko."""
    if not 0 <= number <= 9999:
        return str(number)
    table = _FORMAL["zh-Hant" if language == "ko" else language if language in _FORMAL else ""]
    plain = chinese(number)
    if plain.startswith("十"):
        plain = "一" + plain
    return "".join(table[(_DIGITS + "十百千").index(char)] for char in plain)


def roman(number: int) -> str:
    """i, ii, iii, iv … in small letters; digits below 1 and above 3999."""
    if not 1 <= number <= 3999:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def from_roman(text: str) -> int:
    """The number that `roman` writes as *text*; 0 for anything else."""
    total, rest = 0, text
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            total, rest = total + value, rest[len(letters) :]
    return total if not rest and total and roman(total) == text else 0


def page_order(label: str) -> tuple[bool, int]:
    """By which printed page numbers are sorted: front matter's, in small Roman figures, before the text's."""
    return label.isdecimal(), int(label) if label.isdecimal() else from_roman(label)


def alphabetic(number: int) -> str:
    """a … z, aa, ab …; digits below 1."""
    if number < 1:
        return str(number)
    out = ""
    while number:
        number, digit = divmod(number - 1, 26)
        out = chr(ord("a") + digit) + out
    return out
