"""The theme: every key settable, every wrong key or value told with its nearest."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Code, Place
from convert.errors import BookError
from convert.theme import Theme
from convert.theming import PRESETS, apply_table, known_keys, load_theme, override
from convert.units import mm

HERE = Place("theme.toml", 3)


def value(theme: Theme, key: str) -> object:
    group, _, name = key.partition(".")
    return getattr(getattr(theme, group), name)


def refused(key: str, given: object) -> BookError:
    with pytest.raises(BookError) as caught:
        override(Theme(), key, given, HERE)
    assert caught.value.finding.place == HERE
    assert caught.value.finding.hint
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", PRESETS)
def test_presets_load_under_their_names(name: str) -> None:
    assert load_theme(name).name == name


def test_the_default_preset_is_the_default_theme() -> None:
    assert load_theme() == Theme()


@pytest.mark.parametrize("key", known_keys())
def test_every_key_takes_its_own_default(key: str) -> None:
    assert override(Theme(), key, value(Theme(), key), HERE) == Theme()


@pytest.mark.parametrize(
    ("key", "given", "wanted"),
    [
        ("page.measure", "22", 22),
        ("page.measure", 22.0, 22),
        ("font.size", "10.5", 10.5),
        ("font.size", "4mm", mm(4)),
        ("page.facing", "false", False),
        ("page.size", "140mm x 203mm", "140mm x 203mm"),
        ("layout.indent", "-1", -1.0),
        ("heading.sizes", "20,16", (20.0, 16.0)),
        ("heading.sizes", [20, 16], (20.0, 16.0)),
        ("layout.prohibition", "strict", "strict"),
        ("colour.accent", "#00ff00", "#00ff00"),
    ],
)
def test_values_come_as_toml_or_as_text(key: str, given: object, wanted: object) -> None:
    assert value(override(Theme(), key, given, HERE), key) == wanted


@pytest.mark.parametrize(
    ("key", "near"),
    [("page.mesure", "page.measure"), ("pages.size", "page.size"), ("color.text", "colour.text")],
)
def test_an_unknown_key_names_the_nearest(key: str, near: str) -> None:
    error = refused(key, "1")
    assert error.finding.code is Code.SETTING_UNKNOWN
    assert near in error.finding.hint


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("page.measure", "wide"),
        ("page.measure", 22.5),
        ("page.measure", True),
        ("page.measure", 0),
        ("page.measure", 10**9),
        ("page.leading", 0),
        ("font.size", -3),
        ("font.size", "10 parsecs"),
        ("font.size", [1]),
        ("font.size", float("nan")),
        ("font.size", float("inf")),
        ("page.measure", float("inf")),
        ("page.facing", "yes"),
        ("page.facing", 1),
        ("page.size", "A99"),
        ("page.size", "1mm x 1mm"),
        ("page.size", 4),
        ("layout.prohibition", "some"),
        ("layout.prohibition", ["gb"]),
        ("colour.text", "black"),
        ("colour.text", "#12345"),
        ("heading.sizes", []),
        ("heading.sizes", "big"),
        ("page.top", "nan"),
    ],
)
def test_a_wrong_value_is_told(key: str, given: object) -> None:
    error = refused(key, given)
    assert error.finding.code is Code.SETTING_VALUE
    assert key in error.finding.message


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(known_keys()),
    st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.lists(st.text(max_size=3))),
)
def test_any_value_is_taken_or_refused(key: str, given_value: object) -> None:
    try:
        override(Theme(), key, given_value, HERE)
    except BookError as error:
        assert error.finding.code is Code.SETTING_VALUE


def test_a_theme_file_begins_from_its_base(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('base = "phone"\nname = "mine"\n[font]\nsize = 13\n')
    theme = load_theme(str(path))
    assert (theme.name, theme.font.size) == ("mine", 13)
    assert theme.page == load_theme("phone").page


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[page\n", "TOML"),
        ('base = "none"\n', "base"),
        ("[page]\nmesure = 1\n", "page.measure"),
        ("[page]\nmeasure = 1\n", "page.measure"),
        ("page = 3\n", "page"),
        ("\udcff", "TOML"),
    ],
)
def test_a_broken_theme_file_is_told(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BookError) as caught:
        load_theme(str(path))
    assert caught.value.finding.place.file == str(path)
    assert word in str(caught.value)


@pytest.mark.parametrize("name", ["bok", "missing.toml", "", "/"])
def test_no_such_theme(name: str) -> None:
    with pytest.raises(BookError) as caught:
        load_theme(name)
    assert caught.value.finding.hint


def test_a_theme_written_out_gives_itself_back() -> None:
    theme = load_theme("official")
    table = {
        group.name: {item.name: getattr(part, item.name) for item in fields(part)}
        for group in fields(Theme)
        if not isinstance(part := getattr(theme, group.name), str)
    }
    assert apply_table(Theme(name="official"), table, HERE) == theme


def test_presets_are_plain_toml() -> None:
    folder = Path(load_theme.__code__.co_filename).parent / "themes"
    assert {path.stem for path in folder.glob("*.toml")} == set(PRESETS)
    for path in folder.glob("*.toml"):
        tomllib.loads(path.read_text("utf-8"))


def test_an_alignment_that_is_none_is_refused() -> None:
    assert override(Theme(), "heading.align", "left,centre", Place("x")).heading.align == ("left", "centre")
    with pytest.raises(BookError, match="no such choice"):
        override(Theme(), "heading.align", "middle", Place("x"))
