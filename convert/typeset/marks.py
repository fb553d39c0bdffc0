"""Note marks that are known once the pages are: put into pages that are set, where nothing else changes with them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

from convert.font.face import Face
from convert.records import replace
from convert.theme import Role
from convert.typeset.blocks import BlockSetter
from convert.typeset.frame import GlyphRun, Item, Part, Placed, Turned, Uses, flat, unplaced
from convert.typeset.pieces import UNKNOWN
from convert.typeset.stretch import Made
from convert.typeset.structure import InlineTag

__all__ = ["remarked"]


def remarked(made: Made, marks: Mapping[str, str], setter: BlockSetter) -> Made | None:
    """*made* with other *marks* of its notes; None where it might be set otherwise with them.

    ① and ② are as wide as each other in any font that has both, and a second pass over a book with notes changes
    nothing else.
    """
    exchange = _Exchange(marks, setter)
    bodies = []
    for body in made.bodies:
        items = exchange.items(body.items)
        if items is None:
            return None
        bodies.append(body if items is body.items else replace(body, items=items))
    if not exchange.gone:
        return made
    if any(said in finding.message for _, _, said in exchange.gone for finding in made.findings):
        return None
    uses = exchange.uses(made, (item for body in bodies for item in flat(unplaced(body.items))))
    return replace(made, bodies=tuple(bodies), uses=uses)


_Use = tuple[Face, int, str]


class _Exchange:
    """Exchanges marks, and remembers what is painted no more for it, and what is."""

    def __init__(self, marks: Mapping[str, str], setter: BlockSetter) -> None:
        self._marks = marks
        self._engine = setter.engine
        self._role = setter.sheet.note().role
        self._gids: dict[tuple[Face, str, object, str, bool], int | None] = {}
        self.gone: set[_Use] = set()
        self._come: set[_Use] = set()

    def items(self, items: Sequence[Item]) -> Sequence[Item] | None:
        """*items* with other marks, the same object where none is another; None where that cannot be."""
        if isinstance(items, Placed):
            return self._placed(items)
        out: list[Item] | None = None
        for at, item in enumerate(items):
            new: Item | None = item
            if isinstance(item, GlyphRun):
                if item.tag is not None:
                    new = self._run(item, item.tag)
            elif isinstance(item, Turned):
                inner = self.items(item.items)
                if inner is not item.items:
                    new = None if inner is None else replace(item, items=tuple(inner))
            if new is None:
                return None
            if new is not item:
                out = list(items) if out is None else out
                out[at] = new
        return items if out is None else tuple(out)

    def _placed(self, items: Placed) -> Placed | None:
        """As `items`: strips are looked through where they are, none is moved for it."""
        parts: list[Part] = []
        same = True
        for strip, x, y in items.parts:
            new = self.items(strip)
            if new is None:
                return None
            same = same and new is strip
            parts.append((new, x, y))
        return items if same else Placed(parts)

    def _run(self, run: GlyphRun, tag: InlineTag) -> GlyphRun | None:
        """*run* as it is with the mark that it should be, where it is one."""
        called = tag.parent.note if tag.parent else ""
        note = tag.note or called
        if not note or (mark := self._marks.get(note, UNKNOWN)) == run.texts:
            return run
        key = run.face, run.language, run.texts, mark, bool(called)
        if key not in self._gids:
            role = Role.SERIF if called else self._role
            self._gids[key] = self._engine.exchanged(run, mark, role, word=bool(called))
        gid = self._gids[key]
        if gid is None:
            return None
        self.gone.add((run.face, run.ids[0], str(run.texts)))
        self._come.add((run.face, gid, mark))
        return replace(run, ids=array("H", (gid,)), texts=mark)

    def uses(self, made: Made, items: Iterable[Item]) -> Uses:
        """What *items* use, which are those of *made* but for the marks."""
        uses = {face: set(pairs) for face, pairs in made.uses.items()}
        lost = self.gone - self._come
        for item in items:
            if not lost:
                break
            if isinstance(item, GlyphRun):
                kept = {use for use in lost if use[0] is item.face and use[2] in item.texts}
                lost -= {
                    (face, gid, said)
                    for face, gid, said in kept
                    if (gid, said) in zip(item.ids, item.texts, strict=True)
                }
        for face, gid, said in lost:
            uses[face].discard((gid, said))
        for face, gid, said in self._come:
            uses[face].add((gid, said))
        return uses
