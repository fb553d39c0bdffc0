"""Structure against a second parser: markdown-it-py, CommonMark with tables and strike.

Where this dialect means to differ, no such text is made here, nor quotes in quotes before an indented
line, where markdown-it-py makes code and CommonMark (6.3, laziness) the paragraph's next line; `test_fixtures` pins those differences:
GFM ends a table only at a blank line; ``~~~`` and ``:`` and HTML mean more here; two full-width blanks
begin a paragraph; a heading may lack its blank before Han; marks beside Chinese punctuation always work.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.model import nodes as n
from tests.readers.markdown.shape import parse

markdown_it = pytest.importorskip("markdown_it")

_KINDS = {
    "heading_open": "heading", "paragraph_open": "paragraph", "blockquote_open": "quote", "bullet_list_open": "ul",
    "ordered_list_open": "ol", "list_item_open": "li", "fence": "code", "code_block": "code", "hr": "rule",
    "table_open": "table",
}  # fmt: skip
_OURS: dict[type, str] = {
    n.Heading: "heading", n.Paragraph: "paragraph", n.Quote: "quote", n.BulletList: "ul", n.OrderedList: "ol",
    n.ListItem: "li", n.CodeBlock: "code", n.ThematicBreak: "rule", n.Table: "table",
}  # fmt: skip

_LINES = st.lists(
    st.sampled_from(
        [
            "甲", "乙丙", "- 甲", "  - 乙", "    - 丙", "* 甲", "1. 甲", "   乙", "2. 乙", "1) 甲", "   - 乙", "> 甲", "> - 乙", ">",
            "# 题", "## 题 ##", "```", "``` js", "    码", "***", "---", "===", "", "", "", "  ", "      深",
        ]
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


def _theirs(text: str) -> list[tuple[str, int]]:
    parser = markdown_it.MarkdownIt("commonmark").enable("table")
    return [(_KINDS[t.type], t.map[0] + 1) for t in parser.parse(text) if t.type in _KINDS and t.map]


def _ours(text: str) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []

    def visit(node: object) -> None:
        if type(node) in _OURS:
            out.append((_OURS[type(node)], node.span.first))  # type: ignore[attr-defined]
        if isinstance(node, n.Quote | n.ListItem):
            for block in node.blocks:
                visit(block)
        elif isinstance(node, n.BulletList | n.OrderedList):
            for item in node.items:
                visit(item)

    for block in parse(text).blocks:
        visit(block)
    return out


@given(_LINES)
@settings(max_examples=200, deadline=None)
def test_the_same_blocks_on_the_same_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    theirs = _theirs(text)
    if text.startswith("---"):
        return
    assert _ours(text) == theirs


# ---------------------------------------------------------------- the project's own samples

_SOURCE = Path(__file__).parents[3] / "source"
_MEANT = {
    r":": "a caption, a definition, or the marks of a division",
    r"\{": "attributes, or lines to write on",
    r"\[\^": "a note",
    r"\[[A-Z]+\]": "a list that quire makes",
    r"\$\$": "a formula",
    r"\\newpage|<!--": "a page break, a remark, the mark of a page",
    r"!\[": "a figure: an image alone is no paragraph",
    r"!!!|\?\?\?|===": "an admonition, or one of several versions",
    r"\| ": "a line of verse, where no table is",
    r"---$": "front matter",
}
"""How a line may begin on which the two may differ, and what it is here."""


def _kept(found: list[tuple[str, int]], ours_alone: set[int], lines: list[str]) -> list[tuple[str, int]]:
    meant = re.compile("|".join(_MEANT))
    return [
        (kind, line)
        for kind, line in found
        if line not in ours_alone and not meant.match(lines[line - 1].lstrip("> "))
    ]


def _ours_alone(text: str) -> set[int]:
    """The lines of blocks that CommonMark does not know, of their terms, and of front matter."""
    document = parse(text)
    out: set[int] = set()
    for block in (*document.blocks, *document.notes):
        if type(block) not in _OURS:
            out.update(range(block.span.first, block.span.last + 1))
    covered = {line for block in document.blocks for line in range(block.span.first, block.span.last + 1)}
    return out | ({*range(1, min(covered, default=1))} if text.startswith("---") else set())


@pytest.mark.parametrize(
    "path", sorted(_SOURCE.glob("*/*.md")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_the_samples_have_the_same_blocks_but_for_what_is_meant(path: Path) -> None:
    text = path.read_text("utf-8")
    lines, alone = text.split("\n"), _ours_alone(text)
    mine = _kept(_ours(text), alone, lines)
    assert mine == _kept(_theirs(text), alone, lines)
    assert len(mine) > 3
