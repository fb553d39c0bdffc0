"""A table row cut at its pipes."""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["split_row"]

_TOKEN = re.compile(r"\\.|`+|\|", re.DOTALL)


def split_row(row: str) -> list[str]:
    r"""The cells of *row*, white space kept; a cell of no character at all joins the one before it.

    A pipe in a code span or after a backslash is text (GFM 4.10 wants the backslash in code spans too;
    both are taken).  ``\|`` comes back as ``|``.
    """
    row = row.strip(" \t")
    tokens = list(_TOKEN.finditer(row))
    runs: dict[int, list[int]] = {}
    for at, token in enumerate(tokens):
        if token[0][0] == "`":
            runs.setdefault(len(token[0]), []).append(at)
    cells: list[str] = []
    piece: list[str] = []
    last = 0
    skip_to = -1
    for at, token in enumerate(tokens):
        text = token[0]
        if text == "\\|":
            piece += [row[last : token.start()], "|"]
            last = token.end()
        elif at < skip_to:
            continue
        elif text[0] == "`":
            same = runs[len(text)]
            following = bisect_right(same, at)
            if following < len(same):
                skip_to = same[following] + 1
        elif text == "|":
            piece.append(row[last : token.start()])
            cells.append("".join(piece))
            piece = []
            last = token.end()
    piece.append(row[last:])
    cells.append("".join(piece))
    if len(cells) > 1 and not cells[0].strip() and row.startswith("|"):
        del cells[0]
    if len(cells) > 1 and not cells[-1].strip() and row.endswith("|"):
        del cells[-1]
    return cells
