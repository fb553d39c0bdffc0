"""The content files: chapters with their sections and notes, the title page, the cover page."""

from __future__ import annotations

from collections.abc import Mapping

from convert.images import ImageAsset
from convert.model.identity import ascii_id
from convert.model.nodes import Generated, GeneratedKind, Heading, Note, Paragraph
from convert.model.title import TitleRole, title_lines
from convert.model.walk import plain_text, query
from convert.terms import circled
from convert.writers.base import Manuscript
from convert.writers.epub.blocks import BlockWriter
from convert.writers.epub.chapters import Chapter, Plan
from convert.writers.epub.inlines import FileWriter, inlines, reference_id
from convert.writers.epub.markup import attribute, escape, page
from convert.writers.epub.navigation import entry_list, heading_hrefs

__all__ = ["STYLE", "Content", "cover_page", "title_page"]

STYLE = "../style.css"
_SHORT_NOTE = 9
"""Kobo opens a pop-up only for a note of at least this many characters."""


def cover_page(manuscript: Manuscript, language: str, image: str, alt: str) -> str:
    """The page that shows the cover image."""
    body = (
        f'<section epub:type="cover" class="cover">'
        f'<img src="../{image}" alt="{attribute(alt)}" role="doc-cover"/></section>'
    )
    return page(title=manuscript.terms.cover, language=language, style=STYLE, body=body)


def title_page(manuscript: Manuscript, language: str) -> str | None:
    """The title page; None when the title only repeats the first heading (see `title_lines`)."""
    lines = title_lines(manuscript.document.metadata)
    if not lines:
        return None
    shown = [
        f"<h1>{escape(line.text)}</h1>"
        if line.role is TitleRole.TITLE
        else f'<p class="{line.role.value}">{escape(line.text)}</p>'
        for line in lines
    ]
    body = '<section epub:type="titlepage" class="title-page">\n' + "\n".join(shown) + "\n</section>"
    return page(title=manuscript.terms.title_page, language=language, style=STYLE, body=body)


class Content:
    """Renders the chapters of one book."""

    def __init__(
        self,
        manuscript: Manuscript,
        plan: Plan,
        targets: frozenset[str],
        images: Mapping[str, tuple[str, ImageAsset]],
        language: str,
    ) -> None:
        self._manuscript = manuscript
        self._plan = plan
        self._targets = targets
        self._images = images
        self._language = language
        self._notes: dict[str, Note] = {note.id: note for note in manuscript.document.notes}
        self._kinds = {block.kind for block in _generated(manuscript)}

    def chapter(self, chapter: Chapter) -> str:
        """The file of *chapter*, notes at its end."""
        line = FileWriter(chapter.file, self._plan, self._images, self._targets)
        outline, terms = self._manuscript.outline, self._manuscript.terms
        writer = BlockWriter(line, outline, terms, self._lists(chapter.file))
        body = self._sections(writer, chapter)
        return page(title=chapter.title, language=self._language, style=STYLE, body=body)

    def _sections(self, writer: BlockWriter, chapter: Chapter) -> str:
        """The blocks in nested sections, one a listed heading; the first is round the whole file."""
        blocks = self._manuscript.document.blocks
        out: list[str] = []
        open_levels: list[int] = []
        for index in chapter.blocks:
            block = blocks[index]
            entry = self._manuscript.outline.find(block.id) if isinstance(block, Heading) else None
            if entry is not None:
                while open_levels and open_levels[-1] >= entry.level:
                    # The section of the file itself stays open to the end.
                    if len(open_levels) == 1:
                        break
                    open_levels.pop()
                    out.append("</section>")
                label = f' aria-labelledby="{ascii_id(block.id)}"'
                chapter_type = ' epub:type="chapter" role="doc-chapter"' if entry.level == 1 else ""
                # Only the file's own section has a name: each named one is an ARIA region of its own.
                out.append("<section>" if open_levels else f"<section{chapter_type}{label}>")
                open_levels.append(entry.level)
            elif not open_levels:
                out.append("<section>")
                open_levels.append(0)
            if text := writer.block(block):
                out.append(text)
        if not open_levels:
            out.append("<section>")
            open_levels.append(0)
        out += ["</section>"] * (len(open_levels) - 1)
        out += [self._note(writer, name) for name in chapter.notes]
        out.append("</section>")
        return "\n".join(out)

    # ------------------------------------------------------------ notes

    def _note(self, writer: BlockWriter, name: str) -> str:
        """A note in the file of its first mark, after it, with a way back (DPUB-ARIA doc-backlink)."""
        note = self._notes[name]
        number = circled(self._plan.number_of[name])
        start, end = self._backlinks(writer, note, number)
        match note.blocks:
            case (Paragraph(children=children) as first, *rest):
                anchor = writer.line.anchor(first.id)
                parts = [f"<p{anchor}>{start} {inlines(writer.line, children)}{'' if rest else end}</p>"]
                if rest:
                    parts.append(writer.blocks(rest) + (f"<p>{end}</p>" if end else ""))
            case blocks:
                parts = [f"<p>{start}</p>", writer.blocks(blocks) + (f"<p>{end}</p>" if end else "")]
        opening = f'<aside epub:type="footnote" role="doc-footnote" class="note" id="{ascii_id(name)}">'
        return opening + "\n".join(parts) + "</aside>"

    def _backlinks(self, writer: BlockWriter, note: Note, number: str) -> tuple[str, str]:
        """The linked number before the text and, for a note too short for a pop-up, a spelled-out link after."""
        if not writer.line.marks.get(note.id):
            return number, ""  # nothing in the file refers to it (yet): no place to go back to
        terms = self._manuscript.terms
        target = f'epub:type="backlink" role="doc-backlink" href="#{reference_id(note.id, 1)}"'
        start = f'<a {target} aria-label="{attribute(terms.back_to_text)}">{number}</a>'
        if len("".join(plain_text(note.blocks).split())) + 1 >= _SHORT_NOTE:
            return start, ""
        return start, f" <a {target}>〔{escape(terms.back_to_text)}{number}〕</a>"

    # ------------------------------------------------------------ lists made by quire

    def _lists(self, file: str) -> dict[GeneratedKind, str]:
        """The lists that the document asks for, as seen from *file*."""
        terms, out = self._manuscript.terms, {}
        if GeneratedKind.CONTENTS in self._kinds:
            out[GeneratedKind.CONTENTS] = self._contents()
        for kind, word in ((GeneratedKind.FIGURES, terms.figure), (GeneratedKind.TABLES, terms.table)):
            if kind in self._kinds:
                out[kind] = self._captions(file, kind, word)
        return out

    def _contents(self) -> str:
        names = {
            key: href.removeprefix("text/")
            for key, href in heading_hrefs(self._manuscript.outline, self._plan).items()
        }
        if not names:
            return ""
        label = attribute(self._manuscript.terms.contents)
        return (
            f'<nav class="contents" aria-label="{label}">{entry_list(self._manuscript.outline, names)}</nav>'
        )

    def _captions(self, file: str, kind: GeneratedKind, word: str) -> str:
        rows = []
        for entry in self._manuscript.listed(kind):
            href = self._plan.href(entry.id, from_file=file)
            rows.append(f'<li><a href="{href}">{escape(entry.label)}</a></li>')
        return (
            f'<nav class="contents" aria-label="{attribute(word.strip())}"><ol>{"".join(rows)}</ol></nav>'
            if rows
            else ""
        )


def _generated(manuscript: Manuscript) -> list[Generated]:
    return list(query(manuscript.document, Generated))
