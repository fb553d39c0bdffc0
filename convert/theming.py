"""Themes out of TOML and single keys, checked: a preset, a theme file, a key of a book or of the command line."""

from __future__ import annotations

import tomllib
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

from convert.codelook import COLOUR, CONTRAST, code_style, contrast
from convert.diagnostics import Code, Place, meant
from convert.errors import BookError
from convert.records import fields, is_dataclass, replace
from convert.theme import Theme
from convert.units import PAGE_SIZES, parse_length

__all__ = ["PRESETS", "apply_table", "known_keys", "load_theme", "override"]

PRESETS = ("booklet", "book", "report", "official", "phone")


def known_keys() -> tuple[str, ...]:
    """Every dotted key a theme may set, e.g. ``page.measure``."""
    out = []
    for group in fields(Theme):
        value = getattr(Theme(), group.name)
        if is_dataclass(value):
            out += [f"{group.name}.{item.name}" for item in fields(value)]
    return tuple(out)


def override(theme: Theme, key: str, value: object, place: Place) -> Theme:
    """*theme* with one dotted key changed; *value* as TOML or a command line gives it.

    Raises BookError for an unknown key, naming the nearest known one, or for a value of the wrong kind.
    """
    group, _, name = key.partition(".")
    if key not in known_keys():
        hint = meant(key, known_keys(), "the manual lists all keys", 0.5)
        raise BookError(Code.SETTING_UNKNOWN, place, f"unknown theme key {key}", hint)
    part = getattr(theme, group)
    wanted = typing.get_type_hints(type(part))[name]
    try:
        new = replace(part, **{name: _fit(value, wanted)})
    except (ValueError, TypeError) as error:
        raise BookError(Code.SETTING_VALUE, place, f"{key} = {value!r}: {error}", _wants(wanted)) from error
    changed = replace(theme, **{group: new})
    _check(changed, key, place)
    return changed


def _wants(wanted: Any) -> str:
    options = typing.get_args(wanted)
    if typing.get_origin(wanted) is tuple:
        return "a list; each " + _wants(options[0])
    if typing.get_origin(wanted) is Literal:
        return "one of " + ", ".join(map(str, options))
    return {int: "a whole number", float: "a number or a length", bool: "true or false"}.get(wanted, "a text")


def _fit(value: object, wanted: Any) -> object:
    """*value* as the wanted type; ValueError when it is not that."""
    if typing.get_origin(wanted) is Literal:
        if value not in typing.get_args(wanted):
            raise ValueError("no such choice")
        return value
    if typing.get_origin(wanted) is tuple:
        inner = typing.get_args(wanted)[0]
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, (list, tuple)) or not parts:
            raise ValueError("a list is wanted")
        return tuple(_fit(part, inner) for part in parts)
    if wanted is bool:
        words: dict[object, bool] = {True: True, False: False, "true": True, "false": False}
        if isinstance(value, (bool, str)) and value in words:
            return words[value]
        raise ValueError("neither true nor false")
    if isinstance(value, bool):
        raise ValueError("true and false mean nothing here")
    if wanted is int:
        return int(cast(Any, value)) if not isinstance(value, float) else _whole(value)
    if wanted is float:
        if isinstance(value, str):
            return -float(value[1:]) if value.startswith("-") else parse_length(value)
        return float(cast(Any, value))
    if not isinstance(value, str):
        raise ValueError("a text is wanted")
    return value


def _whole(value: float) -> int:
    if not value.is_integer():
        raise ValueError("a whole number is wanted")
    return int(value)


