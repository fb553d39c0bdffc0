"""The passes of `convert.transforms`, one idea each."""

from __future__ import annotations

import pytest

from convert.diagnostics import Code, Findings
from convert.model.identity import identify
from convert.model.nodes import (
    CrossReference,
    Division,
    DivisionKind,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    InternalTarget,
    LineBreak,
    Link,
    MathBlock,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    SoftBreak,
    SourceSpan,
    Strong,
    Table,
    Text,
)
from convert.model.validate import problems
from convert.model.walk import plain_text, query
from convert.terms import terms_for
from convert.theme import Theme
from convert.transforms import PASSES, finish

SPAN = SourceSpan("a.md", 3, 4)


def inlines(*parts):
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def document(*blocks, notes=(), language="zh-Hans"):
    return identify(Document(Metadata(title="t", language=language), blocks, notes, ("a.md",)))


def finished(*blocks, notes=(), language="zh-Hans"):
    findings = Findings()
    made = finish(document(*blocks, notes=notes, language=language), Theme(), terms_for(language), findings)
    assert problems(made) == []
    assert finish(made, Theme(), terms_for(language), Findings()) == made
    return made, list(findings)


BREAK = SoftBreak()


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("纸上", BREAK, "光阴"), "纸上光阴"),
        (("word", BREAK, "word"), "word word"),
        (("汉字", BREAK, "word"), "汉字 word"),
        (("一，", BREAK, "二"), "一，二"),
        (("说：", BREAK, "“好”"), "说：“好”"),
        (("“好”", BREAK, "“坏”"), "“好”“坏”"),
        (("한국", BREAK, "어"), "한국 어"),
        (("词", BREAK, Strong(inlines("重点", BREAK, "在此")), BREAK, "后文"), "词重点在此后文"),
        (("a", BREAK, Emphasis(inlines("b"))), "a b"),
        (("句尾。", NoteReference("n"), BREAK, "下句"), "句尾。下句"),
        (("a ", BREAK, "b"), "a b"),
        (("a", LineBreak(), BREAK, "b"), "a b"),
        ((BREAK, "起"), "起"),
        (("终", BREAK), "终"),
    ],
)
def test_soft_breaks(parts, shown):
    note = Note("n", SPAN, (Paragraph("", SPAN, inlines("注")),))
    made, _ = finished(Paragraph("p", SPAN, inlines(*parts)), notes=(note,))
    assert not list(query(made, SoftBreak))
    assert plain_text(made.blocks) == shown


def test_quotes_at_line_ends_stay_apart_in_english():
    made, _ = finished(Paragraph("p", SPAN, inlines("“a”", BREAK, "“b”")), language="en")
    assert plain_text(made.blocks) == "“a” “b”"


def figure(name, caption="说明"):
    return Figure(name, SPAN, Image("a.png", "画"), inlines(caption) if caption else ())


def test_figures_and_tables_are_counted_by_chapter():
    made, _ = finished(
        Heading("h1", SPAN, 1, inlines("甲")),
        figure("f1"),
        figure("f2"),
        Table("t1", SPAN, (), (), (), inlines("表")),
        Heading("h2", SPAN, 1, inlines("乙")),
        figure("f3"),
    )
    numbers = {block.id: block.number for block in made.blocks if isinstance(block, Figure | Table)}
    assert numbers == {"f1": "1-1", "f2": "1-2", "t1": "1-1", "f3": "2-1"}


def test_one_chapter_needs_no_chapter_number_and_no_caption_no_number():
    made, _ = finished(Heading("h", SPAN, 1, inlines("甲")), figure("f1"), figure("f2", ""), figure("f3"))
    assert [block.number for block in made.blocks[1:]] == ["1", "", "2"]


def test_a_typed_chapter_number_is_the_chapters():
    made, _ = finished(
        Heading("h0", SPAN, 1, inlines("前言")),
        figure("f0"),
        Heading("h1", SPAN, 1, inlines("第十二章　纸")),
        figure("f1"),
        Heading("h2", SPAN, 1, inlines("第13章 墨")),
        figure("f2"),
    )
    numbers = {block.id: block.number for block in made.blocks if isinstance(block, Figure)}
    assert numbers == {"f0": "1", "f1": "12-1", "f2": "13-1"}


def test_an_exercise_counts_unless_it_has_a_title():
    plain = Division("e1", SPAN, DivisionKind.EXERCISE, ())
    titled = Division("e2", SPAN, DivisionKind.EXERCISE, (), inlines("想一想"))
    made, _ = finished(plain, titled, Division("e3", SPAN, DivisionKind.EXERCISE, ()))
    assert [block.number for block in made.blocks] == ["1", "", "2"]


def test_a_formula_counts_when_the_text_refers_to_it():
    refer = Paragraph("p", SPAN, inlines("见", CrossReference("m2")))
    made, _ = finished(MathBlock("m1", SPAN, "a"), MathBlock("m2", SPAN, "b"), refer)
    assert [block.number for block in made.blocks[:2]] == ["", "1"]
    assert plain_text(made.blocks[2:]) == "见式1"


def test_references_say_label_or_title():
    refer = Paragraph(
        "p",
        SPAN,
        inlines("见", BREAK, CrossReference("f1"), "与", CrossReference("h1"), "和", CrossReference("e1")),
    )
    made, found = finished(
        Heading("h1", SPAN, 1, inlines("纸")),
        figure("f1"),
        refer,
        Division("e1", SPAN, DivisionKind.EXERCISE, ()),
    )
    assert plain_text([made.blocks[2]]) == "见图1与纸和练习1"
    assert found == []


def test_a_numbered_chapter_is_called_by_its_number():
    refer = Paragraph("p", SPAN, inlines("见", CrossReference("h1")))
    made, _ = finished(Heading("h1", SPAN, 1, inlines("第三章　纸的来历")), refer)
    assert plain_text([made.blocks[1]]) == "见第三章"


def test_a_lost_reference_is_told_with_its_place_and_its_text_stays():
    link = Link(inlines("那里"), InternalTarget("nowhere"))
    made, found = finished(Paragraph("p", SPAN, inlines("见", CrossReference("nothing"), "或", link)))
    assert plain_text(made.blocks) == "见@nothing或那里"
    assert [(item.code, item.place.line) for item in found] == [(Code.REFERENCE_MISSING, 3)] * 2


def test_notes_follow_their_references():
    notes = tuple(Note(name, SPAN, (Paragraph("", SPAN, inlines(name)),)) for name in "abc")
    made, _ = finished(Paragraph("p", SPAN, (NoteReference("c"), NoteReference("a"))), notes=notes)
    assert [note.id for note in made.notes] == ["c", "a", "b"]


def test_every_pass_has_a_name_of_its_own():
    names = [name for name, _ in PASSES]
    assert len(set(names)) == len(names)
