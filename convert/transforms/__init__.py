"""Document → Document passes, in the order in which they run.  Each gives a sound tree and may run twice."""

from __future__ import annotations

from collections.abc import Callable

from convert.diagnostics import Findings
from convert.model.nodes import Document
from convert.model.notes import order_notes
from convert.terms import Terms
from convert.theme import Theme
from convert.transforms.answers import gather_answers
from convert.transforms.code import read_code
from convert.transforms.glossary import make_glossary
from convert.transforms.headings import number_headings
from convert.transforms.index import make_index
from convert.transforms.numbers import give_numbers
from convert.transforms.references import resolve_references
from convert.transforms.runin import run_in_headings
from convert.transforms.soft_breaks import resolve_soft_breaks

__all__ = ["PASSES", "Pass", "finish"]

Pass = Callable[[Document, Theme, Terms, Findings], Document]

PASSES: tuple[tuple[str, Pass], ...] = (
    ("run-in", lambda document, theme, terms, findings: run_in_headings(document, theme)),
    ("headings", lambda document, theme, terms, findings: number_headings(document, theme, terms)),
    # A question is numbered when an answer elsewhere refers to it.
    ("answers", lambda document, theme, terms, findings: gather_answers(document, terms)),
    ("glossary", lambda document, theme, terms, findings: make_glossary(document)),
    ("numbers", lambda document, theme, terms, findings: give_numbers(document, theme)),
    ("references", lambda document, theme, terms, findings: resolve_references(document, terms, findings)),
    # A line end beside a reference depends on what the reference says.
    ("soft_breaks", lambda document, theme, terms, findings: resolve_soft_breaks(document)),
    ("notes", lambda document, theme, terms, findings: order_notes(document)),
    ("code", lambda document, theme, terms, findings: read_code(document, theme, findings)),
    ("index", lambda document, theme, terms, findings: make_index(document, findings)),
)
"""Name and function of every pass."""


def finish(document: Document, theme: Theme, terms: Terms, findings: Findings) -> Document:
    """The document as all editions show it: no soft breaks, numbers given, references filled in."""
    for _, run in PASSES:
        document = run(document, theme, terms, findings)
    return document
