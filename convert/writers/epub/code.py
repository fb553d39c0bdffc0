"""Code: stretches by what they are, lines that a style sheet numbers, the beginnings of printed pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from convert.model.nodes import CodeBlock, CodeKind, CodeToken
from convert.theme import Theme
from convert.writers.epub.inlines import FileWriter, page_break
from convert.writers.epub.markup import escape

__all__ = ["NUMBERS", "code_element", "code_rules"]

_NAME = "code-"
NUMBERS = """\
pre.numbers{counter-reset:line;padding-left:3.4em}
pre.numbers .line::before{counter-increment:line;content:counter(line);display:inline-block;min-width:2em;\
margin:0 .6em 0 -2.6em;text-align:right;opacity:.7}
"""
"""Line numbers are shown by the style sheet alone, so that they are no text and are not copied."""


def code_element(line: FileWriter, block: CodeBlock) -> str:
    """A code block as ``pre`` and ``code``."""
    language = "".join(c for c in block.language.lower() if c.isascii() and (c.isalnum() or c in "-+#"))
    kind = f' class="language-{language}"' if language else ""
    given = ""
    if block.numbered:
        begins = f' style="counter-reset:line {block.start - 1}"' if block.start != 1 else ""
        given = f' class="numbers"{begins}'
    return f"<pre{line.anchor(block.id)}{given}><code{kind}>{_content(line, block)}</code></pre>"


def _content(line: FileWriter, block: CodeBlock) -> str:
    """The code itself; where its lines are numbered each is an element."""
    counts = line.pages.inside.get(block.id, ())
    at = _places(block.text, [count for count, _ in counts])
    breaks = deque(zip(at, (label for _, label in counts), strict=True))
    ends = '</span>\n<span class="line">' if block.numbered else "\n"
    out: list[str] = []
    begin = 0
    for token in block.tokens or (CodeToken(CodeKind.PLAIN, len(block.text)),):
        end = begin + token.length
        while breaks and breaks[0][0] < end:
            place, label = breaks.popleft()
            out += [_stretch(block.text[begin:place], token.kind, ends), page_break(line, label)]
            begin = place
        out.append(_stretch(block.text[begin:end], token.kind, ends))
        begin = end
    out += [page_break(line, label) for _, label in breaks]
    return f'<span class="line">{"".join(out)}</span>' if block.numbered else "".join(out)


def _stretch(text: str, kind: CodeKind, ends: str) -> str:
    """A stretch of one kind, line by line; *ends* stands for a line feed."""
    parts = [escape(part) for part in text.split("\n")]
    if kind is not CodeKind.PLAIN:
        parts = [f'<span class="{_NAME}{kind.value}">{part}</span>' if part else "" for part in parts]
    return ends.join(parts)


def _places(text: str, counts: Sequence[int]) -> list[int]:
    """Where in *text* the characters stand that so many others come before, white space apart; *counts* rise."""
    out: list[int] = []
    waiting = deque(counts)
    seen = 0
    for at, char in enumerate(text if counts else ""):
        if char.isspace():
            continue
        while waiting and waiting[0] == seen:
            waiting.popleft()
            out.append(at)
        if not waiting:
            break
        seen += 1
    return out + [len(text)] * len(waiting)


def code_rules(theme: Theme) -> str:
    """CSS of code.  On a dark screen only weight tells stretches apart: no colour suits all of them."""
    out: list[str] = []
    coloured: list[str] = []
    for kind in CodeKind:
        look = theme.code_look(kind)
        name = f".{_NAME}{kind.value}"
        rules = [
            *(["font-weight:bold"] if look.bold else []),
            *([f"color:{look.colour}"] if look.colour else []),
        ]
        if rules:
            out.append(f"{name}{{{';'.join(rules)}}}\n")
        if look.colour:
            coloured.append(name)
    if coloured:
        out.append(f"@media (prefers-color-scheme:dark){{{','.join(coloured)}{{color:inherit}}}}\n")
    return "".join(out)
