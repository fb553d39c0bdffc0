"""The named styles: what an editor changes once instead of a thousand times.

Names are Word's own where Word has one, in the case Word writes (`heading 1`, `toc 1`, `caption`);
readers map by name, never by id.  Indents are in hundredths of a character with a twin in twips,
since LibreOffice knows only the twin (ECMA-376 part 1, 17.3.1.12).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from convert.model.outline import OutlineEntry
from convert.records import dataclass, field, replace
from convert.terms import indent_ems
from convert.theme import Role, Theme
from convert.units import half_points
from convert.writers.docx.code import code_styles
from convert.writers.docx.fonts import Faces
from convert.writers.docx.layout import Layout, scale_of
from convert.writers.docx.xml import escape, off, tag

__all__ = [
    "STUDY_INDENT",
    "CharacterStyle",
    "HeadingPlan",
    "ParagraphStyle",
    "Sheet",
    "bar_xml",
    "heading_style",
    "indent_xml",
    "make_sheet",
    "rounded_size",
]


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style.

    `left`, `right`, `first` are hundredths of a character (a negative `first` hangs); `before` and
    `after` are lines of the grid; `size` is in points; `box` is `w:pBdr` and `w:shd` as XML.
    """

    id: str
    name: str
    size: float
    face: Role
    based: str = "Normal"
    next: str = ""
    priority: int = 99
    left: int = 0
    right: int = 0
    first: int = 0
    align: str = ""
    before: float = 0.0
    after: float = 0.0
    line: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    outline: int = -1
    box: str = ""
    tabs: str = ""
    number: str = ""
    snap: bool = True
    unit: int = 0
    """Twips that a hundred of `left` and `right` stand for, where not one character of the style."""
    colour: str = ""
    titled: bool = False
    """Its Han are in the face of titles, where there is one."""
    extra: str = ""
    """More run properties that come after `w:sz` in the schema's order."""

    @property
    def em(self) -> int:
        """One character of this style in twips."""
        return round(self.size * 20)


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """One character style; `properties` is the content of its `w:rPr`."""

    id: str
    name: str
    properties: str
    priority: int = 99


@dataclass(frozen=True, slots=True)
class Sheet:
    """All styles by id."""

    paragraphs: Mapping[str, ParagraphStyle]
    characters: Mapping[str, CharacterStyle]
    faces: Faces
    small: float
    divisions: Mapping[str, str] = field(default_factory=dict)
    counting: frozenset[str] = frozenset()
    """Styles of bullets that bring a list of their own."""


def rounded_size(points: float) -> float:
    """The nearest half-point, which is as fine as Word's sizes are."""
    return round(points * 2) / 2


def indent_xml(left: int, right: int, first: int, em: int, unit: int = 0) -> str:
    """`w:ind` in characters and twips; *left*, *right*, *first* in hundredths of a character *em* twips wide.

    With *unit*, left and right are hundredths of that many twips and no characters of the style's own:
    bars of paragraphs in different sizes then stand on one line.
    """

    def pair(name: str, value: int) -> str:
        if unit and name in ("left", "right"):
            return f' w:{name}Chars="0" w:{name}="{value * unit // 100}"'
        return f' w:{name}Chars="{value}" w:{name}="{value * em // 100}"'

    head = pair("hanging", -first) if first < 0 else pair("firstLine", first)
    return f"<w:ind{pair('left', left)}{pair('right', right)}{head}/>"


_AIR = '<w:top w:val="single" w:sz="2" w:space="2" w:color="FFFFFF"/>'
"""What makes the box of a label another than that of the block above it, so that space comes between."""


@cache
def bar_xml(theme: Theme, farther: float = 0.0, opens: bool = False) -> str:
    """A 2 pt bar of the accent colour at the left on a light ground, as `w:pBdr` and `w:shd`.

    *farther* moves the bar left of a paragraph that is indented more (points; Word takes at most 31 in
    all); *opens* gives a label a box of its own, as Word runs boxes that are alike into one.
    """
    accent, ground = theme.colour.accent[1:].upper(), theme.colour.ground[1:].upper()
    space = max(0, min(31, round(6 + farther)))
    return (
        f"<w:pBdr>{_AIR if opens else ''}"
        f'<w:left w:val="single" w:sz="16" w:space="{space}" w:color="{accent}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
    )


