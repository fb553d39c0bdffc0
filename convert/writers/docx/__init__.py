"""The Word edition: a file that Chinese editors keep working in, from Manuscript to bytes."""

from __future__ import annotations

from convert.diagnostics import Findings
from convert.model.nodes import Generated, GeneratedKind
from convert.model.outline import Outline
from convert.model.title import title_lines
from convert.model.walk import query
from convert.theme import Role
from convert.writers.base import Manuscript
from convert.writers.docx.blocks import BlockMaker
from convert.writers.docx.contents import contents_xml
from convert.writers.docx.fonts import faces_for, font_table, word_language
from convert.writers.docx.furniture import Furniture, furniture_for, section_xml, title_page
from convert.writers.docx.headings import HeadingNumbers, heading_numbers
from convert.writers.docx.heads import end_section, sections
from convert.writers.docx.layout import layout_for
from convert.writers.docx.math import MATH_FACE
from convert.writers.docx.notes import footnotes_part
from convert.writers.docx.numbering import Numbering
from convert.writers.docx.pages import PageCount
from convert.writers.docx.paragraph import body_surround
from convert.writers.docx.parts import (
    app_properties,
    core_properties,
    custom_properties,
    settings_part,
    theme_part,
)
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.sheet import HeadingPlan, make_sheet
from convert.writers.docx.story import Relations, Shared
from convert.writers.docx.styles import styles_part
from convert.writers.docx.survey import survey
from convert.writers.docx.xml import DECLARATION, NAMESPACES

__all__ = ["DocxWriter"]


class DocxWriter:
    """Writes a DOCX in the terms of ECMA-376 (transitional), for Word 2013 and later, WPS and LibreOffice."""

    name = "docx"
    suffix = ".docx"

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file; the same manuscript gives the same bytes."""
        from convert.writers.docx.package import Parts, pack

        shared = _shared(manuscript)
        theme, metadata = manuscript.theme, manuscript.document.metadata
        word = word_language(shared.language)
        relations, note_relations = Relations(), Relations()
        runs = RunMaker(shared, relations)

        pages = theme.page.chapter_opening != "continuous" and theme.running.heads
        parts = sections(manuscript.outline, shared.headings, pages=pages)
        begins = frozenset(part.begins for part in parts)
        maker = BlockMaker(shared, manuscript.outline, findings, relations, runs, begins)
        maker.blocks(manuscript.document.blocks, body_surround(shared))
        maker.finish()
        footnotes = footnotes_part(shared, manuscript.outline, findings, note_relations)
        furniture = furniture_for(theme, shared.layout, parts, metadata.title, runs)
        document = shared.fill_folios(_document(manuscript, shared, maker, furniture))
        return pack(
            Parts(
                document=document,
                styles=styles_part(shared.sheet, shared.layout, Role(theme.font.body), word),
                settings=settings_part(shared.layout, shared.cjk, word, shared.survey.has_math),
                numbering=shared.numbering.part(),
                fonts=font_table(shared.sheet.faces, (MATH_FACE,) if shared.survey.has_math else ()),
                theme=theme_part(shared.sheet.faces, theme.colour.accent),
                footnotes=shared.fill_folios(footnotes),
                core=core_properties(metadata, shared.language, manuscript.timestamp),
                app=app_properties(metadata),
                custom=custom_properties(metadata),
                headers=furniture.headers,
                footers=furniture.footers,
                document_relations=relations,
                note_relations=note_relations,
                images=manuscript.images,
            )
        )


def _shared(manuscript: Manuscript) -> Shared:
    """What all stories of the file share."""
    theme = manuscript.theme
    language = manuscript.document.metadata.language or manuscript.terms.language
    layout = layout_for(theme)
    numbering = Numbering(language, layout.em)
    headings = HeadingNumbers()
    if theme.docx.live_numbers:
        headings = heading_numbers(
            manuscript.document, manuscript.outline, theme.numbers, manuscript.terms, numbering
        )
    return Shared(
        theme=theme,
        terms=manuscript.terms,
        language=language,
        images=manuscript.images,
        sheet=make_sheet(
            theme, layout, faces_for(theme, language), language, _heading_plan(manuscript.outline, headings)
        ),
        layout=layout,
        survey=survey(manuscript.document, manuscript.terms),
        numbering=numbering,
        lists={mark.kind: manuscript.listed(mark.kind) for mark in query(manuscript.document, Generated)},
        pages=PageCount(layout.lines),
        headings=headings,
    )


def _heading_plan(outline: Outline, headings: HeadingNumbers) -> HeadingPlan:
    """Which styles the headings need."""
    entries = list(outline.flat())
    beside = {e.level for e in entries if outline.has_parts and e.rank == e.level and not e.run_in}
    run_in = {e.level for e in entries if e.run_in}
    return HeadingPlan(headings.styles, outline.has_parts, tuple(sorted(beside)), tuple(sorted(run_in)))


def _document(manuscript: Manuscript, shared: Shared, maker: BlockMaker, furniture: Furniture) -> str:
    """The main story: title page and contents, each a section of its own, and the sections of the text."""
    theme = manuscript.theme
    layout, cjk, runs = shared.layout, shared.cjk, maker.runs
    out = [f"{DECLARATION}<w:document{NAMESPACES}><w:body>"]
    lines = title_lines(manuscript.document.metadata)
    if lines:
        out.append(title_page(lines, section_xml(layout, cjk), runs))
    if manuscript.outline.entries and theme.contents.show and GeneratedKind.CONTENTS not in shared.lists:
        listed = manuscript.listed(GeneratedKind.CONTENTS)
        roman = section_xml(layout, cjk, furniture.front, ' w:fmt="lowerRoman" w:start="1"')
        out.append(contents_xml(listed, theme.contents.depth, shared, runs, titled=True))
        out.append(f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{roman}</w:pPr></w:p>')
    begin = ' w:start="1"'
    start = 0
    for references, end in zip(furniture.body, (*maker.breaks, len(maker.out)), strict=True):
        out += maker.out[start:end]
        section = section_xml(layout, cjk, references, f' w:fmt="decimal"{begin}', opening=bool(references))
        if end < len(maker.out):
            end_section(out, section)
        else:
            out.append(section)
        start, begin = end, ""
    out.append("</w:body></w:document>")
    return "".join(out)
