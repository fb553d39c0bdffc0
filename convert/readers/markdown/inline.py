"""The text of a block to elements: one pass over the characters that mean something.

Python-Markdown's own inline tree processor runs each pattern over the whole text and copies the text for
every match: a long line costs the square of its length, and `[` × 16,000 half a minute.  This one asks
the registered inline processors only where their characters stand, and keeps brackets, tags and marks on
stacks, so that any text costs in proportion to its length.
"""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from convert.characters import is_cjk
from convert.diagnostics import Code
from convert.readers.markdown.attributes import ATTRIBUTES
from convert.readers.markdown.context import Context
from convert.readers.markdown.delimiters import Piece, assemble, fill, pair, plain
from convert.readers.markdown.htmltags import TAG, Tag, close_tag, open_tag
from convert.readers.markdown.links import link_tail
from convert.readers.markdown.patterns import PAGE_MARK, RUBY_TAIL
from convert.readers.markdown.places import Places, keep_text
from convert.readers.markdown.spans import SpanProcessor, ruby_element
from convert.records import dataclass
from convert.regex import regex

__all__ = ["TEXT_TAGS", "InlineReader", "Scan"]

TEXT_TAGS = frozenset(("p", "h", "td", "dt", "line", "title", "subtitle"))
"""Elements whose text holds inline syntax."""

# What an address begins with is looked for as the others are: a search for one of a set of characters is quick.
_SPECIAL = regex(r"[\\`*_~=^\[\]!<&$\n{@hw](?:(?<![hw])|(?<=h)ttps?://|(?<=w)ww\.)")
_LINE_END = regex(r"\n[ \u3000]*")
_BLANKS = regex(r" *")
_PLACED = frozenset(("a", "ref", "noteref", "img", "critic"))
"""Elements that something may be wrong with later: they remember where they stand."""


@dataclass(slots=True)
class _Bracket:
    """An opening bracket: where its mark is in the pieces and where its text begins."""

    kind: str
    index: int
    inner: int


class InlineReader(Treeprocessor):
    """The tree processor ``inline``."""

    def __init__(self, md: Markdown, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: Element) -> None:
        """Replace the text of every element that holds inline syntax by its elements."""
        processors: dict[str, list[SpanProcessor]] = {}
        for processor in self.md.inlinePatterns:
            if isinstance(processor, SpanProcessor):
                for char in processor.triggers:
                    processors.setdefault(char, []).append(processor)
        for element in list(root.iter()):
            if element.tag in TEXT_TAGS and element.text and _SPECIAL.search(element.text):
                fill(element, Scan(element.text, element, processors, self.context).read())


