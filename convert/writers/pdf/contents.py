"""The content streams of all pages: painted, or as they were kept when the same pages were painted before."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from convert.keeping import Store, digest, packed, unpacked
from convert.records import dataclass, replace
from convert.typeset.frame import Frame, PageRun
from convert.typeset.structure import InlineKind, InlineTag
from convert.writers.pdf.paint import Mark, Painter

__all__ = ["Contents", "Sheet"]

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's content stream, deflated, and its marks in the order of their MCIDs.

    It begins with `head`, the furniture of the page.
    """

    deflated: bytes
    head: bytes
    marks: tuple[Mark, ...]


_KEPT = (Sheet, Mark, InlineTag, InlineKind)


class Contents:
    """What the pages of *frame* show, page by page; each ends with *tail*."""

    def __init__(self, frame: Frame, painter: Painter, store: Store | None, tail: bytes) -> None:
        self._frame = frame
        self._painter = painter
        self._store = store
        self._tail = tail
        self._run_of = {run.first + at: run for run in frame.runs if run.key for at in range(run.count)}
        self._last: tuple[PageRun, Sequence[Sheet]] | None = None

    def page(self, index: int) -> Sheet:
        """The page *index*."""
        run = self._run_of.get(index)
        if run is None:
            return self._painted(index)
        sheet = self._of_run(run)[index - run.first]
        head = self._painter.furniture(self._frame.pages[index])
        if head == sheet.head:
            return sheet
        # The chapter or the number of the page is another now; its text is the same.
        text = zlib.decompress(sheet.deflated)[len(sheet.head) :]
        return Sheet(zlib.compress(head + text, _LEVEL), head, sheet.marks)

    def _painted(self, index: int) -> Sheet:
        page = self._frame.pages[index]
        head, text = self._painter.furniture(page), self._painter.text(page)
        return Sheet(zlib.compress(head + text.content + self._tail, _LEVEL), head, text.marks)

    def _of_run(self, run: PageRun) -> Sequence[Sheet]:
        """The pages of *run*; runs are asked for one after the other."""
        if self._last is None or self._last[0] is not run:
            self._last = run, self._kept(run) or self._fresh(run)
        return self._last[1]

    def _kept(self, run: PageRun) -> Sequence[Sheet] | None:
        piece = self._store.get(self._key(run)) if self._store else None
        sheets = None if piece is None else unpacked(piece, _KEPT)
        if not isinstance(sheets, list) or len(sheets) != run.count:
            return None
        return [_moved(sheet, run.base) for sheet in sheets]

    def _fresh(self, run: PageRun) -> Sequence[Sheet]:
        sheets = [self._painted(index) for index in range(run.first, run.first + run.count)]
        if self._store:
            kept = [_moved(sheet, -run.base) for sheet in sheets]
            self._store.put(self._key(run), packed(kept, deflated=True))
        return sheets

    def _key(self, run: PageRun) -> str:
        page = self._frame.pages[run.first]
        # Right and left pages have margins of their own, and what is painted is told in the codes of the book's fonts.
        side = f"{run.first % 2} {page.height}"
        manner = self._painter.manner(run.uses, run.images)
        return digest("painted", run.key, side, self._tail, manner)


def _moved(sheet: Sheet, by: int) -> Sheet:
    """*sheet* in a structure where its elements stand *by* places further on."""
    return replace(sheet, marks=tuple(replace(mark, element=mark.element + by) for mark in sheet.marks))
