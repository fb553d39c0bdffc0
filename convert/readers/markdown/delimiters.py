"""``*``, ``_``, ``~~`` and ``==``: which run opens, which closes, which pair (CommonMark 0.31.2, 6.2).

The rule of CommonMark fails beside Chinese punctuation (``**一、……。**接着`` stays unset there): a mark
counts as flanking by looking for blanks and punctuation, and Chinese has no blanks.  Here a wide
character, or a quotation mark, dash, ellipsis, backtick or dollar, is never a reason against a mark; nor is closing
punctuation before a closing mark or an opening bracket after an opening one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from convert.characters import is_wide
from convert.records import dataclass, field

__all__ = ["MAX_INLINE_DEPTH", "Piece", "Run", "assemble", "fill", "make_run", "pair", "plain"]

MAX_INLINE_DEPTH = 16
"""Inline marks inside inline marks; deeper ones stay text."""

_TAGS = {
    ("*", 1): "em",
    ("*", 2): "strong",
    ("_", 1): "em",
    ("_", 2): "strong",
    ("~", 2): "del",
    ("=", 2): "mark",
}
_SIZES = {"em": 1, "strong": 2, "del": 2, "mark": 2}
_NEUTRAL = frozenset("“”‘’…—·\"'`$")
"""Quotation marks, dashes and dots, and what begins code and formulas: they may open as well as close."""
_BLANK, _PUNCTUATION, _OPENING, _CLOSING, _WIDE, _LETTER = range(6)


@lru_cache(4096)
def _class(char: str) -> int:
    if char.isspace() or not char:
        return _BLANK
    if char in _NEUTRAL or is_wide(char):
        return _WIDE
    category = unicodedata.category(char)
    if category in ("Ps", "Pi") or char == "<":
        return _OPENING
    if category in ("Pe", "Pf") or char in ",.;:!?%>":
        return _CLOSING
    return _PUNCTUATION if category[0] in "PS" else _LETTER


@dataclass(slots=True)
class Run:
    """A run of one mark and what it may do; `left` characters of it are not paired yet."""

    char: str
    total: int
    can_open: bool
    can_close: bool
    left: int
    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)


Piece = str | Element | Run


def make_run(text: str, start: int, end: int) -> Run:
    """The run of marks ``text[start:end]``, judged by the characters round it."""
    char = text[start]
    before = _class(text[start - 1 : start])
    after = _class(text[end : end + 1])
    left = after != _BLANK and (
        after in (_WIDE, _LETTER, _OPENING) or before in (_BLANK, _PUNCTUATION, _OPENING, _CLOSING, _WIDE)
    )
    right = before != _BLANK and (
        before in (_WIDE, _LETTER, _CLOSING) or after in (_BLANK, _PUNCTUATION, _OPENING, _CLOSING, _WIDE)
    )
    if char in "_=" and left and right:
        # Inside a word these are no marks: snake_case, a==b.
        word_before = before == _LETTER or (char == "_" and text[start - 1 : start].isalnum())
        word_after = after == _LETTER or (char == "_" and text[end : end + 1].isalnum())
        if word_before and word_after:
            left = right = False
        elif char == "_":
            left, right = not word_before, not word_after
    return Run(char, end - start, left, right, end - start)


def pair(pieces: Sequence[Piece]) -> list[str | Element]:
    """*pieces* with every pair of marks made an element and the other marks made text.  Linear."""
    runs = [piece for piece in pieces if isinstance(piece, Run)]
    if not runs:
        return [piece for piece in pieces if not isinstance(piece, Run)]
    openers: list[Run] = []
    floors: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        if run.can_close:
            _close(run, openers, floors)
        if run.can_open and run.left:
            openers.append(run)
    return _build(pieces)


def _close(closer: Run, openers: list[Run], floors: dict[tuple[str, bool, int], int]) -> None:
    """Pair *closer* with openers as long as there are any; `floors` spares looking twice."""
    key = (closer.char, closer.can_open, closer.total % 3)
    while closer.left:
        at = len(openers) - 1
        floor = floors.get(key, 0)
        while at >= floor and not _fit(openers[at], closer):
            at -= 1
        if at < floor:
            floors[key] = len(openers)
            return
        opener = openers[at]
        size = 2 if opener.left >= 2 and closer.left >= 2 else 1
        tag = _TAGS[closer.char, size]
        opener.opens.append(tag)
        closer.closes.append(tag)
        opener.left -= size
        closer.left -= size
        del openers[at + (opener.left > 0) :]
        for name, value in floors.items():
            floors[name] = min(value, len(openers))


def _fit(opener: Run, closer: Run) -> bool:
    if opener.char != closer.char:
        return False
    # The rule of three, CommonMark 6.2, rules 9 and 10.
    if (opener.can_close or closer.can_open) and (opener.total + closer.total) % 3 == 0:
        return opener.total % 3 == 0 and closer.total % 3 == 0
    return True


def _build(pieces: Sequence[Piece]) -> list[str | Element]:
    top: list[str | Element] = []
    stack: list[tuple[str, str, list[str | Element]]] = []
    here = top
    beyond = 0  # pairs open that are nested too deep to be more than text
    for piece in pieces:
        if not isinstance(piece, Run):
            here.append(piece)
            continue
        for tag in piece.closes:
            if beyond:
                beyond -= 1
                here.append(piece.char * _SIZES[tag])
                continue
            _, mark, children = stack.pop()
            here = stack[-1][2] if stack else top
            element = assemble(tag, children)
            if element is None:
                here += [mark, *children, mark]
            else:
                here.append(element)
        if piece.left:
            here.append(piece.char * piece.left)
        for tag in reversed(piece.opens):
            mark = piece.char * _SIZES[tag]
            if beyond or len(stack) >= MAX_INLINE_DEPTH:
                beyond += 1
                here.append(mark)
                continue
            here = []
            stack.append((tag, mark, here))
    return top


def assemble(tag: str, children: Sequence[str | Element], **attributes: str) -> Element | None:
    """An element with *children* as its text and elements; None when that would be nested too deep."""
    element = Element(tag, attributes)
    depth = 0
    for child in children:
        if not isinstance(child, str):
            depth = max(depth, int(child.get("depth", "1")))
    if depth >= MAX_INLINE_DEPTH:
        return None
    element.set("depth", str(depth + 1))
    fill(element, children)
    return element


def fill(element: Element, children: Sequence[str | Element]) -> None:
    """Give *element* its text and child elements."""
    texts: list[str] = []
    last: Element | None = None
    for child in (*children, None):
        if isinstance(child, str):
            texts.append(child)
            continue
        text = "".join(texts)
        texts = []
        if last is None:
            element.text = text
        else:
            last.tail = text
        if child is not None:
            element.append(child)
            last = child


def plain(pieces: Sequence[Piece]) -> str:
    """The characters of *pieces*, without marks that pair; elements by their text."""
    out: list[str] = []
    for piece in pair(pieces):
        if isinstance(piece, str):
            out.append(piece)
        elif piece.tag in ("soft", "br"):
            out.append(" ")
        elif piece.tag == "img":
            out.append(piece.get("alt", ""))
        else:
            out.extend(_plain_element(piece))
    return "".join(out)


def _plain_element(element: Element) -> list[str]:
    return [element.get("value", "") or "".join(element.itertext())]
