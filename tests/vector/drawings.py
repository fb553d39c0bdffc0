"""Drawings for tests, and a pen whose letters are squares."""

from __future__ import annotations

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50">'
)

FLOW = f"""{HEAD}
<style>/* plain */ .box{{fill:#ddf;stroke:#336;stroke-width:2}} rect{{fill:red}} #last{{fill:lime}}</style>
<defs><clipPath id="c"><circle cx="75" cy="25" r="20"/></clipPath><g id="g"><rect width="6" height="6"/></g></defs>
<rect class="box" x="5" y="5" width="30" height="20" rx="6"/>
<path d="M5 35a5 5 0 1 1 10 0q5 10 10 0t10 0c2 4 4 4 6 0S46 40 46 46H5z" fill="teal" fill-rule="evenodd"/>
<g clip-path="url(#c)" opacity=".5"><path d="M50 0H100V50H50Z M60 10V40H90V10Z" fill-rule="evenodd" fill="navy"/></g>
<use xlink:href="#g" x="40" y="4" transform="rotate(20 43 7)"/><use href="#g" id="last" x="40" y="20"/>
<polyline points="5,48 20,44 35,48 50,44" style="fill:none;stroke:#c60;stroke-dasharray:4 2"/>
</svg>"""
"""A class over a type, clips, repeats, turned and dashed lines, arcs and curves of every kind."""


def square_pen(text: str, family: str) -> tuple[str, float]:
    """Half an em for each letter; a box for all but spaces."""
    boxes = [f"M{at / 2} 0h.4v-.4h-.4z" for at, char in enumerate(text) if char != " "]
    return "".join(boxes), len(text) / 2


def svg(inner: str, head: str = HEAD) -> bytes:
    return f"{head}{inner}</svg>".encode()
