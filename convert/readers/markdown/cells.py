"""A table row cut at its pipes."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from convert.regex import regex

__all__ = ["Cell", "split_row"]

_TOKEN = regex(r"\\.|`+|\|", re.DOTALL)


class Cell(NamedTuple):
    """The text of a cell, white space kept, and where it begins in its row."""

    text: str
    at: int


def split_row(row: str, pos: int = 0) -> list[Cell]:
    r"""The cells of *row* from *pos* on; a cell of no character at all joins the one before it.

    A pipe in a code span or after a backslash is text (GFM 4.10 wants the backslash in code spans too;
    both are taken).  ``\|`` comes back as ``|``.
    """
    row = row.rstrip(" \t")
    start = pos + len(row) - pos - len(row[pos:].lstrip(" \t"))
    tokens = list(_TOKEN.finditer(row, start))
    runs: dict[int, list[int]] = {}
    for at, token in enumerate(tokens):
        if token[0][0] == "`":
            runs.setdefault(len(token[0]), []).append(at)
    cells: list[Cell] = []
    piece: list[str] = []
    begin = last = start
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
            cells.append(Cell("".join(piece), begin))
            piece = []
            begin = last = token.end()
    piece.append(row[last:])
    cells.append(Cell("".join(piece), begin))
    if len(cells) > 1 and not cells[0].text.strip() and row.startswith("|", start):
        del cells[0]
    if len(cells) > 1 and not cells[-1].text.strip() and row.endswith("|"):
        del cells[-1]
    return cells
