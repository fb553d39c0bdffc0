"""Code in an EPUB: classes by what stretches are, lines that the style sheet numbers, printed pages inside."""

from __future__ import annotations

from dataclasses import replace

from convert.highlight import tokens_of
from convert.manuscript import PageStart
from convert.model import nodes as n
from tests.writers.epub.feature import SPAN
from tests.writers.epub.samples import Epub, inside, para, write
from tests.writers.epub.test_pages import printed

XHTML = "{http://www.w3.org/1999/xhtml}"
TEXT = "if x:\n    '''一\n    二'''\n    return y < 1"
CODE = n.CodeBlock("c", SPAN, TEXT, "python", tokens=tokens_of(TEXT, "python"))


def pre(found: Epub):  # type: ignore[no-untyped-def]
    return found.chapter().find(f".//{XHTML}pre")


def spans(found: Epub, name: str) -> list[str]:
    return [inside(span) for span in pre(found).iter(f"{XHTML}span") if span.get("class") == name]


def test_stretches_have_classes_and_nothing_is_lost() -> None:
    found = write(CODE)
    assert inside(pre(found)) == TEXT
    assert spans(found, "code-keyword") == ["if", "return"]
    # What goes over a line end is one element in each line.
    assert spans(found, "code-comment") == ["'''一", "    二'''"]
    assert ".code-keyword{font-weight:bold}" in found.zip.read("EPUB/style.css").decode()


def test_the_style_sheet_of_a_book_without_such_code_has_no_colours() -> None:
    for blocks in ([para("甲")], [replace(CODE, tokens=())]):
        assert "code-keyword" not in write(*blocks).zip.read("EPUB/style.css").decode()


def test_numbered_lines_are_elements_and_their_numbers_no_text() -> None:
    found = write(replace(CODE, numbered=True, start=9))
    assert inside(pre(found)) == TEXT
    assert spans(found, "line") == TEXT.split("\n")
    assert pre(found).get("class") == "numbers" and pre(found).get("style") == "counter-reset:line 8"
    assert pre(write(CODE)).get("class") is None


def test_printed_pages_begin_inside_code_with_tokens() -> None:
    for numbered in (False, True):
        starts = (PageStart("2", "c", 1), PageStart("3", "c", 10), PageStart("4", "c", 999))
        found = printed(para("甲"), replace(CODE, numbered=numbered), starts=starts)
        assert inside(pre(found)) == TEXT
        before = {
            mark.get("id"): "".join(
                "".join(mark.xpath("preceding::text()[ancestor::*[local-name()='pre']]")).split()
            )
            for mark in pre(found).iter()
            if mark.get("role") == "doc-pagebreak"
        }
        bare = "".join(TEXT.split())
        assert before == {"p.2": bare[:1], "p.3": bare[:10], "p.4": bare}
