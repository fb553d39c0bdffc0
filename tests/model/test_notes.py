"""Notes by chapter: each behind the chapter that calls it first."""

from __future__ import annotations

from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model.notes import notes_by_chapter
from convert.model.outline import make_outline
from convert.readers import markdown

TEXT = """# 甲

文[^a]。

## 甲之一

文[^b]，又[^a]。

# 乙

文[^a]，文[^c]，文[^d]。

[^a]: 一。
[^b]: 二，又见[^d]。
[^c]: 三。
[^d]: 四。
"""


def test_each_note_stands_once_with_those_it_calls_behind_it():
    document = markdown.read([SourceFile("a.md", TEXT)], Findings())
    names = {note.id: note.id[-1] for note in document.notes}
    made = notes_by_chapter(document, make_outline(document))
    first, second = ([names[note.id] for note in notes] for _, notes in made)
    assert len(first) == 3 and len(second) == 1 and len({*first, *second}) == 4
    assert sum(len(blocks) for blocks, _ in made) == len(document.blocks)
    ((blocks, notes),) = notes_by_chapter(document, make_outline(document), whole=True)
    assert blocks == document.blocks and {note.id for note in notes} == set(names)
