"""Inlines as XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import assert_never
from urllib.parse import quote, urlsplit

from convert.characters import is_cjk
from convert.images import ImageAsset
from convert.math import mathml
from convert.model.identity import ascii_id
from convert.model.nodes import (
    Abbreviation,
    Attributes,
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
    LinkTarget,
    Math,
    NoteReference,
    PageMark,
    ReferenceForm,
    Ruby,
    RunIn,
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
from convert.records import dataclass, field
from convert.regex import regex
from convert.terms import Terms, circled
from convert.writers.epub.chapters import Plan
from convert.writers.epub.markup import attribute, element_id, escape, language_attributes, upright
from convert.writers.epub.pages import Pages, PageTarget
from convert.writers.epub.profiles import NoteForm, Profile

__all__ = [
    "NOTE_PICTURE",
    "FileWriter",
    "class_attribute",
    "formula",
    "image_element",
    "inlines",
    "link_to",
    "page_break",
    "reference_id",
]

NOTE_PICTURE = "images/note.png"
"""The mark of a note where it is a picture."""
_CLASS = regex(r"[A-Za-z][\w-]*", re.ASCII)
_PAGE_NAME = regex(r"[A-Za-z0-9_-]{1,32}")
_ADDRESS = regex(r"(?:https?://|www\.)\S+$|\S+@\S+$", re.ASCII)
"""A link that says where it leads: it may break anywhere."""
_LAST_WORD = regex(r"(?:[0-9A-Za-z.,%+-]{1,12}|\S)\Z")
"""What a note mark is held to: a word or number, else one character."""
_SHORT = 8
"""Characters of an emphasis that may be kept on one line."""
_STRAY_PERCENT = regex(r"%(?![0-9A-Fa-f]{2})")
_URL_SAFE = "%/:?#@!$&'()*+,;=~[]"


@dataclass(slots=True)
class FileWriter:
    """What rendering one content file needs to know and to remember."""

    file: str
    plan: Plan
    images: Mapping[str, tuple[str, ImageAsset]]
    """By `Image.source`: the address from the package's root, and the data."""
    targets: frozenset[str]
    """Ids that something points to; others need no ``id`` attribute."""
    profile: Profile
    pages: Pages
    terms: Terms
    marks: dict[str, int] = field(default_factory=dict)
    """How often each note has been referred to in this file."""
    formulas: int = 0
    """Formulas that stand in this file as MathML."""
    refused: set[str] = field(default_factory=set)
    """TeX of formulas that stand in this file as their source."""
    order: list[str | PageTarget] = field(default_factory=list)
    """Headings (by id) and page marks of this file, as they come."""

    def text(self, text: str) -> str:
        """Running text as character data; in vertical lines, with what stands upright marked."""
        return upright(escape(text)) if self.profile.vertical else escape(text)

    def anchor(self, node_id: str) -> str:
        """An ``id`` attribute where something points to *node_id*, else nothing."""
        return element_id(ascii_id(node_id)) if node_id in self.targets else ""


def reference_id(note: str, count: int) -> str:
    """Id of the *count*-th mark of a note.  The dot keeps it apart from every `ascii_id`."""
    return f"r.{ascii_id(note)}" + (f".{count}" if count > 1 else "")


def class_attribute(attributes: Attributes, *own: str) -> str:
    """A ``class`` attribute with a leading space: our names, then those of the author that CSS can name."""
    names = [*filter(None, own), *(name for name in attributes.classes if _CLASS.fullmatch(name))]
    return f' class="{" ".join(dict.fromkeys(names))}"' if names else ""


def inlines(writer: FileWriter, children: Sequence[Inline]) -> str:
    """*children* as XHTML, in order."""
    if NoteReference in map(type, children):
        return "".join(_kept(writer, children))
    return "".join([_inline(writer, child) for child in children])


