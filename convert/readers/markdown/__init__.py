"""Markdown source → Document, on Python-Markdown with this dialect's own extensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.book import SourceFile
from convert.collector import collector_off
from convert.diagnostics import Code, Findings, Place
from convert.errors import SourceError
from convert.model.identity import identify
from convert.model.nodes import Block, Document, Heading, Matter, Metadata, Note, SourceSpan
from convert.model.notes import order_notes
from convert.model.walk import plain_text, query
from convert.readers.markdown.clean import MAX_CHARACTERS, clean_lines
from convert.readers.markdown.context import Abbreviated, Context, Reference
from convert.readers.markdown.dialect import read_tree
from convert.readers.markdown.frontmatter import FrontMatter, front_matter
from convert.readers.markdown.includes import Includer, Opener
from convert.readers.markdown.inlines import book_path
from convert.readers.markdown.language import guess_language
from convert.readers.markdown.skeleton import skeleton
from convert.readers.markdown.targets import resolve_targets
from convert.readers.markdown.tree import TreeBuilder
from convert.readers.markdown.unmet import keep_unmet
from convert.records import replace

__all__ = ["FrontMatter", "front_matter", "read", "skeleton"]


@collector_off()
def read(sources: Sequence[SourceFile], findings: Findings, opener: Opener | None = None) -> Document:
    """The document that *sources* make, in order; the first one's front matter is the book's.

    *opener* gives the file at a path of the book's folder, for lines that include one.
    Every block has an id and its lines; notes come in the order of their first reference, and a note
    that nothing calls stays, as text, where it was defined.  Raises SourceError for a source of more than
    64 Mi characters, BookError for front matter that cannot be read.
    """
    metadata = Metadata()
    blocks: list[Block] = []
    notes: list[Note] = []
    ids: dict[str, str] = {}
    pending: dict[str, list[Place]] = {}
    aliases: dict[str, str] = {}
    asked: dict[SourceSpan, str] = {}
    includer = Includer(opener)
    for number, source in enumerate(sources):
        if len(source.text) > MAX_CHARACTERS:
            hint = "split it into chapters"
            raise SourceError(Code.SOURCE_TOO_LARGE, Place(source.name), "the source is too long", hint)
        front = front_matter(source.text, source.name)
        if number == 0:
            metadata = front.metadata
        elif front.lines:
            message = "only the first file's front matter counts; this one is not used"
            findings.warn(Code.FRONT_MATTER, Place(source.name, 1), message, "move it to the first file")
        lines = clean_lines(source.text, source.name, findings)
        context = Context(source.name, findings, lines, front.lines)
        root = read_tree(context)
        includer.take(root, context, source.folder, (_path_of(source),))
        builder = TreeBuilder(root, context, source.folder, ids, pending, aliases)
        blocks += _opening(builder.build(), source.matter)
        notes += builder.notes
        asked |= builder.asked
        _tell_unused(context)
    files = {_path_of(source): source.name for source in sources}
    files = files | {path: name for path, name in includer.files.items() if path not in files}
    document = Document(metadata, tuple(blocks), tuple(notes), tuple(dict.fromkeys(files.values())))
    document = order_notes(identify(keep_unmet(document, asked, findings)))
    document = resolve_targets(document, pending, aliases, files, findings)
    return replace(document, metadata=_completed(document, sources))


def _opening(blocks: tuple[Block, ...], matter: Matter) -> Iterator[Block]:
    """*blocks* of a file whose highest headings open *matter*, but for those that say what they open."""
    top = min((block.level for block in blocks if isinstance(block, Heading)), default=0)
    for block in blocks:
        own = isinstance(block, Heading) and block.level == top and block.matter is Matter.BODY
        yield replace(block, matter=matter) if own and isinstance(block, Heading) else block


def _path_of(source: SourceFile) -> str:
    """Where a source lies in its book, with slashes."""
    name = source.name.replace("\\", "/").rpartition("/")[2]
    return book_path(source.folder, name)


def _tell_unused(context: Context) -> None:
    """Definitions of links and abbreviations that nothing uses: they are in no edition."""
    own: list[Reference | Abbreviated] = [*context.references.values(), *context.abbreviations.values()]
    unused = [(one.label, one.line) for one in own if not one.used and one.file == context.file]
    for label, line in sorted([*unused, *context.repeated], key=lambda item: item[1]):
        message = f"nothing uses this definition of {label}; it is left out"
        context.findings.info(Code.DEFINITION_UNUSED, Place(context.file, line), message, "remove it")
    for part in context.included:
        _tell_unused(part.context)


def _completed(document: Document, sources: Sequence[SourceFile]) -> Metadata:
    """The metadata with a title from the first heading and a language from the writing, where they lack."""
    metadata = document.metadata
    if not metadata.title:
        for heading in query(document, Heading):
            title = " ".join(plain_text(heading.children).split())
            if title:
                subtitle = metadata.subtitle or " ".join(plain_text(heading.subtitle).split())
                metadata = replace(metadata, title=title, subtitle=subtitle, title_from_heading=True)
                break
    if not metadata.language:
        metadata = replace(metadata, language=guess_language("\n".join(s.text for s in sources)))
    return metadata
