"""Documents of every kind of node, for property tests."""

from __future__ import annotations

from typing import cast

from hypothesis import strategies as st

from convert.model import nodes as n
from convert.model.identity import identify

__all__ = ["documents"]

_TEXT = st.text('甲乙ab 1，。\u00a0𠮷"\\', min_size=1, max_size=8)
_NAME = st.text("abc", min_size=1, max_size=3)
_ATTRIBUTES = st.builds(
    n.Attributes,
    st.lists(_NAME, max_size=2).map(tuple),
    st.lists(st.tuples(_NAME, _TEXT), max_size=1).map(tuple),
)
_SHARE = st.none() | st.floats(0.1, 1.0)
_IMAGES = st.builds(n.Image, _TEXT, _TEXT, _TEXT, _SHARE, _SHARE)

_LEAVES: st.SearchStrategy[n.Inline] = st.one_of(
    st.builds(n.Text, _TEXT),
    st.just(n.SoftBreak()),
    st.just(n.LineBreak()),
    st.builds(n.Code, _TEXT),
    _IMAGES,
    st.builds(n.Ruby, st.lists(st.builds(n.RubySegment, _TEXT, _TEXT), min_size=1, max_size=2).map(tuple)),
    st.builds(n.Math, _TEXT),
    st.builds(n.Abbreviation, _TEXT, _TEXT),
    st.builds(n.Blank, st.floats(1, 9)),
    st.builds(
        n.IndexMark,
        st.lists(_TEXT, min_size=1, max_size=2).map(tuple),
        st.lists(_TEXT, max_size=2).map(tuple),
    ),
    st.builds(n.PageMark, _TEXT),
    st.just(n.NoteReference("fn-1")),
    st.builds(n.CrossReference, st.just("known"), st.just("图1"), st.sampled_from(n.ReferenceForm)),
)


def _wrap(children: st.SearchStrategy[n.Inline]) -> st.SearchStrategy[n.Inline]:
    many = st.lists(children, min_size=1, max_size=3).map(tuple)
    simple = (n.Emphasis, n.Strong, n.Strikethrough, n.Highlight, n.Superscript, n.Subscript)
    targets: st.SearchStrategy[n.LinkTarget] = st.just(n.InternalTarget("known")) | st.just(
        n.ExternalTarget("https://a.b")
    )
    return st.one_of(
        *(st.builds(kind, many) for kind in simple),
        st.builds(n.Link, many, targets, _TEXT),
        st.builds(n.Span, many, st.sampled_from(n.SpanKind), st.sampled_from(["", "en"]), _ATTRIBUTES),
    )


_INLINES = st.lists(st.recursive(_LEAVES, _wrap, max_leaves=4), max_size=3).map(tuple)
_SPANS = st.builds(lambda a, b: n.SourceSpan("a.md", a, a + b), st.integers(1, 9), st.integers(0, 3))
_NO_ID = st.just("")


@st.composite
def _tables(draw: st.DrawFn) -> n.Table:
    width = draw(st.integers(1, 3))
    alignments = tuple(draw(st.sampled_from(n.Alignment)) for _ in range(width))

    def row() -> n.TableRow:
        span = draw(_SPANS)
        paragraph = n.Paragraph("", span, draw(_INLINES))
        first = n.TableCell(
            "", span, (paragraph,), draw(st.sampled_from(n.Alignment)), columns=draw(st.integers(1, width))
        )
        rest = tuple(n.TableCell("", span, ()) for _ in range(width - first.columns))
        return n.TableRow("", span, (first, *rest))

    head = (row(),) if draw(st.booleans()) else ()
    body = tuple(row() for _ in range(draw(st.integers(1, 2))))
    return n.Table(
        "",
        draw(_SPANS),
        alignments,
        head,
        body,
        draw(_INLINES),
        draw(st.sampled_from(["", "1-2"])),
        draw(_ATTRIBUTES),
    )


