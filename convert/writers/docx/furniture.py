"""What stands round the text: title page, running heads, folios, sections (ECMA-376 part 1, 17.6, 17.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from convert.model.title import TitleLine, TitleRole
from convert.theme import Theme
from convert.writers.docx.heads import Section
from convert.writers.docx.layout import Layout
from convert.writers.docx.parts import note_properties
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.xml import DECLARATION, NAMESPACES, field, run_text, tag

__all__ = ["Furniture", "furniture_for", "section_xml", "title_page"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """Header and footer parts by relationship id; the references to them, of each section of the text."""

    headers: dict[str, str]
    footers: dict[str, str]
    body: tuple[str, ...]
    front: str


def _style(role: TitleRole) -> str:
    match role:
        case TitleRole.TITLE:
            return "Title"
        case TitleRole.SUBTITLE:
            return "Subtitle"
        case TitleRole.CONTRIBUTOR:
            return "Author"
        case TitleRole.PUBLISHER:
            return "Publisher"
        case TitleRole.DATE:
            return "Date"
        case _:
            assert_never(role)


def title_page(lines: tuple[TitleLine, ...], section: str, runs: RunMaker) -> str:
    """The lines of the title page, the last of which ends its section."""
    out = []
    for at, line in enumerate(lines):
        end = section if at == len(lines) - 1 else ""
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="{_style(line.role)}"/>{end}</w:pPr>{runs.text(line.text)}</w:p>'
        )
    return "".join(out)


def section_xml(
    layout: Layout, cjk: bool, references: str = "", number: str = "", opening: bool = False
) -> str:
    """`w:sectPr` of a section that begins on a new page.

    *references* are its headers and footers, *number* the attributes of `w:pgNumType`; *opening* says
    that its first page has no running head.
    """
    numbers = f"<w:pgNumType{number}/>" if number else ""
    return (
        f"<w:sectPr>{references}<w:footnotePr>{note_properties(cjk)}</w:footnotePr>{tag('type', 'nextPage')}"
        f'{layout.page_xml}{numbers}<w:cols w:space="425"/>{"<w:titlePg/>" if opening else ""}'
        f"{layout.grid_xml}</w:sectPr>"
    )


def _part(root: str, style: str, align: str, content: str) -> str:
    jc = tag("jc", align) if align else ""
    return (
        f'{DECLARATION}<w:{root}{NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/>{jc}</w:pPr>{content}</w:p>'
        f"</w:{root}>"
    )


def _folio(align: str, cached: str) -> str:
    number = '<w:rPr><w:rStyle w:val="PageNumber"/></w:rPr>'
    return _part("ftr", "Footer", align, field("PAGE", f"<w:r>{number}{run_text(cached)}</w:r>", number))


def furniture_for(
    theme: Theme, layout: Layout, parts: Sequence[Section], title: str, runs: RunMaker
) -> Furniture:
    """Heads and folios: the book's title on left pages, the chapter's on right ones, folios outside.

    *parts* are the sections of the text; one without a heading has the book's title on both sides.
    """
    headers: dict[str, str] = {}
    footers: dict[str, str] = {}
    feet: list[str] = []
    front: list[str] = []
    kinds = ("default", "even") if layout.facing else ("default",)
    chapters = [part.content(runs) for part in parts] or [runs.text(title)]
    body = ["" for _ in chapters]
    for at, chapter in enumerate(chapters if theme.running.heads and (parts or title) else ()):
        right = _part("hdr", "Header", "right" if layout.facing else "", chapter)
        left = _part("hdr", "Header", "left", runs.text(title) if title else chapter)
        for kind, head in zip(kinds, (right, left), strict=False):
            ident = next(
                (known for known, other in headers.items() if other == head), f"rIdHeader{len(headers) + 1}"
            )
            headers[ident] = head
            body[at] += f'<w:headerReference w:type="{kind}" r:id="{ident}"/>'
    if theme.running.folios:
        for at, kind in enumerate(kinds, 1):
            side = ("right" if kind == "default" else "left") if layout.facing else ""
            footers[f"rIdFooter{at}"] = _folio(side, str(at))
            footers[f"rIdFooterFront{at}"] = _folio(side, "i" * at)
            feet.append(f'<w:footerReference w:type="{kind}" r:id="rIdFooter{at}"/>')
            front.append(f'<w:footerReference w:type="{kind}" r:id="rIdFooterFront{at}"/>')
        feet.append('<w:footerReference w:type="first" r:id="rIdFooter1"/>')
    return Furniture(headers, footers, tuple(head + "".join(feet) for head in body), "".join(front))
