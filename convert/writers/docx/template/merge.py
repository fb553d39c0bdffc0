"""One style sheet of the template's styles and those of quire's that it lacks and the book needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from convert.records import dataclass, field, replace
from convert.regex import regex
from convert.theme import Role
from convert.writers.docx.fonts import Faces
from convert.writers.docx.latent import latent_styles
from convert.writers.docx.layout import Layout
from convert.writers.docx.numbering import FIRST_DEFINED
from convert.writers.docx.sheet import ParagraphStyle, Sheet
from convert.writers.docx.styles import character_xml, fixed_styles, is_built_in, paragraph_xml
from convert.writers.docx.template.fonts import SLOTS
from convert.writers.docx.template.lists import Lists
from convert.writers.docx.template.names import folded
from convert.writers.docx.template.opening import W, value
from convert.writers.docx.template.order import place, tidy_style
from convert.writers.docx.template.styles import TemplateStyles, inside, on
from convert.writers.docx.xml import DECLARATION, NAMESPACES, tag

__all__ = ["Merged", "StyleMap", "map_styles", "merge"]

_HEADING = regex(r"Heading[1-9]$")
_FLOWING = regex(r"BodyText|Quote$|List|Definition$|Answer|StudyBlock$|RunIn")
"""Styles of running text, parted from one another as the template's own text is."""
_LINK = regex(r'<w:pStyle w:val="([^"]*)"/>')
_ABSTRACT = regex(r'<w:abstractNum w:abstractNumId="(\d+)"')
_LIST = regex(r"List(?:Bullet|Number)([2-5]?)$")


@dataclass(frozen=True, slots=True)
class StyleMap:
    """Which style of the template stands for which of quire's: by quire's id, and all ids old to new."""

    found: Mapping[str, etree._Element]
    ids: Mapping[str, str]

    def new(self, ident: str) -> str:
        """The id in the book of a style of the template; empty for one that is not there."""
        return self.ids.get(ident, "")


def map_styles(styles: TemplateStyles, sheet: Sheet) -> StyleMap:
    """Find quire's styles among the template's by name, and give those quire's ids."""
    ours = [("paragraph", one.id, one.name) for one in sheet.paragraphs.values()]
    ours += [("character", one.id, one.name) for one in sheet.characters.values()]
    ours += [
        (one.get(f"{W}type", ""), one.get(f"{W}styleId", ""), value(one.find(f"{W}name"))) for one in _fixed()
    ]
    found: dict[str, etree._Element] = {}
    ids: dict[str, str] = {}
    for exact in (True, False):
        for kind, ident, name in ours:
            style = styles.find(kind, name)
            if ident in found or style is None:
                continue
            if exact and folded(value(style.find(f"{W}name"))) != folded(name):
                continue
            old = style.get(f"{W}styleId", "")
            if old not in ids:
                found[ident], ids[old] = style, ident
    taken = {ident for _, ident, _ in ours}
    for style in styles.all:
        old = fresh = style.get(f"{W}styleId", "")
        if old not in ids:
            if old in taken:
                fresh = next(
                    name for n in range(1, len(styles.all) + 2) if (name := f"{old}T{n}") not in taken
                )
            taken.add(fresh)
            ids[old] = fresh
    return StyleMap(found, ids)


@dataclass(slots=True)
class Merged:
    """The part ``styles.xml``; names of styles that the template `lacks`, and those that it had `slanted`."""

    xml: str
    present: frozenset[str]
    """All ids of paragraph styles."""
    counting: frozenset[str]
    """Styles that count by lists of the template's."""
    lacks: list[str] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)

    def linked(self, numbering: str) -> str:
        """The part *numbering* without links of levels to styles that are not there, or count by a list of theirs."""
        return "</w:abstractNum>".join(map(self._linked, numbering.split("</w:abstractNum>")))

    def _linked(self, piece: str) -> str:
        ours = _ABSTRACT.search(piece)
        taken = self.counting if ours is not None and int(ours[1]) < FIRST_DEFINED else frozenset()
        there = self.present - taken
        return _LINK.sub(lambda link: link[0] if link[1] in there else "", piece)


