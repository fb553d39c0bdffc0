"""The tree of elements → the model, block by block, with its lines."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from typing import TypeVar
from xml.etree.ElementTree import Element

from convert.diagnostics import Code as Finding
from convert.diagnostics import Place
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
    NumberStyle,
    OrderedList,
    PageBreak,
    PageMark,
    Paragraph,
    Quote,
    SourceSpan,
    Table,
    Text,
    ThematicBreak,
)
from convert.model.walk import plain_text
from convert.readers.markdown.attributes import Given, parse_attributes
from convert.readers.markdown.context import Context, Included
from convert.readers.markdown.htmltree import html_blocks
from convert.readers.markdown.inlines import InlineBuilder, caption_and_width
from convert.readers.markdown.kinds import division_kind
from convert.readers.markdown.listings import read_listing
from convert.readers.markdown.patterns import CAPTION
from convert.readers.markdown.tables import table_rows
from convert.records import replace

__all__ = ["TreeBuilder"]

_DELIMITERS = {")": NumberDelimiter.PARENTHESIS, "both": NumberDelimiter.BOTH}
_UNNUMBERED = frozenset(("unnumbered", "-", "nonumber"))
_MATTERS = {matter.value: matter for matter in Matter if matter is not Matter.BODY}


_Captioned = TypeVar("_Captioned", bound=Table | Figure | CodeBlock)


class TreeBuilder:
    """Makes the blocks of one file.  `notes` holds what was made, `asked` how each list was asked for.

    For the whole book: `ids` holds the ids given so far and where, `pending` the links and references to be
    settled, `aliases` the names of places inside blocks that have an id of their own.
    """

    def __init__(
        self,
        root: Element,
        context: Context,
        folder: str,
        ids: dict[str, str],
        pending: dict[str, list[Place]],
        aliases: dict[str, str],
    ) -> None:
        self.root = root
        self.context = context
        self.ids = ids
        self.aliases = aliases
        self.notes: list[Note] = []
        self.asked: dict[SourceSpan, str] = {}
        self.definitions = {
            note.get("label", ""): note for note in root.iter("note") if not note.get("again")
        }
        self.called = _called(root, self.definitions)
        note_ids = {label: self._free_id(f"fn-{label}") for label in self.definitions if label in self.called}
        self.inlines = InlineBuilder(context, folder, note_ids, pending, self._inline_note)

    def build(self) -> tuple[Block, ...]:
        """The blocks of the file; its notes are in `notes` then."""
        blocks = self.blocks(self.root)
        if self.inlines.marks:
            # Marks after the last text: the page began, and nothing stands on it.
            last = self.span(self.root).last
            marks, self.inlines.marks = tuple(self.inlines.marks), []
            blocks += (Paragraph("", SourceSpan(self.context.file, last, last), marks),)
        for label, element in self.definitions.items():
            if label in self.called:
                content = self.blocks(element)
                self.notes.append(Note(self.inlines.note_ids[label], self.span(element), content))
        return blocks

    # ------------------------------------------------------------ ids and lines

    def span(self, element: Element) -> SourceSpan:
        """The lines of an element."""
        first, last = _lines(element)
        return SourceSpan(self.context.file, first, last if last > first else first)

    def _free_id(self, wanted: str) -> str:
        name, count = wanted, 1
        while name in self.ids:
            count += 1
            name = f"{wanted}-{count}"
        self.ids[name] = ""
        return name

    def id_of(self, given: Given, element: Element) -> str:
        """The author's id, unless the book has it already."""
        if not given.id:
            return ""
        span = self.span(element)
        if given.id in self.ids:
            place = self.context.place(span.first, span.last, "#" + given.id, backward=True)
            message = f"the id {given.id} stands twice; {self.ids[given.id] or 'a note'} was first"
            self.context.warn(Finding.ID_DUPLICATE, place, message, "references go to the first")
            return ""
        self.ids[given.id] = f"{span.file}:{span.first}"
        return given.id

    def _anchored(self, block: Block) -> Block:
        """*block* with an id that stands in its text, when it has none; other ids become its further names."""
        anchors, self.inlines.anchors = self.inlines.anchors, []
        name = block.id
        for anchor, place in anchors:
            if anchor in self.ids:
                message = f"the id {anchor} stands twice; {self.ids[anchor] or 'a note'} was first"
                self.context.warn(Finding.ID_DUPLICATE, place, message, "references go to the first")
                continue
            self.ids[anchor] = f"{place.file}:{place.line}"
            if name:
                self.aliases[anchor] = name
            name = name or anchor
        return replace(block, id=name) if name != block.id else block

    def id_only(self, element: Element) -> str:
        """The id of a block whose other attributes nothing can hold; they are told of."""
        written = element.get("attr")
        if not written:
            return ""
        given = parse_attributes(written)
        if given.classes or given.pairs:
            words = [f".{name}" for name in given.classes] + [f"{key}=…" for key, _ in given.pairs]
            place = self.context.place(*_lines(element), words[0].rstrip("…"))
            message = f"{' '.join(words)} means nothing here; only an id is used"
            self.context.warn(Finding.ATTRIBUTE_UNKNOWN, place, message, "put a division round it")
        return self.id_of(given, element)

    def _inline_note(self, element: Element, children: tuple[Inline, ...]) -> str:
        first, last = self.inlines.first, self.inlines.last
        span = SourceSpan(self.context.file, first, max(first, last))
        digest = hashlib.sha256(plain_text(children).encode("utf-8", "surrogatepass")).hexdigest()[:10]
        name = self._free_id(f"fn-{digest}")
        self.notes.append(Note(name, span, (Paragraph("", span, children),) if children else ()))
        return name

    # ------------------------------------------------------------ blocks

    def blocks(self, parent: Element) -> tuple[Block, ...]:
        """The blocks inside an element."""
        out: list[Block] = []
        children = list(parent)
        held: Element | None = None
        for at, child in enumerate(children):
            if child.get("caption") and child.tag == "p":
                below = children[at + 1].tag if at + 1 < len(children) else ""
                above = out[-1] if out else None
                if isinstance(above, Table | Figure | CodeBlock) and _takes_caption(above, below):
                    out[-1] = self._captioned(above, child)
                    continue
                if below in ("table", "pre"):
                    held = child
                    continue
            made = list(self._block(child))
            if held is not None:
                if len(made) == 1 and isinstance(made[0], Table | CodeBlock):
                    made = [self._captioned(made[0], held)]
                else:
                    made = [*self._block(held), *made]
                held = None
            out += (self._anchored(block) if self.inlines.anchors else block for block in made)
        return tuple(out)

    def _captioned(self, block: _Captioned, caption: Element) -> _Captioned:
        children = list(self.inlines.read(caption))
        if children and isinstance(children[0], Text):
            rest = CAPTION.sub("", children[0].text, count=1)
            children[0:1] = [Text(rest)] if rest else []
        given = parse_attributes(caption.get("attr", ""))
        span, own = block.span, self.span(caption)
        span = SourceSpan(span.file, min(span.first, own.first), max(span.last, own.last))
        name = block.id or self.id_of(given, caption)
        rest_of = given.without()
        old = block.attributes
        attributes = Attributes(old.classes + rest_of.classes, old.pairs + rest_of.pairs)
        return replace(block, id=name, span=span, caption=tuple(children), attributes=attributes)

    def _block(self, element: Element) -> Iterator[Block]:
        """The block of an element; several for what is only unwrapped, none for what is moved away."""
        span = self.span(element)
        match element.tag:
            case "p":
                yield from self._paragraph(element, span)
            case "h":
                yield from self._heading(element)
            case "pre":
                yield self._code(element)
            case "blockquote":
                yield Quote(self.id_only(element), span, self.blocks(element))
            case "ul" | "ol":
                yield self._list(element, span)
            case "dl":
                items = tuple(self._definition(item) for item in element)
                span = SourceSpan(span.file, span.first, max(item.span.last for item in items))
                yield DefinitionList("", span, items)
            case "table":
                yield from self._table(element)
            case "verse":
                lines = tuple(self.inlines.read(line) for line in element)
                yield LineBlock(self.id_only(element), span, lines)
            case "math":
                yield MathBlock(self.id_only(element), span, element.text or "")
            case "div":
                yield from self._division(element)
            case "html":
                yield from html_blocks(self, element)
            case "include":
                yield from self._included(self.context.included[int(element.get("key", "0"))])
            case "page":
                self.inlines.marks.append(PageMark(element.get("value", "")))
            case "note":
                yield from self._unused_note(element)
            case "raw":
                yield self._raw(element)
            case "hr":
                yield ThematicBreak("", span)
            case "pagebreak":
                yield PageBreak("", span)
            case "generated":
                self.asked[span] = element.text or ""
                yield Generated("", span, GeneratedKind(element.get("kind", "")))
            case "lines":
                yield AnswerLines("", span, min(200, max(1, int(element.get("count", "3")))))
            case "title":
                pass
            case tag:
                raise AssertionError(f"unknown block element {tag}")

    @staticmethod
    def _given(element: Element) -> Given:
        return parse_attributes(element.get("attr", ""))

    def _included(self, part: Included) -> tuple[Block, ...]:
        pending, marks = self.inlines.pending, self.inlines.marks
        inner = TreeBuilder(part.root, part.context, part.folder, self.ids, pending, self.aliases)
        inner.inlines.marks, self.inlines.marks = marks, []
        blocks = inner.build()
        self.notes += inner.notes
        self.asked |= inner.asked
        return blocks

    def _paragraph(self, element: Element, span: SourceSpan) -> Iterator[Block]:
        if len(element) == 1 and element[0].tag == "img":
            image = element[0]
            if not (element.text or "").strip() and not (image.tail or "").strip():
                yield self._figure(element, image)
                return
        children = self.inlines.read(element)
        if not children:
            return  # only a comment, or the mark of something moved away
        given = self._given(element)
        yield Paragraph(self.id_of(given, element), span, children, attributes=given.without())

    def _figure(self, element: Element, image: Element) -> Figure:
        self.inlines.enter(element)
        made = self.inlines.image(image)
        given = parse_attributes(image.get("attr", "") + element.get("attr", ""))
        # As in pandoc, what the brackets of an image that stands alone say is its caption.
        words = made.title or caption_and_width(image.get("alt", ""))[0]
        caption = (Text(words),) if words else ()
        return Figure(
            self.id_of(given, element),
            self.span(element),
            replace(made, title=""),
            caption,
            attributes=given.without("width", "alt"),
        )

    def _heading(self, element: Element) -> Iterator[Heading]:
        span = self.span(element)
        below = element.find("subtitle")
        if below is not None:
            element.remove(below)
        children = self.inlines.read(element)
        subtitle = self.inlines.read(below) if below is not None else ()
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
        name = self.id_of(given, element)
        yield Heading(name, span, level, children, numbered, listed, rest, subtitle, short, matter)

    def _code(self, element: Element) -> CodeBlock | MathBlock:
        info = element.get("info", "")
        given = parse_attributes(info + " " + element.get("attr", ""))
        listing = read_listing(info, given)
        text, span = element.text or "", self.span(element)
        if listing.language == "math" and text.strip():
            return MathBlock(self.id_of(given, element), span, text.strip())
        if listing.fault:
            place = self.context.place(span.first, span.last, listing.fault)
            message = f"{listing.fault} is no number of a line"
            self.context.warn(Finding.ATTRIBUTE_UNKNOWN, place, message, "write start=10")
        words = given.get("caption") or given.get("title")
        return CodeBlock(
            self.id_of(given, element),
            span,
            text,
            listing.language,
            listing.rest,
            numbered=listing.numbered,
            start=listing.start,
            caption=(Text(words),) if words else (),
        )

    # ------------------------------------------------------------ lists

    def _list(self, element: Element, span: SourceSpan) -> BulletList | OrderedList:
        name = self.id_only(element)
        tight = not element.get("loose")
        items = tuple(self._item(child) for child in element)
        if element.tag == "ul":
            return BulletList(name, span, items, tight)
        style = NumberStyle(element.get("style", "decimal"))
        delimiter = _DELIMITERS.get(element.get("delimiter", "."), NumberDelimiter.PERIOD)
        return OrderedList(name, span, items, int(element.get("start", "1")), style, delimiter, tight)

    def _item(self, element: Element) -> ListItem:
        checked = {"1": True, "0": False}.get(element.get("checked", ""))
        return ListItem("", self.span(element), self.blocks(element), checked)

    def _definition(self, element: Element) -> DefinitionItem:
        terms = [self.inlines.read(child) for child in element if child.tag == "dt"]
        meanings = tuple(self.blocks(child) for child in element if child.tag == "dd")
        # The meanings went to their term after the machine had seen where they end.
        last = max([int(child.get("last", "1")) for child in element], default=1)
        span = SourceSpan(self.context.file, self.span(element).first, last)
        return DefinitionItem("", span, terms[0] if terms else (), meanings)

    # ------------------------------------------------------------ tables and divisions

    def _table(self, element: Element) -> Iterator[Block]:
        head, body, alignments = table_rows(element, self.span, self._cell, self._unjoined)
        given = self._given(element)
        title = element.find("title")
        caption = self.inlines.read(title) if title is not None else ()
        if not head and not body:
            if caption:
                yield Paragraph("", self.span(element), caption)
            return
        if given.get("caption") and not caption:
            caption = (Text(given.get("caption")),)
        yield Table(
            self.id_of(given, element), self.span(element), alignments, head, body, caption,
            attributes=given.without("caption"),
        )  # fmt: skip

    def _cell(self, element: Element) -> tuple[Block, ...]:
        if element.get("blocks"):
            return self.blocks(element)
        children = self.inlines.read(element)
        if not children:
            return ()
        made = Paragraph("", self.span(element), children)
        return (self._anchored(made) if self.inlines.anchors else made,)

    def _unjoined(self, element: Element) -> None:
        place = self.context.place(*_lines(element), "^^")
        message = "this ^^ has no cell of its width above it; it is shown as it is"
        self.context.warn(Finding.TABLE_SHAPE, place, message, "join the same columns in both rows")

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
        span = self.span(element)
        blocks = self.blocks(element)
        count = given.get("lines")
        if count.isascii() and count.isdigit():
            blocks += (AnswerLines("", span, min(200, max(1, int(count)))),)
        rest = Attributes(tuple(classes), given.without("title", "lines").pairs)
        yield Division(self.id_of(given, element), span, kind, blocks, shown, attributes=rest)

    def _raw(self, element: Element) -> CodeBlock:
        """HTML that is code, or that no edition can show as what it is: its text, verbatim."""
        tag, text, span = element.get("tag", ""), element.text or "", self.span(element)
        if tag == "pre":
            named = re.match(r"<pre[^>]*>\s*<code[^>]*class=[\"']?(?:language-|lang-)?([\w+-]+)", text, re.I)
            inner = re.sub(r"^<pre[^>]*>\n?|\n?</pre>$", "", text, flags=re.IGNORECASE)
            code = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", inner))
            return CodeBlock("", span, code.removesuffix("\n"), named[1] if named else "")
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
            self.context.warn(Finding.NOTE_UNUSED, self.span(element).first, message, f"write [^{label}]")
        yield from self.blocks(element)


def _lines(element: Element) -> tuple[int, int]:
    return int(element.get("first", "1")), int(element.get("last", "1"))


def _takes_caption(block: Table | Figure | CodeBlock, below: str) -> bool:
    """A caption line serves a block that has none, or whose image only gave its alt text for one.

    Between code and a table, the element *below*, it is the table's.
    """
    if isinstance(block, CodeBlock) and below == "table":
        return False
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
