"""Design tokens: what all three writers read.  TOML in, checked on load; every key has a default.

Lengths are points unless a key says otherwise.  The presets and their values follow the habits of
Chinese book design; `measure` and `lines` are whole numbers so that pages close on the grid
(CLREQ 7.1.1, 6.2.4).
"""

from __future__ import annotations

import difflib
import tomllib
import typing
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Literal, cast

from convert.codelook import COLOUR, CONTRAST, CodeStyle, CodeTheme, code_style, contrast
from convert.diagnostics import Code, Place
from convert.errors import BookError
from convert.model.nodes import CodeKind
from convert.records import dataclass, fields, is_dataclass, replace
from convert.units import PAGE_SIZES, mm, parse_length

__all__ = [
    "PRESETS",
    "CodeStyle",
    "Role",
    "Theme",
    "apply_table",
    "contrast",
    "known_keys",
    "load_theme",
    "override",
]

Length = float

PRESETS = ("booklet", "book", "report", "official", "phone")


class Role(Enum):
    """What a face is for: Song, Hei, Kai, Fangsong and a face of fixed width, light and bold."""

    SERIF = "serif"
    SANS = "sans"
    KAI = "kai"
    FANGSONG = "fangsong"
    MONO = "mono"
    MONO_BOLD = "mono_bold"


