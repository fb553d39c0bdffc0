"""Fonts that go along in the file, obfuscated as Word wants them (ECMA-376 part 1, 17.8.1, 17.8.3.3).

Word opens fonts with TrueType outlines only, and a file that editors change may hold only those whose makers
allow that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from convert.diagnostics import Code, Findings, Place
from convert.records import replace
from convert.supply import FontSupply
from convert.theme import DocxTheme, Role
from convert.writers.docx.fonts import Faces, FontFile

__all__ = ["embedded_fonts", "obfuscated", "wanted_faces", "with_embedded"]

_FIELDS = {
    Role.SERIF: "serif",
    Role.SANS: "sans",
    Role.KAI: "kai",
    Role.FANGSONG: "fangsong",
    Role.MONO: "mono",
}
_PLACE = Place("docx.embed")


def wanted_faces(theme: DocxTheme, supply: FontSupply | None, findings: Findings) -> Mapping[Role, str]:
    """The families of the roles that are to go along and may; of others a finding tells."""
    out: dict[Role, str] = {}
    for role in Role if supply is not None else ():
        if role.value not in theme.embed:
            continue
        offer = supply.offered(role) if supply is not None else None
        if offer is None:
            hint = f"put one into the book's fonts folder, or name it with font.{role.value}"
            findings.warn(Code.FONT_MISSING, _PLACE, f"there is no {role.value} face to embed", hint)
        elif offer.is_cff:
            message = f"{offer.family} stays behind: Word opens embedded fonts with TrueType outlines only"
            hint = f"name a .ttf with font.{role.value}"
            findings.warn(Code.FEATURE_UNSUPPORTED, _PLACE, message, hint)
        elif not offer.for_editing:
            message = f"{offer.family} stays behind: its maker forbids it in files that are to be changed"
            findings.warn(Code.FONT_BROKEN, _PLACE, message, "take another font")
        else:
            out[role] = offer.family
    return out


def with_embedded(faces: Faces, families: Mapping[Role, str]) -> Faces:
    """*faces* with the names of those that go along."""
    return replace(faces, **{_FIELDS[role]: family for role, family in families.items()})


def embedded_fonts(
    families: Mapping[Role, str], stories: Iterable[str], theme: DocxTheme, supply: FontSupply
) -> tuple[FontFile, ...]:
    """The font files of *families*, cut down to the characters of *stories* unless the whole is asked for."""
    said = frozenset(char for char in "".join(stories) if char.isprintable())
    out: list[FontFile] = []
    for role, family in families.items():
        if family in (font.family for font in out):
            continue
        offer = supply.offered(role)
        whole = theme.embed_whole or offer is None or not offer.may_be_cut
        font = supply.embedded(role, None if whole else said)
        if font is not None:
            digest = hashlib.sha256(font.data).hexdigest().upper()
            key = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
            out.append(FontFile(family, f"{{{key}}}", obfuscated(font.data, key), not whole))
    return tuple(out)


def obfuscated(data: bytes, key: str) -> bytes:
    """*data* with its first 32 bytes changed by the GUID *key*, last byte first; twice gives *data* again."""
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    return bytes(byte ^ mask[at % 16] for at, byte in enumerate(data[:32])) + data[32:]
