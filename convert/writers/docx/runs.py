"""From the model's inlines to runs, fields and links (ECMA-376 part 1, 17.3.2, 17.16)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from convert.model.nodes import (
    Abbreviation,
    Blank,
    Code,
    CrossReference,
    Emphasis,
    ExternalTarget,
    Highlight,
    Image,
    IndexMark,
    Inline,
    InternalTarget,
    LineBreak,
    Link,
    LinkTarget,
    Math,
    NoteReference,
    PageMark,
    ReferenceForm,
    Ruby,
    RunIn,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from convert.records import dataclass, field, replace
from convert.terms import primary_language
from convert.theme import Role
from convert.units import half_points
from convert.writers.docx.drawing import drawing_xml, fitted_size
from convert.writers.docx.fonts import EAST_ASIAN_FACES, word_language
from convert.writers.docx.hints import has_ambiguous, split_hints, split_scripts
from convert.writers.docx.looks import PLAIN, USUAL, Look, emphasized, inner, styled, verbatim
from convert.writers.docx.math import is_low, math_run
from convert.writers.docx.pages import width_in_ems
from convert.writers.docx.story import Relations, Shared
from convert.writers.docx.xml import escape, field_halves, run_text, tag
from convert.writers.docx.xml import field as complex_field

__all__ = ["MARK_END", "RunMaker"]

MARK_END = "\0mark\0"
"""Where the bookmark of a paragraph is to end, when not at its end."""


_HINTED = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
_FIRST_NOTE = 'noteReference w:id="1"'
_DOTTED_STYLES = ("Emphasis", "EmphasisDots")
_MONO_STYLES = ("VerbatimChar", "FormulaSource")

Segment = tuple[str, Look | None]
"""Text with its look, or XML with None."""


@dataclass(slots=True)
class RunMaker:
    """Makes the content of paragraphs in one story.

    `ems` grows by the width of all text made, for the page count.
    """

    shared: Shared
    relations: Relations
    in_note: bool = False
    ems: float = 0.0
    counts: bool = True
    """Widths are wanted: the text is not in a table or a note."""
    nested_notes: list[str] = field(default_factory=list)
    """Notes referred to only inside a note: their text follows in the same note."""
    not_understood: list[str] = field(default_factory=list)
    """Formulas that stand as TeX, for whoever knows their place."""
    in_heading: bool = False
    above: bool = False
    """There is ruby, or there are dots, in the paragraph under way."""
    _noted: bool = False
    """There has been a note in this story."""
    bulky: bool = False
    """There is a picture or a formula in it."""
    _properties: dict[tuple[Look | int, bool], str] = field(default_factory=dict)

    def content(
        self, inlines: Iterable[Inline], size: float, width: int, look: Look = PLAIN, height: int = 0
    ) -> str:
        """The runs of *inlines* in a paragraph of *size* points, *width* twips wide.

        *height* (twips) bounds pictures; 0 means the page's depth.
        """
        parts = tuple(inlines)
        if len(parts) == 1 and type(parts[0]) is Text:
            return self._stretch(parts[0].text, look, "", "", self.shared.cjk)
        segments: list[Segment] = []
        tallest = (height or self.shared.layout.depth) / 20
        self._collect(parts, look, segments, (size, width / 20, tallest))
        return self._runs(_parted(segments) if self._noted else segments)

    def text(self, text: str, look: Look = PLAIN) -> str:
        """Runs of plain text."""
        return self._runs([(text, look)])

    # ------------------------------------------------------------ segments to runs

    def _runs(self, segments: list[Segment]) -> str:
        cjk = self.shared.cjk
        if len(segments) == 1 and segments[0][1] is not None:
            return self._stretch(segments[0][0], segments[0][1], "", "", cjk)
        out = []
        for at, (text, look) in enumerate(segments):
            if look is None:
                out.append(text)
            elif look.emphasis or has_ambiguous(text):
                out.append(self._stretch(text, look, *_neighbours(segments, at), cjk))
            elif text:
                if self.counts:
                    self.ems += width_in_ems(text)
                out.append(f"<w:r>{self.properties(look, False)}{run_text(text)}</w:r>")
        return "".join(out)

    def _stretch(self, text: str, look: Look, before: str, after: str, cjk: bool) -> str:
        if not text:
            return ""
        if self.counts:
            self.ems += width_in_ems(text)
        if look.emphasis:
            han, latin = emphasized(look)
            return "".join(
                self._hinted(part, han if east else latin, before, after, cjk)
                for part, east in split_scripts(text)
            )
        return self._hinted(text, look, before, after, cjk)

    def _hinted(self, text: str, look: Look, before: str, after: str, cjk: bool) -> str:
        if look.verbatim or not has_ambiguous(text):
            return f"<w:r>{self.properties(look, False)}{run_text(text)}</w:r>"
        return "".join(
            f"<w:r>{self.properties(look, hint)}{run_text(part)}</w:r>"
            for part, hint in split_hints(text, before, after, cjk)
        )

    def properties(self, look: Look, hint: bool) -> str:
        """`w:rPr` for a look, empty when there is nothing to say; children in the schema's order."""
        if look is PLAIN:
            return _HINTED if hint else ""
        if look.dots or look.style in _DOTTED_STYLES:
            self.above = True
        # The looks that most text has are always the same objects: quicker to tell apart than by their fields.
        key = (id(look) if id(look) in USUAL else look), hint
        known = self._properties.get(key)
        if known is None:
            known = self._properties[key] = self._make_properties(look, hint)
        return known

    def _make_properties(self, look: Look, hint: bool) -> str:
        sheet, faces = self.shared.sheet, self.shared.sheet.faces
        attribute, language = word_language(look.language) if look.language else ("", "")
        east = ""
        if look.bold:
            east = faces.sans
        if look.kai:
            east = faces.kai
        if attribute == "eastAsia":
            local = EAST_ASIAN_FACES.get(primary_language(look.language))
            if local and primary_language(look.language) != primary_language(self.shared.language):
                east = local[1] if look.bold else local[0]
        fonts = ' w:hint="eastAsia"' if hint else ""
        if look.verbatim and look.style not in _MONO_STYLES:
            fonts += faces.slots(Role.MONO)
        elif east:
            fonts += f' w:eastAsia="{escape(east)}"'
        ground = self.shared.theme.colour.ground[1:].upper()
        points = sheet.small if look.small else look.points
        size = half_points(points) if points else 0
        out = (
            tag("rStyle", look.style) if look.style else "",
            f"<w:rFonts{fonts}/>" if fonts else "",
            "<w:b/><w:bCs/>" if look.bold else "",
            "<w:i/><w:iCs/>" if look.italic else "",
            "<w:strike/>" if look.strike else "",
            "<w:noProof/>" if look.verbatim and look.style not in _MONO_STYLES else "",
            tag("sz", size) + tag("szCs", size) if size else "",
            tag("u", "single") if look.underline else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if look.shade else "",
            tag("vertAlign", look.raised) if look.raised else "",
            tag("em", "dot") if look.dots else "",
            f'<w:lang w:{attribute}="{escape(language)}"/>' if attribute else "",
        )
        inner = "".join(out)
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""

    # ------------------------------------------------------------ inlines to segments

    def _collect(
        self, inlines: Iterable[Inline], look: Look, out: list[Segment], room: tuple[float, float, float]
    ) -> None:
        for node in inlines:
            if type(node) is Text:
                out.append((node.text, look))
            else:
                self._add(node, look, out, room)

    def _add(self, node: Inline, look: Look, out: list[Segment], room: tuple[float, float, float]) -> None:
        match node:
            case Text(text) | Abbreviation(text):
                out.append((text, look))
            case SoftBreak():
                out.append((" ", look))
            case LineBreak():
                out.append(("<w:r><w:br/></w:r>", None))
                self.ems += 10.0  # about a third of a line is lost
            case Code(text):
                out.append((text, verbatim(look)))
            case Math(tex):
                out.append(self._math(tex, look))
            case Ruby():
                self._ruby(node, look, out, room[0])
            case NoteReference(note):
                out.append((self._note(note), None))
            case CrossReference():
                self._reference(node, look, out)
            case Blank(ems):
                out.append((_space(ems), replace(look, underline=True, emphasis=False)))
            case Image():
                out.append((self._image(node, room[1], room[2]), None))
            case IndexMark():
                self.shared.folios.setdefault(node.id, self.shared.pages.folio)
                out.append((_hidden_field(_entry_code(node)), None))
            case PageMark():
                pass  # Word counts its own pages
            case Link(target=target):
                start, end = self._link(target, node.title)
                out.append((start, None))
                self._collect(node.children, styled(look, "Hyperlink"), out, room)
                out.append((end, None))
            case (
                Emphasis()
                | Strong()
                | Strikethrough()
                | Highlight()
                | Superscript()
                | Subscript()
                | Span()
                | RunIn()
            ):
                self._collect(node.children, inner(node, look), out, room)
            case _:
                assert_never(node)

    def _link(self, target: LinkTarget, title: str) -> tuple[str, str]:
        tip = f' w:tooltip="{escape(title[:250])}"' if title else ""
        match target:
            case ExternalTarget(url):
                where = f'r:id="{self.relations.link(url)}"'
            case InternalTarget(ident):
                where = f'w:anchor="{self.shared.bookmarks.name("_q", ident)}"'
            case _:
                assert_never(target)
        return f'<w:hyperlink {where}{tip} w:history="1">', "</w:hyperlink>"

    def _reference(self, node: CrossReference, look: Look, out: list[Segment]) -> None:
        """A REF to a caption's label, or a link where the label is no part of the target's text."""
        self._label(node, look, out)
        if node.form is not ReferenceForm.PAGE:
            return
        before, _, after = self.shared.terms.at_page.partition("{}")
        start, end = field_halves(f"PAGEREF {self.shared.bookmarks.name('_q', node.target)} \\h")
        look = replace(look, style="PageReference")
        page = f"<w:r>{self.properties(look, False)}<w:t>{self.shared.folio(node.target)}</w:t></w:r>"
        out += [(before, look), (f"{start}{page}{end}", None), (after, look)]
        self.ems += 1.0

    def _label(self, node: CrossReference, look: Look, out: list[Segment]) -> None:
        if not node.label:
            return
        typed, counted = self.shared.survey.labels.get(node.target, ("", ""))
        if counted and typed + counted == node.label:
            name = self.shared.bookmarks.name("_Ref", node.target)
            start, end = field_halves(f"REF {name} \\h")
            out += [(typed, look), (start, None), (counted, look), (end, None)]
            return
        number = self.shared.headings.automatic.get(node.target, "")
        if number and number in node.label:
            # The number as it stands before the heading (17.16.5.51); its words round it are text.
            before, _, after = node.label.partition(number)
            start, end = field_halves(f"REF {self.shared.bookmarks.name('_Ref', node.target)} \\n \\h")
            out += [(before, look), (start, None), (number, look), (end, None), (after, look)]
            return
        anchor = self.shared.bookmarks.name("_q", node.target)
        out.append((f'<w:hyperlink w:anchor="{anchor}" w:history="1">', None))
        out.append((node.label, look))
        out.append(("</w:hyperlink>", None))

    def _math(self, tex: str, look: Look) -> Segment:
        """A formula as Word's own; where that cannot be, and in headings, whose text the contents show, its TeX."""
        made = None if self.in_heading else math_run(tex)
        if made is None:
            if not self.in_heading:
                self.not_understood.append(tex)
            return tex, replace(verbatim(look), style="FormulaSource")
        self.ems += len(tex) / 3
        if is_low(made):
            self.above = True
        else:
            self.bulky = True
        return made, None

    def _image(self, image: Image, measure: float, tallest: float) -> str:
        asset = self.shared.images[image.source]
        if self.shared.layout.vertical:
            measure, tallest = tallest, measure
        size = fitted_size(image, asset, measure, tallest)
        self.bulky = True
        lines = size[0 if self.shared.layout.vertical else 1] * 20 / self.shared.layout.pitch
        if lines > 2 and not self.in_note:
            self.shared.pages.keep(lines + 1)
        self.shared.pages.add(max(0.0, lines - 1))
        relation = self.relations.image(image.source)
        return f"<w:r>{drawing_xml(image, size, self.shared.next_drawing(), relation)}</w:r>"

    def _ruby(self, node: Ruby, look: Look, out: list[Segment], size: float) -> None:
        """`w:ruby`, half the size of its base (ECMA-376 part 1, 17.3.3.25; CLREQ 5.5.1)."""
        self.above = True
        base_size, ruby_size = half_points(size), half_points(size / 2)
        tongue = word_language(look.language or self.shared.language)[1]
        for segment in node.segments:
            if not segment.text:
                out.append((segment.base, look))
                continue
            self.ems += max(width_in_ems(segment.base), width_in_ems(segment.text) / 2)
            small = tag("sz", ruby_size) + tag("szCs", ruby_size)
            properties = (
                tag("rubyAlign", "center")
                + tag("hps", ruby_size)
                + tag("hpsRaise", base_size - 2)
                + tag("hpsBaseText", base_size)
                + f'<w:lid w:val="{escape(tongue)}"/>'
            )
            above = f"<w:r><w:rPr>{small}</w:rPr>{run_text(segment.text)}</w:r>"
            below = (
                f"<w:r>{self.properties(replace(look, emphasis=False), False)}{run_text(segment.base)}</w:r>"
            )
            out.append(
                (
                    f"<w:r><w:ruby><w:rubyPr>{properties}</w:rubyPr><w:rt>{above}</w:rt>"
                    f"<w:rubyBase>{below}</w:rubyBase></w:ruby></w:r>",
                    None,
                )
            )

    def _note(self, note: str) -> str:
        """A reference mark: a real note the first time, NOTEREF after that (17.16.5.36)."""
        shared = self.shared
        mark = f'<w:rPr><w:rStyle w:val="{shared.notes.mark_style}"/></w:rPr>'
        if note not in shared.survey.notes:
            return ""
        if note in shared.note_numbers or self.in_note:
            if note not in shared.note_numbers:
                if note not in self.nested_notes:
                    self.nested_notes.append(note)
                return ""
            name = shared.bookmarks.name("_Ref", f"note_{note}")
            shown = f"<w:r>{mark}{run_text(shared.notes.shown(shared.note_pages.get(note, 1)))}</w:r>"
            return complex_field(f"NOTEREF {name} \\f \\h", shown, mark)
        self._noted = True
        number = shared.note_numbers[note] = len(shared.note_numbers) + 1
        shared.notes_on_page[shared.pages.page] += 1
        shared.note_pages[note] = shared.notes_on_page[shared.pages.page] if shared.notes.by_page else number
        run = f'<w:r>{mark}<w:{shared.notes.element}Reference w:id="{number}"/></w:r>'
        start, end = shared.bookmarks.pair(shared.bookmarks.name("_Ref", f"note_{note}"))
        return start + run + end


