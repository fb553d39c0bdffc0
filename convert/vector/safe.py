"""SVG from a stranger, made harmless (SVG 2, 2.7 secure static mode)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from convert.regex import regex

__all__ = ["SVG", "XLINK", "VectorError", "inherited", "local", "parse"]

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

MAX_BYTES = 8 * 1024 * 1024
MAX_ELEMENTS = 50_000
"""Also counting what `use` repeats."""
MAX_DEPTH = 64

_KNOWN = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc style "
    "linearGradient radialGradient stop pattern clipPath mask marker image switch filter feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight "
    "feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology "
    "feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence a".split()
)
_SILENT = frozenset("metadata view cursor font font-face color-profile".split())
"""Left out without a word: nothing of them is seen."""
_INSIDE = regex(r"#[^\s\"'()#]+")
_PIXELS = regex(r"data:image/(?:png|jpe?g);base64,[A-Za-z0-9+/=\s]*")
_ADDRESS = regex(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)


class VectorError(Exception):
    """A file that cannot be used as a drawing, with what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def local(node: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(node).localname


def inherited(node: etree._Element | None, name: str, default: str) -> str:
    """What a property is at *node*, its own or that of what it stands in."""
    while node is not None:
        value = node.get(name)
        if value and value != "inherit":
            return str(value).strip()
        node = node.getparent()
    return default


def parse(data: bytes) -> tuple[etree._Element, tuple[str, ...]]:
    """The root of the SVG *data*, harmless, and what had to be left out.

    Raises VectorError for what is no SVG, declares entities, or is larger or deeper than a drawing is.
    """
    if len(data) > MAX_BYTES:
        raise VectorError("is larger than 8 MiB", "make it simpler, or save it as PNG")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise VectorError(f"is no well-formed SVG: {error}", "save it again as plain SVG") from error
    # The stubs know no DTD's entities.
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise VectorError("declares entities", "save it again as plain SVG")
    if root.tag != f"{{{SVG}}}svg":
        raise VectorError("is XML, but no SVG", "give a drawing whose root is svg")
    _measure(root)
    found: dict[str, None] = {}
    for what in _clean(root):
        found.setdefault(what)
    return root, tuple(found)


def _measure(root: etree._Element) -> None:
    """Refuse what nests or repeats too much."""
    count = 0
    stack = [(root, 1)]
    while stack:
        node, depth = stack.pop()
        count += 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise VectorError(
                "has too many or too deeply nested elements", "make it simpler, or save it as PNG"
            )
        stack += [(child, depth + 1) for child in node]
    _repeats(root)


def _repeats(root: etree._Element) -> None:
    """Refuse `use` that leads to itself, or that repeats so often that the drawing would never be done."""
    named = {node.get("id"): node for node in root.iter("*") if node.get("id")}
    sizes: dict[etree._Element, int] = {}
    open_: set[etree._Element] = set()

    def size(node: etree._Element) -> int:
        known = sizes.get(node)
        if known is not None:
            return known
        if node in open_:
            raise VectorError("has a use element that shows itself", "save it again as plain SVG")
        open_.add(node)
        total = 1 + sum(map(size, node.iterchildren("*")))
        target = named.get(str(node.get("href") or node.get(f"{{{XLINK}}}href") or "")[1:])
        if local(node) == "use" and target is not None:
            total += size(target)
        open_.discard(node)
        sizes[node] = total
        if total > MAX_ELEMENTS:
            raise VectorError("repeats too much", "make it simpler, or save it as PNG")
        return total

    size(root)


def _clean(root: etree._Element) -> Iterator[str]:
    """Take out of *root* what acts or leads elsewhere; tells what."""
    for entity in list(root.iter(etree.Entity)):
        yield "an entity"
        _drop(entity)
    for node in list(root.iter("*")):
        name = local(node)
        if etree.QName(node).namespace != SVG or name in _SILENT:
            _drop(node)
        elif name not in _KNOWN:
            yield f"the element {name}"
            _drop(node)
        else:
            yield from _clean_attributes(node, name)
            if name == "style":
                yield from _clean_css(node)
            elif name == "image" and not (node.get("href") or node.get(f"{{{XLINK}}}href")):
                _drop(node)
            elif name == "a":
                node.tag = f"{{{SVG}}}g"


def _drop(node: etree._Element) -> None:
    above = node.getparent()
    if above is None:
        return
    before = node.getprevious()
    if node.tail:
        if before is None:
            above.text = (above.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    above.remove(node)


def _clean_attributes(node: etree._Element, name: str) -> Iterator[str]:
    for key, said in list(node.attrib.items()):
        value = str(said)
        space, plain = etree.QName(key).namespace, etree.QName(key).localname
        if space not in (None, XLINK, _XML) or (space == XLINK and plain != "href"):
            del node.attrib[key]
        elif plain.startswith("on"):
            yield "event attributes"
            del node.attrib[key]
        elif plain == "href":
            inside = _INSIDE.fullmatch(value) or (name == "image" and _PIXELS.fullmatch(value))
            if name == "a" or not inside:
                if name != "a":
                    yield "links to other files"
                del node.attrib[key]
        elif plain == "base" or _leads_out(value):
            yield "links to other files"
            del node.attrib[key]


def _clean_css(node: etree._Element) -> Iterator[str]:
    css = node.text or ""
    if "\\" in css or "@import" in css.lower() or _leads_out(css):
        yield "a style sheet that leads to other files"
        node.text = ""


def _leads_out(value: str) -> bool:
    return any(not _INSIDE.fullmatch(target.strip()) for _, target in _ADDRESS.findall(value))
