"""Caption labels that Word counts, with the number that the other editions show (17.16.5.56)."""

from __future__ import annotations

import re

from convert.regex import regex
from convert.writers.docx.runs import RunMaker
from convert.writers.docx.story import Shared
from convert.writers.docx.xml import field, run_text

__all__ = ["caption_runs", "sequence_name"]

_LAST = regex(r"(.*?)(\d+)", re.DOTALL)


def sequence_name(word: str) -> str:
    """What Word calls the count of captions that begin with *word*."""
    return word.strip() or "SEQ"


def caption_runs(
    shared: Shared, runs: RunMaker, word: str, number: str, ident: str, shown: bool = True
) -> str:
    """The label of a caption, e.g. 图1-2: the word and chapter typed, the last figure a SEQ field.

    With *shown* false the word only names the count, as for a formula, which is told as (1-2).

    The whole label is bookmarked for REF.  Where the count does not simply go on (a new chapter), the
    field says so (`\\r`), so that updating fields never changes a number.  Empty when *number* is.
    """
    if not number:
        return ""
    match = _LAST.fullmatch(number)
    label = word if shown else ""
    if match is None:
        content = runs.text(label + number)
    else:
        chapter, count = match[1], int(match[2])
        name = sequence_name(word)
        goes_on = shared.sequences.get(name) == (chapter, count - 1)
        restart = "" if goes_on or (name not in shared.sequences and count == 1) else f" \\r {count}"
        shared.sequences[name] = (chapter, count)
        content = runs.text(label + chapter) if label + chapter else ""
        content += field(f"SEQ {name} \\* ARABIC{restart}", f"<w:r>{run_text(match[2])}</w:r>")
        runs.ems += len(match[2]) / 2
    start, end = shared.bookmarks.pair(shared.bookmarks.name("_Ref", ident))
    return start + content + end
