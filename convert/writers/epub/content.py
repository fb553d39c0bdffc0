"""The content files: chapters with their sections and notes, the title page, the cover page."""

from __future__ import annotations

from collections.abc import Mapping

from convert.images import ImageAsset
from convert.model.identity import ascii_id
from convert.model.nodes import Generated, GeneratedKind, Heading, Note
from convert.model.title import TitleRole, title_lines
from convert.model.walk import query
from convert.records import dataclass
from convert.terms import colophon_terms_for
from convert.writers.base import Manuscript
from convert.writers.epub.blocks import BlockWriter
from convert.writers.epub.chapters import Chapter, Plan
from convert.writers.epub.inlines import FileWriter
from convert.writers.epub.markup import attribute, escape, page
from convert.writers.epub.navigation import entry_list, heading_hrefs
from convert.writers.epub.notes import note_element
from convert.writers.epub.pages import Pages, PageTarget
from convert.writers.epub.profiles import PROFILES
from convert.writers.epub.semantics import partition, section_semantics

__all__ = ["STYLE", "Content", "ContentFile", "colophon_page", "cover_page", "title_page"]

STYLE = "../style.css"
_COVER_RULES = (
    "html,body,section{margin:0;padding:0;text-align:center}"
    "img{max-width:100%;max-height:100%;max-height:98vh;height:auto}"
)
"""The cover is the same in every book, upright in vertical ones too."""


def cover_page(manuscript: Manuscript, language: str, image: str, alt: str) -> str:
    """The page that shows the cover image."""
    body = (
        f'<section epub:type="cover">'
        f'<img src="../{image}" alt="{attribute(alt)}" role="doc-cover"/></section>'
    )
    return page(title=manuscript.terms.cover, language=language, style="", body=body, rules=_COVER_RULES)


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


def colophon_page(manuscript: Manuscript, language: str) -> str | None:
    """The copyright page (EPUB SSV copyright-page); None when there is nothing to say."""
    lines = manuscript.colophon()
    if not lines:
        return None
    inner = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    body = f'<section epub:type="copyright-page" class="colophon">\n{inner}\n</section>'
    title = colophon_terms_for(language).title
    return page(title=title, language=language, style=STYLE, body=body)


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A content file, and what was met while it was written.

    `formulas` counts those that stand in it as MathML; `refused` are those that stand in it as TeX; `order`
    are its headings, by id, and its page marks.
    """

    text: str
    formulas: int = 0
    refused: frozenset[str] = frozenset()
    order: tuple[str | PageTarget, ...] = ()

    @property
    def pages(self) -> bool:
        """Printed pages begin in it."""
        return any(isinstance(item, PageTarget) for item in self.order)

    @property
    def properties(self) -> tuple[str, ...]:
        """What the manifest says of it (EPUB 3.3, D.6)."""
        return ("mathml",) if self.formulas else ()


class Content:
    """Renders the chapters of one book."""

    def __init__(
        self,
        manuscript: Manuscript,
        plan: Plan,
        targets: frozenset[str],
        images: Mapping[str, tuple[str, ImageAsset]],
        language: str,
        pages: Pages,
    ) -> None:
        self._manuscript = manuscript
        self._plan = plan
        self._targets = targets
        self._images = images
        self._language = language
        self._pages = pages
        self._profile = PROFILES[manuscript.theme.epub.profile]
        self._notes: dict[str, Note] = {note.id: note for note in manuscript.document.notes}
        self._kinds = {block.kind for block in _generated(manuscript)}

    def chapter(self, chapter: Chapter) -> ContentFile:
        """The file of *chapter*, notes at its end."""
        outline, terms = self._manuscript.outline, self._manuscript.terms
        line = FileWriter(
            chapter.file, self._plan, self._images, self._targets, self._profile, self._pages, terms
        )
        writer = BlockWriter(line, outline, terms, self._lists(chapter.file))
        body = self._sections(writer, chapter)
        kind = partition(self._manuscript.document.blocks, chapter.blocks.start, outline)
        text = page(title=chapter.title, language=self._language, style=STYLE, body=body, partition=kind)
        return ContentFile(text, line.formulas, frozenset(line.refused), tuple(line.order))

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
                # Only the file's own section has a name: each named one is an ARIA region of its own.
                out.append("<section>" if open_levels else f"<section{section_semantics(entry)}{label}>")
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
        out += [note_element(writer, self._notes[name]) for name in chapter.notes]
        out.append("</section>")
        return "\n".join(out)

    # ------------------------------------------------------------ lists made by quire

    def _lists(self, file: str) -> dict[GeneratedKind, str]:
        """The lists that the document asks for, as seen from *file*."""
        terms, out = self._manuscript.terms, {}
        if GeneratedKind.CONTENTS in self._kinds:
            out[GeneratedKind.CONTENTS] = self._contents()
        for kind, word in (
            (GeneratedKind.FIGURES, terms.figure),
            (GeneratedKind.TABLES, terms.table),
            (GeneratedKind.LISTINGS, terms.listing),
        ):
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
        theme = self._manuscript.theme
        depth = theme.epub.contents_depth or theme.contents.depth
        entries = entry_list(self._manuscript.outline, names, depth)
        return f'<nav class="contents" aria-label="{label}">{entries}</nav>'

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