def _kept(writer: FileWriter, children: Sequence[Inline]) -> Iterator[str]:
    """*children* with each note mark held to what it follows: a mark never begins a line (CLREQ 3.1.3).

    Browsers break before ①, and no character may be put in to forbid it.
    """
    held = False
    for child, after in zip_longest(children, children[1:]):
        marked = isinstance(after, NoteReference)
        if isinstance(child, NoteReference):
            yield _inline(writer, child) + ("</span>" if held and not marked else "")
            held = held and marked
        elif not marked:
            yield _inline(writer, child)
        elif isinstance(child, Text) and (last := _LAST_WORD.search(child.text)):
            held = True
            yield f'{writer.text(child.text[: last.start()])}<span class="keep">{writer.text(last[0])}'
        else:
            # What is short is kept whole; the end of something long cannot be had without cutting that in two.
            held = len(plain_text((child,))) <= _SHORT
            yield ('<span class="keep">' if held else "") + _inline(writer, child)


def _inline(writer: FileWriter, node: Inline) -> str:
    match node:
        case Text(text):
            return writer.text(text)
        case Strong(children):
            return f"<strong>{inlines(writer, children)}</strong>"
        case Emphasis(children):
            return _emphasis(writer, children)
        case NoteReference(note):
            return note_mark(writer, note)
        case Link():
            return _link(writer, node)
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Ruby():
            return _ruby(node)
        case Span():
            return _span(writer, node)
        case Image():
            return _image(writer, node)
        case LineBreak():
            return "<br/>"
        case SoftBreak():
            return " "
        case Strikethrough(children):
            return f"<s>{inlines(writer, children)}</s>"
        case Highlight(children):
            return f"<mark>{inlines(writer, children)}</mark>"
        case Superscript(children):
            return f"<sup>{inlines(writer, children)}</sup>"
        case Subscript(children):
            return f"<sub>{inlines(writer, children)}</sub>"
        case Math(tex):
            return formula(writer, tex, display=False)
        case Abbreviation(text, expansion):
            return f'<abbr title="{attribute(expansion)}">{escape(text)}</abbr>'
        case Blank(ems):
            return f'<span class="blank" style="{writer.profile.measure}:{max(ems, 0):g}em">&#160;</span>'
        case CrossReference(target, label, form):
            inner = escape(label)
            if form is ReferenceForm.PAGE and (folio := writer.pages.label_of.get(target)):
                # The page of the print edition, which the page list leads to.
                inner += f'<span class="folio">{escape(writer.terms.at_page.format(folio))}</span>'
            return link_to(writer, InternalTarget(target), inner, ' class="reference"')
        case IndexMark():
            return f"<span{anchor}></span>" if (anchor := writer.anchor(node.id)) else ""
        case PageMark(label):
            return page_break(writer, label)
        case RunIn(ident, children=children):
            writer.order.append(ident)
            name = element_id(ascii_id(ident))
            return f'<strong class="run-in"{name}>{inlines(writer, children)}</strong>'
        case _:
            assert_never(node)


def formula(writer: FileWriter, tex: str, *, display: bool) -> str:
    """A formula as MathML with its TeX as ``alttext``, or as its TeX where that is not understood."""
    made = mathml(tex, display)
    if made is None:
        writer.refused.add(tex)
        lines = "<br/>".join(escape(line) for line in tex.split("\n"))
        return f'<code class="math">{lines}</code>'
    writer.formulas += 1
    return made


def _emphasis(writer: FileWriter, children: tuple[Inline, ...]) -> str:
    """Dots are for Han and kana; a stretch without any leans as Latin does (CLREQ 5.2, JLREQ 3.3.9)."""
    latin = "" if any(map(is_cjk, plain_text(children))) else ' class="latin"'
    return f"<em{latin}>{inlines(writer, children)}</em>"


def note_mark(writer: FileWriter, note: str) -> str:
    """The mark that opens the note (EPUB SSV noteref; DPUB-ARIA doc-noteref)."""
    if note not in writer.plan.file_of:
        return ""
    count = writer.marks[note] = writer.marks.get(note, 0) + 1
    place = f'id="{reference_id(note, count)}" href="{writer.plan.href(note, from_file=writer.file)}"'
    number = circled(writer.plan.number_of[note])
    match writer.profile.notes:
        case NoteForm.ASIDE:
            return f'<a class="noteref" epub:type="noteref" role="doc-noteref" {place}>{number}</a>'
        case NoteForm.DUOKAN:
            picture = f'<img class="note-mark" src="../{NOTE_PICTURE}" alt="{attribute(writer.terms.note)}"/>'
            kind = f'class="duokan-footnote" epub:type="noteref" role="doc-noteref" title="{number}"'
            return f"<sup><a {kind} {place}>{picture}</a></sup>"
        case _:
            assert_never(writer.profile.notes)


