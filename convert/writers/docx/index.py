"""The index, filled in: an INDEX field over the XE fields in the text (ECMA-376 part 1, 17.16.5.25)."""

from __future__ import annotations

from collections.abc import Iterator

from convert.model.nodes import Index, IndexEntry
from convert.terms import primary_language
from convert.writers.docx.looks import PLAIN, Look
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.sheet import INDEX_LEVELS
from convert.writers.docx.story import Shared
from convert.writers.docx.xml import field_halves

__all__ = ["index_xml"]

_LANGUAGES = {"zh-Hans": 2052, "zh-Hant": 1028, "ja": 1041, "ko": 1042, "en": 1033}
_NUMBER = Look(style="PageReference")


def index_xml(block: Index, shared: Shared, runs: RunMaker, marks: str) -> str:
    """The paragraphs of an index, all of them the result of one field; their pages are those of the page count."""
    kind = primary_language(shared.language)
    yomi = " \\y" if kind == "ja" else ""
    code = f'INDEX \\e "{shared.terms.caption_gap}" \\h "A" \\c "1" \\z "{_LANGUAGES[kind]}"{yomi}'
    opening, end = field_halves(code)
    opening = marks + opening
    out = []
    for style, content in _rows(block, shared, runs):
        out.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{opening}{content}</w:p>')
        opening = ""
    out.append(f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>{opening}{end}</w:p>')
    return "".join(out)


def _rows(block: Index, shared: Shared, runs: RunMaker) -> Iterator[tuple[str, str]]:
    for group in block.groups:
        yield "IndexHeading", runs.text(group.label)
        for entry in group.entries:
            yield from _entry(entry, 1, shared, runs)


def _entry(entry: IndexEntry, level: int, shared: Shared, runs: RunMaker) -> Iterator[tuple[str, str]]:
    content = runs.text(entry.term)
    if entry.places:
        folio = f"<w:t>{shared.folio(*entry.places)}</w:t>"
        content += runs.text(shared.terms.caption_gap, PLAIN)
        content += f"<w:r>{runs.properties(_NUMBER, False)}{folio}</w:r>"
    yield f"Index{min(level, INDEX_LEVELS)}", content
    for inner in entry.entries:
        yield from _entry(inner, level + 1, shared, runs)
