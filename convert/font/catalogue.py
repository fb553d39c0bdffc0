"""The catalogue: which face sets a role in a language, and which one has a rare character.

Look-up order for a role: the theme's word; the book's ``fonts/`` folder; quire's own ``fonts/`` folder;
the pip packages that fonts.toml names.  The system's fonts fill a role only when the theme names one of
their families, or when they have the Kai or Fangsong that no package brings, and otherwise only serve characters
that nothing else has: so a book looks the same on every machine, or quire says where it may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from convert.diagnostics import Code, Findings, Place
from convert.errors import FontError, QuireError
from convert.font.face import Face
from convert.font.places import SUFFIXES, faces_of, folder_files, listing, system_faces, system_role
from convert.records import dataclass
from convert.terms import primary_language
from convert.theme import Role, Theme

__all__ = ["Catalogue", "FoundFont", "open_catalogue"]

_STAND_INS = {
    Role.SERIF: (Role.SANS,),
    Role.SANS: (Role.SERIF,),
    Role.KAI: (Role.SERIF, Role.SANS),
    Role.FANGSONG: (Role.SERIF, Role.SANS),
    Role.MONO: (Role.SANS, Role.SERIF),
    Role.MONO_BOLD: (Role.MONO, Role.SANS, Role.SERIF),
}
_FALLBACK = (Role.SERIF, Role.SANS, Role.KAI, Role.FANGSONG, Role.MONO)
_LATIN = "en"


@dataclass(frozen=True, slots=True)
class FoundFont:
    """A line of ``quire fonts``.  `source` says which look-up found it: theme, book, fonts, pip or system."""

    role: str
    language: str
    family: str
    path: Path
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class _Choice:
    face: Face
    source: str
    licence: str


def open_catalogue(
    theme: Theme | None = None,
    language: str = "zh-Hans",
    book_root: Path | None = None,
    findings: Findings | None = None,
) -> Catalogue:
    """The catalogue for a book: its theme, its language, its folder.  Reads no font yet."""
    return Catalogue(theme or Theme(), language, book_root, findings if findings is not None else Findings())


class Catalogue:
    """Faces by role, language and character.  The same question always gives the same Face object."""

    def __init__(self, theme: Theme, language: str, book_root: Path | None, findings: Findings) -> None:
        self._theme = theme
        self._language = primary_language(language)
        self._root = book_root
        self._findings = findings
        self._place = Place(str(book_root) if book_root else "fonts")
        self._opened: dict[tuple[Path, int, tuple[tuple[str, float], ...]], Face] = {}
        self._chosen: dict[tuple[Role, str], _Choice | None] = {}
        self._roles: dict[tuple[Role, str, bool], Face] = {}
        self._chars: dict[tuple[str, Role, str], Face | None] = {}
        self._dropped: list[_Choice] | None = None

    # ---- roles

    def find(self, role: Role, language: str = "", latin: bool = False) -> Face | None:
        """The face made for *role* in *language* (the book's when empty), or None; no stand-in.

        *latin* asks for the face of letters: for KAI that is an italic.
        """
        choice = self._choice(role, self._key(language, latin))
        return choice.face if choice else None

    def face(self, role: Role, language: str = "", latin: bool = False) -> Face:
        """The face for *role*, or the best stand-in, which is reported once.

        Raises FontError when there is no usable font at all.
        """
        tag = self._key(language, latin)
        known = self._roles.get((role, tag, latin))
        if known is None:
            known = self._roles[role, tag, latin] = self._face(role, tag)
        return known

    def _key(self, language: str, latin: bool) -> str:
        return _LATIN if latin else primary_language(language) if language else self._language

    def _face(self, role: Role, tag: str) -> Face:
        languages = dict.fromkeys((tag, self._language, "zh-Hans"))
        for stand_in in (role, *_STAND_INS[role]):
            for language in languages:
                choice = self._choice(stand_in, language)
                if choice is None:
                    continue
                if (stand_in, language) != (role, tag):
                    self._tell_stand_in(role, tag, choice.face)
                elif choice.source == "system" and not getattr(self._theme.font, role.value):
                    self._tell_system(role, choice.face)
                return choice.face
        hint = "pip install pylopdf-fonts-zh-cn, or put a font file into the book's fonts folder"
        raise FontError(Code.FONT_MISSING, self._place, f"no font for {role.value} in {tag}", hint)

    def _tell_stand_in(self, role: Role, tag: str, face: Face) -> None:
        extra = listing().extras.get(tag)
        if extra and role in (Role.SERIF, Role.SANS):
            hint = f"pip install {extra}"
        else:
            hint = f"put one into the book's fonts folder, or name it with font.{role.value}"
        message = f"no {role.value} face for {tag}: {face.family} stands in"
        self._findings.info(Code.FONT_MISSING, self._place, message, hint)

    def _choice(self, role: Role, tag: str) -> _Choice | None:
        key = role, tag
        if key not in self._chosen:
            self._chosen[key] = self._choose(role, tag)
        return self._chosen[key]

    def _choose(self, role: Role, tag: str) -> _Choice | None:
        fixed = role in (Role.MONO, Role.MONO_BOLD)
        if tag == self._language or (fixed and tag == _LATIN):
            named = getattr(self._theme.font, role.value)
            found = self._named(str(named), role) if named else None
            if found:
                return found
            if tag != _LATIN:
                for choice in self._dropped_fonts():
                    if _fills(choice.face, role):
                        return choice
        if role is Role.MONO_BOLD:
            # The bold of another family would be a stranger beside the face that somebody chose.
            usual = self._choice(Role.MONO, tag)
            if usual is not None and usual.source != "pip":
                return usual
        for name in listing().roles.get(tag, {}).get(role.value, ()):
            entry = listing().faces[name]
            path = entry.path()
            if path:
                face = self._open(path, 0, entry.variations, entry.family)
                if self._usable(face):
                    return _Choice(face, "pip", entry.licence)
        return self._of_system(role, tag) if tag.startswith("zh") else None

    def _of_system(self, role: Role, tag: str) -> _Choice | None:
        """The system's face for a role that no package fills, one made for *tag* first."""
        faces = sorted(system_role(role.value), key=lambda face: _is_traditional(face) != (tag == "zh-Hant"))
        return _Choice(faces[0], "system", "the font's own") if faces else None

    def _tell_system(self, role: Role, face: Face) -> None:
        message = f"{role.value} is the system's {face.family}, which another machine may lack"
        hint = "put that font into the book's fonts folder, so that every machine has it"
        self._findings.info(Code.FONT_MISSING, self._place, message, hint)

    # ---- characters

    def for_char(self, char: str, role: Role, language: str = "") -> Face | None:
        """A face that has *char*, the role's own first; None when no font here has it.

        A character that only the system has is reported once, since other machines may show it otherwise.
        """
        key = char, role, language
        if key not in self._chars:
            self._chars[key] = self._for_char(char, role, self._key(language, False))
        return self._chars[key]

    def _for_char(self, char: str, role: Role, tag: str) -> Face | None:
        own = self.face(role, tag)
        if own.has(char):
            return own
        for face in self._fallback(role, tag):
            if face.has(char):
                return face
        for face in system_faces():
            if face.has(char) and (char.isspace() or face.ink(face.glyph_id(char)) != (0.0, 0.0, 0.0, 0.0)):
                shown = f"U+{ord(char):04X} {char if char.isprintable() else ''}".strip()
                message = f"{shown} is only in the system's {face.family}"
                hint = "put that font into the book's fonts folder, so that every machine has it"
                self._findings.info(Code.FONT_MISSING, self._place, message, hint)
                return face
        return None

    def _fallback(self, role: Role, tag: str) -> Iterator[Face]:
        languages = dict.fromkeys((tag, self._language, "zh-Hans", *listing().roles))
        for language in languages:
            for other in dict.fromkeys((*_STAND_INS[role], *_FALLBACK)):
                if language == _LATIN and other is Role.KAI and role is not Role.KAI:
                    continue  # an italic is no stand-in for an upright
                choice = self._choice(other, language)
                if choice and choice.source != "system":
                    yield choice.face
        for choice in self._dropped_fonts():
            yield choice.face

    # ---- files

    def _open(
        self, path: Path, index: int = 0, variations: tuple[tuple[str, float], ...] = (), family: str = ""
    ) -> Face:
        key = path, index, variations
        if key not in self._opened:
            self._opened[key] = Face(path, index, variations, family)
        return self._opened[key]

    def _usable(self, face: Face) -> bool:
        """False, with a finding, for a font that is broken or must not be embedded."""
        try:
            if face.embeddable:
                return True
        except QuireError as error:
            self._findings.add(error.finding)
            return False
        hint = "take another font, or ask its maker for one that may be embedded"
        message = f"{face.family} forbids embedding"
        self._findings.warn(Code.FONT_BROKEN, Place(str(face.path)), message, hint)
        return False

    def _dropped_fonts(self) -> list[_Choice]:
        """Faces of the book's ``fonts/`` folder, then of quire's own."""
        if self._dropped is None:
            folders = [(listing().folder, "fonts")]
            if self._root is not None:
                folders.insert(0, (self._root / "fonts", "book"))
            self._dropped = []
            for folder, source in folders:
                for path in folder_files(folder):
                    self._dropped += [
                        _Choice(face, source, "the font's own") for face in self._faces_in(path)
                    ]
        return self._dropped

    def _faces_in(self, path: Path) -> list[Face]:
        try:
            faces = faces_of(path)
        except QuireError as error:
            self._findings.add(error.finding)
            return []
        return [face for face in faces if self._usable(face)]

    def _named(self, name: str, role: Role) -> _Choice | None:
        """What ``font.<role>`` names: a file of the book's folder, or a family from anywhere."""
        place = Place(f"font.{role.value}")
        file, _, index = name.partition("#")
        if Path(file).suffix.lower() in SUFFIXES:
            path = self._book_file(file)
            if path is None:
                hint = "give a file inside the book's folder, or a family's name"
                message = f"font file {file} is not in the book's folder"
                raise FontError(Code.FONT_MISSING, place, message, hint)
            face = self._open(path, int(index) if index.isdigit() else 0)
            if not self._usable(face):
                raise FontError(Code.FONT_BROKEN, place, f"font file {file} cannot be used", "take another")
            return _Choice(face, "theme", "the font's own")
        wanted = name.casefold()
        for choice in self._dropped_fonts():
            if wanted in choice.face.names:
                return choice
        for entry in listing().faces.values():
            path = entry.path()
            if entry.family.casefold() == wanted and path:
                return _Choice(self._open(path, 0, entry.variations, entry.family), "pip", entry.licence)
        for face in system_faces():
            if wanted in face.names:
                return _Choice(face, "system", "the font's own")
        hint = "quire fonts lists what there is; put its file into the book's fonts folder"
        self._findings.warn(Code.FONT_MISSING, place, f"no font is called {name}", hint)
        return None

    def _book_file(self, file: str) -> Path | None:
        if self._root is None:
            return None
        for folder in (self._root, self._root / "fonts"):
            path = (folder / file).resolve()
            if path.is_relative_to(self._root.resolve()) and path.is_file():
                return path
        return None

    # ---- the list

    def found(self) -> list[FoundFont]:
        """What fills each role, for every language that has a face of its own, then what was dropped in."""
        out = []
        for tag in dict.fromkeys((self._language, *listing().roles)):
            for role in Role:
                choice = self._choice(role, tag)
                if choice:
                    out.append(_row(role.value, tag, choice))
        shown = {(row.path, row.family) for row in out}
        for choice in self._dropped_fonts():
            if (choice.face.path, choice.face.family) not in shown:
                out.append(_row("fallback", "", choice))
        return out


def _row(role: str, language: str, choice: _Choice) -> FoundFont:
    face = choice.face
    return FoundFont(role, language, face.family, face.path, choice.source, choice.licence)


def _is_traditional(face: Face) -> bool:
    """A face whose name says that it is made for Taiwan or Hong Kong."""
    return any(word in ("tc", "tw", "hk") for name in face.names for word in re.split(r"[\s-]+", name))


def _fills(face: Face, role: Role) -> bool:
    """True when a dropped font's file name begins with the role, or its family is one that fills it."""
    stem = face.path.stem.lower().replace("_", "-")
    first = "mono_bold" if stem.startswith("mono-bold") else stem.partition("-")[0]
    if first in {item.value for item in Role}:
        return first == role.value
    return any(name.casefold() in face.names for name in listing().dropped.get(role.value, ()))
