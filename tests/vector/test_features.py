"""What drawings are made of, feature by feature: our outlines beside the pixels of resvg."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from convert.vector import Drawing, read_svg
from tests.vector.drawings import square_pen, svg
from tests.vector.test_drawing import painted

TWO = (
    '<stop stop-color="red"/><stop offset="60%" style="stop-color:lime"/><stop offset="1" stop-color="blue"/>'
)
CASES = {
    "linear": f'<linearGradient id="g">{TWO}</linearGradient><rect x="9" y="5" width="60" height="40" fill="url(#g)"/>',
    "linear turned": f'<linearGradient id="g" x1="0" y1="0" x2="1" y2="1" gradientTransform="rotate(20)">{TWO}'
    '</linearGradient><ellipse cx="50" cy="25" rx="40" ry="15" fill="url(#g)"/>',
    "linear in units": f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="20" y1="5" x2="60" y2="30">{TWO}'
    '</linearGradient><g transform="translate(5 5) scale(.9)"><rect width="90" height="45" fill="url(#g)"/></g>',
    "radial": f'<radialGradient id="g">{TWO}</radialGradient><rect x="9" y="5" width="80" height="40" fill="url(#g)"/>',
    "radial aside": f'<radialGradient id="h">{TWO}</radialGradient><radialGradient id="g" xlink:href="#h" fx="25%" r=".4"/>'
    '<circle cx="30" cy="25" r="22" fill="url(#g)" fill-opacity=".6"/><rect x="60" width="30" height="40" fill="url(#g)"/>',
    "gradient in steps": '<linearGradient id="g"><stop offset=".3" stop-color="red"/><stop offset=".3" stop-color="blue"/>'
    '<stop offset=".2" stop-color="gold"/></linearGradient><rect width="90" height="45" fill="url(#g)"/>',
    "gradient comes again": f'<linearGradient id="g" x2=".2" spreadMethod="reflect">{TWO}</linearGradient>'
    '<rect width="90" height="45" fill="url(#g)"/>',
    "gradient seen through": '<linearGradient id="g"><stop stop-opacity=".2"/><stop offset="1"/></linearGradient>'
    '<rect width="90" height="45" fill="url(#g)"/>',
    "line with gradient": f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="100" y1="0" y2="0">{TWO}'
    '</linearGradient><path d="M5 25H95" stroke="url(#g)" stroke-width="9"/>',
    "by day": "<style>rect{fill:red}@media (prefers-color-scheme: dark){rect{fill:white} g{fill:lime}}"
    "@media print{rect{stroke:blue}}</style><rect x='9' y='9' width='30' height='30'/>",
    "by size": "<style>@media (min-width: 9em){rect{fill:red}}</style><rect width='30' height='30'/>",
    "a property of an editor": '<rect width="30" height="30" style="-inkscape-stroke:none;fill:red;--x:1"/>',
    "group opacity": '<g opacity=".5"><rect width="40" height="40" fill="red"/><rect x="20" y="10" width="40" height="30" fill="blue"/></g>',
    "display none": '<rect width="40" height="40" fill="red" display="none"/><rect x="50" width="20" height="20"/>',
    "visibility": '<rect width="40" height="40" fill="red" visibility="hidden"/><g visibility="hidden"><rect x="50" width="20" height="20" visibility="visible"/></g>',
    "nested svg": '<svg x="20" y="10" width="40" height="20" viewBox="0 0 10 10"><rect width="10" height="10" fill="green"/></svg>',
    "symbol": '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol><use href="#s" x="10" y="5" width="30" height="30"/>',
    "skew": '<rect x="10" y="10" width="30" height="20" transform="skewX(20) scale(1.2 .8)" fill="none" stroke="black" stroke-width="4"/>',
    "miter": '<path d="M10 40L30 10L50 40" fill="none" stroke="black" stroke-width="6" stroke-linejoin="round" stroke-linecap="round"/><path d="M60 40L70 10L80 40" fill="none" stroke="black" stroke-width="5" stroke-miterlimit="2"/>',
    "both": '<circle cx="30" cy="25" r="15" fill="yellow" stroke="red" stroke-width="5" stroke-opacity=".5"/>',
    "fill opacity stroke": '<circle cx="30" cy="25" r="15" fill="yellow" stroke="red" stroke-width="5" opacity=".5"/>',
    "currentColor": '<g color="red"><rect width="30" height="30" fill="currentColor"/></g>',
    "inherit": '<g fill="green" stroke="red"><rect x="5" y="5" width="30" height="30" fill="inherit" stroke="none"/></g>',
    "hsl": '<rect width="30" height="30" fill="hsl(120,50%,50%)"/><rect x="40" width="30" height="30" fill="rgb(10%,50%,90%)"/>',
    "rgba": '<rect width="30" height="30" fill="rgba(255,0,0,.5)"/><rect x="40" width="30" height="30" fill="#f008"/>',
    "transparent": '<rect width="30" height="30" fill="transparent"/><rect x="40" width="30" height="30" fill="none"/>',
    "rxry": '<rect x="5" y="5" width="60" height="30" rx="20" ry="5" fill="teal"/>',
    "clip nested": '<clipPath id="a"><rect width="30" height="30"/></clipPath><clipPath id="b" clip-path="url(#a)"><circle cx="25" cy="25" r="20"/></clipPath><rect width="90" height="45" clip-path="url(#b)" fill="purple"/>',
    "clip evenodd": '<clipPath id="a"><path clip-rule="evenodd" d="M0 0h40v40h-40zM10 10h20v20h-20z"/></clipPath><rect width="90" height="45" clip-path="url(#a)" fill="purple"/>',
    "clip bbox": '<clipPath id="a" clipPathUnits="objectBoundingBox"><circle cx=".5" cy=".5" r=".5"/></clipPath><rect x="10" y="5" width="40" height="40" clip-path="url(#a)" fill="purple"/>',
    "use style": '<defs><rect id="r" width="20" height="20"/></defs><use href="#r" fill="red"/><use href="#r" x="30" fill="blue" stroke="black" stroke-width="2"/>',
    "paint order": '<circle cx="30" cy="25" r="15" fill="yellow" stroke="red" stroke-width="8" paint-order="stroke"/>',
    "dash offset": '<path d="M5 25H95" stroke="black" stroke-width="4" stroke-dasharray="10,5,2" stroke-dashoffset="4"/>',
    "vector effect": '<g transform="scale(4 1)"><path d="M2 25H20" stroke="black" stroke-width="4" vector-effect="non-scaling-stroke"/></g>',
    "arcs": '<path d="M10 25a20 10 30 1 0 40 0A10 10 0 0 0 60 40z" fill="olive"/>',
    "percent": '<rect x="10%" y="10%" width="50%" height="50%" fill="navy"/>',
    "units": '<rect x="1mm" y="2mm" width="10mm" height=".2in" fill="navy"/><circle cx="70" cy="25" r="8pt"/>',
    "viewBox none": '<line x1="0" y1="0" x2="100" y2="50" stroke="red"/>',
    "zero": '<rect width="0" height="10"/><path d=""/><circle r="0"/><rect width="5" height="5"/>',
    "text": '<text x="5" y="20" font-size="10" stroke="red" fill="none" stroke-width=".5">ab cd</text><text x="5" y="40" font-size="10" transform="rotate(-10 5 40)" text-decoration="underline">xyz</text>',
    "tspan dy": '<text x="5" y="20" font-size="10">a<tspan dy="5" dx="3">b</tspan>c</text>',
    "fill-rule attr": '<path fill-rule="evenodd" d="M50 5L65 45L25 20H75L35 45z"/>',
    "nonzero": '<path d="M50 5L65 45L25 20H75L35 45z"/>',
    "important": '<style>rect{fill:red !important} .a{fill:blue}</style><rect class="a" width="20" height="20"/>',
    "comma selector": '<style>.a,.b{fill:blue} circle,rect{stroke:red;stroke-width:3}</style><rect class="a" x="5" y="5" width="20" height="20"/><circle class="b" cx="50" cy="20" r="10"/>',
    "css star": '<style>*{fill:orange}</style><rect width="20" height="20"/>',
    "g transform origin": '<g transform="rotate(45)" transform-origin="20 20"><rect x="10" y="10" width="20" height="20"/></g>',
    "switch": '<switch><g systemLanguage="xx"><rect width="20" height="20" fill="red"/></g><g><rect width="20" height="20" fill="blue"/></g></switch>',
    "stroke grad": '<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient><path d="M5 25H95" stroke="url(#g)" stroke-width="5"/>',
}

PIXELS = {
    "by size": "a style sheet that is not plain",
    "group opacity": "a see-through group",
    "fill opacity stroke": "a see-through line over its ground",
    "clip bbox": "a clip in shares of a box",
    "paint order": "a line under its ground",
    "switch": "a switch",
    "gradient comes again": "something that outlines cannot show",
    "gradient seen through": "something that outlines cannot show",
    "stroke grad": "a line with a gradient in shares of its box",
}
"""What outlines cannot show."""


def rastered(drawing: Drawing, size: tuple[int, int]) -> Image.Image:
    with Image.open(io.BytesIO(drawing.png)) as image:
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB").resize(size)


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures differ in the mean, of 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize("name", CASES)
def test_outlines_show_what_the_pixels_do(name: str) -> None:
    drawing = read_svg(svg(CASES[name]), square_pen)
    assert drawing.why == PIXELS.get(name, "")
    if drawing.shapes is None:
        return
    made = painted(drawing)
    shown = rastered(drawing, made.size)
    # Where colours change everywhere, half a pixel to the side tells more.
    assert apart(made, shown) < (5 if "Gradient" in CASES[name] else 1.2)
    blank = Image.new("RGB", made.size, "white")
    # Something is there: an empty page would be as far from either.
    assert name == "transparent" or apart(shown, blank) > 2 * apart(made, shown)