def _rule(theme: Theme, where: str, space: int = 1) -> str:
    """A half-point rule on one side of a paragraph (sizes are eighths of a point)."""
    colour = theme.colour.rule[1:].upper()
    return f'<w:{where} w:val="single" w:sz="4" w:space="{space}" w:color="{colour}"/>'


@dataclass(frozen=True, slots=True)
class HeadingPlan:
    """Which styles the headings of a document need.

    `numbers` is the `w:numPr` by outline level; `parts` says that the first level is for parts and
    chapters come one below; `beside` are the levels of headings that stand beside the parts; `run_in`
    those of headings that open a paragraph.
    """

    numbers: Mapping[int, str] = field(default_factory=dict)
    parts: bool = False
    beside: tuple[int, ...] = ()
    run_in: tuple[int, ...] = ()


def heading_style(entry: OutlineEntry, *, parts: bool) -> str:
    """The id of a heading's style in a document with or without parts."""
    if entry.run_in:
        return f"RunInHeading{entry.level}"
    return f"HeadingBeside{entry.level}" if parts and entry.rank == entry.level else f"Heading{entry.level}"


def _headings(theme: Theme, ratio: float, pitch: float, plan: HeadingPlan) -> list[ParagraphStyle]:
    out = []
    for level in range(1, 10):
        made = _heading(theme, ratio, pitch, level - plan.parts)
        out.append(
            replace(
                made,
                id=f"Heading{level}",
                name=f"heading {level}",
                outline=level - 1,
                number=plan.numbers.get(level, ""),
            )
        )
    for level in plan.beside:
        made = _heading(theme, ratio, pitch, level)
        out.append(
            replace(made, id=f"HeadingBeside{level}", name=f"Heading Beside Parts {level}", outline=level - 1)
        )
    return out


def _heading_face(theme: Theme, at: int) -> Role:
    return Role(theme.heading.faces[min(at, len(theme.heading.faces) - 1)])


