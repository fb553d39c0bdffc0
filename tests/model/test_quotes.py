"""Who said it: the last line of a quotation, after a dash."""

from __future__ import annotations

import pytest

from convert.model.nodes import Paragraph, SourceSpan, Text
from convert.model.quotes import parted

SPAN = SourceSpan("a.md", 1, 1)


def paragraph(text: str) -> Paragraph:
    return Paragraph("", SPAN, (Text(text),))


@pytest.mark.parametrize(
    ("last", "told"),
    [("——祖父", True), ("—— 《考工记》", True), ("祖父", False), ("——你来了？", False), ("——走吧。”", False)],
)
def test_a_line_after_a_dash_tells_the_source_unless_somebody_speaks(last, told):
    blocks = (paragraph("话。"), paragraph(last))
    assert parted(blocks) == ((blocks[:1], blocks[1:]) if told else (blocks, ()))


def test_a_dash_alone_is_the_quotation_itself():
    assert parted((paragraph("——祖父"),)) == ((paragraph("——祖父"),), ())
    assert parted(()) == ((), ())
