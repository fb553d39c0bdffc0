"""The tree of elements → the model, block by block, with its lines."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from convert.diagnostics import Code as Finding
from convert.model.nodes import (
    AnswerLines,
    Attributes,
    Block,
    BulletList,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Division,
    DivisionKind,
    Figure,
    Generated,
    GeneratedKind,
    Heading,
    Inline,
    LineBlock,
    ListItem,
    MathBlock,
    Matter,
    Note,
    NumberDelimiter,
    OrderedList,
    PageBreak,
    Paragraph,
    Quote,
    SourceSpan,
    Table,
    Text,
    ThematicBreak,
)
from convert.model.walk import plain_text
from convert.readers.markdown.attributes import Given, parse_attributes
from convert.readers.markdown.context import Context
from convert.readers.markdown.inlines import InlineBuilder
from convert.readers.markdown.kinds import division_kind
from convert.readers.markdown.patterns import CAPTION
from convert.readers.markdown.tables import table_rows

__all__ = ["TreeBuilder"]

_INFO = re.compile(r"\{?\.?([^\s{},]*)")
_UNNUMBERED = frozenset(("unnumbered", "-", "nonumber"))
_MATTERS = {matter.value: matter for matter in Matter if matter is not Matter.BODY}


class TreeBuilder:
    """Makes the blocks of one file.  `ids` holds the ids given so far in the book; `notes` what was made."""

    def __init__(self, root: Element, context: Context, folder: str, ids: dict[str, str]) -> None:
        self.root = root
        self.context = context
        self.ids = ids
        self.notes: list[Note] = []
        self.definitions = {
            note.get("label", ""): note for note in root.iter("note") if not note.get("again")
        }
        self.called = _called(root, self.definitions)
        note_ids = {label: self._free_id(f"fn-{label}") for label in self.definitions if label in self.called}
        self.inlines = InlineBuilder(context, folder, note_ids, {}, self._inline_note)

    def build(self) -> tuple[Block, ...]:
        """The blocks of the file; its notes are in `notes` then."""
        blocks = self._blocks(self.root)
        for label, element in self.definitions.items():
            if label in self.called:
                content = self._blocks(element)
                self.notes.append(Note(self.inlines.note_ids[label], self._span(element), content))
        return blocks

    # ------------------------------------------------------------ ids and lines

    def _span(self, element: Element) -> SourceSpan:
        first = int(element.get("first", "1"))
        return SourceSpan(self.context.file, first, max(first, int(element.get("last", "1"))))

    def _free_id(self, wanted: str) -> str:
        name, count = wanted, 1
        while name in self.ids:
            count += 1
            name = f"{wanted}-{count}"
        self.ids[name] = ""
        return name

    def _id(self, given: Given, element: Element) -> str:
        """The author's id, unless the book has it already."""
        if not given.id:
            return ""
        span = self._span(element)
        if given.id in self.ids:
            place = self.context.place(span.first, span.last, "#" + given.id)
            message = f"the id {given.id} stands twice; {self.ids[given.id] or 'a note'} was first"
            self.context.warn(Finding.ID_DUPLICATE, place, message, "references go to the first")
            return ""
        self.ids[given.id] = f"{span.file}:{span.first}"
        return given.id

    def _inline_note(self, element: Element, children: tuple[Inline, ...]) -> str:
        first, last = self.inlines.first, self.inlines.last
        span = SourceSpan(self.context.file, first, max(first, last))
        digest = hashlib.sha256(plain_text(children).encode("utf-8", "surrogatepass")).hexdigest()[:10]
        name = self._free_id(f"fn-{digest}")
        self.notes.append(Note(name, span, (Paragraph("", span, children),) if children else ()))
        return name

    # ------------------------------------------------------------ blocks

    def _blocks(self, parent: Element) -> tuple[Block, ...]:
        out: list[Block] = []
        children = list(parent)
        held: Element | None = None
        for at, child in enumerate(children):
            if child.get("caption") and child.tag == "p":
                if out and isinstance(out[-1], Table | Figure) and _takes_caption(out[-1]):
                    out[-1] = self._captioned(out[-1], child)
                    continue
                if at + 1 < len(children) and children[at + 1].tag == "table":
                    held = child
                    continue
            for block in self._block(child):
                if held is not None and isinstance(block, Table):
                    block = self._captioned(block, held)
                    held = None
                out.append(block)
        return tuple(out)

    def _captioned(self, block: Table | Figure, caption: Element) -> Table | Figure:
        children = list(self.inlines.read(caption))
        if children and isinstance(children[0], Text):
            rest = CAPTION.sub("", children[0].text, count=1)
            children[0:1] = [Text(rest)] if rest else []
        given = parse_attributes(caption.get("attr", ""))
        span, own = block.span, self._span(caption)
        span = SourceSpan(span.file, min(span.first, own.first), max(span.last, own.last))
        name = block.id or self._id(given, caption)
        rest_of = given.without()
        old = block.attributes
        attributes = Attributes(old.classes + rest_of.classes, old.pairs + rest_of.pairs)
        return replace(block, id=name, span=span, caption=tuple(children), attributes=attributes)

    def _block(self, element: Element) -> Iterator[Block]:
        """The block of an element; several for what is only unwrapped, none for what is moved away."""
        span = self._span(element)
        match element.tag:
            case "p":
                yield from self._paragraph(element)
            case "h":
                yield from self._heading(element)
            case "pre":
                yield self._code(element)
            case "blockquote":
                yield Quote(self._id(self._given(element), element), span, self._blocks(element))
            case "ul" | "ol":
                yield self._list(element)
            case "dl":
                items = tuple(self._definition(item) for item in element)
                span = SourceSpan(span.file, span.first, max(item.span.last for item in items))
                yield DefinitionList("", span, items)
            case "table":
                yield from self._table(element)
            case "verse":
                lines = tuple(self.inlines.read(self._placed(line, element)) for line in element)
                yield LineBlock("", span, lines)
            case "math":
                yield MathBlock(self._id(self._given(element), element), span, element.text or "")
            case "div":
                yield from self._division(element)
            case "html":
                yield from self._html(element)
            case "note":
                yield from self._unused_note(element)
            case "raw":
                yield self._raw(element)
            case "hr":
                yield ThematicBreak("", span)
            case "pagebreak":
                yield PageBreak("", span)
            case "toc":
                yield Generated("", span, GeneratedKind.CONTENTS)
            case "lines":
                yield AnswerLines("", span, min(200, max(1, int(element.get("count", "3")))))
            case "title":
                pass
            case tag:
                raise AssertionError(f"unknown block element {tag}")

    @staticmethod
    def _given(element: Element) -> Given:
        return parse_attributes(element.get("attr", ""))

    @staticmethod
    def _placed(line: Element, parent: Element) -> Element:
        """A line of verse with the lines of its block, for findings."""
        line.set("first", parent.get("first", "1"))
        line.set("last", parent.get("last", "1"))
        return line

    def _paragraph(self, element: Element) -> Iterator[Block]:
        span = self._span(element)
        if len(element) == 1 and element[0].tag == "img":
            image = element[0]
            if not (element.text or "").strip() and not (image.tail or "").strip():
                yield self._figure(element, image)
                return
        children = self.inlines.read(element)
        if not children:
            return  # only a comment, or the mark of something moved away
        given = self._given(element)
        yield Paragraph(self._id(given, element), span, children, attributes=given.without())

    def _figure(self, element: Element, image: Element) -> Figure:
        self.inlines.first, self.inlines.last = int(element.get("first", "1")), int(element.get("last", "1"))
        made = self.inlines.image(image)
        given = parse_attributes(image.get("attr", "") + element.get("attr", ""))
        # As in pandoc, what the brackets of an image that stands alone say is its caption.
        words = made.title or image.get("alt", "")
        caption = (Text(words),) if words else ()
        return Figure(
            self._id(given, element),
            self._span(element),
            replace(made, title=""),
            caption,
            attributes=given.without("width", "alt"),
        )

    def _heading(self, element: Element) -> Iterator[Heading]:
        span = self._span(element)
        below = element.find("subtitle")
        subtitle: tuple[Inline, ...] = ()
        if below is not None:
            element.remove(below)
            subtitle = self.inlines.read(below)
        children = self.inlines.read(element)
        if not plain_text(children).strip():
            self.context.warn(Finding.HEADING_EMPTY, span.first, "this heading says nothing", "remove it")
            if not children:
                return
        given = self._given(element)
        numbered = not _UNNUMBERED.intersection(given.classes)
        listed = "unlisted" not in given.classes
        matter = next((_MATTERS[name] for name in given.classes if name in _MATTERS), Matter.BODY)
        short = " ".join(given.get("short").split())
        rest = given.without("unlisted", "subtitle", "short", *_UNNUMBERED, *_MATTERS)
        level = int(element.get("level", "1"))
        yield Heading(
            self._id(given, element), span, level, children, numbered, listed, rest, subtitle, short, matter
        )

    def _code(self, element: Element) -> CodeBlock:
        info = element.get("info", "")
        given = parse_attributes(info + " " + element.get("attr", ""))
        match = _INFO.match(info)
        language = match[1] if match and not match[1].startswith(("#", "-")) and "=" not in match[1] else ""
        if language and language in given.classes:
            given = Given(given.id, tuple(c for c in given.classes if c != language), given.pairs)
        return CodeBlock(
            self._id(given, element), self._span(element), element.text or "", language, given.without()
        )

    # ------------------------------------------------------------ lists

    def _list(self, element: Element) -> BulletList | OrderedList:
        name, span = self._id(self._given(element), element), self._span(element)
        tight = not element.get("loose")
        items = tuple(self._item(child) for child in element)
        if element.tag == "ul":
            return BulletList(name, span, items, tight)
        delimiter = NumberDelimiter.PARENTHESIS if element.get("delimiter") == ")" else NumberDelimiter.PERIOD
        return OrderedList(
            name, span, items, int(element.get("start", "1")), delimiter=delimiter, tight=tight
        )

    def _item(self, element: Element) -> ListItem:
        checked = {"1": True, "0": False}.get(element.get("checked", ""))
        return ListItem("", self._span(element), self._blocks(element), checked)

    def _definition(self, element: Element) -> DefinitionItem:
        terms = [self.inlines.read(child) for child in element if child.tag == "dt"]
        meanings = tuple(self._blocks(child) for child in element if child.tag == "dd")
        # The meanings went to their term after the machine had seen where they end.
        last = max([int(child.get("last", "1")) for child in element], default=1)
        span = SourceSpan(self.context.file, self._span(element).first, last)
        return DefinitionItem("", span, terms[0] if terms else (), meanings)

    # ------------------------------------------------------------ tables and divisions

    def _table(self, element: Element) -> Iterator[Block]:
        head, body, alignments = table_rows(element, self._span, self._cell)
        given = self._given(element)
        title = element.find("title")
        caption = self.inlines.read(title) if title is not None else ()
        if not head and not body:
            if caption:
                yield Paragraph("", self._span(element), caption)
            return
        if given.get("caption") and not caption:
            caption = (Text(given.get("caption")),)
        yield Table(
            self._id(given, element), self._span(element), alignments, head, body, caption,
            attributes=given.without("caption"),
        )  # fmt: skip

    def _cell(self, element: Element) -> tuple[Block, ...]:
        children = self.inlines.read(element)
        return (Paragraph("", self._span(element), children),) if children else ()

    def _division(self, element: Element) -> Iterator[Block]:
        given = self._given(element)
        word = element.get("kind", "")
        kind = division_kind(word)
        classes = list(given.classes)
        if not word:
            named = next((name for name in classes if division_kind(name) is not DivisionKind.PLAIN), "")
            kind = division_kind(named)
            classes = [name for name in classes if name != named]
        elif kind is DivisionKind.PLAIN and word != "plain":
            classes.insert(0, word)
        title = element.find("title")
        shown = self.inlines.read(title) if title is not None else ()
        if not shown and given.get("title"):
            shown = (Text(given.get("title")),)
        span = self._span(element)
        blocks = self._blocks(element)
        count = given.get("lines")
        if count.isascii() and count.isdigit():
            blocks += (AnswerLines("", span, min(200, max(1, int(count)))),)
        rest = Attributes(tuple(classes), given.without("title", "lines").pairs)
        yield Division(self._id(given, element), span, kind, blocks, shown, attributes=rest)

    def _html(self, element: Element) -> Iterator[Block]:
        """An HTML container: a quote, a division where it says anything, else what it holds."""
        blocks = self._blocks(element)
        tag, span = element.get("tag", ""), self._span(element)
        classes = element.get("class", "").split()
        given = Given(element.get("id", ""))
        if tag == "blockquote":
            yield Quote(self._id(given, element), span, blocks)
            return
        if tag == "center":
            classes.append("center")
        kind = next(
            (k for name in classes if (k := division_kind(name)) is not DivisionKind.PLAIN),
            DivisionKind.PLAIN,
        )
        if not blocks:
            return
        if kind is DivisionKind.PLAIN and not classes and not given.id:
            yield from blocks
            return
        rest = tuple(name for name in classes if division_kind(name) is DivisionKind.PLAIN)
        yield Division(self._id(given, element), span, kind, blocks, attributes=Attributes(rest))

    def _raw(self, element: Element) -> CodeBlock:
        """HTML that is code, or that no edition can show as what it is: its text, verbatim."""
        tag, text, span = element.get("tag", ""), element.text or "", self._span(element)
        if tag == "pre":
            inner = re.sub(r"^<pre[^>]*>\n?|\n?</pre>$", "", text, flags=re.IGNORECASE)
            return CodeBlock("", span, html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", inner)))
        message = f"<{tag}> cannot be shown; its text is, as code"
        self.context.warn(Finding.HTML_UNKNOWN, span.first, message, "remove it")
        return CodeBlock("", span, text, "html")

    def _unused_note(self, element: Element) -> Iterator[Block]:
        """A note in use is gathered elsewhere; one that nothing calls stays where it is, as text."""
        label = element.get("label", "")
        if label in self.called and not element.get("again"):
            return
        if not element.get("again"):
            message = f"nothing calls the note {label}; its text stays here"
            self.context.warn(Finding.NOTE_UNUSED, self._span(element).first, message, f"write [^{label}]")
        yield from self._blocks(element)


def _takes_caption(block: Table | Figure) -> bool:
    """A caption line serves a block that has none, or whose image only gave its alt text for one."""
    if isinstance(block, Figure) and block.caption == (Text(block.image.alt),):
        return True
    return not block.caption


def _called(root: Element, definitions: dict[str, Element]) -> set[str]:
    """Labels of the notes that the text calls, or that a note so called calls."""
    found: dict[str, None] = dict.fromkeys(_calls(root))
    queue = list(found)
    for label in queue:
        if label in definitions:
            for other in _calls(definitions[label]):
                if other not in found:
                    found[other] = None
                    queue.append(other)
    return set(found)


def _calls(root: Element) -> Iterator[str]:
    """Labels called in *root*, but not in the notes defined in it (a repeated definition is text)."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == "noteref":
            yield element.get("value", "")
        stack.extend(child for child in element if child.tag != "note" or child.get("again"))
