"""What holds for any text: repairing twice is repairing once, and nothing goes unsaid."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convert.book import SourceFile
from convert.diagnostics import Findings
from convert.model import nodes as n
from convert.model.walk import walk
from convert.readers.markdown import read, skeleton
from convert.repair import PASSES, engine
from convert.skeleton import StretchKind
from tests.repair.texts import MARKUP, PAGES, SCANS, fixed

_ANY = MARKUP | SCANS | st.text(max_size=200)


@given(st.sampled_from([one.name for one in PASSES]), MARKUP | SCANS)
@settings(max_examples=200, deadline=None)
def test_each_pass_alone_is_done_after_one_run(name: str, text: str) -> None:
    once = fixed(text, name)
    assert fixed(once.text, name).text == once.text


@given(_ANY)
@example("甲\n\n" + "0" * 40 + "@@@@\n\n@@@@\n\n@@@@\n\n0")
@settings(max_examples=250, deadline=None)
def test_twice_is_once_and_every_change_is_told(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_LONGEST", len(text) + 99)  # all of a change is told, not its two ends
        repaired = fixed(text)
    assert fixed(repaired.text).text == repaired.text
    inside = [edit for edit in repaired.edits if text[edit.start : edit.end].strip() or edit.new.strip()]
    lines = {fix.place.line for fix in repaired.fixes}
    assert bool(inside) <= bool(lines)
    lost = Counter("".join(text.split())) - Counter("".join(repaired.file_text.split()))
    told = Counter[str]()
    for fix in repaired.fixes:
        told += Counter("".join(fix.before.split())) - Counter("".join(fix.after.split()))
    assert not lost - told


def _kept(text: str) -> list[str]:
    """What a document says outside its prose: code, formulas, links, images, readings, ids."""
    out = []
    for node in walk(read([SourceFile("a.md", text)], Findings())):
        match node:
            case n.Code(code) | n.CodeBlock(text=code):
                out.append(f"code {code}")
            case n.Math(tex) | n.MathBlock(tex=tex):
                out.append(f"math {tex}")
            case n.Link(_, target, title):
                out.append(f"link {target} {title}")
            case n.Image(source):
                out.append(f"image {source}")
            case n.Ruby(segments):
                out.append(f"ruby {segments}")
            case _:
                pass
    return sorted(out)


@given(MARKUP | SCANS)
@example("`甲 3` 和 $x$ [乙](c 3.md) 为期 3 年")
@settings(max_examples=200, deadline=None)
def test_what_is_no_prose_is_the_same_after_repair(text: str) -> None:
    text = text.replace("\u200b", "").replace("\f", "")  # without them a line may begin a block
    assert _kept(fixed(text).text) == _kept(text)


@given(PAGES)
@settings(max_examples=60, deadline=None)
def test_pages_become_the_text_they_were_cut_from(pages: tuple[str, str, int]) -> None:
    whole, cut, ends = pages
    # A page that opens with a quotation may begin a paragraph: there the text is left alone.
    quoted = any(page.startswith("“") for page in re.split("\n\n\\w+\n\n", cut)[1:])
    # The same paragraph at the head or the foot of several pages is what a running head looks like.
    parts = [page.strip().split("\n\n") for page in re.split("\n\n\\w+\n\n\f?", cut)]
    repeated = any(len({part[at] for part in parts}) < len(parts) for at in (0, -1))
    if ends < 3 or quoted or repeated:
        return
    text = fixed(cut, "furniture", "join").text
    assert "<!-- page " in text
    text = re.sub("<!-- page \\w+ -->(\n\n)?", "", text).strip()
    assert text.replace(" ", "") == whole.replace(" ", "")


# ---------------------------------------------------------------- the skeleton


@given(MARKUP)
@settings(max_examples=200, deadline=None)
def test_the_skeleton_is_what_the_reader_reads(text: str) -> None:
    document = read([SourceFile("a.md", text)], Findings())
    headings = {node.span.first for node in walk(document) if isinstance(node, n.Heading)}
    shown = [stretch for stretch in skeleton(text) if stretch.kind is StretchKind.HEADING]
    assert {stretch.first for stretch in shown} >= headings
    verbatim = {
        line
        for node in walk(document)
        if isinstance(node, n.CodeBlock | n.MathBlock)
        for line in range(node.span.first, node.span.last + 1)
    }
    held = [s for s in skeleton(text) if s.kind is StretchKind.VERBATIM]
    assert {line for s in held for line in range(s.first, s.last + 1)} >= verbatim
