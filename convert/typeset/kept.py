"""Stretches kept from build to build: what is known of their pages without their items.

A key names everything that the pages of a stretch depend on; the lines of the source are told from the
stretch's own first line, so that a line more before it changes nothing.  The items themselves are not kept:
they are large, they are wanted only by who paints, and who paints keeps what is painted.  Where they are
wanted nevertheless, the stretch is set again.
"""

from __future__ import annotations

import copyreg
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from convert.diagnostics import Code, Finding, Findings, Place, Severity
from convert.font.face import Face
from convert.font.places import fonts_here
from convert.keeping import Store, digest, packed, unpacked
from convert.manuscript import Manuscript
from convert.model.nodes import ExternalTarget, Heading, Image, InternalTarget, SourceSpan
from convert.model.walk import walk
from convert.records import dataclass
from convert.typeset.blocks import BlockSetter
from convert.typeset.frame import Anchor, Later, LinkArea
from convert.typeset.page import Body
from convert.typeset.stretch import Known, Made, Stretch, set_stretch
from convert.typeset.structure import Element, InlineKind, InlineTag, Tag

__all__ = ["Keeper"]

_KEPT = (
    Anchor,
    Code,
    Element,
    ExternalTarget,
    Finding,
    InlineKind,
    InlineTag,
    InternalTarget,
    LinkArea,
    Place,
    Severity,
    Tag,
)
_FONTS = (Code.FONT_MISSING, Code.FONT_BROKEN)
"""What the catalogue tells, once for a book: it is kept with every stretch, or it might be lost with one."""


class Keeper:
    """Sets stretches of one book, or finds them as they were set before."""

    def __init__(self, store: Store, manuscript: Manuscript, setter: BlockSetter, findings: Findings) -> None:
        self._store = store
        self._manuscript = manuscript
        self._findings = findings
        self._faces: dict[object, Face] = {}
        self._texts: dict[int, tuple[str, _Lines]] = {}
        theme, terms = manuscript.theme, manuscript.terms
        language = setter.sheet.language
        self._book = digest(
            repr(theme), repr(terms), language, repr((fonts_here(manuscript.root), setter.titled))
        )

    def pages(
        self,
        setter: BlockSetter,
        stretch: Stretch,
        known: Known,
        above: int,
        number: int,
        make: Callable[[], Made],
    ) -> Made:
        """The pages of *stretch*, as *make* and `set_stretch` give them."""
        text, lines = self._text(stretch)
        lists = repr(setter.lists) if stretch.told is None else ""
        key = digest("stretch", self._book, text, lists, repr((known, above, number, setter.noting)))
        piece = self._store.get(key)
        made = None if piece is None else self._made(piece, lines, key)
        if made is None:
            made = make()
            self._store.put(key, self._piece(made, lines))
            return _keyed(made, made.bodies, key)
        later = _Again(setter, stretch, known, above, number)
        bodies = tuple(_with_items(body, later.items(at)) for at, body in enumerate(made.bodies))
        return _keyed(made, bodies, key)

    # ------------------------------------------------------------ keys

    def _text(self, stretch: Stretch) -> tuple[str, _Lines]:
        """All that *stretch* says, as a key, and where its lines begin."""
        found = self._texts.get(id(stretch))
        if found is None:
            import pickle

            lines = _Lines()
            out = io.BytesIO()
            pickler = pickle.Pickler(out, 5)
            pickler.dispatch_table = copyreg.dispatch_table.copy()
            pickler.dispatch_table[SourceSpan] = lines.reduced
            pickler.dump((stretch.blocks, stretch.notes, stretch.behind))
            found = self._texts[id(stretch)] = digest(out.getvalue(), *self._around(stretch)), lines
        return found

    def _around(self, stretch: Stretch) -> list[str | bytes]:
        """What else its pages depend on: what the outline says of its headings, and its images."""
        outline, images = self._manuscript.outline, self._manuscript.images
        out: list[str | bytes] = []
        for node in walk(
            (*stretch.blocks, *stretch.notes, *(note for _, lot in stretch.behind for note in lot))
        ):
            if isinstance(node, Heading):
                entry = outline.find(node.id)
                if entry is not None:
                    counts = entry.id == outline.text_start
                    out.append(
                        repr((entry.level, entry.rank, entry.number, entry.gap, entry.running, counts))
                    )
                out.append("heading")
            elif isinstance(node, Image) and (asset := images.get(node.source)) is not None:
                out += [repr((asset.key, asset.width, asset.height, asset.dpi, asset.drawing)), asset.data]
        return out

    # ------------------------------------------------------------ pieces

    def _piece(self, made: Made, lines: _Lines) -> bytes:
        fonts = tuple(finding for finding in self._findings if finding.code in _FONTS)
        return packed(
            (
                [
                    (
                        body.notes,
                        body.opening,
                        body.chapter,
                        body.blank,
                        body.counts,
                        body.overfull,
                        body.places,
                    )
                    for body in made.bodies
                ],
                made.elements,
                made.sections,
                [lines.apart(finding) for finding in made.findings],
                fonts,
                [(face.identity, sorted(pairs)) for face, pairs in made.uses.items()],
                made.images,
            )
        )

    def _made(self, piece: bytes, lines: _Lines, key: str) -> Made | None:
        """The stretch in *piece*, its pages without items."""
        value = unpacked(piece, _KEPT)
        try:
            bodies, elements, sections, findings, fonts, uses, images = value
            made = Made(
                tuple(
                    Body((), notes, opening, chapter, blank, counts, overfull, places)
                    for notes, opening, chapter, blank, counts, overfull, places in bodies
                ),
                elements,
                sections,
                tuple(lines.here(finding) for finding in findings),
                {self._face(*identity): frozenset(pairs) for identity, pairs in uses},
                images,
                key,
            )
        except (TypeError, ValueError):
            return None
        for finding in fonts:
            self._findings.add(finding)
        return made

    def _face(self, path: str, index: int, variations: tuple[tuple[str, float], ...], family: str) -> Face:
        identity = path, index, variations, family
        if identity not in self._faces:
            self._faces[identity] = Face(Path(path), index, variations, family)
        return self._faces[identity]


