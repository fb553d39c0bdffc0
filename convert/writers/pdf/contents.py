"""The content streams of all pages: painted, or as they were kept when the same pages were painted before."""

from __future__ import annotations

from collections.abc import Sequence

from convert.keeping import Store, digest, packed, unpacked
from convert.records import replace
from convert.typeset.frame import Frame, PageRun
from convert.typeset.structure import InlineKind, InlineTag
from convert.writers.pdf.paint import Mark, Painted, Painter

__all__ = ["Contents"]

_KEPT = (Painted, Mark, InlineTag, InlineKind)


class Contents:
    """What the pages of *frame* show, page by page."""

    def __init__(self, frame: Frame, painter: Painter, store: Store | None) -> None:
        self._frame = frame
        self._painter = painter
        self._store = store
        self._run_of = {run.first + at: run for run in frame.runs if run.key for at in range(run.count)}
        self._last: tuple[PageRun, Sequence[Painted]] | None = None

    def page(self, index: int) -> Painted:
        """The page *index*."""
        page = self._frame.pages[index]
        run = self._run_of.get(index)
        painted = self._painter.text(page) if run is None else self._of_run(run)[index - run.first]
        head = self._painter.furniture(page)
        return replace(painted, content=head + painted.content) if head else painted

    def _of_run(self, run: PageRun) -> Sequence[Painted]:
        """The pages of *run*, their text only; runs are asked for one after the other."""
        if self._last is None or self._last[0] is not run:
            self._last = run, self._kept(run) or self._fresh(run)
        return self._last[1]

    def _kept(self, run: PageRun) -> Sequence[Painted] | None:
        piece = self._store.get(self._key(run)) if self._store else None
        pages = None if piece is None else unpacked(piece, _KEPT)
        if not isinstance(pages, list) or len(pages) != run.count:
            return None
        return [_moved(page, run.base) for page in pages]

    def _fresh(self, run: PageRun) -> Sequence[Painted]:
        pages = self._frame.pages[run.first : run.first + run.count]
        painted = [self._painter.text(page) for page in pages]
        if self._store:
            self._store.put(self._key(run), packed([_moved(page, -run.base) for page in painted]))
        return painted

    def _key(self, run: PageRun) -> str:
        page = self._frame.pages[run.first]
        # Right and left pages have margins of their own, and what is painted is told in the codes of the book's fonts.
        side = f"{run.first % 2} {page.height}"
        return digest("painted", run.key, side, self._painter.manner(run.uses, run.images))


def _moved(page: Painted, by: int) -> Painted:
    """*page* in a structure where its elements stand *by* places further on."""
    return replace(page, marks=tuple(replace(mark, element=mark.element + by) for mark in page.marks))
