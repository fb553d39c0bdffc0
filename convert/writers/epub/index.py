"""The index as XHTML (EPUB Indexes 1.0; DPUB-ARIA doc-index)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convert.model.nodes import Index, IndexEntry, InternalTarget
from convert.writers.epub.inlines import link_to
from convert.writers.epub.markup import attribute, escape

if TYPE_CHECKING:
    from convert.writers.epub.blocks import BlockWriter

__all__ = ["index"]


def index(writer: BlockWriter, block: Index) -> str:
    """An index whose entries lead to their places.

    A place is told by the page of the print edition where that is known.  Else the only place of an entry
    is its term, and several are counted; the name of each says which it is.
    """
    out = [f'<section epub:type="index" role="doc-index" class="index"{writer.line.anchor(block.id)}>']
    for group in block.groups:
        out.append(f'<div epub:type="index-group"><p class="label">{escape(group.label)}</p>')
        out.append(_entries(writer, group.entries))
        out.append("</div>")
    return "\n".join([*out, "</section>"])


def _entries(writer: BlockWriter, entries: tuple[IndexEntry, ...]) -> str:
    items = "\n".join(_entry(writer, entry) for entry in entries)
    return f'<ul epub:type="index-entry-list">\n{items}\n</ul>'


def _entry(writer: BlockWriter, entry: IndexEntry) -> str:
    term = escape(entry.term)
    folios: dict[str, str] = {}
    for place in entry.places:
        if folio := writer.line.pages.label_of.get(place):
            folios.setdefault(folio, place)
    if folios:
        links = [_locator(writer, place, folio, entry.term) for folio, place in folios.items()]
    elif len(entry.places) == 1:
        more = ' epub:type="index-locator"'
        term, links = link_to(writer.line, InternalTarget(entry.places[0]), term, more), []
    else:
        links = [_locator(writer, place, str(at), entry.term) for at, place in enumerate(entry.places, 1)]
    shown = f'<span epub:type="index-term">{term}</span>'
    if links:
        shown += f'{escape(writer.terms.caption_gap)}<span class="folio">{", ".join(links)}</span>'
    inner = f"\n{_entries(writer, entry.entries)}" if entry.entries else ""
    return f'<li epub:type="index-entry">{shown}{inner}</li>'


def _locator(writer: BlockWriter, place: str, label: str, term: str) -> str:
    name = attribute(f"{term} {label}")
    more = f' epub:type="index-locator" aria-label="{name}"'
    return link_to(writer.line, InternalTarget(place), escape(label), more)
