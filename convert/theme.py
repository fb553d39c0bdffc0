"""Design tokens: what all three writers read; every key has a default.  See `convert.theming` for TOML.

Lengths are points unless a key says otherwise.  The presets and their values follow the habits of
Chinese book design; `measure` and `lines` are whole numbers so that pages close on the grid
(CLREQ 7.1.1, 6.2.4).
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from convert.codelook import CONTRAST, CodeStyle, CodeTheme, code_style, contrast
from convert.model.nodes import CodeKind
from convert.records import dataclass, replace
from convert.units import PAGE_SIZES, mm, parse_length

__all__ = [
    "CodeStyle",
    "Role",
    "Theme",
    "contrast",
]

Length = float


class Role(Enum):
    """What a face is for: Song, Hei, Kai, Fangsong and a face of fixed width, light and bold."""

    SERIF = "serif"
    SANS = "sans"
    KAI = "kai"
    FANGSONG = "fangsong"
    MONO = "mono"
    MONO_BOLD = "mono_bold"

    __hash__ = object.__hash__


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
    """Columns of text on a page of the PDF, 1 or 2; chapter titles stand over both.  Word and the EPUB have one."""
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