class Scan:
    """The reading of one text."""

    def __init__(
        self, text: str, holder: Element, processors: dict[str, list[SpanProcessor]], context: Context
    ) -> None:
        self.text = text
        self.holder = holder
        self.processors = processors
        self.context = context
        self.pieces: list[Piece] = []
        self.brackets: list[_Bracket] = []
        self.no_links_below = 0
        self.dead_below = 0
        self.tags: list[Tag] = []
        self.open_tags: Counter[str] = Counter()
        self.last_reference = -1
        """Where among the pieces the last ``@reference`` stands that no bracket has taken."""
        self._no_comment_end = False
        self._broken_at = 0
        self._places: Places | None = None

    def read(self) -> list[str | Element]:
        """The text as strings and elements."""
        text, pieces = self.text, self.pieces
        pos = 0
        search = _SPECIAL.search
        while match := search(text, pos):
            at = match.start()
            if at > pos:
                pieces.append(text[pos:at])
            pos = self._special(at)
        if pos < len(text):
            pieces.append(text[pos:])
        for tag in self.tags:
            tag.leave_open(self)
        return pair(pieces)

    def _special(self, at: int) -> int:
        """Read what begins at *at*; where the text goes on."""
        text = self.text
        char = text[at]
        if char == "\n":
            return self._line_end(at)
        if char == "]":
            return self._close_bracket(at)
        if char == "!" and text.startswith("[", at + 1):
            return self._open_bracket("image", at, 2)
        if char == "^" and text.startswith("[", at + 1) and not text.startswith("[^", at + 1):
            return self._open_bracket("note", at, 2)
        for processor in self.processors.get(char, ()):
            match = processor.compiled_re.match(text, at)
            if match is None:
                continue
            found, _, end = processor.handleMatch(match, text)
            if found is None or end is None:
                continue
            if isinstance(found, Element):
                if found.tag in _PLACED:
                    self.mark(found, at)
                elif found.tag == "code" and (span := ATTRIBUTES.match(text, end)) is not None:
                    found, end = assemble("span", [found], attr=span[0]) or found, span.end()
                    self.mark(found, at)
                if found.tag == "ref":
                    self.last_reference = len(self.pieces)
            self.pieces.append(found)
            return end
        if char == "[":
            return self._open_bracket("link", at, 1)
        if char == "<":
            return self._angle(at)
        self.pieces.append(char)
        return at + 1

    def mark(self, element: Element, at: int) -> None:
        """Have *element* remember that it begins at *at*."""
        element.set("at", str(at))
        if self.holder.get("source") is None:
            keep_text(self.holder, self.text)

    def warn(self, code: Code, at: int, message: str, hint: str) -> None:
        """Tell of something at *at* in the text."""
        if self._places is None:
            keep_text(self.holder, self.text)
            self._places = self.context.places(self.holder)
        self.context.warn(code, self._places.at(at), message, hint)

    def _line_end(self, at: int) -> int:
        pieces = self.pieces
        hard = False
        if pieces and isinstance(pieces[-1], str):
            bare = pieces[-1].rstrip(" ")
            hard = len(pieces[-1]) - len(bare) >= 2
            pieces[-1] = bare
        if not self._after_break() or hard:
            pieces.append(Element("br" if hard else "soft"))
            self._broken_at = len(pieces)
        match = _LINE_END.match(self.text, at)
        assert match is not None
        return match.end()

    def _after_break(self) -> bool:
        """Only comments and marks of pages since the last line end: such a line is no line of text."""
        pieces, at = self.pieces, self._broken_at
        self._broken_at = len(pieces)
        if not 0 < at <= len(pieces) or not _is(pieces[at - 1], "soft", "br", "page"):
            return False
        return all(_is(piece, "page") or not piece for piece in pieces[at:])

    def line_break(self, at: int) -> None:
        """A line end at *at* that a tag asks for, where there is text on both sides."""
        if self.pieces and at < len(self.text) and not self._after_break():
            self.pieces.append(Element("br"))
            self._broken_at = len(self.pieces)

    # ------------------------------------------------------------ brackets

    def _open_bracket(self, kind: str, at: int, width: int) -> int:
        self.brackets.append(_Bracket(kind, len(self.pieces), at + width))
        self.pieces.append(self.text[at : at + width])
        return at + width

    def _close_bracket(self, at: int) -> int:
        if self.brackets:
            bracket = self.brackets.pop()
            linkable = len(self.brackets) >= self.no_links_below
            self.no_links_below = min(self.no_links_below, len(self.brackets))
            alive = len(self.brackets) >= self.dead_below
            self.dead_below = min(self.dead_below, len(self.brackets))
            end = self._bracketed(bracket, at, linkable) if alive else 0
            if end:
                return end
        self.pieces.append("]")
        return at + 1

    def _bracketed(self, bracket: _Bracket, at: int, linkable: bool) -> int:
        """Make what the brackets hold an element; where the text goes on, or 0 when it is only text."""
        if (
            bracket.kind != "note"
            and self.text[at + 1 : at + 2] not in ("(", "[", "{", "^")
            and not self._is_label(bracket, at)
        ):
            # As in pandoc: what is said round a reference loses its brackets, [见@fig-x].
            if bracket.kind != "link" or self.last_reference <= bracket.index:
                return 0
            inner = self.pieces[bracket.index + 1 :]
            self.last_reference = -1
            begin = bracket.inner - 1
            return self._replace(bracket, assemble("span", pair(inner), attr=""), at + 1, begin)
        inner = self.pieces[bracket.index + 1 :]
        if bracket.kind == "note":
            return self._replace(bracket, assemble("inlinenote", pair(inner)), at + 1, bracket.inner - 2)
        begin = bracket.inner - (1 if bracket.kind == "link" else 2)
        span = ATTRIBUTES.match(self.text, at + 1)
        if bracket.kind == "link" and span is not None:
            return self._replace(bracket, assemble("span", pair(inner), attr=span[0]), span.end(), begin)
        reading = RUBY_TAIL.match(self.text, at + 1) if bracket.kind == "link" else None
        base = plain(inner) if reading is not None else ""
        if reading is not None and any(is_cjk(char) for char in base):
            return self._replace(bracket, ruby_element(base, [reading[1]]), reading.end(), begin)
        if bracket.kind == "link" and not linkable:
            return 0
        found = link_tail(self.text, bracket.inner, at, self.context)
        if found is None:
            return 0
        href, title, end = found
        attributes = ATTRIBUTES.match(self.text, end)
        if attributes is not None:
            end = attributes.end()
        given = {"href": href, "title": title, "attr": attributes[0] if attributes else ""}
        if bracket.kind == "image":
            element: Element | None = Element("img", {**given, "alt": plain(inner)})
        elif not inner and href.startswith("#"):
            element = Element("ref", {"value": href[1:], "literal": "", "attr": given["attr"]})
        else:
            element = assemble("a", pair(inner), **given)
            if element is not None:
                self.no_links_below = len(self.brackets)
        return self._replace(bracket, element, end, begin)

    def _is_label(self, bracket: _Bracket, at: int) -> bool:
        label = self.text[bracket.inner : at] if at - bracket.inner < 1000 else ""
        return bool(self.context.references) and " ".join(label.split()).casefold() in self.context.references

    def _replace(self, bracket: _Bracket, element: Element | None, end: int, begin: int) -> int:
        if element is None:
            # Nested too deep: so is whatever holds it.
            self.dead_below = len(self.brackets)
            return 0
        while self.tags and self.tags[-1].index > bracket.index:
            self._pop_tag().leave_open(self)
        del self.pieces[bracket.index :]
        self._broken_at = 0
        self.mark(element, begin)
        self.pieces.append(element)
        return end

    # ------------------------------------------------------------ HTML

    def _angle(self, at: int) -> int:
        text = self.text
        if text.startswith("<!--", at):
            end = -1 if self._no_comment_end else text.find("-->", at + 4)
            if end >= 0:
                return self._comment(at, end + 3)
            self._no_comment_end = True
        match = TAG.match(text, at)
        if match is None:
            self.pieces.append("<")
            return at + 1
        if match[1]:
            close_tag(self, match)
        else:
            open_tag(self, match)
        return match.end()

    def _comment(self, at: int, end: int) -> int:
        """Drop a comment, and one of the blanks round it; ``<!-- page 12 -->`` stays as a mark."""
        before = self.pieces[-1] if self.pieces else " "
        blank = before.endswith(" ") if isinstance(before, str) else _is(before, "soft", "br")
        page = PAGE_MARK.fullmatch(self.text, at, end)
        if page is not None:
            self.pieces.append(Element("page", {"value": page[1]}))
        if blank:
            return _BLANKS.match(self.text, end).end()  # type: ignore[union-attr]
        return end

    def push_tag(self, tag: Tag) -> None:
        """Remember an open tag."""
        self.tags.append(tag)
        self.open_tags[tag.name] += 1

    def _pop_tag(self) -> Tag:
        tag = self.tags.pop()
        self.open_tags[tag.name] -= 1
        return tag

    def take_tag(self, name: str) -> Tag:
        """The innermost open tag of that name; tags and brackets opened inside it are given up."""
        while (tag := self._pop_tag()).name != name:
            tag.leave_open(self)
        while self.brackets and self.brackets[-1].index > tag.index:
            self.brackets.pop()
        self.no_links_below = min(self.no_links_below, len(self.brackets))
        return tag

    def inner_of(self, tag: Tag) -> list[Piece]:
        """The pieces since *tag*, taken away with the tag's own."""
        inner = self.pieces[tag.index + 1 :]
        del self.pieces[tag.index :]
        self._broken_at = 0
        return inner


def _is(piece: Piece, *tags: str) -> bool:
    return isinstance(piece, Element) and piece.tag in tags
