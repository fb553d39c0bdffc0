"""Code: runs by what their stretches are, and a numbered paragraph for each line where lines are numbered."""

from __future__ import annotations

from collections.abc import Iterator

from convert.model.nodes import CodeBlock, CodeKind
from convert.theme import Theme
from convert.writers.docx.numbering import LEVELS
from convert.writers.docx.xml import run_text, tag

__all__ = ["code_levels", "code_lines", "code_style_id", "code_styles"]


def code_style_id(kind: CodeKind) -> str:
    """The id of the character style for stretches of *kind*."""
    return f"Code{kind.value.capitalize()}"


def code_styles(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Id, name and run properties of a character style for each kind that looks otherwise than the text."""
    for kind in CodeKind:
        look = theme.code_look(kind)
        if look.bold or look.colour:
            bold = "<w:b/><w:bCs/>" if look.bold else ""
            colour = tag("color", look.colour[1:].upper()) if look.colour else ""
            yield code_style_id(kind), f"Code {kind.value.capitalize()}", bold + colour


def code_lines(block: CodeBlock, theme: Theme, *, apart: bool) -> Iterator[str]:
    """The runs of the whole block, or of each line where they stand *apart*."""
    styled = {ident for ident, _, _ in code_styles(theme)}
    out: list[str] = []
    for text, kind in _stretches(block):
        ident = code_style_id(kind)
        look = f'<w:rPr><w:rStyle w:val="{ident}"/></w:rPr>' if ident in styled else ""
        first, *others = text.split("\n") if apart else [text]
        for number, part in enumerate((first, *others)):
            if number:
                yield "".join(out)
                out.clear()
            if part:
                out.append(f"<w:r>{look}{run_text(part)}</w:r>")
    yield "".join(out)


def _stretches(block: CodeBlock) -> Iterator[tuple[str, CodeKind]]:
    at = 0
    for token in block.tokens:
        yield block.text[at : at + token.length], token.kind
        at += token.length
    if not block.tokens:
        yield block.text, CodeKind.PLAIN


def code_levels(theme: Theme, em: int) -> list[str]:
    """The levels of a list that numbers lines of code: the figure alone, small and grey, before the line (17.9.6).

    *em* is a character of the code in twips.
    """
    colour = theme.colour.rule[1:].upper()
    return [
        f'<w:lvl w:ilvl="{level}">{tag("start", 1)}{tag("numFmt", "decimal")}{tag("suff", "tab")}'
        f"{tag('lvlText', f'%{level + 1}')}{tag('lvlJc', 'left')}"
        f'<w:pPr><w:ind w:left="{3 * em}" w:hanging="{2 * em}"/></w:pPr>'
        f"<w:rPr>{tag('color', colour)}</w:rPr></w:lvl>"
        for level in range(LEVELS)
    ]
