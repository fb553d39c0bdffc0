"""What Word shows of its built-in styles that the file does not define (ECMA-376 part 1, 17.7.4.6).

Without the list Word shows all of them at once; with it the gallery holds what a Chinese booklet
needs and the rest stays behind "all styles".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

__all__ = ["latent_styles"]

_COUNT = 376
_QUICK = {
    "Normal": 0, "Title": 10, "Subtitle": 11, "Strong": 22, "Emphasis": 20, "No Spacing": 1, "List Paragraph": 34,
    "Quote": 29, "Intense Quote": 30, "Subtle Emphasis": 19, "Intense Emphasis": 21, "Subtle Reference": 31,
    "Intense Reference": 32, "Book Title": 33,
}  # fmt: skip
_SEMI_HIDDEN = (
    *(f"index {n}" for n in range(1, 10)), "Normal Indent", "footnote text", "annotation text", "header", "footer",
    "index heading", "table of figures", "envelope address", "envelope return", "footnote reference",
    "annotation reference", "line number", "page number", "endnote reference", "endnote text",
    "table of authorities", "macro", "toa heading", "List", "List Bullet", "List Number", "List 2", "List 3", "List 4",
    "List 5", "List Bullet 2", "List Bullet 3", "List Bullet 4", "List Bullet 5", "List Number 2", "List Number 3",
    "List Number 4", "List Number 5", "Closing", "Signature", "Body Text", "Body Text Indent", "List Continue",
    "List Continue 2", "List Continue 3", "List Continue 4", "List Continue 5", "Message Header", "Salutation", "Date",
    "Body Text First Indent", "Body Text First Indent 2", "Note Heading", "Body Text 2", "Body Text 3",
    "Body Text Indent 2", "Body Text Indent 3", "Block Text", "Hyperlink", "FollowedHyperlink", "Document Map",
    "Plain Text", "E-mail Signature", "HTML Top of Form", "HTML Bottom of Form", "Normal (Web)", "HTML Acronym",
    "HTML Address", "HTML Cite", "HTML Code", "HTML Definition", "HTML Keyboard", "HTML Preformatted", "HTML Sample",
    "HTML Typewriter", "HTML Variable", "Normal Table", "annotation subject", "No List", "Outline List 1",
    "Outline List 2", "Outline List 3", "Balloon Text",
)  # fmt: skip
_SHADED = (
    ("Light Shading", 60), ("Light List", 61), ("Light Grid", 62), ("Medium Shading 1", 63), ("Medium Shading 2", 64),
    ("Medium List 1", 65), ("Medium List 2", 66), ("Medium Grid 1", 67), ("Medium Grid 2", 68), ("Medium Grid 3", 69),
    ("Dark List", 70), ("Colorful Shading", 71), ("Colorful List", 72), ("Colorful Grid", 73),
)  # fmt: skip
_RULED = (
    ("Table 1 Light", 46), ("Table 2", 47), ("Table 3", 48), ("Table 4", 49), ("Table 5 Dark", 50),
    ("Table 6 Colorful", 51), ("Table 7 Colorful", 52),
)  # fmt: skip


def _entries() -> Iterator[str]:
    def entry(name: str, priority: int, hidden: bool = False, quick: bool = False) -> str:
        more = ' w:semiHidden="1" w:unhideWhenUsed="1"' if hidden else ""
        more += ' w:qFormat="1"' if quick else ""
        return f'<w:lsdException w:name="{name}" w:uiPriority="{priority}"{more}/>'

    for name, priority in _QUICK.items():
        yield entry(name, priority, quick=True)
    for level in range(1, 10):
        yield entry(f"heading {level}", 9, hidden=level > 3, quick=True)
        yield entry(f"toc {level}", 39, hidden=True)
    yield entry("caption", 35, hidden=True, quick=True)
    yield entry("TOC Heading", 39, hidden=True, quick=True)
    yield entry("Bibliography", 37, hidden=True)
    yield entry("Default Paragraph Font", 1, hidden=True)
    yield entry("Placeholder Text", 99, hidden=True)
    yield entry("Table Grid", 39)
    for name in _SEMI_HIDDEN:
        yield entry(name, 99, hidden=True)
    for accent in ("", *(f" Accent {n}" for n in range(1, 7))):
        for name, priority in _SHADED:
            yield entry(name + accent, priority)
        for family in ("Grid", "List"):
            for name, priority in _RULED:
                yield entry(f"{family} {name}{accent}", priority)
    for number in range(1, 6):
        yield entry(f"Plain Table {number}", 40 + number)
    yield entry("Grid Table Light", 40)


@cache
def latent_styles() -> str:
    """The element `w:latentStyles`."""
    return (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0"'
        f' w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="{_COUNT}">{"".join(_entries())}</w:latentStyles>'
    )
