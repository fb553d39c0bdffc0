"""The one place that knows the order: open → read → finish → images → outline → write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from convert import transforms
from convert.beside import Beside, can_fork
from convert.book import (
    Book,
    books_among,
    find_books,
    open_book,
    read_lines,
)
from convert.diagnostics import Code, Finding, Findings, Place, Severity
from convert.editions import Edition, faults_told, output_folder, same_file, write_edition
from convert.errors import OutputError, QuireError
from convert.manuscript import Manuscript
from convert.model.nodes import Document
from convert.model.outline import Outline, make_outline
from convert.preparation import DEFAULT_THEME, book_theme, finished, prepared, read_book, referring, root_of
from convert.readers import markdown
from convert.records import dataclass, replace
from convert.terms import terms_for
from convert.theming import load_theme
from convert.wishes import Settings, Wishes, overridden, wishes_from, with_wishes
from convert.writers import BUILT_IN, PagedWriter, Writer, get_writer

if TYPE_CHECKING:
    from convert.cache import Cache
    from convert.typeset.frame import Frame

__all__ = [
    "DEFAULT_OUT",
    "DEFAULT_SOURCES",
    "Edition",
    "Order",
    "Progress",
    "Report",
    "Settings",
    "build",
    "check",
    "order",
    "outline",
    "prepare",
    "read",
    "write",
]

DEFAULT_SOURCES = "source"
DEFAULT_OUT = "out"
LONG = 100_000
"""Characters of source from which on keeping pieces, or a second process, costs less than it saves."""
Progress = Callable[[str, str], None]
"""Told the book and the edition that is about to be made."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made and what it noticed.

    `exit_status` is 0 when all is well; the status of the first failure (see `convert.errors`); else 1
    for errors in a source, and under *strict* for warnings.  Of several `books` `failed` are those that lack
    an edition, `unmade` those that were not begun because another had failed.
    """

    editions: tuple[Edition, ...]
    findings: tuple[Finding, ...]
    exit_status: int
    unmade: tuple[Path, ...] = ()
    failed: tuple[Path, ...] = ()
    books: int = 1


def read(path: str | Path, *, findings: Findings | None = None) -> Document:
    """The document that *path* holds: a text file of Markdown, or a folder with ``book.toml``.

    Raises SourceError or BookError; what is merely odd goes to *findings*.
    """
    return read_book(open_book(path), {}, Findings() if findings is None else findings)[0]


def prepare(path: str | Path, *, settings: Settings = (), findings: Findings | None = None) -> Manuscript:
    """The finished copy of the book at *path*, as the writers get it: for benchmarks and tools of others."""
    return prepared(
        open_book(path), wishes_from(settings, None), Findings() if findings is None else findings
    )


def write(
    document: Document,
    path: str | Path,
    *,
    to: str | None = None,
    theme: str | None = None,
    settings: Settings = (),
    root: str | Path | None = None,
    findings: Findings | None = None,
) -> Edition:
    """Write *document* to *path* as the format *to*, by default the one its ending names.

    *root* is the folder of the document's images, by default the one its sources lie in.  Raises
    UsageError, BookError, FontError or OutputError; what is merely odd goes to *findings*.
    """
    path = Path(path)
    writer = _writer(to or path.suffix.removeprefix(".") or "?")
    found = Findings() if findings is None else findings
    wishes = wishes_from(settings, theme)
    folder = Path(root) if root is not None else root_of(document)
    document = replace(document, metadata=with_wishes(document.metadata, wishes))
    shown = overridden(load_theme(theme or DEFAULT_THEME), wishes.theme_keys, Place("--set"))
    manuscript = referring(finished(document, shown, folder, found), wishes)
    return write_edition(writer, manuscript, path, path.stem, found)


def outline(path: str | Path, *, findings: Findings | None = None) -> Outline:
    """The outline of the book at *path*, as every edition shows it."""
    found = Findings() if findings is None else findings
    book = open_book(path)
    theme = book_theme(book, wishes_from((), None), found)
    document, _ = read_book(book, {}, found)
    terms = terms_for(document.metadata.language)
    return make_outline(transforms.finish(document, theme, terms, found))


def build(
    sources: Sequence[str | Path] = (),
    *,
    out: str | Path = DEFAULT_OUT,
    to: Sequence[str] = tuple(BUILT_IN),
    settings: Settings = (),
    theme: str | None = None,
    strict: bool = False,
    progress: Progress | None = None,
    cache: bool = True,
) -> Report:
    """Every edition of every book, one after the other: ``out/NAME.docx``, ``.epub``, ``.pdf``.

    *sources* are text files of Markdown, folders with ``book.toml``, and folders of either; none means
    every book under ``source/``, or the samples that are installed with quire where there is no such
    folder.  A book or an edition that fails does not stop the others: the report tells.  Raises
    UsageError and BookError for a call that makes no sense, and OutputError when *out* is no folder
    that can be written to; then nothing has been done.  With *cache* a long book's pieces are kept
    for the next build (see `convert.cache`).  `convert.build` can do it in many processes.
    """
    paths, asked = order(sources, out=out, to=to, settings=settings, theme=theme, strict=strict, cache=cache)
    job = asked.job(progress)
    for path in paths:
        job.book(path)
    return job.report(strict)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of every book of a build: checked, and fit to be sent to another process."""

    wishes: Wishes
    to: tuple[str, ...]
    out: Path
    strict: bool
    cache: bool = True

    def made(self, path: Path, progress: Progress | None = None, hands: int = 1) -> Report:
        """The editions of the one book at *path*, made by as many as *hands* processes."""
        job = self.job(progress, hands)
        job.book(path)
        return job.report(self.strict)

    def job(self, progress: Progress | None = None, hands: int = 1) -> _Job:
        """A build that has done nothing yet."""
        writers = [_writer(name) for name in self.to]
        told = progress or (lambda book, edition: None)
        return _Job(self.wishes, writers, self.out, told, Findings(), [], [], self.cache, hands)


