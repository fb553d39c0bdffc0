"""Source lines are true: parsed alone, they give what they are said to; every text stands in its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.book import SourceFile, open_book
from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.model.walk import children, plain_text, query, walk
from convert.readers.markdown import read
from tests.readers.markdown.shape import parse

SOURCE = Path(__file__).parents[3] / "source"


def bare(block: n.Block) -> str:
    """What a block says, without ids and lines."""
    return "|".join(f"{type(node).__name__}:{plain_text([node])}" for node in walk(block)) + plain_text(
        [block]
    )


# ---------------------------------------------------------------- generated documents

_WORDS = st.text("甲乙丙丁戊ab，。", min_size=1, max_size=12).map(lambda s: "文" + s)
_LINE = st.lists(
    _WORDS
    | _WORDS.map(lambda w: f"**{w}**")
    | _WORDS.map(lambda w: f"`{w}`")
    | _WORDS.map(lambda w: f"^[{w}]"),
    min_size=1,
    max_size=3,
).map("".join)
_PARAGRAPH = st.lists(_LINE, min_size=1, max_size=3).map("\n".join)
_BLOCKS = st.one_of(
    _PARAGRAPH,
    _LINE.map(lambda s: f"## {s}"),
    _LINE.map(lambda s: f"{s}\n---"),
    st.lists(_LINE, min_size=1, max_size=4).map(
        lambda rows: "\n".join(f"- {row}\n  - {row}" for row in rows)
    ),
    st.lists(_PARAGRAPH, min_size=1, max_size=3).map(
        lambda rows: "\n\n".join("1. " + row.replace("\n", "\n   ") for row in rows)
    ),
    st.lists(_LINE, min_size=2, max_size=4).map(
        lambda rows: "\n".join(f"（{at}）{row}" for at, row in enumerate(rows, 1))
    ),
    _PARAGRAPH.map(lambda s: "> " + s.replace("\n", "\n> ")),
    _PARAGRAPH.map(lambda s: "> [!TIP] 题\n> " + s.replace("\n", "\n> ")),
    _PARAGRAPH.map(lambda s: f"```x\n{s}\n\n{s}\n```"),
    _LINE.map(lambda s: f"| {s} | b |\n|---|--:|\n| ^^ | {s} |\n| 1 | {s} |\n\n: {s}"),
    _LINE.map(lambda s: f"| a | b |\n|---|--:|\n| {s} | | \\\n| {s} | {s} | \\\n| | {s} |\n| 1 | {s} |"),
    _PARAGRAPH.map(lambda s: f"::: keypoint 题\n{s}\n\n- 项\n:::"),
    _PARAGRAPH.map(lambda s: '!!! note "题"\n    ' + s.replace("\n", "\n    ")),
    _PARAGRAPH.map(lambda s: f"<div class='k'>\n<ul>\n  <li>{s}\n  <li>{s}\n</ul>\n</div>"),
    _LINE.map(lambda s: f"<table>\n<tr><td>{s}</td>\n<td><p>{s}</p>\n<p>{s}</p></td></tr>\n</table>"),
    _PARAGRAPH.map(lambda s: f"<details>\n<summary>题</summary>\n\n{s}\n\n</details>"),
    _LINE.map(lambda s: f"![{s}](a.png)\n: {s}"),
    _LINE.map(lambda s: f"$$\n{len(s)}\n$$"),
    _LINE.map(lambda s: f"术语\n: {s}\n: {s}\n\n    {s}"),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda rows: "\n".join(f"| {row}" for row in rows)),
    st.just("***"),
)
_GAPS = st.sampled_from(["\n\n", "\n\n\n", "\n\n***\n\n", "\n\n<!-- 注 -->\n\n"])


@given(st.lists(_BLOCKS, min_size=1, max_size=8), _GAPS)
@settings(max_examples=70, deadline=None)
def test_the_lines_named_parsed_alone_give_the_same(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    lines = text.split("\n")
    document = parse(text)
    covered: set[int] = set()
    for block in document.blocks:
        alone = parse("\n".join(lines[block.span.first - 1 : block.span.last]))
        assert [bare(b) for b in alone.blocks] == [bare(block)]
        covered.update(range(block.span.first, block.span.last + 1))
    written = {number for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("<!--")}
    assert written <= covered


@given(st.lists(_BLOCKS, min_size=1, max_size=6), _GAPS)
@settings(max_examples=90, deadline=None)
def test_spans_lie_inside_those_of_their_parents_and_every_text_in_its_lines(
    parts: list[str], gap: str
) -> None:
    text = gap.join(parts)
    document = parse(text)
    assert strays(document, {"a.md": text.split("\n")}) == []
    for outer in walk(document):
        if isinstance(outer, n.Placed):
            for inner in query([outer], object):  # type: ignore[type-abstract]
                if isinstance(inner, n.Placed):
                    assert outer.span.first <= inner.span.first <= inner.span.last <= outer.span.last


def strays(document: n.Document, lines: dict[str, Sequence[str]]) -> list[str]:
    """Texts that the lines named by the block, item, cell or note right above them do not hold."""
    out: list[str] = []
    for holder, text in _texts(document):
        span = holder.span
        named = lines[span.file][span.first - 1 : span.last]
        if not any(text in line for line in named):
            out.append(f"{span.first}-{span.last} {type(holder).__name__}: {text}")
    return out


def _texts(document: n.Document) -> Iterator[tuple[n.Placed, str]]:
    """Every text with the innermost block, item, cell or note that holds it."""
    stack: list[tuple[n.Node, n.Placed]] = [(part, part) for part in (*document.blocks, *document.notes)]
    while stack:
        node, holder = stack.pop()
        if isinstance(node, n.Text | n.Code) and node.text.strip():
            yield holder, node.text.strip()
        holder = node if isinstance(node, n.Placed) else holder
        stack += [(child, holder) for child in children(node)]


# ---------------------------------------------------------------- the samples


def _stubs(lines: Sequence[str], notes: dict[str, str]) -> str:
    """What the lines of one block refer to elsewhere: notes, and headings with the ids that they name."""
    text = "\n".join(lines)
    names = set(re.findall(r"@([a-z]+-[A-Za-z0-9_-]+)", text)) | set(re.findall(r"\(#([\w-]+)\)", text))
    names -= set(re.findall(r"#([\w-]+)[ }]", text))
    labels = set(re.findall(r"\[\^([^\]]+)\](?!:)", text))
    parts = [notes[label] for label in sorted(labels) if label in notes]
    return "\n\n".join(["", *parts, *(f"# x {{#{name}}}" for name in sorted(names))])


@pytest.mark.parametrize("book", ["booklet", "manual"])
def test_the_lines_of_the_samples_parsed_alone_give_the_same_text(book: str) -> None:
    sources = open_book(SOURCE / book).sources
    lines = {source.name: source.text.split("\n") for source in sources}
    document = read(sources, Findings())
    notes: dict[str, dict[str, str]] = {}
    for note in document.notes:
        raw = "\n".join(lines[note.span.file][note.span.first - 1 : note.span.last])
        if match := re.match(r"\[\^([^\]]+)\]:", raw):
            notes.setdefault(note.span.file, {})[match[1]] = raw
    for block in document.blocks:
        if isinstance(block, n.Generated):
            continue  # a list of what the whole book holds
        own = lines[block.span.file][block.span.first - 1 : block.span.last]
        text = "\n".join(own) + _stubs(own, notes.get(block.span.file, {}))
        alone = read([SourceFile("a.md", text)], Findings()).blocks[0]
        assert bare(alone) == bare(block), block.span


@pytest.mark.parametrize("book", ["booklet", "manual"])
def test_every_text_of_the_samples_stands_in_its_lines(book: str) -> None:
    sources = open_book(SOURCE / book).sources
    document = read(sources, Findings())
    found = strays(document, {source.name: source.text.split("\n") for source in sources})
    # Escapes and entities, and what stands on both sides of a mark that shows nothing.
    assert len(found) < 12, found


def test_lines_that_lie_are_noticed() -> None:
    document = parse("甲\n\n乙")
    assert strays(document, {"a.md": ["甲", "", "丙"]}) == ["3-3 Paragraph: 乙"]
