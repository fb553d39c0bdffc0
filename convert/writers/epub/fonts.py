"""Fonts that go along with the book: which, with which characters, and their licences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from convert.diagnostics import Code, Findings, Place
from convert.records import dataclass
from convert.supply import EmbeddedFont, FontSupply
from convert.theme import Role, Theme
from convert.writers.epub.style import role_selectors

__all__ = ["FontFile", "font_files"]


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font in the package: its role and address, and the address of its licence."""

    role: Role
    font: EmbeddedFont

    @property
    def family(self) -> str:
        """What the style sheet calls it: a name that no system font has."""
        return f"quire {self.role.value}"

    @property
    def address(self) -> str:
        """Address from the package's root."""
        return f"fonts/{self.role.value}.{'otf' if self.font.is_cff else 'ttf'}"

    @property
    def media_type(self) -> str:
        """Core media type (EPUB 3.3, 3.2)."""
        return "font/otf" if self.font.is_cff else "font/ttf"

    @property
    def licence_address(self) -> str:
        """Address of the licence from the package's root."""
        return f"fonts/{self.role.value}-licence.txt"


def font_files(
    theme: Theme,
    texts: Iterable[str],
    language: str,
    supply: FontSupply | None,
    findings: Findings,
) -> Mapping[Role, FontFile]:
    """The fonts of the roles that *theme* has go along, each with the characters that *texts* (XHTML) show in it."""
    roles = [role for role in Role if role.value in set(theme.epub.embed)]
    if not roles or supply is None:
        return {}
    out = {}
    used = _characters(texts, {role: role_selectors(role, language, theme) for role in roles})
    for role in roles:
        if not used[role]:
            continue
        font = supply.embedded(role, used[role])
        if font is None:
            continue
        if font.missing:
            shown = "".join(sorted(font.missing))[:20]
            message = f"{font.family} lacks {shown}: another face will show them"
            findings.info(Code.GLYPH_MISSING, Place("epub.embed"), message, "take a font that has them")
        out[role] = FontFile(role, font)
    return out


def _characters(
    texts: Iterable[str], selectors: Mapping[Role, tuple[str, ...]]
) -> dict[Role, frozenset[str]]:
    """The characters that stand inside elements of each role's selectors: element names and classes."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    used: dict[Role, set[str]] = {role: set() for role in selectors}
    for text in texts:
        root = etree.fromstring(text.encode(), parser)
        for element in root.iter("{*}*"):
            names = {
                etree.QName(element).localname,
                *(f".{name}" for name in element.get("class", "").split()),
            }
            for role, wanted in selectors.items():
                if not names.isdisjoint(wanted):
                    used[role].update("".join(map(str, element.itertext())))
    return {role: frozenset(char for char in found if char >= " ") for role, found in used.items()}
