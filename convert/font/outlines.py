"""Words as outlines, in the faces that the catalogue finds for them: for drawings, whose words are no text."""

from __future__ import annotations

from itertools import groupby

from convert.font.catalogue import Catalogue
from convert.font.face import Face
from convert.theme import Role

__all__ = ["word_outlines"]

_ROLES = (
    (Role.MONO, ("mono", "courier", "consol", "code")),
    (Role.KAI, ("kai", "楷")),
    (Role.FANGSONG, ("fangsong", "仿宋")),
    (Role.SANS, ("sans", "hei", "黑", "gothic")),
    (Role.SERIF, ("serif", "song", "宋", "ming", "明", "times", "roman", "georgia", "garamond")),
)


def word_outlines(catalogue: Catalogue, text: str, family: str) -> tuple[str, float]:
    """*text* as path data, one em one unit, y down, and its width in em; *family* is a CSS font-family.

    Words of drawings are set in Hei unless the family asks for something else.
    """
    name = family.lower()
    role = next((role for role, words in _ROLES if any(word in name for word in words)), Role.SANS)
    if catalogue.find(role) is None:
        role = Role.SANS
    out: list[str] = []
    x = 0.0
    for face, chars in groupby(text, key=lambda char: _face(catalogue, char, role)):
        for glyph in face.shape("".join(chars)):
            for command, points in face.outline(glyph.gid):
                moved = [
                    x + glyph.x_offset + value if at % 2 == 0 else -(glyph.y_offset + value)
                    for at, value in enumerate(points)
                ]
                out.append(command + " ".join(f"{value:.4f}" for value in moved))
            x += glyph.advance
    return "".join(out), x


def _face(catalogue: Catalogue, char: str, role: Role) -> Face:
    return catalogue.for_char(char, role) or catalogue.face(role)
