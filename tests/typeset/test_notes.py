"""Notes in whole books: at the foot of the page that calls them, or behind chapters, and none lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from convert.diagnostics import Findings, Place
from convert.model.walk import plain_text
from convert.theme import Role, Theme
from convert.theming import override
from convert.typeset import composition
from convert.typeset.frame import Anchor, Frame, GlyphRun, Rule
from convert.typeset.inline import Align, Style
from convert.typeset.stretch import Made
from convert.typeset.structure import Tag
from convert.writers.pdf.document import paint
from tests import stress
from tests.typeset.line.setting import engine
from tests.typeset.test_composition import book, manuscript
from tests.typeset.test_table import own_text

CHAPTERS = "\n\n".join(
    f"# 第{name}章\n\n{stress.sentence(3, 90)}这里[^{name}1]，那里[^{name}2]。\n\n[^{name}1]: {name}注一。\n\n[^{name}2]: {name}注二。"
    for name in "甲乙"
)


def theme(place: str) -> Theme:
    return override(Theme(), "note.place", place, Place("test"))


def places(frame: Frame, prefix: str) -> dict[str, int]:
    out: dict[str, int] = {}
    for number, page in enumerate(frame.pages):
        for item in page.items:
            if isinstance(item, Anchor) and item.id.startswith(prefix):
                out.setdefault(item.id.removeprefix(prefix), number)
    return out


def test_every_note_begins_on_its_page_and_none_is_lost():
    text = stress.noted(80, 400)
    frame = book(text)
    calls, notes = places(frame, "noteref-"), places(frame, "note-")
    assert len(notes) == 80 and calls == notes
    document = manuscript(text).document
    shown = Counter("".join(own_text(page) for page in frame.pages if page.label.isdigit()))
    wanted = Counter("".join(plain_text((*document.blocks, *document.notes)).split()))
    marks = "①②③④⑤⑥⑦⑧⑨⑩"
    assert {char: count for char, count in shown.items() if char not in marks} == wanted
    # Each mark stands in the text and before its note, and begins with ① on every page.
    assert sum(shown[mark] for mark in marks) == 160
    for page in frame.pages:
        seen = [mark for mark in own_text(page) if mark in marks]
        assert seen == sorted(seen[: len(seen) // 2]) * 2


@pytest.mark.parametrize(
    ("place", "counts"), [("chapter", ["1", "2", "1", "2"]), ("book", ["1", "2", "3", "4"])]
)
def test_notes_stand_behind_their_chapter_or_the_text(place, counts):
    frame = book(CHAPTERS, theme(place))
    chapter = [mark.page for mark in frame.bookmarks]
    notes = places(frame, "note-")
    assert len(notes) == 4
    first, second = ([page for name, page in notes.items() if mark in name] for mark in "甲乙")
    last = len(frame.pages) - 1
    assert set(second) == {last}
    assert set(first) == ({chapter[1] - 1} if place == "chapter" else {last})
    marks = [
        "".join(item.texts)
        for page in frame.pages
        for item in page.items
        if isinstance(item, GlyphRun)
        and item.tag
        and item.tag.kind.value == "Link"
        and "".join(item.texts).isdigit()
    ]
    assert sorted(marks) == sorted(counts * 2), "each in the text and before its note"
    # No rule of a page's foot.
    assert not [
        item
        for page in frame.pages
        for item in page.items
        if isinstance(item, Rule) and item.height == 0.35 and item.width < 80
    ]


def test_the_word_above_gathered_notes_is_there_only_with_notes():
    assert own_text(book(CHAPTERS, theme("book")).pages[-1]).count("注释") == 1
    assert "注释" not in own_text(book("# 题\n\n文。", theme("book")).pages[-1])


def test_gathered_notes_hang_in_the_structure_where_they_are_called():
    frame = book(CHAPTERS, theme("chapter"))
    notes = [element for element in frame.structure if element.tag is Tag.NOTE]
    assert len(notes) == 4 and all(note.parent == -1 for note in notes)


def test_notes_stand_behind_chapters_that_run_on():
    running = override(theme("chapter"), "page.chapter_opening", "continuous", Place("test"))
    text = "".join(own_text(page) for page in book(CHAPTERS, running).pages if page.label.isdigit())
    assert text.index("甲注二") < text.index("第乙章") < text.index("乙注一")


def test_other_marks_are_put_into_pages_that_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{stress.noted(24, 300)}\n\n① 说过*着重[^a]*了[^b]。\n\n|甲|\n|---|\n|乙[^c]|\n\n[^a]: 甲。\n\n[^b]: 乙。\n\n[^c]: 丙。\n"
    made = manuscript(text)
    calls: list[object] = []
    real: Callable[..., Made] = composition.set_stretch
    monkeypatch.setattr(composition, "set_stretch", lambda *given: calls.append(given) or real(*given))
    exchanged = paint(composition.compose(made, Findings()), made)
    assert len(calls) == 1
    monkeypatch.setattr(composition, "remarked", lambda *given: None)
    assert paint(composition.compose(made, Findings()), made) == exchanged
    assert len(calls) == 3


def test_marks_that_are_set_otherwise_are_not_exchanged() -> None:
    run = engine().word("①", Style(Role.SERIF, 6.0, "zh-Hans"), 99, Align.LEFT)
    assert run is not None
    assert engine().exchanged(run, "⑳", Role.SERIF, word=True) is not None
    for other in ("[51]", "1", "\U000f0000"):
        assert engine().exchanged(run, other, Role.SERIF, word=True) is None
    assert engine().exchanged(run, "⑳", Role.SANS, word=True) is None
