"""Stretches kept from build to build: after any edit the PDF is that of a clean build, and little is set again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Finding, Findings
from convert.manuscript import PageMap
from convert.records import replace
from convert.theme import Theme
from convert.typeset import composition, kept
from convert.typeset.composition import compose
from convert.typeset.starts import page_map
from convert.writers.pdf.document import paint
from tests.bench.texts import prose
from tests.typeset.test_composition import manuscript

SMALL = replace(Theme(), page=replace(Theme().page, size="90mm x 120mm", measure=16, lines=12))


@dataclass
class Memory:
    """A store that forgets nothing until it is told to."""

    pieces: dict[str, bytes] = field(default_factory=dict)

    def get(self, key: str) -> bytes | None:
        return self.pieces.get(key)

    def put(self, key: str, piece: bytes) -> None:
        self.pieces[key] = piece


def made(text: str, store: Memory | None, theme: Theme = SMALL) -> tuple[bytes, PageMap, set[Finding]]:
    """The PDF, the places where its pages begin, and what was found."""
    findings = Findings()
    book = replace(manuscript(text, theme), store=store)
    frame = compose(book, findings)
    pages = page_map(frame, book.document, store)
    return paint(frame, book, findings), pages, set(findings)


def book() -> list[str]:
    """Blocks of a book with notes, a table, references to pages and an index, in four chapters."""
    words = prose(700, mixed=True).split("\n\n")[2:]
    out = ["说明在前面。[^1]"]
    for number in range(1, 5):
        out += [f"# 第{number}章 {{#c{number}}}", *words[number : number + 4]]
        out.append(f"见第{{@c{number % 4 + 1}.page}}页，又见[词{number}]{{.index}}。[^{number}]")
        out.append(f"| 甲 | 乙 |\n|---|---|\n| {number} | [二](#c{number % 4 + 1}) |")
    out += ["# 索引", "[INDEX]"]
    return out + [f"[^{number}]: 注{number}的话，长一点儿，或许要转到下一页去。" for number in range(1, 6)]


BOOK = book()
WORDS = st.sampled_from(
    [
        "短。",
        "改过的一段，" * 9 + "完了。",
        "龘字与 Latin `code`。",
        "**重**的*话*[^5]。",
        "## 新的一节",
        "# 新章",
        "{{#none}}",
    ]
)
EDITS = st.lists(
    st.tuples(st.sampled_from(["change", "insert", "delete"]), st.integers(0, len(BOOK) - 6), WORDS),
    min_size=1,
    max_size=3,
)


def edited(edits: list[tuple[str, int, str]]) -> str:
    blocks = list(BOOK)
    for what, at, words in edits:
        at = min(at, len(blocks) - 1)
        blocks[at : at + (what != "insert")] = [] if what == "delete" else [words]
    return "\n\n".join(blocks) + "\n"


FILLED = Memory()
made("\n\n".join(BOOK) + "\n", FILLED)


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(EDITS)
def test_after_any_edit_all_is_as_in_a_clean_build(edits: list[tuple[str, int, str]]) -> None:
    text = edited(edits)
    store = Memory(dict(FILLED.pieces))
    clean = made(text, None)
    assert made(text, store) == clean
    assert made(text, store) == clean


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first heading of each stretch that is set."""
    said: list[str] = []
    real: Callable[..., object] = kept.set_stretch

    def counted(setter: object, stretch: kept.Stretch, *more: object) -> object:
        said.append(stretch.blocks[0].id)
        return real(setter, stretch, *more)

    monkeypatch.setattr(kept, "set_stretch", counted)
    monkeypatch.setattr(composition, "set_stretch", counted)
    return said


PARTS = prose(3600).split("\n\n")[2:]
PLAIN = "\n\n".join(
    part for n in range(1, 5) for part in (f"# 第{n}章 {{#c{n}}}", *PARTS[n * 10 : n * 10 + 9])
)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("。", "！", {"c2"}),
        ("。", "龘", {"c2"}),
        ("# 第2章", "\n\n# 第2章", set()),
        # A page more, and the chapters behind begin on the other side of a leaf.
        ("{#c2}\n\n", "{#c2}\n\n" + "长" * 16 * 12 + "。\n\n", {"c2", "c3", "c4"}),
    ],
    ids=["text", "glyph", "line", "page"],
)
def test_only_what_an_edit_changes_is_set_again(
    setting: list[str], old: str, new: str, again: set[str]
) -> None:
    store = Memory()
    made(PLAIN, store)
    assert setting == ["c1", "c2", "c3", "c4"]
    setting.clear()
    at = PLAIN.index(old, PLAIN.index("# 第2章"))
    text = PLAIN[:at] + new + PLAIN[at + len(old) :]
    edition = made(text, store)
    assert set(setting) == again
    assert edition == made(text, None)


def test_another_theme_finds_nothing(setting: list[str]) -> None:
    store = Memory()
    made(PLAIN, store)
    made(PLAIN, store, replace(SMALL, font=replace(SMALL.font, size=11.0)))
    assert setting == ["c1", "c2", "c3", "c4"] * 2


def test_pieces_that_are_not_sound_are_made_again() -> None:
    store = Memory()
    clean = made(PLAIN, store)
    for key in store.pieces:
        store.pieces[key] = b"no piece"
    assert made(PLAIN, store) == clean


def test_findings_are_told_with_their_lines_after_an_edit_before_them() -> None:
    text = PLAIN + "\n\n没有一种字体有\U00050000这个字。"
    store = Memory()
    made(text, store)
    later = "开头多了一段。\n\n" + text
    assert made(later, store)[2] == made(later, None)[2]
    assert any(finding.place.line > 20 for finding in made(later, store)[2])
