"""The cache: pieces of work kept from build to build, in a folder of the user's own.

Every piece is a file of its own, put in place whole, with a hash of itself at its head: what a crash, a full disk
or another build has left of one is not taken for a piece.  A folder that others may write in is not used.  What
was not asked for longest goes first when there is too much.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import convert
from convert.keeping import digest
from convert.records import dataclass

__all__ = ["Cache", "Usage", "clear", "folder", "is_off", "usage"]

LIMIT = 512 * 1024 * 1024
"""Bytes that are kept at most."""
_ROOM = 0.75
"""What is left of them when some have to go."""
_HASH = hashlib.sha256().digest_size
_ENDING = ".piece"
_OFF = ("off", "0", "no", "false")


@dataclass(frozen=True, slots=True)
class Usage:
    """How much there is: `pieces` files of `size` bytes together."""

    pieces: int
    size: int


def is_off() -> bool:
    """Whether QUIRE_CACHE says that nothing is to be kept: off, 0, no or false; a folder of such a name is ./off."""
    return os.environ.get("QUIRE_CACHE", "").casefold() in _OFF


def folder() -> Path:
    """Where the pieces lie: QUIRE_CACHE, else where the system wants such files."""
    named = os.environ.get("QUIRE_CACHE")
    if named and not is_off():
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "quire" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/quire"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "quire"


class Cache:
    """The store that stages see (`convert.keeping.Store`), in the folder *home*."""

    def __init__(self, home: Path | None = None, limit: int = LIMIT) -> None:
        self._home = folder() if home is None else home
        self._limit = limit
        self._usable = _own(self._home)
        self._maker = _maker() if self._usable else ""
        self._put = 0

    def get(self, key: str) -> bytes | None:
        """The piece under *key*; None when there is none that is whole."""
        if not self._usable:
            return None
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        piece = data[_HASH:]
        if hashlib.sha256(piece).digest() != data[:_HASH]:
            return None
        with suppress(OSError):
            os.utime(path)  # it was asked for
        return piece

    def put(self, key: str, piece: bytes) -> None:
        """Keep *piece*, if that can be done."""
        if not self._usable:
            return
        path = self._path(key)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            part.write_bytes(hashlib.sha256(piece).digest() + piece)
            part.replace(path)
            self._put += 1
        except OSError:
            # The disk is full, or somebody clears the cache at this moment.
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Let go of what was not asked for longest, where this build has put in more than there is room for."""
        if not self._put:
            return
        found = sorted(_pieces(self._home), key=lambda item: (item[1].st_mtime_ns, item[0]))
        size = sum(state.st_size for _, state in found)
        if size <= self._limit:
            return
        for path, state in found:
            with suppress(OSError):
                path.unlink()
            size -= state.st_size
            if size <= self._limit * _ROOM:
                break

    def _path(self, key: str) -> Path:
        name = digest(self._maker, key)
        return self._home / name[:2] / (name[2:] + _ENDING)


def usage() -> Usage:
    """How much is kept."""
    sizes = [state.st_size for path, state in _pieces(folder()) if path.suffix == _ENDING]
    return Usage(len(sizes), sum(sizes))


def clear() -> Usage:
    """Remove all pieces; gives how much there was.  Nothing else in the folder is touched."""
    before = usage()
    for path, _ in _pieces(folder()):
        with suppress(OSError):
            path.unlink()
    for inner in _folders(folder()):
        with suppress(OSError):
            inner.rmdir()
    return before


def _folders(home: Path) -> list[Path]:
    """The folders of pieces, two letters each."""
    with suppress(OSError):
        return [path for path in sorted(home.iterdir()) if len(path.name) == 2 and path.is_dir()]
    return []


def _pieces(home: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every piece, and what a build that was killed has left of one, with its state."""
    for inner in _folders(home):
        with suppress(OSError):
            for path in inner.iterdir():
                if path.suffix in (_ENDING, ".part"):
                    with suppress(OSError):
                        yield path, path.stat()


def _own(home: Path) -> bool:
    """Is *home*, made where it is not there, a folder that nobody else can put anything in?"""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name != "posix":
            return True
        state = home.stat()
    except OSError:
        return False
    return state.st_uid == os.getuid() and not stat.S_IMODE(state.st_mode) & 0o022


def _maker() -> str:
    """What makes the pieces: Python, quire's own code, and the folders of installed libraries, by their dates."""
    parts = [sys.version, convert.__version__]
    for path in sorted(_code(Path(convert.__file__).parent)):
        state = path.stat()
        parts.append(f"{path} {state.st_size} {state.st_mtime_ns}")
    for place in sys.path:
        if place.endswith(("site-packages", "dist-packages")):
            with suppress(OSError):
                parts.append(f"{place} {os.stat(place).st_mtime_ns}")  # noqa: PTH116
    return digest(*parts)


def _code(package: Path) -> Iterator[Path]:
    for here, _, names in os.walk(package):
        for name in names:
            if name.endswith((".py", ".toml")):
                yield Path(here, name)