def _check(theme: Theme, key: str, place: Place) -> None:
    """Reject values that no page can be made with."""
    bounds = {
        "page.measure": (8, 120),
        "page.lines": (0, 200),
        "page.leading": (4, 200),
        "page.columns": (1, 2),
        "page.gap": (1, 20),
        "font.size": (4, 72),
        "docx.size": (4, 72),
        "docx.line_pitch": (4, 200),
        "note.size": (4, 72),
        "note.leading": (4, 200),
        "layout.autospace": (0, 1),
        "layout.indent": (-1, 20),
        "contents.depth": (1, 6),
        "numbers.depth": (1, 6),
        "docx.contents_depth": (0, 6),
        "epub.contents_depth": (0, 6),
        "pdf.contents_depth": (0, 6),
        "epub.split": (1, 6),
        "running.size": (4, 72),
        "impose.signature": (0, 100),
        "impose.paper": (0, 3),
        "pdf.bleed": (0, 72),
    }
    if key in bounds:
        group, _, name = key.partition(".")
        value = getattr(getattr(theme, group), name)
        low, high = bounds[key]
        if not low <= value <= high:
            raise BookError(Code.SETTING_VALUE, place, f"{key} = {value} cannot be", f"from {low} to {high}")
    sizes = {"page.size": theme.page.size, "docx.page": theme.docx.page, "impose.sheet": theme.impose.sheet}
    if key in sizes and (key, sizes[key]) != ("impose.sheet", "auto"):
        size = sizes[key]
        try:
            width, height = replace(theme.page, size=size).trim
        except ValueError:
            width = height = 0.0
        if not (72 <= width <= 2400 and 72 <= height <= 2400):
            hint = "one of " + ", ".join(PAGE_SIZES) + ", or e.g. 140mm x 203mm"
            raise BookError(Code.SETTING_VALUE, place, f"{key} = {size!r} is no page size", hint)
    if key in ("numbers.part", "numbers.chapter", "numbers.section"):
        word = getattr(theme.numbers, key[8:])
        if word and word.count("{}") != 1:
            hint = "write {} where the figures go, e.g. 第{}课"
            raise BookError(
                Code.SETTING_VALUE, place, f"{key} = {word!r} has no one place for a number", hint
            )
    if key.startswith("code.") and key not in ("code.highlight", "code.numbers"):
        _check_code(theme, key, place)
    if key.startswith("colour."):
        value = getattr(theme.colour, key[7:])
        if not COLOUR.fullmatch(value):
            raise BookError(
                Code.SETTING_VALUE, place, f"{key} = {value!r} is no colour", "for example #1F3A5F"
            )


def _check_code(theme: Theme, key: str, place: Place) -> None:
    """Reject a look of code that makes no sense, or that is hard to read on its ground (WCAG 2.2, 1.4.3)."""
    words = getattr(theme.code, key[5:])
    try:
        style = code_style(words)
    except ValueError as error:
        hint = "bold, a colour such as #1F3A5F, both, or nothing"
        raise BookError(Code.SETTING_VALUE, place, f"{key} = {words!r}: {error}", hint) from error
    if style.colour and contrast(style.colour, theme.colour.ground) < CONTRAST:
        message = f"{key} = {words!r} is hard to read on {theme.colour.ground}"
        raise BookError(
            Code.SETTING_VALUE, place, message, f"take a colour with a contrast of {CONTRAST} or more"
        )


def apply_table(theme: Theme, table: Mapping[str, object], place: Place) -> Theme:
    """*theme* with a TOML table of groups laid over it."""
    for group, part in table.items():
        if group == "name" and isinstance(part, str):
            theme = replace(theme, name=part)
        elif isinstance(part, Mapping):
            for name, value in part.items():
                theme = override(theme, f"{group}.{name}", value, place)
        else:
            theme = override(theme, group, part, place)
    return theme


def load_theme(name: str = "booklet") -> Theme:
    """A preset by name, or a theme file by path (its ``base`` key names the preset it starts from).

    Raises BookError when there is no such theme, or a key or value in it is wrong.
    """
    if name in PRESETS:
        path = Path(__file__).parent / "themes" / f"{name}.toml"
        place = Place(f"{name}.toml")
    else:
        path, place = Path(name), Place(name)
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        hint = "a theme is a TOML file, or one of " + ", ".join(PRESETS)
        raise BookError(Code.SETTING_VALUE, place, "no such theme", hint) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(
            Code.SETTING_VALUE, place, f"the theme is not valid TOML: {error}", "mend the line"
        ) from error
    except OSError as error:
        raise BookError(
            Code.SETTING_VALUE, place, f"the theme cannot be read: {error.strerror}", "give a file"
        ) from error
    base = table.pop("base", None)
    if base is None:
        theme = Theme()
    elif base in PRESETS and base != name:
        theme = load_theme(str(base))
    else:
        raise BookError(
            Code.SETTING_VALUE, place, f"base = {base!r} is no preset", "one of " + ", ".join(PRESETS)
        )
    return apply_table(theme, table, place)
