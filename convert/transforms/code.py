"""Code: what its stretches are and whether its lines are numbered, one decision for all editions."""

from __future__ import annotations

from convert.diagnostics import Code, Findings, Place
from convert.model.nodes import CodeBlock, Document, Node
from convert.model.walk import query, rewrite
from convert.records import replace
from convert.theme import Theme

__all__ = ["read_code"]


def read_code(document: Document, theme: Theme, findings: Findings) -> Document:
    """The document with the tokens of its code, and with `numbered` settled by the theme where the source is silent.

    A language that is not known is told of once, with the known one whose name is nearest.
    """
    if next(query(document, CodeBlock), None) is None:
        return document
    told: set[str] = set()

    def change(node: Node) -> Node:
        if not isinstance(node, CodeBlock):
            return node
        numbered = theme.code.numbers if node.numbered is None else node.numbered
        if numbered is not node.numbered:
            node = replace(node, numbered=numbered)
        return _with_tokens(node, findings, told) if theme.code.highlight and not node.tokens else node

    return rewrite(document, change)


def _with_tokens(block: CodeBlock, findings: Findings, told: set[str]) -> CodeBlock:
    # Pygments is loaded for a book that has code in a language, and for no other.
    from convert.highlight import is_plain, knows, nearest, tokens_of

    language = block.language
    if is_plain(language) or not block.text:
        return block
    if not knows(language):
        if language not in told:
            told.add(language)
            near = nearest(language)
            hint = f"did you mean {near}?" if near else "write text where it is in none"
            message = f"no language is called {language}: such code is set plain"
            findings.info(Code.LANGUAGE_UNKNOWN, Place(block.span.file, block.span.first), message, hint)
        return block
    tokens = tokens_of(block.text, language)
    return replace(block, tokens=tokens) if tokens else block
