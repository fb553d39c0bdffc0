"""The writers: a literal table of the built-in ones, and entry points for those of others.

A package adds a writer of its own under the entry-point group ``convert.writers``: the name that
``--to`` shall call it, and a class (or function) that gives a `convert.writers.base.Writer` when
called without arguments.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

from convert.diagnostics import Code, Place, meant
from convert.errors import UsageError
from convert.writers.base import AccompaniedWriter, Manuscript, PagedWriter, Writer

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

__all__ = [
    "BUILT_IN",
    "GROUP",
    "AccompaniedWriter",
    "Manuscript",
    "PagedWriter",
    "Writer",
    "get_writer",
    "writer_names",
]

GROUP = "convert.writers"
BUILT_IN = {
    "docx": ("convert.writers.docx", "DocxWriter"),
    "epub": ("convert.writers.epub", "EpubWriter"),
    "pdf": ("convert.writers.pdf", "PdfWriter"),
}
"""Module and class of each, loaded when asked for: one edition does not wait for another's library."""


def writer_names() -> tuple[str, ...]:
    """What ``--to`` takes: the built-in writers, then others by name."""
    others = {entry.name for entry in _entry_points()} - set(BUILT_IN)
    return (*BUILT_IN, *sorted(others))


def get_writer(name: str, also: tuple[str, ...] = ()) -> Writer:
    """The writer called *name*.  A built-in one is found without a look at installed packages.

    *also* are names that the caller knows beside the writers', for the hint of the error.

    Raises UsageError when there is none, or when somebody else's cannot be loaded.
    """
    if name in BUILT_IN:
        module, attribute = BUILT_IN[name]
        return cast(Writer, getattr(importlib.import_module(module), attribute)())
    for entry in _entry_points():
        if entry.name == name:
            return _load(entry)
    names = (*writer_names(), *also)
    hint = meant(name, names, "one of " + ", ".join(names), 0.5)
    raise UsageError(Code.WRITER_UNKNOWN, Place("--to"), f"there is no writer {name!r}", hint)


def _entry_points() -> EntryPoints:
    """Other people's writers.  The library is loaded only when one is asked for: it takes as long as a small book."""
    from importlib import metadata

    return metadata.entry_points(group=GROUP)


def _load(entry: EntryPoint) -> Writer:
    """Somebody else's writer; whatever goes wrong in it is told in one line."""
    hint = f"mend or remove the package that names it: {entry.value}"
    try:
        writer = entry.load()()
    except Exception as error:
        message = f"the writer {entry.name} cannot be loaded: {error or type(error).__name__}"
        raise UsageError(Code.WRITER_UNKNOWN, Place("--to"), message, hint) from error
    if not callable(getattr(writer, "write", None)) or not isinstance(getattr(writer, "suffix", None), str):
        message = f"the writer {entry.name} has no suffix or no write()"
        raise UsageError(Code.WRITER_UNKNOWN, Place("--to"), message, hint)
    return cast(Writer, writer)
