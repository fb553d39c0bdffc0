"""Style sheets of drawings: plain rules written out as attributes, as drawing programs and plots use them."""

from __future__ import annotations

import re

from lxml import etree

from convert.regex import regex
from convert.vector.safe import SVG, local

__all__ = ["write_out"]

_RULE = regex(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = regex(r"(\*|[A-Za-z]+)?(?:([.#])([\w-]+))?")
_MEDIA = regex(r"@media([^{]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")


def _printed(block: re.Match[str]) -> str:
    """What a media block says for a page; one that may or may not be meant for it stays as it is."""
    wanted = "".join(block[1].lower().split())
    if wanted in ("print", "all", "(prefers-color-scheme:light)"):
        return block[2]
    return "" if wanted in ("screen", "(prefers-color-scheme:dark)") else block[0]


def write_out(root: etree._Element) -> bool:
    """Turn style sheets and ``style`` attributes of *root* into attributes; False where a rule is too much for that.

    Selectors of a type, a class, an id, or a type with one of these count by specificity (CSS 2.2, 6.4.3).
    """
    sheets = list(root.iter(f"{{{SVG}}}style"))
    css = re.sub(r"/\*.*?\*/", "", " ".join(node.text or "" for node in sheets), flags=re.DOTALL)
    css = _MEDIA.sub(_printed, css.replace("<!--", "").replace("-->", ""))
    for node in sheets:
        above = node.getparent()
        if above is not None:
            above.remove(node)
    rules: list[tuple[tuple[int, int], str, str, str, str]] = []
    plain = "@" not in css
    for order, (selectors, body) in enumerate(_RULE.findall(css)):
        for selector in selectors.split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if match is None:
                plain = False
                continue
            kind, mark, name = (part or "" for part in match.groups())
            weight = {"#": 100, ".": 10, "": 0}[mark] + (1 if kind not in ("", "*") else 0)
            rules.append(((weight, order), "" if kind == "*" else kind, mark, name, body))
    rules.sort(key=lambda rule: rule[0])
    for node in root.iter("*"):
        classes = (node.get("class") or "").split()
        for _, kind, mark, name, body in rules:
            hit = {"#": node.get("id") == name, ".": name in classes, "": True}[mark]
            if hit and kind in ("", local(node)):
                _apply(node, body)
        _apply(node, str(node.attrib.pop("style", "")))
        node.attrib.pop("class", "")
    return plain


def _apply(node: etree._Element, body: str) -> None:
    for part in body.split(";"):
        name, colon, value = part.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if colon and value and re.fullmatch(r"[a-z][a-z-]*", name):
            # A shorthand is a property of style sheets only (SVG 2, 13.7.3).
            for plain in ("marker-start", "marker-mid", "marker-end") if name == "marker" else (name,):
                node.set(plain, value)
