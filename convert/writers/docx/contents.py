"""The contents, filled in: nobody has to update a field before the first look (ECMA-376 part 1, 17.16.5.68)."""

from __future__ import annotations

from collections.abc import Mapping

from convert.model.outline import Outline
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.story import Shared
from convert.writers.docx.xml import escape, field, run_text

__all__ = ["contents_xml"]

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def contents_xml(
    outline: Outline, pages: Mapping[str, int], depth: int, shared: Shared, runs: RunMaker
) -> str:
    """The contents as Word's own building block: a heading and a TOC field with an entry a heading.

    *pages* gives each heading's page.  Word shows an "update" tab over it and asks nothing on opening,
    since nothing is marked dirty.
    """
    depth = max(1, min(depth, 9))
    code = escape(f'TOC \\o "1-{depth}" \\h \\z \\u')
    opening = f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{_SEPARATE}'
    entries = [entry for entry in outline.flat() if entry.level <= depth]
    out = [
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        '</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>'
        f"{runs.text(_spaced(shared.terms.contents))}</w:p>"
    ]
    for entry in entries:
        name = shared.bookmarks.name("_Toc", entry.id)
        code = f"PAGEREF {name} \\h"
        page = f"<w:r>{run_text(str(pages.get(entry.id, 1)))}</w:r>"
        # The space before the leader parts a title that ends in a figure from its page number.
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr>{opening}'
            f'<w:hyperlink w:anchor="{name}" w:history="1">{runs.text(entry.label)}'
            f'<w:r><w:t xml:space="preserve"> </w:t><w:tab/></w:r>{field(code, page)}'
            "</w:hyperlink></w:p>"
        )
        opening = ""
    out.append(f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>{opening}{_END}</w:p></w:sdtContent></w:sdt>')
    return "".join(out)


def _spaced(word: str) -> str:
    """目录 with an em space between, as two-character headings are set."""
    return "　".join(word) if len(word) == 2 else word
