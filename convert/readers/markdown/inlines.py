"""Inline elements → the model's inlines."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from convert.characters import is_latin
from convert.diagnostics import Code as Finding
from convert.model.nodes import (
    Abbreviation,
    Blank,
    Code,
    CrossReference,
    Emphasis,
    ExternalTarget,
    Highlight,
    Image,
    IndexMark,
    Inline,
    InternalTarget,
    LineBreak,
    Link,
    Math,
    NoteReference,
    Ruby,
    RubySegment,
    SoftBreak,
    Span,
    SpanKind,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from convert.model.walk import plain_text
from convert.readers.markdown.attributes import Given, parse_attributes
from convert.readers.markdown.context import Context
from convert.units import parse_length

__all__ = ["InlineBuilder", "book_path"]

_WRAPPERS: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    "em": Emphasis,
    "strong": Strong,
    "del": Strikethrough,
    "mark": Highlight,
    "sup": Superscript,
    "sub": Subscript,
}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE_SCHEMES = frozenset(("http:", "https:", "mailto:", "tel:"))
_KINDS = {
    "kai": SpanKind.KAI,
    "楷": SpanKind.KAI,
    "dots": SpanKind.DOTS,
    "着重": SpanKind.DOTS,
    "underline": SpanKind.UNDERLINE,
    "u": SpanKind.UNDERLINE,
    "small": SpanKind.SMALL,
}
_URL_SAFE = "%!#$&'()*+,/:;=?@[]~"
_DOCUMENT = re.compile(r"\.(?:md|markdown|mdown|txt)$", re.IGNORECASE)


def book_path(folder: str, path: str) -> str:
    """*path*, written in a file of *folder*, from the book's own folder; what leads out of it stays as it is."""
    if not path or _SCHEME.match(path) or path.startswith("/") or "\\" in path:
        return path
    joined = posixpath.normpath(posixpath.join(folder, path))
    return path if joined.startswith("..") else joined


