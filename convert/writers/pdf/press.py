"""For the press: the boxes of a page, bleed and crop marks (ISO 32000-1, 14.11.2 and 14.11.3)."""

from __future__ import annotations

from convert.theme import PdfTheme
from convert.writers.pdf.objects import number

__all__ = ["boxes", "crop_marks"]

_LENGTH, _GAP = 12.0, 6.0
"""Of a crop mark: how long it is, and how far it stands from the trimmed page at least (points)."""


def boxes(width: float, height: float, theme: PdfTheme) -> dict[str, object]:
    """MediaBox, BleedBox and TrimBox of a page whose trimmed size is *width* by *height*.

    (0, 0) is the lower left corner of the trimmed page; what lies round it is negative.
    """
    around = theme.bleed
    if theme.marks:
        around = max(theme.bleed, _GAP) + _LENGTH + 3
    out: dict[str, object] = {
        "MediaBox": _box(width, height, around),
        "TrimBox": _box(width, height, 0.0),
    }
    if theme.bleed:
        out["BleedBox"] = _box(width, height, theme.bleed)
    return out


def _box(width: float, height: float, around: float) -> str:
    return "[" + " ".join(map(number, (-around, -around, width + around, height + around))) + "]"


def crop_marks(width: float, height: float, theme: PdfTheme) -> str:
    """The operators that draw marks at the corners to trim at; nothing where the theme wants none."""
    if not theme.marks:
        return ""
    near = max(theme.bleed, _GAP)
    lines = []
    for x, across in ((0.0, -1), (width, 1)):
        for y, up in ((0.0, -1), (height, 1)):
            for dx, dy in ((across, 0), (0, up)):
                start = (x + dx * near, y + dy * near)
                end = (x + dx * (near + _LENGTH), y + dy * (near + _LENGTH))
                lines.append(f"{' '.join(map(number, start))} m {' '.join(map(number, end))} l S")
    return "/Artifact BMC q 0 G 0.25 w " + " ".join(lines) + " Q EMC"