@dataclass(slots=True)
class _Merge:
    """A merge under way."""

    styles: TemplateStyles
    map: StyleMap
    sheet: Sheet
    layout: Layout
    lists: Lists
    lacks: list[str] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    counting: set[str] = field(default_factory=set)

    def given(self, style: etree._Element) -> None:
        """A style of the template's with the book's ids, lists and names."""
        ident = self.map.new(style.get(f"{W}styleId", ""))
        style.set(f"{W}styleId", ident)
        for name in ("basedOn", "next", "link"):
            link = style.find(f"{W}{name}")
            if link is not None:
                link.set(f"{W}val", self.map.new(value(link)))
                if not value(link) or (name == "basedOn" and value(link) == ident):
                    style.remove(link)
        heading = _HEADING.match(ident)
        numbers = style.find(f"{W}pPr/{W}numPr")
        if numbers is not None:
            self._count(style, ident, numbers, bool(heading))
        if heading:
            ours = self.sheet.paragraphs[ident]
            if ours.number:
                place(inside(style, "pPr"), "pPr", _element(ours.number))
            place(inside(style, "pPr"), "pPr", _element(tag("outlineLvl", ours.outline)))
        tidy_style(style)

    def _count(self, style: etree._Element, ident: str, numbers: etree._Element, heading: bool) -> None:
        """Have a style count by its list; headings count by the book's numbers alone."""
        link = numbers.find(f"{W}numId")
        number = self.lists.taken(value(link)) if link is not None and not heading else 0
        if number and link is not None:
            link.set(f"{W}val", str(number))
            self.counting.add(ident)
        else:
            inside(style, "pPr").remove(numbers)

    def named(self, ident: str, name: str, style: etree._Element) -> None:
        """A built-in style under the name by which Word knows it; what it was called stays as an alias."""
        element = style.find(f"{W}name")
        old = value(element)
        if element is None or old == name or not is_built_in(name):
            return
        if folded(old) != folded(name):
            if is_built_in(old):
                return
            aliases = style.find(f"{W}aliases")
            before = value(aliases)
            if aliases is None:
                aliases = etree.SubElement(style, f"{W}aliases")
            aliases.set(f"{W}val", f"{before},{old}" if before else old)
        element.set(f"{W}val", name)
        style.attrib.pop(f"{W}customStyle", "")
        tidy_style(style)

    def upright(self, ident: str, style: etree._Element) -> None:
        """Han is never slanted; emphasis is then shown as quire shows it."""
        if ident == "LatinEmphasis" or not on(self.styles.property(style, "rPr", "i")):
            return
        self.slanted.append(value(style.find(f"{W}name")))
        properties = inside(style, "rPr")
        for name in ("i", "iCs"):
            place(properties, "rPr", _element(f'<w:{name} w:val="0"/>'))
        if ident == "Emphasis":
            ours = _element(f"<w:rPr>{self.sheet.characters[ident].properties}</w:rPr>")
            for child in list(ours):
                place(properties, "rPr", child)

    def tabbed(self, style: etree._Element) -> None:
        """Entries of lists need a stop at the right for their page numbers."""
        tabs = self.styles.property(style, "pPr", "tabs")
        if tabs is None or not any(one.get(f"{W}val") in ("right", "end") for one in tabs):
            stop = f'<w:tab w:val="right" w:leader="middleDot" w:pos="{self.layout.measure}"/>'
            place(inside(style, "pPr"), "pPr", _element(f"<w:tabs>{stop}</w:tabs>"))

    def filled(self, ident: str) -> etree._Element:
        """A style of quire's that the template lacks, under a name that is free."""
        fixed = {one.get(f"{W}styleId", ""): one for one in _fixed()}
        if ident in fixed:
            style = fixed[ident]
        elif ident in self.sheet.characters:
            style = _element(character_xml(self.sheet.characters[ident]))
        else:
            style = _element(
                paragraph_xml(self._plain(self.sheet.paragraphs[ident]), self.sheet, self.layout)
            )
            self._apart(ident, style)
        name = style.find(f"{W}name")
        taken = {folded(value(one.find(f"{W}name"))) for one in self.styles.all}
        if name is not None:
            if ident not in fixed:
                self.lacks.append(value(name))
            if folded(value(name)) in taken:
                name.set(f"{W}val", f"{value(name)} (quire)")
                style.set(f"{W}customStyle", "1")
        return style

    def _plain(self, ours: ParagraphStyle) -> ParagraphStyle:
        """A list's style with its indents: those of the list would lose to a first line of the template's text."""
        match = _LIST.match(ours.id)
        return replace(ours, left=200 * int(match[1] or 1), first=-200) if match else ours

    def _apart(self, ident: str, style: etree._Element) -> None:
        """No space around what is no running text, however far apart the template's paragraphs stand."""
        if not _FLOWING.match(ident):
            properties = inside(style, "pPr")
            spacing = properties.find(f"{W}spacing")
            if spacing is None:
                spacing = _element("<w:spacing/>")
            for name in ("beforeLines", "before", "afterLines", "after"):
                if spacing.get(f"{W}{name}") is None:
                    spacing.set(f"{W}{name}", "0")
            if spacing.get(f"{W}line") is None:
                spacing.set(f"{W}line", "240")
                spacing.set(f"{W}lineRule", "auto")
            place(properties, "pPr", spacing)


