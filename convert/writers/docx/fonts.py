"""Faces by role and script slot, always by name: a theme attribute would silently win over a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from convert.records import dataclass
from convert.terms import primary_language
from convert.theme import DocxTheme, Role, Theme
from convert.writers.docx.xml import DECLARATION, NAMESPACES, escape

__all__ = ["EAST_ASIAN_FACES", "Faces", "FontFile", "faces_for", "font_table", "word_language"]

EAST_ASIAN_FACES: dict[str, tuple[str, str, str, str]] = {
    "zh-Hant": ("新細明體", "微軟正黑體", "標楷體", "標楷體"),
    "ja": ("ＭＳ 明朝", "ＭＳ ゴシック", "ＭＳ 明朝", "ＭＳ 明朝"),
    "ko": ("바탕", "맑은 고딕", "바탕", "바탕"),
}
"""Serif, sans, kai and fangsong as Word for these languages has them, where the theme keeps its default."""

# Name → what else may serve (17.8.3.1), PANOSE, charset (86 GB 2312, 88 Big 5, 80 Shift-JIS, 81 Hangul), family, pitch.
_KNOWN: dict[str, tuple[str, str, str, str, str]] = {
    "宋体": ("SimSun", "02010600030101010101", "86", "auto", "variable"),
    "黑体": ("SimHei", "02010609060101010101", "86", "modern", "fixed"),
    "楷体": ("KaiTi", "02010609060101010101", "86", "modern", "fixed"),
    "仿宋": ("FangSong", "02010609060101010101", "86", "modern", "fixed"),
    "仿宋_GB2312": ("仿宋,FangSong", "02010609030101010101", "86", "modern", "fixed"),
    "楷体_GB2312": ("楷体,KaiTi", "02010609030101010101", "86", "modern", "fixed"),
    "方正小标宋简体": ("华文中宋,STZhongsong", "02010600010101010101", "86", "auto", "variable"),
    "新細明體": ("PMingLiU", "02010601000101010101", "88", "roman", "variable"),
    "微軟正黑體": ("Microsoft JhengHei", "020B0604030504040204", "88", "swiss", "variable"),
    "標楷體": ("DFKai-SB", "03000509000000000000", "88", "script", "fixed"),
    "ＭＳ 明朝": ("MS Mincho", "02020609040205080304", "80", "modern", "fixed"),
    "ＭＳ ゴシック": ("MS Gothic", "020B0609070205080204", "80", "modern", "fixed"),
    "바탕": ("Batang", "02030600000101010101", "81", "roman", "variable"),
    "맑은 고딕": ("Malgun Gothic", "020B0503020000020004", "81", "swiss", "variable"),
    "Times New Roman": ("", "02020603050405020304", "00", "roman", "variable"),
    "Arial": ("", "020B0604020202020204", "00", "swiss", "variable"),
    "Cambria Math": ("", "02040503050406030204", "00", "roman", "variable"),
    "Consolas": ("", "020B0609020204030204", "00", "modern", "fixed"),
}

_WORD_TAGS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "ja": "ja-JP", "ko": "ko-KR"}
_REGIONS = {"en": "en-US", "fr": "fr-FR", "de": "de-DE", "es": "es-ES", "it": "it-IT", "ru": "ru-RU"}


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font as a part: its name in the font table, its key, its bytes, and whether it was cut down."""

    family: str
    key: str
    """A GUID in braces, by which the bytes are obfuscated."""
    data: bytes
    subset: bool

    def reference(self, number: int) -> str:
        """`w:embedRegular`; *number* is that of its part (17.8.3.3)."""
        cut = ' w:subsetted="1"' if self.subset else ""
        return f'<w:embedRegular r:id="rIdFont{number}" w:fontKey="{self.key}"{cut}/>'


@dataclass(frozen=True, slots=True)
class Faces:
    """The names of the faces."""

    serif: str
    sans: str
    kai: str
    fangsong: str
    latin: str
    latin_sans: str
    mono: str
    title: str = ""
    """For Han in titles, where that is another than the face of their role."""

    def east_asian(self, role: Role) -> str:
        """The face for Han in a role; code takes Song beside its Latin face."""
        match role:
            case Role.SERIF | Role.MONO | Role.MONO_BOLD:
                return self.serif
            case Role.SANS:
                return self.sans
            case Role.KAI:
                return self.kai
            case Role.FANGSONG:
                return self.fangsong
            case _:
                assert_never(role)

    def slots(self, role: Role, *, titled: bool = False) -> str:
        """The attributes of `w:rFonts` for all four slots (ECMA-376 part 1, 17.3.2.26); *titled* for those of titles."""
        fixed = dict.fromkeys((Role.MONO, Role.MONO_BOLD), self.mono)
        latin = {Role.SANS: self.latin_sans, **fixed}.get(role, self.latin)
        name = escape(latin)
        east = escape((self.title if titled else "") or self.east_asian(role))
        return f' w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{east}" w:cs="{name}"'

    def names(self) -> tuple[str, ...]:
        """Every face, once, in a fixed order."""
        everything = (
            self.serif,
            self.sans,
            self.kai,
            self.fangsong,
            self.latin,
            self.latin_sans,
            self.mono,
            self.title,
        )
        return tuple(dict.fromkeys(name for name in everything if name))


def faces_for(theme: Theme, language: str) -> Faces:
    """The theme's faces, or those of the book's *language* where the theme says nothing of its own."""
    docx, plain = theme.docx, DocxTheme()
    given = (docx.east_asian_serif, docx.east_asian_sans, docx.east_asian_kai, docx.east_asian_fangsong)
    default = (plain.east_asian_serif, plain.east_asian_sans, plain.east_asian_kai, plain.east_asian_fangsong)
    local = EAST_ASIAN_FACES.get(primary_language(language), default)
    east = [mine if mine != usual else ours for mine, usual, ours in zip(given, default, local, strict=True)]
    return Faces(
        east[0], east[1], east[2], east[3], docx.latin, docx.latin_sans, docx.mono, docx.east_asian_title
    )


def word_language(tag: str) -> tuple[str, str]:
    """What `w:lang` says for a BCP 47 tag: (attribute, value), e.g. ``("eastAsia", "zh-CN")``."""
    primary = primary_language(tag)
    if primary in _WORD_TAGS:
        return "eastAsia", _WORD_TAGS[primary]
    parts = tag.replace("_", "-").split("-")
    if len(parts) > 1:
        return "val", tag.replace("_", "-")
    return "val", _REGIONS.get(parts[0].lower(), parts[0])


def font_table(names: Iterable[str], embedded: Sequence[FontFile] = (), others: str = "") -> str:
    """The part ``fontTable.xml`` (ECMA-376 part 1, 17.8.3.9).

    *names* are the faces, of which those *embedded* go along with the file; *others* are `w:font` that a template
    brings.
    """
    out = [DECLARATION, f"<w:fonts{NAMESPACES}>"]
    along = {font.family: font.reference(at) for at, font in enumerate(embedded, 1)}
    for name in names:
        alias, panose, charset, family, pitch = _KNOWN.get(name, ("", "", "", "auto", "variable"))
        out.append(f'<w:font w:name="{escape(name)}">')
        out.append(f'<w:altName w:val="{alias}"/>' if alias else "")
        out.append(f'<w:panose1 w:val="{panose}"/>' if panose else "")
        out.append(f'<w:charset w:val="{charset}"/>' if charset else "")
        out.append(f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/>{along.get(name, "")}</w:font>')
    out.append(f"{others}</w:fonts>")
    return "".join(out)
