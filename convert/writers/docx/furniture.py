"""What stands round the text: title page, running heads, folios, sections (ECMA-376 part 1, 17.6, 17.10)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import assert_never

from convert.model.title import TitleLine, TitleRole
from convert.records import dataclass
from convert.theme import Theme
from convert.writers.docx.heads import Section
from convert.writers.docx.pages import width_in_ems
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.sheet import indent_xml
from convert.writers.docx.story import Shared
from convert.writers.docx.styles import spacing_xml
from convert.writers.docx.surroundings import Picture, Surroundings
from convert.writers.docx.xml import DECLARATION, NAMESPACES, field, run_text, tag

__all__ = ["Furniture", "colophon_page", "furniture_for", "furniture_of", "title_page"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """Header and footer parts by relationship id; the text's references to them."""

    headers: dict[str, str]
    footers: dict[str, str]
    body: dict[str, str]
    """By the heading that begins a stretch of the text with a head of its own; the first stretch has no name."""
    front: str
    opening: bool
    """The first page of the text, and of each stretch, has no head, or another."""
    pictures: Mapping[str, Mapping[str, Picture]]
    """Pictures in them, by the relationship ids of the part and of the picture."""


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


def colophon_page(lines: Sequence[str], section: str, runs: RunMaker, shared: Shared) -> str:
    """The lines of the copyright page, the last of which ends its section, at the foot of the page.

    Word puts them there by the section's alignment; LibreOffice, which has none, by the space above them.
    """
    layout, style = shared.layout, shared.sheet.paragraphs["Colophon"]
    measure = max(1.0, layout.measure / style.em)
    deep = sum(math.ceil(max(1.0, width_in_ems(line)) / measure) + style.after for line in lines)
    # A line or two stay free, in case that some line is longer than it seems.
    room = max(0, math.floor(layout.lines - deep - 2))
    above = spacing_xml(room, style.after, 0, layout.pitch) if room else ""
    out = []
    for at, line in enumerate(lines, 1):
        properties = ("" if at > 1 else above) + (section if at == len(lines) else "")
        out.append(f'<w:p><w:pPr><w:pStyle w:val="Colophon"/>{properties}</w:pPr>{runs.text(line)}</w:p>')
    return "".join(out)


def _part(root: str, style: str, align: str, content: str, indent: str = "") -> str:
    jc = indent + (tag("jc", align) if align else "")
    return (
        f'{DECLARATION}<w:{root}{NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/>{jc}</w:pPr>{content}</w:p>'
        f"</w:{root}>"
    )


def _folio(align: str, cached: str, form: str, em: int) -> str:
    """A page number; the official form is — 1 — one character in from the edge (GB/T 9704-2012, 7.5)."""
    number = '<w:rPr><w:rStyle w:val="PageNumber"/></w:rPr>'
    shown = field("PAGE", f"<w:r>{number}{run_text(cached)}</w:r>", number)
    if form == "plain":
        return _part("ftr", "Footer", align, shown)
    dash = f"<w:r>{number}{{}}</w:r>"
    shown = dash.format(run_text("— ")) + shown + dash.format(run_text(" —"))
    sides = {"left": (100, 0), "right": (0, 100)}.get(align)
    return _part("ftr", "Footer", align, shown, indent_xml(*sides, 0, em) if sides else "")


def furniture_of(template: Surroundings, text_start: str) -> Furniture:
    """The heads and feet that a template brings; the pages before the heading *text_start* are of the front."""
    return Furniture(
        {ident: story.xml for ident, story in template.headers.items()},
        {ident: story.xml for ident, story in template.footers.items()},
        {"": template.front, text_start: template.body} if text_start else {"": template.body},
        template.front,
        template.opening,
        {ident: story.pictures for ident, story in (template.headers | template.footers).items()},
    )


def furniture_for(
    theme: Theme, shared: Shared, parts: Sequence[Section], title: str, runs: RunMaker
) -> Furniture:
    """Heads and folios: the book's title on left pages, the chapter's on right ones, folios outside.

    *parts* are the stretches of the text with one head each; a text without a heading has the book's title
    on both sides.  On pages that open a chapter the folio stands in the middle.
    """
    headers: dict[str, str] = {}
    footers: dict[str, str] = {}
    feet: list[str] = []
    front: list[str] = []
    facing = shared.layout.facing
    chapters = [part.content(runs, title) for part in parts] or [runs.text(title)]
    body = ["" for _ in chapters]
    for at, chapter in enumerate(chapters if theme.running.heads and (parts or title) else ()):
        right = _part("hdr", "Header", "right" if facing else "", chapter)
        left = _part("hdr", "Header", "left", runs.text(title) if title else chapter)
        for kind, head in (("default", right), ("even", left)) if facing else (("default", right),):
            ident = next(
                (known for known, other in headers.items() if other == head), f"rIdHeader{len(headers) + 1}"
            )
            headers[ident] = head
            body[at] += f'<w:headerReference w:type="{kind}" r:id="{ident}"/>'
    if theme.running.folios:
        form, em = theme.running.folio, shared.sheet.paragraphs["Footer"].em
        sides = (("default", "right"), ("even", "left")) if shared.even_odd else (("default", ""),)
        for at, (kind, side) in enumerate(sides, 1):
            footers[f"rIdFooter{at}"] = _folio(side, str(at), form, em)
            footers[f"rIdFooterFront{at}"] = _folio(side, "i" * at, form, em)
            feet.append(f'<w:footerReference w:type="{kind}" r:id="rIdFooter{at}"/>')
            front.append(f'<w:footerReference w:type="{kind}" r:id="rIdFooterFront{at}"/>')
        footers["rIdFooterOpening"] = _folio("center" if facing else "", "1", form, em)
        feet.append('<w:footerReference w:type="first" r:id="rIdFooterOpening"/>')
    begins = [part.begins for part in parts] or [""]
    references = {begin: head + "".join(feet) for begin, head in zip(begins, body, strict=True)}
    return Furniture(headers, footers, references, "".join(front), bool(headers), {})
