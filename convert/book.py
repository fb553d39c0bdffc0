"""What a book is: its manifest or front matter, its files, metadata and settings.

A book is one Markdown text file, or a folder with a ``book.toml``:

    title = "…"                     # and subtitle, author, date, language, publisher …
    front = ["preface.md"]          # what stands before the text, if anything
    chapters = ["01.md", "02.md"]   # in order, inside the folder
    appendices = ["tables.md"]
    back = ["afterword.md"]
    theme = "booklet"               # a preset, or a theme file inside the folder
    [page]                          # any key of a theme
    measure = 26
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import cast

from convert.diagnostics import Code, Findings, Place, meant, nearest
from convert.errors import BookError, SourceError
from convert.metadata import METADATA_KEYS, metadata_from
from convert.model.nodes import Matter, Metadata
from convert.records import dataclass, field
from convert.theme import Theme
from convert.theming import PRESETS, known_keys, override

__all__ = [
    "MANIFEST",
    "MAX_BYTES",
    "Book",
    "Setting",
    "SourceFile",
    "book_name",
    "books_among",
    "encoded_like",
    "find_books",
    "front_matter_place",
    "included",
    "inside",
    "open_book",
    "read_bytes",
    "read_lines",
    "read_text",
    "repairs_from",
    "settings_from",
]

MANIFEST = "book.toml"
_FILES = {
    "front": Matter.FRONT,
    "chapters": Matter.BODY,
    "appendices": Matter.APPENDIX,
    "back": Matter.BACK,
}
"""The keys that list files, in the order of the book."""
MAX_BYTES = 64 * 1024 * 1024
"""A source file of more bytes than this is refused: no book is that long, and a mistake may be."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a book: its text, and its name as the user gave it, for findings.

    `folder` is where it lies below the book's folder, with slashes, empty for the book's own folder:
    the paths of its images start there.  `matter` is what its highest headings open.
    """

    name: str
    text: str
    folder: str = ""
    matter: Matter = Matter.BODY


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as a book gives it, not checked yet, and where."""

    value: object
    place: Place


@dataclass(frozen=True, slots=True)
class Book:
    """A book as it lies on the disk.

    `root` is the folder that nothing of the book may lie outside of; `name` is what its editions are
    called; `theme` is a preset or a file, None where the book names none; `settings` holds theme keys
    such as ``page.measure``, already checked; `repairs` says how each pass of repair that it names is to
    run, for `convert.repair` to check.
    """

    root: Path
    name: str
    sources: tuple[SourceFile, ...]
    metadata: Metadata
    theme: str | None
    settings: Mapping[str, object]
    repairs: Mapping[str, Setting] = field(default_factory=dict)


def open_book(path: str | Path) -> Book:
    """The book that *path* names: a text file of Markdown, a folder with ``book.toml``, or that file.

    Raises SourceError for a file that is missing, empty, no text or too large, and BookError for a
    manifest that is missing or wrong.
    """
    path = Path(path)
    if path.name == MANIFEST and path.is_file():
        return _open_folder(path.parent)
    if path.is_dir():
        return _open_folder(path)
    text = read_text(path)
    return Book(
        path.parent, path.stem, (SourceFile(str(path), text),), Metadata(), None, MappingProxyType({})
    )


def book_name(path: Path) -> str:
    """What the editions of the book at *path* are called, told without a look into it."""
    if path.name == MANIFEST and path.is_file():
        path = path.parent
    return path.resolve().name if path.is_dir() else path.stem


def books_among(sources: Iterable[str | Path]) -> tuple[Path, ...]:
    """The books that *sources* name, in order, each once: a folder without a manifest stands for those in it.

    What is no book, such as a folder without any, stays as it is: `open_book` says what it lacks.
    """
    found: dict[Path, None] = {}
    for source in map(Path, sources):
        inside: Iterable[Path] = (source,)
        if source.is_dir() and not (source / MANIFEST).is_file():
            with suppress(SourceError, OSError):
                inside = find_books(source)
        found |= dict.fromkeys(inside)
    return tuple(found)


