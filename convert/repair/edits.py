"""Edits of a text and what they leave of it: every character of the result knows where it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator, Sequence

from convert.records import dataclass

__all__ = ["Change", "Edit", "Trace"]


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from `start` to `end` of a text give way to `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one pass wants at one place: edits that belong together, and the reason.

    Without edits it is a suspicion: something from `start` to `end` to look at, which no rule can mend.
    """

    start: int
    end: int
    reason: str
    edits: tuple[Edit, ...] = ()

    @classmethod
    def of(cls, reason: str, *edits: Edit) -> Change:
        """The change that *edits*, in order, make."""
        return cls(edits[0].start, edits[-1].end, reason, edits)

    def before(self, text: str) -> str:
        """The characters concerned, as they stand in *text*."""
        return text[self.start : self.end]

    def after(self, text: str) -> str:
        """The same characters once the edits are made."""
        out: list[str] = []
        at = self.start
        for edit in self.edits:
            out += (text[at : edit.start], edit.new)
            at = edit.end
        return "".join(out) + text[at : self.end]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of characters of the result: copied from `origin` on, or `new` put in before `origin`."""

    start: int
    origin: int
    length: int
    new: str = ""


class Trace:
    """The way from an original text to what edits made of it."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self._pieces = [_Piece(0, 0, len(original))]
        self._starts = [0]

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make *edits* of the present text.  ValueError where two of them overlap."""
        ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
        if not ordered:
            return
        out: list[str] = []
        at = 0
        for edit in ordered:
            if edit.start < at:
                raise ValueError(f"two edits overlap at {edit.start}")
            out += (self.text[at : edit.start], edit.new)
            at = edit.end
        out.append(self.text[at:])
        self._pieces = list(_placed(self._edited(ordered)))
        self._starts = [piece.start for piece in self._pieces]
        self.text = "".join(out)

    def _edited(self, edits: Sequence[Edit]) -> Iterator[_Piece]:
        """The pieces after *edits*; their starts are not true yet."""
        at = number = 0
        for edit in edits:
            number = yield from self._cut(at, edit.start, number)
            if edit.new:
                yield _Piece(0, self.origin(edit.start), len(edit.new), edit.new)
            at = edit.end
        yield from self._cut(at, len(self.text), number)

    def _cut(self, start: int, end: int, number: int) -> Generator[_Piece, None, int]:
        """The pieces between two places, the search beginning with piece *number*; gives the last one's."""
        pieces = self._pieces
        while number < len(pieces):
            piece = pieces[number]
            first, last = max(start, piece.start), min(end, piece.start + piece.length)
            if first < last:
                skip = first - piece.start
                if piece.new:
                    yield _Piece(0, piece.origin, last - first, piece.new[skip : last - piece.start])
                else:
                    yield _Piece(0, piece.origin + skip, last - first)
            if piece.start + piece.length > end:
                break
            number += 1
        return number

    def origin(self, offset: int) -> int:
        """Where the character at *offset* of the present text stood in the original.

        For a character that was put in: where the next one after it stood.
        """
        piece = self._pieces[max(0, bisect_right(self._starts, offset) - 1)] if self._pieces else None
        if piece is None:
            return 0
        return piece.origin if piece.new else piece.origin + min(offset - piece.start, piece.length)

    def edits(self) -> Iterator[Edit]:
        """What turns the original into the present text, in its own places: ordered, and none touch."""
        at = 0
        new: list[str] = []
        for piece in self._pieces:
            if piece.new:
                new.append(piece.new)
                continue
            if piece.origin > at or new:
                yield Edit(at, piece.origin, "".join(new))
                new = []
            at = piece.origin + piece.length
        if at < len(self.original) or new:
            yield Edit(at, len(self.original), "".join(new))


def _placed(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """*pieces* with their starts, copies that go on where the last one ended made one with it."""
    at = 0
    held: _Piece | None = None
    for piece in pieces:
        if held is not None and not held.new and not piece.new and held.origin + held.length == piece.origin:
            held = _Piece(held.start, held.origin, held.length + piece.length)
        else:
            if held is not None:
                yield held
            held = _Piece(at, piece.origin, piece.length, piece.new)
        at += piece.length
    if held is not None:
        yield held
