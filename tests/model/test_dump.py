"""The document as JSON: out and in again, and what is no such JSON."""

from __future__ import annotations

import json

import pytest

from convert.errors import SourceError
from convert.model.dump import FORMAT, dump, load
from convert.model.nodes import Document, Metadata, Paragraph, SourceSpan, Text

ONE = Document(Metadata("题"), (Paragraph("p", SourceSpan("a.md", 1, 2), (Text("甲"),)),))


def test_defaults_are_left_out_and_han_is_readable() -> None:
    text = dump(ONE)
    assert "甲" in text and "continued" not in text and "tight" not in text
    assert json.loads(text)["format"] == FORMAT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"format": 99, "document": {}}',
        '{"format": 1, "document": {"t": "Nothing"}}',
        '{"format": 1, "document": {"t": "Text", "text": "x"}}',
        '{"format": 1, "document": {"t": "Document"}}',
        '{"format": 1, "document": {"t": "Text", "wrong": "x"}}',
        '{"format": 1, "document": ' + "[" * 100_000,
    ],
)
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        load(text, "x.json")
    assert caught.value.finding.place.file == "x.json"
    assert caught.value.finding.hint
