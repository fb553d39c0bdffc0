"""Numbers of headings: given once, for the body, the contents and every reference of all editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from convert.model.nodes import (
    Abbreviation,
    Code,
    CrossReference,
    Document,
    Emphasis,
    Heading,
    HeadingNumber,
    Highlight,
    Inline,
    LineBreak,
    Link,
    Matter,
    Node,
    NumberForm,
    Ruby,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from convert.model.outline import Outline, OutlineEntry, make_outline
from convert.model.walk import plain_text, query, rewrite, walk
from convert.numbering.forms import figures, heading_number
from convert.numbering.schemes import Scheme, book_title, scheme_for
from convert.numbering.typed import Typed, believed
from convert.records import dataclass, field, replace
from convert.terms import Terms
from convert.theme import Theme

__all__ = ["number_headings", "typed_numbers"]


def number_headings(document: Document, theme: Theme, terms: Terms) -> Document:
    """The document with the numbers of its headings, as `numbers.headings` of the theme asks.

    Parts, chapters and appendices count through the book, deeper headings within the one they stand
    under; front and back matter, what is marked as unnumbered, and all below it have no number.  A
    number that the source types is never doubled: it stays and counts (``numbers.typed = "keep"``), taken
    out of the title and kept as the heading's number, or is taken out and replaced by quire's
    (``"strip"``).  A title that is nothing but its number stays as it is.
    """
    scheme = scheme_for(theme.numbers, terms)
    if scheme is None:
        return document
    outline = make_outline(document)
    headings = {heading.id: heading for heading in query(document.blocks, Heading)}
    typed = typed_numbers(outline, headings)
    if theme.numbers.headings == "auto" and typed:
        return document
    title = book_title(document, outline)
    counter = _Counter(
        scheme, headings, typed, theme.numbers.typed, theme.numbers.depth, document.metadata.language
    )
    counter.count(title.children if title else outline.entries, 1 if title else 0, ())
    given = counter.given

    def change(node: Node) -> Node:
        return given.get(node.id, node) if isinstance(node, Heading) else node

    return rewrite(document, change, {Heading}) if given else document


def typed_numbers(outline: Outline, headings: Mapping[str, Heading]) -> dict[str, Typed]:
    """The numbers that the source types at the head of the titles in *outline*, by id."""

    def groups() -> Iterator[dict[str, str]]:
        levels = [outline.entries, *(entry.children for entry in outline.flat() if entry.children)]
        for entries in levels:
            yield {
                entry.id: plain_text(headings[entry.id].children) for entry in entries if entry.id in headings
            }

    return believed(groups())


@dataclass(slots=True)
class _Counter:
    """Counts; `given` gathers the headings that get a number."""

    scheme: Scheme
    headings: Mapping[str, Heading]
    typed: Mapping[str, Typed]
    way: Literal["keep", "strip"]
    depth: int
    language: str
    given: dict[str, Heading] = field(default_factory=dict)
    through: dict[Matter, int] = field(default_factory=dict)
    """Parts, chapters and appendices so far."""

    def count(self, entries: Sequence[OutlineEntry], shift: int, above: tuple[str, ...]) -> None:
        """Number *entries*, siblings under headings whose figures are *above*, and what is below them.

        *shift* is what the rank of a heading is above the rank that the scheme gives it.
        """
        last = 0
        for entry in entries:
            heading = self.headings.get(entry.id)
            if heading is None:  # it opens a paragraph
                continue
            rank = entry.rank - shift
            form = self.scheme.form(entry.matter, max(rank, 1))
            if form is None or not heading.numbered or rank > self.depth:
                continue
            whole = rank <= 1
            before = self.through.get(entry.matter, 0) if whole else last
            count, number = self._number(heading, form, before + 1, above)
            if whole:
                self.through[entry.matter] = count
            last = count
            if number is not None and number != heading.number:
                self._give(heading, number)
            if entry.matter is Matter.PART:
                self.count(entry.children, shift, ())
            else:
                self.count(entry.children, shift, (*above, self._above(entry.matter, whole, count)))

    def _above(self, matter: Matter, whole: bool, count: int) -> str:
        """How deeper headings name this one: 3, or A for an appendix."""
        letter = whole and matter is Matter.APPENDIX
        return figures(count, self.scheme.appendix[0].style) if letter else str(count)

    def _number(
        self, heading: Heading, form: NumberForm, count: int, above: tuple[str, ...]
    ) -> tuple[int, HeadingNumber | None]:
        """What the heading counts, and its number; None where the title says it all."""
        if heading.number is not None and self.way == "keep":
            return heading.number.count, heading.number
        typed = self._typed(heading)
        if typed is not None:
            alone = not plain_text(heading.children)[typed.length :].strip()
            alone = alone or not _is_plain(heading.children, typed.length)
            if self.way == "keep" or alone:
                known = typed.count or count
                return known, None if alone or not typed.count else HeadingNumber(
                    typed.text, known, typed.form
                )
        return count, heading_number(form, count, above, self.language)

    def _typed(self, heading: Heading) -> Typed | None:
        """The number typed in the title; None in one that has given its number away before."""
        return self.typed.get(heading.id) if heading.number is None else None

    def _give(self, heading: Heading, number: HeadingNumber) -> None:
        typed = self._typed(heading)
        children = _without_start(heading.children, typed.length) if typed else heading.children
        self.given[heading.id] = replace(heading, children=children, number=number)


def _is_plain(children: tuple[Inline, ...], length: int) -> bool:
    """The first *length* characters are text and nothing that says more than its characters (ruby, code)."""
    for node in walk(children):
        if length <= 0:
            break
        match node:
            case Text(text):
                length -= len(text)
            case LineBreak() | SoftBreak():
                length -= 1
            case Ruby() | Code() | Abbreviation() | CrossReference() | Link():
                return False
            case _:
                pass
    return True


def _without_start(children: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """*children* without the first *length* characters of their plain text (see `plain_text`)."""
    left = length
    out: list[Inline] = []
    for child in children:
        size = len(plain_text((child,)))
        if left <= 0 or not size:
            out.append(child)
            continue
        out += _cut(child, min(left, size), size)
        left -= size
    return tuple(out)


def _cut(child: Inline, length: int, size: int) -> tuple[Inline, ...]:
    """*child*, which says *size* characters, without the first *length*."""
    if length == size:
        return ()
    match child:
        case Text(text):
            return (Text(text[length:]),)
        case Emphasis() | Strong() | Strikethrough() | Highlight() | Superscript() | Subscript() | Span():
            return (replace(child, children=_without_start(child.children, length)),)
        case _:
            return (child,)