def merge(
    styles: TemplateStyles,
    mapped: StyleMap,
    sheet: Sheet,
    layout: Layout,
    lists: Lists,
    used: Iterable[str],
    body: Role,
    language: tuple[str, str],
) -> Merged:
    """The style sheet: all of the template's, and of quire's those *used* that it lacks, with what they build on.

    *language* is what `word_language` gave for the book; *body* is the role of its text.
    """
    work = _Merge(styles, mapped, sheet, layout, lists)
    needed = _needed(sheet, used)
    for ident, style in mapped.found.items():
        if ident in needed:
            work.upright(ident, style)
            if (ident.startswith("TOC") and ident != "TOCHeading") or ident == "TableofFigures":
                work.tabbed(style)
        name = sheet.paragraphs[ident].name if ident in sheet.paragraphs else ""
        name = name or (sheet.characters[ident].name if ident in sheet.characters else "")
        if name:
            work.named(ident, name, style)
    for style in styles.all:
        work.given(style)
    new = [work.filled(ident) for ident in needed if ident not in mapped.found]
    present = {style.get(f"{W}styleId", "") for style in (*styles.all, *new)}
    for style in new:
        link = style.find(f"{W}next")
        if link is not None and value(link) not in present:
            style.remove(link)
    root = etree.Element(f"{W}styles", nsmap={"w": W[1:-1]})
    root[:] = [_defaults(styles.root, sheet.faces, body, language), _latent(styles.root), *styles.all, *new]
    _native(root)
    xml = DECLARATION + etree.tostring(root, encoding="unicode")
    return Merged(xml, frozenset(present), frozenset(work.counting), work.lacks, work.slanted)


def _needed(sheet: Sheet, used: Iterable[str]) -> list[str]:
    """The ids in use and what those styles build on, in the order of the sheet, the fixed ones first."""
    wanted = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    waiting = list(used)
    while waiting:
        ident = waiting.pop()
        if ident not in wanted:
            wanted.add(ident)
            if ident in sheet.paragraphs and sheet.paragraphs[ident].based:
                waiting.append(sheet.paragraphs[ident].based)
    order = [one.get(f"{W}styleId", "") for one in _fixed()] + [*sheet.paragraphs, *sheet.characters]
    return [ident for ident in order if ident in wanted]


def _defaults(root: etree._Element, faces: Faces, body: Role, language: tuple[str, str]) -> etree._Element:
    """`w:docDefaults` with a face by name in every slot and the book's language (17.7.5.1)."""
    defaults = root.find(f"{W}docDefaults")
    if defaults is None:
        defaults = _element("<w:docDefaults/>")
    outer = defaults.find(f"{W}rPrDefault")
    if outer is None:
        outer = _element("<w:rPrDefault/>")
        defaults.insert(0, outer)
    properties = outer.find(f"{W}rPr")
    if properties is None:
        properties = etree.SubElement(outer, f"{W}rPr")
    fonts = properties.find(f"{W}rFonts")
    if fonts is None:
        fonts = _element("<w:rFonts/>")
    ours = _element(f"<w:rFonts{faces.slots(body)}/>")
    for slot in SLOTS:
        if not fonts.get(f"{W}{slot}"):
            fonts.set(f"{W}{slot}", ours.get(f"{W}{slot}", ""))
    place(properties, "rPr", fonts)
    given = properties.find(f"{W}lang")
    words = {"val": (given.get(f"{W}val") if given is not None else "") or "en-US", "eastAsia": "zh-CN"}
    words[language[0]] = language[1]
    spoken = _element("<w:lang/>")
    for name, text in (*words.items(), ("bidi", "ar-SA")):
        spoken.set(f"{W}{name}", text)
    place(properties, "rPr", spoken)
    for child in list(defaults):
        if child.tag not in (f"{W}rPrDefault", f"{W}pPrDefault"):
            defaults.remove(child)
    return defaults


def _latent(root: etree._Element) -> etree._Element:
    found = root.find(f"{W}latentStyles")
    return found if found is not None and len(found) else _element(latent_styles())


def _native(root: etree._Element) -> None:
    """Drop what stands in name spaces of later versions: styles do without it."""
    for element in list(root.iter()):
        if not str(element.tag).startswith(W):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in list(element.attrib):
            if not str(name).startswith((W, "{http://www.w3.org/XML/1998/namespace}")):
                del element.attrib[name]
    etree.cleanup_namespaces(root, top_nsmap={"w": W[1:-1]})


def _fixed() -> list[etree._Element]:
    return list(_element(f"<w:styles>{fixed_styles()}</w:styles>"))


def _element(xml: str) -> etree._Element:
    """A piece of our own XML as an element."""
    root = etree.fromstring(f"<root{NAMESPACES}>{xml}</root>")
    return root[0]
