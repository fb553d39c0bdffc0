"""Lines to blocks in one pass: which containers a line goes on with, which blocks it begins.

The structure is the one GitHub shows (CommonMark 0.31.2, appendix "A parsing strategy", and GFM tables)
with this dialect's own blocks added.  Python-Markdown's block processors cut the text at blank lines and
re-parse dedented copies of it, so that they neither know lines nor nest as those rules do; this one
keeps every line's number, costs the same for every line, and never recurses.
"""

from __future__ import annotations

from bisect import bisect_right
from xml.etree.ElementTree import Element, SubElement

from convert.diagnostics import Code
from convert.readers.markdown.context import Context
from convert.readers.markdown.htmlcut import OPTIONAL_END, WORDS, cut_at_tags
from convert.readers.markdown.leaves import close_leaf, table_row, take_verbatim, verse_line
from convert.readers.markdown.starts import STARTS
from convert.readers.markdown.state import VERBATIM, Leaf, LeafKind, Open, OpenKind, Step
from convert.regex import regex

__all__ = ["MAX_DEPTH", "Machine"]

MAX_DEPTH = 48
"""Containers inside containers; what is deeper stays text, with a finding."""

_BLANK = regex(r"\s*$")
_SPACES = regex(r" *")


class Machine:
    """The state between two lines.  `feed` takes each line in turn; `finish` closes what is open."""

    def __init__(self, root: Element, lines: list[str], context: Context, first: int = 1) -> None:
        """*lines* are the lines from number *first* on."""
        self.context = context
        self.lines = lines
        self.first = first
        self.stack = [Open(OpenKind.ROOT, root, 1)]
        self.leaf: Leaf | None = None
        self.number = 0
        self.raw = self.line = ""
        self.pos = self.start = self.indent = 0
        self.matched = 1
        self.blank = False
        self.html = 0
        """How many containers of HTML are open."""
        self._whole = True
        """The line has not been cut at tags of HTML."""
        self._later: list[str] = []
        """Pieces of this line that wait for their turn, the next one last."""
        self._seen: dict[str, list[int]] = {}

    # ------------------------------------------------------------ asking

    @property
    def in_paragraph(self) -> bool:
        """A paragraph is open, so that the line may go on with it."""
        return self.leaf is not None and self.leaf.kind is LeafKind.PARAGRAPH

    @property
    def inside(self) -> bool:
        """The line goes on with every open container."""
        return self.matched == len(self.stack)

    @property
    def parent(self) -> Open:
        """The container that the next block of this line goes to."""
        here = self.stack[self.matched - 1]
        return self.stack[self.matched - 2] if here.kind is OpenKind.LIST else here

    @property
    def previous(self) -> Element | None:
        """The block before, in the container that the line belongs to."""
        element = self.parent.element
        return element[-1] if len(element) else None

    def next_with(self, needle: str) -> int:
        """The number of the next line after this one with *needle* in it; 0 when there is none."""
        if needle not in self._seen:
            self._seen[needle] = [
                at for at, line in enumerate(self.lines, self.first) if needle in line.lower()
            ]
        numbers = self._seen[needle]
        at = bisect_right(numbers, self.number)
        return numbers[at] if at < len(numbers) else 0

    def line_after(self) -> str:
        """The next line, without what a quote or an indent puts before it."""
        at = self.number - self.first + 1
        return self.lines[at].lstrip(" >\t") if at < len(self.lines) else ""

    def lines_until(self, number: int) -> list[str]:
        """The lines after this one, up to and without the line *number*."""
        return self.lines[self.number - self.first + 1 : number - self.first]

    def skip_next(self) -> None:
        """Have the next line count as blank."""
        self.lines[self.number - self.first + 1] = ""

    # ------------------------------------------------------------ feeding

    def feed(self, number: int, raw: str) -> None:
        """Take one line."""
        self.number, self.raw = number, raw
        self.line = raw.expandtabs(4) if "\t" in raw else raw
        self.pos = 0
        self.matched = self._go_on()
        leaf = self.leaf
        if leaf is not None and leaf.kind in VERBATIM:
            if self.inside:
                self._touch()
                from_here = take_verbatim(self, leaf)
                if from_here < 0:
                    return
                self.pos = from_here
            else:
                self.close_leaf()
        if _BLANK.match(self.line, self.pos):
            self._feed_blank()
            return
        self._whole = True
        self._feed_piece()
        while self._later:
            self.line, self.pos, self.matched = self._later.pop(), 0, len(self.stack)
            self._feed_piece()

    def _feed_piece(self) -> None:
        if not self._start_blocks():
            self._feed_text()
        self._touch()
        self.blank = False

    def finish(self) -> None:
        """Close everything."""
        self.close_to(1)
        self.close_leaf()
        self.stack[0].element.set("last", str(max(1, self.first + len(self.lines) - 1)))

    def _touch(self) -> None:
        for container in self.stack:
            container.last = self.number
        if self.leaf is not None:
            self.leaf.last = self.number

    def _cut(self) -> None:
        """Cut the line before each tag of a block of HTML: what stands between two is a line of its own."""
        pieces = cut_at_tags(self.line[self.start :])
        self.line = self.line[: self.start] + pieces[0]
        self._later = pieces[:0:-1]
        self._whole = False

    def _go_on(self) -> int:
        """How many of the open containers the line goes on with; `pos` moves past their marks."""
        matched = 0
        for container in self.stack:
            after = self._after_mark(container)
            if after < 0:
                break
            self.pos = after
            matched += 1
        return matched

    def _after_mark(self, container: Open) -> int:
        """Where the line is inside *container*, or -1 when it is not."""
        line, pos, kind = self.line, self.pos, container.kind
        if kind is OpenKind.QUOTE:
            start = _SPACES.match(line, pos).end()  # type: ignore[union-attr]
            if start - pos > 3 or not line.startswith(">", start):
                return -1
            return start + 2 if line.startswith(" ", start + 1) else start + 1
        if kind is OpenKind.ITEM or kind is OpenKind.INDENTED:
            if _BLANK.match(line, pos):
                empty = kind is OpenKind.ITEM and not len(container.element) and self.leaf is None
                return -1 if empty else pos
            indent = _SPACES.match(line, pos).end() - pos  # type: ignore[union-attr]
            if indent >= container.indent:
                return pos + container.indent
            # Notes and definitions are often indented by less than their mark is wide.
            return pos + indent if kind is OpenKind.INDENTED and indent >= 2 else -1
        if kind is OpenKind.HTML:
            # Indents inside HTML are for the eye: the first line's counts as none.
            indent = _SPACES.match(line, pos).end() - pos  # type: ignore[union-attr]
            if container.indent < 0 and pos + indent < len(line):
                container.indent = indent
            return pos + max(0, min(indent, container.indent))
        return pos

    def _feed_blank(self) -> None:
        leaf = self.leaf
        if leaf is not None and leaf.kind is LeafKind.CODE and self.inside:
            leaf.lines.append(self.line[self.pos + 4 :])
        else:
            self.close_to(self.matched)
            self.close_leaf()
        self.blank = True

    def _feed_text(self) -> None:
        """A line that begins no block goes on with the paragraph, or begins one."""
        text = self.line[self.start :]
        # Text pasted from Chinese documents marks a paragraph by two full-width spaces.
        if self.in_paragraph and not text.startswith("\u3000\u3000"):
            assert self.leaf is not None
            self.leaf.lines.append(text.lstrip())
            self.matched = len(self.stack)
            return
        element = self.begin("p")
        leaf = Leaf(LeafKind.PARAGRAPH, element, self.number, self.number)
        leaf.lines.append(text.lstrip())
        self.leaf = leaf

    def _start_blocks(self) -> bool:
        """Open the blocks that the line begins; True when nothing of the line is left."""
        while True:
            line = self.line
            self.start = _SPACES.match(line, self.pos).end()  # type: ignore[union-attr]
            self.indent = self.start - self.pos
            if self.start >= len(line) or _BLANK.match(line, self.start):
                return True
            leaf = self.leaf
            if leaf is not None and self.inside:
                if leaf.kind is LeafKind.TABLE and line.startswith("|", self.start):
                    return table_row(self, leaf)
                if leaf.kind is LeafKind.VERSE and verse_line(self, leaf):
                    return True
            if self._whole and (line[self.start] == "<" or self.html) and "<" in line:
                self._cut()
                line = self.line
            if self.html and line[self.start] != "<" and self._in_words():
                return False
            if self.indent >= 4:
                return self._indented_code()
            for begin in STARTS.get(line[self.start], ()):
                step = begin(self)
                if step is Step.DONE:
                    return True
                if step is Step.INSIDE:
                    break
            else:
                if leaf is not None and leaf.kind is LeafKind.TABLE and self.inside and "|" in line:
                    return table_row(self, leaf)
                return False

    def _in_words(self) -> bool:
        """The line stands in an element of HTML that holds words, not blocks: ``<p>``, ``<h2>``, ``<dt>``."""
        here = self.stack[self.matched - 1]
        return here.kind is OpenKind.HTML and here.marker in WORDS

    def _indented_code(self) -> bool:
        leaf = self.leaf
        if self.in_paragraph:
            return False
        if leaf is None or leaf.kind is not LeafKind.CODE or not self.inside:
            leaf = Leaf(LeafKind.CODE, self.begin("pre"), self.number, self.number)
            self.leaf = leaf
        leaf.lines.append(self.line[self.pos + 4 :])
        return True

    # ------------------------------------------------------------ opening and closing

    def begin(self, tag: str) -> Element:
        """A new element for a block that begins with this line, in the container the line belongs to."""
        self.close_leaf_if_left()
        if self.stack[-1].kind is OpenKind.LIST and tag != "li":
            self.close_to(len(self.stack) - 1)
        self.matched = len(self.stack)
        parent = self.stack[-1]
        if self.blank and len(parent.element):
            if parent.kind is OpenKind.ITEM:
                self.stack[-2].loose = True
            elif parent.kind is OpenKind.LIST:
                parent.loose = True
        element = SubElement(parent.element, tag)
        element.set("first", str(self.number))
        element.set("last", str(self.number))
        return element

    def close_leaf_if_left(self) -> None:
        """Close the containers that the line does not go on with, and the open leaf."""
        self.close_to(self.matched)
        self.close_leaf()

    def enter(self, kind: OpenKind, tag: str, pos: int, indent: int = 0, marker: str = "") -> Element:
        """Open a container whose content begins at *pos*; ask `too_deep` before."""
        element = self.begin(tag)
        self.stack.append(Open(kind, element, self.number, indent, marker))
        self.matched = len(self.stack)
        self.html += kind is OpenKind.HTML
        self.pos = pos
        return element

    def too_deep(self) -> bool:
        """True when no container may be opened here; says so once."""
        open_here = sum(c.kind is not OpenKind.LIST for c in self.stack[: self.matched]) - 1
        if open_here < MAX_DEPTH:
            return False
        self.context.warn(
            Code.NESTING_TOO_DEEP,
            self.number,
            f"lists and quotes stand more than {MAX_DEPTH} deep",
            "the marks below that are kept as text",
            once=True,
        )
        return True

    def close_to(self, count: int) -> None:
        """Close all but the first *count* containers, and the leaf in them."""
        if len(self.stack) > count:
            self.close_leaf()
        while len(self.stack) > count:
            container = self.stack.pop()
            container.element.set("last", str(container.last))
            self.html -= container.kind is OpenKind.HTML
            if container.kind is OpenKind.LIST and container.loose:
                container.element.set("loose", "1")
            elif container.kind is OpenKind.DIVISION and not container.element.get("closed"):
                self.context.warn(
                    Code.DIVISION_UNCLOSED,
                    int(container.element.get("first", "0")),
                    "this division is never closed",
                    "end it with a line of :::",
                )
            elif container.kind is OpenKind.HTML and not container.element.get("closed"):
                tag = container.marker
                if tag in OPTIONAL_END:
                    continue
                self.context.warn(
                    Code.HTML_UNCLOSED,
                    int(container.element.get("first", "0")),
                    f"<{tag}> is never closed",
                    f"end it with </{tag}>",
                )

    def close_leaf(self) -> None:
        """Close the open leaf."""
        leaf, self.leaf = self.leaf, None
        if leaf is not None:
            close_leaf(self, leaf)
