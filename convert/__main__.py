"""``python -m convert`` is ``quire``, and ``quire`` begins here."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command.  Its version is told at once, without the library that reads arguments."""
    if sys.argv[1:] == ["--version"]:
        from convert import __version__

        print(f"quire, version {__version__}")
        return
    from convert.cli import main as command

    command()


if __name__ == "__main__":
    main()
