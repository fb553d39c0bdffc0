"""The contents, filled in: nobody has to update a field before the first look (ECMA-376 part 1, 17.16.5.68)."""

from __future__ import annotations

from collections.abc import Sequence

from convert.manuscript import Listed
from convert.writers.docx.captions import sequence_name
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.story import Shared
from convert.writers.docx.xml import escape, field

__all__ = ["captions_xml", "contents_xml"]

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def contents_xml(
    listed: Sequence[Listed],
    depth: int,
    shared: Shared,
    runs: RunMaker,
    marks: str = "",
    *,
    titled: bool = False,
) -> str:
    """The contents as Word's own building block: a TOC field with an entry a heading, below a title with *titled*.

    *marks* are bookmarks that stand before the field.

    Word shows an "update" tab over it and asks nothing on opening, since nothing is marked dirty.
    """
    heading = (
        f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{runs.text(_spaced(shared.terms.contents))}</w:p>'
    )
    rows = [(f"TOC{one.level}", shared.bookmarks.name("_Toc", one.id), one) for one in listed]
    code = f'TOC \\o "1-{max(1, min(depth, 9))}" \\h \\z \\u'
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{heading if titled else ''}"
        f"{_list(rows, code, shared, runs, marks)}</w:sdtContent></w:sdt>"
    )


def captions_xml(listed: Sequence[Listed], word: str, shared: Shared, runs: RunMaker, marks: str) -> str:
    """A list of figures or tables: a TOC field that gathers the captions that count with *word*.

    Captions without numbers are no field of Word's: they are listed with links.
    """
    rows, counted = [], False
    for one in listed:
        numbered = one.id in shared.survey.labels
        prefix, name = ("_Toc", f"{one.id}-caption") if numbered else ("_q", one.id)
        rows.append(("TableofFigures", shared.bookmarks.name(prefix, name), one))
        counted = counted or numbered
    code = f'TOC \\h \\z \\c "{sequence_name(word)}"' if counted else ""
    return _list(rows, code, shared, runs, marks)


def _list(
    rows: Sequence[tuple[str, str, Listed]], code: str, shared: Shared, runs: RunMaker, marks: str
) -> str:
    """A paragraph for each row (style, bookmark, entry), all of them the result of the field *code*."""
    opening, end = marks, ""
    if code:
        opening += (
            f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>{_SEPARATE}'
        )
        end = _END
    out = []
    for at, (style, name, entry) in enumerate(rows, 1):
        page = field(f"PAGEREF {name} \\h", f"<w:r><w:t>{shared.folio(entry.id)}</w:t></w:r>")
        # The space before the leader parts a title that ends in a figure from its page number.
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{opening}'
            f'<w:hyperlink w:anchor="{name}" w:history="1">{runs.text(entry.label)}'
            f'<w:r><w:t xml:space="preserve"> </w:t><w:tab/></w:r>{page}</w:hyperlink>'
            # In a paragraph of its own the field's end would take a line, and after a full page another page.
            f"{end if at == len(rows) else ''}</w:p>"
        )
        opening = ""
    return "".join(out)


def _spaced(word: str) -> str:
    """目录 with an em space between, as two-character headings are set."""
    return "　".join(word) if len(word) == 2 else word