def order(
    sources: Sequence[str | Path] = (),
    *,
    out: str | Path = DEFAULT_OUT,
    to: Sequence[str] = tuple(BUILT_IN),
    settings: Settings = (),
    theme: str | None = None,
    strict: bool = False,
    cache: bool = True,
) -> tuple[tuple[Path, ...], Order]:
    """The books that a call of `build` is about, and what it asks of each; *out* is made where it is not there.

    Raises what `build` raises.
    """
    wishes = wishes_from(settings, theme)
    names = tuple(dict.fromkeys(to))
    for name in names:
        _writer(name)
    load_theme(theme or DEFAULT_THEME)
    paths = books_among(sources) if sources else find_books(_default_folder())
    return paths, Order(wishes, names, output_folder(Path(out)), strict, cache)


def check(
    sources: Sequence[str | Path] = (),
    *,
    settings: Settings = (),
    theme: str | None = None,
    strict: bool = False,
) -> Report:
    """All that can be told of each book without making an edition; see `convert.checks`.

    Takes what `build` takes; the findings of the report stand in the order of the source.  Raises
    UsageError and BookError for a call that makes no sense.
    """
    wishes = wishes_from(settings, theme)
    load_theme(theme or DEFAULT_THEME)
    paths = books_among(sources) if sources else find_books(_default_folder())
    job = _Job(wishes, [], Path(), lambda book, edition: None, Findings(), [], [])
    for path in paths:
        job.check(path)
    return Report((), tuple(sorted(job.findings, key=_by_place)), job.exit_status(strict))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one edition: itself or its failure, as a finding and an exit status, and what was noticed."""

    edition: Edition | None
    findings: tuple[Finding, ...]
    failure: tuple[Finding, int] | None


@dataclass(frozen=True, slots=True)
class _Job:
    """A build under way."""

    wishes: Wishes
    writers: list[Writer]
    out: Path
    progress: Progress
    findings: Findings
    editions: list[Edition]
    failures: list[int]
    cache: bool = False
    hands: int = 1

    def book(self, path: Path) -> None:
        """Make every edition of one book; a failure is noted, also one that nobody foresaw."""
        try:
            with faults_told(Place(str(path)), "the book"):
                book = open_book(path)
                manuscript = prepared(book, self.wishes, self.findings)
        except QuireError as error:
            self._failed(error)
            return
        store = _store(manuscript) if self.cache else None
        manuscript = replace(manuscript, store=store)
        frame = self._frame(book, manuscript)
        if frame is not None:
            manuscript = _with_pages(manuscript, frame)
        for outcome in self._outcomes(book, manuscript, frame):
            self._take(outcome)
        if store is not None:
            store.tidy()

    def _outcomes(self, book: Book, manuscript: Manuscript, frame: Frame | None) -> list[_Outcome]:
        """What comes of each writer, in their order; of a long book the pages are painted beside the others."""
        work = [partial(self._outcome, book, writer, manuscript, frame) for writer in self.writers]
        paged = [isinstance(writer, PagedWriter) for writer in self.writers]
        if self.hands < 2 or frame is None or all(paged) or not (_is_long(manuscript) and can_fork()):
            return [do() for do in work]
        apart = [do for do, is_paged in zip(work, paged, strict=True) if is_paged]
        beside = Beside(lambda: [do() for do in apart])
        try:
            here = iter([do() for do, is_paged in zip(work, paged, strict=True) if not is_paged])
            there = iter(beside.answer())
        finally:
            beside.end()
        return [next(there if is_paged else here) for is_paged in paged]

    def _outcome(self, book: Book, writer: Writer, manuscript: Manuscript, frame: Frame | None) -> _Outcome:
        """The edition of one writer, or why there is none."""
        self.progress(book.name, writer.name)
        found = self.findings.apart()
        try:
            edition = self._edition(book, writer, manuscript, frame, found)
        except QuireError as error:
            return _Outcome(None, tuple(found), (error.finding, error.exit_status))
        return _Outcome(edition, tuple(found), None)

    def _take(self, outcome: _Outcome) -> None:
        for finding in outcome.findings:
            self.findings.add(finding)
        if outcome.edition is not None:
            self.editions.append(outcome.edition)
        if outcome.failure is not None:
            self.findings.add(outcome.failure[0])
            self.failures.append(outcome.failure[1])

    def check(self, path: Path) -> None:
        """Check one book; a failure is noted."""
        from convert import checks

        try:
            book = open_book(path)
            theme = book_theme(book, self.wishes, self.findings)
            document, _ = read_book(book, self.wishes.repairs, self.findings)
            lines = {name: read_lines(Path(name)) for name in document.sources}
            checks.check_document(document, lines, self.findings)
            for name, text in lines.items():
                checks.check_run_ins("\n".join(text), name, markdown.skeleton, self.findings)
            document = replace(document, metadata=with_wishes(document.metadata, self.wishes))
            checks.check_glyphs(finished(document, theme, book.root, self.findings), self.findings)
        except QuireError as error:
            self._failed(error)

    def _frame(self, book: Book, manuscript: Manuscript) -> Frame | None:
        """The pages, when an edition shows them and there is another that shall share or know them.

        Where they cannot be laid out, the edition that needs them tries again by itself and says why.
        """
        paged = next((writer for writer in self.writers if isinstance(writer, PagedWriter)), None)
        if paged is None or len(self.writers) == 1:
            return None
        self.progress(book.name, paged.name)
        found = Findings()
        with suppress(Exception):
            frame = _compose(manuscript, found)
            for finding in found:
                self.findings.add(finding)
            return frame
        return None

    def _edition(
        self, book: Book, writer: Writer, manuscript: Manuscript, frame: Frame | None, findings: Findings
    ) -> Edition:
        path = self.out / (book.name + writer.suffix)
        if any(edition.path == path for edition in self.editions):
            hint = "build one of them into another folder"
            raise OutputError(Code.OUTPUT_UNWRITABLE, Place(str(path)), "two books have this name", hint)
        if any(same_file(path, Path(source.name)) for source in book.sources):
            hint = "build into another folder"
            raise OutputError(Code.OUTPUT_UNWRITABLE, Place(str(path)), "this is a source of the book", hint)
        return write_edition(writer, manuscript, path, book.name, findings, frame)

    def _failed(self, error: QuireError) -> None:
        self.findings.add(error.finding)
        self.failures.append(error.exit_status)

    def exit_status(self, strict: bool) -> int:
        if self.failures:
            return self.failures[0]
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return int(any(finding.severity in grave for finding in self.findings))

    def report(self, strict: bool) -> Report:
        return Report(tuple(self.editions), tuple(self.findings), self.exit_status(strict))


# ---------------------------------------------------------------- the steps


class _Booklet:
    """The pages of the PDF edition on sheets to fold and staple: what the press does after the writer."""

    name = "booklet"
    suffix = "-booklet.pdf"

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        return self.paint(_compose(manuscript, findings), manuscript, findings)

    def paint(self, frame: Frame, manuscript: Manuscript, findings: Findings) -> bytes:
        from convert.imposition import impose as impose_pages

        pages = cast(PagedWriter, get_writer("pdf")).paint(frame, manuscript, findings)
        name = manuscript.document.metadata.title or self.name
        return impose_pages(pages, manuscript.theme.impose, name, findings)[0]


def _writer(name: str) -> Writer:
    return _Booklet() if name == _Booklet.name else get_writer(name, (_Booklet.name,))


def _default_folder() -> Path:
    """``source/`` here, else the samples inside the installed package."""
    here, installed = Path(DEFAULT_SOURCES), Path(__file__).parent / "_data" / "source"
    return here if here.is_dir() or not installed.is_dir() else installed


def _compose(manuscript: Manuscript, findings: Findings) -> Frame:
    """The pages of the print edition."""
    from convert.typeset.composition import compose

    return compose(manuscript, findings)


def _with_pages(manuscript: Manuscript, frame: Frame) -> Manuscript:
    """*manuscript* with the places where the pages of *frame* begin."""
    from convert.typeset.starts import page_map

    return replace(manuscript, pages=page_map(frame, manuscript.document, manuscript.store))


def _store(manuscript: Manuscript) -> Cache | None:
    """The cache, for a book that is long enough to be worth it, unless the environment wants none."""
    if not _is_long(manuscript):
        return None
    from convert.cache import Cache, is_off

    return None if is_off() else Cache()


def _is_long(manuscript: Manuscript) -> bool:
    return sum(len(source.text) for source in manuscript.sources) >= LONG


def _by_place(finding: Finding) -> tuple[str, int, int]:
    return finding.place.file, finding.place.line, finding.place.column
