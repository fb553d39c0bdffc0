"""The Word edition: a file that Chinese editors keep working in, from Manuscript to bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from convert.diagnostics import Findings
from convert.model.nodes import Generated, GeneratedKind
from convert.model.outline import Outline
from convert.model.title import title_lines
from convert.model.walk import query
from convert.numbering.schemes import book_title
from convert.records import replace
from convert.theme import Role
from convert.writers.base import Manuscript
from convert.writers.docx import heads
from convert.writers.docx.base import base_of
from convert.writers.docx.blocks import BlockMaker
from convert.writers.docx.contents import contents_xml
from convert.writers.docx.dress import dress
from convert.writers.docx.embedding import wanted_faces, with_embedded
from convert.writers.docx.fonts import faces_for, word_language
from convert.writers.docx.furniture import Furniture, colophon_page, furniture_for, furniture_of, title_page
from convert.writers.docx.headings import HeadingNumbers, heading_numbers
from convert.writers.docx.layout import layout_for, printed_size
from convert.writers.docx.notekind import NOTES
from convert.writers.docx.notes import notes_part
from convert.writers.docx.numbering import Numbering
from convert.writers.docx.pages import PageCount
from convert.writers.docx.paragraph import body_surround
from convert.writers.docx.parts import (
    app_properties,
    core_properties,
    custom_properties,
    settings_part,
)
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.sections import FROM_ONE, ROMAN, SectionLook, Sections, section_xml
from convert.writers.docx.sheet import HeadingPlan, make_sheet
from convert.writers.docx.story import Relations, Shared
from convert.writers.docx.survey import survey
from convert.writers.docx.xml import DECLARATION, NAMESPACES

if TYPE_CHECKING:
    from convert.writers.docx.template import Fitted, Template

__all__ = ["DocxWriter"]


class DocxWriter:
    """Writes a DOCX in the terms of ECMA-376 (transitional), for Word 2013 and later, WPS and LibreOffice."""

    name = "docx"
    suffix = ".docx"

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file; the same manuscript gives the same bytes."""
        from convert.writers.docx.package import Parts, pack

        manuscript, template = _dressed(manuscript)
        shared, fitted = _shared(manuscript, template, findings)
        theme, metadata = manuscript.theme, manuscript.document.metadata
        relations, note_relations = Relations(), Relations()
        runs = RunMaker(shared, relations)

        text_start = manuscript.outline.text_start
        brought = fitted.surroundings(shared.next_drawing, _words(manuscript)) if fitted is not None else None
        furniture = (
            _furniture(manuscript, shared, runs) if brought is None else furniture_of(brought, text_start)
        )
        has_contents = _shows_contents(manuscript, shared)
        sections = _sections(shared, furniture, text_start, has_contents, chapters=brought is None)

        maker = BlockMaker(shared, manuscript.outline, findings, relations, runs, sections)
        maker.blocks(manuscript.document.blocks, body_surround(shared))
        maker.finish()
        _take_pages(manuscript, shared)
        notes = shared.fill_folios(notes_part(shared, manuscript.outline, findings, note_relations))
        document = shared.fill_folios(_document(manuscript, shared, maker, furniture.front, sections))
        stories = [document, notes, *furniture.headers.values(), *furniture.footers.values()]
        main = document.encode("utf-8")
        dressed = dress(shared, stories, fitted, manuscript.fonts, findings)
        del document, stories  # they are the largest things there are
        base = base_of(manuscript)
        return pack(
            Parts(
                document=main,
                styles=dressed.styles,
                settings=settings_part(
                    shared.layout,
                    shared.cjk,
                    word_language(shared.language),
                    shared.notes,
                    has_math=shared.survey.has_math,
                    even_odd=shared.even_odd if brought is None else brought.even_odd,
                    track=theme.docx.track,
                    kept=dressed.settings,
                ),
                numbering=dressed.numbering,
                fonts=dressed.fonts,
                theme=dressed.theme,
                notes={f"{shared.notes.element}s": notes},
                core=core_properties(metadata, shared.language, manuscript.timestamp, base),
                app=app_properties(metadata),
                custom=custom_properties(metadata, base),
                base=base if theme.docx.base != "none" else None,
                headers=furniture.headers,
                footers=furniture.footers,
                document_relations=relations,
                note_relations=note_relations,
                images=manuscript.images,
                pictures=furniture.pictures,
                embedded=dressed.embedded,
            )
        )

    def beside(self, manuscript: Manuscript) -> Mapping[str, bytes]:
        """The base of the edition, for who keeps it: Word files lose parts on their way through other programs."""
        docx = manuscript.theme.docx
        wanted = docx.base == "beside" or (docx.track and docx.base != "none")
        base = base_of(manuscript) if wanted else None
        return {".base.json": base.text.encode("utf-8")} if base is not None else {}


def _language(manuscript: Manuscript) -> str:
    return manuscript.document.metadata.language or manuscript.terms.language


def _dressed(manuscript: Manuscript) -> tuple[Manuscript, Template | None]:
    """The template that the book names, opened, and the manuscript with the measures of its text."""
    if manuscript.reference is None:
        return manuscript, None
    from convert.writers.docx.template import open_template

    language = _language(manuscript)
    faces = faces_for(manuscript.theme, language)
    template = open_template(manuscript.reference.data, manuscript.reference.name, language, faces)
    return replace(manuscript, theme=template.theme(manuscript.theme)), template


