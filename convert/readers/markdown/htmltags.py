"""HTML tags in the line: those the model can hold become elements; the others are told of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from convert.diagnostics import Code
from convert.readers.markdown.delimiters import Piece, assemble, pair, plain
from convert.readers.markdown.htmlblocks import tag_attributes
from convert.records import dataclass
from convert.regex import regex

if TYPE_CHECKING:
    from convert.readers.markdown.inline import Scan

__all__ = ["TAG", "Tag", "close_tag", "open_tag"]

TAG = regex(
    r"""<(/?)([A-Za-z][A-Za-z0-9-]{0,30})((?:\s+[^\s"'=<>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>]++))?+)*+)\s*+/?>"""
)

_PLAIN = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em", "var": "em",
    "s": "del", "del": "del", "strike": "del", "sup": "sup", "sub": "sub", "mark": "mark",
}  # fmt: skip
MAX_OPEN_TAGS = 32
_SPANS = {"u": ".underline", "ins": ".underline", "small": ".small"}
_OTHERS = frozenset(("span", "code", "kbd", "samp", "tt", "ruby", "rt", "a", "abbr", "q"))
_SILENT = frozenset(("p", "wbr", "rb", "rtc", "rp"))
_VOID = frozenset(("wbr", "hr", "input", "col", "embed", "link", "meta", "source", "area"))
_BREAKING = frozenset(("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "hr", "tr", "blockquote", "section"))
"""Blocks of HTML: where one begins inside a line of text, what it holds does not run on in that line."""
_HTML_NAMES = (
    "p div font center big label input button form iframe video audio source object embed param svg path script"
    " style link meta title head body html table thead tbody tfoot tr td th caption colgroup col ul ol li dl dt"
    " dd pre blockquote section article aside main header footer nav figure figcaption details summary picture"
    " canvas map area noscript textarea select option fieldset legend address hgroup h1 h2 h3 h4 h5 h6 hr time"
    " data output progress meter bdo bdi wbr rb rp rtc acronym nobr blink marquee math mi mo mn"
)
_HTML = frozenset(_HTML_NAMES.split())
_KNOWN = frozenset((*_PLAIN, *_SPANS, *_OTHERS))


@dataclass(slots=True)
class Tag:
    """An open tag: its place in the pieces, the text it was, where it stands."""

    name: str
    index: int
    given: dict[str, str]
    literal: str
    at: int

    def leave_open(self, scan: Scan) -> None:
        """It is never closed: the tag goes, what follows stays."""
        if self.name in _KNOWN:
            message = f"<{self.name}> is never closed in its block"
            scan.warn(Code.HTML_UNCLOSED, self.at, message, f"end it with </{self.name}>")


def _unknown(scan: Scan, literal: str, name: str, at: int) -> None:
    """A tag the model cannot hold: HTML's own go and their text stays; others are no tags but text."""
    if name in _HTML:
        if name not in _SILENT:
            message = f"{literal} cannot be shown; its text is"
            scan.warn(Code.HTML_UNKNOWN, at, message, "use Markdown")
        return
    scan.warn(Code.HTML_UNKNOWN, at, f"{literal} is no HTML; it is kept as text", "write \\<")
    scan.pieces.append(literal)


def open_tag(scan: Scan, match: re.Match[str]) -> None:
    """A start tag, or one that stands alone."""
    name = match[2].lower()
    literal = match[0]
    if name == "br":
        scan.pieces.append(Element("br"))
    elif name == "img":
        _image(scan, tag_attributes(match[3]), match.start())
    else:
        if name in _BREAKING:
            scan.line_break(match.start())
        if name not in _KNOWN:
            _unknown(scan, literal, name, match.start())
        if literal.endswith("/>") or name in _VOID or (name not in _KNOWN and name not in _HTML):
            return
        if len(scan.tags) >= MAX_OPEN_TAGS:
            message = "HTML tags are nested too deep"
            scan.warn(Code.NESTING_TOO_DEEP, match.start(), message, "their text is kept")
            return
        scan.push_tag(Tag(name, len(scan.pieces), tag_attributes(match[3]), literal, match.start()))
        scan.pieces.append("")


def _image(scan: Scan, given: dict[str, str], at: int) -> None:
    width = given.get("width", "")
    if width.isdigit():
        width += "px"
    attributes = f"{{width={width}}}" if width else ""
    element = Element("img", {"href": given.get("src", ""), "alt": given.get("alt", "")})
    element.set("title", given.get("title", ""))
    element.set("attr", attributes)
    scan.mark(element, at)
    scan.pieces.append(element)


def close_tag(scan: Scan, match: re.Match[str]) -> None:
    """An end tag: what stands since its start tag becomes an element."""
    name = match[2].lower()
    if not scan.open_tags[name]:
        if name in _KNOWN:
            scan.warn(Code.HTML_UNCLOSED, match.start(), f"{match[0]} ends nothing", "remove it")
        else:
            _unknown(scan, match[0], name, match.start())
        return
    tag = scan.take_tag(name)
    inner = scan.inner_of(tag)
    element = _element(tag, inner)
    if element is not None:
        scan.mark(element, tag.at)
        scan.pieces.append(element)
    elif name != "rp":
        scan.pieces += inner
        if name in _BREAKING:
            scan.line_break(match.end())


def _element(tag: Tag, inner: list[Piece]) -> Element | None:
    name, given = tag.name, tag.given
    if name in _PLAIN:
        return assemble(_PLAIN[name], pair(inner))
    if name in _SPANS:
        return assemble("span", pair(inner), attr=f"{{{_SPANS[name]}}}")
    if name in ("code", "kbd", "samp", "tt"):
        return Element("code", {"value": plain(inner)})
    if name == "rt":
        return Element("rt", {"value": plain(inner)})
    if name == "ruby":
        return _ruby(inner)
    if name == "abbr" and given.get("title"):
        return Element("abbr", {"value": plain(inner), "title": given["title"]})
    if name == "a" and given.get("href"):
        return assemble("a", pair(inner), href=given["href"], title=given.get("title", ""), attr="")
    if name in ("span", "a"):
        identifier = given.get("id") or given.get("name", "")
        anchor = f" #{identifier}" if identifier else ""
        classes = "".join(f" .{word}" for word in given.get("class", "").split())
        language = f" lang={given['lang']}" if given.get("lang") else ""
        return assemble("span", pair(inner), attr="{" + anchor + classes + language + "}")
    if name == "q":
        return assemble("span", ["“", *pair(inner), "”"], attr="")
    return None


def _ruby(inner: list[Piece]) -> Element:
    """``<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>``; what has no reading stays plain base text."""
    element = Element("ruby")
    base: list[Piece] = []
    for piece in inner:
        if isinstance(piece, Element) and piece.tag == "rt":
            SubElement(element, "seg", {"base": plain(base), "text": piece.get("value", "")})
            base = []
        else:
            base.append(piece)
    if plain(base).strip():
        SubElement(element, "seg", {"base": plain(base), "text": ""})
    return element
