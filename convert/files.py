"""Files put in their place whole or not at all."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from convert.diagnostics import Code, Place
from convert.errors import OutputError
from convert.regex import regex

__all__ = ["put", "sweep", "unwritable"]

_PART = regex(r"\..+\.(?P<host>[^.]+)-(?P<process>[0-9]+)\.part")
"""A file on its way to its place: the name it will have, the machine and the process that writes it."""


def put(path: Path, data: bytes, hint: str = "choose another folder with -o") -> None:
    """Put *data* at *path* in one step: a reader sees the old file or the new one, never a part.

    A file that was there passes its rights on.  Raises OutputError, with *hint*, where that cannot be done.
    """
    temporary = path.with_name(f".{path.name}.{_host()}-{os.getpid()}.part")
    try:
        temporary.write_bytes(data)
        with suppress(FileNotFoundError):
            temporary.chmod(S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except (OSError, ValueError) as error:
        raise unwritable(path, error, hint) from error
    finally:
        # Also when the user interrupts; once the file is in its place there is nothing of this name.
        with suppress(OSError, ValueError):
            temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what processes of this machine that were killed have left half-written in *folder*.

    Where nothing tells whether a process still runs (Windows), all stays: such files are in nobody's way.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        for path in folder.iterdir():
            match = _PART.fullmatch(path.name)
            if match and match["host"] == _host() and not _runs(int(match["process"])):
                path.unlink(missing_ok=True)


def _host() -> str:
    """This machine's name, in letters that every file system takes."""
    name = os.uname().nodename if os.name == "posix" else os.environ.get("COMPUTERNAME", "")
    return re.sub(r"[^A-Za-z0-9]+", "_", name)[:32] or "here"


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def unwritable(path: Path, error: Exception, hint: str = "choose another folder with -o") -> OutputError:
    """The error for a *path* that *error* kept from being written."""
    reason = getattr(error, "strerror", None) or str(error)
    return OutputError(Code.OUTPUT_UNWRITABLE, Place(str(path)), f"cannot be written: {reason}", hint)
