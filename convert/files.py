"""Files put in their place whole or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from convert.diagnostics import Code, Place
from convert.errors import OutputError

__all__ = ["put", "unwritable"]


def put(path: Path, data: bytes, hint: str = "choose another folder with -o") -> None:
    """Put *data* at *path* in one step: a reader sees the old file or the new one, never a part.

    A file that was there passes its rights on.  Raises OutputError, with *hint*, where that cannot be done.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_bytes(data)
        with suppress(FileNotFoundError):
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except (OSError, ValueError) as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise unwritable(path, error, hint) from error


def unwritable(path: Path, error: Exception, hint: str = "choose another folder with -o") -> OutputError:
    """The error for a *path* that *error* kept from being written."""
    reason = getattr(error, "strerror", None) or str(error)
    return OutputError(Code.OUTPUT_UNWRITABLE, Place(str(path)), f"cannot be written: {reason}", hint)
