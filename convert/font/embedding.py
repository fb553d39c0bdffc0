"""Fonts for books that reading systems set themselves: small, whole files with their licence."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from convert.diagnostics import Code, Findings, Place
from convert.errors import FontError
from convert.font.catalogue import Catalogue
from convert.font.face import Face
from convert.supply import EmbeddedFont, FontOffer
from convert.theme import Role

__all__ = ["embedded_font", "offered_font", "subset_file"]

_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17)
"""Entries of the name table that are kept: copyright, names, trademark, licence (OpenType 1.9.1, name)."""
_LICENCES = ("OFL*", "LICENSE*", "LICENCE*", "COPYING*")
_LONGEST_LICENCE = 100_000


def offered_font(catalogue: Catalogue, role: Role) -> FontOffer | None:
    """What there is for *role*, under the name that the font has for itself; None when there is no such face."""
    face = catalogue.find(role)
    return None if face is None else FontOffer(face.name(1) or face.family, face.is_cff, face.rights)


def embedded_font(
    catalogue: Catalogue, role: Role, characters: AbstractSet[str] | None, findings: Findings
) -> EmbeddedFont | None:
    """The face of *role* with *characters*, or all of it; None, with a finding, when there is no such face.

    The same characters give the same bytes.  Raises FontError for a font that cannot be cut down.
    """
    face = catalogue.find(role)
    if face is None:
        message = f"there is no {role.value} face to embed"
        hint = f"put one into the book's fonts folder, or name it with font.{role.value}"
        findings.warn(Code.FONT_MISSING, Place("epub.embed"), message, hint)
        return None
    missing = frozenset(char for char in characters or () if not face.has(char))
    data = subset_file(face, characters)
    return EmbeddedFont(face.family, data, face.is_cff, missing, _licence(face))


def subset_file(face: Face, characters: AbstractSet[str] | None) -> bytes:
    """*face* as a font file of its own with only *characters*, or with all; a variable face loses its axes.

    Layout features stay, so that vertical forms and ligatures of the characters are there.
    """
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    if characters is None:
        wanted.keep_everything()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.DOWNGRADE_CFF2
    wanted.unicode_set.update(sorted({0x20, *map(ord, characters or ())}))
    wanted.name_id_set.update(_NAMES)
    if face.source.has_var_data:
        wanted.pin_all_axes_to_default(face.source)
        for axis, value in face.variations:
            wanted.pin_axis_location(face.source, axis, value)
    try:
        return bytes(hb.SubsetPlan(face.source, wanted).execute().blob.data)
    except (hb.HarfBuzzError, ValueError, MemoryError) as error:
        place = Place(str(face.path))
        raise FontError(
            Code.FONT_BROKEN, place, "the font cannot be subset", "take another file of it"
        ) from error


def _licence(face: Face) -> str:
    """Name, copyright notice and licence: the font's own words, then the file that came with it."""
    said = [face.family, *(face.name(number) for number in (0, 7, 13, 14))]
    text = "\n\n".join(dict.fromkeys(filter(None, said)))
    for path in _licence_files(face.path):
        try:
            if path.is_file() and path.stat().st_size <= _LONGEST_LICENCE:
                return f"{text}\n\n{path.read_text('utf-8', 'replace').strip()}\n"
        except OSError:
            continue
    return f"{text}\n"


def _licence_files(font: Path) -> Iterator[Path]:
    """Licences beside the font or, for one out of a pip package, among the package's own files."""
    folders = [font.parent, font.parent.parent]
    for package in folders:
        folders = [*folders, *sorted(package.parent.glob(f"{package.name}-*.dist-info/licenses"))]
    for folder in folders:
        for pattern in _LICENCES:
            yield from sorted(folder.glob(pattern))