@dataclass(frozen=True, slots=True)
class PageTheme:
    """The printed page.  The text block is `measure` ems by `lines` lines; margins absorb the rest."""

    size: str = "A5"
    """A name of `convert.units.PAGE_SIZES`, or `width x height` with units, e.g. ``140mm x 203mm``."""
    measure: int = 28
    """Characters in a full line of body text."""
    lines: int = 26
    """Lines of body text on a full page; 0 takes as many as fit."""
    leading: Length = 18.0
    """Distance of two baselines."""
    inner: Length = 62.5
    """Margin at the spine; it and `outer` keep their ratio and share what the measure leaves.  A stapled
    booklet opens flat, so the default makes them equal."""
    outer: Length = 62.5
    top: Length = 58.0
    bottom: Length = 69.0
    facing: bool = True
    """Left and right pages differ."""
    columns: int = 1
    """Columns of text on a page, 1 or 2; chapter titles stand over both."""
    gap: int = 2
    """Characters between two columns."""
    chapter_opening: Literal["page", "recto", "continuous"] = "page"
    """Where a top-level heading begins."""

    @property
    def trim(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        if self.size in PAGE_SIZES:
            width, height = PAGE_SIZES[self.size]
            return mm(width), mm(height)
        width_text, _, height_text = self.size.replace("×", "x").partition("x")
        return parse_length(width_text), parse_length(height_text)


@dataclass(frozen=True, slots=True)
class FontTheme:
    """Sizes, and families by role where the catalogue's choice is not wanted (a family name or a file)."""

    size: Length = 10.5
    serif: str = ""
    sans: str = ""
    kai: str = ""
    fangsong: str = ""
    mono: str = ""
    mono_bold: str = ""
    body: Literal["serif", "sans", "kai", "fangsong"] = "serif"


@dataclass(frozen=True, slots=True)
class LayoutTheme:
    """Line layout (CLREQ 6).  `auto` means the custom of the book's language."""

    prohibition: Literal["none", "basic", "gb", "strict"] = "gb"
    punctuation: Literal["auto", "quanjiao", "kaiming", "banjiao", "hangmobanjiao", "plain"] = "auto"
    hanging: bool = False
    autospace: float = 0.25
    """Ideal space between Han and Latin, in em; 0 for none."""
    cjk_space: Literal["drop", "keep"] = "drop"
    """A space typed between two Han characters: dropped, or a quarter em."""
    hyphenate: bool = True
    indent: float = -1.0
    """First-line indent in em; -1 for the custom of the language (zh 2, ja 1, en 1.5)."""
    justify: bool = True


@dataclass(frozen=True, slots=True)
class HeadingTheme:
    """Headings by level of the outline; a list's last value serves all deeper levels."""

    sizes: tuple[float, ...] = (18.0, 14.0, 12.0, 10.5, 10.5, 10.5)
    lines: tuple[float, ...] = (5.0, 3.0, 2.0, 2.0, 2.0, 2.0)
    """Whole lines of the grid that a heading takes in all, when its title fills one line."""
    align: tuple[Literal["left", "centre", "right"], ...] = (
        "centre",
        "centre",
        "left",
        "left",
        "left",
        "left",
    )
    faces: tuple[Literal["serif", "sans", "kai", "fangsong"], ...] = ("sans",)


@dataclass(frozen=True, slots=True)
class NoteTheme:
    """Notes: at the foot of the page, or gathered behind each chapter or behind the whole text.

    An EPUB has them behind each chapter's file in any case, and shows them above the text where it can.
    """

    place: Literal["foot", "chapter", "book"] = "foot"
    size: Length = 9.0
    leading: Length = 14.0


@dataclass(frozen=True, slots=True)
class ColourTheme:
    """Colours as #RRGGBB."""

    text: str = "#000000"
    accent: str = "#1F3A5F"
    ground: str = "#F3F3F3"
    rule: str = "#666666"


@dataclass(frozen=True, slots=True)
class ContentsTheme:
    """The contents list."""

    show: bool = True
    depth: int = 3


@dataclass(frozen=True, slots=True)
class ColophonTheme:
    """The copyright page (版权页) behind the title page."""

    show: bool = True


@dataclass(frozen=True, slots=True)
class RunningTheme:
    """Running heads and folios."""

    heads: bool = True
    folios: bool = True
    folio: Literal["plain", "official"] = "plain"
    """Page numbers as they are, or — 1 — one character in from the outer edge (GB/T 9704-2012, 7.5)."""
    size: Length = 9.0


@dataclass(frozen=True, slots=True)
class NumberTheme:
    """Numbers that quire counts."""

    headings: Literal["none", "auto", "chinese", "official", "decimal", "mixed"] = "none"
    """Headings: 第一章 第一节 一、; 一、 （一） 1.; 1 1.1 1.1.1; 第1章 1.1.  `auto` is the custom of the
    language, and nothing where the source types numbers of its own."""
    depth: int = 3
    """How many ranks of headings are numbered; a part is above the first."""
    typed: Literal["keep", "strip"] = "keep"
    """A number typed in the source stands as it is and counts, or gives way to quire's."""
    numerals: Literal["auto", "arabic", "simple", "formal"] = "auto"
    """The figures of numbers in words: 3, 三 or 叁."""
    part: str = ""
    """How parts, chapters and sections are called, e.g. ``第{}课``; empty for the word of the language."""
    chapter: str = ""
    section: str = ""
    captions: Literal["chapter", "book", "none"] = "chapter"
    """Figures, tables and formulas: 图1-2 by chapter, 图5 through the book, or no numbers."""


@dataclass(frozen=True, slots=True)
class OutlineTheme:
    """What the outline lists."""

    runin: bool = False
    """Numbered sentences that open their paragraphs (一、……。) are headings."""


@dataclass(frozen=True, slots=True)
class DocxTheme:
    """The Word edition."""

    contents_depth: int = 0
    """Levels of the contents in this edition; 0 for ``contents.depth``."""
    reference: str = ""
    """A Word file in the book's folder whose styles, page, headers and footers are taken; ``--reference`` sets it."""
    page: str = "A4"
    size: Length = 12.0
    line_pitch: Length = 20.0
    direction: Literal["horizontal", "vertical"] = "horizontal"
    """Lines run across, or down and from right to left; office paper then lies on its side, as Word turns it."""
    grid: Literal["lines", "characters"] = "lines"
    """Lines have places on the page, or characters too: as many as ``page.measure`` between the margins."""
    east_asian_serif: str = "宋体"
    east_asian_sans: str = "黑体"
    east_asian_kai: str = "楷体"
    east_asian_fangsong: str = "仿宋"
    east_asian_title: str = ""
    """For titles and headings of the first level; empty for the face of their role."""
    latin: str = "Times New Roman"
    latin_sans: str = "Arial"
    mono: str = "Consolas"
    embed: tuple[Literal["none", "serif", "sans", "kai", "fangsong", "mono"], ...] = ("none",)
    """Roles whose fonts go along; styles then name these fonts."""
    embed_whole: bool = False
    """They go along with all their characters, for editors who write on; else with those of the book."""
    live_numbers: bool = True
    """Numbers of headings are Word's own lists; else they are typed, for programs that lose lists."""
    track: bool = False
    """Word records every change that an editor makes; ``--track`` sets it."""
    base: Literal["inside", "beside", "none"] = "inside"
    """The source goes along for the way back: inside the file, also in a file beside it (always with
    `track`), or not at all."""


@dataclass(frozen=True, slots=True)
class EpubTheme:
    """The EPUB edition."""

    contents_depth: int = 0
    """Levels of the contents in this edition; 0 for ``contents.depth``."""
    profile: Literal["standard", "kobo", "kindle", "apple", "duokan", "vertical"] = "standard"
    """What the reading systems that the book is meant for want otherwise."""
    embed: tuple[Literal["none", "serif", "sans", "kai", "fangsong", "mono"], ...] = ("none",)
    """Roles whose fonts go along, cut down to the characters used; ``serif`` would force the text's face."""
    split: int = 1
    """Headings down to this outline level begin a file of their own."""


@dataclass(frozen=True, slots=True)
class PdfTheme:
    """The PDF edition."""

    contents_depth: int = 0
    """Levels of the contents in this edition; 0 for ``contents.depth``."""
    title_page: bool = True
    half_title: bool = False
    """A page with the title alone before the title page."""
    debug_layout: bool = False
    """Show measure, grid and what each line cost; ``--debug-layout`` sets it."""
    bleed: Length = 0.0
    """Paper round the trimmed page that the press cuts off; 3mm where something is to reach the edge."""
    marks: bool = False
    """Crop marks outside the page."""
    colour: Literal["colour", "grey", "cmyk"] = "colour"
    """Grey makes everything black ink alone, cmyk the four inks of `profile`.  Black text is black ink alone in
    any case."""
    profile: str = ""
    """The ICC profile of the press, a file in the book's folder: the PDF is then PDF/X-4, and has no links."""


@dataclass(frozen=True, slots=True)
class ImposeTheme:
    """The pages of the PDF laid on sheets: the booklet edition, and ``quire impose``."""

    scheme: Literal["saddle", "2up", "4up", "cut"] = "saddle"
    """Nested, folded and stapled or sewn; two or four pages a side to read; cut and stacked."""
    sheet: str = "auto"
    """A size as of a page; ``auto`` takes A4 or A3, whichever holds the pages at their size."""
    signature: int = 0
    """Sheets in a gathering; 0 puts all into one."""
    binding: Literal["left", "right"] = "left"
    duplex: Literal["auto", "short", "long"] = "auto"
    """The edge over which the printer turns the sheet; ``auto`` the one that leaves both sides upright."""
    paper: Length = 0.3
    """Thickness of the paper: by so much a sheet each, inner pages move to the fold."""
    cover: bool = False
    """The first and the last two pages have a sheet of their own, printed first."""
    marks: bool = True
    """Marks to fold, staple and cut at, outside the pages."""


@dataclass(frozen=True, slots=True)
class Theme:
    """All tokens."""

    name: str = "booklet"
    page: PageTheme = PageTheme()
    font: FontTheme = FontTheme()
    layout: LayoutTheme = LayoutTheme()
    heading: HeadingTheme = HeadingTheme()
    note: NoteTheme = NoteTheme()
    colour: ColourTheme = ColourTheme()
    code: CodeTheme = CodeTheme()
    contents: ContentsTheme = ContentsTheme()
    colophon: ColophonTheme = ColophonTheme()
    running: RunningTheme = RunningTheme()
    numbers: NumberTheme = NumberTheme()
    outline: OutlineTheme = OutlineTheme()
    docx: DocxTheme = DocxTheme()
    epub: EpubTheme = EpubTheme()
    pdf: PdfTheme = PdfTheme()
    impose: ImposeTheme = ImposeTheme()

    def code_look(self, kind: CodeKind) -> CodeStyle:
        """The look of a stretch of code of *kind*; a colour that is hard to read on the ground gives way to the text's."""
        look = code_style(self.code.words(kind))
        if look.colour and contrast(look.colour, self.colour.ground) < CONTRAST:
            return replace(look, colour="")
        return look


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
        near = difflib.get_close_matches(key, known_keys(), 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else "the manual lists all keys"
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
