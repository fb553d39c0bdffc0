"""Tagging: blocks make structure elements while they are set, and mark their items as the elements' content.

Elements stand in the order of the text.  What stands outside any mark is furniture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from convert.records import replace
from convert.typeset.frame import Begin, End, Item
from convert.typeset.slab import Slab
from convert.typeset.structure import Element, Tag

__all__ = ["Tagger", "marked"]


class Tagger:
    """The structure tree in the making: elements in reading order, each below the one that is open.

    A part of the running text may have a tagger of its own, in which *above* sections are open that stand for
    those of the whole: `take` puts it in.
    """

    def __init__(self, above: int = 0) -> None:
        self.elements: list[Element] = [Element(Tag.DOCUMENT)]
        self._open: list[int] = [0]
        self._sections: list[int] = []
        self.front = self.add(Element(Tag.SECT))
        """The section of what stands before the text; it is filled last."""
        for level in range(1, above + 1):
            self.section(level)

    def add(self, element: Element) -> int:
        """Add *element* below the one that is open; gives its index."""
        self.elements.append(element.below(self._open[-1]))
        return len(self.elements) - 1

    def within(self, element: Element | int) -> _Within:
        """What is added goes below *element*: a new one, or the index of one that is there."""
        return _Within(self._open, element if isinstance(element, int) else self.add(element))

    @contextmanager
    def note(self, ident: str) -> Iterator[None]:
        """What is added belongs to the note *ident*, which hangs where it is called."""
        self.elements.append(Element(Tag.NOTE, id=ident))
        with self.within(len(self.elements) - 1):
            yield

    def section(self, level: int) -> None:
        """A heading of *level* follows: a section begins with it, in the running text, and ends others."""
        if self._open[1:] != self._sections:
            return
        del self._open[level:], self._sections[level - 1 :]
        index = self.add(Element(Tag.SECT))
        self._open.append(index)
        self._sections.append(index)

    @property
    def sections(self) -> tuple[int, ...]:
        """The sections that are open, outermost first."""
        return tuple(self._sections)

    def end_sections(self, below: int = 0) -> None:
        """The running text has ended, or all of its sections but the outermost *below*."""
        self._open = [0, *self._sections[:below]]
        del self._sections[below:]

    def take(self, elements: Sequence[Element], sections: Sequence[int], above: int) -> int:
        """Put in a part of the running text: its *elements*, with the *sections* that it leaves open.

        It was made with *above* sections open, as many as are open now.  Gives by how much the indices of its own elements
        are larger from now on.
        """
        shared = [0, self.front, *self._sections]
        by = len(self.elements) - len(shared)
        places = [*shared, *range(len(self.elements), by + len(elements))]
        own = elements[len(shared) :]
        # Those of the first part, which often is the whole, stand where they stood.
        self.elements += (
            [each if each.parent < 0 else each.below(places[each.parent]) for each in own] if by else own
        )
        self._sections = [places[index] for index in sections]
        self._open = [0, *self._sections]
        return by

    def leaf(self, element: Element, slabs: Sequence[Slab]) -> list[Slab]:
        """*slabs* with all their items marked as the content of a new element."""
        index = self.add(element)
        return [replace(slab, items=marked(index, slab.items)) if slab.items else slab for slab in slabs]


class _Within:
    """An element that is open as long as what stands in a ``with`` is done; gives its index."""

    __slots__ = ("_index", "_open")

    def __init__(self, open_: list[int], index: int) -> None:
        self._open, self._index = open_, index

    def __enter__(self) -> int:
        self._open.append(self._index)
        return self._index

    def __exit__(self, *_: object) -> None:
        self._open.pop()


def marked(index: int, items: Sequence[Item]) -> tuple[Item, ...]:
    """*items* as content of the element *index*."""
    return (Begin(index), *items, End())
