"""The ways into the book: navigation document, NCX, landmarks and guide, all from the one Outline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from convert.model.outline import Outline, OutlineEntry
from convert.numerals import from_roman
from convert.records import dataclass
from convert.terms import Terms, epub_terms_for
from convert.writers.epub.chapters import Plan
from convert.writers.epub.markup import attribute, escape, page
from convert.writers.epub.metadata import Identity
from convert.writers.epub.pages import PageTarget

__all__ = ["Landmark", "Ways", "entry_list", "heading_hrefs", "navigation_document", "ncx"]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that reading systems go to by themselves: `kind` of EPUB 3 and of the EPUB 2 guide."""

    kind: str
    guide_kind: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Ways:
    """What the two tables of contents are made of.

    `hrefs` has the address of every entry by its id; `order` has headings (by id) and page marks as they
    come in the text; `start` is the address of the text, for a book without headings: an empty list is not
    allowed.
    """

    outline: Outline
    hrefs: Mapping[str, str]
    landmarks: Sequence[Landmark]
    order: Sequence[str | PageTarget]
    start: str
    terms: Terms
    who: Identity

    @property
    def pages(self) -> list[PageTarget]:
        """The page marks in order."""
        return [item for item in self.order if isinstance(item, PageTarget)]


def heading_hrefs(outline: Outline, plan: Plan) -> dict[str, str]:
    """Address of every entry from the package's root, by id.

    The first heading of a file is the file: some readers cannot find an id at a file's very start.
    """
    openers = {chapter.opener: chapter.file for chapter in plan.chapters}
    return {entry.id: openers.get(entry.id) or plan.href(entry.id) for entry in outline.flat()}


def entry_list(outline: Outline, hrefs: Mapping[str, str], depth: int = 0) -> str:
    """The outline as nested ``ol``, down to level *depth*; 0 for all of it."""
    return _list(outline.entries, hrefs, depth or outline.depth)


def _list(entries: Iterable[OutlineEntry], hrefs: Mapping[str, str], depth: int) -> str:
    items = []
    for entry in entries:
        deeper = entry.children and entry.level < depth
        inner = f"\n{_list(entry.children, hrefs, depth)}" if deeper else ""
        items.append(f'<li><a href="{hrefs[entry.id]}">{escape(entry.label)}</a>{inner}</li>')
    return "<ol>\n" + "\n".join(items) + "\n</ol>"


def navigation_document(ways: Ways) -> str:
    """``nav.xhtml`` (EPUB 3.3, 7): contents, landmarks and, where pages are marked, their list."""
    terms, words = ways.terms, epub_terms_for(ways.who.language)
    entries = entry_list(ways.outline, ways.hrefs)
    if not ways.outline.entries:
        entries = f"<ol>\n{_link(ways.who.title, ways.start)}\n</ol>"
    marks = [_link(mark.title, mark.href, f' epub:type="{mark.kind}"') for mark in ways.landmarks]
    two = ' class="two"' if len(terms.contents) == 2 else ""
    parts = [
        '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc.title">',
        f'<h1 id="toc.title"{two}>{escape(terms.contents)}</h1>\n{entries}\n</nav>',
        _hidden("landmarks", "", words.landmarks, marks),
    ]
    if pages := [_link(target.label, target.href) for target in ways.pages]:
        parts.append(_hidden("page-list", ' role="doc-pagelist"', words.pages, pages))
    return page(title=terms.contents, language=ways.who.language, style="style.css", body="\n".join(parts))


def _hidden(kind: str, more: str, label: str, links: Iterable[str]) -> str:
    """A list that reading systems show in ways of their own."""
    items = "\n".join(links)
    name = attribute(label)
    return f'<nav epub:type="{kind}"{more} aria-label="{name}" hidden="">\n<ol>\n{items}\n</ol>\n</nav>'


def _link(label: str, href: str, more: str = "") -> str:
    return f'<li><a{more} href="{href}">{escape(label)}</a></li>'


def ncx(ways: Ways) -> str:
    """The EPUB 2 contents (OPF 2.0.1, 2.4.1): the same tree with its true depth, and the same pages."""
    orders = _play_orders(ways)
    points: list[str] = []

    def walk(entries: Iterable[OutlineEntry]) -> None:
        for entry in entries:
            points.append(_point(orders[entry.id], entry.label, ways.hrefs[entry.id]))
            walk(entry.children)
            points.append("</navPoint>")

    walk(ways.outline.entries)
    if not points:
        points = [_point(1, ways.who.title, ways.start), "</navPoint>"]
    pages = ways.pages
    largest = max((int(item.label) for item in pages if _is_number(item.label)), default=0)
    names = "".join(f"<docAuthor><text>{escape(name)}</text></docAuthor>\n" for name in ways.who.authors)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"'
        f' xml:lang="{attribute(ways.who.language)}">\n<head>\n'
        f'<meta name="dtb:uid" content="{attribute(ways.who.identifier)}"/>\n'
        f'<meta name="dtb:depth" content="{max(ways.outline.depth, 1)}"/>\n'
        f'<meta name="dtb:totalPageCount" content="{len(pages)}"/>\n'
        f'<meta name="dtb:maxPageNumber" content="{largest}"/>\n</head>\n'
        f"<docTitle><text>{escape(ways.who.title)}</text></docTitle>\n{names}"
        "<navMap>\n" + "\n".join(points) + f"\n</navMap>\n{_page_list(ways, orders)}</ncx>\n"
    )


def _play_orders(ways: Ways) -> dict[str | PageTarget, int]:
    """The place of every entry and page mark in the order of reading, from 1.

    Without entries the first place is that of the title, which stands for them.
    """
    find = ways.outline.find
    met = [item for item in ways.order if isinstance(item, PageTarget) or find(item)]
    return {item: n for n, item in enumerate(dict.fromkeys((*met, *ways.hrefs)), 1 if ways.hrefs else 2)}


def _page_list(ways: Ways, orders: Mapping[str | PageTarget, int]) -> str:
    """``pageList``, or nothing without pages."""
    targets = []
    for number, target in enumerate(ways.pages, 1):
        kind = _page_kind(target.label)
        label = f"<navLabel><text>{escape(target.label)}</text></navLabel>"
        targets.append(
            f'<pageTarget id="pt{number}" {kind} playOrder="{orders[target]}">{label}'
            f'<content src="{attribute(target.href)}"/></pageTarget>'
        )
    if not targets:
        return ""
    heading = epub_terms_for(ways.who.language).pages
    return (
        f"<pageList>\n<navLabel><text>{escape(heading)}</text></navLabel>\n"
        + "\n".join(targets)
        + "\n</pageList>\n"
    )


def _is_number(label: str) -> bool:
    return label.isascii() and label.isdigit() and len(label) < 9


def _page_kind(label: str) -> str:
    """Kind and value of a page (ANSI/NISO Z39.86-2005, 8.4.3): front matter has small Roman figures."""
    if _is_number(label):
        return f'type="normal" value="{label}"'
    return f'type="front" value="{value}"' if (value := from_roman(label)) else 'type="special"'


def _point(order: int, label: str, href: str) -> str:
    text = f"<navLabel><text>{escape(label)}</text></navLabel>"
    return f'<navPoint id="np{order}" playOrder="{order}">{text}<content src="{attribute(href)}"/>'
