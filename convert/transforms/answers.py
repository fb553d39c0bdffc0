"""Answers gathered where the source says so, with references from exercise to answer and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from convert.model.identity import identify
from convert.model.nodes import (
    Block,
    BulletList,
    CrossReference,
    Division,
    DivisionKind,
    Document,
    Generated,
    GeneratedKind,
    Heading,
    ListItem,
    Node,
    OrderedList,
    Quote,
    ReferenceForm,
    Text,
)
from convert.model.outline import make_outline
from convert.model.walk import plain_text, query, rewrite
from convert.records import dataclass, field, replace
from convert.terms import Terms

__all__ = ["gather_answers"]

_ASKS = (DivisionKind.EXERCISE, DivisionKind.QUESTION)


def gather_answers(document: Document, terms: Terms) -> Document:
    """The document with its answers moved to where ``[ANSWERS]`` stands, in the order of the exercises.

    An answer belongs to the exercise or question that it stands in, or that it follows; one that belongs
    to none stays where it is.  Each ``[ANSWERS]`` takes the answers before it that none has taken yet,
    the last one all that are left.  The exercise then points to its answer, and the answer names its
    exercise; where they come from several chapters, each chapter has a heading.  A document without
    ``[ANSWERS]`` comes back as it is.
    """
    if not any(mark.kind is GeneratedKind.ANSWERS for mark in query(document, Generated)):
        return document
    tops = {entry.id for entry in make_outline(document).flat() if entry.rank <= 1}
    sieve = _Sieve(tops)
    blocks = sieve.sift(document.blocks, None, None)
    places = dict(sieve.places())
    first: dict[str, str] = {}
    for taken in sieve.taken:
        first.setdefault(taken.owner.id, taken.answer.id)

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Generated) and node.kind is GeneratedKind.ANSWERS:
            answers = places.get(node.id, ())
            return _gathered(node, answers, terms) if answers else ()
        if isinstance(node, Division) and node.id in first:
            target = CrossReference(first[node.id], terms.kind(DivisionKind.ANSWER), ReferenceForm.PAGE)
            return replace(node, pointer=(target,))
        return node

    return identify(rewrite(replace(document, blocks=blocks), change, {Generated, Division}))


@dataclass(frozen=True, slots=True)
class _Taken:
    """An answer taken from its place: whose it is, in which chapter, at which item of which list."""

    answer: Division
    owner: Division
    chapter: str
    item: tuple[OrderedList, int] | None


@dataclass(slots=True)
class _Sieve:
    """Takes answers out of blocks.  `marks` tells how many were taken before each ``[ANSWERS]``."""

    tops: set[str]
    taken: list[_Taken] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)
    chapter: str = ""

    def sift(
        self, blocks: Sequence[Block], owner: Division | None, item: tuple[OrderedList, int] | None
    ) -> tuple[Block, ...]:
        """*blocks* without the answers of exercises; *owner* is the exercise round them."""
        out: list[Block] = []
        before: Division | None = None
        for block in blocks:
            asker = before or owner
            if isinstance(block, Division) and block.kind is DivisionKind.ANSWER:
                if asker is None:
                    out.append(block)
                else:
                    self.taken.append(_Taken(block, asker, self.chapter, None if before else item))
                continue
            out.append(self._inside(block, owner, item))
            before = block if isinstance(block, Division) and block.kind in _ASKS else None
        return tuple(out)

    def _inside(self, block: Block, owner: Division | None, item: tuple[OrderedList, int] | None) -> Block:
        match block:
            case Heading() if block.id in self.tops:
                self.chapter = block.id
            case Generated(kind=GeneratedKind.ANSWERS):
                self.marks.append((block.id, len(self.taken)))
            case Division() if block.kind in _ASKS:
                return replace(block, blocks=self.sift(block.blocks, block, None))
            case Division():
                return replace(block, blocks=self.sift(block.blocks, owner, item))
            case Quote():
                return replace(block, blocks=self.sift(block.blocks, owner, item))
            case BulletList():
                return replace(block, items=tuple(self._item(one, owner, item) for one in block.items))
            case OrderedList():
                items = enumerate(block.items, block.start)
                return replace(
                    block, items=tuple(self._item(one, owner, (block, number)) for number, one in items)
                )
            case _:
                pass
        return block

    def _item(self, item: ListItem, owner: Division | None, at: tuple[OrderedList, int] | None) -> ListItem:
        return replace(item, blocks=self.sift(item.blocks, owner, at))

    def places(self) -> Iterator[tuple[str, Sequence[_Taken]]]:
        """For each ``[ANSWERS]`` the answers that it gathers."""
        start = 0
        for number, (mark, count) in enumerate(self.marks, 1):
            end = len(self.taken) if number == len(self.marks) else count
            yield mark, self.taken[start:end]
            start = end


def _gathered(mark: Generated, answers: Sequence[_Taken], terms: Terms) -> Division:
    """The division that stands in the place of *mark*."""
    blocks: list[Block] = []
    by_chapter = len({taken.chapter for taken in answers}) > 1
    for chapter, group in groupby(answers, lambda taken: taken.chapter):
        if by_chapter and chapter:
            title = (CrossReference(chapter, form=ReferenceForm.WHOLE),)
            blocks.append(Heading("", mark.span, 6, title, numbered=False, listed=False))
        for _, own in groupby(group, lambda taken: taken.owner.id):
            blocks.append(_answer(list(own), terms))
    return Division(mark.id, mark.span, DivisionKind.ANSWERS, tuple(blocks))


def _answer(own: Sequence[_Taken], terms: Terms) -> Division:
    """One answer of all that an exercise has: its label names the exercise."""
    first = own[0].answer
    same = plain_text(first.title) == plain_text(own[0].owner.title)
    words = first.title if first.title and not same else (Text(terms.kind(DivisionKind.ANSWER)),)
    title = (CrossReference(own[0].owner.id), Text(terms.caption_gap), *words)
    blocks: list[Block] = []
    for taken in own:
        if taken.item is not None:
            _add_item(blocks, taken, *taken.item, "" if taken.answer is first else taken.answer.id)
        elif taken.answer is first:
            blocks += first.blocks
        else:
            blocks.append(replace(taken.answer, kind=DivisionKind.PLAIN))
    return replace(first, title=title, blocks=tuple(blocks))


def _add_item(blocks: list[Block], taken: _Taken, parent: OrderedList, number: int, ident: str) -> None:
    """The answer to one item of a list, under the item's number."""
    item = ListItem(ident, taken.answer.span, taken.answer.blocks)
    last = blocks[-1] if blocks else None
    if isinstance(last, OrderedList) and not last.id and last.start + len(last.items) == number:
        blocks[-1] = replace(last, items=(*last.items, item))
        return
    made = replace(parent, id="", span=taken.answer.span, items=(item,), start=number)
    blocks.append(made)