def page_break(writer: FileWriter, label: str, tag: str = "span") -> str:
    """Where a printed page begins (EPUB SSV pagebreak; DPUB-ARIA doc-pagebreak); it shows nothing."""
    count = sum(isinstance(item, PageTarget) and item.label == label for item in writer.order)
    short = label if _PAGE_NAME.fullmatch(label) else ascii_id(label)
    name = f"p.{short}" + (f".{count + 1}" if count else "")
    writer.order.append(PageTarget(label, f"{writer.file}#{name}"))
    spoken = attribute(writer.terms.page.format(label))
    return f'<{tag} epub:type="pagebreak" role="doc-pagebreak" id="{name}" aria-label="{spoken}"></{tag}>'


def _link(writer: FileWriter, node: Link) -> str:
    more = f' title="{attribute(node.title)}"' if node.title else ""
    match node.children:
        case (Text(text),) if _ADDRESS.match(text):
            more += ' class="url"'
    return link_to(writer, node.target, inlines(writer, node.children), more)


def link_to(writer: FileWriter, target: LinkTarget, inner: str, more: str = "") -> str:
    """A link, or only what it says when there is nothing to point to."""
    match target:
        case ExternalTarget(url):
            href = _safe_url(url)
        case InternalTarget(name):
            known = name in writer.plan.file_of
            href = writer.plan.href(name, from_file=writer.file) if known else ""
        case _:
            assert_never(target)
    return f'<a{more} href="{attribute(href)}">{inner}</a>' if href else f"<span{more}>{inner}</span>"


def _safe_url(url: str) -> str:
    """*url* with what RFC 3986 does not allow percent-encoded; empty when it is no address at all."""
    try:
        parts = urlsplit(url)
        ok = bool(parts.scheme) and (bool(parts.hostname) or parts.scheme not in ("http", "https"))
    except ValueError:
        return ""
    return quote(_STRAY_PERCENT.sub("%25", url), safe=_URL_SAFE, errors="ignore") if ok else ""


def _ruby(node: Ruby) -> str:
    """Ruby, segment by segment; no ``rp``, which readers that know ruby would have to hide."""
    parts = "".join(f"{escape(part.base)}<rt>{escape(part.text)}</rt>" for part in node.segments)
    return f"<ruby>{parts}</ruby>"


def _span(writer: FileWriter, node: Span) -> str:
    inner = inlines(writer, node.children)
    language = language_attributes(node.language) if node.language else ""
    match node.kind:
        case SpanKind.PLAIN:
            tag, own = "span", ""
        case SpanKind.SMALL:
            tag, own = "small", ""
        case SpanKind.UNDERLINE:
            tag, own = "u", ""
        case SpanKind.KAI | SpanKind.DOTS:
            tag, own = "span", node.kind.value
        case _:
            assert_never(node.kind)
    classes = class_attribute(node.attributes, own)
    if tag == "span" and not classes and not language:
        return inner
    return f"<{tag}{classes}{language}>{inner}</{tag}>"


def _image(writer: FileWriter, node: Image) -> str:
    return image_element(writer, node, node.alt, ' class="inline"')


def image_element(writer: FileWriter, node: Image, alt: str, more: str = "") -> str:
    """An ``img``.  A width in points counts as ems of 10.5 pt, so that it grows with the reader's type."""
    address, _ = writer.images[node.source]
    style = ""
    if node.width_points is not None:
        style = f' style="width:{node.width_points / 10.5:.4g}em"'
    elif node.width is not None:
        style = f' style="{writer.profile.measure}:{min(max(node.width, 0.01), 1) * 100:.4g}%"'
    title = f' title="{attribute(node.title)}"' if node.title else ""
    return f'<img src="../{address}" alt="{attribute(alt)}"{title}{more}{style}/>'
