"""What the lines of a source show: characters that were lost, indents typed, Chinese taken for code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convert.characters import is_cjk, is_wide
from convert.checks.tally import Tally
from convert.diagnostics import Code, Place, Severity
from convert.model.nodes import CodeBlock, Document, Paragraph
from convert.model.walk import query
from convert.regex import regex

__all__ = ["check_code", "check_indents", "check_replacements"]

_TYPED = regex(r"\u3000+|[ ]{2,3}(?=[^ ])|[ ]?\t")


def check_replacements(lines: Mapping[str, Sequence[str]], tally: Tally) -> None:
    """U+FFFD: a character that some program before could not read."""
    for file, text in lines.items():
        for number, line in enumerate(text, 1):
            at = line.find("\ufffd")
            if at >= 0:
                message = "a character was lost here before quire saw the text (U+FFFD)"
                tally.add(
                    Code.REPLACEMENT_CHARACTER, Place(file, number, at + 1), message, "look it up and type it"
                )


def check_indents(document: Document, lines: Mapping[str, Sequence[str]], tally: Tally) -> None:
    """Paragraphs with an indent typed before them, told once for a file: the theme sets indents."""
    first: dict[str, Place] = {}
    counts: dict[str, int] = {}
    for block in document.blocks:
        file = block.span.file
        if not isinstance(block, Paragraph) or block.span.first > len(lines.get(file, ())):
            continue
        match = _TYPED.match(lines[file][block.span.first - 1])
        if match is not None:
            first.setdefault(file, Place(file, block.span.first, 1))
            counts[file] = counts.get(file, 0) + 1
    for file, place in first.items():
        times = "a paragraph begins" if counts[file] == 1 else f"{counts[file]} paragraphs begin, first here,"
        message = f"{times} with an indent that is typed; it is not shown"
        tally.add(
            Code.INDENT_TYPED, place, message, "the theme sets indents: paragraph.indent", Severity.INFO
        )


def check_code(document: Document, lines: Mapping[str, Sequence[str]], tally: Tally) -> None:
    """Chinese prose that four blanks before it made code."""
    for block in query(document, CodeBlock):
        span = block.span
        text = lines.get(span.file, ())
        head = text[span.first - 1].lstrip(" \t>") if span.first <= len(text) else ""
        if block.language or head.startswith(("```", "~~~", "<")):
            continue
        shown = [char for char in block.text if not char.isspace()]
        if 2 * sum(map(is_cjk, shown)) > len(shown) and any(is_wide(char) for char in shown):
            message = "this Chinese text is indented by four blanks or more, and so it is code"
            tally.add(Code.CODE_DOUBTFUL, Place(span.file, span.first), message, "take the blanks away")