def included(root: Path, path: str) -> SourceFile:
    """The file at *path* of the book's folder *root*, for a line that includes it.

    Raises SourceError when it lies outside of the folder, also by a link, or cannot be read.
    """
    found = inside(root, path)
    if found is None:
        hint = "move it into the folder"
        raise SourceError(Code.PATH_OUTSIDE, Place(path), "this is not in the book's folder", hint)
    if not found.is_file():
        raise SourceError(Code.SOURCE_MISSING, Place(path), "no such file", _nearby(root / path))
    folder = str(PurePosixPath(path).parent)
    return SourceFile(str(root / path), read_text(root / path), "" if folder == "." else folder)


def find_books(folder: str | Path) -> tuple[Path, ...]:
    """Every book directly under *folder*, by name: folders with a ``book.toml`` and Markdown files.

    Raises SourceError when there is none.
    """
    folder = Path(folder)
    if (folder / MANIFEST).is_file():
        return (folder,)
    found = [
        item
        for item in (sorted(folder.iterdir()) if folder.is_dir() else ())
        if (item / MANIFEST).is_file() or (item.suffix in (".md", ".markdown") and item.is_file())
    ]
    if not found:
        hint = f"name a Markdown file or a folder with {MANIFEST}"
        raise SourceError(Code.SOURCE_MISSING, Place(str(folder)), "there is no book here", hint)
    return tuple(found)


# ---------------------------------------------------------------- text


def read_text(path: Path) -> str:
    """The text of a source file: UTF-8 with or without a mark, or UTF-16 with one.

    Raises SourceError when the file is missing, unreadable, empty, over 64 MiB or not such text.
    """
    text = _decode(read_bytes(path), str(path))
    if not text.strip():
        raise SourceError(Code.SOURCE_EMPTY, Place(str(path)), "the file is empty", "write something in it")
    return text


def read_bytes(path: Path) -> bytes:
    """The bytes of a source file.  Raises SourceError when it is missing, unreadable or over 64 MiB."""
    place = Place(str(path))
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise SourceError(Code.SOURCE_UNREADABLE, place, "this is a folder", "name a file in it")
        if size > MAX_BYTES:
            message = f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read"
            raise SourceError(Code.SOURCE_TOO_LARGE, place, message, "split it into chapters")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SourceError(Code.SOURCE_MISSING, place, "no such file", _nearby(path)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            Code.SOURCE_UNREADABLE, place, f"the file cannot be read: {reason}", "check its name and rights"
        ) from error


def read_lines(path: Path) -> list[str]:
    """The lines of a source file, numbered as the reader numbers them.  Raises SourceError as `read_text` does."""
    return read_text(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _nearby(path: Path) -> str:
    """A hint: the file of the same folder whose name is most like *path*'s."""
    try:
        names = [item.name for item in path.parent.iterdir()]
    except OSError:
        return "check the path"
    near = nearest(path.name, names)
    return f"did you mean {path.parent / near}?" if near else "check the path"


_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF8: "utf-8"}
"""Byte order marks and the encodings they stand for."""


