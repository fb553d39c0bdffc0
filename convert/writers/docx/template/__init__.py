"""An editor's own Word template for the book: its styles by name, its page, its headers and footers.

What it has stands as it is; what it lacks and the book needs is filled in, in sizes and faces that go with
it.  Its text is not looked at.  It may come from a stranger: see `opening`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from convert.diagnostics import Code, Findings, Place
from convert.records import dataclass, replace
from convert.regex import regex
from convert.theme import Role, Theme
from convert.writers.docx.fonts import Faces
from convert.writers.docx.layout import Layout
from convert.writers.docx.numbering import Numbering
from convert.writers.docx.sheet import Sheet
from convert.writers.docx.surroundings import Surroundings
from convert.writers.docx.template.fonts import ThemeFonts, theme_fonts
from convert.writers.docx.template.lists import Lists
from convert.writers.docx.template.merge import Merged, StyleMap, map_styles, merge
from convert.writers.docx.template.opening import Opened, W, open_package, value
from convert.writers.docx.template.page import TemplatePage, template_page
from convert.writers.docx.template.settings import coloured, kept_fonts, kept_settings
from convert.writers.docx.template.stories import surroundings
from convert.writers.docx.template.styles import TemplateStyles, on

__all__ = [
    "Fitted",
    "Template",
    "coloured",
    "kept_fonts",
    "kept_settings",
    "open_template",
]

_USED = regex(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Template:
    """A template, opened."""

    opened: Opened
    styles: TemplateStyles
    page: TemplatePage
    sections: list[etree._Element]
    fonts: ThemeFonts
    colours: etree._Element | None
    """The theme part."""
    settings: etree._Element | None
    numbers: etree._Element | None
    table: etree._Element | None
    """The part ``fontTable.xml``."""

    def theme(self, theme: Theme) -> Theme:
        """*theme* with the template's page and size of text, for all that is measured by them."""
        text = self.styles.find("paragraph", "Body Text")
        text = text if text is not None else self.styles.find("paragraph", "Normal")
        size = min(72.0, max(4.0, self.styles.points(text)))
        first = self.styles.find("paragraph", "heading 1")
        opening = theme.page.chapter_opening
        if first is not None:
            opens = on(self.styles.property(first, "pPr", "pageBreakBefore"))
            opening = ("page" if opening == "continuous" else opening) if opens else "continuous"
        pitch = self.page.pitch / 20 or self._leading(text, size)
        docx = replace(theme.docx, size=size, line_pitch=min(200.0, max(4.0, pitch)))
        if self.page.size is not None:
            width, height = self.page.size
            docx = replace(docx, page=f"{width / 20:g}pt x {height / 20:g}pt")
        return replace(
            theme, page=replace(theme.page, chapter_opening=opening, facing=self.mirrored), docx=docx
        )

    def _leading(self, text: etree._Element | None, size: float) -> float:
        """The distance of lines where there is no grid, in points (17.3.1.33)."""
        try:
            line = float(self.styles.attribute(text, "pPr", "spacing", "line") or 240)
        except ValueError:
            line = 240.0
        if self.styles.attribute(text, "pPr", "spacing", "lineRule") in ("exact", "atLeast"):
            return line / 20
        return size * 1.3 * line / 240

    @property
    def mirrored(self) -> bool:
        """Do left and right pages differ in their margins?"""
        return self.settings is not None and on(self.settings.find(f"{W}mirrorMargins"))

    @property
    def even_odd(self) -> bool:
        """Do left and right pages have heads of their own?"""
        return self.settings is not None and on(self.settings.find(f"{W}evenAndOddHeaders"))

    def layout(self, layout: Layout) -> Layout:
        """*layout* with the template's page."""
        return self.page.over(layout, self.mirrored)

    def faces(self, faces: Faces, body: Role) -> Faces:
        """*faces* with those of the template's text, headings and code."""
        text = self.styles.find("paragraph", "Body Text")
        text = text if text is not None else self.styles.find("paragraph", "Normal")
        east, latin = self.styles.face(text, "eastAsia"), self.styles.face(text, "ascii")
        names = {Role.SERIF: "serif", Role.SANS: "sans", Role.KAI: "kai", Role.FANGSONG: "fangsong"}
        if east:
            faces = replace(faces, **{names.get(body, "serif"): east})
        faces = replace(faces, latin=latin or faces.latin)
        head = self.styles.find("paragraph", "heading 1")
        bold = self.styles.face(head, "eastAsia") if head is not None else ""
        if bold and bold != east:
            faces = replace(
                faces, sans=bold, title="", latin_sans=self.styles.face(head, "ascii") or faces.latin_sans
            )
        code = self.styles.find("paragraph", "Source Code")
        return replace(
            faces, mono=(self.styles.face(code, "ascii") if code is not None else "") or faces.mono
        )

    def left_open(self, families: Mapping[Role, str], faces: Faces, findings: Findings) -> dict[Role, str]:
        """Those of the fonts that are to go along whose places the template's own *faces* have not taken."""
        names = faces.names()
        for family in families.values():
            if family not in names:
                message = f"{family} does not go along: the template has a face of its own there"
                findings.info(Code.TEMPLATE_DROPPED, Place(self.opened.name), message)
        return {role: family for role, family in families.items() if family in names}

    def fitted(self, sheet: Sheet, layout: Layout) -> Fitted:
        """*sheet* with the measures of those styles that the template has, and which those are."""
        mapped = map_styles(self.styles, sheet)
        paragraphs = {
            ident: self.styles.laid_over(ours, mapped.found[ident], layout.pitch)
            if ident in mapped.found
            else ours
            for ident, ours in sheet.paragraphs.items()
        }
        counting = frozenset(
            ident
            for ident, style in mapped.found.items()
            if ident.startswith("ListBullet") and self._counts(style)
        )
        return Fitted(self, mapped, replace(sheet, paragraphs=paragraphs, counting=counting), layout)

    def _counts(self, style: etree._Element) -> bool:
        """Has the style a list of its own that is there?"""
        number = value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
        lists = self.numbers if self.numbers is not None else ()
        return bool(number) and any(one.get(f"{W}numId") == number for one in lists)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A template fitted to a book: `sheet` has the measures of its styles."""

    template: Template
    styles: StyleMap
    sheet: Sheet
    layout: Layout

    def merged(
        self, stories: Iterable[str], numbering: Numbering, body: Role, language: tuple[str, str]
    ) -> Merged:
        """The style sheet for *stories*, all parts with text; lists of its own are added to *numbering*."""
        used = dict.fromkeys(name for story in stories for name in _USED.findall(story))
        lists = Lists(self.template.numbers, numbering, self.styles.ids)
        return merge(self.template.styles, self.styles, self.sheet, self.layout, lists, used, body, language)

    def surroundings(self, drawing: Callable[[], int], words: Mapping[str, str]) -> Surroundings | None:
        """Its headers and footers, None where it has none; *drawing* gives fresh ids, *words* what fields show."""
        one = self.template
        return surroundings(
            one.opened, one.sections, one.fonts, self.styles.new, drawing, words, even_odd=one.even_odd
        )

    def tell(self, merged: Merged, findings: Findings) -> None:
        """Say what the template lacks, and what of it is not taken along."""
        place = Place(self.template.opened.name)
        if merged.lacks:
            names = ", ".join(merged.lacks)
            message = f"the template lacks {len(merged.lacks)} styles that the book uses: {names}"
            findings.info(
                Code.TEMPLATE_STYLES, place, message, "they are filled in; the manual tells their names"
            )
        if merged.slanted:
            names = ", ".join(merged.slanted)
            message = f"the template has italics in {names}: taken out, as Han is never slanted"
            findings.info(Code.TEMPLATE_STYLES, place, message, "set them in Kai there")
        if self.template.page.size is None:
            message = "the template has no page that can be: the theme's is taken"
            findings.info(Code.TEMPLATE_STYLES, place, message, "set its page in Word")
        for what in self.template.opened.left:
            findings.warn(Code.TEMPLATE_DROPPED, place, f"{what} of the template are not taken along")


def open_template(data: bytes, name: str, language: str, faces: Faces) -> Template:
    """The template *data*, a file called *name*, for a book in *language*; *faces* where it names none.

    Raises BookError for what is no Word file, is broken, protected or unpacks to too much.
    """
    opened = open_package(data, name)
    sheet = opened.part("styles")
    if sheet is None:
        raise opened.broken("this Word file has no styles")
    colours = opened.part("theme")
    fonts = theme_fonts(colours, language, faces)
    numbers = opened.part("numbering")
    for root in (sheet, numbers):
        if root is not None:
            fonts.settle(root)
    body = opened.root(opened.document).find(f"{W}body")
    sections = list(body.iter(f"{W}sectPr")) if body is not None else []
    return Template(
        opened,
        TemplateStyles(sheet),
        template_page(sections),
        sections,
        fonts,
        colours,
        opened.part("settings"),
        numbers,
        opened.part("fontTable"),
    )
