"""The copyright page: the same lines in every edition, and only where there is something to say."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import convert
from convert import pipeline
from convert.isbn import isbn
from convert.verify import read_edition
from tests.books import small_book

SAID = {
    "title": "灯下集",
    "subtitle": "读书札记",
    "author": ["林晓舟", "何青"],
    "editor": "周平安",
    "publisher": "渡口书局",
    "date": "2026-05",
    "isbn": "978-7-04-050694-5",
    "rights": "© 2026 林晓舟",
    "series": {"name": "灯下丛书", "number": 3},
}
LINES = (
    "书名：灯下集　读书札记", "作者：林晓舟、何青", "编者：周平安", "丛书：灯下丛书 3", "出版：渡口书局", "日期：2026-05",
    "ISBN 978-7-04-050694-5", "© 2026 林晓舟",
)  # fmt: skip


def lines(folder: Path, **said: object) -> tuple[str, ...]:
    return pipeline.prepare(small_book(folder), settings=said).colophon()


def test_the_lines_are_facts_in_order(tmp_path: Path) -> None:
    assert lines(tmp_path, **SAID) == LINES


def test_other_languages_have_their_own_words(tmp_path: Path) -> None:
    said = lines(tmp_path, title="Lamp", author="Ann", translator="Bo", rights="© Ann", language="en")
    assert said == ("Title: Lamp", "Author: Ann", "Translator: Bo", "© Ann")


@pytest.mark.parametrize(
    "said",
    [
        {"rights": "© 2026"},  # no title: no title page
        {"title": "题", "author": "某", "publisher": "某社", "date": "2026"},  # all on the title page
        {"title": "题", "identifier": "urn:uuid:7d0a5c52-3f0e-4f0b-9d5e-5b1c6f1e2a10"},
        {"title": "题", "rights": "© 2026", "colophon.show": "false"},
    ],
)
def test_without_more_to_say_there_is_none(tmp_path: Path, said: dict[str, object]) -> None:
    assert lines(tmp_path, **said) == ()


def test_every_edition_shows_it_and_they_agree(tmp_path: Path) -> None:
    report = convert.build([small_book(tmp_path)], out=tmp_path, settings=SAID)
    assert report.exit_status == 0
    paths = [edition.path for edition in report.editions]
    for path in paths:
        text = read_edition(path).text
        assert "".join("".join(LINES).split()) in text
    assert convert.verify(paths).findings == ()
    with zipfile.ZipFile(tmp_path / "札记.epub") as archive:
        page = archive.read("EPUB/text/colophon.xhtml").decode()
    assert 'epub:type="copyright-page"' in page
    assert "<title>版权页</title>" in page


def test_in_the_pdf_it_stands_behind_the_title(tmp_path: Path) -> None:
    from convert.diagnostics import Findings
    from convert.typeset.composition import compose
    from convert.typeset.frame import GlyphRun

    manuscript = pipeline.prepare(small_book(tmp_path), settings=SAID)
    for shown, given in ((True, manuscript), (False, replace(manuscript, theme=replace(manuscript.theme)))):
        if not shown:
            theme = replace(given.theme, colophon=replace(given.theme.colophon, show=False))
            given = replace(given, theme=theme)
        page = compose(given, Findings()).pages[1]
        text = "".join("".join(item.texts) for item in page.items if isinstance(item, GlyphRun))
        assert ("ISBN 978" in text) is shown


@pytest.mark.parametrize(
    ("given", "digits"),
    [
        ("978-7-04-050694-5", "9787040506945"),
        ("ISBN 978–7–04–050694–5", "9787040506945"),
        ("urn:isbn:0-306-40615-2", "0306406152"),
        ("0-8044-2957-X", "080442957X"),
        ("978-7-04-050694-0", ""),
        ("080442957X0", ""),
        ("", ""),
    ],
)
def test_isbn(given: str, digits: str) -> None:
    assert isbn(given) == digits
