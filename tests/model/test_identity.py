"""Ids come from what a block says: an edit elsewhere leaves them alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convert.model.identity import ascii_id, identify
from convert.model.nodes import Document, Heading, Metadata, Paragraph, SourceSpan, Text


def _document(*texts: str, first: int = 1) -> Document:
    blocks = tuple(
        Paragraph("", SourceSpan("a.md", at, at), (Text(text),)) for at, text in enumerate(texts, first)
    )
    return Document(Metadata(), blocks)


def _ids(document: Document) -> list[str]:
    return [block.id for block in identify(document).blocks]


def test_an_edit_elsewhere_changes_no_other_id() -> None:
    before = _ids(_document("甲", "乙", "丙"))
    assert _ids(_document("甲", "乙乙", "丙"))[::2] == before[::2]
    assert _ids(_document("新", "甲", "乙", "丙"))[1:] == before


def test_moving_to_other_lines_changes_no_id() -> None:
    assert _ids(_document("甲", "乙", first=40)) == _ids(_document("甲", "乙"))


def test_what_says_the_same_is_counted() -> None:
    one, two, three = _ids(_document("甲", "甲", "甲"))
    assert (two, three) == (f"{one}-2", f"{one}-3")


def test_an_id_of_the_author_stays_and_is_never_given_again() -> None:
    made = _ids(_document("甲"))[0]
    document = _document("甲")
    taken = Heading(made, SourceSpan("a.md", 9, 9), 1, (Text("乙"),))
    ids = _ids(replace(document, blocks=(*document.blocks, taken)))
    assert ids == [f"{made}-2", made]


@pytest.mark.parametrize("name", ["a", "Fig-1_x", "b" * 32])
def test_a_plain_id_stays(name: str) -> None:
    assert ascii_id(name) == name


@pytest.mark.parametrize("name", ["", "图一", "1a", "a b", "a.b", "b" * 33, "\ud800"])
def test_any_other_becomes_one_that_all_formats_take(name: str) -> None:
    made = ascii_id(name)
    assert made.isascii() and made[0].isalpha() and made.isalnum() and made == ascii_id(name)
    assert made != ascii_id(name + "x")
