"""``python -m convert`` is ``quire``, and ``quire`` begins here."""

from __future__ import annotations

import gc
import os
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command and end the process with its status.

    The version is told at once, without the library that reads arguments.
    """
    if sys.argv[1:] == ["--version"]:
        from convert import __version__

        print(f"quire, version {__version__}")
        return
    # A command ends soon, and trees of documents have no cycles: looking for some takes a sixth of the time.
    gc.disable()
    from convert.cli import main as command

    try:
        command()
    except SystemExit as end:
        if not isinstance(end.code, int) or os.environ.get("QUIRE_DEBUG") == "1":
            raise
        _leave(end.code)


def _leave(status: int) -> None:
    """End the process at once.

    Everything is written and closed by now; to take a long document apart node by node would cost a fifteenth of
    the whole build.  QUIRE_DEBUG=1 ends in the usual way, as profilers want it.
    """
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - contextlib would be loaded for nothing else
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # there is no such stream, or whoever read our results has seen enough
    os._exit(status)


if __name__ == "__main__":
    main()
