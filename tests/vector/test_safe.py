"""Drawings from strangers: nothing acts, nothing is fetched, nothing runs away."""

from __future__ import annotations

import pytest
from lxml import etree

from convert.vector import VectorError, read_svg
from convert.vector.safe import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS
from tests.vector.drawings import HEAD, square_pen, svg

RECT = '<rect width="10" height="10"/>'


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("<script>go()</script>", "the element script"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "the element foreignObject"),
        ("<animate attributeName='x'/>", "the element animate"),
        ("<set attributeName='x'/>", "the element set"),
        ("<g onload='go()'/>", "event attributes"),
        ("<image href='https://example.org/x.png' width='5' height='5'/>", "links to other files"),
        ("<image href='x.png' width='5' height='5'/>", "links to other files"),
        ("<image href='data:image/svg+xml;base64,AAAA' width='5' height='5'/>", "links to other files"),
        ("<use xlink:href='other.svg#a'/>", "links to other files"),
        ("<g fill='url(https://example.org/#a)'/>", "links to other files"),
        ("<g style='fill:url(x.svg#a)'/>", "links to other files"),
        ("<g xml:base='https://example.org/'/>", "links to other files"),
        ("<style>@import 'x.css';</style>", "a style sheet that leads to other files"),
        ("<style>a{fill:url(//example.org/x)}</style>", "a style sheet that leads to other files"),
        ("<style>@\\69mport 'x.css';</style>", "a style sheet that leads to other files"),
    ],
)  # fmt: skip
def test_what_acts_or_leads_out_is_taken_out_and_told(inner: str, told: str) -> None:
    drawing = read_svg(svg(inner + RECT), square_pen)
    assert drawing.left_out == (told,)
    text = drawing.svg.decode()
    for word in (
        "script",
        "foreign",
        "animate",
        "<set",
        "onload",
        "example.org",
        "other.svg",
        "x.png",
        "x.css",
        "data:",
    ):
        assert word not in text
    assert drawing.shapes is None or len(drawing.shapes) == 1


def test_what_is_harmless_stays() -> None:
    inner = '<title>T</title><a href="https://example.org"><rect width="10" height="10" fill="url(#g)"/></a>'
    inner += '<linearGradient id="g"><stop stop-color="red"/></linearGradient>'
    inner += '<metadata><x:y xmlns:x="urn:x"/></metadata><i:z xmlns:i="urn:i"/>'
    drawing = read_svg(svg(inner), square_pen)
    assert drawing.left_out == ()
    names = [etree.QName(node).localname for node in etree.fromstring(drawing.svg).iter("*")]
    assert names == ["svg", "rect", "title", "g", "rect", "linearGradient", "stop"]


def nested(depth: int) -> bytes:
    return svg("<g>" * depth + "</g>" * depth)


DOUBLING = "<defs><g id='a0'><rect width='1' height='1'/></g>" + "".join(
    f"<g id='a{n}'><use href='#a{n - 1}'/><use href='#a{n - 1}'/></g>" for n in range(1, 40)
)
ENTITIES = '<!DOCTYPE svg [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ENTITIES.encode() + svg("<text>&b;</text>"), "declares entities"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"), "declares entities"),
        (b"<html/>", "is XML, but no SVG"),
        (b"<svg", "no well-formed SVG"),
        (nested(MAX_DEPTH + 1), "too deeply nested"),
        (svg("<g/>" * MAX_ELEMENTS), "too many"),
        (svg(f"{DOUBLING}</defs><use href='#a39'/>"), "repeats too much"),
        (svg("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"), "shows itself"),
        (HEAD.encode() + b" " * MAX_BYTES + b"</svg>", "larger than 8 MiB"),
        (svg(RECT, '<svg xmlns="http://www.w3.org/2000/svg" width="-3" height="4">'), "no size"),
        (svg(RECT, '<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="4">'), "no size"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_a_drawing_is_refused_with_a_way_out(data: bytes, said: str) -> None:
    with pytest.raises(VectorError, match=said) as caught:
        read_svg(data, square_pen)
    assert caught.value.hint


def test_a_plain_doctype_and_as_deep_as_may_be_are_drawn() -> None:
    doctype = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert read_svg(doctype + svg(RECT), square_pen).shapes
    deep = svg("<g>" * (MAX_DEPTH - 2) + RECT + "</g>" * (MAX_DEPTH - 2))
    assert read_svg(deep, square_pen).shapes