def encoded_like(text: str, data: bytes) -> bytes:
    """*text* as bytes in the encoding of the source file *data*, with its byte order mark, if it has one."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode()


def _decode(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, data = "utf-16", data
    else:
        encoding, data = "utf-8", data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if encoding == "utf-8" else 0
        message = f"byte {error.start} is not {encoding.upper()}"
        raise SourceError(Code.SOURCE_ENCODING, Place(name, line), message, _encoding_hint(data)) from None


def _encoding_hint(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")):
        return "this is no text file"
    if b"\0" not in data:
        for encoding, known_as in (("gb18030", "GB18030"), ("big5", "Big5")):
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return f"it may be {known_as}: iconv -f {known_as} -t UTF-8"
    return "save it as UTF-8"


# ---------------------------------------------------------------- the manifest


@dataclass(frozen=True, slots=True)
class _Manifest:
    """A manifest as read: its table, and where each key stands."""

    name: str
    text: str
    table: Mapping[str, object]

    def place(self, dotted: str = "") -> Place:
        """Where *dotted* is set, as near as a look at the text tells."""
        if not dotted:
            return Place(self.name)
        group, _, key = dotted.rpartition(".")
        begin = 0
        if group and (header := re.search(rf"(?m)^\s*\[\s*{re.escape(group)}\s*\]", self.text)):
            begin = header.end()
        found = re.compile(rf'(?m)^[ \t]*"?(?:{re.escape(dotted)}|{re.escape(key)})"?\s*=').search(
            self.text, begin
        ) or re.compile(rf"(?m)^[ \t]*\[+\s*{re.escape(dotted)}\s*\]").search(self.text)
        return Place(self.name, self.text.count("\n", 0, found.start()) + 1 if found else 0)

    def error(self, key: str, message: str, hint: str, code: Code = Code.BOOK_MANIFEST) -> BookError:
        return BookError(code, self.place(key), message, hint)


def _open_folder(root: Path) -> Book:
    manifest = _read_manifest(root)
    theme, settings = settings_from(manifest.table, root, manifest.place)
    return Book(
        root,
        root.resolve().name,
        tuple(_chapters(manifest, root)),
        _metadata(manifest),
        theme,
        MappingProxyType(settings),
        MappingProxyType(repairs_from(manifest.table, manifest.place)),
    )


def _read_manifest(root: Path) -> _Manifest:
    path = root / MANIFEST
    if not path.is_file():
        hint = 'write one with a title and chapters = ["01.md"], or name a Markdown file'
        raise BookError(Code.BOOK_MANIFEST, Place(str(root)), f"the folder has no {MANIFEST}", hint)
    text = read_text(path)
    try:
        return _Manifest(str(path), text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(str(path), int(at[1]), int(at[2])) if at else Place(str(path), text.count("\n") + 1)
        message = "not valid TOML: " + re.sub(r"\s*\(at .*\)$", "", str(error))
        raise BookError(Code.BOOK_MANIFEST, place, message, "texts stand in quotation marks") from error


def _chapters(manifest: _Manifest, root: Path) -> Iterable[SourceFile]:
    if not _names(manifest, "chapters"):
        raise manifest.error(
            "chapters", f"{MANIFEST} names no chapters", 'for example chapters = ["01.md", "02.md"]'
        )
    seen: set[Path] = set()
    for key, matter in _FILES.items():
        for name in _names(manifest, key):
            path = inside(root, name)
            if path is None:
                message = f"chapter {name!r} lies outside the book's folder"
                raise manifest.error(key, message, "move it into the folder", Code.PATH_OUTSIDE)
            if path in seen:
                raise manifest.error(key, f"chapter {name} stands twice", "name each file once")
            seen.add(path)
            if not path.is_file():
                hint = _nearby(root / name)
                raise manifest.error(key, f"chapter {name} is not there", hint, code=Code.SOURCE_MISSING)
            folder = str(PurePosixPath(name).parent)
            text = read_text(root / name)
            yield SourceFile(str(root / name), text, "" if folder == "." else folder, matter)


def _names(manifest: _Manifest, key: str) -> list[str]:
    """The files that a key of the manifest lists."""
    names = manifest.table.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise manifest.error(key, f"{key} is no list of files", f'for example {key} = ["01.md"]')
    return cast("list[str]", names)


def front_matter_place(source: SourceFile) -> Callable[[str], Place]:
    """What tells where a dotted key stands in the front matter of *source*, as near as a look tells."""

    def place(key: str) -> Place:
        name = re.escape(key.rpartition(".")[2])
        found = re.search(rf"(?m)^[ \t]*{name}\s*:", source.text)
        return Place(source.name, source.text.count("\n", 0, found.start()) + 1 if found else 1)

    return place


def inside(root: Path, name: str) -> Path | None:
    """The file *name* of the folder *root*; None when it lies elsewhere, also when links are followed."""
    try:
        path = (root / name).resolve()
        inside = path.is_relative_to(root.resolve()) and not Path(name).is_absolute() and "\\" not in name
    except (OSError, ValueError):
        return None
    return path if inside else None


def settings_from(
    table: Mapping[str, object], root: Path, place: Callable[[str], Place], findings: Findings | None = None
) -> tuple[str | None, dict[str, object]]:
    """The theme that *table* names (a preset or a file's path), and the theme keys that it sets.

    *table* is a manifest or front matter: groups such as ``page``, and ``theme``, a name or a table with
    ``base`` and groups.  *place* tells where a dotted key stands.  Raises BookError for an unknown key or a
    wrong value; a top-level key that is unknown goes to *findings* instead, where they are given: other
    tools keep keys of their own in front matter.
    """
    others = ("theme", "repair", *_FILES, *METADATA_KEYS)
    groups = {key: part for key, part in table.items() if key not in others}
    named = table.get("theme")
    if isinstance(named, Mapping):
        groups |= {key: part for key, part in named.items() if key != "base"}
        named = named.get("base")
    settings: dict[str, object] = {}
    known_groups = {name.partition(".")[0] for name in known_keys()}
    for key, value in groups.items():
        if key in known_groups and isinstance(value, Mapping):
            for name, part in value.items():
                override(Theme(), f"{key}.{name}", part, place(f"{key}.{name}"))
                settings[f"{key}.{name}"] = part
        elif key in known_keys():
            override(Theme(), key, value, place(key))
            settings[key] = value
        else:
            _unknown(key, place(key), known_groups, findings)
    return (None if named is None else _theme(named, root, place("theme"))), settings


def repairs_from(table: Mapping[str, object], place: Callable[[str], Place]) -> dict[str, Setting]:
    """How each pass of repair that *table*, a manifest or front matter, names is to run.

    ``repair`` is a list of passes, which are to fix, or a table of passes with ``off``, ``report`` or ``fix``.
    Raises BookError where it is neither.
    """
    given = table.get("repair", [])
    if isinstance(given, Mapping):
        return {str(name): Setting(value, place(f"repair.{name}")) for name, value in given.items()}
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        hint = 'for example repair = ["join"]'
        raise BookError(Code.SETTING_VALUE, place("repair"), "repair is no list of passes", hint)
    return {name: Setting("fix", place("repair")) for name in given}


def _unknown(key: str, place: Place, groups: Iterable[str], findings: Findings | None) -> None:
    known = [*_FILES, "theme", "repair", *METADATA_KEYS, *sorted(groups), *known_keys()]
    hint = meant(key, known, "the manual lists all keys")
    if findings is None:
        raise BookError(Code.SETTING_UNKNOWN, place, f"unknown key {key}", hint)
    findings.warn(Code.SETTING_UNKNOWN, place, f"unknown key {key}: left alone", hint)


def _theme(value: object, root: Path, place: Place) -> str:
    presets = "one of " + ", ".join(PRESETS)
    if not isinstance(value, str) or not value:
        raise BookError(Code.SETTING_VALUE, place, "theme is no text", f"{presets}, or a file")
    if value in PRESETS:
        return value
    path = inside(root, value)
    if path is None:
        message = f"theme {value!r} lies outside the book's folder"
        raise BookError(Code.PATH_OUTSIDE, place, message, f"{presets}, or a file in the folder")
    if not path.is_file():
        hint = f"{presets}, or a TOML file in the folder"
        raise BookError(Code.SETTING_VALUE, place, f"there is no theme {value}", hint)
    return str(root / value)


def _metadata(manifest: _Manifest) -> Metadata:
    places = {key: manifest.place(key) for key in manifest.table if key in METADATA_KEYS}
    return metadata_from(manifest.table, manifest.name, places, Code.BOOK_MANIFEST)
