"""Which passes run, and how: what a book and the command line say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from convert.book import Setting
from convert.diagnostics import Code, Place, meant
from convert.errors import BookError, UsageError
from convert.repair.engine import PASSES, Mode

__all__ = ["chosen", "defaults", "modes_from"]

_NAMES = tuple(one.name for one in PASSES)


def defaults() -> dict[str, Mode]:
    """What `quire fix` does where nobody says otherwise."""
    return {one.name: one.mode for one in PASSES}


def modes_from(settings: Mapping[str, Setting]) -> dict[str, Mode]:
    """The passes that a book names, with how each is to run.

    Raises BookError for a pass that is none, naming the nearest, or a mode that is none.
    """
    out = {}
    for name, setting in settings.items():
        if name not in _NAMES:
            message = f"there is no repair {name}"
            raise BookError(Code.SETTING_UNKNOWN, setting.place, message, _nearest(name))
        try:
            # YAML takes a plain off for false.
            out[name] = Mode.OFF if setting.value is False else Mode(setting.value)
        except ValueError:
            message = f"repair.{name} = {setting.value!r} cannot be"
            hint = "one of " + ", ".join(mode.value for mode in Mode)
            raise BookError(Code.SETTING_VALUE, setting.place, message, hint) from None
    return out


def chosen(
    modes: Mapping[str, Mode], only: Iterable[str], also: Iterable[str], skip: Iterable[str]
) -> dict[str, Mode]:
    """*modes* with the command line's choice: none but *only*, to fix; *also*, to fix; without *skip*.

    Raises UsageError for a pass that is none.
    """
    given = {"--only": tuple(only), "--also": tuple(also), "--skip": tuple(skip)}
    for option, names in given.items():
        for name in names:
            if name not in _NAMES:
                raise UsageError(Code.USAGE, Place(option), f"there is no repair {name}", _nearest(name))
    out = dict.fromkeys(given["--only"], Mode.FIX) or dict(modes)
    out |= dict.fromkeys(given["--also"], Mode.FIX)
    return {name: mode for name, mode in out.items() if name not in given["--skip"]}


def _nearest(name: str) -> str:
    return meant(name, _NAMES, "one of " + ", ".join(_NAMES), 0.5)
