"""Checks of a source that make no edition: structure, classes, suspicious text, characters without a font.

Each looks at the document as it was read and at the lines it came from, and tells what it finds; none
changes anything.  What is suspected may be right: the writer of the source knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from convert.checks.glyphs import check_glyphs
from convert.checks.lines import check_code, check_indents, check_replacements
from convert.checks.pairs import check_pairs
from convert.checks.passages import Passage, passages
from convert.checks.runins import check_run_ins
from convert.checks.structure import check_classes, check_levels
from convert.checks.tally import Tally
from convert.checks.words import check_leftovers, check_punctuation, check_words
from convert.diagnostics import Findings
from convert.model.nodes import Document

__all__ = ["CHECKS", "Check", "check_document", "check_glyphs", "check_run_ins"]

Lines = Mapping[str, Sequence[str]]
"""The lines of every source, by its name."""
Check = Callable[[Document, Lines, list[Passage], Tally], None]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("levels", lambda document, lines, texts, tally: check_levels(document, tally)),
    ("classes", lambda document, lines, texts, tally: check_classes(document, lines, tally)),
    ("replacements", lambda document, lines, texts, tally: check_replacements(lines, tally)),
    ("indents", lambda document, lines, texts, tally: check_indents(document, lines, tally)),
    ("code", lambda document, lines, texts, tally: check_code(document, lines, tally)),
    ("words", lambda document, lines, texts, tally: check_words(texts, tally)),
    ("punctuation", lambda document, lines, texts, tally: check_punctuation(texts, tally)),
    ("pairs", lambda document, lines, texts, tally: check_pairs(texts, tally)),
    ("leftovers", lambda document, lines, texts, tally: check_leftovers(texts, tally)),
)
"""Name and function of every check of a document, in the order in which they run."""


def check_document(document: Document, lines: Lines, findings: Findings) -> None:
    """Run every check on *document* as it was read, soft breaks and all, from *lines*."""
    texts = list(passages(document, lines))
    tally = Tally(findings)
    for _, check in CHECKS:
        check(document, lines, texts, tally)
    tally.close()