def _keyed(made: Made, bodies: Sequence[Body], key: str) -> Made:
    return Made(tuple(bodies), made.elements, made.sections, made.findings, made.uses, made.images, key)


def _with_items(body: Body, items: Later) -> Body:
    return Body(
        items, body.notes, body.opening, body.chapter, body.blank, body.counts, body.overfull, body.known
    )


@dataclass(slots=True)
class _Again:
    """A stretch that is set again when somebody wants its items."""

    setter: BlockSetter
    stretch: Stretch
    known: Known
    above: int
    number: int
    made: Made | None = None

    def items(self, at: int) -> Later:
        """The items of its page *at*."""

        def make() -> Sequence[object]:
            if self.made is None:
                self.made = set_stretch(self.setter, self.stretch, self.known, self.above, self.number)
            return self.made.bodies[at].items

        return Later(make)  # type: ignore[arg-type]


class _Lines:
    """Places of a stretch, told by its files in the order in which they come, and lines from the first of each."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[int, int]] = {}

    def reduced(self, span: SourceSpan) -> tuple[type, tuple[int, int, int]]:
        """*span* as a pickle of the stretch has it."""
        number, first = self._files.setdefault(span.file, (len(self._files), span.first))
        return _Span, (number, span.first - first, span.last - first)

    def apart(self, finding: Finding) -> Finding:
        """*finding* as it is kept; a place in none of the files stays as it is."""
        place = finding.place
        if place.file not in self._files:
            return finding
        number, first = self._files[place.file]
        # No line has a number below 1: what is kept of a whole file is told by a line that cannot be.
        line = place.line - first if place.line else _WHOLE
        there = Place(f"\0{number}", line, place.column)
        return Finding(finding.code, finding.severity, there, finding.message, finding.hint)

    def here(self, finding: Finding) -> Finding:
        """The opposite of `apart`."""
        place = finding.place
        if not place.file.startswith("\0"):
            return finding
        file = list(self._files)[int(place.file[1:])]
        line = 0 if place.line == _WHOLE else place.line + self._files[file][1]
        return Finding(
            finding.code, finding.severity, Place(file, line, place.column), finding.message, finding.hint
        )


_WHOLE = -(10**9)


class _Span:
    """Names places in the pickles that keys are made of; nobody reads those."""
