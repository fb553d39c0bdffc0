"""Inline elements → the model's inlines."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from convert.diagnostics import Code as Finding
from convert.diagnostics import Place
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
    PageMark,
    ReferenceForm,
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
from convert.readers.markdown.places import Places
from convert.readers.markdown.shortforms import ShortForms
from convert.records import dataclass, field, replace
from convert.regex import regex
from convert.units import parse_length

__all__ = ["InlineBuilder", "book_path", "caption_and_width"]

_WRAPPERS: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    "em": Emphasis,
    "strong": Strong,
    "del": Strikethrough,
    "mark": Highlight,
    "sup": Superscript,
    "sub": Subscript,
}
_NO_BREAKS = str.maketrans("", "", "\t\n\r")
_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
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
_SIZED = regex(r"([^|]*)\|[ ]*(\d{1,5}%?)(?:x\d{1,5})?[ ]*")
_PLAIN_URL = regex(r"[\w.~%!#$&'()*+,/:;=?@\[\]-]*", re.ASCII)
_URL_SAFE = "%!#$&'()*+,/:;=?@[]~"
_DOCUMENT = regex(r"\.(?:md|markdown|mdown|txt)$", re.IGNORECASE)


def book_path(folder: str, path: str) -> str:
    """*path*, written in a file of *folder*, from the book's own folder; what leads out of it stays as it is."""
    if not path or _SCHEME.match(path) or path.startswith("/") or "\\" in path:
        return path
    joined = posixpath.normpath(posixpath.join(folder, path))
    return path if joined.startswith("..") else joined


def _levels(text: str) -> tuple[str, ...]:
    """The levels of an index entry, ``tea!green`` or ``tea>green``."""
    return tuple(part.strip() for part in re.split(r"[!>]", text) if part.strip())


