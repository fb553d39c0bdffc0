"""Profiles: what families of reading systems want otherwise.  A profile is data; nothing else asks for its name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from convert.records import dataclass, field
from convert.theme import Role

__all__ = ["PROFILES", "NoteForm", "Profile"]


class NoteForm(Enum):
    """How a note and its mark are marked up."""

    ASIDE = "aside"
    """A number that leads to an ``aside`` (EPUB SSV footnote): Apple Books, Kindle, Kobo, Thorium, KOReader."""
    DUOKAN = "duokan"
    """A small picture that leads to an item of a list, each with a class of its own: 多看 and its kin."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What one family of reading systems asks for."""

    faces: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    """Faces that the systems bring along, to be named for a role.  The text's own face is never named."""
    notes: NoteForm = NoteForm.ASIDE
    vertical: bool = False
    """Lines run from top to bottom and pages from right to left."""
    folding: bool = True
    """Answers open and shut (``details``); otherwise they stand open with their label."""
    cover_page: bool = True
    """The cover has a page in the spine; a system that shows the cover image by itself would show it twice."""
    text_defaults: bool = False
    """Leading and alignment of the text are left to the system entirely."""
    title_page_landmark: bool = True
    """The title page is a landmark; a system that lists landmarks among the contents needs no more than three."""
    fonts_switch: bool = True
    """Embedded fonts are announced to Apple Books, which ignores them otherwise."""

    @property
    def measure(self) -> str:
        """The CSS property for a share of the measure."""
        return "height" if self.vertical else "width"


_APPLE = {Role.KAI: ("Kaiti SC", "STKaiti"), Role.SANS: ("PingFang SC",)}
_COMMON = {Role.KAI: ("Kaiti SC", "STKaiti", "KaiTi", "BiauKai", "LXGW WenKai")}
_KINDLE = {Role.KAI: ("STKaiti", "STKai")}
_DUOKAN = {Role.KAI: ("DK-KAITI",), Role.SANS: ("DK-HEITI",)}

PROFILES: Mapping[str, Profile] = {
    "standard": Profile(faces=_COMMON),
    "kobo": Profile(title_page_landmark=False, fonts_switch=False),
    "kindle": Profile(
        faces=_KINDLE,
        folding=False,
        cover_page=False,
        text_defaults=True,
        fonts_switch=False,
    ),
    "apple": Profile(faces=_APPLE),
    "duokan": Profile(faces=_DUOKAN, notes=NoteForm.DUOKAN, folding=False, fonts_switch=False),
    "vertical": Profile(faces=_COMMON, vertical=True),
}
"""By the value of the theme key ``epub.profile``."""
