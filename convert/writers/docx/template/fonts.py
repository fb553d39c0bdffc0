"""Theme fonts by name: an attribute such as `w:eastAsiaTheme` would win over every name (17.3.2.26).

What it stands for is looked up once, in the theme and for the book's language, and written in its place.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from convert.records import dataclass, field
from convert.terms import primary_language
from convert.writers.docx.fonts import Faces
from convert.writers.docx.template.opening import W

__all__ = ["SLOTS", "ThemeFonts", "theme_fonts"]

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_THEME = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_SCRIPTS = {"zh-Hans": "Hans", "zh-Hant": "Hant", "ja": "Jpan", "ko": "Hang"}


@dataclass(frozen=True, slots=True)
class ThemeFonts:
    """Faces by the name that an attribute has for them, e.g. ``minorEastAsia``."""

    named: Mapping[str, str] = field(default_factory=dict)

    def settle(self, root: etree._Element) -> None:
        """Write names for the theme attributes of every `w:rFonts` below *root*."""
        for fonts in root.iter(f"{W}rFonts"):
            for slot in SLOTS:
                name = self.named.get(str(fonts.attrib.pop(f"{W}{_THEME[slot]}", "")), "")
                if name:
                    fonts.set(f"{W}{slot}", name)


def theme_fonts(theme: etree._Element | None, language: str, faces: Faces) -> ThemeFonts:
    """The fonts of a theme part for a book in *language*; *faces* where the theme names none."""
    script = _SCRIPTS.get(primary_language(language), "Hans")
    named: dict[str, str] = {}
    for size, latin, east in (
        ("major", faces.latin_sans, faces.sans),
        ("minor", faces.latin, faces.serif),
    ):
        family = theme.find(f"{A}themeElements/{A}fontScheme/{A}{size}Font") if theme is not None else None
        given = {"latin": latin, "ea": east, "cs": latin}
        if family is not None:
            scripts = {font.get("script"): font.get("typeface") for font in family.iter(f"{A}font")}
            for kind in given:
                found = family.find(f"{A}{kind}")
                name = found.get("typeface", "") if found is not None else ""
                given[kind] = name or (scripts.get(script) if kind == "ea" else "") or given[kind]
        named |= {f"{size}Ascii": given["latin"], f"{size}HAnsi": given["latin"]}
        named |= {f"{size}EastAsia": given["ea"], f"{size}Bidi": given["cs"]}
    return ThemeFonts(named)