def _heading(theme: Theme, ratio: float, pitch: float, rank: int) -> ParagraphStyle:
    """The look of a heading: of a part (rank 0), a chapter (1), a section (2) …"""
    at = max(0, rank - 1)
    points = theme.heading.sizes[min(at, len(theme.heading.sizes) - 1)]
    size = rounded_size(points * ratio * (1 if rank else 1.2))
    deep = theme.heading.lines[min(at, len(theme.heading.lines) - 1)]
    align = theme.heading.align[min(at, len(theme.heading.align) - 1)]
    # The title's own line takes as many lines of the grid as it needs; the rest parts 2 : 1.
    spare = max(0.0, deep - max(1, -(-size * 1.3 // pitch)))
    opens = rank <= 1 and theme.page.chapter_opening != "continuous"
    return ParagraphStyle(
        "",
        "",
        size,
        _heading_face(theme, at),
        titled=rank <= 1,
        next="BodyText",
        priority=9,
        align="center" if align in ("centre", "center") else "left",
        before=round(spare * 2 / 3, 2) + (8 if opens and not rank else 0),
        after=round(spare / 3, 2),
        keep_next=True,
        keep_lines=True,
        page_break=opens,
    )


def _contents(layout: Layout, size: float, body: Role) -> list[ParagraphStyle]:
    tab = f'<w:tab w:val="right" w:leader="middleDot" w:pos="{layout.measure}"/>'
    return [
        ParagraphStyle(
            f"TOC{level}",
            f"toc {level}",
            size,
            Role.SANS if level == 1 else body,
            next="Normal",
            priority=39,
            left=(level - 1) * 100,
            align="left",
            tabs=tab,
        )
        for level in range(1, 10)
    ]


INDEX_LEVELS = 4
"""Levels of index entries that have a style."""
STUDY_INDENT = 100
"""How far a study block stands in, in hundredths of a body character: room for its bar."""

_STUDY = (
    ("KeyPoint", "Key Point", "keypoint"),
    ("Question", "Question", "question"),
    ("Answer", "Answer", "answer"),
    ("Exercise", "Exercise", "exercise"),
    ("Vocabulary", "Vocabulary", "vocabulary"),
    ("Reading", "Reading", "reading"),
    ("AlertNote", "Alert Note", "note"),
    ("AlertTip", "Alert Tip", "tip"),
    ("AlertImportant", "Alert Important", "important"),
    ("AlertWarning", "Alert Warning", "warning"),
    ("AlertCaution", "Alert Caution", "caution"),
)


def _study(theme: Theme, layout: Layout, label_size: float, body: Role, first: int) -> list[ParagraphStyle]:
    def block(ident: str, name: str, based: str = "StudyBlock") -> ParagraphStyle:
        return ParagraphStyle(
            ident, name, theme.docx.size, body, based=based, priority=40, left=STUDY_INDENT, first=first,
            box=bar_xml(theme), unit=layout.em,
        )  # fmt: skip

    far = f'<w:tab w:val="right" w:pos="{layout.measure}"/>'
    label = ParagraphStyle(
        "StudyLabel", "Study Label", label_size, Role.SANS, next="StudyBlock", priority=40, left=STUDY_INDENT,
        keep_next=True, box=bar_xml(theme, opens=True), before=0.35, unit=layout.em, colour=theme.colour.accent[1:].upper(), tabs=far,
    )  # fmt: skip
    return [
        block("StudyBlock", "Study Block", "Normal"),
        label,
        replace(label, id="AnswerLabel", name="Answer Label", next="AnswerText", left=0, box="", before=0.5),
        ParagraphStyle("AnswerText", "Answer Text", label_size, body, priority=40, first=first),
        *(block(ident, name) for ident, name, _ in _STUDY),
    ]


def _lists(size: float, body: Role) -> list[ParagraphStyle]:
    out = []
    for level in range(1, 6):
        tail, suffix = ("", "") if level == 1 else (str(level), f" {level}")
        for kind, number in (("Bullet", 1), ("Number", 2)):
            numbering = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
            out.append(
                ParagraphStyle(
                    f"List{kind}{tail}", f"List {kind}{suffix}", size, body, priority=36, number=numbering
                )
            )
        out.append(
            ParagraphStyle(
                f"ListContinue{tail}", f"List Continue{suffix}", size, body, priority=36, left=200 * level
            )
        )
    return out


_ROOM = 32
"""Lines that a title page is made for; on a page of fewer its lines stand closer."""


def _title_page(theme: Theme, layout: Layout, title: float, size: float, body: Role) -> list[ParagraphStyle]:
    room = min(1.0, layout.lines / _ROOM)

    def line(
        ident: str, points: float, face: Role, priority: int, before: float, after: float
    ) -> ParagraphStyle:
        return ParagraphStyle(
            ident,
            ident,
            points,
            face,
            next="Normal",
            priority=priority,
            align="center",
            before=round(before * room, 1),
            after=after,
        )

    return [
        replace(line("Title", title, _heading_face(theme, 0), 10, 8, 1), titled=True),
        line("Subtitle", rounded_size(title * 0.55), body, 11, 0, 2),
        line("Author", rounded_size(size * 7 / 6), Role.KAI, 12, 0.5, 0),
        line("Publisher", size, body, 12, 10, 0),
        line("Date", size, body, 12, 0.5, 0),
        ParagraphStyle("Colophon", "Colophon", rounded_size(size * 6 / 7), body, priority=13, after=0.2),
    ]


def _index(theme: Theme, small: float, body: Role) -> list[ParagraphStyle]:
    style = ParagraphStyle
    return [
        style("IndexHeading", "index heading", small, Role.SANS, next="Index1", align="left", before=0.5, keep_next=True,
              colour=theme.colour.accent[1:].upper()),
        *(style(f"Index{level}", f"index {level}", small, body, align="left", left=100 * level + 100, first=-200)
          for level in range(1, INDEX_LEVELS + 1)),
    ]  # fmt: skip


def _paragraphs(theme: Theme, layout: Layout, language: str, plan: HeadingPlan) -> list[ParagraphStyle]:
    size, ratio = theme.docx.size, scale_of(theme)
    small = rounded_size(max(7.5, theme.note.size * ratio))
    body = Role(theme.font.body)
    ems = theme.layout.indent if theme.layout.indent >= 0 else indent_ems(language)
    first = round(ems * 100)
    third = layout.measure * 100 // layout.em // 3
    side = "both" if theme.layout.justify else "left"

    style = ParagraphStyle
    tab_right = f'<w:tab w:val="right" w:pos="{layout.measure}"/>'
    index_tab = tab_right.replace("w:pos", 'w:leader="middleDot" w:pos')
    return [
        style("Normal", "Normal", size, body, based="", priority=0, align=side),
        style("BodyText", "Body Text", size, body, priority=1, first=first),
        style("BodyTextContinued", "Body Text Continued", size, body, based="BodyText", next="BodyText", priority=1),
        # One that stands left and is no larger than the text begins where paragraphs begin (GB/T 9704-2012, 7.3.3).
        *(
            replace(made, first=first) if made.align == "left" and made.size <= size else made
            for made in _headings(theme, ratio, theme.docx.line_pitch, plan)
        ),
        style("UnlistedHeading", "Unlisted Heading", size, Role.SANS, next="BodyText", priority=9, align="left",
              before=0.5, keep_next=True, keep_lines=True),
        *_title_page(theme, layout, rounded_size(max(26.0, theme.heading.sizes[0] * ratio * 1.4)), size, body),
        style("TOCHeading", "TOC Heading", rounded_size(theme.heading.sizes[0] * ratio), Role.SANS, next="Normal",
              priority=39, align="center", before=1, after=1, keep_next=True),
        *_contents(layout, size, body),
        *_index(theme, small, body),
        style("TableofFigures", "table of figures", size, body, next="Normal", align="left", tabs=index_tab),
        style("Header", "header", rounded_size(theme.running.size * ratio), body, align="center", tabs=tab_right, snap=False,
              box=f"<w:pBdr>{_rule(theme, 'bottom')}</w:pBdr>"),
        style("Footer", "footer", rounded_size(theme.running.size * ratio),
              body if theme.running.folio == "plain" else Role.SERIF, align="center", tabs=tab_right, snap=False),
        style("FootnoteText", "footnote text", small, body, align=side, left=150, first=-150, snap=False),
        style("EndnoteText", "endnote text", small, body, align=side, left=150, first=-150, snap=False),
        style("Caption", "caption", small, Role.SANS, next="BodyText", priority=35, align="center",
              before=0.25, after=0.25, keep_lines=True),
        style("Figure", "Figure", size, body, next="Caption", priority=35, align="center", before=0.5),
        style("TableText", "Table Text", small, body, priority=37, align="left", snap=False),
        style("TableHeading", "Table Heading", small, Role.SANS, priority=37, align="center", snap=False, keep_next=True),
        *_lists(size, body),
        style("TaskList", "Task List", size, body, priority=36, left=200, first=-200),
        style("Quote", "Quote", size, Role.KAI, priority=29, left=200, right=200, first=first),
        style("Epigraph", "Epigraph", size, Role.KAI, priority=29, left=third, first=0, align="right"),
        style("Byline", "Byline", size, Role.KAI, priority=29, align="center", after=0.5),
        style("Verse", "Verse", size, Role.KAI, priority=29, left=400, first=-200, align="left", before=0.25, after=0.25),
        style("DefinitionTerm", "Definition Term", size, Role.SANS, next="Definition", priority=36, keep_next=True),
        style("Definition", "Definition", size, body, priority=36, left=200),
        *_code(theme, small),
        style("Formula", "Formula", size, body, next="BodyText", priority=38, align="center", before=0.25, after=0.25),
        style("HorizontalRule", "Horizontal Rule", size, body, next="BodyText", left=third, right=third,
              box=f"<w:pBdr>{_rule(theme, 'bottom')}</w:pBdr>", after=1),
        style("AnswerLine", "Answer Line", size, body, line=layout.pitch * 3 // 2, snap=False,
              colour=theme.colour.rule[1:].upper(), tabs=tab_right.replace("w:pos", 'w:leader="underscore" w:pos')),
        *_study(theme, layout, small, body, first),
    ]  # fmt: skip


def _code(theme: Theme, small: float) -> list[ParagraphStyle]:
    """A block of code, and a line of one whose lines are numbered."""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.colour.ground[1:].upper()}"/>'
    style = ParagraphStyle
    return [
        style("SourceCode", "Source Code", small, Role.MONO, priority=38, left=100, right=100, align="left", box=ground,
              snap=False, before=0.25, after=0.25),
        style("SourceLine", "Source Line", small, Role.MONO, priority=38, left=300, right=100, first=-200, align="left",
              box=ground, snap=False),
    ]  # fmt: skip


def _characters(theme: Theme, faces: Faces, small: float) -> list[CharacterStyle]:
    kai, hei = escape(faces.kai), escape(faces.sans)
    ground = theme.colour.ground[1:].upper()
    mono = f"<w:rFonts{faces.slots(Role.MONO)}/><w:noProof/>{tag('sz', half_points(small))}{tag('szCs', half_points(small))}"
    style = CharacterStyle
    return [
        style("Emphasis", "Emphasis", f'<w:rFonts w:eastAsia="{kai}"/>{off("i")}{off("iCs")}{tag("em", "dot")}', 20),
        style("LatinEmphasis", "Latin Emphasis", "<w:i/><w:iCs/>", 20),
        style("Strong", "Strong", f'<w:rFonts w:eastAsia="{hei}"/><w:b/><w:bCs/>', 22),
        style("HeadingSubtitle", "Heading Subtitle", f"<w:rFonts{faces.slots(Role(theme.font.body))}/>", 11),
        style("VerbatimChar", "Verbatim Char", mono, 38),
        style("FormulaSource", "Formula Source", mono, 38),
        *(style(ident, name, properties, 38) for ident, name, properties in code_styles(theme)),
        style("Hyperlink", "Hyperlink", tag("color", theme.colour.accent[1:].upper())),
        style("FootnoteReference", "footnote reference", tag("vertAlign", "superscript")),
        style("EndnoteReference", "endnote reference", tag("vertAlign", "superscript")),
        style("Highlight", "Highlight", f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'),
        style("Kai", "Kai", f'<w:rFonts w:eastAsia="{kai}"/>'),
        style("EmphasisDots", "Emphasis Dots", tag("em", "dot")),
        style("Small", "Small", tag("sz", half_points(small)) + tag("szCs", half_points(small))),
        style("PageNumber", "page number", ""),
        style("PageReference", "Page Reference", ""),
    ]  # fmt: skip


def make_sheet(theme: Theme, layout: Layout, faces: Faces, language: str, plan: HeadingPlan) -> Sheet:
    """The style sheet for *theme*; *language* decides the first-line indent."""
    small = rounded_size(max(7.5, theme.note.size * scale_of(theme)))
    paragraphs = {style.id: style for style in _paragraphs(theme, layout, language, plan)}
    for level in plan.run_in:
        opening = replace(
            paragraphs["BodyText"],
            id=f"RunInHeading{level}",
            name=f"Run-in Heading {level}",
            face=Role.SANS,
            next="BodyText",
            priority=9,
            outline=min(level, 9) - 1,
        )
        paragraphs[opening.id] = opening
    characters = {style.id: style for style in _characters(theme, faces, small)}
    return Sheet(paragraphs, characters, faces, small, {kind: ident for ident, _, kind in _STUDY})
