"""Where font files lie: pip packages, folders, the system.  Nothing is imported, and order never varies."""

from __future__ import annotations

import importlib.util
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from convert.diagnostics import Code, Place
from convert.errors import FontError, QuireError
from convert.font.face import Face
from convert.records import dataclass

__all__ = [
    "SUFFIXES",
    "CatalogueEntry",
    "Listing",
    "faces_of",
    "folder_files",
    "fonts_here",
    "listing",
    "system_faces",
    "system_role",
]

SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A face that fonts.toml names: where it lies in a pip package, and under which licence."""

    family: str
    package: str
    file: str
    licence: str
    variations: tuple[tuple[str, float], ...]

    def path(self) -> Path | None:
        """The file, when the package is installed.  The package's own code does not run."""
        folder = _package_folder(self.package)
        path = folder / self.file if folder else None
        return path if path and path.is_file() else None


@dataclass(frozen=True, slots=True)
class Listing:
    """fonts.toml, read: faces by name; face names by language and role; and the folder it lies in."""

    folder: Path
    faces: dict[str, CatalogueEntry]
    roles: dict[str, dict[str, tuple[str, ...]]]
    dropped: dict[str, tuple[str, ...]]
    extras: dict[str, str]


@cache
def listing() -> Listing:
    """The catalogue's own list, from the wheel's data or the checkout's ``fonts/``.

    Raises FontError when quire is installed without it.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_data" / "fonts", package.parent / "fonts"):
        path = folder / "fonts.toml"
        if path.is_file():
            return _listing(folder, tomllib.loads(path.read_text("utf-8")))
    raise FontError(
        Code.FONT_MISSING, Place("fonts/fonts.toml"), "the font catalogue is not there", "install quire again"
    )


def _listing(folder: Path, table: dict[str, Any]) -> Listing:
    faces = {
        name: CatalogueEntry(
            part["family"],
            part["package"],
            part["file"],
            part["licence"],
            tuple((axis, float(value)) for axis, value in part.get("variations", {}).items()),
        )
        for name, part in table["faces"].items()
    }
    roles = {
        language: {role: tuple(names) for role, names in part.items()}
        for language, part in table["roles"].items()
    }
    dropped = {role: tuple(names) for role, names in table["dropped"].items()}
    return Listing(folder, faces, roles, dropped, dict(table["extras"]))


@cache
def _package_folder(package: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None


def folder_files(folder: Path) -> tuple[Path, ...]:
    """The font files directly in a folder, by name; none when there is no such folder.

    A link that leads out of the folder is left alone.
    """
    if not folder.is_dir():
        return ()
    home = folder.resolve()
    found = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    return tuple(sorted((p for p in found if p.resolve().is_relative_to(home)), key=lambda p: p.name))


def faces_of(path: Path) -> tuple[Face, ...]:
    """Every face of a file: one, or all of a collection's.  Raises FontError when it is no font."""
    first = Face(path)
    count = max(first.source.count, 1)
    return (first, *(Face(path, index) for index in range(1, count)))


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "darwin":
        return (Path("/Library/Fonts"), Path("/System/Library/Fonts"), home / "Library/Fonts")
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft/Windows/Fonts"
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local)
    shared = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return (*shared, home / ".local/share/fonts", home / ".fonts")


def _system_files() -> Iterator[Path]:
    for folder in _system_folders():
        for here, below, names in os.walk(folder):
            below.sort()
            yield from (Path(here, name) for name in sorted(names) if name.lower().endswith(SUFFIXES))


def _sorted_faces(paths: Iterable[Path]) -> tuple[Face, ...]:
    """All usable faces of files, upright book weights first, then in the order given."""
    out: list[tuple[bool, bool, int, Face]] = []
    for path in paths:
        try:
            faces = faces_of(path)
            for face in faces:
                if face.embeddable:
                    out.append((face.italic, face.weight != 400, len(out), face))
        except QuireError:
            continue
    return tuple(item[-1] for item in sorted(out, key=lambda item: item[:3]))


@cache
def system_faces() -> tuple[Face, ...]:
    """All usable faces of the system, upright book weights first, then by path.  Read once, when first asked."""
    return _sorted_faces(_system_files())


def fonts_here(root: Path | None) -> tuple[tuple[str, int, int], ...]:
    """What fonts there are for a book in *root*, told by names, sizes and dates: as long as it is the same, so are they.

    Font files that the book brings and those of fonts.toml are told one by one, those of the system by the
    folders that they lie in.
    """
    files = [path for entry in listing().faces.values() if (path := entry.path())]
    files += folder_files(listing().folder)
    if root is not None:
        files += [*folder_files(root), *folder_files(root / "fonts")]
    folders = [here for folder in _system_folders() for here, _, _ in os.walk(folder)]
    out = []
    for file in (*files, *map(Path, folders)):
        state = file.stat()
        out.append((str(file), state.st_size, state.st_mtime_ns))
    return tuple(sorted(out))


_FILE_WORDS = {"kai": ("kai", "klee", "楷"), "fangsong": ("fang", "仿")}
"""What the file of a face for a role has in its name: only such files are opened to look for one."""


@cache
def system_role(role: str) -> tuple[Face, ...]:
    """The system's faces that fill kai or fangsong, by the order of fonts.toml; none for other roles."""
    words = _FILE_WORDS.get(role, ())
    wanted = [name.casefold() for name in listing().dropped.get(role, ())]
    files = (path for path in _system_files() if any(word in path.name.lower() for word in words))
    found = [
        (min(wanted.index(name) for name in face.names if name in wanted), face)
        for face in _sorted_faces(files)
        if not face.names.isdisjoint(wanted)
    ]
    return tuple(face for _, face in sorted(found, key=lambda item: item[0]))