def _neighbours(segments: list[Segment], at: int) -> tuple[str, str]:
    """The eight characters of text before a segment, and those of the text after it."""
    before = ""
    for back in range(at - 1, -1, -1):
        text, look = segments[back]
        if look is not None:
            before = (text + before)[-8:]
            if len(before) == 8:
                break
    after = next((text[:8] for text, look in segments[at + 1 :] if look is not None and text), "")
    return before, after


def _parted(segments: list[Segment]) -> list[Segment]:
    """*segments* with `MARK_END` before the character that a note follows, where the paragraph's bookmark ends there.

    On its way through RTF, LibreOffice loses a bookmark that ends beside a note or holds the first one.
    """
    if len(segments) < 2:
        return segments
    at = next(
        (at for at, (xml, look) in enumerate(segments) if look is None and _FIRST_NOTE in xml),
        len(segments) - 1,
    )
    xml, look = segments[at]
    if at < 1 or look is not None or "Reference w:id=" not in xml:
        return segments
    text, before = segments[at - 1]
    if before is None or not text:
        return segments
    return [*segments[: at - 1], (text[:-1], before), (MARK_END, None), (text[-1], before), *segments[at:]]


def _space(ems: float) -> str:
    """Space *ems* wide, to the nearest half em (U+3000 and U+2002)."""
    halves = max(1, round(ems * 2))
    return "　" * (halves // 2) + "\u2002" * (halves % 2)


def _entry_code(mark: IndexMark) -> str:
    """The XE field of a mark (17.16.5.75); a reading, which Word sorts by in Japanese, goes with it."""

    def quoted(terms: Iterable[str]) -> str:
        return ":".join(term.replace("\\", "\\\\").replace(":", "\\:").replace('"', '\\"') for term in terms)

    reading = f' \\y "{quoted(mark.readings)}"' if mark.readings else ""
    return f'XE "{quoted(mark.terms)}"{reading}'


def _hidden_field(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