@dataclass(slots=True)
class InlineBuilder:
    """Makes inlines; gathers what a whole book must settle later.

    `pending` names every link and reference into the book: its key stands as the target until the ids
    are known.  `inline_note` makes a note of ``^[…]`` and gives its id.
    """

    context: Context
    folder: str
    note_ids: dict[str, str]
    pending: dict[str, list[Place]]
    inline_note: Callable[[Element, tuple[Inline, ...]], str]
    first: int = 1
    last: int = 1
    anchors: list[tuple[str, Place]] = field(default_factory=list)
    """Ids that stand in the line, for the block that holds them."""
    marks: list[PageMark] = field(default_factory=list)
    """Marks of pages that stand between blocks, for the next text."""
    _places: Places | None = None
    _short: ShortForms | None = None

    def __post_init__(self) -> None:
        if self.context.abbreviations:
            self._short = ShortForms(self.context.abbreviations)

    def read(self, element: Element) -> tuple[Inline, ...]:
        """The inlines of a block's element."""
        self.enter(element)
        found = self._children(element)
        if self.marks and found:
            found = (*self.marks, *found)
            self.marks = []
        return found

    def enter(self, element: Element) -> None:
        """Take *element* as what places are told in."""
        self.first, self.last = int(element.get("first", "1")), int(element.get("last", "1"))
        self._places = self.context.places(element) if element.get("source") is not None else None

    def place(self, element: Element, needle: str = "") -> Place:
        """Where an inline element stands, or *needle* in it."""
        at = element.get("at")
        if self._places is None or at is None:
            return self.context.place(self.first, self.last, needle)
        return self._places.find(needle, int(at)) if needle else self._places.at(int(at))

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
        for start, end in self._short.find(text) if self._short else ():
            self._append(text[last:start], out)
            known = self.context.abbreviations[text[start:end]]
            known.used = True
            out.append(Abbreviation(known.label, known.expansion))
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
            out += self._wrapped(element, (self.image(element),))
        elif tag == "page":
            out.append(PageMark(value))
        elif tag == "critic":
            message = "an editor's marks are kept as text"
            self.context.warn(Finding.EDITORS_MARK, self.place(element), message, "settle them in the source")
            self._append(value, out)
        elif tag == "span":
            out += self._span(element)
        elif tag == "a":
            out += self._link(element)
        elif tag == "ref":
            out.append(self._reference(element))
        elif tag == "noteref":
            self._note(element, out)
        elif tag == "inlinenote":
            out.append(NoteReference(self.inline_note(element, self._children(element))))
        elif tag == "rt":  # outside <ruby>
            self._append(value, out)
        else:
            raise AssertionError(f"unknown inline element {tag}")

    def _reference(self, element: Element) -> CrossReference:
        value, literal = element.get("value", ""), element.get("literal", "")
        paged = "page" in parse_attributes(element.get("attr", "")).classes
        form = ReferenceForm.PAGE if paged else ReferenceForm.LABEL
        place = self.place(element, "" if literal else value)
        return CrossReference(self._pend(value, literal or value, place), form=form)

    def _note(self, element: Element, out: list[Inline]) -> None:
        label, literal = element.get("value", ""), element.get("literal", "")
        if label in self.note_ids:
            out.append(NoteReference(self.note_ids[label]))
            return
        message = f"there is no note {label}; {literal} is kept as text"
        self.context.warn(Finding.NOTE_MISSING, self.place(element), message, f"add a line [^{label}]: …")
        self._append(literal, out)

    def image(self, element: Element) -> Image:
        """The image of an element; ``alt=`` says it where the brackets hold a caption."""
        given = parse_attributes(element.get("attr", ""))
        source = book_path(self.folder, unquote(element.get("href", "")))
        alt, text = caption_and_width(element.get("alt", ""))
        share, points = self._width(given.get("width") or text, element)
        return Image(source, given.get("alt") or alt, element.get("title", ""), share, points)

    def _width(self, text: str, element: Element) -> tuple[float | None, float | None]:
        if not text:
            return None, None
        try:
            if text.endswith("%"):
                return min(1.0, max(0.01, float(text[:-1]) / 100)), None
            return None, max(1.0, parse_length(f"{text}px" if text.isdigit() else text))
        except ValueError:
            hint = "for example 50% or 6cm"
            place = self.place(element, text)
            self.context.warn(Finding.ATTRIBUTE_UNKNOWN, place, f"width={text} is no width", hint)
            return None, None

    def _anchor(self, given: Given, element: Element) -> None:
        if given.id:
            self.anchors.append((given.id, self.place(element, "#" + given.id)))

    def _wrapped(self, element: Element, made: tuple[Inline, ...]) -> list[Inline]:
        """*made* in a span with the classes and language that its attributes give it."""
        given = parse_attributes(element.get("attr", ""))
        self._anchor(given, element)
        rest = given.without("width", "alt", "lang")
        if not rest.classes and not rest.pairs and not given.get("lang"):
            return list(made)
        return [Span(made, SpanKind.PLAIN, given.get("lang"), rest)]

    def _span(self, element: Element) -> list[Inline]:
        given = parse_attributes(element.get("attr", ""))
        self._anchor(given, element)
        children = self._children(element)
        if "page" in given.classes and any(isinstance(child, CrossReference) for child in children):
            # [见@fig-x]{.page}: every reference in it tells its page.
            children = tuple(
                replace(child, form=ReferenceForm.PAGE) if isinstance(child, CrossReference) else child
                for child in children
            )
            given = Given(given.id, tuple(name for name in given.classes if name != "page"), given.pairs)
        marks: list[Inline] = []
        if given.get("index"):
            terms = _levels(given.get("index"))
            marks = [IndexMark(terms, _levels(given.get("reading")))] if terms else []
        elif "index" in given.classes and plain_text(children).strip():
            marks = [IndexMark((plain_text(children).strip(),), _levels(given.get("reading")))]
        if marks and not given.classes and len(given.pairs) == 1:
            return [*children, *marks]
        kind = next((_KINDS[name] for name in given.classes if name in _KINDS), SpanKind.PLAIN)
        rest = given.without(
            "index",
            *(("reading",) if marks else ()),
            "lang",
            *(name for name in given.classes if name in _KINDS),
        )
        language = given.get("lang")
        if kind is SpanKind.PLAIN and not language and not rest.classes and not rest.pairs:
            return [*children, *marks]
        return [Span(children, kind, language, rest), *marks] if children else marks

    # ------------------------------------------------------------ links

    def _link(self, element: Element) -> list[Inline]:
        return self._wrapped(element, tuple(self._plain_link(element)))

    def _plain_link(self, element: Element) -> list[Inline]:
        href = element.get("href", "").translate(_NO_BREAKS).strip()
        children = self._children(element) or (Text(href),)
        title = element.get("title", "")
        scheme = _SCHEME.match(href)
        if href.startswith("//"):
            href, scheme = "https:" + href, _SCHEME.match("https:")
        if scheme is not None:
            if scheme[0].lower() in _SAFE_SCHEMES and len(href) > len(scheme[0]):
                url = href if _PLAIN_URL.fullmatch(href) else quote(href, safe=_URL_SAFE)
                return [Link(children, ExternalTarget(url), title)]
            self._refuse(element, Finding.LINK_UNSAFE, f"a link to {href[:60]} is not made; its text is kept")
            return list(children)
        path, _, fragment = unquote(element.get("href", "").strip()).partition("#")
        if not path and fragment:
            return [Link(children, InternalTarget(self._pend(fragment, "", self._at(element))), title)]
        if path and _DOCUMENT.search(path):
            target = f"{book_path(self.folder, path)}#{fragment}"
            key = self._pend(target, "", self._at(element), path=True)
            return [Link(children, InternalTarget(key), title)]
        self._refuse(
            element,
            Finding.REFERENCE_MISSING,
            f"{href[:60] or 'nothing'} is no address that a book can link to",
        )
        return list(children)

    def _refuse(self, element: Element, code: Finding, message: str) -> None:
        self.context.warn(code, self._at(element), message, "https:, mailto:, tel: or #id")

    def _at(self, element: Element) -> Place:
        """Where the address of a link stands; its beginning where the address is said elsewhere."""
        return self.place(element, element.get("href", ""))

    def _pend(self, target: str, literal: str, place: Place, path: bool = False) -> str:
        """A key that stands for the target until the book's ids are known."""
        key = f"{'path' if path else 'id'}\x00{self.context.file}\x00{target}\x00{literal}"
        self.pending.setdefault(key, []).append(place)
        return key


def caption_and_width(words: str) -> tuple[str, str]:
    """What the brackets of an image say, and the width after a bar: ``a|300``, ``a|300x200``, ``a|50%``."""
    match = _SIZED.fullmatch(words)
    return (match[1].rstrip(), match[2]) if match else (words, "")
