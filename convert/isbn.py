"""International Standard Book Numbers (ISO 2108)."""

from __future__ import annotations

import re

from convert.regex import regex

__all__ = ["isbn"]

_PREFIX = regex(r"(?i)^\s*(?:urn:)?isbn[:\s-]*")


def isbn(text: str) -> str:
    """The digits of the ISBN-13 or ISBN-10 that *text* is, without hyphens; empty when its check digit is wrong."""
    digits = re.sub(r"[\s\u2010-\u2015-]", "", _PREFIX.sub("", text)).upper()
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
        return digits if total % 10 == 0 else ""
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(digits))
        return digits if total % 11 == 0 else ""
    return ""