@dataclass(slots=True)
class InlineBuilder:
    """Makes inlines; gathers what a whole book must settle later.

    `pending` names every link and reference into the book: its key stands as the target until the ids
    are known.  `inline_note` makes a note of ``^[…]`` and gives its id.
    """

    context: Context
    folder: str
    note_ids: dict[str, str]
    pending: dict[str, tuple[int, int, str]]
    inline_note: Callable[[Element, tuple[Inline, ...]], str]
    first: int = 1
    last: int = 1
    _short: re.Pattern[str] | None = field(default=None)

    def __post_init__(self) -> None:
        forms = sorted(self.context.abbreviations, key=len, reverse=True)
        if forms:
            self._short = re.compile("|".join(map(re.escape, forms)))

    def read(self, element: Element) -> tuple[Inline, ...]:
        """The inlines of a block's element."""
        self.first, self.last = int(element.get("first", "1")), int(element.get("last", "1"))
        return self._children(element)

    def _children(self, element: Element) -> tuple[Inline, ...]:
        out: list[Inline] = []
        self._text(element.text, out)
        for child in element:
            self._inline(child, out)
            self._text(child.tail, out)
        return tuple(out)

    def _text(self, text: str | None, out: list[Inline]) -> None:
        if not text:
            return
        if "\n" in text:
            # Only text without any mark gets here with its line ends.
            for at, line in enumerate(text.split("\n")):
                if at:
                    out.append(SoftBreak())
                self._text(line.strip(" ") if at else line.rstrip(" "), out)
            return
        last = 0
        for match in self._short.finditer(text) if self._short else ():
            start, end = match.span()
            if (start and is_latin(text[start - 1]) and is_latin(text[start])) or (
                is_latin(text[end : end + 1] or " ") and is_latin(text[end - 1])
            ):
                continue
            self._append(text[last:start], out)
            known = self.context.abbreviations[match[0]]
            known.used = True
            out.append(Abbreviation(match[0], known.expansion))
            last = end
        self._append(text[last:], out)

    @staticmethod
    def _append(text: str, out: list[Inline]) -> None:
        if text and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + text)
        elif text:
            out.append(Text(text))

    def _inline(self, element: Element, out: list[Inline]) -> None:
        tag, value = element.tag, element.get("value", "")
        if tag in _WRAPPERS:
            children = self._children(element)
            if children:
                out.append(_WRAPPERS[tag](children))
        elif tag == "soft":
            out.append(SoftBreak())
        elif tag == "br":
            out.append(LineBreak())
        elif tag == "code":
            out.append(Code(value.replace("\n", " ")))
        elif tag == "math":
            out.append(Math(value))
        elif tag == "blank":
            out.append(Blank(float(element.get("ems", "4"))))
        elif tag == "ruby":
            out.append(Ruby(tuple(RubySegment(s.get("base", ""), s.get("text", "")) for s in element)))
        elif tag == "abbr":
            out.append(Abbreviation(value, element.get("title", "")))
        elif tag == "img":
            out.append(self.image(element))
        elif tag == "span":
            out += self._span(element)
        elif tag == "a":
            out += self._link(element)
        elif tag == "ref":
            out.append(CrossReference(self._pend(value, element.get("literal", "") or value)))
        elif tag == "noteref":
            self._note(element, out)
        elif tag == "inlinenote":
            out.append(NoteReference(self.inline_note(element, self._children(element))))
        elif tag == "rt":  # outside <ruby>
            self._append(value, out)
        else:
            raise AssertionError(f"unknown inline element {tag}")

    def _note(self, element: Element, out: list[Inline]) -> None:
        label, literal = element.get("value", ""), element.get("literal", "")
        if label in self.note_ids:
            out.append(NoteReference(self.note_ids[label]))
            return
        place = self.context.place(self.first, self.last, literal)
        message = f"there is no note {label}; {literal} is kept as text"
        self.context.warn(Finding.NOTE_MISSING, place, message, f"add a line [^{label}]: …")
        self._append(literal, out)

    def image(self, element: Element) -> Image:
        """The image of an element; ``alt=`` says it where the brackets hold a caption."""
        given = parse_attributes(element.get("attr", ""))
        source = book_path(self.folder, unquote(element.get("href", "")))
        share, points = self._width(given)
        return Image(
            source, given.get("alt") or element.get("alt", ""), element.get("title", ""), share, points
        )

    def _width(self, given: Given) -> tuple[float | None, float | None]:
        text = given.get("width")
        if not text:
            return None, None
        try:
            if text.endswith("%"):
                return min(1.0, max(0.01, float(text[:-1]) / 100)), None
            return None, max(1.0, parse_length(f"{text}px" if text.isdigit() else text))
        except ValueError:
            place = self.context.place(self.first, self.last, text)
            hint = "for example 50% or 6cm"
            self.context.warn(Finding.ATTRIBUTE_UNKNOWN, place, f"width={text} is no width", hint)
            return None, None

    def _span(self, element: Element) -> list[Inline]:
        given = parse_attributes(element.get("attr", ""))
        children = self._children(element)
        marks: list[Inline] = []
        if given.get("index"):
            terms = tuple(part.strip() for part in re.split(r"[!>]", given.get("index")) if part.strip())
            marks = [IndexMark(terms)] if terms else []
        elif "index" in given.classes and plain_text(children).strip():
            marks = [IndexMark((plain_text(children).strip(),))]
        if marks and not given.classes and len(given.pairs) == 1:
            return [*children, *marks]
        kind = next((_KINDS[name] for name in given.classes if name in _KINDS), SpanKind.PLAIN)
        rest = given.without("index", "lang", *(name for name in given.classes if name in _KINDS))
        language = given.get("lang")
        if kind is SpanKind.PLAIN and not language and not rest.classes and not rest.pairs:
            return [*children, *marks]
        return [Span(children, kind, language, rest), *marks] if children else marks

    # ------------------------------------------------------------ links

    def _link(self, element: Element) -> list[Inline]:
        href = re.sub(r"[\t\n\r]", "", element.get("href", "")).strip()
        children = self._children(element) or (Text(href),)
        title = element.get("title", "")
        scheme = _SCHEME.match(href)
        if href.startswith("//"):
            href, scheme = "https:" + href, _SCHEME.match("https:")
        if scheme is not None:
            if scheme[0].lower() in _SAFE_SCHEMES and len(href) > len(scheme[0]):
                return [Link(children, ExternalTarget(quote(href, safe=_URL_SAFE)), title)]
            self._refuse(element, Finding.LINK_UNSAFE, f"a link to {href[:60]} is not made; its text is kept")
            return list(children)
        path, _, fragment = unquote(element.get("href", "").strip()).partition("#")
        if not path and fragment:
            return [Link(children, InternalTarget(self._pend(fragment, "")), title)]
        if path and _DOCUMENT.search(path):
            target = f"{book_path(self.folder, path)}#{fragment}"
            return [Link(children, InternalTarget(self._pend(target, "", path=True)), title)]
        self._refuse(
            element,
            Finding.REFERENCE_MISSING,
            f"{href[:60] or 'nothing'} is no address that a book can link to",
        )
        return list(children)

    def _refuse(self, element: Element, code: Finding, message: str) -> None:
        place = self.context.place(self.first, self.last, element.get("literal", ""))
        self.context.warn(code, place, message, "https:, mailto:, tel: or #id")

    def _pend(self, target: str, literal: str, path: bool = False) -> str:
        """A key that stands for the target until the book's ids are known."""
        key = f"{'path' if path else 'id'}\x00{self.context.file}\x00{target}\x00{literal}"
        self.pending.setdefault(key, (self.first, self.last, self.context.file))
        return key
