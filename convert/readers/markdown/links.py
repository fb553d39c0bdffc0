"""What follows the text of a link: ``(address "title")`` or ``[label]``."""

from __future__ import annotations

import re

from convert.readers.markdown.context import Context
from convert.regex import regex

__all__ = ["clean_address", "link_tail"]

_PLAIN = regex(
    r"""\([ \n]*(?:<([^<>\n]{0,4000})>|([^\s()<>]{0,4000}))
    (?:[ \n]+(?:"((?:\\.|[^"\\]){0,2000})"|'((?:\\.|[^'\\]){0,2000})'|“([^”]{0,2000})”))?[ \n]*\)""",
    re.VERBOSE,
)
_LABEL = regex(r"\[([^\[\]]{0,999})\]")
_QUOTED = regex(r"""[ \n]+(?:"([^"]*)"|'([^']*)')[ \n]*$""")
_ESCAPE = regex(r"""\\([!-/:-@\[-`{-~])""")
_LIMIT = 1000


def clean_address(text: str) -> str:
    """An address without backslash escapes and blanks at its ends."""
    return _ESCAPE.sub(r"\1", text.strip())


def link_tail(text: str, inner: int, close: int, context: Context) -> tuple[str, str, int] | None:
    """Address, title and end of the link whose text is ``text[inner:close]``, or None for no link."""
    after = close + 1
    if text.startswith("(", after):
        match = _PLAIN.match(text, after)
        if match is not None:
            title = match[3] or match[4] or match[5] or ""
            address = match[1] if match[1] is not None else match[2]
            return clean_address(address), _ESCAPE.sub(r"\1", " ".join(title.split())), match.end()
        found = _balanced(text, after)
        if found is not None:
            return found
    label = text[inner:close] if close - inner < 1000 else ""
    match = _LABEL.match(text, after)
    end = after
    if match is not None:
        label = match[1] or label
        end = match.end()
    reference = context.references.get(" ".join(label.split()).casefold()) if label else None
    if reference is None:
        return None
    reference.used = True
    return clean_address(reference.url), reference.title, end


def _balanced(text: str, start: int) -> tuple[str, str, int] | None:
    """An address with blanks or brackets in it, as people write file names: ``(图 片(1).png)``."""
    depth = 0
    for at in range(start, min(len(text), start + _LIMIT)):
        char = text[at]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                inner = text[start + 1 : at]
                title = _QUOTED.search(inner)
                if title is None:
                    return clean_address(inner), "", at + 1
                return clean_address(inner[: title.start()]), title[1] or title[2] or "", at + 1
        elif char == "\n":
            return None
    return None
