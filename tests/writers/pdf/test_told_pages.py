"""What a book tells of its own pages is so: contents, running heads, folios, references and index, read off the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest

from convert.diagnostics import Code, Findings, Place
from convert.theme import Theme
from convert.theming import override
from convert.typeset import composition
from convert.typeset.furniture import Sides
from convert.typeset.geometry import geometry
from convert.writers.pdf import PdfWriter
from tests import stress
from tests.typeset.test_composition import manuscript

CHAPTERS = 6
FRONT = "---\ntitle: 造纸的书\nauthor: 佚名\n---\n\n"


def chapter(number: int) -> str:
    """A chapter with a section, a table, an index mark, and references to tables before and after it."""
    other = (number * 5 + 2) % CHAPTERS
    lines = [
        f"# 第{number + 1}章　纸{number + 1}号\n",
        *(stress.sentence(number + at, 20) + "\n" for at in range(number % 3)),
        f"详[见@tbl-t{other}]{{.page}}，又[见@sec-s{other}]{{.page}}，还有[词{number}]{{.index}}。[^n{number}]\n",
        f"## 小节{number + 1}号 {{#sec-s{number}}}\n",
        *(stress.sentence(number * 3 + at, 30) + "\n" for at in range(3 + number % 2)),
        "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n",
        f": 表题{number + 1}号 {{#tbl-t{number}}}\n",
        *(stress.sentence(number + at, 25) + "\n" for at in range(5)),
        f"[^n{number}]: 注{number}。\n",
    ]
    return "\n".join(lines)


TEXT = FRONT + "\n".join(map(chapter, range(CHAPTERS))) + "\n[INDEX]\n"


class Read:
    """A PDF of *theme* as PDFium reads it."""

    def __init__(self, data: bytes, theme: Theme) -> None:
        shape = geometry(theme)
        with pypdfium2.PdfDocument(data) as document:
            self.labels = [document.get_page_label(at) for at in range(len(document))]
            self.toc = [
                (mark.get_title(), mark.level, mark.get_dest().get_index()) for mark in document.get_toc()
            ]
            self.texts: list[str] = []
            self.heads: list[str] = []
            self.feet: list[str] = []
            for page in document:
                text = page.get_textpage()
                top, low = shape.height - shape.top, shape.height - shape.top - shape.block_height
                self.texts.append(text.get_text_bounded(bottom=low - 2, top=top + 2))
                self.heads.append(text.get_text_bounded(bottom=top + 4).strip())
                self.feet.append(text.get_text_bounded(top=low - 4).strip())


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def faults(read: Read) -> Iterator[str]:
    """All that is told wrongly."""
    body = [at for at, label in enumerate(read.labels) if label.isdigit()]
    told = [line for at in range(len(read.labels)) if at not in body for line in read.texts[at].splitlines()]
    entries = {bare(m[1]): m[2] for line in told if (m := re.match(r"(.*\S)\s+(\w+)$", line))}
    yield from (f"contents without {title}" for title, _, _ in read.toc if bare(title) not in entries)
    for title, _, at in read.toc:
        if entries.get(bare(title)) != read.labels[at]:
            yield f"contents: {title} on {entries.get(bare(title))}, is on {read.labels[at]}"
        if bare(title) not in bare(read.texts[at]):
            yield f"bookmark: {title} is not on {read.labels[at]}"
    for at in body:
        if read.feet[at] != read.labels[at]:
            yield f"folio {read.feet[at]} on {read.labels[at]}"
        started = [title for title, level, page in read.toc if level == 0 and page <= at]
        opens = any(level == 0 and page == at for _, level, page in read.toc)
        wanted = "" if opens else bare(started[-1]) if at % 2 == 0 else "造纸的书"
        if bare(read.heads[at]) != wanted:
            yield f"head {read.heads[at]} on {read.labels[at]}, not {wanted}"
    where = {bare(title).split("号")[0]: at for title, _, at in read.toc}
    text = bare("".join(read.texts[at] for at in body))
    for at in body:
        for number in re.findall(r"表题(\d+)号", bare(read.texts[at])):
            where[f"表{number}"] = at
    references = re.findall(r"见(?:表(\d+)-1|(?:第\d+章纸\d+号)?小节(\d+)号)（第(\d+)页）", text)
    yield from ["references are missing"] if len(references) != 2 * CHAPTERS else []
    for table, section, page in references:
        name = f"表{table}" if table else f"小节{section}"
        if read.labels[where[name]] != page:
            yield f"reference: {name} on {page}, is on {read.labels[where[name]]}"
    index = dict(re.findall(r"^词 (\d) (\d+)\r?$", read.texts[body[-1]], re.M))
    yield from ["the index is not whole"] if len(index) != CHAPTERS else []
    for name, page in index.items():
        if f"词{name}" not in bare(read.texts[read.labels.index(page)]):
            yield f"index: 词{name} is not on {page}"


def written(theme: Theme) -> Read:
    return Read(PdfWriter().write(manuscript(TEXT, theme), Findings()), theme)


@pytest.mark.parametrize("measure", [28, 22])
def test_all_that_is_told_of_pages_is_so(measure):
    theme = override(Theme(), "page.measure", measure, Place("test"))
    assert list(faults(written(theme))) == []


def test_wrong_page_numbers_are_seen(monkeypatch):
    true = composition._folios
    monkeypatch.setattr(
        composition,
        "_folios",
        lambda *given: {name: str(int(page) + 1) for name, page in true(*given).items()},
    )
    kinds = {fault.split(":")[0] for fault in faults(written(Theme()))}
    assert kinds >= {"contents", "reference", "index"}


def test_wrong_heads_are_seen(monkeypatch):
    true = composition.running_items

    def late(setter, body, sides, label, recto):
        return true(setter, body, Sides(sides.book, sides.chapter + "误"), label + "0", recto)

    monkeypatch.setattr(composition, "running_items", late)
    kinds = {fault.split()[0] for fault in faults(written(Theme()))}
    assert kinds == {"head", "folio"}


def test_two_passes_settle_a_book(monkeypatch):
    passes: list[object] = []

    class Counted(composition._Text):
        def __init__(self, facing: bool) -> None:
            super().__init__(facing)
            passes.append(self)

    monkeypatch.setattr(composition, "_Text", Counted)
    made = manuscript(TEXT)
    composition.compose(made, Findings())
    # The third finds nothing to change.
    assert 1 < len(passes) <= 3
    passes.clear()
    # Without notes, references to pages and an index nothing depends on pages at all.
    plain = replace(made, document=replace(made.document, blocks=made.document.blocks[:1], notes=()))
    composition.compose(plain, Findings())
    assert len(passes) == 1


def test_numbers_that_do_not_settle_are_told_of(monkeypatch):
    def codes() -> set[Code]:
        findings = Findings()
        composition.compose(manuscript(TEXT), findings)
        return {finding.code for finding in findings}

    assert Code.PAGES_UNSETTLED not in codes()
    monkeypatch.setattr(composition, "PASSES", 1)
    assert Code.PAGES_UNSETTLED in codes()
