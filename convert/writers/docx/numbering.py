"""Lists: one abstract definition for each way of counting, one `w:num` for each ordered list (17.9)."""

from __future__ import annotations

from typing import assert_never

from convert.model.nodes import NumberDelimiter, NumberStyle
from convert.records import dataclass, field
from convert.terms import primary_language
from convert.writers.docx.xml import DECLARATION, NAMESPACES, tag

__all__ = ["FIRST_DEFINED", "LEVELS", "Numbering", "hang", "number_format"]

LEVELS = 9
_BULLETS = ("●", "○", "■")
_BULLET_NUMBER, _DEFAULT_NUMBER = 1, 2
FIRST_DEFINED = 100
"""The first `w:abstractNumId` of headings and of a template: no document has so many kinds of lists."""
_CHINESE = {"zh-Hant": "taiwaneseCountingThousand", "ja": "japaneseCounting"}

_FORMAL = {
    "zh-Hant": "ideographLegalTraditional",
    "ja": "japaneseLegal",
    "ko": "ideographLegalTraditional",
}

_WIDE = (NumberStyle.LOWER_ROMAN, NumberStyle.UPPER_ROMAN, NumberStyle.CHINESE, NumberStyle.FORMAL)

Key = tuple[NumberStyle, NumberDelimiter]


def hang(delimiter: NumberDelimiter | None, style: NumberStyle | None = None) -> int:
    """Room for the number, in hundredths of a character: two, or three for （1）, 十、 and viii."""
    wide = delimiter is NumberDelimiter.BOTH or style in _WIDE
    return 300 if wide and style is not NumberStyle.CIRCLED else 200


def number_format(style: NumberStyle, language: str) -> str:
    """`w:numFmt` for a style (ST_NumberFormat, 17.18.59)."""
    match style:
        case NumberStyle.DECIMAL:
            return "decimal"
        case NumberStyle.LOWER_ALPHA:
            return "lowerLetter"
        case NumberStyle.UPPER_ALPHA:
            return "upperLetter"
        case NumberStyle.LOWER_ROMAN:
            return "lowerRoman"
        case NumberStyle.UPPER_ROMAN:
            return "upperRoman"
        case NumberStyle.CHINESE:
            return _CHINESE.get(primary_language(language), "chineseCountingThousand")
        case NumberStyle.FORMAL:
            return _FORMAL.get(primary_language(language), "chineseLegalSimplified")
        case NumberStyle.CIRCLED:
            return "decimalEnclosedCircleChinese"
        case _:
            assert_never(style)


@dataclass(slots=True)
class Numbering:
    """Collects the lists of a document.  *em* is a body character in twips."""

    language: str
    em: int
    _kinds: dict[Key, int] = field(default_factory=dict)
    _defined: list[str] = field(default_factory=list)
    _lists: list[str] = field(default_factory=list)
    _code: int | None = None
    """The abstract definition of numbered lines of code."""

    def __post_init__(self) -> None:
        self._kinds[NumberStyle.DECIMAL, NumberDelimiter.PERIOD] = 1

    @property
    def bullets(self) -> int:
        """The `w:numId` of every bullet list: bullets need no restart, and Word bears only 2047 lists."""
        return _BULLET_NUMBER

    def ordered(self, style: NumberStyle, delimiter: NumberDelimiter, start: int, level: int) -> int:
        """A new `w:numId` for a list that counts from *start* at *level* (from 0)."""
        kind = self._kinds.setdefault((style, delimiter), len(self._kinds) + 1)
        return self.restart(kind, min(level, LEVELS - 1), max(0, start))

    def define(self, levels: list[str]) -> int:
        """A new abstract definition of these `w:lvl`, for headings; its `w:abstractNumId`."""
        ident = FIRST_DEFINED + len(self._defined)
        self._defined.append(self._abstract(ident, levels))
        return ident

    def plain(self, abstract: int) -> int:
        """A new `w:numId` that counts as an abstract definition says."""
        return self._number(abstract, "")

    def restart(self, abstract: int, level: int, start: int) -> int:
        """A new `w:numId` of an abstract definition that begins with *start* at *level*."""
        override = f'<w:lvlOverride w:ilvl="{level}">{tag("startOverride", start)}</w:lvlOverride>'
        return self._number(abstract, override)

    def lines(self, levels: list[str], start: int) -> int:
        """A new `w:numId` for lines of code, counted from *start*; *levels* is the same for all of them."""
        if self._code is None:
            self._code = self.define(levels)
        return self.restart(self._code, 0, max(0, start))

    def _number(self, abstract: int, override: str) -> int:
        number = _DEFAULT_NUMBER + len(self._lists) + 1
        self._lists.append(f'<w:num w:numId="{number}">{tag("abstractNumId", abstract)}{override}</w:num>')
        return number

    def _pattern(self, key: Key, level: int) -> str:
        style, delimiter = key
        at = f"%{level + 1}"
        full = style.chinese or primary_language(self.language) != "en"
        if style is NumberStyle.CIRCLED:
            return at
        match delimiter:
            case NumberDelimiter.PERIOD:
                return at + ("、" if style.chinese else ".")
            case NumberDelimiter.PARENTHESIS:
                return at + ("）" if style.chinese else ")")
            case NumberDelimiter.BOTH:
                return f"（{at}）" if full else f"({at})"
            case _:
                assert_never(delimiter)

    def _level(self, level: int, form: str, text: str, width: int, style: str) -> str:
        left, hanging = (level * 200 + width) * self.em // 100, width * self.em // 100
        link = tag("pStyle", style) if style else ""
        return (
            f'<w:lvl w:ilvl="{level}">{tag("start", 1)}{tag("numFmt", form)}{link}{tag("suff", "tab")}'
            f"{tag('lvlText', text)}{tag('lvlJc', 'left')}"
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
            '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
        )

    def _abstract(self, ident: int, levels: list[str]) -> str:
        # nsid tells lists apart when text is pasted from file to file; any fixed, distinct number serves.
        return (
            f'<w:abstractNum w:abstractNumId="{ident}"><w:nsid w:val="{0x51000000 + ident:08X}"/>'
            f'{tag("multiLevelType", "multilevel")}<w:tmpl w:val="{0x52000000 + ident:08X}"/>{"".join(levels)}'
            "</w:abstractNum>"
        )

    def part(self) -> str:
        """The part ``numbering.xml``."""

        def linked(kind: str, level: int) -> str:
            return "" if level > 4 else f"List{kind}" + (str(level + 1) if level else "")

        bullets = [
            self._level(n, "bullet", _BULLETS[n % len(_BULLETS)], 200, linked("Bullet", n))
            for n in range(LEVELS)
        ]
        out = [DECLARATION, f"<w:numbering{NAMESPACES}>", self._abstract(0, bullets)]
        for key, kind in self._kinds.items():
            levels = [
                self._level(
                    n,
                    number_format(key[0], self.language),
                    self._pattern(key, n),
                    hang(key[1], key[0]),
                    linked("Number", n) if kind == 1 else "",
                )
                for n in range(LEVELS)
            ]
            out.append(self._abstract(kind, levels))
        out += self._defined
        out.append(f'<w:num w:numId="{_BULLET_NUMBER}"><w:abstractNumId w:val="0"/></w:num>')
        out.append(f'<w:num w:numId="{_DEFAULT_NUMBER}"><w:abstractNumId w:val="1"/></w:num>')
        out += self._lists
        out.append("</w:numbering>")
        return "".join(out)