def _shared(
    manuscript: Manuscript, template: Template | None, findings: Findings
) -> tuple[Shared, Fitted | None]:
    """What all stories of the file share, and the template fitted to it."""
    theme = manuscript.theme
    language = _language(manuscript)
    layout, faces = layout_for(theme), faces_for(theme, language)
    embedded = wanted_faces(theme.docx, manuscript.fonts, findings)
    faces = with_embedded(faces, embedded)
    if template is not None:
        layout, faces = template.layout(layout), template.faces(faces, Role(theme.font.body))
        embedded = template.left_open(embedded, faces, findings)
    numbering = Numbering(language, layout.em)
    headings = HeadingNumbers()
    if theme.docx.live_numbers:
        headings = heading_numbers(
            manuscript.document, manuscript.outline, theme.numbers, manuscript.terms, numbering
        )
    sheet = make_sheet(theme, layout, faces, language, _heading_plan(manuscript.outline, headings))
    fitted = template.fitted(sheet, layout) if template is not None else None
    shared = Shared(
        embedded=embedded,
        theme=theme,
        terms=manuscript.terms,
        language=language,
        images=manuscript.images,
        sheet=sheet if fitted is None else fitted.sheet,
        layout=layout,
        survey=survey(manuscript.document, manuscript.terms),
        numbering=numbering,
        lists={
            mark.kind: manuscript.listed(mark.kind, theme.docx.contents_depth)
            for mark in query(manuscript.document, Generated)
        },
        pages=PageCount(layout.lines, roman=bool(manuscript.outline.text_start)),
        headings=headings,
        notes=NOTES[theme.note.place],
    )
    return shared, fitted


def _words(manuscript: Manuscript) -> dict[str, str]:
    """What fields in a template's heads show of the book, by the field's name, until Word fills them."""
    metadata, entries = manuscript.document.metadata, manuscript.outline.entries
    title = metadata.title or (entries[0].running if entries else "")
    authors = "，".join(person.name for person in metadata.contributors if person.role == "aut")
    return {"TITLE": title, "STYLEREF": title, "AUTHOR": authors, "SUBJECT": metadata.subtitle}


def _furniture(manuscript: Manuscript, shared: Shared, runs: RunMaker) -> Furniture:
    """Heads and folios of quire's own."""
    theme = manuscript.theme
    pages = theme.page.chapter_opening != "continuous" and theme.running.heads
    title = book_title(manuscript.document, manuscript.outline)
    parts = heads.sections(manuscript.outline, shared.headings, pages=pages, title=title)
    return furniture_for(theme, shared, parts, manuscript.document.metadata.title, runs)


def _heading_plan(outline: Outline, headings: HeadingNumbers) -> HeadingPlan:
    """Which styles the headings need."""
    entries = list(outline.flat())
    beside = {e.level for e in entries if outline.has_parts and e.rank == e.level and not e.run_in}
    run_in = {e.level for e in entries if e.run_in}
    return HeadingPlan(headings.styles, outline.has_parts, tuple(sorted(beside)), tuple(sorted(run_in)))


def _take_pages(manuscript: Manuscript, shared: Shared) -> None:
    """Page numbers of the print edition for those that are counted here, where Word prints on the same page."""
    theme, pages = manuscript.theme, manuscript.pages
    alike = theme.docx.page == theme.page.size and printed_size(theme)
    if pages is not None and alike:
        # Roman figures count from the contents in Word, where the print edition counts the title page too.
        labels = pages.label_of.items()
        shared.folios.update({ident: label for ident, label in labels if label.isdecimal()})


def _shows_contents(manuscript: Manuscript, shared: Shared) -> bool:
    """The contents stand before the text; not where the text asks for them elsewhere."""
    asked = GeneratedKind.CONTENTS in shared.lists
    return bool(manuscript.outline.entries) and manuscript.theme.contents.show and not asked


def _sections(
    shared: Shared, furniture: Furniture, text_start: str, contents: bool, *, chapters: bool
) -> Sections:
    """The sections of the text, before there is any; *chapters* have sections of their own where they open pages."""
    start = {"continuous": "", "page": "nextPage", "recto": "oddPage"}[shared.theme.page.chapter_opening]
    notes = shared.notes.section_xml(shared.cjk)
    return Sections(
        shared.layout,
        notes,
        furniture.body,
        start if chapters else "",
        furniture.opening,
        text_start,
        contents,
        gathers=bool(shared.notes.place),
    )


def _document(
    manuscript: Manuscript, shared: Shared, maker: BlockMaker, front: str, sections: Sections
) -> str:
    """The main story: title page, contents and text."""
    theme, layout = manuscript.theme, shared.layout
    notes = shared.notes.section_xml(shared.cjk)
    out = [f"{DECLARATION}<w:document{NAMESPACES}><w:body>"]
    lines = title_lines(manuscript.document.metadata)
    if lines:
        out.append(title_page(lines, section_xml(layout, notes, SectionLook()), maker.runs))
    if facts := manuscript.colophon():
        section = section_xml(layout, notes, SectionLook(foot=True))
        out.append(colophon_page(facts, section, maker.runs, shared))
    if _shows_contents(manuscript, shared):
        listed = manuscript.listed(GeneratedKind.CONTENTS, theme.docx.contents_depth)
        roman = section_xml(layout, notes, SectionLook(references=front, spare=True, number=ROMAN + FROM_ONE))
        out.append(contents_xml(listed, shared.contents_depth, shared, maker.runs, titled=True))
        out.append(heads.section_paragraph(roman))
    out += maker.out
    maker.out = []  # they are as large as the part itself
    out.append(sections.close())
    out.append("</w:body></w:document>")
    return "".join(out)