def _code(text: str) -> st.SearchStrategy[n.CodeBlock]:
    """Code, with one token for all of it or with none."""
    whole = st.builds(lambda kind: (n.CodeToken(kind, len(text)),), st.sampled_from(n.CodeKind))
    tokens = st.just(()) | whole if text else st.just(())
    numbered = st.none() | st.booleans()
    return st.builds(
        n.CodeBlock, _NO_ID, _SPANS, st.just(text), _TEXT, _ATTRIBUTES, tokens, numbered, st.integers(0, 99)
    )


_LEAF_BLOCKS: st.SearchStrategy[n.Block] = st.one_of(
    st.builds(
        n.Heading,
        _NO_ID,
        _SPANS,
        st.integers(1, 6),
        _INLINES,
        st.booleans(),
        st.booleans(),
        _ATTRIBUTES,
        _INLINES,
        st.just("") | _TEXT,
        st.sampled_from(n.Matter),
        st.none()
        | st.builds(
            n.HeadingNumber, _TEXT, st.integers(1, 9), st.builds(n.NumberForm, st.sampled_from(n.NumberStyle))
        ),
    ),
    st.builds(n.Paragraph, _NO_ID, _SPANS, _INLINES, st.booleans(), _ATTRIBUTES),
    _TEXT.flatmap(_code),
    st.builds(n.Figure, _NO_ID, _SPANS, _IMAGES, _INLINES, _TEXT, _ATTRIBUTES),
    st.builds(n.MathBlock, _NO_ID, _SPANS, _TEXT, _TEXT),
    st.builds(n.ThematicBreak, _NO_ID, _SPANS),
    st.builds(n.PageBreak, _NO_ID, _SPANS),
    st.builds(n.LineBlock, _NO_ID, _SPANS, st.lists(_INLINES, min_size=1, max_size=2).map(tuple)),
    st.builds(n.AnswerLines, _NO_ID, _SPANS, st.integers(1, 9)),
    st.builds(n.Generated, _NO_ID, _SPANS, st.sampled_from(n.GeneratedKind)),
    _tables(),
)


def _hold(blocks: st.SearchStrategy[n.Block]) -> st.SearchStrategy[n.Block]:
    many = st.lists(blocks, max_size=2).map(tuple)
    items = st.lists(
        st.builds(n.ListItem, _NO_ID, _SPANS, many, st.sampled_from([None, True, False])),
        min_size=1,
        max_size=2,
    ).map(tuple)
    terms = st.lists(
        st.builds(n.DefinitionItem, _NO_ID, _SPANS, _INLINES, st.lists(many, max_size=2).map(tuple)),
        min_size=1,
        max_size=2,
    ).map(tuple)
    return st.one_of(
        st.builds(n.Quote, _NO_ID, _SPANS, many),
        st.builds(n.BulletList, _NO_ID, _SPANS, items, st.booleans()),
        st.builds(
            n.OrderedList, _NO_ID, _SPANS, items, st.integers(0, 9), st.sampled_from(n.NumberStyle),
            st.sampled_from(n.NumberDelimiter), st.booleans(),
        ),
        st.builds(n.DefinitionList, _NO_ID, _SPANS, terms),
        st.builds(n.Division, _NO_ID, _SPANS, st.sampled_from(n.DivisionKind), many, _INLINES, _TEXT, _ATTRIBUTES,
            _INLINES,
        ),
    )  # fmt: skip


_BLOCKS = st.recursive(_LEAF_BLOCKS, _hold, max_leaves=5)
_METADATA = st.builds(
    n.Metadata, _TEXT, _TEXT, st.lists(st.builds(n.Contributor, _TEXT, _NAME, _TEXT), max_size=2).map(tuple),
    _TEXT, st.just("zh-Hans"), keywords=st.lists(_TEXT, max_size=2).map(tuple), title_from_heading=st.booleans(),
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> n.Document:
    """A sound document: every block has an id, every reference its target."""
    span = n.SourceSpan("a.md", 1, 1)
    known = n.Paragraph("known", span, (n.Text("知"),))
    blocks = (known, *draw(st.lists(_BLOCKS, max_size=4)))
    note = n.Note("fn-1", span, (cast(n.Block, n.Paragraph("", span, (n.Text("注"),))),))
    return identify(n.Document(draw(_METADATA), blocks, (note,), ("a.md",)))
