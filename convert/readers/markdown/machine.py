"""Lines to blocks in one pass: which containers a line goes on with, which blocks it begins.

The structure is the one GitHub shows (CommonMark 0.31.2, appendix "A parsing strategy", and GFM tables)
with this dialect's own blocks added.  Python-Markdown's block processors cut the text at blank lines and
re-parse dedented copies of it, so that they neither know lines nor nest as those rules do; this one
keeps every line's number, costs the same for every line, and never recurses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from xml.etree.ElementTree import Element, SubElement

from convert.diagnostics import Code
from convert.readers.markdown.context import Context
from convert.readers.markdown.leaves import close_leaf, table_row, take_verbatim, verse_line
from convert.readers.markdown.starts import STARTS
from convert.readers.markdown.state import VERBATIM, Leaf, LeafKind, Open, OpenKind, Step

__all__ = ["MAX_DEPTH", "Machine"]

MAX_DEPTH = 48
"""Containers inside containers; what is deeper stays text, with a finding."""

_BLANK = re.compile(r"\s*$")
_SPACES = re.compile(r" *")


class Machine:
    """The state between two lines.  `feed` takes each line in turn; `finish` closes what is open."""

    def __init__(self, root: Element, lines: list[str], context: Context) -> None:
        self.context = context
        self.lines = lines
        self.stack = [Open(OpenKind.ROOT, root, 1)]
        self.leaf: Leaf | None = None
        self.number = 0
        self.raw = self.line = ""
        self.pos = self.start = self.indent = 0
        self.matched = 1
        self.blank = False
        self.depth = 0
        self._seen: dict[str, list[int]] = {}
        self.ends_here = 0
        """How many open HTML containers end with this line."""

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
            self._seen[needle] = [at for at, line in enumerate(self.lines, 1) if needle in line.lower()]
        numbers = self._seen[needle]
        at = bisect_right(numbers, self.number)
        return numbers[at] if at < len(numbers) else 0

    def line_after(self) -> str:
        """The next line, without what a quote or an indent puts before it."""
        return self.lines[self.number].lstrip(" >\t") if self.number < len(self.lines) else ""

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
        self.ends_here = 0
        self._cut_end_tags()
        if not self._start_blocks():
            self._feed_text()
        self._touch()
        self.blank = False
        if self.ends_here:
            self._close_html()

    def finish(self) -> None:
        """Close everything."""
        self.close_to(1)
        self.close_leaf()
        self.stack[0].element.set("last", str(max(1, len(self.lines))))

    def _touch(self) -> None:
        for container in self.stack:
            container.last = self.number
        if self.leaf is not None:
            self.leaf.last = self.number

    def _cut_end_tags(self) -> None:
        """Take the end tags of open HTML containers off the end of the line, when text stands before them."""
        for container in reversed(self.stack[: self.matched]):
            if container.kind is OpenKind.HTML:
                mark = f"</{container.marker}>"
                line = self.line.rstrip()
                if not line.lower().endswith(mark) or not line[self.pos : -len(mark)].strip():
                    return
                self.line = line[: -len(mark)]
                self.ends_here += 1

    def _close_html(self) -> None:
        for at in range(len(self.stack) - 1, 0, -1):
            if self.stack[at].kind is OpenKind.HTML:
                self.stack[at].element.set("closed", "1")
                self.close_to(at)
                self.ends_here -= 1
                if self.ends_here <= 0:
                    return

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

    def enter(self, kind: OpenKind, tag: str, pos: int, indent: int = 0, marker: str = "") -> Element | None:
        """Open a container whose content begins at *pos*; None when the containers are nested too deep."""
        if self.depth >= MAX_DEPTH and kind is not OpenKind.LIST:
            return None
        element = self.begin(tag)
        self.stack.append(Open(kind, element, self.number, indent, marker))
        self.matched = len(self.stack)
        self.depth += kind is not OpenKind.LIST
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
            self.depth -= container.kind is not OpenKind.LIST
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
                self.context.warn(
                    Code.HTML_UNCLOSED,
                    int(container.element.get("first", "0")),
                    f"<{tag}> is never closed",
                    f"end it with a line of </{tag}>",
                )

    def close_leaf(self) -> None:
        """Close the open leaf."""
        leaf, self.leaf = self.leaf, None
        if leaf is not None:
            close_leaf(self, leaf)
