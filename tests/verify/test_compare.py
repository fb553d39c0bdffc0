"""Editions that agree pass; each kind of difference is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.diagnostics import Code, Findings
from convert.verify import Entry, Reading, verify
from convert.verify.compare import compare
from tests.verify.packages import docx, epub, paragraph

TEXT = "".join(chr(0x4E00 + (n * 7919) % 5000) for n in range(4000))
OUTLINE = (Entry(1, "甲"), Entry(2, "乙"), Entry(1, "丙"))


def reading(kind: str, **given: object) -> Reading:
    parts: dict[str, object] = {"outline": OUTLINE, "text": TEXT, "notes": ("注一" * 20, "注二")} | given
    if kind == "pdf":
        parts["text"] = str(parts["text"]) + "".join(parts.pop("notes"))  # type: ignore[call-overload]
    return Reading(Path(f"a.{kind}"), kind, **parts)  # type: ignore[arg-type]


def codes(*readings: Reading) -> list[Code]:
    findings = Findings()
    compare(readings, findings)
    for finding in findings:
        assert finding.hint
        assert "\n" not in str(finding)
    return [finding.code for finding in findings]


def test_three_that_agree() -> None:
    assert codes(reading("docx"), reading("epub"), reading("pdf")) == []


def test_empty_editions_agree() -> None:
    assert codes(*(reading(kind, outline=(), text="", notes=()) for kind in ("docx", "epub", "pdf"))) == []


def test_a_mark_inside_a_note_is_not_its_text() -> None:
    marked = Reading(Path("a.pdf"), "pdf", (), "甲①注②一")
    assert codes(reading("epub", outline=(), text="甲", notes=("注一",)), marked) == []


def test_one_alone_agrees_with_itself() -> None:
    assert codes(reading("pdf")) == []


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize(
    "outline",
    [
        OUTLINE[:2],
        (*OUTLINE, Entry(1, "丁")),
        (Entry(1, "甲"), Entry(1, "乙"), Entry(1, "丙")),
        (Entry(1, "甲"), Entry(2, "已"), Entry(1, "丙")),
        (),
    ],
)
def test_another_outline(kind: str, outline: tuple[Entry, ...]) -> None:
    assert codes(reading(kind, outline=outline), reading("epub")) == [Code.OUTLINE_DIFFERS]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_numbers_are_part_of_the_outline(kind: str) -> None:
    numbered = (Entry(1, "第一章　甲"), Entry(2, "1.1 乙"), Entry(1, "第二章 丙"))
    spaced = (Entry(1, "第一章 甲"), Entry(2, "1.1　乙"), Entry(1, "第二章丙"))
    assert codes(reading("epub", outline=numbered), reading(kind, outline=spaced)) == []
    assert codes(reading("epub", outline=numbered), reading(kind)) == [Code.OUTLINE_DIFFERS]
    miscounted = (*numbered[:2], Entry(1, "第三章 丙"))
    assert codes(reading("epub", outline=numbered), reading(kind, outline=miscounted)) == [
        Code.OUTLINE_DIFFERS
    ]


def test_a_contents_list_that_does_not_follow_the_outline() -> None:
    assert codes(reading("docx", contents=("甲", "丙"))) == []
    assert codes(reading("docx", contents=("丙", "甲"))) == [Code.OUTLINE_DIFFERS]
    assert codes(reading("epub", contents=("丁",))) == [Code.OUTLINE_DIFFERS]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_lost_text(kind: str) -> None:
    assert codes(reading(kind, text=TEXT[:1000] + TEXT[1004:]), reading("epub")) in ([], [Code.TEXT_LOST])
    assert codes(reading(kind, text=TEXT[:1000] + TEXT[1020:]), reading("epub")) == [Code.TEXT_LOST]


def test_the_place_of_the_loss_is_shown() -> None:
    findings = Findings()
    compare([reading("epub"), reading("docx", text=TEXT[:1000] + TEXT[1100:])], findings)
    assert any(TEXT[990:1004] in finding.hint for finding in findings)


def test_text_that_only_word_has() -> None:
    assert codes(reading("docx", text=TEXT + "多" * 20), reading("epub")) == [Code.TEXT_LOST]


def test_a_pdf_may_hold_more() -> None:
    assert codes(reading("epub"), reading("pdf", text="目录" * 50 + TEXT)) == []


def test_a_pdf_out_of_order() -> None:
    shuffled = TEXT[2000:] + TEXT[:2000]
    assert codes(reading("epub"), reading("pdf", text=shuffled)) == [Code.TEXT_LOST]


def test_what_moves_to_another_page_is_not_lost() -> None:
    moved = TEXT[:1000] + TEXT[1400:2400] + TEXT[1000:1400] + TEXT[2400:]
    assert codes(reading("epub"), reading("pdf", text=moved)) == []
    # The same characters in the same number, but no more in pieces that can be read.
    mixed = TEXT[:1000] + TEXT[1400:2400] + "".join(sorted(TEXT[1000:1400])) + TEXT[2400:]
    assert codes(reading("epub"), reading("pdf", text=mixed)) == [Code.TEXT_LOST]
    assert codes(reading("epub"), reading("docx", text=moved)) == [Code.TEXT_LOST] * 2


@pytest.mark.parametrize("notes", [(), ("注一" * 20,), ("注一" * 20, "注三")])
def test_other_notes(notes: tuple[str, ...]) -> None:
    assert codes(reading("epub"), reading("docx", notes=notes)) == [Code.NOTES_DIFFER]
    assert Code.NOTES_DIFFER in codes(reading("epub"), reading("pdf", notes=notes))


def test_a_note_may_tell_a_page_in_the_pdf_alone() -> None:
    note = "另有一说，见图十二，此处不再细讲下去"
    paged = note.replace("图十二", "图十二（第123页）")
    assert codes(reading("epub", notes=(note,)), reading("pdf", text=TEXT + paged)) == []
    lost = codes(reading("epub", notes=(note,)), reading("pdf", text=TEXT + paged.replace("一说", "")))
    assert lost == [Code.NOTES_DIFFER]


def test_a_note_may_carry_its_mark() -> None:
    assert codes(reading("epub", notes=("①注一", "[2]注二")), reading("docx", notes=("注一", "注二"))) == []


def test_a_number_that_begins_a_note_is_its_text_when_both_have_one() -> None:
    same = reading("epub", notes=("2024年", "12", "12"))
    assert codes(same, reading("docx", notes=("12", "2024年", "12"))) == []
    assert codes(same, reading("docx", notes=("12", "2024年"))) == [Code.NOTES_DIFFER]


def test_files_are_read_and_compared(tmp_path: Path) -> None:
    word = docx(tmp_path / "a.docx", paragraph("甲", "H1") + paragraph("文"))
    book = epub(tmp_path / "a.epub", "<h1>甲</h1><p>文</p>", "<li><a>甲</a></li>")
    report = verify([word, book])
    assert (report.exit_status, report.findings) == (0, ())
    assert [reading.kind for reading in report.readings] == ["docx", "epub"]
    assert {comparison.in_order for comparison in report.comparisons} == {1.0}


def test_one_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    word = docx(tmp_path / "a.docx", paragraph("甲", "H1"))
    report = verify([tmp_path / "none.epub", word])
    assert report.exit_status == 7
    assert len(report.readings) == 1
