"""The ways into the book: navigation document, NCX, landmarks and guide, all from the one Outline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from convert.model.outline import Outline, OutlineEntry
from convert.terms import EpubTerms, Terms
from convert.writers.epub.chapters import Plan
from convert.writers.epub.markup import attribute, escape, page

__all__ = ["Landmark", "entry_list", "heading_hrefs", "navigation_document", "ncx"]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that reading systems go to by themselves: `kind` of EPUB 3 and of the EPUB 2 guide."""

    kind: str
    guide_kind: str
    title: str
    href: str


def heading_hrefs(outline: Outline, plan: Plan) -> dict[str, str]:
    """Address of every entry from the package's root, by id.

    The first heading of a file is the file: some readers cannot find an id at a file's very start.
    """
    openers = {chapter.opener: chapter.file for chapter in plan.chapters}
    return {entry.id: openers.get(entry.id) or plan.href(entry.id) for entry in outline.flat()}


def entry_list(outline: Outline, hrefs: Mapping[str, str]) -> str:
    """The outline as nested ``ol``."""
    return _list(outline.entries, hrefs)


def _list(entries: Iterable[OutlineEntry], hrefs: Mapping[str, str]) -> str:
    items = []
    for entry in entries:
        inner = f"\n{_list(entry.children, hrefs)}" if entry.children else ""
        items.append(f'<li><a href="{hrefs[entry.id]}">{escape(entry.label)}</a>{inner}</li>')
    return "<ol>\n" + "\n".join(items) + "\n</ol>"


def navigation_document(
    outline: Outline,
    hrefs: Mapping[str, str],
    landmarks: Iterable[Landmark],
    terms: Terms,
    words: EpubTerms,
    language: str,
    start: tuple[str, str],
) -> str:
    """``nav.xhtml`` (EPUB 3.3, 7): contents and landmarks.

    *start* is label and address of the one entry that a book without headings shows, as an empty
    list is not allowed.
    """
    entries = entry_list(outline, hrefs) if outline.entries else f"<ol>\n{_link(*start)}\n</ol>"
    marks = "\n".join(
        f'<li><a epub:type="{mark.kind}" href="{mark.href}">{escape(mark.title)}</a></li>'
        for mark in landmarks
    )
    two = ' class="two"' if len(terms.contents) == 2 else ""
    body = (
        '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc.title">\n'
        f'<h1 id="toc.title"{two}>{escape(terms.contents)}</h1>\n{entries}\n</nav>\n'
        f'<nav epub:type="landmarks" aria-label="{attribute(words.landmarks)}" hidden="">\n'
        f"<ol>\n{marks}\n</ol>\n</nav>"
    )
    return page(title=terms.contents, language=language, style="style.css", body=body)


def _link(label: str, href: str) -> str:
    return f'<li><a href="{href}">{escape(label)}</a></li>'


def ncx(
    outline: Outline,
    hrefs: Mapping[str, str],
    *,
    identifier: str,
    title: str,
    authors: Iterable[str],
    language: str,
    start: tuple[str, str],
) -> str:
    """The EPUB 2 contents (OPF 2.0.1, 2.4.1), the same tree with its true depth, in reading order."""
    points: list[str] = []
    order = 0

    def walk(entries: Iterable[OutlineEntry]) -> None:
        nonlocal order
        for entry in entries:
            order += 1
            points.append(_point(order, entry.label, hrefs[entry.id]))
            walk(entry.children)
            points.append("</navPoint>")

    walk(outline.entries)
    if not points:
        points = [_point(1, *start), "</navPoint>"]
    names = "".join(f"<docAuthor><text>{escape(name)}</text></docAuthor>\n" for name in authors)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"'
        f' xml:lang="{attribute(language)}">\n<head>\n'
        f'<meta name="dtb:uid" content="{attribute(identifier)}"/>\n'
        f'<meta name="dtb:depth" content="{max(outline.depth, 1)}"/>\n'
        '<meta name="dtb:totalPageCount" content="0"/>\n<meta name="dtb:maxPageNumber" content="0"/>\n</head>\n'
        f"<docTitle><text>{escape(title)}</text></docTitle>\n{names}"
        "<navMap>\n" + "\n".join(points) + "\n</navMap>\n</ncx>\n"
    )


def _point(order: int, label: str, href: str) -> str:
    text = f"<navLabel><text>{escape(label)}</text></navLabel>"
    return f'<navPoint id="np{order}" playOrder="{order}">{text}<content src="{attribute(href)}"/>'
